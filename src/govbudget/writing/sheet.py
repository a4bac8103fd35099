"""Sheets（工作表）: what is to be printed where, before any file format."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from enum import Enum
from math import ceil

import attrs

__all__ = ["Cell", "Choice", "Kind", "Sheet", "text_width"]

LINE_HEIGHT = 14.0
ROW_HEIGHT = 19.0
PADDING = 5.0


class Kind(Enum):
    """What a cell is, by which it is formatted."""

    NUMBER = "number"
    TITLE = "title"
    LINE = "line"
    LINE_CENTRE = "line_centre"
    LINE_RIGHT = "line_right"
    HEADER = "header"
    TEXT = "text"
    CENTRE = "centre"
    AMOUNT = "amount"
    POINTS = "points"
    RATE = "rate"
    NOTE = "note"
    COVER_TITLE = "cover_title"
    COVER_LINE = "cover_line"


BORDERED = frozenset({Kind.HEADER, Kind.TEXT, Kind.CENTRE, Kind.AMOUNT, Kind.POINTS, Kind.RATE, Kind.NOTE})


@attrs.frozen
class Cell:
    """A cell, or a merged range of *rows* × *columns* cells; *decimals* are those a figure is shown with."""

    value: str | Decimal
    kind: Kind
    rows: int = 1
    columns: int = 1
    decimals: int = 2


@attrs.frozen
class Choice:
    """A drop-down list（下拉列表） on the cells of one column.

    Attributes:
        column: the column.
        first: the first row.
        last: the last row.
        values: what may be chosen.
        title: the title of the prompt.
        prompt: what to do.
        error: what is said to an entry that is not in the list.
        strict: whether such an entry is refused, or only asked about.
    """

    column: int
    first: int
    last: int
    values: tuple[str, ...]
    title: str
    prompt: str
    error: str
    strict: bool = True


@attrs.define
class Sheet:
    """A sheet of a workbook（工作表）; rows and columns are counted from 0.

    Attributes:
        name: the sheet's name.
        widths: the columns' widths in characters.
        cells: the cells by row and column.
        header: the first and the last row of the header, repeated on every printed page.
        frozen: how many columns stay in sight beside the header.
        one_page: whether the sheet is printed on one page rather than one page wide.
        choices: the drop-down lists.
    """

    name: str
    widths: list[float]
    cells: dict[tuple[int, int], Cell] = attrs.field(factory=dict)
    header: tuple[int, int] | None = None
    frozen: int = 0
    one_page: bool = False
    choices: list[Choice] = attrs.field(factory=list)

    def put(
        self,
        row: int,
        column: int,
        value: str | Decimal,
        kind: Kind,
        *,
        rows: int = 1,
        columns: int = 1,
        decimals: int = 2,
    ) -> None:
        """Print *value*; a cell printed before at the same place is replaced."""
        self.cells[row, column] = Cell(value, kind, rows, columns, decimals)

    @property
    def last_row(self) -> int:
        """The last row that prints something."""
        return max((row + cell.rows - 1 for (row, _), cell in self.cells.items()), default=-1)

    def heights(self) -> dict[int, float]:
        """The height of every row in points, so that no text is cut off."""
        found = dict.fromkeys(range(self.last_row + 1), ROW_HEIGHT)
        tall = []
        for (row, column), cell in self.cells.items():
            need = self._need(column, cell)
            if cell.rows == 1:
                found[row] = max(found[row], need)
            else:
                tall.append((row, cell.rows, need))
        for row, rows, need in sorted(tall):
            missing = need - sum(found[row + at] for at in range(rows))
            if missing > 0:
                for at in range(rows):
                    found[row + at] += missing / rows
        return {row: min(round(height, 2), 400.0) for row, height in found.items()}

    def _need(self, column: int, cell: Cell) -> float:
        if cell.kind is Kind.COVER_TITLE or cell.kind is Kind.COVER_LINE:
            return 60.0
        if cell.kind is Kind.TITLE:
            return 32.0
        if isinstance(cell.value, Decimal) or cell.kind not in BORDERED:
            return ROW_HEIGHT
        # A column's width counts digits of 11 points, the text is set in 10; a little is lost at the borders.
        width = max(sum(self.widths[column : column + cell.columns]) * 1.04 - 1, 2)
        lines = sum(max(1, ceil(text_width(line) / width)) for line in cell.value.split("\n"))
        return max(ROW_HEIGHT, lines * LINE_HEIGHT + PADDING)


def text_width(text: str) -> int:
    """How many half-width characters *text* takes.

    >>> text_width("表1-2")
    5
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
