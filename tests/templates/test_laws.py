"""The laws of blank forms（勾稽关系） hold on every budget, and no formula that follows from them runs in a circle."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.templates.truth import Truth, truth

from govbudget.classification import nearest_edition, subjects
from govbudget.forms.families import families
from govbudget.model import Budget
from govbudget.templates.blank import Blank, sides_blank, table_blank
from govbudget.templates.laws import Detail, Fixed, Law, Part, laws_of
from govbudget.templates.wiring import Wiring, wire
from govbudget.writing.cells import cell_coordinate
from govbudget.writing.context import Context
from govbudget.writing.layout import family_layout

YEAR = 2026
FAMILIES = sorted(families())


def blanks(family: str) -> list[Blank]:
    """The blank forms of a family, laid out anew."""
    context = Context(Budget(year=YEAR, family=family), family_layout(family, YEAR))
    layouts = [layout for layout in context.layouts.forms.values() if layout.form.kind != "targets"]
    return [sides_blank(context, layout) if layout.sides else table_blank(context, layout, 5) for layout in layouts]


@cache
def laws(family: str) -> list[Law]:
    return laws_of(blanks(family), subjects(nearest_edition(YEAR)), YEAR)


@cache
def wired(family: str) -> Wiring:
    own = blanks(family)
    return wire(own, laws_of(own, subjects(nearest_edition(YEAR)), YEAR))


def value(part: Part, figures: Truth) -> object:
    """What a part of a law comes to."""
    form = part.blank.layout.form
    if isinstance(part, Fixed):
        return figures.on(form.id, cell_coordinate(form, part.cell.dims, part.cell.header, YEAR))
    dims = {"economic" if form.rows == "economic" else "function": part.code} if part.code else {}
    return figures.on(form.id, cell_coordinate(form, dims, part.blank.amounts[part.column], YEAR))


@pytest.mark.parametrize("family", FAMILIES)
@given(seed=st.integers(0, 10**6), carries=st.booleans())
@settings(max_examples=examples(5))
def test_laws_hold_on_every_budget(family: str, seed: int, carries: bool) -> None:
    figures = truth(seed, family, carried=carries)
    for law in laws(family):
        assert value(law.total, figures) == sum(value(part, figures) for part in law.parts), law  # type: ignore[misc]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_total_and_every_class_of_a_summary_is_computed(family: str) -> None:
    found = wired(family)
    for blank in found.blanks:
        for one in blank.cells:
            is_total = "计" in one.label.replace(" ", "") and blank.layout.form.rows != "purchase"
            is_class = "function" in one.dims and blank.layout.form.id == "summary"
            if is_total or is_class:
                assert one in found.formulas, (blank.title, one.label, one.header.text)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_cell_is_computed_from_itself(family: str) -> None:
    formulas = wired(family).formulas

    def walk(part: Part, above: tuple[object, ...]) -> None:
        if isinstance(part, Detail):
            return
        assert part.cell not in above
        for one in formulas.get(part.cell, ()):
            walk(one, (*above, part.cell))

    for cell, parts in formulas.items():
        for part in parts:
            walk(part, (cell,))


@pytest.mark.parametrize("family", FAMILIES)
def test_revenue_and_expenditure_are_compared(family: str) -> None:
    texts = [check.text for check in wired(family).checks]
    assert any("支出总计（预算数） = " in text and text.endswith("收入总计（预算数）") for text in texts)


def test_detail_is_compared_with_its_line() -> None:
    texts = [check.text for check in wired("hubei").checks]
    assert "《一般公共预算基本支出表》合计（人员经费） = 《一般公共预算支出表》合计（人员经费）" in texts
    assert "《项目支出表》合计 = 《收支总表》本年支出合计（预算数）" in texts
