"""Keeping the laws（守勾稽）: which figures of a conversion can stand without breaking a law that the budget keeps."""

from __future__ import annotations

from collections.abc import Sequence, Set
from decimal import Decimal

import attrs

from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.checks import Finding, Severity, check
from govbudget.checks.paths import Vector
from govbudget.conversion.figures import Figure
from govbudget.forms import Column
from govbudget.model import Budget, Fact, PrintedForm
from govbudget.writing.layout import FamilyLayout

__all__ = ["Cell", "Keeper", "amounts_of"]

LAWS = ("SUM", "XTB", "BAL")


@attrs.frozen(eq=False)
class Cell:
    """A figure in a cell of a form; the place is one of the form's own grid, by which laws tell rows and columns."""

    fact: Fact
    vector: Vector
    figure: Figure

    @property
    def is_extra(self) -> bool:
        """Whether the figure is more than what the budget's own form of that kind prints."""
        return len(self.figure.facts) > 1 or any(fact.form != self.fact.form for fact in self.figure.facts)


class Keeper:
    """Holds the cells of a conversion to the laws that the budget keeps.

    Attributes:
        disputed: the ids of the facts that take part in a law that the budget itself breaks.
        withdrawn: the ids of the facts whose cells went.
    """

    def __init__(self, book: Budget, layouts: FamilyLayout) -> None:
        self._book = book
        self._layouts = layouts
        self._own = {fact.form for fact in book.facts}
        broken = _errors(book)
        places = {place for finding in broken for place in finding.places if place.cell}
        self._known = {_yuan(book, finding) for finding in broken}
        self.disputed: Set[int] = {id(fact) for fact in book.facts if fact.place in places}
        self.withdrawn: set[int] = set()

    def kept(self, cells: list[Cell]) -> list[Cell]:
        """The cells that break no law which the budget keeps; what goes is noted.

        Of the figures of a broken law those go that the budget's own form of that kind does not print: a sum that
        rounding takes too far from a printed total, one of two parts of which the other is not known. Else the total
        goes: the form does not print all that makes it up. A form that the budget does not have goes as a whole.
        """
        while gone := self._breaking(cells):
            unfilled = {place.sheet for place in gone} - self._own
            going = {id(cell) for cell in cells if cell.fact.place in gone or cell.fact.form in unfilled}
            self.withdrawn |= {id(fact) for cell in cells if id(cell) in going for fact in cell.figure.facts}
            cells = [cell for cell in cells if id(cell) not in going]
        return cells

    def _breaking(self, cells: Sequence[Cell]) -> set[Place]:
        """The places of the cells that must go for the laws to hold."""
        printed = self._printed(cells)
        at = {cell.fact.place: cell for cell in cells}
        gone: set[Place] = set()
        for finding in _errors(printed):
            involved = [at[place] for place in finding.places if place in at]
            if involved and _yuan(printed, finding) not in self._known:
                more = [cell for cell in involved if cell.is_extra] or [_total(involved, finding)]
                gone |= {cell.fact.place for cell in more}
        return gone

    def rounded(self, cells: Sequence[Cell]) -> Unit | None:
        """The coarsest unit of the figures where a finer one is asked for and sums hold within rounding only."""
        coarsest = max((cell.fact.unit for cell in cells), key=lambda unit: unit.factor, default=None)
        finest = min((layout.unit for layout in self._layouts.forms.values()), key=lambda unit: unit.factor)
        if coarsest is None or coarsest.factor <= finest.factor:
            return None
        inexact = any(finding.severity is Severity.INFO for finding in _laws(self._printed(cells)))
        return coarsest if inexact else None

    def _printed(self, cells: Sequence[Cell]) -> Budget:
        """The budget as the forms would print it."""
        forms = [
            PrintedForm(
                form,
                layout.form.name,
                sheet=form,
                meanings=tuple(
                    tuple((name, str(value)) for name, value in column.dims.items())
                    for _, column in amounts_of(layout.columns)
                ),
            )
            for form, layout in self._layouts.forms.items()
        ]
        facts = [cell.fact for cell in cells]
        return attrs.evolve(self._book, facts=facts, forms=forms, targets=(), unread=(), remarks=())


def amounts_of(columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """The columns of amounts with their index."""
    return [(index, column) for index, column in enumerate(columns) if column.role is None]


def _total(cells: Sequence[Cell], finding: Finding) -> Cell:
    """The total that a law is about."""
    return next((cell for cell in cells if cell.fact.amount == finding.found), cells[0])


def _yuan(book: Budget, finding: Finding) -> Decimal | None:
    """The difference of a broken law in 元; None where it is not one of amounts."""
    unit = next((fact.unit for fact in book.facts if fact.place in finding.places), None)
    return None if unit is None or finding.difference is None else abs(finding.difference * unit.factor)


def _laws(book: Budget) -> tuple[Finding, ...]:
    """What the laws of sums find in a budget."""
    return check(book, select=LAWS).findings


def _errors(book: Budget) -> list[Finding]:
    return [finding for finding in _laws(book) if finding.severity is Severity.ERROR]
