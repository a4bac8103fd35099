"""Work on many contents at once（并行执行）, in any executor, a bounded number ahead."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing.context import BaseContext
from typing import TypeVar

__all__ = ["get_ready", "in_executor", "in_processes"]

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 1024
AHEAD_OF_A_PROCESS = 4
# What a process imports for its first document.
NEEDED = ("govbudget.dataset.work", "govbudget.reading", "govbudget.grids.workbook", "pyarrow.parquet")


def get_ready() -> None:
    """Let the imports of :func:`in_processes` begin, in a process beside this one, which has its own to do."""
    context = _context()
    if context.get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        context.set_forkserver_preload([*NEEDED])
        ensure_running()


def in_executor(work: Callable[[T], R], tasks: Iterable[T], executor: Executor) -> Iterator[tuple[T, Future[R]]]:
    """The tasks as they end, each with its outcome.

    Raises:
        BrokenExecutor: the executor broke down; what it did is done.
    """
    for task, outcome in _outcomes(work, tasks, executor, AHEAD):
        error = outcome.exception()
        if isinstance(error, BrokenExecutor):
            raise error
        yield task, outcome


def in_processes(
    work: Callable[[T], R], tasks: Iterable[T], workers: int | None = None
) -> Iterator[tuple[T, Future[R]]]:
    """The tasks as they end, in processes of our own; what was at work when one died is tried again, each by itself."""
    workers = workers or os.cpu_count() or 1
    rest = iter(tasks)
    broken = True
    while broken:
        lost = []
        with _processes(workers) as pool:
            for task, outcome in _outcomes(work, rest, pool, workers * AHEAD_OF_A_PROCESS):
                if isinstance(outcome.exception(), BrokenExecutor):
                    lost.append(task)
                else:
                    yield task, outcome
        for task in lost:
            with _processes(1) as alone:
                yield task, alone.submit(work, task)
        broken = bool(lost)


def _processes(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=_context())


def _context() -> BaseContext:
    """Processes that share nothing with this one, whose threads a fork would not take along."""
    known = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in known else "spawn")


def _outcomes(
    work: Callable[[T], R], tasks: Iterable[T], executor: Executor, ahead: int
) -> Iterator[tuple[T, Future[R]]]:
    """The tasks as they end, until all have or the executor breaks down; then no further task is taken."""
    waiting: dict[Future[R], T] = {}
    try:
        for task in tasks:
            outcome = _submitted(work, task, executor)
            waiting[outcome] = task
            if outcome.done() and isinstance(outcome.exception(), BrokenExecutor):
                break
            while len(waiting) >= ahead:
                yield from _ended(waiting)
        while waiting:
            yield from _ended(waiting)
    finally:
        for outcome in waiting:
            outcome.cancel()


def _submitted(work: Callable[[T], R], task: T, executor: Executor) -> Future[R]:
    try:
        return executor.submit(work, task)
    except BrokenExecutor as error:
        outcome: Future[R] = Future()
        outcome.set_exception(error)
        return outcome


def _ended(waiting: dict[Future[R], T]) -> Iterator[tuple[T, Future[R]]]:
    for outcome in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(outcome), outcome
