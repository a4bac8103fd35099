"""Making a dataset（建立数据集）, and going on with one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from pathlib import Path

import attrs

from govbudget.dataset.files import contents
from govbudget.dataset.parts import VERSION, Mark, marks, rename, sweep
from govbudget.dataset.pool import get_ready, in_executor, in_processes
from govbudget.dataset.work import Task, fail, work
from govbudget.errors import OptionError, WriteError, refusal
from govbudget.grids.limits import Limits
from govbudget.interop.frames import require

__all__ = ["Corpus", "corpus"]

SETTLED = frozenset(
    {None, "ReadError", "AmountError"}
)  # what lies in the content; anything else may go better next time


@attrs.frozen
class Corpus:
    """What a run came to（数据集概况）.

    Attributes:
        out: the dataset.
        files: how many files the run was given.
        contents: how many different contents they hold.
        read: how many of these it read, the others being in the dataset already.
        failed: the files that could not be read; why stands in ``documents``.
    """

    out: Path
    files: int
    contents: int
    read: int
    failed: tuple[str, ...]


def corpus(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], object] | None = None,
    limits: Limits | None = None,
) -> Corpus:
    """Read many budgets into one Parquet dataset（批量读取为数据集）; go on with it where a run was broken off.

    ``out`` holds the tables ``facts``, ``indicators``, ``findings`` and ``documents``, each partitioned as
    ``year=…/family=…``; figures are decimal(38, 18). Every file is a row of ``documents``, with the error, its place
    and its reason where it cannot be read. A content that the dataset holds already is not read again, unless another
    version of this library wrote it; several files of one content are read once.

    Args:
        paths: files, and folders of files however deep; hidden files are left out.
        out: the folder of the dataset; its path and those of the files must mean the same where the executor works.
        executor: where to read: any executor of :mod:`concurrent.futures`, also that of a Dask cluster. By default
            processes of this machine, so that a script needs its ``if __name__ == "__main__":``.
        workers: how many processes, by default one for each processor.
        progress: called with the number of contents that are done and of all that are to be read.
        limits: what a file may cost to read; where they are given, files that could not be read are tried again.

    Raises:
        OptionError: *workers* is not positive.
        ReadError: one of *paths* does not exist.
        WriteError: the dataset cannot be written.
        MissingExtraError: pyarrow is not installed.
        concurrent.futures.BrokenExecutor: *executor* broke down; the next run goes on from there.
    """
    if workers is not None and workers < 1:
        raise OptionError(f"workers 须为正整数，不能是 {workers!r} (workers must be positive)")
    out = Path(out)
    if executor is None and not out.exists():
        get_ready()  # all is left to read
    require("pyarrow.parquet")
    paths = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    try:
        return _corpus(paths, out, executor, workers, progress or (lambda done, total: None), limits)
    except OSError as error:
        raise WriteError(f"{out}: {refusal('写不出', 'cannot be written', error)}") from error


def _corpus(
    paths: Iterable[str | os.PathLike[str]],
    out: Path,
    executor: Executor | None,
    workers: int | None,
    progress: Callable[[int, int], object],
    limits: Limits | None,
) -> Corpus:
    given = contents(paths, without=out)
    known = _known(out, given)
    settled = {key for key, mark in known.items() if _is_settled(mark) and not (limits and mark.error)}
    tasks = [
        Task(key, min(names), tuple(sorted(known[key].names if key in known else names)), out, limits or Limits())
        for key, names in sorted(given.items())
        if key not in settled
    ]
    sweep(out, {key for key in known if key not in given or key in settled})
    failed = {name for key in settled if known[key].error for name in given.get(key, ())}
    progress(0, len(tasks))
    if tasks and executor is None:
        get_ready()
    outcomes = in_executor(work, tasks, executor) if executor else in_processes(work, tasks, workers)
    for done, (task, outcome) in enumerate(outcomes, 1):
        error = outcome.exception()
        if error is not None:
            fail(task, error)
        if error is not None or not outcome.result():
            failed |= given[task.key]
        progress(done, len(tasks))
    if tasks:
        sweep(out, {*known, *given})  # what a worker that was killed left unfinished
    return Corpus(out, sum(map(len, given.values())), len(given), len(tasks), tuple(sorted(failed)))


def _known(out: Path, given: dict[str, set[str]]) -> dict[str, Mark]:
    """What the dataset holds, each content under the names that it has now; one whose files hold another is no more."""
    owners = {name: key for key, names in given.items() for name in names}
    known = {}
    for key, mark in marks(out).items():
        names = {name for name in mark.names if owners.get(name, key) == key} | given.get(key, set())
        if names and names != mark.names:
            known[key] = rename(mark, names)
        elif names:
            known[key] = mark
    return known


def _is_settled(mark: Mark) -> bool:
    return mark.version == VERSION and mark.error in SETTLED
