"""What every form of a budget shares while it is laid out（排版的共同依据）."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

import attrs

from govbudget.amounts import Unit, find_unit, pad, places
from govbudget.classification import Catalogue, nearest_edition, subjects
from govbudget.forms import Column, Vocabulary, vocabulary
from govbudget.model import Budget, Fact, PrintedForm
from govbudget.writing.layout import FamilyLayout, Layout

__all__ = ["Context", "Leftover", "book_year", "fact_text", "form_text", "in_unit"]

SHIFT = {Unit.YUAN: 0, Unit.WAN: 4, Unit.YI: 8}


@attrs.frozen
class Leftover:
    """Something that the family's forms cannot print（未能写出的内容）.

    Attributes:
        text: what it is, in words.
        reason: why it found no cell, in Chinese and English.
        fact: the amount, where it is one.
    """

    text: str
    reason: str
    fact: Fact | None = None


@attrs.define
class Context:
    """A budget about to be printed on the forms of a family.

    Attributes:
        book: the budget.
        layouts: the forms.
        rounded: the unit that figures were rounded in, where a finer one would show digits that nobody knows.
        left: what finds no cell.
    """

    book: Budget
    layouts: FamilyLayout
    rounded: Unit | None = None
    left: list[Leftover] = attrs.field(factory=list)

    @property
    def words(self) -> Vocabulary:
        """The vocabulary of headers and labels."""
        return vocabulary()

    @cached_property
    def year(self) -> int | None:
        """The budget year."""
        return book_year(self.book)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The subjects of the budget year."""
        return subjects(nearest_edition(self.year))

    @cached_property
    def same_family(self) -> bool:
        """Whether the budget was read from forms of the same family."""
        return self.book.family == self.layouts.family.id

    @cached_property
    def converts(self) -> bool:
        """Whether the budget comes from the forms of another family."""
        return self.book.family is not None and not self.same_family

    @cached_property
    def agency(self) -> str:
        """The department's name; empty where the budget does not say."""
        return self.book.agency.name if self.book.agency else ""

    @cached_property
    def scales(self) -> dict[Unit, int]:
        """The decimals that the budget prints for each unit."""
        found: dict[Unit, int] = {}
        for fact in self.book.facts:
            found[fact.unit] = max(found.get(fact.unit, 0), min(2, places(fact.amount)))
        return found

    def printed(self, layout: Layout, index: int = 0) -> PrintedForm | None:
        """The form as the budget's own document prints it, where that is of the same family.

        Args:
            layout: the form.
            index: which of the forms of this kind.
        """
        if not self.same_family:
            return None
        found = [form for form in self.book.forms if form.id == layout.form.id]
        return found[index] if index < len(found) and (found[index].title or found[index].sheet) else None

    def title(self, layout: Layout, index: int = 0) -> str:
        """The title to print: the document's own where it names the same form, or where it prints none."""
        printed = self.printed(layout, index)
        if printed is not None:
            named = self.words.title(printed.title)
            if named is not None and named.id == layout.form.id:
                return printed.title
            if index and not printed.title:
                return ""
        year = str(self.year) if self.year else ""
        title = layout.title if year else layout.title.replace("（{year}年度）", "").replace("{year}年", "")
        return title.format(year=year, agency=self.agency, index=index + 1)

    def unit(self, layout: Layout, facts: Iterable[Fact]) -> Unit:
        """The unit of a form: the document's own, else the family's, unless figures were rounded in a coarser."""
        if self.same_family:
            printed = self.printed(layout)
            if printed is not None and printed.unit is not None:
                return printed.unit
            used = Counter(fact.unit for fact in facts)
            if used:
                return used.most_common(1)[0][0]
        if self.rounded is not None and self.rounded.factor > layout.unit.factor:
            return self.rounded
        return layout.unit

    def column_unit(self, column: Column, unit: Unit) -> Unit:
        """The unit of a column, where its header names one."""
        return (find_unit(column.text) if "元" in column.text else None) or unit

    def amount(self, fact: Fact, unit: Unit) -> tuple[Decimal, int]:
        """The amount of *fact* in *unit*, and the decimals to show it with."""
        amount = in_unit(fact.amount, fact.unit, unit)
        decimals = max(self.scales.get(unit, 2), places(amount))
        return pad(amount, decimals), decimals

    def agency_text(self, key: str, name: str = "") -> str:
        """An agency as 127001-某某局; the name alone where it has no code."""
        name = name or self.book.agency_names.get(key, "")
        return f"{key}-{name}" if key and name and key != name else key or name

    def leave(self, fact: Fact, reason: str) -> None:
        """Note a fact that found no cell."""
        self.left.append(Leftover(fact_text(fact), reason, fact))


def form_text(form: str) -> str:
    """The Chinese name of a form; its id where it is none of ours, nothing where there is none."""
    kind = vocabulary().forms.get(form)
    return f"《{kind.name}》" if kind else form


def fact_text(fact: Fact) -> str:
    """A fact in words: its form, row, column and amount, and its cell where it has one."""
    row = fact.name or fact.code or fact.coordinate.function or fact.coordinate.economic or ""
    column = fact.column.split("/")[-1]
    place = f"（{fact.place}）" if fact.place.cell else ""
    return " ".join(filter(None, (form_text(fact.form), row, column, f"{fact.amount:f}{fact.unit.value}{place}")))


def book_year(book: Budget) -> int | None:
    """The year of a budget; where it does not say, the one that its facts agree on."""
    years = {fact.coordinate.year for fact in book.facts} - {None}
    return book.year or (years.pop() if len(years) == 1 else None)


def in_unit(amount: Decimal, unit: Unit, target: Unit) -> Decimal:
    """*amount* in another unit, exactly; zeros that the change of unit brings behind two decimals are dropped.

    >>> in_unit(Decimal("9501900"), Unit.YUAN, Unit.WAN)
    Decimal('950.19')
    """
    shift = SHIFT[unit] - SHIFT[target]
    if not shift:
        return amount
    sign, digits, exponent = amount.as_tuple()
    assert isinstance(exponent, int)
    moved = list(digits)
    exponent += shift
    while exponent < -2 and len(moved) > 1 and moved[-1] == 0:
        moved.pop()
        exponent += 1
    found = Decimal((sign, tuple(moved), exponent))
    return found if exponent <= 0 else Decimal(format(found, "f"))
