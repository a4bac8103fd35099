"""Tables of amounts（预算表）: facts to rows, rows to cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from govbudget.classification import same_name
from govbudget.forms import Column, tidy
from govbudget.model import Fact, Purchase
from govbudget.writing.context import Context
from govbudget.writing.frame import close, header, open_sheet, put_amount
from govbudget.writing.layout import Layout
from govbudget.writing.matching import match
from govbudget.writing.sheet import Kind, Sheet

__all__ = ["Row", "collect", "row_dimensions", "table_sheet"]

PURCHASE = "procurement.purchase"
COUNT = re.compile(r"[1-9]\d{0,11}(?:\.\d?[1-9])?").fullmatch
ITEM_DOTS = re.compile(r"^class|\.")
UNIT_CODE = 3  # a shorter code is that of a section of the finance bureau
LEVELS = {3: "class", 5: "section", 7: "item"}
CENTRED = frozenset({"class", "section", "item", "index", "code", "agency_code", "project_code"})
NO_CELL = "本表没有印列该数的栏次或行 (the form has no column or row for it)"
NO_LEVEL = "本表不印列该级科目 (the form does not print subjects of this level)"
NO_PROJECT = "功能科目行之下没有项目 (a row of a function subject without a project below)"


@attrs.define(eq=False)
class Row:
    """A row of a table: what it is called, what it says of the coordinate, and its facts by column."""

    name: str = ""
    code: str = ""
    dims: Mapping[str, Any] = attrs.field(factory=dict)
    facts: dict[int, Fact] = attrs.field(factory=dict)
    purchase: Purchase | None = None

    @property
    def agency(self) -> str:
        """The key of the agency that the row stands for or belongs to; empty for none."""
        return str(self.dims.get("agency", ""))

    @property
    def subject(self) -> str:
        """The code of the row's subject, printed or not."""
        return self.code or str(self.dims.get("function") or self.dims.get("economic") or "")

    @property
    def is_total(self) -> bool:
        """Whether the row stands for everything."""
        return not self.dims and not self.code


def row_dimensions(layout: Layout) -> frozenset[str]:
    """The dimensions that a row of a table can say."""
    form = layout.form
    found = {"agency"} if layout.agency_rows or layout.roles & {"agency", "agency_code"} else set()
    if layout.roles & {"class", "code"}:
        found |= {"economic"} if form.rows == "economic" else {"function"}
    if form.rows == "project":
        found |= {"project"}
    if form.rows == "purchase":
        found |= {"function", "economic", "item"}
    if "project_code" in layout.roles:
        found |= {"nature", "cost", "item"}
    return frozenset(found)


def collect(
    context: Context, columns: Sequence[Column], layout: Layout, facts: Iterable[Fact], allowed: frozenset[str]
) -> list[Row]:
    """The rows that *facts* come to, in the order of the facts; what fits nowhere is left over.

    Facts with a place come in the order of their document, so that a row ends where a column repeats; facts made by
    hand join the first row of the same name that has their cell free.
    """
    amounts = [(index, column) for index, column in enumerate(columns) if column.role is None]
    rows: list[Row] = []
    open_rows: dict[Any, list[Row]] = {}
    for fact in facts:
        found = match(fact, amounts, layout.form, allowed, context.year)
        if found is None:
            context.leave(fact, NO_CELL)
            continue
        key = (fact.name, fact.code, tuple(sorted(found.row.items())))
        last = rows[-1] if rows else None
        if last is not None and last in open_rows.get(key, ()) and found.column > max(last.facts):
            row = last
        else:
            free = [row for row in open_rows.get(key, ()) if found.column not in row.facts]
            row = free[0] if free and not fact.place.cell else Row(fact.name, fact.code, found.row)
        if not row.facts:
            rows.append(row)
            open_rows.setdefault(key, []).append(row)
        row.facts[found.column] = fact
    return rows


