"""Filled in and computed by LibreOffice（填报后重算）: every formula gives the figure, no alarm rings without cause."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from tests.templates.filling import ALARMS, fill, type_alarms
from tests.templates.truth import Truth, truth

import govbudget as gb
from govbudget.forms.families import families
from govbudget.model import Budget
from govbudget.templates import Template, template

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

FAMILIES = sorted(families())
ROWS = {"hubei": 58}  # whose list of projects holds basic expenditure too
USUAL_ROWS = 30
SEED = 7


def rows_of(family: str) -> int:
    """The rows to fill in of each form."""
    return ROWS.get(family, USUAL_ROWS)


def convert(files: list[Path], folder: Path, kind: str) -> None:
    """Open files in LibreOffice, compute them, and save them."""
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


class Office:
    """The workbooks of all families: blank, filled in, and filled in with a mistake, all computed in one go."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about: dict[str, list[str]] = {}
        self.truths: dict[str, Truth] = {}
        (folder / "in").mkdir()
        for family in FAMILIES:
            own = template(family, year=2026, agency="某市数据局", rows=rows_of(family), projects=1)
            template(family, year=2026, rows=8).write(folder / "in" / f"{family}-blank.xlsx")
            self.truths[family] = truth(SEED, family)
            self._save(family, own, "filled", lambda book: None)
        self._save("sichuan", template("sichuan", year=2026, rows=USUAL_ROWS, projects=1), "wrong", spoil)
        convert(sorted((folder / "in").iterdir()), folder, "xlsx")

    def _save(self, family: str, own: Template, name: str, change: Callable[[openpyxl.Workbook], None]) -> None:
        book = fill(own, truth(SEED, family), rows_of(family))
        change(book)
        self.about[f"{family}-{name}"] = type_alarms(book, own)
        book.save(self.folder / "in" / f"{family}-{name}.xlsx")

    def read(self, name: str) -> Budget:
        """A computed workbook as a budget."""
        return gb.read(self.folder / f"{name}.xlsx")

    def ringing(self, name: str) -> list[str]:
        """The alarms that ring."""
        workbook = python_calamine.CalamineWorkbook.from_path(str(self.folder / f"{name}.xlsx"))
        values = [row[0] for row in workbook.get_sheet_by_name(ALARMS).to_python(skip_empty_area=False)[1:]]
        assert len(values) == len(self.about[name])
        assert set(values) <= {True, False}
        return [text for text, value in zip(self.about[name], values) if value]


def spoil(book: openpyxl.Workbook) -> None:
    """What people get wrong: a total typed over, a number as text, a code that is none, weights that do not add up."""
    book["表1"]["B11"] = 12345.67  # 其他收入, no longer what 部门收入总表 says
    book["表1-2"]["G9"] = "一百"
    book["表1-2"]["A9"], book["表1-2"]["B9"], book["表1-2"]["C9"] = "201", "99", "77"
    targets = book["表6"]
    for row in range(5, 9):
        targets.cell(row, 7).value, targets.cell(row, 11).value = f"指标{row}", 20
        targets.cell(row, 8).value, targets.cell(row, 12).value = "≤", "正向指标"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_blank_workbook_opens_and_is_still_blank(office: Office, family: str) -> None:
    book = office.read(f"{family}-blank")
    assert (book.family, book.year, book.facts, book.unread) == (family, 2026, (), ())
    assert list(dict.fromkeys(form.id for form in book.forms)) == list(template(family).forms)
    assert book.check().errors == ()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_formula_gives_the_figure(office: Office, family: str) -> None:
    book, figures = office.read(f"{family}-filled"), office.truths[family]
    assert (book.family, book.unread, book.remarks) == (family, (), ())
    assert len(book.facts) > 150
    for fact in book.facts:
        assert fact.amount == figures.on(fact.form, fact.coordinate), (fact.place, fact.name, fact.column)
    assert book.check().errors == ()


@pytest.mark.parametrize("family", FAMILIES)
def test_no_alarm_rings_on_a_budget_that_is_right(office: Office, family: str) -> None:
    assert office.ringing(f"{family}-filled") == []


def test_alarms_ring_on_what_is_wrong(office: Office) -> None:
    rung = {text.split()[0] for text in office.ringing("sichuan-wrong")}
    assert "表1!D36" in rung  # 支出总计 is no longer 收入总计
    assert {"表1-2!G9", "表1-2!A9", "表1-2!B9", "表1-2!C9"} <= rung
    assert {"表6!K5", "表6!L5", "表6!L8"} <= rung
    assert any(text.startswith("填报说明!") for text in rung)
