"""What rules look at（校验上下文）: the facts of a budget as vectors of paths, form by form.

Every dimension is a tree whose members are path strings: 201 ⊃ 20103 ⊃ 2010301, ``basic`` ⊃ ``basic.personnel``,
``fiscal`` ⊃ ``fiscal.general``. The empty path is the root: "all of it". A fact's vector is its path in each tree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import attrs

from govbudget.amounts import half_step
from govbudget.cells import Place
from govbudget.classification import Catalogue, nearest_edition, subjects
from govbudget.forms import vocabulary
from govbudget.forms.vocabulary import FormKind
from govbudget.model import Budget, Fact, PrintedForm, PrintedTarget

__all__ = [
    "DIMENSIONS",
    "Context",
    "Entry",
    "Equation",
    "Family",
    "Ledger",
    "Vector",
    "below",
    "fund_and_item",
    "repeated",
    "within",
]

FUND_PATHS = {
    "general": "fiscal.general",
    "government_fund": "fiscal.government_fund",
    "state_capital": "fiscal.state_capital",
    "fiscal_account": "fiscal_account",
    "business": "unit_funds.business",
    "operating": "unit_funds.operating",
    "superior": "unit_funds.superior",
    "affiliated": "unit_funds.affiliated",
    "other": "unit_funds.other",
}
FUND_ITEMS = frozenset({"fiscal", "unit_funds", "other_funds"})
APART = (
    "target",
    "column:",
    "executed",
    "change",
    "level",
    "unit_price",
    "agency_operation",
    "procurement.sme",
    "procurement.micro",
)
NAMED = "\0"
# The forms that print all the expenditure of a fiscal fund.
FISCAL = {
    "fiscal.general": frozenset({"general"}),
    "fiscal.government_fund": frozenset({"fund"}),
    "fiscal.state_capital": frozenset({"capital"}),
}


class Vector(NamedTuple):
    """A coordinate as paths, one in each tree."""

    year: int
    side: str
    agency: str
    function: str
    economic: str
    nature: str
    origin: str
    fund: str
    item: str
    project: str

    def without_source(self) -> tuple[object, ...]:
        """All but the origin and the fund, which stand together."""
        return self[:ORIGIN] + self[ORIGIN + 2 :]

    def with_source(self, origin: str, fund: str) -> Vector:
        """The same of another origin and fund."""
        return Vector._make((*self[:ORIGIN], origin, fund, *self[ORIGIN + 2 :]))


T = TypeVar("T")
NATURE, ORIGIN, FUND, ITEM = map(Vector._fields.index, ("nature", "origin", "fund", "item"))
DIMENSIONS = ("agency", "function", "economic", "nature", "origin", "fund", "item", "project")
SIMPLE = {Vector._fields.index(name): name for name in DIMENSIONS if name not in {"origin", "fund"}}
ROWS = ("agency", "function", "economic", "project")


@attrs.define(eq=False, weakref_slot=False)
class Entry:
    """A fact with its vector, and the number of the printed form it stands on.

    The vector that it shares with other printings of its figure is known when all forms are.
    """

    fact: Fact
    vector: Vector
    ledger: int
    common: Vector = attrs.field(init=False)

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


@attrs.frozen(eq=False, weakref_slot=False)
class Family:
    """A printed total and its parts: the nearest printed members below it in one tree（合计与分项）.

    Attributes:
        tree: the dimension in which they differ; ``source`` for fund and origin together, ``rows`` for several
            dimensions of the rows at once.
        total: the total.
        parts: its parts.
        across: whether they stand in one row, so that the columns add up.
    """

    tree: str
    total: Entry
    parts: list[Entry]
    across: bool


@attrs.define(eq=False, weakref_slot=False)
class Equation:
    """A law that was compared（等式）: the total less its parts, and how far rounding may take them apart, in 元."""

    total: Entry
    parts: Sequence[Entry]
    gap: Decimal
    _limit: Decimal | None = attrs.field(default=None, init=False)

    @property
    def limit(self) -> Decimal:
        """The rounding envelope; most laws hold without it."""
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


@attrs.define(eq=False, slots=False)
class Ledger:
    """The facts of one printed form, and what its columns can tell.

    Attributes:
        index: its number in the context.
        form: the kind of form.
        printed: the form as printed; None for a budget built from facts alone.
        entries: its facts that take part in sums.
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
        return not (self.holes and family.total.column in self._lost_columns)

    @cached_property
    def families(self) -> list[Family]:
        """Every printed total with its parts, dimension by dimension."""
        found: list[Family] = []
        column_patterns = cache(_patterns)
        if any(entry.column for entry in self.entries):
            for row in _grouped(self.entries, attrgetter("row")):
                found += _families(row, _row_patterns, across=True)
        for column in _grouped(self.entries, attrgetter("fact.place.column")):
            down = [*_families(column, column_patterns, across=False)]
            found += down
            found += _spread(column, down)
        return found

    @cached_property
    def by_tree(self) -> Mapping[str, list[Family]]:
        """The families by what their members differ in."""
        found: dict[str, list[Family]] = defaultdict(list)
        for family in self.families:
            found[family.tree].append(family)
        return found

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