def table_sheet(context: Context, layout: Layout, facts: Sequence[Fact]) -> Sheet:
    """The sheet of a form that is one table."""
    columns, widths = _with_own_columns(context, layout, facts)
    rows = collect(context, columns, layout, facts, row_dimensions(layout))
    if layout.form.rows == "purchase":
        rows = _with_purchases(context.book.purchases, rows)
    rows = _TableRows(context, layout, rows).arranged()
    unit = context.unit(layout, facts)
    sheet, at = open_sheet(context, layout, layout.sheet, widths, unit)
    at = header(sheet, at, [column.path for column in columns])
    sheet.frozen = sum(1 for column in columns if column.role is not None) if columns[0].role else 0
    empty = not facts
    if empty:
        rows = [Row(layout.total)]
    for labels, row in _TableRows(context, layout, rows).labelled():
        texts = {tidy(header): text for header, text in row.purchase.texts} if row.purchase else {}
        wide = row.is_total and layout.wide_total and sheet.frozen > 0
        if wide:
            sheet.put(at, 0, labels["name"], Kind.CENTRE, columns=sheet.frozen)
        for index, column in enumerate(columns):
            if wide and index < sheet.frozen:
                continue
            if column.role is not None and tidy(column.path[-1]) in texts:
                _print_text(sheet, at, index, column, texts[tidy(column.path[-1])])
            elif column.role is not None:
                total = row.is_total and column.role in {"name", "label", "agency", "project"}
                kind = Kind.CENTRE if column.role in CENTRED or total else Kind.TEXT
                sheet.put(at, index, labels.get(column.role, ""), kind)
            else:
                put_amount(context, sheet, at, index, row.facts.get(index), context.column_unit(column, unit))
        at += 1
    close(context, layout, sheet, at, empty=empty)
    return sheet


def _print_text(sheet: Sheet, row: int, index: int, column: Column, text: str) -> None:
    """A text of a purchase; a quantity is a number, as the unit price beside it is."""
    if column.role == "quantity" and COUNT(text):
        sheet.put(row, index, Decimal(text), Kind.CENTRE)
    else:
        sheet.put(row, index, text, Kind.TEXT)


def _with_purchases(purchases: Sequence[Purchase], rows: Sequence[Row]) -> list[Row]:
    """The rows of a procurement form with the purchase that each is the line of; one without amounts has its own."""
    found = list(rows)
    at = next((index for index, row in enumerate(found) if row.dims.get("item") == PURCHASE), len(found))
    for purchase in purchases:
        row = next((row for row in found if row.purchase is None and _is_line(row, purchase)), None)
        if row is None:
            dims = {"agency": purchase.agency, "function": purchase.function, "economic": purchase.economic}
            row = Row(dims={**{key: code for key, code in dims.items() if code}, "item": PURCHASE})
            found.insert(at, row)
        row.purchase = purchase
        at = found.index(row) + 1
    return found


def _is_line(row: Row, purchase: Purchase) -> bool:
    if row.dims.get("item") != PURCHASE:
        return False
    place = next(iter(row.facts.values())).place if row.facts else purchase.place
    if place.cell and purchase.place.cell:
        return (place.sheet, place.row) == (purchase.place.sheet, purchase.place.row)
    own = (row.dims.get("agency"), row.dims.get("function"), row.dims.get("economic"))
    return own == (purchase.agency or None, purchase.function or None, purchase.economic or None)


def _with_own_columns(
    context: Context, layout: Layout, facts: Iterable[Fact]
) -> tuple[tuple[Column, ...], tuple[float, ...]]:
    """The columns of the layout, and those that the document of the same family prints beside them."""
    allowed = row_dimensions(layout)
    amounts = [(index, column) for index, column in enumerate(layout.columns) if column.role is None]
    used = {found.column for fact in facts if (found := match(fact, amounts, layout.form, allowed, context.year))}
    groups = {layout.columns[index].path[0] for index in used}
    kept = [
        index for index, column in enumerate(layout.columns) if index not in layout.optional or column.path[0] in groups
    ]
    columns, widths = [layout.columns[index] for index in kept], [layout.widths[index] for index in kept]
    if context.same_family:
        for fact in facts:
            amounts = [(index, column) for index, column in enumerate(columns) if column.role is None]
            if fact.column and match(fact, amounts, layout.form, allowed, context.year) is None:
                own = context.words.column(tuple(fact.column.split("/")))
                if own.known and own.role is None and match(fact, [(0, own)], layout.form, allowed, context.year):
                    columns.append(own)
                    widths.append(widths[-1])
    return tuple(columns), tuple(widths)


