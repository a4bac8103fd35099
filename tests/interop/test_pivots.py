"""Pivots and comparisons: every figure once, and nothing compared that is not printed twice."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from govbudget import Budget, Coordinate, Fact, OptionError, Unit, compare, pivot, read, three_public
from govbudget.checks.context import Context
from govbudget.checks.paths import below
from govbudget.demo import demo_budget
from govbudget.interop.compare import Movement
from govbudget.interop.cuts import cut
from govbudget.interop.labels import FORMS_BY_SCOPE
from govbudget.strategies import balanced_budgets

# The family that prints units, subjects and natures in one form.
EXACT = balanced_budgets("sichuan", decimals=2, unit=Unit.YUAN)
PAIRS = [("function", "nature"), ("agency", "nature"), ("function", "agency"), ("agency", "function")]
ASKED = [(), ("function",), ("economic",), ("agency",), ("nature",), ("function", "agency"), ("economic", "nature")]


def total(book: Budget, form: str = "summary") -> Decimal:
    return next(f.yuan for f in book.facts if f.form == form and f.name in ("支出总计", "合计"))


def fact(amount: str, form: str = "general", year: int = 2024, name: str = "", **dims: str) -> Fact:
    at = Coordinate(year=year, side="expenditure", **dims)
    return Fact(Decimal(amount), Unit.YUAN, form, name, coordinate=at)


@given(EXACT, st.sampled_from(PAIRS), st.sampled_from([None, "类", "款", "项"]))
@settings(max_examples=examples(40))
def test_a_pivot_adds_up_to_what_the_budget_spends(book: Budget, pair: tuple[str, str], level: str | None) -> None:
    found = pivot(book, *pair, level=level)
    assert found.total == total(book)
    assert found.notes == ()


@given(EXACT)
@settings(max_examples=examples(15))
def test_economic_subjects_add_up_to_basic_expenditure(book: Budget) -> None:
    assert pivot(book, "economic", "nature").total == total(book, "general_basic")


@given(balanced_budgets(), st.sampled_from(FORMS_BY_SCOPE), st.sampled_from(ASKED))
@settings(max_examples=examples(60))
def test_no_two_figures_of_a_cut_overlap_and_none_is_missing(book: Budget, form: str, asked: tuple[str, ...]) -> None:
    """Printed to any precision: what rounding explains is no gap."""
    found = cut(Context(book), form, asked)
    assert found is None or found.notes == ()
    for one, other in combinations(found.entries if found else (), 2):
        pairs = [(str(a), str(b)) for a, b in zip(one.vector, other.vector)]
        assert any(a != b and not below(a, b) and not below(b, a) for a, b in pairs)


def test_a_real_budget_crossed() -> None:
    found = pivot(demo_budget(), "function", "nature", level="类")
    assert found.form == "expenditure"
    assert [(one.key, one.name) for one in found.row_members][:2] == [
        ("201", "一般公共服务支出"),
        ("208", "社会保障和就业支出"),
    ]
    assert [one.name for one in found.column_members] == ["基本支出", "项目支出"]
    assert found.cells["201", "project"] == Decimal("4345500")
    assert ("208", "project") not in found.cells
    assert found.share("201", "project") == 100
    assert found.share("208", "project") is None
    frame = found.to_pandas()
    assert list(frame.columns) == ["function", "name", "基本支出", "项目支出"]
    assert sum(frame["基本支出"]) == Decimal("5156400")


@pytest.mark.parametrize("name", ["dazhou", "tongnan", "zengdu"])
def test_published_budgets_cross_without_a_gap(name: str, root: Path) -> None:
    """Sichuan prints items below agencies, Chongqing all levels and the year before, Hubei a nought for nothing."""
    book = read(root / f"examples/data/{name}_2024.xlsx")
    spent = next(f.yuan for f in book.facts if f.form == "expenditure" and f.name == "合计")
    for rows, columns, form in (
        ("function", "nature", "expenditure"),
        ("function", "fund", "general"),
        ("nature", "economic", "general_basic"),
    ):
        found = pivot(book, rows, columns, form=form)
        whole = spent if form != "general_basic" else total(book, form)
        assert found.notes == ()
        assert abs(found.total - whole) <= 50 * len(found.cells)


def test_what_is_wrong_in_a_published_budget_is_noted(root: Path) -> None:
    (note,) = pivot(read(root / "examples/data/zengdu_2024.xlsx"), "project", "agency").notes
    assert "多 1999900.00 元" in note


def test_only_where_facts_carry_both() -> None:
    with pytest.raises(OptionError, match="功能分类科目、经济分类科目"):
        pivot(demo_budget(), "function", "economic")
    with pytest.raises(OptionError, match="一般公共预算支出表没有"):
        pivot(demo_budget(), "function", "nature", form="general")
    with pytest.raises(OptionError, match="年度"):
        pivot(demo_budget(), "function", "year")


@pytest.mark.parametrize(
    "wrong",
    [{"rows": "colour"}, {"columns": "function"}, {"side": "both"}, {"level": "目"}, {"form": "nonesuch"}],
    ids=str,
)
def test_an_option_that_there_is_not(wrong: dict[str, str]) -> None:
    with pytest.raises(OptionError, match=next(iter(wrong))):
        pivot(demo_budget(), **{"rows": "function", "columns": "nature", **wrong})


def test_year_over_year_within_one_form() -> None:
    facts = [
        fact("10", function="2010301"),
        fact("8", year=2023, function="2010301"),
        fact("5", year=2023, function="2010302"),
        fact("13", year=2023),
        fact("10"),
    ]
    found = pivot(Budget(facts, year=2024), "function", "year")
    assert found.cells == {("2010301", "2024"): 10, ("2010301", "2023"): 8, ("2010302", "2023"): 5}


def test_of_several_budgets_each_gives_its_own_year() -> None:
    """The column of last year would count what the budget of last year says already."""
    one = Budget([fact("8", year=2023, function="2010301"), fact("7", year=2022, function="2010301")], year=2023)
    other = Budget([fact("10", function="2010301"), fact("8", year=2023, function="2010301")], year=2024)
    found = pivot([one, other], "function", "year")
    assert found.cells == {("2010301", "2023"): 8, ("2010301", "2024"): 10}


def test_a_total_on_two_rows_counts_once_and_two_rows_of_detail_twice() -> None:
    twice = [fact("10", "three_public", item="three_public", fund="general")] * 2
    book = Budget([*twice, *[fact("5", "three_public", item="three_public.reception", fund="general")] * 2], year=2024)
    assert three_public(book).lines[0].total == 10
    rows = [fact("3", "projects", project="P", agency="127001", function="2010301")] * 2
    assert pivot(Budget([*rows, fact("6", "projects")], year=2024), "project", "agency").total == 6


def test_two_rows_of_detail_stay_two_though_columns_split_them() -> None:
    rows = [fact(amount, "projects", function="2010301") for amount in ("3", "4")]
    rows += [fact(amount, "projects", function="2010301", fund="general") for amount in ("3", "4")]
    assert pivot(Budget([fact("7", "projects"), *rows], year=2024), "function", "fund").total == 7


def test_money_whose_fund_only_the_rest_tells_is_not_lost() -> None:
    """收入总计 holds what was carried over, and the form does not say of which fund that is."""
    facts = [
        attrs.evolve(one, coordinate=attrs.evolve(one.coordinate, side="revenue"))
        for one in (
            fact("100", "revenue", name="收入总计"),
            fact("95", "revenue", fund="general", origin="current"),
            fact("5", "revenue", origin="carryover"),
        )
    ]
    found = pivot(Budget(facts, year=2024), "fund", "origin", side="revenue")
    assert found.cells == {("fiscal.general", "current"): 95, ("", "carryover"): 5}
    assert found.notes == ()


def test_purchases_are_counted_by_their_amount_alone() -> None:
    items = {"": "12", "/unit_price": "6", "/procurement.sme": "12"}
    facts = [
        fact(amount, "procurement", item=f"procurement.purchase{more}", function="2010302", economic="30227")
        for more, amount in items.items()
    ]
    facts.append(fact("12", "procurement", item="procurement"))
    assert pivot(Budget(facts, year=2024), "function", "economic").cells == {("2010302", "30227"): 12}


def test_what_a_total_holds_beyond_its_parts_is_noted() -> None:
    facts = [fact("10", name="合计"), fact("4", function="2010301", nature="basic"), fact("3", function="2010302")]
    (note,) = pivot(Budget(facts, year=2024), "function", "nature").notes
    assert "“合计”比所取各项之和多 3 元" in note


def test_names_that_two_members_share_stay_apart() -> None:
    facts = [fact("1", function="2010301", project=key) for key in ("p1", "p2")]
    book = attrs.evolve(demo_budget(), facts=facts, projects=())
    named = pivot(book, "function", "project", form="general")
    assert len({one.name for one in named.column_members}) == 2


def test_several_departments() -> None:
    one = demo_budget()
    assert one.agency
    other = attrs.evolve(one, agency=attrs.evolve(one.agency, name="甲局"), agencies=())
    found = pivot([one, other], "document", "nature")
    assert [member.name for member in found.row_members] == ["达州市政务服务管理局", "甲局"]
    assert found.total == 2 * pivot(one, "function", "nature").total


def test_three_public_expenses_and_their_share() -> None:
    (line,) = three_public(demo_budget()).lines
    assert [line.year, line.total, line.vehicle, line.reception] == [2024, 48000, 22000, 26000]
    assert line.abroad is None
    assert line.general == Decimal("9501900")
    assert line.share == Decimal("0.51")
    assert three_public(Budget()).lines == ()
    assert three_public(demo_budget()).to_polars()["share"].to_list() == [Decimal("0.51")]


# ---------------------------------------------------------------- comparisons


@given(EXACT)
@settings(max_examples=examples(15))
def test_a_budget_is_the_same_as_itself(book: Budget) -> None:
    found = compare(book, book)
    assert {change.movement for change in found.changes} == {Movement.SAME}
    assert {"expenditure", "function", "economic"} <= {change.view for change in found.changes}


@given(EXACT, EXACT)
@settings(max_examples=examples(25))
def test_what_rose_and_fell_and_what_only_one_prints_explain_the_whole_change(one: Budget, other: Budget) -> None:
    found = compare(one, other)
    (whole,) = found.view("expenditure")
    explained = sum(((c.after or Decimal(0)) - (c.before or Decimal(0)) for c in found.view("function")), Decimal(0))
    assert whole.change == explained == total(other) - total(one)


@given(EXACT, EXACT)
@settings(max_examples=examples(15))
def test_backwards_everything_turns_round(one: Budget, other: Budget) -> None:
    there = {(c.view, c.code): (c.before, c.after) for c in compare(one, other).changes}
    back = {(c.view, c.code): (c.after, c.before) for c in compare(other, one).changes}
    assert there == back


def books(before: list[Fact], after: list[Fact]) -> tuple[Budget, Budget]:
    return Budget(before, year=2023), Budget(after, year=2024)


def test_what_only_one_prints_is_not_nought() -> None:
    found = compare(
        *books(
            [fact("10", year=2023, function="2010301"), fact("2", year=2023, function="2010399")],
            [fact("15", function="2010301"), fact("0", function="2010302")],
        )
    )
    rose, before, after = found.view("function")
    assert [rose.code, rose.change, rose.rate, rose.movement] == ["2010301", 5, 50, Movement.ROSE]
    assert (before.code, before.after, before.change, before.movement) == ("2010399", None, None, Movement.ONLY_BEFORE)
    assert (after.code, after.before, after.change, after.movement) == ("2010302", None, None, Movement.ONLY_AFTER)
    told = str(found)
    assert "行政运行  0.001 → 0.0015，增加 0.0005（+50.00%）" in told
    assert "仅前者列示" in told
    assert "2023年 → 2024年" in told


def test_the_coarser_coordinate_where_one_prints_less_detail() -> None:
    found = compare(
        *books(
            [fact("10", year=2023, function="201")],
            [fact("9", function="2010301"), fact("3", function="2010302"), fact("12", function="201")],
        )
    )
    (change,) = found.view("function")
    assert [change.code, change.before, change.after] == ["201", 10, 12]


def test_a_fact_without_a_year_is_of_the_budget_s_own() -> None:
    at = Coordinate(side="expenditure", function="2010301")
    one, other = (
        Budget([Fact(Decimal(n), Unit.YUAN, "general", coordinate=at)], year=int(n)) for n in ("2023", "2024")
    )
    (change,) = compare(one, other).view("function")
    assert change.change == 1
    assert pivot([one, other], "function", "year").cells == {("2010301", "2023"): 2023, ("2010301", "2024"): 2024}
    item = Fact(Decimal("3"), Unit.YUAN, "three_public", coordinate=Coordinate(item="three_public.reception"))
    assert three_public(Budget([item], year=2024)).lines[0].year == 2024


def test_within_rounding_nothing_rose() -> None:
    (change,) = compare(*books([fact("10.1", year=2023, function="2010301")], [fact("10", function="2010301")])).view(
        "function"
    )
    assert change.movement is Movement.SAME


def test_frames_and_names_of_a_comparison() -> None:
    book = demo_budget()
    assert compare(book, attrs.evolve(book, source="new.xlsx")).names == ("dazhou_2024.xlsx", "new.xlsx")
    assert book.agency
    other = attrs.evolve(book, agency=attrs.evolve(book.agency, name="甲局"))
    assert compare(book, other).names == ("达州市政务服务管理局", "甲局")
    assert compare(book, attrs.evolve(other, year=2025)).names == ("达州市政务服务管理局2024", "甲局2025")
    found = compare(book, book)
    assert found.to_polars().columns == [
        *("view", "code", "name", "before", "after", "change", "rate", "movement", "form")
    ]
    assert any(change.view == "project" for change in found.changes)
    with pytest.raises(OptionError, match="view"):
        found.view("colour")


def test_budgets_without_a_form_in_common_say_so() -> None:
    found = compare(
        *books([fact("1", "general", year=2023, function="201")], [fact("1", "expenditure", function="201")])
    )
    assert found.changes == ()
    assert "按功能分类：两份预算没有同一张表可比" in found.notes
