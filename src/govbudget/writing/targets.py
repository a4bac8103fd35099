"""Performance targets（绩效目标表）: one long table for all projects, and the form of the whole department."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from govbudget.amounts import Unit
from govbudget.forms import tidy
from govbudget.model import Fact, PrintedTarget
from govbudget.performance import PerformanceIndicator, PerformanceTarget, Style, print_target
from govbudget.writing.context import Context, Leftover, in_unit
from govbudget.writing.frame import close, header, open_sheet
from govbudget.writing.heads import print_head
from govbudget.writing.layout import Layout
from govbudget.writing.sheet import Kind, Sheet

__all__ = ["is_one_table", "overall_sheets", "projects_sheet", "targets_of"]

NO_COLUMN = "本表没有印列该内容的栏次 (the form has no column for it)"
TEXT_ROLES = frozenset({"level3", "goal", "long_goal", "note", "project", "agency"})
BUDGET = "target"
SPANNED = ("agency", "project", "budget", "goal")


def is_one_table(layout: Layout) -> bool:
    """Whether the form prints the targets of all projects in one table."""
    return "project" in layout.roles


def targets_of(context: Context, layout: Layout) -> list[PrintedTarget]:
    """The targets that a form prints: those of the budget, and those that only a project carries."""
    book = context.book
    found = [one for one in book.targets if one.form == layout.form.id]
    if layout.form.id == "project_performance":
        printed = {(one.target.project_code, one.target.project) for one in found}
        for project in book.projects:
            target = project.target
            if target is not None and (target.project_code, target.project) not in printed:
                named = attrs.evolve(target, project=target.project or project.name)
                found.append(PrintedTarget(layout.form.id, named, project.agency))
    return found


# ---------------------------------------------------------------- one table for all projects


@attrs.define
class _Block:
    """The rows of one project, or the one row of an agency's budget."""

    agency: str
    project: str = ""
    budget: tuple[Decimal, int] | None = None
    goal: str = ""
    indicators: Sequence[PerformanceIndicator] = ()


def projects_sheet(context: Context, layout: Layout, facts: Sequence[Fact]) -> Sheet:
    """The sheet of the long table of all projects' indicators."""
    targets = targets_of(context, layout)
    unit = context.unit(layout, facts)
    budgets = _budgets(context, facts, targets)
    sheet, at = open_sheet(context, layout, layout.sheet, layout.widths, unit)
    at = header(sheet, at, [column.path for column in layout.columns])
    roles = {column.role: index for index, column in enumerate(layout.columns)}
    for block in _blocks(context, budgets, targets, unit):
        height = max(1, len(block.indicators))
        sheet.put(at, roles["agency"], block.agency, Kind.TEXT, rows=height)
        sheet.put(at, roles["project"], block.project, Kind.TEXT, rows=height)
        if block.budget is None:
            sheet.put(at, roles["budget"], "", Kind.AMOUNT, rows=height)
        else:
            sheet.put(at, roles["budget"], block.budget[0], Kind.AMOUNT, rows=height, decimals=block.budget[1])
        sheet.put(at, roles["goal"], block.goal, Kind.TEXT, rows=height)
        for offset in range(height):
            one = block.indicators[offset] if offset < len(block.indicators) else None
            print_indicator(sheet, layout, at + offset, one)
        at += height
    for printed in targets:
        _leave_uncarried(context, layout, printed.target)
    close(context, layout, sheet, at, empty=not facts and not targets)
    return sheet


def _budgets(context: Context, facts: Iterable[Fact], targets: Sequence[PrintedTarget]) -> list[Fact]:
    """The facts that the one column of budgets prints; other money of a target is left over."""
    found = []
    printed = {(one.target.project_code or one.target.project, one.target.budget) for one in targets}
    for fact in facts:
        if fact.coordinate.item in (None, BUDGET):
            found.append(fact)
        elif (fact.coordinate.project, fact.yuan) not in printed:
            context.leave(fact, NO_COLUMN)
    return found


def _blocks(context: Context, facts: Sequence[Fact], targets: Sequence[PrintedTarget], unit: Unit) -> Iterable[_Block]:
    """Agencies' and projects' blocks in the order of the facts, each target where its fact stands."""
    waiting = list(facts)
    for printed in targets:
        target = printed.target
        own = _fact_of(waiting, target, printed.agency)
        if own is not None:
            index = waiting.index(own)
            yield from (_budget_block(context, fact, unit) for fact in waiting[:index])
            waiting = waiting[index + 1 :]
        budget = None
        if own is not None:
            budget = context.amount(own, unit)
        elif target.budget is not None:
            budget = (in_unit(target.budget, Unit.YUAN, unit), 2)
        yield _Block(
            agency=_agency_text(context, printed.agency, target.agency),
            project=f"{target.project_code}-{target.project}" if target.project_code else target.project or "",
            budget=budget,
            goal=target.goal,
            indicators=target.indicators,
        )
    yield from (_budget_block(context, fact, unit) for fact in waiting)


def _fact_of(facts: Iterable[Fact], target: PerformanceTarget, agency: str) -> Fact | None:
    keys = {target.project_code or target.project, target.project}
    return next(
        (f for f in facts if f.coordinate.project in keys and f.coordinate.agency in (None, agency or None)), None
    )


