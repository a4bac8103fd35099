"""What rules look at（校验上下文）: the facts of a budget with their paths, form by form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from govbudget.amounts import half_step
from govbudget.cells import Place
from govbudget.checks.ledger import Entry, Equation, Kind, Ledger, column_of, kind_of, repeated
from govbudget.checks.paths import (
    ALL,
    NAMED,
    Money,
    Purpose,
    Vector,
    fund_and_item,
    fund_path,
    is_beside,
    named,
)
from govbudget.classification import Catalogue, nearest_edition, subjects
from govbudget.forms import vocabulary
from govbudget.forms.vocabulary import OF_FISCAL, FormKind
from govbudget.model import Budget, Coordinate, Fact, PrintedForm, PrintedTarget, Unread

__all__ = ["Context"]

APART = ("level", "agency_operation", "procurement.sme", "procurement.micro")
# The forms that print all the expenditure of a fiscal fund.
FISCAL = {
    "fiscal.general": frozenset({"general"}),
    "fiscal.government_fund": frozenset({"fund"}),
    "fiscal.state_capital": frozenset({"capital"}),
}
CARRIED_APART = frozenset({"", "carryover"})
PRINTED = ("nature", "origin", "fund", "item")
printed_paths = attrgetter(*PRINTED)

T = TypeVar("T")
sheet_of = attrgetter("form", "place.sheet")
said_of_purpose = attrgetter("agency", "function", "economic", "project")
said_of_money = attrgetter("year", "side", "fund", "nature", "cost", "origin", "item")


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
            for kind in ledger.kinds:
                kind.common = self.among_forms(kind.money, ledger)

    def once(self, make: Callable[[Context], T]) -> T:
        """What several rules need, made when the first of them asks."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def _ledgers(self) -> list[Ledger]:
        holes: dict[int, list[Place]] = defaultdict(list)
        for unread in self.book.unread:
            stands_on = self.book.form_at(unread.form, unread.place) if any(map(str.isdigit, unread.text)) else None
            if stands_on is not None:
                holes[id(stands_on)] += _lost(unread)
        ledgers: list[Ledger] = []
        printings: Counter[object] = Counter()
        for form, printed, facts in self._by_form():
            form = _of_every_fund(form, facts)
            kind = form.id, form.base.get("fund")
            ledger = Ledger(len(ledgers), form, printed, printings[kind], holes=tuple(holes[id(printed)]))
            printings[kind] += 1
            self._enter(ledger, facts)
            _set_aside(ledger)
            if form.id == "projects":
                _name_nature(ledger)
            ledger.columns = _columns(ledger)
            ledgers.append(ledger)
        return ledgers

    def _by_form(self) -> Iterable[tuple[FormKind, PrintedForm | None, list[Fact]]]:
        """The facts that take part in sums, by the form that prints them, in the order of the forms."""
        forms = vocabulary().forms
        found: dict[object, tuple[FormKind, PrintedForm | None, list[Fact]]] = {}

        def add(form: FormKind, printed: PrintedForm | None, facts: Iterable[Fact]) -> None:
            key = form.id if printed is None else id(printed)
            if key not in found:
                found[key] = form, printed, []
            found[key][2].extend(facts)

        for (name, sheet), run in groupby(self.book.facts, sheet_of):
            form = forms.get(name)
            if form is None or form.kind == "targets":
                continue
            facts = [fact for fact in run if not ((item := fact.coordinate.item) and _is_apart(item))]
            on_sheet = self.book.forms_on(name, sheet)
            if len(on_sheet) > 1:
                for fact in facts:
                    add(form, self.book.form_at(name, fact.place), (fact,))
            elif facts:
                add(form, on_sheet[0] if on_sheet else None, facts)
        order = {id(printed): at for at, printed in enumerate(self.book.forms)}
        return sorted(found.values(), key=lambda one: order.get(id(one[1]), len(order)))

    def _enter(self, ledger: Ledger, facts: list[Fact]) -> None:
        """Enter facts in a ledger: those of a column share their money, those of a row mostly their purpose."""
        said: dict[object, tuple[Kind, Mapping[str, str]]] = {}
        kinds: dict[Money, Kind] = {}
        last: object = None
        purpose = ALL
        ats = [fact.coordinate for fact in facts]
        for fact, at, of_money, of_purpose in zip(facts, ats, map(said_of_money, ats), map(said_of_purpose, ats)):
            known = said.get(of_money)
            if known is None:
                money, told = self._money(at)
                kind = kinds.get(money)
                if kind is None:
                    kind = kinds[money] = Kind(money, ledger.index, self._namesake(ledger))
                known = said[of_money] = kind, told
            kind, told = known
            if of_purpose != last:
                last, purpose = of_purpose, self._told_apart(self._purpose(at), ledger)
            ledger.entries.append(Entry(fact, purpose._replace(**told) if told else purpose, kind))
        ledger.kinds = list(kinds.values())

    @cached_property
    def strangers(self) -> Mapping[tuple[str, int], Sequence[Fact]]:
        """The figures of columns whose header says nothing that is known, by their row; they take part in no law."""
        found: dict[tuple[str, int], list[Fact]] = defaultdict(list)
        for fact in self.book.facts:
            item = fact.coordinate.item
            if item and "column:" in item and fact.amount and fact.place.row:
                found[fact.place.sheet, fact.place.row].append(fact)
        return found

    def vector(self, fact: Fact) -> Vector:
        """The vector of a fact's coordinate."""
        money, told = self._money(fact.coordinate)
        return Vector.of(self._purpose(fact.coordinate)._replace(**told), money)

    def _money(self, at: Coordinate) -> tuple[Money, Mapping[str, str]]:
        """The paths of the money at a coordinate, and those of its purpose that its item tells."""
        fund, item = fund_and_item(at.fund, at.item)
        told: dict[str, str] = {}
        if item.startswith("row:"):
            if at.side == "revenue":
                fund, item = f"?{item}", ""
            else:
                told, item = {"function": f"?{item}"}, ""
        if item.startswith("three_public"):
            told = {"economic": ""}
        nature = f"{at.nature or 'basic'}.{at.cost}" if at.cost else at.nature or ""
        return Money(at.year or 0, at.side or "", nature, at.origin or "", fund, item), told

    def _purpose(self, at: Coordinate) -> Purpose:
        project = named(at.project) if at.project else ""
        return Purpose(self.agency(at.agency), at.function or "", at.economic or "", project)

    def agency(self, key: str | None) -> str:
        """The path of an agency: the department itself is the root, so is a section of the finance bureau."""
        if not key or key == self.department or (key.isdigit() and len(key) < 3):
            return ""
        return key if key.isdigit() else named(key)

    @cached_property
    def _ambiguous(self) -> str:
        """The path of a name that may be the department's on one form and its own unit's on another; mostly none."""
        agency = self.book.agency
        return named(agency.key) if agency is not None and not self.department else ""

    def _single_fund(self) -> bool | None:
        """Whether this year's general public budget is all there is; None where no form of revenue says."""
        seen = False
        for ledger in self.ledgers:
            if ledger.form.id not in {"summary", "revenue"}:
                continue
            for entry in ledger.entries:
                money = entry.kind.money
                if money.side != "revenue" or money.year != (self.book.year or 0):
                    continue
                if money.fund == "fiscal.general" and money.origin in {"", "current"}:
                    seen = seen or entry.fact.amount != 0
                elif (money.fund not in {"", "fiscal"} or money.origin not in {"", "current"}) and entry.fact.amount:
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
        forms = {printed.form for printed in self.book.targets}
        found: dict[tuple[str, str | None], list[Fact]] = defaultdict(list)
        for fact in self.book.facts:
            if fact.form in forms:
                found[fact.form, fact.coordinate.project].append(fact)
        return found

    def _scope(self, fund: str) -> str | None:
        """The origin of the money that the forms of a fiscal fund are about; None where nothing is carried over.

        Where money is carried over, some regions print this year's on the forms of a fund, others all of it: what a
        form holds is told by its total. ``?`` stands for a form whose total is neither.
        """
        maybe = {"", "fiscal", fund}
        carried = [entry for entry in self._carried if entry.kind.money.fund in maybe]
        if not carried:
            return None
        this_year = [one for one in self._revenue if one.kind.money.origin == "current"]
        current = {one.fact.yuan for one in this_year if one.kind.money.fund == fund}
        whole = {money + entry.fact.yuan for money in current for entry in carried}
        for ledger in self.ledgers:
            for entry in ledger.entries if ledger.form.id in FISCAL[fund] else ():
                if _is_root(entry) and entry.kind.money.year == (self.book.year or 0):
                    slack = 2 * half_step(entry.fact.amount, entry.fact.unit)
                    for origin, totals in (("current", current), ("", whole)):
                        if any(abs(entry.fact.yuan - total) <= slack for total in totals):
                            return origin
        return "?"

    @cached_property
    def _carried(self) -> list[Entry]:
        return [one for one in self._revenue if one.kind.money.origin == "carryover" and one.fact.amount]

    @cached_property
    def _revenue(self) -> list[Entry]:
        return [
            entry
            for ledger in self.ledgers
            if ledger.form.id in {"summary", "revenue", "fiscal_summary"}
            for entry in ledger.entries
            if entry.kind.money.side == "revenue" and entry.kind.money.year == (self.book.year or 0)
        ]

    def canonical(self, vector: Vector, ledger: Ledger) -> Vector:
        """The vector that two printings of one figure share; *ledger* is the form that prints it."""
        purpose = self._told_apart(vector.purpose, ledger)
        return Vector.of(purpose, self.among_forms(vector.money, ledger))

    def _told_apart(self, purpose: Purpose, ledger: Ledger) -> Purpose:
        """A purpose with the number of the form at a name that may be another agency's on another form."""
        if purpose.agency and purpose.agency == self._ambiguous:
            return purpose._replace(agency=self._namesake(ledger))
        return purpose

    def _namesake(self, ledger: Ledger) -> str:
        return f"{self._ambiguous}{NAMED}{ledger.index}" if self._ambiguous else ""

    def among_forms(self, money: Money, ledger: Ledger) -> Money:
        """Money of a form as other forms print it."""
        scope = self.scope_of(ledger)
        if money.fund and ledger.columns["origin"] == CARRIED_APART:
            scope = "current"  # beside a column of what is carried over, that of a fund holds this year's
        if scope and not money.origin:
            money = money._replace(origin=scope)
        return self._merged(money)

    def scope_of(self, ledger: Ledger) -> str | None:
        """The origin of the money on a form of a fund that prints no columns for it; None where it is all of it."""
        if not self.scopes:
            return None
        fund = fund_and_item(ledger.form.base.get("fund"), None)[0]
        scope = self.scopes.get(fund) if fund or ledger.form.id not in OF_FISCAL else "?"
        return scope if scope and ledger.columns["origin"] <= {""} else None

    def merged(self, vector: Vector) -> Vector:
        """The vector without the fund where there is only one."""
        return Vector.of(vector.purpose, self._merged(vector.money))

    def _merged(self, money: Money) -> Money:
        if not self.single_fund or money.year != (self.book.year or 0):
            return money
        fund = "" if money.fund in {"fiscal", "fiscal.general"} else money.fund
        origin = "" if money.origin == "current" else money.origin
        same = fund == money.fund and origin == money.origin
        return money if same else money._replace(origin=origin, fund=fund)


