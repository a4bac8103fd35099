"""Blank performance targets（空白绩效目标表）: heads and rows of indicators to fill in, with alarms."""

from __future__ import annotations

import attrs

from govbudget.performance import Operator
from govbudget.templates.formulas import area, between, cell, total
from govbudget.writing.choices import offer_choices
from govbudget.writing.context import Context
from govbudget.writing.frame import header, open_sheet
from govbudget.writing.heads import print_head
from govbudget.writing.layout import HeadLine, Layout
from govbudget.writing.sheet import Alert, Choice, Kind, Sheet

__all__ = ["NUMBER", "target_sheets"]

SPANNED = ("agency", "project", "budget", "goal", "long_goal")
TEXTS = frozenset({"level3", "goal", "long_goal", "note", "project", "agency"})
# What may begin with =, which is no formula there: =100.00(%)
VERBATIM = frozenset({"operator", "value"})
UNITS = ("%", "元", "万元", "个", "次", "人", "人次", "件", "项", "套", "台", "天", "月", "年", "级")
GOAL_HEIGHT = 60.0
NUMBER = "金额请填数字，不要带单位或文字。"
FULL, WITHOUT_EXECUTION = 100, 90


def target_sheets(context: Context, layout: Layout, rows: int, projects: int) -> list[Sheet]:
    """The sheets of a form of performance targets: one, or one a project.

    Args:
        context: the budget to be.
        layout: how the family prints the form.
        rows: the rows for the indicators of a target.
        projects: how many projects there is room for.
    """
    if "project" in layout.roles and "{index}" not in layout.sheet:
        return [_sheet(context, layout, 0, rows, projects)]
    count = projects if "{index}" in layout.sheet else 1
    return [_sheet(context, layout, index, rows, 1) for index in range(count)]


def _sheet(context: Context, layout: Layout, index: int, rows: int, targets: int) -> Sheet:
    name = layout.sheet.format(index=index + 1)
    sheet, at = open_sheet(context, layout, name, layout.widths, layout.unit, index=index)
    execution = None
    if layout.head:
        first = at
        at = print_head(context, layout, sheet, at, None, (), layout.unit)
        _open(context, sheet, first)
        _add_up(sheet, layout, first, at)
        execution = _asked(context, sheet, first, at, "execution")
    start = at
    at = header(sheet, at, [column.path for column in layout.columns])
    if layout.head:
        sheet.header = None
    for _ in range(targets):
        _rows(sheet, layout, at, at + rows - 1, execution)
        at += rows
    _demand_numbers(sheet)
    group = layout.columns[0]
    if group.role is None:
        for row in range(start, at):
            sheet.cells.pop((row, 0), None)
        sheet.put(start, 0, group.path[-1], Kind.HEADER, rows=at - start)
    return sheet


def _open(context: Context, sheet: Sheet, first: int) -> None:
    """Open the cells of a head that are to be filled in."""
    for (row, column), one in list(sheet.cells.items()):
        if row >= first and one.kind is not Kind.HEADER and one.value == "":
            sheet.cells[row, column] = attrs.evolve(one, locked=False)
            left = sheet.cells.get((row, column - 1)) or sheet.cells.get((row, 0))
            if one.columns > 2 and left is not None and context.words.head(str(left.value)) == "goal":
                sheet.least[row] = GOAL_HEIGHT


def _demand_numbers(sheet: Sheet) -> None:
    """Let the open cells of money hold numbers only."""
    for (row, column), one in sheet.cells.items():
        if one.kind is Kind.AMOUNT and not one.locked:
            sheet.choices.append(Choice(column, row, row, (), "金额", NUMBER, NUMBER))
            own = cell(row, column)
            sheet.alerts.append(Alert(own, f"AND(ISTEXT({own}),LEN({own})>0)"))


def _add_up(sheet: Sheet, layout: Layout, first: int, last: int) -> None:
    """The sums among the money of a head: those that are declared, and the totals and changes of a grid."""
    labels = {str(one.value): at for at, one in sheet.cells.items() if first <= at[0] < last and one.value}
    for whole, *parts in layout.sums:
        _compute(sheet, _beside(sheet, labels[whole]), total([cell(*_beside(sheet, labels[part])) for part in parts]))
    for line in layout.head:
        if line.kind == "grid":
            _add_up_grid(sheet, line, labels[line.columns[0]][0] + 1)


