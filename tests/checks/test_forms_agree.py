"""The rules between forms, whole: which of two printings is at fault, where both stand, and what is said of them."""

from __future__ import annotations

import attrs
import pytest
from tests.checks.test_rules import BASIC, EXPENDITURE, SUMMARY, target

import govbudget as gb
from govbudget.checks import Finding

GAP = ",,,,\n"
SPENT = EXPENDITURE.format(total="12.00", basic="8.00", item="8.00")
ITEMS = "".join(line for line in SPENT.splitlines(keepends=True) if not line.startswith(("201,", "20103,")))
GENERAL = SPENT.replace("部门支出总表", "一般公共预算支出表")
WAGES = BASIC.format(personnel="6.00", wages="4.00")
SOUND = SUMMARY.format(office="12.00", grand="12.00")
WITHOUT_TOTALS = SOUND.replace("收入总计,12.00,支出总计,12.00\n", "")


def found(rule: str, *forms: str) -> list[Finding]:
    return list(gb.read(GAP.join(forms).encode()).check(select=rule))


def figures(finding: Finding) -> tuple[str, str, str]:
    return str(finding.found), str(finding.expected), str(finding.difference)


def cells(finding: Finding) -> list[str]:
    return [place.cell for place in finding.places]


def test_of_three_printings_the_one_that_stands_alone_is_at_fault() -> None:
    for position in (0, 1):
        forms = [SPENT, GENERAL]
        forms[position] = forms[position].replace(",合计,12.00,8.00", ",合计,12.00,9.00")
        (one,) = found("XTB001", SOUND, *forms, WAGES)
        assert figures(one) == ("9.00", "8.00", "1.00")
        assert cells(one) == (["D13", "D22"] if position == 0 else ["D22", "D13"])
        assert one.severity.value == "error"


def test_of_two_printings_the_first_in_the_document_counts_in_whatever_order_the_facts_come() -> None:
    other = GENERAL.replace(",合计,12.00,8.00", ",合计,12.00,9.00")
    book = gb.read(GAP.join([SOUND, SPENT, other]).encode())
    for facts in (book.facts, book.facts[::-1]):
        (one,) = attrs.evolve(book, facts=facts).check(select="XTB001").findings
        assert (figures(one), cells(one)) == (("9.00", "8.00", "1.00"), ["D22", "D13"])


def test_a_total_in_two_rows_of_one_form_is_held_against_itself() -> None:
    wrong = SOUND.replace("12.00,本年支出合计", "13.00,本年支出合计")
    (one,) = found("XTB001", wrong)
    assert (cells(one), figures(one)) == (["B6", "B5"], ("13.00", "12.00", "1.00"))
    assert one.message.startswith(
        "“本年收入合计”的“预算数”为 13.00万元，《部门收支总表》B5 为 12.00万元，不一致，相差 1.00万元，"
        "超出舍入范围 ±0.01万元"
    )


def test_two_rows_of_one_subject_are_two_parts_of_it() -> None:
    """What a form prints under one subject for two purposes is no figure printed twice."""
    twice = SPENT.replace("2010302,一般行政管理事务,4.00,,4.00\n", "2010302,甲,3.00,,3.00\n2010302,乙,1.00,,1.00\n")
    assert found("XTB001", twice) == []


@pytest.mark.parametrize(("printed", "severity"), [("80050.00", "info"), ("80051.00", "error"), ("79950.00", "info")])
def test_each_printing_is_rounded_in_its_own_unit(printed: str, severity: str) -> None:
    in_yuan = WAGES.replace("万元", "元").replace(".00", "0000.00").replace(",合计,80000.00", f",合计,{printed}")
    (one,) = found("XTB001", SOUND, SPENT, in_yuan)
    assert (cells(one), one.severity.value) == (["C22", "D13"], severity)
    assert "《部门支出总表》D13 为 8.00万元" in one.message
    assert f"±50.005元{' 之内' if severity == 'info' else ''}" in one.message


def test_a_line_is_the_sum_of_its_detail_on_each_of_the_other_forms() -> None:
    wrong = SUMMARY.format(office="11.00", grand="12.00")
    assert found("XTB002", SOUND, ITEMS) == []
    (one,) = found("XTB002", wrong, ITEMS)
    assert (cells(one), figures(one)) == (["D5", "C14", "C15"], ("11.00", "12.00", "-1.00"))
    assert (one.form, one.title) == ("summary", "部门收支总表")
    assert one.message.startswith(
        "“一般公共服务支出”的“预算数”为 11.00万元，《部门支出总表》中对应的 2 项之和为 12.00万元，不一致，"
        "相差 -1.00万元，超出舍入范围 ±0.015万元"
    )
    several = found("XTB002", wrong, ITEMS, ITEMS.replace("部门支出总表", "一般公共预算支出表"))
    assert [cells(each) for each in several] == [["D5", "C14", "C15"], ["D5", "C21", "C22"]]


