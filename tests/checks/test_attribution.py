"""The likeliest wrong figure is named first, with the amount that would be right; one cause is told once."""

from __future__ import annotations

import csv
import io
import re

import attrs
import pytest
from openpyxl import Workbook

import govbudget as gb
from govbudget.checks import Severity, check
from govbudget.checks.attribution import suspects
from govbudget.checks.context import Context
from govbudget.checks.rules import rule_book
from govbudget.demo import demo_budget

CROSSED = """部门支出总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
,合计,24.00,16.00,8.00
201,一般公共服务支出,12.00,8.00,4.00
2010301,行政运行,8.00,{wrong},
2010302,一般行政管理事务,4.00,,4.00
208,社会保障和就业支出,12.00,8.00,4.00
2080501,行政单位离退休,8.00,8.00,
2080502,事业单位离退休,4.00,,4.00
"""
PLAIN = """部门支出总表,,
单位：万元,,
科目编码,科目名称,合计
,合计,9.00
2010301,行政运行,5.00
2010302,一般行政管理事务,3.00
"""


def test_the_figure_that_mends_most_is_first_and_named_with_its_correction() -> None:
    assert gb.read(CROSSED.format(wrong="8.00").encode()).check(select="SUM").findings == ()
    errors = gb.read(CROSSED.format(wrong="9.50").encode()).check(select="SUM").errors
    assert {finding.rule for finding in errors} == {"SUM002", "SUM004"}
    for finding in errors:
        assert finding.places[0].cell == "D6"
        assert finding.message.endswith("疑为 D6 的 9.50 有误，改为 8.00万元 则 2 处勾稽相符")
        assert "D6 with 9.50 is the likeliest wrong one: 8.00" in finding.english


def test_how_many_laws_a_correction_mends_and_spoils() -> None:
    """行政运行 is two too much: its row and its class miss it; the class itself stands in laws that hold."""
    context = Context(gb.read(CROSSED.format(wrong="9.50").encode()))
    for one in rule_book(()):
        if one.code.startswith("SUM"):
            list(one.check(context))
    ranked = {suspect.fact.place.cell: suspect for several in suspects(context).values() for suspect in several}
    assert {cell: (one.mended, one.spoiled) for cell, one in ranked.items()} == {
        "D6": (2, 0),  # the figure itself
        "C6": (1, 1),  # its total, which the class's total is right about
        "D5": (1, 2),  # its class, of which the row and the column of 合计 are right
    }


def test_where_any_of_several_may_be_wrong_none_is_blamed() -> None:
    (finding,) = gb.read(PLAIN.encode()).check(select="SUM").errors
    assert finding.places[0].cell == "C4"
    assert "疑为" not in finding.message


def test_the_places_are_the_same_cells_in_whatever_order() -> None:
    book = demo_budget()
    index = next(i for i, fact in enumerate(book.facts) if fact.form == "expenditure" and fact.code)
    wrong = attrs.evolve(book.facts[index], amount=book.facts[index].amount + 7)
    report = check(attrs.evolve(book, facts=[*book.facts[:index], wrong, *book.facts[index + 1 :]]), select="SUM,XTB")
    assert report.errors
    for finding in report.errors:
        assert len(set(finding.places)) == len(finding.places)
        assert wrong.place in finding.places


@pytest.mark.parametrize(("amount", "whole"), [("277.00", "285.00"), ("75.00", "83.00")])
def test_a_total_over_rows_that_miss_it_is_told_once(amount: str, whole: str) -> None:
    projects = f"""项目支出表,,,,
单位：万元,,,,
项目编码,项目名称,项目单位,合计,
,合计,,{whole},
11,人员类,,8.00,
42130323016Y000000001,基本工资,某局,8.00,
22,其他运转类,,{amount},
42130323016Y000000101,窗口服务,某局,70.00,
42130323016Y000000102,设备维修,某局,7.00,
"""
    expenditure = f"""支出总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
,合计,{whole},8.00,{amount}
2010302,一般行政管理事务,{whole},8.00,{amount}
"""
    book = gb.read((expenditure + ",,,,\n" + projects).encode())
    errors = [finding for finding in book.check().findings if finding.severity is Severity.ERROR]
    assert [finding.rule for finding in errors] == ["SUM007"]
    assert [finding.rule for finding in book.check(select="XTB").errors] == ["XTB002"]


def test_what_an_unknown_column_holds_is_not_missed() -> None:
    form = """部门收入总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,一般公共预算拨款收入,事业收入,从前没有听说过的收入
,合计,{total},10.00,5.00,3.00
2010301,行政运行,{total},10.00,5.00,3.00
"""
    report = gb.read(form.format(total="18.00").encode()).check(select="SUM001")
    assert report.findings == () and report.outcomes[0].skipped
    assert len(gb.read(form.format(total="19.00").encode()).check(select="SUM001").errors) == 2


def test_a_figure_that_sums_left_out_because_it_is_text_is_told_as_such() -> None:
    """Excel reckoned the totals without D6, a text: what is wrong is how it is stored, not the figure."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in csv.reader(io.StringIO(CROSSED.format(wrong="8.00"))):
        page.append([float(text) if re.fullmatch(r"\d+\.\d+", text) else text for text in row])
    page["D6"] = "8.00"
    for cell in ("C4", "D4", "C5", "D5", "C6"):
        page[cell] = float(str(page[cell].value)) - 8
    data = io.BytesIO()
    book.save(data)
    errors = gb.read(data.getvalue()).check(select="SUM").errors
    assert errors
    for finding in errors:
        assert finding.places[0].cell == "D6"
        assert "疑为 Sheet!D6 的 8.00 以文本存储，公式求和时漏掉" in finding.message
        assert "is stored as text" in finding.english


def test_a_figure_whose_correction_would_break_as_much_as_it_mends_is_not_blamed() -> None:
    """支出总计 is what its parts add up to: to make it 收入总计 would move the fault to the line above."""
    text = """部门收支总表,,,
单位：万元,,,
收入,,支出,
项目,预算数,项目,预算数
一般公共预算拨款收入,9.00,一般公共服务支出,10.00
本年收入合计,9.00,本年支出合计,10.00
上年结转,0.00,结转下年,0.00
收入总计,9.00,支出总计,10.00
"""
    (finding,) = [one for one in gb.read(text.encode()).check().errors if one.rule == "BAL001"]
    assert "疑为" not in finding.message and "likeliest" not in finding.english
