"""Printed documents（印出的预算）: workbooks of balanced budgets in looks of every kind, with the truth beside them."""

from __future__ import annotations

from decimal import Decimal

import attrs
from hypothesis import strategies as st

from govbudget.cells import Place
from govbudget.model import Budget
from govbudget.strategies.budgets import balanced_budgets
from govbudget.strategies.dressing import Look, dressed, looks
from govbudget.writing import Sheet, plan
from govbudget.writing.sheet import Kind
from govbudget.writing.workbook import workbook_bytes

__all__ = ["Document", "documents"]


@attrs.frozen
class Document:
    """A workbook and what it prints（印出的预算及其真值）.

    Attributes:
        data: the bytes of the workbook, .xlsx.
        budget: the truth: every fact with its name as printed, and the sheet and the cell that it stands in.
        look: how the workbook looks.
    """

    data: bytes = attrs.field(repr=False)
    budget: Budget
    look: Look


@st.composite
def documents(draw: st.DrawFn, family: str | None = None, decimals: int = 2) -> Document:
    """Workbooks of balanced budgets in varied looks（各种版式的预算工作簿）, with the truth beside them.

    Args:
        family: the family of forms; any where None.
        decimals: the decimals of amounts in 万元, 0 to 4.

    Raises:
        FamilyError: nobody declared that family.
    """
    book, look = draw(balanced_budgets(family, decimals)), draw(looks())
    sheets = dressed(plan(book).sheets, look)
    marked = dressed(plan(_numbered(book)).sheets, Look(rows=look.rows, columns=look.columns, numbered=look.numbered))
    places = _places(marked)
    facts = [
        attrs.evolve(fact, name=look.words(fact.name), place=places[index]) for index, fact in enumerate(book.facts, 1)
    ]
    data = workbook_bytes(sheets[::-1] if look.backwards else sheets, "")
    return Document(data, attrs.evolve(book, facts=facts), look)


def _numbered(book: Budget) -> Budget:
    """The same budget with the number of each fact for its amount, so that a plan shows where each of them goes."""
    return attrs.evolve(
        book, facts=[attrs.evolve(fact, amount=Decimal(index)) for index, fact in enumerate(book.facts, 1)]
    )


def _places(sheets: list[Sheet]) -> dict[int, Place]:
    """The place of each numbered fact."""
    return {
        int(cell.value): Place.at(sheet.name, row + 1, column + 1)
        for sheet in sheets
        for (row, column), cell in sheet.cells.items()
        if cell.kind is Kind.AMOUNT and isinstance(cell.value, Decimal)
    }
