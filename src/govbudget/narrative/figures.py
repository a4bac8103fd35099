"""The figures in a sentence（正文中的数字）, and the words that stand for one."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import attrs

from govbudget.narrative.words import Words

__all__ = ["MONEY", "Token", "has_figures", "tokens"]

COUNTERS = "个辆台套人名项家户次种条场批件部间处份期张"
FIGURE = re.compile(
    r"(?<![\d.,A-Za-z第])(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<unit>亿元|万元|元|亿(?=[,、;。)]|$)|万(?=[,、;。)(]|$)|%|个百分点|平方米"
    rf"|[{COUNTERS}](?![月年])|(?<=为0)(?=[,;。)]|$))"
)
BROKEN = re.compile(r"\d $")
UNITS = {"亿": "亿元", "万": "万元", "": "万元"}
MONEY = frozenset({"元", "万元", "亿元"})


@attrs.frozen
class Token:
    """A figure with its unit, or words that stand for one.

    Attributes:
        start: where it begins.
        end: where it ends.
        text: the figure as it stands.
        number: the figure.
        unit: 元, 万元, 亿元, %, or what is counted.
        kind: ``figure``, ``flat``（持平） or ``nothing``（没有）.
        printed: whether there is a figure.
        broken: whether it may be the end of a longer figure that a line broke.
    """

    start: int
    end: int
    text: str
    number: Decimal
    unit: str
    kind: str = "figure"
    printed: bool = True
    broken: bool = False


def has_figures(text: str, words: Words) -> bool:
    """Whether there is a figure in a text, or a word that stands for one."""
    return any(pattern.search(text) for pattern in (FIGURE, words.flat, words.nothing))


def tokens(text: str, start: int, end: int, words: Words) -> list[Token]:
    """The figures between *start* and *end*, in order."""
    found = []
    for one in FIGURE.finditer(text, start, end):
        number, unit = Decimal(one["number"].replace(",", "")), one["unit"]
        broken = BROKEN.search(text, start, one.start()) is not None
        found.append(Token(one.start(), one.end(), one.group(), number, UNITS.get(unit, unit), broken=broken))
    for kind, pattern in (("flat", words.flat), ("nothing", words.nothing)):
        found += [
            Token(one.start(), one.end(), one.group(), Decimal(0), "万元", kind, printed=False)
            for one in pattern.finditer(text, start, end)
            if not any(other.start < one.end() and one.start() < other.end for other in found)
        ]
    found.sort(key=lambda one: one.start)
    return _merged(found)


def _merged(found: list[Token]) -> list[Token]:
    """Tokens where 持平 and the 0万元 right behind it are one."""
    behind = {
        id(flat): zero
        for flat, zero in pairwise(found)
        if flat.kind == "flat" and zero.start == flat.end and not zero.number and zero.kind == "figure"
    }
    gone = {id(zero) for zero in behind.values()}
    return [
        attrs.evolve(one, end=behind[id(one)].end, text=one.text + behind[id(one)].text, printed=True)
        if id(one) in behind
        else one
        for one in found
        if id(one) not in gone
    ]
