"""What a phrase is about（短语含义）: every piece of it must be understood, or it is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from govbudget.model import Budget
from govbudget.narrative.names import Names
from govbudget.narrative.words import Words

__all__ = ["Phrase", "Reader"]

YEAR = re.compile(r"(20\d\d)年(?:度)?")
LEVEL = re.compile(r"\((类|款|项)\)")
LENGTHS = {"类": 3, "款": 5, "项": 7}
MARKS = frozenset("()、,.:;-—·")


@attrs.frozen
class Phrase:
    """What a phrase says.

    Attributes:
        text: the phrase.
        dims: the dimensions, as names of :class:`Coordinate` fields.
        functions: the function subjects that it can mean.
        economics: the economic subjects that it can mean.
        year: the year that it names.
        rest: the pieces that were not understood.
        former: names in it that a subject no longer bears: the name, the code and the name of today.
        name: the pieces that say what it is about, without years, agencies and fillers.
    """

    text: str
    dims: Mapping[str, str] = attrs.field(factory=dict)
    functions: tuple[str, ...] = ()
    economics: tuple[str, ...] = ()
    year: int | None = None
    rest: str = ""
    former: tuple[tuple[str, str, str], ...] = ()
    name: str = ""

    @property
    def says(self) -> bool:
        """Whether it names something."""
        return bool(self.name or self.dims)


@attrs.define
class _Pieces:
    """What was found in a phrase so far."""

    dims: dict[str, str] = attrs.field(factory=dict)
    functions: list[set[str]] = attrs.field(factory=list)
    economics: set[str] = attrs.field(factory=set)
    year: int | None = None
    rest: str = ""
    former: list[tuple[str, str, str]] = attrs.field(factory=list)
    named: list[str] = attrs.field(factory=list)
    nouns: str = ""
    own: str = ""


class Reader:
    """Reads phrases in the words that departments share and the names of one budget."""

    def __init__(self, book: Budget, words: Words) -> None:
        self._words = words
        self._year = book.year
        self._names = Names(book)

    def learn(self, texts: Iterable[str]) -> None:
        """Learn the short names that the document gives the department."""
        self._names.learn(texts)

    def project(self, text: str) -> str:
        """The key of the project that a text begins with; empty where it begins with none."""
        return self._names.project(text)

    def read(self, text: str) -> Phrase:
        """What *text* says, piece by piece."""
        start = self._words.start.match(text)
        first = position = start.end() if start else 0
        found = _Pieces()
        while position < len(text):
            position = self._piece(text, position, found)
        if not found.named:
            found.rest += found.nouns
        if found.dims.get("item") != "agency_operation":
            found.rest += found.own
        if found.rest or not found.named:
            project = self._names.project(text[first:], whole=True)
            if project:
                return Phrase(text, {"side": "expenditure", "project": project}, name=text[first:])
        return Phrase(
            text,
            found.dims,
            _deepest(found.functions),
            tuple(sorted(found.economics)),
            found.year,
            found.rest,
            tuple(found.former),
            "".join(found.named),
        )

    def _piece(self, text: str, position: int, found: _Pieces) -> int:
        """Take the longest piece at *position* that is understood; gives where it ends."""
        words = self._words
        subject = self._names.pattern.match(text, position)
        agency = self._names.agency(text, position)
        year = YEAR.match(text, position)
        prior = words.prior_year.match(text, position)
        this = words.this_year.match(text, position)
        filler = words.filler.match(text, position)
        noun = words.noun.match(text, position)
        own = words.own.match(text, position)
        term_end, meaning = self._term(text, position)
        ends = {
            "subject": subject.end() if subject else 0,
            "agency": position + len(agency),
            "term": term_end,
            "year": year.end() if year else 0,
            "prior": prior.end() if prior else 0,
            "this": this.end() if this else 0,
            "filler": filler.end() if filler else 0,
            "noun": noun.end() if noun else 0,
            "own": own.end() if own else 0,
        }
        kind = max(ends, key=lambda name: ends[name])
        end = ends[kind]
        if end <= position:
            found.rest += "" if text[position] in MARKS else text[position]
            return position + 1
        if kind == "subject" and subject is not None:
            return self._subject(text, subject.group(), end, meaning if term_end == end else None, found)
        if kind == "agency":
            unit = self._names.unit(agency)
            if unit:
                found.dims["agency"] = unit
        elif kind == "term":
            _add(meaning, text[position:end], found)
        elif kind == "year" and year is not None:
            found.year = int(year.group(1))
        elif kind == "noun":
            found.nouns += text[position:end]
        elif kind == "own":
            found.own += text[position:end]
        elif kind != "filler":
            found.year = self._year if kind == "this" else (self._year - 1 if self._year else None)
        return end

    def _subject(self, text: str, word: str, end: int, meaning: Mapping[str, str] | None, found: _Pieces) -> int:
        """Take the name of a subject with its level; a name that is a term too may mean either."""
        level = LEVEL.match(text, end)
        size = LENGTHS[level.group(1)] if level else 0
        codes = {code for code in self._names.functions.get(word, ()) if not size or len(code) == size}
        economics = set() if level else self._names.economics.get(word, set())
        if codes:
            found.functions.append(codes)
            found.named.clear()
        elif not economics:
            found.rest += word
        if not level:
            found.economics = set(economics)
        found.named.append(word)
        if meaning is not None and not level:
            found.dims.update(meaning)
        if word in self._names.former:
            found.former.append((word, *self._names.former[word]))
        return level.end() if level else end

    def _term(self, text: str, position: int) -> tuple[int, Mapping[str, str]]:
        matches = ((pattern.match(text, position), dims) for pattern, dims in self._words.terms)
        ends = [(match.end(), dims) for match, dims in matches if match]
        return max(ends, key=lambda one: one[0], default=(0, {}))


def _add(meaning: Mapping[str, str], word: str, found: _Pieces) -> None:
    """Take a term; 财政拨款 beside “三公”经费 or 机关运行经费 says nothing more."""
    if meaning.get("item") == "fiscal" and found.dims.get("item", "fiscal") != "fiscal":
        return
    found.dims.update(meaning)
    found.named.append(word)


def _deepest(found: list[set[str]]) -> tuple[str, ...]:
    """The codes that the last name can mean under the names before it."""
    if not found:
        return ()
    *above, codes = found
    for tops in above:
        codes = {code for code in codes if any(code.startswith(top) for top in tops)} or codes
    return tuple(sorted(codes))
