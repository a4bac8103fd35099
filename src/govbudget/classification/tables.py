"""The packaged tables（数据表）: tab-separated rows, one a name of a code, with the editions that print it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

__all__ = [
    "COMPILED",
    "EDITIONS",
    "Naming",
    "aliases",
    "editions_of",
    "naming",
    "pairs",
    "rows",
    "rows_of",
    "standing_in",
]

EDITIONS = tuple(range(2019, 2027))
"""The editions of 《政府收支分类科目》 that the tables cover（年版）."""
COMPILED = 2024
"""The edition that the tables were compiled for."""

_TABLES = ("revenue", "function", "economic_department", "economic_government")
CODE, NAME, FUND, FIRST, LAST, SURE, SEEN, CAME_FROM, WENT_TO, SOURCE = range(10)
Cells = list[str]


class Naming(NamedTuple):
    """One name that a code has or had（科目名称沿革）, with the editions that print it.

    Attributes:
        name: the name.
        first: the first edition with it; None when it is older than the tables.
        last: the last edition with it; None when it still stands, or when nobody knows.
        current: False for a name known to be old, also where its last year is not known.
        dated: whether `first` and `last` are certain.
        seen: the years of published documents that show the code with this name.
    """

    name: str
    first: int | None
    last: int | None
    current: bool
    dated: bool
    seen: tuple[int, ...]


def _read(name: str) -> list[Cells]:
    text = (files("govbudget.classification") / "data" / f"{name}.tsv").read_bytes().decode()
    return [line.split("\t") for line in text.splitlines()[1:]]


@lru_cache(maxsize=1)
def rows() -> list[Cells]:
    """All rows of the four classifications in code order, the names of one code from old to new."""
    return [cells for table in _TABLES for cells in _read(table)]


@lru_cache(maxsize=1)
def rows_of() -> dict[str, list[Cells]]:
    """The rows by code."""
    found: dict[str, list[Cells]] = {}
    for cells in rows():
        found.setdefault(cells[CODE], []).append(cells)
    return found


@lru_cache(maxsize=1)
def aliases() -> dict[str, list[Cells]]:
    """Other printings of a name, by code: code, name, years."""
    found: dict[str, list[Cells]] = {}
    for cells in _read("aliases"):
        found.setdefault(cells[0], []).append(cells)
    return found


@lru_cache(maxsize=1)
def pairs() -> list[Cells]:
    """Rows of the crosswalk: department, government, body, first, last, sure."""
    return _read("crosswalk")


def standing_in(cells: Cells, year: str, first: int = FIRST, last: int = LAST) -> bool:
    """Whether a row stands in an edition. Text compares as years do, since all have four digits."""
    start, end = cells[first], cells[last]
    return (not start or start[-4:] <= year) and (not end or (end != "?" and year <= end[-4:]))


def editions_of(code: str) -> tuple[int, ...]:
    """The packaged editions that list a code."""
    entries = rows_of().get(code, ())
    return tuple(year for year in EDITIONS if any(standing_in(cells, str(year)) for cells in entries))


def naming(cells: Cells) -> Naming:
    """A row as users see it."""
    start, end = cells[FIRST], cells[LAST]
    return Naming(
        cells[NAME],
        int(start[-4:]) if start else None,
        int(end[-4:]) if end not in ("", "?") else None,
        not end,
        "~" not in start + end and end != "?",
        tuple(map(int, cells[SEEN].split(","))) if cells[SEEN] else (),
    )
