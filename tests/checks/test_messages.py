"""What people read of a finding, whole: the words at fault, what stands there, and what it would have to be."""

from __future__ import annotations

import pytest
from tests.checks.test_rules import TARGETS, findings
from tests.narrative.documents import told

import govbudget as gb
from govbudget.checks import check
from govbudget.model import PrintedTarget
from govbudget.performance import PerformanceIndicator, PerformanceTarget


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "支出预算900.00万元，其中：基本支出560.00万元，占66.22%。",
            "正文“支出预算900.00万元，其中：基本支出560.00万元，占66.22%。”"
            "写 基本支出 占 66.22%，按 560.00万元、900.00万元 计算为 62.22%",
        ),
        (
            "一般公共预算支出880.00万元，比上年增加88.00万元。",
            "正文“一般公共预算支出880.00万元，比上年增加88.00万元。”"
            "写 一般公共预算支出 增加 88.00万元，按本年数与上年数应为 80.00万元",
        ),
        (
            "机关运行经费32.95万元，比上年增加5.17万元，增长18.55%。",
            "正文“机关运行经费32.95万元，比上年增加5.17万元，增长18.55%。”"
            "写 机关运行经费 增长 18.55%，按 增加5.17万元、32.95万元 计算为 18.61%",
        ),
        (
            "一般公共预算支出880.00万元，比上年减少80.00万元。",
            "正文“一般公共预算支出880.00万元，比上年减少80.00万元。”写 一般公共预算支出 减少，与 880.00万元 的方向相反",
        ),
        (
            "政府采购预算55.00万元，其中：货物类30.00万元，工程类0万元，服务类20.00万元。",
            "正文“政府采购预算55.00万元，其中：货物类3…”"
            "写 政府采购 55.00万元，所列 3 项相加为 50.00万元，相差 5.00万元",
        ),
        (
            "支出预算比上年减少20.00万元，其中：基本支出减少15.00万元，项目支出减少6.00万元。",
            "正文“支出预算比上年减少20.00万元，其中：基本支出…”"
            "写 支出 20.00万元，所列 2 项相加为 21.00万元，相差 -1.00万元",
        ),
        (
            "支出预算9000000.00万元。",
            "正文“支出预算9000000.00万元。”写 支出 9000000.00万元，《部门支出总表》C16 为 900.00万元：金额单位差一万倍",
        ),
        (
            "机关运行经费560.00万元。",
            "正文“机关运行经费560.00万元。”写 机关运行经费 560.00万元，高于《一般公共预算基本支出表》E64 的公用经费 "
            "90.00万元；机关运行经费应在公用经费之内",
        ),
        (
            "基本支出2023年预算数为560.00万元。",
            "正文“基本支出2023年预算数为560.00万元。”写 2023年 基本支出 560.00万元，"
            "这是《部门支出总表》D16 的 2024年数",
        ),
    ],
)
def test_a_finding_on_the_words_says_all_that_is_needed(sentence: str, said: str) -> None:
    report = told(f"一、情况\n\n{sentence}").check(select="NAR", ignore="NAR012")
    assert [finding.message for finding in report] == [said]


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("基本支出565.00万元，主要用于平台。", "基本支出565.00万元，主要用于平台。"),
        ("基本支出565.00万元，主要用于平台运。", "基本支出565.00万元，主要用于平台运…"),
        ("机关所有收入和支出均已纳入本年预算管理范围之内了，基本支出565.00万元。",) * 2,
        (
            "2024年云川市数据资源局所有收入和支出均纳入部门预算管理，基本支出565.00万元。",
            "…4年云川市数据资源局所有收入和支出均纳入部门预算管理，基本支出565.00万元。",
        ),
        (
            "2024年云川市数据资源局统筹安排所有收入和支出，保障机构正常运转，基本支出565.00万元，主要用于数据平台建设。",
            "…筹安排所有收入和支出，保障机构正常运转，基本支出565.00万元，主要用于数据平…",
        ),
    ],
)
def test_forty_letters_of_a_sentence_are_quoted_with_the_figure_among_them(sentence: str, quoted: str) -> None:
    (found,) = told(f"一、情况\n\n{sentence}").check(select="NAR001")
    assert found.message == (f"正文“{quoted}”写 基本支出 565.00万元，《部门支出总表》D16 为 560.00万元，相差 5.00万元")
    start, end = found.marked
    assert (found.sentence, found.sentence[start:end]) == (sentence, "565.00万元")


def test_a_finding_on_a_target_names_the_project_or_the_department() -> None:
    indicator = PerformanceIndicator(
        name="窗口数量", level1="产出指标", operator="≥", value="10", unit="个", weight="80"
    )
    for target, zh, en in (
        (PerformanceTarget(project="窗口服务", indicators=[indicator]), "项目“窗口服务”的", "of “窗口服务” add"),
        (PerformanceTarget(indicators=[indicator]), "部门整体绩效目标的", "of the whole department add"),
    ):
        report = check(gb.Budget(targets=[PrintedTarget("project_performance", target)]), select="PRF001")
        (found,) = report
        assert found.message == f"{zh}指标权重合计 80，应为 90（另有预算执行率 10）或 100"
        assert found.english == f"the weights {en} to 80 instead of 90 (with 10 for execution) or 100"


@pytest.mark.parametrize(("weight", "nearest"), [("80", "90"), ("94", "90"), ("96", "100")])
def test_weights_are_held_against_the_nearest_sum_that_is_right(weight: str, nearest: str) -> None:
    indicator = PerformanceIndicator(
        name="窗口数量", level1="产出指标", operator="≥", value="10", unit="个", weight=weight
    )
    target = PerformanceTarget(project="窗口服务", indicators=[indicator])
    (found,) = check(gb.Budget(targets=[PrintedTarget("project_performance", target)]), select="PRF001")
    assert [str(found.found), str(found.expected)] == [weight, nearest]
    assert str(found.difference) == str(int(weight) - int(nearest))


def test_a_cost_cap_above_the_budget_is_said_in_ten_thousands() -> None:
    (found,) = findings(TARGETS.format(weight="40", cap="13"), "PRF002")
    assert found.message == "项目“窗口服务”的成本指标“成本控制数”上限 13万元，高于项目预算 5.00万元"
    assert [str(found.found), str(found.expected)] == ["130000", "50000.00"]


@pytest.mark.parametrize(
    ("caps", "rules"), [(("5",), []), (("5.0001",), ["PRF002"]), (("2.5", "2.5"), []), (("2.5", "2.5001"), ["PRF014"])]
)
def test_a_budget_that_no_form_prints_is_exact(caps: tuple[str, ...], rules: list[str]) -> None:
    indicators = [
        PerformanceIndicator(name=f"成本{cap}", level1="成本指标", operator="≤", value=cap, unit="万元") for cap in caps
    ]
    target = PerformanceTarget(project="窗口服务", budget="50000", indicators=indicators)
    places = tuple(gb.Place("表1", f"G{row}") for row in range(4, 4 + len(caps)))
    book = gb.Budget(targets=[PrintedTarget("project_performance", target, places=places)])
    assert [one.rule for one in check(book, select="PRF002,PRF014")] == rules
