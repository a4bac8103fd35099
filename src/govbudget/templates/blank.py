"""Blank forms（空白表）: the sheets of a family with rows to fill in, and what each of their cells stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from govbudget.amounts import Unit
from govbudget.forms import Column
from govbudget.templates.formulas import cell
from govbudget.templates.outline import CODES, NAMES, Block
from govbudget.writing.context import Context
from govbudget.writing.frame import header, open_sheet
from govbudget.writing.layout import Layout, Side, numbering
from govbudget.writing.sheet import Kind, Sheet
from govbudget.writing.sides import labels_of

__all__ = ["Blank", "Cell", "sides_blank", "table_blank"]

HELPER = "辅助列"
HELPER_WIDTH = 10.0
CLASS_ROWS = 13
CODED = frozenset({"class", "section", "item", "code", "agency_code", "project_code"})


@attrs.frozen(eq=False)
class Cell:
    """An amount that stands at a fixed place of a blank form, with what it is an amount of."""

    row: int
    column: int
    label: str
    header: Column
    dims: Mapping[str, Any]


@attrs.define(eq=False)
class Blank:
    """A blank form: its sheet, its fixed amounts, and its rows to fill in.

    Attributes:
        layout: how the family prints it.
        sheet: the sheet.
        unit: the unit of its amounts.
        cells: the amounts of totals and of rows with printed labels.
        amounts: the columns of amounts.
        block: the rows to fill in; None where every row has its label.
        title: what the form is called in checks.
    """

    layout: Layout
    sheet: Sheet
    unit: Unit
    title: str
    cells: list[Cell] = attrs.field(factory=list)
    amounts: dict[int, Column] = attrs.field(factory=dict)
    block: Block | None = None

    @property
    def filled(self) -> dict[int, Column]:
        """The columns of amounts whose rows are to be filled in: all, or those of the side that lists classes."""
        if self.block is None or not self.layout.sides:
            return self.amounts
        left = self.block.roles["label"]
        return {index: column for index, column in self.amounts.items() if index > left}

    @property
    def adding(self) -> dict[int, Column]:
        """The columns of amounts that add up: all but the price of one piece（单价）."""
        return {index: column for index, column in self.amounts.items() if column.dims.get("item") != "unit_price"}

    def helper(self, row: int) -> int:
        """A hidden column that is free in a row."""
        first = min(self.sheet.concealed, default=len(self.sheet.widths))
        column = next(at for at in range(first, first + 99) if (row, at) not in self.sheet.cells)
        if column >= len(self.sheet.widths):
            self.conceal(column)
        return column

    def conceal(self, column: int) -> None:
        """Add a hidden column; its header tells the reader that it holds no amounts."""
        self.sheet.widths.append(HELPER_WIDTH)
        self.sheet.concealed.add(column)
        assert self.sheet.header is not None
        self.sheet.put(self.sheet.header[1], column, HELPER, Kind.LINE)


# ---------------------------------------------------------------- tables


def table_blank(context: Context, layout: Layout, rows: int) -> Blank:
    """A table with *rows* rows to fill in; one row for a form that prints no names of rows."""
    kept = [index for index in range(len(layout.columns)) if index not in layout.optional]
    columns = [layout.columns[index] for index in kept]
    widths = [layout.widths[index] for index in kept]
    sheet, at = open_sheet(context, layout, layout.sheet, widths, layout.unit)
    at = header(sheet, at, [column.path for column in columns])
    blank = Blank(layout, sheet, layout.unit, context.title(layout))
    blank.amounts = {index: column for index, column in enumerate(columns) if column.role is None}
    roles = {column.role: index for index, column in reversed([*enumerate(columns)]) if column.role}
    sheet.frozen = len(roles) if columns[0].role else 0
    if not roles:
        _fixed_row(blank, at, "")
        return blank
    start = at + (0 if layout.total_last else 1 + layout.second_total)
    blank.block = Block(layout, start, start + rows - 1, roles, len(columns))
    blank.conceal(len(columns))
    blank.conceal(len(columns) + 1)
    _fill_rows(blank, columns)
    total = start + rows if layout.total_last else at
    _total(blank, total, columns, layout.total)
    if layout.second_total and not layout.total_last:
        _total(blank, at + 1, columns, "")
    return blank


def _fixed_row(blank: Blank, row: int, label: str) -> None:
    for index, column in blank.amounts.items():
        blank.cells.append(Cell(row, index, label or column.path[-1], column, {}))
        _amount(blank.sheet, row, index)


def _total(blank: Blank, row: int, columns: Sequence[Column], name: str) -> None:
    """A row of totals; a second one repeats the first."""
    sheet, layout = blank.sheet, blank.layout
    if layout.wide_total:
        sheet.put(row, 0, name, Kind.CENTRE, columns=sheet.frozen)
    for index, column in enumerate(columns):
        if index in blank.adding:
            if name:
                blank.cells.append(Cell(row, index, name, column, {}))
                _amount(sheet, row, index)
            else:
                above = cell(row - 1, index)
                sheet.put(row, index, "", Kind.AMOUNT, formula=f'=IF({above}="","",{above})')
        elif not layout.wide_total:
            sheet.put(row, index, name if _is_first_name(columns, index) else "", Kind.CENTRE)


def _is_first_name(columns: Sequence[Column], index: int) -> bool:
    """Whether a column is the one that prints the names of rows."""
    roles = [column.role for column in columns]
    for role in ("name", "agency", "project", "label"):
        if role in roles:
            return roles.index(role) == index
    return False


def _amount(sheet: Sheet, row: int, column: int) -> None:
    """A cell for an amount."""
    sheet.put(row, column, "", Kind.AMOUNT, locked=False)


def _fill_rows(blank: Blank, columns: Sequence[Column]) -> None:
    """The rows to fill in: open cells, names that follow from codes, and the hidden columns that order the rows."""
    block, sheet = blank.block, blank.sheet
    assert block is not None
    for row in range(block.first, block.last + 1):
        for index, column in enumerate(columns):
            if column.role is None:
                _amount(sheet, row, index)
            elif column.role in CODED:
                sheet.put(row, index, "", Kind.CODE, locked=False)
            elif column.role == "index":
                named = cell(row, block.roles["project"])
                count = f'COUNTIF({cell(block.first, block.roles["project"], fix_row=True)}:{named},"?*")'
                sheet.put(row, index, "", Kind.CENTRE, formula=f'=IF({named}="","",{count})')
            elif column.role == "name" and _names_subjects(block):
                code = block.code(row)
                formula = f'=IFERROR(INDEX({NAMES},MATCH({code},{CODES},0)),"")'
                sheet.put(row, index, "", Kind.TEXT, formula=formula, locked=False)
            elif column.role == "quantity":
                sheet.put(row, index, "", Kind.CENTRE, locked=False)
            else:
                sheet.put(row, index, "", Kind.TEXT, locked=False)
        sheet.put(row, block.key, "", Kind.LINE, formula=block.key_of(row))
        sheet.put(row, block.leaf, "", Kind.LINE, formula=block.leaf_of(row))


def _names_subjects(block: Block) -> bool:
    """Whether the names of rows are those of subjects."""
    form = block.layout.form
    if form.rows == "project" and "project" not in block.roles:
        return False
    return bool(block.split or "code" in block.roles)


# ---------------------------------------------------------------- summaries


def sides_blank(context: Context, layout: Layout) -> Blank:
    """A summary; a side that prints only the classes with money lists them by itself."""
    sheet, at = open_sheet(context, layout, layout.sheet, layout.widths, layout.unit)
    at = header(sheet, at, [column.path for column in layout.columns])
    sheet.one_page = True
    blank = Blank(layout, sheet, layout.unit, context.title(layout))
    sides = [(side, labels_of(context, side, layout)) for side in layout.sides]
    bodies = [CLASS_ROWS if side.sparse else sum(not one.foot for one in own) for side, own in sides]
    feet = [sum(one.foot for one in own) for _, own in sides]
    body, foot = max(bodies), max(feet)
    left = 0
    for side, own in sides:
        index = dict(enumerate(side.columns, left))
        blank.amounts |= {at: column for at, column in index.items() if column.role is None}
        lines: list[Any] = [None] * (body + foot)
        if not side.sparse:
            upper = [one for one in own if not one.foot]
            lines[: len(upper)] = upper
        lower = [one for one in own if one.foot]
        lines[body : body + len(lower)] = lower
        for offset, one in enumerate(lines):
            for column_at, column in index.items():
                text = one.text if one is not None else ""
                if column.role is not None:
                    centre = one is not None and one.foot and "计" in text
                    sheet.put(at + offset, column_at, text, Kind.CENTRE if centre else Kind.TEXT)
                elif text:
                    blank.cells.append(Cell(at + offset, column_at, text, column, dict(one.dims)))
                    _amount(sheet, at + offset, column_at)
                else:
                    sheet.put(at + offset, column_at, "", Kind.AMOUNT)
        if side.sparse:
            _list_classes(blank, side, at, at + body - 1, left)
        left += len(side.columns)
    return blank


def _list_classes(blank: Blank, side: Side, first: int, last: int, left: int) -> None:
    """Lines that name the classes with money, in order; their codes stand in a hidden column."""
    key = len(blank.sheet.widths)
    blank.conceal(key)
    blank.block = Block(blank.layout, first, last, {"label": left}, key)
    for row in range(first, last + 1):
        own = cell(row, key, fix_column=True)
        name = f"INDEX({NAMES},MATCH({own},{CODES},0))"
        formula = f'=IF({own}="","","{numbering(side.sparse, row - first + 1)}"&{name})'
        blank.sheet.put(row, left, "", Kind.TEXT, formula=formula)
