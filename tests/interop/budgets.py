"""Budgets of every make, also such as no document prints."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st

from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.model import (
    COSTS,
    FUNDS,
    NATURES,
    ORIGINS,
    SIDES,
    Agency,
    Budget,
    Coordinate,
    Fact,
    Passage,
    PrintedForm,
    PrintedTarget,
    Project,
    Purchase,
    Remark,
    RemarkKind,
    Unread,
)
from govbudget.performance import PerformanceTarget, parse_indicator
from govbudget.strategies import figures, indicators

TEXT = st.text(max_size=8) | st.sampled_from(["", "合计", "一、", "null", "1.0", '"', "\\", "\u2028"])
SOME = TEXT.filter(bool)
YEARS = st.none() | st.integers(2000, 2100)
AMOUNTS = figures() | st.sampled_from([Decimal("-0.00"), Decimal("1E+3"), Decimal("0E-7")])
PLACES = st.builds(Place.at, TEXT, st.integers(1, 1 << 24), st.integers(1, 1 << 14)) | st.builds(
    Place, TEXT, st.just("")
)
PLACE_LISTS = st.lists(PLACES, max_size=3).map(tuple)


Built = TypeVar("Built", bound=attrs.AttrsInstance)


def builds(kind: type[Built], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Built]:
    """Instances of a class with every one of its fields drawn, those that are not given by their type."""
    others: dict[str, Any] = {field.name: ... for field in attrs.fields(kind) if field.name not in fields}
    return st.builds(kind, **fields, **others)


def one_of(allowed: frozenset[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(sorted(allowed))


COORDINATES = builds(
    Coordinate,
    year=YEARS,
    agency=st.none() | TEXT,
    side=one_of(SIDES),
    function=st.none() | TEXT,
    economic=st.none() | TEXT,
    fund=one_of(FUNDS),
    nature=one_of(NATURES),
    cost=one_of(COSTS),
    project=st.none() | TEXT,
    origin=one_of(ORIGINS),
    item=st.none() | TEXT,
)
FACTS = builds(
    Fact,
    amount=AMOUNTS,
    unit=st.sampled_from(Unit),
    form=TEXT,
    name=TEXT,
    code=TEXT,
    coordinate=COORDINATES,
    column=TEXT,
    place=PLACES,
)
WEIGHTS = st.none() | st.decimals(0, 100, places=2)
INDICATORS = indicators() | st.builds(
    parse_indicator,
    TEXT,
    TEXT,
    TEXT,
    st.sampled_from(["≥", "≤", "定性", "", "大约"]),
    st.sampled_from(["98", "3.70", "好坏", "≤98", "90-95%", "", "5万元", "0.0000001"]),
    st.sampled_from(["", "%", "个"]),
    st.sampled_from(["10", "10%", "130", ""]),
    st.sampled_from(["正向指标", "反向指标", "", "横向"]),
    note=TEXT,
)
TARGETS = builds(
    PerformanceTarget,
    project=st.none() | TEXT,
    project_code=TEXT,
    agency=TEXT,
    year=YEARS,
    goal=TEXT,
    budget=st.none() | AMOUNTS,
    execution_weight=WEIGHTS,
    indicators=st.lists(INDICATORS, max_size=3),
    head=st.lists(st.tuples(TEXT, TEXT), max_size=2),
)
FORMS = builds(
    PrintedForm,
    id=TEXT,
    title=TEXT,
    unit=st.none() | st.sampled_from(Unit),
    unit_printed=st.booleans(),
    sheet=TEXT,
    empty=st.booleans(),
    number=TEXT,
    note=TEXT,
    columns=st.lists(TEXT, max_size=3).map(tuple),
    first=st.integers(1, 99),
    last=st.integers(1, 99),
    year=YEARS,
    furniture=PLACE_LISTS,
    objects=PLACE_LISTS,
    more=st.lists(st.tuples(TEXT, st.integers(1, 99), st.integers(1, 99)), max_size=2).map(tuple),
)
AGENCIES = st.builds(Agency, TEXT, TEXT)
BUDGETS = builds(
    Budget,
    facts=st.lists(FACTS, max_size=4),
    projects=st.lists(st.builds(Project, SOME, TEXT, TEXT, TEXT, st.none() | TARGETS), max_size=2),
    purchases=st.lists(
        st.builds(Purchase, st.lists(st.tuples(TEXT, TEXT), max_size=3), TEXT, TEXT, TEXT, PLACES), max_size=2
    ),
    targets=st.lists(st.builds(PrintedTarget, TEXT, TARGETS, TEXT, PLACES, PLACE_LISTS), max_size=2),
    agency=st.none() | AGENCIES,
    agencies=st.lists(AGENCIES, max_size=2),
    year=YEARS,
    family=st.none() | TEXT,
    forms=st.lists(FORMS, max_size=2),
    prose=st.lists(
        st.builds(Passage, TEXT, st.lists(st.tuples(st.integers(0, 99), PLACES), min_size=1, max_size=2).map(tuple)),
        max_size=2,
    ),
    unread=st.lists(st.builds(Unread, PLACES, TEXT, TEXT, TEXT), max_size=2),
    remarks=st.lists(st.builds(Remark, st.sampled_from(RemarkKind), PLACES, TEXT, TEXT), max_size=2),
    source=TEXT,
)
