"""Mending names（校正名称） in damaged texts: 规范律补贴 is 规范津补贴 where the document itself says so.

A name is mended only into one that the document or the classification names for the same thing, and only where they
differ in a letter or two. Figures are never mended.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources

from govbudget.forms import Vocabulary, tidy
from govbudget.grids import Grid

__all__ = ["Mender", "item_class", "majority"]

ENDS = ("入", "收入", "款收入")
FIXED = re.compile(r"[\dA-Za-z一二三四五六七八九十第甲乙丙]")


@cache
def item_classes() -> dict[str, str]:
    """The sighted names of classes of items（预算项目类别） by code."""
    text = resources.files("govbudget.forms").joinpath("item_classes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def item_class(code: str) -> str:
    """The sighted name of a class of items; empty where the code was never seen."""
    return item_classes().get(code, "")


def is_near(name: str, other: str, most: int) -> bool:
    """Whether two names of one length differ in at most *most* letters, none of them a digit or a numeral."""
    if len(name) != len(other) or len(name) < 5:
        return False
    wrong = [(a, b) for a, b in zip(name, other) if a != b]
    return len(wrong) <= most and not any(FIXED.match(letter) for pair in wrong for letter in pair)


class Mender:
    """Mends the names of one document; does nothing to documents that are no damaged text."""

    def __init__(self, grids: Iterable[Grid]) -> None:
        lines = [row[0] for grid in grids if grid.doubtful for row in grid.rows if len(row) == 1]
        self.active = bool(lines)
        self.prose = tidy("".join(line for line in lines if isinstance(line, str)))

    def like(self, name: str, known: str) -> str:
        """*known*, where *name* is a damaged printing of it."""
        return known if self.active and known and is_near(name, known, len(known) // 2) else name

    def by_prose(self, name: str) -> str:
        """The words of the prose that *name* is a damaged printing of; the whole of one end must agree."""
        if not self.active or len(name) < 8 or tidy(name) != name or name in self.prose:
            return name
        half = len(name) // 2
        for part, shift in ((name[:half], 0), (name[half:], half)):
            at = self.prose.find(part)
            while at >= 0:
                words = self.prose[at - shift : at - shift + len(name)] if at >= shift else ""
                if is_near(name, words, len(name) // 8):
                    return words
                at = self.prose.find(part, at + 1)
        return name

    def complete(self, name: str, words: Vocabulary) -> str:
        """The label of a source of revenue that lost its end."""
        if self.active and words.dims(name) is None and words.row(name) is None:
            return next((name + end for end in ENDS if words.dims(name + end) is not None), name)
        return name


def majority(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The name that is printed most often for each code, where one is printed more often than any other."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for code, name in pairs:
        if code and name:
            votes[code][name] += 1
    found = {}
    for code, names in votes.items():
        (first, count), *others = names.most_common(2)
        if not others or count > others[0][1]:
            found[code] = first
    return found