def _grouped(entries: list[Entry], key: Callable[[Entry], object]) -> list[list[Entry]]:
    groups: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return [group for group in groups.values() if len(group) > 1]


class Pattern(NamedTuple):
    """A family as places in its row or column.

    A subtotal that is printed twice is among the parts twice; the paths of such parts stand beside their places.
    """

    tree: str
    totals: list[int]
    parts: list[int]
    subtotals: dict[int, str]


Paths = tuple[Any, ...]
Patterns = Callable[[tuple[Paths, ...], Paths], list[Pattern]]


def _families(group: list[Entry], patterns: Patterns, *, across: bool) -> Iterator[Family]:
    """The families of a row or a column; where they stand depends on nothing but the paths in which it differs."""
    paths = [*zip(*[entry.vector for entry in group])]
    differing = tuple([one if one.count(one[0]) < len(group) else () for one in paths])
    natures = _natures(paths) if differing[ITEM] and any(paths[NATURE]) else ()
    for tree, totals, places, subtotals in patterns(differing, natures):
        parts = _without_reprints(group, places, subtotals) if subtotals else [group[place] for place in places]
        for total in totals:
            yield Family(tree, group[total], parts, across)


def _natures(paths: Sequence[Paths]) -> Paths:
    """The natures of items; a class of items tells the nature."""
    return tuple("" if item.startswith("class.") else nature for item, nature in zip(paths[ITEM], paths[NATURE]))


def _patterns(differing: tuple[Paths, ...], natures: Paths) -> list[Pattern]:
    """The families of a row or a column, by the paths in which it differs; among items it differs in *natures*."""
    found: list[Pattern] = []
    varying = [at for at, paths in enumerate(differing) if paths]
    count = len(differing[varying[0]]) if varying else 0
    for at in varying:
        if at in SIMPLE:
            others = [differing[other] for other in varying if other != at]
            if at == ITEM and natures and others:
                others = [*(differing[other] for other in varying if other not in {ITEM, NATURE}), natures]
            for members in _alike(count, others):
                found += _nested(SIMPLE[at], members, differing[at])
    if differing[ORIGIN] or differing[FUND]:
        others = [differing[other] for other in varying if other not in {ORIGIN, FUND}]
        nothing = ("",) * count
        sources = [*zip(differing[ORIGIN] or nothing, differing[FUND] or nothing)]
        for members in _alike(count, others):
            found += _sources(members, sources)
    return found


# The rows of the forms of a region have the same columns, in every document.
_row_patterns = lru_cache(maxsize=512)(_patterns)


def _alike(count: int, others: list[Paths]) -> Iterable[Sequence[int]]:
    """The places of several of a group that differ in none of *others*."""
    if not others:
        return [range(count)]
    alike: dict[object, list[int]] = defaultdict(list)
    for place, key in enumerate(zip(*others)):
        alike[key].append(place)
    return [members for members in alike.values() if len(members) > 1]


