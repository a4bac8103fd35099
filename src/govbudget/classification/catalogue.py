"""The catalogue of an edition（年度科目目录）: lookup, names, search, tree, evidence, crosswalk."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar

from attrs import resolve_types

from govbudget.errors import CodeError, GovBudgetError

from .changes import Changes, compare
from .codes import Kind, Level, UnknownCodeError, kind_of, parse_code, split_code
from .model import CLASSES, Status, Subject
from .names import loose_name, normalize_name, old_style
from .search import rank
from .show import catalogue_html
from .tables import (
    CAME_FROM,
    CODE,
    COMPILED,
    EDITIONS,
    FIRST,
    FUND,
    LAST,
    NAME,
    SEEN,
    SOURCE,
    SURE,
    WENT_TO,
    Cells,
    Naming,
    aliases,
    editions_of,
    naming,
    pairs,
    rows,
    rows_of,
    standing_in,
)

__all__ = ["Catalogue", "Counterpart", "EditionError", "diff", "editions", "nearest_edition", "subjects"]

_Default = TypeVar("_Default")


class EditionError(GovBudgetError, ValueError):
    """A year whose edition is not packaged（没有该年版的目录）; the message lists those that are."""


class Counterpart(NamedTuple):
    """A subject on the other side of the crosswalk between the economic classifications（经济分类对照）.

    Attributes:
        subject: the subject there.
        body: 机关 or 事业单位 when the pair holds for that kind of unit only, else empty（单位性质）.
        sure: whether the pair is certain.
    """

    subject: Subject
    body: str
    sure: bool


class Catalogue:
    """All subjects of one edition of 《政府收支分类科目》（年度科目目录）.

    Holds 收入分类 (1), 支出功能分类 (2), 部门 (3) and 政府 (5) 预算支出经济分类; their codes do not collide.
    Indexed by a code in any printed form, iterated in code order. It never changes.
    """

    __slots__ = ("_codes", "_index", "_made", "_official", "_rows", "_skipped", "year")

    def __init__(
        self, year: int, rows: Mapping[str, Cells], official: str = "", skipped: tuple[tuple[int, str], ...] = ()
    ) -> None:
        self.year = year
        self._rows = rows
        self._official = official
        self._skipped = skipped
        self._made: dict[Any, Subject] = {}
        self._codes: list[str] | None = None
        self._index: tuple[dict[str, list[str]], dict[str, list[str]]] | None = None

    def __getitem__(self, code: object) -> Subject:
        try:
            return self._made[code]
        except (KeyError, TypeError):
            found = self._find(code)
        if found is None:
            raise UnknownCodeError(self._unknown(code.code if isinstance(code, Subject) else parse_code(code)))
        return found

    def _find(self, code: object) -> Subject | None:
        if isinstance(code, Subject):
            code = code.code
        canonical = code if isinstance(code, str) and code in self._rows else parse_code(code)
        made = self._made.get(canonical)
        if made is None and (cells := self._rows.get(canonical)):
            made = self._made[canonical] = CLASSES[canonical[0]](canonical, cells[NAME])._in(self)
        return made

    def get(self, code: object, default: _Default | None = None) -> Subject | _Default | None:
        """The subject of a code in any printed form, or the default when it is unknown or no code at all."""
        try:
            found = self._find(code)
        except CodeError:
            return default
        return default if found is None else found

    def __contains__(self, code: object) -> bool:
        return self.get(code) is not None

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Subject]:
        return map(self.__getitem__, self.codes)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, sorted（全部编码）."""
        return tuple(self._sorted)

    @property
    def _sorted(self) -> list[str]:
        if self._codes is None:
            self._codes = sorted(self._rows)
        return self._codes

    def _of(self, first_digits: str) -> tuple[Subject, ...]:
        return tuple(self[code] for code in self._sorted if code[0] in first_digits)

    @property
    def functions(self) -> tuple[Subject, ...]:
        """The functional classification of expenditure（支出功能分类）."""
        return self._of("2")

    @property
    def economics(self) -> tuple[Subject, ...]:
        """Both economic classifications of expenditure（部门、政府预算支出经济分类）."""
        return self._of("35")

    @property
    def revenues(self) -> tuple[Subject, ...]:
        """The classification of revenue（收入分类）."""
        return self._of("1")

    @property
    def roots(self) -> tuple[Subject, ...]:
        """All 类, in code order（类级科目）."""
        return tuple(self[code] for code in self._sorted if len(code) == 3)

    @property
    def official(self) -> str:
        """The name of the user's own table that was laid over this edition; empty for the packaged one（官方表）."""
        return self._official

    @property
    def skipped(self) -> tuple[tuple[int, str], ...]:
        """Rows of the user's table that hold no subject: row number and text（未采用的行）."""
        return self._skipped

    def parents(self, code: object) -> tuple[Subject, ...]:
        """All subjects above a code, the 类 first（各级上级科目）."""
        return self[code].ancestors

    def children(self, code: object) -> tuple[Subject, ...]:
        """The subjects directly below a code（下级科目）."""
        depth = len(self[code].code) + 2
        return tuple(self[below] for below in self._below(code) if len(below) == depth)

    def descendants(self, code: object) -> tuple[Subject, ...]:
        """All subjects below a code（全部下级科目）."""
        return tuple(map(self.__getitem__, self._below(code)))

    def _below(self, code: object) -> list[str]:
        above = self[code].code
        start = bisect_left(self._sorted, above)
        return self._sorted[start + 1 : bisect_left(self._sorted, above + ":", start)]

    def by_name(
        self,
        name: str,
        level: Level | str | None = None,
        within: object = None,
        kind: Kind | str | None = None,
    ) -> tuple[Subject, ...]:
        """The subjects that have this name now（按名称查科目）, in code order.

        Names are compared by `normalize_name`; only if none matches so, as loosely as `same_name` does. 行政运行 stands
        under most 款: narrow it with ``within`` (a code, a subject or the name of a subject above), ``level`` or
        ``kind``. The old style 行政运行（人大） is looked for below the subjects whose name has 人大.
        """
        codes = self._named(name)
        if within is not None:
            tops = self._tops(within)
            codes = [code for code in codes if code.startswith(tops)]
        found = (self[code] for code in codes)
        return tuple(s for s in found if (level is None or s.level == level) and (kind is None or s.kind == kind))

    def _named(self, name: str) -> list[str]:
        exact, loose = self._names
        key = normalize_name(name)
        codes = exact.get(key) or loose.get(loose_name(key))
        if codes is None and (parts := old_style(key)):
            base, context = parts
            codes = [code for code in self._named(base) if context in "".join(s.name for s in self[code].ancestors)]
        return codes or []

    def _tops(self, within: object) -> tuple[str, ...]:
        if isinstance(within, Subject):
            return (within.code,)
        if isinstance(within, str) and split_code(within) is None:
            return tuple(self._named(within))
        return (parse_code(within),)

    @property
    def _names(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        if self._index is None:
            exact: dict[str, list[str]] = {}
            loose: dict[str, list[str]] = {}
            for code in self._sorted:
                key = normalize_name(self._rows[code][NAME])
                exact.setdefault(key, []).append(code)
                loose.setdefault(loose_name(key), []).append(code)
            self._index = exact, loose
        return self._index

    def search(self, words: str, limit: int = 20) -> tuple[Subject, ...]:
        """The best matches first（检索）: by code, by name, by all of several words, by former name.

        ``yljf`` finds by pinyin initials when the package pypinyin is installed (``pip install govbudget[pinyin]``).
        """
        return rank(self, words, limit)

    def diff(self, other: Catalogue) -> Changes:
        """What changes from this edition to the other（年版差异）."""
        return compare(self, other)

    def crosswalk(self, code: object) -> tuple[Counterpart, ...]:
        """The counterparts of an economic subject（部门预算与政府预算支出经济分类对照）, from either side.

        30101 基本工资 is 50101 for 机关 and 50501 for 事业单位. A 类 has the 类 of its 款. Source: 财预〔2017〕98号.
        """
        subject = self[code]
        found: dict[tuple[str, str], bool] = {}
        side = 0 if subject.kind is Kind.DEPARTMENT_ECONOMIC else 1
        year, deep = str(self.year), len(subject.code)
        for cells in pairs():
            there = cells[1 - side][:deep]
            if cells[side].startswith(subject.code) and standing_in(cells, year, 3, 4) and there in self._rows:
                key = there, cells[2]
                found[key] = found.get(key, True) and cells[5] == "1" and "~" not in cells[3] + cells[4]
        return tuple(Counterpart(self[code], body, sure) for (code, body), sure in sorted(found.items()))

    def coverage(self) -> dict[Kind, dict[Status, int]]:
        """How many subjects of each classification are sighted, standard and unsure（依据统计）."""
        counts: dict[Kind, dict[Status, int]] = {}
        for code in self._sorted:
            of_kind = counts.setdefault(kind_of(code), {"sighted": 0, "standard": 0, "unsure": 0})
            of_kind[self._status(code)] += 1
        return counts

    def _cell(self, code: str, column: int) -> tuple[str, ...]:
        cells = self._rows.get(code)
        return tuple(cells[column].split(",")) if cells and cells[column] else ()

    def _funds(self, code: str) -> tuple[str, ...]:
        return self._cell(code, FUND)

    def _seen(self, code: str) -> tuple[int, ...]:
        return tuple(map(int, self._cell(code, SEEN)))

    def _source(self, code: str) -> str:
        return "、".join(self._cell(code, SOURCE))

    def _moves(self, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self._cell(code, CAME_FROM), self._cell(code, WENT_TO)

    def _status(self, code: str) -> Status:
        cells, seen, year = self._rows[code], self._seen(code), self.year
        start, end = cells[FIRST], cells[LAST]
        near = (start[:1] == "~" and year <= int(start[1:]) + 1) or (end[:1] == "~" and year >= int(end[1:]) - 1)
        sure = cells[SURE] != "0" and int(cells[SURE]) <= year and not near
        if seen and (sure or seen[0] <= year <= seen[-1]):
            return "sighted"
        return "standard" if sure else "unsure"

    def _history(self, code: str) -> tuple[Naming, ...]:
        known = list(map(naming, rows_of().get(code, ())))
        name = self._rows[code][NAME]
        if all(one.name != name for one in known):
            known.append(naming(self._rows[code]))
        return tuple(known)

    def _former(self, code: str) -> tuple[str, ...]:
        name = self._rows[code][NAME]
        earlier: list[str] = []
        for cells in rows_of().get(code, ()):
            if cells[NAME] == name:
                break
            if cells[LAST] == "?" or (cells[LAST] and cells[LAST][-4:] < str(self.year)):
                earlier.append(cells[NAME])
        return tuple(dict.fromkeys(earlier))

    def _aliases(self, code: str) -> tuple[str, ...]:
        return tuple(cells[NAME] for cells in aliases().get(code, ()))

    def _unknown(self, code: str) -> str:
        above = code[:-2]
        while above and above not in self._rows:
            above = above[:-2]
        chinese, english = f"{self.year}年目录中没有 {code}", f"{code} is not in the {self.year} catalogue"
        if above:
            near = "、".join(map(str, self.children(above)[:6]))
            chinese += f"，最近的上级是 {self[above]}" + (f"，其下有 {near} 等" if near else "")
            english += f"; the nearest above is {self[above]}"
        if years := editions_of(code):
            name = rows_of()[code][-1][NAME]
            chinese += f"；见于 {years[0]}-{years[-1]} 年版：{name}"
            english += f"; listed in {years[0]}-{years[-1]} as {name}"
        if code in rows_of() and (gone := rows_of()[code][-1][WENT_TO]):
            chinese += f"；后并入 {gone}"
            english += f"; now {gone}"
        return f"{chinese}。{english}."

    def __repr__(self) -> str:
        official = f" + {self._official}" if self._official else ""
        return f"<Catalogue {self.year}{official}: {len(self)} subjects>"

    def _repr_html_(self) -> str:
        return catalogue_html(self, self.roots)

    def __reduce__(self) -> tuple[Callable[..., Catalogue], tuple[Any, ...]]:
        if self._official:
            return Catalogue, (self.year, dict(self._rows), self._official, self._skipped)
        return subjects, (self.year,)


# The model cannot import this module, so cattrs could not resolve the annotations of its classes by itself.
resolve_types(Subject, localns={"Catalogue": Catalogue})
for _class in CLASSES.values():
    resolve_types(_class, localns={"Catalogue": Catalogue})


def editions(code: str | None = None) -> tuple[int, ...]:
    """The packaged editions（年版）, from old to new; with a *code* those that list it.

    >>> editions("20141")
    (2025, 2026)
    """
    return EDITIONS if code is None else editions_of(code)


def nearest_edition(year: int | None) -> int:
    """The packaged edition nearest to a year（最近年版）: 2019 for older years, the newest for later ones.

    Where no year is known it is 2024, the edition that the tables were compiled for.
    """
    return min(max(COMPILED if year is None else year, EDITIONS[0]), EDITIONS[-1])


def subjects(year: int = COMPILED) -> Catalogue:
    """The catalogue of an edition of 财政部《政府收支分类科目》（年度科目目录）, read once.

    The tables were compiled as of 2024: later editions carry it on, with the changes that notices made known.

    Raises:
        EditionError: a year outside `editions`; `nearest_edition` gives the one to take instead.
    """
    return _edition(year)


@cache
def _edition(year: int) -> Catalogue:
    if year not in EDITIONS:
        first, last = EDITIONS[0], EDITIONS[-1]
        raise EditionError(
            f"没有{year}年版的科目目录，现有{first}-{last}年版。No edition {year}; there are {first} to {last}."
        )
    text = str(year)
    return Catalogue(year, {cells[CODE]: cells for cells in rows() if standing_in(cells, text)})


def diff(year_a: int, year_b: int) -> Changes:
    """What changes from one edition to another（年版差异）."""
    return compare(subjects(year_a), subjects(year_b))
