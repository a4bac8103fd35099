"""Percentages（百分比格式）: a spreadsheet keeps 98% as 0.98, and shows it as 98% by the format of the cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from xml.parsers import expat

from govbudget.amounts import percentage
from govbudget.grids.extent import cell_at, repeats
from govbudget.grids.grid import Grid
from govbudget.grids.relations import attributes

__all__ = ["BUILT_IN", "percent_cells", "percent_styles", "percentages_by_table", "show_percentages", "shows_percent"]

STYLES = re.compile(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.S)
STYLE = re.compile(rb"<(?:\w+:)?xf\s([^<>]*)>")
FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
QUOTED = re.compile(r'"[^"]*"|\\.')
BUILT_IN = frozenset({"9", "10"})  # 0% and 0.00%


def shows_percent(code: str) -> bool:
    """Whether the code of a format makes numbers percentages; a % that it quotes is no more than a letter."""
    return "%" in QUOTED.sub("", code)


def percent_styles(xml: bytes) -> frozenset[str]:
    """The styles of a workbook's cells that show a percentage, by their numbers in ``xl/styles.xml``."""
    formats = [attributes(found) for found in FORMAT.findall(xml) if b"%" in found]
    shown = {one.get("numFmtId") for one in formats if shows_percent(one.get("formatCode", ""))} | BUILT_IN
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


def percentages_by_table(xml: bytes) -> Mapping[str, Iterable[tuple[int, int]]]:
    """The cells of an OpenDocument spreadsheet that are percentages, by the name of their table."""
    reader = _Percentages()
    if b'"percentage"' in xml:
        reader.parser().Parse(xml, True)
    return {table: _each(ranges) for table, ranges in reader.found.items()}


def _each(ranges: Iterable[tuple[range, range]]) -> Iterator[tuple[int, int]]:
    return ((row, column) for rows, columns in ranges for row in rows for column in columns)


class _Percentages:
    """Reads an OpenDocument spreadsheet tag by tag; rows and cells say how often they are repeated."""

    def __init__(self) -> None:
        self.found: dict[str, list[tuple[range, range]]] = defaultdict(list)
        self._table = ""
        self._row = self._rows = self._column = 0

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._table = attributes.get("table:name", "")
            self._row = self._rows = 0
        elif tag == "table:table-row":
            self._row += self._rows
            self._rows = repeats(attributes.get("table:number-rows-repeated", "1"))
            self._column = 0
        elif tag in {"table:table-cell", "table:covered-table-cell"}:
            columns = repeats(attributes.get("table:number-columns-repeated", "1"))
            if attributes.get("office:value-type") == "percentage":
                rows = range(self._row, self._row + self._rows)
                self.found[self._table].append((rows, range(self._column, self._column + columns)))
            self._column += columns


def show_percentages(grid: Grid, cells: Iterable[tuple[int, int]]) -> None:
    """Let the numbers in some cells be the percentages that the spreadsheet shows."""
    for row, column in cells:
        value = grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):  # an .xls keeps whole numbers as such
            grid.put(row, column, percentage(value))
