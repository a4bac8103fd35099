"""Attribution（疑似错格）: of the cells of a broken law, the one whose change would mend most and spoil least.

One wrong figure breaks every law that it takes part in. The figure that mends them all, and breaks none that holds, is
the likeliest wrong one; it is the place to look at first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import attrs

from govbudget.checks.context import Context, Equation
from govbudget.checks.findings import Finding, Severity
from govbudget.model import Fact, Place

__all__ = ["Suspect", "attribute", "suspects"]


@attrs.frozen
class Suspect:
    """A cell that is likely wrong（疑似错格）, were it alone corrected.

    Attributes:
        fact: the figure.
        mended: how many broken laws that would mend.
        spoiled: how many laws that hold it would break.
    """

    fact: Fact
    mended: int
    spoiled: int


def suspects(context: Context) -> dict[tuple[Place, ...], Suspect]:
    """For each broken law, by its cells, the cell that is likeliest wrong."""
    by_fact: dict[int, list[tuple[Equation, int]]] = defaultdict(list)
    for equation in context.equations:
        by_fact[id(equation.total.fact)].append((equation, 1))
        for part in equation.parts:
            by_fact[id(part.fact)].append((equation, -1))
    scores: dict[tuple[int, Decimal], tuple[int, int]] = {}
    found = {}
    for equation in context.equations:
        if abs(equation.gap) <= equation.limit:
            continue
        best: Suspect | None = None
        for fact, delta in _changes(equation):
            key = id(fact), delta
            if key not in scores:
                scores[key] = _score(by_fact[id(fact)], delta)
            mended, spoiled = scores[key]
            if best is None or mended - spoiled > best.mended - best.spoiled:
                best = Suspect(fact, mended, spoiled)
        if best is not None:
            found[equation.places] = best
    return found


def _changes(equation: Equation) -> Iterable[tuple[Fact, Decimal]]:
    """Every figure of a law with the change, in 元, that would satisfy it."""
    yield equation.total.fact, -equation.gap
    for part in equation.parts:
        yield part.fact, equation.gap


def _score(laws: list[tuple[Equation, int]], delta: Decimal) -> tuple[int, int]:
    mended = spoiled = 0
    for equation, sign in laws:
        held = abs(equation.gap) <= equation.limit
        holds = abs(equation.gap + sign * delta) <= equation.limit
        mended += holds and not held
        spoiled += held and not holds
    return mended, spoiled


def attribute(context: Context, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the cell that is likeliest wrong put first among their places."""
    blamed = suspects(context)
    result = []
    for finding in findings:
        suspect = blamed.get(finding.places) if finding.severity is Severity.ERROR else None
        if suspect is not None and suspect.mended > 1 and suspect.fact.place != finding.places[0]:
            first = suspect.fact.place
            places = (first, *(place for place in finding.places if place != first))
            finding = attrs.evolve(finding, places=places)
        result.append(finding)
    return result
