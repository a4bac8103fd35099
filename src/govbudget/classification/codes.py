"""Subject codes（科目编码）: every printed form to the canonical digits, with errors that teach."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from govbudget.errors import CodeError

__all__ = ["Kind", "Level", "UnknownCodeError", "kind_of", "level_of", "parse_code", "split_code"]


class Kind(str, Enum):
    """Which classification a code belongs to（分类）, told by its first digit.

    收入分类 begins with 1, 支出功能分类 with 2, 部门预算支出经济分类 with 3, 政府预算支出经济分类 with 5
    （财政部《政府收支分类科目》; the two economic classifications since 财预〔2017〕98号）.
    """

    REVENUE = "revenue"
    FUNCTION = "function"
    DEPARTMENT_ECONOMIC = "department_economic"
    GOVERNMENT_ECONOMIC = "government_economic"

    def __str__(self) -> str:
        return self.value

    @property
    def chinese(self) -> str:
        """The Chinese name of the classification, such as 支出功能分类."""
        return _CHINESE[self]


class Level(str, Enum):
    """How deep a subject stands（级次）: 类 3 digits, 款 5, 项 7, 目 9（《政府收支分类科目》）."""

    CLASS = "类"
    SECTION = "款"
    ITEM = "项"
    DETAIL = "目"

    def __str__(self) -> str:
        return self.value


class UnknownCodeError(CodeError, KeyError):
    """A code that a catalogue does not list（目录中没有这个科目）; the message names the nearest that it does."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


_CHINESE = {
    Kind.REVENUE: "收入分类",
    Kind.FUNCTION: "支出功能分类",
    Kind.DEPARTMENT_ECONOMIC: "部门预算支出经济分类",
    Kind.GOVERNMENT_ECONOMIC: "政府预算支出经济分类",
}
_KINDS = {
    "1": Kind.REVENUE,
    "2": Kind.FUNCTION,
    "3": Kind.DEPARTMENT_ECONOMIC,
    "5": Kind.GOVERNMENT_ECONOMIC,
}
_DEEPEST = {"1": 9, "2": 7, "3": 5, "5": 5}
_LEVELS = {3: Level.CLASS, 5: Level.SECTION, 7: Level.ITEM, 9: Level.DETAIL}

_GAP = r"[\s\-_|/·‐‑–—]{0,3}"
_TWO = "[0-9][0-9]"
_BODY = "|".join(rf"{first}{_TWO}(?:{_GAP}{_TWO}){{0,{(deepest - 3) // 2}}}" for first, deepest in _DEEPEST.items())
# A code is not the beginning of a number (2024, 201.5, 300,000), of a word (201a) or of a quantity (300万元, 100%).
_PRINTED = re.compile(
    rf"\s*(?P<open>[\[(【〔〈<])?\s*(?P<code>{_BODY})(?:\.0+)?(?![0-9A-Za-zＡ-Ｚａ-ｚ%‰℃]|[.,][0-9])"
    r"(?(open)\s*[\])】〕〉>]?)(?P<rest>.*)",
    re.DOTALL,
)
_NARROW = str.maketrans("０１２３４５６７８９［］（）－＿｜／．，％", "0123456789[]()-_|/.,%")
_QUANTITY = re.compile(r"[万亿元年月日人个次号套台辆条户家名平米吨亩]")
_TRIM = " \t\r\n\u3000\u200b\ufeff-_|/:：、.,，·—–－｜"
_NOT_DIGIT = re.compile(r"[^0-9]+")


def kind_of(code: str) -> Kind:
    """The classification of a canonical code（编码所属分类）."""
    return _KINDS[code[0]]


def level_of(code: str) -> Level:
    """The level of a canonical code（类款项目）."""
    return _LEVELS[len(code)]


@lru_cache(maxsize=65536)
def split_code(text: str, kinds: str = "1235") -> tuple[str, str] | None:
    """Split a leading subject code from the rest（拆分编码与名称）; None when the text begins with no code.

    Never raises, and leaves the rest as printed. Shape is all it knows: a nine-digit unit code that begins with 1 looks
    like a revenue code, so pass the first digits that may occur (``kinds="235"`` for expenditure) where the form says.

    >>> split_code("2010301 行政运行")
    ('2010301', '行政运行')
    >>> split_code("103003 一般行政管理事务") is None
    True
    """
    match = _PRINTED.match(text.translate(_NARROW))
    if match is None or match["code"][0] not in kinds:
        return None
    code, rest = _NOT_DIGIT.sub("", match["code"]), text[match.start("rest") :]
    if len(code) == 3 and match.end("code") == match.start("rest") and _QUANTITY.match(rest):
        return None
    return code, rest.lstrip(_TRIM).rstrip()


def parse_code(value: object) -> str:
    """The canonical digits of a code in any printed form（规范化科目编码）.

    Takes ``2010301``, ``201 03 01``, ``201-03-01``, ``201|03|01``, ``2010301 行政运行``, ``[2010302]一般行政管理事务``,
    full-width digits, and the numbers a spreadsheet makes of a code (``2010301.0``).

    Raises:
        CodeError: what can never be a code; the message shows what a code looks like.
    """
    if isinstance(value, str):
        found = split_code(value)
        if found is not None and not found[1][:1].isdigit():
            return found[0]
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        found = split_code(str(value))
        if found is not None:
            return found[0]
    raise CodeError(_teach(value))


def bare_code(value: object, kinds: str) -> str:
    """The canonical digits of a code that stands alone and belongs to one of these classifications, or CodeError."""
    text = value if isinstance(value, str) else str(value)
    if (
        len(text) in _LEVELS
        and text.isascii()
        and text.isdigit()
        and text[0] in kinds
        and len(text) <= _DEEPEST[text[0]]
    ):
        return text
    code = parse_code(value)
    if code[0] not in kinds or (isinstance(value, str) and split_code(value) != (code, "")):
        raise CodeError(_teach(value, kinds))
    return code


_SHAPES = {
    "1": ("收入科目以1开头、3/5/7/9位，如 10301", "revenue codes begin with 1 and have 3, 5, 7 or 9 digits, as 10301"),
    "2": (
        "功能科目以2开头、3/5/7位（类款项），如 201、20103、2010301",
        "function codes begin with 2 and have 3, 5 or 7 digits, as 201, 20103, 2010301",
    ),
    "3": (
        "部门经济科目以3开头、3/5位（类款），如 301、30101",
        "department economic codes begin with 3 and have 3 or 5 digits, as 301, 30101",
    ),
    "5": (
        "政府经济科目以5开头、3/5位（类款），如 501、50101",
        "government economic codes begin with 5 and have 3 or 5 digits, as 501, 50101",
    ),
}


def _teach(value: object, kinds: str = "1235") -> str:
    first = re.search(r"[0-9]", unicodedata.normalize("NFKC", str(value)))
    kinds = first[0] if first and first[0] in kinds else kinds
    chinese = "；".join(_SHAPES[kind][0] for kind in kinds)
    english = "; ".join(_SHAPES[kind][1] for kind in kinds)
    return f"“{value}”不是科目编码：{chinese}。{value!r} is not a subject code: {english}."
