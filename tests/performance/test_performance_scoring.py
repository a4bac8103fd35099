from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from govbudget.errors import IndicatorError
from govbudget.performance import (
    Actual,
    Assessment,
    Direction,
    Grade,
    Operator,
    PerformanceIndicator,
    PerformanceTarget,
)
from govbudget.strategies import targets

from .strategies import IN_RANGE, POSITIVE, SCORABLE, WEIGHTS

D = Decimal
ACTUALS = st.decimals(min_value=-100, max_value=10**7, places=3)


def indicator(value: str, direction: str = "", weight: str = "10", operator: str = "") -> PerformanceIndicator:
    return PerformanceIndicator(name="指标", operator=operator, value=value, direction=direction, weight=weight)


@pytest.mark.parametrize(
    ("target", "direction", "actual", "points"),
    [
        ("≥98%", "", "98%", "10"),
        ("≥98%", "", 100, "10"),
        ("≥80%", "", "40%", "5"),
        ("≥80%", "", 0, "0"),
        ("≥80%", "", -5, "0"),
        ("≤5万元", "反向", "4万元", "10"),
        ("≤5万元", "反向", "50000元", "10"),
        ("≤5万元", "反向", "10万元", "5"),
        ("≤5万元", "正向", "10万元", "5"),
        ("≤0次", "反向", 1, "0"),
        ("≤0次", "反向", 0, "10"),
        ("=30人", "", 30, "10"),
        ("=30人", "", 15, "5"),
        ("=30人", "", 60, "5"),
        ("=30人", "正向", 60, "10"),
        ("=30人", "反向", 60, "5"),
        ("=30人", "反向", 15, "10"),
        ("2次", "", 3, "10"),
        ("2次", "", 1, "5"),
        ("2次", "反向", 4, "5"),
        ("90-95%", "", 92, "10"),
        ("90-95%", "", 45, "5"),
        ("90-95%", "", 190, "5"),
    ],
)
def test_numbers(target: str, direction: str, actual: Actual, points: str) -> None:
    assert indicator(target, direction).score(actual) == D(points)


@pytest.mark.parametrize(
    ("scale", "actual", "points"),
    [
        ("好坏", Grade.ACHIEVED, "10"),
        ("好坏", Grade.PARTLY, "6"),
        ("好坏", Grade.MISSED, "0"),
        ("好坏", Grade.ACHIEVED.at("85%"), "8.5"),
        ("好坏", Grade.PARTLY.at(D("0.7")), "7"),
        ("好坏", "达成预期", "10"),
        ("好坏", "部分达成年度指标并具有一定效果", "6"),
        ("好坏", "好", "10"),
        ("好坏", "坏", "0"),
        ("高中低", "中", "6"),
        ("优良中低差", "良", "8"),
        ("正常运转", "正常运转", "10"),
    ],
)
def test_words(scale: str, actual: Actual, points: str) -> None:
    assert indicator(scale, operator="定性").score(actual) == D(points)


def test_what_cannot_be_compared_is_refused() -> None:
    for target, actual in (
        (indicator("≥98%"), "正常"),
        (indicator("≥98%"), "98个"),
        (indicator("≥98%"), Grade.ACHIEVED),
        (indicator("≥98%"), True),
        (indicator("≥98%"), D("NaN")),
        (indicator("优", operator="定性"), "良"),
        (indicator("好坏", operator="定性"), D(98)),
        (indicator("≥98%", weight=""), 98),
    ):
        with pytest.raises(IndicatorError):
            target.score(actual)


def test_a_share_stays_in_its_band() -> None:
    for grade, share in ((Grade.ACHIEVED, "79%"), (Grade.PARTLY, "80%"), (Grade.PARTLY, "59%"), (Grade.MISSED, "0.6")):
        with pytest.raises(IndicatorError, match=str(grade)):
            grade.at(share)
    with pytest.raises(IndicatorError):
        Assessment(Grade.MISSED, D(-1))
    with pytest.raises(IndicatorError, match="70%"):
        Grade.PARTLY.at("一些")


@given(SCORABLE, ACTUALS)
def test_a_score_lies_within_nothing_and_the_weight(one: PerformanceIndicator, actual: Decimal) -> None:
    assert one.weight is not None
    assert 0 <= one.score(actual) <= one.weight


@given(SCORABLE)
def test_the_target_itself_earns_all(one: PerformanceIndicator) -> None:
    assert one.quantity is not None
    assert one.score(one.quantity) == one.weight


@given(SCORABLE, ACTUALS, ACTUALS)
def test_nearer_to_the_target_never_earns_less(one: PerformanceIndicator, first: Decimal, second: Decimal) -> None:
    low, high = sorted((first, second))
    assert one.quantity is not None
    if high <= one.quantity:
        assert one.score(low) <= one.score(high)
    if low >= one.quantity:
        down = one.operator in (Operator.LE, Operator.LT) or (
            one.operator is Operator.EQ and one.direction is not Direction.POSITIVE
        )
        if down:
            assert one.score(low) >= one.score(high)


