"""What the end of a page breaks off goes back to where it began, and nothing else does."""

from __future__ import annotations

import pytest

from govbudget.amounts import Unit
from govbudget.forms import Column, vocabulary
from govbudget.grids import Grid
from govbudget.reading.header import Header, with_lower
from govbudget.reading.pages import mend_break
from govbudget.reading.tables import split

SUBJECTS = (Column(("科目编码",), "code"), Column(("科目名称",), "name"), Column(("合计",)), Column(("基本支出",)))
INDICATORS = (
    Column(("项目名称",), "project"),
    Column(("一级指标",), "level1"),
    Column(("三级指标",), "level3"),
    Column(("指标值",), "value"),
)


def mended(
    above: list[list[str]], below: list[str], columns: tuple[Column, ...], broken: dict[int, int] | None = None
) -> tuple[list[list[str]], list[str], int]:
    """The rows of a page and the first one of the next after mending, and how many cells were given away."""
    before = Grid("第1页", [[*row] for row in above], flowing=True, broken=broken or {})
    after = Grid("第2页", [[*below]], flowing=True)
    body = [(before, row) for row in range(len(above))]
    moved = [*mend_break(body, after, 0, columns, vocabulary())]
    assert {place.sheet for place in moved} <= {"第2页"}
    return [[str(cell) for cell in row] for row in before.rows], [str(cell) for cell in after.rows[0]], len(moved)


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        (["201", "一般公共服", "5.00", "5.00"], ["", "务支出", "", ""], ["201", "一般公共服务支出", "5.00", "5.00"]),
        (["50015", "大厅运", "5.00", ""], ["T00004", "行经费", "", ""], ["50015T00004", "大厅运行经费", "5.00", ""]),
    ],
)
def test_a_row_that_is_cut_in_two_is_one(above: list[str], below: list[str], whole: list[str]) -> None:
    assert mended([above], below, SUBJECTS) == ([whole], [""] * 4, 2 if below[0] else 1)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["", "商业服务业等支出", "", ""], ["", "金融支出", "", ""]),  # nothing is measured in either
        (["", "商业服务业等支出", "5.00", ""], ["", "金融支出", "", ""]),  # a subject of its own
        (["", "一、本年支出", "5.00", ""], ["", "二、上年结转", "", ""]),  # a number of its own
        (["201", "一般公共服务支出", "5.00", ""], ["", "合计", "", ""]),
        (["201", "一般公共服务支出", "5.00", ""], ["", "外交", "1.00", ""]),
        (["201", "", "5.00", ""], ["", "外联经费", "", ""]),  # no name that could go on
    ],
)
def test_a_row_of_its_own_stays_one(above: list[str], below: list[str]) -> None:
    assert mended([above], below, SUBJECTS) == ([above], below, 0)


def test_beside_an_indicator_that_is_cut_in_two_its_project_goes_on() -> None:
    above = [["大厅运行经费之", "产出指标", "办件数", "12"], ["", "满意度指", "办事群众", "98"]]
    rows, rest, moved = mended(above, ["办公用品", "标", "满意度", ""], INDICATORS)
    assert rows == [["大厅运行经费之办公用品", "产出指标", "办件数", "12"], ["", "满意度指标", "办事群众满意度", "98"]]
    assert (rest, moved) == ([""] * 4, 3)


def test_an_indicator_of_a_level_of_its_own_stays_one() -> None:
    above = [["大厅运行经费", "产出指标", "办件数", "12"]]
    below = ["", "效益指标", "群众知晓度", ""]
    assert mended(above, below, INDICATORS) == (above, below, 0)


def test_the_text_of_a_merged_cell_that_a_page_breaks_stands_where_the_cell_begins() -> None:
    above = [["", "产出指标", "办件数", "12"], ["", "", "窗口数", "3"]]
    below = ["大厅运行经费", "效益指标", "知晓度", "90"]
    rows, rest, moved = mended(above, below, INDICATORS, broken={0: 0, 1: 1})
    assert rows == [["大厅运行经费", "产出指标", "办件数", "12"], ["", "效益指标", "窗口数", "3"]]
    assert (rest, moved) == (["", "", "知晓度", "90"], 2)


