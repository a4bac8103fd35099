"""Forms as districts near the four families print them: other words, other numbers, headers merged down."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest

import govbudget as gb
from govbudget.cells import Place
from govbudget.forms import vocabulary

Cell = str | float | None


def read(rows: Sequence[Sequence[Cell]], *merged: str, sheet: str = "表") -> gb.Budget:
    """What a workbook of one sheet reads as; *merged* are its merged ranges."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append([*row])
    for one in merged:
        page.merge_cells(one)
    file = io.BytesIO()
    book.save(file)
    return gb.read(file.getvalue())


def facts(book: gb.Budget) -> dict[str, gb.Fact]:
    return {fact.place.cell: fact for fact in book.facts}


def unread(book: gb.Budget) -> list[str]:
    return [one.text for one in book.unread]


@pytest.mark.parametrize(
    "text",
    ["部门公开表01", "预算公开表1", "预算01-1表", "部门预算公开附表3", "表十一-1", "附表2-1", "预算13表"],
)
def test_numbers_of_forms(text: str) -> None:
    assert vocabulary().number(text)


@pytest.mark.parametrize("text", ["公开", "预算", "2024年预算公开", "表"])
def test_no_numbers_of_forms(text: str) -> None:
    assert not vocabulary().number(text)


def test_the_three_public_expenses_one_below_the_other_by_year() -> None:
    book = read(
        [
            ["一般公共预算“三公”经费支出情况表"],
            ["部门名称：某县统计局", None, "单位：万元"],
            ["项      目", "2023年“三公”经费预算数", "2024年“三公”经费预算数"],
            ["共计", 9.0, 6.0],
            ["1、因公出国（境）费用", None, None],
            ["2、公务接待费", 3.0, 2.0],
            ["3、公务用车费", 6.0, 4.0],
            ["其中：（1）公务用车运行维护费", 6.0, 4.0],
        ],
        "A1:C1",
    )
    assert unread(book) == []
    assert [(fact.form, fact.coordinate.year, str(fact.amount)) for fact in book.facts[:2]] == [
        ("three_public", 2023, "9"),
        ("three_public", 2024, "6"),
    ]


LISTED = {
    "“三公”经费": "three_public",
    "其中：（一）因公出国（境）支出": "three_public.abroad",
    "（二）公务用车购置及运行维护支出": "three_public.vehicle",
    "1.公务用车购置": "three_public.vehicle.purchase",
    "其中：（1）公务用车运行维护费": "three_public.vehicle.operation",
    "3、公务接待费": "three_public.reception",
}


def test_what_the_three_public_expenses_are_one_below_the_other() -> None:
    rows: list[list[Cell]] = [[name, 1.0] for name in LISTED]
    book = read([["“三公”经费预算表"], [None, "单位：万元"], ["项目", "2024年预算"], *rows], "A1:B1")
    assert [fact.coordinate.item for fact in book.facts] == list(LISTED.values())


def test_the_three_public_expenses_with_a_row_for_each_year() -> None:
    book = read(
        [
            ["财政拨款“三公”经费支出表"],
            ["部门/单位：某区园林局", None, None, None, None, "单位：万元"],
            ["年度", "“三公”经费财政拨款预算总额", "因公出国（境）费用", "公务用车购置和运行维护费", None, None],
            [None, None, None, "公务用车购置及运行维护费小计", "公务用车购置费", "公务用车运行维护费"],
            ["2023年", 8.0, 0.0, 8.0, 0.0, 8.0],
            ["2024年", 4.0, 0.0, 4.0, 0.0, 4.0],
        ],
        *("A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:F3"),
    )
    assert unread(book) == []
    assert {fact.coordinate.year for fact in book.facts} == {2023, 2024}
    assert {fact.coordinate.agency for fact in book.facts} == {None}
    assert facts(book)["C5"].column == "因公出国（境）费用"


