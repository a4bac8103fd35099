"""Every file is a result or a ReadError that says which file, where in it, and why."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.effort import examples
from tests.hostile.binary import record, xls

import govbudget as gb
from govbudget.grids import read_grids
from govbudget.model import RemarkKind

from .files import ENCRYPTED, PICTURE, TABLE, edit_part, ods, tsv, xlsx

TEMPLATES = Path(__file__).resolve().parents[3] / "shared" / "templates"
FIGURES = {
    (f"{'ABCDE'[column]}{row}", value)
    for row, line in enumerate(TABLE, 1)
    for column, value in enumerate(line)
    if isinstance(value, float)
}


def figures(book: gb.Budget) -> set[tuple[str, float]]:
    return {(fact.place.cell, float(fact.amount)) for fact in book.facts}


def places(book: gb.Budget, kind: RemarkKind) -> set[str]:
    return {remark.place.cell for remark in book.remarks if remark.kind is kind}


def unread(book: gb.Budget) -> dict[str, str]:
    return {one.place.cell: one.text for one in book.unread}


# ---------------------------------------------------------------- what can be read


def test_a_workbook() -> None:
    assert figures(gb.read(xlsx())) == FIGURES


def test_an_opendocument_spreadsheet() -> None:
    book = gb.read(ods())
    assert figures(book) == FIGURES
    assert {fact.place.sheet for fact in book.facts} == {"部门支出总表"}


def test_a_hidden_sheet_of_an_opendocument_spreadsheet() -> None:
    book = gb.read(ods(display=False))
    assert figures(book) == FIGURES
    assert places(book, RemarkKind.HIDDEN_SHEET) == {"A1"}


@pytest.mark.skipif(not TEMPLATES.exists(), reason="the official workbooks are not at hand")
def test_an_old_workbook() -> None:
    old = gb.read(TEMPLATES / "shanghai_unit_blank.xls")
    new = gb.read(TEMPLATES / "shanghai_unit_blank.xlsx")
    assert [form.id for form in old.forms] == [form.id for form in new.forms]
    assert old.facts == new.facts == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_in_any_encoding(encoding: str) -> None:
    text = tsv()
    mark = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(encoding, "")
    assert figures(gb.read((mark + text).encode(encoding))) == FIGURES


def test_a_text_with_line_ends_of_windows() -> None:
    assert figures(gb.read(tsv().replace("\n", "\r\n").encode())) == FIGURES


def test_a_file_told_by_content_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "预算.xls"
    path.write_bytes(xlsx())
    assert figures(gb.read(path)) == FIGURES
    with path.open("rb") as stream:
        assert figures(gb.read(stream)) == FIGURES


def test_hidden_sheets_are_read_and_said() -> None:
    def hide(workbook: Workbook) -> None:
        workbook.create_sheet("封面")["A1"] = "某某区档案馆2024年部门预算"
        workbook.worksheets[0].sheet_state = "hidden"
        workbook.active = 1

    book = gb.read(xlsx(change=hide))
    assert figures(book) == FIGURES
    assert [(r.place.sheet, r.place.cell) for r in book.remarks if r.kind is RemarkKind.HIDDEN_SHEET] == [
        ("部门支出总表", "A1")
    ]


def test_a_very_hidden_sheet() -> None:
    def hide(workbook: Workbook) -> None:
        workbook.create_sheet("封面")["A1"] = "某某区档案馆2024年部门预算"
        workbook.worksheets[0].sheet_state = "veryHidden"
        workbook.active = 1

    book = gb.read(xlsx(change=hide))
    assert figures(book) == FIGURES
    assert places(book, RemarkKind.HIDDEN_SHEET) == {"A1"}


def test_merged_ranges_hold_their_text_once() -> None:
    def merge(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("A2:D2")
        sheet.merge_cells("A4:B4")
        sheet["A4"] = "合计"

    book = gb.read(xlsx(change=merge))
    assert figures(book) == FIGURES
    assert [form.title for form in book.forms] == ["部门支出总表"]


def test_cells_far_off_that_are_only_formatted() -> None:
    def stray(workbook: Workbook) -> None:
        workbook.worksheets[0].cell(5000, 250).number_format = "0.00"

    assert figures(gb.read(xlsx(change=stray))) == FIGURES


def test_dates_and_flags_are_no_amounts() -> None:
    rows = [list(row) for row in TABLE]
    rows[6][4] = datetime.datetime(2024, 1, 30)
    rows[6][3] = True
    book = gb.read(xlsx(rows))
    assert figures(book) == {one for one in FIGURES if one[0] != "D7"}
    assert {"D7", "E7"} <= set(unread(book))


def test_a_workbook_without_shared_strings_or_styles() -> None:
    data = xlsx()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            if name != "xl/theme/theme1.xml":
                target.writestr(name, source.read(name))
    assert figures(gb.read(stream.getvalue())) == FIGURES


# ---------------------------------------------------------------- errors and formulas in cells


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"])
def test_an_error_value_is_reported_with_its_cell(error: str) -> None:
    rows = [list(row) for row in TABLE]
    rows[6][2] = error
    book = gb.read(xlsx(rows))
    assert figures(book) == {one for one in FIGURES if one[0] != "C7"}
    assert [(r.place.cell, r.text) for r in book.remarks if r.kind is RemarkKind.ERROR_VALUE] == [("C7", error)]
    assert unread(book)["C7"] == error


def test_a_formula_that_was_never_calculated_is_reported_with_its_cell() -> None:
    rows = [list(row) for row in TABLE]
    rows[6][2] = "=D7+E7"
    book = gb.read(xlsx(rows))
    assert figures(book) == {one for one in FIGURES if one[0] != "C7"}
    remarks = [(r.place.cell, r.text) for r in book.remarks if r.kind is RemarkKind.FORMULA_WITHOUT_VALUE]
    assert remarks == [("C7", "=D7+E7")]
    assert unread(book)["C7"] == "=D7+E7"


def test_a_formula_counts_by_its_value() -> None:
    rows = [list(row) for row in TABLE]
    rows[6][2] = "=D7+E7"
    data = edit_part(xlsx(rows), rb"(<f>D7\+E7</f>)<v ?/?>(</v>)?", rb"\1<v>100</v>")
    book = gb.read(data)
    assert figures(book) == FIGURES
    assert not book.unread


def test_a_formula_whose_value_is_an_error() -> None:
    rows = [list(row) for row in TABLE]
    rows[6][2] = "=D7/0"
    data = edit_part(
        xlsx(rows), rb'<c r="C7"([^>]*)><f>D7/0</f><v ?/?>(</v>)?', rb'<c r="C7"\1 t="e"><f>D7/0</f><v>#DIV/0!</v>'
    )
    book = gb.read(data)
    assert places(book, RemarkKind.ERROR_VALUE) == {"C7"}
    assert unread(book)["C7"] == "#DIV/0!"


def test_a_formula_whose_value_is_an_empty_text_is_nothing() -> None:
    rows = [list(row) for row in TABLE]
    rows[6][4] = '=IF(C7=D7,"",1)'
    data = edit_part(xlsx(rows), rb'<c r="E7"([^>]*)>(<f>.*?</f>)<v ?/?>(</v>)?', rb'<c r="E7"\1 t="str">\2<v></v>')
    book = gb.read(data)
    assert figures(book) == FIGURES
    assert not book.remarks


def test_an_error_value_beside_the_table_is_reported() -> None:
    rows: list[list[object]] = [*map(list, TABLE), [], [None, None, None, None, "#REF!"]]
    book = gb.read(xlsx(rows))
    assert figures(book) == FIGURES
    assert unread(book)["E10"] == "#REF!"


# ---------------------------------------------------------------- what cannot be read


def truncated() -> bytes:
    return xlsx()[:-200]


def cut_in_half() -> bytes:
    data = xlsx()
    return data[: len(data) // 2]


def archive_of(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def flipped() -> bytes:
    """A workbook whose sheet does not unpack."""
    data = bytearray(xlsx())
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = bytes(255 - byte for byte in data[at : at + 40])
    return bytes(data)


BROKEN = {
    "empty": b"",
    "blank": b" \r\n\t\n",
    "only NUL": bytes(4096),
    "truncated zip": truncated(),
    "half a zip": cut_in_half(),
    "flipped bytes": flipped(),
    "encrypted": ENCRYPTED,
    "picture": PICTURE,
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100),
    "another zip": archive_of(**{"readme.txt": b"hello"}),
    "word document": archive_of(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}),
    "workbook without sheets": archive_of(**{"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}),
    "NUL in a text": "科目\0编码\t合计\0\n".encode() * 3,
    "binary": bytes(range(256)) * 8,
    "old binary, broken": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_an_error_that_says_why(kind: str) -> None:
    with pytest.raises(gb.ReadError) as caught:
        gb.read(BROKEN[kind])
    error = caught.value
    assert error.file == "<bytes>"
    assert error.reason
    assert error.file in str(error) and error.reason in str(error)
    assert "(" in error.reason, "the reason is in Chinese with its English in brackets"


@pytest.mark.parametrize("kind", BROKEN)
def test_the_error_names_the_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "部门预算.xlsx"
    path.write_bytes(BROKEN[kind])
    with pytest.raises(gb.ReadError) as caught:
        gb.read(path)
    assert "部门预算.xlsx" in caught.value.file


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(gb.ReadError, match=r"没有这个文件.xlsx"):
        gb.read(tmp_path / "没有这个文件.xlsx")


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(gb.ReadError):
        gb.read(tmp_path)


def test_a_file_opened_as_text(tmp_path: Path) -> None:
    path = tmp_path / "预算.txt"
    path.write_text(tsv(), encoding="utf-8")
    with path.open(encoding="utf-8") as stream, pytest.raises(gb.ReadError):
        gb.read(stream)  # type: ignore[arg-type]


def test_what_is_no_file_at_all() -> None:
    for thing in (3, None, ["a.xlsx"]):
        with pytest.raises(gb.ReadError, match="须是路径、字节或二进制文件"):
            gb.read(thing)  # type: ignore[arg-type]


def test_a_sheet_of_too_many_cells_names_the_sheet() -> None:
    def stray(workbook: Workbook) -> None:
        workbook.worksheets[0].cell(1_000_000, 300).value = "x"

    with pytest.raises(gb.ReadError) as caught:
        gb.read(xlsx(change=stray))
    assert "部门支出总表" in caught.value.place


WHOLE = xlsx()  # made once: what a workbook says of the time of its making changes its bytes


@settings(max_examples=examples(60))
@given(st.data())
def test_a_damaged_workbook_is_a_result_or_a_read_error(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(whole)) | st.just(len(whole)))
    try:
        gb.read(bytes(whole[:cut]))
    except gb.ReadError as error:
        assert error.reason


@settings(max_examples=examples(60))
@given(st.binary(max_size=300))
def test_any_bytes_are_a_result_or_a_read_error(data: bytes) -> None:
    try:
        gb.read(data)
    except gb.ReadError as error:
        assert error.reason


WORDS = st.sampled_from(
    (
        "",
        "项目",
        "合计",
        "1.00",
        "201",
        "类",
        "款",
        "一级指标",
        "三级指标",
        "指标值",
        "部门支出总表",
        "单位：元",
        "预算数",
    )
)


@settings(max_examples=examples(60))
@given(st.lists(st.lists(WORDS, max_size=5), max_size=12))
def test_any_rows_are_read(rows: list[list[str]]) -> None:
    book = gb.read(xlsx(rows or [[""]]))
    named = {one.place for one in book.unread} | {fact.place for fact in book.facts}
    furniture = {place for form in book.forms for place in (*form.furniture, *form.objects)}
    assert not (named & furniture) or book.forms


def test_a_percentage_is_what_the_sheet_shows() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["完成率", 0.985, 1, 0.1, 0.5, "90%", 12])
    for cell, shown in (("B1", "0%"), ("C1", "0.00%"), ("D1", "0.0%;-0.0%"), ("E1", '0.0"%"'), ("F1", "0%")):
        page[cell].number_format = shown
    file = io.BytesIO()
    book.save(file)
    (grid,) = read_grids(file.getvalue())[1]
    assert [text for _, text in grid.texts(0)] == ["完成率", "98.5%", "100%", "10%", "0.5", "90%", "12"]


def test_a_percentage_of_an_old_workbook_is_what_the_sheet_shows() -> None:
    codes = {164: b"0.0%", 165: b'0.0"%"'}
    formats = [record(0x041E, struct.pack("<HHB", number, len(code), 0) + code) for number, code in codes.items()]
    styles = [record(0x00E0, struct.pack("<HH", 0, number).ljust(20, b"\0")) for number in (0, 9, 10, 164, 165)]
    single = [
        record(0x0203, struct.pack("<HHHd", 0, style, style, value))
        for style, value in enumerate((0.5, 1.0, 0.985, 0.1, 0.25))
    ]
    of_hundred = struct.pack("<i", 98 << 2 | 3)  # an integer, over 100
    several = b"".join(struct.pack("<H", style) + of_hundred for style in range(5))
    several += struct.pack("<Hi", 2, 1 << 2 | 2)  # an integer as it is
    row = record(0x00BD, struct.pack("<HH", 1, 0) + several + struct.pack("<H", 5))
    (grid,) = read_grids(xls([b"".join([*single, row])], b"".join([*formats, *styles])))[1]
    assert [text for _, text in grid.texts(0)] == ["0.5", "100%", "98.5%", "10%", "0.25"]
    assert [text for _, text in grid.texts(1)] == ["0.98", "98%", "98%", "98%", "0.98", "100%"]


def test_a_percentage_of_an_open_document_is_what_the_sheet_shows() -> None:
    data = ods([["完成率", None, 0.985, 0.5], ["及时率", 1, 2, 0.1]])
    for old, new in (
        (rb'"float" office:value="0.985"', b'"percentage" office:value="0.985"'),
        (rb'"float" office:value="0.1"', b'"percentage" office:value="0.1"'),
        (rb"<table:table-cell/>", b'<table:table-cell table:number-columns-repeated="2"/>'),
        (rb"<table:table-row>", b'<table:table-row table:number-rows-repeated="2">'),
    ):
        data = edit_part(data, old, new, "content.xml")
    (grid,) = read_grids(data)[1]
    first = ["完成率", "98.5%", "0.5"]
    assert [[text for _, text in grid.texts(row)] for row in range(3)] == [first, first, ["及时率", "1", "2", "10%"]]


def test_a_sheet_of_one_row_is_read() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page["B1"] = "本单位没有这项支出"
    book.create_sheet("空")
    file = io.BytesIO()
    book.save(file)
    assert [grid.rows for grid in read_grids(file.getvalue())[1]] == [[["", "本单位没有这项支出"]], []]