def _budget_block(context: Context, fact: Fact, unit: Unit) -> _Block:
    """A budget without a target of its own: an agency's, or that of a project without indicators."""
    key = fact.coordinate.agency or ""
    amount = context.amount(fact, unit)
    if fact.coordinate.project:
        project = context.book.project_names.get(fact.coordinate.project)
        name = project.name if project else fact.name or fact.coordinate.project
        return _Block(_agency_text(context, key, ""), name, amount)
    return _Block(fact.name or _agency_text(context, key, ""), budget=amount)


def _agency_text(context: Context, key: str, name: str) -> str:
    """An agency as 127001-某某局; the name alone where it has no code."""
    name = name or context.book.agency_names.get(key, "")
    return f"{key}-{name}" if key and name and key != name else key or name


def _leave_uncarried(context: Context, layout: Layout, target: PerformanceTarget) -> None:
    """Note what a target says beyond the columns of the form."""
    whose = target.project or target.agency
    said = [(label, text) for label, text in target.head if text]
    if target.execution_weight is not None:
        said.append(("预算执行率权重", f"{target.execution_weight:f}"))
    if not layout.head:
        context.left += [Leftover(f"{whose} {label}：{text}", NO_COLUMN) for label, text in said]
    for one in target.indicators:
        for role, label, text in (
            ("core", "是否核心指标", one.core_text),
            ("note", "备注", one.note),
            ("weight", "权重", one.weight_text),
            ("direction", "指标方向性", one.direction_text),
        ):
            if text and role not in layout.roles:
                context.left.append(Leftover(f"{whose} {one.name} {label}：{text}", NO_COLUMN))


# ---------------------------------------------------------------- the whole department


def overall_sheets(context: Context, layout: Layout, facts: Sequence[Fact]) -> list[Sheet]:
    """A sheet for each of the department's own targets; one without a target where there are only amounts."""
    targets: list[PrintedTarget | None] = list(targets_of(context, layout)) or [None]
    if len(targets) == 1:
        return [_overall_sheet(context, layout, layout.sheet, targets[0], facts)]
    found = []
    for index, printed in enumerate(targets, 1):
        agency = printed.agency if printed else ""
        own = [fact for fact in facts if (fact.coordinate.agency or "") == agency]
        found.append(_overall_sheet(context, layout, f"{layout.sheet}({index})", printed, own))
    agencies = {printed.agency for printed in targets if printed}
    for fact in facts:
        if (fact.coordinate.agency or "") not in agencies:
            context.leave(fact, "没有该单位的绩效目标表 (no target of that agency)")
    return found


def _overall_sheet(
    context: Context, layout: Layout, name: str, printed: PrintedTarget | None, facts: Sequence[Fact]
) -> Sheet:
    unit = context.unit(layout, facts)
    sheet, at = open_sheet(context, layout, name, layout.widths, unit)
    at = print_head(context, layout, sheet, at, printed, facts, unit)
    first = at
    at = header(sheet, at, [column.path for column in layout.columns])
    sheet.header = None
    indicators = printed.target.indicators if printed else ()
    for one in indicators or (None,):
        print_indicator(sheet, layout, at, one)
        at += 1
    _merge_levels(sheet, layout, first + 1, indicators)
    group = layout.columns[0]
    if group.role is None:
        for row in range(first, at):
            sheet.cells.pop((row, 0), None)
        sheet.put(first, 0, group.path[-1], Kind.HEADER, rows=at - first)
    if printed is not None:
        _leave_uncarried(context, layout, printed.target)
    close(context, layout, sheet, at, empty=not facts and printed is None)
    return sheet


def _merge_levels(sheet: Sheet, layout: Layout, first: int, indicators: Sequence[PerformanceIndicator]) -> None:
    """Print levels that repeat from one indicator to the next once, over all of them."""
    if not layout.merge_levels:
        return
    columns = {column.role: index for index, column in enumerate(layout.columns)}
    for role in ("level1", "level2"):
        start = 0
        for index in range(1, len(indicators) + 1):
            if index < len(indicators) and _path(indicators[index], role) == _path(indicators[start], role):
                continue
            for row in range(start, index):
                sheet.cells.pop((first + row, columns[role]), None)
            text = getattr(indicators[start], role)
            sheet.put(first + start, columns[role], text, Kind.TEXT, rows=index - start)
            start = index


def _path(indicator: PerformanceIndicator, role: str) -> tuple[str, ...]:
    return (indicator.level1,) if role == "level1" else (indicator.level1, indicator.level2)


# ---------------------------------------------------------------- indicators


def print_indicator(sheet: Sheet, layout: Layout, row: int, indicator: PerformanceIndicator | None) -> None:
    """Print the columns of one indicator; an empty line for none."""
    texts = _texts(layout, indicator) if indicator is not None else {}
    for index, column in enumerate(layout.columns):
        if column.role in SPANNED:
            continue
        value: str | Decimal = texts.get(column.role or "", "")
        if column.role == "weight" and indicator is not None and indicator.weight is not None:
            value = indicator.weight
        kind = Kind.TEXT if column.role in TEXT_ROLES else Kind.CENTRE
        sheet.put(row, index, value, kind)


def _texts(layout: Layout, indicator: PerformanceIndicator) -> dict[str, str]:
    operator, value, unit = print_target(indicator, Style.SEPARATE)
    printed = indicator.printed
    direction = indicator.direction_text
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.name,
        "operator": operator or tidy(printed.operator),
        "value": value,
        "measure": unit,
        "weight": indicator.weight_text or printed.weight,
        "direction": layout.directions.get(direction, direction) or printed.direction,
        "core": indicator.core_text or printed.core,
        "note": indicator.note,
    }
