"""Rows（表行）: what each row of a table of amounts is, and its facts."""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from govbudget.amounts import Unit, exact, find_unit, parse_money, places
from govbudget.cells import Place, gather
from govbudget.classification import Catalogue, Level, same_name
from govbudget.errors import AmountError
from govbudget.forms import Column, FormKind, Vocabulary, label, strip_inner, tidy
from govbudget.forms.text import strip_numbering
from govbudget.forms.vocabulary import BESIDE, joined_items
from govbudget.grids import Grid, Value, show
from govbudget.making import maker
from govbudget.model import Coordinate, Purchase
from govbudget.reading.amount import Amount, coordinate, heading
from govbudget.reading.columns import (
    BELONGING,
    BLANKS,
    CODE_LIKE,
    CODING,
    DIGITS,
    LEVEL_ROLES,
    TWO_PLACES,
    merged_down,
    name_columns,
    sides,
)
from govbudget.reading.header import is_number
from govbudget.reading.mending import Mender, item_class
from govbudget.reading.tables import Table

__all__ = ["PLACEHOLDER", "RowReader", "TableRows"]

UNIT_CODE = re.compile(r"^(\d{3,12})(?:\s*[-—－]\s*|\s+)(.+)$", re.S)
AGENCY_CODE = re.compile(r"^([0-9A-Za-z]{3,12})\s*[-—－]\s*(.+)$", re.S)
# A code may be wrapped before the hyphen: 50015224T000 004336674-2024年…
PROJECT_CODE = re.compile(r"^((?:[0-9A-Z]\s?){20,22}(?=[-—－])|[0-9A-Z]{12,})\s*[-—－]?\s*(.*)$", re.S)
GLUED_CODE = re.compile(r"^[\[【(（]?(\d{7}|\d{5}|\d{3})[\]】)）]?[\s\-—－_]*([^\d\s].*)$", re.S)
BRACKETED_CODE = re.compile(r"^[\[【(（［]?(\d{3,7})[\]】)）］]?\s*(.*)$", re.S)
PARTED = re.compile(r"\d{3}([\s.．·\-—－]+\d{2}){1,2}").fullmatch  # 201-26-01
GLUED_ITEM = re.compile(r"^(\d{2,4}|\d{6,9})\s*[-—－]?\s*([^\d\s\W].*)$", re.S)
ITEM_CLASSES = (("1", "basic", "personnel"), ("21", "basic", "public"), ("22", "project", None), ("3", "project", None))
CODE_LENGTHS = (3, 5, 7)
SHORT = 10_000
PLACEHOLDER = "占位符 (a placeholder)"
AGENCY_ROLES = frozenset({"agency_code", "agency", "index"})
AGENCY_DIGITS = re.compile(r"[0-9A-Za-z]+").fullmatch
SUBJECTS = {"function": "235", "economic": "352"}  # how the codes of the rows begin, the likely ones first
YEAR = re.compile(r"(20\d\d)(年(度)?(预算)?)?(数)?").fullmatch
SIDE_TOTALS = frozenset({"revenue_current", "revenue_total", "expenditure_current", "expenditure_total"})
SPENDING_LINES = frozenset({"expenditure_current", "expenditure_total", "carry_forward"})
SIDE_WORDS = {"revenue": "收入", "expenditure": "支出"}
UNIT_FUNDS = frozenset({"business", "operating", "superior", "affiliated", "other"})
SEVERAL = frozenset({"unit_funds", "other_funds"})
OWN = ("agency", "function", "economic", "project")  # what each row of a form says of its own

make_coordinate = maker(Coordinate)


@attrs.define
class TableRows:
    """What the rows of a table came to."""

    amounts: list[Amount] = attrs.field(factory=list)
    objects: dict[str, array[int]] = attrs.field(factory=dict)
    unread: list[tuple[Place, str, str]] = attrs.field(factory=list)
    texts_as_numbers: list[Place] = attrs.field(factory=list)
    agencies: list[tuple[str, str]] = attrs.field(factory=list)
    projects: list[dict[str, str]] = attrs.field(factory=list)
    purchases: list[Purchase] = attrs.field(factory=list)


