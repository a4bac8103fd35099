"""What stands around a table（表头与表尾）: number, title, agency and unit line, header, notes."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.amounts import Unit
from govbudget.model import Fact
from govbudget.writing.context import Context
from govbudget.writing.layout import Layout
from govbudget.writing.sheet import Kind, Sheet, text_width

__all__ = ["close", "header", "header_cells", "open_sheet", "put_amount"]


def open_sheet(
    context: Context,
    layout: Layout,
    name: str,
    widths: Sequence[float],
    unit: Unit | None,
    *,
    index: int = 0,
    year: int | None = None,
) -> tuple[Sheet, int]:
    """A sheet with its number, title and the line of agency and unit; and the next free row.

    A document of the same family that does not name the unit on this form is printed without it.
    """
    printed = context.printed(layout, index)
    if printed is not None and printed.unit is None:
        unit = None
    title = context.title(layout, index)
    sheet = Sheet(name, list(widths), look=layout.look)
    width = len(widths)
    above, between, below = layout.look.gaps
    row = _gap(sheet, 0, above)
    if layout.number:
        sheet.put(row, 0, layout.number, Kind.NUMBER)
        row += 1
    if title:
        sheet.put(row, 0, title, Kind.TITLE, columns=width)
        row += 1
    if layout.year_line and (year or context.year):
        sheet.put(row, 0, layout.year_line.format(year=year or context.year), Kind.LINE_CENTRE, columns=width)
        row += 1
    agency = layout.agency_line.format(agency=context.agency) if layout.agency_line else ""
    money = layout.unit_line.format(unit=unit.value) if unit and layout.unit_line else ""
    row = _gap(sheet, row, between)
    if agency or money:
        right = _right_columns(widths, text_width(money) + 2) if money else 0
        if agency:
            sheet.put(row, 0, agency, Kind.LINE, columns=layout.line_columns or width - right)
        if money:
            sheet.put(row, width - right, money, Kind.LINE_RIGHT, columns=right)
        row += 1
    return sheet, _gap(sheet, row, below)


def _gap(sheet: Sheet, row: int, height: float) -> int:
    """Leave a row of some height empty, where there is to be one; gives the row under it."""
    if not height:
        return row
    sheet.least[row] = height
    return row + 1


def _right_columns(widths: Sequence[float], need: int) -> int:
    """How many columns at the right are wide enough for the unit line."""
    taken = 0.0
    for count in range(1, len(widths)):
        taken += widths[-count]
        if taken >= need:
            return count
    return len(widths) - 1


def header(sheet: Sheet, row: int, paths: Sequence[Sequence[str]]) -> int:
    """Print the header of a table, repeated on every page; gives the row under it."""
    under = header_cells(sheet, row, paths, [(column, column) for column in range(len(paths))])
    sheet.header = (row, under - 1)
    return under


def header_cells(sheet: Sheet, row: int, paths: Sequence[Sequence[str]], cells: Sequence[tuple[int, int]]) -> int:
    """Print the headers with these paths over these grid columns; gives the row under them.

    Neighbours that share the beginning of their path share a cell; a path shorter than the others reaches down.
    """
    depth = max(len(path) for path in paths)
    for column, path in enumerate(paths):
        for level, text in enumerate(path):
            beginning = tuple(path[: level + 1])
            before = paths[column - 1] if column else ()
            if tuple(before[: level + 1]) == beginning and not (len(path) == level + 1 == len(before)):
                continue
            across = 1
            while (
                column + across < len(paths)
                and tuple(paths[column + across][: level + 1]) == beginning
                and len(path) > level + 1
            ):
                across += 1
            down = 1 if len(path) > level + 1 else depth - level
            first, last = cells[column][0], cells[column + across - 1][1]
            sheet.put(row + level, first, text, Kind.HEADER, rows=down, columns=last - first + 1)
    return row + depth


def put_amount(
    context: Context, sheet: Sheet, row: int, column: int, fact: Fact | None, unit: Unit, *, columns: int = 1
) -> None:
    """Print the amount of *fact* in *unit*; an empty cell where there is none."""
    amount, decimals = context.amount(fact, unit) if fact is not None else ("", 2)
    sheet.put(row, column, amount, Kind.AMOUNT, columns=columns, decimals=decimals)


def close(context: Context, layout: Layout, sheet: Sheet, row: int, *, empty: bool) -> None:
    """Print the notes under a table: the document's own, and the family's for an empty form."""
    printed = context.printed(layout)
    notes = printed.note.split("\n") if printed is not None and printed.note else []
    if empty and not notes and layout.empty_note:
        notes = [layout.empty_note]
    for note in notes:
        sheet.put(row, 0, note, Kind.NOTE, columns=len(sheet.widths))
        row += 1
