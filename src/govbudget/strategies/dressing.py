"""Looks（版式）: what offices do to the same workbook, put on its sheets before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st

from govbudget.amounts import format_amount
from govbudget.errors import OptionError
from govbudget.writing import Sheet
from govbudget.writing.sheet import Cell, Kind

__all__ = ["Look", "dressed", "looks"]

WORDS = frozenset({Kind.TITLE, Kind.LINE, Kind.LINE_CENTRE, Kind.LINE_RIGHT, Kind.HEADER, Kind.TEXT, Kind.NOTE})
WIDE = str.maketrans({code: chr(code + 0xFEE0) for code in map(ord, "0123456789,.-")})
BRACKETS = {
    "as printed": {},
    "half-width": str.maketrans("（）：", "():"),
    "full-width": str.maketrans("():", "（）："),
}
AMOUNTS = ("numbers", "text", "separators", "full-width")
BLANKS = ("", " ", "\u3000", "\n")
SHORT = 4
NARROW = 8.0


def _one_of(known: Iterable[str]) -> Any:
    def check(_: object, attribute: attrs.Attribute[str], value: str) -> None:
        OptionError.unless_in(attribute.name, value, known)

    return check


@attrs.frozen
class Look:
    """How a workbook prints a budget（版式）; what it prints stays the same.

    Attributes:
        amounts: ``numbers``, or as ``text``, with thousands ``separators``, in ``full-width`` digits.
        nothing: what stands where there is no amount: nothing, or a dash.
        brackets: brackets and colons ``as printed``, all ``half-width`` or all ``full-width``.
        blanks: what stands between the letters of short headers: 合计, 合 计.
        rows: the empty rows above each form.
        columns: the empty columns left of each form.
        numbered: whether the sheets are called Sheet1, Sheet2 …
        backwards: whether the last form comes first.

    Raises:
        OptionError: *amounts* or *brackets* is none of these.
    """

    amounts: str = attrs.field(default="numbers", validator=_one_of(AMOUNTS))
    nothing: str = ""
    brackets: str = attrs.field(default="as printed", validator=_one_of(BRACKETS))
    blanks: str = ""
    rows: int = 0
    columns: int = 0
    numbered: bool = False
    backwards: bool = False

    def words(self, text: str) -> str:
        """How it prints a text（印出的文字）."""
        return text.translate(BRACKETS[self.brackets])


def looks() -> st.SearchStrategy[Look]:
    """Looks of a workbook（版式）; they shrink to the plain one."""
    return st.builds(
        Look,
        amounts=st.sampled_from(AMOUNTS),
        nothing=st.sampled_from(("", "-", "—")),
        brackets=st.sampled_from(tuple(BRACKETS)),
        blanks=st.sampled_from(BLANKS),
        rows=st.integers(0, 3),
        columns=st.integers(0, 2),
        numbered=st.booleans(),
        backwards=st.booleans(),
    )


def dressed(sheets: Sequence[Sheet], look: Look) -> list[Sheet]:
    """The sheets with a look, in the order of their forms: the same cells at other places, their texts printed anew."""
    return [
        Sheet(
            f"Sheet{number}" if look.numbered else sheet.name,
            [NARROW] * look.columns + sheet.widths,
            {
                (row + look.rows, column + look.columns): attrs.evolve(cell, value=_printed(cell, look))
                for (row, column), cell in sheet.cells.items()
            },
        )
        for number, sheet in enumerate(sheets, 1)
    ]


def _printed(cell: Cell, look: Look) -> str | Decimal:
    if isinstance(cell.value, Decimal):
        return _figure(cell.value, look) if cell.kind is Kind.AMOUNT else cell.value
    if cell.kind is Kind.AMOUNT:
        return cell.value or look.nothing
    if cell.kind not in WORDS:
        return cell.value
    text = look.words(cell.value)
    return look.blanks.join(text) if cell.kind is Kind.HEADER and len(text) <= SHORT else text


def _figure(amount: Decimal, look: Look) -> str | Decimal:
    if look.amounts == "numbers":
        return amount
    text = format_amount(amount, separators=look.amounts != "text")
    return text.translate(WIDE) if look.amounts == "full-width" else text