@attrs.define
class _TableRows:
    """The rows of a table, arranged and labelled as its layout prints them."""

    context: Context
    layout: Layout
    rows: list[Row]

    def arranged(self) -> list[Row]:
        """The rows that the form prints, with the headings and totals that its layout asks for."""
        rows = [row for row in self.rows if self._is_printed(row)]
        if self.context.book.family is None:
            rows = self._sorted(rows)
        rows = self._below_no_agency_first(rows)
        rows = self._with_headings(self._without_lone_names(rows))
        totals = [row for row in rows if row.is_total]
        if self.layout.second_total and not self.context.same_family and len(totals) == 1:
            rows.insert(rows.index(totals[0]) + 1, Row(facts=totals[0].facts))
        if self.layout.total_last and not self.context.same_family:
            rows.sort(key=lambda row: row.is_total)
        if self.layout.all_agencies and rows:
            present = {row.agency for row in rows}
            own = self.context.book.agency
            rows += [
                Row(agency.name, dims={"agency": agency.key})
                for agency in self.context.book.agencies
                if len(agency.code) >= UNIT_CODE and agency.key not in present and agency != own
            ]
        return rows

    def _sorted(self, rows: list[Row]) -> list[Row]:
        """The rows of a budget made by hand: the total, then each agency with its subjects by code."""
        agencies = list(dict.fromkeys(row.agency for row in rows if row.agency))

        def key(row: Row) -> tuple[int, int, str, bool]:
            agency = agencies.index(row.agency) + 1 if row.agency else 0
            return not row.is_total, agency, row.subject, "project" in row.dims

        return sorted(rows, key=key)

    def _is_printed(self, row: Row) -> bool:
        level = LEVELS.get(len(row.subject))
        if self.context.converts and self.layout.levels and level and level not in self.layout.levels:
            for fact in row.facts.values():
                self.context.leave(fact, NO_LEVEL)
            return False
        return True

    def _below_no_agency_first(self, rows: list[Row]) -> list[Row]:
        """Subjects of the department as a whole stand above the first agency, whose they would seem below it."""
        agency = ""
        misplaced = False
        for row in rows:
            agency = "" if row.is_total else row.agency or agency
            misplaced = misplaced or bool(agency and not row.agency)
        return [r for r in rows if not r.agency] + [r for r in rows if r.agency] if misplaced else rows

    def _with_headings(self, rows: list[Row]) -> list[Row]:
        """Rows whose own cells cannot name their agency get a row that does above them."""
        if "agency" not in row_dimensions(self.layout) or self.layout.form.rows == "agency":
            return rows
        found: list[Row] = []
        agency = ""
        for row in rows:
            if row.is_total:
                agency = ""
            elif self._is_agency(row):
                agency = row.agency
            elif row.agency != agency and not self._shows_agency(row):
                found.append(Row(dims={"agency": row.agency}))
                agency = row.agency
            found.append(row)
        return found

    def _without_lone_names(self, rows: list[Row]) -> list[Row]:
        """A function subject that is told by its name alone needs a project of it below."""
        found = []
        for row, after in zip(rows, [*rows[1:], Row()]):
            if self._is_function_name(row) and ("project" not in after.dims or after.subject != row.subject):
                for fact in row.facts.values():
                    self.context.leave(fact, NO_PROJECT)
            else:
                found.append(row)
        return found

    def _is_agency(self, row: Row) -> bool:
        return not row.is_total and row.dims.keys() <= {"agency"} and not row.code

    def _shows_agency(self, row: Row) -> bool:
        """Whether the cells of a row tell the code of its agency; beside the code of a project only its name stands."""
        under = self.layout.code_under == "agency_code" and not self._is_agency(row)
        named = "project" in row.dims and "project_code" in (roles := self.layout.roles) and "agency_code" not in roles
        return not (under or named) and _is_code(row.agency) and not self._is_function_name(row)

    def _is_function_name(self, row: Row) -> bool:
        return (
            self.layout.form.rows == "project" and not row.code and "function" in row.dims and "project" not in row.dims
        )

    # ------------------------------------------------------------------ labels

    def labelled(self) -> list[tuple[dict[str, str], Row]]:
        """The rows with the texts of their label columns by role, from top to bottom."""
        names = self._names()
        found: list[tuple[dict[str, str], Row]] = []
        below = ""
        for index in range(len(self.rows) - 1, -1, -1):
            row, name = self.rows[index], names[index]
            labels = {"agency": name}
            if self.layout.form.rows != "purchase":
                labels |= {"name": name, "label": name, "project": name}
            if "project" in self.layout.roles:
                labels |= self._project_labels(row, name)
            if self._is_agency(row):
                after = below if index + 1 < len(self.rows) else ""
                alone = index == 0 or not self._is_bare(index - 1)
                if _is_code(row.agency) and not (self.layout.agency_rows == "name" and after == row.agency and alone):
                    labels["agency_code"] = row.agency
            elif not row.is_total and not self._is_function_name(row):
                labels |= self._codes(row, name)
                if self._shows_agency(row):
                    labels["agency_code"] = row.agency
            if self._is_agency(row) or self._shows_agency(row):
                below = labels.get("agency_code", "")
            elif not row.subject:
                below = ""
            found.append((labels, row))
        return found[::-1]

    def _project_labels(self, row: Row, name: str) -> dict[str, str]:
        """The labels of a row of a form that prints project, agency and subject side by side."""
        key = str(row.dims.get("project", ""))
        coded = "project_code" in self.layout.roles
        if not key:
            code = ITEM_DOTS.sub("", str(row.dims.get("item", ""))) or row.agency
            return {"name": "", "agency": "", "project_code": code if coded and not row.is_total else ""}
        book = self.context.book
        project = book.project_names.get(key)
        subject = self.context.catalogue.get(row.subject)
        agency = book.agency_names.get(row.agency, row.agency)
        number = sum("project" in other.dims for other in self.rows[: self.rows.index(row) + 1])
        return {
            "index": str(number),
            "agency": agency if coded else self.context.agency_text(row.agency),
            "name": subject.name if subject else "",
            "project": f"{project.code}-{name}" if project and project.code and not coded else name,
            "project_code": project.code if project else "",
        }

    def _is_bare(self, index: int) -> bool:
        """Whether a row is told by its name alone: an agency, or the name of a function subject."""
        row = self.rows[index]
        return not row.is_total and (self._is_agency(row) or self._is_function_name(row))

    def _names(self) -> list[str]:
        names: list[str] = []
        for row in self.rows:
            name = row.name
            if row.is_total:
                unnamed = not name and not self.context.same_family and self.layout.total not in names
                if unnamed or name.replace(" ", "") == "合计":
                    name = self.layout.total
            elif not name:
                name = self._default_name(row)
            names.append(name)
        return names

    def _default_name(self, row: Row) -> str:
        book = self.context.book
        if "project" in row.dims:
            project = book.project_names.get(row.dims["project"])
            return project.name if project else str(row.dims["project"])
        if self._is_agency(row) or row.purchase is not None:
            return book.agency_names.get(row.agency, "" if _is_code(row.agency) else row.agency)
        subject = self.context.catalogue.get(row.subject)
        return subject.name if subject else row.subject

    def _codes(self, row: Row, name: str) -> dict[str, str]:
        code = row.subject
        split = {"class": code[:3], "section": code[3:5], "item": code[5:]}
        if self.layout.code_under:
            subject = self.context.catalogue.get(code) if len(code) == 3 else None
            if len(code) > 3:
                return {**split, self.layout.code_under: code}
            if subject is not None and same_name(subject.name, name):
                return {self.layout.code_under: code}
        return {**split, "code": code}


def _is_code(agency: str) -> bool:
    return agency.isascii() and agency.isalnum()
