"""The measures of ``make bench``: ratios that say by themselves whether they hold."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from benchmarks import __main__ as bench
from benchmarks.timing import Ratio, take_turns


@pytest.mark.parametrize(
    ("most", "least", "holds"),
    [(None, None, None), (0.5, None, True), (0.4, None, False), (None, 0.5, True), (None, 0.6, False)],
)
def test_a_ratio_says_whether_it_holds(most: float | None, least: float | None, holds: bool | None) -> None:
    assert Ratio("group", "one", "other", 1.0, 2.0, "s", most, least).holds is holds


def test_what_is_compared_takes_turns() -> None:
    called: list[str] = []
    best = take_turns({"a": lambda: called.append("a"), "b": lambda: called.append("b")}, 3)
    assert called == ["a", "b"] * 3
    assert set(best) == {"a", "b"}


def test_the_bench_prints_its_ratios_and_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["bench", "import"])
    assert bench.main() == 0, "import govbudget takes at most 1.5 times import attrs, cattrs"
    assert "import attrs, cattrs" in capsys.readouterr().out
    kept = json.loads((tmp_path / "out/bench.json").read_text(encoding="utf-8"))
    assert [one["holds"] for one in kept["ratios"]] == [True]
