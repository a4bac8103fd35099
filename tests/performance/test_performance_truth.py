"""Agreement with published documents, where the checked transcriptions of them are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govbudget.performance import parse_indicator

BOOKS = sorted((Path(__file__).parents[3] / "shared" / "workbooks").glob("*.truth.json"))


@pytest.mark.skipif(not BOOKS, reason="the transcriptions are not at hand")
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name.split(".")[0])
def test_every_printed_indicator(book: Path) -> None:
    data = json.loads(book.read_text(encoding="utf-8"))
    rows = [row for row in (data if isinstance(data, list) else data["rows"]) if row.get("kind") == "indicator"]
    assert rows
    for row in rows:
        found = parse_indicator(
            row["level3"],
            row["level1"],
            row["level2"],
            row.get("operator_printed", row["operator"]),
            row["value"],
            row["unit"],
            row["weight"],
            row["direction"],
        )
        assert found.problems == ()
        assert found.name == row["level3"]
        assert found.operator_text == row["operator"]
        assert found.value_text + found.unit == row["value"] + row["unit"]
        assert found.weight_text == row["weight"]
        assert found.direction_text == row["direction"].removesuffix("指标")
