"""The amounts of a form as an HTML table（预算表还原）."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.cells import Place
from govbudget.model import Budget, Fact
from govbudget.report.cells import Pending, attributes, badges, figure
from govbudget.report.layout import Block, Column, Row, Table
from govbudget.report.marks import Marks
from govbudget.report.markup import Markup, element
from govbudget.report.overview import amount_text

__all__ = ["amounts_table"]

TOTALS = ("合计", "总计", "本年收入", "本年支出", "小计")
WIDE = 11


def amounts_table(table: Table, shown: Pending, board: Marks, book: Budget, caption: str) -> Markup:
    """The amounts of a form as they are printed（预算表还原）, with row numbers, column letters and merged headers."""
    for row in table.rows:
        shown.take(place for block in table.blocks for place in filter(None, map(row.place, block.columns)))
        shown.take(fact.place for cells in row.cells for fact in cells if fact)
    rows = []
    sheet = table.rows[0].sheet
    width = 1 + sum(1 + block.coded + len(block.columns) for block in table.blocks)
    for row in table.rows:
        if row.sheet != sheet:
            sheet = row.sheet
            rows.append(element("tr", element("td", sheet, colspan=width), class_="page"))
        rows.append(_row(table, row, shown, board, book))
    return element(
        "div",
        element(
            "table",
            element("caption", caption, class_="hidden"),
            element("thead", *_head(table)),
            element("tbody", *rows),
            class_="grid" + (" two" if len(table.blocks) > 1 else "") + (" wide" if width > WIDE else ""),
        ),
        class_="scroll",
        tabindex=0,
        role="region",
        aria_label=caption,
    )


def _row(table: Table, row: Row, shown: Pending, board: Marks, book: Budget) -> Markup:
    lost = shown.row(row.sheet, row.number)
    ends = [max((column.index for column in block.columns), default=0) for block in table.blocks]
    parts = [element("td", str(row.number) if row.number else "", class_="gutter", aria_hidden="true")]
    for number, block in enumerate(table.blocks):
        mine = [place for place in lost if _block_of(place, ends) == number]
        parts += _label(block, row.labels[number], mine, board, book)
        for column, fact in zip(block.columns, row.cells[number]):
            parts.append(_cell(row, column, fact, board))
    names = {fact.name for fact in row.labels if fact}
    kind = "total" if names and all(_is_total(name) for name in names) else ""
    if not kind and all(not fact or not fact.code for fact in row.labels) and any(b.coded for b in table.blocks):
        kind = "unit"
    return element("tr", *parts, class_=kind)


def _label(block: Block, fact: Fact | None, lost: list[Place], board: Marks, book: Budget) -> list[Markup]:
    name = _row_name(fact, book) if fact else ""
    depth = {3: 0, 5: 1, 7: 2}.get(len(fact.code), 0) if fact else 0
    marks = board.at(lost)
    classes = f"name d{depth}" + ("" if name or not fact else " unnamed")
    cell = element(
        "th",
        element("span", name or ("—" if fact else "")),
        badges(marks),
        scope="row",
        **attributes(board, lost, classes),
    )
    code = element("td", fact.code if fact else "", class_="code")
    return [code, cell] if block.coded else [cell]


def _cell(row: Row, column: Column, fact: Fact | None, board: Marks) -> Markup:
    place = fact.place if fact else row.place(column)
    places = [place] if place else []
    marks = board.at(places)
    classes = "number" + (" zero" if fact and not fact.amount else "")
    text = amount_text(fact.amount) if fact else ""
    content = [badges(marks), figure(text, marks)]
    if marks and marks[0].primary:
        content = [element("span", *content, class_="pair")]
    return element("td", *content, **attributes(board, places, classes))


def _head(table: Table) -> list[Markup]:
    """The column letters, and below them the header levels with merged cells."""
    depth = table.depth
    letters = [element("td", class_="gutter")]
    levels: list[list[Markup]] = [[] for _ in range(depth)]
    for block in table.blocks:
        labels = 1 + block.coded
        letters += [element("td")] * labels
        letters += [element("td", column.letter) for column in block.columns]
        shared = len(table.blocks) > 1 and depth > 1 and len({column.path[0] for column in block.columns}) == 1
        if shared:
            levels[0].append(
                element(
                    "th", block.columns[0].path[0], colspan=labels + len(block.columns), scope="colgroup", class_="side"
                )
            )
        start = int(shared)
        if block.coded:
            levels[start].append(element("th", "科目编码", rowspan=depth - start, scope="col", class_="code"))
        levels[start].append(element("th", "项目", rowspan=depth - start, scope="col", class_="name"))
        _levels(levels, [column.path for column in block.columns], start, depth)
    levels[0].insert(0, element("td", class_="gutter", rowspan=depth))
    return [element("tr", *letters, class_="letters", aria_hidden="true"), *(element("tr", *level) for level in levels)]


def _levels(levels: list[list[Markup]], paths: Sequence[tuple[str, ...]], level: int, depth: int) -> None:
    position = 0
    while position < len(paths) and level < depth:
        path = paths[position]
        if len(path) <= level + 1:
            name = path[level] if level < len(path) else ""
            levels[level].append(element("th", name, rowspan=depth - level, scope="col"))
            position += 1
            continue
        end = position
        while end < len(paths) and len(paths[end]) > level + 1 and paths[end][: level + 1] == path[: level + 1]:
            end += 1
        levels[level].append(element("th", path[level], colspan=end - position, scope="colgroup"))
        _levels(levels, paths[position:end], level + 1, depth)
        position = end


def _block_of(place: Place, ends: Sequence[int]) -> int:
    return next((number for number, end in enumerate(ends) if place.column <= end), len(ends) - 1)


def _is_total(name: str) -> bool:
    return name in TOTALS or name.endswith(("总计", "合计"))


def _row_name(fact: Fact, book: Budget) -> str:
    if fact.name:
        return fact.name
    agency = fact.coordinate.agency
    return book.agency_names.get(agency, agency) if agency else ""
