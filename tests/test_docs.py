"""The documentation site: every page runs and is in the navigation, every public name has its place."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import govbudget

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
RUNNING = [path for path in PAGES if ">>> " in path.read_text(encoding="utf-8")]
ROOMS = (
    "checks",
    "classification",
    "performance",
    "writing",
    "conversion",
    "templates",
    "dataset",
    "narrative",
    "report",
    "strategies",
)
ENTRY = re.compile(r"^::: govbudget\.([\w.]+)$", re.MULTILINE)


def entries() -> list[str]:
    return [name for path in (DOCS / "reference").glob("*.md") for name in ENTRY.findall(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", RUNNING, ids=lambda path: str(path.relative_to(DOCS)))
def test_every_block_runs(path: Path, demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    shutil.copy(demo_file, tmp_path / "out")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    result = doctest.testfile(
        str(path), module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert result.attempted
    assert result.failed == 0


@pytest.mark.parametrize("name", [name for name in govbudget.__all__ if not name.startswith("__")])
def test_every_public_name_has_its_place_in_the_reference(name: str) -> None:
    """Under its own name, or that of the room that it comes from."""
    homes = {name, *(f"{room}.{name}" for room in ROOMS)}
    assert homes & set(entries())


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_of_a_room_has_its_place_in_the_reference(room: str) -> None:
    for name in importlib.import_module(f"govbudget.{room}").__all__:
        assert {name, f"{room}.{name}"} & set(entries()), name


def test_every_entry_of_the_reference_is_a_name() -> None:
    for entry in entries():
        *rooms, name = f"govbudget.{entry}".split(".")
        assert hasattr(importlib.import_module(".".join(rooms)), name), entry


def test_every_law_is_tried_by_a_property() -> None:
    laws = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (DOCS / "explanation/laws.md").read_text(encoding="utf-8"))
    assert len(laws) > 30
    for file, name in laws:
        nodes = {getattr(node, "name", ""): node for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body}
        found = nodes.get(name)
        if isinstance(found, ast.FunctionDef):
            assert any(ast.unparse(one).startswith("given(") for one in found.decorator_list), name
        else:
            assert isinstance(found, ast.ClassDef) and "RuleBasedStateMachine" in map(ast.unparse, found.bases), name


def test_every_notebook_and_example_is_told() -> None:
    text = (DOCS / "tutorial/notebooks.md").read_text(encoding="utf-8")
    for path in (*(ROOT / "examples").glob("*.ipynb"), *(ROOT / "examples").glob("*.py")):
        assert f"`{path.name}`" in text, path.name


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "site/reference/budget.html").read_text(encoding="utf-8")
    assert 'id="govbudget.read"' in page
    assert ":meth:" not in page
    assert 'class="gp"' in (tmp_path / "site/reference/interop.html").read_text(encoding="utf-8")
