"""人员经费 and 公用经费 as rows of their own among the economic subjects（人员经费合计、公用经费合计）."""

from __future__ import annotations

import pytest

import govbudget as gb
from govbudget.checks import Finding

HEAD = """2024年一般公共预算支出表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
,合计,140.00,119.00,21.00
2010301,行政运行,140.00,119.00,21.00
,,,,
2024年一般公共预算基本支出表,,,,
单位：万元,,,,
"""
ONE_COLUMN = "科目编码,科目名称,2024年预算数,,\n"
BY_COST = "科目编码,科目名称,合计,人员经费,公用经费\n"
PERSONNEL = """301,工资福利支出,80.00{p80}
30101,基本工资,80.00{p80}
303,对个人和家庭的补助,16.00{p16}
30305,生活补助,16.00{p16}
"""
PUBLIC = """302,商品和服务支出,23.00{c23}
30201,办公费,23.00{c23}
"""
TOTAL = "合 计,合计,119.00{both}\n"


def book(
    first: str, second: str, *, above: bool, header: str, wrong: tuple[str, str] = ("", ""), blank: str = ""
) -> gb.Budget:
    """The form with its sums of costs above or under the subjects that they hold; one of them may be wrong."""
    by_cost = header is BY_COST
    costs = [f"{first},96.00{f',96.00,{blank}' if by_cost else ',,'}\n"]
    costs += [f"{second},23.00{f',{blank},23.00' if by_cost else ',,'}\n"]
    listed = [PERSONNEL, PUBLIC]
    rows = [*zip(costs, listed)] if above else [*zip(listed, costs)]
    text = HEAD + header + "".join(part for pair in rows for part in pair) + TOTAL
    figures = {"p80": ",80.00,", "p16": ",16.00,", "c23": ",,23.00", "both": ",96.00,23.00"}
    text = text.format(**figures if by_cost else dict.fromkeys(figures, ",,"))
    return gb.read(text.replace(*wrong, 1).encode())


def sums(found: gb.Budget) -> list[Finding]:
    return [one for one in found.check() if one.rule[:3] in {"SUM", "XTB"}]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("人员经费合计,", "公用经费合计,"),
        (",人员经费小计", ",公用经费小计"),
        ("人员经费合计,人员经费合计", "公用经费合计,公用经费合计"),
        (",一、人员经费", ",二、公用经费"),
        (",（一）人员支出", ",（二）日常公用支出"),
    ],
)
@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("header", [ONE_COLUMN, BY_COST])
def test_a_row_of_a_cost_is_no_agency(first: str, second: str, above: bool, header: str) -> None:
    found = book(first, second, above=above, header=header)
    assert not found.agencies and not found.unread
    assert all(fact.coordinate.agency is None for fact in found.facts)
    rows = [one for one in found.facts if one.form == "general_basic" and not one.code and one.name != "合计"]
    assert {(one.coordinate.cost, str(one.amount)) for one in rows} == {("personnel", "96.00"), ("public", "23.00")}
    assert sums(found) == []


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("header", [ONE_COLUMN, BY_COST])
@pytest.mark.parametrize(
    "wrong", [("员经费合计,,96.00", "员经费合计,,69.00"), ("用经费合计,,23.00", "用经费合计,,32.00")]
)
def test_the_sum_of_a_cost_is_held_against_the_whole(above: bool, header: str, wrong: tuple[str, str]) -> None:
    found = book("人员经费合计,", "公用经费合计,", above=above, header=header, wrong=wrong)
    assert {one.rule for one in sums(found)} >= {"SUM003"}


def test_what_the_other_cost_has_in_such_a_row_is_of_neither() -> None:
    assert not sums(book("人员经费合计,", "公用经费合计,", above=False, header=BY_COST, blank="0.00"))


def test_the_figures_of_such_a_row_are_printings_of_one() -> None:
    wrong = ("员经费合计,,96.00", "员经费合计,,69.00")
    found = book("人员经费合计,", "公用经费合计,", above=False, header=BY_COST, wrong=wrong)
    twice = [one for one in sums(found) if one.rule == "XTB001"]
    assert [one.places[0].cell for one in twice] == ["C14"]
