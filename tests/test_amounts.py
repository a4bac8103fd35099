"""Amounts: what is printed is what is parsed, units are exact, and the envelope holds what rounding can do."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govbudget.amounts import (
    Unit,
    envelope,
    exact,
    find_unit,
    format_amount,
    half_step,
    pad,
    parse_amount,
    parse_money,
    places,
    rounded,
)
from govbudget.errors import AmountError
from govbudget.strategies import figures

DECIMALS = st.integers(0, 6)
FIGURES = figures()
GIGANTIC = st.one_of(
    st.integers(10**27, 10**40).map(Decimal), st.floats(1e20, allow_nan=False, allow_infinity=False).map(exact)
)
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@given(st.decimals())
@example(Decimal("1E+3"))
@example(Decimal("0E-7"))
def test_places_are_those_of_the_exponent(amount: Decimal) -> None:
    exponent = amount.as_tuple().exponent
    assert places(amount) == (max(0, -exponent) if isinstance(exponent, int) else 0)


@given(FIGURES)
def test_what_is_printed_is_parsed_back_at_its_scale(amount: Decimal) -> None:
    for text in (format_amount(amount), format_amount(amount, separators=True)):
        found = parse_amount(text)
        assert found is not None
        assert found.as_tuple() == amount.as_tuple()


@given(FIGURES, st.sampled_from(["{}", " {} ", "{}\n", "　{}"]))
def test_full_width_figures_are_the_same_figures(amount: Decimal, around: str) -> None:
    assert parse_amount(around.format(format_amount(amount, separators=True).translate(FULL_WIDTH))) == amount


@pytest.mark.parametrize(
    ("amount", "decimals", "plain", "separated"),
    [
        ("1658", None, "1658", "1,658"),
        ("1234567.80", None, "1234567.80", "1,234,567.80"),
        ("-1658.004", 2, "-1658.00", "-1,658.00"),
        ("1658.005", 2, "1658.01", "1,658.01"),
        ("0.125", 0, "0", "0"),
        ("447.4", 2, "447.40", "447.40"),
    ],
)
def test_amounts_are_printed_plainly_or_by_thousands(
    amount: str, decimals: int | None, plain: str, separated: str
) -> None:
    assert format_amount(Decimal(amount), decimals) == plain
    assert format_amount(Decimal(amount), decimals, separators=True) == separated


@given(FIGURES.map(abs))
def test_brackets_mean_negative(amount: Decimal) -> None:
    for brackets in ("({})", "（{}）", "( {} )"):
        assert parse_amount(brackets.format(format_amount(amount))) == -amount


@given(st.integers(-(10**11), 10**11), st.integers(0, 3))
def test_a_float_of_a_workbook_is_the_decimal_that_was_typed(digits: int, decimals: int) -> None:
    typed = Decimal(digits).scaleb(-decimals)
    assert exact(float(typed)) == typed


@given(st.integers(10**14, 10**15 - 1), st.integers(0, 293))
@example(10**14 + 1, 1)
@example(10**14 + 1, 13)
@example(10**14 + 1, 14)
def test_a_number_of_any_size_is_the_number_that_was_typed(digits: int, exponent: int) -> None:
    """A cell may hold 1.23456789012345E+30; what fits into a figure is written out, the rest stays a power of ten."""
    typed = Decimal(digits).scaleb(exponent)
    for found in (exact(typed), exact(float(typed))):
        assert found == typed
        assert places(found) == 0
        assert ("E" in str(found)) is (exponent > 13)


@given(FIGURES | GIGANTIC, DECIMALS)
def test_padding_never_changes_the_value(amount: Decimal, decimals: int) -> None:
    padded = pad(amount, decimals)
    assert padded == amount
    assert places(padded) == max(decimals, places(amount))


@given(FIGURES | GIGANTIC, DECIMALS)
def test_rounding_moves_a_figure_by_half_a_step_at_most(amount: Decimal, decimals: int) -> None:
    found = rounded(amount, decimals)
    assert places(found) == decimals
    with localcontext(Context(prec=1_000)):
        assert abs(found - amount) <= Decimal((0, (5,), -decimals - 1))
    assert format_amount(amount, decimals) == format(found, "f")


@pytest.mark.parametrize(("unit", "yuan"), [("元", "1"), ("万元", "10000"), ("亿元", "100000000")])
def test_a_unit_is_so_many_yuan(unit: str, yuan: str) -> None:
    assert Unit.of(unit).factor == Decimal(yuan)


@given(FIGURES, st.sampled_from(Unit))
def test_units_are_named_as_they_are_printed(amount: Decimal, one: Unit) -> None:
    assert Unit.of(one.value) is one
    assert find_unit(f"金额单位：{one.value}") is one
    found = parse_money(f"{format_amount(amount)}{one.value}")
    assert found == (amount, one)


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=8), min_size=1, max_size=30),
    st.integers(0, 4),
    st.sampled_from(Unit),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
)
def test_rounding_of_true_figures_stays_within_the_envelope(
    true: list[Decimal], decimals: int, unit: Unit, rounding: str
) -> None:
    step = Decimal((0, (1,), -decimals))
    printed = [figure.quantize(step, rounding) for figure in true]
    total = sum(true, Decimal(0)).quantize(step, rounding)
    difference = abs(total - sum(printed, Decimal(0))) * unit.factor
    assert difference <= envelope(total, printed, unit)
    assert envelope(total, printed, unit) == (len(printed) + 1) * step / 2 * unit.factor


@given(FIGURES, st.sampled_from(Unit))
def test_the_true_figure_lies_within_half_a_step(amount: Decimal, unit: Unit) -> None:
    step = half_step(amount, unit)
    assert step > 0
    just_inside = amount + step / unit.factor * Decimal("0.99")
    assert format_amount(just_inside, places(amount)) == format_amount(amount, places(amount))


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("1658.00", "1658.00"),
        ("1,658.00", "1658.00"),
        ("１，６５８．００", "1658.00"),
        ("447. 48", "447.48"),
        ("447 .48", "447.48"),
        ("1 658.00", "1658.00"),
        ("（12.50）", "-12.50"),
        ("－12.50", "-12.50"),
        ("−3", "-3"),
        ("¥350.00", "350.00"),
        (".5", "0.5"),
        ("+7.77", "7.77"),
        ("350.", "350"),
        ("0.00", "0.00"),
        ("1,4000.00", "14000.00"),
    ],
)
def test_printed_damage_is_read(printed: str, amount: str) -> None:
    assert parse_amount(printed) == Decimal(amount)


@pytest.mark.parametrize("nothing", ["", "  ", "-", "—", "——", "…", "/", "无", "　", "－"])
def test_nothing_is_nothing(nothing: str) -> None:
    assert parse_amount(nothing) is None


@pytest.mark.parametrize(
    "text",
    [
        *("75.45 57.60", "好坏", "1.2.3", "12万元", "(", "1,2", "２０２４年", "1e5", "--5", "#REF!", "9" * 60, "٣٤x"),
        *("(12.50", "12.50)", "（12.50", "12.50）"),
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(text)


def test_the_longest_figure_has_forty_characters() -> None:
    for figure in ("9" * 40, "-" + "9" * 36 + ".99", "9," + ",".join(["999"] * 9) + ".99"):
        assert parse_amount(figure) == Decimal(figure.replace(",", ""))
    for text in ("9" * 41, "," + "9" * 40):
        with pytest.raises(AmountError, match="文字过长"):
            parse_amount(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_not_finite_is_refused(value: float | Decimal) -> None:
    with pytest.raises(AmountError):
        exact(value)


@given(st.text(max_size=60))
def test_any_text_is_an_amount_nothing_or_refused(text: str) -> None:
    try:
        found = parse_amount(text)
    except AmountError:
        return
    assert found is None or found.is_finite()


@pytest.mark.parametrize("unit", ["角", "", "万", "万元 "])
def test_other_units_are_refused(unit: str) -> None:
    with pytest.raises(AmountError, match="亿元"):
        Unit.of(unit)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("375万元", (Decimal(375), Unit.WAN)),
        ("12.50", (Decimal("12.50"), None)),
        ("1,300,000元", (Decimal(1300000), Unit.YUAN)),
        ("3（亿元）", (Decimal(3), Unit.YI)),
        ("—", None),
        ("无", None),
    ],
)
def test_money_with_its_unit(text: str, found: tuple[Decimal, Unit | None] | None) -> None:
    assert parse_money(text) == found


def test_the_units_of_lines_and_headers() -> None:
    assert find_unit("单位：万元") is Unit.WAN
    assert find_unit("金额单位: 元") is Unit.YUAN
    assert find_unit("当年预算（亿元）") is Unit.YI
    assert find_unit("部门名称") is None


def test_a_text_is_too_long_for_an_amount_from_its_forty_first_letter_on() -> None:
    digits = "1234567890" * 4
    assert parse_amount(digits) == Decimal(digits)
    with pytest.raises(AmountError) as caught:
        parse_amount(f"{digits}1")
    assert str(caught.value) == f"文字过长，不是金额：{digits[:20]}… (too long for an amount)"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("1E+1"), "10"),
        (-0.0, "0"),
        (1e27, f"1{'0' * 27}"),
        (1e28, "1E+28"),
        (Decimal("12.50"), "12.50"),
        (7, "7"),
    ],
)
def test_the_zeros_of_an_exponent_are_written_out_as_far_as_a_sum_keeps_them(value: Decimal, printed: str) -> None:
    assert str(exact(value)) == printed


@pytest.mark.parametrize(("amount", "decimals"), [("NaN", 0), ("Infinity", 0), ("1E+3", 0), ("7", 0), ("0.10", 2)])
def test_what_prints_no_decimals_has_none(amount: str, decimals: int) -> None:
    assert places(Decimal(amount)) == decimals
