from __future__ import annotations

import pickle
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.errors import GovBudgetError, IndicatorError
from govbudget.performance import Direction, Operator, PerformanceIndicator, parse_indicator

from .strategies import INDICATORS

SATISFACTION = PerformanceIndicator(
    level1="满意度指标",
    level2="服务对象满意度指标",
    name="群众满意度",
    operator="≥",
    value="98",
    unit="%",
    weight="10",
    direction="正向指标",
)


def test_texts_are_understood() -> None:
    assert SATISFACTION.operator is Operator.GE
    assert SATISFACTION.value == SATISFACTION.quantity == Decimal(98)
    assert SATISFACTION.weight == Decimal(10)
    assert SATISFACTION.direction is Direction.POSITIVE
    assert SATISFACTION.core is None
    assert SATISFACTION.printed.direction == "正向指标"


def test_objects_and_texts_give_the_same() -> None:
    typed = PerformanceIndicator(
        level1="满意度指标",
        level2="服务对象满意度指标",
        name="群众满意度",
        operator=Operator.GE,
        value=Decimal("98.0"),
        unit="％",
        weight=10,
        direction=Direction.POSITIVE,
    )
    assert typed == SATISFACTION
    assert hash(typed) == hash(SATISFACTION)
    assert typed.value_text == "98.0"


def test_frozen_and_slotted() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        SATISFACTION.weight = Decimal(20)  # type: ignore[misc]
    assert not hasattr(SATISFACTION, "__dict__")


@pytest.mark.parametrize(
    "fields",
    [
        {"operator": "≥", "value": "好坏"},
        {"operator": "≥", "value": ""},
        {"operator": "≥"},
        {"operator": "<", "value": "90-95"},
        {"operator": "约", "value": "98"},
        {"operator": "≥", "value": "≤98"},
        {"value": "5万元", "unit": "个"},
        {"operator": "≥", "value": 98.0},
        {"operator": "≥", "value": True},
        {"operator": "≥", "value": Decimal("NaN")},
        {"weight": "130"},
        {"weight": -1},
        {"weight": "重要"},
        {"weight": 0.5},
        {"direction": "上"},
        {"core": "也许"},
        {"core": 2},
    ],
)
def test_what_can_never_be_true_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(IndicatorError) as refused:
        PerformanceIndicator(name="办结率", **fields)  # type: ignore[arg-type]
    assert isinstance(refused.value, (GovBudgetError, ValueError))
    chinese, english = (any("一" <= c <= "龥" for c in str(refused.value)), str(refused.value)[-1] == ".")
    assert chinese and english


def test_evolve_keeps_the_invariants() -> None:
    assert attrs.evolve(SATISFACTION, weight="20").weight == 20
    assert attrs.evolve(SATISFACTION, operator="定性", value="98").value == "98"
    for change in ({"weight": "130"}, {"value": "好坏"}, {"value": None}, {"operator": "约"}):
        with pytest.raises(IndicatorError):
            attrs.evolve(SATISFACTION, **change)


def test_reading_keeps_what_makes_no_sense() -> None:
    wrong = parse_indicator("办结率", operator="≥", value="好坏", unit="级", weight="130", direction="上", core="也许")
    assert (wrong.operator, wrong.value, wrong.weight, wrong.direction, wrong.core) == (None, "好坏", None, None, None)
    assert wrong.operator_text == "≥"
    assert wrong.printed.weight == "130"
    assert [problem.field for problem in wrong.problems] == ["value", "weight", "direction", "core"]


def test_a_qualitative_indicator_without_value_is_sound() -> None:
    empty = parse_indicator("完成时间", operator="定性", unit="年")
    assert (empty.operator, empty.value, empty.unit, empty.problems) == (Operator.QUALITATIVE, None, "年", ())


@pytest.mark.parametrize(("text", "points"), [("10", 10), ("10%", 10), ("１０％", 10), ("7.50", "7.5"), (" 5 分", 5)])
def test_weights(text: str, points: int | str) -> None:
    assert parse_indicator("办结率", weight=text).weight == Decimal(points)


def test_core() -> None:
    assert [parse_indicator("办结率", core=text).core for text in ("是", "否", "")] == [True, False, None]
    assert PerformanceIndicator(name="办结率", core=True).core_text == "是"


def test_layout_blanks_are_dropped_and_kept_in_print() -> None:
    wrapped = parse_indicator("线索核查整\n改率 (IPv6 only)", level1="产出\n指标")
    assert (wrapped.name, wrapped.level1) == ("线索核查整改率(IPv6 only)", "产出指标")
    assert wrapped.printed.name == "线索核查整\n改率 (IPv6 only)"


@pytest.mark.parametrize(
    ("fields", "cap"),
    [
        ({"operator": "≤", "value": "3.7", "unit": "万元"}, "37000"),
        ({"operator": "<", "value": "15", "unit": "元"}, "15"),
        ({"operator": "=", "value": "1058", "unit": "万元"}, "10580000"),
        ({"operator": "≤", "value": "1.2", "unit": "亿元"}, "120000000"),
        ({"value": "≤5万元/年"}, "50000"),
        ({"operator": "≥", "value": "23", "unit": "万元"}, None),
        ({"operator": "=", "value": "43500", "unit": "元/人年"}, None),
        ({"operator": "定性", "value": "好坏"}, None),
        ({"operator": "=", "value": "3-5", "unit": "万元"}, None),
    ],
)
def test_money_cap(fields: dict[str, str], cap: str | None) -> None:
    found = [
        parse_indicator("控制数", level1, level2, **fields).money_cap
        for level1, level2 in (("成本指标", "经济成本指标"), ("产出指标", "成本指标"), ("产出指标", "数量指标"))
    ]
    expected = None if cap is None else Decimal(cap)
    assert found == [expected, expected, None]


def test_bounds() -> None:
    def bounds(text: str) -> object:
        return parse_indicator("办结率", value=text).bounds

    assert bounds("≥98%") == (98, None)
    assert bounds("<5万元") == (None, 5)
    assert bounds("100%") == (100, 100)
    assert bounds("90-95%") == (90, 95)
    assert bounds("正常运转") is None
    assert bounds("") is None
    assert parse_indicator("成本", value="5万元", unit="个").bounds is None


def test_repr_and_html() -> None:
    assert repr(SATISFACTION) == "PerformanceIndicator('群众满意度', '≥ 98 %', weight 10)"
    html = PerformanceIndicator(name="a<b", operator="<", value="5")._repr_html_()
    assert "a&lt;b" in html and "<td>5</td>" in html


def test_pickle() -> None:
    again = pickle.loads(pickle.dumps(SATISFACTION))
    assert again == SATISFACTION
    assert again.printed == SATISFACTION.printed


@given(INDICATORS | st.builds(parse_indicator, *[st.text("≥=定性好坏12.-%个元万", max_size=6)] * 9))
def test_the_fields_give_the_indicator_back(indicator: PerformanceIndicator) -> None:
    fields = {field.name: getattr(indicator, field.name) for field in attrs.fields(PerformanceIndicator)}
    again = PerformanceIndicator(**fields)
    assert again == indicator
    assert again.problems == indicator.problems
    as_text = {**fields, "value": indicator.value_text, "weight": indicator.weight_text}
    assert PerformanceIndicator(**as_text) == indicator
