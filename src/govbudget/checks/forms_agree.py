"""Forms against each other（表间核对）: a figure printed twice, a line and another form's detail, the balance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from operator import ge

import attrs

from govbudget.amounts import format_amount
from govbudget.cells import column_name
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.ledger import Entry, Equation, Ledger, shared
from govbudget.checks.paths import NAMED, Money, Purpose, fund_and_item
from govbudget.checks.rules import rule
from govbudget.checks.sums import compare

__all__: list[str] = []

SIDE = 2  # so many paths of some money are its year and its side
ROW = len(Purpose._fields)  # so many numbers of a shape are about the purpose
BROKEN_DOWN = Money._fields[SIDE:]
ORIGIN = ROW + BROKEN_DOWN.index("origin")
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
    found = compare(context, code, Equation(left, [right]), beyond, within)
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


def _is_detail(purpose: Purpose) -> bool:
    return bool(purpose.project or purpose.function or purpose.economic)


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
        if len({entry.yuan for entry in group}) > 1:
            group.sort(key=_where)
        kept: list[Entry] = []
        seen: set[int] = set()
        for entry in group:
            if not (_is_detail(entry.purpose) and entry.ledger in seen):
                kept.append(entry)
                seen.add(entry.ledger)
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


def _where(entry: Entry) -> tuple[int, str, int, int]:
    """Where an entry is printed: printings come in the order of the document, in whatever order the facts do."""
    place = entry.fact.place
    return entry.ledger, place.sheet, place.row, place.column


def _printings(context: Context) -> Iterator[list[Entry]]:
    """The entries of each figure that is printed more than once."""
    by_printing: dict[int, list[Ledger]] = defaultdict(list)
    for ledger in context.ledgers:
        if ledger.form.rows != "purchase":
            by_printing[ledger.printing].append(ledger)
    for ledgers in by_printing.values():
        first: dict[Money, dict[Purpose, Entry]] = defaultdict(dict)
        several: dict[int, list[Entry]] = {}
        for ledger in ledgers:
            printed = {kind: first[kind.common] for kind in ledger.kinds}
            for entry in ledger.entries:
                earlier = printed[entry.kind].setdefault(entry.purpose, entry)
                if earlier is not entry:
                    several.setdefault(id(earlier), [earlier]).append(entry)
        yield from several.values()


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
    kinds = {kind for ledger in context.ledgers for kind in ledger.kinds if kind.money.origin == "carryover"}
    carried = any(e.fact.amount for one in context.ledgers if kinds for e in one.entries if e.kind in kinds)
    views = [_View(context, ledger, carried=carried) for ledger in ledgers]
    shapes = {shape for view in views for shape in view.alike}
    together: dict[int, list[tuple[_View, set[Shape]]]] = defaultdict(list)
    for view in views:
        if not (view.ledger.holes or view.ledger.doubtful):
            together[view.ledger.printing].append((view, view.as_fine_as(shapes)))
    for view in views:
        for other, fine in together[view.ledger.printing]:
            detailed = view.alike.keys() & fine
            if detailed and other.ledger.form is not view.ledger.form:
                for found in _against(context, view, view.lines(detailed, other), other):
                    cause = context.equations[-1].cause
                    if found.severity is not Severity.ERROR or cause not in told:
                        yield found
                    told.add(cause)


At = tuple[Purpose, Money]
Shape = tuple[int, ...]


class _View:
    """A form as other forms are compared with it: its lines by coordinate, and how far each is broken down.

    Lines are numbers of entries.
    """

    def __init__(self, context: Context, ledger: Ledger, *, carried: bool) -> None:
        self.ledger = ledger
        self.entries = ledger.entries
        self.alike: dict[Shape, list[int]] = defaultdict(list)
        self._details: dict[Shape, list[int]] = defaultdict(list)
        kinds = [kind for kind in ledger.kinds if kind.common.item not in {"grand_total", "carry_forward"}]
        levels = {kind: _levels(kind.common) for kind in kinds}
        down, across = ledger.totals_down, ledger.totals_across
        lone: set[Shape] = set()
        lengths: Shape = ()
        purpose = None
        for line, entry in enumerate(self.entries):
            if entry.kind in levels:
                if entry.purpose is not purpose:
                    purpose = entry.purpose
                    lengths = tuple(map(len, purpose))
                shape = lengths + levels[entry.kind]
                self.alike[shape].append(line)
                if id(entry) not in down:
                    self._details[shape].append(line)
                    if shape not in lone and entry.fact.amount and id(entry) not in across:
                        lone.add(shape)
        # No shape of rows with money that no finer ones make up is coarser; empty where there are none.
        self._coarsest: Shape = tuple(map(min, zip(*lone)))
        self._sides = {kind.common[:SIDE] for kind in kinds}
        self._whole = _whole(context, ledger)
        self._this_year_only = carried and "carryover" not in ledger.columns["origin"]
        self._about: dict[Money, bool] = {}
        self._printed: dict[Shape, set[At]] = {}
        self._tables: dict[Shape, dict[At, list[Entry]]] = {}
        self._chosen: dict[frozenset[Shape], list[tuple[int, Shape]]] = {}

    def lines(self, shapes: Iterable[Shape], other: _View) -> list[tuple[int, Shape]]:
        """The lines of some shapes that are within what another form as a whole is about."""
        every = [(line, shape) for shape in shapes for line in self.alike[shape]]
        return sorted([one for one in every if other.is_about(self.entries[one[0]].kind.common)])

    def as_fine_as(self, shapes: Iterable[Shape]) -> set[Shape]:
        """The shapes of lines than which some rows are as fine, and none with money is coarser without finer ones."""
        if self._coarsest:
            return {shape for shape in shapes if all(map(ge, self._coarsest, shape))}
        return {shape for shape in shapes if any(all(map(ge, own, shape)) for own in self._details)}

    def is_about(self, money: Money) -> bool:
        """Whether some money is that of the form's year, and within what the form as a whole is about."""
        about = self._about.get(money)
        if about is None:
            about = money[:SIDE] in self._sides and all(map(str.startswith, money[1:], self._whole[1:]))
            self._about[money] = about
        return about

    def prints(self, shape: Shape, at: At) -> bool:
        """Whether a coordinate of a shape is printed itself."""
        if shape not in self._printed:
            self._printed[shape] = {shared(self.entries[line]) for line in self.alike.get(shape, ())}
        return at in self._printed[shape]

    def table(self, shape: Shape) -> dict[At, list[Entry]]:
        """The detail rows gathered by coordinates of a shape; nothing where a row is too coarse to tell."""
        if shape not in self._tables:
            self._tables[shape] = self._gather(shape)
        return self._tables[shape]

    def _gather(self, shape: Shape) -> dict[At, list[Entry]]:
        """The rows as fine as a shape.

        Where money is carried over, a form without a column for it does not tell what there is in all.
        """
        fine = frozenset(own for own in self._details if all(map(ge, own, shape)))
        if fine not in self._chosen:
            self._chosen[fine] = self._choose(fine)
        current_only = self._this_year_only and not shape[ORIGIN]
        table: dict[At, list[Entry]] = defaultdict(list)
        for line, own in self._chosen[fine]:
            entry = self.entries[line]
            money = entry.kind.common
            if current_only and money.origin == "current":
                return {}
            table[_cut(entry.purpose, own, shape), _cut_money(money, own[ROW:], shape[ROW:])].append(entry)
        return table

    def _choose(self, fine: frozenset[Shape]) -> list[tuple[int, Shape]]:
        """The widest figures of each row that are fine, so that nothing counts twice; none where that is not known."""
        lines = sorted((line, shape) for shape in fine for line in self._details[shape])
        entries = [self.entries[line] for line, _ in lines]
        if _cross({shape[:ROW] for (_, shape), entry in zip(lines, entries) if entry.fact.amount}):
            return []
        coarse = [self.entries[line] for shape in self._details.keys() - fine for line in self._details[shape]]
        if coarse:
            split = {id(total) for part in entries for total in self.ledger.wider.get(id(part), ())}
            if any(entry.fact.amount and id(entry) not in split for entry in coarse):
                return []
        wider = _wider(tuple([kind.money for kind in self.ledger.kinds]))
        printed = {(entry.row, entry.purpose, entry.kind.money) for entry in entries}
        return [
            one
            for one, entry in zip(lines, entries)
            if not any((entry.row, entry.purpose, money) in printed for money in wider[entry.kind.money])
        ]


