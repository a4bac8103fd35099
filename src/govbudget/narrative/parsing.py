"""From prose to claims（正文解析）: the figures of each sentence, and what each of them is said to be of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from govbudget.model import Budget, Coordinate, Passage
from govbudget.narrative.claim import Claim, ClaimKind, Direction
from govbudget.narrative.figures import MONEY, Token, has_figures, tokens
from govbudget.narrative.phrases import Phrase, Reader
from govbudget.narrative.sections import Sections, mark_of
from govbudget.narrative.subject import Dims, Subject
from govbudget.narrative.words import Tidied, Words, words

__all__ = ["claims"]

LEAD = re.compile(r"^[\s#*·•\-]+")
SENTENCE = re.compile(r"[^。!?]*(?:[。!?]|$)")
CLAUSE = re.compile(r"[,;:]")
YEAR = re.compile(r"20\d\d年")
OTHER_SIDE = re.compile(r",(收入|支出)(预算)?(为|是)?")  # 政府性基金预算收入0万元，支出0万元
OF_BOTH_SIDES = frozenset({"general", "government_fund", "state_capital"})
KINDS = frozenset({"procurement.goods", "procurement.works", "procurement.services"})
WHAT = re.compile(r"^(?:\d{1,2}[.、](?!\d)|\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、)])")

NOT_UNDERSTOOD = "没有看懂：{rest} (not understood)"
NO_SUBJECT = "没有说明是什么数 (the words do not say of what)"
APART = "不在预算表反映的内容 (not about what the forms print)"
OTHER_YEAR = "年度不明确 (the year is not certain)"
BROKEN = "数字断开，没有读清 (the figure is broken)"
EXECUTED = "与上年执行数相比，不是预算数 (compared with what was executed)"
LONGEST = 100_000  # letters; what is longer is no paragraph
UNFILLED = "没有选定增加或减少 (neither more nor less is chosen)"
OTHER = "不是预算数 (no amount of the budget)"


def claims(book: Budget) -> tuple[Claim, ...]:
    """Every figure in the prose of a budget（正文陈述）: what it says, and where that stands in the budget."""
    texts = [Tidied.of(one.text if len(one.text) <= LONGEST else "") for one in book.prose]
    if not any(has_figures(one.text, words()) for one in texts):
        return ()
    return tuple(_Parser(book, words()).parse(book.prose, texts))


class _Parser:
    """Goes through the prose and remembers what it is about: the section, the lists that are open, the last subject."""

    def __init__(self, book: Budget, words: Words) -> None:
        self.year = book.year
        self.words = words
        self.reader = Reader(book, words)
        self.sections = Sections(words)
        self.wholes: list[tuple[Subject, int]] = []
        self.focus: Subject | None = None
        self.changed: Subject | None = None
        self.project: dict[str, str] = {}
        self.pending: list[str] = []
        self.read = 0
        self.topics = 0
        self.lists = 0

    def parse(self, passages: Sequence[Passage], tidied: Sequence[Tidied]) -> Iterator[Claim]:
        self.reader.learn(one.text for one in tidied)
        for number, (passage, text) in enumerate(zip(passages, tidied)):
            found = LEAD.match(text.text)
            begin = found.end() if found else 0
            if self.sections.take(text.text[begin:]):
                self.wholes.clear()
            else:
                yield from (attrs.evolve(one, passage=number) for one in self._passage(passage, text, begin))

    def _passage(self, passage: Passage, tidied: Tidied, begin: int) -> Iterator[Claim]:
        text = tidied.text
        self.focus = self.changed = None
        self.pending = []
        self.sections.take_run_in(text[begin:])
        project = self.reader.project(text[begin + mark_of(text[begin:])[1] :])
        self.project = {"side": "expenditure", "project": project} if project else {}
        figures = False
        for found in SENTENCE.finditer(text, begin):
            for claim in self._sentence(passage, tidied, found.start(), found.end()):
                figures = True
                yield claim
        if figures and text.rstrip().endswith(":"):
            self._structure(text[self.read :], text[: self.read])
        elif not figures and self.wholes and self.words.opens.search(text):
            while len(self.wholes) > 1 and self.wholes[-1][0].parent is not None:
                self.wholes.pop()
            self._open(self.wholes[-1][0], text)

    def _sentence(self, passage: Passage, tidied: Tidied, start: int, end: int) -> Iterator[Claim]:
        text = tidied.text
        position = start
        first, last = tidied.span(start, end)
        for token in tokens(text, start, end, self.words):
            lead = text[position : token.start]
            self._structure(lead, text[start:position])
            claim = self._claim(token, lead, text[start : token.start], text[token.end : end])
            position = self.read = token.end
            if claim is None:
                continue
            begins, ends = tidied.span(token.start, token.end)
            yield attrs.evolve(
                claim,
                text=passage.text[begins:ends],
                sentence=passage.text[first:last].rstrip(),
                start=begins - first,
                place=passage.at(begins),
                section=self.sections.title,
            )

    # ------------------------------------------------------------ lists

    def _structure(self, lead: str, before: str) -> None:
        """Open a list where the words between two figures say so."""
        opener = max(self.words.opens.finditer(lead), key=lambda found: found.start(), default=None)
        if opener is None:
            if self.focus is not None and lead.startswith(("(", ":")) and not before.endswith(("类", "款", "项")):
                self._open(self.focus, lead)
            return
        named = self._phrase(lead[: opener.start()])
        whole = self.focus
        if named.says and not named.rest and (whole is None or not whole.is_named_by(named)):
            # 收支总预算…。收入包括：…；支出包括：… are the two sides of what stands before.
            open_wholes = (self.focus, *(one for one, _ in reversed(self.wholes)))
            balance = next((one for one in open_wholes if one and "side" not in one.dims and not one.reason), None)
            whole = self._new(named.name)
            whole.fill(named, {**self.sections.dims, **(balance.dims if balance else {})})
        if whole is not None:
            self._open(whole, lead)

    def _open(self, whole: Subject, lead: str) -> None:
        if self.wholes and self.wholes[-1][0].topic == whole.topic:
            self.wholes.pop()
        self.lists += 1
        if "经济分类" in lead or "功能分类" in lead:
            whole.by_economic = "经济分类" in lead
        self.wholes.append((whole, self.lists))

    def _attach(self, subject: Subject) -> Subject | None:
        """The innermost open whole that a subject can be a part of; those that it cannot are closed."""
        while self.wholes:
            whole, number = self.wholes[-1]
            if subject.year != whole.year:
                return None
            if whole.can_hold(subject):
                subject.parent, subject.listed = whole.topic, number
                return whole
            self.wholes.pop()
        return None

    # ------------------------------------------------------------ claims

    def _claim(self, token: Token, lead: str, before: str, after: str) -> Claim | None:
        if token.kind == "nothing":
            return self._nothing(token, before)
        if token.kind == "flat":
            return self._change(token, lead, Direction.FLAT)
        if token.broken or self._is_aside(before, after):
            return _other(token, lead, BROKEN if token.broken else OTHER)
        way = self.words.direction.search(lead)
        if token.unit == "%":
            return self._percentage(token, lead, way)
        if token.unit not in MONEY:
            return self._count(token, lead)
        either = self.words.either.search(lead)
        if either is not None:
            if token.number:
                return _other(token, lead, UNFILLED)
            return self._change(token, lead[: either.start()], Direction.FLAT)
        if way is not None:
            return self._change(token, lead[: way.start()], self._direction(way["way"]))
        return self._budget(token, lead, before)

    def _is_aside(self, before: str, after: str) -> bool:
        aside = self.words.price_after.match(after) or self.words.limit_after.match(after)
        return bool(aside or self.words.limit_before.search(before))

    def _direction(self, way: str) -> Direction:
        if way in self.words.up:
            return Direction.UP
        return Direction.DOWN if way in self.words.down else Direction.FLAT

    def _nothing(self, token: Token, before: str) -> Claim | None:
        """没有, 未安排, 无: nothing of a fund, of “三公”经费 or of procurement; nothing else is counted."""
        found = self.words.nothing.fullmatch(token.text)
        phrase = self.reader.read(found["what"] if found else "")
        fund = phrase.dims.get("fund") in {"government_fund", "state_capital"}
        special = phrase.dims.get("item", "").startswith(("three_public", "procurement"))
        if phrase.rest or phrase.functions or not (special or (fund and not phrase.economics)):
            return None
        phrase = attrs.evolve(phrase, dims={"side": "expenditure", **phrase.dims})
        return _made(ClaimKind.BUDGET, token, self._subject(phrase, before, token.text))

    def _budget(self, token: Token, lead: str, before: str) -> Claim:
        lead = self._distributed(lead)
        compared = self.words.compared.search(lead)
        phrase = self._phrase(lead[: compared.start()] if compared else lead)
        unsaid = not phrase.says and not phrase.rest
        if unsaid and self.focus is not None and (compared or self.focus.dims.get("item", "").startswith("targets")):
            year = self._prior() if compared else self.focus.year
            subject = attrs.evolve(self.focus, year=year)
            return _made(ClaimKind.BUDGET, token, self._executed(subject, compared))
        if compared:
            phrase = attrs.evolve(phrase, year=self._prior())
        elif OTHER_SIDE.fullmatch(lead) and self.focus is not None and self.focus.dims.get("fund") in OF_BOTH_SIDES:
            phrase = attrs.evolve(phrase, dims={"fund": self.focus.dims["fund"], **phrase.dims})
        if "绩效" in before and "涉及" in lead and "item" not in phrase.dims:
            phrase = attrs.evolve(phrase, dims={**phrase.dims, "item": "targets"})
        subject = self._subject(phrase, before, lead)
        if not compared and not (self.focus and subject.is_other_year_of(self.focus)):
            self.focus = subject
        return _made(ClaimKind.BUDGET, token, subject)

    def _distributed(self, lead: str) -> str:
        """The words of one figure where several names stand before several figures（甲和乙分别为1万元和2万元）."""
        if self.pending and self.words.together.fullmatch(lead.lstrip(",") or "、"):
            return self.pending.pop(0)
        several = self.words.several.search(lead)
        if several is None:
            self.pending = []
            return lead
        names = [one for one in self.words.together.split(_last(lead[: several.start()])) if one]
        self.pending = names[1:]
        return names[0] if names else lead

    def _count(self, token: Token, lead: str) -> Claim:
        phrase = self._phrase(lead)
        if token.unit != "个" or phrase.rest or not phrase.dims.get("item", "").startswith("targets"):
            return _other(token, lead, OTHER)
        self.focus = self._subject(phrase, "", lead)
        return _made(ClaimKind.COUNT, token, self.focus)

    def _change(self, token: Token, lead: str, direction: Direction) -> Claim:
        compared = self.words.compared.search(lead)
        self.changed = self._same(lead[: compared.start()] if compared else lead)
        self.changed = self._executed(self.changed, compared)
        kind = ClaimKind.RATE if token.unit == "%" else ClaimKind.CHANGE
        passing = self.words.reasons.search(lead) is not None
        return attrs.evolve(_made(kind, token, self.changed), direction=direction, passing=passing)

    def _executed(self, subject: Subject, compared: re.Match[str] | None) -> Subject:
        """A subject that is compared with what the year before came to: the forms print its budget."""
        if compared is None or not self.words.executed.search(compared.group()):
            return subject
        return attrs.evolve(subject, reason=subject.reason or EXECUTED)

    def _same(self, lead: str) -> Subject:
        """The subject that the words go on about, or the one that they name."""
        phrase = self._phrase(lead)
        if not phrase.says and not phrase.rest:
            if self.focus is None:
                return self._new(_last(lead), NO_SUBJECT)
            return attrs.evolve(self.focus, year=self.year)
        subject = self._subject(attrs.evolve(phrase, year=None), "", lead)
        if self.focus is None or subject.reason or self.focus.about != subject.about:
            self.focus = subject
        return self.focus

    def _percentage(self, token: Token, lead: str, way: re.Match[str] | None) -> Claim:
        found = way or self.words.rate.search(lead)
        if found is not None:
            fell = "降" in found["way"] if way is None else None
            direction = (Direction.DOWN if fell else Direction.UP) if way is None else self._direction(found["way"])
            rest = self.words.compared.sub("", _last(lead[: found.start()]))
            if self.changed is not None and not rest:
                return attrs.evolve(_made(ClaimKind.RATE, token, self.changed), direction=direction)
            return self._change(token, lead[: found.start()], direction)
        for pattern in self.words.share:
            share = pattern.search(lead)
            if share is not None:
                return self._share(token, lead[: share.start()], share.groupdict().get("base") or "")
        return _other(token, lead, NO_SUBJECT)

    def _share(self, token: Token, lead: str, base: str) -> Claim:
        phrase = self._phrase(lead)
        if phrase.says or phrase.rest:
            subject = self._subject(phrase, "", lead)
        elif self.focus is not None:
            subject = self.focus
        else:
            return _other(token, lead, NO_SUBJECT)
        claim = _made(ClaimKind.SHARE, token, subject)
        named = self.reader.read(base)
        if named.rest:
            return attrs.evolve(claim, about=(), reason=NOT_UNDERSTOOD.format(rest=named.rest))
        if not named.says:
            return claim
        bases: list[Coordinate] = []
        for around in (self.sections.dims, subject.dims):
            whole = self._new(named.name)
            whole.fill(named, {name: value for name, value in around.items() if name in {"side", "fund"}})
            bases += whole.about
        return attrs.evolve(claim, based=tuple(dict.fromkeys(bases)))

    # ------------------------------------------------------------ subjects

    def _phrase(self, lead: str) -> Phrase:
        """What the last words before a figure say; where they say nothing, those before them do."""
        year = None
        for clause in reversed(CLAUSE.split(lead)):
            phrase = self.reader.read(clause)
            year = year or phrase.year
            if phrase.says or phrase.rest:
                return attrs.evolve(phrase, year=year)
        return Phrase(lead, year=year)

    def _prior(self) -> int | None:
        return self.year - 1 if self.year else None

    def _new(self, what: str, reason: str = "") -> Subject:
        self.topics += 1
        return Subject(self.topics, what, year=self.year, reason=reason)

    def _subject(self, phrase: Phrase, before: str, lead: str) -> Subject:
        """The subject of a phrase: a part of the list that is open, within the section."""
        around = self.sections.dims
        subject = self._new(phrase.name if phrase.name and not phrase.rest else _last(lead))
        if "apart" in around or "skip" in around:
            subject.reason = APART
        elif phrase.rest:
            subject.reason = NOT_UNDERSTOOD.format(rest=phrase.rest)
        elif not phrase.says:
            phrase = self._of_heading(phrase)
            if not phrase.says:
                subject.reason = NO_SUBJECT
        if phrase.dims.get("item") in KINDS and "采购" not in phrase.name and not self._is_procurement(around):
            subject.reason = subject.reason or NOT_UNDERSTOOD.format(rest=phrase.name)
        if not phrase.year and self._spoke_of_another_year(before):
            subject.reason = subject.reason or OTHER_YEAR
        subject.year = phrase.year or self.year
        subject.former = phrase.former
        subject.dims = dict(phrase.dims)
        subject.functions, subject.economics = phrase.functions, phrase.economics
        if subject.functions or subject.economics:
            subject.dims.setdefault("side", "expenditure")
        whole = self._attach(subject)
        subject.fill(phrase, {**around, **whole.dims} if whole else around, whole)
        if whole is not None and whole.by_economic is None and bool(subject.functions) != bool(subject.economics):
            whole.by_economic = bool(subject.economics)
        return subject

    def _is_procurement(self, around: Dims) -> bool:
        """Whether 货物, 工程, 服务 stand where procurement is spoken of."""
        items = [around.get("item", ""), *(whole.dims.get("item", "") for whole, _ in self.wholes)]
        return any(item.startswith("procurement") for item in items)

    def _of_heading(self, phrase: Phrase) -> Phrase:
        """What figures without words of their own are of: the project or what the heading names, and nothing else."""
        if self.project:
            return attrs.evolve(phrase, dims=self.project)
        named = self.reader.read(self.sections.title)
        return phrase if named.rest or not named.says else attrs.evolve(named, year=phrase.year)

    def _spoke_of_another_year(self, before: str) -> bool:
        """Whether the sentence spoke of another year, not only to compare."""
        if self.year is None:
            return False
        plain = (self.words.compared.sub("", clause) for clause in CLAUSE.split(before))
        return any(int(found.group()[:4]) != self.year for clause in plain for found in YEAR.finditer(clause))


def _made(kind: ClaimKind, token: Token, subject: Subject) -> Claim:
    return Claim(
        kind,
        token.text,
        token.number,
        token.unit,
        what=subject.what,
        year=subject.year,
        about=subject.about,
        reason=subject.reason,
        topic=subject.topic,
        parent=subject.parent,
        listed=subject.listed,
        former=subject.former,
        printed=token.printed,
    )


def _other(token: Token, lead: str, reason: str) -> Claim:
    return Claim(ClaimKind.OTHER, token.text, token.number, token.unit, what=_last(lead), reason=reason)


def _last(lead: str) -> str:
    return WHAT.sub("", re.split(r"[,;:。]", lead)[-1]).strip("、( ")