def test_a_line_that_rounding_explains_is_a_note() -> None:
    (one,) = found("XTB002", SUMMARY.format(office="12.01", grand="12.00"), ITEMS)
    assert one.severity.value == "info"
    assert one.message == (
        "“一般公共服务支出”的“预算数”为 12.01万元，《部门支出总表》中对应的 2 项之和为 12.00万元，"
        "相差 0.01万元，在舍入范围 ±0.015万元 之内"
    )


@pytest.mark.parametrize(
    ("budget", "severity", "said"),
    [
        (
            "6.00",
            "error",
            "绩效目标表中“窗口服务专项经费”的预算为 6.00万元，项目表中为 5.00万元，不一致，"
            "相差 1.00万元，超出舍入范围 ±0.01万元",
        ),
        (
            "5.01",
            "info",
            "绩效目标表中“窗口服务专项经费”的预算为 5.01万元，项目表中为 5.00万元，"
            "相差 0.01万元，在舍入范围 ±0.01万元 之内",
        ),
    ],
)
def test_the_budget_of_a_target_is_shown_on_the_form_where_it_stands(budget: str, severity: str, said: str) -> None:
    """The title is that of the performance form, where the budget stands, not that of the list of projects."""
    (one,) = found("XTB003", target(budget=budget))
    assert (one.severity.value, one.message) == (severity, said)
    assert (one.form, one.title) == ("project_performance", "部门预算项目绩效目标表（2024年度）")
    assert cells(one) == ["C10", "D5"]


def test_a_project_that_is_listed_twice_is_compared_with_the_sum() -> None:
    again = "2010302,127001,窗口服务专项经费,5.00,,,,,,,,\n"
    text = target(budget="6.00").replace(again, again + again.replace("2010302", "2010303").replace("5.00", "2.00"))
    (one,) = found("XTB003", text)
    assert (cells(one), figures(one)) == (["C11", "D5", "D6"], ("6.00", "7.00", "-1.00"))


@pytest.mark.parametrize(
    ("grand", "severity", "said", "english"),
    [
        (
            "12.50",
            "error",
            "“支出总计” 12.50万元 与“收入总计” 12.00万元 不相等，相差 0.50万元，超出舍入范围 ±0.01万元",
            "支出总计 12.50 is not 收入总计 12.00; the difference 0.50 exceeds the rounding envelope ±0.01",
        ),
        (
            "12.01",
            "info",
            "“支出总计” 12.01万元 与“收入总计” 12.00万元 相差 0.01万元，在舍入范围 ±0.01万元 之内",
            "支出总计 12.01 differs from 收入总计 12.00 by 0.01, within the rounding envelope ±0.01",
        ),
    ],
)
def test_a_balance_names_the_two_totals(grand: str, severity: str, said: str, english: str) -> None:
    (one,) = found("BAL001", SUMMARY.format(office="12.00", grand=grand))
    assert (one.severity.value, one.message, one.english) == (severity, said, english)
    assert (cells(one), one.title) == (["D8", "B8"], "部门收支总表")


def test_this_years_totals_balance_where_no_others_are_printed_and_nothing_is_carried() -> None:
    assert found("BAL001", WITHOUT_TOTALS) == []
    wrong = WITHOUT_TOTALS.replace("本年支出合计,12.00", "本年支出合计,13.00")
    (one,) = found("BAL001", wrong)
    assert (cells(one), figures(one)) == (["D6", "B6"], ("13.00", "12.00", "1.00"))
    for carried in (wrong.replace("上年结转,,", "上年结转,1.00,"), wrong.replace("结转下年,", "结转下年,1.00")):
        report = gb.read(carried.encode()).check(select="BAL001")
        (outcome,) = report.outcomes
        assert list(report) == []
        assert [reason.zh for reason in outcome.skipped] == ["部门收支总表：缺少收入或支出总计，未核对收支平衡"]


BY_CLASS = """部门收支总表,,,
单位：万元,,,
收入,,支出,
项目,预算数,项目,预算数
一、一般公共预算拨款收入,12.00,一、一般公共服务支出,9.00
二、事业收入,1.00,二、社会保障和就业支出,4.00
"""


