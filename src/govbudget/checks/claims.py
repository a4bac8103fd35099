"""Judging the prose（正文核对）: every claim against the forms, against the other claims, and against arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum

import attrs

from govbudget.amounts import Unit, places, rounded
from govbudget.cells import Place
from govbudget.checks.context import Context
from govbudget.checks.evidence import Evidence, Figures
from govbudget.checks.lists import distinct, is_complete
from govbudget.checks.paths import Vector
from govbudget.model import Budget, Coordinate, Fact
from govbudget.narrative import Claim, ClaimKind, Direction, claims

__all__ = ["Judged", "Law", "Verdict", "judge", "judged_claims"]

TEN_THOUSAND = Decimal(10_000)
HUNDRED = Decimal(100)
NO_FIGURE = "表中没有印出可核对的数 (the forms print nothing to hold it against)"
UNSURE = "表头或数字没有读清，不作判断 (the form was not read well enough to judge)"
NO_PRIOR = "没有上年数可核对 (no figure of the year before)"


class Verdict(str, Enum):
    """What became of a claim（核对结果）."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"
    OPEN = "open"
    UNBOUND = "unbound"

    @property
    def chinese(self) -> str:
        """相符, 尾差, 不符, 无可核对 or 未绑定."""
        return {"right": "相符", "near": "尾差", "wrong": "不符", "open": "无可核对", "unbound": "未绑定"}[self.value]


class Law(str, Enum):
    """What a claim was held against（核对依据）."""

    FACT = "fact"
    SUM = "sum"
    CHANGE = "change"
    DIRECTION = "direction"
    SHARE = "share"
    RATE = "rate"
    REPEAT = "repeat"
    CEILING = "ceiling"
    YEAR = "year"
    UNIT = "unit"
    NONE = ""


@attrs.frozen
class Judged:
    """A claim with its verdict（核对过的陈述）.

    Attributes:
        claim: the claim.
        verdict: ``right`` 相符, ``near`` 尾差 (rounding explains it), ``wrong`` 不符, ``open`` 无可核对 (its place is
            certain, nothing is printed there), ``unbound`` 未绑定.
        law: what it was held against.
        expected: what would be right, in the unit of the claim.
        fact: the fact that confirms or contradicts it.
        place: the cell of that fact, or the form that is blank.
        form: id of that form.
        others: the claims it was held against.
        certain: whether a contradiction is certain.
        reason: why it could not be judged.
    """

    claim: Claim
    verdict: Verdict
    law: Law = Law.NONE
    expected: Decimal | None = None
    fact: Fact | None = None
    place: Place | None = None
    form: str = ""
    others: tuple[Claim, ...] = ()
    certain: bool = True
    reason: str = ""


@attrs.frozen
class _Range:
    """A printed figure as the interval that it may stand for（舍入区间）; *middle* is what it says."""

    low: Decimal
    middle: Decimal
    high: Decimal

    @classmethod
    def around(cls, middle: Decimal, half: Decimal) -> _Range:
        return cls(middle - half, middle, middle + half)

    def meets(self, other: _Range) -> bool:
        return self.low <= other.high and other.low <= self.high

    def plus(self, other: _Range) -> _Range:
        return _Range(self.low + other.low, self.middle + other.middle, self.high + other.high)

    def minus(self, other: _Range) -> _Range:
        return self.plus(other.opposite())

    def opposite(self) -> _Range:
        return _Range(-self.high, -self.middle, -self.low)

    def percent_of(self, whole: _Range) -> _Range | None:
        """What percentage of *whole* this is; None where the whole may be nothing."""
        if whole.low <= 0:
            return None
        return _Range(
            HUNDRED * self.low / (whole.high if self.low >= 0 else whole.low),
            HUNDRED * self.middle / whole.middle,
            HUNDRED * self.high / (whole.low if self.high >= 0 else whole.high),
        )


