"""Findings that somebody has looked at and set aside, with the reason（豁免）: never silently gone."""

from __future__ import annotations

import re
import sys
from fnmatch import fnmatchcase
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from govbudget.checks.findings import Finding
from govbudget.errors import ReadError, RuleError, refusal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["FILE_NAME", "Suppressed", "Suppression", "load_suppressions"]

FILE_NAME = "govbudget.toml"
TABLE = "suppress"
KEYS = ("rule", "document", "reason", "sheet", "cell")
REQUIRED = KEYS[:3]
HEADER = re.compile(rf"\s*\[\[\s*{TABLE}\s*\]\]").match
AT = re.compile(r"\s*\(at ([^)]*)\)$")
CELL = re.compile(r"([A-Z]+[0-9]+)?").fullmatch
EXAMPLE = 'rule = "PRF001"、document = "*.xlsx"、reason = "…"'


def _filled(_: object, attribute: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise RuleError(f"{attribute.name} 须有文字，如 {EXAMPLE} ({attribute.name} must be a text)")


def _cell(_: object, __: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str) or not CELL(value):
        raise RuleError(f"cell 不能是 {value!r}，应如 G22 (not a cell; G22 is)")


@attrs.frozen
class Suppression:
    """An entry that sets findings aside（豁免条目）.

    Attributes:
        rule: the rule's code.
        document: the name of the document, with ``*`` for anything: ``dazhou_*.xlsx``.
        reason: why; it is shown with every finding that is set aside.
        sheet: the sheet; empty for any.
        cell: the cell that the finding points at first; empty for any.
        origin: the file and the line of the entry.
    """

    rule: str = attrs.field(validator=_filled)
    document: str = attrs.field(validator=_filled)
    reason: str = attrs.field(validator=_filled)
    sheet: str = attrs.field(default="", validator=attrs.validators.instance_of(str))
    cell: str = attrs.field(default="", validator=_cell)
    origin: str = attrs.field(default="", eq=False)

    def concerns(self, document: str) -> bool:
        """Whether the entry is about *document*."""
        return fnmatchcase(document, self.document)

    def matches(self, finding: Finding) -> bool:
        """Whether *finding* is set aside, in a document that the entry is about."""
        if finding.rule != self.rule:
            return False
        first = finding.places[0] if finding.places else None
        sheet, cell = (first.sheet.strip(), first.cell) if first else ("", "")
        return self.sheet.strip() in {"", sheet} and self.cell in {"", cell}

    def __str__(self) -> str:
        where = "!".join(filter(None, (self.sheet, self.cell)))
        return " ".join(filter(None, (self.origin and f"{self.origin}:", self.rule, self.document, where)))


@attrs.frozen
class Suppressed:
    """A finding that was set aside, and the entry that did so（已豁免的发现）."""

    finding: Finding
    suppression: Suppression

    @property
    def reason(self) -> str:
        """Why it was set aside."""
        return self.suppression.reason


def load_suppressions(path: str | PathLike[str]) -> tuple[Suppression, ...]:
    """The entries of a suppressions file（豁免文件）: TOML with a table ``[[suppress]]`` for each.

    Raises:
        ReadError: the file cannot be read or lacks or misspells something; the error names the line.
    """
    name = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(name, "豁免文件不是 UTF-8 文本 (the suppressions are no text in UTF-8)") from error
    except OSError as error:
        raise ReadError(name, refusal("豁免文件打不开", "the suppressions cannot be opened", error)) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = AT.search(str(error))
        reason = f"豁免文件不是正确的 TOML：{AT.sub('', str(error))} (not TOML)"
        raise ReadError(name, reason, at[1] if at else "") from error
    lines = [f"line {number}" for number, line in enumerate(text.splitlines(), 1) if HEADER(line)]
    entries = data.pop(TABLE, [])
    if data or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        wrong = "、".join(data) or TABLE
        raise ReadError(name, f"只能有 [[{TABLE}]] 条目，不能有 {wrong} (only entries [[{TABLE}]] may stand here)")
    places = lines if len(lines) == len(entries) else [f"entry {number}" for number in range(1, len(entries) + 1)]
    return tuple(_entry(name, place, entry) for place, entry in zip(places, entries))


def _entry(file: str, place: str, entry: dict[str, Any]) -> Suppression:
    unknown = [key for key in entry if key not in KEYS]
    missing = [key for key in REQUIRED if key not in entry]
    if unknown or missing:
        zh = [f"缺少 {'、'.join(missing)}"] * bool(missing) + [f"没有 {'、'.join(unknown)} 这样的项"] * bool(unknown)
        raise ReadError(file, f"{'；'.join(zh)}，可用的有 {'、'.join(KEYS)} (missing or unknown keys)", place)
    try:
        return Suppression(**entry, origin=f"{file} {place}")
    except (RuleError, TypeError) as error:
        raise ReadError(file, str(error.args[0]), place) from error
