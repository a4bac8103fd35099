"""Formulas（公式）: references and sums as text, in words that Excel, WPS and LibreOffice all understand.

Nothing here knows what a form is: cells go in by row and column, counted from 0, formulas come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govbudget.cells import cell_name, column_name

__all__ = ["HALF", "area", "between", "blank_if_zero", "cell", "off", "on", "plus", "total"]

HALF = "0.005"
NOISE = "0.0001"  # what binary fractions may add to a difference


def cell(row: int, column: int, *, fix_row: bool = False, fix_column: bool = False) -> str:
    """A reference to a cell.

    >>> cell(6, 5), cell(6, 5, fix_row=True), cell(6, 5, fix_column=True)
    ('F7', 'F$7', '$F7')
    """
    return f"{'$' * fix_column}{column_name(column + 1)}{'$' * fix_row}{row + 1}"


def between(first: int, last: int, column: int, *, open_top: bool = False) -> str:
    """The cells of a column from one row to another, as they stay when a formula is copied.

    >>> between(6, 45, 5), between(6, 45, 5, open_top=True)
    ('$F$7:$F$46', '$F7:$F$46')
    """
    top = cell(first, column, fix_row=not open_top, fix_column=True)
    return f"{top}:{cell(last, column, fix_row=True, fix_column=True)}"


def area(first: int, last: int, left: int, right: int) -> str:
    """A rectangle of cells.

    >>> area(6, 45, 5, 7)
    'F7:H46'
    """
    return f"{cell_name(first, left)}:{cell_name(last, right)}"


def on(sheet: str, reference: str) -> str:
    """A reference to a cell of another sheet.

    >>> on("表1-2", "F7"), on("甲's", "F7")
    ("'表1-2'!F7", "'甲''s'!F7")
    """
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{reference}"


def plus(parts: Sequence[str]) -> str:
    """The sum of cells, areas and numbers; a text among them counts nothing.

    >>> plus(["G7", "H7"])
    'SUM(G7,H7)'
    """
    return f"SUM({','.join(parts)})"


def total(parts: Sequence[str]) -> str:
    """A sum that is blank as long as nothing is filled in.

    >>> total(["G7", "H7"])
    '=IF(COUNT(G7,H7)=0,"",SUM(G7,H7))'
    """
    return f'=IF(COUNT({",".join(parts)})=0,"",{plus(parts)})'


def blank_if_zero(amount: str) -> str:
    """An amount that is blank where it comes to nothing.

    >>> blank_if_zero("SUM(G7,H7)")
    '=IF(SUM(G7,H7)=0,"",SUM(G7,H7))'
    """
    return f'=IF({amount}=0,"",{amount})'


def off(found: str, expected: str, addends: Iterable[str]) -> str:
    """Whether an amount misses another by more than the rounding of its addends explains.

    Each figure is printed to two decimals, so that n of them and their total may differ by (n + 1) · 0.005.

    >>> off("F7", "SUM(G7,H7)", ["COUNT(G7,H7)"])
    'AND(ISNUMBER(F7),ABS(N(F7)-SUM(G7,H7))>0.005*(1+COUNT(G7,H7))+0.0001)'
    """
    return f"AND(ISNUMBER({found}),ABS(N({found})-{expected})>{HALF}*({'+'.join(['1', *addends])})+{NOISE})"
