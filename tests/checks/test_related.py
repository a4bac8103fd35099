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


def test_related_figures_of_a_budget_without_a_year() -> None:
    forms = [form.replace("2024年", "") for form in (THREE, BASIC)]
    assert gb.read(forms[0].format(**SOUND).encode()).year is None
    assert found("XTB004", *forms) == []
    assert [one.places[0].cell for one in found("XTB004", *forms, reception="1.00", cars="4.00")] == ["C6"]


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


@pytest.mark.parametrize(
    "header",
    [
        "上年数,本年数,增减数,增减率",
        "2023年年初预算数,2024年年初预算数,增减金额,增减%",
        "2023年合计,2024年合计,与上年相比增减,增减%",
        "上年预算数,本年预算数,增（+）减（-）额,增减%",
        "上年年初预算数,本年年初预算数,增（减）额,增减%",
        "上年执行数,本年预算数,比上年执行数增减,增减%",
    ],
)
def test_a_change_by_other_names(header: str) -> None:
    form = YEARS.replace("2023年预算数,2024年预算数,增减额,增减%", header)
    assert found("SUM011", form, total="2.00", change="2.00") == []
    (finding,) = found("SUM011", form, total="2.00", change="3.00")
    assert [place.cell for place in finding.places] == ["E5", "D5", "C5"]


SPENT = """2024年一般公共预算支出表,,,,,,,
单位：万元,,,,,,,
功能分类科目,,2023年执行数{more},2024年预算数,,,2024年预算数比2023年执行数{less},
科目编码,科目名称,执行数{under},小计,基本支出,项目支出,增减额,增减%
,合计,10.00{spent},12.00,12.00,,2.00,20.00
2010301,行政运行,10.00{spent},12.00,12.00,,{change},20.00
"""


def test_a_change_against_what_was_spent() -> None:
    plain = {"more": "", "less": "", "under": "", "spent": ""}
    assert found("SUM011", SPENT, change="2.00", **plain) == []
    (finding,) = found("SUM011", SPENT, change="3.00", **plain)
    assert [place.cell for place in finding.places] == ["G6", "D6", "C6"]


@pytest.mark.parametrize(
    "more",
    [
        {"more": "", "less": "（扣除基建投资）", "under": "", "spent": ""},
        {"more": ",", "less": "", "under": ",扣除基建投资后的执行数", "spent": ",9.00"},
    ],
)
def test_a_change_that_leaves_investment_out_is_not_judged(more: dict[str, str]) -> None:
    assert found("SUM011", SPENT, change="3.00", **more) == []


LISTED = """2024年“三公”经费和机关运行经费预算表,,,
单位：万元,,,
项目,2023年预算数,2024年预算数,增减额
“三公”经费合计,10.00,12.00,{total}
1.因公出国（境）费用,1.00,1.00,0.00
2.公务接待费,4.00,5.00,1.00
3.公务用车购置及运行费,5.00,6.00,{cars}
其中：公务用车购置费,0.00,0.00,0.00
公务用车运行费,5.00,6.00,1.00
机关运行经费,6.00,{operation},-1.00
"""
SMALL = """2024年一般公共预算基本支出表,,,
单位：万元,,,
科目编码,科目名称,金额,
,人员经费合计,9.00,
,公用经费合计,5.50,
,合计,14.50,
"""


def test_changes_of_the_three_public_expenses_one_a_row() -> None:
    sound = {"total": "2.00", "cars": "1.00", "operation": "5.00"}
    assert found("SUM011", LISTED, **sound) == []
    (finding,) = found("SUM011", LISTED, **{**sound, "cars": "-1.00"})
    assert finding.row == "3.公务用车购置及运行费" and finding.expected == Decimal(1)
    (finding,) = found("SUM011", LISTED, **{**sound, "operation": "5.50"})
    assert finding.row == "机关运行经费"


def test_agency_operation_as_a_line_is_that_of_this_year() -> None:
    sound = {"total": "2.00", "cars": "1.00"}
    assert found("XTB007", LISTED, SMALL, operation="5.50", **sound) == []
    (finding,) = found("XTB007", LISTED, SMALL, operation="5.60", **sound)
    assert [place.cell for place in finding.places] == ["C10", "C16"]


def test_agency_operation_as_a_line_is_held_against_the_words() -> None:
    form = LISTED.format(total="2.00", cars="1.00", operation="5.00")
    words = "2024年本部门机关运行经费预算{}万元。"
    for amount, rules in (("5.00", set()), ("5.10", {"NAR001"})):
        book = gb.read(f"{words.format(amount)}\n\n{form}".replace(",", "\t").encode())
        assert {one.rule for one in book.check(select="NAR001")} == rules


@pytest.mark.parametrize("rate", ["", "增减率,20.00,20.00,20.00,0.00,20.00,25.00\n"])
def test_changes_under_the_years(rate: str) -> None:
    form = """2024年“三公”经费支出表,,,,,,
单位：万元,,,,,,
年度,合计,因公出国（境）费,公务用车购置及运行费,,,公务接待费
,,,小计,公务用车购置费,公务用车运行费,
2023年,10.00,1.00,5.00,0.00,5.00,4.00
2024年,12.00,1.00,6.00,0.00,6.00,5.00
增减额,{total},0.00,1.00,0.00,{cars},1.00
"""
    book = gb.read((form.format(total="2.00", cars="1.00") + rate).encode())
    assert not [one for one in book.check() if one.rule[:3] in {"SUM", "XTB"}] and not book.unread
    (finding,) = found("SUM011", form + rate, total="3.00", cars="1.00")
    assert [place.cell for place in finding.places] == ["B7", "B6", "B5"]
    (finding,) = found("SUM011", form + rate, total="2.00", cars="-1.00")
    assert [place.cell for place in finding.places] == ["F7", "F6", "F5"]