def _of_every_fund(form: FormKind, facts: Sequence[Fact]) -> FormKind:
    """A form as one of the money of every fiscal fund（财政拨款支出表）, where all its figures are."""
    of_every = form.id in OF_FISCAL and all(fact.coordinate.item == "fiscal" for fact in facts)
    return form.of_every_fund() if of_every else form


@lru_cache(maxsize=1024)
def _is_apart(item: str) -> bool:
    """Whether figures of an item take part in no sum."""
    return item.startswith(APART) or is_beside(item)


def _department(book: Budget) -> str:
    """The key of the department where it cannot be that of a unit: without codes its own unit bears its name."""
    agency = book.agency
    if agency is None or (not agency.code and any(unit.key != agency.key for unit in book.agencies)):
        return ""
    return agency.key


def _is_root(entry: Entry) -> bool:
    """Whether a figure is about all the money of its fund."""
    _, __, nature, origin, ___, item = entry.kind.money
    return not (nature or origin or item or any(entry.purpose))


def _columns(ledger: Ledger) -> dict[str, frozenset[str]]:
    """The paths that the columns of a form print, with figures or without."""
    figures = [printed_paths(kind.money) for kind in ledger.kinds]
    headers = map(_header, ledger.printed.meanings if ledger.printed is not None else ())
    every = [*figures, *headers]
    return {name: frozenset(map(itemgetter(at), every)) for at, name in enumerate(PRINTED)}


