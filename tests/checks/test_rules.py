"""Each rule on the smallest printed form that breaks it, and on one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import govbudget as gb
from govbudget.checks import Finding, Message, Severity, check, registered
from govbudget.model import PrintedTarget, Remark, RemarkKind
from govbudget.performance import PerformanceIndicator, PerformanceTarget

HEADINGS = ("What:", "Why:", "Example:", "Tolerance:", "Source:")
REVENUE = """部门收入总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,一般公共预算拨款收入,事业收入
,合计,{total},10.00,5.00
2010301,行政运行,{total},10.00,5.00
"""
EXPENDITURE = """部门支出总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
,合计,{total},{basic},4.00
201,一般公共服务支出,12.00,8.00,4.00
20103,政府办公厅（室）及相关机构事务,12.00,8.00,4.00
2010301,行政运行,{item},{item},
2010302,一般行政管理事务,4.00,,4.00
"""
BASIC = """一般公共预算基本支出表,,,,
单位：万元,,,,
科目编码,科目名称,合计,人员经费,公用经费
,合计,8.00,6.00,2.00
301,工资福利支出,6.00,{personnel},
30101,基本工资,{wages},{wages},
30102,津贴补贴,2.00,2.00,
302,商品和服务支出,2.00,,2.00
30201,办公费,2.00,,2.00
"""
UNITS = """部门支出总表,,,,,
单位：万元,,,,,
科目编码,单位代码,单位名称（科目）,合计,基本支出,项目支出
,,合 计,{total},12.00,
,,某局,8.00,8.00,
2010301,127001,行政运行,8.00,8.00,
,,某中心,4.00,4.00,
2010350,127002,事业运行,4.00,4.00,
"""
THREE = """一般公共预算“三公”经费支出表,,,,,
单位：万元,,,,,
“三公”经费合计,因公出国（境）费,公务用车购置及运行费,,,公务接待费
,,小计,公务用车购置费,公务用车运行费,
{total},0.00,3.00,0.00,{cars},2.00
"""
PROJECTS = """项目支出明细表,,,,,,,,
单位：万元,,,,,,,,
序号,预算单位,科目编码,科目名称,项目名称,合计,年初特定目标,,上级专项
,,,,,,小计,一般性项目,小计
,,,,合计,{total},15.00,15.00,
1,363001-某办,2010302,一般行政管理事务,窗口服务,10.00,10.00,{kind},
2,363001-某办,2010302,一般行政管理事务,设备维修,5.00,5.00,5.00,
"""
SUMMARY = """部门收支总表,,,
单位：万元,,,
收入,,支出,
项目,预算数,项目,预算数
一、一般公共预算拨款收入,12.00,一、一般公共服务支出,{office}
本年收入合计,12.00,本年支出合计,12.00
上年结转,,结转下年,
收入总计,12.00,支出总计,{grand}
"""
TARGETS = """项目支出绩效目标表,,,,,,,,,
单位：万元,,,,,,,,,
单位名称,项目名称,预算数,年度目标,一级指标,二级指标,三级指标,指标性质,指标值,度量单位,权重
127001-某局,窗口服务,5.00,保障窗口,产出指标,数量指标,窗口数量,≥,10,个,{weight}
,,,,成本指标,经济成本指标,成本控制数,≤,{cap},万元,20
,,,,满意度指标,服务对象满意度指标,群众满意度,≥,95,%,30
"""


ONE = """部门预算项目绩效目标表（{year}年度）,,,,,,,,,,,
单位：万元,,,,,,,,,,,
单位名称,项目名称,预算数,年度目标,一级指标,二级指标,三级指标,指标性质,指标值,度量单位,权重,指标方向性
127001-某局,{project},{budget},保障窗口,产出指标,数量指标,窗口数量,≥,10,个,40,正向指标
,,,,效益指标,{level},办事效率,定性,{words},级,20,正向指标
,,,,成本指标,经济成本指标,成本控制数,{operator},5,万元,10,{direction}指标
,,,,满意度指标,服务对象满意度指标,群众满意度,≥,{share},%,20,正向指标
,,,,{repeat}
"""
LISTED = """一般公共预算项目支出预算表,,,,,,,,,,,
单位：万元,,,,,,,,,,,
科目编码,单位代码,单位名称（科目）,金额,,,,,,,,
,,合 计,5.00,,,,,,,,
2010302,127001,窗口服务专项经费,5.00,,,,,,,,
"""
SOUND = {
    "year": "2024",
    "project": "窗口服务专项经费",
    "budget": "5.00",
    "level": "社会效益指标",
    "words": "好坏",
    "operator": "≤",
    "direction": "反向",
    "share": "95",
    "repeat": "",
}
AGAIN = "满意度指标,服务对象满意度指标,群众满意度,≥,98,%,,正向指标"


def target(**wrong: str) -> str:
    return LISTED + ",,,,,,,,,,,\n" + ONE.format(**{**SOUND, **wrong})


TARGET_CASES = [
    ("PRF005", {"level": "可持续发展指标"}, "G11"),
    ("PRF006", {"direction": "正向"}, "G12"),
    ("PRF007", {"operator": "≥", "direction": "正向"}, "G12"),
    ("PRF008", {"words": ""}, "G11"),
    ("PRF009", {"share": "980"}, "G13"),
    ("PRF010", {"repeat": AGAIN}, "G13"),
    ("PRF012", {"project": "窗口服务经费"}, "B10"),
    ("XTB003", {"budget": "6.00"}, "C10"),
]


@pytest.mark.parametrize(("rule", "wrong", "cell"), TARGET_CASES, ids=[case[0] for case in TARGET_CASES])
def test_a_rule_of_performance_speaks_where_it_is_broken_and_only_there(
    rule: str, wrong: dict[str, str], cell: str
) -> None:
    assert findings(target(), rule) == []
    found = findings(target(**wrong), rule)
    assert [finding.places[0].cell for finding in found] == [cell]
    assert found[0].message and found[0].english


def test_a_form_left_over_from_last_year_is_found() -> None:
    text = ONE.format(**SOUND) + ",,,,,,,,,,,\n" + ONE.format(**SOUND).replace("专项", "二期")
    assert findings(text, "PRF011") == []
    stale = text + ",,,,,,,,,,,\n" + ONE.format(**{**SOUND, "year": "2023"}).replace("专项", "三期")
    assert [finding.row for finding in findings(stale, "PRF011")] == ["窗口服务三期经费"]


def test_execution_and_indicators_make_a_hundred_together() -> None:
    indicator = PerformanceIndicator(
        name="窗口数量", level1="产出指标", operator="≥", value="10", unit="个", weight="90"
    )
    for execution, wrong in (("10", 0), ("100", 1)):
        target = PerformanceTarget(project="窗口服务", execution_weight=execution, indicators=[indicator])
        report = check(gb.Budget(targets=[PrintedTarget("project_performance", target)]))
        assert sum(finding.rule == "PRF003" for finding in report.findings) == wrong


def test_a_level_that_the_other_projects_have_is_missed() -> None:
    text = ",,,,,,,,,,,\n".join(ONE.format(**{**SOUND, "project": name}) for name in ("窗口", "热线", "平台"))
    assert findings(text, "PRF004") == []
    without = "\n".join(
        line for line in ONE.format(**{**SOUND, "project": "大厅"}).splitlines() if "满意度" not in line
    )
    found = findings(text + ",,,,,,,,,,,\n" + without, "PRF004")
    assert ["满意度指标" in finding.message for finding in found] == [True]


def test_caps_that_together_exceed_the_budget_are_noted() -> None:
    second = "成本指标,社会成本指标,维修成本,≤,3,万元,,反向指标"
    assert findings(target(repeat=second), "PRF014") == []
    (found,) = findings(target(repeat=second).replace("≤,5,万元", "≤,4,万元"), "PRF014")
    assert found.severity is Severity.INFO
    assert [place.cell for place in found.places] == ["G12", "G14"]
    assert "上限合计 7万元，高于项目预算 5.00万元" in found.message


def test_forms_without_weights_are_noted_once() -> None:
    text = ONE.format(**SOUND).replace(",40,", ",,").replace(",20,", ",,").replace(",10,反", ",,反")
    found = findings(text, "PRF013")
    assert [finding.severity for finding in found] == [Severity.INFO]


def findings(text: str, rule: str) -> list[Finding]:
    return [finding for finding in gb.read(text.encode()).check().findings if finding.rule == rule]


CASES = [
    ("SUM001", REVENUE, {"total": "15.00"}, {"total": "16.00"}, "C4"),
    (
        "SUM002",
        EXPENDITURE,
        {"total": "12.00", "basic": "8.00", "item": "8.00"},
        {"total": "12.00", "basic": "7.00", "item": "8.00"},
        "D4",
    ),
    ("SUM003", BASIC, {"personnel": "6.00", "wages": "4.00"}, {"personnel": "5.00", "wages": "4.00"}, "D5"),
    (
        "SUM004",
        EXPENDITURE,
        {"total": "12.00", "basic": "8.00", "item": "8.00"},
        {"total": "12.00", "basic": "8.00", "item": "9.00"},
        "C6",
    ),
    ("SUM005", BASIC, {"personnel": "6.00", "wages": "4.00"}, {"personnel": "6.00", "wages": "3.00"}, "C5"),
    ("SUM006", UNITS, {"total": "12.00"}, {"total": "13.00"}, "D4"),
    ("SUM007", PROJECTS, {"total": "15.00", "kind": "10.00"}, {"total": "25.00", "kind": "10.00"}, "F5"),
    ("SUM008", THREE, {"total": "5.00", "cars": "3.00"}, {"total": "6.00", "cars": "3.00"}, "A5"),
    ("SUM009", PROJECTS, {"total": "15.00", "kind": "10.00"}, {"total": "25.00", "kind": "10.00"}, "F5"),
    ("SUM010", SUMMARY, {"office": "12.00", "grand": "12.00"}, {"office": "12.00", "grand": "13.00"}, "D8"),
    ("BAL001", SUMMARY, {"office": "12.00", "grand": "12.00"}, {"office": "12.00", "grand": "13.00"}, "D8"),
    ("PRF001", TARGETS, {"weight": "40", "cap": "5"}, {"weight": "30", "cap": "5"}, "G4"),
    ("PRF002", TARGETS, {"weight": "40", "cap": "5"}, {"weight": "40", "cap": "13"}, "G5"),
]


@pytest.mark.parametrize(("rule", "form", "right", "wrong", "cell"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_speaks_where_it_is_broken_and_only_there(
    rule: str, form: str, right: dict[str, str], wrong: dict[str, str], cell: str
) -> None:
    assert findings(form.format(**right), rule) == []
    found = findings(form.format(**wrong), rule)
    assert found
    assert found[0].places[0].cell == cell
    assert found[0].message and found[0].english


def test_one_figure_printed_twice_must_agree() -> None:
    right = (
        EXPENDITURE.format(total="12.00", basic="8.00", item="8.00")
        + ",,,,\n"
        + BASIC.format(personnel="6.00", wages="4.00")
    )
    general = right.replace("部门支出总表", "一般公共预算支出表")
    assert findings(general, "XTB001") == []
    found = findings(general.replace(",合计,8.00,6.00,2.00", ",合计,9.00,7.00,2.00"), "XTB001")
    assert [finding.difference for finding in found] == [1]
    assert len(found[0].places) == 2


def test_a_line_of_the_summary_must_agree_with_its_detail() -> None:
    detail = EXPENDITURE.format(total="12.00", basic="8.00", item="8.00").replace(
        "201,一般公共服务支出,12.00,8.00,4.00\n", ""
    )
    detail = detail.replace("20103,政府办公厅（室）及相关机构事务,12.00,8.00,4.00\n", "")
    assert findings(SUMMARY.format(office="12.00", grand="12.00") + ",,,,\n" + detail, "XTB002") == []
    found = findings(SUMMARY.format(office="11.00", grand="12.00") + ",,,,\n" + detail, "XTB002")
    assert found[0].places[0].cell == "D5"
    assert found[0].expected == 12


def test_funds_beside_the_general_budget_are_said_and_not_compared() -> None:
    text = EXPENDITURE.format(total="12.00", basic="8.00", item="8.00")
    twice = text + ",,,,\n" + text.replace("部门支出总表", "一般公共预算支出表").replace("12.00", "11.00")
    report = gb.read((REVENUE.format(total="15.00") + ",,,,\n" + twice).encode()).check()
    (outcome,) = [one for one in report.outcomes if one.rule == "XTB001"]
    assert "其他资金" in outcome.skipped[0].zh
    assert not [finding for finding in report.findings if finding.rule == "XTB001"]


def test_weights_that_are_not_printed_are_skipped_with_the_reason() -> None:
    text = TARGETS.format(weight="", cap="5")
    report = gb.read(text.encode()).check()
    (outcome,) = [one for one in report.outcomes if one.rule == "PRF001"]
    assert outcome.status.value == "skipped"
    assert "缺权重" in outcome.skipped[0].zh


def test_rounding_is_worth_a_note_and_names_its_envelope() -> None:
    (found,) = findings(THREE.format(total="5.01", cars="3.00"), "SUM008")
    assert found.severity is Severity.INFO
    assert "±0.02万元" in found.message


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (RemarkKind.ERROR_VALUE, "FRM002"),
        (RemarkKind.FORMULA_WITHOUT_VALUE, "FRM003"),
        (RemarkKind.NUMBER_AS_TEXT, "FRM004"),
        (RemarkKind.HIDDEN_SHEET, "FRM006"),
        (RemarkKind.PLACEHOLDER, "FRM011"),
    ],
)
def test_what_the_reader_noticed_becomes_a_finding(kind: RemarkKind, rule: str) -> None:
    place = gb.Place("表1", "C7")
    book = gb.Budget(remarks=[Remark(kind, place, "#REF!", "general")])
    found = [finding for finding in check(book).findings if finding.rule == rule]
    assert [finding.places for finding in found] == [(place,)]


def test_cells_that_were_not_understood_are_named() -> None:
    found = findings(THREE.format(total="见附注", cars="3.00"), "FRM005")
    assert [finding.places[0].cell for finding in found] == ["A5"]


def test_a_document_without_a_form_is_said_to_have_none() -> None:
    report = gb.read("通知：各单位请按时报送。".encode()).check()
    assert [finding.rule for finding in report.errors] == ["FRM001"]


def test_every_rule_is_documented_under_its_headings_and_tested_in_this_folder() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    for rule in registered():
        assert rule.name == rule.name.lower()
        assert rule.title and rule.since
        for heading in HEADINGS:
            assert heading in rule.documentation, (rule.code, heading)
        assert f'"{rule.code}"' in text, rule.code


def test_the_codes_of_rules_are_unique_and_sorted() -> None:
    codes = [rule.code for rule in registered()]
    assert codes == sorted(set(codes))


def test_the_forms_of_several_units_are_checked_set_by_set() -> None:
    first = (
        EXPENDITURE.format(total="12.00", basic="8.00", item="8.00")
        + ",,,,\n"
        + BASIC.format(personnel="6.00", wages="4.00")
    )
    second = first.replace("12.00", "13.00").replace("8.00", "9.00").replace(",2.00,,2.00", ",3.00,,3.00")
    second = second.replace(",合计,9.00,6.00,2.00", ",合计,9.00,6.00,3.00")
    report = gb.read((first + ",,,,\n" + second).encode()).check()
    assert [str(finding) for finding in report.errors] == []


@pytest.mark.parametrize("times", [2, 40])
def test_a_total_that_is_printed_over_and_over_is_compared_once(times: int) -> None:
    head = "部门支出总表,,,,\n单位：万元,,,,\n科目编码,科目名称,合计,基本支出,项目支出\n"
    rows = ",合计,30.00,20.00,10.00\n2010101,行政运行,10.00,10.00,\n2010102,一般行政管理事务,20.00,10.00,10.00\n"
    report = gb.read((head + rows * times).encode()).check(select="SUM")
    assert [len(finding.places) for finding in report.findings] == [1 + 2 * times, 1 + 2 * times, 1 + times]


def test_a_long_formula_without_a_value_is_told_by_its_beginning() -> None:
    formula = "=SUM(" + ",".join(f"B{row}" for row in range(1, 99)) + ")"
    book = gb.Budget(remarks=[Remark(RemarkKind.FORMULA_WITHOUT_VALUE, gb.Place("表1", "C7"), formula, "general")])
    (found,) = [finding for finding in check(book).findings if finding.rule == "FRM003"]
    assert f"{formula[:60]}…，" in found.message and formula not in found.message


def test_a_finding_names_its_form_in_chinese_also_where_the_form_prints_no_title() -> None:
    message = Message("缺", "missing")
    for form, title, name in (
        ("overall_performance", "", "部门整体支出绩效目标表"),
        ("overall_performance", "某局绩效表", "某局绩效表"),
        ("of_my_own", "", "of_my_own"),
        ("", "", ""),
    ):
        assert Finding("PRF013", Severity.INFO, message, form=form, title=title).form_name == name
