"""Scoring of an indicator in the self-evaluation of the year after（绩效自评）.

Source: 财预〔2020〕10号《项目支出绩效评价管理办法》, the rules for 单位自评, and 财预〔2021〕101号; the formulas
stand in docs/performance.md.
"""

from __future__ import annotations

from decimal import Context, Decimal
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from govbudget.errors import IndicatorError
from govbudget.performance.operators import Direction, Operator
from govbudget.performance.quantities import YUAN, clean_unit, clean_words, parse_quantity

if TYPE_CHECKING:
    from govbudget.performance.indicator import PerformanceIndicator

__all__ = ["Actual", "Assessment", "Grade", "exact", "score_indicator", "share_of_target"]

# Of our own, so that the precision of the caller's context changes no score.
exact = Context(prec=28)
_ZERO, _ONE = Decimal(0), Decimal(1)


class Grade(str, Enum):
    """The three grades of a qualitative indicator（定性指标评判等级）, with the part of the weight each may take.

    达成预期 100%-80%, 部分达成 80%-60%, 未达成 60%-0%; the lower end belongs to the band (财预〔2020〕10号).
    """

    ACHIEVED = "达成预期"
    PARTLY = "部分达成"
    MISSED = "未达成"

    def __str__(self) -> str:
        return self.value

    @classmethod
    def recognize(cls, text: str) -> Grade | None:
        """The grade that a text names, in the wordings of the two notices, or None."""
        return _GRADES.get(clean_words(text))

    @property
    def band(self) -> tuple[Decimal, Decimal]:
        """The lower and the upper end of the part of the weight（分值区间）; the lower end is included."""
        return _BANDS[self]

    def at(self, share: Decimal | str | None = None) -> Assessment:
        """The grade with the part of the weight the evaluator gives: ``Grade.PARTLY.at("70%")``.

        Without a share, 达成预期 takes all of the weight and the others the lower end of their band.

        Raises:
            IndicatorError: the share lies outside the band of the grade.
        """
        if share is None:
            return Assessment(self, _ONE if self is Grade.ACHIEVED else self.band[0])
        return Assessment(self, _fraction(share))


_BANDS = {
    Grade.ACHIEVED: (Decimal("0.8"), _ONE),
    Grade.PARTLY: (Decimal("0.6"), Decimal("0.8")),
    Grade.MISSED: (_ZERO, Decimal("0.6")),
}
_GRADES = {
    **dict.fromkeys(("达成预期", "达成年度指标", "达成预期指标", "基本达成目标", "达成"), Grade.ACHIEVED),
    **dict.fromkeys(
        ("部分达成", "部分达成年度指标并具有一定效果", "部分达成预期指标并具有一定效果", "部分实现目标"), Grade.PARTLY
    ),
    **dict.fromkeys(
        ("未达成", "未达成年度指标且效果较差", "未达成预期指标且效果较差", "实现目标程度较低"), Grade.MISSED
    ),
}
# The steps of the scales that forms print, best first, placed on the bands of the three grades.
_SCALES = {
    "好坏": (1, 0),
    "高中低": (1, "0.6", 0),
    "优良差": (1, "0.6", 0),
    "优良中差": (1, "0.8", "0.6", 0),
    "优良中低差": (1, "0.8", "0.6", "0.3", 0),
}


@attrs.frozen(slots=True)
class Assessment:
    """A grade and the part of the weight given for it（评判等级及得分比例）.

    Attributes:
        grade: the grade.
        share: the part of the weight, within 0 and 1.

    Raises:
        IndicatorError: the share lies outside the band of the grade.
    """

    grade: Grade
    share: Decimal

    def __attrs_post_init__(self) -> None:
        low, high = self.grade.band
        top = self.share <= high if self.grade is Grade.ACHIEVED else self.share < high
        if not (low <= self.share and top):
            raise IndicatorError(
                f"“{self.grade}”的得分比例应在 {low:.0%} 至 {high:.0%} 之间，不能是 {self.share:%}。 "
                f"The grade {self.grade} takes {low:.0%} to {high:.0%} of the weight, not {self.share:%}."
            )


Actual = Decimal | int | str | Grade | Assessment


def score_indicator(indicator: PerformanceIndicator, actual: Actual) -> Decimal:
    """The points of an indicator for what was reached（单项得分）; see :meth:`PerformanceIndicator.score`."""
    if indicator.weight is None:
        raise IndicatorError(
            f"指标“{indicator.name}”没有权重，无法计分。 "
            f"The indicator {indicator.name!r} has no weight to score against."
        )
    return min(indicator.weight, exact.multiply(indicator.weight, share_of_target(indicator, actual)))


def share_of_target(indicator: PerformanceIndicator, actual: Actual) -> Decimal:
    """The part of the weight that an actual value earns（完成比例）, within 0 and 1.

    Raises:
        IndicatorError: the actual value cannot be compared with the target.
    """
    bounds = indicator.bounds
    if bounds is None:
        return _graded(indicator, actual)
    low, high = bounds
    if low == high:
        if indicator.direction is Direction.NEGATIVE:
            low = None
        elif indicator.direction is Direction.POSITIVE or indicator.operator is not Operator.EQ:
            high = None
    number = _number(indicator, actual)
    if low is not None and number < low:
        return _ratio(number, low)
    if high is not None and number > high:
        return _ratio(high, number)
    return _ONE


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    return exact.divide(part, whole) if part > 0 and whole > 0 else _ZERO


def _graded(indicator: PerformanceIndicator, actual: Actual) -> Decimal:
    if isinstance(actual, Assessment):
        return actual.share
    if isinstance(actual, Grade):
        return actual.at().share
    words = clean_words(str(actual))
    grade = Grade.recognize(words)
    if grade is not None:
        return grade.at().share
    target = indicator.value_text
    if target in _SCALES and len(words) == 1 and words in target:
        return Decimal(_SCALES[target][target.index(words)])
    if target and words == target:
        return _ONE
    raise IndicatorError(
        f"定性指标“{indicator.name}”按等级计分，请给出 {'、'.join(Grade)}，而不是“{actual}”。 "
        f"The qualitative indicator {indicator.name!r} is scored by grade ({', '.join(Grade)}), not by {str(actual)!r}."
    )


def _number(indicator: PerformanceIndicator, actual: Actual) -> Decimal:
    if isinstance(actual, int) and not isinstance(actual, bool):
        return Decimal(actual)
    if isinstance(actual, Decimal) and actual.is_finite():
        return actual
    found = parse_quantity(actual) if isinstance(actual, str) and not isinstance(actual, Grade) else None
    if found is not None and not found.is_range:
        unit = clean_unit(found.unit)
        if unit in ("", indicator.unit):
            return found.low
        if unit in YUAN and indicator.unit in YUAN:
            return exact.divide(exact.multiply(found.low, YUAN[unit]), YUAN[indicator.unit])
    raise IndicatorError(
        f"指标“{indicator.name}”需要以“{indicator.unit}”计的数值，而不是 {actual!r}。 "
        f"The indicator {indicator.name!r} needs a number in {indicator.unit or 'no unit'}, not {actual!r}."
    )


def _fraction(share: Decimal | str) -> Decimal:
    if isinstance(share, Decimal):
        return share
    found = parse_quantity(share)
    if found is None or found.is_range or found.unit not in ("", "%"):
        raise IndicatorError(f"“{share}”不是比例，例如 70% 或 0.7。 {share!r} is not a share; write 70% or 0.7.")
    return exact.divide(found.low, Decimal(100)) if found.unit else found.low
