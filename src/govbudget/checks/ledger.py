"""Ledgers（分表账目）: the figures of one printed form with their paths, and the sums that they must make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter, le

import attrs

from govbudget.amounts import half_step
from govbudget.cells import Place
from govbudget.checks.families import Pattern, column_patterns, money_patterns, row_patterns
from govbudget.checks.paths import ALL, NAMED, ROWS, Money, Purpose, Vector
from govbudget.forms.vocabulary import FormKind
from govbudget.model import Fact, PrintedForm

__all__ = ["Entry", "Equation", "Family", "Kind", "Ledger", "column_of", "kind_of", "repeated", "shared"]

NOTHING = Decimal(0)
shared: Callable[[Entry], tuple[Purpose, Money]] = attrgetter("purpose", "kind.common")
sheet_of = attrgetter("fact.place.sheet")
number_of = attrgetter("fact.place.row")
column_of = attrgetter("fact.place.column")
kind_of = attrgetter("kind")


@attrs.define(eq=False, weakref_slot=False)
class Kind:
    """Money of one kind on one form, which all figures of a column share.

    Attributes:
        money: its paths.
        ledger: the number of the printed form.
        common: its paths as other forms print it; known when all forms are.
        namesake: the path, among forms, of a name that another form may mean otherwise; mostly none.
    """

    money: Money
    ledger: int
    namesake: str = ""
    common: Money = attrs.field(init=False)


@attrs.define(eq=False, weakref_slot=False)
class Entry:
    """A fact with its paths: those of its purpose among forms, and the kind of money that it is."""

    fact: Fact
    purpose: Purpose
    kind: Kind

    @property
    def vector(self) -> Vector:
        """All its paths on the form that prints it."""
        purpose, kind = self.purpose, self.kind
        if kind.namesake and purpose.agency == kind.namesake:
            purpose = purpose._replace(agency=kind.namesake.rpartition(NAMED)[0])
        return Vector.of(purpose, kind.money)

    @property
    def common(self) -> Vector:
        """The vector that it shares with other printings of its figure."""
        return Vector.of(*shared(self))

    @property
    def ledger(self) -> int:
        """The number of the printed form that it stands on."""
        return self.kind.ledger

    @property
    def yuan(self) -> Decimal:
        """What it is worth in 元."""
        return self.fact.amount * self.fact.unit.factor

    @property
    def step(self) -> Decimal:
        """The half step of its last printed place, in 元."""
        return half_step(self.fact.amount, self.fact.unit)

    @property
    def row(self) -> tuple[str, int]:
        """Its row; that of number 0 where it is not printed."""
        place = self.fact.place
        return (place.sheet if place.row else "", place.row)

    @property
    def column(self) -> int:
        """The number of its column; 0 where it is not printed."""
        return self.fact.place.column


@attrs.define(eq=False, weakref_slot=False)
class Equation:
    """A law（等式）: a total and its parts, and the gap between them, in 元, once it was weighed."""

    total: Entry
    parts: Sequence[Entry]
    gap: Decimal = attrs.field(init=False)
    _limit: Decimal | None = attrs.field(default=None, init=False)

    def weigh(self) -> Decimal:
        """Compare: what the total is more than its parts, in 元; most forms print one unit, most gaps are nothing."""
        fact = self.total.fact
        unit = fact.unit
        amounts = [part.fact.amount for part in self.parts if part.fact.unit is unit]
        if len(amounts) == len(self.parts):
            gap = fact.amount - sum(amounts, NOTHING)
            self.gap = gap * unit.factor if gap else NOTHING
        else:
            self.gap = self.total.yuan - sum(part.yuan for part in self.parts) or NOTHING
        return self.gap

    @property
    def limit(self) -> Decimal:
        """How far rounding may take total and parts apart, in 元; most laws hold without it."""
        if self._limit is None:
            self._limit = sum((part.step for part in self.parts), self.total.step)
        return self._limit

    @property
    def holds(self) -> bool:
        """Whether rounding explains the gap, if there is one."""
        return not self.gap or abs(self.gap) <= self.limit

    @property
    def cause(self) -> tuple[frozenset[int], Decimal]:
        """What two laws share that are broken by one wrong figure: the parts, and the gap to them."""
        return frozenset(id(part.fact) for part in self.parts), self.gap

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells that take part, the total first."""
        return self.total.fact.place, *(part.fact.place for part in self.parts)


@attrs.define(eq=False, weakref_slot=False)
class Family(Equation):
    """A printed total and its parts: the nearest printed members below it in one tree（合计与分项）.

    Attributes:
        total: the total.
        parts: its parts.
        tree: the dimension in which they differ; ``source`` for fund and origin together, ``rows`` for several
            dimensions of the rows at once.
        across: whether they stand in one row, so that the columns add up.
    """

    tree: str
    across: bool