def test_a_header_whose_upper_row_has_an_unheard_word_begins_where_its_cells_are_merged_down_from() -> None:
    book = read(
        [
            ["一般公共预算支出预算表（按功能科目分类）"],
            ["单位名称：某县民政局", None, None, None, None, "单位：元"],
            ["预算安排科目一览", None, "合计", "基本支出", None, "项目支出"],
            ["科目编码", "科目名称", None, "人员经费", "公用经费", None],
            ["208", "社会保障和就业支出", 30.0, 20.0, 4.0, 6.0],
        ],
        *("A1:F1", "A3:B3", "C3:C4", "D3:E3", "F3:F4"),
    )
    found = facts(book)
    assert unread(book) == []
    assert [found[cell].coordinate.nature for cell in ("C5", "D5", "F5")] == [None, "basic", "project"]


def test_a_project_list_with_its_kind_and_both_subjects() -> None:
    book = read(
        [
            ["部门项目支出预算表"],
            ["单位名称：某县民政局", *[None] * 6, "单位：元"],
            [
                "项目分类",
                "项目代码",
                "项目名称",
                "功能科目编码",
                "功能科目名称",
                "经济科目编码",
                "经济科目名称",
                "合计",
            ],
            [
                "其他运转类",
                "53012324T000012345678",
                "救助站维修",
                "2080202",
                "一般行政管理事务",
                "30213",
                "维修(护)费",
                5.0,
            ],
            ["合  计", None, None, None, None, None, None, 5.0],
        ],
        "A1:H1",
    )
    assert unread(book) == []
    project, total = book.facts
    assert (project.code, project.coordinate.function, project.name) == ("2080202", "2080202", "救助站维修")
    assert total.coordinate.project is None


INDICATOR = ["产出指标", "数量指标", "完成检查次数"]


def test_indicators_under_a_group_beside_what_the_project_is() -> None:
    book = read(
        [
            ["项目支出绩效表"],
            ["项目单位", "项目名称", "预算金额", "项目绩效目标", "绩效指标", None, None, None, None, None],
            [None] * 4 + ["一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位"],
            ["某区园林局", "绿地养护", 25.0, "养护到位", *INDICATOR, "≥", "24", "次"],
        ],
        *("A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:J2"),
    )
    (project,) = book.projects
    assert (project.name, len(project.indicators), [str(fact.amount) for fact in book.facts]) == ("绿地养护", 1, ["25"])
    assert unread(book) == []


def test_the_kind_of_a_value_is_its_operator() -> None:
    book = read(
        [
            ["项目支出绩效目标表"],
            ["单位代码", "单位（专项）名称", "资金总额", "实施期绩效目标", "绩效指标", None, None, None, None, None],
            [None] * 4 + ["一级指标", "二级指标", "三级指标", "指标值", "度量单位", "指标值类型"],
            ["501", "应急救援专项", 25.0, "完成任务", *INDICATOR, "24", "次", "≥"],
        ],
        *("A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:J2"),
    )
    (project,) = book.projects
    assert (project.name, project.indicators[0].operator_text) == ("应急救援专项", "≥")


def test_a_department_in_a_row_whose_header_has_three_rows() -> None:
    book = read(
        [
            ["整体支出绩效目标表"],
            [
                "单位名称",
                "年度预算申请",
                None,
                "整体绩效目标",
                "一级指标",
                "二级指标",
                "三级指标",
                "指标值",
                "度量单位",
            ],
            [None, "资金总额", "按收入性质分"],
            [None, None, "一般公共预算"],
            ["某县应急管理局", 180.0, 180.0, "保障安全", *INDICATOR, "24", "次"],
        ],
        *("A1:I1", "A2:A4", "B2:C2", "B3:B4", *(f"{letter}2:{letter}4" for letter in "DEFGHI")),
    )
    assert [form.id for form in book.forms] == ["overall_performance"]
    assert (len(book.targets[0].target.indicators), str(facts(book)["B5"].amount)) == (1, "180")
    assert [one.place for one in book.unread] == [Place("表", "C5")]


