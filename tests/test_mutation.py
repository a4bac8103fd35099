"""The tool that measures the tests: what it changes, what it leaves alone, and what counts as noticed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from tests.scripts import script

CODE = '''\
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import decimal


def share(part: int | None, whole: int = 1, *, least: int = 0) -> float | None:
    """The share of 1 in 2."""
    if part and whole > least:
        return part / whole
    return None
'''


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return script("mutation")


def test_changes_are_of_what_runs_and_of_nothing_else(tool: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "share.py"
    path.write_text(CODE, encoding="utf-8")
    changes = {
        line.strip("+ ") for one in tool.mutants(path) for line in one.changed() if line.lstrip().startswith("+")
    }
    assert {" ".join(change.split()) for change in changes} == {
        "def share(part: int | None, whole: int = 2, *, least: int = 0) -> float | None:",
        "def share(part: int | None, whole: int = 0, *, least: int = 0) -> float | None:",
        "def share(part: int | None, whole: int = 1, *, least: int = 1) -> float | None:",
        "def share(part: int | None, whole: int = 1, *, least: int = -1) -> float | None:",
        "if part or whole > least:",
        "if part and whole >= least:",
        "if part and whole <= least:",
        "if not part and whole > least:",
        "return part * whole",
    }


def test_what_fails_crashes_or_does_not_end_is_told_from_what_is_well(tool: ModuleType) -> None:
    assert tool._apart(lambda: 0, timeout=10) == 0
    assert tool._apart(lambda: 3, timeout=10) == 3
    assert tool._apart(lambda: int("x"), timeout=10) == 1
    assert tool._apart(lambda: time.sleep(60), timeout=0.1) < 0


@pytest.mark.skipif("GOVBUDGET_WHEEL" in os.environ, reason="beside the wheel there are no modules to change")
def test_nothing_imports_what_is_changed_before_the_forks(root: Path) -> None:
    """Hypothesis would, of itself: the package tells it of its classes."""
    command = [sys.executable, "tools/mutation.py", "src/govbudget/amounts.py", "--tests", "tests/test_amounts.py"]
    told = subprocess.run([*command, "--sample", "1"], cwd=root, capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stderr
    assert "of 1 of" in told.stdout


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"), [(80, 100, 0.711, 0.867), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0)]
)
def test_the_interval_is_wilsons(tool: ModuleType, hits: int, trials: int, low: float, high: float) -> None:
    assert [round(end, 3) for end in tool.interval(hits, trials)] == [low, high]
