"""Amounts（金额） as they are found, before the unit and the decimals of the whole document are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import attrs

from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.forms import FormKind
from govbudget.model import Coordinate

__all__ = ["Amount", "coordinate", "heading"]

FISCAL = re.compile(r"fiscal([./]|$)").match


@attrs.define(eq=False, weakref_slot=False)
class Amount:
    """An amount before the document's unit is known."""

    amount: Decimal
    place: Place
    name: str
    code: str
    column: str
    coordinate: Coordinate
    unit: Unit | None
    exact: bool


@lru_cache(maxsize=4096)
def heading(path: tuple[str, ...]) -> str:
    """A header path as facts carry it: joined by ``/``, blanks removed."""
    return "/".join(re.sub(r"\s+", "", part) for part in path)


def coordinate(dims: Mapping[str, Any], form: FormKind, year: int | None) -> Coordinate:
    """Where an amount stands in the budget, by what its form, its row and its column say.

    Args:
        dims: the dimensions that they say; a year below 0 counts back from the budget year.
        form: the form.
        year: the budget year.
    """
    said = {key: value for key, value in dims.items() if value}
    own = dims.get("year")
    if own is None:
        said["year"] = year
    elif own < 0:
        said["year"] = year + own if year else None
    item = said.get("item", "")
    of_fund = "fund" in said
    of_fiscal = item.split("/")[0] == "fiscal" and form.base.get("item") != "fiscal"
    if said.get("side") == "revenue" and "origin" not in dims and (of_fund or of_fiscal):
        said["origin"] = "current"
    if of_fund and FISCAL(item):
        said["item"] = item[len("fiscal.") :] or None
    return Coordinate(**said)
