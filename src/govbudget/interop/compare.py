"""Two budgets side by side（两份预算的比较）: two years of a department, or two departments.

Only what both print at one coordinate is compared. What one of them alone prints is said to be so, never taken for 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from html import escape
from typing import TYPE_CHECKING

import attrs

from govbudget.amounts import half_step
from govbudget.checks.context import Context
from govbudget.checks.ledger import Entry
from govbudget.checks.paths import below
from govbudget.errors import OptionError
from govbudget.forms import vocabulary
from govbudget.interop.cuts import cut, path_of
from govbudget.interop.frames import Framed
from govbudget.interop.members import Member, member_of, percent, wan
from govbudget.interop.records import Column, Kind, Records
from govbudget.model import Budget
from govbudget.performance.html import table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["Change", "Comparison", "Movement", "compare"]

SHOWN = 5
SHOWN_IN_HTML = 10


@attrs.frozen
class _View:
    name: str
    chinese: str
    english: str
    dimension: str | None
    forms: tuple[str, ...]
    side: str = "expenditure"


VIEWS = (
    _View("expenditure", "支出总计", "Expenditure", None, ("expenditure", "summary", "general")),
    _View("revenue", "收入总计", "Revenue", None, ("revenue", "summary"), "revenue"),
    _View("function", "按功能分类", "By function", "function", ("expenditure", "summary", "fiscal_summary", "general")),
    _View("nature", "按支出性质", "Basic and project", "nature", ("expenditure", "general")),
    _View(
        "economic",
        "基本支出按经济分类",
        "Basic expenditure by economic subject",
        "economic",
        ("general_basic", "fiscal_economic"),
    ),
    _View("fund", "收入按来源", "Revenue by source", "fund", ("revenue", "summary"), "revenue"),
    _View("three_public", "“三公”经费", "Three public expenses", "item", ("three_public",)),
    _View("project", "按项目", "By project", "project", ("projects", "general_project")),
)


class Movement(str, Enum):
    """How a figure went from one budget to the other（增减）."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    ONLY_BEFORE = "only_before"
    ONLY_AFTER = "only_after"

    @property
    def chinese(self) -> str:
        """增加, 减少, 持平, 仅前者列示 or 仅后者列示."""
        return {
            "rose": "增加",
            "fell": "减少",
            "same": "持平",
            "only_before": "仅前者列示",
            "only_after": "仅后者列示",
        }[self.value]


