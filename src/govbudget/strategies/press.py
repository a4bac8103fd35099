"""Printing true figures on the forms of a family（印表）, each rounded by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import attrs

from govbudget.amounts import Unit, rounded
from govbudget.cells import Place
from govbudget.classification import subjects
from govbudget.forms import Column, label, vocabulary
from govbudget.model import Budget, Coordinate, Fact, PrintedForm, Project
from govbudget.strategies.truth import Line, Truth
from govbudget.strategies.values import YEAR
from govbudget.writing.labels import expenditure_labels, purchase_labels, revenue_labels
from govbudget.writing.layout import Layout, Side, family_layout

__all__ = ["press"]

Dims = Mapping[str, str]
LEVELS = {"class": 3, "section": 5, "item": 7}
COARSE = frozenset({"fiscal", "three_public"})
FIRST_ROW = 5
GROUP_NAMES = {"class.11.01": "基本工资", "class.21.01": "在职人员公用", "class.22": "其他运转类"}


@attrs.frozen
class _Row:
    """A row as it is printed: its name, its code, and what it says of the coordinate."""

    name: str
    code: str = ""
    dims: Dims = attrs.field(factory=dict)


def press(
    truth: Truth,
    family: str,
    scale: int,
    projects: tuple[Project, ...],
    *,
    unit: Unit | None = None,
    carried: bool = True,
) -> Budget:
    """The budget as the forms of a family print it.

    Args:
        truth: the true figures.
        family: the family of forms.
        scale: the decimals of amounts in 万元; amounts in 元 have two at most.
        projects: the projects, by the keys that the figures name.
        unit: the unit of every form; the family's own where None.
        carried: whether forms of one fund hold what was carried over, where they do not print it apart.
    """
    forms, facts = [], []
    for layout in family_layout(family, YEAR).forms.values():
        if layout.form.kind == "targets":
            continue
        if unit is not None:
            layout = attrs.evolve(layout, unit=unit)
        known = truth.without(line for line in truth.lines if not _belongs(line, layout, carried))
        printed = _Press(layout, known, projects, family, scale).facts()
        facts += printed
        forms.append(_form(layout, truth, printed))
    return Budget(
        facts=facts,
        projects=projects,
        agency=truth.department,
        agencies=[truth.department, *truth.units],
        year=YEAR,
        family=family,
        forms=forms,
    )


def _belongs(line: Line, layout: Layout, carried: bool) -> bool:
    """Whether money can stand on a form at all."""
    if layout.form.id == "projects" and "project_code" not in layout.roles:
        return line.nature == "project"
    apart = any("origin" in column.dims for column in layout.columns)
    return carried or apart or line.origin == "current" or "fund" not in layout.form.base


def _form(layout: Layout, truth: Truth, facts: list[Fact]) -> PrintedForm:
    columns = [column for _, column in _amounts(layout, layout.columns)]
    return PrintedForm(
        layout.form.id,
        layout.title.format(year=YEAR, agency=truth.department.name, index=1),
        layout.unit,
        unit_printed=True,
        sheet=layout.sheet,
        empty=not facts,
        note="" if facts else layout.empty_note,
        columns=tuple(column.text for column in columns),
        meanings=tuple(tuple((name, str(value)) for name, value in column.dims.items()) for column in columns),
        last=max((fact.place.row for fact in facts), default=FIRST_ROW),
    )


def _amounts(layout: Layout, columns: tuple[Column, ...]) -> list[tuple[int, Column]]:
    """The columns of amounts, without those that are printed only where there is something for them."""
    return [(i, column) for i, column in enumerate(columns) if column.role is None and i not in layout.optional]


@attrs.define
class _Press:
    """One form and the money that stands on it."""

    layout: Layout
    truth: Truth
    projects: tuple[Project, ...]
    family: str
    scale: int

    def facts(self) -> list[Fact]:
        """Every figure of the form that is not nothing."""
        if not self.layout.sides:
            return self._print(list(self._rows()), self.layout.columns, 0)
        found, left = [], 0
        for side in self.layout.sides:
            found += self._print(list(self._labels(side)), side.columns, left)
            left += len(side.columns)
        return found

    def _print(self, rows: list[_Row], columns: tuple[Column, ...], left: int) -> list[Fact]:
        found = []
        for offset, row in enumerate(rows):
            for index, column in _amounts(self.layout, columns):
                said = _said(self.layout, row, column)
                amount = self.truth.total(said)
                if amount:
                    place = Place.at(self.layout.sheet, FIRST_ROW + offset + 1, left + index + 1)
                    found.append(self._fact(row, column, said, amount, place))
        return found

    def _fact(self, row: _Row, column: Column, said: Dims, amount: Decimal, place: Place) -> Fact:
        form, unit = self.layout.form, self.layout.unit
        decimals = min(self.scale, 2) if unit is Unit.YUAN else self.scale
        printed = rounded(amount / unit.factor, decimals)
        items = said.get("item", "").split("/")
        if said.get("fund"):
            items = [item for item in items if item != "fiscal"]
        dims = {**said, "item": (".".join if "fiscal" in items else "/".join)(items)}
        at = Coordinate(year=YEAR, **{name: value for name, value in dims.items() if value})
        return Fact(printed, unit, form.id, row.name, row.code, at, column.text, place)

    # ---------------------------------------------------------------- rows

    def _labels(self, side: Side) -> Iterator[_Row]:
        texts = [text for text in (*side.rows, *side.foot) if text]
        fiscal = self.layout.form.base.get("item") == "fiscal"
        if any(column.dims.get("side") == "revenue" for column in side.columns):
            meant = revenue_labels(texts, vocabulary(), fiscal=fiscal)
        elif self.layout.form.rows == "purchase":
            meant = purchase_labels(texts, vocabulary())
        else:
            meant = expenditure_labels(texts, vocabulary(), subjects(YEAR))
        for text, (dims, _) in zip(texts, meant):
            yield _Row(label(text), dims=dims)

    def _rows(self) -> Iterator[_Row]:
        layout, form = self.layout, self.layout.form
        if form.rows == "purchase":
            return
        named = layout.roles & {"agency", "agency_code"} or layout.agency_rows
        if form.rows == "agency" and not named:
            yield _Row("")
            return
        if not layout.total_last:
            yield _Row("合计")
        if layout.second_total:
            yield _Row("")
        if form.rows == "project":
            yield from self._project_rows()
        elif layout.agency_rows:
            yield from self._agency_rows()
        else:
            yield from self._subject_rows({})
        if layout.total_last:
            yield _Row("合计")

    def _agencies(self) -> list[_Row]:
        units = [_Row(unit.name, dims={"agency": unit.code}) for unit in self.truth.units]
        department = _Row(self.truth.department.name, dims={"agency": self.truth.department.code})
        if self.family != "sichuan":
            return [department, *units]
        return [department] if self.layout.form.id == "general" else units

    def _agency_rows(self) -> Iterator[_Row]:
        for agency in self._agencies():
            yield agency
            if self.layout.roles & {"class", "code"}:
                yield from self._subject_rows(agency.dims)

    def _subject_rows(self, own: Dims) -> Iterator[_Row]:
        """Classes, sections and items below an agency, as far as the form prints these levels."""
        dimension = "economic" if self.layout.form.rows == "economic" else "function"
        shown = {**self._base(), **own}
        codes = self.truth.values(dimension, shown)
        sizes = [LEVELS[level] for level in self.layout.levels or LEVELS]
        for code in sorted({code[:size] for code in codes for size in sizes if size <= len(code)}):
            yield _Row(subjects(YEAR)[code].name, code, {**own, dimension: code})

    def _base(self) -> Dims:
        return {name: value for name, value in self.layout.form.base.items() if name != "item" or value == "fiscal"}

    def _project_rows(self) -> Iterator[_Row]:
        classes = "project_code" in self.layout.roles
        for agency in self._agencies() if self.layout.agency_rows else [_Row("")]:
            if agency.name:
                yield agency
            own = {**self._base(), **agency.dims}
            if agency.dims.get("agency") == self.truth.department.code:
                continue
            if classes:
                yield from self._class_rows(own, agency.dims)
            else:
                yield from self._projects_of(own, agency.dims, headed=bool(agency.name))

    def _class_rows(self, own: Dims, agency: Dims) -> Iterator[_Row]:
        for group in self.truth.values("group", own):
            line = self._line({**own, "item": group})
            dims = {**agency, "item": group, "nature": line.nature, "cost": line.cost}
            yield _Row(GROUP_NAMES[group], dims=dims)
            for key in self.truth.values("project", {**own, "item": group}):
                yield _Row(self._name(key), dims={**dims, "project": key})

    def _projects_of(self, own: Dims, agency: Dims, *, headed: bool) -> Iterator[_Row]:
        """Projects below their function subject, which has a row of its own where agencies have."""
        mine = {**own, "nature": "project"}
        for function in self.truth.values("function", mine):
            if headed:
                yield _Row(subjects(YEAR)[function].name, dims={**agency, "function": function})
            for key in self.truth.values("project", {**mine, "function": function}):
                unit = agency or {"agency": self._line({**mine, "project": key}).agency}
                yield _Row(self._name(key), function, {**unit, "function": function, "project": key})

    def _line(self, dims: Dims) -> Line:
        return next(line for line in self.truth.lines if line.is_at(dims))

    def _name(self, key: str) -> str:
        return next(project.name for project in self.projects if project.key == key)


def _said(layout: Layout, row: _Row, column: Column) -> Dims:
    """What a cell says of the coordinate: the form, its row and its column."""
    form = layout.form
    said = {**form.base, **({"side": form.side} if form.side else {}), **row.dims, **column.dims}
    said.pop("year", None)  # columns of other years are among the optional ones
    items = [str(dims["item"]) for dims in (form.base, row.dims, column.dims) if dims.get("item")]
    finer = [one for one in items if not any(other != one and other.startswith(one) for other in items)]
    said["item"] = "/".join(dict.fromkeys(finer if form.rows != "agency" else finer[-1:]))
    fiscal = "fiscal" in said["item"].split("/") and form.base.get("item") != "fiscal"
    if said.get("side") == "revenue" and (said.get("fund") or fiscal):
        said.setdefault("origin", "current")
    return said
