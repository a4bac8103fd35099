"""A grid of cells with addresses（单元格网格）: what every reader of a file format gives."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

from govbudget.cells import Place
from govbudget.grids.about import About

__all__ = ["Grid", "Span", "Value"]

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
UNUSUAL = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad０-９Ａ-Ｚａ-ｚ]")
NARROW = {
    code: code - 0xFEE0
    for start, end in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(start), ord(end) + 1)
}
Value: TypeAlias = "str | int | float | bool | datetime.date | datetime.time | datetime.timedelta"
Span: TypeAlias = tuple[int, int, int, int]
KEPT = 256


class _Texts(dict[str, str]):
    """Texts by themselves, digits and letters made narrow and without what nobody sees; each is kept once."""

    def __missing__(self, text: str) -> str:
        seen = text if text.isascii() or not UNUSUAL.search(text) else INVISIBLE.sub("", text).translate(NARROW)
        return self.setdefault(text, seen)


def _tidy(rows: Iterable[list[Value]]) -> list[list[Value]]:
    texts = _Texts()
    return [[texts[value] if type(value) is str else value for value in cells] for cells in rows]


@attrs.define(eq=False, on_setattr=attrs.setters.NO_OP)
class Grid:
    """A sheet, a page or a text as rows of cells; an empty cell is the empty string.

    Attributes:
        name: the sheet's name; empty for a text.
        rows: the cells; rows may differ in length.
        spans: merged ranges (first row, first column, last row, last column), counted from 0.
        hidden: whether the sheet is hidden.
        flowing: whether prose and tables follow each other (texts, pages), so that prose ends a table.
        doubtful: whether extraction may have damaged figures (texts made from scans and PDF files).
        aligned: whether nothing but blanks sets its cells apart.
        broken: by column, the rows of the cells that the end of the page breaks off and the next page goes on with.
        errors: error values such as ``#REF!`` by cell.
        hollow: cells with a formula that was never calculated.
        filled: how many cells have a content.
        about: what its file carries beside the cells（宏、外部链接、自定义属性）.
    """

    name: str
    rows: list[list[Value]] = attrs.field(converter=_tidy)
    spans: list[Span] = attrs.field(factory=list)
    hidden: bool = False
    flowing: bool = False
    doubtful: bool = False
    aligned: bool = False
    broken: dict[int, int] = attrs.field(factory=dict)
    errors: dict[tuple[int, int], str] = attrs.field(factory=dict)
    hollow: dict[tuple[int, int], str] = attrs.field(factory=dict)
    about: About = attrs.field(factory=About)
    filled: int = attrs.field(init=False)
    _texts: dict[int, list[tuple[int, str]]] = attrs.field(factory=dict, init=False, repr=False)
    _spans: dict[int, list[Span]] | None = attrs.field(default=None, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """End merged ranges where the cells end, and count what is filled."""
        self.filled = sum(map(len, self.rows)) - sum(row.count("") for row in self.rows)
        bottom, right = len(self.rows) - 1, max(map(len, self.rows), default=0) - 1
        self.spans = [
            (first, left, min(last, bottom), min(end, right))
            for first, left, last, end in self.spans
            if first <= bottom and left <= right
        ]

    def place(self, row: int, column: int) -> Place:
        """The place of a cell given by row and column counted from 0."""
        return Place.at(self.name, row + 1, column + 1)

    def spans_from(self, *rows: int) -> list[Span]:
        """The merged ranges that begin in some rows."""
        if self._spans is None:
            self._spans = defaultdict(list)
            for span in self.spans:
                self._spans[span[0]].append(span)
        return [span for row in rows for span in self._spans.get(row, ())]

    def text(self, row: int, column: int) -> str:
        """The cell as text, stripped."""
        cells = self.rows[row]
        if column >= len(cells):
            return ""
        value = cells[column]
        if not isinstance(value, str):
            return show(value)
        return value.strip()

    def put(self, row: int, column: int, value: Value) -> None:
        """Let a cell hold another value."""
        self.rows[row][column] = value
        self._texts.pop(row, None)

    def spread(self, row: int, widths: Sequence[int]) -> None:
        """Let the cells of a row reach over so many columns each, as where a text has one tab after a merged cell."""
        cells: list[Value] = []
        for value, width in zip(self.rows[row], widths):
            if width > 1:
                self.spans.append((row, len(cells), row, len(cells) + width - 1))
            cells += [value, *[""] * (width - 1)]
        self.rows[row] = cells
        self._texts.pop(row, None)
        self._spans = None

    def texts(self, row: int) -> list[tuple[int, str]]:
        """The non-empty cells of a row as (column, text); rows near each other are asked for again and again."""
        found = self._texts.get(row)
        if found is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            found = self._texts[row] = [
                (column, text)
                for column, value in enumerate(self.rows[row])
                if value != "" and (text := value.strip() if type(value) is str else show(value))
            ]
        return found


def show(value: Value) -> str:
    """A cell's value as text: 2010301.0 is ``2010301``.

    >>> show(2010301.0), show(3.5)
    ('2010301', '3.5')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return format(value, ".15g")
    return str(value)
