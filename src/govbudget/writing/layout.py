"""Layouts（表样）: how a family prints each form, from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from govbudget.amounts import Unit
from govbudget.errors import FamilyError
from govbudget.forms import Column, FormKind, tidy, vocabulary
from govbudget.forms.families import Family, family
from govbudget.performance import Style
from govbudget.writing.sheet import Look

__all__ = ["FamilyLayout", "HeadLine", "Layout", "Side", "family_layout", "numbering", "side_column"]

WIDTHS = {
    "class": 6.0,
    "section": 6.0,
    "item": 6.0,
    "index": 6.0,
    "code": 13.0,
    "agency_code": 11.0,
    "agency": 32.0,
    "name": 46.0,
    "label": 36.0,
    "project": 46.0,
    "project_code": 24.0,
}
AMOUNT_WIDTH = 15.0
OPTIONAL = "?"
DIGITS = "零一二三四五六七八九"


@attrs.frozen
class Side:
    """One side of a two-sided summary（收支总表的一侧）: its columns and the labels it prints, foot apart.

    Attributes:
        columns: the columns of the side.
        rows: the labels, each on its line.
        foot: the labels of the lines of totals.
        sparse: the style of numbering where only labels with amounts are printed, numbered in order; else empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[str, ...]
    foot: tuple[str, ...]
    sparse: str = ""


@attrs.frozen
class HeadLine:
    """A line, or a block of lines, above a table of indicators（绩效目标表表头）.

    Attributes:
        kind: ``agency``, ``tasks``, ``money``, ``goal``, ``fields`` for a line of labels and what they ask for, or
            ``grid`` for money by rows and columns.
        label: the text of the label.
        columns: the headers of its columns, each a path joined by ``/``; the labels of a line of fields.
        rows: the rows of a grid of money in groups, each with the name of its group first.
        cells: the grid columns (first, last) that the parts of the line take, counted from 0.
        unit: the unit of its amounts, where it is not that of the form.
        budget: the label of the year's budget, where it is not the first that asks for money.
        also: what other families call that budget.
    """

    kind: str
    label: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    unit: Unit | None = None
    budget: str = ""
    also: tuple[str, ...] = ()


