"""Measuring a reading against the truth: amounts by form, cell, number and code; indicators by value."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

import govbudget as gb

from .looks import Look, Looked, apply
from .paper import Address, plain

__all__ = ["Book", "Indicator", "Measured", "Printed", "book_of", "dress", "measure", "packaged_books"]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "workbooks"


class Printed(NamedTuple):
    """A printed amount: the form's id, where it stands, the figure, and the code of its row."""

    form: str
    sheet: str
    cell: str
    amount: Decimal
    code: str


class Indicator(NamedTuple):
    """A printed indicator: name, operator, value with its unit, weight, direction."""

    name: str
    operator: str
    value: str
    weight: Decimal | None
    direction: str


@dataclass(frozen=True)
class Book:
    """A workbook and what it truly prints."""

    name: str
    data: bytes = field(repr=False)
    amounts: tuple[Printed, ...] = field(repr=False)
    indicators: tuple[Indicator, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return self.name


class Measured(NamedTuple):
    """What a reading missed and what it made up."""

    missing: Counter[Printed]
    extra: Counter[Printed]
    missing_indicators: Counter[Indicator]
    extra_indicators: Counter[Indicator]
    found: int
    wanted: int

    @property
    def exact(self) -> bool:
        """Whether nothing was missed and nothing made up."""
        return not (self.missing or self.extra or self.missing_indicators or self.extra_indicators)

    @property
    def f1(self) -> float:
        """The harmonic mean of the precision and the recall of amounts."""
        hit = self.wanted - sum(self.missing.values())
        return 2 * hit / max(1, self.found + self.wanted) if self.found + self.wanted else 1.0

    def __str__(self) -> str:
        lines = [f"F1 {self.f1:.4f} of {self.wanted} amounts"]
        counters: dict[str, Counter[Any]] = {
            "missing": self.missing,
            "extra": self.extra,
            "missing indicator": self.missing_indicators,
            "extra indicator": self.extra_indicators,
        }
        for label, counter in counters.items():
            lines += [f"  {label} {count} x {tuple(map(str, one))}" for one, count in list(counter.items())[:4]]
        return "\n".join(lines)


def number(value: object) -> Decimal | None:
    """A figure as a number."""
    try:
        return Decimal(plain(value).replace(",", "")).normalize()
    except InvalidOperation:
        return None


def _printed(form: object, sheet: object, cell: object, amount: object, code: object) -> Printed:
    figure = number(amount)
    assert figure is not None, amount
    return Printed(str(form), plain(sheet), str(cell), figure, plain(code))


def _indicator(name: object, operator: object, value: object, weight: object, direction: object) -> Indicator:
    text = plain(value)
    lead = re.match(r"[-\d.,]+", text)
    if lead and (figure := number(lead.group())) is not None:
        text = f"{figure}{text[lead.end() :]}"
    return Indicator(
        plain(name),
        plain(operator).replace("≧", "≥"),
        text,
        number(plain(weight).rstrip("%")),
        plain(direction).replace("指标", ""),
    )


def book_of(name: str, data: bytes, rows: Iterable[Mapping[str, str]]) -> Book:
    """A book from rows as the transcriptions of real documents hold them."""
    amounts, indicators = [], []
    for row in rows:
        if row.get("kind") == "indicator":
            if plain(row["level3"]):
                value = plain(row["value"]) + plain(row["unit"])
                indicators.append(_indicator(row["level3"], row["operator"], value, row["weight"], row["direction"]))
        elif number(row["amount"]) is not None:
            amounts.append(_printed(row["form"], row["sheet"], row["cell"], row["amount"], row["code"]))
    return Book(name, data, tuple(amounts), tuple(indicators))


def packaged_books() -> list[Book]:
    """The transcribed real workbooks, where they are at hand."""
    books = []
    for path in sorted(SHARED.glob("*.xlsx")):
        rows = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
        books.append(book_of(path.stem, path.read_bytes(), rows))
    return books


def dress(book: Book, look: Look) -> tuple[Looked, Counter[Printed]]:
    """The book with a look, and what it prints then."""
    workbook = openpyxl.load_workbook(io.BytesIO(book.data))
    names = {plain(ws.title): ws.title for ws in workbook.worksheets}
    looked = apply(workbook, look)
    by_cell: dict[Address, Printed] = {(names[one.sheet], one.cell): one for one in book.amounts}
    wanted: Counter[Printed] = Counter()
    for address, one in by_cell.items():
        if address in looked.moved:
            sheet, cell = looked.moved[address]
            wanted[one._replace(sheet=plain(sheet), cell=cell)] += 1
    for (sheet, cell), (near, amount) in looked.added.items():
        if near in by_cell:
            wanted[_printed(by_cell[near].form, sheet, cell, amount, by_cell[near].code)] += 1
    return looked, wanted


def measure(look: Look, book: Book) -> Measured:
    """What a reading of the book with a look misses and makes up."""
    looked, wanted = dress(book, look)
    read = gb.read(looked.data)
    got = Counter(_printed(f.form, f.place.sheet, f.place.cell, f.amount, f.code) for f in read.facts)
    indicators = Counter(book.indicators)
    own = Counter(
        _indicator(i.name, i.operator_text, i.value_text + i.unit, i.weight_text, i.direction_text)
        for printed in read.targets
        for i in printed.target.indicators
    )
    return Measured(
        wanted - got, got - wanted, indicators - own, own - indicators, sum(got.values()), sum(wanted.values())
    )
