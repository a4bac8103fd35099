"""Hostile files in sizes that are quick to make; ``python -m benchmarks.hostile`` reads them in full size."""

from __future__ import annotations

import io
import time
from itertools import count
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.grids.files import TABLE, tsv, xlsx

import govbudget as gb
from govbudget.errors import OptionError
from govbudget.grids import Limits

from .cases import CASES, READ, pdf, zip_bomb

SMALL = Limits(size=4 << 20, unpacked=16 << 20, cells=1_000_000, filled=400_000)


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_read_or_refused(name: str) -> None:
    case = CASES[name]
    data = case.make(case.small)
    if case.outcome == READ:
        gb.read(data, limits=SMALL).check()
    else:
        with pytest.raises(gb.ReadError, match=case.outcome):
            gb.read(data, limits=SMALL)


def test_what_is_refused_by_a_limit_says_how_to_raise_it() -> None:
    with pytest.raises(gb.ReadError) as caught:
        gb.read(zip_bomb(2), limits=Limits(unpacked=1 << 20))
    assert "unpacked=1,048,576" in caught.value.reason
    assert "govbudget.grids.Limits(unpacked=…)" in caught.value.reason
    assert gb.read(zip_bomb(2), limits=Limits(unpacked=3 << 20)).facts


@pytest.mark.parametrize(
    ("limits", "data"),
    [
        (Limits(size=100), xlsx()),
        (Limits(unpacked=100), xlsx()),
        (Limits(cells=39), xlsx()),
        (Limits(filled=20), xlsx()),
        (Limits(sheets=1), CASES["200 sheets"].make(2)),
        (Limits(pages=2), pdf(b"", 3)),
        (Limits(seconds=1e-9), pdf(b"", 3)),
        (Limits(elements=10), CASES["a .docx of 450,000 paragraphs"].make(20)),
        (Limits(cells=10), CASES["HTML: 1,000 cells of 1,000 × 1,000"].make(1)),
    ],
    ids=lambda given: repr(attrs.asdict(given)) if isinstance(given, Limits) else "",
)
def test_every_limit_can_be_set(limits: Limits, data: bytes) -> None:
    name = next(name for name, most in attrs.asdict(limits).items() if most != getattr(Limits(), name))
    with pytest.raises(gb.ReadError, match=f"{name}="):
        gb.read(data, limits=limits)


def test_the_time_that_other_programs_take_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count(0.0, 1000.0)
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    assert gb.read(pdf(b"", 3)).forms == ()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("a cell at XFD1048576", "部门支出总表!XFD1048576"),
        (".xls: a cell at IV65536", "表2!IV65536"),
        (".xlsb: a cell at XFD1048576", "表1!XFD1048576"),
    ],
)
def test_a_cell_that_is_too_far_is_named(name: str, place: str) -> None:
    with pytest.raises(gb.ReadError, match="cells=") as caught:
        gb.read(CASES[name].make(CASES[name].size))
    assert caught.value.place == place


def test_a_workbook_of_exactly_the_limit_is_read() -> None:
    assert gb.read(xlsx(), limits=Limits(cells=len(TABLE) * len(TABLE[0]), sheets=1, size=len(xlsx()))).facts


def test_no_more_of_a_file_is_read_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "大文件.txt"
    path.write_text(tsv(), encoding="utf-8")
    with pytest.raises(gb.ReadError, match="size=64"):
        gb.read(path, limits=Limits(size=64))
    stream = io.BytesIO(tsv().encode())
    with pytest.raises(gb.ReadError, match="size=64"):
        gb.read(stream, limits=Limits(size=64))
    assert stream.tell() == 65


@pytest.mark.parametrize("name", attrs.asdict(Limits()))
def test_a_limit_of_nothing_is_refused(name: str) -> None:
    with pytest.raises(OptionError, match=name):
        Limits(**{name: 0})


@pytest.mark.parametrize("setting", ["", "cells", "cells=", "cells=many", "cells=1.5", "seconds=x", "Cells=1", "=1"])
def test_a_limit_that_is_none_is_told_as_such(setting: str) -> None:
    with pytest.raises(OptionError):
        Limits.of(setting)


@given(st.fixed_dictionaries({}, optional={name: st.integers(1, 10**12) for name in attrs.asdict(Limits())}))
def test_limits_are_what_texts_say(settings: dict[str, int]) -> None:
    assert Limits.of(*(f"{name}={most:,}" for name, most in settings.items())) == Limits(**settings)


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "corpus").glob("*-*")), ids=lambda path: path.name)
def test_what_fuzzing_found_is_read_or_refused(path: Path) -> None:
    try:
        gb.read(path).check()
    except gb.GovBudgetError as error:
        assert str(error)
