"""How far filled cells reach（数据区域）, counted before anything makes a rectangle of them."""

from __future__ import annotations

from govbudget.cells import Place
from govbudget.grids.limits import Limits

__all__ = ["Reach"]


class Reach:
    """The rectangles from A1 to the last filled cell of each sheet of a workbook, together no larger than allowed."""

    def __init__(self, file: str, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._sheet = ""
        self._before = self._rows = self._columns = 0

    def begin(self, sheet: str) -> None:
        """Go on to the next sheet."""
        self._before += self._rows * self._columns
        self._rows = self._columns = 0
        self._sheet = sheet

    def add(self, row: int, column: int) -> None:
        """Take a filled cell in, counted from 0.

        Raises:
            ReadError: this cell makes the rectangles larger than allowed.
        """
        if row < self._rows and column < self._columns:
            return
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
        cells = self._before + self._rows * self._columns
        if cells > self._limits.cells:
            self._limits.allow("cells", cells, self._file, str(Place.at(self._sheet, row + 1, column + 1)))
