"""The vocabulary of forms（表式词汇）: what a title, a column header, a row label and a line around a table mean."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import attrs

from govbudget.forms.text import strip_numbering, tidy

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    import tomli as tomllib

__all__ = [
    "BESIDE",
    "OF_FISCAL",
    "UNIT_END",
    "Column",
    "FormKind",
    "Vocabulary",
    "joined_items",
    "load_toml",
    "parse_toml",
    "vocabulary",
]

INDICATOR_ROLES = (
    "level1",
    "level2",
    "level3",
    "operator",
    "value",
    "measure",
    "weight",
    "direction",
    "core",
    "note",
    "goal",
    "long_goal",
    "budget",
)
# The forms of the general public budget that some regions print for all fiscal money（财政拨款） too.
OF_FISCAL = frozenset({"general", "general_basic"})
# (2024年度), (续), -1; but what a bracket says of the classification belongs to the title.
ASIDE = re.compile(r"\((?!.*分类).{0,12}\)$|-\d+$")
UNIT_END = re.compile(r"\((单位:)?(亿|万)?元\)$")
UNIT_STUMPS = frozenset({"万", "亿", "元"})
NOTHING: Mapping[str, Any] = MappingProxyType({})
BESIDE = ("change", "executed")  # 增减额, 执行数: they stand beside the item that they are about


@attrs.frozen
class FormKind:
    """What every printing of a form has in common（表种）.

    Attributes:
        id: the form's id, such as ``general_basic``.
        name: the Chinese name.
        english: the English name.
        kind: ``table``, ``sides`` (revenue left, expenditure right) or ``targets``.
        rows: what a row is: ``function``, ``economic``, ``agency``, ``project`` or ``purchase``.
        side: revenue or expenditure, where the form has only one.
        base: the dimensions that the form itself fixes.
        required: whether every department publishes it, whatever its region.
    """

    id: str
    name: str
    english: str
    titles: tuple[str, ...]
    kind: str
    rows: str = "function"
    side: str | None = None
    base: Mapping[str, Any] = NOTHING
    required: bool = False

    def of_every_fund(self) -> FormKind:
        """The form as one of all fiscal money（财政拨款） and not of one fund's."""
        dims = {name: value for name, value in self.base.items() if name != "fund"}
        return attrs.evolve(self, base=MappingProxyType({**dims, "item": "fiscal"}))


@attrs.frozen
class Column:
    """What a column means（栏目）: its header path, the role of a column that names rows, or an amount's dimensions."""

    path: tuple[str, ...]
    role: str | None = None
    dims: Mapping[str, Any] = NOTHING
    known: bool = True

    @property
    def text(self) -> str:
        """The header path, joined by ``/``."""
        return "/".join(self.path)


def load_toml(*path: str) -> dict[str, Any]:
    """A declaration file of this package."""
    return parse_toml(resources.files("govbudget.forms").joinpath(*path).read_text(encoding="utf-8"))


def parse_toml(text: str) -> dict[str, Any]:
    """A declaration as data; ValueError where it is no TOML."""
    return tomllib.loads(text)


CACHED = (
    "title",
    "roles",
    "role",
    "indicator_role",
    "dims",
    "row",
    "head",
    "known",
    "column",
    "number",
    "note",
    "signature",
    "placeholder",
    "leaves_open",
    "foreign",
    "agency",
    "unit_line",
)