def _factor(claim: Claim) -> Decimal:
    return Unit(claim.unit).factor if claim.unit in {"元", "万元", "亿元"} else Decimal(1)


def _half(claim: Claim) -> Decimal:
    return Decimal((0, (5,), -places(claim.amount) - 1)) * _factor(claim) if claim.printed else Decimal(0)


def _range(claim: Claim) -> _Range:
    return _Range.around(claim.amount * _factor(claim), _half(claim))


def _along(amount: _Range, claim: Claim) -> _Range:
    """An amount with the sign of a claim's words, or without it again: turned round for a figure that fell."""
    return amount.opposite() if claim.direction is Direction.DOWN else amount


def _rounded(value: Decimal, claim: Claim, more: int = 0) -> Decimal:
    return rounded(value, max(places(claim.amount), more))


def judge(context: Context) -> tuple[Judged, ...]:
    """Every claim of the prose with its verdict, in the order of the prose（正文核对）."""
    found = claims(context.book)
    return _Judge(context, found).all() if found else ()


def judged_claims(book: Budget) -> tuple[Judged, ...]:
    """Every claim of a budget's prose with its verdict（正文核对）."""
    return Context(book).once(judge)


class _Judge:
    def __init__(self, context: Context, claims: tuple[Claim, ...]) -> None:
        self._figures = Figures(context)
        self._year = context.book.year
        self._projects = context.book.projects
        self._claims = claims
        self._found: dict[int, Judged] = {}
        self._topics: dict[int, list[int]] = defaultdict(list)
        self._children: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._same: dict[tuple[ClaimKind, int | None, Vector], list[int]] = defaultdict(list)
        for index, claim in enumerate(self._claims):
            if claim.topic:
                self._topics[claim.topic].append(index)
            if claim.parent is not None and claim.listed is not None:
                self._children[claim.parent, claim.listed].append(index)
            for at in claim.about:
                self._same[claim.kind, claim.year, self._figures.vector(at)].append(index)

    def all(self) -> tuple[Judged, ...]:
        """The verdicts: first what the forms say, then what the claims say of each other."""
        for index, claim in enumerate(self._claims):
            if claim.kind is ClaimKind.BUDGET and claim.about:
                self._budget(index, claim)
            elif claim.kind is ClaimKind.COUNT:
                self._count(index, claim)
        for index, claim in enumerate(self._claims):
            if claim.kind is ClaimKind.CHANGE:
                self._change(index, claim)
        for index, claim in enumerate(self._claims):
            if claim.kind is ClaimKind.RATE:
                self._rate(index, claim)
            elif claim.kind is ClaimKind.SHARE:
                self._share(index, claim)
        for (parent, _), indexes in self._children.items():
            self._sum(parent, indexes)
        self._repeats()
        self._years()
        return tuple(self._found.get(index) or self._unjudged(claim) for index, claim in enumerate(self._claims))

    def _unjudged(self, claim: Claim) -> Judged:
        if claim.reason or not claim.about:
            return Judged(claim, Verdict.UNBOUND, reason=claim.reason or NO_FIGURE)
        return Judged(claim, Verdict.OPEN, reason=NO_PRIOR if claim.kind is ClaimKind.CHANGE else NO_FIGURE)

    def _settle(self, index: int, verdict: Verdict, law: Law, **more: object) -> None:
        judged = Judged(self._claims[index], verdict, law, **more)  # type: ignore[arg-type]
        if judged.fact is not None and judged.place is None:
            judged = attrs.evolve(judged, place=judged.fact.place, form=judged.fact.form)
        self._found[index] = judged

    def _is_settled(self, index: int) -> bool:
        return index in self._found and self._found[index].verdict is not Verdict.OPEN

    # ------------------------------------------------------------ amounts against the forms

    def _budget(self, index: int, claim: Claim) -> None:
        item = claim.about[0].item or ""
        if item.startswith("targets"):
            self._targets(index, claim, item)
            return
        groups = [self._figures.at(at) for at in claim.about]
        if item == "agency_operation" and not any(groups):
            self._ceiling(index, claim)
            return
        if not self._has_whole_at_hand(claim):
            # Where nobody says of what, a department may speak of all its money or of the general public budget's.
            groups += [self._figures.at(at) for at in _general(claim.about)]
        every = [one for group in groups for one in group]
        if self._confirm(index, claim, every):
            return
        sure = [one for one in every if one.certain]
        if not every:
            return
        one_balance = len({attrs.evolve(at, side=None) for at in claim.about}) == 1
        if one_balance and (claim.year != self._year or not self._figures.carries_forward):
            # The two sides are equal where nothing is left for next year, and a form may print one of them only.
            groups = [group for group in groups if group]
        if not all(any(one.certain for one in group) for group in groups) or not _agree(sure):
            self._settle(index, Verdict.OPEN, Law.NONE, reason=UNSURE if sure else NO_FIGURE)
            return
        self._contradict(index, claim, sure)

    def _has_whole_at_hand(self, claim: Claim) -> bool:
        """Whether the paragraph itself says of which whole an amount is a part."""
        above = self._topics.get(claim.parent, ()) if claim.parent is not None else ()
        return any(self._claims[one].passage == claim.passage for one in above)

    def _confirm(self, index: int, claim: Claim, evidence: list[Evidence]) -> bool:
        """Settle a claim that some printed figure agrees with, at the coarser of the two precisions."""
        own, half = claim.amount * _factor(claim), _half(claim)
        near = None
        for one in evidence:
            gap = abs(own - one.yuan)
            if not gap or (half != one.half and gap <= max(half, one.half)):
                self._settle(index, Verdict.RIGHT, Law.FACT, fact=one.fact, place=one.place, form=one.form)
                return True
            cut_off = half != one.half and gap < 2 * max(half, one.half)
            if (gap <= half + one.half or cut_off) and one.certain:
                near = near or one
        if near is None:
            return False
        expected = _rounded(near.yuan / _factor(claim), claim)
        self._settle(index, Verdict.NEAR, Law.FACT, fact=near.fact, place=near.place, form=near.form, expected=expected)
        return True

    def _contradict(self, index: int, claim: Claim, sure: list[Evidence]) -> None:
        own = claim.amount * _factor(claim)
        law, best = Law.FACT, sure[0]
        for one in sure:
            for scale in (TEN_THOUSAND, 1 / TEN_THOUSAND):
                if own and one.yuan and abs(own * scale - one.yuan) <= max(_half(claim) * scale, one.half):
                    law, best = Law.UNIT, one
        decimals = places(best.fact.amount) if best.fact and best.fact.unit.value == claim.unit else 0
        expected = _rounded(best.yuan / _factor(claim), claim, decimals)
        self._settle(index, Verdict.WRONG, law, fact=best.fact, place=best.place, form=best.form, expected=expected)

    def _ceiling(self, index: int, claim: Claim) -> None:
        """机关运行经费 is 公用经费 of administrative units, so never more than all 公用经费."""
        costs = self._figures.public_costs(claim.year)
        own, half = claim.amount * _factor(claim), _half(claim)
        equal = next((one for one in costs if abs(one.yuan - own) <= max(one.half, half)), None)
        if equal is not None:
            self._settle(index, Verdict.RIGHT, Law.CEILING, fact=equal.fact, place=equal.place, form=equal.form)
            return
        if not costs or not costs[0].certain or costs[0].yuan <= 0 or own <= costs[0].yuan + costs[0].half + half:
            return
        basic = self._figures.at(Coordinate(year=claim.year, side="expenditure", fund="general", nature="basic"))
        decimals = places(costs[0].fact.amount) if costs[0].fact else 0
        self._settle(
            index,
            Verdict.WRONG,
            Law.CEILING,
            fact=costs[0].fact,
            place=costs[0].place,
            form=costs[0].form,
            expected=_rounded(costs[0].yuan / _factor(claim), claim, decimals),
            certain=any(one.yuan == own for one in basic),
        )

    def _targets(self, index: int, claim: Claim, item: str) -> None:
        """The money of projects with targets; departments count them their own way, so it can only be confirmed."""
        at = Coordinate(year=claim.year, side="expenditure")
        kinds = {
            "targets.personnel": [attrs.evolve(at, nature="basic", cost="personnel")],
            "targets.operating": [attrs.evolve(at, nature="basic", cost="public")],
            "targets.specific": [attrs.evolve(at, nature="project")],
        }
        wanted = kinds.get(item, [at, attrs.evolve(at, nature="project")])
        wanted += [attrs.evolve(one, fund="general") for one in wanted]
        evidence = [attrs.evolve(one, certain=False) for each in wanted for one in self._figures.at(each)]
        self._confirm(index, claim, [one for one in evidence if one.fact is not None])

    def _count(self, index: int, claim: Claim) -> None:
        targets = sum(project.target is not None for project in self._projects)
        if claim.amount in {targets, len(self._projects)} and claim.amount:
            self._settle(index, Verdict.RIGHT, Law.FACT)

    # ------------------------------------------------------------ changes, rates and shares

    def _amounts(self, topic: int, about: Iterable[Coordinate], year: int | None) -> list[tuple[_Range, Claim | None]]:
        """What a subject amounts to in a year: as the prose says it, as the forms do."""
        found: list[tuple[_Range, Claim | None]] = []
        for index in self._topics.get(topic, ()):
            claim = self._claims[index]
            if claim.kind is ClaimKind.BUDGET and claim.year == year:
                found.append((_range(claim), claim))
        for at in about:
            at = attrs.evolve(at, year=year)
            for one in self._figures.at(at):
                if one.certain:
                    found.append((_Range.around(one.yuan, one.half), None))
            for index in self._same.get((ClaimKind.BUDGET, year, self._figures.vector(at)), ()):
                if not any(self._claims[index] is claim for _, claim in found):
                    found.append((_range(self._claims[index]), self._claims[index]))
        return found

    def _before(self, topic: int, about: Iterable[Coordinate]) -> list[tuple[_Range, Claim | None]]:
        """What a subject amounted to in the year before; nothing where the year of the budget is not known."""
        return self._amounts(topic, about, self._year - 1) if self._year else []

    def _change(self, index: int, claim: Claim) -> None:
        own = _along(_range(claim), claim)
        possible = self._differences(claim.topic, claim.about)
        whole = self._differences_of_whole(claim)
        if not possible or whole == []:
            return
        for expected, parts in (*possible, *(whole or ())):
            if own.meets(expected):
                used = tuple(one for one in parts if one is not None)
                self._settle(index, Verdict.RIGHT, Law.CHANGE, others=used)
                for other in used:
                    self._support(other, claim)
                return
        expected, parts = possible[0]
        used = tuple(one for one in parts if one is not None)
        if claim.passing or not (claim.about or used):
            return
        opposite = any(one.opposite().meets(own) for one, _ in possible) and claim.amount != 0
        self._settle(
            index,
            Verdict.WRONG,
            Law.DIRECTION if opposite else Law.CHANGE,
            expected=_rounded(expected.middle / _factor(claim), claim, 2),
            others=used,
            fact=self._fact_at(claim, self._year),
            certain=not claim.reason,
        )

    def _differences(
        self, topic: int, about: Iterable[Coordinate]
    ) -> list[tuple[_Range, tuple[Claim | None, Claim | None]]]:
        """This year less last year, as the prose and the forms have them."""
        about = tuple(about)
        now = self._amounts(topic, about, self._year)
        before = self._before(topic, about)
        return [(this.minus(last), (one, other)) for this, one in now for last, other in before]

    def _differences_of_whole(self, claim: Claim) -> list[tuple[_Range, tuple[Claim | None, Claim | None]]] | None:
        """What a change at the end of a list may be of as well: the whole; None where it is of its own subject only."""
        mates = (self._claims[one] for one in self._topics[claim.topic])
        says_base = any(one.kind is ClaimKind.BUDGET and one.year != self._year for one in mates)
        if claim.parent is None or claim.listed is None or says_base:
            return None
        listed = self._children[claim.parent, claim.listed]
        if any(self._claims[one].topic > claim.topic for one in listed):
            return None
        above = self._topics.get(claim.parent, ())
        return self._differences(claim.parent, next((self._claims[one].about for one in above), ()))

    def _fact_at(self, claim: Claim, year: int | None) -> Fact | None:
        for at in claim.about:
            for one in self._figures.at(attrs.evolve(at, year=year)):
                if one.certain and one.fact is not None:
                    return one.fact
        return None

    def _support(self, other: Claim, by: Claim) -> None:
        index = next(i for i in self._topics[other.topic] if self._claims[i] is other)
        if not self._is_settled(index):
            self._settle(index, Verdict.RIGHT, Law.CHANGE, others=(by,))

    def _rate(self, index: int, claim: Claim) -> None:
        mates = [self._claims[one] for one in self._topics[claim.topic]]
        changes = [one for one in mates if one.kind is ClaimKind.CHANGE and one.printed]
        now = self._amounts(claim.topic, claim.about, self._year)
        before = self._before(claim.topic, claim.about)
        own = _range(claim)
        possible: list[tuple[_Range, tuple[Claim | None, ...]]] = []
        for change in changes:
            if not change.amount:
                possible.append((_Range.around(Decimal(0), Decimal(0)), (change,)))
                continue
            bases = before or [(this.minus(_along(_range(change), change)), one) for this, one in now]
            for base, one in bases:
                rate = _range(change).percent_of(base)
                if rate is not None:
                    possible.append((rate, (change, one)))
        if not changes:
            for this, one in now:
                for last, other in before:
                    rate = _along(this.minus(last), claim).percent_of(last)
                    if rate is not None:
                        possible.append((rate, (one, other)))
        against = next((one for one in changes if _opposed(one, claim) and not claim.passing), None)
        if against is not None and claim.amount and against.amount:
            self._settle(index, Verdict.WRONG, Law.DIRECTION, others=(against,))
            return
        if not possible:
            return
        used = tuple(one for one in possible[0][1] if one is not None)
        if any(own.meets(one) for one, _ in possible):
            self._settle(index, Verdict.RIGHT, Law.RATE, others=used)
            for one in used:
                if one.kind is ClaimKind.CHANGE and one.amount:
                    self._support(one, claim)
            return
        self._percentage_off(index, claim, [one for one, _ in possible], Law.RATE, used)

    def _percentage_off(
        self, index: int, claim: Claim, possible: list[_Range], law: Law, used: tuple[Claim, ...]
    ) -> None:
        """A percentage that misses: cut off instead of rounded, or wrong."""
        expected = possible[0]
        step = Decimal((0, (1,), -places(claim.amount)))
        near = any(abs(one.middle - claim.amount) <= step for one in possible)
        self._settle(
            index,
            Verdict.NEAR if near else Verdict.WRONG,
            law,
            expected=_rounded(expected.middle, claim, 2),
            others=used,
            fact=self._fact_at(claim, self._year),
        )

    def _share(self, index: int, claim: Claim) -> None:
        parts = self._amounts(claim.topic, claim.about, claim.year)
        wholes: list[tuple[_Range, Claim | None]] = []
        if claim.based:
            for at in claim.based:
                wholes += self._amounts(0, [at], claim.year)
        elif claim.parent is not None:
            above = [self._claims[one] for one in self._topics.get(claim.parent, ())]
            about = next((one.about for one in above), ())
            wholes += self._amounts(claim.parent, about, claim.year)
        for at in claim.about if not claim.based else ():
            if claim.parent is None or not wholes:
                wholes += self._amounts(0, _totals(at), claim.year)
        possible = [
            (share, (one, other))
            for whole, other in wholes
            for part, one in parts
            if (share := part.percent_of(whole)) is not None
        ]
        if not possible:
            return
        own = _range(claim)
        used = tuple(one for one in possible[0][1] if one is not None)
        if any(own.meets(one) for one, _ in possible):
            self._settle(index, Verdict.RIGHT, Law.SHARE, others=used)
            return
        self._percentage_off(index, claim, [one for one, _ in possible], Law.SHARE, used)

    # ------------------------------------------------------------ parts and wholes

    def _sum(self, parent: int, indexes: list[int]) -> None:
        for kind in (ClaimKind.BUDGET, ClaimKind.COUNT, ClaimKind.CHANGE):
            above = [
                one
                for one in self._topics.get(parent, ())
                if self._claims[one].kind is kind and self._claims[one].year == self._year
            ]
            parts = [one for one in indexes if self._claims[one].kind is kind and self._claims[one].year == self._year]
            if above and parts:
                self._add(above[0], distinct(parts, self._claims), kind)

    def _add(self, above: int, parts: list[int], kind: ClaimKind) -> None:
        whole = self._claims[above]
        members = [self._claims[one] for one in parts]
        signed = [_along(_range(one), one) for one in members]
        total = signed[0]
        for one in signed[1:]:
            total = total.plus(one)
        own = _along(_range(whole), whole)
        if own.meets(total):
            if sum(bool(one.amount) for one in members) or not whole.amount:
                for index in (above, *parts):
                    if not self._is_settled(index):
                        self._settle(index, Verdict.RIGHT, Law.SUM, others=(whole, *members))
            return
        counted = next(
            (
                int(self._claims[one].amount)
                for one in self._topics[whole.topic]
                if self._claims[one].kind is ClaimKind.COUNT and kind is not ClaimKind.COUNT
            ),
            None,
        )
        complete = is_complete(members, counted, self._figures, self._year)
        known = [self._found.get(one) for one in (above, *parts)]
        if complete is None or any(one is not None and one.verdict is Verdict.WRONG for one in known):
            return
        if all(one is not None and one.verdict is Verdict.RIGHT and _is_exact(one) for one in known):
            return
        basic = Coordinate(year=self._year, side="expenditure", fund="general", nature="basic")
        is_basic = any(total.meets(_Range.around(one.yuan, one.half)) for one in self._figures.at(basic))
        self._settle(
            above,
            Verdict.WRONG,
            Law.SUM,
            expected=_rounded(
                _along(total, whole).middle / _factor(whole), whole, max(places(one.amount) for one in members)
            ),
            others=tuple(members),
            fact=self._found[above].fact if above in self._found else None,
            certain=complete or is_basic,
        )

    # ------------------------------------------------------------ the same thing said twice, years

    def _repeats(self) -> None:
        for (kind, _, _), indexes in self._same.items():
            open_ones = [one for one in dict.fromkeys(indexes) if not self._is_settled(one)]
            every = [self._claims[one] for one in dict.fromkeys(indexes)]
            several = [one for one in every if one.printed and not one.passing]
            if kind not in {ClaimKind.BUDGET, ClaimKind.CHANGE} or not several or not open_ones:
                continue
            first = several[0]
            for index in open_ones:
                claim = self._claims[index]
                if claim is first or not claim.printed:
                    continue
                mine = _along(_range(claim), claim)
                other = _along(_range(first), first)
                verdict = Verdict.RIGHT if mine.meets(other) else Verdict.WRONG
                if claim.passing and verdict is Verdict.WRONG:
                    continue
                expected = None if verdict is Verdict.RIGHT else first.amount * _factor(first) / _factor(claim)
                self._settle(index, verdict, Law.REPEAT, others=(first,), expected=expected)
                top = next(one for one in indexes if self._claims[one] is first)
                if not self._is_settled(top) and verdict is Verdict.RIGHT:
                    self._settle(top, Verdict.RIGHT, Law.REPEAT, others=(claim,))

    def _says_this_year(self, claim: Claim) -> bool:
        """Whether the paragraph gives this year's figure too, so that the other year's is one to compare with."""
        here = [
            self._claims[one]
            for at in claim.about
            for one in self._same.get(
                (claim.kind, self._year, self._figures.vector(attrs.evolve(at, year=self._year))), ()
            )
        ]
        return any(one.passage == claim.passage for one in here)

    def _years(self) -> None:
        """Figures of this year under another year's name: certain where it happens more than once."""
        slips: list[tuple[int, Evidence]] = []
        for index, claim in enumerate(self._claims):
            if claim.kind is not ClaimKind.BUDGET or not claim.about or not claim.amount:
                continue
            if claim.year == self._year or self._year is None:
                continue
            if any(self._claims[one].kind is not ClaimKind.BUDGET for one in self._topics[claim.topic]):
                continue
            found = self._found.get(index)
            if found is not None and found.verdict in {Verdict.RIGHT, Verdict.NEAR}:
                continue
            if self._says_this_year(claim):
                continue
            own = claim.amount * _factor(claim)
            evidence = [one for at in claim.about for one in self._figures.at(attrs.evolve(at, year=self._year))]
            same = next((one for one in evidence if one.certain and one.fact is not None and one.yuan == own), None)
            if same is not None:
                slips.append((index, same))
        sure = len({self._claims[index].about for index, _ in slips}) > 1
        for index, one in slips:
            self._settle(
                index,
                Verdict.WRONG,
                Law.YEAR,
                expected=Decimal(self._year or 0),
                fact=one.fact,
                place=one.place,
                form=one.form,
                certain=sure or index in self._found,
            )


