"""The words of forms mean the same however they are set: width, blanks, quotes and numbering say nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.effort import examples

from govbudget.forms import label, tidy, vocabulary
from govbudget.forms.families import families, recognise
from govbudget.forms.text import CHINESE
from govbudget.writing.layout import Layout, family_layout

LAYOUTS = [layout for family in sorted(families()) for layout in family_layout(family, 2024).forms.values()]
PATHS = sorted({column.path for layout in LAYOUTS for column in layout.columns if layout.form.kind != "targets"})
LABELS = sorted({text for layout in LAYOUTS for side in layout.sides for text in (*side.rows, *side.foot) if text})
NUMBERINGS = ["", *(style.format(number) for style in ("（{}）", "({})", "{}、", "{}．") for number in CHINESE[:10])]
WIDE = {code: chr(code + 0xFEE0) for code in range(ord("!"), ord("~")) if code != ord('"')}
NARROW = str.maketrans("（）：", "():")
WIDTHS = st.sampled_from(({}, WIDE, NARROW))
BLANKS = st.sampled_from(("", " ", "\n", "\u3000", "\xa0", "\u200b"))


def reset(text: str, width: dict[int, str], blank: str, at: int = 0) -> str:
    """The same words as another office sets them: in another width, with blanks from some character on."""
    words = text.translate(width)
    return words[:at] + blank + blank.join(words[at:]) + blank


def otherwise(text: str) -> st.SearchStrategy[str]:
    return st.builds(reset, st.just(text), WIDTHS, BLANKS, st.integers(0, len(text)))


@given(st.text(max_size=30))
@example("A´")
def test_tidy_words_stay_as_they_are(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.sampled_from(PATHS), st.data())
def test_a_header_means_the_same_in_any_setting(path: tuple[str, ...], data: st.DataObject) -> None:
    meant = vocabulary().column(path)
    found = vocabulary().column(tuple(data.draw(otherwise(part)) for part in path))
    assert meant.known
    assert (found.role, dict(found.dims), found.known) == (meant.role, dict(meant.dims), True)


@given(st.sampled_from(LAYOUTS), st.data())
def test_a_title_names_its_form_in_any_setting(layout: Layout, data: st.DataObject) -> None:
    title = layout.title.format(year=2024, agency="某市数据局", index=1)
    found = vocabulary().title(data.draw(otherwise(title)))
    assert found is not None and found.id == layout.form.id


@given(st.sampled_from(LABELS), st.sampled_from(NUMBERINGS), st.data())
def test_a_label_is_the_same_with_any_numbering(text: str, numbering: str, data: st.DataObject) -> None:
    bare = label(text)
    assert tidy(label(data.draw(otherwise(numbering + bare)))) == tidy(bare)


@pytest.mark.parametrize("family", sorted(families()))
@given(width=WIDTHS, blank=BLANKS, turn=st.integers(0, 20))
@settings(max_examples=examples(20))
def test_a_family_is_told_by_its_own_forms_in_any_order(
    family: str, width: dict[int, str], blank: str, turn: int
) -> None:
    layouts = [*family_layout(family, 2024).forms.values()]
    layouts = layouts[turn % len(layouts) :] + layouts[: turn % len(layouts)]
    lines = [layout.title.format(year=2024, agency="某局", index=1) for layout in layouts]
    lines += [part for layout in layouts for column in layout.columns for part in column.path]
    found = recognise([reset(line, width, blank) for line in lines])
    assert found is not None and found.id == family
