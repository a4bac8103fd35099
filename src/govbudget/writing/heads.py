"""The block above a table of indicators（绩效目标表表头）: agency, tasks, money and goal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govbudget.amounts import Unit, find_unit
from govbudget.forms import tidy
from govbudget.model import Fact, PrintedTarget
from govbudget.writing.context import Context
from govbudget.writing.layout import HeadLine, Layout
from govbudget.writing.sheet import Kind, Sheet

__all__ = ["print_head"]

ITEM = "target."
MONEY_WIDTH = 13.0
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
            for own, group in money:
                row = _print_money(context, sheet, row, own, group, unit, under=row > first)
            if row > first and (split < len(pairs) or printed is None):
                sheet.put(first, 0, line.label, Kind.HEADER, rows=row - first)
        elif line.kind == "goal":
            _print_pair(sheet, row, line.label, printed.target.goal if printed else "")
            row += 1
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
    if not any(context.words.head(name) == "agency" for name, _ in pairs):
        name = printed.target.agency if printed else context.agency
        key = printed.agency if printed else ""
        pairs = [(line.label, f"{key}-{name}" if key and key != name else name), *pairs]
    for name, text in pairs:
        _print_pair(sheet, row, name, text)
        row += 1
    return row


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


# ---------------------------------------------------------------- money


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
    context: Context, sheet: Sheet, row: int, line: HeadLine, facts: Sequence[Fact], unit: Unit, *, under: bool
) -> int:
    paths = [path.split("/") for path in line.columns]
    depth = max(map(len, paths))
    label, cells = _money_cells(sheet, line, len(paths), under=under)
    own_unit = line.unit or find_unit(line.label) or unit
    for level in range(depth):
        for index, path in enumerate(paths):
            if level >= len(path) or (level and len(path) == 1):
                continue
            if level + 1 < len(path) and index and paths[index - 1][: level + 1] == path[: level + 1]:
                continue
            across = (
                sum(1 for other in paths[index:] if other[: level + 1] == path[: level + 1])
                if level + 1 < len(path)
                else 1
            )
            first, last = cells[index][0], cells[index + across - 1][1]
            down = depth - level if level + 1 == len(path) else 1
            sheet.put(row + level, first, path[level], Kind.HEADER, rows=down, columns=last - first + 1)
    by_item: dict[str, list[Fact]] = {}
    for fact in facts:
        by_item.setdefault(fact.coordinate.item or "", []).append(fact)
    height = max((len(found) for found in by_item.values()), default=1)
    for offset in range(height):
        for header, (first, last) in zip(line.columns, cells):
            found = by_item.get(_item(header), [])
            at = row + depth + offset
            if offset < len(found):
                amount, decimals = context.amount(found[offset], own_unit)
                sheet.put(at, first, amount, Kind.AMOUNT, columns=last - first + 1, decimals=decimals)
            else:
                sheet.put(at, first, "", Kind.AMOUNT, columns=last - first + 1)
    sheet.put(row, label[0], line.label, Kind.HEADER, rows=depth + height, columns=label[1] - label[0] + 1)
    return row + depth + height


def _money_cells(
    sheet: Sheet, line: HeadLine, count: int, *, under: bool
) -> tuple[tuple[int, int], list[tuple[int, int]]]:
    """The grid columns of the block's label and of its amounts."""
    if line.cells:
        label, *cells = line.cells
        return (label if under else (0, label[1])), list(cells)
    start = 1
    while len(sheet.widths) < start + count:
        sheet.widths.append(MONEY_WIDTH)
    last = len(sheet.widths) - 1
    cells = [(start + index, start + index) for index in range(count)]
    cells[-1] = (cells[-1][0], max(cells[-1][1], last))
    return (0, 0), cells
