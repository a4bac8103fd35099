"""Executors: a process that dies takes nothing with it."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor
from importlib import import_module
from pathlib import Path

from tests.dataset.tasks import write_down

from govbudget.dataset.pool import NEEDED, in_processes


def test_a_process_that_dies_costs_only_the_task_that_killed_it(tmp_path: Path) -> None:
    taken: list[int] = []

    def tasks() -> object:
        for number in range(30):
            taken.append(number)
            yield tmp_path, number

    ended = {}
    for (_, number), outcome in in_processes(write_down, tasks(), 2):  # type: ignore[arg-type]
        ended[number] = outcome
        assert len(taken) - len(ended) <= 10, "no more than a few ahead"
    assert sorted(ended) == list(range(30))
    assert isinstance(ended[5].exception(), BrokenExecutor)
    assert isinstance(ended[7].exception(), ValueError)
    assert all(ended[number].result() == number * number for number in range(30) if number not in (5, 7))
    assert len((tmp_path / "5").read_text()) == 2, "tried again by itself, once"


def test_what_processes_import_beforehand_is_there() -> None:
    assert tuple(import_module(name).__name__ for name in NEEDED) == NEEDED
