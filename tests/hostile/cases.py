"""Files that nobody should send（恶意与损坏的文件）: each made by a function of its size, with what it must come to."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from tests.grids.files import ENCRYPTED, PICTURE, TABLE, edit_part, ods, tsv, xlsx
from tests.hostile.binary import LAST_OF_CHAIN, record, record_b, row_b, xls, xlsb

__all__ = ["CASES", "READ", "Case", "packed"]

DATA = Path(__file__).resolve().parents[1] / "data"
READ = ""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BIG5: list[list[object]] = [
    ["部門支出總表"],
    ["科目編碼", "科目名稱", "合計"],
    ["2010301", "行政運行", 100.0],
    ["2010302", "一般管理", 9.5],
]
VALUE = b'office:value-type="float" office:value="1"'


class Case(NamedTuple):
    """A kind of file.

    Attributes:
        make: gives the file of a size; the size is what its function says.
        size: the size for the table of hostile files.
        small: the size for the tests, which allow less.
        outcome: a pattern of the error's reason; empty where the file is read.
    """

    make: Callable[[int], bytes]
    size: int = 1
    small: int = 1
    outcome: str = READ


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part more."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def with_strings(data: bytes, content: bytes) -> bytes:
    """The workbook with texts that its cells share."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = b'<Relationship Type="' + kind + b'" Target="sharedStrings.xml" Id="rId9"/></Relationships>'
    data = edit_part(data, b"</Relationships>", relation, "xl/_rels/workbook.xml.rels")
    return with_part(data, "xl/sharedStrings.xml", content)


def in_sheet(rows: bytes) -> bytes:
    """A workbook with more rows at the end of its sheet."""
    return edit_part(xlsx(), rb"</sheetData>", rows.replace(b"\\", rb"\\") + b"</sheetData>")


def in_table(rows: bytes) -> bytes:
    """An OpenDocument spreadsheet with more rows at the end of its sheet."""
    return edit_part(ods(), b"</table:table>", rows + b"</table:table>", "content.xml")


def cells(edit: Callable[[list[list[object]]], Any]) -> bytes:
    """A workbook with other cells."""
    rows = [list(row) for row in TABLE]
    edit(rows)
    return xlsx(rows)


def put(value: object) -> Callable[[list[list[object]]], None]:
    def edit(rows: list[list[object]]) -> None:
        rows[6][2] = value

    return edit


# ---------------------------------------------------------------- archives


def zip_bomb(mebibytes: int) -> bytes:
    """A part of so many mebibytes of blanks."""
    return with_part(xlsx(), "xl/media/image1.png", bytes(mebibytes << 20))


def lying_directory(mebibytes: int) -> bytes:
    """The same, and the directory says that the part has ten bytes."""
    data = bytearray(zip_bomb(mebibytes))
    at = data.rindex(b"PK\1\2")
    struct.pack_into("<I", data, at + 16, zlib.crc32(bytes(10)))
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def ods_bomb(mebibytes: int) -> bytes:
    return with_part(ods(), "Pictures/1.png", bytes(mebibytes << 20))


def sheet_of_blanks(mebibytes: int) -> bytes:
    """A sheet whose XML is mostly blanks, within the limit."""
    return in_sheet(b" " * (mebibytes << 20))


def entities(levels: int) -> bytes:
    """Ten times ten times … a text, in the shared strings and in the sheet."""
    names = "".join(f'<!ENTITY e{n} "{"".join(f"&e{n - 1};" for _ in range(10))}">' for n in range(1, levels))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "lollollol">{names}]>'.encode()
    data = in_sheet(f'<row r="9"><c r="A9" t="inlineStr"><is><t>&e{levels - 1};</t></is></c></row>'.encode())
    return edit_part(data, b"<worksheet", doctype + b"<worksheet")


def external_entity(_: int) -> bytes:
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    data = in_sheet(b'<row r="9"><c r="A9" t="inlineStr"><is><t>&e;</t></is></c></row>')
    return edit_part(data, b"<worksheet", doctype + b"<worksheet")


def ods_entities(levels: int) -> bytes:
    names = "".join(f'<!ENTITY e{n} "{"".join(f"&e{n - 1};" for _ in range(10))}">' for n in range(1, levels))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "lollollol">{names}]>'.encode()
    row = "<table:table-row><table:table-cell><text:p>&e{};</text:p></table:table-cell></table:table-row>"
    data = in_table(row.format(levels - 1).encode())
    return edit_part(data, b"<office:document-content", doctype + b"<office:document-content", "content.xml")


