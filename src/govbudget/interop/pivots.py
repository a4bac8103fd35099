"""Figures crossed by two dimensions（交叉表）, each counted once: function × nature, agency × fund, function × year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import TYPE_CHECKING

import attrs

from govbudget.amounts import Unit, format_amount, pad
from govbudget.checks.context import Context, Entry, below
from govbudget.classification import nearest_edition, subjects
from govbudget.errors import OptionError
from govbudget.forms import vocabulary
from govbudget.interop.cuts import Cut, cut, path_of
from govbudget.interop.frames import Framed
from govbudget.interop.labels import DIMENSION_LABELS, FORMS_BY_SCOPE, MEMBER_LABELS, NOT_SPLIT
from govbudget.interop.records import Column, Kind, Records
from govbudget.model import Budget
from govbudget.performance.html import table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = [
    "Member",
    "Pivot",
    "ThreePublic",
    "ThreePublicLine",
    "member_of",
    "percent",
    "pivot",
    "subject_name",
    "three_public",
    "wan",
]

LEVELS = {"类": 3, "款": 5, "项": 7}
SIDES = ("expenditure", "revenue")
CODED = ("function", "economic")
HUNDREDTH = Decimal("0.01")


@attrs.frozen(order=True)
class Member:
    """A member of a dimension（维度成员）: its key, such as 2010301 or ``fiscal.general``, and its name."""

    key: str
    name: str = attrs.field(order=False)


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

    Args:
        books: a budget, or several.
        rows: ``document`` 部门, ``year`` 年度, ``agency`` 单位, ``function``, ``economic``, ``nature``, ``origin``,
            ``fund``, ``item`` or ``project``.
        columns: another of these.
        form: id of the form; by default the first, from the widest to the narrowest, that every budget prints by both.
        side: ``expenditure`` or ``revenue``.
        level: 类, 款 or 项, to add subjects up to that level.

    Raises:
        OptionError: there is no such dimension, side or level, or no form prints figures by both dimensions.

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
    found = _cuts(several, (rows, columns), (form,) if form else FORMS_BY_SCOPE, side)
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


def _cuts(books: Sequence[Budget], asked: tuple[str, str], forms: Iterable[str], side: str) -> list[tuple[Budget, Cut]]:
    contexts = [Context(book) for book in books]
    dimensions = [name for name in asked if name not in ("document", "year")]
    for form in forms:
        years = [None if "year" in asked else {book.year or 0} for book in books]
        found = [cut(context, form, dimensions, side=side, years=year) for context, year in zip(contexts, years)]
        taken = [(book, one) for book, one in zip(books, found) if one]
        seen = {entry.vector.year for _, one in taken for entry in one.entries}
        if taken and len(taken) == len(books) and ("year" not in asked or len(seen) > 1):
            return taken
    names = "、".join(DIMENSION_LABELS[name] for name in asked)
    raise OptionError(f"没有一张表把数同时按{names}列出 (no form prints figures by both {asked[0]} and {asked[1]})")


def member_of(book: Budget, entry: Entry, dimension: str, level: str | None = None) -> Member:
    """The member of a dimension that an entry belongs to."""
    if dimension == "document":
        name = book.agency.name if book.agency else book.source
        return Member(name, name)
    path = path_of(entry, dimension)
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


def wan(amount: Decimal | None) -> str:
    """An amount in 元 printed in 万元, exact and with separators; empty for None."""
    return "" if amount is None else format_amount(pad(amount / Unit.WAN.factor, 2), separators=True)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """*part* of *whole* in percent, rounded half up to two decimals; None where the whole is nothing."""
    return (part * 100 / whole).quantize(HUNDREDTH, ROUND_HALF_UP) if whole else None


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


def three_public(books: Budget | Iterable[Budget]) -> ThreePublic:
    """The three public expenses of every year that the budgets print, and their share of general expenditure.

    （“三公”经费及其占一般公共预算支出的比重）. A budget without the form has no line.
    """
    several = (books,) if isinstance(books, Budget) else tuple(books)
    return ThreePublic(tuple(line for book in several for line in _three_public(book)))


ITEMS = {
    "abroad": "three_public.abroad",
    "vehicle": "three_public.vehicle",
    "purchase": "three_public.vehicle.purchase",
    "operation": "three_public.vehicle.operation",
    "reception": "three_public.reception",
}


def _three_public(book: Budget) -> Iterator[ThreePublicLine]:
    context = Context(book)
    parts, wholes, general = (
        cut(context, form, asked) for form, asked in (("three_public", ["item"]), ("three_public", []), ("general", []))
    )
    for year in sorted({entry.vector.year for one in (parts, wholes) if one for entry in one.entries}):
        items = {name: _sum(parts, year, path) for name, path in ITEMS.items()}
        name = book.agency.name if book.agency else book.source
        yield ThreePublicLine(name, year, _sum(general, year), _sum(wholes, year), **items)


def _sum(taken: Cut | None, year: int, item: str = "") -> Decimal | None:
    """What a cut prints for a year, and for an item and all below it; None where it prints nothing."""
    found = [
        entry.fact.yuan
        for entry in (taken.entries if taken else ())
        if entry.vector.year == year and (not item or entry.vector.item == item or below(entry.vector.item, item))
    ]
    return sum(found, Decimal(0)) if found else None
