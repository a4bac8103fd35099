"""Reading what was written gives the budget back（写出后再读入，内容不变）."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.writing.budgets import budgets

from govbudget.model import Budget, PrintedForm
from govbudget.reading import read
from govbudget.writing import plan, write
from govbudget.writing.layout import family_layout
from govbudget.writing.sheet import Kind

REAL = Path(__file__).parents[2].parent / "shared" / "workbooks"


def rewritten(book: Budget, family: str | None = None) -> Budget:
    """*book* written to memory and read again."""
    buffer = io.BytesIO()
    write(book, buffer, family=family)
    return read(buffer.getvalue())


def assert_same(found: Budget, book: Budget) -> None:
    """Every part that a document carries is equal, and nothing is left unread."""
    assert found.facts == book.facts
    assert found.targets == book.targets
    assert found.projects == book.projects
    assert found.purchases == book.purchases
    assert (found.agency, found.agencies) == (book.agency, book.agencies)
    assert (found.year, found.family) == (book.year, book.family)
    assert found.forms == book.forms
    assert found.unread == ()


@given(budgets())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_generated_budgets_come_back(book: Budget) -> None:
    assert plan(book).left == ()
    assert_same(rewritten(book), book)


@pytest.mark.skipif(not REAL.exists(), reason="the real workbooks are not at hand")
@pytest.mark.parametrize("name", ["dazhou_2024", "tongnan_2024", "zengdu_2024"])
def test_a_real_budget_comes_back_whole(name: str) -> None:
    book = read(REAL / f"{name}.xlsx")
    assert plan(book).left == ()
    assert_same(rewritten(book), book)


def assert_accounted(book: Budget, family: str) -> None:
    """Every fact is printed or reported, every indicator printed, and all of the workbook understood."""
    found = plan(book, family)
    left = [entry.fact for entry in found.left if entry.fact is not None]
    printed = [cell for sheet in found.sheets for cell in sheet.cells.values() if isinstance(cell.value, Decimal)]
    amounts = [cell for cell in printed if cell.kind is Kind.AMOUNT]
    assert len(amounts) + len(left) >= len(book.facts)
    again = rewritten(book, family)
    assert again.family == family
    assert again.unread == ()
    assert {fact.yuan for fact in again.facts} <= {fact.yuan for fact in book.facts}


@given(budgets(), st.sampled_from(["chongqing", "hubei", "shanghai"]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_conversion_loses_nothing_in_silence(book: Budget, family: str) -> None:
    assert_accounted(book, family)


@pytest.mark.skipif(not REAL.exists(), reason="the real workbooks are not at hand")
@pytest.mark.parametrize("family", ["sichuan", "chongqing", "hubei", "shanghai"])
@pytest.mark.parametrize("name", ["dazhou_2024", "tongnan_2024", "zengdu_2024"])
def test_a_real_budget_converts_and_loses_nothing_in_silence(name: str, family: str) -> None:
    book = read(REAL / f"{name}.xlsx")
    assert_accounted(book, family)
    printed = family_layout(family).forms
    indicators = sum(len(one.target.indicators) for one in book.targets if one.form in printed)
    assert sum(len(one.target.indicators) for one in rewritten(book, family).targets) == indicators


@pytest.mark.skipif(not REAL.exists(), reason="the real documents are not at hand")
@pytest.mark.parametrize("name", ["putuo_finance_2025", "shanghai_finance_2025"])
def test_a_real_budget_of_shanghai_comes_back_whole(name: str) -> None:
    pytest.importorskip("pdfplumber")
    book = read(REAL.parent / "templates" / f"{name}.pdf")
    assert plan(book).left == ()
    assert_same(rewritten(book), book)


@pytest.mark.parametrize("family", ["sichuan", "chongqing", "hubei", "shanghai"])
def test_blank_forms_are_read_as_empty_forms_of_their_family(family: str) -> None:
    ids = list(family_layout(family).forms)
    blank = Budget(forms=[PrintedForm(form, empty=True) for form in ids], year=2024, family=family)
    found = rewritten(blank)
    assert [form.id for form in found.forms] == ids
    assert all(form.empty for form in found.forms)
    assert (found.family, found.facts, found.unread) == (family, (), ())
