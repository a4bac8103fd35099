"""A sound budget with one figure typed wrong, one after the other: which rule speaks, and what it points at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import attrs
import pytest
from benchmarks.single_faults import LONE, STEP
from tests.looks.books import synthetic_books
from tests.looks.districts import district_books
from tests.narrative.documents import FORMS, NARRATIVES, book

import govbudget as gb
from govbudget.checks import Finding, Judged, Severity, Verdict
from govbudget.narrative import ClaimKind

BY_NAME = {one.name: one for one in (*synthetic_books(), *district_books())}
FAMILIES = ["sichuan", "sichuan_uncoded", "chongqing_second", "hubei", "shanghai_department", "pages", "in_yuan"]
AMONG = "SUM,BAL,XTB"
SLIP, HAIR = Decimal("7.77"), Decimal("0.01")
# Where the form gives a total and two parts alone, each of the three may be wrong.
UNDECIDED = {"C49": "C48", "C50": "C48", "F82": "A82"}
# The rule that speaks of a figure, by what bore it out before.
SPEAKS = {
    "fact": {"NAR001"},
    "ceiling": {"NAR009"},
    "change": {"NAR004", "NAR005", "NAR008"},
    "rate": {"NAR005"},
    "share": {"NAR005"},
    "sum": {"NAR007"},
    "repeat": {"NAR008"},
}


def retyped(by: Decimal) -> Iterator[tuple[str, gb.Budget]]:
    """The forms once for each of their figures, which is larger, with its cell."""
    rows = [line.split("\t") for line in FORMS.splitlines()]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if re.fullmatch(r"\d+\.\d\d", text):
                row[column] = str(Decimal(text) + by)
                yield f"{chr(ord('A') + column)}{at + 1}", gb.read("\n".join(map("\t".join, rows)).encode())
                row[column] = text


def test_each_figure_of_the_forms_is_the_first_to_be_looked_at_when_it_is_wrong() -> None:
    wrong = dict(retyped(SLIP))
    assert len(wrong) == 132
    for cell, budget in wrong.items():
        errors = budget.check().errors
        assert errors, cell
        for error in errors:
            assert cell in [place.cell for place in error.places], (cell, str(error))
            assert error.places[0].cell == UNDECIDED.get(cell, cell), str(error)
            assert error.difference is not None and abs(error.difference) == SLIP


def test_the_last_digit_of_a_figure_is_a_note_and_no_error() -> None:
    for cell, budget in retyped(HAIR):
        found = [one for one in budget.check() if one.rule != "FRM007"]
        assert found, cell
        for one in found:
            assert one.severity is Severity.INFO, (cell, str(one))
            assert one.difference is not None and abs(one.difference) == HAIR
            assert cell in [place.cell for place in one.places]


@pytest.mark.parametrize("name", FAMILIES)
def test_a_figure_of_any_familys_forms_is_the_first_to_be_looked_at_when_it_is_wrong(name: str) -> None:
    """Of units and projects, of several funds and kinds, in 元 and in 万元: each fifth of the figures."""
    budget = gb.read(BY_NAME[name].data)
    before = {str(error) for error in budget.check(select=AMONG).errors}
    figures = [(at, fact) for at, fact in enumerate(budget.facts) if fact.amount and fact.form not in LONE]
    for at, fact in figures[:: len(figures) // 25]:
        step = STEP / fact.unit.factor
        wrong = attrs.evolve(fact, amount=fact.amount + step)
        facts = [*budget.facts[:at], wrong, *budget.facts[at + 1 :]]
        errors = [e for e in attrs.evolve(budget, facts=facts).check(select=AMONG).errors if str(e) not in before]
        first = [error for error in errors if error.places[0] == fact.place]
        assert first, (str(fact.place), fact.name, fact.column)
        assert step in {abs(error.difference or 0) for error in first}


def slips(text: str) -> Iterator[tuple[Judged, str, list[Finding]]]:
    """The words once for each figure that can be contradicted: the claim, the wrong figure, the findings.

    Nothing is no figure, and how departments count the money of their targets is their own.
    """
    forms = book()
    lines = text.splitlines(keepends=True)
    for one in forms.with_narrative(text.encode()).claims():
        claim = one.claim
        if not claim.printed or not claim.amount or claim.kind is ClaimKind.COUNT or one.verdict is not Verdict.RIGHT:
            continue
        if any((at.item or "").startswith("targets") for at in claim.about):
            continue
        at, printed = claim.place.row - 1, f"{claim.amount}"
        start = lines[at].index(claim.sentence) + claim.start
        wrong = str(claim.amount + (SLIP if "." in printed else 7))
        said = f"{lines[at][:start]}{wrong}{lines[at][start + len(printed) :]}"
        whole = "".join((*lines[:at], said, *lines[at + 1 :])).encode()
        found = forms.with_narrative(whole).check(select="NAR", ignore="NAR012")
        yield one, wrong, [each for each in found if each.severity is not Severity.INFO]


@pytest.mark.parametrize("name", ["sichuan", "chongqing", "shanghai", "others", "guangdong"])
def test_each_figure_of_the_words_is_named_when_it_is_wrong(name: str) -> None:
    for one, wrong, found in slips(NARRATIVES[name]):
        rules = {each.rule for each in found}
        assert rules & SPEAKS[one.law.value], (one.claim.text, one.claim.sentence, rules)
        if one.law.value in {"fact", "ceiling", "rate", "share"}:
            (mine,) = [each for each in found if each.sentence[slice(*each.marked)].startswith(wrong)]
            assert mine.found == Decimal(wrong)
            assert mine.expected is not None and abs(Decimal(mine.expected) - one.claim.amount) <= HAIR
