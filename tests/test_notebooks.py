"""The example notebooks run from top to bottom, and are kept without outputs."""

from __future__ import annotations

import re
from pathlib import Path

import nbclient
import nbformat
import pytest

from govbudget import read

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
EXTRAS = re.compile(r"pip install 'govbudget\[([a-z,]+)\]'")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert EXTRAS.search(notebook.cells[0].source), "the first cell names the extras"
    assert not any(cell.get("outputs") for cell in notebook.cells), "kept without outputs"
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert all(output.get("name") != "stderr" for output in shown), shown


def test_the_data_are_told_and_read_as_what_they_are() -> None:
    told = (EXAMPLES / "data/README.md").read_text(encoding="utf-8")
    for path in sorted((EXAMPLES / "data").glob("*.xlsx")):
        book = read(path)
        assert f"`{path.name}`" in told
        assert book.agency
        assert book.agency.name in told or book.agency.name.removeprefix("随州市") in told
        assert not any(printed.target.goal for printed in book.targets)
        texts = [text for printed in book.targets for _, text in printed.target.head]
        texts += [one.name for printed in book.targets for one in printed.target.indicators]
        assert max(map(len, texts)) <= 24
