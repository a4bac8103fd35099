"""Texts whose cells are set apart by blanks（空格对齐的文本）, as pages of a PDF are often printed as text."""

from __future__ import annotations

from decimal import Decimal
from unicodedata import east_asian_width

import pytest

import govbudget as gb

WIDTHS = (9, 18, 12, 12, 12, 12)


def laid(*cells: str, widths: tuple[int, ...] = WIDTHS) -> str:
    """A row: names from the left of their columns on, figures up to the right."""
    return "".join(
        f"{cell:>{width}}  " if cell.endswith("00") else f"{cell:<{width}}  " for cell, width in zip(cells, widths)
    ).rstrip()


def over(**headings: int) -> str:
    """A line of a header: words by the place that they begin at."""
    line = ""
    for word, start in headings.items():
        line = f"{line:<{start}}{word.lstrip('_')}"
    return line


GENERAL = "\n".join(
    [
        f"{'一般公共预算支出预算表':^70}",
        f"部门：云川市水务局{'金额单位：万元':>60}",
        over(功能分类科目=10, _2025年预算数=64),
        "",
        over(_2024年预算数=34),
        over(科目编码=1, 科目名称=14, 总计=52, 基本支出=65, 项目支出=79),
        laid("", "      合计", "38.00", "40.00", "28.00", "12.00"),
        laid("208", "社会保障和就业支出", "8.00", "8.00", "8.00", ""),
        laid("20805", "行政事业单位养老支出", "8.00", "8.00", "8.00", ""),
        laid("", "机关事业单位基本养老保险缴"),
        laid("2080505", "", "8.00", "8.00", "8.00", ""),
        laid("", "费支出"),
        laid("213", "农林水支出", "30.00", "32.00", "20.00", "12.00"),
        laid("21303", "水利", "30.00", "32.00", "20.00", "12.00"),
        laid("2130301", "行政运行", "20.00", "20.00", "20.00", ""),
        laid("2130302", "一般行政管理事务", "10.00", "12.00", "", "12.00"),
        f"{'- 3 -':^70}",
        f"\f{'一般公共预算基本支出预算表':^60}",
        f"部门：云川市水务局{'单位：万元':>40}",
        over(经济分类科目=10, _2025年基本支出=50),
        over(科目编码=1, 科目名称=14, 总计=38, 人员经费=51, 日常公用经费=64),
        laid("", "      合计", "28.00", "22.00", "6.00"),
        laid("301", "工资福利支出", "22.00", "22.00", ""),
        laid("30101", "基本工资", "22.00", "22.00", ""),
        laid("302", "商品和服务支出", "6.00", "", "6.00"),
        laid("30201", "办公费", "6.00", "", "6.00"),
        "",
    ]
)


def printed(text: str) -> list[tuple[str, str, str, Decimal]]:
    facts = gb.read(text.encode()).facts
    return [(fact.form, fact.code or fact.name, fact.column, fact.amount) for fact in facts]


def test_columns_are_told_by_their_place() -> None:
    book = gb.read(GENERAL.encode())
    assert book.unread == ()
    assert [form.id for form in book.forms] == ["general", "general_basic"]
    rows = [fact for fact in book.facts if fact.form == "general"]
    columns = ["2024年预算数", *(f"2025年预算数/{word}" for word in ("总计", "基本支出", "项目支出"))]
    assert [(fact.column, fact.amount) for fact in rows if fact.name == "合计"] == [
        *zip(columns, map(Decimal, ("38.00", "40.00", "28.00", "12.00")))
    ]
    assert [(fact.column, str(fact.amount)) for fact in rows if fact.code == "2130302"] == [
        (columns[0], "10.00"),
        (columns[1], "12.00"),
        (columns[3], "12.00"),
    ]
    assert [finding for finding in book.check().findings if finding.rule != "FRM007"] == []


def test_a_name_is_wrapped_around_the_figures_of_its_row() -> None:
    (name,) = {fact.name for fact in gb.read(GENERAL.encode()).facts if fact.code == "2080505"}
    assert name == "机关事业单位基本养老保险缴费支出"


def test_figures_that_never_stand_on_one_line_are_of_two_columns() -> None:
    basic = [(code, column) for form, code, column, _ in printed(GENERAL) if form == "general_basic"]
    assert ("302", "2025年基本支出/日常公用经费") in basic
    assert ("301", "2025年基本支出/人员经费") in basic


def test_a_letter_may_take_up_two_places() -> None:
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["", "合计", "1,240.00", "1,228.00", "12.00"],
        ["", "", "1,240.00", "1,228.00", "12.00"],
        ["2130301", "行政运行", "1,228.00", "1,228.00", ""],
        ["2130302", "一般行政管理事务", "12.00", "", "12.00"],
    ]
    text = "\n".join(["部门支出总表", "单位：万元", *("  ".join(map(pad, row, (8, 20, 10, 10, 10))) for row in rows)])
    book = gb.read(text.encode())
    assert [(fact.code or fact.name, fact.column, str(fact.amount)) for fact in book.facts][-4:] == [
        ("2130301", "合计", "1228.00"),
        ("2130301", "基本支出", "1228.00"),
        ("2130302", "合计", "12.00"),
        ("2130302", "项目支出", "12.00"),
    ]
    assert len(book.facts) == 10


