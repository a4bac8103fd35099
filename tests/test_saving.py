"""Writing safely: the old file or the new one, nothing that a spreadsheet would run, nobody's name."""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import govbudget as gb
from govbudget.cli import main
from govbudget.errors import WriteError
from govbudget.interop.records import FORMULA, fact_records
from govbudget.saving import save

TABLE = "部门支出总表\n科目编码,科目名称,合计,基本支出\n201,支出,1.00,1.00\n"
BOOK = attrs.evolve(gb.read(TABLE.encode()), family="sichuan")
LINES = re.compile("\r\n?")
FORMULAS = ("=1+1", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "+HYPERLINK(A1)", "\t=1", "\r=1")
BEGINNINGS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", *FORMULAS])
NAMES = st.builds(str.__add__, BEGINNINGS, st.text(max_size=5)) | st.text(max_size=9)


def named(name: str) -> gb.Budget:
    coordinate = gb.Coordinate(year=2024, side="expenditure", agency="甲" + name)
    fact = gb.Fact(Decimal("1.50"), gb.Unit.WAN, "expenditure", name, column=name, coordinate=coordinate)
    return gb.Budget(facts=[fact], agency=gb.Agency("", "某局" + name), year=2024, family="sichuan")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "budget.xlsx"
    BOOK.write(path)
    return path


WRITERS: dict[str, Callable[[Path, Path], object]] = {
    "workbook.xlsx": lambda source, target: BOOK.write(target),
    "other.xlsx": lambda source, target: gb.convert(BOOK, "hubei").write(target),
    "blank.xlsx": lambda source, target: gb.template("hubei", rows=3, projects=1).write(target),
    "marked.xlsx": lambda source, target: BOOK.check().annotate(source, target),
    "narrative.docx": lambda source, target: BOOK.narrative().write(target),
    "narrative.txt": lambda source, target: BOOK.narrative().write(target),
    "report.html": lambda source, target: check(source, target, "html"),
    "report.json": lambda source, target: check(source, target, "json"),
    "report.txt": lambda source, target: check(source, target, "text"),
}


def check(source: Path, target: Path, kind: str) -> None:
    if main(["check", str(source), "--format", kind, "--output", str(target)]) == 2:
        raise WriteError(str(target))


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_broken_off_leaves_the_old_file(
    name: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / name
    target.write_text("旧文件", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError):
        WRITERS[name](source, target)
    assert [path.read_text(encoding="utf-8") for path in folder.iterdir()] == ["旧文件"]
    monkeypatch.undo()
    WRITERS[name](source, target)
    assert [path.name for path in folder.iterdir()] == [name]
    assert target.read_bytes() != "旧文件".encode()


@given(st.binary(max_size=99), st.binary(max_size=99))
def test_a_file_is_what_was_saved_last(tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes) -> None:
    path = tmp_path_factory.mktemp("saved") / "a"
    for data in (old, new):
        save(data, path)
        assert path.read_bytes() == data
    assert [one.name for one in path.parent.iterdir()] == ["a"]


@settings(max_examples=15)
@given(NAMES)
def test_no_text_of_a_workbook_is_a_formula(name: str) -> None:
    stream = io.BytesIO()
    named(name).write(stream)
    for sheet in load_workbook(stream).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert all(cell.quotePrefix for cell in row if str(cell.value)[:1] in "=+-@" and cell.data_type == "s")


@settings(max_examples=15)
@given(NAMES)
def test_any_name_can_be_written(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("named")
    for kind in ("docx", "txt"):
        named(name).narrative().write(folder / f"a.{kind}")
    assert named(name).check().findings is not None
    assert gb.from_json(gb.to_json(named(name))) == named(name)


@given(NAMES)
@example("\0")
@example("\0=1+1")
def test_no_text_of_a_csv_is_a_formula(name: str) -> None:
    records = fact_records(named(name))
    for ending in ("\n", "\r\n"):
        (row,) = csv.DictReader(io.StringIO(records.csv(ending), newline=""))
        (exact,) = records.texts()
        for column, text in row.items():
            said = exact[column].replace("\0", "")
            assert not FORMULA.match(text)
            assert text.removeprefix("'" * bool(FORMULA.match(said))) == LINES.sub("\n", said)


def test_what_is_no_formula_stands_as_it_is() -> None:
    for text in ("=", "-", "-12.50", "+1.5%", "-其中", "≥", "1-3(含)", ""):
        assert not FORMULA.match(text)
    for text in FORMULAS:
        assert FORMULA.match(text)


@pytest.mark.parametrize("name", ["workbook.xlsx", "other.xlsx", "blank.xlsx", "narrative.docx"])
def test_a_document_names_nobody(name: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "zhangsan")
    monkeypatch.setenv("LOGNAME", "zhangsan")
    target = tmp_path / name
    WRITERS[name](source, target)
    with zipfile.ZipFile(target) as archive:
        core = archive.read("docProps/core.xml").decode()
        app = archive.read("docProps/app.xml").decode()
    assert "<dc:creator>govbudget<" in core.replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', "")
    assert "lastModifiedBy>" not in core and "generated by" not in core
    for tag in ("Company", "Manager", "HyperlinkBase"):
        assert f"<{tag}>" not in app or f"<{tag}></{tag}>" in app
    assert "zhangsan" not in core + app
