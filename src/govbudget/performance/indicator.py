"""One performance indicator（绩效指标）: what was understood, beside what was printed."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

import attrs

from govbudget.errors import IndicatorError
from govbudget.making import maker
from govbudget.performance.html import table
from govbudget.performance.levels import standard_level1, standard_level2
from govbudget.performance.operators import Direction, Operator
from govbudget.performance.parsing import Problem, no_number, parse_target
from govbudget.performance.quantities import YUAN, clean_unit, clean_words, parse_quantity, plain_number
from govbudget.performance.scoring import Actual, score_indicator

__all__ = ["PerformanceIndicator", "Printed", "parse_indicator", "parse_weight", "read_weight"]

_HUNDRED = Decimal(100)
_CORE = {"是": True, "√": True, "核心": True, "否": False, "×": False, "非核心": False}


@attrs.frozen(kw_only=True, weakref_slot=False)
class Printed:
    """The texts of an indicator as they stood in the document（原文）, before anything was understood."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    operator: str = ""
    value: str = ""
    unit: str = ""
    weight: str = ""
    direction: str = ""
    core: str = ""
    note: str = ""


make_printed = maker(Printed)


@attrs.frozen(slots=True, init=False, repr=False, weakref_slot=False)
class PerformanceIndicator:
    """A performance indicator（绩效指标、三级指标） of a project or a department.

    Texts are understood as the documents write them: ``operator="≥", value="98", unit="%"`` and ``value="≥98%"`` give
    the same indicator. The class holds only what can be true: five operators bind a number, 定性 binds words, a weight
    lies within 0 and 100. A printed row that breaks this is read with :func:`parse_indicator`, which keeps it in
    ``printed`` and says what is wrong in ``problems``.

    Args:
        name: the third-level indicator（三级指标）.
        level1: the first-level indicator（一级指标） as printed, e.g. 产出指标.
        level2: the second-level indicator（二级指标） as printed, e.g. 数量指标.
        operator: 指标性质, an Operator or its text; None or "" when none is printed.
        value: 指标值; text, Decimal or int, never float.
        unit: 计量单位, e.g. %, 万元, 个.
        weight: 权重 in points; ``"10%"`` and ``"10"`` are both 10 points.
        direction: 指标方向性, a Direction or its text; None or "" when none is printed.
        core: 是否核心指标, a bool or 是/否; None or "" when none is printed.
        note: 备注.
        printed: the texts of the document; made from the arguments when left out. When given, the other arguments
            are taken as already understood and are not parsed again.

    Attributes:
        value: Decimal where a number is meant, with its printed scale; str for words, a scale (好坏) or a range
            (90-95), and always str with 定性; None where nothing is printed.

    Raises:
        IndicatorError: the arguments contradict each other or can never be true.

    Source: 财预〔2021〕101号 (levels and values), the columns of the published 绩效目标表.
    """

    name: str
    level1: str
    level2: str
    operator: Operator | None
    value: Decimal | str | None
    unit: str
    weight: Decimal | None
    direction: Direction | None
    core: bool | None
    note: str
    printed: Printed = attrs.field(eq=False)

    def __init__(
        self,
        name: str,
        *,
        level1: str = "",
        level2: str = "",
        operator: Operator | str | None = None,
        value: Decimal | str | int | None = None,
        unit: str = "",
        weight: Decimal | str | int | None = None,
        direction: Direction | str | None = None,
        core: bool | str | None = None,
        note: str = "",
        printed: Printed | None = None,
    ) -> None:
        if printed is None:
            printed = Printed(
                name=name,
                level1=level1,
                level2=level2,
                operator=str(operator or ""),
                value=_text(value, "value"),
                unit=unit,
                weight=_text(weight, "weight"),
                direction=str(direction or ""),
                core=_core_text(core),
                note=note,
            )
            problem = next(iter(_problems(printed)), None)
            if problem is not None:
                raise IndicatorError(str(problem))
            self._fill(printed)
            return
        kind = Operator.parse(operator) if operator else None
        text = _text(value, "value")
        number = plain_number(text) if kind is not Operator.QUALITATIVE else None
        self.__attrs_init__(
            name=name,
            level1=level1,
            level2=level2,
            operator=kind,
            value=number if number is not None else text or None,
            unit=unit,
            weight=parse_weight(weight),
            direction=Direction.parse(direction) if direction else None,
            core=_core(_core_text(core)),
            note=note,
            printed=printed,
        )

    def __attrs_post_init__(self) -> None:
        if self.operator is not None and not _binds(self.operator, self.value):
            raise IndicatorError(str(no_number(self.operator, _text(self.value, "value"))))

    def _fill(self, printed: Printed) -> None:
        self.__attrs_init__(*_typed(printed))

    @property
    def quantity(self) -> Decimal | None:
        """The target as a number in ``unit``（定量指标值）; None for words, a range or nothing."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None] | None:
        """The least and the most that meet the target, None for an open end; None as a whole for words.

        A number without an operator, and a range such as ``90-95``, count as bounds on both sides.
        """
        if isinstance(self.value, str):
            found = parse_quantity(self.value) if self.operator is not Operator.QUALITATIVE else None
            return (found.low, found.high) if found is not None and found.is_range and not found.unit else None
        if self.value is None:
            return None
        if self.operator in (Operator.GE, Operator.GT):
            return self.value, None
        if self.operator in (Operator.LE, Operator.LT):
            return None, self.value
        return self.value, self.value

    @property
    def value_text(self) -> str:
        """The value without operator and unit, at its printed scale: ``3.70``; empty when there is none."""
        return _text(self.value, "value")

    @property
    def operator_text(self) -> str:
        """The operator to print: the one understood, else the one that stood beside a value it cannot bind."""
        operator = self.operator or Operator.recognize(self.printed.operator)
        return operator.value if operator else ""

    @property
    def weight_text(self) -> str:
        """The weight in points, at its printed scale; empty when there is none."""
        return _text(self.weight, "weight")

    @property
    def direction_text(self) -> str:
        """正向 or 反向; empty when none is printed."""
        return self.direction.value if self.direction else ""

    @property
    def core_text(self) -> str:
        """是 or 否; empty when none is printed."""
        return _core_text(self.core)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the printed texts makes no sense; empty for every indicator built by the constructor itself."""
        return tuple(_problems(self.printed))

    @property
    def standard_level1(self) -> str | None:
        """The first level by its standard name（一级指标标准名称）; None when unknown.

        An older form prints 成本指标 as a second level of 产出指标; the guide of 2021 makes it a first level.
        """
        return standard_level1(self.level1, self.level2)

    @property
    def standard_level2(self) -> str | None:
        """The second level by its standard name（二级指标标准名称）; None when unknown or not printed."""
        return standard_level2(self.level2)

    @property
    def money_cap(self) -> Decimal | None:
        """The most that a cost indicator allows to be spent, in 元（成本控制数）.

        None unless the level is 成本, the operator is ≤, < or =, and the unit is 元, 千元, 万元 or 亿元 (a year).
        """
        if self.operator not in (Operator.LE, Operator.LT, Operator.EQ) or self.standard_level1 != "成本指标":
            return None
        factor = YUAN.get(self.unit.removesuffix("/年"))
        return None if factor is None or self.quantity is None else self.quantity * factor

    def score(self, actual: Actual) -> Decimal:
        """The points for what was reached（单项自评得分）, within 0 and the weight.

        A comparison earns the full weight when it is met and its part of the weight otherwise: actual / target below a
        lower bound, target / actual above an upper one. ``=`` takes the direction: 正向 is a lower bound, 反向 an upper
        one, and without a direction it is both. 定性 is scored by grade, or by the step of a printed scale (高中低).

        Args:
            actual: a number in the indicator's unit (text may carry its own: ``"4.2万元"``), or a Grade, an Assessment
                or their words for 定性.

        Raises:
            IndicatorError: there is no weight, or the actual value cannot be compared with the target.

        Source: 财预〔2020〕10号, 单位自评 by 完成比例 and by grade; docs/performance.md has the formulas.
        """
        return score_indicator(self, actual)

    def __repr__(self) -> str:
        target = " ".join(filter(None, (self.operator_text, self.value_text, self.unit)))
        weight = f", weight {self.weight_text}" if self.weight is not None else ""
        return f"PerformanceIndicator({self.name!r}, {target!r}{weight})"

    def _repr_html_(self) -> str:
        names = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位", "权重", "指标方向性", "备注")
        texts = (
            self.level1,
            self.level2,
            self.name,
            self.operator_text,
            self.value_text,
            self.unit,
            self.weight_text,
            self.direction_text,
            self.note,
        )
        return table(("项目", "内容"), [pair for pair in zip(names, texts, strict=True) if pair[1]])


