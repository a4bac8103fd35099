"""The room as a whole: exports, documentation, data, imports, speed."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from tests.scripts import script

import govbudget.classification as room
from govbudget.classification import codes, editions, names, subjects

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT.parent / "shared/catalogue"


def test_exports_are_sorted_and_documented() -> None:
    assert list(room.__all__) == sorted(room.__all__)
    for name in room.__all__:
        if name != "Status":
            assert re.search(r"[\u4e00-\u9fff]", getattr(room, name).__doc__ or ""), name


def test_public_members_are_documented() -> None:
    for owner in (room.Catalogue, room.Subject, room.Changes):
        for name, member in vars(owner).items():
            if not name.startswith("_") and (callable(member) or isinstance(member, property)):
                assert member.__doc__, f"{owner.__name__}.{name}"


@pytest.mark.parametrize("module", [room, codes, names])
def test_doctests(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0 and result.failed == 0


def test_the_documented_numbers_are_the_computed_ones() -> None:
    text = (ROOT / "docs/subjects.md").read_text(encoding="utf-8")
    block = text.split("<!-- coverage -->")[1].split("<!-- /coverage -->")[0]
    printed = re.findall(r"\| (\d{4}) \| \S+ (\w+) \| (\d+) \| (\d+) \| (\d+) \|", block)
    computed = [
        (str(year), str(kind), *map(str, counts.values()))
        for year in editions()
        for kind, counts in subjects(year).coverage().items()
    ]
    assert printed == computed


def test_every_table_has_a_source_note() -> None:
    data = Path(room.__file__).parent / "data"
    notes = (data / "SOURCES.md").read_text(encoding="utf-8")
    assert {path.name for path in data.glob("*.tsv")} == set(re.findall(r"^\| `(\w+\.tsv)`", notes, re.MULTILINE))


@pytest.mark.skipif(not RAW.exists(), reason="the raw tables are not beside the repository")
def test_the_script_makes_the_committed_tables(tmp_path: Path) -> None:
    script("build_subjects").main(RAW, tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    data = Path(room.__file__).parent / "data"
    assert made == {path.name: path.read_bytes() for path in data.glob("*.tsv")}


def test_import_is_light() -> None:
    heavy = ("openpyxl", "pandas", "pypinyin", "hypothesis")
    code = f"import sys, govbudget.classification; print([m for m in {heavy!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_speed_is_of_the_promised_order() -> None:
    """Ten times the promise, so that a slow machine does not fail; benchmarks measure it properly."""
    code = (
        "import time, govbudget.classification as s; t = time.perf_counter(); s.subjects(2024); "
        "print(time.perf_counter() - t)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(shown.stdout) < 0.15
    catalogue = subjects(2024)
    catalogue["2010301"]
    start = time.perf_counter()
    for _ in range(10_000):
        catalogue["2010301"]
    assert (time.perf_counter() - start) / 10_000 < 10e-6
