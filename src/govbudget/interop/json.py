"""Budgets as JSON（预算的 JSON）: an exact round trip, and a strict way back in.

Amounts are texts, so that no digit and no printed zero is lost; enums are their values; what equals its default is
left out. ``version`` names the layout, so that a later one can still read this.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from types import GenericAlias
from typing import Any, get_args, get_origin

import attrs
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from govbudget.cells import Place, Places
from govbudget.errors import GovBudgetError
from govbudget.model import Budget
from govbudget.performance import Direction, Operator, PerformanceIndicator, Printed

__all__ = ["VERSION", "IndicatorInJson", "JsonError", "PlaceInJson", "from_json", "json_schema", "to_json"]

VERSION = 1
SHOWN = 5
NOTHING_PRINTED = Printed()


class JsonError(GovBudgetError, ValueError):
    """A text that is no budget in JSON（不是预算的 JSON）; the message names the path of what is wrong.

    Attributes:
        problems: the path and the reason of everything that is wrong, such as ``("$.facts[0].amount", …)``.
    """

    def __init__(self, *problems: tuple[str, str]) -> None:
        self.problems = problems
        shown = [f"{path}: {reason}" for path, reason in problems[:SHOWN]]
        if len(problems) > SHOWN:
            shown.append(f"…（共 {len(problems)} 处 in all）")
        super().__init__("\n".join(shown))

    def __reduce__(self) -> tuple[type[JsonError], tuple[tuple[str, str], ...]]:
        return type(self), self.problems


@attrs.frozen(kw_only=True)
class IndicatorInJson:
    """An indicator as it stands in JSON: all that was understood, and the texts it was understood from."""

    name: str
    level1: str = ""
    level2: str = ""
    operator: Operator | None = None
    value: str | None = None
    unit: str = ""
    weight: Decimal | None = None
    direction: Direction | None = None
    core: bool | None = None
    note: str = ""
    printed: Printed = NOTHING_PRINTED


@attrs.frozen
class PlaceInJson:
    """A place as it stands in JSON: the sheet, and the cell by its name."""

    sheet: str
    cell: str


def to_json(book: Budget, *, indent: int | None = None) -> str:
    """A budget as JSON（预算转为 JSON）; :func:`from_json` gives the very same budget back.

    Args:
        book: the budget.
        indent: how far to indent; None for one line.

    >>> to_json(Budget(year=2024))
    '{"version": 1, "year": 2024}'
    """
    data = {"version": VERSION, **_converter().unstructure(book, Budget)}
    return json.dumps(data, ensure_ascii=False, indent=indent)


def from_json(text: str | bytes) -> Budget:
    """The budget that :func:`to_json` wrote（由 JSON 还原预算）.

    Raises:
        JsonError: not JSON, another version, an unknown or a missing key, or a value that can never be true; the
            message names its path.

    >>> from_json('{"version": 1, "yaer": 2024}')
    Traceback (most recent call last):
        ...
    govbudget.interop.json.JsonError: $.yaer: 未知的键 (unknown key)
    """
    data = _parse(text)
    if not isinstance(data, dict):
        raise JsonError(("$", "应为对象 (must be an object)"))
    version = data.pop("version", None)
    if version != VERSION or isinstance(version, bool):
        raise JsonError(("$.version", f"应为 {VERSION}，不能是 {version!r} (must be {VERSION})"))
    try:
        return _converter().structure(data, Budget)
    except (ClassValidationError, IterableValidationError) as error:
        problems = [*_problems(error)]
    raise JsonError(*problems)  # without the error of cattrs behind it, which other processes could not be told of


def json_schema() -> dict[str, Any]:
    """The JSON Schema, draft 2020-12, of what :func:`to_json` writes（预算 JSON 的模式）.

    It is the file ``budget.schema.json`` of this package; :func:`from_json` refuses all that it refuses, and more.

    >>> json_schema()["properties"]["year"]
    {'anyOf': [{'type': 'integer'}, {'type': 'null'}]}
    """
    text = resources.files("govbudget.interop").joinpath("budget.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _parse(text: str | bytes) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except JsonError:
        raise
    except (ValueError, RecursionError) as error:
        raise JsonError(("$", f"不是 JSON (not JSON: {error})")) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise JsonError(("$", f"键 {twice!r} 重复 (the key stands twice)"))
    return found


def _no_constant(name: str) -> Any:
    raise JsonError(("$", f"不是 JSON 的数：{name} (no number of JSON)"))


# ---------------------------------------------------------------- the converter


@cache
def _converter() -> Converter:
    """Strict both ways: nothing is coerced, so that 3.9 never becomes 3, nor None the text 'None'."""
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _integer)
    converter.register_structure_hook(bool, _truth)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _tuple(kind, converter))
    converter.register_structure_hook_factory(attrs.has, lambda kind: _class(kind, converter))
    converter.register_unstructure_hook_factory(
        attrs.has, lambda kind: make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True)
    )
    converter.register_unstructure_hook(
        Place, lambda place: converter.unstructure(PlaceInJson(place.sheet, place.cell))
    )
    converter.register_structure_hook(Place, lambda data, _: _place(converter.structure(data, PlaceInJson)))
    converter.register_unstructure_hook(Places, lambda places: [converter.unstructure(place) for place in places])
    converter.register_structure_hook(Places, lambda data, _: converter.structure(data, tuple[Place, ...]))
    converter.register_unstructure_hook(
        PerformanceIndicator, lambda one: converter.unstructure(_flat(one), IndicatorInJson)
    )
    converter.register_structure_hook(
        PerformanceIndicator, lambda data, _: _indicator(converter.structure(data, IndicatorInJson))
    )
    return converter


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _refuse(value: object, wanted: str, english: str) -> ValueError:
    return ValueError(f"应为{wanted}，不能是 {value!r} (must be {english})")


def _text(value: object, kind: Any) -> object:
    """A text; or a member of an enum of texts, for which cattrs takes the hook of its base."""
    if not isinstance(value, str):
        raise _refuse(value, "文字", "a text")
    if kind is str:
        return value
    members = {member.value: member for member in kind}
    if value not in members:
        raise _refuse(value, "、".join(members), f"one of {', '.join(members)}")
    return members[value]


def _integer(value: object, _: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refuse(value, "整数", "an integer")
    return value


def _truth(value: object, _: object) -> bool:
    if not isinstance(value, bool):
        raise _refuse(value, " true 或 false", "true or false")
    return value


def _decimal(value: object, _: object) -> Decimal:
    wanted = '写成文字的数，如 "1658.00"', 'a number written as text, such as "1658.00"'
    if not isinstance(value, str):
        raise _refuse(value, *wanted)
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise _refuse(value, *wanted) from None
    if not number.is_finite():
        raise _refuse(value, *wanted)
    return number


def _tuple(kind: Any, converter: Converter) -> Callable[[object, object], tuple[Any, ...]]:
    kinds = get_args(kind)
    as_list: Any = GenericAlias(list, kinds[0])

    def structure(value: object, _: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _refuse(value, "数组", "an array")
        if Ellipsis in kinds:
            return tuple(converter.structure(value, as_list))
        if len(value) != len(kinds):
            raise _refuse(value, f" {len(kinds)} 项的数组", f"an array of {len(kinds)}")
        return tuple(converter.structure(item, kind) for item, kind in zip(value, kinds))

    return structure


def _class(kind: type[attrs.AttrsInstance], converter: Converter) -> Callable[[object, object], object]:
    from_dict = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)

    def structure(value: object, _: object) -> object:
        if not isinstance(value, dict):
            raise _refuse(value, "对象", "an object")
        return from_dict(value, kind)

    return structure


def _flat(one: PerformanceIndicator) -> IndicatorInJson:
    fields = {field.name: getattr(one, field.name) for field in attrs.fields(IndicatorInJson)}
    return IndicatorInJson(**{**fields, "value": None if one.value is None else one.value_text})


def _indicator(flat: IndicatorInJson) -> PerformanceIndicator:
    return PerformanceIndicator(**{field.name: getattr(flat, field.name) for field in attrs.fields(IndicatorInJson)})


def _place(named: PlaceInJson) -> Place:
    return Place(named.sheet, named.cell)


def _problems(error: BaseException, path: str = "$") -> Iterator[tuple[str, str]]:
    """The path and the reason of everything that a structuring error gathered."""
    if isinstance(error, ClassValidationError):
        named, others = error.group_exceptions()
        for inner, note in named:
            yield from _problems(inner, f"{path}.{note.name}")
    elif isinstance(error, IterableValidationError):
        indexed, others = error.group_exceptions()
        for inner, place in indexed:
            yield from _problems(inner, f"{path}[{place.index}]")
    elif isinstance(error, ForbiddenExtraKeysError):
        others = []
        for key in sorted(error.extra_fields):
            yield f"{path}.{key}", "未知的键 (unknown key)"
    elif isinstance(error, KeyError):
        others = []
        yield path, "缺少 (missing)"
    else:
        others = []
        yield path, str(error)
    for inner in others:
        yield from _problems(inner, path)
