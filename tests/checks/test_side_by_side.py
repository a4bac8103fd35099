"""Subjects in panels side by side（并列分栏）: one list, wherever its columns stand."""

from __future__ import annotations

import pytest

import govbudget as gb
from govbudget.checks import Report

BASIC = """2024年一般公共预算基本支出表,,,,,,,,
,,,,,,,,单位：万元
人员经费,人员经费,人员经费,公用经费,公用经费,公用经费,公用经费,公用经费,公用经费
科目编码,科目名称,金额,科目编码,科目名称,金额,科目编码,科目名称,金额
301,工资福利支出,90.00,302,商品和服务支出,{goods},30231,公务用车运行维护费,3.00
30101,基本工资,60.00,30201,办公费,8.00,30239,其他交通费用,4.00
30102,津贴补贴,30.00,30211,差旅费,5.00,310,资本性支出,2.00
303,对个人和家庭的补助,6.00,30217,公务接待费,1.00,31002,办公设备购置,2.00
30305,生活补助,6.00,,,,,合计,{public}
,,,,,,,,
2024年一般公共预算支出表,,,,,,,,
,,,,,,,,单位：万元
科目编码,科目名称,合计,基本支出,项目支出,,,,
,合计,139.00,{basic},20.00,,,,
2010301,行政运行,119.00,119.00,,,,,
2010302,一般行政管理事务,20.00,,20.00,,,,
"""


def check(goods: str = "21.00", public: str = "23.00", basic: str = "119.00") -> Report:
    text = BASIC.format(goods=goods, public=public, basic=basic)
    return gb.read(text.encode()).check(select=["SUM", "XTB"])


def test_a_list_that_goes_on_beside_itself_adds_up() -> None:
    assert check().errors == ()


@pytest.mark.parametrize(
    ("wrong", "cell"), [({"goods": "31.00"}, "F5"), ({"public": "33.00"}, "I9"), ({"basic": "129.00"}, "D14")]
)
def test_a_wrong_figure_of_such_a_list_is_found(wrong: dict[str, str], cell: str) -> None:
    assert cell in {place.cell for error in check(**wrong).errors for place in error.places[:1]}


def test_a_total_that_bears_a_name_of_its_own_is_not_counted_with_the_subjects() -> None:
    named = "30305,生活补助,6.00,,,,,,\n人员经费合计,,96.00,,,,,合计,23.00"
    text = BASIC.format(goods="21.00", public="23.00", basic="119.00")
    text = text.replace("30305,生活补助,6.00,,,,,合计,23.00", named)
    assert gb.read(text.encode()).check(select=["SUM", "XTB"]).errors == ()


BOTH = """2024年一般公共预算基本支出表（按经济分类）,,,,,
,,,,,单位：万元
部门预算支出经济分类,部门预算支出经济分类,部门预算支出经济分类,政府预算支出经济分类,政府预算支出经济分类,政府预算支出经济分类
科目编码,科目名称,金额,科目编码,科目名称,金额
301,工资福利支出,90.00,501,机关工资福利支出,90.00
30101,基本工资,60.00,50101,工资奖金津补贴,90.00
30102,津贴补贴,30.00,502,机关商品和服务支出,{goods}
302,商品和服务支出,13.00,50201,办公经费,13.00
30201,办公费,13.00,,,
,,,,合计,103.00
"""


@pytest.mark.parametrize(("goods", "cells"), [("13.00", set()), ("14.00", {"F7"})])
def test_the_two_economic_classifications_are_two_lists(goods: str, cells: set[str]) -> None:
    report = gb.read(BOTH.format(goods=goods).encode()).check(select=["SUM", "XTB"])
    assert {error.places[0].cell for error in report.errors} == cells


SUMMARY = """部门综合预算收支总表,,,,,,,
,,,,,,,单位：万元
收入,收入,支出,支出,支出,支出,支出,支出
项目,预算数,支出功能分科目（按大类）,预算数,部门预算支出经济分类科目（按大类）,预算数,政府预算支出经济分类科目（按大类）,预算数
一、部门预算,100.00,一、部门预算,100.00,一、部门预算,100.00,一、部门预算,100.00
1、财政拨款,100.00,1、社会保障和就业支出,{social},1、人员经费和公用经费支出,70.00,1、机关工资福利支出,60.00
(1)一般公共预算拨款,100.00,2、农林水支出,80.00,(1)工资福利支出,60.00,2、机关商品和服务支出,{goods}
,,,,(2)商品和服务支出,10.00,,
,,,,2、专项业务经费支出,{project},,
,,,,(1)商品和服务支出,30.00,,
本年收入合计,100.00,本年支出合计,100.00,本年支出合计,100.00,本年支出合计,100.00
收入总计,100.00,支出总计,100.00,支出总计,100.00,支出总计,100.00
"""


@pytest.mark.parametrize(
    ("wrong", "cell"),
    [({}, None), ({"social": "25.00"}, "D6"), ({"goods": "45.00"}, "H7"), ({"project": "35.00"}, "F9")],
)
def test_three_lists_of_expenditure_beside_each_other_are_each_summed(wrong: dict[str, str], cell: str | None) -> None:
    text = SUMMARY.format(**{"social": "20.00", "goods": "40.00", "project": "30.00", **wrong})
    report = gb.read(text.encode()).check(select=["SUM", "XTB"])
    assert len(report.errors) == 0 if cell is None else cell in {place.cell for place in report.errors[0].places}
