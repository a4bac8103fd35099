"""A budget on another family's forms（换套表式）: what is carried, what is derived, and what finds no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from govbudget.cells import NOWHERE, Place
from govbudget.checks.context import Context
from govbudget.checks.ledger import Ledger
from govbudget.checks.paths import Vector
from govbudget.conversion.figures import Figure, Figures
from govbudget.conversion.keeping import Cell, Keeper, amounts_of
from govbudget.conversion.report import Conversion, Derived
from govbudget.conversion.rows import TableRow, table_rows
from govbudget.forms import Column, label
from govbudget.model import Budget, Coordinate, Fact
from govbudget.writing.cells import cell_coordinate
from govbudget.writing.context import Context as Printing
from govbudget.writing.context import Leftover, book_year, fact_text
from govbudget.writing.layout import FamilyLayout, Layout, Side, family_layout
from govbudget.writing.matching import match
from govbudget.writing.plan import NO_FORM, plan
from govbudget.writing.sides import ROW_DIMENSIONS, labels_of
from govbudget.writing.tables import NO_CELL, row_dimensions

__all__ = ["convert"]

SUMMED = "目标表式只印列其合计 (the forms print it in a sum only)"
OTHER_FIGURE = (
    "另一张表在同一处印有不同的数，印列的是那个数 (another form prints a different figure for it, which is kept)"
)
WITHDRAWN = (
    "目标表式没有列全相关的数，印出会与其他数不符 (the forms do not print all that belongs to it; it would look wrong)"
)
NO_CODE = "目标表式只印项目名称，不印项目编码 (the forms name projects and print no code)"
ZERO = Decimal(0)


def convert(book: Budget, family: str | None = None) -> Conversion:
    """Lay a budget out on the forms of *family*（换套表式）, by default those it was read from.

    Every form that the facts can fill is printed. A subtotal or total that the family prints and the budget does not
    is derived where the facts below it are complete: an exact sum, never a guess. It is given up where it would break
    a law of the rule book that the budget keeps. On the forms of its own family, and where it names none, the budget
    is printed as it stands.

    Raises:
        FamilyError: nobody declared that family, or neither the caller nor the budget names one.
    """
    if family is None or book.family in (None, family):
        found = plan(book, family)
        lost = {id(one.fact) for one in found.left if one.fact is not None}
        written = tuple(fact for fact in book.facts if id(fact) not in lost)
        return Conversion(book, found.family, written, written, (), found.left, found)
    return _Converter(book, family_layout(family, book_year(book))).convert()


class _Converter:
    """Fills the forms of a family with what a budget says."""

    def __init__(self, book: Budget, layouts: FamilyLayout) -> None:
        self.book = book
        self.layouts = layouts
        self.context = Context(book)
        self.printing = Printing(book, layouts)
        self.keeper = Keeper(book, layouts)
        self.figures = Figures(self.context, self.keeper.disputed)
        self.amounts = [fact for fact in book.facts if self._is_amount(fact)]
        self.vectors = {id(entry.fact): entry.common for ledger in self.figures.ledgers for entry in ledger.entries}
        self.forms = {form: _blank(layout) for form, layout in layouts.forms.items()}
        self.apart: dict[Coordinate, Fact] = {}
        for fact in self.amounts:
            if id(fact) not in self.vectors:
                self.apart.setdefault(fact.coordinate, fact)

    def convert(self) -> Conversion:
        """Fill the forms, and account for every fact."""
        cells = self.keeper.kept([cell for layout in self.layouts.forms.values() for cell in self._cells(layout)])
        others = [fact for fact in self.book.facts if not self._is_amount(fact)]
        rounded = self.keeper.rounded(cells)
        facts = [*(cell.fact for cell in cells), *others]
        found = plan(attrs.evolve(self.book, facts=facts), self.layouts.family.id, rounded=rounded)
        lost = {id(one.fact) for one in found.left if one.fact is not None}
        cells = [cell for cell in cells if id(cell.fact) not in lost]
        left = [
            *self._left(cells),
            *self._left_codes(cells),
            *(one for one in found.left if one.fact is None or not self._is_amount(one.fact)),
        ]
        missing = {id(one.fact) for one in left}
        return Conversion(
            self.book,
            self.layouts.family.id,
            facts=tuple(
                attrs.evolve(fact, place=NOWHERE) if self._is_amount(fact) else fact
                for fact in facts
                if id(fact) not in lost
            ),
            written=tuple(fact for fact in self.book.facts if id(fact) not in missing),
            derived=tuple(
                Derived(attrs.evolve(cell.fact, place=NOWHERE), cell.figure.facts)
                for cell in cells
                if cell.figure.derived
            ),
            left=tuple(left),
            plan=found,
            rounded=rounded,
        )

    def _is_amount(self, fact: Fact) -> bool:
        form = self.printing.words.forms.get(fact.form)
        return form is None or form.kind != "targets"

    # ------------------------------------------------------------------ cells

    def _cells(self, layout: Layout) -> Iterator[Cell]:
        """The cells of a form that the budget has figures for."""
        if layout.form.kind == "targets":
            return
        home = [fact for fact in self.amounts if fact.form == layout.form.id]
        found: list[Cell] = []
        for at, (columns, row) in enumerate(self._rows(layout, home)):
            for index, column in columns:
                cell = self._cell(layout, row, index, column, at)
                if cell is not None:
                    found.append(cell)
        if not home and not _is_worth_printing(layout, found):
            return
        yield from found

    def _cell(self, layout: Layout, row: TableRow, index: int, column: Column, at: int) -> Cell | None:
        coordinate = cell_coordinate(layout.form, row.dims, column, self.printing.year)
        vector = self._vector(layout, coordinate)
        common = self._common(layout, vector)
        if coordinate.project and "project" not in layout.roles:
            coordinate = attrs.evolve(coordinate, project=row.name)  # the form names projects and prints no code
        apart = self.apart.get(coordinate)
        if apart is not None:
            figure: Figure | None = Figure(apart.amount, apart.unit, (apart,), derived=False)
        else:
            figure = self.figures.at(common, vector, layout.form.id)
        if figure is None:
            return None
        place = Place.at(layout.form.id, at + 1, index + 1)
        fact = Fact(figure.amount, figure.unit, layout.form.id, row.name, row.code, coordinate, column.text, place)
        return Cell(fact, common, figure)

    def _rows(self, layout: Layout, home: Sequence[Fact]) -> Iterator[tuple[list[tuple[int, Column]], TableRow]]:
        if layout.sides:
            first = 0
            for side in layout.sides:
                columns = [(first + index, column) for index, column in amounts_of(side.columns)]
                for row in self._side_rows(layout, side, home):
                    yield columns, row
                first += len(side.columns)
            return
        columns = amounts_of(layout.columns)
        near = home or [fact for fact in self.amounts if self._fits(layout, columns, fact)]
        for row in table_rows(layout, [fact.coordinate for fact in near], self.book, self.printing.catalogue):
            yield columns, row

    def _side_rows(self, layout: Layout, side: Side, home: Sequence[Fact]) -> Iterator[TableRow]:
        """The labels of a side, and before the totals at its foot the lines of the budget that no label stands for."""
        labels = labels_of(self.printing, side, layout)
        known = [dict(one.dims) for one in labels]
        more: list[TableRow] = []
        for row in self._lines(layout, side, home) if home else self._classes():
            longer = attrs.evolve(side, rows=(*side.rows, *(one.name for one in more), row.name))
            said = [one for one in labels_of(self.printing, longer, layout) if not one.foot][-1].dims
            if not _is_total(row.dims) and dict(row.dims) not in known and dict(row.dims) == dict(said):
                known.append(dict(row.dims))
                more.append(row)
        for part in (False, True):
            for one in labels:
                if one.foot is part and one.text:
                    yield TableRow(label(one.text), "", one.dims)
            yield from () if part else more

    def _lines(self, layout: Layout, side: Side, home: Sequence[Fact]) -> Iterator[TableRow]:
        """The lines that the budget's own form prints."""
        for fact in home:
            found = match(fact, amounts_of(side.columns), layout.form, ROW_DIMENSIONS, self.printing.year)
            if found is not None:
                yield TableRow(fact.name, fact.code, found.row)

    def _classes(self) -> Iterator[TableRow]:
        """The classes of function subjects that the budget has money in."""
        for code in sorted({fact.coordinate.function[:3] for fact in self.amounts if fact.coordinate.function}):
            subject = self.printing.catalogue.get(code)
            if subject is not None:
                yield TableRow(subject.name, "", {"function": code})

    def _fits(self, layout: Layout, columns: Sequence[tuple[int, Column]], fact: Fact) -> bool:
        """Whether a form has a cell for a fact of another form."""
        own = self.vectors.get(id(fact))
        said = {name: getattr(fact.coordinate, name) for name in row_dimensions(layout)}
        row = TableRow(dims={name: value for name, value in said.items() if value is not None})
        coordinates = (cell_coordinate(layout.form, row.dims, column, self.printing.year) for _, column in columns)
        return any(self._common(layout, self._vector(layout, one)) == own for one in coordinates)

    def _vector(self, layout: Layout, coordinate: Coordinate) -> Vector:
        """The vector of a cell, as the form prints it."""
        vector = self.context.vector(Fact(ZERO, layout.unit, coordinate=coordinate))
        return vector._replace(nature=vector.nature or "project") if layout.form.id == "projects" else vector

    def _common(self, layout: Layout, vector: Vector) -> Vector:
        """The vector that the printings of one figure share."""
        return self.context.canonical(vector, self.forms[layout.form.id])

    # ------------------------------------------------------------------ the account

    def _left(self, cells: Sequence[Cell]) -> Iterator[Leftover]:
        """The facts of the budget that no cell prints, each with the reason."""
        printed: dict[Vector, set[Decimal]] = {}
        for cell in cells:
            printed.setdefault(cell.vector, set()).add(cell.fact.yuan)
        carried = {id(fact) for cell in cells if not cell.figure.derived for fact in cell.figure.facts}
        summed = {id(fact) for cell in cells if cell.figure.derived for fact in cell.figure.facts}
        for fact in self.amounts:
            vector = self.vectors.get(id(fact))
            if id(fact) in carried or (vector is not None and fact.yuan in printed.get(vector, ())):
                continue
            yield self._leftover(fact, vector in printed, id(fact) in summed)

    def _left_codes(self, cells: Sequence[Cell]) -> Iterator[Leftover]:
        """The codes of projects that no form of the family prints."""
        shown = {cell.fact.coordinate.project for cell in cells}
        for project in self.book.projects:
            if project.code and project.name in shown and project.code not in shown:
                yield Leftover(f"{project.name} 项目编码：{project.code}", NO_CODE)

    def _leftover(self, fact: Fact, elsewhere: bool, summed: bool) -> Leftover:
        text = fact_text(fact)
        if elsewhere:
            return Leftover(text, OTHER_FIGURE, fact)
        if id(fact) in self.keeper.withdrawn and not summed:
            return Leftover(text, WITHDRAWN, fact)
        if summed:
            return Leftover(text, SUMMED, fact)
        return Leftover(text, NO_CELL if fact.form in self.layouts.forms else NO_FORM, fact)


def _is_total(dims: Mapping[str, Any]) -> bool:
    """Whether a line of a summary is a total, which a family prints in its own way or not at all."""
    return dims.get("item") == "grand_total" or dims in ({}, {"origin": "current"})


def _blank(layout: Layout) -> Ledger:
    """The form of a layout without a figure, which tells what its columns say."""
    origins = frozenset(str(column.dims.get("origin", "")) for _, column in amounts_of(layout.columns))
    return Ledger(-1, layout.form, None, columns={"origin": origins})


def _is_worth_printing(layout: Layout, cells: Sequence[Cell]) -> bool:
    """Whether a form that the budget does not have is more than a total of nothing."""
    rows_matter = not layout.sides and layout.roles & {"code", "class", "project"}
    return any(
        cell.fact.amount and (cell.fact.code or cell.fact.coordinate.project or not rows_matter) for cell in cells
    )
