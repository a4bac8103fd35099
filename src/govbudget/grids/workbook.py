"""Workbooks（.xlsx .xlsm .xlsb .xls .ods） as grids: values through calamine, and what calamine hides from the XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from typing import TypeAlias

import python_calamine

from govbudget.errors import ReadError
from govbudget.grids.about import About, about_archive
from govbudget.grids.archive import open_archive
from govbudget.grids.biff import check_xls
from govbudget.grids.extent import cell_at, checked_parts
from govbudget.grids.grid import Grid, Value
from govbudget.grids.limits import Limits
from govbudget.grids.percent import percent_cells, percent_styles, percentages_by_table, show_percentages
from govbudget.grids.relations import attributes, relations
from govbudget.grids.xlsb import check_xlsb

__all__ = ["read_workbook"]

RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
CONTENT = "content.xml"  # of an OpenDocument spreadsheet
SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^<>]*)/?>")
CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
FORMULA_TAG = re.compile(rb"f(?<=[<:]f)[\s>/]").search  # an f is rarer than what begins a tag
FORMULA_TEXT = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>([^<]*)</(?:\w+:)?f>")
CACHED = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)</(?:\w+:)?v>")
CELL_END = re.compile(rb"</(?:\w+:)?c>")
Cell: TypeAlias = tuple[int, int]
Unseen: TypeAlias = tuple[dict[Cell, str], dict[Cell, str], Iterable[Cell]]


def read_workbook(data: bytes, file: str, limits: Limits) -> list[Grid]:
    """The sheets of a workbook as grids.

    Raises:
        ReadError: the workbook is encrypted, broken, or larger than the limits.
    """
    about, unseen = _check(data, file, limits)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = workbook.sheets_metadata
            limits.allow("sheets", len(sheets), file)
            grids = []
            cells = filled = 0
            for index, sheet in enumerate(sheets):  # of which several can be one part
                grids.append(_grid(workbook, index, sheet, file, limits, cells))
                cells += sum(map(len, grids[-1].rows))
                filled += grids[-1].filled
                limits.allow("filled", filled, file, sheet.name)
    except (python_calamine.CalamineError, python_calamine.PasswordError, OSError, ValueError) as error:
        raise ReadError(file, f"工作簿无法打开，可能已损坏或加密 (the workbook cannot be opened: {error})") from error
    except BaseException as error:  # a panic of calamine's Rust is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise ReadError(file, f"工作簿已损坏 (the workbook is broken: {error})") from error
    for grid in grids:
        grid.about = about
        grid.errors, grid.hollow, percentages = unseen.get(grid.name, ({}, {}, []))
        show_percentages(grid, percentages)
    return grids


def _check(data: bytes, file: str, limits: Limits) -> tuple[About, dict[str, Unseen]]:
    """See that a workbook is no larger than allowed, before it is opened.

    Gives what it carries beside its cells, and by sheet what calamine does not see.
    """
    if not data.startswith(b"PK"):
        about, percentages = check_xls(data, file, limits)
        return about, {sheet: ({}, {}, cells) for sheet, cells in percentages.items()}
    unseen: dict[str, Unseen] = {}
    with open_archive(data, file) as archive:
        names = set(archive.namelist())
        if "xl/workbook.bin" in names:
            check_xlsb(archive, file, limits)
        else:
            parts = _parts(archive, names)
            sheets = {part: sheet for sheet, part in parts.items()}
            styles = percent_styles(archive.read(STYLES)) if STYLES in names else frozenset()
            checked = checked_parts(archive, sheets, file, limits)
            found: dict[str, Unseen] = {}
            for part, xml in checked:
                if part in sheets:
                    found[part] = *_unseen(xml), percent_cells(xml, styles)
                elif part == CONTENT and b"table:table" in xml:
                    unseen = {sheet: ({}, {}, cells) for sheet, cells in percentages_by_table(xml).items()}
            unseen |= {sheet: found[part] for sheet, part in parts.items() if part in found}
        return about_archive(archive), unseen


def _grid(
    workbook: python_calamine.CalamineWorkbook,
    index: int,
    metadata: python_calamine.SheetMetadata,
    file: str,
    limits: Limits,
    before: int,
) -> Grid:
    hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
    if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return Grid(metadata.name, [], hidden=hidden)
    sheet = workbook.get_sheet_by_index(index)
    limits.allow("cells", before + sheet.total_height * sheet.total_width, file, metadata.name)
    spans = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    grid = Grid(metadata.name, _rows(sheet), spans, hidden)
    merged = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in grid.spans)
    limits.allow("cells", merged, file, metadata.name)
    return grid


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[list[Value]]:
    """The rows of a sheet from A1 on, one by one: a large sheet is not kept twice."""
    left: list[Value] = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows() if sheet.start else ():
        yield left + row if left else row


def _parts(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    if not {"xl/workbook.xml", RELATIONS} <= names:
        return {}
    targets = {one.id: one.part("xl") for one in relations(archive.read(RELATIONS))}
    parts = {}
    for found in SHEET.finditer(archive.read("xl/workbook.xml")):
        values = attributes(found.group(1))
        parts[values.get("name", "")] = targets.get(values.get("r:id", values.get("id", "")), "")
    return parts


def _unseen(xml: bytes) -> tuple[dict[Cell, str], dict[Cell, str]]:
    """Error values and formulas without a cached value, both of which calamine gives as an empty string."""
    errors: dict[Cell, str] = {}
    hollow: dict[Cell, str] = {}
    if not (b"#" in xml and b't="e"' in xml) and FORMULA_TAG(xml) is None:  # every error value begins with a #
        return errors, hollow
    last = max((found.end() for found in CELL_END.finditer(xml)), default=0)  # beyond it no cell has a content
    for found in CELL.finditer(xml, 0, last):
        head, body = found.group(1), found.group(2) or b""
        error = b't="e"' in head
        if not error and not FORMULA.search(body):
            continue
        cached = CACHED.search(body)
        value = unescape(cached.group(1).decode("utf-8", "replace")) if cached else ""
        cell = cell_at(attributes(head).get("r", ""))
        if cell is None:
            continue
        if error:
            errors[cell] = value or "#ERROR!"
        elif not value and b't="str"' not in head:
            formula = FORMULA_TEXT.search(body)
            hollow[cell] = "=" + (unescape(formula.group(1).decode("utf-8", "replace")) if formula else "")
    return errors, hollow
