"""Objects made from the values of their fields are those that their class makes."""

from __future__ import annotations

import pickle
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.making import maker
from govbudget.model import Coordinate, Fact
from govbudget.performance.indicator import Printed

WORDS = st.text(max_size=4)
PLACES = st.builds(Place.at, WORDS, st.integers(1, 1 << 20), st.integers(1, 1 << 14))
COORDINATES = st.builds(
    Coordinate, st.none() | st.integers(2019, 2026), *[st.none() | WORDS], function=st.none() | WORDS
)
FACTS = st.builds(
    Fact,
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from(Unit),
    coordinate=COORDINATES,
    place=PLACES,
    name=WORDS,
)
PRINTED = st.builds(Printed, level1=WORDS, name=WORDS, value=WORDS)


@given(PLACES | COORDINATES | FACTS | PRINTED)
def test_what_is_made_is_what_its_class_makes(one: object) -> None:
    assert attrs.has(type(one))
    values = [getattr(one, field.name) for field in attrs.fields(type(one))]  # type: ignore[arg-type]
    made = maker(type(one))(*values)
    assert type(made) is type(one)
    assert made == one
    assert hash(made) == hash(one)
    assert repr(made) == repr(one)
    assert pickle.loads(pickle.dumps(made)) == one


def test_what_is_made_is_frozen() -> None:
    made = maker(Fact)(Decimal(1), Unit.WAN, "", "", "", Coordinate(), "", Place("", ""))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.amount = Decimal(2)  # type: ignore[misc]