@given(SCORABLE, ACTUALS, ACTUALS)
def test_monotone_where_one_side_is_better(one: PerformanceIndicator, first: Decimal, second: Decimal) -> None:
    low, high = one.score(min(first, second)), one.score(max(first, second))
    if one.operator in (Operator.GE, Operator.GT):
        assert low <= high
    elif one.operator in (Operator.LE, Operator.LT) or one.direction is Direction.NEGATIVE:
        assert low >= high
    elif one.direction is Direction.POSITIVE or one.operator is None:
        assert low <= high


@given(IN_RANGE, ACTUALS)
def test_a_range_is_full_inside(one: PerformanceIndicator, actual: Decimal) -> None:
    low, high = one.bounds or (None, None)
    assert one.weight is not None and low is not None and high is not None
    points = one.score(actual)
    assert 0 <= points <= one.weight
    if low <= actual <= high:
        assert points == one.weight


@given(WEIGHTS, st.sampled_from(Grade))
def test_grades_lie_in_their_bands(weight: Decimal, grade: Grade) -> None:
    one = PerformanceIndicator(name="指标", operator="定性", value="好坏", weight=weight)
    low, high = grade.band
    assert weight * low <= one.score(grade) <= weight * high


def test_the_precision_of_the_caller_changes_no_score() -> None:
    with localcontext() as context:
        context.prec = 3
        rough = indicator("≥7").score(5)
    assert rough == indicator("≥7").score(5)


TARGET = PerformanceTarget(
    project="设备维修",
    year=2024,
    budget="50000",
    execution_weight="10%",
    indicators=[
        PerformanceIndicator(name="维修次数", level1="产出指标", level2="数量指标", value="≥5次", weight=30),
        PerformanceIndicator(name="验收合格率", level1="产出指标", level2="质量指标", value="=100%", weight=20),
        PerformanceIndicator(name="运转", level1="效益指标", operator="定性", value="好坏", unit="级", weight=40),
    ],
)


def test_a_whole_target() -> None:
    sheet = TARGET.score({"维修次数": "6次", "验收合格率": "90%", "运转": "好"}, execution_rate="98.5%")
    assert [line.score for line in sheet.lines] == [30, 18, 40]
    assert sheet.execution_score == D("9.85")
    assert (sheet.total, sheet.full, sheet.rating) == (D("97.85"), D(100), "优")
    assert sheet.unscored == ()
    assert "97.85" in sheet._repr_html_()
    assert repr(sheet) == "ScoreSheet(97.850 of 100, 0 unscored)"


def test_what_was_not_reported_has_no_score() -> None:
    sheet = TARGET.score({"维修次数": 6})
    assert [line.score for line in sheet.lines] == [30, None, None]
    assert (sheet.total, sheet.execution_score, sheet.rating) == (D(30), None, None)
    assert "<td></td>" in sheet._repr_html_()


def test_a_name_that_is_none_of_the_indicators() -> None:
    with pytest.raises(IndicatorError, match="维修数"):
        TARGET.score({"维修数": 6})


@pytest.mark.parametrize("rate", ["很高", 98.5, "98.5", -1, True, D("NaN"), "90-95%"])
def test_a_rate_that_is_none(rate: str) -> None:
    with pytest.raises(IndicatorError, match=r"98\.5%"):
        TARGET.score({}, execution_rate=rate)


def test_overspending_earns_no_more() -> None:
    assert TARGET.score({}, execution_rate=D("1.2")).execution_score == 10
    assert TARGET.score({}, execution_rate=1).execution_score == 10


@pytest.mark.parametrize(("reached", "rating"), [("90%", "优"), ("89%", "良"), ("79%", "中"), ("59%", "差")])
def test_ratings(reached: str, rating: str) -> None:
    target = PerformanceTarget(indicators=[indicator("=100%", weight="100")])
    assert target.score({"指标": reached}).rating == rating


@given(st.lists(st.tuples(SCORABLE, POSITIVE), max_size=4, unique_by=lambda pair: pair[0].name), st.integers(0, 2))
def test_the_total_lies_within_the_full(pairs: list[tuple[PerformanceIndicator, Decimal]], rate: int) -> None:
    target = PerformanceTarget(indicators=[one for one, _ in pairs], execution_weight=10)
    sheet = target.score({one.name: actual for one, actual in pairs}, execution_rate=rate)
    assert 0 <= sheet.total <= sheet.full


@given(targets())
@settings(max_examples=examples(50))
def test_who_reaches_everything_has_all_of_the_hundred_points(target: PerformanceTarget) -> None:
    reached: dict[str, Actual] = {
        one.name: Grade.ACHIEVED if one.quantity is None else one.quantity for one in target.indicators
    }
    sheet = target.score(reached, execution_rate=1)
    assert sheet.full == sheet.total == 100
    assert (sheet.unscored, sheet.rating) == ((), "优")


@given(targets())
@settings(max_examples=examples(50))
def test_the_points_that_are_missed_are_missing_from_the_total(target: PerformanceTarget) -> None:
    missed = [one for one in target.indicators if one.quantity is None]
    reached: dict[str, Actual] = {one.name: one.quantity for one in target.indicators if one.quantity is not None}
    sheet = target.score(reached | {one.name: Grade.MISSED.at("0%") for one in missed}, execution_rate=1)
    assert sheet.total == 100 - sum(one.weight or 0 for one in missed)
