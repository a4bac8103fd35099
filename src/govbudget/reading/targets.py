"""Performance targets（绩效目标表）: the head block, the indicators, and the money that a head prints."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

import attrs

from govbudget.amounts import exact, find_unit, parse_amount, percentage
from govbudget.cells import NOWHERE, Place, gather
from govbudget.errors import AmountError
from govbudget.forms import Vocabulary, label, tidy
from govbudget.grids import Grid
from govbudget.performance import (
    Direction,
    Operator,
    PerformanceIndicator,
    parse_indicator,
    standard_level1,
    standard_level2,
)
from govbudget.reading.amount import Amount, coordinate, heading
from govbudget.reading.header import LEVELS, has_number, is_number
from govbudget.reading.rows import AGENCY_CODE, PLACEHOLDER, PROJECT_CODE
from govbudget.reading.tables import PAGE_NUMBER, Table

__all__ = ["TargetReader", "TargetRows"]

CODE_FRAGMENT = re.compile(r"[0-9A-Z]{8,}").fullmatch
CODE_END = 7
MOST_LOST = 3
CONTEXT = frozenset({"agency", "project", "budget", "goal", "long_goal"})
OPENING = frozenset({"agency", "project", "budget"})
FIRST_LEVEL = "产出"
CORE = frozenset({"是", "否"})
TOLD = frozenset({"level1", "operator", "direction", "core"})
NAMED = frozenset({"level2", "level3", "measure"})
NUMBER = re.compile(r"[≥≤=><]?[\d,.]+\D{0,4}").fullmatch
WHOLE = re.compile("总额|总预算").search


@attrs.define
class Block:
    """One target as it is gathered: its head and its indicators."""

    project: str = ""
    project_code: str = ""
    agency: str = ""
    agency_code: str = ""
    goal: str = ""
    execution: str = ""
    head: list[tuple[str, str]] = attrs.field(factory=list)
    place: Place = attrs.field(default=NOWHERE)
    indicators: list[PerformanceIndicator] = attrs.field(factory=list)
    places: list[Place] = attrs.field(factory=list)
    budget: Amount | None = None


@attrs.define
class TargetRows:
    """What a table of indicators came to."""

    blocks: list[Block] = attrs.field(factory=list)
    amounts: list[Amount] = attrs.field(factory=list)
    objects: dict[str, array[int]] = attrs.field(factory=dict)
    unread: list[tuple[Place, str, str]] = attrs.field(factory=list)
    agencies: list[tuple[str, str]] = attrs.field(factory=list)

    def keep(self, grid: Grid, row: int, *columns: int) -> None:
        """Take in cells of a row that became part of an object."""
        gather(self.objects, grid.name, row, columns)


class TargetReader:
    """Reads a table of indicators, with the block above it, into targets."""

    def __init__(
        self, table: Table, words: Vocabulary, year: int | None, listed: Sequence[Mapping[str, str]] = ()
    ) -> None:
        self.table = table
        self.words = words
        self.year = year
        self.listed = listed
        self.columns = table.header.columns
        self.roles = [column.role for column in self.columns]
        names = {tidy(column.path[-1]) for column in self.columns if column.role == "level3"}
        for index, column in enumerate(self.columns):
            if column.role == "level3" and len(names) > 1 and tidy(column.path[-1]) == "绩效指标":
                self.roles[index] = None  # left of the levels it only says what the table is
        self.opens = not {"project", "budget"}.isdisjoint(self.roles)
        self.whole = self._whole_block()
        self.fractions = self._are_fractions()
        self.found = TargetRows()
        self.last = -1

    def read(self) -> TargetRows:
        """Read the head and every row of the table."""
        block = Block()
        before: _HeadReader | None = None
        for part in self._heads():
            before = _HeadReader(part, self.words, self.year, block, self.found, self.listed, before)
            before.read()
        if self.whole is not None:
            self.found.blocks.append(self.whole)
        elif block.project or self.table.head or "project" not in self.roles:
            self.found.blocks.append(block)
        kept: dict[str, str] = {}
        for grid, row in self.table.body:
            self._row(grid, row, kept)
        self.found.blocks = [one for one in self.found.blocks if one.indicators or one.project or one.head or one.goal]
        return self.found

    def _whole_block(self) -> Block | None:
        """The one project of a table of a text that spells its name down the rows, in the lines of a merged cell.

        It is one where 产出指标 begin once. The columns that say what it is are then no more than parts of it.
        """
        grid = self.table.grid
        if not grid.flowing or "project" not in self.roles or "budget" in self.roles or "level1" not in self.roles:
            return None
        spelt = self._down("project")
        outputs = [text for _, text in self._down("level1") if text.startswith(FIRST_LEVEL)]
        if not spelt or len(outputs) > 1 or len({text for _, text in spelt}) < len(spelt):
            return None
        code, name = split_project("".join(text for _, text in spelt))
        block = Block(name, code, goal="".join(text for _, text in self._down("goal")), place=spelt[0][0])
        if long_goal := "".join(text for _, text in self._down("long_goal")):
            block.head.append((self.columns[self.roles.index("long_goal")].path[-1], long_goal))
        self.roles = ["text" if role in {"project", "goal", "long_goal"} else role for role in self.roles]
        self.opens = False
        return block

    def _down(self, role: str) -> list[tuple[Place, str]]:
        """What stands in a column, from the top down."""
        if role not in self.roles:
            return []
        at = self.roles.index(role)
        cells = ((grid.place(row, at), grid.text(row, at)) for grid, row in self.table.body)
        return [(place, text) for place, text in cells if text and _roles_of_text(text) <= {role}]

    def _heads(self) -> Iterator[Table]:
        """The table as it stands on the one or two pages that its head has rows on."""
        if self.table.upper is not None:
            grid, (_, *head) = self.table.upper
            yield attrs.evolve(self.table, grid=grid, head=head)
        if self.table.head:
            yield self.table

    def _row(self, grid: Grid, row: int, kept: dict[str, str]) -> None:
        cells: dict[str, str] = {}
        where: dict[str, int] = {}
        columns: list[int] = []
        roles, flowing = self.roles, grid.flowing
        under = self._under(grid, row) if flowing else None
        for column, text in grid.texts(row):
            at = under[column] if under is not None else column
            role = roles[at] if at < len(roles) else None
            if flowing and role in CONTEXT and standard_level1(text) is not None:
                role = "level1"
            if role != "value" and self.words.placeholder(text):
                self.found.unread.append((grid.place(row, column), text, PLACEHOLDER))
            elif role is None:
                if at < len(self.columns) and self.columns[at].path and not is_number(grid.rows[row][column]):
                    columns.append(column)
                else:
                    self.found.unread.append((grid.place(row, column), text, "无法识别 (not understood)"))
            else:
                if role not in cells:
                    cells[role], where[role] = text, column
                elif role == "note":
                    cells[role] += f"；{text}"
                if role != "budget":
                    columns.append(column)
        self.found.keep(grid, row, *columns)
        if self.opens and not OPENING.isdisjoint(cells):
            self._open_block(grid, row, cells, where, kept)
        if not self.found.blocks:
            self.found.blocks.append(Block())
        if len(cells) == 1 and "level3" in cells and self._is_aside(cells["level3"]):
            return
        broken, self.last = flowing and row > self.last + 1, row
        if broken and self._goes_on(cells):
            return
        for role in ("level1", "level2"):
            if cells.get(role):
                kept[role] = cells[role]
                if role == "level1":
                    kept.pop("level2", None)
        if cells.get("level3") and not (flowing and is_number(cells["level3"])):
            self._indicator(grid, row, cells, where, kept)
        elif any(cells.get(role) for role in ("value", "weight", "operator")):
            place = grid.place(row, min(where.values()))
            self.found.unread.append(
                (place, " ".join(cells.values()), "没有三级指标名称 (an indicator without a name)")
            )

    def _goes_on(self, cells: Mapping[str, str]) -> bool:
        """Whether the first line of a page only ends the names that the page before broke off; they are joined."""
        indicators = self.found.blocks[-1].indicators
        level2 = cells.get("level2", "")
        if not indicators or "level3" not in cells or not {*cells} <= {"level2", "level3"}:
            return False
        if indicators[-1].value is None or standard_level2(level2) is not None:
            return False
        if level2 and standard_level2(indicators[-1].level2 + level2) is None:
            return False
        whole = {"name": indicators[-1].name + cells["level3"], "level2": indicators[-1].level2 + level2}
        indicators[-1] = attrs.evolve(indicators[-1], **whole, printed=attrs.evolve(indicators[-1].printed, **whole))
        return True

    def _is_aside(self, text: str) -> bool:
        """Whether a lone text under the names of indicators is a note, a signature, a page number or a heading."""
        aside = self.words.note(text) or self.words.signature(text) or tidy(text).endswith(":")
        aside = aside or bool(self.words.roles(text))  # 绩效指标, merged down beside them
        return aside or PAGE_NUMBER.fullmatch(text) is not None

    def _under(self, grid: Grid, row: int) -> Sequence[int]:
        """The column of the header that each cell of a line of text stands under; a page may print fewer than it has.

        Levels, operators, weights and directions tell: another place is believed only where something is amiss in that
        of the header, and where one has more of them in place than any other.
        """
        cells = grid.texts(row)
        size = len(grid.rows[row])
        straight = range(size)
        right, amiss = self._fits(cells, straight)
        below = row + 1
        if not (right or amiss) and size != len(self.roles) and [*map(len, grid.rows[below : below + 1])] == [size]:
            cells = grid.texts(below)  # it tells nothing by itself; the lines of a page are alike
            right, amiss = self._fits(cells, straight)
        if amiss:
            ordered = [at for at, role in enumerate(self.roles) if role is not None]
            lost = sorted({len(self.roles) - size, *range(1, MOST_LOST + 1)})
            ways: list[Sequence[int]] = [range(one, one + size) for one in lost if one > 0]
            ways += [ordered[-size:]] if len(ordered) >= size else []
            found: dict[tuple[str | None, ...], tuple[int, Sequence[int]]] = {}
            for way in ways:
                hits, misses = self._fits(cells, way)
                if hits - misses > right - amiss:
                    found.setdefault(tuple(self._role(way[column]) for column, _ in cells), (hits - misses, way))
            best = sorted(found.values(), key=itemgetter(0), reverse=True)
            if best and (len(best) == 1 or best[0][0] > best[1][0]):
                return best[0][1]
        shift = self._lost_before_budget(grid, row)
        levels = min((at for at, role in enumerate(self.roles) if role in LEVELS), default=0)
        return [at + shift if at + shift < levels else at for at in straight] if shift else straight

    def _role(self, at: int) -> str | None:
        return self.roles[at] if at < len(self.roles) else None

    def _fits(self, cells: Sequence[tuple[int, str]], under: Sequence[int]) -> tuple[int, int]:
        """How many cells are such as the column holds that they stand under, and how many cannot be its own."""
        said = [self._fit(self._role(under[column]), text) for column, text in cells]
        return said.count(True), said.count(False)

    def _fit(self, role: str | None, text: str) -> bool | None:
        """Whether a cell is such as a column holds; None where it may be."""
        own = _roles_of_text(text)
        if not own.isdisjoint(self.roles):
            also = {"value"} if "operator" in own else CONTEXT if "level1" in own else ()
            return True if role in own else (None if role in also else False)
        return False if role in TOLD or (role in NAMED and is_number(text)) else None

    def _lost_before_budget(self, grid: Grid, row: int) -> int:
        """How many leading tabs a line of text has lost: the figure of a project stands that far left of its column."""
        cells = dict(grid.texts(row))
        if "budget" not in self.roles or "project" not in self.roles:
            return 0
        at = self.roles.index("budget")
        named = self.roles[:at]
        found = [
            column for column, text in cells.items() if column < at and is_number(text) and named[column] != "index"
        ]
        if at in cells and is_number(cells[at]):
            return 0
        return at - found[0] if len(found) == 1 and 0 in cells else 0

    def _indicator(
        self, grid: Grid, row: int, cells: Mapping[str, str], where: Mapping[str, int], kept: Mapping[str, str]
    ) -> None:
        block = self.found.blocks[-1]
        block.indicators.append(
            parse_indicator(
                name=cells["level3"],
                level1=kept.get("level1", ""),
                level2=kept.get("level2", ""),
                operator=_close(cells.get("operator", "")),
                value=_value(cells.get("value", "")),
                unit=_close(cells.get("measure", "")),
                weight=self._weight(_close(cells.get("weight", ""))),
                direction=_close(cells.get("direction", "")),
                core=_close(cells.get("core", "")),
                note=cells.get("note", ""),
            )
        )
        block.places.append(grid.place(row, where["level3"]))

    def _weight(self, text: str) -> str:
        return percentage(Decimal(text)) if text and self.fractions else text

    def _are_fractions(self) -> bool:
        """Whether all weights are numbers up to 1 that come to 1 or 0.9 by target: percentages in a spreadsheet."""
        columns = [column for column, role in enumerate(self.roles) if role == "weight"]
        cells = (grid.rows[row][column : column + 1] for grid, row in self.table.body for column in columns)
        weights = [value for cell in cells for value in cell if value != ""]
        if not all(isinstance(one, float) and 0 < one <= 1 for one in weights) or all(one == 1 for one in weights):
            return False
        total = sum(exact(one) for one in weights if isinstance(one, float))
        return not (total % 1 and total % Decimal("0.9"))

    def _open_block(
        self, grid: Grid, row: int, cells: dict[str, str], where: dict[str, int], kept: dict[str, str]
    ) -> None:
        if cells.get("agency"):
            kept["agency"] = cells["agency"]
        if not (cells.get("project") or cells.get("budget")):
            return
        code, agency = split_agency(kept.get("agency", ""))
        if agency:
            self.found.agencies.append((code, agency))
        project_code, project = split_project(cells.get("project", ""))
        if grid.flowing and project and not cells.get("budget") and self.found.blocks and "budget" in self.roles:
            if project != self.found.blocks[-1].project:  # it may stand on every row
                self._wrap(project)
            return
        if not cells.get("project"):
            if self.found.blocks and not cells.get("agency") and self.found.blocks[-1].budget is None:
                block = self.found.blocks[-1]  # the figure of a block whose name stands on another row
                self._budget(
                    grid, row, where, cells, block.project, {"agency": code or agency, "project": block.project}
                )
            elif cells.get("budget"):
                name = re.sub(r"\s+", "", cells.get("agency", ""))
                self._budget(grid, row, where, cells, name, {"agency": code or agency})
            return
        dims = {"agency": code or agency, "project": project_code or project}
        last = self.found.blocks[-1] if self.found.blocks else Block()
        same = (last.project, last.project_code, last.agency) == (project, project_code, agency)
        known = "budget" not in cells or (last.budget is not None and cells["budget"] == kept.get("budget"))
        if last.indicators and same and known:  # it stands on every row
            if "budget" in cells and grid.flowing:
                self.found.keep(grid, row, where["budget"])  # a merged cell that is printed in each that it covers
            elif "budget" in cells:
                self._budget(grid, row, where, cells, project, dims)
            return
        if self.found.blocks and not last.indicators and not cells.get("budget"):
            self.found.blocks.pop()
        block = Block(project, project_code, agency, code, place=grid.place(row, where["project"]))
        block.goal = cells.get("goal", "")
        if cells.get("long_goal"):
            block.head.append((self.columns[where["long_goal"]].path[-1], cells["long_goal"]))
        self.found.blocks.append(block)
        kept.pop("level1", None)
        kept.pop("level2", None)
        if cells.get("budget"):
            kept["budget"] = cells["budget"]
            block.budget = self._budget(grid, row, where, cells, project, dims)

    def _wrap(self, rest: str) -> None:
        """The rest of a project's name, wrapped onto another line or page."""
        block = self.found.blocks[-1]
        block.project += rest
        if block.budget is not None:
            at = self.found.amounts.index(block.budget)
            moved = attrs.evolve(block.budget.coordinate, project=block.project_code or block.project)
            block.budget = self.found.amounts[at] = attrs.evolve(block.budget, name=block.project, coordinate=moved)

    def _budget(
        self,
        grid: Grid,
        row: int,
        where: Mapping[str, int],
        cells: Mapping[str, str],
        name: str,
        dims: Mapping[str, Any],
    ) -> Amount | None:
        column = where.get("budget")
        if column is None:
            return None
        place = grid.place(row, column)
        value = grid.rows[row][column]
        try:
            amount = parse_amount(value) if isinstance(value, (str, int, float, Decimal)) else None
        except AmountError:
            self.found.unread.append((place, cells["budget"], "不是金额 (not an amount)"))
            return None
        if amount is None:
            self.found.keep(grid, row, column)
            return None
        header = self.columns[column]
        unit = find_unit(header.text) if "元" in header.text else None
        at = coordinate({"side": "expenditure", "item": "target", **dims}, self.table.form, self.year)
        found = Amount(amount, place, name, "", heading(header.path), at, unit, not isinstance(value, str))
        self.found.amounts.append(found)
        return found


