"""The members of a budget's dimensions by name, and their amounts in print（维度成员与金额的显示）."""

from __future__ import annotations

from decimal import Decimal

import attrs

from govbudget.amounts import Unit, format_amount, pad, rounded
from govbudget.checks.ledger import Entry
from govbudget.classification import nearest_edition, subjects
from govbudget.interop.cuts import path_of
from govbudget.interop.labels import MEMBER_LABELS, NOT_SPLIT
from govbudget.model import Budget

__all__ = ["LEVELS", "Member", "member_of", "percent", "subject_name", "wan"]

LEVELS = {"类": 3, "款": 5, "项": 7}
CODED = ("function", "economic")


@attrs.frozen(order=True)
class Member:
    """A member of a dimension（维度成员）: its key, such as 2010301 or ``fiscal.general``, and its name."""

    key: str
    name: str = attrs.field(order=False)


def member_of(book: Budget, entry: Entry, dimension: str, level: str | None = None) -> Member:
    """The member of a dimension that an entry belongs to."""
    if dimension == "document":
        name = book.agency.name if book.agency else book.source
        return Member(name, name)
    path = path_of(entry, dimension)
    if dimension == "year":
        year = path or str(book.year or NOT_SPLIT)
        return Member(year, year)
    if dimension in CODED:
        if level is not None and path.isdigit():
            path = path[: LEVELS[level]]
        return Member(path, subject_name(book, path) or (entry.fact.name if path else NOT_SPLIT))
    if dimension == "agency":
        name = book.agency_names.get(path.lstrip("\0")) or path.lstrip("\0")
        department = book.agency.name if book.agency else NOT_SPLIT
        return Member(path.lstrip("\0"), name or department)
    if dimension == "project":
        key = path.lstrip("\0")
        project = book.project_names.get(key)
        return Member(key, project.name if project else key or NOT_SPLIT)
    if dimension == "item" and path not in MEMBER_LABELS:
        return Member(path, entry.fact.name or NOT_SPLIT)
    return Member(path, MEMBER_LABELS.get(path, path or NOT_SPLIT))


def subject_name(book: Budget, code: str) -> str:
    """The name of a subject in the edition nearest to the budget's year; empty where the catalogue has none."""
    catalogue = subjects(nearest_edition(book.year)) if book.year else subjects()
    found = catalogue.get(code)
    return found.name if found else ""


def wan(amount: Decimal | None) -> str:
    """An amount in 元 printed in 万元, exact and with separators; empty for None."""
    return "" if amount is None else format_amount(pad(amount / Unit.WAN.factor, 2), separators=True)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """*part* of *whole* in percent, rounded half up to two decimals; None where the whole is nothing."""
    return rounded(part * 100 / whole, 2) if whole else None
