"""Word documents as grids（.docx .docm）: one grid, paragraphs as lines of text, tables with their merged cells."""

from __future__ import annotations

import io
import zipfile

from govbudget.errors import MissingExtraError, ReadError
from govbudget.grids.about import about_archive
from govbudget.grids.archive import open_archive
from govbudget.grids.grid import Grid, Span, Value
from govbudget.grids.limits import Limits

try:
    import docx
    from docx.exceptions import PythonDocxError
    from docx.table import Table, _Cell
    from lxml.etree import LxmlError  # type: ignore[import-untyped, unused-ignore]
except ImportError as error:
    raise MissingExtraError(
        "读取 .docx 需要安装：pip install 'govbudget[docx]' (reading .docx needs the extra docx)"
    ) from error

__all__ = ["read_word"]

KINDS = "[Content_Types].xml"
WITH_MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def read_word(data: bytes, file: str, limits: Limits) -> list[Grid]:
    """The body of a Word document as one grid.

    Raises:
        ReadError: the document is broken, or larger than the limits.
    """
    with open_archive(data, file) as archive:
        parts = (archive.read(member) for member in archive.infolist())
        elements = sum(part.count(b"<") - part.count(b"</") for part in parts if b"<" in part[:8])
        limits.allow("elements", elements, file)
        about = about_archive(archive)
        if KINDS in archive.namelist() and WITH_MACROS in archive.read(KINDS):
            data = _as_plain(archive)
    rows: list[list[Value]] = []
    spans: list[Span] = []
    try:
        for one in docx.Document(io.BytesIO(data)).iter_inner_content():
            if isinstance(one, Table):
                limits.allow("cells", sum(cell.grid_span for row in one._tbl.tr_lst for cell in row.tc_lst), file)
                spans += _add(one, rows)
                rows.append([])
            elif len(one._p):
                rows += [[line] for line in one.text.splitlines() if line.strip()]
    except (PythonDocxError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise ReadError(file, f"Word 文档损坏 (the document is broken: {error})") from error
    return [Grid("", rows, spans, flowing=True, about=about)]


def _as_plain(archive: zipfile.ZipFile) -> bytes:
    """The document as one of the kind that python-docx opens."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as plain:
        for name in archive.namelist():
            content = archive.read(name)
            plain.writestr(name, content.replace(WITH_MACROS, PLAIN) if name == KINDS else content)
    return stream.getvalue()


def _add(table: Table, rows: list[list[Value]]) -> list[Span]:
    """Add the rows of a table; a merged cell says its text in its first place only. Gives the merged ranges."""
    boxes: list[list[int]] = []
    above: dict[int, list[int]] = {}
    for number, row in enumerate(table._tbl.tr_lst, len(rows)):
        cells: list[Value] = []
        offset, here = row.grid_before, {}
        for cell in row.tc_lst:
            across = max(1, cell.grid_span)
            left, right = len(cells), len(cells) + across - 1
            box = above.get(offset) if cell.vMerge == "continue" else None
            if box:
                box[2:] = number, max(box[3], right)
                text = ""
            else:
                box = [number, left, number, right]
                boxes.append(box)
                text = "".join(_Cell(cell, table).text.split("\n")).strip()
            here[offset] = box
            cells += [text, *[""] * (across - 1)]
            offset += across
        above = here
        rows.append(cells)
    return [(top, left, bottom, right) for top, left, bottom, right in boxes if (top, left) != (bottom, right)]
