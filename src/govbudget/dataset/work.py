"""The work on one content（处理一份文件）: read it, check it, and write its parts; in whatever process it runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from govbudget.checks.findings import Severity
from govbudget.dataset.files import UNOPENED, digest
from govbudget.dataset.parts import DOCUMENTS, VERSION, write
from govbudget.errors import AmountError, ReadError, refusal
from govbudget.grids.limits import Limits
from govbudget.interop.records import Records, fact_records, finding_records, indicator_records

__all__ = ["Task", "fail", "work"]


@attrs.frozen
class Task:
    """A content to be read: its key, the file it is read from, all that hold it, the dataset, and what it may cost."""

    key: str
    file: str
    names: tuple[str, ...]
    out: Path
    limits: Limits = attrs.field(factory=Limits)


def work(task: Task) -> bool:
    """Read a content and write its parts; what is wrong with it becomes its row of ``documents``. Whether it was read.

    Raises:
        OSError: the file is no more what it was when the run began, or the parts cannot be written.
        MissingExtraError: its format needs a package that is not installed.
    """
    from govbudget.reading import read

    try:
        data = _content(task)
        book = attrs.evolve(read(data, limits=task.limits), source=task.key)
        report = book.check()
        tables = {
            "facts": fact_records(book),
            "indicators": indicator_records(book),
            "findings": finding_records(report),
        }
        own = {
            "agency_code": book.agency.code or None if book.agency else None,
            "agency": book.agency.name or None if book.agency else None,
            "forms": len(book.forms),
            "facts": len(book.facts),
            "projects": len(book.projects),
            "indicators": len(tables["indicators"].rows),
            "unread": len(book.unread),
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "infos": report.count(Severity.INFO),
        }
        write(task.out, task.key, {**tables, "documents": _documents(task, own)}, year=book.year, family=book.family)
    except (ReadError, AmountError) as error:
        fail(task, error)
        return False
    return True


def fail(task: Task, error: BaseException) -> None:
    """Write down why a content could not be read."""
    place, reason = (error.place, error.reason) if isinstance(error, ReadError) else ("", str(error))
    own = {"error": type(error).__name__, "place": place or None, "reason": reason or None}
    write(task.out, task.key, {"documents": _documents(task, own)})


def _content(task: Task) -> bytes:
    try:
        data = Path(task.file).read_bytes()
    except OSError as error:
        if not task.key.startswith(UNOPENED):
            raise
        raise ReadError(task.file, refusal("文件打不开", "cannot be opened", error)) from error
    if digest(data) != task.key:
        raise OSError("文件在读取时有改动 (the file changed while it was read)")
    return data


def _documents(task: Task, own: Mapping[str, object]) -> Records:
    """The row of ``documents`` for each file."""
    said = {**own, "document": task.key, "version": VERSION}
    rows = tuple(
        tuple(name if column.name == "path" else said.get(column.name) for column in DOCUMENTS) for name in task.names
    )
    return Records(DOCUMENTS, rows)
