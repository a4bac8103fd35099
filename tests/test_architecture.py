"""The direction of imports between the rooms, and the weight of ``import govbudget``."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import govbudget

SOURCE = Path(govbudget.__file__).parent
# Each room may import from those before it.
ROOMS = (
    "errors",
    "making",
    "collecting",
    "saving",
    "classification",
    "amounts",
    "performance",
    "cells",
    "model",
    "forms",
    "narrative",
    "grids",
    "reading",
    "writing",
    "checks",
    "conversion",
    "templates",
    "interop",
    "report",
    "strategies",
    "dataset",
    "demo",
    "cli",
)
# And these know nothing of file formats, although their rooms come later.
STRANGERS = {
    "writing": {"grids", "reading"},
    "checks": {"grids", "reading", "writing"},
    "conversion": {"grids", "reading", "templates"},
    "templates": {"grids", "reading", "conversion"},
    "interop": {"grids", "reading", "writing", "conversion", "templates"},
    "report": {"grids", "reading", "writing", "conversion", "templates"},
}
# The methods of a budget and of a report call the rooms that work on it.
FACADE = {
    ("model", "conversion"),
    ("model", "checks"),
    ("model", "interop"),
    ("model", "narrative"),
    ("model", "reading"),
    ("model", "report"),
    ("model", "writing"),
    ("checks", "interop"),
    ("checks", "report"),
    ("checks", "writing"),
}
HEAVY = ("cattrs", "docx", "hypothesis", "openpyxl", "pandas", "plotly", "polars", "pyarrow", "python_calamine", "rich")
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.parent != SOURCE or not path.stem.startswith("__"))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """The modules of the package that a module imports, with the line, and whether inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = ["govbudget", *path.relative_to(SOURCE).parts[:-1]]
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = [*base, *(node.module or "").split(".")] if node.module else base
            names = [".".join([*module, alias.name]) for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("govbudget."):
                yield name, node.lineno, id(node) in inside


def type_checking_lines(path: Path) -> set[int]:
    """The lines that only a type checker reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    blocks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]
    return {line for block in blocks for line in range(block.lineno, (block.end_lineno or block.lineno) + 1)}


def test_every_module_is_in_a_room() -> None:
    assert {room_of(path) for path in MODULES} <= set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_from_those_before_it(path: Path) -> None:
    room = room_of(path)
    known = set(ROOMS[: ROOMS.index(room) + 1]) - STRANGERS.get(room, set())
    for_types = type_checking_lines(path)
    for name, line, lazy in imports(path):
        other = name.split(".")[1]
        if other not in ROOMS:
            assert name == "govbudget.__version__", f"{path}:{line}: {name} is no room"
        elif other not in known and line not in for_types:
            assert lazy and (room, other) in FACADE, f"{path}:{line}: {room} must not know {other}"


def test_imports_of_govbudget_load_nothing_heavy() -> None:
    code = f"import sys, govbudget; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == []


@pytest.mark.parametrize("name", ["Budget", "Fact", "FunctionSubject", "PerformanceIndicator", "subjects"])
def test_the_model_loads_nothing_heavy(name: str) -> None:
    code = f"import sys, govbudget; govbudget.{name}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == []
