"""Laws（勾稽关系）: the equations of the rule book between the cells of blank forms.

A specimen of the budget, with money in every cell, is held against the rules of the sums and of the agreement of forms.
What they compare are the laws of these forms: no law is written down a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from govbudget.amounts import find_unit
from govbudget.cells import Place
from govbudget.checks.context import Context
from govbudget.checks.ledger import Entry, Equation
from govbudget.checks.rules import registered, selected
from govbudget.classification import Catalogue, Level
from govbudget.forms import Column
from govbudget.model import Budget, Coordinate, Fact, PrintedForm
from govbudget.templates.blank import Blank, Cell
from govbudget.writing.cells import cell_coordinate

__all__ = ["Detail", "Fixed", "Law", "Part", "laws_of"]

ORDER = ("SUM", "XTB001", "XTB002", "BAL")
# A cell that is about one year's money holds one yuan, another this year's and the one carried over.
ONE, BOTH = Decimal("1.00"), Decimal("2.00")
FAR = 1_000_000  # where the rows to fill in stand on the specimen: below every sheet


@attrs.frozen
class Fixed:
    """An amount at a fixed place."""

    blank: Blank
    cell: Cell


@attrs.frozen
class Detail:
    """The detail of a column of a form: all of it, or what belongs to one class."""

    blank: Blank
    column: int
    code: str = ""


Part = Fixed | Detail


@attrs.frozen
class Law:
    """An amount and the parts whose sum it is."""

    total: Part
    parts: tuple[Part, ...]

    @property
    def across(self) -> bool:
        """Whether it adds up the columns of one row."""
        cells = [part.cell for part in (self.total, *self.parts) if isinstance(part, Fixed)]
        rows = {(part.blank.sheet.name, part.cell.row) for part in (self.total, *self.parts) if isinstance(part, Fixed)}
        return (
            len(cells) == 1 + len(self.parts)
            and len(rows) == 1
            and all(dict(one.dims) == dict(cells[0].dims) for one in cells)
        )


def laws_of(blanks: Sequence[Blank], catalogue: Catalogue, year: int | None) -> list[Law]:
    """The laws that hold between the cells of blank forms, each once."""
    specimen = _Specimen(catalogue, year)
    for blank in blanks:
        specimen.add(blank)
    found: dict[tuple[Part, frozenset[Part]], Law] = {}
    for equation in specimen.equations():
        total, parts = specimen.parts([equation.total]), specimen.parts(equation.parts)
        if len(total) == 1 and parts:
            law = Law(total[0], tuple(parts))
            found.setdefault((law.total, frozenset(parts)), law)
    return list(found.values())


@attrs.define
class _Specimen:
    """A budget with money in every cell of blank forms, a row for each class where rows are filled in."""

    catalogue: Catalogue
    year: int | None
    facts: list[Fact] = attrs.field(factory=list)
    forms: list[PrintedForm] = attrs.field(factory=list)
    known: dict[Place, Part] = attrs.field(factory=dict)
    classes: dict[str, int] = attrs.field(factory=dict)

    def add(self, blank: Blank) -> None:
        """Print one form."""
        for one in blank.cells:
            at = cell_coordinate(blank.layout.form, one.dims, one.header, self.year)
            place = Place.at(blank.sheet.name, one.row + 1, one.column + 1)
            self._print(blank, place, at, one.header, Fixed(blank, one))
        for number, (code, dims) in enumerate(self._rows(blank)):
            for column, header in blank.filled.items():
                at = cell_coordinate(blank.layout.form, dims, header, self.year)
                place = Place.at(blank.sheet.name, FAR + number + 1, column + 1)
                self._print(blank, place, at, header, Detail(blank, column, code))
        meanings = [column.dims for column in blank.amounts.values()]
        self.forms.append(
            PrintedForm(
                blank.layout.form.id,
                blank.title,
                blank.unit,
                sheet=blank.sheet.name,
                columns=tuple(column.text for column in blank.amounts.values()),
                meanings=tuple(tuple((name, str(value)) for name, value in one.items()) for one in meanings),
                last=2 * FAR,
            )
        )

    def _rows(self, blank: Blank) -> list[tuple[str, dict[str, str]]]:
        """The rows to fill in that the specimen fills in: a class each, or a class of items."""
        if blank.block is None:
            return []
        if "project_code" in blank.block.roles:
            return [("", {"item": "class.1"})]
        if blank.layout.form.kind == "table" and not (blank.block.split or "code" in blank.block.roles):
            return []
        if blank.layout.form.rows not in {"function", "economic"}:
            return []
        dimension, first = ("economic", "3") if blank.layout.form.rows == "economic" else ("function", "2")
        found = [one.code for one in self.catalogue if one.level is Level.CLASS and one.code[0] == first]
        self.classes[blank.sheet.name] = len(found)
        return [(code, {dimension: code}) for code in found]

    def _print(self, blank: Blank, place: Place, at: Coordinate, header: Column, part: Part) -> None:
        own = find_unit(header.text) if "元" in header.text else None
        self.facts.append(
            Fact(ONE if at.origin else BOTH, own or blank.unit, blank.layout.form.id, "", "", at, header.text, place)
        )
        self.known[place] = part

    def equations(self) -> Iterable[Equation]:
        """What the rules compare, as far as it is printed in one unit: sums first, the balance last."""
        context = Context(Budget(facts=self.facts, forms=self.forms, year=self.year))
        for prefixes in ORDER:
            for rule in selected(registered(), prefixes):
                for _ in rule.check(context):
                    pass
        for one in context.equations:
            if len({entry.fact.unit for entry in (one.total, *one.parts)}) == 1:
                yield one

    def parts(self, entries: Iterable[Entry]) -> list[Part]:
        """The cells of some entries; the classes of a column, where all of them are there, as the whole column."""
        found = [self.known[entry.fact.place] for entry in entries]
        columns: dict[tuple[str, int], list[Detail]] = {}
        for part in found:
            if isinstance(part, Detail):
                columns.setdefault((part.blank.sheet.name, part.column), []).append(part)
        kept: list[Part] = [part for part in found if isinstance(part, Fixed)]
        for (sheet, _), details in columns.items():
            if len(details) == self.classes.get(sheet, 1):
                kept.append(attrs.evolve(details[0], code=""))
            else:
                kept += details
        return kept
