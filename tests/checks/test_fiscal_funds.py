"""Forms of all fiscal money（财政拨款） beside those of the general public budget（一般公共预算）."""

from __future__ import annotations

import pytest

import govbudget as gb
from govbudget.model import Fact

SUMMARY = """2024年财政拨款收支总表,,,,,
单位：万元,,,,,
收入,,支出,,,
项目,预算数,项目,预算数,,
一、一般公共预算拨款收入,100.00,一、一般公共服务支出,100.00,,
二、政府性基金预算拨款收入,20.00,二、城乡社区支出,{land},,
收入总计,120.00,支出总计,{whole},,
"""
FISCAL = """2024年财政拨款支出表（功能科目）,,,,,
单位：万元,,,,,
科目编码,科目名称,合计,基本支出,,项目支出
,,,人员经费,公用经费,
合计,合计,{fiscal},50.00,10.00,60.00
201,一般公共服务支出,100.00,50.00,10.00,40.00
20103,政府办公厅（室）及相关机构事务,100.00,50.00,10.00,40.00
2010301,行政运行,100.00,50.00,10.00,40.00
212,城乡社区支出,20.00,,,20.00
21208,国有土地使用权出让收入安排的支出,20.00,,,20.00
2120801,征地和拆迁补偿支出,20.00,,,20.00
"""
FISCAL_BASIC = """2024年财政拨款基本支出表（经济科目）,,,,,
单位：万元,,,,,
科目编码,科目名称,合计,人员经费,公用经费,
合计,合计,60.00,50.00,10.00,
301,工资福利支出,50.00,50.00,,
302,商品和服务支出,10.00,,10.00,
"""
GENERAL = "\n".join(line for line in FISCAL.splitlines() if not line.startswith("212")).replace("{fiscal}", "100.00")
GENERAL = GENERAL.replace("财政拨款支出表", "一般公共预算支出表").replace("50.00,10.00,60.00", "50.00,10.00,40.00")
BASIC = FISCAL_BASIC.replace("财政拨款", "一般公共预算").replace("50.00", "{staff}").replace("60.00", "{basic}")
SOUND = {"land": "20.00", "whole": "120.00", "fiscal": "120.00", "staff": "50.00", "basic": "60.00"}


def book(*forms: str, **wrong: str) -> gb.Budget:
    return gb.read("\n,,,,,\n".join(form.rstrip("\n") for form in forms).format(**{**SOUND, **wrong}).encode())


def about(facts: tuple[Fact, ...], title: str, found: gb.Budget) -> set[tuple[str | None, str | None]]:
    return {
        (fact.coordinate.fund, fact.coordinate.item)
        for fact in facts
        if (form := found.form_of(fact)) is not None and title in form.title
    }


def test_a_form_of_fiscal_money_beside_that_of_the_general_public_budget_is_of_every_fund() -> None:
    found = book(SUMMARY, FISCAL, FISCAL_BASIC, GENERAL, BASIC)
    assert [form.id for form in found.forms] == ["fiscal_summary", *["general", "general_basic"] * 2]
    for title, money in (("财政拨款支出", (None, "fiscal")), ("财政拨款基本", (None, "fiscal"))):
        assert about(found.facts, title, found) == {money}
    assert about(found.facts, "一般公共预算", found) == {("general", None)}
    assert not [one for one in found.check() if one.rule[:3] in {"SUM", "XTB", "CLS", "BAL"}]


def test_alone_it_is_that_of_the_general_public_budget() -> None:
    found = book(SUMMARY, FISCAL)
    assert about(found.facts, "财政拨款支出", found) == {("general", None)}


@pytest.mark.parametrize(
    ("wrong", "cells"),
    [
        ({"land": "30.00", "whole": "130.00"}, {"D6": "XTB002"}),
        ({"staff": "45.00", "basic": "55.00"}, {"D40": "XTB001", "C40": "XTB002"}),
    ],
)
def test_each_is_held_against_its_own(wrong: dict[str, str], cells: dict[str, str]) -> None:
    report = book(SUMMARY, FISCAL, FISCAL_BASIC, GENERAL, BASIC, **wrong).check(select=["XTB001", "XTB002"])
    assert {one.places[0].cell: one.rule for one in report} == cells


def test_what_is_carried_over_keeps_them_apart() -> None:
    carried = SUMMARY.replace("收入总计,120.00", "三、上年结转,5.00,,,,\n收入总计,125.00").replace("{whole}", "125.00")
    carried = carried.replace("一般公共服务支出,100.00", "一般公共服务支出,105.00")
    report = book(carried, FISCAL, FISCAL_BASIC, GENERAL, BASIC).check()
    assert not [one for one in report if one.rule[:3] in {"SUM", "XTB", "BAL"}]