def _general(about: Iterable[Coordinate]) -> list[Coordinate]:
    """The same parts of expenditure in the general public budget, where no fund is said."""
    return [
        attrs.evolve(at, fund="general")
        for at in about
        if at.side == "expenditure"
        and at.fund is None
        and at.item is None
        and (at.function or at.economic or at.nature)
    ]


def _agree(evidence: list[Evidence]) -> bool:
    return all(abs(one.yuan - evidence[0].yuan) <= one.half + evidence[0].half for one in evidence)


def _opposed(change: Claim, rate: Claim) -> bool:
    ways = {change.direction, rate.direction}
    return ways == {Direction.UP, Direction.DOWN}


def _is_exact(found: Judged) -> bool:
    """Whether a claim agrees with a figure at its very coordinate, not with one that may stand for it."""
    if found.fact is None:
        return found.law is Law.FACT and not found.claim.amount
    return found.claim.about[0].nature == found.fact.coordinate.nature


def _totals(at: Coordinate) -> Iterator[Coordinate]:
    """The wholes that a share can be of, where the words name none."""
    plain = attrs.evolve(at, function=None, economic=None, cost=None, project=None)
    if at.item and at.item != "fiscal":
        names = at.item.split(".")
        for length in range(1, max(len(names), 2)):
            yield attrs.evolve(plain, item=".".join(names[:length]))
        return
    if at.economic:
        yield attrs.evolve(plain, fund="general", nature="basic", item=None)
    if at.function or at.economic or at.cost:
        yield plain
        if at.function and len(at.function) > 3:
            yield attrs.evolve(at, function=at.function[:3])
    whole = attrs.evolve(plain, nature=None)
    yield whole
    yield attrs.evolve(whole, fund=None, origin=None, item="fiscal")
    yield attrs.evolve(whole, fund=None, origin=None, item=None)