def _against(context: Context, view: _View, lines: list[tuple[int, Shape]], other: _View) -> Iterator[Finding]:
    """The comparisons of lines of a form with the rows of another form that are as fine."""
    told: set[tuple[At, Decimal, str]] = set()
    for line, shape in lines:
        entry = view.entries[line]
        at = shared(entry)
        parts = None if other.prints(shape, at) else other.table(shape).get(at)
        if parts is None or (len(parts) == 1 and _is_printed_so(parts[0], entry)):
            continue
        again = at, entry.yuan, entry.fact.name
        if again in told:
            continue
        told.add(again)
        found = compare(context, "XTB002", Equation(entry, parts), DETAIL, DETAIL_WITHIN)
        if found is not None:
            yield attrs.evolve(found, template=_named(found.template, other.ledger))


def _is_printed_so(entry: Entry, other: Entry) -> bool:
    """Whether two figures are printed as the same money for the same purpose."""
    return entry.purpose == other.purpose and entry.kind.money == other.kind.money


def _named(message: Message, other: Ledger) -> Message:
    title = other.title.replace("{", "").replace("}", "")
    return Message(message.zh.replace("{other}", title), message.en.replace("{other}", title))


def _whole(context: Context, ledger: Ledger) -> Money:
    """The money that the form as a whole is about."""
    moneys = [kind.common for kind in ledger.kinds]
    sides = {money.side for money in moneys}
    base = ledger.form.base
    fund, item = fund_and_item(base.get("fund"), base.get("item"))
    nature = str(base.get("nature", "")) or ("project" if all(m.nature.startswith("project") for m in moneys) else "")
    side = next(iter(sides)) if len(sides) == 1 else ""
    return context.among_forms(Money(ledger.entries[0].kind.common.year, side, nature, "", fund, item), ledger)