@attrs.frozen
class Layout:
    """How a family prints one form（表样）.

    Attributes:
        form: what every printing of the form has in common.
        number: the table number, such as ``表1-2``.
        title: the title; ``{year}`` and ``{agency}`` stand for the budget's own.
        sheet: the sheet's name.
        unit: the unit of the amounts.
        columns: the columns in order.
        optional: the indexes of columns that are printed only where there are amounts for them.
        widths: their widths in characters.
        sides: the two sides of a summary, instead of columns.
        agency_rows: whether rows of agencies show their ``code`` or only their ``name``; empty where the form has none.
        code_under: the role of the column that shows a subject's code joined, beside the split one.
        levels: the levels of subjects that are printed; empty for all.
        all_agencies: whether every agency has a row, also one without amounts.
        total_last: whether the total stands at the foot.
        wide_total: whether the name of the total is merged over all columns that name rows.
        second_total: whether a second total without a name follows the total.
        head: the block above a table of indicators.
        directions: how 正向 and 反向 are printed.
        style: how operator, value and unit of an indicator are written.
        weight: how a weight is printed, such as ``{}%``; empty for the plain number.
        merge_levels: whether equal levels of indicators that follow each other are printed once.
        look: fonts and heights.
        line_columns: how many columns the line of the agency takes; 0 for all but those of the unit.
        sums: labels of money in the head, each with those that it is the sum of.
    """

    form: FormKind
    number: str
    title: str
    sheet: str
    unit: Unit
    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    agency_line: str
    unit_line: str
    empty_note: str
    total: str
    year_line: str = ""
    optional: frozenset[int] = frozenset()
    sides: tuple[Side, ...] = ()
    agency_rows: str = ""
    code_under: str = ""
    levels: tuple[str, ...] = ()
    all_agencies: bool = False
    second_total: bool = False
    total_last: bool = False
    wide_total: bool = False
    head: tuple[HeadLine, ...] = ()
    directions: Mapping[str, str] = attrs.field(factory=dict)
    merge_levels: bool = False
    style: Style = Style.SEPARATE
    weight: str = ""
    look: Look = attrs.field(factory=Look)
    line_columns: int = 0
    sums: tuple[tuple[str, ...], ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the columns that name rows."""
        return frozenset(column.role for column in self.columns if column.role)


@attrs.frozen
class FamilyLayout:
    """How a family prints its forms（一套表样）, in order."""

    family: Family
    cover: tuple[str, ...]
    forms: Mapping[str, Layout]


@cache
def family_layout(name: str, year: int | None = None) -> FamilyLayout:
    """The layouts of the family called *name*, with the headers of a budget of *year*.

    Raises:
        FamilyError: nobody declared that family, or only how it is read.
    """
    found = family(name)
    if "layout" not in found.declaration:
        raise FamilyError(f"表式 {name!r} 只能读入，尚无表样 (this family is declared for reading only)")
    common = found.declaration["layout"]
    layouts = [_layout(entry, common, found.unit, year) for entry in found.declaration["form"]]
    cover = tuple(common.get("cover", ()))
    return FamilyLayout(found, cover, MappingProxyType({layout.form.id: layout for layout in layouts}))


def _layout(entry: Mapping[str, Any], common: Mapping[str, Any], unit: Unit, year: int | None) -> Layout:
    form = vocabulary().forms[entry["id"]]
    sides = tuple(_side(side, common) for side in entry.get("side", ()))
    paths = [_dated(path, year) for path in entry["columns"]] if not sides else []
    columns = tuple(column for side in sides for column in side.columns) or _columns(paths, form.kind == "targets")
    widths = entry.get("widths") or [WIDTHS.get(column.role or "", AMOUNT_WIDTH) for column in columns]
    return Layout(
        form=form,
        number=entry["number"],
        title=entry["title"],
        sheet=entry.get("sheet", entry["number"]),
        unit=Unit.of(entry.get("unit", unit)),
        columns=columns,
        widths=tuple(float(width) for width in widths),
        agency_line=entry.get("agency_line", common["agency_line"]),
        unit_line=entry.get("unit_line", common["unit_line"]),
        empty_note=entry.get("empty_note", common["empty_note"]),
        total=common["total"],
        year_line=entry.get("year_line", ""),
        optional=frozenset(index for index, path in enumerate(paths) if path.startswith(OPTIONAL)),
        sides=sides,
        agency_rows=entry.get("agency_rows", ""),
        code_under=entry.get("code_under", ""),
        levels=tuple(entry.get("levels", ())),
        all_agencies=entry.get("all_agencies", False),
        second_total=entry.get("second_total", False),
        total_last=entry.get("total_last", common.get("total_last", False)),
        wide_total=common.get("wide_total", False),
        head=tuple(_head(line, year) for line in entry.get("head", ())),
        directions=entry.get("directions", {}),
        merge_levels=entry.get("merge_levels", False),
        style=Style(entry.get("style", "separate")),
        weight=entry.get("weight", ""),
        line_columns=entry.get("line_columns", 0),
        sums=tuple(map(tuple, entry.get("sums", ()))),
        look=_look({**common.get("look", {}), **entry.get("look", {})}),
    )


def _look(entry: Mapping[str, Any]) -> Look:
    return Look(**{**entry, "gaps": tuple(map(float, entry["gaps"]))} if "gaps" in entry else entry)


def _dated(path: str, year: int | None) -> str:
    """A header of a budget year; without a year the words that name it are left out."""
    if year is None:
        return path.replace("{last}年", "上年").replace("{year}年", "")
    return path.format(year=year, last=year - 1)


def _columns(paths: list[str], indicators: bool) -> tuple[Column, ...]:
    words = vocabulary()
    found = []
    for path in paths:
        parts = tuple(path.removeprefix(OPTIONAL).split("/"))
        role = words.indicator_role(parts[-1]) if indicators else None
        found.append(Column(parts, role) if role else words.column(parts))
    names = [index for index, column in enumerate(found) if column.role == "level3"]
    for index in names[:-1]:  # left of the levels it only says what the table is
        found[index] = attrs.evolve(found[index], role=None)
    return tuple(found)


def _side(entry: Mapping[str, Any], common: Mapping[str, Any]) -> Side:
    rows = list(entry.get("rows", ()))
    style = entry.get("classes")
    sparse = entry.get("sparse", False)
    if style is not None:
        names = enumerate(common["classes"], 1)
        rows += [name if sparse else numbering(style, index) + name for index, name in names]
    columns = tuple(side_column(column) for column in _columns(entry["columns"], indicators=False))
    return Side(columns, tuple(rows), tuple(entry.get("foot", ())), (style or "") if sparse else "")


def side_column(column: Column) -> Column:
    """A column of a side; what stands over it says no more than which side it is."""
    if column.role is not None or len(column.path) < 2:
        return column
    side = "revenue" if "收入" in tidy(column.path[0]) else "expenditure"
    dims = {"side": side, **vocabulary().column(column.path[1:]).dims}
    return Column(column.path, dims=MappingProxyType(dims))


def _head(entry: Mapping[str, Any], year: int | None) -> HeadLine:
    return HeadLine(
        kind=entry["kind"],
        label=entry.get("label", ""),
        columns=tuple(_dated(column, year) for column in entry.get("columns", ())),
        rows=tuple(tuple(group) for group in entry.get("rows", ())),
        cells=tuple(_span(cells) for cells in entry.get("cells", ())),
        unit=Unit.of(entry["unit"]) if "unit" in entry else None,
        budget=entry.get("budget", ""),
        also=tuple(entry.get("also", ())),
    )


def _span(cells: str) -> tuple[int, int]:
    first, _, last = cells.partition(":")
    return ord(first) - ord("A"), ord(last or first) - ord("A")


def numbering(style: str, index: int) -> str:
    """The numbering before a label, in the style of the first one: ``一、`` or ``（一）``; empty for no style.

    >>> numbering("一、", 28), numbering("（一）", 10), numbering("", 3)
    ('二十八、', '（十）', '')
    """
    return style.replace("一", _chinese(index))


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
