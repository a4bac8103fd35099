"""Performance targets（绩效目标表）: one long table for all projects, and the form of the whole department."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from govbudget.amounts import Unit
from govbudget.forms import tidy
from govbudget.model import Fact, PrintedTarget
from govbudget.performance import PerformanceIndicator, PerformanceTarget, Style, print_target
from govbudget.writing.choices import offer_choices
from govbudget.writing.context import Context, Leftover, in_unit
from govbudget.writing.frame import close, header, open_sheet
from govbudget.writing.heads import print_head
from govbudget.writing.layout import Layout
from govbudget.writing.sheet import Kind, Sheet

__all__ = ["is_one_table", "projects_sheets", "single_sheets", "targets_of"]

NO_TARGET = "没有与之对应的绩效目标 (no target that it belongs to)"
NO_COLUMN = "本表没有印列该内容的栏次 (the form has no column for it)"
TEXT_ROLES = frozenset({"level3", "goal", "long_goal", "note", "project", "agency"})
BUDGET = "target"
SPANNED = ("agency", "project", "budget", "goal", "long_goal")


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
    """The rows of one project, or the one row of an agency's budget; the texts are those of the merged cells."""

    texts: dict[str, str]
    budget: tuple[Decimal, int] | None = None
    indicators: Sequence[PerformanceIndicator] = ()


def _block(agency: str, project: str = "", goal: str = "", long_goal: str = "") -> dict[str, str]:
    return {"agency": agency, "project": project, "goal": goal, "long_goal": long_goal}


def projects_sheets(context: Context, layout: Layout, facts: Sequence[Fact]) -> list[Sheet]:
    """The long table of all projects' indicators; or, where the family prints one a project, each project's own."""
    targets = targets_of(context, layout)
    if "{index}" not in layout.sheet:
        return [_projects_sheet(context, layout, facts, targets, 0)]
    found = []
    waiting = list(facts)
    for index, printed in enumerate(targets):
        own = [fact for fact in waiting if _belongs(fact, printed)]
        waiting = [fact for fact in waiting if fact not in own]
        found.append(_projects_sheet(context, layout, own, [printed], index))
    for fact in waiting:
        context.leave(fact, NO_TARGET)
    return found or [_projects_sheet(context, layout, (), (), 0)]


def _projects_sheet(
    context: Context, layout: Layout, facts: Sequence[Fact], targets: Sequence[PrintedTarget], index: int
) -> Sheet:
    unit = context.unit(layout, facts)
    budgets = _budgets(context, layout, facts, targets)
    year = targets[0].target.year if len(targets) == 1 else None
    sheet, at = open_sheet(
        context, layout, layout.sheet.format(index=index + 1), layout.widths, unit, index=index, year=year
    )
    first = at = header(sheet, at, [column.path for column in layout.columns])
    roles = {column.role: column_index for column_index, column in enumerate(layout.columns)}
    blocks = list(_blocks(context, budgets, targets, unit))
    for block in blocks or [_Block(_block(""))]:
        height = max(1, len(block.indicators))
        for role, text in block.texts.items():
            if role in roles:
                sheet.put(at, roles[role], text, Kind.TEXT, rows=height)
        if "budget" in roles:
            amount, decimals = block.budget or ("", 2)
            sheet.put(at, roles["budget"], amount, Kind.AMOUNT, rows=height, decimals=decimals)
        for offset in range(height):
            one = block.indicators[offset] if offset < len(block.indicators) else None
            print_indicator(sheet, layout, at + offset, one)
        _merge_levels(sheet, layout, at, block.indicators)
        at += height
    offer_choices(sheet, layout, first, at - 1)
    for printed in targets:
        _leave_uncarried(context, layout, printed, facts)
    close(context, layout, sheet, at, empty=not facts and not targets)
    return sheet


def _budgets(context: Context, layout: Layout, facts: Iterable[Fact], targets: Sequence[PrintedTarget]) -> list[Fact]:
    """The facts that the one column of budgets prints; other money of a target is left over."""
    found = []
    printed = [(one.target.project_code or one.target.project, one.target.budget) for one in targets]
    for fact in facts:
        if "budget" not in layout.roles:
            context.leave(fact, NO_COLUMN)
        elif fact.coordinate.item in (None, BUDGET):
            found.append(fact)
        elif (fact.coordinate.project, fact.yuan) in printed:
            printed.remove((fact.coordinate.project, fact.yuan))
        else:
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
        project = f"{target.project_code}-{target.project}" if target.project_code else target.project or ""
        long_goal = next((text for label, text in target.head if _asks(context, label) == "long_goal"), "")
        agency = context.agency_text(printed.agency, target.agency)
        yield _Block(_block(agency, project, target.goal, long_goal), budget, target.indicators)
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
        return _Block(_block(context.agency_text(key), name), amount)
    return _Block(_block(fact.name or context.agency_text(key)), amount)


def _asks(context: Context, label: str) -> str | None:
    return context.words.indicator_role(label)


