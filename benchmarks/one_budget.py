"""One budget: reading, checking and writing against the libraries that only load or save cells."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import openpyxl
import pandas as pd
import pdfplumber
import python_calamine
from tests.looks.books import synthetic_books

import govbudget as gb
from benchmarks.timing import Ratio, in_child, take_turns

__all__ = ["imports", "pdf", "reading", "writing"]

IMPORT = "import time; start = time.process_time(); import {}; print(time.process_time() - start)"


def budgets() -> dict[str, bytes]:
    """A real budget of 12 forms, and a generated one of 14."""
    real = resources.files("govbudget.data").joinpath("dazhou_2024.xlsx").read_bytes()
    return {"real, 12 forms": real, "generated, 14 forms": synthetic_books()[0].data}


def by_calamine(data: bytes) -> object:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        return [workbook.get_sheet_by_index(at).to_python() for at in range(len(workbook.sheet_names))]


def by_openpyxl(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def reading() -> Iterator[Ratio]:
    """Reading and checking a workbook."""
    for name, data in budgets().items():
        yield from _reading(name, data)


def _reading(name: str, data: bytes) -> Iterator[Ratio]:
    book = gb.read(data)
    best = take_turns(
        {
            "calamine": lambda: by_calamine(data),
            "openpyxl": lambda: by_openpyxl(data),
            "pandas over openpyxl": lambda: pd.read_excel(io.BytesIO(data), sheet_name=None, engine="openpyxl"),
            "read": lambda: gb.read(data),
            "check": lambda: book.check(),
            "read and check": lambda: gb.read(data).check(),
        },
        9,
    )
    targets = {("read and check", "openpyxl"): 0.5, ("read and check", "calamine"): 6.0}
    for action in ("read", "check", "read and check"):
        for other in ("calamine", "openpyxl", "pandas over openpyxl"):
            yield Ratio(name, action, other, best[action] * 1e3, best[other] * 1e3, "ms", targets.get((action, other)))


def writing() -> Iterator[Ratio]:
    """Writing a workbook, against openpyxl writing the same values without any look."""
    for name, data in budgets().items():
        yield _writing(name, gb.read(data))


def _writing(name: str, book: gb.Budget) -> Ratio:
    written = io.BytesIO()
    book.write(written)
    values: dict[str, list[list[object]]] = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in by_openpyxl(written.getvalue()).worksheets
    }
    best = take_turns({"write": lambda: book.write(io.BytesIO()), "openpyxl": lambda: _save(values)}, 5)
    return Ratio(name, "write", "openpyxl, values only", best["write"] * 1e3, best["openpyxl"] * 1e3, "ms")


def _save(values: dict[str, list[list[object]]]) -> None:
    workbook = openpyxl.Workbook()
    for title, rows in values.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(io.BytesIO())


def pdf() -> Iterator[Ratio]:
    """Reading a PDF, against pdfplumber finding the tables of all pages; needs LibreOffice to print one."""
    office = shutil.which("soffice")
    if office is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "budget.xlsx"
        source.write_bytes(budgets()["real, 12 forms"])
        subprocess.run(
            [office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf", source.name],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        data = source.with_suffix(".pdf").read_bytes()
    best = take_turns({"read": lambda: gb.read(data), "pdfplumber": lambda: _tables(data)}, 3)
    yield Ratio("PDF", "read", "pdfplumber, all tables", best["read"] * 1e3, best["pdfplumber"] * 1e3, "ms")


def _tables(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


def imports() -> Iterator[Ratio]:
    """Importing the library, against importing what its classes are made of."""
    best = dict.fromkeys(("govbudget", "attrs, cattrs"), float("inf"))
    for _ in range(9):
        for modules in best:
            best[modules] = min(best[modules], float(in_child(IMPORT.format(modules))))
    ours, theirs = (seconds * 1e3 for seconds in best.values())
    yield Ratio("import", "import govbudget", "import attrs, cattrs", ours, theirs, "ms", most=1.5)
