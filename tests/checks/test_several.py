"""What is right in one place, or cannot be judged there, does not hide what is wrong in the next."""

from __future__ import annotations

import pytest
from tests.checks.test_rules import ONE, SOUND, TARGET_CASES, findings, target
from tests.narrative.documents import FORMS

import govbudget as gb

GAP = ",,,,,,,,,,,\n"
WITHOUT_MONEY = ONE.format(**{**SOUND, "project": "热线运行专项经费", "budget": ""})
WITHOUT_COST = "".join(
    line
    for line in ONE.format(**{**SOUND, "project": "平台建设专项经费"}).splitlines(keepends=True)
    if "成本" not in line
)
RIGHT = ONE.format(**{**SOUND, "project": "设备维修专项经费"})
CASES = [(rule, wrong) for rule, wrong, _ in TARGET_CASES if rule != "PRF012"] + [
    ("PRF002", {"budget": "4.00"}),
    ("PRF001", {"share": "95", "words": "好坏,级,30,正向指标\n,,,,效益指标,社会效益指标,另一项,定性,好"}),
]


@pytest.mark.parametrize(("rule", "wrong"), CASES, ids=[rule for rule, _ in CASES])
def test_a_project_that_is_wrong_is_found_among_others(rule: str, wrong: dict[str, str]) -> None:
    alone = {(one.row, one.column, str(one.found), str(one.expected)) for one in findings(target(**wrong), rule)}
    assert alone
    for others in ((WITHOUT_MONEY,), (WITHOUT_COST,), (RIGHT,), (RIGHT, WITHOUT_COST, WITHOUT_MONEY)):
        text = GAP.join((*others, target(**wrong), RIGHT.replace("设备", "管网")))
        among = {(one.row, one.column, str(one.found), str(one.expected)) for one in findings(text, rule)}
        assert alone <= among


@pytest.mark.parametrize(
    ("right", "wrong", "count"),
    [
        ("拨款收入\t880.00\t一、一般公共服务支出\t730.00", "拨款收入\t870.00\t一、一般公共服务支出\t731.00", 4),
        ("\t合计\t900.00\t560.00", "\t合计\t901.00\t560.00", 3),
        ("12.00\t\t10.00\t\t10.00\t2.00", "13.00\t\t10.00\t\t10.00\t1.00", 2),
        ("收入总计\t900.00\t支出", "收入总计\t910.00\t支出", 2),
        ("2010301\t行政运行\t340.00\t390.00\t390.00", "2010301\t行政运行\t340.00\t391.00\t390.00", 3),
        ("30101\t基本工资\t200.00\t200.00", "30101\t基本工资\t200.00\t201.00", 2),
    ],
)
def test_in_whatever_order_the_forms_stand_the_same_is_found(right: str, wrong: str, count: int) -> None:
    """Of two figures that are no one either may be told first; which two they are does not change."""

    def told(forms: list[str]) -> list[tuple[str, str, list[str]]]:
        report = gb.read("\n\n".join((*forms, "")).encode()).check(ignore="FRM007")
        return sorted((one.rule, one.severity.value, sorted((str(one.found), str(one.expected)))) for one in report)

    forms = FORMS.replace(right, wrong).strip("\n").split("\n\n")
    assert len(told(forms)) == count
    assert told(forms[::-1]) == told(forms[3:] + forms[:3]) == told(forms)
