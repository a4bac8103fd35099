"""The performance target of a project or of a department（项目支出、部门整体绩效目标）, and its scoring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from govbudget.errors import IndicatorError
from govbudget.performance.html import table
from govbudget.performance.indicator import PerformanceIndicator, parse_weight, read_weight
from govbudget.performance.levels import Requirement, required_level1
from govbudget.performance.quantities import parse_quantity
from govbudget.performance.scoring import Actual, exact

__all__ = ["PerformanceTarget", "ScoreLine", "ScoreSheet"]

_ZERO, _ONE, _TEN, _HUNDRED = Decimal(0), Decimal(1), Decimal(10), Decimal(100)


def _pairs(head: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(label), str(text)) for label, text in (head.items() if isinstance(head, Mapping) else head))


def _indicators(indicators: Iterable[PerformanceIndicator]) -> tuple[PerformanceIndicator, ...]:
    return tuple(indicators)


def _money(value: Decimal | str | int | None) -> Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    found = parse_quantity(value) if isinstance(value, str) else None
    if found is not None and not found.is_range and found.unit in ("", "元"):
        return found.low
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise IndicatorError(f"预算数应为以元计的金额，不能是 {value!r}。 The budget is an amount in yuan, not {value!r}.")


@attrs.frozen(slots=True, kw_only=True, repr=False)
class PerformanceTarget:
    """What a project, or a whole department, promises for its budget（绩效目标）.

    Attributes:
        project: the name of the project（项目名称）; None for the whole department（部门整体）.
        project_code: its code（项目编码）, when printed.
        agency: the department or unit that answers for it（部门或单位名称）.
        year: the budget year（年度）.
        goal: the goal of the year in words（年度绩效目标）.
        budget: the money behind it, in 元（预算数）.
        execution_weight: the weight of budget execution（预算执行率权重） in points.
        indicators: the indicators in printed order.
        head: further fields of the form's head as (label, text), in printed order: 业务主管部门, 立项依据, 中期目标 …

    Raises:
        IndicatorError: the execution weight lies outside 0 and 100, or the budget is not an amount.

    Source: the published 项目支出绩效目标表 and 部门整体绩效目标表; 财预〔2021〕101号.
    """

    project: str | None = None
    project_code: str = ""
    agency: str = ""
    year: int | None = None
    goal: str = ""
    budget: Decimal | None = attrs.field(default=None, converter=_money)
    execution_weight: Decimal | None = attrs.field(default=None, converter=parse_weight)
    indicators: tuple[PerformanceIndicator, ...] = attrs.field(default=(), converter=_indicators)
    head: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_pairs)

    @classmethod
    def read(
        cls,
        *,
        project: str | None = None,
        project_code: str = "",
        agency: str = "",
        year: int | None = None,
        goal: str = "",
        budget: Decimal | None = None,
        execution_weight: str = "",
        indicators: Iterable[PerformanceIndicator] = (),
        head: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    ) -> PerformanceTarget:
        """Build a target from a document; never fails on its texts（按原文读取，不因文件有错而失败）.

        An ``execution_weight`` that makes no sense (``130%``) gives None and is kept in ``head`` as 预算执行率权重.
        """
        weight = read_weight(execution_weight)
        pairs = _pairs(head)
        if weight is None and execution_weight.strip():
            pairs = (*pairs, ("预算执行率权重", execution_weight))
        return cls(
            project=project,
            project_code=project_code,
            agency=agency,
            year=year,
            goal=goal,
            budget=budget,
            execution_weight=weight,
            indicators=indicators,
            head=pairs,
        )

    @property
    def is_overall(self) -> bool:
        """True for the whole department（部门整体）, False for one project."""
        return self.project is None

    @property
    def weight(self) -> Decimal | None:
        """The sum of the indicators' weights in points（指标权重合计）; None when no indicator prints one."""
        weights = [one.weight for one in self.indicators if one.weight is not None]
        return _sum(weights) if weights else None

    @property
    def weights(self) -> dict[str, Decimal]:
        """The sum of the weights below each first level, by its standard name（各一级指标权重）.

        A level without a standard name goes by its printed one.
        """
        sums: dict[str, Decimal] = {}
        for one in self.indicators:
            if one.weight is not None:
                level = one.standard_level1 or one.level1
                sums[level] = exact.add(sums.get(level, _ZERO), one.weight)
        return sums

    @property
    def levels(self) -> tuple[str, ...]:
        """The standard first levels that have an indicator, in printed order（已设置的一级指标）."""
        return tuple(dict.fromkeys(filter(None, (one.standard_level1 for one in self.indicators))))

    def missing_levels(self, *requirements: Requirement) -> tuple[str, ...]:
        """The first levels that the guide asks for and no indicator has（缺少的一级指标）.

        Args:
            requirements: which levels to ask for; by default those that every project must have (产出, 效益). Cost is
                asked ``BY_KIND`` of project, satisfaction ``AS_NEEDED``.
        """
        present = self.levels
        return tuple(name for name in required_level1(*requirements) if name not in present)

    @property
    def execution_points(self) -> Decimal:
        """The points that budget execution can earn（预算执行率分值）.

        The printed weight; where none is printed, 10 if the indicators make 90, as the guide has it, and otherwise 0.
        """
        if self.execution_weight is not None:
            return self.execution_weight
        return _TEN if self.weight == 90 else _ZERO

    def score(self, actuals: Mapping[str, Actual], execution_rate: Decimal | str | int | None = None) -> ScoreSheet:
        """Score the target against what was reached（绩效自评计分）.

        Args:
            actuals: what was reached, by the name of the indicator; see :meth:`PerformanceIndicator.score`.
            execution_rate: spent over budgeted（预算执行率）: ``"98.5%"``, or the fraction ``Decimal("0.985")``.

        Returns:
            The sheet, with a line an indicator. An indicator without a weight or without an actual value has no score.

        Raises:
            IndicatorError: a name is not one of the indicators', or an actual value cannot be compared.
        """
        unknown = [name for name in actuals if all(one.name != name for one in self.indicators)]
        if unknown:
            raise IndicatorError(
                f"没有名为“{'”“'.join(unknown)}”的指标。 No indicator is named {', '.join(map(repr, unknown))}."
            )
        lines = tuple(
            ScoreLine(
                indicator=one,
                actual=actuals.get(one.name),
                score=one.score(actuals[one.name]) if one.name in actuals and one.weight is not None else None,
            )
            for one in self.indicators
        )
        return ScoreSheet(
            target=self,
            lines=lines,
            execution_rate=None if execution_rate is None else _rate(execution_rate),
        )

    def __repr__(self) -> str:
        whose = self.project if self.project is not None else f"{self.agency}整体"
        return f"PerformanceTarget({whose!r}, {self.year}, {len(self.indicators)} indicators)"

    def _repr_html_(self) -> str:
        head = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位", "权重", "指标方向性")
        rows = (
            (i.level1, i.level2, i.name, i.operator_text, i.value_text, i.unit, i.weight_text, i.direction_text)
            for i in self.indicators
        )
        whose = self.project if self.project is not None else f"{self.agency} 整体绩效目标"
        return table(head, rows, f"{whose} {self.year or ''}".strip())


