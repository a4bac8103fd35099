"""The block above a table of indicators（绩效目标表表头）: agency, tasks, money and goal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import attrs

from govbudget.amounts import Unit, find_unit
from govbudget.forms import tidy
from govbudget.model import Fact, PrintedTarget
from govbudget.writing.context import Context, Leftover, in_unit
from govbudget.writing.frame import header_cells, put_amount
from govbudget.writing.layout import HeadLine, Layout
from govbudget.writing.sheet import Kind, Sheet

__all__ = ["print_head"]

ITEM = "target."
MONEY_WIDTH = 13.0
NO_LINE = "本表表头没有印列该内容 (the head of the form does not ask for it)"
NO_MONEY = "本表表头没有印列该数的栏次 (the head of the form has no column for it)"


def print_head(
    context: Context,
    layout: Layout,
    sheet: Sheet,
    row: int,
    printed: PrintedTarget | None,
    facts: Sequence[Fact],
    unit: Unit,
) -> int:
    """Print the lines of a head; gives the row under them."""
    pairs = list(printed.target.head) if printed else []
    tasks = next((line for line in layout.head if line.kind == "tasks"), None)
    split = _tasks_start(tasks, pairs)
    money = _money_lines(layout, facts)
    for line in layout.head:
        if line.kind == "agency":
            row = _print_agency(context, sheet, row, line, printed, pairs[:split])
        elif line.kind == "tasks":
            first = row
            if split < len(pairs) or printed is None:
                row = _print_tasks(sheet, row, line, pairs[split + 1 :])
            beside = row
            for own, group in money:
                row = _print_money(context, sheet, row, own, group, unit, under_tasks=row > first)
                beside = row if own.cells else beside  # else its label stands under that of the tasks
            if beside > first and (split < len(pairs) or printed is None):
                sheet.put(first, 0, line.label, Kind.HEADER, rows=beside - first)
        elif line.kind == "goal":
            _print_pair(sheet, row, line.label, printed.target.goal if printed else "")
            row += 1
        elif line.kind == "grid":
            row = _print_grid(context, sheet, row, line, facts, unit)
    lines = [line for line in layout.head if line.kind == "fields"]
    if lines:
        return _Fields(context, sheet, printed, facts, unit).print(row, lines)
    if not {"tasks", "grid"} & {line.kind for line in layout.head}:
        for own, group in money:
            row = _print_money(context, sheet, row, own, group, unit, under_tasks=False)
    return row


def _tasks_start(tasks: HeadLine | None, pairs: Sequence[tuple[str, str]]) -> int:
    """Where the pairs of tasks begin: after the one that holds the headers of their block."""
    if tasks is None:
        return len(pairs)
    mark = (tidy(tasks.label), tidy(tasks.columns[0]))
    return next((i for i, (name, text) in enumerate(pairs) if (tidy(name), tidy(text)) == mark), len(pairs))


def _print_agency(
    context: Context,
    sheet: Sheet,
    row: int,
    line: HeadLine,
    printed: PrintedTarget | None,
    pairs: Sequence[tuple[str, str]],
) -> int:
    own = [(name, text) for name, text in pairs if context.words.head(name) == "agency"]
    if not own:
        name = printed.target.agency if printed else context.agency
        key = printed.agency if printed else ""
        own = [(line.label, f"{key}-{name}" if key and key != name else name)]
        pairs = [*own, *pairs]
    if context.converts:
        _leave(context, printed, [pair for pair in pairs if pair not in own])
        pairs = [(line.label, own[0][1])]
    for name, text in pairs:
        _print_pair(sheet, row, name, text)
        row += 1
    return row


def _leave(context: Context, printed: PrintedTarget | None, pairs: Iterable[tuple[str, str]]) -> None:
    """Note what the head of another family's form says and this one does not ask for."""
    whose = (printed.target.project or printed.target.agency) if printed else ""
    context.left += [Leftover(f"{whose} {name}：{text}", NO_LINE) for name, text in pairs]


def _print_pair(sheet: Sheet, row: int, name: str, text: str) -> None:
    sheet.put(row, 0, name, Kind.HEADER)
    sheet.put(row, 1, text, Kind.TEXT, columns=len(sheet.widths) - 1)


def _print_tasks(sheet: Sheet, row: int, line: HeadLine, pairs: Sequence[tuple[str, str]]) -> int:
    lines = [(line.columns, Kind.HEADER), *((pair, Kind.TEXT) for pair in pairs or [("", "")])]
    for texts, kind in lines:
        for text, (first, last) in zip(texts, line.cells[1:]):
            wide = len(sheet.widths) - first if last == line.cells[-1][1] else last - first + 1
            sheet.put(row, first, text, kind, columns=wide)
        row += 1
    return row