def pad(cell: str, width: int) -> str:
    blanks = " " * (width - sum(1 + (east_asian_width(letter) in "WFA") for letter in cell))
    return blanks + cell if cell[-2:] == "00" else cell + blanks


def test_headings_that_one_blank_parts_stand_over_columns_of_their_own() -> None:
    text = (
        "一般公共预算“三公”经费支出表\n                                   单位：万元\n"
        "                           公务用车购置及运行费\n合计      因公出国（境）费     公务接待费\n"
        "                              小计 购置费 运行费\n16.96           0.00     9.70 7.26 0.00 7.26\n"
        "16.96           0.00     9.70 7.26 0.00 7.26\n16.96           0.00     9.70 7.26 0.00 7.26\n"
    )
    columns = [column.rpartition("/")[2] for _, _, column, _ in printed(text)]
    assert columns[:6] == ["合计", "因公出国（境）费", "公务接待费", "小计", "购置费", "运行费"]


def test_figures_without_a_heading_of_their_own_are_not_read() -> None:
    """Two figures under one heading: nobody can tell which of them it heads."""
    text = GENERAL.replace("基本支出          项目支出", "", 1)
    assert text != GENERAL
    assert {form for form, *_ in printed(text)} == {"general_basic"}
    assert "12.00" in {one.text for one in gb.read(text.encode()).unread}


@pytest.mark.parametrize("project", ["", "                管网维护        12.00\n"])
def test_indicators_are_read_where_each_line_names_one(project: str) -> None:
    text = (
        "                    部门预算项目绩效目标表\n                                         金额单位：万元\n"
        "项目名称       预算数      一级指标      二级指标       三级指标     指标性质   指标值    度量单位    权重\n"
        "管网维护      12.00     产出指标      数量指标       巡查次数     ≥          4  次        40\n"
        f"{project.replace(' ' * 16, '', 1)}"
        "                    产出指标      质量指标       合格率       =        100  %        30\n"
        "                    效益指标      社会效益指标     供水能力提升    定性    明显                20\n"
    )
    book = gb.read(text.encode())
    found = [indicator for target in book.targets for indicator in target.target.indicators]
    assert [indicator.name for indicator in found] == ([] if project else ["巡查次数", "合格率", "供水能力提升"])
    assert bool(book.unread) is bool(project)


def test_single_blanks_align_nothing() -> None:
    text = "部门支出总表\n单位：万元\n科目编码 科目名称 合计 项目支出\n" + "2130301 行政运行 12.00 12.00\n" * 5
    assert printed(text) == []


def test_the_first_line_of_a_subject_in_the_prose_is_no_heading() -> None:
    lines = ("1.农林水支出（类）水利（款）一般行政管理事务", "（项）2025年预算数为12.00万元，主要用于巡查。")
    book = gb.read(f"    {lines[0]}\n{lines[1]}\n{GENERAL}".encode())
    assert "".join(lines) in [passage.text for passage in book.prose]


def test_what_is_merged_down_beside_the_indicators_is_none() -> None:
    text = (
        "                  整体绩效目标表\n                                        单位：万元\n"
        "           指标         指标权重    计量单位  指标性质   指标值\n"
        "           办结及时率           60 %     ≥           98\n绩效指标\n"
        "           受理事项数           20 件     ≥         1200\n"
        "           培训次数            20 次     ≥            3\n"
    )
    (printed_target,) = gb.read(text.encode()).targets
    assert [(one.name, str(one.weight)) for one in printed_target.target.indicators] == [
        ("办结及时率", "60"),
        ("受理事项数", "20"),
        ("培训次数", "20"),
    ]


def test_a_line_between_two_rows_without_names_goes_to_one_of_them() -> None:
    rows = [
        laid("2130301", "行政运行", "8.00", "8.00"),
        laid("", "水利行业业务"),
        laid("2130304", "", "8.00", "8.00"),
        laid("", "管理"),
        laid("2130305", "", "6.00", "6.00"),
        laid("2130306", "水利工程运行与维护", "6.00", "6.00"),
    ]
    head = ["部门支出总表", "单位：万元", over(科目编码=1, 科目名称=14, 合计=40, 基本支出=53)]
    book = gb.read("\n".join([*head, *rows]).encode())
    assert [(fact.code, fact.name) for fact in book.facts if fact.column == "合计"] == [
        ("2130301", "行政运行"),
        ("2130304", "水利行业业务管理"),
        ("2130305", ""),
        ("2130306", "水利工程运行与维护"),
    ]
