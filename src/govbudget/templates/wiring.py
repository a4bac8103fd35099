"""Wiring（公式与核对）: laws become formulas where a cell may be computed, and alarms where it may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from govbudget.forms import Column
from govbudget.templates.blank import Blank, Cell
from govbudget.templates.formulas import area, blank_if_zero, cell, off, on, plus, total
from govbudget.templates.laws import Detail, Fixed, Law, Part
from govbudget.templates.outline import CODES
from govbudget.writing.sheet import Alert, Kind

__all__ = ["Check", "Wiring", "wire"]

MOST_NAMED = 6


@attrs.frozen
class Check:
    """A law between cells that all are filled in or computed already, and the cell that says whether it is broken.

    Attributes:
        sheet: the sheet of the amount.
        place: the hidden cell: 1 where the law is broken, 0 where it holds, blank where nothing is filled in.
        text: the law in words.
    """

    sheet: str
    place: str
    text: str


def wire(blanks: Sequence[Blank], laws: Iterable[Law]) -> Wiring:
    """Put the formulas and the alarms of *laws* into blank forms."""
    found = Wiring(blanks, list(laws))
    found.run()
    return found


@attrs.define
class Wiring:
    """Which cells are computed from which（取数关系）, and which are only compared.

    Attributes:
        blanks: the forms.
        laws: the laws between their cells.
        formulas: the parts that each computed cell is the sum of.
        across: the columns that a column of totals is the sum of, by form and column.
        listed: where the amounts of listed classes come from, by form and column.
        checks: the comparisons.
    """

    blanks: Sequence[Blank]
    laws: list[Law]
    formulas: dict[Cell, tuple[Part, ...]] = attrs.field(factory=dict)
    across: dict[tuple[int, int], tuple[int, ...]] = attrs.field(factory=dict)
    listed: dict[tuple[int, int], tuple[Part, ...]] = attrs.field(factory=dict)
    checks: list[Check] = attrs.field(factory=list)

    def sources(self, blank: Blank) -> list[Blank]:
        """The forms from which a summary lists its classes."""
        found = {
            id(part.blank): part.blank for (own, _), parts in self.listed.items() if own == id(blank) for part in parts
        }
        return list(found.values())

    def run(self) -> None:
        """Laws within a row first, then the others in their order; what is computed already is checked."""
        rest = [law for law in self.laws if not self._take_row(law)]
        for blank in self.blanks:
            self._add_up(blank)
        rest = [law for law in rest if not self._take(law)]
        for one, parts in self.formulas.items():
            self._write(one, parts)
        for blank in self.blanks:
            self._rows(blank)
            self._alarms(blank)
        for law in rest:
            if isinstance(law.total, Fixed):
                self._check(law.total, law.parts)

    # ------------------------------------------------------------------ who computes what

    def _take_row(self, law: Law) -> bool:
        """A law within one row holds for every row of the form."""
        if not law.across or not isinstance(law.total, Fixed):
            return False
        self.formulas.setdefault(law.total.cell, law.parts)
        columns = tuple(part.cell.column for part in law.parts if isinstance(part, Fixed))
        self.across.setdefault((id(law.total.blank), law.total.cell.column), columns)
        return True

    def _add_up(self, blank: Blank) -> None:
        """Totals of a table are the sums of its detail."""
        if blank.block is not None and not blank.layout.sides:
            for one in blank.cells:
                self.formulas.setdefault(one, (Detail(blank, one.column),))

    def _take(self, law: Law) -> bool:
        """Let a cell that is not computed yet be computed by a law, or find that the law says nothing new."""
        if isinstance(law.total, Detail):
            if len(law.parts) != 1:
                return True  # a row to fill in: its own columns add up already
            other = law.parts[0]
            if isinstance(other, Detail):
                return self._list(law.total, other)
            return self._assign(other, (law.total,)) or self._is_known(other, (law.total,))
        if self._assign(law.total, law.parts) or self._is_known(law.total, law.parts):
            return True
        if law.parts == (Detail(law.total.blank, law.total.cell.column),):
            return True  # a column of totals, which adds up where its parts do
        single = law.parts[0] if len(law.parts) == 1 else None
        return isinstance(single, Fixed) and self._assign(single, (law.total,))

    def _assign(self, one: Fixed, parts: tuple[Part, ...]) -> bool:
        if one.cell in self.formulas or any(self._depends(part, one.cell) for part in parts):
            return False
        self.formulas[one.cell] = parts
        return True

    def _is_known(self, one: Fixed, parts: tuple[Part, ...]) -> bool:
        """Whether the cell is computed from just these parts."""
        return set(self.formulas.get(one.cell, ())) == set(parts)

    def _depends(self, part: Part, target: Cell) -> bool:
        if not isinstance(part, Fixed):
            return False
        return part.cell is target or any(self._depends(one, target) for one in self.formulas.get(part.cell, ()))

    def _list(self, left: Detail, right: Detail) -> bool:
        """A form that lists classes takes their amounts from the form that details them."""
        for own, other in ((left, right), (right, left)):
            if own.blank.layout.sides and own.code:
                self.listed.setdefault((id(own.blank), own.column), (other,))
        return True

    # ------------------------------------------------------------------ formulas

    def _write(self, one: Cell, parts: tuple[Part, ...]) -> None:
        blank = next(blank for blank in self.blanks if one in blank.cells)
        texts = [self._text(part, blank) for part in parts]
        if all(isinstance(part, Fixed) for part in parts):
            formula = total(texts)
        elif len(parts) == 1 and isinstance(parts[0], Detail) and not parts[0].code:
            counted = self._reference(parts[0], blank)
            formula = f'=IF(COUNT({counted})=0,"",{texts[0]})'
        else:
            formula = blank_if_zero(plus(texts))
        blank.sheet.put(one.row, one.column, "", Kind.AMOUNT, formula=formula)

    def _text(self, part: Part, seen_from: Blank) -> str:
        """A part as it stands in a formula on another form."""
        if isinstance(part, Fixed):
            return self._reference(part, seen_from)
        return self._sum(part, seen_from, f'"{part.code}"')

    def _sum(self, part: Detail, seen_from: Blank, code: str) -> str:
        block = part.blank.block
        assert block is not None
        if part.blank.layout.sides:
            return plus([self._reference(part, seen_from)])
        amounts, keys, leaves = (
            self._on(part.blank, seen_from, text) for text in (block.amounts(part.column), block.keys, block.leaves)
        )
        only = "" if code == '""' else f',{keys},"*|"&{code}&"*"'
        return f"SUMIFS({amounts}{only},{leaves},1)"

    def _reference(self, part: Part, seen_from: Blank) -> str:
        if isinstance(part, Fixed):
            return self._on(part.blank, seen_from, cell(part.cell.row, part.cell.column))
        assert part.blank.block is not None
        return self._on(part.blank, seen_from, part.blank.block.amounts(part.column))

    @staticmethod
    def _on(blank: Blank, seen_from: Blank, reference: str) -> str:
        return reference if blank is seen_from else on(blank.sheet.name, reference)

    def _rows(self, blank: Blank) -> None:
        """The formulas of the rows to fill in."""
        block = blank.block
        if block is None:
            return
        for row in range(block.first, block.last + 1):
            for column in blank.filled:
                parts = self.across.get((id(blank), column))
                if parts is not None:
                    formula = total([cell(row, part) for part in parts])
                elif blank.layout.sides:
                    formula = self._of_class(blank, row, column)
                elif row < block.last and column in blank.adding:
                    leaf = cell(row, block.leaf, fix_column=True)
                    below = block.below(row, column)
                    formula = f'=IF({leaf}<>0,"",IF({below}=0,"",{below}))'
                else:
                    continue
                is_open = parts is None and not blank.layout.sides
                blank.sheet.put(row, column, "", Kind.AMOUNT, formula=formula, locked=not is_open)

    def _of_class(self, blank: Blank, row: int, column: int) -> str:
        assert blank.block is not None
        own = cell(row, blank.block.key, fix_column=True)
        parts = [part for part in self.listed[id(blank), column] if isinstance(part, Detail)]
        amount = plus([self._sum(part, blank, own) for part in parts])
        return f'=IF({own}="","",IF({amount}=0,"",{amount}))'

    # ------------------------------------------------------------------ alarms

    def _alarms(self, blank: Blank) -> None:
        """Red where a number is text, a row or a column does not add up, or a code is not in the catalogue."""
        sheet, block = blank.sheet, blank.block
        rows = [one.row for one in blank.cells if one.column in blank.amounts]
        first, last = min(rows, default=0), max(rows, default=0)
        if block is not None:
            first, last = min(first, block.first), max(last, block.last)
        for column in blank.amounts:
            own = cell(first, column)
            sheet.alerts.append(Alert(area(first, last, column, column), f"AND(ISTEXT({own}),LEN({own})>0)"))
            parts = self.across.get((id(blank), column))
            if parts is not None:
                refs = [cell(first, part) for part in parts]
                broken = off(own, plus(refs), [f"COUNT({','.join(refs)})"])
                sheet.alerts.append(Alert(area(first, last, column, column), broken))
        if block is None or blank.layout.sides:
            return
        for column in blank.adding:
            if (id(blank), column) not in self.across:
                self._parents(blank, column)
        codes = [block.roles[role] for role in ("class", "section", "item", "code") if role in block.roles]
        if codes:
            code = block.code(block.first)
            wrong = f'AND({code}<>"",ISNA(MATCH({code},{CODES},0)))'
            sheet.alerts.append(Alert(area(block.first, block.last, min(codes), max(codes)), wrong))

    @staticmethod
    def _parents(blank: Blank, column: int) -> None:
        block = blank.block
        assert block is not None
        own, key = cell(block.first, column), cell(block.first, block.key, fix_column=True)
        leaf = cell(block.first, block.leaf, fix_column=True)
        below = f'{block.keys},{key}&"?*",{block.leaves},1'
        broken = off(own, f"SUMIFS({block.amounts(column)},{below})", [f"COUNTIFS({below})"])
        blank.sheet.alerts.append(Alert(area(block.first, block.last, column, column), f"IF({leaf}=0,{broken},FALSE)"))

    def _check(self, one: Fixed, parts: tuple[Part, ...]) -> None:
        """A hidden cell says whether a law is broken, the amount turns red by it."""
        blank, at = one.blank, one.cell
        own = cell(at.row, at.column)
        sum_ = plus([self._text(part, blank) for part in parts])
        addends = sorted({text for part in (one, *parts) for text in self._addends(part, blank)})
        column = blank.helper(at.row)
        broken = off(own, sum_, [f"COUNT({','.join(addends)})"])
        formula = f'=IF(ISNUMBER({own}),IF({broken},1,0),"")'
        blank.sheet.put(at.row, column, "", Kind.LINE, formula=formula)
        blank.sheet.alerts.append(Alert(own, f"{cell(at.row, column)}=1"))
        self.checks.append(Check(blank.sheet.name, cell(at.row, column), _words(one, parts)))

    def _addends(self, part: Part, seen_from: Blank) -> Iterator[str]:
        """The cells that were filled in for an amount."""
        below = self.formulas.get(part.cell) if isinstance(part, Fixed) else None
        if below is None:
            yield self._reference(part, seen_from)
        else:
            for one in below:
                yield from self._addends(one, seen_from)


def _words(one: Fixed, parts: Sequence[Part]) -> str:
    names = [_name(part) for part in parts]
    if len(names) > MOST_NAMED:
        names = [names[0], f"…（{len(names)} 项）", names[-1]]
    return f"{_name(one)} = {' + '.join(names)}"


def _name(part: Part) -> str:
    title = f"《{part.blank.title}》"
    if isinstance(part, Detail):
        return f"{title}{_header(part.blank, part.blank.amounts[part.column])}"
    label = "".join(part.cell.label.split())
    columns = {one.column for one in part.blank.cells if one.row == part.cell.row}
    header = _header(part.blank, part.cell.header)
    return f"{title}{label}" + (f"（{header}）" if len(columns) > 1 and header != label else "")


def _header(blank: Blank, column: Column) -> str:
    """The words over a column, with those above them where another column has the same."""
    alike = sum(other.path[-1] == column.path[-1] for other in blank.amounts.values()) > 1 and not blank.layout.sides
    return "/".join("".join(text.split()) for text in (column.path if alike else column.path[-1:]))
