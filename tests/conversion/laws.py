"""What holds for every conversion（转换的定律）, told from the two budgets alone."""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal

from tests.scripts import script

from govbudget import Conversion
from govbudget.checks import Severity
from govbudget.forms import vocabulary
from govbudget.model import Budget, Coordinate, Fact
from govbudget.reading import read

MATRIX = script("build_matrix")

__all__ = ["FAMILIES", "MATRIX", "assert_sound", "broken", "figures", "read_back"]

FAMILIES = ("sichuan", "chongqing", "hubei", "shanghai")
LAWS = ("SUM", "XTB", "BAL")


def read_back(found: Conversion) -> Budget:
    """The workbook of a conversion, written to memory and read again."""
    buffer = io.BytesIO()
    found.write(buffer)
    return read(buffer.getvalue())


def figures(facts: tuple[Fact, ...]) -> set[tuple[str, Coordinate, Decimal]]:
    """The amounts of tables and summaries with their coordinates."""
    forms = vocabulary().forms
    return {(one.form, one.coordinate, one.yuan) for one in facts if forms[one.form].kind != "targets"}


def broken(book: Budget) -> set[Decimal | None]:
    """The differences, in 元, of the laws of sums that a budget breaks."""
    facts = {(one.place.sheet, one.place.cell): one for one in book.facts}
    found = set()
    for one in book.check(select=LAWS):
        if one.severity is Severity.ERROR:
            unit = facts[one.places[0].sheet, one.places[0].cell].unit
            found.add(None if one.difference is None else abs(one.difference * unit.factor))
    return found


def assert_sound(book: Budget, found: Conversion) -> Budget:
    """The laws of one conversion; gives the budget that its workbook reads as."""
    again = read_back(found)
    assert again.unread == ()
    assert figures(again.facts) == figures(found.facts)
    for one in found.derived:
        assert one.fact.yuan == sum(part.yuan for part in one.parts)
        assert one.parts and all(any(part is fact for fact in book.facts) for part in one.parts)
        assert len(set(map(id, one.parts))) == len(one.parts)
    left = [one.fact for one in found.left if one.fact is not None]
    assert Counter(map(id, book.facts)) == Counter(map(id, found.written)) + Counter(map(id, left))
    assert all(one.text and one.reason for one in found.left)
    MATRIX.kept(book, again, found)
    assert broken(again) <= broken(book)
    return again
