"""The law of every sum: what is printed honestly has no error, and a figure that is changed has one at its cell."""

from __future__ import annotations

from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from govbudget import Budget
from govbudget.amounts import Unit
from govbudget.checks import Severity, check
from govbudget.strategies import balanced_budgets


@given(balanced_budgets())
def test_a_balanced_budget_printed_at_any_precision_has_no_error(book: Budget) -> None:
    assert check(book).errors == ()


@given(balanced_budgets(unit=Unit.YUAN, decimals=2))
def test_a_budget_printed_to_the_last_fen_has_no_difference_at_all(book: Budget) -> None:
    # What two subjects of one purpose get (XTB006) is no law.
    assert list(check(book, select=["SUM", "XTB", "BAL"], ignore="XTB006")) == []


@given(balanced_budgets(decimals=2), st.data())
def test_a_changed_figure_is_an_error_at_its_cell(book: Budget, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(book.facts) - 1))
    wrong = book.facts[index]
    changed = attrs.evolve(wrong, amount=wrong.amount + Decimal("7.77"))
    report = check(attrs.evolve(book, facts=[*book.facts[:index], changed, *book.facts[index + 1 :]]))
    assert wrong.place in {place for finding in report.errors for place in finding.places}


@given(balanced_budgets(decimals=2), st.data())
def test_a_difference_within_the_envelope_is_only_worth_a_note(book: Budget, data: st.DataObject) -> None:
    report = check(book)
    for finding in report.findings:
        if finding.difference is not None:
            assert finding.severity is Severity.INFO
            assert finding.found != finding.expected


@given(balanced_budgets(decimals=2))
def test_the_order_of_facts_does_not_matter(book: Budget) -> None:
    backwards = attrs.evolve(book, facts=book.facts[::-1])
    key = lambda finding: (finding.rule, finding.severity.value, str(finding.found), str(finding.expected), finding.row)  # noqa: E731
    assert sorted(map(key, check(book).findings)) == sorted(map(key, check(backwards).findings))


@given(balanced_budgets(decimals=2), st.data())
def test_the_wrong_figure_is_blamed_first_where_two_laws_cross_in_it(book: Budget, data: st.DataObject) -> None:
    crossing = [i for i, fact in enumerate(book.facts) if fact.form == "general" and len(fact.code) == 5]
    index = data.draw(st.sampled_from(crossing))
    wrong = attrs.evolve(book.facts[index], amount=book.facts[index].amount + Decimal("777.77"))
    report = check(attrs.evolve(book, facts=[*book.facts[:index], wrong, *book.facts[index + 1 :]]))
    assert wrong.place in {finding.places[0] for finding in report.errors}
