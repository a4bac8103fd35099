"""The operator and the direction of an indicator（指标性质、指标方向性）, in every spelling that documents use."""

from __future__ import annotations

import re
from enum import Enum
from html import unescape

from govbudget.errors import IndicatorError

__all__ = ["Direction", "Operator", "split_operator"]


class Operator(str, Enum):
    """How a target value binds（指标性质、计算符号）: five comparisons, and 定性 for words instead of a number.

    The six values are those of the column 指标性质 in the performance forms of the budget system; a member equals its
    glyph (``Operator.GE == "≥"``).
    """

    GE = "≥"
    LE = "≤"
    EQ = "="
    GT = ">"
    LT = "<"
    QUALITATIVE = "定性"

    def __str__(self) -> str:
        return self.value

    @property
    def quantitative(self) -> bool:
        """True for the five comparisons, which bind a number（定量）; False for 定性."""
        return self is not Operator.QUALITATIVE

    @classmethod
    def recognize(cls, text: str) -> Operator | None:
        """The operator that a text spells, or None. ``定义``, a frequent slip, is read as 定性."""
        return _OPERATORS.get(text) or _OPERATORS.get(_squeeze(text))

    @classmethod
    def parse(cls, text: str) -> Operator:
        r"""The operator that a text spells: ≥ ≧ ⩾ 》 >= ``\geq`` 大于等于 不低于, their mirrors, = ＝ ==, 定性.

        Raises:
            IndicatorError: the text spells no operator.
        """
        found = cls.recognize(text)
        if found is None:
            raise IndicatorError(
                f"“{text}”不是指标性质；可用 ≥ ≤ = > < 定性。 {text!r} is not an operator; write one of ≥ ≤ = > < 定性."
            )
        return found


class Direction(str, Enum):
    """Whether more is better（指标方向性）: 正向 the more the better, 反向 the less the better."""

    POSITIVE = "正向"
    NEGATIVE = "反向"

    def __str__(self) -> str:
        return self.value

    @classmethod
    def recognize(cls, text: str) -> Direction | None:
        """The direction that a text spells, or None."""
        return _DIRECTIONS.get(text) or _DIRECTIONS.get("".join(text.split()))

    @classmethod
    def parse(cls, text: str) -> Direction:
        """The direction that a text spells: 正向, 正向指标, 反向, 反向指标, 负向, 逆向.

        Raises:
            IndicatorError: the text spells no direction.
        """
        found = cls.recognize(text)
        if found is None:
            raise IndicatorError(
                f"“{text}”不是指标方向性；可用 正向、反向。 {text!r} is not a direction; write 正向 or 反向."
            )
        return found


_GLYPHS = {
    Operator.GE: "≥ ≧ ⩾ ≽ ⪰ ≫ ≮ ≥= ≥＝ >= ＞＝ >＝ ＞= => ﹥= \\geqslant \\geqq \\geq \\ge \\succeq \\gg",
    Operator.LE: "≤ ≦ ⩽ ≼ ⪯ ≪ ≯ ≤= ≤＝ <= ＜＝ <＝ ＜= =< ﹤= \\leqslant \\leqq \\leq \\le \\preceq \\ll",
    Operator.EQ: "= ＝ == ＝＝ ﹦ \\eq",
    Operator.GT: "> ＞ ﹥ \\gt",
    Operator.LT: "< ＜ ﹤ \\lt",
}
_WORDS = {
    Operator.GE: "大于等于 大于或等于 不低于 不少于 不小于 不得低于 不得少于 至少",
    Operator.LE: "小于等于 小于或等于 不高于 不超过 不大于 不多于 不得高于 不得超过 至多",
    Operator.EQ: "等于",
    Operator.GT: "大于 高于 多于 超过",
    Operator.LT: "小于 低于 少于",
    Operator.QUALITATIVE: "定性 定性指标 定义",
}
# Brackets of titles and of quotations, taken for comparisons by optical recognition.
_BRACKETS = {Operator.GE: "》 》= 》＝", Operator.LE: "《 《= 《＝", Operator.GT: "〉", Operator.LT: "〈"}
_OPERATORS = {
    text: operator
    for table in (_GLYPHS, _BRACKETS, _WORDS)
    for operator, texts in table.items()
    for text in texts.split()
}
_DIRECTIONS = {
    **dict.fromkeys(("正向", "正向指标", "正"), Direction.POSITIVE),
    **dict.fromkeys(("反向", "反向指标", "负向", "负向指标", "逆向", "逆向指标", "反", "负"), Direction.NEGATIVE),
}


def _alternatives(*spellings: str) -> str:
    texts = sorted(" ".join(spellings).split(), key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, text)) for text in texts)


# 超过 opens plain prose and 《 a title: before a number they are operators, else part of the words.
_BEFORE_NUMBER = _alternatives(*_BRACKETS.values(), *(_WORDS[operator] for operator in _GLYPHS))
_PREFIX = re.compile(
    rf"\s*(?:({_alternatives(*_GLYPHS.values())})|({_BEFORE_NUMBER})(?=\s*[0-9０-９])"
    r"|(定性)(?:\s*[:：]|(?=好坏|高中低|优良|优中差)))\s*"
)
_NOISE = re.compile(r"[\s${}`]")


def _squeeze(text: str) -> str:
    return _NOISE.sub("", unescape(text) if "&" in text else text)


def split_operator(text: str) -> tuple[Operator | None, str]:
    """Part the operator from what follows it: ``≥98%`` gives ≥ and ``98%``; without one, None and the text."""
    if "\\" in text or text.count("$") > 1:
        text = text.replace("$", "").replace("\\%", "%")
    found = _PREFIX.match(text)
    if found is None:
        return None, text
    return Operator.recognize(found[1] or found[2] or found[3]), text[found.end() :]