def _nested(tree: str, members: Sequence[int], paths: Paths) -> list[Pattern]:
    """Totals and parts within facts that differ in one path only; equal paths are printings of one total."""
    if len({len(paths[place]) for place in members}) == 1:
        return []  # none lies below another
    parts: dict[str, list[int]] = defaultdict(list)
    same: dict[str, list[int]] = defaultdict(list)
    open_paths: list[str] = []
    for place in sorted(members, key=paths.__getitem__):
        path = paths[place]
        same[path].append(place)
        while open_paths and open_paths[-1] != path and not below(path, open_paths[-1]):
            open_paths.pop()
        if not open_paths or open_paths[-1] != path:
            open_paths.append(path)
        if len(open_paths) > 1:
            parts[open_paths[-2]].append(place)
    twice = {place: path for path in parts if len(same[path]) > 1 for place in same[path]}
    return [
        Pattern(tree, same[path], places, {place: twice[place] for place in places if place in twice} if twice else {})
        for path, places in parts.items()
    ]


def _without_reprints(group: list[Entry], places: list[int], subtotals: Mapping[int, str]) -> list[Entry]:
    """Parts without second printings: a subtotal printed twice counts once, two equal rows of detail count twice."""
    seen: dict[str, Entry] = {}
    kept = []
    for place in places:
        entry = group[place]
        if place in subtotals:
            earlier = seen.get(subtotals[place])
            if earlier is not None and earlier.yuan == entry.yuan:
                continue
            seen[subtotals[place]] = entry
        kept.append(entry)
    return kept


def _sources(members: Sequence[int], sources: Sequence[Source]) -> list[Pattern]:
    """Totals over funds and origins, which a form may refine one by one or both at once."""
    by_source: dict[Source, list[int]] = defaultdict(list)
    for place in members:
        by_source[sources[place]].append(place)
    return [
        Pattern("source", by_source[source], [by_source[part][0] for part in under], {})
        for source, under in _refined(tuple(by_source))
        if all(len(by_source[part]) == 1 for part in under)
    ]


def repeated(entries: Iterable[Entry], key: Callable[[Entry], object]) -> Iterable[list[Entry]]:
    """The entries that share a key with others, together; most have one of their own, and no list is made of it."""
    first: dict[object, Entry] = {}
    several: dict[int, list[Entry]] = {}
    for entry in entries:
        earlier = first.setdefault(key(entry), entry)
        if earlier is not entry:
            several.setdefault(id(earlier), [earlier]).append(entry)
    return several.values()


Source = tuple[str, str]


@lru_cache(maxsize=1024)
def _refined(sources: tuple[Source, ...]) -> tuple[tuple[Source, tuple[Source, ...]], ...]:
    """Which of some sources are totals of which others; the rows of a form ask the same again and again."""
    found = []
    for total in sources:
        under = [source for source in sources if _narrower(source, total)]
        top = tuple(source for source in under if not any(_narrower(source, other) for other in under))
        if top and not _overlap(top):
            found.append((total, top))
    return tuple(found)


def _narrower(source: Source, other: Source) -> bool:
    return source != other and within(source[0], other[0]) and within(source[1], other[1])


def within(path: str, root: str) -> bool:
    return path == root or below(path, root)


def _overlap(sources: Sequence[Source]) -> bool:
    return any(
        all(within(a, b) or within(b, a) for a, b in zip(source, other))
        for index, source in enumerate(sources)
        for other in sources[index + 1 :]
    )


def _spread(group: list[Entry], known: list[Family]) -> Iterator[Family]:
    """Totals of a column whose parts differ from them in several dimensions of the rows at once."""
    totals = {id(family.total) for family in known if family.tree in ROWS}
    if all(id(entry) in totals or _depth(entry.vector) for entry in group):
        return
    alike: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in group:
        v = entry.vector
        alike[v.year, v.side, v.nature, v.origin, v.fund, v.item].append(entry)
    for members in alike.values():
        rest = [(entry, _depth(entry.vector)) for entry in members if id(entry) not in totals]
        parts = [entry for entry, depth in rest if depth]
        if parts and all(depth != 1 for _, depth in rest):
            for total, depth in rest:
                if not depth:
                    yield Family("rows", total, parts, False)