@lru_cache(maxsize=1024)
def _header(meaning: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The paths that a column is about by its header; the forms of a region have the same."""
    said = dict(meaning)
    nature, cost, item = said.get("nature", ""), said.get("cost"), said.get("item", "")
    return (
        f"{nature}.{cost}" if cost else nature,
        said.get("origin", ""),
        fund_path(said.get("fund", ""), item),
        item,
    )


def _lost(unread: Unread) -> Iterator[Place]:
    """The cells whose figures are lost with a text: two in one are that beside it as well, before or behind."""
    place = unread.place
    yield place
    for beside in range(1, sum(any(map(str.isdigit, part)) for part in unread.text.split())):
        yield Place.at(place.sheet, place.row, place.column + beside)
        if place.column > beside:
            yield Place.at(place.sheet, place.row, place.column - beside)


def _set_aside(ledger: Ledger) -> None:
    """Columns that mean the same in every row were not understood; their figures take part in no law."""
    columns = {*zip(map(kind_of, ledger.entries), map(column_of, ledger.entries))}
    if len(columns) == len(ledger.kinds):
        return
    alike = {kind for kind, count in Counter(map(itemgetter(0), columns)).items() if count > 1}
    sides = alike if ledger.form.kind == "sides" else ()
    lists = {column for kind in sides for column in _lists([one for one in ledger.entries if one.kind is kind])}
    alike = {kind for kind, column in columns if kind in alike and column not in lists}
    doubtful: set[int] = set()
    for group in repeated((one for one in ledger.entries if one.kind in alike), attrgetter("kind", "purpose")):
        rows: dict[tuple[str, int], set[int]] = defaultdict(set)
        for entry in group:
            rows[entry.row].add(entry.column)
        of_cost = "." in group[0].kind.money.nature
        for several in rows.values():
            if len(several) > 1 and not (of_cost and _differ(ledger, several)):
                doubtful |= several
    if doubtful:
        ledger.doubtful = frozenset(doubtful)
        ledger.entries = [entry for entry in ledger.entries if entry.column not in doubtful]
        ledger.kinds = list(dict.fromkeys(entry.kind for entry in ledger.entries))


def _differ(ledger: Ledger, columns: set[int]) -> bool:
    """Whether some row tells columns of a cost apart: what one such as 人员经费合计 says may be what a column says."""
    rows: dict[tuple[str, int], set[Kind]] = defaultdict(set)
    for entry in ledger.entries:
        if entry.column in columns:
            rows[entry.row].add(entry.kind)
    return any(len(kinds) > 1 for kinds in rows.values())


def _lists(entries: Sequence[Entry]) -> Iterable[int]:
    """The columns of one kind where they list different things each, as 按功能分类 and 按经济分类 beside each other."""
    listed: dict[int, set[Purpose]] = defaultdict(set)
    for entry in entries:
        if entry.purpose != ALL:
            listed[entry.column].add(entry.purpose)
    different = len(set().union(*listed.values())) == sum(map(len, listed.values()))
    return map(column_of, entries) if len(listed) > 1 and different else ()


def _name_nature(ledger: Ledger) -> None:
    """A list of projects without classes of items of basic expenditure holds project expenditure only."""
    moneys = [kind.money for kind in ledger.kinds]
    told = {money.nature for money in moneys if money.nature or money.item.startswith("class")}
    if not told - {"project"}:
        for kind in ledger.kinds:
            kind.money = kind.money._replace(nature="project")
