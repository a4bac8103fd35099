"""The forms drawn again from their facts（表样还原）: rows, columns and header levels, without any markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from govbudget.cells import Place, column_name
from govbudget.model import Budget, Fact, PrintedForm, PrintedTarget

__all__ = ["Block", "Column", "FormView", "Row", "Table", "TargetView", "form_views"]

BLANKS = re.compile(r"\s+")
PERFORMANCE = ("project_performance", "overall_performance")
SIDES = ("revenue", "expenditure")
NO_COLUMN = "金额"


@attrs.frozen
class Column:
    """An amount column（金额栏）: the levels of its header and where it stands (0 where that is not known)."""

    path: tuple[str, ...]
    index: int = 0

    @property
    def letter(self) -> str:
        """The column's letter, empty where it is not known."""
        return column_name(self.index)


@attrs.frozen
class Block:
    """Columns that share one row label（一侧）; a form has one, a form of revenue and expenditure has two."""

    columns: tuple[Column, ...]
    coded: bool = False


@attrs.frozen
class Row:
    """A printed row（行）.

    Attributes:
        sheet: the sheet or page.
        number: the row counted from 1; 0 where it is not known.
        labels: for each block the first fact of the row, which carries its label.
        cells: for each block the fact in each of its columns.
    """

    sheet: str
    number: int
    labels: tuple[Fact | None, ...]
    cells: tuple[tuple[Fact | None, ...], ...]

    def place(self, column: Column) -> Place | None:
        """The cell of this row in *column*, where both are known."""
        return Place.at(self.sheet, self.number, column.index) if self.number and column.index else None


@attrs.frozen
class Table:
    """The amounts of a form as a table（表格）."""

    blocks: tuple[Block, ...]
    rows: tuple[Row, ...]

    @property
    def depth(self) -> int:
        """How many header rows it takes."""
        return max((len(column.path) for block in self.blocks for column in block.columns), default=1)


@attrs.frozen
class TargetView:
    """A performance target（绩效目标） with the amounts of its head; its rows run from *first* to *last*."""

    printed: PrintedTarget
    facts: tuple[Fact, ...] = ()
    first: int = 0
    last: int = 0


