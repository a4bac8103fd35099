"""Families of forms（表式体系）: one declaration file for each region's way of printing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import attrs

from govbudget.amounts import Unit
from govbudget.errors import FamilyError
from govbudget.forms.text import tidy
from govbudget.forms.vocabulary import load_toml

__all__ = ["Family", "families", "family", "recognise"]


@attrs.frozen
class Family:
    """A region's way of printing the forms（一套表式）, as declared in its file.

    Attributes:
        id: the name used in code, such as ``sichuan``.
        name: the Chinese name.
        unit: the unit of its amounts.
        marks: patterns of titles and headers that tell the family, each with its weight.
        declaration: the whole declaration, for writing.
    """

    id: str
    name: str
    unit: Unit
    marks: tuple[tuple[re.Pattern[str], int], ...] = attrs.field(repr=False)
    declaration: dict[str, Any] = attrs.field(repr=False, eq=False)


@cache
def families() -> dict[str, Family]:
    """The declared families by their id."""
    found = {}
    for entry in sorted(resources.files("govbudget.forms").joinpath("families").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            data = load_toml("families", entry.name)
            marks = tuple((re.compile(mark["pattern"]), int(mark["weight"])) for mark in data["mark"])
            found[data["id"]] = Family(data["id"], data["name"], Unit.of(data["unit"]), marks, data)
    return found


def family(name: str) -> Family:
    """The family called *name*.

    Raises:
        FamilyError: nobody declared it; the message lists those that are.
    """
    try:
        return families()[name]
    except KeyError:
        known = "、".join(families())
        raise FamilyError(f"没有名为 {name!r} 的表式，已有：{known} (no such family of forms)") from None


def recognise(lines: Iterable[str]) -> Family | None:
    """The family that the titles and headers of a document speak for; None where none does."""
    texts = {tidy(line) for line in lines}
    scores = {
        found: sum(weight for pattern, weight in found.marks if any(pattern.search(text) for text in texts))
        for found in families().values()
    }
    best = max(scores, key=lambda found: scores[found], default=None)
    return best if best is not None and scores[best] > 0 else None
