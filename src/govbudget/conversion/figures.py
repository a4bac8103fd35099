"""Figures（取数）: what a budget says at a coordinate, printed there or summed from what is printed below it.

A sum is derived only where the form that prints its parts prints all of them: a form lists every agency, subject and
project that has money, so that a blank among its rows is nothing, but for the blank of a total beside its parts, which
is not known; of the columns, all that make up a total must be printed. Where a figure could not be read, or a law of
the rule book is broken, nothing is derived.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from decimal import Decimal

import attrs

from govbudget.amounts import Unit, half_step
from govbudget.checks.context import Context
from govbudget.checks.ledger import Entry, Ledger
from govbudget.checks.paths import ROWS, Vector, below
from govbudget.checks.sums import REQUIRED
from govbudget.model import Fact

__all__ = ["Figure", "Figures"]

FUNDS = frozenset({"fiscal.general", "fiscal.government_fund", "fiscal.state_capital"})
ORIGINS = frozenset({"current", "carryover"})
COLUMNS = ("nature", "origin", "fund", "item")


@attrs.frozen
class Figure:
    """An amount at a coordinate, with the facts that it is or comes from."""

    amount: Decimal
    unit: Unit
    facts: tuple[Fact, ...]
    derived: bool


class Figures:
    """The figures of a budget by vector."""

    def __init__(self, context: Context, disputed: Set[int]) -> None:
        """Prepare the figures.

        Args:
            context: the budget.
            disputed: the ids of facts that take part in a broken law; nothing is derived from them.
        """
        self.context = context
        self.ledgers = [ledger for ledger in context.ledgers if ledger.printing == 0 and ledger.form.rows != "purchase"]
        self._disputed = disputed
        self._printed: dict[Vector, list[Entry]] = defaultdict(list)
        self._own: dict[tuple[int, Vector], list[Entry]] = defaultdict(list)
        self._memo: dict[tuple[int, Vector], tuple[Entry, ...] | None] = {}
        self._columns: dict[tuple[int, Vector], list[Vector]] = defaultdict(list)
        self._finer: dict[tuple[int, Vector], list[Vector]] = {}
        for ledger in self.ledgers:
            for entry in ledger.entries:
                self._printed[entry.common].append(entry)
                self._own[ledger.index, entry.common].append(entry)
        for index, vector in self._own:
            self._columns[index, _column(vector)].append(vector)
        self._totalled = {(index, vector[:2]) for index, vector in self._own if vector == _column(vector)}

    def at(self, vector: Vector, printing: Vector, form: str) -> Figure | None:
        """The figure at a coordinate; None where nothing is known.

        Args:
            vector: the vector that all printings of the figure share.
            printing: the vector of the printing asked for, which is preferred.
            form: the id of the form that prints it, whose own figure comes first.
        """
        printed = self._printed.get(vector)
        if printed:
            return self._carried(self._alike(printed, printing, form))
        for ledger in sorted(self.ledgers, key=lambda one: one.form.id != form):
            parts = self._sum(ledger, vector)
            if parts and (len(parts) == 1 or self._disputed.isdisjoint(id(entry.fact) for entry in parts)):
                return _figure(parts, derived=True)
        return None

    def _alike(self, entries: list[Entry], vector: Vector, form: str) -> list[Entry]:
        """Of the printings of one figure those of the form itself, then the same coordinate, then the finest."""
        best = min(
            entries,
            key=lambda entry: (
                entry.fact.form != form,
                entry.vector != vector,
                half_step(entry.fact.amount, entry.fact.unit),
            ),
        )
        return [entry for entry in entries if entry.ledger == best.ledger and entry.vector == best.vector]

    def _carried(self, entries: list[Entry]) -> Figure | None:
        """One figure for what a form prints at one coordinate: two rows of detail count twice, a total once."""
        first = entries[0]
        if len(entries) > 1 and self._is_detail(first):
            return _figure(entries, derived=True)
        return _figure([first], derived=False)

    def _is_detail(self, entry: Entry) -> bool:
        ledger = next(one for one in self.ledgers if one.index == entry.ledger)
        vector = entry.vector
        return bool(vector.function or vector.economic or vector.project) and id(entry) not in ledger.totals_down

    # ------------------------------------------------------------------ sums

    def _sum(self, ledger: Ledger, vector: Vector) -> tuple[Entry, ...] | None:
        """What a form prints at *vector*, or the parts that make it up there; None where they are not all known."""
        key = ledger.index, vector
        if key not in self._memo:
            self._memo[key] = None  # no way leads back to itself
            self._memo[key] = self._find(ledger, vector)
        return self._memo[key]

    def _find(self, ledger: Ledger, vector: Vector) -> tuple[Entry, ...] | None:
        own = self._own.get((ledger.index, vector))
        if own:
            alike = [entry for entry in own if entry.vector == own[0].vector]
            return tuple(alike) if self._is_detail(own[0]) else (own[0],)
        if ledger.holes or ledger.doubtful:
            return None
        return self._down(ledger, vector) or self._across(ledger, vector)

    def _down(self, ledger: Ledger, vector: Vector) -> tuple[Entry, ...] | None:
        """The sum over rows: of agencies, subjects or projects.

        Where a form that prints totals leaves that of the column blank, its rows need not be all.
        """
        if (ledger.index, vector[:2]) in self._totalled and (ledger.index, _column(vector)) not in self._own:
            return None
        under = self._under(ledger, vector)
        parts = self._parts_under(ledger, vector) if under else []
        for name in ROWS:
            root, paths = getattr(vector, name), {getattr(one, name) for one in under}
            if paths and all(below(path, root) for path in paths):
                paths |= {path for one in parts if below(path := getattr(one, name), root)}
                nearest = [path for path in sorted(paths) if not any(below(path, other) for other in paths)]
                found = self._together(ledger, [_moved(vector, name, path) for path in nearest])
                if found:
                    return found
        return None

    def _across(self, ledger: Ledger, vector: Vector) -> tuple[Entry, ...] | None:
        """The sum over columns: of natures, sources, kinds of expenses."""
        for name, members in self._members(ledger, vector):
            every = [_moved(vector, name, member) for member in sorted(members)]
            found = self._together(ledger, [one for one in every if self._under(ledger, one)])
            if found:
                return found
        return None

    def _members(self, ledger: Ledger, vector: Vector) -> Iterator[tuple[str, Set[str]]]:
        """The dimensions over which a form prints all columns of a total, with the members of each."""
        for name in ("nature", "item"):
            root, printed = getattr(vector, name), ledger.columns.get(name, frozenset())
            required = REQUIRED.get((name, root)) if name == "nature" or root else None
            if required is not None and printed >= required:
                yield name, {path for path in printed if _is_child(path, root)}
        if vector.fund == "fiscal" and ledger.columns.get("fund", frozenset()) >= FUNDS:
            yield "fund", FUNDS
        if not vector.origin and ledger.columns.get("origin", frozenset()) >= ORIGINS:
            yield "origin", {path for path in ledger.columns["origin"] if path}
        if vector.project and not vector.item:
            yield "item", {path for path in ledger.columns.get("item", frozenset()) if path.startswith("class.")}

    def _under(self, ledger: Ledger, vector: Vector) -> list[Vector]:
        """What a form prints in a column at *vector* or lower in the trees of the rows."""
        return [one for one in self._columns.get((ledger.index, _column(vector)), ()) if _within(one, vector, ROWS)]

    def _parts_under(self, ledger: Ledger, vector: Vector) -> list[Vector]:
        """The same of the columns that hold a part of this one's money, where it is not nothing."""
        key = ledger.index, _column(vector)
        if key not in self._finer:
            self._finer[key] = [
                one
                for (index, column), vectors in self._columns.items()
                if index == key[0]
                and column != key[1]
                and column[:2] == key[1][:2]
                and _within(column, key[1], COLUMNS)
                for one in vectors
                if any(entry.fact.amount for entry in self._own[index, one])
            ]
        return [one for one in self._finer[key] if _within(one, vector, ROWS)]

    def _together(self, ledger: Ledger, vectors: list[Vector]) -> tuple[Entry, ...] | None:
        found: list[Entry] = []
        for vector in vectors:
            parts = self._sum(ledger, vector)
            if parts is None:
                return None
            found += parts
        return tuple(found)


def _moved(vector: Vector, name: str, path: str) -> Vector:
    """*vector* at another path of one tree."""
    return Vector._make(path if field == name else value for field, value in zip(Vector._fields, vector))


def _column(vector: Vector) -> Vector:
    """What the column of a figure says: its vector without the dimensions of rows."""
    return vector._replace(agency="", function="", economic="", project="")


def _within(vector: Vector, other: Vector, names: Iterable[str]) -> bool:
    """Whether a vector is at another one or below it, in some trees."""
    return all(
        getattr(vector, name) == getattr(other, name) or below(getattr(vector, name), getattr(other, name))
        for name in names
    )


def _is_child(path: str, root: str) -> bool:
    return below(path, root) and "." not in path[len(root) :].lstrip(".")


def _figure(entries: Iterable[Entry], *, derived: bool) -> Figure:
    facts = tuple(entry.fact for entry in entries)
    units = {fact.unit for fact in facts}
    if len(units) == 1:
        return Figure(sum((fact.amount for fact in facts), Decimal(0)), units.pop(), facts, derived)
    return Figure(sum((fact.yuan for fact in facts), Decimal(0)), Unit.YUAN, facts, derived)
