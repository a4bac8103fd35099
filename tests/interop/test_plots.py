"""Plots: what they show adds up, is labelled in Chinese and bears its unit."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from tests.effort import examples

from govbudget import Budget, Coordinate, Fact, MissingExtraError, OptionError, Unit, compare, pivot
from govbudget.demo import demo_budget
from govbudget.strategies import balanced_budgets

KINDS = ("treemap", "sunburst", "sankey", "performance")


def money(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def fact(amount: str, form: str, name: str = "", side: str = "expenditure", **dims: str) -> Fact:
    at = Coordinate(year=2024, side=side, **dims)
    return Fact(Decimal(amount), Unit.WAN, form, name, coordinate=at)


@pytest.mark.parametrize("kind", KINDS)
def test_every_plot_bears_the_department_and_can_be_drawn(kind: str) -> None:
    figure = demo_budget().plot(kind)
    assert "达州市政务服务管理局 2024年" in figure.layout.title.text
    drawn = json.loads(figure.to_json())
    assert drawn["data"]
    assert "Noto Sans CJK SC" in drawn["layout"]["font"]["family"]


def test_areas_add_up_and_print_exact_figures() -> None:
    (trace,) = demo_budget().plot("treemap").data
    by_id = dict(zip(trace.ids, trace.text))
    assert by_id["合计"] == "950.19"
    assert by_id["201"] == "834.39"
    below: defaultdict[str, Decimal] = defaultdict(Decimal)
    for parent, text in zip(trace.parents, trace.text):
        below[parent] += money(text)
    assert all(below[parent] == money(by_id[parent]) for parent in below if parent)
    assert trace.labels[trace.ids.index("201")] == "一般公共服务支出"


@given(balanced_budgets(decimals=2, unit=Unit.YUAN))
@settings(max_examples=examples(15))
def test_the_tree_of_any_budget_has_one_root_and_no_orphan(book: Budget) -> None:
    (trace,) = book.plot("sunburst").data
    assert [one for one in trace.parents if not one] == [""]
    assert set(trace.parents) - {""} <= set(trace.ids)
    assert len(set(trace.ids)) == len(trace.ids)


def flows(figure: Any) -> dict[tuple[str, str], str]:
    (trace,) = figure.data
    names = [label.rsplit(" ", 1)[0] for label in trace.node.label]
    ends = zip(trace.link.source, trace.link.target, trace.link.customdata)
    return {(names[start], names[end]): amount for start, end, amount in ends}


def test_money_flows_from_its_source_through_its_fund_to_classes() -> None:
    found = flows(demo_budget().plot("sankey"))
    assert found["一般公共预算拨款收入", "一般公共预算"] == "950.19"
    assert found["一般公共预算", "一般公共服务支出"] == "834.39"
    assert sum(money(amount) for (start, _), amount in found.items() if start == "一般公共预算") == Decimal("950.19")


def test_what_fiscal_money_does_not_pay_is_paid_from_other_money() -> None:
    facts = [
        fact("100", "summary", "财政拨款收入", "revenue", fund="general", origin="current"),
        fact("30", "summary", "事业收入", "revenue", fund="business"),
        fact("5", "summary", "上年结转", "revenue", fund="general", origin="carryover"),
        fact("135", "expenditure"),
        fact("125", "expenditure", function="2010301"),
        fact("10", "expenditure", function="2210201"),
        fact("95", "general", function="2010301", fund="general"),
        fact("10", "general", function="2210201", fund="general"),
    ]
    found = flows(Budget(facts, year=2024).plot("sankey"))
    assert found == {
        ("财政拨款收入", "一般公共预算"): "100.00",
        ("事业收入", "财政拨款以外的资金"): "30.00",
        ("上年结转：一般公共预算", "一般公共预算"): "5.00",
        ("一般公共预算", "一般公共服务支出"): "95.00",
        ("一般公共预算", "住房保障支出"): "10.00",
        ("财政拨款以外的资金", "一般公共服务支出"): "30.00",
    }


def test_a_fund_that_no_form_tells_is_not_guessed() -> None:
    facts = [
        fact("100", "summary", "财政拨款收入", "revenue", fund="general", origin="current"),
        fact("100", "summary", function="201"),
    ]
    assert flows(Budget(facts, year=2024).plot("sankey")) == {
        ("财政拨款收入", "一般公共预算"): "100.00",
        ("（未细分）", "一般公共服务支出"): "100.00",
    }
    facts.append(fact("100", "fiscal_summary", function="201", fund="general"))
    assert ("一般公共预算", "一般公共服务支出") in flows(Budget(facts, year=2024).plot("sankey"))


def test_indicators_are_counted_by_level() -> None:
    book = demo_budget()
    figure = book.plot("performance")
    counted = sum(int(text) for trace in figure.data for text in trace.text if text)
    assert counted == sum(len(printed.target.indicators) for printed in book.targets)
    assert figure.layout.yaxis.title.text == "指标数（个）"
    assert set(figure.data[0].x) == {"产出指标", "效益指标", "满意度指标", "成本指标"}


def test_bars_of_a_pivot_and_of_a_comparison() -> None:
    book = demo_budget()
    figure = pivot(book, "function", "nature", level="类").plot()
    assert [trace.name for trace in figure.data] == ["基本支出", "项目支出"]
    assert figure.data[1].text[0] == "434.55"
    assert figure.layout.xaxis.title.text == "万元"
    facts = [attrs.evolve(one, amount=one.amount * 2) if one.code == "2010301" else one for one in book.facts]
    other = attrs.evolve(book, facts=facts, year=2024)
    (trace,) = compare(book, other).plot().data
    assert trace.y[0] == "行政运行"
    assert trace.text[0] == "+272.79"


def test_what_cannot_be_drawn_says_so() -> None:
    with pytest.raises(OptionError, match="kind"):
        demo_budget().plot("pie")
    for kind in KINDS:
        with pytest.raises(OptionError, match="可画"):
            Budget().plot(kind)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "plotly"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "plotly", None)
    with pytest.raises(MissingExtraError, match=r"govbudget\[plot\]"):
        demo_budget().plot()
