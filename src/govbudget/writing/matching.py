"""Matching（归位）: which column of a form prints a fact, and what of its coordinate is left for the row to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from govbudget.forms import Column, FormKind
from govbudget.model import Coordinate, Fact

__all__ = ["Match", "dimensions", "match"]

FISCAL = "fiscal"
FISCAL_FUNDS = frozenset({"general", "government_fund", "state_capital"})


@attrs.frozen
class Match:
    """The column that prints a fact, by its index, and the dimensions that the row must say."""

    column: int
    row: Mapping[str, Any]


def dimensions(coordinate: Coordinate) -> dict[str, Any]:
    """The dimensions that a coordinate says something about."""
    return {name: value for name, value in attrs.asdict(coordinate).items() if value is not None}


def match(
    fact: Fact, columns: Iterable[tuple[int, Column]], form: FormKind, allowed: frozenset[str], year: int | None
) -> Match | None:
    """The most specific of *columns* that prints *fact*; None where no column does.

    Args:
        columns: the amount columns with their index; the side of a column wins over that of the form.
        form: the kind of form, with the dimensions that it fixes itself.
        allowed: the dimensions that a row of the form can say.
        year: the year of the budget.
    """
    best: tuple[int, Match] | None = None
    for index, column in columns:
        row = _rest(fact, column, form, year)
        if row is not None and row.keys() <= allowed:
            weight = len(column.dims)
            if best is None or weight > best[0]:
                best = weight, Match(index, row)
    return best[1] if best else None


def _rest(fact: Fact, column: Column, form: FormKind, year: int | None) -> dict[str, Any] | None:
    """What is left of the coordinate of *fact* after a column and its form; None where they contradict.

    What the form itself fixes may be left open by a fact that was made by hand: it stands on this form.
    """
    fixed = {**form.base, **({"side": form.side} if form.side else {})}
    lenient = fact.form == form.id
    dims = dimensions(fact.coordinate)
    own_year, have_year = column.dims.get("year"), dims.pop("year", None)
    if own_year is not None:
        expected = own_year if own_year > 0 else (year or 0) + own_year
        if (have_year or year) != expected:
            return None
    elif have_year not in (None, year):
        return None
    of_year = "fund" in dims or dims.get("item") == FISCAL
    is_fiscal = dims.get("fund") in FISCAL_FUNDS
    said = {key: value for key, value in column.dims.items() if key not in {"item", "year"}}
    for key, value in {**fixed, **said}.items():
        if key == "item":
            continue
        have = dims.pop(key, None)
        if have != value and not (have is None and key in fixed and lenient):
            return None
    if not _take_item(dims, fixed.get("item"), column.dims.get("item"), open_=lenient or is_fiscal):
        return None
    if fixed.get("side") == "revenue" and of_year and dims.get("origin") == "current":
        del dims["origin"]
    return dims


def _take_item(dims: dict[str, Any], base: str | None, own: str | None, *, open_: bool) -> bool:
    have = dims.pop("item", None)
    if own is not None:
        if have is not None and have.endswith(f"/{own}"):
            dims["item"] = have.removesuffix(f"/{own}")
            return True
        return bool(have == own)
    if base == FISCAL:
        if have is not None:
            rest = have.removeprefix(FISCAL).lstrip(".") if have.split(".")[0] == FISCAL else have
            if rest:
                dims["item"] = rest
        return have is not None or open_
    if base is not None:
        if have is not None and have.startswith(f"{base}."):
            dims["item"] = have
        return (have is None and open_) or (have is not None and have.split(".")[0] == base)
    if have is not None:
        dims["item"] = have
    return True