@attrs.define
class _Row:
    """The cells of one row of one side of a table, by what they are."""

    grid: Grid
    row: int
    code: str = ""
    agency_code: str = ""
    agency: str = ""
    name: str = ""
    project_code: str = ""
    project: str = ""
    functions: str = ""
    economics: str = ""
    year: int | None = None
    item: str = ""
    subject: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    amounts: list[tuple[int, Decimal, Unit | None, bool]] = attrs.field(factory=list)
    first: int = 0

    @property
    def title(self) -> str:
        """What the row calls itself."""
        return self.name or self.project or self.agency


class RowReader:
    """Reads the rows of a table of amounts into amounts with dimensions."""

    def __init__(
        self,
        table: Table,
        words: Vocabulary,
        catalogue: Catalogue,
        mender: Mender,
        year: int | None,
        *,
        two_places: bool = False,
    ) -> None:
        self.table = table
        self.words = words
        self.catalogue = catalogue
        self.year = year
        self.form: FormKind = table.form
        self.columns = name_columns(table, catalogue)
        self.roles = [column.role for column in self.columns]
        self.specs: dict[int, tuple[str, Unit | None, Mapping[str, Any]]] = {}
        self.coordinates: dict[tuple[tuple[str, Any], ...], dict[int, Coordinate]] = {}
        self.codes: dict[str, str] = {}
        self.levels: dict[str, str] = {}
        self.found = TableRows()
        self.two_places = two_places
        self.totals: frozenset[str | None] = frozenset({"total"})
        self.base = _base_of(self.form, self.columns)
        self.mender = mender
        self.merged = merged_down(table, self.roles)

    def read(self) -> TableRows:
        """Read every row of the table."""
        for columns in sides(self.table, self.columns):
            rows = deque(row for row in (self._row(grid, line, columns) for grid, line in self.table.body) if row)
            side = self._side(columns)
            if self.form.kind == "table" and self.form.rows in SUBJECTS and CODING.isdisjoint(self.roles):
                self._name_subjects(rows)
            if self.form.kind == "sides" or any(self.columns[c].role == "label" for c in columns):
                self._labelled([*rows], side)
            elif any(self.columns[c].role in {"project", "project_code"} for c in columns):
                self._projects(rows, side)
            else:
                self._subjects(rows, side)
        return self.found

    def _side(self, columns: list[int]) -> str | None:
        sides = {self.columns[column].dims.get("side") for column in columns} - {None}
        if not sides and self.form.kind == "sides":
            words = tidy("".join(part for column in columns for part in self.columns[column].path))
            sides = {side for side, word in SIDE_WORDS.items() if word in words}
        return next(iter(sides)) if len(sides) == 1 else self.form.side

    # ------------------------------------------------------------------ cells

    def _row(self, grid: Grid, line: int, columns: Sequence[int]) -> _Row | None:
        row = _Row(grid, line)
        cells = self._part(grid, line) if grid.flowing else grid.rows[line]
        merged = self.merged.get((grid.name, line), {}) if self.merged else {}
        parts: dict[str, str] = {}
        named: list[int] = []
        roles = self.roles
        last = len(roles) - 1
        if columns[-1] == last:
            columns = range(columns[0], len(cells))
        for column in columns:
            value = cells[column] if column < len(cells) else ""
            role = roles[column] if column <= last else None
            if role is None and not isinstance(value, str):
                if not self._amount(row, column, value):
                    named.append(column)
                continue
            if value == "":
                if column in merged:
                    above = merged[column]
                    self._label(row, role or "", above, show(above).strip(), parts)
                continue
            text = value.strip() if isinstance(value, str) else show(value)
            if not text:
                continue
            if self.words.placeholder(text):
                self._unread(row, column, value, PLACEHOLDER)
            elif role is None:
                if not self._amount(row, column, value):
                    named.append(column)
            elif not self._label(row, role, value, text, parts):
                self._unread(row, column, value, "无法识别 (not understood)")
            else:
                named.append(column)
                if self.form.rows == "purchase" and role not in AGENCY_ROLES:
                    row.texts += ((BLANKS.sub("", "".join(self.columns[column].path[-1:])), text),)
        if parts:
            code = self._joined(parts)
            row.code = self.codes.setdefault(code, code)
        if not named and not row.amounts:
            return None
        row.first = named[0] if named else 0
        if named:
            gather(self.found.objects, grid.name, line, named)
        self._tidy_codes(row)
        return row

    def _joined(self, parts: Mapping[str, str]) -> str:
        """类, 款 and 项 as one code; what stands left of those of a row and is blank is as in the row above.

        A column may also print the whole code down to its own level（201 | 20103 | 2010301）.
        """
        lowest = parts.get("item") or parts.get("section") or parts["class"]
        if len(lowest) > CODE_LENGTHS[0]:
            over = [parts[role] for role in LEVEL_ROLES if role in parts][:-1]
            if lowest.startswith("".join(over)) or all(map(lowest.startswith, over)):
                return lowest
        if len(parts) < len(LEVEL_ROLES):
            above = self.levels if parts.get("class", self.levels.get("class")) == self.levels.get("class") else {}
            depth = max(map(LEVEL_ROLES.index, parts))
            parts = {role: parts.get(role) or above.get(role, "") for role in LEVEL_ROLES[: depth + 1]}
        self.levels = {role: parts[role] for role in LEVEL_ROLES if role in parts}
        return "".join(self.levels.values())

    def _unread(self, row: _Row, column: int, value: Value, reason: str) -> None:
        self.found.unread.append((row.grid.place(row.row, column), show(value).strip(), reason))

    def _part(self, grid: Grid, line: int) -> list[Value]:
        """The cells of a line of text, amounts that a lost tab glued together parted again.

        Only where the line is that much shorter than the header, or blank cells stand behind them, so that every part
        finds its own column.
        """
        cells = self._unmerged(grid.rows[line])
        missing = len(self.columns) - len(cells)
        if missing < 1:
            return self._unglued(cells)
        parted: list[Value] = []
        for column, value in enumerate(cells):
            pieces = value.split() if isinstance(value, str) else []
            role = self.columns[column].role if column < len(self.columns) else None
            if role is None and 1 < len(pieces) <= missing + 1 and all(TWO_PLACES(piece) for piece in pieces):
                parted += pieces
                missing -= len(pieces) - 1
            else:
                parted.append(value)
        return parted

    def _unglued(self, cells: list[Value]) -> list[Value]:
        """The cells of a line, where one holds what belongs to the blank one behind it as well."""
        parted = cells
        for column in range(len(cells) - 1):
            value = parted[column]
            if not isinstance(value, str) or parted[column + 1] != "" or len(pieces := value.split()) != 2:
                continue
            role, after = (self.columns[at].role if at < len(self.columns) else None for at in (column, column + 1))
            amounts = role is None and after is None and all(map(TWO_PLACES, pieces))
            alone = column and self.columns[column - 1].role is None and parted[column - 1] == ""
            if (amounts and not alone) or (role in LEVEL_ROLES and after is not None and all(map(DIGITS, pieces))):
                parted = [*parted[:column], *pieces, *parted[column + 2 :]]
        return parted

    def _unmerged(self, cells: list[Value]) -> list[Value]:
        """The cells of a line whose 合计 is merged over all columns that name rows, and has a single tab behind it."""
        naming = next((at for at, role in enumerate(self.roles) if role is None), 0)
        if naming < 2 or len(cells) < 2 or not is_number(cells[1]) or self.words.row(show(cells[0])) != "total":
            return cells
        return [cells[0], *[""] * (naming - 1), *cells[1:]]

    def _amount(self, row: _Row, column: int, value: Value) -> bool:
        """Take in a figure, or keep what is none as unread; False where the cell says "nothing"."""
        text = isinstance(value, str)
        try:
            if isinstance(value, str):
                found = parse_money(value)
            elif isinstance(value, (float, int, Decimal)) and not isinstance(value, bool):
                found = exact(value), None
            else:
                raise AmountError(show(value))
        except AmountError:
            self._unread(row, column, value, "不是金额 (not an amount)")
            return True
        amount, unit = found or (None, None)
        if amount is None:
            return False
        if self.two_places and 0 < abs(amount) < SHORT and places(amount) < 2:
            self._unread(row, column, value, "位数不全，疑似识别有误 (fewer decimals than the table prints)")
            return True
        row.amounts.append((column, amount, unit, not text))
        if text and not row.grid.flowing:
            self.found.texts_as_numbers.append(row.grid.place(row.row, column))
        return True

    def _label(self, row: _Row, role: str, value: Value, text: str, parts: dict[str, str]) -> bool:
        plain = text.isalnum()  # nothing in it parts a code from a name
        close = text if plain else BLANKS.sub("", text)
        again = text == row.name or (row.name[:1] == close[:1] and close == BLANKS.sub("", row.name))
        if again and role not in BELONGING - {"class", "section"}:
            return True  # a cell merged over its neighbours may be printed in each
        if role in LEVEL_ROLES:
            if not close.isdecimal():
                if row.name or not isinstance(value, str):
                    return False
                row.name = text
                return True
            width = 3 if role == "class" else 2
            parts[role] = close if len(close) > width or (role == "class") else close.zfill(width)
            return True
        if not plain and role in {"code", "agency_code"} and PARTED(text):
            close = text = "".join(filter(str.isdigit, text))
        if role == "code":
            found = BRACKETED_CODE.match(close if close.isdecimal() else text)
            if row.code and found is not None:
                row.economics = text  # beside the function subject
            elif found is None:
                row.name = row.name or text
            elif found.group(2):
                row.code, row.name = found.group(1), row.name or found.group(2)
            else:
                row.code = found.group(1)
        elif role == "agency_code":
            found = None if plain else UNIT_CODE.match(text)
            if found is None and not AGENCY_DIGITS(close):
                row.name = row.name or text
                return True
            row.agency_code = found.group(1) if found else close
            if found:
                row.name = found.group(2)
        elif role == "agency":
            found = None if plain else AGENCY_CODE.match(text) or UNIT_CODE.match(text)
            if found:
                row.agency_code, row.agency = row.agency_code or found.group(1), found.group(2)
            else:
                row.agency = text
        elif role in {"name", "label"}:
            if row.grid.doubtful and TWO_PLACES(text):
                return False
            if role == "label" and row.name:
                row.project = row.project or text
            else:
                row.name = f"{row.name}{text}" if row.name else text
        elif role == "project_code":
            found = None if CODE_LIKE(close) else PROJECT_CODE.match(text) or GLUED_ITEM.match(text)
            if CODE_LIKE(close):
                row.project_code = close
            elif found and found.group(2):
                row.project_code, row.project = BLANKS.sub("", found.group(1)), found.group(2)
            else:
                row.name = row.name or text
        elif role == "project":
            found = PROJECT_CODE.match(text)
            if found and found.group(2) and not row.project_code:
                row.project_code, row.project = BLANKS.sub("", found.group(1)), found.group(2)
            else:
                row.project = text
        elif role == "year":
            found = YEAR(close)
            if found is None:
                row.item = self._compared(text)
                return bool(row.item)
            row.year = int(found.group(1))
        elif role == "function_text":
            row.functions = text
        elif role == "economic_text":
            row.economics = text
        return True

    def _compared(self, text: str) -> str:
        """The item of a row that stands among those of years and compares them; empty where it says no such thing."""
        if self.words.role(text) == "quantity":
            return "rate"
        item = str((self.words.dims(text) or {}).get("item", ""))
        return item if item in BESIDE else ""

    def _tidy_codes(self, row: _Row) -> None:
        if row.name and not row.code:
            glued = GLUED_CODE.match(row.name)
            if glued and self._is_subject(glued.group(1), glued.group(2)):
                row.code, row.name = glued.group(1), glued.group(2)
        if row.name and not row.agency_code:
            found = UNIT_CODE.match(row.name)
            if found and found.group(1) in self.catalogue and not row.code:
                row.code, row.name = found.group(1), found.group(2)
            elif found and (row.code or len(found.group(1)) in (3, 6, 9)):
                row.agency_code, row.name = found.group(1), found.group(2)
        if self.form.rows == "project" and row.functions and not row.code:
            found = BRACKETED_CODE.match(row.functions)
            row.subject = found.group(1) if found else ""
        if self.form.rows == "economic" and row.code and row.code[0] not in "35" and row.code not in self.catalogue:
            row.code, row.agency_code = "", row.code
        if self.form.rows == "economic" and row.agency_code and row.agency_code[0] in "35":
            code = row.agency_code
            if code == row.code or (not row.code and self._is_subject(code, row.name)):
                row.code, row.agency_code = code, ""

    def _is_subject(self, code: str, name: str) -> bool:
        subject = self.catalogue.get(code) if len(code) in CODE_LENGTHS else None
        return subject is not None and same_name(subject.name, name)

    # ------------------------------------------------------------------ rows

    def _emit(self, row: _Row, name: str, code: str, dims: dict[str, Any]) -> None:
        """Give the figures of a row away, each at its coordinate; a large table is not kept twice.

        What *dims* say of the row is taken out of them, and what it shares with others is left.
        """
        number = row.row + 1  # kept once for all figures of the row
        agency, function, economic, project = [dims.pop(key, None) for key in OWN]
        if row.year:
            dims["year"] = row.year
        if row.item:
            dims["item"] = joined_items(dims["item"], row.item) if "item" in dims and row.item in BESIDE else row.item
        shared = tuple(dims.items())
        known = self.coordinates.setdefault(shared, {})
        for column, amount, own, from_number in row.amounts:
            header, unit, said = self._spec(column)
            at = known.get(column)
            if at is None:
                at = known[column] = self._coordinate(dict(shared), said)
            coordinate = make_coordinate(
                at.year,
                at.agency or agency,
                at.side,
                at.function or function,
                at.economic or economic,
                at.fund,
                at.nature,
                at.cost,
                at.project or project,
                at.origin,
                at.item,
            )
            place = Place.at(row.grid.name, number, column + 1)
            self.found.amounts.append(Amount(amount, place, name, code, header, coordinate, own or unit, from_number))
        row.amounts.clear()

    def _coordinate(self, row: Mapping[str, Any], column: Mapping[str, Any]) -> Coordinate:
        """What a row and a column say together, but for what each row has of its own: documents repeat themselves."""
        said = {**row, **column}
        if self.form.kind == "sides" and "origin" in column:
            said["origin"] = row.get("origin")  # a side headed 本年收入 holds every row, the carried ones too
        base = row.get("item")
        if base and "item" in column:
            said["item"] = _join(base, column["item"])
        if "cost" in row and "cost" in column and row["cost"] != column["cost"]:
            said["item"] = "together"  # 公用经费 in the row of 人员经费 is that of neither
        return coordinate(said, self.form, self.year)

    def _spec(self, column: int) -> tuple[str, Unit | None, Mapping[str, Any]]:
        """The header of a column, the unit that it names, and what it says."""
        found = self.specs.get(column)
        if found is None:
            known = column < len(self.columns)
            spec = self.columns[column] if known else Column((), known=False, dims={"item": f"column:{column + 1}"})
            unit = find_unit(spec.text) if "元" in spec.text else None
            found = self.specs[column] = heading(spec.path), unit, spec.dims
        return found

    def _base(self, side: str | None, **dims: Any) -> dict[str, Any]:
        base = dict(self.base)
        if side:
            base["side"] = side
        for key, value in dims.items():
            if value:
                base[key] = value
        return base

    def _total(self, row: _Row) -> bool:
        names = (row.name, row.project, row.agency)
        return not row.code and any(self.words.row(text) in self.totals for text in names if text)

    def _own_totals(self, rows: Iterable[_Row]) -> frozenset[str | None]:
        """How a table of one side calls its total: 支出合计 is it where no other total stands beside it."""
        kinds = {self.words.row(row.title) for row in rows if not row.code}
        own = kinds & SIDE_TOTALS
        return frozenset({"total", *own} if len(own) == 1 and "carry_forward" not in kinds else {"total"})

    def _subjects(self, rows: deque[_Row], side: str | None) -> None:
        """Rows that are subjects, with agency rows and totals among them; a row that is done is given up."""
        agency = ""
        above: _Row | None = None
        self.totals = self._own_totals(rows)
        while rows:
            row = rows.popleft()
            name = label(row.title)
            if self._total(row) or not (row.title or row.code or row.agency_code):
                agency = ""
                self._emit(row, name, "", self._base(side))
            elif side == "expenditure" and not row.code and (kind := self.words.row(row.title)) in SPENDING_LINES:
                self._emit(row, name, "", {**self._base(side), **self._expenditure(row, kind, total_is_current=False)})
            elif row.code or row.subject:
                own = row.agency_code or (row.agency and self._agency_key(row)) or agency
                self._emit(row, name, row.code, self._subject_dims(row, side, own))
            elif (
                self.form.rows == "project" and not row.agency_code and (code := self._named_function(above, row, rows))
            ):
                self._emit(row, name, "", self._base(side, agency=agency, function=code))
            elif self.form.rows != "project" and not row.agency_code and (said := self._told(name)):
                self._emit(row, name, "", {**self._base(side, agency=agency), **said})
            elif row.amounts or row.agency_code:
                agency = row.agency_code or self._next_agency(rows) or name
                self.found.agencies.append((agency if agency != name else "", name))
                self._emit(row, name, "", self._base(side, agency=agency))
            above = row

    def _told(self, name: str) -> Mapping[str, Any]:
        """What a row says that is a cost（人员经费合计） or 机关运行经费 and no subject; empty where it is neither."""
        said = self.words.dims(strip_inner(name)) or {}
        return said if "cost" in said or said.get("item") == "agency_operation" else {}

    def _agency_key(self, row: _Row) -> str:
        return row.agency_code or label(row.agency)

    def _subject_dims(self, row: _Row, side: str | None, agency: str) -> dict[str, Any]:
        code = row.code or row.subject
        economic = code[0] in "35"
        dims = self._base(side, agency=agency)
        dims["economic" if economic else "function"] = code
        if self.form.rows == "project" and row.title:
            name = label(row.title)
            dims["project"] = row.project_code or name
            self.found.projects.append(
                {"name": name, "code": row.project_code, "agency": agency, "function": "" if economic else code}
            )
        return dims

    def _name_subjects(self, rows: Iterable[_Row]) -> None:
        """Tell subjects by their names in a table without codes: each is one under a subject that stands above it.

        Nothing is told where a row names none, or where a subject stands twice.
        """
        begins = SUBJECTS[self.form.rows]
        found: dict[str, _Row] = {}
        last = ""
        for row in rows:
            if self._total(row) or not row.title or label(row.title) == self.table.agency:
                continue
            last = self._named_below(last, row.name, begins) if not row.code else ""
            if not last or last in found:
                return
            found[last] = row
            begins = last[0]
        for code, row in found.items():
            row.subject = code

    def _named_below(self, last: str, name: str, begins: str) -> str:
        """The code of the nearest subject with a name: below the last one, beside it, or beside one above it."""
        codes = [subject.code for subject in self.catalogue.by_name(label(name))]
        for size in (*reversed([size for size in CODE_LENGTHS if size <= len(last)]), 0):
            level = CODE_LENGTHS[0] if not size else size + 2
            near = [code for code in codes if len(code) == level and code.startswith(last[:size])]
            for first in begins:
                mine = [code for code in near if code[0] == first]
                if mine:
                    return mine[0] if len(mine) == 1 else ""
        return ""

    def _named_function(self, above: _Row | None, row: _Row, rest: deque[_Row]) -> str:
        """The function subject whose name a row without a code bears, told by the rows below it."""
        below = next((one for one in rest if one.code), None)
        if below is None:
            return ""
        if self._is_subject(below.code, row.name):
            return below.code
        named = above is not None and not above.code and not self._total(above) and above.name
        return below.code if rest[0] is below and named else ""

    @staticmethod
    def _next_agency(rest: deque[_Row]) -> str:
        for row in rest:
            if row.agency_code:
                return row.agency_code
            if not row.code and row.title and rest[0] is not row:
                return ""
        return ""

    def _labelled(self, rows: Sequence[_Row], side: str | None) -> None:
        """Rows told by their label: sources of revenue, classes of expenditure, kinds of procurement."""
        special = {self.words.row(row.name) for row in rows}
        more = self.form.rows == "agency" and any(self._told(label(row.name)).get("item") for row in rows)
        plain = {tidy(label(row.name)) for row in rows}
        origin = "current"
        nature: dict[str, Any] = {}
        for at, row in enumerate(rows):
            printed = row.name
            if side == "revenue":
                row.name = self.mender.complete(label(row.name), self.words)
            name = label(row.title)
            if side == "revenue" and self._is_of_the_other_side(row):
                for column, *_ in row.amounts:
                    self._unread(row, column, row.grid.rows[row.row][column], "无法识别 (not understood)")
                continue
            kind = self.words.row(row.title) if row.title else "total"
            code = row.code if row.code and row.code in self.catalogue else ""
            dims = self._base(side)
            if self.form.rows == "purchase":
                dims = self._purchase(row, side, kind)
                name = label(row.agency or row.title)
            elif side == "revenue":
                own = self._revenue(row, kind, "收入总计" in plain, origin)
                over = own.get("item") == "other_funds" and at + 1 < len(rows)
                if over and self._is_over_a_unit_fund(printed, rows[at + 1].name):
                    own["item"] = "unit_funds"  # 其他资金 that the rows under it are parts of
                if own.get("origin") and set(own) == {"origin"}:
                    origin = own["origin"]
                dims.update(own)
                if "item" in own and "item" in self.base:
                    dims["item"] = _join(self.base["item"], own["item"])
            else:
                own = self._expenditure(
                    row, kind, "支出总计" in plain or not special & {"carry_forward", "expenditure_current"}
                )
                if own.get("item", "").startswith("row:"):
                    own.update(nature)  # what stands under 基本支出 or 项目支出 is of that nature
                else:
                    nature = {key: own[key] for key in ("nature", "cost") if key in own}
                dims.update(own)
                base, item = self.base.get("item", ""), own.get("item", "")
                if item in BESIDE:
                    dims["item"] = joined_items(base, item)
                elif base and item and not item.startswith(base) and item != "agency_operation":
                    dims["item"] = f"{base}.{item}"
                elif more and kind == "total":
                    dims["item"] = "together"
            self._emit(row, name, code, dims)

    def _is_of_the_other_side(self, row: _Row) -> bool:
        """Whether a line of text that is too short names a class of expenditure where the revenue stands."""
        short = row.grid.flowing and len(row.grid.rows[row.row]) < len(self.columns)
        return short and self._class_of(strip_inner(label(row.name))) != ""

    def _revenue(self, row: _Row, kind: str | None, has_total: bool, origin: str) -> dict[str, Any]:
        if kind == "revenue_current" or (kind == "revenue_total" and tidy(label(row.name)) == "收入合计" and has_total):
            return {"origin": "current"}
        if kind in {"revenue_total", "total"}:
            return {}
        text = strip_inner(label(row.name))
        dims = self.words.dims(text)
        if dims is None:
            return {"item": f"row:{text}"}
        own = dict(dims)
        if ("fund" in own or "item" in own) and "origin" not in own:
            own["origin"] = origin
        return own

    def _expenditure(self, row: _Row, kind: str | None, total_is_current: bool) -> dict[str, Any]:
        if kind == "expenditure_current" or kind == "total":
            return {}
        if kind == "expenditure_total":
            current = total_is_current and tidy(label(row.name)) == "支出合计"
            return {} if current else {"item": "grand_total"}
        if kind == "carry_forward":
            return {"item": "carry_forward"}
        name = strip_inner(label(row.name))
        code = row.code or row.subject or self._class_of(name)
        if code:
            return {"economic" if code[0] in "35" else "function": code}
        said = self.words.dims(name)
        if said is None or not (self.form.rows == "agency" or "nature" in said):  # “三公”经费 one below the other
            return {"item": f"row:{label(row.name)}"}
        return dict(said)

    def _is_over_a_unit_fund(self, name: str, below: str) -> bool:
        """Whether a numbered row stands over a fund of the unit without a number, which is a part of it."""
        numbered = [tidy(one) != strip_numbering(tidy(one)) for one in (name, below)]
        said = self.words.dims(strip_inner(label(below)))
        return numbered == [True, False] and said is not None and said.get("fund") in UNIT_FUNDS

    def _class_of(self, name: str) -> str:
        for level in (Level.CLASS, Level.SECTION):
            found = [s for s in self.catalogue.by_name(name, level=level) if s.code[0] == "2"]
            if found and (len(found) == 1 or level is Level.CLASS):
                return found[0].code
        return ""

    def _purchase(self, row: _Row, side: str | None, kind: str | None) -> dict[str, Any]:
        dims = self._base(side)
        if kind in {"goods", "works", "services"}:
            dims["item"] = f"procurement.{kind}"
        elif kind != "total" and not self._total(row):
            dims["agency"] = row.agency_code or label(row.agency) or None
            if row.agency:
                self.found.agencies.append((row.agency_code, label(row.agency)))
        for key, text in (("function", row.functions), ("economic", row.economics)):
            found = BRACKETED_CODE.match(text)
            if found:
                dims[key] = found.group(1)
        if not self._total(row) and (row.functions or row.project or (row.agency and row.texts)):
            dims["item"] = "procurement.purchase"
            own = {key: str(dims.get(key) or "") for key in ("agency", "function", "economic")}
            self.found.purchases.append(Purchase(row.texts, **own, place=row.grid.place(row.row, row.first)))
        return dims

    def _projects(self, rows: deque[_Row], side: str | None) -> None:
        """Rows that are projects, with agencies, classes of items and totals among them."""
        agency = item = kind = ""
        nature: dict[str, Any] = {}
        self._name_agencies(rows)
        for row in rows:
            name = label(row.title)
            if self._total(row) or not (row.title or row.code or row.project_code):
                agency, item, kind, nature = "", "", "", {}
                self._emit(row, name, "", self._base(side))
            elif row.project_code and len(row.project_code) < 10 and DIGITS(row.project_code):
                if len(row.project_code) in (2, 4):
                    item = _item_class(row.project_code)
                    nature = _nature(row.project_code)
                    kind = self.mender.like(label(row.project), item_class(row.project_code))
                    self._emit(row, kind, "", self._base(side, agency=agency, item=item, **nature))
                else:
                    agency, item, kind, nature = row.project_code, "", "", {}
                    self.found.agencies.append((agency, label(row.project)))
                    self._emit(row, label(row.project), "", self._base(side, agency=agency))
            elif row.agency and not (row.project or row.project_code or row.code or row.agency_code or row.name):
                agency, item, kind, nature = label(row.agency), "", "", {}
                self.found.agencies.append(("", agency))
                self._emit(row, agency, "", self._base(side, agency=agency))
            else:
                row.project = self.mender.by_prose(self.mender.like(label(row.project), kind))
                if agency and not agency.isascii() and row.agency:
                    agency = label(row.agency)
                self._project(row, side, agency, item, nature)
                agency = row.agency_code or agency

    def _name_agencies(self, rows: Iterable[_Row]) -> None:
        """In a column of units and projects（单位（项目）名称） what is not indented names a unit, where some is."""
        at = next((at for at, one in enumerate(self.columns) if one.role == "project" and "单位" in one.text), None)
        if at is None:
            return
        listed = [row for row in rows if row.project and not row.project_code and not self._total(row)]
        indented = [str(row.grid.rows[row.row][at])[:1].isspace() for row in listed]
        for row, part in zip(listed, indented):
            if any(indented) and not part:
                row.agency, row.project = row.project, ""

    def _project(self, row: _Row, side: str | None, agency: str, item: str, nature: Mapping[str, Any]) -> None:
        own = row.agency_code or agency
        if row.agency and row.agency_code:
            self.found.agencies.append((row.agency_code, label(row.agency)))
        name = label(row.project or row.name)
        if not row.project and not row.project_code:
            self._emit(
                row,
                label(row.name or row.agency),
                row.code,
                self._subject_dims(row, side, own) if row.code else self._base(side, agency=own),
            )
            return
        subject = row.code or row.subject
        function, economic = (subject if subject[:1] in first else "" for first in ("2", "35")) if subject else ("", "")
        at = {"function": function, "economic": economic}
        dims = self._base(side, agency=own, project=row.project_code or name, item=item, **at, **nature)
        self.found.projects.append({"name": name, "code": row.project_code, "agency": own, "function": function})
        self._emit(row, name, row.code, dims)


def _join(base: str, item: str) -> str:
    """A column's item under a row's or form's item; the finer one of the same kind wins."""
    if base.endswith(BESIDE) or item in BESIDE:
        return joined_items(base, item)
    if item.startswith(base):
        return item
    root = base.split(".")[0]
    if root in {"three_public", "procurement", "fiscal"} and (root != "procurement" or base == root):
        return item
    return f"{base}/{item}"


def _base_of(form: FormKind, columns: Iterable[Column]) -> Mapping[str, Any]:
    """What a form fixes; its fund is that of a column only, where the table has columns of other funds as well."""
    said = [column.dims for column in columns]
    funds = {one["fund"] for one in said if "fund" in one} | {one["item"] for one in said if one.get("item") in SEVERAL}
    if form.base.get("fund") not in funds or len(funds) < 2:
        return form.base
    return {key: value for key, value in form.base.items() if key != "fund"}


def _item_class(code: str) -> str:
    return "class." + ".".join(code[i : i + 2] for i in range(0, len(code), 2))


def _nature(code: str) -> dict[str, Any]:
    for prefix, nature, cost in ITEM_CLASSES:
        if code.startswith(prefix):
            return {"nature": nature, "cost": cost}
    return {}