@lru_cache(maxsize=1024)
def _levels(money: Money) -> Shape:
    """How far each dimension of some money is broken down."""
    paths = (getattr(money, name) for name in BROKEN_DOWN)
    return tuple(path.count(".") + 1 if path else 0 for path in paths)


def _cross(rows: set[Shape]) -> bool:
    """Whether some rows break the money down by what others do not tell at all, so that both may hold all of it."""
    told = [{tree for tree, length in enumerate(row) if length} for row in rows if any(row)]
    return any(one.isdisjoint(other) for one, other in combinations(told, 2))


@lru_cache(maxsize=256)
def _wider(moneys: tuple[Money, ...]) -> Mapping[Money, Sequence[Money]]:
    """For each kind of money on a form the others that it is within; the forms of a region print the same."""
    return {money: [other for other in moneys if other != money and money.is_within(other)] for money in moneys}


def _cut(purpose: Purpose, own: Shape, shape: Shape) -> Purpose:
    """A purpose of shape *own* as coarse as *shape* says; codes and names by their length."""
    if own[:ROW] == shape[:ROW]:
        return purpose
    agency, function, economic, project = purpose
    return Purpose(agency[: shape[0]], function[: shape[1]], economic[: shape[2]], project if shape[3] else "")


@lru_cache(maxsize=1024)
def _cut_money(money: Money, own: Shape, shape: Shape) -> Money:
    """Some money of levels *own* as coarse as *shape* says."""
    paths = (getattr(money, name) for name in BROKEN_DOWN)
    levels = zip(paths, own, shape)
    cut = [path if have == length else ".".join(path.split(".")[:length]) for path, have, length in levels]
    return Money(money.year, money.side, *cut)


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
                project = entry.purpose.project
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
            law = Equation(attrs.evolve(entries[0], fact=budget), entries)
            found = compare(context, "XTB003", law, BUDGET, BUDGET_WITHIN)
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
    mine = [(e, e.kind.money) for e in ledger.entries if e.kind.money.side == side and not e.purpose.function]
    broad = [(e, money) for e, money in mine if money.fund in {"", "fiscal"} and not money.nature]
    if side == "expenditure":
        grand = [e for e, money in broad if money.item == "grand_total"]
    else:
        grand = [e for e, money in broad if not money.origin and not money.item]
    if grand:
        return grand[-1]
    if any(e.fact.amount and (m.origin in {"carryover", "reserve"} or m.item == "carry_forward") for e, m in mine):
        return None
    current = [e for e, money in broad if money.origin in {"", "current"} and not money.item]
    return current[0] if current else None
