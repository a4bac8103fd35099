from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.errors import IndicatorError
from govbudget.performance import Direction, Operator, parse_indicator, parse_target

D = Decimal


@pytest.mark.parametrize(
    ("operator", "spellings"),
    [
        (Operator.GE, "≥ ≧ ⩾ ≽ ≫ 》 》= >= ＞＝ => $\\geqslant$ \\geq \\ge &gt;= 大于等于 不低于 不少于 ≮"),
        (Operator.LE, "≤ ≦ ⩽ ≼ ≪ 《 《= <= ＜＝ =< $\\leqslant$ \\leq \\le &lt;= 小于等于 不高于 不超过 ≯"),
        (Operator.EQ, "= ＝ == 等于"),
        (Operator.GT, "> ＞ &gt; 大于 $>$"),
        (Operator.LT, "< ＜ &lt; 小于"),
        (Operator.QUALITATIVE, "定性 定义 定性指标"),
    ],
)
def test_spellings_of_an_operator(operator: Operator, spellings: str) -> None:
    for text in spellings.split():
        assert Operator.parse(text) is operator
        assert Operator.parse(f" {text}\n") is operator


def test_an_operator_equals_its_glyph() -> None:
    assert Operator("≥") is Operator.GE
    assert "≥" in {Operator.GE}
    assert str(Operator.QUALITATIVE) == "定性"


@pytest.mark.parametrize("text", ["", "约", "98", "≥98"])
def test_no_operator(text: str) -> None:
    assert Operator.recognize(text) is None
    with pytest.raises(IndicatorError, match="≥ ≤ = > < 定性"):
        Operator.parse(text)


