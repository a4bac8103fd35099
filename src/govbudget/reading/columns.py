"""Columns（表列） of a table of amounts: what each of them is, where its header does not say so by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from govbudget.classification import Catalogue
from govbudget.forms import Column, FormKind
from govbudget.grids import Grid, Value
from govbudget.reading.header import is_number
from govbudget.reading.tables import Table

__all__ = [
    "BELONGING",
    "BLANKS",
    "CODE_LIKE",
    "CODING",
    "DIGITS",
    "LEVEL_ROLES",
    "TWO_PLACES",
    "merged_down",
    "name_columns",
    "prints_two_places",
    "sides",
]

BLANKS = re.compile(r"\s+")
BRACKETS = "[【(（［"
DIGITS = re.compile(r"\d+").fullmatch
CODE_LIKE = re.compile(r"[0-9A-Z]+").fullmatch
TWO_PLACES = re.compile(r"-?[\d,]+\.\d\d").fullmatch
PROJECT_LENGTH = 12
BELONGING = frozenset({"agency_code", "agency", "project_code", "project", "class", "section"})
NAMING = frozenset({"name", "label", "agency", "project"})
OPENING = frozenset({"label", "code"})
LEVEL_ROLES = ("class", "section", "item")
CODING = frozenset({"code", *LEVEL_ROLES})


def sides(table: Table, columns: tuple[Column, ...]) -> Iterator[list[int]]:
    """The columns of each side of a table: a column of labels or codes after one of amounts opens the next side."""
    side: list[int] = []
    amounts = False
    for index, column in enumerate(columns):
        if column.role in OPENING and amounts:
            yield side
            side, amounts = [], False
        side.append(index)
        amounts = amounts or (column.role is None and (bool(column.path) or any(_cells(table, index))))
    if side:
        yield side


def merged_down(table: Table, roles: list[str | None]) -> dict[tuple[str, int], dict[int, Value]]:
    """What cells hold that a cell above is merged over, by row and column, where they say what the row belongs to."""
    found: dict[tuple[str, int], dict[int, Value]] = defaultdict(dict)
    columns = [column for column, role in enumerate(roles) if role in BELONGING]
    rows = {grid.name: 0 for grid, _ in table.body if grid.spans and columns}
    for grid, row in table.body if rows else ():
        rows[grid.name] = row
    for grid, top in table.body if rows else ():
        for _, left, bottom, __ in grid.spans_from(top):
            if left in columns and grid.text(top, left):
                for row in range(top + 1, min(bottom, rows[grid.name]) + 1):
                    found[grid.name, row][left] = grid.rows[top][left]
    return found


def _cells(table: Table, column: int) -> Iterator[str]:
    """The filled cells of a column."""
    return (text for grid, row in table.body if (text := grid.text(row, column)))


def prints_two_places(grid: Grid) -> bool:
    """Whether a text prints its amounts to two places, with the zeros at their ends; one with fewer was damaged."""
    numbers = [text for row in range(len(grid.rows)) for _, text in grid.texts(row)[1:] if is_number(text)]
    whole = [text for text in numbers if TWO_PLACES(text) and text.strip("-0.,")]
    return len(whole) >= 20 and sum(text.endswith("0") for text in whole) * 20 >= len(whole)


def name_columns(table: Table, catalogue: Catalogue) -> tuple[Column, ...]:
    """The columns of a table; one without a readable header left of the amounts is told by what it holds."""
    columns = list(table.header.columns)
    cells = partial(_cells, table)

    def has(*roles: str) -> bool:
        return any(column.role in roles and any(cells(index)) for index, column in enumerate(columns))

    for index, column in enumerate(columns):
        if column.role == "label" and not any(cells(index)) and has("code", "name"):
            columns[index] = Column(column.path, known=False)
        elif column.role == "label" and "类别" in column.text and has("project"):
            columns[index] = Column(column.path, "text")  # 项目类别 beside 项目名称
    _name_levels(columns)
    _choose_subjects(columns, table.form, cells)
    named = next((index for index, column in enumerate(columns) if column.role in NAMING), len(columns))
    for index, column in enumerate(columns[:named]):
        if column.role is None and column.known:
            break
        if columns[index].role is None and any(cells(index)):
            if _are_levels([*map(list, map(cells, range(index, index + len(LEVEL_ROLES))))]):
                for at, level in enumerate(LEVEL_ROLES, index):
                    columns[at] = Column(columns[at].path, level)
                continue
            role = _role_of_content(list(cells(index)), catalogue, named < len(columns))
            if role == "code" and table.form.rows == "agency":
                role = "agency_code"
            if role is not None:
                columns[index] = Column(column.path, role)
                if role == "name":
                    break
    return tuple(columns)


def _are_levels(cells: list[list[str]]) -> bool:
    """Whether columns beside each other hold 类, 款 and 项, of three and two digits."""
    return all(
        found and all(len(text) == size and DIGITS(text) for text in found) for found, size in zip(cells, (3, 2, 2))
    )


def _name_levels(columns: list[Column]) -> None:
    """类 款 项 stand in this order; one whose header cell is empty goes by the header over all three."""
    roles = [column.role for column in columns]
    if not {"class", "section", "item"} & set(roles):
        return
    first = min(index for index, role in enumerate(roles) if role in LEVEL_ROLES)
    if first and "class" not in roles and roles[first - 1] == "code":
        first -= 1
    for role, index in zip(LEVEL_ROLES, range(first, len(columns))):
        if columns[index].role == "code":
            columns[index] = Column(columns[index].path, role)


def _choose_subjects(columns: list[Column], form: FormKind, cells: Callable[[int], Iterable[str]]) -> None:
    """Of several classifications side by side one names the rows, told by how its codes begin; the first if none does.

    部门预算经济分类 301 goes before 政府预算经济分类 501, and both before functions on a form of economic subjects.
    """
    groups: list[list[int]] = []
    for index, column in enumerate(columns):
        if column.role is None and column.path:
            break
        roles = {columns[one].role for one in groups[-1]} if groups else set()
        if column.role in CODING and (not groups or ("name" in roles and ("code" in roles or column.role in roles))):
            groups.append([index])
        elif groups and (column.role in CODING or column.role == "name"):
            groups[-1].append(index)
    if len(groups) < 2 or form.rows == "purchase":
        return
    begin = [{text.lstrip(BRACKETS)[:1] for text in cells(group[0])} for group in groups]
    likely = "35" if form.rows == "economic" else "235"
    chosen = next((begin.index({first}) for first in likely if {first} in begin), 0)
    for index in (index for at, group in enumerate(groups) if at != chosen for index in group):
        columns[index] = Column(columns[index].path, "text")


def _role_of_content(cells: list[str], catalogue: Catalogue, named: bool) -> str | None:
    """What a column is about, told by its cells: codes, or the names of what the rows are."""
    coded = [BLANKS.sub("", cell) for cell in cells]
    if all(CODE_LIKE(cell) for cell in coded):
        if any(len(cell) >= PROJECT_LENGTH for cell in coded):
            return "project_code"
        if not all(DIGITS(cell) for cell in coded):
            return None
        if sum(cell in catalogue for cell in coded) * 2 >= len(coded):
            return "code"
        if not named:
            return None
        alike = len({cell[:3] for cell in coded}) == 1 and all(len(cell) >= 3 for cell in coded)
        return "agency_code" if alike else "index"
    return None if named or any(is_number(cell) for cell in cells) else "name"
