"""Strategies for performance（绩效）: indicators that can be true, and targets that no rule finds fault with."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from govbudget.performance import Direction, Operator, PerformanceIndicator, PerformanceTarget, levels
from govbudget.strategies.values import YEAR, amounts, figures

__all__ = ["indicators", "targets"]

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
SCALES = st.sampled_from(("好坏", "高中低", "优良中低差"))
WORDS = HAN | SCALES | st.sampled_from(("合理", "98%以上", "2024年底前", "见附件〔注〕", "《办法》"))
UNITS = ("", "%", "‰", "元", "万元", "元/人年", "个", "个工作日", "万件", "人/次", "km", "级", "(含税)元", "年底")
COMPARISONS = tuple(operator for operator in Operator if operator.quantitative)
EXECUTION = Decimal(10)
LEVELS = {
    level.name: tuple(below.name for below in levels() if below.parent == level.name)
    for level in levels()
    if level.rank == 1
}
COST = "成本指标"


def indicators() -> st.SearchStrategy[PerformanceIndicator]:
    """Performance indicators（绩效指标） of every kind that can be true: numbers, ranges and words.

    With an operator where it can bind, or without; with levels of the guide, of older forms, or none; with a weight
    within 0 and 100, or none.
    """
    ranges = st.builds(
        lambda low, more: f"{low}-{low + more}",
        st.decimals(0, 10**6, places=2),
        st.decimals(Decimal("0.01"), 10**6, places=2),
    )
    return st.one_of(
        _indicators(operator=st.sampled_from(COMPARISONS), value=figures(10**9), unit=st.sampled_from(UNITS)),
        _indicators(operator=st.just(Operator.QUALITATIVE), value=st.none() | WORDS, unit=st.sampled_from(UNITS)),
        _indicators(value=st.none() | figures(10**9), unit=st.sampled_from(UNITS)),
        _indicators(value=WORDS, unit=st.sampled_from(("", "级", "个"))),
        _indicators(operator=st.none() | st.just(Operator.EQ), value=ranges, unit=st.sampled_from(UNITS)),
    )


def _indicators(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[PerformanceIndicator]:
    others: dict[str, st.SearchStrategy[Any]] = {
        "name": HAN,
        "level1": st.sampled_from(("", *LEVELS)),
        "level2": st.sampled_from(("", "数量指标", "可持续发展指标", "成本指标", "公共服务")),
        "weight": st.none() | st.decimals(0, 100, places=2),
        "direction": st.none() | st.sampled_from(Direction),
        "core": st.none() | st.booleans(),
    }
    return st.builds(PerformanceIndicator, **{**others, **fields})


@st.composite
def targets(draw: st.DrawFn, project: str | None = "数据汇聚1期") -> PerformanceTarget:
    """Performance targets（绩效目标） that no rule finds fault with.

    Every first level of the guide has an indicator; the weights make 90 points, with 10 for the execution of the
    budget, or 100; costs are capped within the budget.

    Args:
        project: whose target; None for the whole department（部门整体）.
    """
    budget = draw(amounts())
    places = [level for level in LEVELS for _ in range(1 if level == COST else draw(st.integers(1, 3)))]
    full, execution = draw(st.sampled_from(((90, EXECUTION), (90, None), (100, None))))
    cuts = draw(st.lists(st.integers(1, full - 1), min_size=len(places) - 1, max_size=len(places) - 1, unique=True))
    weights = [after - before for before, after in pairwise((0, *sorted(cuts), full))]
    names = draw(st.lists(HAN, min_size=len(places), max_size=len(places), unique=True))
    found = [
        draw(_promises(name, level, weight, budget)) for name, level, weight in zip(names, places, weights, strict=True)
    ]
    return PerformanceTarget(
        project=project,
        agency="某市数据局",
        year=YEAR,
        goal=draw(HAN),
        budget=budget,
        execution_weight=execution,
        indicators=found,
    )


def _promises(name: str, level: str, weight: int, budget: Decimal) -> st.SearchStrategy[PerformanceIndicator]:
    """Sound indicators of a first level: a cap on the cost, a number to be reached, a scale."""
    fixed = {
        "name": st.just(name),
        "level1": st.just(level),
        "level2": st.sampled_from(LEVELS[level]),
        "weight": st.just(weight),
    }
    if level == COST:
        caps = st.integers(1, int(budget * 100)).map(lambda cents: Decimal(cents).scaleb(-2))
        directions = st.sampled_from((None, Direction.NEGATIVE))
        return _indicators(operator=st.just(Operator.LE), value=caps, unit=st.just("元"), direction=directions, **fixed)
    numbers = st.decimals(0, 100, places=1)
    least = st.sampled_from((Operator.GE, Operator.EQ))
    directions = st.sampled_from((None, Direction.POSITIVE))
    units = st.sampled_from(("%", "个", "次/年", ""))
    scales = _indicators(operator=st.just(Operator.QUALITATIVE), value=SCALES, unit=st.just("级"), **fixed)
    return scales | _indicators(operator=least, value=numbers, unit=units, direction=directions, **fixed)