def test_directions() -> None:
    assert [Direction.parse(text) for text in ("正向", "正向指标", " 正 向 ")] == [Direction.POSITIVE] * 3
    assert [Direction.parse(text) for text in ("反向", "反向指标", "负向", "逆向指标")] == [Direction.NEGATIVE] * 4
    with pytest.raises(IndicatorError, match="正向"):
        Direction.parse("上")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("≥", "98", "%"), (Operator.GE, D(98), "%")),
        (("≧", "70", "％"), (Operator.GE, D(70), "%")),
        (("", "≥98%", ""), (Operator.GE, D(98), "%")),
        (("", "=100.00(%)", ""), (Operator.EQ, D(100), "%")),
        (("", "≥90.00（%）", ""), (Operator.GE, D(90), "%")),
        (("", "$\\geqslant$ 98%", ""), (Operator.GE, D(98), "%")),
        (("", "$\\geq 98\\%$", ""), (Operator.GE, D(98), "%")),
        (("", "》95%", ""), (Operator.GE, D(95), "%")),
        (("", "不低于95%", ""), (Operator.GE, D(95), "%")),
        (("=", "182 个", "个"), (Operator.EQ, D(182), "个")),
        (("≥", "99.6%", "%"), (Operator.GE, D("99.6"), "%")),
        (("=", "100%", ""), (Operator.EQ, D(100), "%")),
        (("=", "100%", "/"), (Operator.EQ, D(100), "%")),
        (("≥", "≥98", "%"), (Operator.GE, D(98), "%")),
        (("≥98%", "", ""), (Operator.GE, D(98), "%")),
        (("定量", "≥98%", ""), (Operator.GE, D(98), "%")),
        (("", "2次", ""), (None, D(2), "次")),
        (("", "100%", ""), (None, D(100), "%")),
        (("", "１００％", ""), (None, D(100), "%")),
        (("", "正常运转", ""), (None, "正常运转", "")),
        (("定性", "好坏", "级"), (Operator.QUALITATIVE, "好坏", "级")),
        (("定义", "提高群众\n满意度", ""), (Operator.QUALITATIVE, "提高群众满意度", "")),
        (("定性", "", "年"), (Operator.QUALITATIVE, None, "年")),
        (("定性", "100", "%"), (Operator.QUALITATIVE, "100", "%")),
        (("", "定性高中低", ""), (Operator.QUALITATIVE, "高中低", "")),
        (("", "≤5万元/年", ""), (Operator.LE, D(5), "万元/年")),
        (("≤", "5万", "元"), (Operator.LE, D(5), "万元")),
        (("≤", "5万", "万元"), (Operator.LE, D(5), "万元")),
        (("≥", "1,456", "项"), (Operator.GE, D(1456), "项")),
        (("≥", "447. 48", "元"), (Operator.GE, D("447.48"), "元")),
        (("", "90-95%", ""), (None, "90-95", "%")),
        (("=", "90～95", "%"), (Operator.EQ, "90~95", "%")),
        (("≥", "-5", "%"), (Operator.GE, D(-5), "%")),
        (("", "", ""), (None, None, "")),
        (("≥", "95%以上", ""), (Operator.GE, D(95), "%")),
        (("", "≤5天以内", ""), (Operator.LE, D(5), "天")),
        (("", "≥2000㎡", ""), (Operator.GE, D(2000), "㎡")),
        (("", "$≥$ 98%", ""), (Operator.GE, D(98), "%")),
        (("", "> =98%", ""), (Operator.GE, D(98), "%")),
        (("", "大于等于 98 %", ""), (Operator.GE, D(98), "%")),
        (("", "", "个"), (None, None, "个")),
    ],
)
def test_layouts(cells: tuple[str, str, str], expected: tuple[object, ...]) -> None:
    assert parse_target(*cells) == (*expected, None)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2024年底前",
            "12月31日",
            "98%以上",
            "5天内",
            "95-90",
            "1:1",
            "《办事指南》",
            "超过预期",
            "优良中低差",
            "7*24小时",
        ),
        *("2024-12-31", "100%完成", "一次", "10,5"),
    ],
)
def test_prose_stays_prose(text: str) -> None:
    assert parse_target("", text, "") == (None, text, "", None)


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (("≥", "好坏", ""), "value"),
        (("≥", "", "%"), "value"),
        (("≤", "90-95", "%"), "value"),
        (("", "≥好坏", ""), "value"),
        (("≤", "95%以上", ""), "value"),
        (("≥", "≤98", "%"), "operator"),
        (("≥", "定性：好坏", ""), "operator"),
        (("约", "98", "%"), "operator"),
        (("≤", "5万元", "个"), "unit"),
    ],
)
def test_what_makes_no_sense_is_kept_and_explained(cells: tuple[str, str, str], field: str) -> None:
    found = parse_target(*cells)
    assert found.problem is not None
    assert found.problem.field == field
    assert found.operator is None
    indicator = parse_indicator("办结率", operator=cells[0], value=cells[1], unit=cells[2])
    assert indicator.problems == (found.problem,)
    printed = indicator.printed
    assert (printed.operator, printed.value, printed.unit) == cells
    assert indicator.value_text == cells[1]


def test_the_printed_scale_is_kept() -> None:
    assert str(parse_target("≤", "3.70", "万元").value) == "3.70"


TEXTS = st.text(max_size=12) | st.text("≥≤=><定性：:好坏0123456789.,-~%（）()〔〕元万个$\\ 》《", max_size=12)


@given(st.tuples(*[TEXTS] * 8))
def test_reading_never_fails(texts: tuple[str, ...]) -> None:
    name, level1, operator, value, unit, weight, direction, core = texts
    indicator = parse_indicator(name, level1, "", operator, value, unit, weight, direction, core)
    assert indicator.printed.value == value
    assert indicator.weight is None or 0 <= indicator.weight <= 100
    assert all(str(problem) for problem in indicator.problems)
    assert indicator.standard_level1 is None or indicator.standard_level1.endswith("指标")
    if indicator.operator is not None and indicator.operator.quantitative:
        assert indicator.bounds is not None
