"""Drop-down lists（下拉列表） on the columns of indicators that take one of a few words."""

from __future__ import annotations

from govbudget.performance import Direction, Operator, levels
from govbudget.writing.layout import Layout
from govbudget.writing.sheet import Choice, Sheet

__all__ = ["offer_choices"]

PROMPTS = {
    "level1": "请选择一级指标。",
    "level2": "请选择二级指标，须属于本行的一级指标。",
    "operator": "定量指标请选择 ≥ ≤ = > <；以文字表述的指标选择“定性”。",
    "direction": "数值越大越好的为正向，越小越好的为反向。",
    "core": "是核心指标的选“是”，否则选“否”。",
}
LEVELS = {"level1": 1, "level2": 2}


def offer_choices(sheet: Sheet, layout: Layout, first: int, last: int) -> None:
    """Give the indicators in rows *first* to *last* a list for 性质, 方向性, 一级指标, 二级指标 and 是否核心指标.

    Levels that a region names in its own way may still be typed in, after a question.

    Source: the names of levels are those of 财预〔2021〕101号.
    """
    for index, column in enumerate(layout.columns):
        if column.role in PROMPTS:
            values = _values(layout, column.role)
            sheet.choices.append(
                Choice(
                    column=index,
                    first=first,
                    last=last,
                    values=values,
                    title=column.path[-1],
                    prompt=PROMPTS[column.role],
                    error=f"请从下拉列表中选择：{'、'.join(values)}。",
                    strict=column.role not in LEVELS,
                )
            )


def _values(layout: Layout, role: str) -> tuple[str, ...]:
    if role in LEVELS:
        return tuple(level.name for level in levels() if level.rank == LEVELS[role])
    if role == "operator":
        return tuple(operator.value for operator in Operator)
    if role == "direction":
        return tuple(layout.directions.get(one.value, one.value) for one in Direction)
    return "是", "否"
