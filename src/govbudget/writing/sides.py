"""Two-sided summaries（收支总表）: revenue at the left, expenditure at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from govbudget.amounts import Unit
from govbudget.forms import label, tidy
from govbudget.forms.text import strip_numbering
from govbudget.model import Fact
from govbudget.writing.context import Context
from govbudget.writing.frame import close, header, open_sheet, put_amount
from govbudget.writing.labels import expenditure_labels, purchase_labels, revenue_labels
from govbudget.writing.layout import Layout, Side, numbering, side_column
from govbudget.writing.matching import match
from govbudget.writing.sheet import Kind, Sheet
from govbudget.writing.tables import NO_CELL, Row, collect

__all__ = ["ROW_DIMENSIONS", "Label", "labels_of", "side_of", "sides_sheet"]

ROW_DIMENSIONS = frozenset({"function", "economic", "fund", "origin", "item"})


@attrs.frozen
class Label:
    """A label that the form prints, with what it stands for; a foot label belongs to the lines of totals（项目）."""

    text: str
    dims: Mapping[str, Any]
    origin: str
    foot: bool


@attrs.frozen
class _Line:
    """A line of one side: its label and its facts by column."""

    text: str
    foot: bool
    facts: Mapping[int, Fact] = attrs.field(factory=dict)


def sides_sheet(context: Context, layout: Layout, facts: Sequence[Fact]) -> Sheet:
    """The sheet of a summary with two sides."""
    layout = _with_own_columns(context, layout, facts)
    unit = context.unit(layout, facts)
    sheet, at = open_sheet(context, layout, layout.sheet, layout.widths, unit)
    at = header(sheet, at, [column.path for column in layout.columns])
    sheet.one_page = True
    split = _split(context, layout, facts)
    lines = [_numbered(side, _lines(context, layout, side, own)) for side, own in zip(layout.sides, split)]
    for part in (False, True):
        sides = [[line for line in side if line.foot is part] for side in lines]
        height = max(map(len, sides))
        left = 0
        for side, own in zip(layout.sides, sides):
            for offset in range(height):
                line = own[offset] if offset < len(own) else _Line("", part)
                _print(context, sheet, at + offset, left, side, line, unit)
            left += len(side.columns)
        at += height
    close(context, layout, sheet, at, empty=not facts)
    return sheet


def _with_own_columns(context: Context, layout: Layout, facts: Sequence[Fact]) -> Layout:
    """The layout with the columns that the document of the same family prints beside it, each on its side."""
    if not context.same_family:
        return layout
    sides = list(layout.sides)
    for fact in facts:
        path = tuple(fact.column.split("/"))
        if len(path) < 2 or side_of(context, attrs.evolve(layout, sides=tuple(sides)), fact) is not None:
            continue
        own = side_column(context.words.column(path))
        home = next((i for i, side in enumerate(sides) if tidy(side.columns[0].path[0]) == tidy(path[0])), None)
        if home is not None and match(fact, [(0, own)], layout.form, ROW_DIMENSIONS, context.year):
            sides[home] = attrs.evolve(sides[home], columns=(*sides[home].columns, own))
    columns = tuple(column for side in sides for column in side.columns)
    known = {column.path: width for column, width in zip(layout.columns, layout.widths)}
    widths = tuple(known.get(column.path, layout.widths[1]) for column in columns)
    return attrs.evolve(layout, sides=tuple(sides), columns=columns, widths=widths)


def side_of(context: Context, layout: Layout, fact: Fact, *, labelled: bool = False) -> int | None:
    """The side of a summary that prints *fact*; None for neither.

    Args:
        labelled: whether one of the side's own labels must stand for the fact.
    """
    for index, side in enumerate(layout.sides):
        columns = [(at, column) for at, column in enumerate(side.columns) if column.role is None]
        found = match(fact, columns, layout.form, ROW_DIMENSIONS, context.year)
        if found and (not labelled or any(dict(one.dims) == found.row for one in labels_of(context, side, layout))):
            return index
    return None


def _split(context: Context, layout: Layout, facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts of each side; what no side prints is left over."""
    found: list[list[Fact]] = [[] for _ in layout.sides]
    for fact in facts:
        side = side_of(context, layout, fact)
        if side is None:
            context.leave(fact, NO_CELL)
        else:
            found[side].append(fact)
    return found


