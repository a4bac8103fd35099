"""The same budget with another look reads the same, on every family's forms."""

from __future__ import annotations

import io
from functools import cache

import attrs
import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.looks.books import synthetic_books
from tests.looks.districts import district_books
from tests.looks.looks import TOUCHES, Look, looks
from tests.looks.measure import Book, dress, measure, packaged_books

import govbudget as gb
from govbudget.cells import Place

PRINTED = Look()
SYNTHETIC = synthetic_books() + district_books()
REAL = packaged_books()
BOOKS = SYNTHETIC + REAL
BY_NAME = {book.name: book for book in BOOKS}

# What cannot be made good for certain: a word of the header is gone or unheard of. Such a look may cost a row its code
# or its form, and is measured, not required to be exact.
HARSH = frozenset({"cut_headers", "headers_with_a_lost_word", "unheard_words"})
# Touches that take away what a coordinate says, or add to it; the amounts stay.
TELLING = HARSH | frozenset(
    {
        "no_agency_line",
        "agency_in_two_cells",
        "title_with_agency_and_year",
        "title_in_sheet_name",
        "title_with_year_under",
        "banner",
        "cover_and_directory",
        "explanations",
        "other_words",
        "not_numbered",
        "prior_year",
        "third_header_row",
        "no_unit_line",
        "unit_with_agency",
        "glued_codes",
        "column_of_numbers",
        "invisible_characters",
        "broken_labels",
    }
)
COMPOSED = settings(
    max_examples=examples(50),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
REQUIRED = [name for name in TOUCHES if name not in HARSH]


@cache
def coordinates(name: str) -> dict[tuple[str, str], gb.Fact]:
    return {(fact.place.sheet, fact.place.cell): fact for fact in gb.read(BY_NAME[name].data).facts}


def assert_exact(look: Look, book: Book) -> None:
    found = measure(look, book)
    assert found.exact, f"{book} with {look}: {found}"


@pytest.mark.parametrize("book", BOOKS, ids=str)
def test_every_form_as_it_is_printed(book: Book) -> None:
    assert_exact(PRINTED, book)


@pytest.mark.parametrize("touch", REQUIRED)
def test_every_touch_on_every_familys_forms(touch: str) -> None:
    for book in SYNTHETIC:
        assert_exact(Look((touch,), 1), book)


@pytest.mark.skipif(not REAL, reason="the transcribed workbooks are not at hand")
@pytest.mark.parametrize(("at", "touch"), list(enumerate(REQUIRED)))
def test_every_touch_on_a_real_workbook(at: int, touch: str) -> None:
    """Each on one of them, in turn; the composed looks draw from all."""
    assert_exact(Look((touch,), 1), REAL[at % len(REAL)])


@COMPOSED
@given(looks(without=HARSH), st.sampled_from(sorted(BY_NAME)))
def test_looks_composed_of_several_touches(look: Look, name: str) -> None:
    assert_exact(look, BY_NAME[name])


@pytest.mark.parametrize("touch", ["page_breaks_with_title", "notes"])
def test_rows_that_say_the_same_in_every_cell_are_no_indicator(touch: str) -> None:
    touches = {
        "page_breaks_with_title": ("filled_merges_everywhere", touch),
        "notes": (touch, "filled_merges_everywhere"),
    }
    for seed in range(40, 60):
        assert_exact(Look(touches[touch], seed), BY_NAME["shanghai_department" if touch == "notes" else "sichuan"])


def test_empty_columns_between_texts_of_subjects() -> None:
    assert_exact(Look(("empty_columns",), 2), BY_NAME["three_sides"])


@pytest.mark.parametrize("touch", sorted(HARSH))
def test_a_lost_or_unheard_word_costs_little(touch: str) -> None:
    """Over all books; what is lost is lost in single tables, never in the document."""
    found = [measure(Look((touch,), seed), book) for book in SYNTHETIC for seed in (1, 2)]
    wanted = sum(one.wanted for one in found)
    missing = sum(sum(one.missing.values()) for one in found)
    assert missing / wanted < FLOOR[touch], f"{missing} of {wanted}"


FLOOR = {"cut_headers": 0.35, "headers_with_a_lost_word": 0.15, "unheard_words": 0.25}


def differences(look: Look, book: Book) -> list[str]:
    """What a look changes in the unit and the coordinate of a cell that is read either way."""
    looked, _ = dress(book, look)
    now = {(fact.place.sheet, fact.place.cell): fact for fact in gb.read(looked.data).facts}
    found = []
    for old, fact in coordinates(book.name).items():
        other = now.get(looked.moved.get(old, ("", "")))
        if other is None:
            continue
        before, after = attrs.asdict(fact.coordinate), attrs.asdict(other.coordinate)
        before["unit"], after["unit"] = fact.unit, other.unit
        found += [f"{fact.form} {fact.place} {k}: {before[k]} → {after[k]}" for k in before if before[k] != after[k]]
    return found


@pytest.mark.parametrize("touch", [name for name in TOUCHES if name not in TELLING])
def test_a_look_changes_no_coordinate(touch: str) -> None:
    for book in SYNTHETIC[:8]:
        found = differences(Look((touch,), 1), book)
        assert not found, f"{book}: {len(found)}: {found[:5]}"


BLANKS = " \n\t\u3000\xa0\u2002\u200b\ufeff"


def lost(data: bytes) -> list[str]:
    """The cells of sheets with a form that became no fact, no part of an object, no furniture, and are not unread."""
    book = gb.read(data)
    found = {(fact.place.sheet, fact.place.cell) for fact in book.facts}
    found |= {(one.place.sheet, one.place.cell) for one in book.unread}
    found |= {(place.sheet, place.cell) for form in book.forms for place in (*form.furniture, *form.objects)}
    sheets = {form.sheet for form in book.forms}
    return [
        f"{ws.title}!{cell.coordinate} {str(cell.value)[:20]}"
        for ws in openpyxl.load_workbook(io.BytesIO(data)).worksheets
        if ws.title in sheets
        for row in ws.iter_rows()
        for cell in row
        if str(cell.value or "").strip(BLANKS) and (ws.title, cell.coordinate) not in found
    ]


@pytest.mark.parametrize("book", BOOKS, ids=str)
def test_no_cell_is_lost(book: Book) -> None:
    assert lost(book.data) == []


def test_a_banner_over_a_table_of_targets_is_not_lost() -> None:
    looked, _ = dress(BY_NAME["sichuan"], Look(("banner",), 0))
    assert lost(looked.data) == []
    assert any(one.place == Place("表6", "A1") for one in gb.read(looked.data).unread)


@COMPOSED
@given(looks(), st.sampled_from([book.name for book in SYNTHETIC]))
def test_no_cell_is_lost_in_any_look(look: Look, name: str) -> None:
    looked, _ = dress(BY_NAME[name], look)
    assert lost(looked.data) == []
