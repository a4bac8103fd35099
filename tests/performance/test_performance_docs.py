from __future__ import annotations

from pathlib import Path

import govbudget.performance as room

DOCS = Path(__file__).parents[2] / "docs" / "performance.md"


def test_every_export_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name in room.__all__:
        assert f"`{name}`" in text, name
        assert name == "Actual" or getattr(room, name).__doc__, name
    assert room.__all__ == sorted(room.__all__, key=lambda name: (name[0].islower(), name))
