"""The three public expenses and what part of all spending they are（“三公”经费及其占比）."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import attrs

from govbudget.checks.context import Context
from govbudget.checks.paths import below
from govbudget.interop.cuts import Cut, cut
from govbudget.interop.frames import Framed
from govbudget.interop.members import percent, wan
from govbudget.interop.records import Column, Kind, Records
from govbudget.model import Budget
from govbudget.performance.html import table

__all__ = ["ThreePublic", "ThreePublicLine", "three_public"]

THREE_PUBLIC = {
    "document": "部门",
    "year": "年度",
    "general": "一般公共预算支出",
    "total": "“三公”经费",
    "share": "占比%",
    "abroad": "因公出国（境）费",
    "vehicle": "公务用车购置及运行费",
    "purchase": "其中：购置费",
    "operation": "其中：运行费",
    "reception": "公务接待费",
}


ITEMS = {
    "abroad": "three_public.abroad",
    "vehicle": "three_public.vehicle",
    "purchase": "three_public.vehicle.purchase",
    "operation": "three_public.vehicle.operation",
    "reception": "three_public.reception",
}


@attrs.frozen
class ThreePublicLine:
    """The three public expenses of one budget and year（“三公”经费）, in 元; None where nothing is printed.

    Attributes:
        document: the department.
        year: the year.
        general: 一般公共预算支出, of which they are a part.
        total: “三公”经费.
        abroad: 因公出国（境）费.
        vehicle: 公务用车购置及运行费.
        purchase: 公务用车购置费.
        operation: 公务用车运行费.
        reception: 公务接待费.
    """

    document: str
    year: int
    general: Decimal | None
    total: Decimal | None
    abroad: Decimal | None
    vehicle: Decimal | None
    purchase: Decimal | None
    operation: Decimal | None
    reception: Decimal | None

    @property
    def share(self) -> Decimal | None:
        """What part of general expenditure they are, in percent to two decimals（占一般公共预算支出 %）."""
        return None if self.total is None or self.general is None else percent(self.total, self.general)


@attrs.frozen(repr=False)
class ThreePublic(Framed):
    """The three public expenses of budgets and years, side by side（“三公”经费及其占比）."""

    lines: tuple[ThreePublicLine, ...]

    def records(self) -> Records:
        """A row a budget and year; ``share`` in percent, all else in 元."""
        kinds = {"document": Kind.CATEGORY, "year": Kind.INTEGER}
        return Records(
            tuple(Column(name, kinds.get(name, Kind.DECIMAL)) for name in THREE_PUBLIC),
            tuple(tuple(getattr(line, name) for name in THREE_PUBLIC) for line in self.lines),
        )

    def __repr__(self) -> str:
        return f"<ThreePublic: {', '.join(f'{line.document} {line.year}' for line in self.lines)}>"

    def _repr_html_(self) -> str:
        rows = [
            [
                line.document,
                str(line.year),
                wan(line.general),
                wan(line.total),
                "" if line.share is None else str(line.share),
                *(wan(getattr(line, name)) for name in ITEMS),
            ]
            for line in self.lines
        ]
        return table(tuple(THREE_PUBLIC.values()), rows, "“三公”经费（万元）")


def three_public(books: Budget | Iterable[Budget]) -> ThreePublic:
    """The three public expenses of every year that the budgets print, and their share of general expenditure.

    （“三公”经费及其占一般公共预算支出的比重）. A budget without the form has no line.
    """
    several = (books,) if isinstance(books, Budget) else tuple(books)
    return ThreePublic(tuple(line for book in several for line in _three_public(book)))


def _three_public(book: Budget) -> Iterator[ThreePublicLine]:
    context = Context(book)
    parts, wholes, general = (
        cut(context, form, asked) for form, asked in (("three_public", ["item"]), ("three_public", []), ("general", []))
    )
    for year in sorted({entry.vector.year for one in (parts, wholes) if one for entry in one.entries}):
        items = {name: _sum(parts, year, path) for name, path in ITEMS.items()}
        name = book.agency.name if book.agency else book.source
        yield ThreePublicLine(name, year or book.year or 0, _sum(general, year), _sum(wholes, year), **items)


def _sum(taken: Cut | None, year: int, item: str = "") -> Decimal | None:
    """What a cut prints for a year, and for an item and all below it; None where it prints nothing."""
    found = [
        entry.fact.yuan
        for entry in (taken.entries if taken else ())
        if entry.vector.year == year and (not item or entry.vector.item == item or below(entry.vector.item, item))
    ]
    return sum(found, Decimal(0)) if found else None
