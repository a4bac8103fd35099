"""Cells and their names（单元格）: where something stands in a document."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import overload

import attrs

from govbudget.errors import ModelError
from govbudget.making import maker

__all__ = ["NOWHERE", "Place", "Places", "cell_name", "cell_position", "column_name", "gather"]

CELL = re.compile(r"([A-Z]+)([1-9][0-9]*)").fullmatch
ROW = 1 << 24  # cells of a list are numbers: their row times this, and their column


def cell_name(row: int, column: int) -> str:
    """The A1 name of a cell given by row and column counted from 0.

    >>> cell_name(5, 3), cell_name(0, 26)
    ('D6', 'AA1')
    """
    return f"{column_name(column + 1)}{row + 1}"


@cache
def column_name(column: int) -> str:
    """The letters of a column counted from 1; none for 0."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


@lru_cache(maxsize=65536)
def cell_position(cell: str) -> tuple[int, int] | None:
    """Row and column of a cell by its A1 name, both counted from 1; None where it names no cell.

    >>> cell_position("AB7"), cell_position("")
    ((7, 28), None)
    """
    found = CELL(cell)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


@attrs.frozen(order=True, init=False, repr=False, weakref_slot=False)
class Place:
    """Where something stands（位置）: the sheet and the cell, such as 表1-2 and F9.

    In a text the sheet is empty, the row is the line and the column the tab-separated field; in a PDF the sheet
    names the page. ``Place("", "")`` is nowhere.

    Attributes:
        sheet: the sheet or the page.
        row: the number of the row, counted from 1; 0 where there is no cell.
        column: the number of the column, counted from 1; 0 where there is no cell.

    Raises:
        ModelError: the cell is not named as Excel names it.
    """

    sheet: str
    row: int
    column: int

    def __init__(self, sheet: str, cell: str) -> None:
        position = cell_position(cell) if cell else (0, 0)
        if position is None:
            raise ModelError(f"没有这样的单元格：{cell!r}，应如 F9 (no cell is named so; write it as F9)")
        self.__attrs_init__(sheet, *position)

    @classmethod
    def at(cls, sheet: str, row: int, column: int) -> Place:
        """The place of a cell by its row and column, counted from 1.

        >>> Place.at("表1", 9, 6)
        Place('表1', 'F9')
        """
        return _make_place(sheet, row, column)

    @property
    def cell(self) -> str:
        """The name of the cell, such as F9; empty where there is none."""
        return f"{column_name(self.column)}{self.row}" if self.row else ""

    def __str__(self) -> str:
        return f"{self.sheet.strip()}!{self.cell}" if self.sheet else self.cell

    def __repr__(self) -> str:
        return f"Place({self.sheet!r}, {self.cell!r})"


_make_place = maker(Place)
NOWHERE = Place("", "")


def gather(cells: dict[str, array[int]], sheet: str, row: int, columns: Iterable[int]) -> None:
    """Take in cells of a row, by its number and those of their columns counted from 0, among those of their sheet."""
    found = cells.get(sheet)
    if found is None:
        found = cells[sheet] = array("Q")
    first = (row + 1) * ROW + 1
    found.extend([first + column for column in columns])


class Places(Sequence[Place]):
    """Cells in the order of the document（单元格清单）, kept as numbers: a large form has a million of them.

    >>> Places.of([Place("表1", "F9"), Place("表1", "A2")])
    Places([Place('表1', 'F9'), Place('表1', 'A2')])
    """

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, array[int]] = MappingProxyType({})) -> None:
        self._cells = {sheet: cells[sheet][:] for sheet in cells}

    @classmethod
    def of(cls, places: Iterable[Place]) -> Places:
        """The places of an iterable, sheet by sheet."""
        if isinstance(places, Places):
            return places
        cells: dict[str, array[int]] = {}
        for sheet, several in groupby(places, attrgetter("sheet")):
            cells.setdefault(sheet, array("Q")).extend([place.row * ROW + place.column for place in several])
        return cls(cells)

    def __len__(self) -> int:
        return sum(map(len, self._cells.values()))

    def __iter__(self) -> Iterator[Place]:
        return (Place.at(sheet, *divmod(cell, ROW)) for sheet, cells in self._cells.items() for cell in cells)

    @overload
    def __getitem__(self, index: int) -> Place: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Place, ...]: ...

    def __getitem__(self, index: int | slice) -> Place | tuple[Place, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and list(self) == list(other)

    def __repr__(self) -> str:
        return f"Places({list(self)})"
