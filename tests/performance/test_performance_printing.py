from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.performance import (
    PerformanceIndicator,
    Style,
    TargetCells,
    parse_indicator,
    parse_target,
    print_target,
)

from .strategies import INDICATORS


@pytest.mark.parametrize(
    ("style", "cells"),
    [
        (Style.SEPARATE, ("≥", "90", "%")),
        (Style.VALUE_WITH_UNIT, ("≥", "90%", "")),
        (Style.REPEATED_UNIT, ("≥", "90%", "%")),
        (Style.JOINED, ("", "≥90%", "")),
        (Style.SHANGHAI, ("", "≥90.00(%)", "")),
    ],
)
def test_a_number_in_each_style(style: Style, cells: tuple[str, str, str]) -> None:
    indicator = PerformanceIndicator(name="满意度", operator="≥", value="90", unit="%")
    assert print_target(indicator, style) == TargetCells(*cells)


@pytest.mark.parametrize(
    ("style", "cells"),
    [
        (Style.SEPARATE, ("定性", "好坏", "级")),
        (Style.VALUE_WITH_UNIT, ("定性", "好坏", "级")),
        (Style.REPEATED_UNIT, ("定性", "好坏", "级")),
        (Style.JOINED, ("", "定性：好坏〔级〕", "")),
        (Style.SHANGHAI, ("", "定性：好坏〔级〕", "")),
    ],
)
def test_words_in_each_style(style: Style, cells: tuple[str, str, str]) -> None:
    indicator = PerformanceIndicator(name="服务质量", operator="定性", value="好坏", unit="级")
    assert print_target(indicator, style) == TargetCells(*cells)


def test_the_forms_own_looks() -> None:
    windows = PerformanceIndicator(name="办事窗口", operator="=", value="182", unit="个")
    assert print_target(windows, Style.REPEATED_UNIT) == ("=", "182 个", "个")
    plain = PerformanceIndicator(name="机关运转", value="正常运转")
    assert print_target(plain, Style.SHANGHAI) == ("", "正常运转", "")
    exact = PerformanceIndicator(name="合格率", operator="=", value="99.955", unit="%")
    assert print_target(exact, Style.SHANGHAI).value == "=99.955(%)"


def test_what_made_no_sense_is_printed_as_it_stood() -> None:
    wrong = parse_indicator("服务质量", operator="≥", value="好坏", unit="级")
    assert print_target(wrong, Style.SEPARATE) == ("≥", "好坏", "级")


@given(INDICATORS, st.sampled_from(Style))
def test_what_is_printed_reads_back(indicator: PerformanceIndicator, style: Style) -> None:
    found = parse_target(*print_target(indicator, style))
    assert found == (indicator.operator, indicator.value, indicator.unit, None)


@given(INDICATORS, st.sampled_from(Style))
def test_a_whole_indicator_reads_back(indicator: PerformanceIndicator, style: Style) -> None:
    cells = print_target(indicator, style)
    again = parse_indicator(
        indicator.name,
        indicator.level1,
        indicator.level2,
        operator=cells.operator,
        value=cells.value,
        unit=cells.unit,
        weight=indicator.weight_text,
        direction=indicator.direction_text,
        core=indicator.core_text,
    )
    assert again == indicator
    assert not again.problems
