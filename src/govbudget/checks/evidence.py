"""What the forms print of a coordinate（表中依据）: the figures that a claim of the prose can be held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

import attrs

from govbudget.amounts import Unit, half_step
from govbudget.cells import Place
from govbudget.checks.context import Context
from govbudget.checks.ledger import Entry, Ledger
from govbudget.checks.paths import Vector, below, is_beside
from govbudget.model import Coordinate, Fact

__all__ = ["Evidence", "Figures"]

NOTHING = Decimal(0)
UNTOLD = "?"
SETS = frozenset({"summary", "revenue", "expenditure", "general"})


@attrs.frozen
class Evidence:
    """A figure of the forms（表中数）, in 元: printed, summed over units, or nothing where a form is left blank.

    Attributes:
        yuan: the figure.
        half: how far rounding may have moved it.
        fact: the fact that prints it, or the first of those that do; None for a blank.
        certain: whether it can contradict a claim; what was not read for certain can only confirm one.
        place: the cell, or the form that is blank.
        form: id of the form.
    """

    yuan: Decimal
    half: Decimal
    fact: Fact | None
    certain: bool = True
    place: Place | None = None
    form: str = ""


@attrs.frozen
class _Printing:
    fact: Fact
    vector: Vector
    ledger: Ledger | None

    @property
    def form(self) -> str:
        return self.fact.form


class Figures:
    """The printed figures of a budget by where they stand in it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._book = context.book
        sure = {id(entry.fact): (entry, ledger) for ledger in context.ledgers for entry in ledger.entries}
        self._all = [
            _Printing(fact, *self._found(fact, sure.get(id(fact))))
            for fact in context.book.facts
            if not is_beside(fact.coordinate.item or "")
        ]
        self._by_vector: dict[Vector, list[_Printing]] = defaultdict(list)
        for printing in self._all:
            self._by_vector[printing.vector].append(printing)

    @cached_property
    def _is_one_set(self) -> bool:
        """Whether the forms are those of one budget; the prose of several cannot be told apart."""
        return not any(ledger.printing for ledger in self._context.ledgers if ledger.form.id in SETS)

    @cached_property
    def _unsure_forms(self) -> frozenset[str]:
        """The kinds of forms with a column that was not understood."""
        unknown = {fact.form for fact in self._book.facts if str(fact.coordinate.item or "").startswith("column:")}
        return frozenset(unknown | {ledger.form.id for ledger in self._context.ledgers if ledger.doubtful})

    def _found(self, fact: Fact, sure: tuple[Entry, Ledger] | None) -> tuple[Vector, Ledger | None]:
        if sure is None:
            return self._context.merged(self._context.vector(fact)), None
        entry, ledger = sure
        return entry.common, ledger

    def vector(self, at: Coordinate) -> Vector:
        """The vector under which a coordinate's printings are found."""
        return self._context.merged(self._context.vector(Fact(NOTHING, Unit.YUAN, coordinate=at)))

    def at(self, at: Coordinate) -> list[Evidence]:
        """What the forms print at a coordinate, the surest first."""
        found = self._at(at)
        return found if self._is_one_set else [attrs.evolve(one, certain=False) for one in found]

    def _at(self, at: Coordinate) -> list[Evidence]:
        if at.project:
            return self._of_project(at)
        found: list[Evidence] = []
        for number, reading in enumerate(_readings(at)):
            # 收入总计 is not 本年收入合计 where something is carried over: one of them may stand for the other, but a
            # figure that stands under another name does not contradict.
            several = [self._printed(one) for one in self._by_vector.get(self.vector(reading), ())]
            several = several or list(self._over_units(reading))
            found += several if not number or not found else [attrs.evolve(one, certain=False) for one in several]
        if not found:
            sure = at.item == "agency_operation" or self._is_general(at)
            printed = (self._printed(one) for reading in _looser(at) for one in self._under(reading))
            found = [one if sure else attrs.evolve(one, certain=False) for one in printed]
        return found or list(self._blank(at))

    def _under(self, at: Coordinate) -> Iterator[_Printing]:
        """The printings under every reading of a coordinate, those of forms whose money is not told among them."""
        vectors = [self.vector(reading) for reading in _readings(at)]
        vectors.append(vectors[0]._replace(origin=UNTOLD))
        for vector in dict.fromkeys(vectors):
            yield from self._by_vector.get(vector, ())

    def _is_general(self, at: Coordinate) -> bool:
        """Whether 财政拨款 for a function subject is the general public budget's: no other fund has money there."""
        if at.item != "fiscal" or not at.function:
            return False
        others = {"government_fund", "state_capital"}
        return not any(
            one.fact.amount and one.fact.coordinate.fund in others and one.vector.function.startswith(at.function)
            for one in self._all
        )

    def _printed(self, printing: _Printing) -> Evidence:
        fact = printing.fact
        sure = printing.ledger is not None or str(fact.coordinate.item or "").startswith(
            ("agency_operation", "procurement")
        )
        return Evidence(
            fact.yuan,
            half_step(fact.amount, fact.unit),
            fact,
            certain=sure and fact.form not in self._unsure_forms,
            place=fact.place,
            form=fact.form,
        )

    def _over_units(self, at: Coordinate) -> Iterator[Evidence]:
        """The sum over the units of a department, form by form, where none prints the department's own figure."""
        if at.agency or not (at.function or at.economic):
            return
        vector = self.vector(at)
        for ledger in self._context.ledgers:
            parts = [
                entry for entry in ledger.entries if entry.purpose.agency and entry.common._replace(agency="") == vector
            ]
            tops = [one for one in parts if not any(below(one.purpose.agency, other.purpose.agency) for other in parts)]
            if tops:
                facts = [one.fact for one in tops]
                yield Evidence(
                    sum((fact.yuan for fact in facts), NOTHING),
                    sum((half_step(fact.amount, fact.unit) for fact in facts), NOTHING),
                    facts[0],
                    certain=not ledger.holes and not ledger.doubtful and facts[0].form not in self._unsure_forms,
                    place=facts[0].place,
                    form=ledger.form.id,
                )

    def _of_project(self, at: Coordinate) -> list[Evidence]:
        found = [one for one in self._all if one.fact.coordinate.project == at.project and not one.vector.fund]
        amounts = {one.fact.yuan for one in found if one.fact.amount}
        return [attrs.evolve(self._printed(one), certain=len(amounts) == 1) for one in found]

    def _blank(self, at: Coordinate) -> Iterator[Evidence]:
        """Nothing, where a form that would print the figure leaves it blank."""
        item = at.item or ""
        if at.year != self._book.year or item == "agency_operation":
            return
        if item.startswith("three_public"):
            wanted = "fund_three_public" if at.fund == "government_fund" else "three_public"
        elif item.startswith("procurement"):
            wanted = "procurement"
        elif at.fund in {"government_fund", "state_capital"} and at.side == "expenditure" and not at.function:
            wanted = "fund" if at.fund == "government_fund" else "capital"
        else:
            wanted = ""
        inside = [one for one in self._all if one.fact.amount and self._is_inside(one.vector, self.vector(at))]
        forms = [form for form in self._book.forms if form.id == wanted]
        if inside:
            fact = inside[0].fact
            if wanted and all(one.form == wanted for one in inside):
                total = sum((one.fact.yuan for one in inside), NOTHING)
                half = sum((half_step(one.fact.amount, one.fact.unit) for one in inside), NOTHING)
                yield Evidence(total, half, fact, certain=False, place=fact.place, form=fact.form)
            return
        for form in forms:
            known = form.empty or any(dict(meaning).get("item") == item for meaning in form.meanings)
            sure = known and form.id not in self._unsure_forms and not self._has_holes(form.id)
            yield Evidence(
                NOTHING, NOTHING, None, certain=sure, place=Place(form.sheet, f"A{form.first}"), form=form.id
            )
        if not wanted and self._prints(at):
            yield Evidence(NOTHING, NOTHING, None, certain=False)

    def _has_holes(self, form: str) -> bool:
        return any(one.form == form and any(map(str.isdigit, one.text)) for one in self._book.unread)

    @staticmethod
    def _is_inside(vector: Vector, root: Vector) -> bool:
        if (vector.year, vector.side) != (root.year, root.side):
            return False
        return all(mine == top or below(mine, top) for mine, top in zip(vector[2:], root[2:]))

    def _prints(self, at: Coordinate) -> bool:
        """Whether some form prints the dimension in which a coordinate is told from the whole."""
        vector = self.vector(at)
        names = [name for name in ("function", "economic", "nature", "origin", "fund") if getattr(vector, name)]
        return any(
            one.vector.side == vector.side and all(getattr(one.vector, name) for name in names) for one in self._all
        )

    @cached_property
    def carries_forward(self) -> bool:
        """Whether some of the money is left for the next year（结转下年）."""
        return any(one.fact.amount and (one.fact.coordinate.item or "").endswith("carry_forward") for one in self._all)

    def public_costs(self, year: int | None) -> list[Evidence]:
        """公用经费 of the general public budget, of the department and of its units; a unit's can only confirm."""
        at = Coordinate(year=year, side="expenditure", fund="general", nature="basic", cost="public")
        units = [
            attrs.evolve(self._printed(one), certain=False)
            for one in self._all
            if one.vector._replace(agency="") == self.vector(at) and one.vector.agency
        ]
        return [*(one for one in self.at(at) if one.fact is not None), *units]

    def classes(self, dimension: str, year: int | None) -> frozenset[str]:
        """The 类 of a classification that have money in the year."""
        classes = {getattr(one.vector, dimension)[:3] for one in self._with_money(year)}
        return frozenset(filter(str.isdigit, classes))

    def sources(self, year: int | None) -> frozenset[str]:
        """The funds with money among the sources of revenue in the year."""
        at = (one.fact.coordinate for one in self._with_money(year))
        return frozenset(one.fund for one in at if one.fund and one.side == "revenue")

    def natures(self, year: int | None) -> frozenset[str]:
        """The natures of expenditure that have money in the year."""
        return frozenset(one.vector.nature.split(".")[0] for one in self._with_money(year) if one.vector.nature)

    def _with_money(self, year: int | None) -> Iterator[_Printing]:
        return (one for one in self._all if one.fact.amount and one.vector.year == (year or 0))


def _readings(at: Coordinate) -> Iterator[Coordinate]:
    """The coordinates that printings of one figure may have."""
    yield at
    origin = {"current": None, None: "current"}.get(at.origin, at.origin)
    if origin != at.origin:
        yield attrs.evolve(at, origin=origin)
    if at.side == "expenditure" and at.item in {None, "fiscal"} and not (at.function or at.economic or at.nature):
        yield attrs.evolve(at, item="fiscal.grand_total" if at.item else "grand_total")


def _looser(at: Coordinate) -> Iterable[Coordinate]:
    """Where a figure may stand that the words do not name in full: they leave the fund or 基本支出 unsaid."""
    yield at
    if at.item == "agency_operation" and at.fund is None:
        yield attrs.evolve(at, fund="general")  # all of it is of the general public budget
    if at.item in {None, "fiscal"} and at.fund is None:
        yield attrs.evolve(at, fund="general", item=None)
    if at.economic:
        for fund in dict.fromkeys((at.fund, "general")):
            for nature in ("basic", None):
                yield attrs.evolve(at, fund=fund, nature=nature, item=None)
