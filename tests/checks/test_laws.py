"""The law of every sum: what is printed honestly has no error, and a figure that is changed has one at its cell."""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

import govbudget as gb
from govbudget import Budget
from govbudget.checks import Finding, Severity, check
from govbudget.forms.families import families
from govbudget.strategies import Fault, balanced_budgets, single_faults

FAMILIES = pytest.mark.parametrize("family", sorted(families()))
SUMS = ("SUM", "XTB", "BAL", "PUR")
# The decimals to which 万元 show every 分.
TO_THE_FEN = 6


@FAMILIES
@given(data=st.data())
@settings(max_examples=examples(20))
def test_a_balanced_budget_printed_at_any_precision_has_no_error_and_no_warning(
    family: str, data: st.DataObject
) -> None:
    report = check(data.draw(balanced_budgets(family)))
    assert [str(finding) for finding in report if finding.severity is not Severity.INFO] == []


@FAMILIES
@given(data=st.data())
@settings(max_examples=examples(5))
def test_it_has_none_either_when_it_was_written_and_read(family: str, data: st.DataObject) -> None:
    book = data.draw(balanced_budgets(family, decimals=2))
    buffer = io.BytesIO()
    book.write(buffer)
    again = gb.read(buffer.getvalue())
    assert again.unread == ()
    assert Counter(map(_printed, again.facts)) == Counter(map(_printed, book.facts))
    assert check(again).errors == ()


def _printed(fact: gb.Fact) -> tuple[str, Decimal, str, gb.Coordinate]:
    return fact.form, fact.amount, fact.code, fact.coordinate


@given(balanced_budgets(decimals=TO_THE_FEN))
@settings(max_examples=examples(20))
def test_a_budget_printed_to_the_last_fen_has_no_difference_at_all(book: Budget) -> None:
    # What two subjects of one purpose get (XTB006) is no law.
    assert list(check(book, select=SUMS, ignore="XTB006")) == []


@FAMILIES
@given(data=st.data())
@settings(max_examples=examples(20))
def test_a_change_beyond_the_envelope_is_an_error_at_its_cell(family: str, data: st.DataObject) -> None:
    fault = data.draw(single_faults(family))
    errors = check(fault.budget, select=SUMS).errors
    assert fault.place in {place for finding in errors for place in finding.places}


@given(balanced_budgets(decimals=2))
@settings(max_examples=examples(15))
def test_a_difference_within_the_envelope_is_only_worth_a_note(book: Budget) -> None:
    for finding in check(book).findings:
        if finding.difference is not None:
            assert finding.severity is Severity.INFO
            assert finding.found != finding.expected


@given(balanced_budgets(decimals=2))
@settings(max_examples=examples(15))
def test_the_order_of_facts_does_not_matter(book: Budget) -> None:
    backwards = attrs.evolve(book, facts=book.facts[::-1])
    key = lambda finding: (finding.rule, finding.severity.value, str(finding.found), str(finding.expected), finding.row)  # noqa: E731
    assert sorted(map(key, check(book).findings)) == sorted(map(key, check(backwards).findings))


@given(balanced_budgets("chongqing", decimals=2), st.data())
@settings(max_examples=examples(15))
def test_the_wrong_figure_is_blamed_first_where_two_laws_cross_in_it(book: Budget, data: st.DataObject) -> None:
    crossing = [i for i, fact in enumerate(book.facts) if fact.form == "general" and len(fact.code) == 5]
    index = data.draw(st.sampled_from(crossing))
    wrong = attrs.evolve(book.facts[index], amount=book.facts[index].amount + Decimal("777.77"))
    faulty = attrs.evolve(book, facts=[*book.facts[:index], wrong, *book.facts[index + 1 :]])
    assert wrong.place in {finding.places[0] for finding in check(faulty, select=SUMS).errors}


@given(single_faults(decimals=2), st.sampled_from(["SUM", "XTB", "BAL", "CLS", "FRM"]))
@settings(max_examples=examples(15))
def test_what_rules_find_together_they_find_apart(fault: Fault, group: str) -> None:
    """Apart they may find more: XTB002 does not tell again what another law has told."""
    whole = Counter(map(_told, check(fault.budget)))
    assert not whole - Counter(map(_told, [*check(fault.budget, select=group), *check(fault.budget, ignore=group)]))


def _told(finding: Finding) -> tuple[object, ...]:
    return (
        finding.rule,
        finding.severity,
        finding.row,
        finding.column,
        finding.found,
        finding.expected,
        frozenset(finding.places),
    )


@given(single_faults(decimals=2))
@settings(max_examples=examples(5))
def test_an_annotated_copy_reads_as_its_workbook(fault: Fault) -> None:
    source, copy = io.BytesIO(), io.BytesIO()
    fault.budget.write(source)
    book = gb.read(source.getvalue())
    assert not any(finding.places for finding in check(book).annotate(source.getvalue(), copy))
    again = gb.read(copy.getvalue())
    assert again == book
    assert [fact.place for fact in again.facts] == [fact.place for fact in book.facts]
