"""The ways regions write a target（指标值的写法）, and one printer for them; :func:`parse_target` reads them all."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from govbudget.performance.indicator import PerformanceIndicator
from govbudget.performance.operators import Operator
from govbudget.performance.quantities import clean_unit, parse_quantity

__all__ = ["Style", "TargetCells", "print_target"]


class Style(str, Enum):
    """How a form writes operator, value and unit（指标值的写法）.

    - ``SEPARATE``: three cells, ``≥`` ``98`` ``%`` (Sichuan, Chongqing, Hubei's project form).
    - ``VALUE_WITH_UNIT``: the unit behind the value, ``≥`` ``98%`` (Hubei's 年初目标值).
    - ``REPEATED_UNIT``: the same with the unit in its cell as well, ``=`` ``182 个`` ``个`` (Chongqing's overall form).
    - ``JOINED``: all in one cell, ``≥98%``.
    - ``SHANGHAI``: all in one cell, two decimals, the unit in brackets, ``≥90.00(%)``.
    """

    SEPARATE = "separate"
    VALUE_WITH_UNIT = "value_with_unit"
    REPEATED_UNIT = "repeated_unit"
    JOINED = "joined"
    SHANGHAI = "shanghai"


class TargetCells(NamedTuple):
    """The texts of the three cells（计算符号、指标值、计量单位）; those that a style does not use are empty."""

    operator: str
    value: str
    unit: str


def print_target(indicator: PerformanceIndicator, style: Style = Style.SEPARATE) -> TargetCells:
    """Write operator, value and unit of an indicator in a style; ``parse_target(*cells)`` gives them back.

    In one cell 定性 is written before its words, and the unit of words in 〔〕, since nothing else would tell them
    from words without: ``定性：好坏〔级〕``.
    """
    sign, value, unit = indicator.operator_text, indicator.value_text, indicator.unit
    is_number = indicator.bounds is not None
    if style is Style.JOINED or style is Style.SHANGHAI:
        if not is_number:
            mark = "定性：" if indicator.operator is Operator.QUALITATIVE else ""
            return TargetCells("", mark + _with_unit(value, unit), "")
        if style is Style.JOINED:
            return TargetCells("", sign + _attached(value, unit), "")
        if indicator.quantity is not None and len(value.partition(".")[2]) < 2:
            value = f"{indicator.quantity:.2f}"
        return TargetCells("", f"{sign}{value}({unit})" if unit else f"{sign}{value}", "")
    if not is_number:
        return TargetCells(sign, value if sign or unit else _with_unit(value, ""), unit)
    if style is Style.VALUE_WITH_UNIT:
        return TargetCells(sign, _attached(value, unit), "")
    if style is Style.REPEATED_UNIT:
        return TargetCells(sign, _attached(value, unit, " "), unit)
    return TargetCells(sign, value, unit)


def _with_unit(words: str, unit: str) -> str:
    return f"{words}〔{unit}〕" if unit or words.endswith("〕") else words


def _attached(value: str, unit: str, blank: str = "") -> str:
    joined = f"{value}{unit}" if unit.startswith(("%", "‰")) else f"{value}{blank}{unit}"
    found = parse_quantity(joined)
    if found is not None and found.text == value and clean_unit(found.unit) == unit:
        return joined.strip()
    return f"{value}({unit})"