@attrs.frozen
class FormView:
    """A form ready to be drawn: its amounts and its performance targets."""

    form: PrintedForm
    table: Table
    targets: tuple[TargetView, ...] = ()
    sheets: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The title as printed, else what stands for it."""
        return self.form.title or self.form.sheet.strip() or self.form.id

    def short_title(self, agency: str) -> str:
        """The title without the name of the agency before it."""
        rest = self.title.removeprefix(agency).strip() if agency else ""
        return rest or self.title

    @property
    def facts(self) -> int:
        """How many amounts it shows."""
        in_table = sum(fact is not None for row in self.table.rows for cells in row.cells for fact in cells)
        return in_table + sum(len(target.facts) for target in self.targets)

    def holds(self, place: Place) -> bool:
        """Whether *place* lies on this form."""
        if place.sheet == self.form.sheet:
            return place.row > 0 and self.form.first <= place.row <= max(self.form.last, self.form.first)
        return place.sheet in self.sheets


def form_views(book: Budget) -> tuple[FormView, ...]:
    """The forms of a budget in document order; forms that no :class:`PrintedForm` announces come last."""
    forms = list(book.forms)
    facts: dict[int, list[Fact]] = {}
    targets: dict[int, list[PrintedTarget]] = {}
    last: dict[str, int] = {}
    for fact in book.facts:
        facts.setdefault(_home(forms, fact.form, fact.place, last), []).append(fact)
    last.clear()
    for printed in book.targets:
        targets.setdefault(_home(forms, printed.form, printed.place, last), []).append(printed)
    return tuple(_view(form, facts.get(number, []), targets.get(number, [])) for number, form in enumerate(forms))


def _home(forms: list[PrintedForm], form: str, place: Place, last: dict[str, int]) -> int:
    """The number of the form that something printed at *place* belongs to; a new one where none is announced."""
    same = [number for number, one in enumerate(forms) if one.id == form]
    on_sheet = [number for number in same if forms[number].sheet == place.sheet]
    if place.row:
        on_sheet = [n for n in on_sheet if forms[n].first <= place.row <= forms[n].last] or on_sheet
    if not same:
        forms.append(PrintedForm(form, sheet=place.sheet))
        same = [len(forms) - 1]
    found = on_sheet[0] if on_sheet else last.get(form, same[0])
    last[form] = found
    return found


def _view(form: PrintedForm, facts: list[Fact], printed: list[PrintedTarget]) -> FormView:
    targets, rest = _targets(form, facts, printed)
    announced = () if form.id in PERFORMANCE else form.columns
    sheets = frozenset(fact.place.sheet for fact in facts) | frozenset(
        place.sheet for target in printed for place in (target.place, *target.places)
    )
    return FormView(form, _table(rest, announced), targets, sheets)


def _targets(
    form: PrintedForm, facts: list[Fact], printed: Sequence[PrintedTarget]
) -> tuple[tuple[TargetView, ...], list[Fact]]:
    starts = [_start(target) for target in printed]
    views = []
    taken: set[int] = set()
    for number, target in enumerate(printed):
        first = starts[number]
        after = [
            start for other, start in zip(printed, starts) if start > first and other.place.sheet == target.place.sheet
        ]
        last = min(after) - 1 if after else max(form.last, first)
        own = []
        if not target.target.is_overall:
            for index, fact in enumerate(facts):
                row = fact.place.row
                if row and fact.place.sheet == target.place.sheet and first <= row <= last and index not in taken:
                    taken.add(index)
                    own.append(fact)
        views.append(TargetView(target, tuple(own), first, last))
    return tuple(views), [fact for index, fact in enumerate(facts) if index not in taken]


def _start(target: PrintedTarget) -> int:
    rows = [place.row for place in (target.place, *target.places) if place.row]
    return min(rows, default=0)


def _table(facts: Sequence[Fact], announced: Iterable[str]) -> Table:
    paths = [_path(fact.column) for fact in facts]
    lines = _lines(facts, paths)
    keys = [(path, 0) for path in paths]
    if len({(line, key) for line, key in zip(lines, keys)}) < len(keys):
        keys = [(path, _column(fact)) for path, fact in zip(paths, facts)]
    blocks = _blocks(facts, keys, announced)
    index = {key: (b, c) for b, (found, _) in enumerate(blocks) for c, key in enumerate(found)}
    rows: dict[tuple[str, int], list[list[Fact | None]]] = {}
    for fact, line, key in zip(facts, lines, keys):
        cells = rows.setdefault(line, [[None] * len(found) for found, _ in blocks])
        block, column = index[key]
        cells[block][column] = fact
    ordered = sorted(rows, key=_reading_order(lines))
    return Table(
        tuple(
            Block(columns, any(fact and fact.code for cells in rows.values() for fact in cells[b]))
            for b, (_, columns) in enumerate(blocks)
        ),
        tuple(
            Row(
                line[0],
                max(line[1], 0),
                tuple(next(filter(None, cells), None) for cells in rows[line]),
                tuple(map(tuple, rows[line])),
            )
            for line in ordered
        ),
    )


def _path(column: str) -> tuple[str, ...]:
    return tuple(filter(None, (BLANKS.sub("", level) for level in column.split("/")))) or (NO_COLUMN,)


def _column(fact: Fact) -> int:
    return fact.place.column


def _lines(facts: Sequence[Fact], paths: Sequence[tuple[str, ...]]) -> list[tuple[str, int]]:
    """Sheet and row of each fact; facts without a place get a new (negative) row when label or column say so."""
    lines: list[tuple[str, int]] = []
    label: tuple[str | None, ...] = ()
    seen: set[tuple[str, ...]] = set()
    count = 0
    for fact, path in zip(facts, paths):
        if fact.place.row:
            lines.append((fact.place.sheet, fact.place.row))
            continue
        now = (fact.code, fact.name, fact.coordinate.agency, fact.coordinate.project)
        if now != label or path in seen or not count:
            count, label, seen = count + 1, now, set()
        seen.add(path)
        lines.append((fact.place.sheet, -count))
    return lines


def _reading_order(lines: Iterable[tuple[str, int]]) -> _Order:
    sheets = {sheet: number for number, sheet in enumerate(dict.fromkeys(line[0] for line in lines))}
    return _Order(sheets)


@attrs.frozen
class _Order:
    """Sheets as they come, printed rows by number, rows without a place after them."""

    sheets: dict[str, int]

    def __call__(self, line: tuple[str, int]) -> tuple[int, bool, int]:
        return self.sheets[line[0]], line[1] < 0, abs(line[1])


_Key = tuple[tuple[str, ...], int]


def _blocks(
    facts: Sequence[Fact], keys: Sequence[_Key], announced: Iterable[str]
) -> list[tuple[list[_Key], tuple[Column, ...]]]:
    places: dict[_Key, int] = {}
    sides: dict[_Key, set[str | None]] = {}
    for fact, key in zip(facts, keys):
        places.setdefault(key, _column(fact))
        sides.setdefault(key, set()).add(fact.coordinate.side)
    order = _order(places, [(_path(column), 0) for column in announced])
    groups = [order] if order else []
    if {side for found in sides.values() for side in found} == set(SIDES) and all(len(s) == 1 for s in sides.values()):
        groups = [[], []]
        side = 0
        for key in order:
            side = SIDES.index(next(iter(sides[key])) or "") if key in sides else _named_side(key, side)
            groups[side].append(key)
    return [(group, _columns(group, places)) for group in groups]


def _named_side(key: _Key, before: int) -> int:
    return 0 if key[0][0].startswith("收入") else 1 if key[0][0].startswith("支出") else before


def _order(places: dict[_Key, int], announced: list[_Key]) -> list[_Key]:
    """The columns in the order of the header where it names them all, else in that of the sheet."""
    if len(set(announced)) == len(announced) and set(places) <= set(announced):
        return announced if places else []
    return sorted(places, key=lambda key: places[key])


def _columns(keys: list[_Key], places: dict[_Key, int]) -> tuple[Column, ...]:
    """Where each column stands; one without an amount stands between its neighbours."""
    indices = [places.get(key, 0) for key in keys]
    taken = set(filter(None, places.values()))
    filled = list(indices)
    for position, known in enumerate(indices):
        if known:
            continue
        left = next(((i, indices[i]) for i in range(position - 1, -1, -1) if indices[i]), None)
        right = next(((i, indices[i]) for i in range(position + 1, len(indices)) if indices[i]), None)
        if left and right and right[1] - left[1] != right[0] - left[0]:
            continue
        near = left or right
        guess = near[1] + position - near[0] if near else 0
        if guess > 0 and guess not in taken:
            filled[position] = guess
    return tuple(Column(key[0], index) for key, index in zip(keys, filled))