def _is_root(vector: Vector) -> bool:
    """Whether a vector is about all the money of its fund."""
    return not any(getattr(vector, name) for name in DIMENSIONS if name != "fund")


def _depth(vector: Vector) -> int:
    return bool(vector.agency) + bool(vector.function) + bool(vector.economic) + bool(vector.project)


def below(path: str, root: str) -> bool:
    """Whether *path* lies strictly below *root* in its tree."""
    if not root:
        return bool(path)
    if len(path) <= len(root) or not path.startswith(root):
        return False
    return path[len(root)] == "." or root.isdigit()


class Context:
    """A budget prepared for the rules（校验上下文）, with the catalogue that subjects are compared with."""

    def __init__(self, book: Budget, catalogue: Catalogue | None = None) -> None:
        self.book = book
        self.catalogue = catalogue or subjects(nearest_edition(book.year))
        self.department = _department(book)
        self.equations: list[Equation] = []
        self._made: dict[Callable[[Context], Any], Any] = {}
        self.ledgers = self._ledgers()
        self.single_fund = self._single_fund()
        self.scopes = {fund: scope for fund in FISCAL if (scope := self._scope(fund)) is not None}
        for ledger in self.ledgers:
            as_printed = not (self.single_fund or self._ambiguous or self.scope_of(ledger))
            for entry in ledger.entries:
                entry.common = entry.vector if as_printed else self.canonical(entry.vector, ledger)

    def once(self, make: Callable[[Context], T]) -> T:
        """What several rules need, made when the first of them asks."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def _ledgers(self) -> list[Ledger]:
        words = vocabulary()
        ledgers: dict[object, Ledger] = {}
        printings: Counter[str] = Counter()
        for fact in self.book.facts:
            form = words.forms.get(fact.form)
            if form is None or form.kind == "targets" or (fact.coordinate.item or "").startswith(APART):
                continue
            printed_form = self.book.form_at(fact.form, fact.place)
            key = id(printed_form) if printed_form is not None else fact.form
            ledger = ledgers.get(key)
            if ledger is None:
                ledger = ledgers[key] = Ledger(len(ledgers), form, printed_form, printings[form.id])
                printings[form.id] += 1
            ledger.entries.append(Entry(fact, self.vector(fact), ledger.index))
        holes: dict[int, list[Place]] = defaultdict(list)
        for unread in self.book.unread:
            stands_on = self.book.form_at(unread.form, unread.place) if any(map(str.isdigit, unread.text)) else None
            if stands_on is not None:
                holes[id(stands_on)].append(unread.place)
        for ledger in ledgers.values():
            ledger.holes = tuple(holes[id(ledger.printed)])
            _set_aside(ledger)
            if ledger.form.id == "projects":
                _name_nature(ledger)
            ledger.columns = self._columns(ledger)
        return list(ledgers.values())

    @cached_property
    def strangers(self) -> Mapping[tuple[str, int], Sequence[Fact]]:
        """The figures of columns whose header says nothing that is known, by their row; they take part in no law."""
        found: dict[tuple[str, int], list[Fact]] = defaultdict(list)
        for fact in self.book.facts:
            if "column:" in str(fact.coordinate.item or "") and fact.amount and fact.place.row:
                found[fact.place.sheet, fact.place.row].append(fact)
        return found

    def vector(self, fact: Fact) -> Vector:
        """The vector of a fact's coordinate."""
        at = fact.coordinate
        fund, item = fund_and_item(at.fund, at.item)
        function, economic = at.function or "", at.economic or ""
        if item.startswith("row:"):
            if at.side == "revenue":
                fund, item = f"?{item}", ""
            else:
                function, item = f"?{item}", ""
        if item.startswith("three_public"):
            economic = ""
        return Vector(
            at.year or 0,
            at.side or "",
            self.agency(at.agency),
            function,
            economic,
            _nature(at.nature or "", at.cost),
            at.origin or "",
            fund,
            item,
            _named(at.project) if at.project else "",
        )

    def agency(self, key: str | None) -> str:
        """The path of an agency: the department itself is the root, so is a section of the finance bureau."""
        if not key or key == self.department or (key.isdigit() and len(key) < 3):
            return ""
        return key if key.isdigit() else _named(key)

    @cached_property
    def _ambiguous(self) -> str:
        """The path of a name that may be the department's on one form and its own unit's on another; mostly none."""
        agency = self.book.agency
        return _named(agency.key) if agency is not None and not self.department else ""

    def _columns(self, ledger: Ledger) -> dict[str, frozenset[str]]:
        paths: dict[str, set[str]] = defaultdict(set)
        for name, found in zip(Vector._fields, zip(*(entry.vector for entry in ledger.entries))):
            if name in DIMENSIONS:
                paths[name].update(found)
        if ledger.printed is not None:
            for meaning in ledger.printed.meanings:
                dims = dict(meaning)
                nature, cost, item = dims.get("nature", ""), dims.get("cost"), dims.get("item", "")
                paths["nature"].add(f"{nature}.{cost}" if cost else nature)
                paths["origin"].add(dims.get("origin", ""))
                paths["fund"].add(item if item in FUND_ITEMS else FUND_PATHS.get(dims.get("fund", ""), ""))
                paths["item"].add(item)
        return {name: frozenset(found) for name, found in paths.items()}

    def _single_fund(self) -> bool | None:
        """Whether this year's general public budget is all there is; None where no form of revenue says."""
        seen = False
        for ledger in self.ledgers:
            if ledger.form.id not in {"summary", "revenue"}:
                continue
            for entry in ledger.entries:
                vector = entry.vector
                if vector.side != "revenue" or vector.year != (self.book.year or 0):
                    continue
                if vector.fund == "fiscal.general" and vector.origin in {"", "current"}:
                    seen = seen or entry.fact.amount != 0
                elif (vector.fund not in {"", "fiscal"} or vector.origin not in {"", "current"}) and entry.fact.amount:
                    return False
        return True if seen else None

    def label_place(self, fact: Fact) -> Place:
        """The cell that names the row of a fact: the nearest one left of it; the fact's own where there is none."""
        place = fact.place
        left = [column for column in self._labels.get((place.sheet, place.row), ()) if column < place.column]
        return Place.at(place.sheet, place.row, max(left)) if left else place

    @cached_property
    def _labels(self) -> dict[tuple[str, int], list[int]]:
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        for form in self.book.forms:
            for place in form.objects:
                found[place.sheet, place.row].append(place.column)
        return found

    def title_of(self, printed: Fact | PrintedTarget) -> str:
        """The title of the form that a fact or a target stands on, as printed."""
        form = self.book.form_at(printed.form, printed.place)
        return form.title if form is not None else ""

    def budget_of(self, printed: PrintedTarget) -> Fact | None:
        """The figure on a performance form that is the project's budget（项目预算数）; None where there is none."""
        target = printed.target
        key = target.project_code or target.project
        facts = self._project_facts.get((printed.form, key), ())
        return next((fact for fact in facts if fact.yuan == target.budget), None)

    @cached_property
    def _project_facts(self) -> dict[tuple[str, str | None], list[Fact]]:
        found: dict[tuple[str, str | None], list[Fact]] = defaultdict(list)
        for fact in self.book.facts:
            found[fact.form, fact.coordinate.project].append(fact)
        return found

    def _scope(self, fund: str) -> str | None:
        """The origin of the money that the forms of a fiscal fund are about; None where nothing is carried over.

        Where money is carried over, some regions print this year's on the forms of a fund, others all of it: what a
        form holds is told by its total. ``?`` stands for a form whose total is neither.
        """
        maybe = {"", "fiscal", fund}
        carried = [
            entry
            for entry in self._revenue
            if entry.vector.origin == "carryover" and entry.vector.fund in maybe and entry.fact.amount
        ]
        if not carried:
            return None
        current = {e.fact.yuan for e in self._revenue if e.vector.origin == "current" and e.vector.fund == fund}
        whole = {money + entry.fact.yuan for money in current for entry in carried}
        for ledger in self.ledgers:
            for entry in ledger.entries if ledger.form.id in FISCAL[fund] else ():
                if _is_root(entry.vector) and entry.vector.year == (self.book.year or 0):
                    slack = 2 * half_step(entry.fact.amount, entry.fact.unit)
                    for origin, totals in (("current", current), ("", whole)):
                        if any(abs(entry.fact.yuan - total) <= slack for total in totals):
                            return origin
        return "?"

    @cached_property
    def _revenue(self) -> list[Entry]:
        return [
            entry
            for ledger in self.ledgers
            if ledger.form.id in {"summary", "revenue", "fiscal_summary"}
            for entry in ledger.entries
            if entry.vector.side == "revenue" and entry.vector.year == (self.book.year or 0)
        ]

    def canonical(self, vector: Vector, ledger: Ledger) -> Vector:
        """The vector that two printings of one figure share; *ledger* is the form that prints it."""
        if vector.agency and vector.agency == self._ambiguous:
            vector = vector._replace(agency=f"{vector.agency}{NAMED}{ledger.index}")
        scope = self.scope_of(ledger)
        if scope and not vector.origin:
            vector = vector.with_source(scope, vector.fund)
        return self.merged(vector)

    def scope_of(self, ledger: Ledger) -> str | None:
        """The origin of the money on a form of a fund that prints no columns for it; None where it is all of it."""
        if not self.scopes:
            return None
        scope = self.scopes.get(fund_and_item(ledger.form.base.get("fund"), None)[0])
        return scope if scope and ledger.columns["origin"] <= {""} else None

    def merged(self, vector: Vector) -> Vector:
        """The vector without the fund where there is only one."""
        if not self.single_fund or vector.year != (self.book.year or 0):
            return vector
        fund = "" if vector.fund in {"fiscal", "fiscal.general"} else vector.fund
        origin = "" if vector.origin == "current" else vector.origin
        same = fund == vector.fund and origin == vector.origin
        return vector if same else vector.with_source(origin, fund)


