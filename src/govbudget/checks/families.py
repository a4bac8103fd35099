"""Totals and parts（合计与分项） by their paths: which of the figures of a row or a column are sums of which others.

Where totals and parts stand depends on nothing but the paths in which the figures differ, so that it is the same for
all rows with the same columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from govbudget.checks.paths import ROWS, Money, Purpose, below, within

__all__ = ["Pattern", "column_patterns", "row_patterns"]

SIMPLE = ("agency", "function", "economic", "nature", "item", "project")
SOURCE = frozenset({"origin", "fund"})
ALL = Purpose("", "", "", "")

Paths = Sequence[str]  # of a tree, or as names of what else must be the same
Source = tuple[str, str]


class Pattern(NamedTuple):
    """A family as places in its row or column.

    A subtotal that is printed twice is among the parts twice; the paths of such parts stand beside their places.
    """

    tree: str
    totals: Sequence[int]
    parts: Sequence[int]
    subtotals: Mapping[int, str]


# The rows of the forms of a region have the same columns, in every document.
@lru_cache(maxsize=512)
def row_patterns(purposes: tuple[Purpose, ...], moneys: tuple[Money, ...]) -> list[Pattern]:
    """The families of a row, whose figures are some money for some purpose; empty where all have the same one."""
    return _patterns(purposes, moneys)


def column_patterns(purposes: tuple[Purpose, ...], moneys: tuple[Money, ...]) -> list[Pattern]:
    """The families of a column, those of totals that differ from their parts in several trees among them."""
    found = _patterns(purposes, moneys)
    return [*found, *_spread(purposes, moneys, found)]


def _patterns(purposes: tuple[Purpose, ...], moneys: tuple[Money, ...]) -> list[Pattern]:
    """The families of figures that differ in one tree only; among items, natures that these tell do not differ."""
    count = len(purposes or moneys)
    differing: dict[str, Paths] = {}
    for name, paths in (*zip(Purpose._fields, zip(*purposes)), *zip(Money._fields, zip(*moneys))):
        if paths.count(paths[0]) < count:
            differing[name] = paths
    found: list[Pattern] = []
    for tree in SIMPLE:
        if tree in differing:
            others = [paths for name, paths in differing.items() if name != tree]
            if tree == "item" and others and any(money.nature for money in moneys):
                others = [paths for name, paths in differing.items() if name not in {"item", "nature"}]
                others.append([_nature(money) for money in moneys])
            for members in _alike(count, others):
                found += _nested(tree, members, differing[tree])
    if not SOURCE.isdisjoint(differing):
        others = [paths for name, paths in differing.items() if name not in SOURCE]
        nothing = ("",) * count
        sources = [*zip(differing.get("origin", nothing), differing.get("fund", nothing))]
        for members in _alike(count, others):
            found += _sources(members, sources)
    return found


def _nature(money: Money) -> str:
    """The nature of an item; a class of items tells it itself."""
    return "" if money.item.startswith("class.") else money.nature


def _alike(count: int, others: list[Paths]) -> Iterable[Sequence[int]]:
    """The places of several of a group that differ in none of *others*."""
    if not others:
        return [range(count)]
    alike: dict[object, list[int]] = defaultdict(list)
    for place, key in enumerate(zip(*others) if len(others) > 1 else others[0]):
        alike[key].append(place)
    return [members for members in alike.values() if len(members) > 1]


def _nested(tree: str, members: Sequence[int], paths: Paths) -> list[Pattern]:
    """Totals and parts within figures that differ in one path only; equal paths are printings of one total."""
    same: dict[str, list[int]] = defaultdict(list)
    for place in members:
        same[paths[place]].append(place)
    if len({*map(len, same)}) == 1:
        return []  # none lies below another
    parts: dict[str, list[int]] = defaultdict(list)
    open_paths: list[str] = []
    for path in sorted(same):
        while open_paths and not below(path, open_paths[-1]):
            open_paths.pop()
        if open_paths:
            parts[open_paths[-1]] += same[path]
        open_paths.append(path)
    twice = {place: path for path in parts if len(same[path]) > 1 for place in same[path]}
    return [
        Pattern(tree, same[path], places, {place: twice[place] for place in places if place in twice} if twice else {})
        for path, places in parts.items()
    ]


def _sources(members: Sequence[int], sources: Sequence[Source]) -> list[Pattern]:
    """Totals over funds and origins, which a form may refine one by one or both at once."""
    by_source: dict[Source, list[int]] = defaultdict(list)
    for place in members:
        by_source[sources[place]].append(place)
    return [
        Pattern("source", by_source[source], [by_source[part][0] for part in under], {})
        for source, under in _refined(tuple(by_source))
        if all(len(by_source[part]) == 1 for part in under)
    ]


@lru_cache(maxsize=1024)
def _refined(sources: tuple[Source, ...]) -> tuple[tuple[Source, tuple[Source, ...]], ...]:
    """Which of some sources are totals of which others; the rows of a form ask the same again and again."""
    found = []
    for total in sources:
        under = [source for source in sources if _narrower(source, total)]
        top = tuple(source for source in under if not any(_narrower(source, other) for other in under))
        if top and not _overlap(top):
            found.append((total, top))
    return tuple(found)


def _narrower(source: Source, other: Source) -> bool:
    return source != other and within(source[0], other[0]) and within(source[1], other[1])


def _overlap(sources: Sequence[Source]) -> bool:
    return any(
        all(within(a, b) or within(b, a) for a, b in zip(source, other))
        for index, source in enumerate(sources)
        for other in sources[index + 1 :]
    )


def _spread(purposes: tuple[Purpose, ...], moneys: tuple[Money, ...], known: list[Pattern]) -> Iterator[Pattern]:
    """Totals of a column whose parts differ from them in several dimensions of the rows at once."""
    totals = {place for pattern in known if pattern.tree in ROWS for place in pattern.totals}
    if all(place in totals for place, purpose in enumerate(purposes) if purpose == ALL):
        return
    alike: dict[Money | None, list[int]] = defaultdict(list)
    for place in range(len(purposes)):
        alike[moneys[place] if moneys else None].append(place)
    for members in alike.values():
        rest = [(place, purposes[place].depth) for place in members if place not in totals]
        parts = [place for place, depth in rest if depth]
        if parts and all(depth != 1 for _, depth in rest):
            yield Pattern("rows", [place for place, depth in rest if not depth], parts, {})