class _HeadReader:
    """Reads the block above the indicators: labels with their texts, and money with its label."""

    def __init__(
        self,
        table: Table,
        words: Vocabulary,
        year: int | None,
        block: Block,
        found: TargetRows,
        listed: Sequence[Mapping[str, str]],
        before: _HeadReader | None = None,
    ) -> None:
        self.before = before
        self.table = table
        self.year = year
        self.grid = table.grid
        self.listed = listed
        self.rows = table.head
        self.overall = table.form.id == "overall_performance"
        self.words = words
        self.block = block
        self.found = found
        self.furniture = set(table.furniture)
        self.covered = self._covered()
        self.left = min((column for _, column in self.covered), default=0)

    def _covered(self) -> dict[tuple[int, int], str]:
        """The text of every cell of the block, merged cells filled."""
        cells = {(row, column): text for row in self.rows for column, text in self.grid.texts(row)}
        for top, left, bottom, right in self.grid.spans_from(*self.rows):
            text = cells.get((top, left))
            if text is not None:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        cells.setdefault((row, column), text)
        return cells

    def read(self) -> None:
        """Read every row of the block."""
        money: list[tuple[int, int]] = []
        for row in self.rows:
            pending: str | None = None
            at = 0
            for column, text in self.grid.texts(row):
                place = self.grid.place(row, column)
                if place in self.furniture:
                    continue
                value = self.grid.rows[row][column]
                if self._is_repeated(row, column, text):
                    self.found.keep(self.grid, row, column)
                    continue
                kind = self.words.head(text)
                if is_number(value) and not (pending and self.words.head(pending) == "execution"):
                    money.append((row, column))
                    pending = None
                    continue
                self.found.keep(self.grid, row, column)
                if pending is not None and not (
                    (kind and self._is_label(pending, kind)) or self._is_unanswered(row, at, column)
                ):
                    self._pair(pending, text, place)
                    pending = None
                else:
                    pending, at = text, column
        self._name_block()
        for row, column in money:
            self._money(row, column)

    def _is_repeated(self, row: int, column: int, text: str) -> bool:
        """Whether a cell only says again what is beside it, as where a merged cell is printed in each that it covers.

        Two figures may be the same: they are one where they also stand under one text, or where the rows begin alike.
        """
        beside = column > 0 and self.grid.text(row, column - 1) == text
        if not is_number(self.grid.rows[row][column]):
            return beside
        if not self.grid.flowing or row not in self.rows[1:]:
            return False
        if beside and self._label_over(row, column) == self._label_over(row, column - 1) != "":
            return True
        own, above = ([self.grid.text(line, at) for at in range(column + 1)] for line in (row, row - 1))
        return own[0] != "" and own == above

    def _label_over(self, row: int, column: int) -> str:
        """The nearest text over a cell of the block that is no number."""
        lines = reversed(self.rows[: self.rows.index(row)])
        return next((text for line in lines if (text := self.grid.text(line, column)) and not is_number(text)), "")

    def _is_label(self, pending: str, kind: str) -> bool:
        """Whether a known label after *pending* is a label of its own rather than its text."""
        return self.words.head(pending) not in {"project", "agency", "goal"} or kind in {"money", "text"}

    def _is_unanswered(self, row: int, label: int, column: int) -> bool:
        """Whether merged cells for the answer to a label stand blank before the next text."""
        return any(
            row <= bottom and label < left < column and (top, left) not in self.covered
            for top, left, bottom, right in self.grid.spans_from(*range(self.rows[0], row + 1))
            if right > left
        )

    def _pair(self, name: str, text: str, place: Place) -> None:
        kind = self.words.head(name)
        if kind == "project" and not self.block.project:
            self.block.project_code, self.block.project = split_project(text)
            self.block.place = place
            if self.grid.flowing and CODE_FRAGMENT(self.block.project):
                self._mend_project(place)
        elif kind == "agency" and not self.block.agency:
            self.block.agency_code, self.block.agency = split_agency(text)
            if self.block.agency:
                self.found.agencies.append((self.block.agency_code, self.block.agency))
            self.block.head.append((tidy(name), text))
        elif kind == "goal" and not self.block.goal:
            self.block.goal = text
        elif kind == "execution":
            self.block.execution = text
        elif kind == "project_code" and not self.block.project_code:
            self.block.project_code = text
        else:
            self.block.head.append((tidy(name), text))

    def _mend_project(self, place: Place) -> None:
        """A code that extraction cut into several cells is that of the one listed project that they identify."""
        row = next(row for row in self.rows if self.grid.place(row, 0).row == place.row)
        line = "".join(text for _, text in self.grid.texts(row))
        same = [one for one in self.listed if one["code"][-CODE_END:] in line and len(one["code"]) > CODE_END]
        if len({one["code"] for one in same}) == 1:
            self.block.project_code, self.block.project = same[0]["code"], same[0]["name"]

    def _name_block(self) -> None:
        if self.block.place.cell == "" and self.rows:
            row = self.rows[0]
            self.block.place = self.grid.place(row, self.grid.texts(row)[0][0])

    def _money(self, row: int, column: int) -> None:
        place = self.grid.place(row, column)
        above = self._above(row, column)
        left = self._left(row, column)
        if above:
            header, name = above, label(left or self._row_name(row, above))
        elif left and self.words.head(left) == "money" and not self._is_headcount(row):
            header, name = (left,), self._own_name()
        else:
            self.found.keep(self.grid, row, column)
            return
        value = self.grid.rows[row][column]
        amount = parse_amount(value) if isinstance(value, (str, int, float, Decimal)) else None
        if amount is None:
            self.found.keep(self.grid, row, column)
            return
        words = [*header, *([left] if left else []), self._said(row, self.left), self._row_name(row, above)]
        lines = self.rows[max(0, self.rows.index(row) - 2) : self.rows.index(row)]
        words += [text for (line, at), text in self.covered.items() if line in lines and at < column]
        unit = next((unit for text in words if "(" in tidy(text) and (unit := find_unit(tidy(text)))), None)
        self.found.amounts.append(
            Amount(
                amount,
                place,
                name,
                "",
                heading(header),
                coordinate(self._dims(header, row), self.table.form, self.year),
                unit,
                not isinstance(value, str),
            )
        )
        if not above and not self.overall and (self.block.budget is None or self._is_of_the_year(header)):
            self.block.budget = self.found.amounts[-1]

    def _is_of_the_year(self, header: tuple[str, ...]) -> bool:
        """Whether money is that of the year, where what was found before is that of the whole project."""
        known = self.block.budget.column if self.block.budget else ""
        return any(word in header[-1] and word not in known for word in ("年度", "当年", "本年")) and bool(WHOLE(known))

    def _dims(self, header: tuple[str, ...], row: int) -> dict[str, Any]:
        dims: dict[str, Any] = {"item": "target." + "/".join(tidy(part) for part in header)}
        own = "".join(text for _, text in self.grid.texts(row))
        group = " ".join(self._said(row, column) for column in range(len(self.grid.rows[row])))
        if self.overall and "收入构成" in group and "支出" not in own:
            dims["side"] = "revenue"
        else:
            dims["side"] = "expenditure"
        agency = self.block.agency_code or self.block.agency
        if agency:
            dims["agency"] = agency
        if not self.overall and self.block.project:
            dims["project"] = self.block.project_code or self.block.project
        return dims

    def _own_name(self) -> str:
        if self.overall:
            if self.block.agency_code:
                return f"{self.block.agency_code}-{self.block.agency}"
            return label(self.block.agency)
        return label(self.block.project)

    def _is_headcount(self, row: int) -> bool:
        return any("人员" in text and "情况" in text for (line, _), text in self.covered.items() if line == row)

    def _left(self, row: int, column: int) -> str:
        """The nearest label left of a cell, over empty cells only."""
        for at in range(column - 1, -1, -1):
            text = self.covered.get((row, at), "")
            if not text:
                continue
            if is_number(text):
                if self._above(row, at) is None:
                    return ""
                continue
            return text
        return ""

    def _above(self, row: int, column: int) -> tuple[str, ...] | None:
        """The header path over a cell, where a row above it prints headers of money and no number."""
        return self._header_over(self.rows.index(row), column, self._numbers(row))

    def _header_over(self, index: int, column: int, numbers: list[int]) -> tuple[str, ...] | None:
        """That over a cell of a row with some numbers, whose place among the rows is *index*; it may be a page up."""
        for at in range(index - 1, -1, -1):
            line = self.rows[at]
            if has_number(self.grid.rows[line]):
                if at < index - 1 and not set(self._numbers(line)) & set(numbers):
                    return None
                continue
            labels = [(c, text) for c, text in self.grid.texts(line) if self.words.head(text) == "money"]
            if len(labels) < 2:
                if any(self.words.head(text) not in {None, "money"} for _, text in self.grid.texts(line)):
                    return None
                continue
            own = self.covered.get((line, column), "")
            if self.words.head(own) != "money":
                own = self._by_order(numbers, column, [text for _, text in labels])
            if not own:
                continue
            group = self._group(at, column)
            return (group, own) if group and group != own and self.words.head(group) == "money" else (own,)
        return self.before._header_over(len(self.before.rows), column, numbers) if self.before is not None else None

    def _numbers(self, row: int) -> list[int]:
        """The columns in which a row holds numbers."""
        return [column for column, _ in self.grid.texts(row) if is_number(self.grid.rows[row][column])]

    def _said(self, row: int, column: int) -> str:
        """The text of a cell; of a blank one that above it, of which only the first row of a group bears its name."""
        above = (self.covered.get((line, column)) for line in reversed(self.rows[: self.rows.index(row) + 1]))
        text = next(filter(None, above), None)
        if text is None and self.before is not None and self.before.rows:
            text = self.before._said(self.before.rows[-1], column)
        return text or ""

    def _group(self, at: int, column: int) -> str:
        """The label over a header that it shares with its neighbours; without merges it stands left of them."""
        if not at:
            return ""
        line = self.rows[at - 1]
        for left in range(column, 0, -1):
            text = self.covered.get((line, left), "")
            if text or not self.covered.get((self.rows[at], left), ""):
                return text
        return ""

    def _by_order(self, numbers: list[int], column: int, labels: list[str]) -> str:
        """A header by its order: a text without merges may set figures off from their headers."""
        if not self.grid.flowing:
            return ""
        return labels[numbers.index(column)] if len(numbers) == len(labels) else ""

    def _row_name(self, row: int, above: tuple[str, ...] | None) -> str:
        """What a row without a label of its own is called: the label left of its headers."""
        if above is None:
            return ""
        for at in range(self.rows.index(row), -1, -1):
            line = self.rows[at]
            cells = self.grid.texts(line)
            if cells and not is_number(self.grid.rows[line][cells[0][0]]) and self.words.head(cells[0][1]) != "agency":
                return cells[0][1]
        return ""


