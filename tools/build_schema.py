"""Makes src/govbudget/interop/budget.schema.json, the JSON Schema of ``to_json``（预算 JSON 的模式）, from the model.

python tools/build_schema.py [src/govbudget/interop/budget.schema.json]
"""

from __future__ import annotations

import inspect
import json
import sys
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from govbudget.cells import Place, Places
from govbudget.interop.json import VERSION, IndicatorInJson, PlaceInJson
from govbudget.model import COSTS, FUNDS, NATURES, ORIGINS, SIDES, Budget, Coordinate
from govbudget.performance import PerformanceIndicator

TARGET = Path(__file__).resolve().parents[1] / "src/govbudget/interop/budget.schema.json"
DECIMAL = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?$"}
PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Decimal: DECIMAL,
}
IN_JSON: dict[Any, Any] = {PerformanceIndicator: IndicatorInJson, Place: PlaceInJson, Places: tuple[Place, ...]}
MEMBERS = {"side": SIDES, "fund": FUNDS, "nature": NATURES, "cost": COSTS, "origin": ORIGINS}


def schema() -> dict[str, Any]:
    """The schema of a budget in JSON."""
    definitions: dict[str, Any] = {}
    budget = _class(Budget, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:govbudget:budget:{VERSION}",
        "title": "部门预算 A department budget",
        **budget,
        "required": ["version", *budget["required"]],
        "properties": {"version": {"const": VERSION}, **budget["properties"]},
        "$defs": dict(sorted(definitions.items())),
    }


def _class(kind: type[attrs.AttrsInstance], definitions: dict[str, Any]) -> dict[str, Any]:
    attrs.resolve_types(kind)
    fields = attrs.fields(kind)
    properties = {field.name: _type(field.type, definitions) for field in fields}
    if kind is Coordinate:
        properties |= {name: {"enum": [None, *sorted(members)]} for name, members in MEMBERS.items()}
    return {
        "description": (inspect.getdoc(kind) or "").splitlines()[0],
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.default is attrs.NOTHING],
        "properties": properties,
    }


def _type(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    kind = IN_JSON.get(kind, kind)
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) in (Union, UnionType):
        return {"anyOf": [_type(one, definitions) for one in get_args(kind)]}
    if get_origin(kind) is tuple:
        items = get_args(kind)
        if items[-1] is Ellipsis:
            return {"type": "array", "items": _type(items[0], definitions)}
        return {
            "type": "array",
            "prefixItems": [_type(one, definitions) for one in items],
            "minItems": len(items),
            "maxItems": len(items),
        }
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _class(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}


def text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def main(target: str | Path = TARGET) -> None:
    """Write the schema."""
    Path(target).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
