"""Forms against each other（表间核对）: a figure printed twice, a line and another form's detail, the balance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import attrgetter, ge
from typing import Any

import attrs

from govbudget.amounts import format_amount
from govbudget.cells import column_name
from govbudget.checks.context import DIMENSIONS, NAMED, ROWS, Context, Entry, Ledger, Vector, fund_and_item, repeated
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.rules import rule
from govbudget.checks.sums import compare

__all__: list[str] = []

ORIGIN_LEVELS = DIMENSIONS.index("origin")
TWICE = Message(
    "“{row}”的“{column}”为 {found}{unit}，《{other}》{place} 为 {expected}{other_unit}，不一致，"
    "相差 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "{row} {column}: {found} is printed as {expected} on {other} at {place}; the difference {difference} exceeds the "
    "rounding envelope ±{envelope}",
)
TWICE_WITHIN = Message(
    "“{row}”的“{column}”为 {found}{unit}，《{other}》{place} 为 {expected}{other_unit}，"
    "相差 {difference}{unit}，在舍入范围 ±{envelope}{unit} 之内",
    "{row} {column}: {found} is printed as {expected} on {other} at {place}; the difference {difference} is within the "
    "rounding envelope ±{envelope}",
)
DETAIL = Message(
    "“{row}”的“{column}”为 {found}{unit}，《{other}》中对应的 {count} 项之和为 {expected}{unit}，不一致，"
    "相差 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "{row} {column}: {found} is not the sum {expected} of its lines ({count}) on {other}; the difference {difference} "
    "exceeds the rounding envelope ±{envelope}",
)
DETAIL_WITHIN = Message(
    "“{row}”的“{column}”为 {found}{unit}，《{other}》中对应的 {count} 项之和为 {expected}{unit}，"
    "相差 {difference}{unit}，在舍入范围 ±{envelope}{unit} 之内",
    "{row} {column}: {found} differs from the sum {expected} of its lines ({count}) on {other} by {difference}, within "
    "the rounding envelope ±{envelope}",
)
BUDGET = Message(
    "绩效目标表中“{row}”的预算为 {found}{unit}，项目表中为 {expected}{unit}，不一致，"
    "相差 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "the performance form gives {row} a budget of {found}, the list of projects {expected}; "
    "the difference {difference} exceeds the rounding envelope ±{envelope}",
)
BUDGET_WITHIN = Message(
    "绩效目标表中“{row}”的预算为 {found}{unit}，项目表中为 {expected}{unit}，"
    "相差 {difference}{unit}，在舍入范围 ±{envelope}{unit} 之内",
    "the performance form gives {row} a budget of {found}, the list of projects {expected}; "
    "the difference {difference} is within the rounding envelope ±{envelope}",
)
BALANCE = Message(
    "“{row}” {found}{unit} 与“{other}” {expected}{unit} 不相等，"
    "相差 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "{row} {found} is not {other} {expected}; the difference {difference} exceeds the rounding envelope ±{envelope}",
)
BALANCE_WITHIN = Message(
    "“{row}” {found}{unit} 与“{other}” {expected}{unit} 相差 {difference}{unit}，在舍入范围 ±{envelope}{unit} 之内",
    "{row} {found} differs from {other} {expected} by {difference}, within the rounding envelope ±{envelope}",
)


def _pair(code: str, context: Context, left: Entry, right: Entry, beyond: Message, within: Message) -> Finding | None:
    found = compare(context, code, left, [right], beyond, within)
    if found is None:
        return None
    fact = right.fact
    more = {
        "expected": format_amount(fact.amount),
        "other_unit": fact.unit.value,
        "other": context.ledgers[right.ledger].title if beyond is not BALANCE else fact.name,
        "place": str(fact.place),
    }
    return attrs.evolve(found, arguments={**found.arguments, **more})


def _is_detail(vector: Vector) -> bool:
    return bool(vector.project or vector.function or vector.economic)


@rule("XTB001", "printed-twice-differently", "同一预算数前后不一致", Severity.ERROR, TWICE.zh, TWICE.en)
def printed_twice(context: Context) -> Iterator[Finding | Skipped]:
    """One figure is printed twice, and not the same.

    What: two printings of one coordinate, on two forms or in two rows of one: the total of 基本支出 on
        一般公共预算支出表 and on 一般公共预算基本支出表, say.
    Why: a budget has one figure for one thing.
    Example: 515.64 on one form, 551.64 on the other.
    Tolerance: half a unit in the last printed place of each of the two, in their own units (元, 万元).
    Source: 财政部部门预算公开表式; figures of the general public budget and of all funds are the same thing only where
        the revenue shows no other source.
    """
    for group in _printings(context):
        kept: list[Entry] = []
        for entry in group:
            if _is_detail(entry.vector) and any(other.ledger == entry.ledger for other in kept):
                continue
            kept.append(entry)
        amounts = [entry.yuan for entry in kept]
        standard = kept[0]
        if amounts.count(amounts[0]) < len(amounts):
            votes = Counter(amounts)
            standard = kept[amounts.index(max(amounts, key=votes.__getitem__))]
        for entry in kept:
            if entry is not standard:
                found = _pair("XTB001", context, entry, standard, TWICE, TWICE_WITHIN)
                if found is not None:
                    yield found
    for ledger in context.ledgers:
        if ledger.doubtful:
            names = "、".join(map(column_name, sorted(ledger.doubtful)))
            yield Skipped(
                f"《{ledger.title}》的 {names} 列表头没有读清，未参与核对",
                f"{ledger.title}: the headers of columns {names} were not understood, their figures were not compared",
            )
        if ledger.holes:
            names = "、".join(place.cell for place in ledger.holes[:5])
            yield Skipped(
                f"《{ledger.title}》有 {len(ledger.holes)} 个数字没有读清（{names}），有关合计未核对",
                f"{ledger.title}: {len(ledger.holes)} figures could not be read ({names}), their sums were not checked",
            )
    if any(context.scope_of(ledger) == "?" for ledger in context.ledgers):
        yield Skipped(
            "有上年结转，一般公共预算等表是否包含结转无法判断，未与包含结转的表互相核对",
            "money is carried over, and whether the forms of a fund hold it cannot be told",
        )
    if context.single_fund is None:
        yield Skipped(
            "没有收入表说明资金来源，一般公共预算与全部支出未互相核对",
            "no form of revenue tells the sources, so general and total expenditure were not compared",
        )
    elif not context.single_fund:
        yield Skipped(
            "除当年一般公共预算外还有其他资金，一般公共预算与全部支出不必相等，未互相核对",
            "there are funds beside this year's general public budget, so general and total expenditure may differ",
        )


def _printings(context: Context) -> Iterator[list[Entry]]:
    """The entries of each figure that is printed more than once."""
    by_printing: dict[int, list[Entry]] = defaultdict(list)
    for ledger in context.ledgers:
        if ledger.form.rows != "purchase":
            by_printing[ledger.printing] += ledger.entries
    for entries in by_printing.values():
        yield from repeated(entries, attrgetter("common"))


@rule("XTB002", "line-is-not-its-detail", "与另一张表的明细不一致", Severity.ERROR, DETAIL.zh, DETAIL.en)
def line_and_detail(context: Context) -> Iterator[Finding | Skipped]:
    """A line of one form is not the sum of the lines of another form that detail it.

    What: 一般公共服务支出 on 部门收支总表 against the 项 of 201 on 部门支出总表; the fund columns of
        财政拨款收支总表 against the forms of each fund; project expenditure against the list of projects.
    Why: the forms print one budget, coarse and fine.
    Example: 834.40 on the summary, 826.63 in all rows of class 201.
    Tolerance: the rounding envelope of all figures that take part. Where the same lines already miss another total by
        the same difference, it is not told again.
    Source: 财政部部门预算公开表式. Skipped where the other form does not tell the dimension that the line is about.
    """
    told = {equation.cause for equation in context.equations if not equation.holds}
    ledgers = [ledger for ledger in context.ledgers if ledger.form.rows != "purchase" and ledger.entries]
    if len({ledger.form.id for ledger in ledgers}) < 2:
        return
    carried = any(e.vector.origin == "carryover" and e.fact.amount for one in context.ledgers for e in one.entries)
    views = [_View(context, ledger, carried=carried) for ledger in ledgers]
    together: dict[int, list[_View]] = defaultdict(list)
    for view in views:
        together[view.ledger.printing].append(view)
    for view in views:
        for other in together[view.ledger.printing]:
            if not (other.ledger.holes or other.ledger.doubtful) and other.ledger.form is not view.ledger.form:
                for found in _against(context, view, other):
                    cause = context.equations[-1].cause
                    if found.severity is not Severity.ERROR or cause not in told:
                        yield found
                    told.add(cause)


Shape = tuple[int, ...]
Line = tuple[Entry, Vector, Shape]


class _View:
    """A form as other forms are compared with it: its lines by coordinate, and how far each is broken down."""

    def __init__(self, context: Context, ledger: Ledger, *, carried: bool) -> None:
        self.context = context
        self.ledger = ledger
        self.exact = {entry.common for entry in ledger.entries}
        self.lines: list[Line] = [
            (entry, vector, _shape(vector))
            for entry in ledger.entries
            if (vector := entry.common).item not in {"grand_total", "carry_forward"}
        ]
        self.alike: dict[tuple[int, str], dict[Shape, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, (_, vector, shape) in enumerate(self.lines):
            self.alike[vector.year, vector.side][shape].append(at)
        self._this_year_only = carried and "carryover" not in ledger.columns["origin"]
        self._fine: dict[Shape, bool] = {}
        self._tables: dict[Shape, dict[Vector, list[Entry]]] = {}
        self._chosen: dict[frozenset[Shape], list[Line] | None] = {}

    @cached_property
    def _details(self) -> list[Line]:
        return [line for line in self.lines if id(line[0]) not in self.ledger.totals_down]

    @cached_property
    def _detailed(self) -> set[Shape]:
        return {line[2] for line in self._details}

    @cached_property
    def _coarsest(self) -> Shape:
        """No shape of rows with money that no finer ones make up is coarser; empty where there are none."""
        totals = self.ledger.totals_across
        lone = {own for entry, _, own in self._details if entry.fact.amount and id(entry) not in totals}
        return tuple(map(min, zip(*lone)))

    @cached_property
    def _whole(self) -> list[tuple[int, str]]:
        root = _root(self.context, self.ledger)
        return [(at, path) for at, path in enumerate(root) if at and isinstance(path, str) and path]

    def details(self, shape: Shape) -> bool:
        """Whether rows are as fine as lines of a shape, and none with money is coarser and has no finer ones."""
        fine = self._fine.get(shape)
        if fine is None:
            if self._coarsest:
                fine = all(map(ge, self._coarsest, shape))
            else:
                fine = any(all(map(ge, own, shape)) for own in self._detailed)
            self._fine[shape] = fine
        return fine

    def holds(self, vector: Vector) -> bool:
        """Whether a coordinate lies within what the form as a whole is about, and is not printed itself."""
        return vector not in self.exact and not [
            at for at, whole in self._whole if not str(vector[at]).startswith(whole)
        ]

    def table(self, shape: Shape) -> dict[Vector, list[Entry]]:
        """The detail rows gathered by coordinates of a shape; nothing where a row is too coarse to tell."""
        if shape not in self._tables:
            self._tables[shape] = self._gather(shape)
        return self._tables[shape]

    def _gather(self, shape: Shape) -> dict[Vector, list[Entry]]:
        """The rows as fine as a shape.

        Where money is carried over, a form without a column for it does not tell what there is in all.
        """
        fine = frozenset(own for own in self._detailed if all(map(ge, own, shape)))
        if fine not in self._chosen:
            self._chosen[fine] = self._choose(fine)
        current_only = self._this_year_only and not shape[ORIGIN_LEVELS]
        table: dict[Vector, list[Entry]] = defaultdict(list)
        for entry, vector, own in self._chosen[fine] or ():
            if current_only and vector.origin == "current":
                return {}
            table[_cut(vector, own, shape)].append(entry)
        return table

    def _choose(self, fine: frozenset[Shape]) -> list[Line] | None:
        """The widest figures of each row that are fine, so that nothing counts twice; None where a row has none."""
        wider = self.ledger.wider
        lines = [line for line in self._details if line[2] in fine]
        if len(lines) < len(self._details):
            split = {id(total) for entry, _, _ in lines for total in wider.get(id(entry), ())}
            if any(e.fact.amount and id(e) not in split for e, _, own in self._details if own not in fine):
                return None
        kept = {id(entry) for entry, _, _ in lines}
        return [line for line in lines if kept.isdisjoint(map(id, wider.get(id(line[0]), ())))]


def _against(context: Context, view: _View, other: _View) -> Iterator[Finding]:
    told: set[tuple[Vector, Decimal, str]] = set()
    lines: list[int] = []
    for year_and_side in view.alike.keys() & other.alike.keys():
        for shape, several in view.alike[year_and_side].items():
            if other.details(shape):
                lines += several
    for entry, vector, shape in map(view.lines.__getitem__, sorted(lines)):
        parts = other.table(shape).get(vector) if other.holds(vector) else None
        if parts is None:
            continue
        again = vector, entry.yuan, entry.fact.name
        if (len(parts) == 1 and parts[0].vector == entry.vector) or again in told:
            continue
        told.add(again)
        found = compare(context, "XTB002", entry, parts, DETAIL, DETAIL_WITHIN)
        if found is not None:
            yield attrs.evolve(found, template=_named(found.template, other.ledger))


def _named(message: Message, other: Ledger) -> Message:
    title = other.title.replace("{", "").replace("}", "")
    return Message(message.zh.replace("{other}", title), message.en.replace("{other}", title))


def _root(context: Context, ledger: Ledger) -> Vector:
    """What the form as a whole is about."""
    vectors = [entry.common for entry in ledger.entries]
    sides = {vector.side for vector in vectors}
    base = ledger.form.base
    fund, item = fund_and_item(base.get("fund"), base.get("item"))
    root = Vector(
        vectors[0].year,
        next(iter(sides)) if len(sides) == 1 else "",
        "",
        "",
        "",
        str(base.get("nature", "")) or ("project" if all(v.nature.startswith("project") for v in vectors) else ""),
        "",
        fund,
        item,
        "",
    )
    return context.canonical(root, ledger)


def _shape(vector: Vector) -> Shape:
    """How far each dimension is broken down; codes and names by their length, the rest by levels."""
    _, __, agency, function, economic, nature, origin, fund, item, project = vector
    return (
        len(agency),
        len(function),
        len(economic),
        _levels(nature),
        _levels(origin),
        _levels(fund),
        _levels(item),
        len(project),
    )


@lru_cache(maxsize=1024)
def _levels(path: str) -> int:
    return path.count(".") + 1 if path else 0


def _cut(vector: Vector, own: Shape, shape: Shape) -> Vector:
    """A vector of shape *own* as coarse as *shape* says."""
    if own == shape:
        return vector
    paths: list[Any] = [*vector]
    for at, (name, have, length) in enumerate(zip(DIMENSIONS, own, shape), 2):
        if have != length:
            paths[at] = _ancestor(name, paths[at], length)
    return Vector._make(paths)


def _ancestor(name: str, path: str, length: int) -> str:
    if not length:
        return ""
    if name == "project":
        return path
    return path[:length] if name in ROWS else ".".join(path.split(".")[:length])


@rule("XTB003", "project-budget-differs", "项目预算数与绩效目标表不一致", Severity.ERROR, TWICE.zh, TWICE.en)
def project_budgets(context: Context) -> Iterator[Finding | Skipped]:
    """A project has one budget in the list of projects and another on its performance form.

    What: 预算数, 当年预算 or 项目资金总额 of a performance form against the total of the same project in the list.
    Why: the performance target is that of the money in the list.
    Example: 10.00 in the list, 12.00 on the performance form.
    Tolerance: half a unit in the last printed place of each.
    Source: 财预〔2021〕101号; 部门预算公开表式. Projects are told by code, else by name; one that stands in the list
        several times is compared with the sum.
    """
    listed: dict[str, list[Entry]] = defaultdict(list)
    for ledger in context.ledgers:
        if ledger.form.rows == "project":
            for entry in ledger.entries:
                project = entry.vector.project
                if project and not ledger.wider.get(id(entry)):
                    listed[f"{ledger.index} {project}"].append(entry)
    by_project: dict[str, list[list[Entry]]] = defaultdict(list)
    for key, entries in listed.items():
        by_project[key.partition(" ")[2]].append(entries)
    for printed in context.book.targets:
        target = printed.target
        budget = context.budget_of(printed)
        if target.is_overall or budget is None:
            continue
        for entries in by_project.get(f"{NAMED}{target.project_code or target.project}", ()):
            entry = Entry(budget, context.vector(budget), entries[0].ledger)
            found = compare(context, "XTB003", entry, entries, BUDGET, BUDGET_WITHIN)
            if found is not None:
                yield attrs.evolve(found, title=context.title_of(printed))


@rule("BAL001", "revenue-is-not-expenditure", "收入总计与支出总计不相等", Severity.ERROR, BALANCE.zh, BALANCE.en)
def balance(context: Context) -> Iterator[Finding | Skipped]:
    """The totals of revenue and expenditure differ.

    What: 收入总计 = 支出总计 on 部门收支总表 and 财政拨款收支总表.
    Why: 部门预算 is balanced by construction: what comes in is spent or carried forward.
    Example: 收入总计 950.19, 支出总计 957.96.
    Tolerance: half a unit in the last printed place of each.
    Source: 《预算法》第三十五条（量入为出、收支平衡）; 部门预算公开表式.
    """
    for ledger in context.ledgers:
        if ledger.form.kind != "sides":
            continue
        totals = {"revenue": _top(ledger, "revenue"), "expenditure": _top(ledger, "expenditure")}
        revenue, expenditure = totals["revenue"], totals["expenditure"]
        if revenue is None or expenditure is None:
            yield Skipped(
                f"{ledger.title}：缺少收入或支出总计，未核对收支平衡",
                f"{ledger.title}: a total is missing, the balance was not checked",
            )
            continue
        found = _pair("BAL001", context, expenditure, revenue, BALANCE, BALANCE_WITHIN)
        if found is not None:
            yield found


def _top(ledger: Ledger, side: str) -> Entry | None:
    """The grand total of a side; this year's total where the form prints no other and nothing is carried."""
    mine = [e for e in ledger.entries if e.vector.side == side and not e.vector.function]
    broad = [e for e in mine if e.vector.fund in {"", "fiscal"} and not e.vector.nature]
    carried = [e for e in mine if e.vector.origin in {"carryover", "reserve"} or e.vector.item == "carry_forward"]
    if side == "expenditure":
        grand = [e for e in broad if e.vector.item == "grand_total"]
    else:
        grand = [e for e in broad if not e.vector.origin and not e.vector.item]
    if grand:
        return grand[-1]
    if any(entry.fact.amount for entry in carried):
        return None
    current = [e for e in broad if e.vector.origin in {"", "current"} and not e.vector.item]
    return current[0] if current else None
