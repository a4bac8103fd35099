"""Conversions of generated and of published budgets keep every figure（转换定律）."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conversion.laws import FAMILIES, MATRIX, assert_sound, broken, figures, read_back
from tests.effort import examples
from tests.writing.budgets import budgets

from govbudget import convert
from govbudget.model import Budget
from govbudget.reading import read
from govbudget.strategies import balanced_budgets
from govbudget.writing.layout import family_layout

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
OTHERS = st.sampled_from(["chongqing", "hubei", "shanghai"])
PAIRS = st.permutations(FAMILIES).map(lambda found: found[:2])


@given(PAIRS, st.data())
@settings(max_examples=examples(12), suppress_health_check=SLOW)
def test_a_balanced_budget_stays_balanced(pair: list[str], data: st.DataObject) -> None:
    """With several funds, and money carried over, on forms that cannot print all of it."""
    source, family = pair
    book = data.draw(balanced_budgets(source))
    assert broken(book) == set()
    again = assert_sound(book, convert(book, family))
    assert (again.family, broken(again)) == (family, set())


@given(balanced_budgets("sichuan", decimals=4), OTHERS)
@settings(max_examples=examples(6), suppress_health_check=SLOW)
def test_every_class_and_section_of_a_balanced_budget_is_printed(book: Budget, family: str) -> None:
    found = convert(book, family)
    items = {one.coordinate.function for one in book.facts if one.form == "expenditure"} - {None}
    printed = {one.coordinate.function for one in found.facts if one.form == "expenditure"}
    assert {code[:size] for code in items for size in (3, 5, 7)} <= printed  # type: ignore[index]


@given(PAIRS, st.data())
@settings(max_examples=examples(20), suppress_health_check=SLOW)
def test_a_budget_that_adds_up_nowhere_keeps_its_figures(pair: list[str], data: st.DataObject) -> None:
    """Random amounts break every law: the figures are carried, and no sum breaks one law more."""
    source, family = pair
    book = data.draw(budgets(source))
    found = convert(book, family)
    again = read_back(found)
    assert again.unread == ()
    assert figures(again.facts) == figures(found.facts)
    left = [one.fact for one in found.left if one.fact is not None]
    assert Counter(map(id, book.facts)) == Counter(map(id, found.written)) + Counter(map(id, left))


@pytest.mark.parametrize("family", FAMILIES)
@given(data=st.data())
@settings(max_examples=examples(5))
def test_on_its_own_forms_everything_is_carried_and_nothing_derived(family: str, data: st.DataObject) -> None:
    book = data.draw(balanced_budgets(family))
    found = convert(book, family)
    assert (found.written, found.derived, found.left) == (book.facts, (), ())


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", ["dazhou_2024", "tongnan_2024", "zengdu_2024"])
def test_a_published_budget_keeps_every_figure(name: str, family: str, shared: Path) -> None:
    book = read(shared / "workbooks" / f"{name}.xlsx")
    again = assert_sound(book, convert(book, family))
    forms = family_layout(family).forms
    indicators = sum(len(one.target.indicators) for one in book.targets if one.form in forms)
    assert sum(len(one.target.indicators) for one in again.targets) == indicators


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", ["putuo_finance_2025", "shanghai_finance_2025"])
def test_a_published_budget_in_yuan_keeps_every_figure(name: str, family: str, shared: Path) -> None:
    pytest.importorskip("pdfplumber")
    book = read(shared / "templates" / f"{name}.pdf")
    assert_sound(book, convert(book, family))


def test_the_table_of_the_documentation_is_true(root: Path) -> None:
    text = (root / "docs/conversion.md").read_text(encoding="utf-8")
    paths = sorted((root / "examples/data").glob("*.xlsx"))
    assert MATRIX.page(text, paths) == text, "run python tools/build_matrix.py"
