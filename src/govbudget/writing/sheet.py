"""Sheets（工作表）: what is to be printed where, before any file format."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from enum import Enum
from math import ceil

import attrs

__all__ = ["Alert", "Cell", "Choice", "Kind", "Look", "Sheet", "text_width"]

LINE_HEIGHT = 1.4
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
    CODE = "code"
    AMOUNT = "amount"
    POINTS = "points"
    RATE = "rate"
    NOTE = "note"
    COVER_TITLE = "cover_title"
    COVER_LINE = "cover_line"


BORDERED = frozenset({Kind.HEADER, Kind.TEXT, Kind.CENTRE, Kind.CODE, Kind.AMOUNT, Kind.POINTS, Kind.RATE, Kind.NOTE})


@attrs.frozen
class Look:
    """How a family prints its forms（版式）: fonts, their sizes in points, and the least height of a row.

    Attributes:
        title_font: the font of titles.
        title_size: its size.
        font: the font of everything else.
        size: its size.
        row_height: the least height of a row.
        title_height: the height of the row of a title.
        gaps: the heights of the rows left empty above the title, above the line of agency and unit, and under it.
    """

    title_font: str = "黑体"
    title_size: float = 16.0
    font: str = "宋体"
    size: float = 10.0
    row_height: float = 19.0
    title_height: float = 32.0
    gaps: tuple[float, float, float] = (0.0, 0.0, 0.0)


@attrs.frozen
class Cell:
    """A cell, or a merged range of *rows* × *columns* cells.

    Attributes:
        value: what is printed; of a formula its value.
        kind: what the cell is.
        rows: how many rows it takes.
        columns: how many columns it takes.
        decimals: the decimals that a figure is shown with.
        formula: the formula that gives the value, with its ``=``; empty for none.
        locked: whether the cell is closed where the sheet is protected.
    """

    value: str | Decimal
    kind: Kind
    rows: int = 1
    columns: int = 1
    decimals: int = 2
    formula: str = ""
    locked: bool = True


@attrs.frozen
class Alert:
    """A condition under which cells turn red（条件格式）.

    Attributes:
        area: the cells, such as ``F7:F46``.
        formula: what is wrong, said of the first of them.
    """

    area: str
    formula: str


@attrs.frozen
class Choice:
    """What may be entered（数据有效性） into the cells of one column: one of a list, or a number.

    Attributes:
        column: the column.
        first: the first row.
        last: the last row.
        values: what may be chosen; none for any number.
        title: the title of the prompt.
        prompt: what to do.
        error: what is said to an entry that is not in the list.
        strict: whether such an entry is refused, or only asked about.
        source: the cells that hold what may be chosen, as a formula, instead of *values*.
    """

    column: int
    first: int
    last: int
    values: tuple[str, ...]
    title: str
    prompt: str
    error: str
    strict: bool = True
    source: str = ""


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
        look: how the family prints its forms.
        alerts: the conditions under which cells turn red.
        protected: whether only the open cells may be changed.
        concealed: the columns that nobody sees.
        hidden: whether nobody sees the sheet.
        portrait: whether it is printed upright.
        least: the least heights of rows that are not to have the look's.
    """

    name: str
    widths: list[float]
    cells: dict[tuple[int, int], Cell] = attrs.field(factory=dict)
    header: tuple[int, int] | None = None
    frozen: int = 0
    one_page: bool = False
    choices: list[Choice] = attrs.field(factory=list)
    look: Look = attrs.field(factory=Look)
    alerts: list[Alert] = attrs.field(factory=list)
    protected: bool = False
    concealed: set[int] = attrs.field(factory=set)
    hidden: bool = False
    portrait: bool = False
    least: dict[int, float] = attrs.field(factory=dict)

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
        formula: str = "",
        locked: bool = True,
    ) -> None:
        """Print *value*; a cell printed before at the same place is replaced."""
        self.cells[row, column] = Cell(value, kind, rows, columns, decimals, formula, locked)

    @property
    def last_row(self) -> int:
        """The last row that prints something."""
        return max((row + cell.rows - 1 for (row, _), cell in self.cells.items()), default=-1)

    def heights(self) -> dict[int, float]:
        """The height of every row in points, so that no text is cut off."""
        found = dict.fromkeys(range(self.last_row + 1), self.look.row_height) | self.least
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
            return self.look.title_height
        if isinstance(cell.value, Decimal) or cell.kind not in BORDERED:
            return self.look.row_height
        # A column's width counts digits of 11 points; a little is lost at the borders.
        size = self.look.size
        width = max(sum(self.widths[column : column + cell.columns]) * 10.4 / size - 1, 2)
        lines = sum(max(1, ceil(text_width(line) / width)) for line in cell.value.split("\n"))
        return max(self.look.row_height, lines * LINE_HEIGHT * size + PADDING)


def text_width(text: str) -> int:
    """How many half-width characters *text* takes.

    >>> text_width("表1-2")
    5
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
