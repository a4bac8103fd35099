"""Money carried over from last year: some regions print it on the forms of a fund, others do not; both are right."""

from __future__ import annotations

from decimal import Decimal

import pytest

import govbudget as gb
from govbudget.checks import Context, Report

BUDGET = """2024年财政拨款收支总表,,,,
单位：万元,,,,
收入,,支出,,
项目,预算数,项目,合计,一般公共预算
一、本年收入,100.00,一、本年支出,120.00,120.00
（一）一般公共预算拨款,100.00,（一）一般公共服务支出,120.00,120.00
二、上年结转,20.00,,,
（一）一般公共预算拨款,20.00,二、结转下年,,
收入总计,120.00,支出总计,120.00,120.00
,,,,
2024年一般公共预算支出表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
,合计,{total},60.00,{project}
201,一般公共服务支出,{total},60.00,{project}
2010301,行政运行,60.00,60.00,
2010302,一般行政管理事务,{project},,{project}
,,,,
2024年部门支出总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
,合计,120.00,60.00,60.00
2010301,行政运行,60.00,60.00,
2010302,一般行政管理事务,60.00,,60.00
"""


def check(total: str, project: str) -> Report:
    return gb.read(BUDGET.format(total=total, project=project).encode()).check(select=["SUM", "XTB"])


@pytest.mark.parametrize(("total", "project"), [("120.00", "60.00"), ("100.00", "40.00")])
def test_both_ways_of_printing_are_right(total: str, project: str) -> None:
    report = check(total, project)
    assert report.errors == ()
    (outcome,) = [one for one in report.outcomes if one.rule == "XTB001"]
    assert not any("上年结转" in reason.zh for reason in outcome.skipped)  # nor of funds that no form is about


@pytest.mark.parametrize(
    ("total", "scope"),
    [("100.01", "current"), ("99.99", "current"), ("120.01", ""), ("119.99", ""), ("100.02", "?"), ("119.98", "?")],
)
def test_rounding_does_not_hide_which_of_the_two_a_form_holds(total: str, scope: str) -> None:
    text = BUDGET.format(total=total, project=Decimal(total) - 60)
    assert Context(gb.read(text.encode())).scopes["fiscal.general"] == scope


@pytest.mark.parametrize(("total", "scope"), [("100.00", "current"), ("120.00", ""), ("110.00", "?")])
def test_which_of_the_two_a_form_holds_is_told_without_a_year(total: str, scope: str) -> None:
    book = gb.read(BUDGET.replace("2024年", "").format(total=total, project=Decimal(total) - 60).encode())
    assert book.year is None and Context(book).scopes["fiscal.general"] == scope


def test_a_form_that_holds_all_the_money_is_compared_with_all_of_it() -> None:
    text = BUDGET.format(total="120.00", project="60.00").replace(
        "（一）一般公共服务支出,120.00,120.00", "（一）一般公共服务支出,102.00,102.00"
    )
    assert "XTB001" in {finding.rule for finding in gb.read(text.encode()).check().errors}


def test_a_form_that_is_neither_is_not_compared_and_the_reason_is_told() -> None:
    report = check("110.00", "50.00")
    assert report.errors == ()
    (outcome,) = [one for one in report.outcomes if one.rule == "XTB001"]
    assert any("上年结转" in reason.zh for reason in outcome.skipped)


def test_where_all_the_money_is_carried_over_its_forms_hold_it() -> None:
    text = BUDGET.format(total="120.00", project="60.00").replace("100.00", "0.00").replace("20.00,,,", "120.00,,,")
    assert Context(gb.read(text.encode())).scopes["fiscal.general"] == ""


REVENUE = """
2024年部门收入总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,财政拨款收入,事业收入
2010301,行政运行,60.00,60.00,
2010302,一般行政管理事务,{whole},{current},
"""


@pytest.mark.parametrize("whole", ["", "60.00"])
def test_this_years_revenue_is_compared_with_this_years_alone(whole: str) -> None:
    """100.00 of this year is no other printing of the 120.00 that there are with the money carried over."""
    text = BUDGET.format(total="120.00", project="60.00") + REVENUE
    right, wrong = (gb.read(text.format(whole=whole, current=current).encode()) for current in ("40.00", "39.00"))
    assert right.check(select="XTB").errors == ()
    (error,) = wrong.check(select="XTB").errors
    assert (str(error.found), str(error.expected), error.row) == ("100.00", "99.00", "本年收入")


SPLIT = """2024年部门收支总表,,,,,
单位：万元,,,,,
收入,,支出,,,
项目,预算数,项目,预算数,,
一、一般公共预算拨款收入,120.00,一、一般公共服务支出,{services},,
,,二、社会保障和就业支出,50.00,,
收入总计,120.00,支出总计,120.00,,
,,,,,
2024年一般公共预算支出表,,,,,
单位：万元,,,,,
科目编码,科目名称,总计,当年财政拨款,当年财政拨款,上年结转
科目编码,科目名称,总计,基本支出,项目支出,上年结转
,合计,120.00,90.00,30.00,
2010301,行政运行,40.00,40.00,,
2010302,一般行政管理事务,30.00,,30.00,
2080505,机关事业单位基本养老保险缴费支出,50.00,50.00,,
"""


@pytest.mark.parametrize(("services", "wrong"), [("70.00", []), ("71.00", ["70.00", "121.00"])])
def test_a_total_beside_the_natures_of_this_years_money_is_counted_once(services: str, wrong: list[str]) -> None:
    errors = gb.read(SPLIT.format(services=services).encode()).check(select="XTB002").errors
    assert [str(error.expected) for error in errors] == wrong
