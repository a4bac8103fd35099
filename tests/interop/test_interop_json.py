"""Budgets as JSON: an exact round trip, and a strict way back in."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govbudget import GovBudgetError
from govbudget.amounts import Unit
from govbudget.demo import demo_budget
from govbudget.interop.json import VERSION, JsonError, from_json, to_json
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
    Place,
    PrintedForm,
    PrintedTarget,
    Project,
    Remark,
    RemarkKind,
    Unread,
)
from govbudget.performance import Operator, PerformanceIndicator, PerformanceTarget, parse_indicator

TEXT = st.text(max_size=8) | st.sampled_from(["", "合计", "一、", "null", "1.0", '"', "\\", "\u2028"])
SOME = TEXT.filter(bool)
YEARS = st.none() | st.integers(2000, 2100)
AMOUNTS = st.integers(0, 6).flatmap(lambda decimals: st.decimals(-(10**12), 10**12, places=decimals)) | st.sampled_from(
    [Decimal("-0.00"), Decimal("1E+3"), Decimal("0E-7")]
)
PLACES = st.builds(Place, TEXT, TEXT)
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
NUMBERS = st.integers(0, 8).flatmap(lambda decimals: st.decimals(-(10**9), 10**9, places=decimals))
INDICATORS = st.one_of(
    st.builds(
        PerformanceIndicator,
        name=TEXT,
        operator=st.none() | st.sampled_from([one for one in Operator if one.quantitative]),
        value=NUMBERS,
        unit=st.sampled_from(["", "%", "个", "万元"]),
        weight=WEIGHTS,
        core=st.none() | st.booleans(),
        note=TEXT,
    ),
    st.builds(
        PerformanceIndicator,
        name=TEXT,
        operator=st.just(Operator.QUALITATIVE),
        value=st.sampled_from(["好坏", "100", "优良中低差"]),
    ),
    st.builds(
        parse_indicator,
        TEXT,
        TEXT,
        TEXT,
        st.sampled_from(["≥", "≤", "定性", "", "大约"]),
        st.sampled_from(["98", "3.70", "好坏", "≤98", "90-95%", "", "5万元", "0.0000001"]),
        st.sampled_from(["", "%", "个"]),
        st.sampled_from(["10", "10%", "130", ""]),
        st.sampled_from(["正向指标", "反向指标", "", "横向"]),
    ),
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
    targets=st.lists(st.builds(PrintedTarget, TEXT, TARGETS, TEXT, PLACES, PLACE_LISTS), max_size=2),
    agency=st.none() | AGENCIES,
    agencies=st.lists(AGENCIES, max_size=2),
    year=YEARS,
    family=st.none() | TEXT,
    forms=st.lists(FORMS, max_size=2),
    unread=st.lists(st.builds(Unread, PLACES, TEXT, TEXT, TEXT), max_size=2),
    remarks=st.lists(st.builds(Remark, st.sampled_from(RemarkKind), PLACES, TEXT, TEXT), max_size=2),
    source=TEXT,
)


def plain(value: Any) -> Any:
    """A value down to its last digit, with what takes no part in equality."""
    if isinstance(value, Decimal):
        return value.as_tuple()
    if attrs.has(type(value)):
        return type(value).__name__, {
            field.name: plain(getattr(value, field.name)) for field in attrs.fields(type(value))
        }
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return type(value).__name__, value


@given(BUDGETS)
@settings(max_examples=200)
def test_what_comes_back_is_the_very_same(book: Budget) -> None:
    text = to_json(book)
    back = from_json(text)
    assert back == book
    assert plain(back) == plain(book)
    assert to_json(back) == text
    assert plain(from_json(to_json(book, indent=1).encode())) == plain(book)


def test_a_real_budget_comes_back_and_checks_the_same() -> None:
    book = demo_budget()
    back = from_json(to_json(book))
    assert plain(back) == plain(book)
    assert back.check().findings == book.check().findings


def test_numbers_are_texts_and_what_is_default_is_left_out() -> None:
    book = Budget(facts=[Fact(Decimal("950.10"), Unit.WAN, "summary", place=Place("表1", "B36"))], year=2024)
    assert json.loads(to_json(book)) == {
        "version": VERSION,
        "facts": [{"amount": "950.10", "unit": "万元", "form": "summary", "place": {"sheet": "表1", "cell": "B36"}}],
        "year": 2024,
    }


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    data = json.loads(to_json(demo_budget()))
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda data: data.update(yaer=2024), "$.yaer"),
        (lambda data: data["facts"][3].update(amont="1"), "$.facts[3].amont"),
        (lambda data: data["facts"][3]["coordinate"].update(place="x"), "$.facts[3].coordinate.place"),
        (lambda data: data["facts"][0].pop("amount"), "$.facts[0].amount"),
        (lambda data: data["facts"][0].update(amount=950.19), "$.facts[0].amount"),
        (lambda data: data["facts"][0].update(amount=950), "$.facts[0].amount"),
        (lambda data: data["facts"][0].update(amount="1,658.00"), "$.facts[0].amount"),
        (lambda data: data["facts"][0].update(amount="NaN"), "$.facts[0].amount"),
        (lambda data: data["facts"][0].update(unit="角"), "$.facts[0].unit"),
        (lambda data: data["facts"][0].update(name=None), "$.facts[0].name"),
        (lambda data: data["facts"][0].update(coordinate=[]), "$.facts[0].coordinate"),
        (lambda data: data["facts"][0]["coordinate"].update(side="both"), "$.facts[0].coordinate"),
        (lambda data: data["facts"].insert(7, "x"), "$.facts[7]"),
        (lambda data: data.update(facts={}), "$.facts"),
        (lambda data: data.update(facts=""), "$.facts"),
        (lambda data: data.update(year="2024"), "$.year"),
        (lambda data: data.update(year=2024.0), "$.year"),
        (lambda data: data.update(year=True), "$.year"),
        (lambda data: data["forms"][0].update(empty=0), "$.forms[0].empty"),
        (
            lambda data: data["targets"][0]["target"]["indicators"][1].update(weight="130"),
            "$.targets[0].target.indicators[1]",
        ),
        (lambda data: data["targets"][0]["target"]["indicators"][1].update(level4="x"), "indicators[1].level4"),
        (lambda data: data["targets"][0]["target"].update(head=[["a"]]), "$.targets[0].target.head[0]"),
        (lambda data: data["forms"][0].update(more=[["表2", "1", 2]]), "$.forms[0].more[0]"),
        (lambda data: data.update(version=VERSION + 1), "$.version"),
        (lambda data: data.update(version=True), "$.version"),
        (lambda data: data.pop("version"), "$.version"),
    ],
)
def test_what_is_wrong_is_refused_with_its_path(change: Callable[[dict[str, Any]], object], path: str) -> None:
    with pytest.raises(JsonError) as refused:
        from_json(changed(change))
    assert path in str(refused.value)
    assert path in refused.value.problems[0][0]
    assert isinstance(refused.value, (GovBudgetError, ValueError))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        b"\xff\xfe\x00",
        '{"version": 1, "year": NaN}',
        '{"version": 1, "year": 1, "year": 2}',
        "[" * 10**5,
    ],
)
def test_what_is_no_budget_is_refused(text: str | bytes) -> None:
    with pytest.raises(JsonError, match=r"\$"):
        from_json(text)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    def change(data: dict[str, Any]) -> None:
        for fact in data["facts"][:9]:
            fact["amount"] = 1

    with pytest.raises(JsonError) as refused:
        from_json(changed(change))
    assert [path for path, _ in refused.value.problems] == [f"$.facts[{index}].amount" for index in range(9)]
    assert "9" in str(refused.value).splitlines()[-1]
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems
