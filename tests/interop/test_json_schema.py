"""The JSON Schema: it accepts whatever is written and refuses what was tampered with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.interop.budgets import BUDGETS
from tests.scripts import script

from govbudget import Budget, JsonError, from_json, json_schema, to_json
from govbudget.demo import demo_budget

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
DEMO = to_json(demo_budget())


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value below."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from spots(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def test_the_schema_is_current_and_a_schema() -> None:
    assert script("build_schema").schema() == json_schema(), "run python tools/build_schema.py"
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_a_real_budget_is_accepted() -> None:
    VALIDATOR.validate(json.loads(DEMO))


@given(BUDGETS)
@settings(max_examples=examples(80))
def test_every_written_budget_is_accepted(book: Budget) -> None:
    VALIDATOR.validate(json.loads(to_json(book)))


@given(BUDGETS, st.data())
@settings(max_examples=examples(80))
def test_an_unknown_key_anywhere_is_refused(book: Budget, data: st.DataObject) -> None:
    written = json.loads(to_json(book))
    objects = [path for path in spots(written) if isinstance(at(written, path), dict)]
    at(written, data.draw(st.sampled_from(objects)))["unheard_of"] = 1
    assert not VALIDATOR.is_valid(written)


@given(BUDGETS, st.data())
@settings(max_examples=examples(80))
def test_a_value_of_another_type_anywhere_is_refused(book: Budget, data: st.DataObject) -> None:
    written = json.loads(to_json(book))
    path = data.draw(st.sampled_from([path for path in spots(written) if path]))
    at(written, path[:-1])[path[-1]] = 3.9
    assert not VALIDATOR.is_valid(written)
    with pytest.raises(JsonError):
        from_json(json.dumps(written))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("facts", 0, "amount"), "1,658.00"),
        (("facts", 0, "amount"), "NaN"),
        (("facts", 0, "unit"), "角"),
        (("facts", 0, "coordinate", "side"), "both"),
        (("facts", 0, "coordinate", "fund"), "club"),
        (("forms", 0, "more"), [["表2", 1]]),
        (("targets", 0, "target", "indicators", 0, "operator"), "约"),
        (("facts",), {}),
        (("agency",), "达州市"),
    ],
)
def test_what_can_never_be_true_is_refused(path: tuple[Any, ...], value: object) -> None:
    written = json.loads(DEMO)
    at(written, path[:-1])[path[-1]] = value
    assert not VALIDATOR.is_valid(written)


@pytest.mark.parametrize("path", [("version",), ("facts", 0, "amount"), ("facts", 0, "unit"), ("projects", 0, "name")])
def test_what_must_be_there_is_missed(path: tuple[Any, ...]) -> None:
    written = json.loads(DEMO)
    del at(written, path[:-1])[path[-1]]
    assert not VALIDATOR.is_valid(written)
