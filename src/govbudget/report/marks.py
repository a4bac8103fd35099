"""Which findings concern which cell（单元格标记）."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from govbudget.cells import Place
from govbudget.checks.findings import Finding

__all__ = ["Mark", "Marks"]


@attrs.frozen
class Mark:
    """A finding at a cell: its number in the report, counted from 1, and whether the cell is the one to look at."""

    number: int
    finding: Finding
    primary: bool


class Marks:
    """The marks of every cell, and the element that each cell was drawn as."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._marks: dict[Place, list[Mark]] = {}
        self._ids: dict[Place, str] = {}
        for number, finding in enumerate(findings, 1):
            for place in dict.fromkeys(finding.places):
                self._marks.setdefault(place, []).append(Mark(number, finding, place == finding.places[0]))
        for marks in self._marks.values():
            marks.sort(key=lambda mark: (not mark.primary, mark.finding.severity.rank, mark.number))

    def __iter__(self) -> Iterator[Place]:
        return iter(self._marks)

    def at(self, places: Iterable[Place]) -> list[Mark]:
        """The marks of *places*, the gravest first, each finding once."""
        found: dict[int, Mark] = {}
        for mark in sorted(
            (mark for place in places for mark in self._marks.get(place, ())),
            key=lambda mark: (not mark.primary, mark.finding.severity.rank, mark.number),
        ):
            found.setdefault(mark.number, mark)
        return list(found.values())

    def draw(self, places: Iterable[Place]) -> str:
        """The id of the element that shows *places*; empty where another shows them or nothing is found there."""
        new = [place for place in places if place in self._marks and place not in self._ids]
        name = f"c{len(self._ids) + 1}" if new else ""
        for place in new:
            self._ids[place] = name
        return name

    def id(self, place: Place) -> str:
        """The id of the element that shows *place*; empty where it was not drawn."""
        return self._ids.get(place, "")
