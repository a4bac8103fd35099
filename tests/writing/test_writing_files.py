"""Files（文件）: exact figures, no formulas, all or nothing, no trace of who wrote them."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from govbudget.amounts import Unit
from govbudget.errors import FamilyError, WriteError
from govbudget.model import Agency, Budget, Coordinate, Fact
from govbudget.reading import read
from govbudget.writing import write
from govbudget.writing.workbook import MAX_TEXT


def book(amount: str = "950.19", name: str = "合计") -> Budget:
    coordinate = Coordinate(year=2024, side="expenditure")
    if name != "合计":
        coordinate = Coordinate(year=2024, side="expenditure", agency=name)
    fact = Fact(Decimal(amount), Unit.WAN, "expenditure", name, coordinate=coordinate)
    return Budget(facts=[fact], agency=Agency("", "某局"), year=2024, family="sichuan")


def parts(written: Budget) -> dict[str, str]:
    buffer = io.BytesIO()
    write(written, buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: unescape(archive.read(name).decode()) for name in archive.namelist()}


@pytest.mark.parametrize("amount", ["950.19", "0.10", "1234567890123.45", "447.48", "0.001", "-12.50", "350"])
def test_a_figure_stands_in_the_file_as_the_exact_decimal(amount: str) -> None:
    sheet = parts(book(amount))["xl/worksheets/sheet2.xml"]
    assert [Decimal(text) for text in re.findall(r"<v>([^<]*)</v>", sheet)] == [Decimal(amount)]
    assert "E" not in "".join(re.findall(r"<v>([^<]*)</v>", sheet))


def test_a_figure_beyond_the_numbers_of_a_spreadsheet_is_written_as_text() -> None:
    amount = "12345678901234567.89"
    assert f"<t>{amount}</t>" in parts(book(amount))["xl/worksheets/sheet2.xml"]
    buffer = io.BytesIO()
    write(book(amount), buffer)
    assert read(buffer.getvalue()).facts[0].amount == Decimal(amount)


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-乙", "@SUM(A1)", "=HYPERLINK(甲)"])
def test_text_is_never_a_formula(name: str) -> None:
    sheet = parts(book(name=name))["xl/worksheets/sheet2.xml"]
    assert "<f>" not in sheet
    assert f"<t>{name}</t>" in sheet


def test_control_characters_do_not_break_the_file() -> None:
    buffer = io.BytesIO()
    write(book(name="甲\x07乙"), buffer)
    assert read(buffer.getvalue()).facts[0].name == "甲乙"


def test_a_text_longer_than_a_cell_is_an_error() -> None:
    with pytest.raises(WriteError, match="表1-2!E6"):
        write(book(name="甲" * (MAX_TEXT + 1)), io.BytesIO())


def test_the_same_budget_gives_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write(book(), first)
    write(book(), second)
    assert first.getvalue() == second.getvalue()


def test_the_file_names_nobody() -> None:
    core = parts(book())["docProps/core.xml"]
    assert re.findall(r"<dc:creator[^>]*>([^<]*)<", core) == ["govbudget"]
    assert "lastModifiedBy" not in core


def test_writing_to_a_path_replaces_the_file(tmp_path: Path) -> None:
    target = tmp_path / "预算.xlsx"
    target.write_bytes(b"old")
    write(book(), target)
    assert read(target).facts[0].amount == Decimal("950.19")
    assert [path.name for path in tmp_path.iterdir()] == ["预算.xlsx"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"old")

    def full(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WriteError, match=r"out\.xlsx"):
        write(book(), target)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


@pytest.mark.parametrize("name", ["missing/out.xlsx", "."])
def test_a_path_that_cannot_be_written_is_a_write_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(WriteError):
        write(book(), tmp_path / name)


def test_a_file_that_is_not_open_for_writing_is_a_write_error(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(b"")
    with path.open("rb") as file, pytest.raises(WriteError):
        write(book(), file)


def test_a_family_must_be_named_and_known() -> None:
    with pytest.raises(FamilyError, match="sichuan"):
        write(Budget(facts=book().facts), io.BytesIO())
    with pytest.raises(FamilyError, match="sichuan"):
        write(book(), io.BytesIO(), family="nowhere")
