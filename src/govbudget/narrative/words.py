"""The words of the narrative, compiled（正文用语）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import attrs

from govbudget.forms.text import tidy
from govbudget.forms.vocabulary import parse_toml

__all__ = ["Tidied", "Words", "words"]

BLANKS = re.compile(r"\s*")


@attrs.frozen
class Tidied:
    """A text as the words are matched on it, knowing where each character stood."""

    text: str
    offsets: tuple[int, ...] = attrs.field(repr=False)

    @classmethod
    def of(cls, text: str) -> Tidied:
        """*text* tidied; a blank is kept only where it parts two figures."""
        letters: list[str] = []
        offsets: list[int] = []
        after = 0
        for index, char in enumerate(text):
            tidied = tidy(char)
            if not tidied and char.isspace() and letters and letters[-1].isdigit():
                after = after if index < after else BLANKS.match(text, index).end()  # type: ignore[union-attr]
                tidied = " " * text[after : after + 1].isdigit()
            for one in tidied:
                letters.append(one)
                offsets.append(index)
        joined = "".join(letters).replace("其它", "其他")
        return cls(joined, (*offsets, len(text)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the tidied text stands in the original."""
        return self.offsets[start], (self.offsets[end - 1] + 1 if end > start else self.offsets[start])


@attrs.frozen
class Words:
    """The patterns of words.toml."""

    terms: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]
    filler: re.Pattern[str]
    noun: re.Pattern[str]
    own: re.Pattern[str]
    start: re.Pattern[str]
    this_year: re.Pattern[str]
    prior_year: re.Pattern[str]
    direction: re.Pattern[str]
    rate: re.Pattern[str]
    flat: re.Pattern[str]
    compared: re.Pattern[str]
    either: re.Pattern[str]
    executed: re.Pattern[str]
    reasons: re.Pattern[str]
    share: tuple[re.Pattern[str], ...]
    opens: re.Pattern[str]
    several: re.Pattern[str]
    together: re.Pattern[str]
    nothing: re.Pattern[str]
    limit_after: re.Pattern[str]
    limit_before: re.Pattern[str]
    price_after: re.Pattern[str]
    sections: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]
    required: tuple[tuple[str, re.Pattern[str]], ...]
    up: frozenset[str]
    down: frozenset[str]


def _any(patterns: Iterable[str]) -> str:
    return "(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + ")"


@cache
def words() -> Words:
    """The words that departments share."""
    data: dict[str, Any] = parse_toml(resources.files("govbudget.narrative").joinpath("words.toml").read_text("utf-8"))
    change, year, aside = data["change"], data["year"], data["aside"]
    up, down, flat, against = change["up"], change["down"], _any(change["flat"]), _any(change["against"])
    prior = _any([*year["prior"], r"20\d\d年(?:度)?(?:年初)?", "年初"])
    return Words(
        terms=tuple((re.compile(_any(one["words"])), MappingProxyType(one["set"])) for one in data["term"]),
        filler=re.compile(_any(data["filler"]["words"])),
        own=re.compile(_any(data["filler"]["own"])),
        noun=re.compile(_any(data["filler"]["nouns"])),
        start=re.compile(data["filler"]["start"]),
        this_year=re.compile(_any(year["this"])),
        prior_year=re.compile(_any(year["prior"])),
        direction=re.compile(f"(?P<way>{_any([*up, *down, flat])}){change['after']}$"),
        rate=re.compile(f"(?P<way>{_any(change['rate'])}){change['after']}$"),
        flat=re.compile(rf"{against}[^,;。:]{{0,20}}?{flat}"),
        compared=re.compile(f"{against}{prior}[^,;。:]*,?$|{_any(change['alone'])},?$"),
        either=re.compile(f"(?:{change['either']}){change['after']}$"),
        executed=re.compile(change["executed"]),
        reasons=re.compile(change["reasons"]),
        share=tuple(re.compile(f"{pattern}$") for pattern in data["share"]["before"]),
        opens=re.compile(_any(data["list"]["opens"])),
        several=re.compile(f"(?:预算|安排|金额|数)*{data['list']['several']}$"),
        together=re.compile(_any(data["list"]["together"])),
        nothing=re.compile(_any(data["nothing"]["words"])),
        limit_after=re.compile(aside["limit_after"]),
        limit_before=re.compile(aside["limit_before"]),
        price_after=re.compile(aside["price_after"]),
        sections=tuple((re.compile(one["words"]), MappingProxyType(one["set"])) for one in data["section"]),
        required=tuple((one["name"], re.compile(one["words"])) for one in data["required"]),
        up=frozenset(up),
        down=frozenset(down),
    )
