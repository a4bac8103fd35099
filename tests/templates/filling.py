"""Typing figures into the open cells of a blank workbook, and reading its alarms as cells, as a person would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import openpyxl
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import range_boundaries
from tests.templates.truth import Truth

from govbudget.cells import cell_name
from govbudget.classification import Catalogue, subjects
from govbudget.forms.marks import HELP
from govbudget.model import Budget
from govbudget.templates import Template
from govbudget.templates.blank import Blank, sides_blank, table_blank
from govbudget.writing.cells import cell_coordinate
from govbudget.writing.context import Context
from govbudget.writing.layout import Layout, family_layout
from govbudget.writing.sheet import Sheet

__all__ = ["blanks_of", "fill", "type_alarms"]

ALARMS = "alarms"


@attrs.frozen
class Line:
    """A row as it is typed: the texts by role, and what it stands for; only detail gets amounts."""

    texts: dict[str, str]
    dims: dict[str, Any]
    detail: bool = True


def blanks_of(template: Template, rows: int) -> list[Blank]:
    """The blank forms of a template, laid out again."""
    context = Context(Budget(year=template.year, family=template.family), family_layout(template.family, template.year))
    layouts = [layout for layout in context.layouts.forms.values() if layout.form.kind != "targets"]
    return [sides_blank(context, layout) if layout.sides else table_blank(context, layout, rows) for layout in layouts]


def fill(template: Template, truth: Truth, rows: int) -> openpyxl.Workbook:
    """The template with the figures of *truth* in its open cells; computed cells are left alone."""
    buffer = io.BytesIO()
    template.write(buffer)
    book = openpyxl.load_workbook(buffer)
    for blank in blanks_of(template, rows):
        page = book[blank.sheet.name]

        def write(row: int, column: int, value: Any, page: Any = page) -> None:
            target = page.cell(row + 1, column + 1)
            assert not target.protection.locked, (page.title, target.coordinate)
            target.value = value

        computed = {
            (row, column)
            for (row, column), cell in own_sheet(template, blank).cells.items()
            if cell.formula and cell.locked
        }
        form = blank.layout.form
        for one in blank.cells:
            amount = truth.at(cell_coordinate(form, one.dims, one.header, truth.year))
            if (one.row, one.column) not in computed and amount:
                write(one.row, one.column, amount)
        if blank.block is None or blank.layout.sides:
            continue
        for row, line in enumerate(lines(blank, truth), blank.block.first):
            assert row <= blank.block.last
            for role, text in line.texts.items():
                if role in blank.block.roles:
                    write(row, blank.block.roles[role], text)
            for column, header in blank.amounts.items():
                amount = truth.at(cell_coordinate(form, line.dims, header, truth.year))
                if line.detail and amount and (row, column) not in computed:
                    write(row, column, amount)
    return book


def own_sheet(template: Template, blank: Blank) -> Sheet:
    """The sheet of a blank form in the template."""
    return next(sheet for sheet in template.sheets if sheet.name == blank.sheet.name)


# ---------------------------------------------------------------- the rows of a form


def lines(blank: Blank, truth: Truth) -> Iterator[Line]:
    """The rows that a person types into a form."""
    layout = blank.layout
    assert blank.block is not None
    roles = blank.block.roles
    if layout.form.rows == "purchase":
        return
    if layout.form.rows == "project":
        yield from _project_lines(layout, truth, set(roles))
    elif not {"class", "code"} & set(roles):
        yield Line(
            {"agency_code": truth.agency.code, "name": truth.agency.name, "agency": truth.agency.name}, {}, False
        )
        for unit in truth.units:
            texts = {"agency_code": unit.code, "name": unit.name, "agency": unit.name}
            yield Line(texts, {"agency": unit.code})
    elif not layout.agency_rows:
        yield from _subject_lines(layout, truth, None)
    elif layout.form.id == "general":
        yield Line({"name": "某市数据局合并"}, {}, False)
        yield from _subject_lines(layout, truth, None)
    else:
        for unit in truth.units:
            code = unit.code if layout.agency_rows == "code" else ""
            yield Line({"agency_code": code, "name": unit.name}, {"agency": unit.code}, False)
            yield from _subject_lines(layout, truth, unit.code)


def _subject_lines(layout: Layout, truth: Truth, unit: str | None) -> Iterator[Line]:
    """The subjects that a form has money for, at the levels that it prints."""
    economic = layout.form.rows == "economic"
    dimension = "economic" if economic else "function"
    own = {"agency": unit} if unit else {}
    years = (None, truth.year)
    amounts = [one for one in layout.columns if one.role is None and one.dims.get("year") in years]
    codes = {getattr(atom, dimension) for atom in truth.atoms}
    present = sorted(
        code
        for code in codes
        if any(
            truth.at(cell_coordinate(layout.form, {**own, dimension: code}, column, truth.year)) for column in amounts
        )
    )
    lengths = (3, 5) if economic else (3, 5, 7) if layout.levels != ("item",) else (7,)
    for code in sorted({code[:length] for code in present for length in lengths}):
        texts = {"class": code[:3], "section": code[3:5], "item": code[5:], "code": code, "agency_code": unit or ""}
        if layout.code_under:
            texts[layout.code_under] = code
            if len(code) == 3:
                texts = {layout.code_under: code}
        elif not unit:
            texts["agency_code"] = truth.agency.code
        yield Line({k: v for k, v in texts.items() if v}, {**own, dimension: code}, code in present)


def _project_lines(layout: Layout, truth: Truth, roles: set[str]) -> Iterator[Line]:
    catalogue: Catalogue = subjects(truth.year)
    for unit in truth.units:
        mine = [atom for atom in truth.atoms if atom.agency == unit.code]
        if "project_code" in roles:
            if unit is truth.units[0]:
                yield Line({"project_code": truth.agency.code, "project": truth.agency.name}, {}, False)
            yield Line({"project_code": unit.code, "project": unit.name}, {"agency": unit.code}, False)
            for code, nature, cost in (
                ("1101", "basic", "personnel"),
                ("21", "basic", "public"),
                ("22", "project", ""),
            ):
                item = "class." + ".".join(code[i : i + 2] for i in range(0, len(code), 2))
                dims = {"agency": unit.code, "item": item, "nature": nature, **({"cost": cost} if cost else {})}
                yield Line({"project_code": code, "project": f"类{code}"}, dims, False)
                for project in sorted({a.project for a in mine if (a.nature, a.cost) == (nature, cost)}):
                    texts = {"project_code": project, "project": f"项目{project[-6:]}", "agency": unit.name}
                    yield Line(texts, {**dims, "project": project})
            continue
        listed = [atom for atom in mine if atom.nature == "project"]
        if layout.form.base.get("fund"):
            listed = [atom for atom in listed if atom.fund == layout.form.base["fund"]]
        split = layout.form.id == "general_project"
        if split:
            yield Line({"name": unit.name}, {"agency": unit.code}, False)
        for function in sorted({atom.function for atom in listed}):
            if split:
                name = catalogue[function].name
                yield Line({"name": name}, {"agency": unit.code, "function": function}, False)
            for project in dict.fromkeys(atom.project for atom in listed if atom.function == function):
                texts = {"class": function[:3], "section": function[3:5], "item": function[5:], "code": function}
                texts |= {"agency_code": unit.code, "agency": f"{unit.code}-{unit.name}", "project": project}
                if split:
                    texts["name"] = project
                yield Line(texts, {"agency": unit.code, "function": function, "project": project})


# ---------------------------------------------------------------- alarms as cells


def type_alarms(book: openpyxl.Workbook, template: Template) -> list[str]:
    """Put the condition of every conditional format into a cell of its own on a sheet; gives what each is about."""
    page = book.create_sheet(ALARMS)
    page["A1"] = HELP
    about = []
    for sheet in template.sheets:
        for alert in sheet.alerts:
            left, top, right, bottom = (int(side or 0) for side in range_boundaries(alert.area))
            origin = cell_name(top - 1, left - 1)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    here = cell_name(row - 1, column - 1)
                    formula = Translator(f"={alert.formula}", origin).translate_formula(here)
                    about.append(f"{sheet.name}!{here} {alert.formula}")
                    page.cell(len(about) + 1, 1).value = _seen_from_elsewhere(formula, sheet.name)
    return about


def _seen_from_elsewhere(formula: str, sheet: str) -> str:
    """A formula of a sheet as it reads on another."""
    tokens = Tokenizer(formula)
    parts = []
    for token in tokens.items:
        is_cell = token.type == Token.OPERAND and token.subtype == Token.RANGE and "!" not in token.value
        named = is_cell and token.value.replace("$", "").replace(":", "").isascii()
        parts.append(f"'{sheet}'!{token.value}" if named else token.value)
    return "=" + "".join(parts)


def save(book: openpyxl.Workbook, path: Path) -> None:
    """Write the workbook; formulas have no values now."""
    book.save(path)
