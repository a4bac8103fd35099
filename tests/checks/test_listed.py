"""“三公”经费 listed one a row（逐行列示）: the amounts of all stand in one column."""

from __future__ import annotations

import pytest

import govbudget as gb

LIST = """2024年一般公共预算“三公”经费支出表,,
,,单位：万元
项目,2023年预算数,2024年预算数
"""
BLANK = """合计,9.00,{total}
因公出国（境）费,,
公务用车购置及运行费,6.00,8.00
其中：公务用车购置费,2.00,3.00
公务用车运行维护费,4.00,{operation}
公务接待费,3.00,4.00
"""


def wrong(rows: str) -> list[tuple[str, str]]:
    errors = gb.read((LIST + rows).encode()).check(select="SUM").errors
    return [(error.places[0].cell, str(error.expected)) for error in errors]


@pytest.mark.parametrize(
    ("total", "operation", "found"),
    [("12.00", "5.00", []), ("13.00", "5.00", [("C4", "12.00")]), ("12.00", "6.00", [("C6", "9.00")])],
)
def test_the_rows_of_a_list_add_up_and_a_blank_one_is_nothing(
    total: str, operation: str, found: list[tuple[str, str]]
) -> None:
    assert wrong(BLANK.format(total=total, operation=operation)) == found


@pytest.mark.parametrize("abroad", ["", "0.00"])
@pytest.mark.parametrize("other", ["公务用车保有量（辆）,2,2", "其中：外事接待费,1.00,1.00", "会议费,1.00,1.00"])
def test_a_list_with_other_rows_is_not_summed(abroad: str, other: str) -> None:
    rows = f"合计,9.00,12.00\n因公出国（境）费,{abroad},{abroad}\n公务用车购置及运行费,6.00,8.00\n公务接待费,3.00,4.00"
    assert not wrong(f"{rows}\n{other}\n")


def test_a_list_of_one_is_not_known_to_be_all() -> None:
    assert not wrong("合计,9.00,12.00\n其中：公务接待费,3.00,4.00\n公务用车运行维护费,,\n")


@pytest.mark.parametrize(("operation", "errors"), [("8.00", []), ("7.00", []), ("9.00", [("C7", "9.00")])])
def test_a_vehicle_costs_no_less_than_it_takes_to_run(operation: str, errors: list[tuple[str, str]]) -> None:
    rows = """合计,9.00,12.00
因公出国（境）费,,
公务用车购置及运行费,6.00,8.00
其中：公务用车运行维护费,6.00,{}
公务接待费,3.00,4.00
"""
    assert wrong(rows.format(operation)) == errors


def test_a_total_over_agency_operation_is_not_of_the_three_public_expenses() -> None:
    rows = """合计,15.00,18.00
“三公”经费,9.00,{three}
因公出国（境）费,0.00,0.00
公务用车购置及运行费,6.00,8.00
公务接待费,3.00,4.00
机关运行经费,6.00,6.00
"""
    assert not gb.read((LIST + rows.format(three="12.00")).encode()).check().errors
    assert wrong(rows.format(three="13.00")) == [("C5", "12.00")]
