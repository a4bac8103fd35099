"""Percentages（百分比格式）: a spreadsheet keeps 98% as 0.98, and shows it as 98% by the format of the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govbudget.amounts import percentage
from govbudget.grids.extent import cell_at
from govbudget.grids.grid import Grid
from govbudget.grids.relations import attributes

__all__ = ["percent_cells", "percent_styles", "show_percentages"]

STYLES = re.compile(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.S)
STYLE = re.compile(rb"<(?:\w+:)?xf\s([^<>]*)>")
FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
QUOTED = re.compile(r'"[^"]*"|\\.')
BUILT_IN = frozenset({"9", "10"})  # 0% and 0.00%


def percent_styles(xml: bytes) -> frozenset[str]:
    """The styles of a workbook's cells that show a percentage, by their numbers in ``xl/styles.xml``."""
    formats = [attributes(found) for found in FORMAT.findall(xml) if b"%" in found]
    shown = {one.get("numFmtId") for one in formats if "%" in QUOTED.sub("", one.get("formatCode", ""))} | BUILT_IN
    found = STYLES.search(xml)
    styles = found.group().replace(b"'", b'"') if found else b""
    if not any(f'numFmtId="{one}"'.encode() in styles for one in shown):
        return frozenset()
    listed = map(attributes, STYLE.findall(styles))
    return frozenset(str(at) for at, one in enumerate(listed) if one.get("numFmtId") in shown)


def percent_cells(xml: bytes, styles: frozenset[str]) -> list[tuple[int, int]]:
    """The cells of a sheet that have one of some styles."""
    if not styles:
        return []
    tag = re.compile(rb"<(?:\w+:)?c\s([^<>]*\bs=\"(?:%s)\"[^<>]*)>" % "|".join(styles).encode())
    cells = (cell_at(attributes(found).get("r", "")) for found in tag.findall(xml))
    return [cell for cell in cells if cell is not None]


def show_percentages(grid: Grid, cells: Iterable[tuple[int, int]]) -> None:
    """Let the numbers in some cells be the percentages that the spreadsheet shows."""
    for row, column in cells:
        value = grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else ""
        if isinstance(value, float):
            grid.put(row, column, percentage(value))