@attrs.frozen(slots=True, kw_only=True)
class ScoreLine:
    """One line of a self-evaluation（自评表中的一项指标）.

    Attributes:
        indicator: the indicator that was scored.
        actual: what was reached（实际完成值）; None when not reported.
        score: the points（得分）; None when there is no actual value or no weight.
    """

    indicator: PerformanceIndicator
    actual: Actual | None
    score: Decimal | None


@attrs.frozen(slots=True, kw_only=True, repr=False)
class ScoreSheet:
    """A self-evaluation（绩效自评结果）.

    Attributes:
        target: the target that was scored.
        lines: a line an indicator, in the order of the target.
        execution_rate: the rate of budget execution as a fraction（预算执行率）; None when not given.
    """

    target: PerformanceTarget
    lines: tuple[ScoreLine, ...]
    execution_rate: Decimal | None = None

    @property
    def execution_score(self) -> Decimal | None:
        """The points of budget execution（预算执行率得分）: points × rate, at most the points; or None."""
        if self.execution_rate is None:
            return None
        points = self.target.execution_points
        return min(points, exact.multiply(points, self.execution_rate))

    @property
    def total(self) -> Decimal:
        """The points reached（总分）: every scored line and budget execution."""
        scores = [line.score for line in self.lines if line.score is not None]
        return _sum([*scores, self.execution_score or _ZERO])

    @property
    def full(self) -> Decimal:
        """The points that could be reached（满分）: every weight and that of budget execution; 100 on a sound form."""
        return _sum([self.target.weight or _ZERO, self.target.execution_points])

    @property
    def unscored(self) -> tuple[ScoreLine, ...]:
        """The lines without a score（未计分的指标）."""
        return tuple(line for line in self.lines if line.score is None)

    @property
    def rating(self) -> str | None:
        """优 from 90, 良 from 80, 中 from 60, 差 below（评价等级, 财预〔2020〕10号）, of 100 points.

        None while a weighted indicator or budget execution has no score, or nothing carries a weight.
        """
        open_lines = any(line.indicator.weight is not None for line in self.unscored)
        if open_lines or not self.full or (self.target.execution_points and self.execution_rate is None):
            return None
        percent = exact.divide(exact.multiply(self.total, _HUNDRED), self.full)
        return next((name for least, name in ((90, "优"), (80, "良"), (60, "中")) if percent >= least), "差")

    def __repr__(self) -> str:
        return f"ScoreSheet({self.total:f} of {self.full:f}, {len(self.unscored)} unscored)"

    def _repr_html_(self) -> str:
        rows = [
            (
                line.indicator.name,
                line.indicator.operator_text + line.indicator.value_text + line.indicator.unit,
                "" if line.actual is None else str(line.actual),
                line.indicator.weight_text,
                "" if line.score is None else f"{line.score:.2f}",
            )
            for line in self.lines
        ]
        if self.execution_score is not None:
            points = f"{self.target.execution_points:f}"
            rows.append(("预算执行率", "", f"{self.execution_rate:.2%}", points, f"{self.execution_score:.2f}"))
        rows.append(("总分", "", "", f"{self.full:f}", f"{self.total:.2f}"))
        return table(("三级指标", "年度指标值", "实际完成值", "分值", "得分"), rows)


def _sum(values: Iterable[Decimal]) -> Decimal:
    total = _ZERO
    for value in values:
        total = exact.add(total, value)
    return total


def _rate(rate: Decimal | str | int) -> Decimal:
    fraction: Decimal | None = None
    if isinstance(rate, str):
        found = parse_quantity(rate)
        if found is not None and not found.is_range and found.unit in ("", "%"):
            fraction = exact.divide(found.low, _HUNDRED) if found.unit else found.low
    elif isinstance(rate, (Decimal, int)) and not isinstance(rate, bool):
        fraction = Decimal(rate)
    if fraction is None or not fraction.is_finite() or not 0 <= fraction < _TEN:
        raise IndicatorError(
            f"预算执行率“{rate}”不成立；请写 98.5% 或 0.985。 {rate!r} is no rate of execution; write 98.5% or 0.985."
        )
    return fraction