@pytest.mark.parametrize("label", ["项目总额", "项目金额（万元）", "项目总金额", "项目总预算（元）"])
def test_the_money_of_a_project(label: str) -> None:
    rows: list[list[Cell]] = [
        ["项目名称", "能力建设", label, 66.0],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        [*INDICATOR, "24"],
    ]
    book = read([["项目支出绩效目标表"], *rows], "A1:D1")
    assert [(fact.name, str(fact.amount)) for fact in book.facts] == [("能力建设", "66")]


@pytest.mark.parametrize("words", ["部门综合预算", "附表 部门"])
def test_a_title_of_form_words_alone_is_no_agency(words: str) -> None:
    book = openpyxl.Workbook()
    for title in ("收支总表", "收入总表", "支出总表"):
        page = book.create_sheet(title)
        page.append([f"2024年{words}{title}"])
        page.append(["项目", "预算数"])
        page.append(["合计", 5.0])
    file = io.BytesIO()
    book.save(file)
    assert gb.read(file.getvalue()).agency is None


@pytest.mark.parametrize(
    ("printed", "points"),
    [
        ([0.2, 0.8], ["20", "80"]),
        ([20.0, 80.0], ["20", "80"]),
        ([1.0, 1.0], ["1", "1"]),
        ([0.3, 0.6], ["30", "60"]),
        ([0.3, 0.1], ["0.3", "0.1"]),
    ],
)
def test_weights_that_are_kept_as_fractions(printed: list[float], points: list[str]) -> None:
    rows: list[list[Cell]] = [[*INDICATOR[:2], f"指标{at}", "24", weight] for at, weight in enumerate(printed)]
    header = ["一级指标", "二级指标", "三级指标", "指标值", "权重"]
    book = read([["项目支出绩效目标表"], ["项目名称", "能力建设"], header, *rows], "A1:E1")
    assert [f"{one.weight:f}" for one in book.projects[0].indicators if one.weight is not None] == points


@pytest.mark.parametrize(
    ("budgets", "targets"), [(("18", None, None), 1), (("18", "18", "18"), 1), (("18", "18", "9"), 2)]
)
def test_a_project_that_stands_on_every_row_is_one(budgets: tuple[str | None, ...], targets: int) -> None:
    header = ["序号", "项目名称", "预算金额", "一级指标", "二级指标", "三级指标", "指标值", "权重"]
    rows: list[list[Cell]] = [
        [1, "药械抽检", money, *INDICATOR[:2], f"指标{at}", "24", 30] for at, money in enumerate(budgets)
    ]
    book = read([["项目绩效目标情况表"], ["单位：万元"], header, *rows], "A1:H1")
    assert (len(book.targets), len(book.facts)) == (targets, 3 - budgets.count(None))


SPENT: list[list[Cell]] = [["201", "一般公共服务支出", 5.0], ["208", "社会保障和就业支出", 2.0]]


@pytest.mark.parametrize(
    "lines",
    [
        {"支出合计": None},
        {"支出总计": None},
        {"本年支出合计": None, "结转下年": "carry_forward", "支出总计": "grand_total"},
    ],
)
def test_a_table_of_expenditure_calls_its_total_so(lines: dict[str, str | None]) -> None:
    rows = [*SPENT, *([name, None, 7.0] for name in lines)]
    book = read([["部门支出总表"], [None, None, "单位：万元"], ["科目编码", "科目名称", "合计"], *rows], "A1:C1")
    assert [fact.coordinate.item for fact in book.facts[2:]] == list(lines.values())
    assert {fact.coordinate.agency for fact in book.facts} == {None}


def test_rates_and_reasons_are_no_amounts() -> None:
    header = ["项目", "2023年预算数", "2024年预算数", "增减额", "增减率（%）", "增减变化原因"]
    row: list[Cell] = ["公务接待费", 4.0, 3.0, -1.0, -25.0, "厉行节约"]
    book = read([["“三公”经费预算表"], [*[None] * 5, "单位：万元"], header, row], "A1:F1")
    assert [fact.place.cell for fact in book.facts] == ["B4", "C4", "D4"]
    assert unread(book) == []