def _leave_uncarried(context: Context, layout: Layout, printed: PrintedTarget, facts: Sequence[Fact]) -> None:
    """Note what a target says beyond the columns of the form; *facts* are the amounts that came with it."""
    target = printed.target
    whose = target.project or target.agency
    said = list(target.head)
    asked = {context.words.head(text) for line in layout.head for text in line.columns}
    if target.execution_weight is not None and "execution" not in asked:
        said.append(("预算执行率权重", f"{target.execution_weight:f}"))
    if layout.head:
        said = said[len(target.head) :]
    if (
        "agency" not in layout.roles
        and "agency" not in asked
        and not any(line.kind == "agency" for line in layout.head)
    ):
        own = context.agency_text(printed.agency, target.agency)
        said += [("单位名称", own)] if own else []
    if target.budget is not None and "budget" not in layout.roles and not ("money" in asked or facts):
        said.append(("预算数（元）", f"{target.budget:f}"))
    said = [(label, text) for label, text in said if _asks(context, label) not in layout.roles]
    context.left += [Leftover(f"{whose} {label}：{text}", NO_COLUMN) for label, text in said]
    for one in target.indicators:
        for role, label, text in (
            ("level1", "一级指标", one.level1),
            ("level2", "二级指标", one.level2),
            ("core", "是否核心指标", one.core_text),
            ("note", "备注", one.note),
            ("weight", "权重", one.weight_text),
            ("direction", "指标方向性", one.direction_text),
        ):
            if text and role not in layout.roles:
                context.left.append(Leftover(f"{whose} {one.name} {label}：{text}", NO_COLUMN))


# ---------------------------------------------------------------- the whole department


def single_sheets(context: Context, layout: Layout, facts: Sequence[Fact]) -> list[Sheet]:
    """A sheet for each target; one without a target where there are only amounts, or nothing."""
    targets: list[PrintedTarget | None] = list(targets_of(context, layout)) or [None]
    waiting = list(facts)
    found = []
    for index, printed in enumerate(targets):
        own = waiting if len(targets) == 1 else [fact for fact in waiting if printed and _belongs(fact, printed)]
        waiting = [fact for fact in waiting if fact not in own]
        name = layout.sheet.format(index=index + 1)
        if index and name == layout.sheet:
            name = f"{name}({index + 1})"
        found.append(_single_sheet(context, layout, name, printed, own, index))
    for fact in waiting:
        context.leave(fact, NO_TARGET)
    return found


def _belongs(fact: Fact, printed: PrintedTarget) -> bool:
    target = printed.target
    if target.project is not None:
        return fact.coordinate.project in {target.project_code or target.project, target.project}
    return (fact.coordinate.agency or "") in {printed.agency, target.agency}


def _single_sheet(
    context: Context, layout: Layout, name: str, printed: PrintedTarget | None, facts: Sequence[Fact], index: int
) -> Sheet:
    unit = context.unit(layout, facts)
    year = printed.target.year if printed else None
    sheet, at = open_sheet(context, layout, name, layout.widths, unit, index=index, year=year)
    at = print_head(context, layout, sheet, at, printed, facts, unit)
    first = at
    at = header(sheet, at, [column.path for column in layout.columns])
    sheet.header = None
    indicators = printed.target.indicators if printed else ()
    for one in indicators or (None,):
        print_indicator(sheet, layout, at, one)
        at += 1
    _merge_levels(sheet, layout, first + 1, indicators)
    offer_choices(sheet, layout, first + 1, at - 1)
    group = layout.columns[0]
    if group.role is None:
        for row in range(first, at):
            sheet.cells.pop((row, 0), None)
        sheet.put(first, 0, group.path[-1], Kind.HEADER, rows=at - first)
    if printed is not None:
        _leave_uncarried(context, layout, printed, facts)
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
            sheet.put(first + start, columns[role], text, Kind.CENTRE, rows=index - start)
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
        # A form may print 备注 and 指标值说明, which are one note: what is printed once is not printed again.
        value: str | Decimal = texts.pop(column.role or "", "")
        if column.role == "weight" and indicator is not None and indicator.weight is not None and not layout.weight:
            value = indicator.weight
        kind = Kind.TEXT if column.role in TEXT_ROLES else Kind.CENTRE
        sheet.put(row, index, value, kind)


def _texts(layout: Layout, indicator: PerformanceIndicator) -> dict[str, str]:
    style = layout.style
    if "operator" not in layout.roles and (indicator.operator_text or indicator.bounds is None):
        style = Style.SHANGHAI if style is Style.SHANGHAI else Style.JOINED
    operator, value, unit = print_target(indicator, style)
    printed = indicator.printed
    direction = indicator.direction_text
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.name,
        "operator": operator or tidy(printed.operator),
        "value": value,
        "measure": unit,
        "weight": layout.weight.format(indicator.weight_text) if indicator.weight_text else printed.weight,
        "direction": layout.directions.get(direction, direction) or printed.direction,
        "core": indicator.core_text or printed.core,
        "note": indicator.note,
    }
