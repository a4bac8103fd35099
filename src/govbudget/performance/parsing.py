"""From the printed texts of a target to its operator, value and unit, in every layout that regions use."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import attrs

from govbudget.performance.operators import Operator, split_operator
from govbudget.performance.quantities import (
    clean_unit,
    clean_words,
    merge_units,
    parse_quantity,
    plain_number,
)

__all__ = ["Problem", "Target", "no_number", "parse_target"]

# Words carry a unit in one cell only in our own printing: 定性：好坏〔级〕.
_WORDS_UNIT = re.compile(r"(.*)〔([^〔〕]*)〕", re.S)

# ≥ beside 95%以上 says the same thing twice.
_ABOVE = re.compile(r"\s*(?:[（(]含[)）]|及)?以上(?:[（(]含[)）])?\s*$")
_BELOW = re.compile(r"\s*(?:[（(]含[)）]|及)?(?:以下|以内|之内|内)(?:[（(]含[)）])?\s*$")
_REDUNDANT = {Operator.GE: _ABOVE, Operator.GT: _ABOVE, Operator.LE: _BELOW, Operator.LT: _BELOW}


@attrs.frozen(slots=True)
class Problem:
    """One printed text of an indicator that makes no sense（读不懂或自相矛盾的原文）.

    Attributes:
        field: the field of the indicator: operator, value, unit, weight, direction or core.
        printed: the text as printed.
        chinese: what is wrong, in Chinese.
        english: the same in English.
    """

    field: str
    printed: str
    chinese: str
    english: str

    def __str__(self) -> str:
        return f"{self.chinese} {self.english}"


class Target(NamedTuple):
    """What operator, value and unit of one indicator mean together（指标性质、指标值、计量单位）.

    Attributes:
        operator: None when none is printed, or when it cannot bind the value.
        value: Decimal, or str for words and ranges, or None.
        unit: the unit of measure, also where it was printed behind the value.
        problem: what does not make sense; None for a sound target.
    """

    operator: Operator | None
    value: Decimal | str | None
    unit: str
    problem: Problem | None = None


@lru_cache(maxsize=4096)
def parse_target(operator: str = "", value: str = "", unit: str = "") -> Target:
    """Read operator, value and unit from the texts of their cells, in any layout; never fails.

    The operator and the unit may stand in cells of their own or in that of the value: ``≥98%``, ``≥90.00(%)``,
    ``182 个``, ``99.6%``, ``2次``, ``正常运转``. Where they disagree the value stays words and ``problem`` says why.
    """
    measure = clean_unit(unit)
    sign = Operator.recognize(operator) if operator else None
    if sign is Operator.QUALITATIVE:
        return Target(sign, clean_words(value) or None, measure)
    number = plain_number(value)
    if number is not None and (sign is not None or not operator):
        return Target(sign, number, measure)
    unknown = None
    if sign is None and operator.strip() not in ("", "定量"):
        joined = Target(None, None, measure) if value.strip() else parse_target("", operator, unit)
        if joined.operator is not None:
            return joined
        unknown = _bad_operator(operator)
    return _bind(sign, value, measure, unknown)


def _bind(operator: Operator | None, text: str, unit: str, unknown: Problem | None) -> Target:
    words = clean_words(text)
    if not words:
        return Target(None, None, unit, no_number(operator, words) if operator else unknown)
    glyph, rest = split_operator(text)
    if glyph is not None and operator not in (None, glyph):
        return Target(None, words, unit, _two_operators(str(operator), words))
    if glyph is Operator.QUALITATIVE:
        return _with_words(glyph, rest, unit, unknown)
    sign = operator or glyph
    quantity = parse_quantity(_REDUNDANT[sign].sub("", rest) if sign in _REDUNDANT else rest)
    if quantity is None or (quantity.is_range and sign not in (None, Operator.EQ)):
        if sign is None:
            return _with_words(None, text, unit, unknown)
        return Target(None, words, unit, no_number(sign, words))
    merged = merge_units(clean_unit(quantity.unit), unit)
    if merged is None:
        return Target(None, words, unit, _two_units(words, unit))
    return Target(sign, quantity.text if quantity.is_range else quantity.low, merged, unknown)


def _with_words(operator: Operator | None, text: str, unit: str, problem: Problem | None) -> Target:
    found = None if unit else _WORDS_UNIT.fullmatch(text)
    if found is not None:
        text, unit = found[1], clean_unit(found[2])
    return Target(operator, clean_words(text) or None, unit, problem)


def _bad_operator(text: str) -> Problem:
    return Problem(
        "operator",
        text,
        f"“{text}”不是指标性质，应为 ≥ ≤ = > < 或 定性。",
        f"{text!r} is not an operator; write one of ≥ ≤ = > < or 定性.",
    )


def no_number(operator: Operator, text: str) -> Problem:
    """The problem of an operator that binds a number and stands beside none."""
    return Problem(
        "value",
        text,
        f"指标性质“{operator}”要求数值，指标值却是“{text}”；文字指标请用 定性。",
        f"The operator {operator} binds a number, but the value is {text!r}; words take the operator 定性.",
    )


def _two_operators(operator: str, text: str) -> Problem:
    return Problem(
        "operator",
        text,
        f"指标性质“{operator}”与指标值“{text}”中的符号不一致。",
        f"The operator {operator} is not the one printed in the value {text!r}.",
    )


def _two_units(text: str, unit: str) -> Problem:
    return Problem(
        "unit",
        text,
        f"指标值“{text}”自带的单位与计量单位“{unit}”不一致。",
        f"The value {text!r} carries another unit than {unit!r}.",
    )