def _add_up_grid(sheet: Sheet, line: HeadLine, row: int) -> None:
    """The last row of each group is its total, the last column the change between the two before it."""
    this, before, change = (span[0] for span in line.cells[-3:])
    for _, *names in line.rows:
        foot = row + len(names) - 1
        for at in (this, before):
            _compute(sheet, (foot, at), total([f"{cell(row, at)}:{cell(foot - 1, at)}"]))
        for at in range(row, foot + 1):
            now, then = cell(at, this), cell(at, before)
            _compute(sheet, (at, change), f'=IF(COUNT({now},{then})=0,"",N({now})-N({then}))')
        row = foot + 1


def _beside(sheet: Sheet, label: tuple[int, int]) -> tuple[int, int]:
    """The cell for what a label of a head asks for: right of it, or under it."""
    row, column = label
    one = sheet.cells[label]
    right = row, column + one.columns
    beside = sheet.cells.get(right)
    return right if beside is not None and beside.kind is Kind.AMOUNT else (row + one.rows, column)


def _compute(sheet: Sheet, at: tuple[int, int], formula: str) -> None:
    sheet.cells[at] = attrs.evolve(sheet.cells[at], formula=formula, locked=True)


def _asked(context: Context, sheet: Sheet, first: int, last: int, kind: str) -> str | None:
    """The cell beside a label of the head that asks for something."""
    for (row, column), one in sheet.cells.items():
        if first <= row < last and one.kind is Kind.HEADER and context.words.head(str(one.value)) == kind:
            return cell(row, column + one.columns)
    return None


def _rows(sheet: Sheet, layout: Layout, first: int, last: int, execution: str | None) -> None:
    """The rows of one target."""
    roles = {column.role: index for index, column in reversed([*enumerate(layout.columns)])}
    for index, column in enumerate(layout.columns):
        if column.role in SPANNED:
            kind = Kind.AMOUNT if column.role == "budget" else Kind.TEXT
            sheet.put(first, index, "", kind, rows=last - first + 1, locked=False)
            continue
        for row in range(first, last + 1):
            kind = Kind.TEXT if column.role in TEXTS else Kind.CODE if column.role in VERBATIM else Kind.CENTRE
            sheet.put(row, index, "", kind, locked=False)
    offer_choices(sheet, layout, first, last)
    if "measure" in roles:
        sheet.choices.append(
            Choice(
                roles["measure"], first, last, UNITS, "计量单位", "请选择或键入计量单位。", "确认此计量单位吗？", False
            )
        )
    if "weight" in roles:
        _weights(sheet, first, last, roles["weight"], roles["level3"], execution)
    _operators(sheet, layout, first, last, {str(role): index for role, index in roles.items() if role})


def _weights(sheet: Sheet, first: int, last: int, column: int, name: int, execution: str | None) -> None:
    """Weights add to 100, or to 90 with 10 for the execution of the budget."""
    weights, names = between(first, last, column), between(first, last, name)
    message = "权重请填数字（分），合计 100，或 90 另加预算执行率 10。"
    sheet.choices.append(Choice(column, first, last, (), "权重", message, message))
    sums = [f"ROUND(SUM({weights}),4)<>{FULL}", f"ROUND(SUM({weights}),4)<>{WITHOUT_EXECUTION}"]
    if execution is not None:
        absolute = execution[0] + "$" + execution[1:]
        sums.append(f"ROUND(SUM({weights})+N({absolute}),4)<>{FULL}")
    complete = f"COUNT({weights})>0,COUNT({weights})=COUNTA({names})"
    sheet.alerts.append(Alert(area(first, last, column, column), f"AND({complete},{','.join(sums)})"))


def _operators(sheet: Sheet, layout: Layout, first: int, last: int, roles: dict[str, int]) -> None:
    """定性 needs words; a cap is no target of which more is better."""
    if "operator" not in roles or "value" not in roles:
        return
    operator, value = cell(first, roles["operator"], fix_column=True), cell(first, roles["value"], fix_column=True)
    wordless = f'AND({operator}="{Operator.QUALITATIVE.value}",LEN({value})=0)'
    sheet.alerts.append(Alert(area(first, last, roles["value"], roles["value"]), wordless))
    if "direction" not in roles:
        return
    direction = cell(first, roles["direction"], fix_column=True)
    positive, negative = (layout.directions.get(one, one) for one in ("正向", "反向"))
    against = (
        f'OR(AND(OR({operator}="≤",{operator}="<"),{direction}="{positive}"),'
        f'AND(OR({operator}="≥",{operator}=">"),{direction}="{negative}"))'
    )
    sheet.alerts.append(Alert(area(first, last, roles["direction"], roles["direction"]), against))
