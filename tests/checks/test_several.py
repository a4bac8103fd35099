"""What is right in one place, or cannot be judged there, does not hide what is wrong in the next."""

from __future__ import annotations

import pytest
from tests.checks.test_rules import ONE, SOUND, TARGET_CASES, findings, target

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
