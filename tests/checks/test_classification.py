"""Subjects against the catalogue of the year: what is said, how sure it is, and what is let pass."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from tests.looks.books import synthetic_books
from tests.looks.districts import district_books
from tests.looks.measure import Book

import govbudget as gb
from govbudget.amounts import Unit
from govbudget.checks import Finding, Severity, check
from govbudget.classification import Level, subjects
from govbudget.strategies import function_subjects

GENERAL = """2024年一般公共预算支出表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
,合计,20.00,16.00,4.00
201,一般公共服务支出,12.00,8.00,4.00
20103,政府办公厅（室）及相关机构事务,12.00,8.00,4.00
{code},{name},8.00,8.00,
2010302,一般行政管理事务,4.00,,4.00
208,社会保障和就业支出,8.00,8.00,
{section}2080505,机关事业单位基本养老保险缴费支出,8.00,8.00,
"""
SOUND = {"code": "2010301", "name": "行政运行", "section": "20805,行政事业单位养老支出,8.00,8.00,\n"}


def found(text: str, rule: str = "CLS") -> list[Finding]:
    return list(gb.read(text.encode()).check(select=rule))


def general(**wrong: str) -> str:
    return GENERAL.format(**{**SOUND, **wrong})


def test_a_sound_form_has_nothing_to_say() -> None:
    assert found(general()) == []


@pytest.mark.parametrize(
    ("rule", "wrong", "cell", "told"),
    [
        ("CLS001", {"code": "2010319"}, "B7", "2010319"),
        ("CLS002", {"name": "住房公积金"}, "B7", "行政运行"),
        ("CLS003", {"name": "一般公共服务支出"}, "B7", "类级科目 201"),
        ("CLS004", {"section": ""}, "B10", "20805 行政事业单位养老支出"),
    ],
)
def test_a_wrong_row_is_named_with_its_cell(rule: str, wrong: dict[str, str], cell: str, told: str) -> None:
    (finding,) = found(general(**wrong))
    assert (finding.rule, finding.severity) == (rule, Severity.WARNING)
    assert finding.places[0].cell == cell
    assert told in finding.message
    assert finding.english


def test_a_code_of_other_editions_is_said_to_be_of_all_of_them() -> None:
    """信访事务 stood under 201 03 in every edition until 2023."""
    (finding,) = found(general(code="2010308", name=subjects(2023)["2010308"].name), "CLS001")
    assert "（见于 2019-2023 年版）" in finding.message
    assert "(listed in 2019-2023)" in finding.english


def test_a_form_that_prints_items_only_misses_no_subtotal() -> None:
    items = "\n".join(
        line for line in general().splitlines() if not line.startswith(("201,", "20103,", "208,", "20805,"))
    )
    assert found(items) == []


def test_how_sure_the_catalogue_is_decides_how_loud_a_name_is() -> None:
    catalogue = subjects(2024)
    never = next(s for s in catalogue.functions if s.level is Level.ITEM and s.status == "standard")
    (finding,) = found(general(code=never.code, name="完全不同的名称"), "CLS002")
    assert finding.severity is Severity.INFO
    assert "未见于公开文件" in finding.message


@pytest.mark.parametrize(
    ("code", "name", "severity", "told"),
    [
        ("20805", "行政事业单位离退休", Severity.WARNING, "2019 年及以前"),
        ("2130199", "其他农业支出", Severity.INFO, "2019 年及以前"),
    ],
)
def test_a_name_that_the_year_renamed_is_told_with_the_year(
    code: str, name: str, severity: Severity, told: str
) -> None:
    text = general().replace("20805,行政事业单位养老支出", f"{code},{name}")
    (finding,) = found(text, "CLS006")
    assert (finding.severity, finding.expected) == (severity, subjects(2024)[code].name)
    assert told in finding.message
    assert found(text, "CLS002,CLS003") == []
    assert found(text.replace("2024年", "2019年"), "CLS006") == []


def test_a_subject_of_government_funds_is_no_general_one() -> None:
    text = general(code="2120801", name="征地和拆迁补偿支出")
    (finding,) = found(text, "CLS005")
    assert finding.severity is Severity.INFO
    assert "政府性基金预算" in finding.message
    turned = {finding.row for finding in found(text.replace("一般公共预算支出表", "政府性基金预算支出表"), "CLS005")}
    assert "一般行政管理事务" in turned and "征地和拆迁补偿支出" not in turned


def test_your_own_official_table_decides(tmp_path: Path) -> None:
    path = tmp_path / "subjects.csv"
    path.write_text("科目编码,科目名称\n2010319,新设科目\n2010301,机关运行\n", encoding="utf-8")
    own = gb.load_subjects(path, year=2024)
    book = gb.read(general(code="2010319", name="新设科目").encode())
    assert [finding.rule for finding in book.check(select="CLS")] == ["CLS001"]
    assert [finding.rule for finding in book.check(select="CLS", catalogue=own)] == []
    (finding,) = gb.read(general().encode()).check(select="CLS", catalogue=own)
    assert finding.expected == "机关运行"
    assert own.official in finding.message


def test_without_a_year_names_of_other_years_are_not_judged() -> None:
    report = gb.read(general().replace("2024年", "").encode()).check(select="CLS006")
    assert report.outcomes[0].skipped


@given(function_subjects(2024))
def test_no_subject_of_the_catalogue_is_ever_questioned(subject: gb.FunctionSubject) -> None:
    fund = subject.fund if subject.fund in {"general", "government_fund", "state_capital"} else None
    at = gb.Coordinate(year=2024, side="expenditure", function=subject.code, fund=fund)
    fact = gb.Fact(Decimal(1), Unit.WAN, "general", subject.name, subject.code, at)
    assert list(check(gb.Budget(facts=[fact], year=2024), select="CLS")) == []


@pytest.mark.parametrize("book", synthetic_books() + district_books(), ids=lambda book: book.name)
def test_other_districts_are_not_questioned(book: Book) -> None:
    assert list(map(str, gb.read(book.data).check(select="CLS"))) == []


def test_what_is_said_is_never_an_error() -> None:
    report = gb.read(general(code="2010319", name="乱写", section="").encode()).check(select="CLS")
    assert report.ok and len(report) > 1
