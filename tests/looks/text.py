"""A workbook as text, as programs take it out of a printed document: a line for a row, a tab between its cells."""

from __future__ import annotations

import io

import openpyxl

from .paper import plain

__all__ = ["as_text"]


def as_text(data: bytes) -> str:
    """The sheets one under the other; what stands alone over a table or is a note has a line without tabs."""
    lines: list[str] = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        over = True
        for row in sheet.iter_rows(values_only=True):
            cells = [_shown(value) for value in row]
            filled = [cell for cell in cells if cell]
            over = over and (len(filled) < 2 or any("单位" in plain(cell) for cell in filled))
            alone = len(filled) == 1 and (over or filled[0].startswith(("注", "备注", "说明")))
            if filled:
                lines.append(filled[0] if alone else "\t".join(cells))
        lines.append("")
    return "\n".join(lines)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return format(value, ".15g") if isinstance(value, float) else " ".join(str(value).split())