@attrs.frozen
class Change:
    """One figure in both budgets（一项增减）.

    Attributes:
        view: ``expenditure`` or ``revenue`` for the totals; ``function``, ``nature``, ``economic``, ``fund``,
            ``three_public`` or ``project`` for their parts.
        code: the key of the member, such as 2010301.
        name: its name.
        before: the amount in 元 in the first budget; None where it is not printed.
        after: the amount in 元 in the second.
        limit: how far rounding alone may take the two apart, in 元.
        form: id of the form that both were taken from.
    """

    view: str
    code: str
    name: str
    before: Decimal | None
    after: Decimal | None
    limit: Decimal
    form: str

    @property
    def change(self) -> Decimal | None:
        """After less before, in 元; None where only one is printed."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def rate(self) -> Decimal | None:
        """The change in percent of before, to two decimals（增减率 %）; None where that is nothing or not printed."""
        return None if self.change is None or not self.before else percent(self.change, abs(self.before))

    @property
    def movement(self) -> Movement:
        """How the figure went; within rounding it stayed the same."""
        if self.before is None:
            return Movement.ONLY_AFTER
        if self.after is None:
            return Movement.ONLY_BEFORE
        change = self.after - self.before
        if abs(change) <= self.limit:
            return Movement.SAME
        return Movement.ROSE if change > 0 else Movement.FELL


COLUMNS = (
    Column("view", Kind.CATEGORY),
    Column("code"),
    Column("name"),
    Column("before", Kind.DECIMAL),
    Column("after", Kind.DECIMAL),
    Column("change", Kind.DECIMAL),
    Column("rate", Kind.DECIMAL),
    Column("movement", Kind.CATEGORY),
    Column("form", Kind.CATEGORY),
)


@attrs.frozen(repr=False)
class Comparison(Framed):
    """Two budgets side by side（预算比较）: printed, it says what rose and fell and by what items.

    Attributes:
        before: the first budget.
        after: the second.
        changes: every figure that either of them prints, view by view, the largest change first.
        notes: what could not be compared, and why, in Chinese.
    """

    before: Budget
    after: Budget
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    def view(self, name: str) -> tuple[Change, ...]:
        """The changes of one view, the largest first, after them what only one of the budgets prints.

        Raises:
            OptionError: there is no such view.
        """
        OptionError.unless_in("view", name, [one.name for one in VIEWS])
        return tuple(change for change in self.changes if change.view == name)

    @property
    def names(self) -> tuple[str, str]:
        """What the two budgets are called: the year or the department where it is another, else the file."""
        one, other = self.before, self.after
        if (one.year, _agency(one)) == (other.year, _agency(other)):
            return one.source or _agency(one), other.source or _agency(other)
        if one.year != other.year and _agency(one) == _agency(other):
            return f"{one.year or '?'}年", f"{other.year or '?'}年"
        if one.year == other.year:
            return _agency(one), _agency(other)
        return f"{_agency(one)}{one.year or ''}", f"{_agency(other)}{other.year or ''}"

    def records(self) -> Records:
        """A row a figure: amounts in 元, ``rate`` in percent."""
        return Records(
            COLUMNS,
            tuple(
                (
                    one.view,
                    one.code or None,
                    one.name,
                    one.before,
                    one.after,
                    one.change,
                    one.rate,
                    one.movement.value,
                    one.form,
                )
                for one in self.changes
            ),
        )

    def plot(self, view: str = "function") -> Figure:
        """The largest changes of a view as bars（增减柱形图）.

        Raises:
            OptionError: there is no such view.
            MissingExtraError: plotly is not installed.
        """
        from govbudget.interop.plots import changes

        return changes(self, view)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        first, second = self.names
        yield f"{first} → {second}（万元）"
        for one in VIEWS:
            found = self.view(one.name)
            if one.dimension is None:
                for change in found:
                    yield f"{one.chinese} {one.english}：{_sentence(change)}"
                continue
            if not found:
                continue
            form = vocabulary().forms[found[0].form].name
            yield f"{one.chinese} {one.english}（{form}）："
            for movement in Movement:
                yield from _group(movement, [change for change in found if change.movement is movement])
        for note in self.notes:
            yield f"注：{note}"

    def _repr_html_(self) -> str:
        head = ("", "编码", "名称", *self.names, "增减", "增减率%", "")
        rows = [
            (
                view.chinese if place == 0 else "",
                one.code if one.code.isdigit() else "",
                one.name,
                wan(one.before),
                wan(one.after),
                wan(one.change),
                "" if one.rate is None else f"{one.rate:+}",
                one.movement.chinese,
            )
            for view in VIEWS
            for place, one in enumerate(self.view(view.name)[:SHOWN_IN_HTML])
        ]
        notes = "".join(f"<p>注：{escape(note)}</p>" for note in self.notes)
        return table(head, rows, f"{' → '.join(self.names)}（万元）") + notes

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{sum(change.movement is movement for change in self.changes)} {movement.value}" for movement in Movement
        )
        return f"<Comparison {' → '.join(self.names)}: {counts}>"


def compare(before: Budget, after: Budget) -> Comparison:
    """What rose and what fell from one budget to another（比较两份预算）: two years, or two departments.

    The totals, and what explains them: function subjects, basic and project expenditure, economic subjects of basic
    expenditure, sources of revenue, the three public expenses, and the projects of one department. Both figures are
    taken from the same form and stand at the same coordinate, the coarser one where they are printed to different
    detail; nothing is counted twice. What only one budget prints is said to be so and is not taken for 0.

    >>> from govbudget.demo import demo_budget
    >>> print(repr(compare(demo_budget(), demo_budget())))
    <Comparison dazhou_2024.xlsx → dazhou_2024.xlsx: 0 rose, 0 fell, 57 same, 0 only_before, 0 only_after>
    """
    contexts = Context(before), Context(after)
    changes: list[Change] = []
    notes: list[str] = []
    for view in VIEWS:
        if view.dimension == "project" and _agency(before) != _agency(after):
            continue
        found = _compared(view, contexts)
        if found is None:
            notes.append(f"{view.chinese}：两份预算没有同一张表可比")
        else:
            changes += sorted(found[0], key=_by_size)
            notes += found[1]
    return Comparison(before, after, tuple(changes), tuple(notes))


def _compared(view: _View, contexts: Sequence[Context]) -> tuple[list[Change], list[str]] | None:
    asked = [view.dimension] if view.dimension else []
    for form in view.forms:
        cuts = [cut(one, form, asked, side=view.side, years={one.book.year or 0}) for one in contexts]
        if all(one is not None and one.entries for one in cuts):
            taken = [_by_path(one.entries, view.dimension) for one in cuts if one]
            notes = [
                f"{_agency(context.book)}{context.book.year or ''} {note}"
                for one, context in zip(cuts, contexts)
                for note in (one.notes if one else ())
            ]
            return list(_changes(view, form, contexts, taken)), notes
    return None


def _by_path(entries: Sequence[Entry], dimension: str | None) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(path_of(entry, dimension) if dimension else "", []).append(entry)
    return found


def _changes(
    view: _View, form: str, contexts: Sequence[Context], taken: Sequence[dict[str, list[Entry]]]
) -> Iterator[Change]:
    paths = sorted({path for one in taken for path in one})
    for path in paths:
        if any(below(path, other) for other in paths if view.dimension and other):
            continue
        sides = [
            [entry for other in one if other == path or (path and below(other, path)) for entry in one[other]]
            for one in taken
        ]
        before, after = (sum((e.fact.yuan for e in side), Decimal(0)) if side else None for side in sides)
        limit = sum((half_step(e.fact.amount, e.fact.unit) for side in sides for e in side), Decimal(0))
        member = _member(view, contexts, sides, path)
        yield Change(view.name, member.key, member.name, before, after, limit, form)


def _member(view: _View, contexts: Sequence[Context], sides: Sequence[list[Entry]], path: str) -> Member:
    if view.dimension is None:
        return Member("", view.chinese)
    context, entry = next((context, side[0]) for context, side in zip(contexts, sides) if side)
    found = member_of(context.book, entry, view.dimension)
    return found if path_of(entry, view.dimension) == path else Member(path, path)


def _by_size(change: Change) -> tuple[bool, Decimal]:
    size = change.change if change.change is not None else change.before or change.after or Decimal(0)
    return change.change is None, -abs(size)


def _agency(book: Budget) -> str:
    return book.agency.name or book.agency.code if book.agency else book.source


def _sentence(change: Change) -> str:
    movement = change.movement
    if change.before is None or change.after is None:
        printed = change.after if change.before is None else change.before
        return f"{wan(printed or Decimal(0))}，{movement.chinese}"
    found = f"{wan(change.before)} → {wan(change.after)}，{movement.chinese}"
    if movement is Movement.SAME:
        return found
    rate = "" if change.rate is None else f"（{change.rate:+}%）"
    return f"{found} {wan(abs(change.after - change.before))}{rate}"


def _group(movement: Movement, changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        return
    yield f"  {movement.chinese} {movement.value.replace('_', ' ')}：{len(changes)} 项"
    if movement is Movement.SAME:
        return
    for change in changes[:SHOWN]:
        code = f"{change.code} " if change.code.isdigit() else ""
        yield f"    {code}{change.name}  {_sentence(change)}"
    if len(changes) > SHOWN:
        yield f"    …另 {len(changes) - SHOWN} 项"
