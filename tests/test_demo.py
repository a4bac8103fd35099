"""The packaged budget: the figures that were published, and the mistakes that were published with them."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from rich.console import Console
from tests.scripts import script

import govbudget
from govbudget import Budget, read
from govbudget.checks import Report, Severity
from govbudget.demo import NAME, demo_budget, run_demo

TARGETS = {"project_performance", "overall_performance"}
FACTS = {
    "summary": 9,
    "expenditure": 31,
    "fiscal_summary": 12,
    "general": 22,
    "general_basic": 86,
    "general_project": 25,
    "three_public": 12,
    "project_performance": 22,
    "overall_performance": 3,
}
EMPTY = ["fund", "fund_three_public", "capital"]


@pytest.fixture(scope="module")
def book() -> Budget:
    return demo_budget()


@pytest.fixture(scope="module")
def report(book: Budget) -> Report:
    return book.check()


def test_it_is_read_as_what_it_is(book: Budget) -> None:
    assert book.agency is not None
    assert (book.agency.code, book.agency.name) == ("127", "达州市政务服务管理局")
    assert (book.year, book.family, book.source) == (2024, "sichuan", NAME)
    assert book.unread == ()


def test_its_forms_and_how_many_amounts_each_prints(book: Budget) -> None:
    counted = {form.id: sum(fact.form == form.id for fact in book.facts) for form in book.forms}
    assert counted == {**FACTS, **dict.fromkeys(EMPTY, 0)}
    assert [form.id for form in book.forms if form.empty] == EMPTY


@pytest.mark.parametrize(
    ("form", "name", "column", "amount"),
    [
        ("summary", "收入总计", "收入/预算数", "950.19"),
        ("summary", "支出总计", "支出/预算数", "950.19"),
        ("expenditure", "合计", "合计", "950.19"),
        ("general", "合计", "合计", "950.19"),
        ("general_basic", "合计", "基本支出/合计", "515.64"),
        ("general_project", "合计", "金额", "434.55"),
    ],
)
def test_its_totals(book: Budget, form: str, name: str, column: str, amount: str) -> None:
    found = {
        fact.amount
        for fact in book.facts
        if (fact.form, fact.name, fact.column) == (form, name, column) and not fact.code
    }
    assert found == {Decimal(amount)}


def test_its_projects_and_indicators(book: Budget) -> None:
    assert len(book.projects) == 21
    assert len(book.targets) == 22
    assert sum(len(printed.target.indicators) for printed in book.targets) == 157


def test_it_holds_no_prose(book: Budget) -> None:
    for printed in book.targets:
        target = printed.target
        assert target.goal == ""
        assert all(text in {agency.name for agency in book.agencies} for _, text in target.head)
        assert all(len(indicator.value_text) <= 20 and not indicator.note for indicator in target.indicators)


def test_no_error_on_any_form_of_amounts(report: Report) -> None:
    assert {finding.form for finding in report.errors} <= TARGETS


def test_differences_of_rounding_are_told_as_such(report: Report) -> None:
    differences = [finding for finding in report if finding.form not in TARGETS and finding.difference is not None]
    assert differences
    for finding in differences:
        assert finding.severity is Severity.INFO
        assert finding.difference is not None
        assert abs(finding.difference) == Decimal("0.01")


def test_the_four_wrong_sums_of_weights(report: Report) -> None:
    weights = [finding for finding in report if finding.rule == "PRF001"]
    assert sorted(Decimal(str(finding.found)) for finding in weights) == [75, 80, 80, 105]
    assert {finding.form for finding in weights} == {"project_performance"}
    assert all(finding.places for finding in weights)


def test_the_cost_cap_above_its_budget(report: Report) -> None:
    (cap,) = [finding for finding in report if finding.rule == "PRF002"]
    assert "13万元" in cap.message
    assert "5.00万元" in cap.message


def test_the_demo_prints_and_writes(tmp_path: Path, book: Budget, report: Report) -> None:
    stream = io.StringIO()
    workbook, other, page = run_demo(tmp_path / "out", Console(file=stream, width=100))
    shown = stream.getvalue()
    assert {workbook.name, other.name, page.name} == {path.name for path in (tmp_path / "out").iterdir()}
    for text in ("达州市政务服务管理局", "950.19", "PRF001", "PRF002", str(workbook), str(other), str(page)):
        assert text in shown
    assert read(workbook).facts == book.facts
    converted = read(other)
    assert (converted.family, converted.unread) == ("chongqing", ())
    assert {fact.yuan for fact in converted.facts if fact.name == "支出总计"} == {Decimal("9501900")}
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert all(finding.rule in html for finding in report)


def test_the_figures_are_those_of_the_published_budget(book: Budget, shared: Path) -> None:
    source = shared / "workbooks" / NAME
    assert read(source).facts == book.facts
    truth = json.loads(source.with_suffix(".truth.json").read_text(encoding="utf-8"))
    rows = [row for row in (truth if isinstance(truth, list) else truth["rows"]) if "amount" in row]
    assert sorted((row["form"], Decimal(row["amount"])) for row in rows) == sorted(
        (fact.form, fact.amount) for fact in book.facts
    )


def test_the_script_makes_the_committed_workbook(shared: Path, tmp_path: Path, book: Budget) -> None:
    script("build_demo").main(shared / "workbooks" / NAME, tmp_path / NAME)
    made = read(tmp_path / NAME)
    assert made == book
    assert [attrs.asdict(target) for target in made.targets] == [attrs.asdict(target) for target in book.targets]


def test_the_source_is_told() -> None:
    data = Path(govbudget.__file__).parent / "data"
    notes = (data / "SOURCES.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in notes for path in data.iterdir() if path.suffix == ".xlsx")