@pytest.mark.parametrize(("grand", "severity"), [("13.00", None), ("13.01", "info"), ("14.00", "error")])
def test_where_no_total_of_the_year_is_printed_its_classes_stand_for_it(grand: str, severity: str | None) -> None:
    several = found("SUM010", f"{BY_CLASS}收入总计,13.00,支出总计,{grand}\n")
    assert [(cells(one), one.severity.value) for one in several] == [(["D7", "D5", "D6"], severity)] * bool(severity)
    assert [str(one.expected) for one in several] == ["13.00"] * bool(severity)


def test_the_total_of_a_form_is_held_against_the_classes_of_the_summary() -> None:
    lines = SPENT.splitlines(keepends=True)[:3]
    detail = "".join(
        (*lines, ",合计,14.00,8.00,6.00\n2010301,行政运行,9.00,8.00,1.00\n2080501,行政单位离退休,5.00,,5.00\n")
    )
    wrong = [one for one in found("XTB002", BY_CLASS, detail) if one.row == "合计"]
    assert [(cells(one), figures(one)) for one in wrong] == [(["D6", "C11", "D5"], ("14.00", "13.00", "1.00"))]


def test_a_summary_without_totals_does_not_hide_the_next() -> None:
    (one,) = found("BAL001", BY_CLASS.replace("部门", "财政拨款"), f"{BY_CLASS}收入总计,13.00,支出总计,14.00\n")
    assert (cells(one), figures(one)) == (["D14", "B14"], ("14.00", "13.00", "1.00"))
    (one,) = found(
        "SUM010",
        SUMMARY.split("一、", 1)[0].replace("部门", "财政拨款") + "收入总计,12.00,支出总计,12.00\n",
        BY_CLASS + "收入总计,13.00,支出总计,14.00\n",
    )
    assert (cells(one), figures(one)) == (["D13", "D11", "D12"], ("14.00", "13.00", "1.00"))


@pytest.mark.parametrize(
    "row", ["201,一般公共服务支出,12.00,8.00,4.00\n", "20103,政府办公厅（室）及相关机构事务,12.00,8.00,4.00\n"]
)
def test_a_subtotal_printed_again_on_the_next_page_counts_once(row: str) -> None:
    assert found("SUM", SPENT.replace(row, row + row)) == []


def test_two_equal_rows_of_detail_count_twice() -> None:
    row = "2010302,一般行政管理事务,4.00,,4.00\n"
    half = row.replace("4.00", "2.00")
    assert found("SUM", SPENT.replace(row, half + half)) == []
    assert {one.row for one in found("SUM", SPENT.replace(row, row + row))} == {"政府办公厅（室）及相关机构事务"}


def test_classes_of_one_fund_stand_for_the_total_of_that_fund() -> None:
    form = """财政拨款收支总表,,,,,
单位：万元,,,,,
收入,,支出,,,
项目,预算数,项目,合计,一般公共预算,政府性基金预算
一般公共预算拨款收入,12.00,一般公共服务支出,9.00,9.00,
政府性基金预算拨款收入,4.00,城乡社区支出,7.00,3.00,4.00
收入总计,16.00,支出总计,16.00,{general},4.00
"""
    assert found("SUM010", form.format(general="12.00")) == []
    (one,) = found("SUM010", form.format(general="13.00"))
    assert (sorted(cells(one)), figures(one)) == (["E5", "E6", "E7"], ("13.00", "12.00", "1.00"))


@pytest.mark.parametrize(
    ("name", "told"),
    [("总计", []), ("合计", [["D6", "B6"]])],  # the grand total is the last, this year's the first
)
def test_of_totals_that_are_printed_twice_the_right_ones_are_compared(name: str, told: list[list[str]]) -> None:
    year = "本年" * (name == "合计")
    rows = f"{year}收入{name},{{0}},{year}支出{name},{{1}}\n"
    form = SOUND.split("本年收入合计")[0] + rows.format("13.00", "14.00") + rows.format("15.00", "15.00")
    assert [cells(one) for one in found("BAL001", form)] == told


@pytest.mark.parametrize(("code", "sound"), [("22", True), ("3", True), ("1101", False)])
def test_a_list_of_projects_whose_classes_are_all_of_projects_holds_project_expenditure(code: str, sound: bool) -> None:
    """其他运转类 and 特定目标类 are projects; a list with 人员类 is one of all expenditure."""
    listed = (
        "项目支出表\n单位：万元\n项目编码\t项目名称\t合计\n\t合计\t4.00\n"
        f"{code}\t类别\t4.00\n42130324016Y000000101\t信息系统维护\t4.00\n"
    )
    spent = "部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t12.00\t8.00\t4.00\n"
    report = gb.read(f"{spent}\n{listed}".encode()).check(select="XTB001")
    assert (list(report.findings) == []) is sound
