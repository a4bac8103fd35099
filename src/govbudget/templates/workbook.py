"""A blank workbook（空白工作簿）: the forms of a family, the subjects, the help."""

from __future__ import annotations

from os import PathLike
from typing import IO

import attrs

from govbudget.errors import OptionError
from govbudget.forms.marks import schema
from govbudget.model import Agency, Budget
from govbudget.saving import save_workbook
from govbudget.templates.blank import Blank, sides_blank, table_blank
from govbudget.templates.catalogue import catalogue_sheet, list_classes, offer_codes
from govbudget.templates.formulas import cell, on
from govbudget.templates.guidance import guidance_sheet
from govbudget.templates.laws import laws_of
from govbudget.templates.targets import NUMBER, target_sheets
from govbudget.templates.wiring import wire
from govbudget.writing.context import Context
from govbudget.writing.layout import family_layout
from govbudget.writing.plan import cover
from govbudget.writing.sheet import Choice, Kind, Sheet
from govbudget.writing.workbook import workbook_bytes

__all__ = ["Template", "template"]

MOST_ROWS = 2000
YEARS = 2000, 2099


@attrs.frozen
class Template:
    """A blank workbook of a family（空白表样）, made by :func:`template`.

    Attributes:
        family: the family of forms.
        year: the budget year; None where none was given.
        forms: the ids of the forms in order.
        sheets: the sheets, laid out before any file format.
        names: the cells that formulas call by a name.
    """

    family: str
    year: int | None
    forms: tuple[str, ...]
    sheets: tuple[Sheet, ...] = attrs.field(repr=False)
    names: dict[str, str] = attrs.field(repr=False)

    def write(self, target: str | PathLike[str] | IO[bytes]) -> None:
        """Write the workbook to a path or a binary file（写出）.

        Raises:
            WriteError: the target cannot be written; what stood there before is untouched.
        """
        says = schema(self.family, self.year, self.forms)
        title = f"{self.year}年部门预算" if self.year else "部门预算"
        save_workbook(workbook_bytes(self.sheets, title, properties=says, names=self.names), target)


def template(
    family: str,
    *,
    year: int | None = None,
    agency: str = "",
    rows: int = 40,
    indicators: int = 10,
    projects: int = 3,
) -> Template:
    """A blank workbook on the forms of *family*（空白表样）, which adds up and checks itself while it is filled in.

    Args:
        family: the family of forms, such as ``sichuan``.
        year: the budget year; titles name it, and subjects are those of its edition.
        agency: the name of the department.
        rows: the rows to fill in of each table（各表的填报行数）.
        indicators: the rows for the indicators of each performance target（每张绩效目标表的指标行数）.
        projects: how many projects' targets there is room for（项目绩效目标表的个数）.

    Raises:
        FamilyError: nobody declared that family, or only how it is read.
        OptionError: a year or a number of rows or projects that cannot be.
    """
    for name, number in (("rows", rows), ("indicators", indicators), ("projects", projects)):
        _within(name, number, 1, MOST_ROWS)
    if year is not None:
        _within("year", year, *YEARS)
    book = Budget(agency=Agency("", agency) if agency else None, year=year, family=family)
    context = Context(book, family_layout(family, year))
    blanks: list[Blank] = []
    sheets = cover(context, context.layouts)
    for layout in context.layouts.forms.values():
        if layout.form.kind == "targets":
            sheets += target_sheets(context, layout, indicators, projects)
            continue
        blank = sides_blank(context, layout) if layout.sides else table_blank(context, layout, rows)
        blanks.append(blank)
        sheets.append(blank.sheet)
    subjects, names = catalogue_sheet(context.catalogue)
    wired = wire(blanks, laws_of(blanks, context.catalogue, context.year))
    for blank in blanks:
        offer_codes(blank)
        offer_numbers(blank)
        if blank.block is not None and blank.layout.sides:
            list_classes(subjects, context.catalogue, blank, wired.sources(blank))
    for sheet in sheets:
        sheet.protected = True
    _name_agency(sheets)
    forms = tuple(context.layouts.forms)
    return Template(
        family, year, forms, (guidance_sheet(context.layouts.family.name, wired.checks), *sheets, subjects), names
    )


def _within(name: str, number: int, least: int, most: int) -> None:
    if not (isinstance(number, int) and least <= number <= most):
        raise OptionError(
            f"{name} 须在 {least} 到 {most} 之间，不能是 {number!r} ({name} must be within {least} and {most})"
        )


def offer_numbers(blank: Blank) -> None:
    """Let the open cells of amounts hold numbers only."""
    rows = [one.row for one in blank.cells]
    if blank.block is not None:
        rows += [blank.block.first, blank.block.last]
    for column in blank.amounts:
        blank.sheet.choices.append(Choice(column, min(rows), max(rows), (), "金额", NUMBER, NUMBER))


def _name_agency(sheets: list[Sheet]) -> None:
    """Open the lines that name the department; all but the first repeat it."""
    source = ""
    for sheet in sheets:
        for (row, column), one in list(sheet.cells.items()):
            if one.kind is Kind.LINE and column == 0 and str(one.value).partition("：")[1]:
                sheet.cells[row, column] = attrs.evolve(one, locked=False, formula=source)
                source = source or f"={on(sheet.name, cell(row, column, fix_row=True, fix_column=True))}"
            elif one.kind in {Kind.TITLE, Kind.COVER_TITLE, Kind.COVER_LINE}:
                sheet.cells[row, column] = attrs.evolve(one, locked=False)
