"""上海的部门预算表: titles, headers and merges of the nine forms that Shanghai's districts hand out blank."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from govbudget.templates import template

FUNCTIONS = [
    ["项目", "", "", "", "{}", "", ""],
    ["功能分类科目编码", "", "", "功能分类科目名称", "合计", "基本支出", "项目支出"],
    ["类", "款", "项", "", "", "", ""],
]
FUNCTION_MERGES = ["A2:G2", "A4:E4", "A6:D6", "A7:C7", "D7:D8", "E6:G6", "E7:E8", "F7:F8", "G7:G8"]


def by_function(name: str) -> list[list[str]]:
    """The header of a form of expenditure by function subject."""
    return [[text.format(name) for text in row] for row in FUNCTIONS]


# The sheet, the title, the first row of the header, the header row by row, and what is merged in title and header.
FORMS: list[tuple[str, str, int, list[list[str]], list[str]]] = [
    (
        "部门收支总表",
        "2026年部门财务收支预算总表",
        6,
        [["本年收入", "", "本年支出", ""], ["项目", "预算数", "项目", "预算数"]],
        ["A2:D2", "A4:C4", "A6:B6", "C6:D6"],
    ),
    (
        "部门收入总表",
        "2026年部门收入预算总表",
        6,
        [
            ["项目", "", "", "", "收入预算", "", "", "", ""],
            [
                "功能分类科目编码",
                "",
                "",
                "功能分类科目名称",
                "合计",
                "财政拨款收入",
                "事业收入",
                "事业单位\n经营收入",
                "其他收入",
            ],
            ["类", "款", "项", "", "", "", "", "", ""],
        ],
        ["A2:I2", "A4:E4", "A6:D6", "A7:C7", "D7:D8", "E6:I6", "E7:E8", "F7:F8", "G7:G8", "H7:H8", "I7:I8"],
    ),
    ("部门支出总表", "2026年部门支出预算总表", 6, by_function("支出预算"), FUNCTION_MERGES),
    (
        "部门财政拨款收支总表",
        "2026年部门财政拨款收支预算总表",
        6,
        [
            ["财政拨款收入", "", "财政拨款支出", "", "", "", ""],
            ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
        ],
        ["A2:G2", "A4:C4", "A6:B6", "C6:G6"],
    ),
    (
        "部门一般公共预算拨款表",
        "2026年部门一般公共预算支出功能分类预算表",
        6,
        by_function("一般公共预算支出"),
        FUNCTION_MERGES,
    ),
    (
        "部门政府性基金拨款表",
        "2026年部门政府性基金预算支出功能分类预算表",
        6,
        by_function("政府性基金预算支出"),
        FUNCTION_MERGES,
    ),
    (
        "部门国有资本经营预算拨款表",
        "2026年部门国有资本经营预算支出功能分类预算表",
        6,
        by_function("国有资本经营预算支出"),
        FUNCTION_MERGES,
    ),
    (
        "部门一般公共预算拨款基本支出明细表",
        "2026年部门一般公共预算基本支出部门预算经济分类预算表",
        6,
        [
            ["项目", "", "", "一般公共预算基本支出", "", ""],
            ["部门预算经济分类科目编码", "", "经济分类科目名称", "合计", "人员经费", "公用经费"],
            ["类", "款", "", "", "", ""],
        ],
        ["A2:F2", "A4:C4", "A6:C6", "A7:B7", "C7:C8", "D6:F6", "D7:D8", "E7:E8", "F7:F8"],
    ),
    (
        "部门“三公”经费和机关运行费预算表",
        "2026年部门“三公”经费和机关运行经费预算表",
        4,
        [
            ["“三公”经费预算数", "", "", "", "", "", "机关运行经费预算数"],
            ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费", "", "", ""],
            ["", "", "", "小计", "购置费", "运行费", ""],
        ],
        ["A2:G2", "A3:C3", "A4:F4", "A5:A6", "B5:B6", "C5:C6", "D5:F5", "G4:G6"],
    ),
]


@cache
def blank() -> openpyxl.Workbook:
    buffer = io.BytesIO()
    template("shanghai", year=2026).write(buffer)
    return openpyxl.load_workbook(io.BytesIO(buffer.getvalue()), data_only=True)


def header_of(page: Worksheet, first: int, rows: int, columns: int) -> list[list[str]]:
    """The texts of the header's cells."""
    area = page.iter_rows(min_row=first, max_row=first + rows - 1, max_col=columns, values_only=True)
    return [["" if value is None else str(value) for value in row] for row in area]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[0])
def test_the_nine_forms_are_those_of_the_bureau(form: tuple[str, str, int, list[list[str]], list[str]]) -> None:
    name, title, first, header, merges = form
    page = blank()[name]
    assert page["A2"].value == title
    assert header_of(page, first, len(header), len(header[0])) == header
    line = f"A{first - 2 if first == 6 else first - 1}"
    assert str(page[line].value).startswith("编制部门：")
    last = first + len(header) - 1
    found = {one.coord for one in page.merged_cells.ranges if one.max_row <= last}
    assert found == set(merges)
    assert (page["A2"].font.name, page["A2"].font.sz, page[f"A{first}"].font.sz) == ("宋体", 18, 12)


@pytest.mark.parametrize("form", FORMS[1:3] + FORMS[4:8], ids=lambda form: form[0])
def test_the_name_of_the_total_is_merged_over_the_codes_at_the_foot(
    form: tuple[str, str, int, list[list[str]], list[str]],
) -> None:
    page = blank()[form[0]]
    foot = next(row for row in range(page.max_row, 0, -1) if page.cell(row, 1).value == "合计")
    width = 3 if "基本支出" in form[0] else 4
    assert f"A{foot}:{'ABCD'[width - 1]}{foot}" in {one.coord for one in page.merged_cells.ranges}


def test_the_forms_stand_in_the_order_of_the_bureau() -> None:
    assert [name for name in blank().sheetnames if name in {form[0] for form in FORMS}] == [form[0] for form in FORMS]


def test_the_bureaus_own_workbook_is_as_expected_here(shared: Path) -> None:
    own = openpyxl.load_workbook(shared / "templates" / "shanghai_department_blank.xlsx")
    pages = {page.title.strip(): page for page in own.worksheets}
    for name, title, first, header, merges in FORMS:
        page = pages[name]
        assert page["A2"].value == title
        assert header_of(page, first, len(header), len(header[0])) == header
        last = first + len(header) - 1
        assert {one.coord for one in page.merged_cells.ranges if one.max_row <= last} == set(merges)
