"""What ``govbudget`` exports."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys

import pytest

import govbudget

CHINESE = range(0x4E00, 0x9FFF)
PACKAGES = sorted(
    f"govbudget.{module.name}" for module in pkgutil.iter_modules(govbudget.__path__) if module.name != "__main__"
)


def test_exports_are_sorted() -> None:
    names = [name for name in govbudget.__all__ if not name.startswith("__")]
    assert names == sorted(names)
    assert set(govbudget.__all__) == set(dir(govbudget))


@pytest.mark.parametrize("name", [name for name in govbudget.__all__ if not name.startswith("__")])
def test_every_export_is_documented_in_both_languages(name: str) -> None:
    found = getattr(govbudget, name)
    documentation = inspect.getdoc(found) or ""
    assert any(ord(letter) in CHINESE for letter in documentation), name
    assert any(letter.isascii() and letter.isalpha() for letter in documentation), name


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonesuch"):
        govbudget.nonesuch  # noqa: B018


@pytest.mark.parametrize("first", ["read", "Budget", "FunctionSubject", "subjects"])
def test_names_mean_the_same_in_whatever_order_they_are_used(first: str) -> None:
    code = (
        f"import govbudget as gb; gb.{first}; assert gb.subjects(2024).year == 2024;"
        "import govbudget.classification as room; assert room.subjects(2019) is room.subjects(2019);"
        "assert room.load_subjects is gb.load_subjects; assert gb.subjects(2019) is room.subjects(2019)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", PACKAGES)
def test_every_room_says_what_it_exports(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for export in module.__all__ if hasattr(module, "__all__") else ():
        assert hasattr(module, export), export


@pytest.mark.parametrize(
    "error",
    [getattr(govbudget, name) for name in govbudget.__all__ if name.endswith("Error")],
    ids=lambda one: one.__name__,
)
def test_every_error_has_one_root(error: type[Exception]) -> None:
    assert issubclass(error, govbudget.GovBudgetError)
