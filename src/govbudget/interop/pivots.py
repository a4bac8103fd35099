"""Figures crossed by two dimensions（交叉表）, each counted once: function × nature, agency × fund, function × year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

import attrs

from govbudget.amounts import format_amount
from govbudget.checks.context import Context
from govbudget.errors import OptionError
from govbudget.forms import vocabulary
from govbudget.interop.cuts import Cut, cut
from govbudget.interop.frames import Framed
from govbudget.interop.labels import DIMENSION_LABELS, FORMS_BY_SCOPE
from govbudget.interop.members import LEVELS, Member, member_of, percent, wan
from govbudget.interop.records import Column, Kind, Records
from govbudget.model import Budget
from govbudget.performance.html import table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Pivot", "pivot"]

SIDES = ("expenditure", "revenue")


@attrs.frozen(repr=False)
class Pivot(Framed):
    """Figures crossed by two dimensions（交叉表）, in 元; no figure is counted twice.

    Attributes:
        rows: the dimension of the rows.
        columns: the dimension of the columns.
        form: id of the form that the figures were taken from.
        row_members: the members of the rows, in order.
        column_members: the members of the columns, in order.
        cells: the amounts in 元 by the keys of row and column; what is not printed is not there.
        notes: what does not add up or was left out, in Chinese.
    """

    rows: str
    columns: str
    form: str
    row_members: tuple[Member, ...]
    column_members: tuple[Member, ...]
    cells: Mapping[tuple[str, str], Decimal]
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of all cells, in 元."""
        return sum(self.cells.values(), Decimal(0))

    def share(self, row: str, column: str) -> Decimal | None:
        """The part of its column that a cell is, in percent to two decimals（占比 %）; None where it is not printed."""
        whole = sum((amount for (_, other), amount in self.cells.items() if other == column), Decimal(0))
        amount = self.cells.get((row, column))
        return None if amount is None else percent(amount, whole)

    def records(self) -> Records:
        """The pivot as records: key and name of the row, then an amount in 元 for each column."""
        columns = (Column(self.rows), Column("name"), *(Column(one.name, Kind.DECIMAL) for one in self.column_members))
        return Records(
            columns,
            tuple(
                (row.key, row.name, *(self.cells.get((row.key, column.key)) for column in self.column_members))
                for row in self.row_members
            ),
        )

    def plot(self) -> Figure:
        """The pivot as bars（柱形图）, a colour a column.

        Raises:
            MissingExtraError: plotly is not installed.
        """
        from govbudget.interop.plots import bars

        return bars(self)

    def _repr_html_(self) -> str:
        head = (DIMENSION_LABELS[self.rows], "名称", *(column.name for column in self.column_members))
        rows = [
            (row.key, row.name, *(wan(self.cells.get((row.key, column.key))) for column in self.column_members))
            for row in self.row_members
        ]
        notes = "".join(f"<p>注：{escape(note)}</p>" for note in self.notes)
        return table(head, rows, f"{vocabulary().forms[self.form].name}（万元）") + notes

    def __repr__(self) -> str:
        size = f"{len(self.row_members)} × {len(self.column_members)}"
        return f"<Pivot {self.rows} × {self.columns} of {self.form}: {size}, {format_amount(self.total)} 元>"


def pivot(
    books: Budget | Iterable[Budget],
    rows: str,
    columns: str,
    *,
    form: str | None = None,
    side: str = "expenditure",
    level: str | None = None,
) -> Pivot:
    """Figures of one or several budgets crossed by two dimensions（交叉表）.

    They are taken from one form: the finest members that it prints of both dimensions, and of everything else the most
    general printing, so that totals and details are never added up. What a total holds beyond its parts is noted.
    A budget by itself gives every year that the form prints; of several each gives its own year.

    Args:
        books: a budget, or several.
        rows: ``document`` 部门, ``year`` 年度, ``agency`` 单位, ``function``, ``economic``, ``nature``, ``origin``,
            ``fund``, ``item`` or ``project``.
        columns: another of these.
        form: id of the form; by default the first, from the widest to the narrowest, that every budget prints by both.
        side: ``expenditure`` or ``revenue``.
        level: 类, 款 or 项, to add subjects up to that level.

    Raises:
        OptionError: there is no such dimension, form, side or level, or no form prints figures by both dimensions.

    >>> from govbudget.demo import demo_budget
    >>> pivot(demo_budget(), "function", "nature", level="类")
    <Pivot function × nature of expenditure: 4 × 2, 9501900.00 元>
    """
    several = (books,) if isinstance(books, Budget) else tuple(books)
    OptionError.unless_in("rows", rows, DIMENSION_LABELS)
    OptionError.unless_in("columns", columns, [name for name in DIMENSION_LABELS if name != rows])
    OptionError.unless_in("side", side, SIDES)
    if level is not None:
        OptionError.unless_in("level", level, LEVELS)
    if form is not None:
        OptionError.unless_in("form", form, FORMS_BY_SCOPE)
    found = _cuts(several, (rows, columns), FORMS_BY_SCOPE if form is None else (form,), side)
    cells: dict[tuple[Member, Member], Decimal] = {}
    for book, taken in found:
        for entry in taken.entries:
            at = tuple(member_of(book, entry, name, level) for name in (rows, columns))
            cells[at[0], at[1]] = cells.get((at[0], at[1]), Decimal(0)) + entry.fact.yuan
    return Pivot(
        rows,
        columns,
        found[0][1].ledger.form.id,
        _ordered(rows, (row for row, _ in cells)),
        _ordered(columns, (column for _, column in cells)),
        {(row.key, column.key): amount for (row, column), amount in cells.items()},
        tuple(note for _, taken in found for note in taken.notes),
    )


def _cuts(books: Sequence[Budget], asked: tuple[str, str], forms: Sequence[str], side: str) -> list[tuple[Budget, Cut]]:
    contexts = [Context(book) for book in books]
    dimensions = [name for name in asked if name not in ("document", "year")]
    for form in forms:
        every = "year" in asked and len(books) == 1
        years = [None if every else {book.year or 0} for book in books]
        found = [cut(context, form, dimensions, side=side, years=year) for context, year in zip(contexts, years)]
        taken = [(book, one) for book, one in zip(books, found) if one]
        seen = {entry.vector.year or book.year for book, one in taken for entry in one.entries}
        if taken and len(taken) == len(books) and ("year" not in asked or len(seen) > 1):
            return taken
    names = "、".join(DIMENSION_LABELS[name] for name in asked)
    where = "没有一张表" if len(forms) > 1 else f"{vocabulary().forms[forms[0]].name}没有"
    raise OptionError(f"{where}把数同时按{names}列出 (no form prints figures by both {asked[0]} and {asked[1]})")


def _ordered(dimension: str, members: Iterable[Member]) -> tuple[Member, ...]:
    """Each member once, departments as they were given and all else by key; a name that two have tells their keys."""
    by_key: dict[str, Member] = {}
    for member in members:
        by_key.setdefault(member.key, member)
    names = Counter(member.name for member in by_key.values())
    return tuple(
        member if names[member.name] == 1 else Member(member.key, f"{member.name}（{member.key}）")
        for member in (by_key[key] for key in (by_key if dimension == "document" else sorted(by_key)))
    )
