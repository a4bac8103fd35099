"""Reading what was written gives the budget back（写出后再读入，内容不变）."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.writing.budgets import budgets

import govbudget as gb
from govbudget.model import Budget
from govbudget.writing import plan, write

REAL = Path(__file__).parents[2].parent / "shared" / "workbooks"


def rewritten(book: Budget, family: str | None = None) -> Budget:
    """*book* written to memory and read again."""
    buffer = io.BytesIO()
    write(book, buffer, family=family)
    return gb.read(buffer.getvalue())


def assert_same(found: Budget, book: Budget) -> None:
    """Every part that a document carries is equal, and nothing is left unread."""
    assert found.facts == book.facts
    assert found.targets == book.targets
    assert found.projects == book.projects
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
def test_a_real_budget_comes_back_whole() -> None:
    book = gb.read(REAL / "dazhou_2024.xlsx")
    assert plan(book).left == ()
    assert_same(rewritten(book), book)
