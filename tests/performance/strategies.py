"""Hypothesis strategies of this room's tests: indicators of every kind that can be true."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from govbudget.performance import Direction, Operator, PerformanceIndicator

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
UNITS = st.one_of(
    st.sampled_from(
        ("", "%", "‰", "元", "万元", "元/人年", "个", "个工作日", "万件", "人/次", "km", "级", "(含税)元", "年底")
    ),
    st.text(st.sampled_from("元个次%()/年底2-"), max_size=5),
)
NUMBERS = st.integers(0, 8).flatmap(lambda places: st.decimals(-(10**9), 10**9, places=places))
POSITIVE = st.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2)
WEIGHTS = st.decimals(min_value=0, max_value=100, places=2)
COMPARISONS = st.sampled_from([operator for operator in Operator if operator.quantitative])
WORDS = CHINESE | st.sampled_from(
    ("好坏", "高中低", "优良中低差", "合理", "98%以上", "2024年底前", "见附件〔注〕", "《办法》")
)
RANGES = st.tuples(POSITIVE, POSITIVE).filter(lambda ends: ends[0] < ends[1]).map(lambda ends: f"{ends[0]}-{ends[1]}")

_NAMES = {
    "name": CHINESE,
    "level1": st.sampled_from(("", "产出指标", "成本指标", "效益指标", "满意度指标")),
    "level2": st.sampled_from(("", "数量指标", "可持续发展指标", "成本指标", "公共服务")),
    "weight": st.none() | WEIGHTS,
    "direction": st.none() | st.sampled_from(Direction),
    "core": st.none() | st.booleans(),
}


def _built(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[PerformanceIndicator]:
    return st.builds(PerformanceIndicator, **{**_NAMES, "unit": UNITS, **fields})


QUANTITATIVE = _built(operator=COMPARISONS, value=NUMBERS)
QUALITATIVE = _built(operator=st.just(Operator.QUALITATIVE), value=st.none() | WORDS | st.just("100"))
WITHOUT_OPERATOR = _built(operator=st.none(), value=st.none() | NUMBERS) | _built(
    operator=st.none(), value=WORDS, unit=st.sampled_from(("", "级", "个"))
)
IN_RANGE = _built(operator=st.none() | st.just(Operator.EQ), value=RANGES)
INDICATORS = st.one_of(QUANTITATIVE, QUALITATIVE, WITHOUT_OPERATOR, IN_RANGE)
SCORABLE = _built(operator=COMPARISONS | st.none(), value=POSITIVE, weight=WEIGHTS, unit=st.just("个"))
