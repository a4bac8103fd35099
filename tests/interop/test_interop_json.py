"""Budgets as JSON: an exact round trip, and a strict way back in."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from tests.effort import examples
from tests.interop.budgets import BUDGETS

from govbudget import GovBudgetError
from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.demo import demo_budget
from govbudget.interop.json import VERSION, JsonError, from_json, to_json
from govbudget.model import Budget, Fact


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
@settings(max_examples=examples(200))
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
    assert refused.value.__cause__ is refused.value.__context__ is None, "Dask sends what is behind an error as well"