make_indicator = maker(PerformanceIndicator)


def parse_indicator(
    name: str,
    level1: str = "",
    level2: str = "",
    operator: str = "",
    value: str = "",
    unit: str = "",
    weight: str = "",
    direction: str = "",
    core: str = "",
    note: str = "",
) -> PerformanceIndicator:
    """Read an indicator from the texts of its cells; never fails（按原文读取绩效指标，不因文件有错而失败）.

    What makes no sense is left out of the typed fields, stays in ``printed`` and is explained in ``problems``: the
    operator ≥ beside the value 好坏 gives ``operator=None, value="好坏"``, a weight of 130 gives ``weight=None``.
    """
    printed = make_printed(level1, level2, name, operator, value, unit, weight, direction, core, note)
    return make_indicator(*_typed(printed))


def _typed(printed: Printed) -> tuple[Any, ...]:
    """The fields of the indicator that a row prints, in their order."""
    operator, value, unit, _ = parse_target(printed.operator, printed.value, printed.unit)
    return (
        clean_words(printed.name),
        clean_words(printed.level1),
        clean_words(printed.level2),
        operator,
        value,
        unit,
        read_weight(printed.weight),
        Direction.recognize(printed.direction),
        _core(printed.core),
        printed.note.strip(),
        printed,
    )