def shared_text(count: int) -> bytes:
    """One text of a hundred kibibytes, shared by so many cells."""
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(9, 9 + count))
    return with_strings(in_sheet(rows), b"<sst><si><t>" + b"x" * (100 << 10) + b"</t></si></sst>")


# ---------------------------------------------------------------- sheets


def far_cell(_: int) -> bytes:
    return in_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def far_cell_in_quotes(_: int) -> bytes:
    """The same with other quotes, small letters and attributes in another order."""
    return in_sheet(b"<row r='1048576'><c s='0' t='n'\nr = 'xfd1048576'><v>1</v></c></row>")


def far_cell_beyond(_: int) -> bytes:
    return in_sheet(b'<row r="4294967295"><c r="ZZZZZZ4294967295"><v>1</v></c></row>')


def far_row_without_address(_: int) -> bytes:
    return in_sheet(b'<row r="1000000"><c/><c/><c/><c/><c/><c><v>1</v></c></row>')


def far_row(row: int) -> bytes:
    return in_sheet(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row))


def far_style(_: int) -> bytes:
    return in_sheet(b'<row r="1048576"><c r="XFD1048576" s="0"/></row>')


def styled_cells(count: int) -> bytes:
    """So many rows of sixteen cells that only have a style."""
    row = "".join(f'<c r="{letter}%d" s="0"/>' for letter in "ABCDEFGHIJKLMNOP")
    return in_sheet("".join(f'<row r="{n}">' + row % ((n,) * 16) + "</row>" for n in range(9, 9 + count)).encode())


def styled_columns(count: int) -> bytes:
    return edit_part(
        xlsx(), b"<sheetData>", b"<cols>" + b'<col min="1" max="16384" width="9"/>' * count + b"</cols><sheetData>"
    )


def empty_rows(count: int) -> bytes:
    return in_sheet(b"".join(b'<row r="%d" spans="1:5"/>' % n for n in range(9, 9 + count)))


def merged_all(_: int) -> bytes:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>'
    return edit_part(xlsx(), b"</sheetData>", merged)


def groups(count: int) -> bytes:
    """So many rows of words of a header, each merged over two columns, over a header."""
    rows: list[list[object]] = [
        ["部门支出总表"],
        *[list[object](("", "一般公共预算", "", "政府性基金预算"))] * count,
        ["科目编码", "合计", "基本支出", "项目支出"],
    ]
    merged = "".join(f'<mergeCell ref="B{n}:C{n}"/><mergeCell ref="D{n}:E{n}"/>' for n in range(2, 2 + count))
    return edit_part(xlsx(rows), b"</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>".encode())


def headers(count: int) -> bytes:
    """A header with merged cells over one row of figures, so many times."""
    rows: list[list[object]] = [["部门支出总表"]]
    for _ in range(count):
        rows.append(["科目编码", "合计", "基本支出", "", "项目支出"])
        rows.append(["", "", "人员经费", "公用经费"])
        rows.append(["2010301", 5.0, 3.0, 1.0, 1.0])
    merged = "".join(
        f'<mergeCell ref="C{n}:D{n}"/><mergeCell ref="A{n}:A{n + 1}"/><mergeCell ref="B{n}:B{n + 1}"/>'
        for n in range(2, len(rows), 3)
    )
    return edit_part(xlsx(rows), b"</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>".encode())


def forms(count: int) -> bytes:
    """Two small forms, so many times under each other."""
    rows: list[list[object]] = []
    for title in ("部门支出总表", "一般公共预算支出表") * count:
        rows += [
            [title],
            ["科目编码", "科目名称", "合计", "基本支出"],
            ["", "合计", 5.0, 3.0],
            ["2010301", "行政运行", 5.0, 3.0],
        ]
    return xlsx(rows)