@pytest.mark.parametrize(
    "text", ["市级当年财政拨款安排", "省级当年财政拨款安排", "当年财政拨款", "本级当年财政拨款预算安排"]
)
def test_money_of_this_year_is_so_whoever_gives_it(text: str) -> None:
    assert vocabulary().dims(text) == {"origin": "current"}


def test_subjects_side_by_side() -> None:
    book = read(
        [
            ["一般公共预算基本支出表"],
            [*[None] * 5, "单位：万元"],
            ["人员经费", None, None, "公用经费", None, None],
            ["科目编码", "科目名称", "金额", "科目编码", "科目名称", "金额"],
            ["301", "工资福利支出", 9.0, "302", "商品和服务支出", 2.0],
            ["30101", "基本工资", 9.0, "30201", "办公费", 2.0],
        ],
        *("A1:F1", "A3:C3", "D3:F3"),
    )
    found = facts(book)
    assert (found["C6"].code, found["C6"].coordinate.cost) == ("30101", "personnel")
    assert (found["F6"].code, found["F6"].name, found["F6"].coordinate.cost) == ("30201", "办公费", "public")


@pytest.mark.parametrize(
    "title",
    [
        *("新增资产配置表", "部门项目中期规划预算表", "县对下转移支付预算表", "上级补助项目支出预算表"),
        *("机关运行经费预算表", "部门机关运行经费支出预算表", "一般公共预算机关运行经费支出表"),
    ],
)
def test_a_table_that_is_none_of_the_forms_is_kept_as_unread(title: str) -> None:
    rows: list[list[Cell]] = [["部门某某馆", "民生类", "免费开放", 30.0], ["合计", None, None, 30.0]]
    book = read([[title], ["单位：万元"], ["单位名称", "项目类别", "项目名称", "合计"], *rows], "A1:D1")
    assert not (book.forms or book.facts)
    assert unread(book) == ["部门某某馆", "民生类", "免费开放", "30", "合计", "30"]


def test_a_table_that_is_none_of_the_forms_ends_the_one_above_it() -> None:
    book = read(
        [
            ["“三公”经费支出表"],
            ["单位：万元"],
            ["合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"],
            [5.0, 0.0, 3.0, 2.0],
            [None],
            ["机关运行经费明细表"],
            ["科目编码", "科目名称", "金额"],
            ["30201", "办公费", 7.0],
        ],
        *("A1:D1", "A6:D6"),
    )
    assert [form.id for form in book.forms] == ["three_public"]
    assert len(book.facts) == 4 and unread(book) == ["30201", "办公费", "7"]


@pytest.mark.parametrize("title", ["部门支出预算表", "一般公共预算项目支出预算表", "国有资本经营预算支出表"])
def test_titles_of_forms_are_not_foreign(title: str) -> None:
    assert vocabulary().title(title) and not vocabulary().foreign(title)


def test_a_head_with_a_grid_that_is_merged_into_is_passed_over() -> None:
    book = read(
        [
            ["部门整体支出绩效目标表"],
            ["资金情况", "预算支出总额", "基本支出", None, "项目支出", None],
            [None, None, "合计", "财政拨款", "合计", "财政拨款"],
            [None, 9.0, 5.0, 5.0, 4.0, 4.0],
            ["一级指标", "二级指标", "三级指标", "指标值", "度量单位", "权重"],
            [*INDICATOR, "24", "次", 90],
        ],
        *("A1:F1", "A2:A4", "B2:B3", "C2:D2", "E2:F2"),
    )
    assert [form.id for form in book.forms] == ["overall_performance"]
    assert (len(book.targets[0].target.indicators), len(book.facts)) == (1, 5)
