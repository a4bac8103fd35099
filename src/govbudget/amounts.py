"""Amounts of money as budgets print them（金额）: parsing, printing, units and the rounding envelope.

Everything is :class:`decimal.Decimal`. Budgets are printed in 元 or 万元 (财政部 部门预算公开 forms), large
ones in 亿元. A printed figure is a rounded one, so a sum of *n* printed addends may differ from its printed
total by half a unit in the last place of each of the *n* + 1 figures: the rounding envelope.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from functools import cache, lru_cache

from govbudget.errors import AmountError

__all__ = [
    "Unit",
    "envelope",
    "exact",
    "find_unit",
    "format_amount",
    "half_step",
    "pad",
    "parse_amount",
    "parse_money",
    "percentage",
    "places",
    "rounded",
]

MAX_LENGTH = 40
DIGITS = 28  # of the default context: more than these are not written out
WIDE = Context(prec=1_000)  # room for the largest float of a spreadsheet
NOTHING = frozenset({"", "-", "--", "—", "——", "–", "―", "…", "……", "...", "/", "无"})
DASHES = str.maketrans({"－": "-", "−": "-", "﹣": "-", "‐": "-", "‑": "-", "，": ",", "．": ".", "。": "."})
PLAIN = re.compile(r"-?\d+(?:\.\d+)?").fullmatch
NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+)?(?:\.\d+)?\.?").fullmatch
BLANK_AT_MARK = re.compile(r"\s*([.,])\s*")
BLANK_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:\s\d{3})+(?:\.\d+)?").fullmatch
DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3},\d{2}").fullmatch
SPLIT_DECIMALS = re.compile(r"([+-]?[\d,]+\.\d)\s(\d)").fullmatch
MONEY = re.compile(r"(.+?)\s*\(?(亿元|万元|元)\)?").fullmatch


FACTORS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


class Unit(str, Enum):
    """A unit of money（金额单位）: 元, 万元 (10⁴ 元) or 亿元 (10⁸ 元).

    Attributes:
        factor: how many 元 one of this unit is.
    """

    factor: Decimal

    YUAN = "元"
    WAN = "万元"
    YI = "亿元"

    def __init__(self, name: str) -> None:
        self.factor = FACTORS[name]

    @classmethod
    def of(cls, unit: str | Unit) -> Unit:
        """The unit named *unit*.

        Raises:
            AmountError: *unit* is none of 元, 万元, 亿元.

        >>> Unit.of("万元").factor
        Decimal('10000')
        """
        if isinstance(unit, cls):
            return unit
        try:
            return cls(unit)
        except ValueError:
            raise AmountError(
                f"金额单位只能是 元、万元、亿元，不能是 {unit!r} (the unit is none of 元, 万元, 亿元)"
            ) from None


UNIT = re.compile(r"(亿|万)?\s*元")


def find_unit(text: str) -> Unit | None:
    """The unit that a unit line or a header names, or None.

    >>> find_unit("金额单位：万元"), find_unit("部门名称")
    (<Unit.WAN: '万元'>, None)
    """
    found = UNIT.search(text)
    if found is None:
        return None
    return {"亿": Unit.YI, "万": Unit.WAN, None: Unit.YUAN}[found.group(1)]


def exact(value: int | float | Decimal) -> Decimal:
    """A number of a spreadsheet as an exact decimal: a float becomes the decimal of its 15 significant digits.

    >>> exact(1658.0000000000002), exact(447.48)
    (Decimal('1658'), Decimal('447.48'))

    Raises:
        AmountError: infinite or not a number.
    """
    return _of_float(value + 0.0) if isinstance(value, float) else _whole(Decimal(value))


def percentage(value: int | float | Decimal) -> str:
    """A number of a spreadsheet as the percentage that it shows（百分比格式）.

    >>> percentage(0.985), percentage(1)
    ('98.5%', '100%')
    """
    return f"{(exact(value) * 100).normalize():f}%"


@lru_cache(maxsize=1 << 15)
def _of_float(value: float) -> Decimal:
    """The forms of a budget print the same figures again and again."""
    return _whole(Decimal(format(value, ".15g")))


def _whole(number: Decimal) -> Decimal:
    """A number with the zeros of an exponent written out."""
    if not number.is_finite():
        raise AmountError(f"不是有限的数：{number} (not a finite number)")
    _, __, exponent = number.as_tuple()
    whole = isinstance(exponent, int) and exponent > 0 and number.adjusted() < DIGITS
    return number.quantize(Decimal(1)) if whole else number


def parse_amount(value: str | int | float | Decimal) -> Decimal | None:
    """The amount that a cell prints, with its printed scale; None where the cell says "nothing".

    Reads separators (``1,658.00``), full-width digits, blanks at the mark (``447. 48``), a comma that can only be a
    decimal mark (``8,27``), brackets and leading dashes for negatives; ``-``, ``—``, ``…`` and blanks are nothing.

    >>> parse_amount("1,658.00"), parse_amount("（１２．５０）"), parse_amount("—")
    (Decimal('1658.00'), Decimal('-12.50'), None)

    Raises:
        AmountError: the text is neither an amount nor nothing, such as ``75.45 57.60`` (two amounts).
    """
    if not isinstance(value, str):
        return exact(value)
    text = value.strip()
    if len(text) <= MAX_LENGTH and PLAIN(text):
        return Decimal(text)
    if text in NOTHING:
        return None
    if len(text) > MAX_LENGTH:
        raise AmountError(f"文字过长，不是金额：{text[:20]}… (too long for an amount)")
    number = _tidy(text)
    if number in NOTHING:
        return None
    negative = number.startswith("(") and number.endswith(")")
    if negative:
        number = number[1:-1].strip()
    number = BLANK_AT_MARK.sub(r"\1", number).lstrip("¥￥").strip()
    if BLANK_THOUSANDS(number) or SPLIT_DECIMALS(number):
        number = number.replace(" ", "")
    elif DECIMAL_COMMA(number):
        number = number.replace(",", ".")
    if not NUMBER(number) or not any(map(str.isdigit, number)):
        raise AmountError(f"不是金额：{value!r} (not an amount)")
    amount = Decimal(number.replace(",", "").rstrip("."))
    return -amount if negative else amount


def parse_money(text: str) -> tuple[Decimal, Unit | None] | None:
    """An amount that may carry its unit, as in the head of a performance form; None for nothing.

    >>> parse_money("375万元"), parse_money("12.50")
    ((Decimal('375'), <Unit.WAN: '万元'>), (Decimal('12.50'), None))

    Raises:
        AmountError: the text is not an amount.
    """
    found = MONEY(_tidy(text.strip())) if "元" in text else None
    amount = parse_amount(found.group(1) if found else text)
    if amount is None:
        return None
    return amount, Unit(found.group(2)) if found else None


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(DASHES)).translate(DASHES).strip()


def places(amount: Decimal) -> int:
    """The printed decimals of *amount*.

    >>> places(Decimal("447.40")), places(Decimal("350"))
    (2, 0)
    """
    digits, _, exponent = str(amount).upper().partition("E")
    return max(0, len(digits.partition(".")[2]) - int(exponent or 0))


def pad(amount: Decimal, decimals: int) -> Decimal:
    """*amount* with at least *decimals* printed decimals; digits are never lost.

    >>> pad(Decimal("834.4"), 2), pad(Decimal("0.125"), 2)
    (Decimal('834.40'), Decimal('0.125'))
    """
    if amount.same_quantum(_step(decimals)):
        return amount
    return amount if places(amount) >= decimals else rounded(amount, decimals)


def format_amount(amount: Decimal, decimals: int | None = None, *, separators: bool = False) -> str:
    """*amount* as text: plain digits at its own scale, or rounded half up to *decimals*.

    >>> format_amount(Decimal("1658.00")), format_amount(Decimal("1658.005"), 2, separators=True)
    ('1658.00', '1,658.01')
    """
    if decimals is not None:
        amount = rounded(amount, decimals)
    return format(amount, ",f" if separators else "f")


def rounded(amount: Decimal, decimals: int) -> Decimal:
    """*amount* rounded half up to *decimals*, however many digits it has.

    >>> rounded(Decimal("2.345"), 2), rounded(Decimal("1E+29"), 0)
    (Decimal('2.35'), Decimal('100000000000000000000000000000'))
    """
    return amount.quantize(_step(decimals), ROUND_HALF_UP, WIDE)


@cache
def _step(decimals: int) -> Decimal:
    return Decimal((0, (1,), -decimals))


def half_step(amount: Decimal, unit: Unit = Unit.YUAN) -> Decimal:
    """How far, in 元, the true figure may lie from the printed one: half a unit in its last printed place.

    >>> half_step(Decimal("447.48"), Unit.WAN)
    Decimal('50.000')
    """
    return _half(places(amount)) * unit.factor


@cache
def _half(decimals: int) -> Decimal:
    return Decimal((0, (5,), -decimals - 1))


def envelope(total: Decimal, addends: Iterable[Decimal], unit: Unit = Unit.YUAN) -> Decimal:
    """The rounding envelope（舍入误差范围） of a sum, in 元.

    *n* addends and their total, all printed to *p* decimals, can differ by up to (n + 1)·½·10⁻ᵖ without any of
    them being wrong; figures printed to different precision contribute their own half step each.

    >>> envelope(Decimal("950.19"), [Decimal("515.64"), Decimal("434.55")], Unit.WAN)
    Decimal('150.000')
    """
    return sum((half_step(addend, unit) for addend in addends), half_step(total, unit))