def merged_targets(count: int) -> bytes:
    """A performance form whose cells are merged over each other, so many times."""
    rows: list[list[object]] = [
        ["项目支出绩效目标表"],
        ["项目名称", "档案修复", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值", "备注"],
        *[list[object](("产出指标", "数量指标", f"修复档案{n}", "≥100卷", "")) for n in range(100)],
    ]
    merged = b'<mergeCell ref="A4:XFD1048576"/>' * count
    return edit_part(xlsx(rows), b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>")


def dense(rows: int) -> bytes:
    """So many rows of twenty-five numbers."""
    line = "".join(f'<c r="{letter}%d"><v>{n}.5</v></c>' for n, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXY"))
    return in_sheet("".join(f'<row r="{n}">{line % ((n,) * 25)}</row>' for n in range(9, 9 + rows)).encode())


def many_sheets(count: int) -> bytes:
    def add(workbook: Workbook) -> None:
        for number in range(count - 1):
            sheet = workbook.create_sheet(f"表{number}")
            for row in TABLE:
                sheet.append(list(row))

    return xlsx(change=add)


def empty_sheets(count: int) -> bytes:
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(2, count + 1))
    return edit_part(
        xlsx(),
        b"</sheets>",
        sheets.replace(
            b"<sheet ", b"<sheet xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' "
        )
        + b"</sheets>",
        "xl/workbook.xml",
    )


def long_names(length: int) -> bytes:
    """A sheet, an item and a department with names of so many characters."""
    rows = [list(row) for row in TABLE]
    rows[1][0] = "部门：" + "某" * length
    rows[6][1] = "行" * length
    return edit_part(
        xlsx(rows), rb'name="[^"]*" sheetId', f'name="{"表" * length}" sheetId'.encode(), "xl/workbook.xml"
    )


def sheets_of_one_part(count: int) -> bytes:
    """So many sheets that are all one part of 20,000 cells."""
    row = "".join(f'<c r="{letter}%d"><v>1</v></c>' for letter in "ABCDEFGHIJKLMNOPQRST")
    rows = "".join(f'<row r="{n}">{row % ((n,) * 20)}</row>' for n in range(9, 1_009)).encode()
    return edit_part(empty_sheets(count), b"</sheetData>", rows + b"</sheetData>")


def far_address(digits: int) -> bytes:
    return in_sheet(b'<row r="9"><c r="C%s"><v>1</v></c></row>' % (b"9" * digits))


def stated_dimension(_: int) -> bytes:
    return edit_part(xlsx(), rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"')


def stated_strings(_: int) -> bytes:
    return with_strings(xlsx(), b'<sst count="4294967295" uniqueCount="4294967295"><si><t>x</t></si></sst>')


def unclosed_cells(count: int) -> bytes:
    """So many beginnings of cells in a comment, after an error value."""
    data = in_sheet(b'<row r="9"><c r="A9" t="e"><v>#REF!</v></c></row>')
    return edit_part(data, b"</sheetData>", b"</sheetData><!--" + b"<c ><v>" * count + b"-->")


def repeated_rows(_: int) -> bytes:
    cell = b'<table:table-cell table:number-columns-repeated="16384" ' + VALUE + b"/>"
    return in_table(b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-row>")


def repeated_blanks(_: int) -> bytes:
    cell = b'<table:table-cell table:number-columns-repeated="16384"/>'
    return in_table(b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-row>")


def far_cell_of_ods(_: int) -> bytes:
    blanks = b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    cell = b'<table:table-cell table:number-columns-repeated="16383"/><table:table-cell ' + VALUE + b"/>"
    return in_table(blanks + b"<table:table-row>" + cell + b"</table:table-row>")


def unknown_encoding(_: int) -> bytes:
    return edit_part(ods(), b'encoding="UTF-8"', b'encoding="UTFx"', "content.xml")


def repeated_text(mebibytes: int) -> bytes:
    """A text of a mebibyte in so many cells."""
    text = b"<text:p>" + b"x" * (1 << 20) + b"</text:p>"
    cell = b'<table:table-cell office:value-type="string" table:number-columns-repeated="%d">' % mebibytes
    return in_table(b"<table:table-row>" + cell + text + b"</table:table-cell></table:table-row>")


# ---------------------------------------------------------------- workbooks of records


def number(row: int, column: int) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


def xls_far_cell(column: int) -> bytes:
    return xls([TABLE, number(0xFFFF, column)])


def xls_far_row(sheets: int) -> bytes:
    """So many sheets with a cell in the last row."""
    return xls([TABLE, *[number(0xFFFF, 9)] * sheets])


def xls_far_style(_: int) -> bytes:
    return xls([record(0x0200, struct.pack("<IIHHH", 0, 0x10000, 0, 256, 0)) + record(0x0201, b"\xff\xff\xff\0\0\0")])


def xls_several(_: int) -> bytes:
    """One record for the cells of a row, which says that they go on to column 65,536."""
    return xls([TABLE, record(0x00BD, struct.pack("<HHHIH", 0xFFFF, 0, 0, 0, 0xFFFF))])


def xls_dimensions(rows: int) -> bytes:
    return xls([record(0x0200, struct.pack("<IIHHH", 0, rows, 0, 9, 0)) + number(0, 0)])


def xls_shared_text(count: int) -> bytes:
    """A text of 30,000 letters in so many cells."""
    cells = [record(0x00FD, struct.pack("<HHHI", n % 0x10000, n >> 16, 0, 1)) for n in range(count)]
    return xls([b"".join(cells)], texts=["短", "长" * 30_000])


def xls_circle(_: int) -> bytes:
    """A workbook whose chain of sectors goes back from its end to its beginning."""
    data = bytearray(xls([[*TABLE, ["字" * 30_000]]]))
    (table,) = struct.unpack_from("<I", data, 76)
    at = data.index(struct.pack("<I", LAST_OF_CHAIN), (table + 1) * 512)
    struct.pack_into("<I", data, at, 0)
    return bytes(data)


def xlsb_cell(row: int, kind: int = 5) -> bytes:
    return xlsb(TABLE, row_b(row) + record_b(kind, struct.pack("<IId", 16_383, 0, 1.0)))


def xlsb_shared_text(count: int) -> bytes:
    cells = (row_b(row) + record_b(7, struct.pack("<III", 0, 0, 0)) for row in range(9, 9 + count))
    return xlsb(TABLE, b"".join(cells), ["x" * 100_000])


def xlsb_records(mebibytes: int) -> bytes:
    """A sheet of records of two bytes each."""
    return xlsb(TABLE, record_b(1) * (mebibytes << 19))


# ---------------------------------------------------------------- what cells hold


def linked(part: str) -> bytes:
    """A workbook that takes a value from elsewhere, by a link with this in it."""
    data = edit_part(xlsx(), rb'<c r="C7"([^>]*)><v>', rb'<c r="C7"\1><f>[1]Sheet1!$A$1</f><v>')
    target = 'Type="x/externalLinkPath" Target="file:///D:/预算/上报.xlsx" TargetMode="External"'
    data = with_part(data, "xl/externalLinks/_rels/externalLink1.xml.rels", f"<x><Relationship {target}/></x>".encode())
    return with_part(data, "xl/externalLinks/externalLink1.xml", f"<externalLink>{part}</externalLink>".encode())


def macros(_: int) -> bytes:
    data = with_part(xlsx(), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(4096))
    return edit_part(
        data,
        rb"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "[Content_Types].xml",
    )


# ---------------------------------------------------------------- Word documents


def document(body: str) -> bytes:
    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    body = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return edit_part(stream.getvalue(), rb"(?s)<w:document.*", body.encode(), "word/document.xml")


def word_bomb(mebibytes: int) -> bytes:
    return with_part(document("<w:p/>"), "word/media/image1.png", bytes(mebibytes << 20))


def word_paragraphs(count: int) -> bytes:
    return document("<w:p/>" * count)


def word_lines(count: int) -> bytes:
    return document("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * count)


def word_wide_cell(across: int) -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/></w:tcPr><w:p/></w:tc>'
    return document(f"<w:tbl><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>")


def word_tall_cell(rows: int) -> bytes:
    """A cell merged over so many rows."""
    cell = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
    return document(f"<w:tbl><w:tblGrid/>{cell * rows}</w:tbl>")


def word_nested(depth: int) -> bytes:
    return document("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def word_macros(_: int) -> bytes:
    data = with_part(document("<w:p><w:r><w:t>x</w:t></w:r></w:p>"), "word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    kinds = rb"application/vnd\.openxmlformats-officedocument\.wordprocessingml\.document\.main\+xml"
    return edit_part(data, kinds, b"application/vnd.ms-word.document.macroEnabled.main+xml", "[Content_Types].xml")


def word_entities(levels: int) -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "lollollol">{names}]>'
    data = document(f"<w:p><w:r><w:t>&e{levels - 1};</w:t></w:r></w:p>")
    return edit_part(data, b"<w:document", doctype.encode() + b"<w:document", "word/document.xml")


# ---------------------------------------------------------------- PDF


def pdf(content: bytes, pages: int = 1, more: bytes = b"") -> bytes:
    """A PDF whose pages all have one packed content."""
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
            stream(content, b"/FlateDecode"),
            *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R%s>>" % more for _ in range(pages)],
        ]
    )


def stream(content: bytes, filters: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d/Filter%s%s>>stream\n%s\nendstream" % (len(content), filters, more, content)


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of objects, the first of them its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (size, len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


def pdf_drawings(levels: int, times: int, inner: bytes = b"0 0 m 9 0 l S ") -> bytes:
    """A drawing that stands so many times in another, and that in another …; the last one in itself if it is empty."""
    drawings = []
    for number in range(5, 5 + levels):
        last = number == 4 + levels
        content = inner if last and inner else b"/F Do " * times
        other = number if last else number + 1
        named = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</F %d 0 R>>>>" % other
        drawings.append(stream(zlib.compress(content), b"/FlateDecode", named))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page_content = stream(zlib.compress(b"/F Do "), b"/FlateDecode")
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, page_content, *drawings])


def pdf_packed(mebibytes: int, times: int, filters: bytes = b"", content: bytes = b" ") -> bytes:
    """A page whose content is packed so many times over."""
    packed_content = content * (mebibytes << 20)
    for _ in range(times):
        packed_content = zlib.compress(packed_content, 9)
    if filters:
        packed_content = packed_content.hex().encode() + b">"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
    whole = stream(packed_content, b"[%s%s]" % (filters, b"/FlateDecode" * times))
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, whole])


def pdf_repeated(times: int) -> bytes:
    """A page whose content of 7 MiB is listed so many times."""
    data = pdf_packed(7, 1)
    return data.replace(b"/Contents 4 0 R", b"/Contents[%s]" % (b"4 0 R " * times))


def pdf_tree(depth: int) -> bytes:
    """A page below so many nodes."""
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1) for number in range(2, 2 + depth)]
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 600 800]>>"])


