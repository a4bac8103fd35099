"""What the sichuan forms look like（表样）: titles, headers, rows and print set-up."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.looks.books import synthetic_books
from tests.looks.districts import district_books
from tests.looks.measure import Book

from govbudget.amounts import Unit
from govbudget.forms import vocabulary
from govbudget.model import Agency, Budget, Coordinate, Fact, PrintedForm, PrintedTarget, Project
from govbudget.performance import PerformanceIndicator, PerformanceTarget
from govbudget.reading import read
from govbudget.writing import plan, write
from govbudget.writing.layout import family_layout

AGENCIES = [Agency("127", "某市服务局"), Agency("127001", "某市服务局机关"), Agency("127002", "热线中心")]


def workbook(book: Budget, family: str = "sichuan") -> Workbook:
    buffer = io.BytesIO()
    write(book, buffer, family=family)
    return load_workbook(buffer)


def lines(page: Worksheet) -> list[list[object]]:
    """The rows of a sheet with blanks at the end dropped."""
    found: list[list[object]] = [
        ["" if value is None else value for value in row] for row in page.iter_rows(values_only=True)
    ]
    return [row[: max((i + 1 for i, value in enumerate(row) if value != ""), default=0)] for row in found]


def fact(form: str, amount: str, **coordinate: object) -> Fact:
    return Fact(Decimal(amount), Unit.WAN, form, coordinate=Coordinate(**coordinate))  # type: ignore[arg-type]


def by_hand(*facts: Fact, **more: object) -> Budget:
    """A budget as a user builds it: no places, no columns, no names."""
    return Budget(facts=facts, agency=AGENCIES[0], agencies=AGENCIES, year=2024, **more)  # type: ignore[arg-type]


def blank(family: str) -> Budget:
    """A budget with every form of a family and not one amount."""
    forms = [PrintedForm(form, empty=True) for form in family_layout(family).forms]
    return Budget(forms=forms, agency=AGENCIES[0], year=2024, family=family)


def test_a_header_has_as_many_rows_as_its_deepest_path() -> None:
    page = workbook(blank("sichuan"))["表3-3"]
    assert lines(page)[3:7] == [
        ["单位编码", "单位名称（科目）", "当年财政拨款预算安排"],
        ["", "", "合计", "因公出国（境）费用", "公务用车购置及运行费", "", "", "公务接待费"],
        ["", "", "", "", "小计", "公务用车购置费", "公务用车运行费"],
        ["", "合 计"],
    ]
    merged = {str(span) for span in page.merged_cells.ranges}
    assert {"A4:A6", "B4:B6", "C4:H4", "C5:C6", "D5:D6", "E5:G5", "H5:H6"} <= merged


def test_number_title_agency_and_unit_stand_above_the_table() -> None:
    page = workbook(blank("sichuan"))["表1-2"]
    assert lines(page)[:5] == [
        ["表1-2"],
        ["部门支出总表"],
        ["部门：某市服务局", "", "", "", "", "", "金额单位：万元"],
        ["科目编码", "", "", "单位代码", "单位名称（科目）", "合计", "基本支出", "项目支出"],
        ["类", "款", "项"],
    ]


def test_an_empty_form_says_so() -> None:
    assert lines(workbook(blank("sichuan"))["表5"])[-2:] == [["", "", "", "", "合 计"], ["空表说明：此项无内容"]]


def test_every_form_is_printed_in_the_order_of_the_family() -> None:
    names = workbook(blank("sichuan")).sheetnames
    assert names == [
        "封面", "表1", "表1-1", "表1-2", "表2", "表2-1", "表3", "表3-1", "表3-2", "表3-3",
        "表4", "表4-1", "表5", "表6", "表7",
    ]  # fmt: skip


def test_pages_are_set_up_for_a4_landscape_one_page_wide() -> None:
    for page in workbook(blank("sichuan")).worksheets:
        assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", "9")
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToWidth == 1
    page = workbook(blank("sichuan"))["表3-1"]
    assert page.print_title_rows == "$4:$6"
    assert page.freeze_panes == "E7"


def test_fonts_borders_and_number_formats() -> None:
    page = workbook(by_hand(fact("expenditure", "1234.50"), fact("expenditure", "0.125", function="2010301")))["表1-2"]
    assert (page["A2"].font.name, page["A4"].font.name, page["E6"].font.name) == ("黑体", "宋体", "宋体")
    assert page["F6"].number_format == "#,##0.00"
    assert page["F8"].number_format == "#,##0.000"
    assert {page[cell].border.left.style for cell in ("A4", "D4", "A5", "F6", "G7", "H7")} == {"thin"}


def test_rows_of_agencies_and_subjects_stand_as_sichuan_prints_them() -> None:
    own = {"agency": "127001"}
    page = workbook(
        by_hand(
            fact("expenditure", "3", **own, function="2010301", nature="basic"),
            fact("expenditure", "5", **own),
            fact("expenditure", "5"),
            fact("expenditure", "3", **own, function="2010301"),
        )
    )["表1-2"]
    assert lines(page)[5:] == [
        ["", "", "", "", "合 计", 5],
        ["", "", "", "", "", 5],
        ["", "", "", "", "某市服务局机关", 5],
        ["201", "03", "01", "127001", "行政运行", 3, 3],
    ]


def test_classes_of_the_economic_form_stand_under_the_agency_code() -> None:
    own = {"agency": "127001"}
    book = by_hand(
        fact("general_basic", "3", **own, economic="301"), fact("general_basic", "3", **own, economic="30101")
    )
    assert lines(workbook(book)["表3-1"])[6:] == [
        ["", "", "127001", "某市服务局机关"],
        ["", "", "301", "工资福利支出", 3],
        ["301", "01", "30101", "基本工资", 3],
    ]


def test_projects_stand_below_their_function_subject() -> None:
    own = {"agency": "127001", "function": "2010302"}
    book = by_hand(fact("general_project", "3", **own, project="热线"), fact("general_project", "3", **own))
    assert lines(workbook(book)["表3-2"])[5:] == [
        ["", "", "", "", "某市服务局机关"],
        ["", "", "", "", "一般行政管理事务", 3],
        ["201", "03", "02", "127001", "热线", 3],
    ]


def test_every_unit_has_a_row_in_the_three_public_form() -> None:
    reception = {"item": "three_public.reception", "economic": "30217", "origin": "current"}
    page = workbook(by_hand(fact("three_public", "1", agency="127001", **reception)))["表3-3"]
    assert lines(page)[6:] == [
        ["127001", "某市服务局机关", "", "", "", "", "", 1],
        ["127002", "热线中心"],
    ]


def test_a_fact_without_a_form_is_printed_wherever_its_coordinate_is() -> None:
    book = by_hand(fact("", "7", side="expenditure", function="201"))
    assert plan(book, "sichuan").left == ()
    pages = workbook(book)
    assert ["一、一般公共预算拨款收入", "", "一、一般公共服务支出", 7] in lines(pages["表1"])
    assert ["201", "", "", "", "一般公共服务支出", 7] in lines(pages["表1-2"])


def test_an_amount_in_yuan_is_printed_in_the_unit_of_the_form() -> None:
    book = Budget(facts=[Fact(Decimal("9501900"), Unit.YUAN, "expenditure")], year=2024)
    assert lines(workbook(book)["表1-2"])[5] == ["", "", "", "", "合 计", 950.19]


def test_a_label_that_the_family_does_not_print_gets_a_line_of_its_own() -> None:
    found = Fact(
        Decimal(9), Unit.WAN, "summary", "附属单位上缴收入",
        coordinate=Coordinate(side="revenue", fund="affiliated", origin="current"),
    )  # fmt: skip
    page = workbook(by_hand(found))["表1"]
    assert lines(page)[10:12] == [
        ["六、其他收入", "", "六、科学技术支出"],
        ["附属单位上缴收入", 9, "七、文化旅游体育与传媒支出"],
    ]


def test_a_column_of_the_document_that_the_layout_lacks_is_kept() -> None:
    coordinate = Coordinate(year=2024, side="expenditure", nature="operating")
    found = Fact(Decimal(2), Unit.WAN, "expenditure", "合计", "", coordinate, "事业单位经营支出")
    book = Budget(facts=[found], year=2024, family="sichuan")
    buffer = io.BytesIO()
    write(book, buffer)
    assert plan(book).left == ()
    assert read(buffer.getvalue()).facts == (found,)


def test_what_has_no_cell_is_reported() -> None:
    lost = fact("expenditure", "4", nature="to_superior")
    foreign = fact("procurement", "5", item="procurement")
    left = plan(by_hand(lost, foreign), "sichuan").left
    assert {entry.fact for entry in left} == {lost, foreign}
    assert all(entry.reason and entry.text for entry in left)


def test_what_an_indicator_says_beyond_the_columns_is_reported() -> None:
    indicator = PerformanceIndicator("响应时间", operator="≤", value="5", unit="分钟", core=True, note="见附件")
    target = PerformanceTarget(project="热线", indicators=[indicator], execution_weight="10", head={"立项依据": "文件"})
    book = by_hand(targets=[PrintedTarget("project_performance", target)])
    texts = " ".join(entry.text for entry in plan(book, "sichuan").left)
    assert all(words in texts for words in ("是否核心指标：是", "备注：见附件", "预算执行率权重：10", "立项依据：文件"))


def test_indicators_of_a_project_share_its_cells() -> None:
    indicators = [
        PerformanceIndicator(
            "接听率", level1="产出指标", operator="≥", value="98", unit="%", weight=60, direction="正向"
        ),
        PerformanceIndicator("好评", level1="满意度指标", operator="定性", value="好坏", unit="级", weight=40),
    ]
    target = PerformanceTarget(
        project="热线", agency="热线中心", goal="办好热线", budget="37000", indicators=indicators
    )
    page = workbook(by_hand(targets=[PrintedTarget("project_performance", target, "127002")]))["表6"]
    assert lines(page)[4:] == [
        ["127002-热线中心", "热线", 3.7, "办好热线", "产出指标", "", "接听率", "≥", "98", "%", 60, "正向指标"],
        ["", "", "", "", "满意度指标", "", "好评", "定性", "好坏", "级", 40],
    ]
    assert {"A5:A6", "B5:B6", "C5:C6", "D5:D6"} <= {str(span) for span in page.merged_cells.ranges}


def test_the_money_of_the_whole_department_keeps_its_own_headers_and_unit() -> None:
    items = ("预算支出总额", "基本支出/合计", "基本支出/财政拨款", "项目支出/合计")
    facts = [
        Fact(
            Decimal(index), Unit.YUAN, "overall_performance", "总体资金情况（元）",
            coordinate=Coordinate(2024, "某局", "expenditure", item=f"target.{item}"),
        )
        for index, item in enumerate(items, 1)
    ]  # fmt: skip
    target = PerformanceTarget(
        agency="某局", year=2024, goal="目标", indicators=[PerformanceIndicator("满意度", value="90")]
    )
    book = Budget(
        facts=facts, targets=[PrintedTarget("overall_performance", target, "某局")], year=2024, family="sichuan"
    )
    assert plan(book).left == ()
    buffer = io.BytesIO()
    write(book, buffer)
    found = read(buffer.getvalue())
    kept = [(one.amount, one.unit, one.coordinate.item) for one in found.facts]
    assert kept == [(one.amount, one.unit, one.coordinate.item) for one in facts]


@pytest.mark.parametrize("form", family_layout("sichuan").forms)
def test_every_column_of_the_layout_is_in_the_vocabulary(form: str) -> None:
    layout = family_layout("sichuan").forms[form]
    known = [column.text for column in layout.columns if not column.known]
    assert known == (["年度绩效指标"] if form == "overall_performance" else [])


@pytest.mark.parametrize("form", family_layout("sichuan").forms)
def test_titles_name_their_forms(form: str) -> None:
    named = vocabulary().title(family_layout("sichuan").forms[form].title.format(year=2024))
    assert named is not None and named.id == form


@pytest.mark.parametrize("family", ["sichuan", "chongqing", "hubei", "shanghai"])
@pytest.mark.parametrize("book", synthetic_books() + district_books(), ids=lambda book: book.name)
def test_no_text_stands_under_a_merged_cell(book: Book, family: str) -> None:
    for page in workbook(read(book.data), family).worksheets:
        assert isinstance(page, Worksheet)
        for span in page.merged_cells.ranges:
            _, *covered = (page.cell(*cell).value for cell in span.cells)
            assert not any(covered), f"{page.title}!{span}"


def test_a_project_with_a_code_beside_the_name_of_its_unit_keeps_the_code_of_the_unit() -> None:
    at = Coordinate(year=2024, agency="428001", side="expenditure", project="500142824T00000001")
    book = Budget(
        facts=[Fact(Decimal("1.50"), "万元", "projects", "信访维稳", "", at)],
        projects=[Project("信访维稳", "500142824T00000001", "428001")],
        agencies=[Agency("428001", "乡中心")],
        year=2024,
    )
    written = io.BytesIO()
    book.write(written, family="hubei")
    again = read(written.getvalue())
    assert [fact.coordinate for fact in again.facts] == [at]
    assert again.agency_names["428001"] == "乡中心"
