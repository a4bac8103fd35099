"""Fiscal Data Packages: valid by the published profile, and their measures add up."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import frictionless
import pytest
from hypothesis import HealthCheck, given, settings
from tests.effort import examples

from govbudget import Budget, Unit, WriteError, write_fiscal_package
from govbudget.demo import demo_budget
from govbudget.strategies import balanced_budgets

PROFILE = Path(__file__).resolve().parents[1] / "data/fiscal-data-package.json"


def errors(package: Path, **changed: Any) -> list[str]:
    """What frictionless finds wrong with a package and the data of its files, by the published profile."""
    descriptor = {**json.loads(package.read_text(encoding="utf-8")), **changed}
    assert descriptor["profile"] == "fiscal-data-package"
    with frictionless.system.use_context(trusted=True):
        try:
            found = frictionless.Package.from_descriptor(
                {**descriptor, "profile": str(PROFILE)}, basepath=str(package.parent)
            )
        except frictionless.FrictionlessException as error:
            return [str(reason) for reason in error.reasons]
        return [str(row) for row in found.validate().flatten(["type", "message"])]


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with package.with_name(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def amount(package: Path, name: str) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows(package, name)), Decimal(0))


def test_a_real_budget(tmp_path: Path) -> None:
    package = write_fiscal_package(demo_budget(), tmp_path / "out")
    assert errors(package) == []
    descriptor = json.loads(package.read_text(encoding="utf-8"))
    measures = descriptor["model"]["measures"]
    assert {(one["direction"], one["phase"], one["currency"]) for one in measures.values()} == {
        ("expenditure", "approved", "CNY"),
        ("revenue", "approved", "CNY"),
    }
    assert set(measures) == {"expenditure", "basic_expenditure", "project_expenditure", "revenue"}
    assert descriptor["model"]["dimensions"]["expenditure_function"]["classificationType"] == "functional"
    assert amount(package, "expenditure") == amount(package, "revenue") == Decimal("9501900")
    assert amount(package, "project_expenditure") == Decimal("4345500")
    assert len(rows(package, "facts")) == len(demo_budget().facts)


@given(balanced_budgets("sichuan", decimals=2, unit=Unit.YUAN))
@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_budget(tmp_path: Path, book: Budget) -> None:
    package = write_fiscal_package(book, tmp_path)
    assert errors(package) == []
    total = next(fact.yuan for fact in book.facts if fact.name == "支出总计")
    assert amount(package, "expenditure") == total
    assert all(row["agency"] and row["nature"] for row in rows(package, "expenditure"))


def test_a_package_that_breaks_the_profile_is_found(tmp_path: Path) -> None:
    package = write_fiscal_package(demo_budget(), tmp_path)
    model = json.loads(package.read_text(encoding="utf-8"))["model"]
    model["measures"]["expenditure"]["direction"] = "sideways"
    assert any("sideways" in error for error in errors(package, model=model))
    path = package.with_name("expenditure.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("2727900.00", "many"), encoding="utf-8")
    assert any("type-error" in error for error in errors(package))


def test_what_a_budget_does_not_print_has_no_measure(tmp_path: Path) -> None:
    package = write_fiscal_package(Budget(year=2024), tmp_path)
    assert errors(package) == []
    assert json.loads(package.read_text(encoding="utf-8"))["model"]["measures"] == {}


def test_a_package_needs_a_year_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="年度"):
        write_fiscal_package(attrs.evolve(demo_budget(), year=None), tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match="file"):
        write_fiscal_package(demo_budget(), tmp_path / "file")
