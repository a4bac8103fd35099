"""The levels of performance indicators（绩效指标层级） by the guide of the Ministry of Finance, 财预〔2021〕101号."""

from __future__ import annotations

from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

import attrs

__all__ = ["Level", "Requirement", "levels", "required_level1", "standard_level1", "standard_level2"]


class Requirement(str, Enum):
    """When a project must set indicators of a first level（一级指标的设置要求, 财预〔2021〕101号）."""

    ALWAYS = "always"
    BY_KIND = "by_kind"
    AS_NEEDED = "as_needed"


@attrs.frozen(slots=True)
class Level:
    """A level of the indicator framework（绩效指标框架中的一级或二级指标）.

    Attributes:
        rank: 1 or 2.
        name: the standard name, e.g. 数量指标.
        parent: the standard name of the first level above; empty at rank 1.
        requirement: when a project must have it; None at rank 2.
        aliases: other names seen in published documents.
        variants: synonyms not yet seen in one.
    """

    rank: int
    name: str
    parent: str
    requirement: Requirement | None
    aliases: tuple[str, ...]
    variants: tuple[str, ...]


@cache
def levels() -> tuple[Level, ...]:
    """Every level of the guide, first levels first, in the order of the guide（全部层级）."""
    text = files("govbudget.performance").joinpath("levels.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        Level(
            rank=int(rank),
            name=name,
            parent=parent,
            requirement=Requirement(required) if required else None,
            aliases=tuple(filter(None, aliases.split("|"))),
            variants=tuple(filter(None, variants.split("|"))),
        )
        for rank, name, parent, required, aliases, variants in rows[1:]
    )


@cache
def _names(rank: int) -> dict[str, Level]:
    return {
        _key(text): level
        for level in levels()
        if level.rank == rank
        for text in (*level.variants, *level.aliases, level.name)
    }


def _key(text: str) -> str:
    return "".join(text.split()).removesuffix("指标")


@lru_cache(maxsize=4096)
def standard_level1(text: str, level2: str = "") -> str | None:
    """The standard name of a first level（一级指标标准名称）, or None when the guide has none like it.

    Args:
        text: the first level as printed.
        level2: the second level as printed. It decides where older forms (财预〔2015〕88号) put a level elsewhere: cost
            below 产出指标, satisfaction below 效益指标; and where no first level is printed.
    """
    if _key(level2) == "成本":
        return "成本指标"
    below = _names(2).get(_key(level2)) if level2 else None
    if below is not None and below.parent == "满意度指标":
        return below.parent
    level = _names(1).get(_key(text))
    if level is not None:
        return level.name
    return below.parent if below is not None else None


@lru_cache(maxsize=4096)
def standard_level2(text: str) -> str | None:
    """The standard name of a second level（二级指标标准名称）, or None: 可持续发展指标 gives 可持续影响指标."""
    level = _names(2).get(_key(text))
    return level.name if level else None


def required_level1(*requirements: Requirement) -> tuple[str, ...]:
    """The first levels a project must set（应设的一级指标）; by default those required of every project."""
    wanted = requirements or (Requirement.ALWAYS,)
    return tuple(level.name for level in levels() if level.requirement in wanted)