# ---------------------------------------------------------------- fields


@attrs.define
class _Fields:
    """Lines of labels, each with the cell for what it asks for; the vocabulary knows what that is."""

    context: Context
    sheet: Sheet
    printed: PrintedTarget | None
    facts: Sequence[Fact]
    unit: Unit
    spent: set[int] = attrs.field(factory=set)
    items: set[str] = attrs.field(factory=set)
    also: set[str] = attrs.field(factory=set)

    def print(self, row: int, lines: Sequence[HeadLine]) -> int:
        """Print the lines; gives the row under them."""
        labels = {tidy(label) for line in lines for label in line.columns if label}
        asked = {self.context.words.head(label) for label in labels}
        more = [(name, text) for name, text in self._pairs() if tidy(name) not in labels]
        if self.context.converts:
            _leave(self.context, self.printed, [one for one in more if not self._is_asked(one[0], asked)])
            more = []
        for name, text in more:
            _print_pair(self.sheet, row, name, text)
            row += 1
        money = [text for line in lines for text in line.columns if self.context.words.head(text) == "money"]
        budget = next((line.budget for line in lines if line.budget), "") or next(iter(money), "")
        self.items = {_item(text) for text in money}
        self.also = {ITEM.rstrip("."), *(_item(text) for line in lines for text in line.also)}
        for line in lines:
            for index, label in enumerate(line.columns):
                at, (first, last) = line.cells[2 * index], line.cells[2 * index + 1]
                if label:
                    self.sheet.put(row, at[0], label, Kind.HEADER, columns=at[1] - at[0] + 1)
                    self._value(row, first, last - first + 1, label, main=label == budget)
                else:
                    self._extend(row, at[0])
                    self._extend(row, first)
            row += 1
        for index, fact in enumerate(self.facts):
            if index not in self.spent:
                self.context.leave(fact, NO_MONEY)
        return row

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return self.printed.target.head if self.printed else ()

    def _is_asked(self, name: str, asked: Set[str | None]) -> bool:
        """Whether the form asks in other words for the agency that *name* says."""
        return self.context.words.head(name) == "agency" and "agency" in asked

    def _extend(self, row: int, column: int) -> None:
        """Let the cell above reach down to *row*."""
        above = max(at for at, own in self.sheet.cells if own == column and at < row)
        cell = self.sheet.cells[above, column]
        self.sheet.cells[above, column] = attrs.evolve(cell, rows=row - above + 1)

    def _value(self, row: int, column: int, across: int, label: str, *, main: bool) -> None:
        kind = self.context.words.head(label)
        if kind == "money":
            self._money(row, column, across, label, main=main)
        else:
            self.sheet.put(row, column, self._text(kind, label), Kind.TEXT, columns=across)

    def _text(self, kind: str | None, label: str) -> str:
        printed = self.printed
        own = next((text for name, text in self._pairs() if tidy(name) == tidy(label)), "")
        if not own and kind == "agency" and self.context.converts:
            own = next((text for name, text in self._pairs() if self.context.words.head(name) == "agency"), "")
        if own or printed is None:
            return own or (self.context.agency if kind == "agency" and not printed else "")
        target = printed.target
        if kind == "project":
            return f"{target.project_code}-{target.project}" if target.project_code else target.project or ""
        if kind == "goal":
            return target.goal
        if kind == "execution" and target.execution_weight is not None:
            return f"{target.execution_weight:f}%"
        if kind == "agency":
            key, name = printed.agency, target.agency
            return f"{key}-{name}" if key and name and key != name else name or key
        return ""

    def _money(self, row: int, column: int, across: int, label: str, *, main: bool) -> None:
        unit = find_unit(label) or self.unit
        budget = self.printed.target.budget if self.printed else None
        wanted = {_item(label)} | (self.also if main else set())
        for index, fact in enumerate(self.facts):
            item = fact.coordinate.item
            foreign = main and item not in self.items and fact.yuan == budget
            if (item in wanted or foreign) and index not in self.spent:
                self.spent.add(index)
                put_amount(self.context, self.sheet, row, column, fact, unit, columns=across)
                return
        if main and budget is not None and not self.facts:
            self.sheet.put(row, column, in_unit(budget, Unit.YUAN, unit), Kind.AMOUNT, columns=across)
        else:
            self.sheet.put(row, column, "", Kind.AMOUNT, columns=across)


