"""A small budget and a report on it, built by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.checks.findings import Finding, Message, Outcome, Report, Severity, Skipped, Status
from govbudget.model import Agency, Budget, Coordinate, Fact, PrintedForm, PrintedTarget, Project, Unread
from govbudget.performance import PerformanceIndicator, PerformanceTarget


def fact(sheet: str, cell: str, form: str, name: str, column: str, amount: str, code: str = "", side: str = "") -> Fact:
    at = Coordinate(year=2024, side=side or "expenditure")
    return Fact(Decimal(amount), Unit.WAN, form, name, code, at, column, Place(sheet, cell))


@pytest.fixture
def book() -> Budget:
    agency = Agency("127001", "示例市数据局")
    indicators = (
        PerformanceIndicator(
            level1="产出指标", level2="数量指标", name="培训次数", operator="≥", value="4", unit="次", weight="40"
        ),
        PerformanceIndicator(
            level1="产出指标", level2="质量指标", name="合格率", operator="≥", value="98", unit="%", weight="30"
        ),
        PerformanceIndicator(
            level1="成本指标", level2="经济成本指标", name="成本", operator="≤", value="13", unit="万元", weight="10"
        ),
    )
    target = PerformanceTarget(
        project="培训经费", project_code="P1", year=2024, goal="办好培训", budget="50000", indicators=indicators
    )
    return Budget(
        facts=(
            fact("表1", "B6", "summary", "一般公共预算拨款收入", "收入/预算数", "1280.56", side="revenue"),
            fact("表1", "D6", "summary", "一般公共服务支出", "支出/预算数", "1280.56"),
            fact("表1", "B9", "summary", "收入总计", "收入/预算数", "1280.56", side="revenue"),
            fact("表1", "D9", "summary", "支出总计", "支出/预算数", "1280.56"),
            fact("表1-2", "C6", "expenditure", "合计", "合计", "1280.56"),
            fact("表1-2", "D6", "expenditure", "合计", "其中/基本支出", "1275.56"),
            fact("表1-2", "F6", "expenditure", "合计", "其中/项目支出", "5.00"),
            fact("表1-2", "C7", "expenditure", "行政运行", "合计", "1280.56", "2010301"),
            fact("表6", "C5", "project_performance", "培训经费", "预算数", "5.00"),
        ),
        projects=(Project("培训经费", "P1", target=target),),
        targets=(
            PrintedTarget(
                "project_performance",
                target,
                "127001",
                Place("表6", "A5"),
                tuple(Place("表6", f"F{n}") for n in (5, 6, 7)),
            ),
        ),
        agency=agency,
        agencies=(agency,),
        year=2024,
        family="sichuan",
        forms=(
            PrintedForm(
                "summary",
                "部门收支总表",
                Unit.WAN,
                True,
                "表1",
                number="表1",
                columns=("收 入/预算数", "支 出/预算数"),
                last=9,
            ),
            PrintedForm(
                "expenditure",
                "部门支出总表",
                Unit.WAN,
                True,
                "表1-2",
                columns=("合计", "其中/基本支出", "其中/经营支出", "其中/项目支出"),
                last=8,
            ),
            PrintedForm("fund", "政府性基金预算支出表", sheet="表4", empty=True, note="此项无内容", last=5),
            PrintedForm("project_performance", "项目绩效目标表", Unit.WAN, sheet="表6", number="表6", last=7),
        ),
        unread=(Unread(Place("表9", "B2"), "待填", "不是金额"),),
        source="示例.xlsx",
    )


@pytest.fixture
def report(book: Budget) -> Report:
    return Report(
        book,
        (
            Finding(
                "SUM001",
                Severity.ERROR,
                Message("合计 {a} 不等于各项之和 {b}", "the total {a} is not the sum {b}"),
                {"a": "1280.56", "b": "1288.33"},
                (Place("表1-2", "C6"), Place("表1-2", "D6"), Place("表1-2", "E6"), Place("表1-2", "F6")),
                "expenditure",
                "部门支出总表",
                "合计",
                "合计",
                Decimal("1280.56"),
                Decimal("1288.33"),
                Decimal("-7.77"),
            ),
            Finding(
                "PRF002",
                Severity.WARNING,
                Message("成本上限高于项目预算", "the cost cap is above the budget"),
                places=(Place("表6", "F7"), Place("表6", "C5")),
                form="project_performance",
                title="项目绩效目标表",
            ),
            Finding(
                "FRM001",
                Severity.WARNING,
                Message("标签有误", "a wrong label"),
                places=(Place("表1-2", "A7"),),
                form="expenditure",
            ),
            Finding(
                "FRM002",
                Severity.WARNING,
                Message("表下有内容", "below the form"),
                places=(Place("表1-2", "A8"),),
                form="expenditure",
            ),
            Finding("FRM003", Severity.WARNING, Message("未识别", "unread"), places=(Place("表9", "B2"),)),
            Finding("FRM004", Severity.WARNING, Message("工作表隐藏", "hidden"), places=(Place("表10", "A1"),)),
            Finding("FRM005", Severity.INFO, Message("没有年度", "no year"), form="fund", title="政府性基金预算支出表"),
        ),
        (
            Outcome("SUM001", Status.FAIL, 1),
            Outcome("PRF002", Status.WARN, 1),
            Outcome("FND001", Status.SKIPPED, 0, (Skipped("基金表为空表，未核对", "the fund form is empty"),)),
        ),
    )