def _department(book: Budget) -> str:
    """The key of the department where it cannot be that of a unit: without codes its own unit bears its name."""
    agency = book.agency
    if agency is None or (not agency.code and any(unit.key != agency.key for unit in book.agencies)):
        return ""
    return agency.key


@lru_cache(maxsize=4096)
def _named(name: str) -> str:
    """The path of a name; the facts of a row share it."""
    return f"{NAMED}{name}"


@lru_cache(maxsize=64)
def _nature(nature: str, cost: str | None) -> str:
    return f"{nature or 'basic'}.{cost}" if cost else nature


@lru_cache(maxsize=4096)
def fund_and_item(fund: str | None, item: str | None) -> tuple[str, str]:
    """The paths of a fund and an item; aggregates of funds, items of a coordinate, are members of the fund tree."""
    fund = FUND_PATHS.get(fund or "", "")
    kept = []
    for part in (item or "").split("/"):
        head, _, rest = part.partition(".")
        if head in FUND_ITEMS:
            fund = fund or head
            part = rest
        if part:
            kept.append(part)
    return fund, "/".join(kept)


def _set_aside(ledger: Ledger) -> None:
    """Columns of one row that mean the same were not understood; their figures take part in no law."""
    doubtful: set[int] = set()
    for group in repeated(ledger.entries, attrgetter("vector")):
        rows: dict[tuple[str, int], set[int]] = defaultdict(set)
        for entry in group:
            rows[entry.row].add(entry.column)
        doubtful.update(column for columns in rows.values() if len(columns) > 1 for column in columns)
    if doubtful:
        ledger.doubtful = frozenset(doubtful)
        ledger.entries = [entry for entry in ledger.entries if entry.column not in doubtful]


def _name_nature(ledger: Ledger) -> None:
    """A list of projects without classes of items of basic expenditure holds project expenditure only."""
    told = {
        entry.vector.nature for entry in ledger.entries if entry.vector.nature or entry.vector.item.startswith("class")
    }
    if told - {"project"}:
        return
    for entry in ledger.entries:
        entry.vector = entry.vector._replace(nature="project")
