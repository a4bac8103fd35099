"""Cells（格位）: the coordinate that a cell of a form stands for, as reading the form back gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govbudget.forms import Column, FormKind
from govbudget.model import Coordinate
from govbudget.writing.matching import FISCAL

__all__ = ["cell_coordinate"]


def cell_coordinate(form: FormKind, row: Mapping[str, Any], column: Column, year: int | None) -> Coordinate:
    """The coordinate of the amount in a row and a column of a form.

    Args:
        form: the kind of form.
        row: the dimensions that the row says.
        column: the column.
        year: the budget year; a column may name another.
    """
    dims: dict[str, Any] = {**form.base, **({"side": form.side} if form.side else {}), **row, **column.dims}
    if form.kind == "sides" and "origin" in column.dims:
        dims["origin"] = row.get("origin")
    item = _item(form.base.get("item"), row.get("item"), column.dims.get("item"))
    own = column.dims.get("year")
    if own is not None:
        year = own if own > 0 else (year + own if year else None)
    fiscal = item is not None and item.split(".")[0] == FISCAL
    of_year = dims.get("fund") or (fiscal and form.base.get("item") != FISCAL)
    if dims.get("side") == "revenue" and of_year and "origin" not in dims:
        dims["origin"] = "current"
    if fiscal and item is not None and dims.get("fund"):
        item = item.removeprefix(FISCAL).removeprefix(".")
    dims.update(year=year, item=item)
    return Coordinate(**{key: value for key, value in dims.items() if value})


def _item(base: str | None, row: str | None, column: str | None) -> str | None:
    if base is not None and row is not None and not row.startswith(base):
        row = f"{base}.{row}" if base == FISCAL else row
    above = row or base
    if column is None or above is None:
        return column or above
    if column.startswith(above) or above == base:
        return column
    return f"{above}/{column}"