def test_a_broken_cell_with_a_text_takes_no_other() -> None:
    above = [["大厅运行经费", "产出指标", "办件数", "12"]]
    below = ["窗口经费", "产出指标", "窗口数", "3"]
    assert mended(above, below, INDICATORS, broken={0: 0}) == (above, below, 0)


def test_a_merged_cell_reaches_over_several_pages() -> None:
    pages = [Grid(f"第{page}页", [["", "办件数"], ["", "窗口数"]], flowing=True, broken={0: 0}) for page in (1, 2)]
    after = Grid("第3页", [["127001-某某局", "知晓度"]], flowing=True)
    body = [(grid, row) for grid in pages for row in (0, 1)]
    columns = (Column(("单位名称",), "agency"), Column(("三级指标",), "level3"))
    (moved,) = mend_break(body, after, 0, columns, vocabulary())
    assert (str(moved), after.rows) == ("第3页!A1", [["", "知晓度"]])
    assert [grid.rows[0][0] for grid in pages] == ["127001-某某局", ""]


def header(*labels: tuple[str, ...]) -> Header:
    return Header(0, 0, tuple(vocabulary().column(label) for label in labels), ("|".join(map("/".join, labels)),))


CUT = (("科目编码",), ("单位代码",), ("单位名称（科目）",), ("金额",))
LEVELS = (("类",), ("款",), ("项",), (), (), ())


def roles(found: Header | None) -> list[str | None]:
    return [column.role for column in found.columns] if found else []


def test_the_lower_row_of_a_header_stands_on_the_next_page() -> None:
    whole = with_lower(header(*[CUT[0]] * 3, *CUT[1:]), header(*LEVELS), vocabulary())
    assert roles(whole) == ["class", "section", "item", "agency_code", "name", None]


def test_a_page_that_ends_within_a_header_has_fewer_columns_than_the_next() -> None:
    whole = with_lower(header(*CUT), header(*LEVELS), vocabulary())
    assert roles(whole) == ["class", "section", "item", "agency_code", "name", None]
    assert whole is not None and whole.columns[5].text == "金额"


def test_a_word_of_the_header_is_cut_in_two_beside_its_lower_row() -> None:
    lower = header(("类",), ("款",), ("项",), (), ("目）",), ())
    whole = with_lower(header(CUT[0], CUT[1], ("单位名称（科",), CUT[3]), lower, vocabulary())
    assert whole is not None and whole.columns[4].text == "单位名称（科目）"


@pytest.mark.parametrize(
    "lower",
    [
        (("科目编码",), ("科目名称",), ("合计",), ("基本支出",)),  # a header of its own
        (("类",), ("款",), ("项",), ("名称",), ("合计",), ()),  # it cannot be told what stands over which
        (("类",), ("款",), ()),
    ],
)
def test_a_header_of_its_own_is_no_lower_row(lower: tuple[tuple[str, ...], ...]) -> None:
    assert with_lower(header(*CUT), header(*lower), vocabulary()) is None


FUNCTIONS = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ABOVE = [["部门支出总表"], FUNCTIONS, ["201", "一般公共服务支出", "5.00", "3.00", "2.00"]]


@pytest.mark.parametrize(
    ("lines", "form"),
    [
        ([["政府性基金预算支出表"], ["单位：元"]], "fund"),
        ([["政府性基金预算支出表"], ["本单位今年没有这类支出，往年也没有。"]], "expenditure"),  # said of it in prose
    ],
)
def test_the_title_of_a_form_at_the_end_of_the_page_before(lines: list[list[str]], form: str) -> None:
    first = Grid("第1页", [[*row] for row in (*ABOVE, *lines)], flowing=True)
    rows = [[*FUNCTIONS], ["", "合计", "7.00", "", "7.00"], ["212", "城乡社区支出", "7.00", "", "7.00"]]
    second = Grid("第2页", [[*row] for row in rows], flowing=True)
    (before,) = split(first, vocabulary())
    found = split(second, vocabulary(), before, first)
    assert [table.form.id for table in found or [before]] == [form]
    assert not found or (found[0].title, found[0].unit) == ("政府性基金预算支出表", Unit.YUAN)