def pdf_shared_nodes(count: int) -> bytes:
    """Ten levels of nodes that each have the next one ten times, and say so many pages."""
    nodes = [b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b"%d 0 R " % (number + 1) * 10) for number in range(2, 12)]
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 600 800]>>"])


def pdf_arrays(depth: int) -> bytes:
    catalog = b"<</Type/Catalog/Pages 2 0 R/X %s%s>>" % (b"[" * depth, b"]" * depth)
    return pdf_of([catalog, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/MediaBox[0 0 600 800]>>"])


def pdf_bomb(mebibytes: int) -> bytes:
    return pdf(zlib.compress(b" " * (mebibytes << 20), 9))


def pdf_font(mebibytes: int) -> bytes:
    return pdf_bomb(mebibytes).replace(b"/Filter/FlateDecode", b"/Length1 9/Filter/FlateDecode")


def pdf_pages(count: int) -> bytes:
    return pdf(zlib.compress(b""), count)


def pdf_rulings(count: int) -> bytes:
    """A page with so many lines across and as many down."""
    across = b"".join(b"0 %.2f m 600 %.2f l S " % (n * 800 / count, n * 800 / count) for n in range(count))
    down = b"".join(b"%.2f 0 m %.2f 800 l S " % (n * 600 / count, n * 600 / count) for n in range(count))
    return pdf(zlib.compress(across + down))


def pdf_characters(count: int) -> bytes:
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return pdf(zlib.compress(b"BT /F 1 Tf 9 TL " + b"(%s) ' " % (b"x" * 100) * (count // 100) + b"ET"), more=font)


def pdf_with_password(_: int) -> bytes:
    data = pdf(zlib.compress(b""))
    key = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"12" * 32, b"34" * 32)
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt" + key)


# ---------------------------------------------------------------- texts


def html(body: str) -> bytes:
    return f"<html><table><tr><td>部门支出总表</td></tr>{body}</table></html>".encode()


def html_spans(count: int) -> bytes:
    return html('<tr><td rowspan="1000" colspan="1000">1</td></tr>' * count)


def html_nested(depth: int) -> bytes:
    return html("<tr><td>" + "<table><tr><td>" * depth + "1" + "</td></tr></table>" * depth)


def html_depth(depth: int) -> bytes:
    return html("<tr><td>" + "<div>" * depth)


def html_comments(count: int) -> bytes:
    return html("<!--" * count)


def html_open_tags(count: int) -> bytes:
    return html("<a " * count)


def html_broken_tags(count: int) -> bytes:
    return html("<!" * count)


def one_line(mebibytes: int) -> bytes:
    return b"x" * (mebibytes << 20)


def late_quote(_: int) -> bytes:
    return b"1,2,3\n" * 1_000 + b'"' + b"1,2,3\n" * 30_000


def quotes(kibibytes: int) -> bytes:
    """A CSV whose first field never ends."""
    return b'a,b,c\n"' + b"1,2,3\n" * ((kibibytes << 10) // 6)


def figures(kibibytes: int) -> bytes:
    return "一般公共预算支出 12.34 万元，".encode() * ((kibibytes << 10) // 42)


def commas(mebibytes: int) -> bytes:
    return b"," * (mebibytes << 20)


def numbers(count: int) -> bytes:
    """A table of so many lines."""
    line = "2012601\t行政运行\t100.00\t100.00\t\n".encode()
    return tsv().encode() + line * count


def mixed(_: int) -> bytes:
    text = tsv()
    half = len(text) // 2
    return text[:half].encode() + text[half:].encode("gb18030")


def gb18030(text: str) -> bytes:
    return text.encode("gb18030")


def long_digits(length: int) -> bytes:
    return tsv().replace("100.0\t100.0", "9" * length + "\t100.0").encode()


CASES: dict[str, Case] = {
    "zip bomb in .xlsx: 2 GiB in a few MB": Case(zip_bomb, 2048, 20, "unpacked="),
    "zip bomb whose directory lies": Case(lying_directory, 1024, 20, "unpacked="),
    "zip bomb in .ods": Case(ods_bomb, 2048, 20, "unpacked="),
    "zip bomb in .docx": Case(word_bomb, 2048, 20, "unpacked="),
    "a sheet of 200 MiB of blanks": Case(sheet_of_blanks, 200, 1),
    "XML entities in .xlsx, 10^9": Case(entities, 10, 5, "cannot be opened"),
    "XML entity that names a file": Case(external_entity, outcome="cannot be opened"),
    "XML entities in .ods, 10^9": Case(ods_entities, 10, 10, "broken"),
    "XML entities in .docx, 10^9": Case(word_entities, 10, 10, "broken"),
    "one text of 100 KiB shared by 900,000 cells": Case(shared_text, 900_000, 5_000, "unpacked="),
    "a cell at XFD1048576": Case(far_cell, outcome="cells="),
    "the same, written unusually": Case(far_cell_in_quotes, outcome="cells="),
    "a cell beyond the last": Case(far_cell_beyond, outcome="cells="),
    "a far row of cells without addresses": Case(far_row_without_address, outcome="cells="),
    "an empty styled cell at XFD1048576": Case(far_style),
    "1,000,000 empty styled cells": Case(styled_cells, 62_500, 2_000),
    "1,000,000 empty styled columns": Case(styled_columns, 1_000_000, 1_000),
    "1,000,000 empty rows": Case(empty_rows, 1_000_000, 1_000),
    "everything merged": Case(merged_all),
    "two forms that are repeated": Case(forms, 3_000, 50),
    "rows of merged words of headers": Case(groups, 50_000, 500),
    "a header that is merged and repeated": Case(headers, 10_000, 100),
    "merged ranges over each other on a performance form": Case(merged_targets, 100_000, 20_000, "cells="),
    "a cell in row 900,000": Case(far_row, 900_000, 50_000),
    "300,000 numbers": Case(dense, 12_000, 100),
    "4,900,000 numbers": Case(dense, 196_000, 17_000, "filled=|unpacked="),
    "200 sheets": Case(many_sheets, 200, 20),
    "1,001 sheets": Case(empty_sheets, 1_001, 1_001, "sheets="),
    "names of 1,000 characters": Case(long_names, 1_000, 1_000),
    "1,000 sheets that are one part of 20,000 cells": Case(sheets_of_one_part, 1_000, 22, "filled="),
    "an address of 100 digits": Case(far_address, 100, 100, "cells="),
    "an address of 5,000 digits": Case(far_address, 5_000, 5_000, "cells="),
    "a stated dimension of A1:XFD1048576": Case(stated_dimension),
    "a stated number of texts of 4,294,967,295": Case(stated_strings, outcome="cells="),
    "1,000,000 unclosed tags in a comment": Case(unclosed_cells, 1_000_000, 10_000),
    ".ods: a cell repeated 17 billion times": Case(repeated_rows, outcome="cells="),
    ".ods: a blank repeated 17 billion times": Case(repeated_blanks),
    ".ods: an encoding that nobody knows": Case(unknown_encoding, outcome="broken"),
    ".ods: a cell at the far end": Case(far_cell_of_ods, outcome="cells="),
    ".ods: 1 MiB of text in 1,000 cells": Case(repeated_text, 1_000, 20, "unpacked="),
    ".xls: a cell at IV65536": Case(xls_far_cell, 255, 255, "cells="),
    ".xls: a cell in column 65,536": Case(xls_far_cell, 0xFFFF, 0xFFFF, "cells="),
    ".xls: cells of a row to column 65,536": Case(xls_several, outcome="cells="),
    ".xls: 30 sheets with a cell in the last row": Case(xls_far_row, 30, 2, "cells="),
    ".xls: an empty styled cell at IV65536": Case(xls_far_style),
    ".xls: a stated range of 4,294,967,295 rows": Case(xls_dimensions, 0xFFFFFFFF, 0xFFFFFFFF, "larger than any"),
    ".xls: a text of 30,000 letters in 300,000 cells": Case(xls_shared_text, 300_000, 10_000, "unpacked="),
    ".xls: a chain of sectors in a circle": Case(xls_circle, outcome="circle"),
    ".xlsb: a cell at XFD1048576": Case(xlsb_cell, 1_048_575, 1_048_575, "cells="),
    ".xlsb: a cell in row 4,294,967,296": Case(xlsb_cell, 0xFFFFFFFF, 0xFFFFFFFF, "cells="),
    ".xlsb: an empty styled cell at XFD1048576": Case(lambda row: xlsb_cell(row, 1), 1_048_575, 1_048_575),
    ".xlsb: a text of 100,000 letters in 100,000 cells": Case(xlsb_shared_text, 100_000, 500, "unpacked="),
    ".xlsb: 100,000,000 empty records": Case(xlsb_records, 200, 3, "cells="),
    "a formula as an amount": Case(lambda _: cells(put("=SUM(D7:E7)"))),
    "a formula that starts a program": Case(lambda _: cells(put("=cmd|' /C calc'!A0"))),
    "a formula of another workbook": Case(lambda _: linked('<externalBook r:id="rId1"/>')),
    "a formula of a program (DDE)": Case(lambda _: linked('<ddeLink ddeService="cmd" ddeTopic="/C calc"/>')),
    "macros (.xlsm)": Case(macros),
    "macros (.xls)": Case(lambda _: xls([TABLE], _VBA_PROJECT_CUR=b"")),
    "macros (.ods)": Case(lambda _: with_part(ods(), "Basic/Standard/Module1.xml", b"<script:module/>")),
    "macros (.docm)": Case(word_macros),
    "1e308 as an amount": Case(lambda _: cells(put(1e308))),
    "1e-308 as an amount": Case(lambda _: cells(put(1e-308))),
    "a text 1E+999999999 as an amount": Case(lambda _: cells(put("1E+999999999"))),
    "a text of 10,000 digits as an amount": Case(lambda _: cells(put("9" * 10_000))),
    "a date as an amount": Case(lambda _: cells(put(datetime(2024, 1, 30)))),
    "a date of the year 9999": Case(lambda _: cells(put(datetime(9999, 12, 31)))),
    "a workbook that says it is encrypted": Case(lambda _: ENCRYPTED, outcome="encrypted"),
    "an encrypted .xlsx": Case(lambda _: (DATA / "encrypted.xlsx").read_bytes(), outcome="encrypted"),
    "an encrypted .xls": Case(lambda _: (DATA / "encrypted.xls").read_bytes(), outcome="encrypted"),
    "an encrypted .ods": Case(lambda _: (DATA / "encrypted.ods").read_bytes(), outcome="encrypted"),
    "an encrypted PDF": Case(lambda _: (DATA / "encrypted.pdf").read_bytes(), outcome="password"),
    "a PDF that says it has a password": Case(pdf_with_password, outcome="password"),
    "a picture named .xlsx": Case(lambda _: PICTURE, outcome="picture"),
    "a PDF inside a zip": Case(lambda _: packed({"a.pdf": b"%PDF-1.4"}), outcome="no workbook"),
    "a truncated workbook": Case(lambda _: xlsx()[:-200], outcome="broken"),
    "a truncated PDF": Case(lambda _: (DATA / "forms.pdf").read_bytes()[:3_000], outcome="PDF"),
    "a truncated .xls": Case(lambda _: (DATA / "demo.xls").read_bytes()[:3_000], outcome="broken"),
    "a .docx of 3,000,000 paragraphs": Case(word_paragraphs, 3_000_000, 500_001, "elements="),
    "a .docx of 450,000 paragraphs": Case(word_paragraphs, 450_000, 1_000),
    "a .docx of 90,000 lines": Case(word_lines, 90_000, 1_000),
    "a .docx with a cell across 2,000,000,000 columns": Case(word_wide_cell, 2_000_000_000, 2_000_000_000, "cells="),
    "a .docx with a cell merged down 90,000 rows": Case(word_tall_cell, 90_000, 2_000),
    "a .docx with tables nested 10,000 deep": Case(word_nested, 10_000, 10_000, "broken"),
    "a PDF whose stream unpacks to 900 MiB": Case(pdf_bomb, 900, 20, "drawn="),
    "a PDF whose font unpacks to 900 MiB": Case(pdf_font, 900, 20, "unpacked="),
    "a PDF page that is packed twice: 900 MiB": Case(lambda size: pdf_packed(size, 2), 900, 20, "drawn="),
    "a PDF page that is packed 10 times": Case(lambda size: pdf_packed(size, 10)),
    "a PDF page packed and written in letters: 900 MiB": Case(
        lambda size: pdf_packed(size, 1, b"/ASCIIHexDecode"), 900, 20, "drawn="
    ),
    "a PDF page that saves its state 4,000,000 times": Case(lambda size: pdf_packed(size, 1, content=b"q "), 4),
    "a PDF page that lists its content 100 times": Case(pdf_repeated, 100, 100, "drawn="),
    "a PDF with drawings in drawings, 10^8": Case(lambda levels: pdf_drawings(levels, 10), 9, 9, "drawn="),
    "a PDF with drawings in drawings, 2^60": Case(lambda levels: pdf_drawings(levels, 2), 60, 60, "drawing"),
    "a PDF with drawings in drawings, 10^3": Case(lambda levels: pdf_drawings(levels, 10), 4, 4),
    "a PDF with a drawing in itself": Case(lambda _: pdf_drawings(2, 2, b""), outcome="in itself"),
    "a PDF page below 20,000 nodes": Case(pdf_tree, 20_000, 2_000, "page"),
    "a PDF of nodes that share nodes, 10^10 pages": Case(pdf_shared_nodes, 1_000, 10),
    "a PDF with arrays nested 1,000,000 deep": Case(pdf_arrays, 1_000_000, 10_000),
    "a PDF of 5,000 pages": Case(pdf_pages, 5_000, 2_001, "pages="),
    "a PDF page with 20,000 rulings": Case(pdf_rulings, 10_000, 5_001, "rulings="),
    "a PDF page with 300 × 300 rulings": Case(pdf_rulings, 300, 20),
    "a PDF page with 1,000,000 characters": Case(pdf_characters, 1_000_000, 101_000, "characters="),
    "GB18030 text": Case(lambda _: gb18030(tsv())),
    "UTF-16 text": Case(lambda _: tsv().encode("utf-16")),
    "UTF-16 text without its mark": Case(lambda _: tsv().encode("utf-16-le"), outcome="text"),
    "UTF-16 text cut in a letter": Case(lambda _: tsv().encode("utf-16")[:-1], outcome="text"),
    "UTF-8 CSV with a mark": Case(lambda _: tsv(separator=",").encode("utf-8-sig")),
    "Big5 CSV": Case(lambda _: tsv(BIG5, ",").encode("big5")),
    "GB18030 CSV": Case(lambda _: gb18030(tsv(separator=","))),
    "GB18030 HTML": Case(lambda _: html("<tr><td>合计</td><td>1</td></tr>").decode().encode("gb18030")),
    "UTF-8 and GB18030 in one text": Case(mixed, outcome="text"),
    "NUL bytes in a text": Case(lambda _: tsv().encode().replace(b"\t", b"\t\0"), outcome="text"),
    "a text with an amount of 10,000 digits": Case(long_digits, 10_000, 10_000),
    "a text with an amount of 400 digits": Case(long_digits, 400, 400),
    "a text with 1e308 as an amount": Case(lambda _: tsv().replace("100.0\t100.0", "1e308\t100.0").encode()),
    "a CSV that begins formulas": Case(lambda _: tsv(separator=",").replace("档案馆", "=cmd|' /C calc'!A0").encode()),
    "a line of 100 MiB": Case(one_line, 100, 1),
    "a CSV field that never ends": Case(quotes, 1_024, 20),
    "a CSV whose last field never ends": Case(late_quote, outcome="CSV"),
    "a paragraph of 1 MiB of figures": Case(figures, 1_024, 20),
    "a figure and a million blanks": Case(lambda size: b"1" + b" " * size + b"x", 1_000_000, 10_000),
    "10,000,000 commas": Case(commas, 10, 6, "cells=|size="),
    "a text of 30,000 lines of figures": Case(numbers, 30_000, 100),
    "a file of 200 MiB": Case(one_line, 200, 5, "size="),
    "HTML: 1,000 cells of 1,000 × 1,000": Case(html_spans, 1_000, 50, "cells="),
    "HTML: tables nested 100,000 deep": Case(html_nested, 100_000, 1_000),
    "HTML: 1,000,000 nested tags": Case(html_depth, 1_000_000, 1_000),
    "HTML: 1,000,000 unclosed comments": Case(html_comments, 1_000_000, 1_000),
    "HTML: 1,000,000 unclosed tags": Case(html_open_tags, 1_000_000, 1_000),
    "HTML: 1,000,000 broken declarations": Case(html_broken_tags, 1_000_000, 1_000),
}
