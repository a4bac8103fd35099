"""Word documents as grids（.docx）: one grid, paragraphs as lines of text, tables with their merged cells."""

from __future__ import annotations

import io

from govbudget.errors import MissingExtraError, ReadError
from govbudget.grids.grid import Grid, Span, Value

try:
    import docx
    from docx.exceptions import PythonDocxError
    from docx.oxml.table import CT_Tc
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from lxml.etree import LxmlError  # type: ignore[import-untyped, unused-ignore]
except ImportError as error:
    raise MissingExtraError(
        "读取 .docx 需要安装：pip install 'govbudget[docx]' (reading .docx needs the extra docx)"
    ) from error

__all__ = ["read_word"]


def read_word(data: bytes, file: str) -> list[Grid]:
    """The body of a Word document as one grid.

    Raises:
        ReadError: the document is broken.
    """
    try:
        document = docx.Document(io.BytesIO(data))
        content: list[Paragraph | Table] = list(document.iter_inner_content())
    except (PythonDocxError, LxmlError, KeyError, ValueError, AttributeError) as error:
        raise ReadError(file, f"Word 文档损坏 (the document is broken: {error})") from error
    rows: list[list[Value]] = []
    spans: list[Span] = []
    for one in content:
        if isinstance(one, Table):
            spans += _add(one, rows)
            rows.append([])
        else:
            rows += [[line] for line in one.text.splitlines() if line.strip()]
    return [Grid("", rows, spans, flowing=True)]


def _add(table: Table, rows: list[list[Value]]) -> list[Span]:
    """Add the rows of a table; a merged cell says its text in its first place only. Gives the merged ranges."""
    boxes: dict[CT_Tc, Span] = {}
    for number, row in enumerate(table.rows, len(rows)):
        cells: list[Value] = []
        for column, cell in enumerate(row.cells):
            known = boxes.get(cell._tc)
            top, left, right = (known[0], known[1], max(known[3], column)) if known else (number, column, column)
            boxes[cell._tc] = (top, left, number, right)
            cells.append("" if known else "".join(cell.text.split("\n")).strip())
        rows.append(cells)
    return [box for box in boxes.values() if box[:2] != box[2:]]
