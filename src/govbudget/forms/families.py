"""Families of forms（表式体系）: one declaration file for each region's way of printing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from govbudget.amounts import Unit
from govbudget.errors import FamilyError
from govbudget.forms.text import tidy
from govbudget.forms.vocabulary import load_toml, parse_toml, vocabulary

__all__ = ["Family", "families", "family", "load_family", "recognise"]


@attrs.frozen
class Family:
    """A region's way of printing the forms（一套表式）, as declared in its file.

    Attributes:
        id: the name used in code, such as ``sichuan``.
        name: the Chinese name.
        unit: the unit of its amounts.
        marks: patterns of titles and headers that tell the family, each with its weight.
        words: titles, headers and labels that the family has and the common vocabulary has not.
        declaration: the whole declaration, for writing.
    """

    id: str
    name: str
    unit: Unit
    marks: tuple[tuple[re.Pattern[str], int], ...] = attrs.field(repr=False)
    words: Mapping[str, Any] = attrs.field(repr=False, eq=False)
    declaration: dict[str, Any] = attrs.field(repr=False, eq=False)

    @property
    def forms(self) -> tuple[str, ...]:
        """The ids of the forms that it declares（本套表式的各表）, in order; none where it only says how to read."""
        return tuple(entry["id"] for entry in self.declaration.get("form", ()))

    def unit_of(self, form: str) -> Unit:
        """The unit of the amounts of one of its forms（本套表式中一张表的金额单位）."""
        own = (entry.get("unit") for entry in self.declaration.get("form", ()) if entry["id"] == form)
        return Unit.of(next(filter(None, own), None) or self.unit.value)


@cache
def families() -> dict[str, Family]:
    """The declared families by their id."""
    found = {}
    for entry in sorted(resources.files("govbudget.forms").joinpath("families").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            one = _family(load_toml("families", entry.name))
            found[one.id] = one
    return found


def _family(data: dict[str, Any]) -> Family:
    marks = tuple((re.compile(mark["pattern"], re.M), int(mark["weight"])) for mark in data["mark"])
    return Family(data["id"], data["name"], Unit.of(data["unit"]), marks, data.get("vocabulary", {}), data)


def load_family(path: str | PathLike[str]) -> Family:
    """A family that you declare yourself（自定义表式）, to be given to :func:`govbudget.read`.

    The file is TOML like those in ``govbudget/forms/families``: ``id``, ``name``, ``unit``, ``[[mark]]`` and, where the
    family prints words of its own, ``[vocabulary]``. ``docs/families.md`` shows how.

    Raises:
        FamilyError: the file cannot be read, or lacks or misspells something; the message says what.
    """
    try:
        data = parse_toml(Path(path).read_text(encoding="utf-8"))
        found = _family(data)
        vocabulary().extended(found.words)
    except KeyError as error:
        raise FamilyError(f"{path}: 缺少 {error} (missing key)") from error
    except (OSError, ValueError, TypeError, AttributeError, re.error) as error:
        raise FamilyError(f"{path}: 表式声明有误：{error} (the declaration is wrong)") from error
    unknown = set(found.words.get("titles", {})) - set(vocabulary().forms)
    if unknown:
        raise FamilyError(f"{path}: 没有这样的表：{'、'.join(sorted(unknown))} (no such form)")
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


def recognise(lines: Iterable[str], more: Iterable[Family] = ()) -> Family | None:
    """The family, packaged or one of *more*, that the titles and headers of a document speak for; None if none does."""
    text = "\n".join({tidy(line): None for line in lines})
    scores = {
        found: sum(weight for pattern, weight in found.marks if pattern.search(text))
        for found in (*more, *families().values())
    }
    best = max(scores, key=lambda found: scores[found], default=None)
    return best if best is not None and scores[best] > 0 else None
