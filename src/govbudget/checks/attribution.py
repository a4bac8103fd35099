"""Attribution（疑似错格）: of the cells of a broken law, the one whose change would mend most and spoil least.

One wrong figure breaks every law that it takes part in. The figure that mends them all, and breaks none that holds, is
the likeliest wrong one; it is the place to look at first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

import attrs

from govbudget.amounts import format_amount
from govbudget.cells import Place
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity
from govbudget.checks.ledger import Equation
from govbudget.model import Fact, RemarkKind

__all__ = ["Suspect", "attribute", "suspects"]

HINT = Message(
    "；疑为 {suspect} 的 {suspect_amount} 有误，改为 {correct}{suspect_unit} 则 {mended} 处勾稽相符",
    "; {suspect} with {suspect_amount} is the likeliest wrong one: {correct} would satisfy {mended} of the broken laws",
)
LEFT_OUT = Message(
    "；疑为 {suspect} 的 {suspect_amount} 以文本存储，公式求和时漏掉，改存为数值并重算则 {mended} 处勾稽相符",
    "; {suspect} with {suspect_amount} is stored as text, which sums leave out: "
    "stored as a number and recalculated it would satisfy {mended} of the broken laws",
)


@attrs.frozen
class Suspect:
    """A figure of a broken law（疑似错格）, were it alone corrected.

    Attributes:
        fact: the figure.
        correct: the amount, in the fact's own unit, that would satisfy the law.
        mended: how many broken laws that would mend.
        spoiled: how many laws that hold it would break.
    """

    fact: Fact
    correct: Decimal
    mended: int
    spoiled: int

    @property
    def rank(self) -> int:
        """How likely it is, compared with the other figures of the law."""
        return self.mended - self.spoiled


def suspects(context: Context) -> dict[tuple[Place, ...], list[Suspect]]:
    """For each broken law, by its cells, its figures from the likeliest wrong one to the least likely."""
    broken = [equation for equation in context.equations if not equation.holds]
    by_fact = _laws_of({id(fact) for equation in broken for fact, _ in _changes(equation)}, context.equations)
    scores: dict[tuple[int, Decimal], tuple[int, int]] = {}
    found = {}
    for equation in broken:
        several = []
        for fact, delta in _changes(equation):
            key = id(fact), delta
            if key not in scores:
                scores[key] = _score(by_fact[id(fact)], delta)
            several.append(Suspect(fact, fact.amount + delta / fact.unit.factor, *scores[key]))
        found[equation.places] = sorted(several, key=lambda one: -one.rank)
    return found


def _laws_of(facts: Collection[int], equations: Iterable[Equation]) -> dict[int, list[tuple[Equation, int]]]:
    """The laws that some facts take part in, by their ids, each with the sign that the fact has there."""
    found: dict[int, list[tuple[Equation, int]]] = defaultdict(list)
    for equation in equations if facts else ():
        if id(equation.total.fact) in facts:
            found[id(equation.total.fact)].append((equation, 1))
        for part in equation.parts:
            if id(part.fact) in facts:
                found[id(part.fact)].append((equation, -1))
    return found


def _changes(equation: Equation) -> Iterable[tuple[Fact, Decimal]]:
    """Every figure of a law with the change, in 元, that would satisfy it."""
    yield equation.total.fact, -equation.gap
    for part in equation.parts:
        yield part.fact, equation.gap


def _score(laws: list[tuple[Equation, int]], delta: Decimal) -> tuple[int, int]:
    mended = spoiled = 0
    for equation, sign in laws:
        holds = abs(equation.gap + sign * delta) <= equation.limit
        mended += holds and not equation.holds
        spoiled += equation.holds and not holds
    return mended, spoiled


def attribute(context: Context, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of broken laws, with the figure that is likeliest wrong first and named where one stands out.

    It stands out where correcting it does more good than correcting any other figure of the law; it is named where that
    mends more laws than it breaks.
    """
    ranked = suspects(context)
    texts = {remark.place for remark in context.book.remarks if remark.kind is RemarkKind.NUMBER_AS_TEXT}
    return [_attributed(finding, ranked.get(finding.places, ()), texts) for finding in findings]


def _attributed(finding: Finding, several: Sequence[Suspect], texts: Collection[Place]) -> Finding:
    if finding.severity is not Severity.ERROR or not several:
        return finding
    first, *others = several
    if any(other.rank == first.rank for other in others):
        return finding
    place = first.fact.place
    finding = attrs.evolve(finding, places=(place, *(other for other in finding.places if other != place)))
    if first.rank <= 0:
        return finding
    hint = LEFT_OUT if place in texts and not first.correct else HINT
    said = {
        "suspect": str(place),
        "suspect_amount": format_amount(first.fact.amount),
        "correct": format_amount(first.correct),
        "suspect_unit": first.fact.unit.value,
        "mended": str(first.mended),
    }
    return attrs.evolve(
        finding,
        template=Message(finding.template.zh + hint.zh, finding.template.en + hint.en),
        arguments={**finding.arguments, **said},
    )
