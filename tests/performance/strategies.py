"""What the tests of this room draw beside the library's indicators: units that no form prints, and what has a score."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from govbudget.performance import Direction, Operator, PerformanceIndicator
from govbudget.strategies import figures, indicators

NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
ODD_UNITS = st.text(st.sampled_from("元个次%()/年底2-"), max_size=5)
POSITIVE = st.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2)
WEIGHTS = st.decimals(min_value=0, max_value=100, places=2)
DIRECTIONS = st.none() | st.sampled_from(Direction)
COMPARISONS = st.sampled_from([operator for operator in Operator if operator.quantitative])

INDICATORS = indicators() | st.builds(
    PerformanceIndicator,
    name=NAMES,
    level1=st.just("产出指标"),
    level2=st.just("数量指标"),
    operator=COMPARISONS | st.just(Operator.QUALITATIVE),
    value=figures(10**9).map(str),
    unit=ODD_UNITS,
)
SCORABLE = st.builds(
    PerformanceIndicator,
    name=NAMES,
    operator=COMPARISONS | st.none(),
    value=POSITIVE,
    unit=st.just("个"),
    weight=WEIGHTS,
    direction=DIRECTIONS,
)
IN_RANGE = st.builds(
    lambda low, more, **fields: PerformanceIndicator(value=f"{low}-{low + more}", **fields),
    POSITIVE,
    POSITIVE,
    name=NAMES,
    operator=st.none() | st.just(Operator.EQ),
    weight=WEIGHTS,
    direction=DIRECTIONS,
)