# ---------------------------------------------------------------- money


def _print_grid(context: Context, sheet: Sheet, row: int, line: HeadLine, facts: Sequence[Fact], unit: Unit) -> int:
    """Print money by rows and columns: the label at the left, then groups, rows and amounts."""
    first = row
    unit = find_unit(line.label) or unit
    own, corner, *cells = line.cells
    sheet.put(row, corner[0], line.columns[0], Kind.HEADER, columns=corner[1] - corner[0] + 1)
    for text, (left, right) in zip(line.columns[1:], cells):
        sheet.put(row, left, text, Kind.HEADER, columns=right - left + 1)
    row += 1
    waiting = list(facts)
    for group, *names in line.rows:
        sheet.put(row, corner[0], group, Kind.HEADER, rows=len(names))
        side = "revenue" if group.startswith("收入") else "expenditure"
        for name in names:
            sheet.put(row, corner[1], name, Kind.CENTRE)
            for text, (left, right) in zip(line.columns[1:], cells):
                wanted = (side, tidy(name), _item(text))
                fact = next((one for one in waiting if _where(one) == wanted), None)
                if fact is not None:
                    waiting.remove(fact)
                put_amount(context, sheet, row, left, fact, unit, columns=right - left + 1)
            row += 1
    sheet.put(first, own[0], line.label, Kind.HEADER, rows=row - first, columns=own[1] - own[0] + 1)
    for fact in waiting:
        context.leave(fact, NO_MONEY)
    return row


def _where(fact: Fact) -> tuple[str | None, str, str | None]:
    return fact.coordinate.side, tidy(fact.name), fact.coordinate.item


def _money_lines(layout: Layout, facts: Sequence[Fact]) -> list[tuple[HeadLine, list[Fact]]]:
    """The declared block that has a column for all of the facts; else a block of the facts' own headers."""
    declared = [line for line in layout.head if line.kind == "money"]
    if not facts:
        return [(line, []) for line in declared[:1]]
    items = {fact.coordinate.item or "" for fact in facts}
    for line in declared:
        if items <= {_item(path) for path in line.columns}:
            return [(line, list(facts))]
    units = {fact.unit for fact in facts}
    return [
        (
            HeadLine("money", f"总体资金情况（{unit.value}）", tuple(_paths(group)), unit=unit),
            group,
        )
        for unit in sorted(units)
        if (group := [fact for fact in facts if fact.unit is unit])
    ]


def _item(path: str) -> str:
    return ITEM + "/".join(tidy(part) for part in path.split("/"))


def _paths(facts: Iterable[Fact]) -> dict[str, None]:
    return dict.fromkeys((fact.coordinate.item or fact.column).removeprefix(ITEM) for fact in facts)


def _print_money(
    context: Context, sheet: Sheet, row: int, line: HeadLine, facts: Sequence[Fact], unit: Unit, *, under_tasks: bool
) -> int:
    paths = [path.split("/") for path in line.columns]
    label, cells = _money_cells(sheet, line, len(paths), under_tasks=under_tasks)
    own_unit = line.unit or find_unit(line.label) or unit
    under = header_cells(sheet, row, paths, cells)
    by_item: dict[str, list[Fact]] = {}
    for fact in facts:
        by_item.setdefault(fact.coordinate.item or "", []).append(fact)
    height = max((len(found) for found in by_item.values()), default=1)
    for offset in range(height):
        for header, (first, last) in zip(line.columns, cells):
            found = by_item.get(_item(header), [])
            one = found[offset] if offset < len(found) else None
            put_amount(context, sheet, under + offset, first, one, own_unit, columns=last - first + 1)
    under += height
    sheet.put(row, label[0], line.label, Kind.HEADER, rows=under - row, columns=label[1] - label[0] + 1)
    return under


def _money_cells(
    sheet: Sheet, line: HeadLine, count: int, *, under_tasks: bool
) -> tuple[tuple[int, int], list[tuple[int, int]]]:
    """The grid columns of the block's label and of its amounts."""
    if line.cells:
        label, *cells = line.cells
        return (label if under_tasks else (0, label[1])), list(cells)
    start = 1
    while len(sheet.widths) < start + count:
        sheet.widths.append(MONEY_WIDTH)
    last = len(sheet.widths) - 1
    cells = [(start + index, start + index) for index in range(count)]
    cells[-1] = (cells[-1][0], max(cells[-1][1], last))
    return (0, 0), cells
