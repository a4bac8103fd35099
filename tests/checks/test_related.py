"""Figures that hang together without being sums: a part and its whole, 三公 and its subjects, cost of the office."""

from __future__ import annotations

from decimal import Decimal

import pytest

import govbudget as gb
from govbudget.checks import Finding, Severity

GAP = ",,,,,,\n"
THREE = """2024年“三公”经费和机关运行经费预算表,,,,,,
单位：万元,,,,,,
“三公”经费预算数,,,,,,机关运行经费预算数
合计,因公出国（境）费,公务接待费,公务用车购置及运行费,,,
,,,小计,购置费,运行费,
5.00,0.00,{reception},{cars},0.00,{cars},{operation}
"""
BASIC = """2024年一般公共预算基本支出表,,,,,,
单位：元,,,,,,
科目编码,科目名称,合计,人员经费,公用经费,,
,合计,130000.00,80000.00,50000.00,,
301,工资福利支出,80000.00,80000.00,,,
30101,基本工资,60000.00,60000.00,,,
30113,住房公积金,{housing},{housing},,,
302,商品和服务支出,50000.00,,50000.00,,
30217,公务接待费,20000.00,,20000.00,,
30231,公务用车运行维护费,30000.00,,30000.00,,
"""
GENERAL = """2024年一般公共预算支出表,,,,,,
单位：元,,,,,,
科目编码,科目名称,合计,基本支出,项目支出,,
,合计,{total},{total},,,
2010301,行政运行,{office},{office},,,
2210201,住房公积金,20000.00,20000.00,,,
"""
EXPENDITURE = GENERAL.replace("一般公共预算支出表", "部门支出总表")
REVENUE = """2024年部门收入总表,,,,,,
单位：元,,,,,,
科目编码,科目名称,合计,一般公共预算拨款收入,事业收入,,
,合计,150000.00,130000.00,20000.00,,
"""
SOUND = {
    "reception": "2.00",
    "cars": "3.00",
    "operation": "5.00",
    "housing": "20000.00",
    "total": "130000.00",
    "office": "110000.00",
}


def found(rule: str, *forms: str, **wrong: str) -> list[Finding]:
    text = GAP.join(form.format(**{**SOUND, **wrong}) for form in forms)
    return [one for one in gb.read(text.encode()).check() if one.rule == rule]


@pytest.mark.parametrize(
    ("rule", "wrong", "severity", "cell"),
    [
        ("XTB004", {"reception": "1.00", "cars": "4.00"}, Severity.WARNING, "C6"),
        ("XTB006", {"housing": "15000.00"}, Severity.INFO, "D24"),
        ("XTB007", {"operation": "5.01"}, Severity.WARNING, "G6"),
    ],
)
def test_related_figures_that_cannot_both_be_right(
    rule: str, wrong: dict[str, str], severity: Severity, cell: str
) -> None:
    forms = (THREE, BASIC, GENERAL)
    assert found(rule, *forms) == []
    (finding,) = found(rule, *forms, **wrong)
    assert finding.severity is severity
    assert finding.places[0].cell == cell and len(finding.places) == 2
    assert finding.message and finding.english


def test_three_public_expenses_of_projects_come_on_top() -> None:
    assert found("XTB004", THREE, BASIC, reception="2.50", cars="3.20") == []
    assert found("XTB007", THREE, BASIC, operation="4.00") == []


def test_units_are_compared_at_the_coarser_precision() -> None:
    wages = BASIC.replace("50000.00", "50040.00").replace("30000.00", "30040.00")
    assert found("XTB004", THREE, wages) == []
    assert found("XTB007", THREE, BASIC, operation="5.00") == []
    assert len(found("XTB004", THREE, BASIC.replace("30000.00", "30200.00"))) == 1


def test_what_is_not_printed_is_skipped_with_the_reason() -> None:
    report = gb.read(THREE.format(**SOUND).encode()).check(select=["XTB004", "XTB006", "XTB007"])
    assert [outcome.status.value for outcome in report.outcomes] == ["skipped"] * 3


def test_the_general_budget_is_never_more_than_all_funds() -> None:
    general = GENERAL.format(total="130000.00", office="110000.00")
    whole = EXPENDITURE.format(total="150000.00", office="130000.00")
    forms = [REVENUE, whole, general]
    assert found("XTB005", *forms) == []
    wrong = EXPENDITURE.format(total="150000.00", office="100000.00")
    several = found("XTB005", REVENUE, wrong, general)
    assert [(one.severity, one.row, one.column) for one in several] == [
        (Severity.ERROR, "行政运行", "合计"),
        (Severity.ERROR, "行政运行", "基本支出"),
    ]
    # Where nothing but the general budget comes in, the two are one figure, and XTB001 speaks of it.
    alone = REVENUE.replace("150000.00", "130000.00").replace(",20000.00", ",")
    assert found("XTB005", alone, wrong, general) == []
    assert found("XTB001", alone, wrong, general)


YEARS = """2024年一般公共预算支出表,,,,,
单位：万元,,,,,
科目编码,科目名称,2023年预算数,2024年预算数,增减额,增减%
,合计,10.00,12.00,{total},20%
2010301,行政运行,10.00,12.00,{change},20%
"""


def test_a_change_is_this_year_less_last_year() -> None:
    assert found("SUM011", YEARS, total="2.00", change="2.00") == []
    (finding,) = found("SUM011", YEARS, total="2.00", change="3.00")
    assert [place.cell for place in finding.places] == ["E5", "D5", "C5"]
    assert finding.severity is Severity.ERROR
    assert finding.expected == Decimal(2)
    assert "12.00万元 减上年 10.00万元" in finding.message and finding.english
    assert found("SUM011", YEARS, total="2.01", change="2.00") == []