def _lines(context: Context, layout: Layout, side: Side, facts: Sequence[Fact]) -> list[_Line]:
    """The printed labels with the facts they stand for, and lines of their own for facts that no label stands for."""
    labels = labels_of(context, side, layout)
    rows = collect(context, side.columns, layout, facts, ROW_DIMENSIONS)
    if not all(fact.place.cell for fact in facts):
        rows = _sorted(labels, rows)
    found: list[_Line] = []
    extras: list[Row] = []
    at = 0
    for row in rows:
        hit = _find(labels, row, at)
        if hit is None:
            extras.append(row)
            continue
        found += _between(labels, at, hit, extras)
        extras = []
        one = labels[hit]
        text = one.text
        if row.name and tidy(row.name) != tidy(label(text)):
            text = text.removesuffix(strip_numbering(text)) + row.name
        found.append(_Line(text, one.foot, row.facts))
        at = hit + 1
    return found + _between(labels, at, len(labels), extras)


def _numbered(side: Side, lines: list[_Line]) -> list[_Line]:
    """The lines of a side that prints only what there is, numbered in order; the first one where there is nothing."""
    if not side.sparse:
        return lines
    body = [line for line in lines if not line.foot]
    kept = [line for line in body if line.facts] or body[:1]
    numbered = [attrs.evolve(line, text=numbering(side.sparse, i) + line.text) for i, line in enumerate(kept, 1)]
    return numbered + [line for line in lines if line.foot]


def _sorted(labels: Sequence[Label], rows: Sequence[Row]) -> list[Row]:
    """Rows in the order of the labels; one that no label stands for stays behind the row before it."""
    keys: list[int] = []
    for row in rows:
        own = next((index for index, one in enumerate(labels) if _names(one, row)), None)
        keys.append(own if own is not None else keys[-1] if keys else -1)
    return [rows[index] for index in sorted(range(len(rows)), key=keys.__getitem__)]


def labels_of(context: Context, side: Side, layout: Layout) -> list[Label]:
    """The labels that a side prints, the foot last, with what they stand for."""
    texts = [*side.rows, *side.foot]
    is_revenue = any(column.dims.get("side") == "revenue" for column in side.columns)
    if is_revenue:
        meant = revenue_labels(texts, context.words, fiscal=layout.form.base.get("item") == "fiscal")
    elif layout.form.rows == "purchase":
        meant = purchase_labels(texts, context.words)
    else:
        meant = expenditure_labels(texts, context.words, context.catalogue)
    return [
        Label(text, dims if text else {"item": "blank"}, origin, index >= len(side.rows))
        for index, (text, (dims, origin)) in enumerate(zip(texts, meant))
    ]


def _names(one: Label, row: Row) -> bool:
    return dict(one.dims) == dict(row.dims)


def _find(labels: Sequence[Label], row: Row, start: int) -> int | None:
    hits = [index for index in range(start, len(labels)) if _names(labels[index], row)]
    same = [index for index in hits if tidy(label(labels[index].text)) == tidy(row.name)]
    return next(iter(same or hits), None)


def _between(labels: Sequence[Label], start: int, end: int, extras: Sequence[Row]) -> list[_Line]:
    """The labels without facts, with the extra lines where the money of their origin is listed."""
    found: list[_Line] = []
    waiting = list(extras)
    for index in range(start, end):
        one = labels[index]
        if waiting and (one.foot or set(one.dims) == {"origin"}):
            origin = waiting[0].dims.get("origin")
            here = labels[index - 1].origin if index else ""
            if origin in (None, here) or all(later.origin != origin for later in labels[index:end]):
                found += [_extra(row, foot=bool(index and labels[index - 1].foot)) for row in waiting]
                waiting = []
        found.append(_Line(one.text, one.foot))
    return found + [_extra(row, foot=bool(end and labels[end - 1].foot)) for row in waiting]


def _extra(row: Row, *, foot: bool) -> _Line:
    return _Line(row.name or str(row.dims.get("item", "")).removeprefix("row:"), foot, row.facts)


def _print(context: Context, sheet: Sheet, at: int, left: int, side: Side, line: _Line, unit: Unit) -> None:
    for index, column in enumerate(side.columns):
        if column.role is not None:
            sheet.put(at, left + index, line.text, Kind.CENTRE if line.foot and "计" in line.text else Kind.TEXT)
        else:
            own_unit = context.column_unit(column, unit)
            put_amount(context, sheet, at, left + index, line.facts.get(index), own_unit)
