"""The self-evaluation（绩效自评表）: what a target promised, what was reached, and the points, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from os import PathLike
from typing import IO

from govbudget.amounts import Unit, places
from govbudget.errors import WriteError
from govbudget.forms import tidy
from govbudget.performance import (
    Actual,
    Assessment,
    PerformanceIndicator,
    PerformanceTarget,
    ScoreLine,
    ScoreSheet,
    Style,
    parse_indicator,
    print_target,
)
from govbudget.saving import save_workbook
from govbudget.writing.context import in_unit
from govbudget.writing.sheet import Kind, Sheet
from govbudget.writing.workbook import workbook_bytes

__all__ = ["write_self_evaluation"]

WIDTHS = (12.0, 13.0, 20.0, 30.0, 16.0, 18.0, 11.0, 11.0, 30.0)
MONEY = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
SOURCES = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
INDICATORS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
SUPERVISORS = ("主管部门", "业务主管部门", "项目主管部门")
PERFORMERS = ("实施单位", "项目实施单位", "项目单位")
GOAL_ROWS = 3
NO_FIGURE = "—"
# Scores are quotients of up to 28 digits; a number of a spreadsheet has 15.
spreadsheet = Context(prec=15)


def write_self_evaluation(sheet: ScoreSheet | Sequence[ScoreSheet], target: str | PathLike[str] | IO[bytes]) -> None:
    """Write self-evaluations as a workbook, a sheet for each（写出绩效自评表）.

    The budget stands in 万元, scores in points, the rate of execution in per cent. A score of more digits than a
    spreadsheet holds is rounded to 15. What the evaluation does not say stays blank, to be filled in: the money spent,
    what was achieved in words, the reasons of deviations; and the total, as long as something has no score.

    Args:
        sheet: a scored target, or several of them.
        target: the path or the binary file to write to.

    Raises:
        WriteError: there is nothing to write, or the target cannot be written; what stood there before is untouched.

    Source: 财预〔2020〕10号, the form 项目支出绩效自评表; the form of a whole department follows it.
    """
    every = [sheet] if isinstance(sheet, ScoreSheet) else list(sheet)
    if not every:
        raise WriteError("没有可写出的绩效自评表 (no self-evaluation to write)")
    names = ["绩效自评表"] if len(every) == 1 else [f"绩效自评表{index}" for index in range(1, len(every) + 1)]
    save_workbook(workbook_bytes([_sheet(one, name) for one, name in zip(every, names)], "绩效自评表"), target)


def _sheet(scores: ScoreSheet, name: str) -> Sheet:
    target = scores.target
    sheet = Sheet(name, list(WIDTHS))
    title = "部门整体支出绩效自评表" if target.is_overall else "项目支出绩效自评表"
    sheet.put(0, 0, title, Kind.TITLE, columns=len(WIDTHS))
    sheet.put(1, 0, f"（{target.year or '    '}年度）", Kind.LINE_CENTRE, columns=len(WIDTHS))
    row = _whose(sheet, 2, target)
    row = _money(sheet, row, scores)
    row = _goal(sheet, row, target)
    row = _indicators(sheet, row, scores.lines)
    sheet.put(row, 0, "总分", Kind.HEADER, columns=6)
    _points(sheet, row, 6, scores.full or None)
    _points(sheet, row, 7, None if scores.rating is None else scores.total)
    sheet.put(row, 8, "", Kind.TEXT)
    return sheet


def _whose(sheet: Sheet, row: int, target: PerformanceTarget) -> int:
    """Print whose evaluation it is."""
    if target.is_overall:
        _label(sheet, row, "部门（单位）名称")
        sheet.put(row, 2, target.agency, Kind.TEXT, columns=7)
        return row + 1
    _label(sheet, row, "项目名称")
    project = f"{target.project_code}-{target.project}" if target.project_code else target.project or ""
    sheet.put(row, 2, project, Kind.TEXT, columns=7)
    _label(sheet, row + 1, "主管部门")
    sheet.put(row + 1, 2, _said(target, SUPERVISORS), Kind.TEXT, columns=3)
    sheet.put(row + 1, 5, "实施单位", Kind.HEADER)
    sheet.put(row + 1, 6, _said(target, PERFORMERS) or target.agency, Kind.TEXT, columns=3)
    return row + 2


def _label(sheet: Sheet, row: int, text: str) -> None:
    sheet.put(row, 0, text, Kind.HEADER, columns=2)


def _said(target: PerformanceTarget, labels: Sequence[str]) -> str:
    return next((text for name, text in target.head if tidy(name) in labels), "")


def _money(sheet: Sheet, row: int, scores: ScoreSheet) -> int:
    """Print the block of money; the points are those of the execution of all of it."""
    target = scores.target
    label = "部门资金（万元）" if target.is_overall else "项目资金（万元）"
    sheet.put(row, 0, label, Kind.HEADER, rows=1 + len(SOURCES), columns=2)
    sheet.put(row, 2, "", Kind.HEADER)
    for index, text in enumerate(MONEY):
        sheet.put(row, 3 + index, text, Kind.HEADER)
    for index, text in enumerate(SOURCES, 1):
        sheet.put(row + index, 2, text, Kind.CENTRE)
        for column in range(3, 6):
            sheet.put(row + index, column, "", Kind.AMOUNT)
        sheet.put(row + index, 6, NO_FIGURE, Kind.CENTRE)
        sheet.put(row + index, 7, "", Kind.RATE)
        sheet.put(row + index, 8, NO_FIGURE, Kind.CENTRE)
    if target.budget is not None:
        budget = in_unit(target.budget, Unit.YUAN, Unit.WAN)
        sheet.put(row + 1, 3, budget, Kind.AMOUNT, decimals=max(2, places(budget)))
    known = target.execution_weight is not None or target.weight is not None
    _points(sheet, row + 1, 6, target.execution_points if known else None)
    if scores.execution_rate is not None:
        sheet.put(row + 1, 7, scores.execution_rate, Kind.RATE)
    _points(sheet, row + 1, 8, scores.execution_score if known else None)
    return row + 1 + len(SOURCES)


def _points(sheet: Sheet, row: int, column: int, points: Decimal | None) -> None:
    if points is None:
        sheet.put(row, column, "", Kind.POINTS)
        return
    found = points.normalize(spreadsheet)
    sheet.put(row, column, found, Kind.POINTS, decimals=min(2, places(found)))


def _goal(sheet: Sheet, row: int, target: PerformanceTarget) -> int:
    sheet.put(row, 0, "年度总体目标", Kind.HEADER, rows=1 + GOAL_ROWS)
    sheet.put(row, 1, "预期目标", Kind.HEADER, columns=4)
    sheet.put(row, 5, "实际完成情况", Kind.HEADER, columns=4)
    sheet.put(row + 1, 1, target.goal, Kind.TEXT, rows=GOAL_ROWS, columns=4)
    sheet.put(row + 1, 5, "", Kind.TEXT, rows=GOAL_ROWS, columns=4)
    return row + 1 + GOAL_ROWS


# ---------------------------------------------------------------- indicators


def _indicators(sheet: Sheet, row: int, lines: Sequence[ScoreLine]) -> int:
    """Print the table of indicators; a level that repeats is printed once."""
    sheet.put(row, 0, "绩效指标", Kind.HEADER, rows=1 + max(1, len(lines)))
    for index, text in enumerate(INDICATORS, 1):
        sheet.put(row, index, text, Kind.HEADER)
    row += 1
    if not lines:
        for column in range(1, len(WIDTHS)):
            sheet.put(row, column, "", Kind.TEXT)
        return row + 1
    for offset, line in enumerate(lines):
        _line(sheet, row + offset, line)
    paths = [(line.indicator.level1, line.indicator.level2) for line in lines]
    for column in (1, 2):
        _levels(sheet, row, column, [path[:column] for path in paths])
    return row + len(lines)


def _line(sheet: Sheet, row: int, line: ScoreLine) -> None:
    one = line.indicator
    sheet.put(row, 3, one.name, Kind.TEXT)
    sheet.put(row, 4, _promised(one), Kind.CENTRE)
    sheet.put(row, 5, "" if line.actual is None else _reached(line.actual, one.unit), Kind.CENTRE)
    _points(sheet, row, 6, one.weight)
    _points(sheet, row, 7, line.score)
    sheet.put(row, 8, "", Kind.TEXT)


def _levels(sheet: Sheet, row: int, column: int, paths: Sequence[tuple[str, ...]]) -> None:
    start = 0
    for index in range(1, len(paths) + 1):
        if index == len(paths) or paths[index] != paths[start]:
            sheet.put(row + start, column, paths[start][-1], Kind.CENTRE, rows=index - start)
            start = index


def _promised(indicator: PerformanceIndicator) -> str:
    """The target value in one cell: ``≥98%``; words as they are."""
    if indicator.bounds is not None:
        return print_target(indicator, Style.JOINED).value
    sign = indicator.operator_text if indicator.operator is None else ""
    unit = f"（{indicator.unit}）" if indicator.unit else ""
    return f"{sign}{indicator.value_text}{unit}"


def _reached(actual: Actual, unit: str) -> str:
    """What was reached, in words; a number takes the unit of the target."""
    if isinstance(actual, Assessment):
        share = format((actual.share * 100).normalize(), "f")
        return f"{actual.grade}（{share}%）"
    if isinstance(actual, (Decimal, int)):
        return print_target(parse_indicator("", value=f"{Decimal(actual):f}", unit=unit), Style.VALUE_WITH_UNIT).value
    return str(actual)
