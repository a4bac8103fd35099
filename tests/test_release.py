"""What is released: one version, what the archives hold, and where the library under test comes from."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

import govbudget
from govbudget.checks import registered
from govbudget.dataset.parts import VERSION as DATASET
from govbudget.interop.json import VERSION as JSON

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CHANGES = re.compile(r"^## \[([^]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$", re.MULTILINE)
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)").fullmatch
KEPT = ("src/", "tests/", "benchmarks/", "docs/", "examples/", "tools/", "LICENSE", "Makefile", "mkdocs.yml")


def number(version: str) -> tuple[int, ...]:
    found = VERSION(version)
    assert found, f"{version} is no semantic version"
    return tuple(map(int, found.groups()))


def test_the_changelog_leads_to_the_version(root: Path) -> None:
    """What is not released yet stands above the releases, and the version of the source is beyond them."""
    headings = CHANGES.findall((root / "CHANGELOG.md").read_text(encoding="utf-8"))
    released = [number(version) for version, _ in headings if version != "Unreleased"]
    assert released == sorted(set(released), reverse=True)
    assert all(date for version, date in headings if version != "Unreleased")
    now = number(govbudget.__version__)
    if headings[0][0] == "Unreleased":
        assert not released or now > released[0]
    else:
        assert now == released[0]


def test_no_rule_is_of_a_later_version() -> None:
    assert all(number(rule.since) <= number(govbudget.__version__) for rule in registered())


def test_the_promise_names_the_formats_as_they_are(root: Path) -> None:
    text = (root / "docs/explanation/stability.md").read_text(encoding="utf-8")
    library, layout = DATASET.split("/")
    assert library == govbudget.__version__
    assert f"| JSON (`gb.to_json`) | `version` | {JSON} |" in text
    assert f"| Parquet (`gb.corpus`) | `documents.version` | {layout} |" in text


def test_the_pythons_that_are_named_are_the_pythons_that_are_tested(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [one.rpartition(" ")[2] for one in project["classifiers"] if re.search(r":: 3\.\d+$", one)]
    assert project["requires-python"] == f">={named[0]}"
    pythons = " ".join(f"python{version}" for version in named)
    assert f"PYTHONS ?= {pythons}\n" in (root / "Makefile").read_text(encoding="utf-8")


def test_the_archives_hold_what_is_kept_and_nothing_else(root: Path, tmp_path: Path) -> None:
    """The sdist has the files of the repository, and the wheel that is built of it alone has those of the package."""
    if not (root / ".git").exists():
        pytest.skip("not in a repository")
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    files = subprocess.run(listed, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    there = {name for name in files if name and (root / name).is_file()}
    build = [sys.executable, "-m", "hatchling", "build"]
    subprocess.run([*build, "-t", "sdist", "-d", str(tmp_path)], cwd=root, capture_output=True, check=True)
    top = f"govbudget-{govbudget.__version__}"
    with tarfile.open(tmp_path / f"{top}.tar.gz") as archive:
        packed = {name.removeprefix(f"{top}/") for name in archive.getnames()}
        archive.extractall(tmp_path, filter="data")
    kept = {name for name in there if name.startswith(KEPT) or re.fullmatch(r"[^/]+\.md", name)}
    assert packed == kept | {".gitignore", "PKG-INFO", "pyproject.toml"}

    subprocess.run([*build, "-t", "wheel", "-d", str(tmp_path)], cwd=tmp_path / top, capture_output=True, check=True)
    with zipfile.ZipFile(tmp_path / f"{top}-py3-none-any.whl") as wheel:
        installed = {name for name in wheel.namelist() if not name.startswith(f"{top}.dist-info/")}
    assert installed == {name.removeprefix("src/") for name in there if name.startswith("src/")}


@pytest.mark.skipif("GOVBUDGET_WHEEL" not in os.environ, reason="make release runs the tests against the wheel")
def test_the_library_under_test_is_the_installed_one(root: Path) -> None:
    place = Path(sysconfig.get_path("purelib")) / "govbudget"
    assert not [*(root / "src").rglob("*.py")]
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] == "govbudget":
            assert Path(str(module.__file__)).is_relative_to(place), name
