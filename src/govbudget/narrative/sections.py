"""Headings（标题）: what a section says of the figures below it."""

from __future__ import annotations

import re

import attrs

from govbudget.narrative.subject import Dims
from govbudget.narrative.words import Words

__all__ = ["Sections", "mark_of"]

CHINESE = "一二三四五六七八九十"
MARKS = (
    re.compile(rf"第[{CHINESE}\d]+部分"),
    re.compile(rf"[{CHINESE}]+、"),
    re.compile(rf"\([{CHINESE}]+\)"),
    re.compile(r"\d{1,2}[.、](?!\d)"),
    re.compile(r"\(\d{1,2}\)"),
)
LENGTH = 40
SENTENCE_MARK = re.compile(r"[,;。]|\d(?:亿|万)?元|\d%")
# A heading without a mark; other short lines are names, dates and what stands on every page.
UNMARKED = re.compile(r"(说明|情况|解释|附件|目录|概况|职责|职能|设置)(\(.*\))?$")
# 1、机关运行经费。2024年…: a heading that its paragraph goes on after.
RUN_IN = re.compile(r"(?P<title>[^,;。:]{2,25})[。:]")


def mark_of(line: str) -> tuple[int | None, int]:
    """How deep the mark that a line begins with stands, and how long it is; None without one."""
    for level, pattern in enumerate(MARKS):
        found = pattern.match(line)
        if found:
            return level, found.end()
    return None, 0


@attrs.define
class _Section:
    level: int
    title: str
    dims: Dims


class Sections:
    """The headings that stand above the line that is being read."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._open: list[_Section] = []

    @property
    def title(self) -> str:
        """The nearest heading."""
        return self._open[-1].title if self._open else ""

    @property
    def dims(self) -> dict[str, str]:
        """What the headings together say."""
        dims: dict[str, str] = {}
        for section in self._open:
            dims.update(section.dims)
        if dims.get("fund") and dims.get("item") == "fiscal":
            del dims["item"]
        return dims

    def take(self, line: str) -> bool:
        """Take a line as a heading where it is one."""
        level, length = mark_of(line)
        if len(line) > LENGTH or SENTENCE_MARK.search(line):
            return False
        if level is None and (line.endswith(":") or not UNMARKED.search(line)):
            return False
        self._enter(level or 0, line[length:].rstrip(":"))
        return True

    def take_run_in(self, line: str) -> None:
        """Take the heading that a paragraph begins with, where it begins with one."""
        level, length = mark_of(line)
        found = RUN_IN.match(line, length)
        if level is not None and found and not SENTENCE_MARK.search(found["title"]):
            self._enter(level, found["title"])

    def _enter(self, level: int, title: str) -> None:
        dims: dict[str, str] = {}
        for pattern, meaning in self._words.sections:
            if pattern.search(title):
                dims.update(meaning)
        self._open = [*(one for one in self._open if one.level < level), _Section(level, title, dims)]