@lru_cache(maxsize=4096)
def _close(text: str) -> str:
    return text if text.isalnum() else "".join(text.split())


def _value(text: str) -> str:
    """The value of an indicator; blanks inside a number are none of its own."""
    close = _close(text)
    return close if text != close and NUMBER(close) else text


@lru_cache(maxsize=4096)
def _roles_of_text(text: str) -> frozenset[str]:
    """The only columns of a table of indicators that a text can stand in; none where it tells nothing."""
    plain = _close(text)
    told = {
        "operator": Operator.recognize(text) is not None,
        "direction": Direction.recognize(text) is not None,
        "core": text in CORE,
        "level1": plain.endswith("指标") and standard_level1(plain) is not None,
        "level2": plain.endswith("指标") and standard_level2(plain) is not None,
    }
    return frozenset(role for role, is_own in told.items() if is_own)


def split_agency(text: str) -> tuple[str, str]:
    """The code and the name of ``127-达州市政务服务管理局本级``."""
    found = AGENCY_CODE.match(text.strip())
    return (found.group(1), label(found.group(2))) if found else ("", label(text))


def split_project(text: str) -> tuple[str, str]:
    """The code and the name of ``50015224T000004336674-2024年…``."""
    found = PROJECT_CODE.match(text.strip())
    return (_close(found.group(1)), label(found.group(2))) if found and found.group(2) else ("", label(text))
