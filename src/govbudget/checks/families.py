"""Totals and parts（合计与分项） by their paths: which of the figures of a row or a column are sums of which others.

Where totals and parts stand depends on nothing but the paths in which the figures differ, so that it is the same for
all rows with the same columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from govbudget.checks.paths import ALL, ROWS, Money, Purpose, below, within

__all__ = ["Pattern", "column_patterns", "money_patterns", "row_patterns"]

SIMPLE = ("agency", "function", "economic", "nature", "item", "project")
SOURCE = frozenset({"origin", "fund"})

Paths = tuple[str, ...]
Source = tuple[str, str]


class Pattern(NamedTuple):
    """A family as places in its row or column.

    A subtotal that is printed twice is among the parts twice; the paths of such parts stand beside their places.
    """

    tree: str
    totals: Sequence[int]
    parts: Sequence[int]
    subtotals: Mapping[int, str]


def row_patterns(purposes: tuple[Purpose, ...], moneys: tuple[Money, ...]) -> list[Pattern]:
    """The families of a row, by the purposes and the moneys of its figures; none of those where all are the same."""
    return _patterns_of_row(*_differing(purposes, moneys))


def money_patterns(purposes: tuple[Purpose, ...], moneys: tuple[Money, ...]) -> list[Pattern]:
    """The families of a row over money alone: lists that stand side by side share nothing but their rows."""
    return [pattern for pattern in row_patterns(purposes, moneys) if pattern.tree not in ROWS]


def column_patterns(purposes: tuple[Purpose, ...], moneys: tuple[Money, ...]) -> list[Pattern]:
    """The families of a column, those of totals that differ from their parts in several trees among them."""
    found = _patterns(*_differing(purposes, moneys))
    return [*found, *_spread(purposes, moneys, found)]


def _differing(purposes: tuple[Purpose, ...], moneys: tuple[Money, ...]) -> tuple[tuple[tuple[str, Paths], ...], Paths]:
    """The trees in which figures differ, with the path of each figure, and the natures of items that have some.

    A class of items tells the nature itself.
    """
    count = len(purposes or moneys)
    every = (*zip(Purpose._fields, zip(*purposes)), *zip(Money._fields, zip(*moneys)))
    differing = tuple([(tree, paths) for tree, paths in every if paths.count(paths[0]) < count])
    natures: Paths = ()
    if any(tree == "item" for tree, _ in differing) and any(money.nature for money in moneys):
        natures = tuple(["" if money.item.startswith("class.") else money.nature for money in moneys])
    return differing, natures


def _patterns(differing: tuple[tuple[str, Paths], ...], natures: Paths) -> list[Pattern]:
    """The families of figures that differ in one tree only; items in none but their *natures*."""
    by_tree = dict(differing)
    count = len(differing[0][1]) if differing else 0
    found: list[Pattern] = []
    for tree in SIMPLE:
        if tree in by_tree:
            others = [paths for name, paths in differing if name != tree]
            if tree == "item" and others and natures:
                others = [*(paths for name, paths in differing if name not in {"item", "nature"}), natures]
            for members in _alike(count, others):
                found += _nested(tree, members, by_tree[tree])
    if not SOURCE.isdisjoint(by_tree):
        others = [paths for name, paths in differing if name not in SOURCE]
        nothing = ("",) * count
        sources = [*zip(by_tree.get("origin", nothing), by_tree.get("fund", nothing))]
        for members in _alike(count, others):
            found += _sources(members, sources)
    return found


# The rows of the forms of a region have the same columns, in every document.
_patterns_of_row = lru_cache(maxsize=512)(_patterns)


def _alike(count: int, others: list[Paths]) -> Iterable[Sequence[int]]:
    """The places of several of a group that differ in none of *others*."""
    if not others:
        return [range(count)]
    alike: dict[object, list[int]] = defaultdict(list)
    for place, key in enumerate(zip(*others) if len(others) > 1 else others[0]):
        alike[key].append(place)
    return [members for members in alike.values() if len(members) > 1]


def _nested(tree: str, members: Sequence[int], paths: Paths) -> Iterator[Pattern]:
    """Totals and parts within figures that differ in one path only; equal paths are printings of one total."""
    same: dict[str, list[int]] = {}
    for place in members:
        same.setdefault(paths[place], []).append(place)
    if len({*map(len, same)}) == 1:
        return  # none lies below another
    parts: dict[str, list[int]] = {}
    open_paths: list[str] = []
    for path in sorted(same):
        while open_paths and not below(path, open_paths[-1]):
            open_paths.pop()
        if open_paths:
            parts.setdefault(open_paths[-1], []).extend(same[path])
        open_paths.append(path)
    twice: dict[int, str] = {}
    if len(same) < len(members):
        twice = {place: path for path in parts if len(same[path]) > 1 for place in same[path]}
    for path, places in parts.items():
        subtotals = {place: twice[place] for place in places if place in twice} if twice else twice
        yield Pattern(tree, same[path], places, subtotals)


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
