"""A performance target as HTML（绩效目标表还原）."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from govbudget.cells import Place
from govbudget.model import Fact
from govbudget.performance import PerformanceIndicator
from govbudget.report.cells import Pending, attributes, badges, figure
from govbudget.report.layout import TargetView
from govbudget.report.marks import Marks
from govbudget.report.markup import Markup, element
from govbudget.report.overview import amount_text

__all__ = ["target_section"]

HEAD = ("一级指标", "二级指标", "三级指标", "性质", "指标值", "单位", "权重", "方向")


def target_section(view: TargetView, shown: Pending, board: Marks) -> Markup:
    """A performance target: its head, its goal and its indicators with their weights（绩效目标表）."""
    printed = view.printed
    target = printed.target
    name = target.project if target.project is not None else f"{target.agency or '部门'} 整体绩效目标"
    shown.take([printed.place, *printed.places, *(fact.place for fact in view.facts)])
    rows = _indicators(view, shown, board)
    own = [] if printed.place in printed.places else [printed.place]
    lost = [*own, *shown.rows(printed.place.sheet, view.first, view.last)]
    marks = board.at(lost)
    weight = target.weight
    foot = ""
    if weight is not None:
        extra = f"，另有预算执行率 {target.execution_weight:f}" if target.execution_weight is not None else ""
        foot = element(
            "tfoot",
            element(
                "tr",
                element("td", class_="gutter"),
                element("th", "指标权重合计", extra, colspan=6, scope="row"),
                element("td", f"{weight:f}", class_="number"),
                element("td"),
            ),
        )
    return element(
        "section",
        element(
            "div",
            element(
                "h4",
                element("span", printed.place.cell, class_="at") if printed.place.cell else "",
                element("span", target.project_code, class_="code") if target.project_code else "",
                name,
                badges(marks),
                **attributes(board, lost),
            ),
            element("span", *(_money(fact, board) for fact in view.facts), class_="money") if view.facts else "",
            class_="head",
        ),
        element(
            "details",
            element("summary", "年度绩效目标 ", element("small", "Goal", lang="en")),
            element("p", target.goal),
            class_="goal",
        )
        if target.goal
        else "",
        element(
            "div",
            element(
                "table",
                element("caption", name, class_="hidden"),
                element(
                    "thead",
                    element(
                        "tr",
                        element("td", class_="gutter"),
                        *(element("th", text, scope="col", class_="number" if text == "权重" else "") for text in HEAD),
                    ),
                ),
                element("tbody", *rows),
                foot,
                class_="grid indicators",
            ),
            class_="scroll",
        )
        if rows
        else "",
        class_="target",
    )


def _money(fact: Fact, board: Marks) -> Markup:
    marks = board.at([fact.place])
    return element(
        "span",
        element("small", fact.column),
        " ",
        figure(f"{amount_text(fact.amount)} {fact.unit.value}", marks),
        badges(marks),
        **attributes(board, [fact.place], "sum"),
    )


def _indicators(view: TargetView, shown: Pending, board: Marks) -> list[Markup]:
    indicators = view.printed.target.indicators
    places: Sequence[Place] = view.printed.places
    rows = []
    for number, indicator in enumerate(indicators):
        own = [places[number]] if number < len(places) else []
        marked = [*own, *(shown.row(own[0].sheet, own[0].row) if own and own[0].row else [])]
        marks = board.at(marked)
        level1 = _span(indicators, number, lambda one: (one.level1,))
        level2 = _span(indicators, number, lambda one: (one.level1, one.level2))
        rows.append(
            element(
                "tr",
                element("td", own[0].cell if own else "", class_="gutter", aria_hidden="true"),
                element("td", indicator.level1, rowspan=level1) if level1 else "",
                element("td", indicator.level2, rowspan=level2) if level2 else "",
                element("th", indicator.name, badges(marks), scope="row", **attributes(board, marked, "name")),
                element("td", indicator.operator_text, class_="middle"),
                element("td", indicator.value_text),
                element("td", indicator.unit),
                element("td", indicator.weight_text, class_="number"),
                element("td", indicator.direction_text),
            )
        )
    return rows


def _span(
    indicators: Sequence[PerformanceIndicator], number: int, key: Callable[[PerformanceIndicator], object]
) -> int:
    """How many rows the level of an indicator spans; 0 where it is drawn above already."""
    own = key(indicators[number])
    if number and key(indicators[number - 1]) == own:
        return 0
    end = number
    while end < len(indicators) and key(indicators[end]) == own:
        end += 1
    return end - number
