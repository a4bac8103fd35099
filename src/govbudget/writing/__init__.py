"""Writing budgets（写出）: facts onto the forms of a family, as a workbook."""

from __future__ import annotations

from os import PathLike
from typing import IO

from govbudget.forms.marks import schema
from govbudget.model import Budget
from govbudget.saving import save_workbook
from govbudget.writing.context import Leftover
from govbudget.writing.plan import Plan, plan
from govbudget.writing.self_evaluation import write_self_evaluation
from govbudget.writing.sheet import Sheet
from govbudget.writing.workbook import workbook_bytes

__all__ = ["Leftover", "Plan", "Sheet", "plan", "save_plan", "write", "write_self_evaluation"]


def write(book: Budget, target: str | PathLike[str] | IO[bytes], *, family: str | None = None) -> None:
    """Write a budget as a workbook on the forms of *family*, by default those it was read from（写出工作簿）.

    Amounts stand in the unit of each form, as exact decimals; text is never a formula. What the forms cannot carry is
    listed by :func:`plan`.

    Raises:
        FamilyError: nobody declared that family, or neither the caller nor the budget names one.
        WriteError: the target cannot be written; what stood there before is untouched.
    """
    save_plan(book, plan(book, family), target)


def save_plan(book: Budget, found: Plan, target: str | PathLike[str] | IO[bytes]) -> None:
    """Write the sheets of a plan of *book* as a workbook.

    Raises:
        WriteError: the target cannot be written; what stood there before is untouched.
    """
    year = f"{book.year}年" if book.year else ""
    title = f"{book.agency.name if book.agency else ''}{year}部门预算" if year or book.agency else ""
    says = schema(found.family, book.year, found.forms)
    save_workbook(workbook_bytes(found.sheets, title, properties=says), target)
