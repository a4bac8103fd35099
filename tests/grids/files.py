"""Files as offices send them: workbooks built cell by cell, and what can be wrong with the file itself."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook

__all__ = ["ENCRYPTED", "PICTURE", "TABLE", "edit_part", "ods", "tsv", "xlsx"]

TABLE: list[list[object]] = [
    ["部门支出总表", None, None, None, None],
    ["部门：某某区档案馆", None, None, None, "单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    [None, "合计", 120.5, 100.0, 20.5],
    ["201", "一般公共服务支出", 120.5, 100.0, 20.5],
    ["20126", "档案事务", 120.5, 100.0, 20.5],
    ["2012601", "行政运行", 100.0, 100.0, None],
    ["2012604", "档案馆", 20.5, None, 20.5],
]
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(64)
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def xlsx(rows: Sequence[Sequence[object]] = TABLE, change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook with one sheet, changed before it is saved."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "部门支出总表"
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def edit_part(data: bytes, pattern: bytes, replacement: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The archive with one replacement in the XML of a part, as another program would have written it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                content, count = re.subn(pattern, replacement, content, count=1)
                assert count == 1, (pattern, content[:2000])
            target.writestr(name, content)
    return stream.getvalue()


def ods(rows: Sequence[Sequence[object]] = TABLE, name: str = "部门支出总表", *, display: bool = True) -> bytes:
    """The rows as an OpenDocument spreadsheet."""

    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, (int, float)):
            head = f'<table:table-cell office:value-type="float" office:value="{value}">'
            return f"{head}<text:p>{value}</text:p></table:table-cell>"
        text = escape(str(value))
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    hidden = "" if display else ' table:style-name="ta1"'
    style = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta1" style:family="table">{style}</style:style>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:automatic-styles>{style}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{escape(name)}"{hidden}>{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", SPREADSHEET)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{MANIFEST}">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{SPREADSHEET}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    return stream.getvalue()


def tsv(rows: Sequence[Sequence[object]] = TABLE, separator: str = "\t") -> str:
    """The rows as a text."""
    return "\n".join(separator.join("" if value is None else str(value) for value in row) for row in rows) + "\n"
