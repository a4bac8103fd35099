"""What a notebook shows: the figures as the form prints them, everything escaped, and reprs of one line."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

from govbudget import Agency, Budget, Coordinate, Fact, OptionError, Place, Unit, compare, pivot, subjects, three_public
from govbudget.checks import Finding, Message, Report, Severity
from govbudget.demo import demo_budget
from govbudget.model import PrintedForm
from govbudget.performance.html import table

VOID = {"br", "meta", "input"}


class Reader(HTMLParser):
    """The texts of a fragment; fails where tags do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.cells and {"td", "th"} & set(self.open):
            self.cells[-1] += data


def cells(shown: object) -> list[str]:
    reader = Reader()
    reader.feed(shown._repr_html_())  # type: ignore[attr-defined]
    assert reader.open == []
    return reader.cells


def test_a_budget_lists_its_forms() -> None:
    book = demo_budget()
    found = cells(book)
    for text in ("表3-1", "general_basic", "一般公共预算基本支出预算表", "万元", "86"):
        assert text in found
    assert "支出 950.19 万元" in book._repr_html_()


@pytest.mark.parametrize("which", ["general_basic", "表3-1"])
def test_a_form_shows_every_figure_that_stands_on_it(which: str) -> None:
    book = demo_budget()
    form = book.form(which)
    found = cells(form)
    for fact in book.facts:
        if fact.form == "general_basic":
            assert f"{fact.amount:,}" in found
    assert {"人员经费", "公用经费", "30101", "基本工资"} <= set(found)
    assert repr(form) == "<Form general_basic 一般公共预算基本支出预算表: 86 facts, 0 targets>"


def test_a_form_of_targets_shows_every_indicator() -> None:
    book = demo_budget()
    found = cells(book.form("project_performance"))
    for project in book.projects:
        assert {indicator.name for indicator in project.indicators} <= set(found)


def test_a_form_that_there_is_not() -> None:
    with pytest.raises(OptionError, match=r"general_basic"):
        demo_budget().form("nonesuch")
    with pytest.raises(OptionError, match="—"):
        Budget().form("")


def test_every_form_of_a_budget_can_be_shown() -> None:
    book = demo_budget()
    for form in book.forms:
        assert form.title in book.form(form.id)._repr_html_()


def test_a_report_shows_its_gravest_findings_first() -> None:
    report = demo_budget().check()
    found = cells(report)
    assert found[6:9] == ["错误", "PRF001", "表6!G22"]
    assert "发现 4 处错误" in report._repr_html_()
    assert "未发现问题" in Report(Budget())._repr_html_()
    many = Report(Budget(), (Finding("X1", Severity.INFO, Message("甲", "a")),) * 25)
    assert "另有 5 条" in many._repr_html_()


def test_nothing_of_a_document_becomes_markup() -> None:
    name = "<script>alert(1)</script>"
    fact = Fact(
        Decimal("1.00"),
        Unit.WAN,
        "general",
        name,
        "2010301",
        Coordinate(2024, function="2010301"),
        f"{name}/合计",
        Place("表1", "C3"),
    )
    form = PrintedForm("general", name, Unit.WAN, sheet="表1", last=9, note=name)
    book = Budget([fact], forms=[form], agency=Agency("1", name), year=2024)
    finding = Finding("X1", Severity.ERROR, Message(name, name))
    shown: list[Any] = [book, book.form("general"), Report(book, (finding,)), compare(book, book)]
    for one in shown:
        assert "<script" not in one._repr_html_()
    assert "<script" not in table([name], [[name]], name)


def test_pivots_and_comparisons() -> None:
    book = demo_budget()
    found = cells(pivot(book, "function", "nature", level="类"))
    assert found[:4] == ["功能分类科目", "名称", "基本支出", "项目支出"]
    assert found[4:8] == ["201", "一般公共服务支出", "399.84", "434.55"]
    assert "0.51" in cells(three_public(book))
    changed = attrs.evolve(
        book, year=2025, facts=[attrs.evolve(f, coordinate=attrs.evolve(f.coordinate, year=2025)) for f in book.facts]
    )
    assert cells(compare(book, changed))[3:5] == ["2024年", "2025年"]
    assert repr(three_public(book)) == "<ThreePublic: 达州市政务服务管理局 2024>"


def test_subjects_and_indicators() -> None:
    book = demo_budget()
    assert "行政运行" in subjects(2024)["20103"]._repr_html_()
    assert "电话处理的效率" in cells(book.projects[0])
    assert book.projects[-1]._repr_html_() is None or cells(book.projects[-1])


def test_reprs_are_one_short_line() -> None:
    book = demo_budget()
    fact = book.facts[0]
    assert repr(fact) == "<Fact 950.19 万元 · 一般公共预算拨款收入 · 收入/预算数 · summary · 表1!B6>"
    assert repr(fact.coordinate) == "Coordinate(year=2024, side='revenue', fund='general', origin='current')"
    assert repr(book.forms[0]) == "<PrintedForm 表1 summary 部门收支总表 万元>"
    assert repr(book.projects[0]) == "<Project 专项业务类-大厅窗口电话费: 8 indicators>"