class Vocabulary:
    """The words of vocabulary.toml, compiled; look-ups are cached because documents repeat themselves."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.forms = {
            entry["id"]: FormKind(
                **{**entry, "titles": tuple(entry["titles"]), "base": MappingProxyType(entry.get("base", {}))}
            )
            for entry in data["form"]
        }
        self._titles = [(re.compile(f"(?:{'|'.join(f.titles)})"), f) for f in self.forms.values()]
        self._roles = [(role, _union(labels)) for role, labels in data["roles"].items()]
        self._dims = [(_union(entry["labels"]), MappingProxyType(entry["set"])) for entry in data["dims"]]
        self._rows = [(name, _union(labels)) for name, labels in data["rows"].items()]
        self._head = [(name, _union(labels)) for name, labels in data["head"].items()]
        lines = data["lines"]
        self._number, self._note, self._placeholder, self._signature = (
            _union(lines[key]) for key in ("number", "note", "placeholder", "signature")
        )
        self._agency, self._unit, self._blank, self._foreign = (
            re.compile(lines[key]) for key in ("agency", "unit", "blank", "foreign")
        )
        for name in CACHED:
            setattr(self, name, lru_cache(maxsize=16384)(getattr(self, name)))

    def extended(self, words: Mapping[str, Any]) -> Vocabulary:
        """This vocabulary with the words that a family declares for itself; its own words come first."""
        titles = words.get("titles", {})
        data = dict(self._data)
        data["form"] = [
            {**entry, "titles": [*titles.get(entry["id"], ()), *entry["titles"]]} for entry in self._data["form"]
        ]
        data["dims"] = [*words.get("dims", ()), *self._data["dims"]]
        for part in ("roles", "rows", "head"):
            own = words.get(part, {})
            data[part] = {name: [*own.get(name, ()), *labels] for name, labels in self._data[part].items()}
        return Vocabulary(data)

    def title(self, text: str) -> FormKind | None:
        """The form that a title names."""
        words = ASIDE.sub("", ASIDE.sub("", strip_numbering(tidy(text))))
        for pattern, form in self._titles:
            if pattern.search(words):
                return form
        return None

    def roles(self, text: str) -> tuple[str, ...]:
        """The roles that a column headed *text* can have."""
        words = tidy(text)
        found = tuple(role for role, pattern in self._roles if pattern.fullmatch(words))
        return found or (self.roles(UNIT_END.sub("", words)) if UNIT_END.search(words) else ())

    def role(self, text: str) -> str | None:
        """The role of a column of a table of amounts."""
        return next((role for role in self.roles(text) if role not in INDICATOR_ROLES), None)

    def indicator_role(self, text: str) -> str | None:
        """The role of a column of a table of indicators."""
        roles = self.roles(text)
        return next((role for role in roles if role in INDICATOR_ROLES), None) or next(iter(roles), None)

    def dims(self, text: str) -> Mapping[str, Any] | None:
        """The dimensions that an amount's header or label says; None where the words are not known."""
        words = tidy(text)
        for pattern, dims in self._dims:
            found = pattern.fullmatch(words)
            if found:
                year = found.groupdict().get("year")
                return MappingProxyType({**dims, "year": int(year)}) if year else dims
        return self.dims(UNIT_END.sub("", words)) if UNIT_END.search(words) else None

    def row(self, text: str) -> str | None:
        """Which special row a label names, such as ``total`` or ``carry_forward``."""
        words = strip_numbering(tidy(text))
        return next((name for name, pattern in self._rows if pattern.fullmatch(words)), None)

    def head(self, text: str) -> str | None:
        """What a label in the head of a performance form asks for, such as ``project`` or ``money``."""
        words = tidy(text).rstrip(":")
        return next((name for name, pattern in self._head if pattern.fullmatch(words)), None)

    def known(self, text: str) -> bool:
        """Whether *text* is a column header that the vocabulary knows."""
        return bool(self.roles(text)) or self.dims(text) is not None

    def column(self, path: tuple[str, ...]) -> Column:
        """What the column under a header path means."""
        if not path:
            return Column(path, known=False)
        joined = "".join(path)
        role = self.role(path[-1]) or (self.role(joined) if len(path) > 1 else None)
        if role is not None:
            return Column(path, role)
        dims: dict[str, Any] = {}
        known = False
        start = 0
        while start < len(path):
            for end in range(start + 1, len(path) + 1):
                found = self.dims("".join(path[start:end]))
                if found is not None:
                    item = joined_items(dims["item"], found["item"]) if "item" in found and "item" in dims else None
                    dims.update(found)
                    if item is not None:
                        dims["item"] = item
                    known = True
                    break
            else:
                end = start + 1
                known = known and end < len(path)
            start = end
        if not known:
            dims["item"] = f"column:{tidy(joined)}"
            return Column(path, dims=MappingProxyType(dims), known=False)
        return Column(path, dims=MappingProxyType(dims))

    def number(self, text: str) -> bool:
        """Whether *text* is a table number such as 表1-2."""
        return self._number.fullmatch(tidy(text)) is not None

    def note(self, text: str) -> bool:
        """Whether *text* is a note under a table."""
        return self._note.fullmatch(tidy(text)) is not None

    def signature(self, text: str) -> bool:
        """Whether *text* only says who made the table, and when."""
        return self._signature.fullmatch(tidy(text)) is not None

    def placeholder(self, text: str) -> bool:
        """Whether *text* only holds the place of something to be filled in."""
        return self._placeholder.fullmatch(tidy(text)) is not None

    def leaves_open(self, text: str) -> bool:
        """Whether a title or a line such as 部门：XX局 still holds the place of something to be filled in."""
        return self._blank.search(tidy(text)) is not None

    def foreign(self, text: str) -> bool:
        """Whether *text* is the title of a table that is none of the forms, such as 新增资产配置表."""
        return self.title(text) is None and self._foreign.search(tidy(text)) is not None

    def agency(self, text: str) -> str | None:
        """The agency's name in a line such as 部门：…; empty where the line leaves it open."""
        found = self._agency.fullmatch(tidy(text))
        if found is None or self._unit.fullmatch(tidy(text)) or found.group("name") in UNIT_STUMPS:
            return None
        return found.group("name")

    def unit_line(self, text: str) -> bool:
        """Whether *text* names the unit of the amounts, such as 金额单位：万元."""
        return self._unit.search(tidy(text)) is not None


def joined_items(upper: str, lower: str) -> str:
    """What two labels of a header say together; of two items the finer of one kind, else the upper.

    >>> joined_items("three_public", "three_public.vehicle"), joined_items("change", "three_public.vehicle")
    ('three_public.vehicle', 'three_public.vehicle/change')
    """
    if lower in BESIDE:
        return upper if upper.endswith(lower) else f"{upper}/{lower}"
    if upper in BESIDE:
        return f"{lower}/{upper}"
    item, slash, beside = upper.partition("/")
    return f"{lower}{slash}{beside}" if lower.startswith(item) else upper


def _union(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the packaged declarations."""
    return Vocabulary(load_toml("vocabulary.toml"))
