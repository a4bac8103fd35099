"""What stands in the comment beside a cell: the rule, the message in both languages, and where else to look."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from tests.grids.files import TABLE, xlsx

import govbudget as gb
from govbudget.checks import Report

HEAD: list[list[object]] = [["部门支出总表"], ["单位：万元"], ["科目编码", "科目名称", "合计"]]


def notes(report: Report, data: bytes) -> dict[str, list[str]]:
    """The lines of each comment in the annotated copy."""
    out = io.BytesIO()
    assert report.annotate(data, out) == ()
    cells = (cell for row in load_workbook(out).worksheets[0].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text.splitlines() for cell in cells if cell.comment}


@pytest.mark.parametrize(("rows", "more"), [(1, ""), (12, ""), (13, "…")])
def test_a_comment_names_the_first_twelve_of_the_other_cells(rows: int, more: str) -> None:
    items: list[list[object]] = [[f"20101{at:02}", "事务", 1] for at in range(1, rows + 1)]
    data = xlsx([*HEAD, [None, "合计", rows + 20], *items])
    (lines,) = notes(gb.read(data).check(select="SUM004"), data).values()
    assert lines[0] == "SUM004 错误 error 功能科目不等于下级科目之和"
    assert lines[1].startswith(f"“合计”的“合计”为 {rows + 20}万元，{rows} 个分项之和为 {rows}万元")
    assert lines[2].startswith(f"合计 合计: {rows + 20} is not the sum {rows} of its parts ({rows})")
    first = "、".join(f"C{row}" for row in range(5, 5 + min(rows, 12)))
    assert lines[3:] == [f"另见 see also {first}{more}"]


def test_a_slip_of_the_words_is_noted_at_the_cell_that_contradicts_them() -> None:
    data = xlsx(TABLE)
    book = gb.read(data).with_narrative("一、情况\n\n基本支出110.00万元。".encode())
    (cell,) = (told := notes(book.check(select="NAR001"), data))
    assert cell == "D4"
    assert told[cell][0] == "NAR001 错误 error 正文数字与预算表不一致"
    assert told[cell][3] == "正文 the words: 基本支出110.00万元。"
    assert told[cell][4].startswith("另见 see also ") and told[cell][4].endswith("A3")


def test_where_nothing_else_takes_part_nothing_else_is_named() -> None:
    data = xlsx([*HEAD, [None, "合计", "#REF!"], ["2010101", "事务", 1]])
    told = notes(gb.read(data).check(select="FRM002"), data)
    assert told and not any("另见" in line or "正文" in line for lines in told.values() for line in lines)


def test_a_finding_is_shown_in_a_line_that_begins_with_its_place() -> None:
    (found,) = gb.read(xlsx([*HEAD, [None, "合计", 9], ["2010101", "事务", 1]])).check(select="SUM004")
    assert str(found) == f"部门支出总表!C4 SUM004 错误 {found.message}"
    (none,) = gb.read("通知：各单位请按时报送。".encode()).check(select="FRM001")
    assert str(none) == "FRM001 错误 没有识别出任何预算表"