def _binds(operator: Operator, value: Decimal | str | None) -> bool:
    if operator is Operator.QUALITATIVE:
        return not isinstance(value, Decimal)
    if isinstance(value, Decimal):
        return value.is_finite()
    return operator is Operator.EQ and value is not None and parse_quantity(value) is not None


def _text(value: Decimal | str | int | None, field: str) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise IndicatorError(
            f"{field} 应为文本、Decimal 或整数，不能是 {value!r}。 "
            f"{field} is a text, a Decimal or an int, not {type(value).__name__}."
        )
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _core_text(core: bool | str | None) -> str:
    if isinstance(core, bool):
        return "是" if core else "否"
    return "" if core is None else str(core)


def _core(text: str) -> bool | None:
    return _CORE.get(text.strip()) if text else None


@lru_cache(maxsize=1024)
def read_weight(text: str) -> Decimal | None:
    """A weight in points（权重）, or None when the text is not one."""
    if not text:
        return None
    number = plain_number(text)
    if number is None:
        found = parse_quantity(text)
        if found is None or found.is_range or clean_unit(found.unit) not in ("", "%", "分"):
            return None
        number = found.low
    return number if 0 <= number <= _HUNDRED else None


def parse_weight(value: Decimal | str | int | None) -> Decimal | None:
    """A weight in points（权重）: ``10``, ``10%`` and ``10分`` are all 10; None and "" are None.

    Raises:
        IndicatorError: the weight is not a number within 0 and 100.
    """
    text = _text(value, "weight").strip()
    weight = read_weight(text)
    if weight is None and text:
        raise IndicatorError(str(_bad_weight(text)))
    return weight


def _problems(printed: Printed) -> list[Problem]:
    problem = parse_target(printed.operator, printed.value, printed.unit).problem
    found = [] if problem is None else [problem]
    if printed.weight.strip() and read_weight(printed.weight) is None:
        found.append(_bad_weight(printed.weight))
    if printed.direction.strip() and Direction.recognize(printed.direction) is None:
        found.append(
            Problem(
                "direction",
                printed.direction,
                f"“{printed.direction}”不是指标方向性，应为 正向 或 反向。",
                f"{printed.direction!r} is not a direction; write 正向 or 反向.",
            )
        )
    if printed.core.strip() and _core(printed.core) is None:
        found.append(
            Problem(
                "core",
                printed.core,
                f"“{printed.core}”不能说明是否核心指标，应为 是 或 否。",
                f"{printed.core!r} does not say whether the indicator is a core one; write 是 or 否.",
            )
        )
    return found


def _bad_weight(text: str) -> Problem:
    return Problem(
        "weight",
        text,
        f"权重“{text}”不成立，应为 0 至 100 分的数。",
        f"The weight {text!r} is not a number of points within 0 and 100.",
    )
