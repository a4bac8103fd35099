"""Reading what was written gives the budget back（写出后再读入，内容不变）."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.writing.budgets import budgets

from govbudget.model import Budget, PrintedForm
from govbudget.reading import read
from govbudget.writing import plan, write
from govbudget.writing.layout import family_layout

FAMILIES = ("sichuan", "chongqing", "hubei", "shanghai")
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


@pytest.mark.parametrize("family", FAMILIES)
@given(st.data())
@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_generated_budgets_come_back(family: str, data: st.DataObject) -> None:
    book = data.draw(budgets(family))
    assert plan(book).left == ()
    assert_same(rewritten(book), book)


@pytest.mark.skipif(not REAL.exists(), reason="the real workbooks are not at hand")
@pytest.mark.parametrize("name", ["dazhou_2024", "tongnan_2024", "zengdu_2024"])
def test_a_real_budget_comes_back_whole(name: str) -> None:
    book = read(REAL / f"{name}.xlsx")
    assert plan(book).left == ()
    assert_same(rewritten(book), book)


@pytest.mark.skipif(not REAL.exists(), reason="the real documents are not at hand")
@pytest.mark.parametrize("name", ["putuo_finance_2025", "shanghai_finance_2025"])
def test_a_real_budget_of_shanghai_comes_back_whole(name: str) -> None:
    pytest.importorskip("pdfplumber")
    book = read(REAL.parent / "templates" / f"{name}.pdf")
    assert plan(book).left == ()
    assert_same(rewritten(book), book)


@pytest.mark.parametrize("family", FAMILIES)
def test_blank_forms_are_read_as_empty_forms_of_their_family(family: str) -> None:
    ids = list(family_layout(family).forms)
    blank = Budget(forms=[PrintedForm(form, empty=True) for form in ids], year=2024, family=family)
    found = rewritten(blank)
    assert [form.id for form in found.forms] == ids
    assert all(form.empty for form in found.forms)
    assert (found.family, found.facts, found.unread) == (family, (), ())
    assert found.projects == ()
    assert not any(one.target.project or one.target.indicators for one in found.targets)
