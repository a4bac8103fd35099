"""The grammar of a target value（指标值）: a number with its unit, a range, or words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "YUAN",
    "Quantity",
    "clean_unit",
    "clean_words",
    "merge_units",
    "parse_quantity",
    "plain_number",
]

YUAN = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，％﹪－–—～（）／﹣", "0123456789.,%%---~()/-")
_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_QUANTITY = re.compile(rf"({_NUMBER})\s*(?:([-~至到])\s*({_NUMBER})\s*)?(.*)", re.S)
_BROKEN_POINT = re.compile(r"(?<=[0-9])\s*\.\s*(?=[0-9])")
# These characters turn a number into prose (2024年底前, 98%以上, 5天内), which is no quantity and stays as printed.
_LETTER = r"[^\W\d_前后内底末上下右及至到余多初旬全约达完]"
_SYMBOL = r"[%‰℃°\u3380-\u33df]"
_UNIT = re.compile(rf"{_SYMBOL}(?:/{_LETTER}{{1,4}})?|{_LETTER}(?:{_LETTER}|{_SYMBOL}|[/·]){{0,9}}")
_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK = re.compile(rf"\s+(?=[{_CJK}])|(?<=[{_CJK}])\s+")
_MULTIPLIERS = frozenset(("百", "千", "万", "十万", "百万", "千万", "亿"))
_NO_UNIT = frozenset(("", "/", "\\", "-", "无"))


class Quantity(NamedTuple):
    """A number, or the two ends of a range, with the unit printed behind it."""

    low: Decimal
    high: Decimal
    text: str
    unit: str

    @property
    def is_range(self) -> bool:
        """Whether two numbers were printed, as in ``90-95%``."""
        return self.low != self.high


def plain_number(text: str) -> Decimal | None:
    """The number that a text of ASCII digits is, with its printed scale (``3.70``); None for anything else."""
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def parse_quantity(text: str) -> Quantity | None:
    """Read ``98``, ``98%``, ``182 个``, ``100.00(%)``, ``1,456项`` or ``90-95%``; None when the text is prose."""
    text = text.strip()
    if not text.isascii():
        text = text.translate(_HALF_WIDTH)
    if " ." in text or ". " in text:
        text = _BROKEN_POINT.sub(".", text)
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    first, dash, second, rest = found.groups()
    unit = _unit_of(rest)
    if unit is None:
        return None
    low = Decimal(first.replace(",", ""))
    if second is None:
        return Quantity(low, low, first, unit)
    high = Decimal(second.replace(",", ""))
    return Quantity(low, high, f"{first}{dash}{second}", unit) if low < high else None


def _unit_of(rest: str) -> str | None:
    if rest == "":
        return ""
    if rest[0] == "(" and rest[-1] == ")":
        return rest[1:-1].strip()
    compact = "".join(rest.split())
    return compact if _UNIT.fullmatch(compact) else None


def clean_unit(text: str) -> str:
    """A unit of measure（计量单位） without blanks and enclosing brackets, ％ as %."""
    unit = "".join(text.split())
    if not unit.isascii():
        unit = unit.translate(_HALF_WIDTH)
    if unit[:1] == "(" and unit[-1:] == ")" and not any(c in "()" for c in unit[1:-1]):
        return unit[1:-1]
    return unit


def merge_units(attached: str, cell: str) -> str | None:
    """The unit of a value that carries one beside a unit cell: 个 and 个, 万 and 元; None when they disagree."""
    if attached == cell or attached == "":
        return cell
    if cell in _NO_UNIT:
        return attached
    if attached in _MULTIPLIERS and not cell.startswith(attached):
        return attached + cell
    if cell.startswith(attached):
        return cell
    return attached if attached.startswith(cell) else None


@lru_cache(maxsize=4096)
def clean_words(text: str) -> str:
    """A text of one line: line breaks and blanks that touch a Chinese character are those of the layout and go."""
    parts = text.split()
    if len(parts) < 2:
        return parts[0] if parts else ""
    return _BREAK.sub("", " ".join(parts))
