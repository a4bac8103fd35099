"""Procurement: three at five thousand are fifteen thousand, and the total is what is bought."""

from __future__ import annotations

import pytest

import govbudget as gb
from govbudget.checks import Finding, Severity

FORM = """政府采购预算表,,,,,,,,
单位：元,,,,,,,,
单位代码,单位名称,项目,政府采购品目,功能科目,采购数量,单价（元）,计量单位,采购金额合计
,合计,,,,,,,{total}
016001,某局本级,,,,,,,{total}
016001,某局本级,台式机采购,[A02010105]台式计算机,[2010302]一般行政管理事务,{quantity},{price},台,15000.00
016001,某局本级,物业服务,[C21040000]物业管理服务,[2010302]一般行政管理事务,1,80000,年,80000.00
"""
SOUND = {"total": "95000.00", "quantity": "3", "price": "5000.00"}


def found(rule: str, **wrong: str) -> list[Finding]:
    return list(gb.read(FORM.format(**{**SOUND, **wrong}).encode()).check(select=rule))


def test_a_sound_form_has_nothing_to_say() -> None:
    assert found("PUR") == []


def test_quantity_times_price_is_the_amount() -> None:
    (finding,) = found("PUR001", price="6000.00")
    assert finding.severity is Severity.WARNING
    assert [place.cell for place in finding.places] == ["I6", "G6"]
    assert finding.expected == 18000
    assert "数量 3 × 单价 6000.00元" in finding.message and finding.english


@pytest.mark.parametrize("quantity", ["若干", ""])
def test_a_quantity_without_figures_is_not_judged(quantity: str) -> None:
    assert found("PUR001", quantity=quantity, price="6000.00") == []


def test_the_price_of_many_is_rounded() -> None:
    assert found("PUR001", price="4999.9999") == []


def test_the_total_is_what_is_bought() -> None:
    several = found("PUR002", total="96000.00")
    assert {finding.places[0].cell for finding in several} == {"I4", "I5"}
    assert {finding.severity for finding in several} == {Severity.ERROR}


def test_a_form_without_purchases_is_skipped() -> None:
    form = "政府采购预算表,\n单位：元,\n项目,合计\n合计,5.00\n货物类,5.00\n"
    (outcome,) = gb.read(form.encode()).check(select="PUR001").outcomes
    assert outcome.status.value == "skipped"