@attrs.define(eq=False, slots=False)
class Ledger:
    """The facts of one printed form, and what its columns can tell.

    Attributes:
        index: its number in the context.
        form: the kind of form.
        printed: the form as printed; None for a budget built from facts alone.
        entries: its facts that take part in sums.
        kinds: the kinds of money of these.
        columns: the paths that its columns print, by dimension.
        doubtful: the columns whose header was not understood well enough to tell them apart.
        holes: cells with figures that could not be read.
        printing: which printing of this kind of form it is; a document may hold the forms of several units.
    """

    index: int
    form: FormKind
    printed: PrintedForm | None
    printing: int = 0
    entries: list[Entry] = attrs.field(factory=list)
    kinds: Sequence[Kind] = ()
    columns: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    doubtful: frozenset[int] = frozenset()
    holes: tuple[Place, ...] = ()

    @property
    def title(self) -> str:
        """The form's title as printed."""
        return self.printed.title if self.printed and self.printed.title else self.form.name

    @cached_property
    def _lost_rows(self) -> frozenset[tuple[str, int]]:
        return frozenset((place.sheet, place.row) for place in self.holes)

    @cached_property
    def _lost_columns(self) -> frozenset[int]:
        return frozenset(place.column for place in self.holes)

    def is_whole(self, family: Family) -> bool:
        """Whether every figure that a family could have was read and understood."""
        if family.across:
            return not (self.doubtful or (self.holes and family.total.row in self._lost_rows))
        return not self.holes or self._lost_columns.isdisjoint(map(column_of, (family.total, *family.parts)))

    @property
    def families(self) -> Iterable[Family]:
        """Every printed total with its parts, dimension by dimension."""
        return chain.from_iterable(self.by_tree.values())

    @cached_property
    def by_tree(self) -> Mapping[str, list[Family]]:
        """The families by what their members differ in."""
        found: dict[str, list[Family]] = defaultdict(list)
        if any(map(column_of, self.entries)):
            across: Known = {}
            find = row_patterns if self._columns_tell_purposes else money_patterns
            for row in _rows(self.entries):
                if len(row) > 1:
                    _add(found, row, across, find, across=True)
        down: Known = {}
        for listed in _lists(self.entries):
            if len(listed) > 1:
                _add(found, listed, down, column_patterns, across=False)
        return found

    @property
    def _columns_tell_purposes(self) -> bool:
        meanings = self.printed.meanings if self.printed is not None else ()
        return any(tree in ROWS for meaning in meanings for tree, _ in meaning)

    @cached_property
    def totals_down(self) -> set[int]:
        """The ids of the entries that are totals of rows."""
        return {id(family.total) for family in self.families if not family.across}

    @cached_property
    def totals_across(self) -> set[int]:
        """The ids of the entries that are totals of columns."""
        return {id(family.total) for family in self.families if family.across}

    @cached_property
    def wider(self) -> dict[int, list[Entry]]:
        """For each entry the totals in its own row that it is part of."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for family in self.families:
            if family.across:
                for part in family.parts:
                    found[id(part)].append(family.total)
        return found


def _rows(entries: list[Entry]) -> Iterable[list[Entry]]:
    """The entries of each row, which mostly stand together."""
    numbers = [*map(number_of, entries)]
    if all(map(le, numbers, numbers[1:])) and len({*map(sheet_of, entries)}) == 1:
        return ([*row] for _, row in groupby(entries, number_of))
    rows: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        rows[entry.row].append(entry)
    return rows.values()


def _lists(entries: list[Entry]) -> Iterable[list[Entry]]:
    """The entries of each column; a list of subjects that goes on beside itself（并列分栏） is one."""
    columns: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        columns[column_of(entry)].append(entry)
    lists: list[list[Entry]] = []
    by_kinds: dict[frozenset[Kind], list[Entry]] = {}
    for column in columns.values():
        earlier = by_kinds.setdefault(frozenset(map(kind_of, column)), column)
        if earlier is not column and _goes_on(earlier, column):
            earlier += column
        else:
            lists.append(column)
    return lists


def _goes_on(earlier: list[Entry], column: list[Entry]) -> bool:
    """Whether a column lists other subjects of the same classification（部门、政府经济分类） than an earlier one."""
    before, after = ({entry.purpose for entry in some} for some in (earlier, column))
    classes = [{(one.function[:1], one.economic[:1]) for one in some if one != ALL} for some in (before, after)]
    return before.isdisjoint(after) and classes[0] == classes[1]


# Most rows of a form have figures in the same columns, most columns in the same rows.
Known = dict[tuple[tuple[Purpose, ...], tuple[Kind, ...]], list[Pattern]]
Patterns = Callable[[tuple[Purpose, ...], tuple[Money, ...]], list[Pattern]]


def _add(found: dict[str, list[Family]], group: list[Entry], known: Known, find: Patterns, *, across: bool) -> None:
    """Take in the families of a row or a column."""
    purposes = tuple([entry.purpose for entry in group])
    kinds = tuple([entry.kind for entry in group])
    if purposes.count(purposes[0]) == len(purposes):
        purposes = ()
    if kinds.count(kinds[0]) == len(kinds):
        kinds = ()
    patterns = known.get((purposes, kinds))
    if patterns is None:
        patterns = known[purposes, kinds] = find(purposes, tuple([kind.money for kind in kinds]))
    for tree, totals, places, subtotals in patterns:
        parts = tuple(_without_reprints(group, places, subtotals) if subtotals else [group[at] for at in places])
        for total in totals:
            found[tree].append(Family(group[total], parts, tree, across))


def _without_reprints(group: list[Entry], places: Iterable[int], subtotals: Mapping[int, str]) -> Iterator[Entry]:
    """Parts without second printings: a subtotal printed twice counts once, two equal rows of detail count twice."""
    seen: dict[str, Entry] = {}
    for place in places:
        entry = group[place]
        if place in subtotals:
            earlier = seen.get(subtotals[place])
            if earlier is not None and earlier.yuan == entry.yuan:
                continue
            seen[subtotals[place]] = entry
        yield entry


def repeated(entries: Iterable[Entry], key: Callable[[Entry], object]) -> Iterable[list[Entry]]:
    """The entries that share a key with others, together; most have one of their own, and no list is made of it."""
    first: dict[object, Entry] = {}
    several: dict[int, list[Entry]] = {}
    for entry in entries:
        earlier = first.setdefault(key(entry), entry)
        if earlier is not entry:
            several.setdefault(id(earlier), [earlier]).append(entry)
    return several.values()
