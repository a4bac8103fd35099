"""What the rules say of whole budgets in the forms of other districts."""

from __future__ import annotations

import pytest
from tests.looks.books import synthetic_books
from tests.looks.districts import district_books

import govbudget as gb
from govbudget.checks import Context, Finding

BOOKS = {book.name: book for book in synthetic_books() + district_books()}


def read(name: str) -> gb.Budget:
    return gb.read(BOOKS[name].data)


def sums(book: gb.Budget) -> list[Finding]:
    return [found for found in book.check().findings if found.rule.startswith("SUM")]


@pytest.mark.parametrize("name", ["chongqing", "hubei", "sichuan_uncoded"])
def test_the_total_of_fiscal_revenue_holds_what_was_carried_over(name: str) -> None:
    book = read(name)
    revenue = [fact for fact in book.facts if fact.form == "fiscal_summary" and fact.coordinate.side == "revenue"]
    assert any(fact.coordinate.origin == "carryover" and fact.amount for fact in revenue)
    grand = revenue[-1]
    assert grand.coordinate.origin is None
    assert not [found for found in sums(book) if found.form == "fiscal_summary"]


def test_without_codes_the_departments_own_unit_is_not_the_department() -> None:
    book = read("sichuan_uncoded")
    assert len({agency.key for agency in book.agencies}) > 1
    assert not sums(book)


def test_a_name_that_department_and_unit_share_is_not_compared_between_forms() -> None:
    report = read("sichuan_uncoded").check(select="XTB")
    assert not [found for found in report.errors if found.row == "某某区档案馆"]
    assert "XTB005" not in {found.rule for found in report.errors}


def test_classes_of_items_add_up_to_their_agency() -> None:
    book = read("hubei")
    ledger = next(one for one in Context(book).ledgers if one.form.id == "projects")
    totals = {family.total.fact.place.cell: len(family.parts) for family in ledger.families if family.tree == "item"}
    assert totals["D7"] == 3
    # The list prints its carried money on the agency's row only, and nothing is counted twice.
    assert {found.places[0].cell for found in sums(book)} == {"E7", "G7"}
    assert not [found for found in book.check().findings if found.rule == "XTB002"]
