"""The files of a corpus（输入文件）: which they are, and what they hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from govbudget.errors import ReadError, refusal

__all__ = ["UNOPENED", "contents", "digest"]

IGNORED = (".", "~$")  # what nobody published: hidden files and the locks of an office program
UNOPENED = "unopened-"


def contents(paths: Iterable[str | os.PathLike[str]], *, without: Path) -> dict[str, set[str]]:
    """The files by what they hold: their names by the SHA-256 of their content, in no order.

    A file that cannot be opened stands under a key of its own that begins with :data:`UNOPENED`.

    Args:
        paths: files, and directories of files however deep.
        without: the directory of the dataset, which is no input.

    Raises:
        ReadError: one of *paths* does not exist.
    """
    found: dict[str, set[str]] = {}
    for given in paths:
        for path in _files(Path(given), without.resolve()):
            found.setdefault(_key(path), set()).add(path.as_posix())
    return found


def digest(data: bytes) -> str:
    """The SHA-256 of a content."""
    return hashlib.sha256(data).hexdigest()


def _files(given: Path, without: Path) -> Iterator[Path]:
    if not given.exists():
        raise ReadError(str(given), "文件或文件夹不存在 (no such file or directory)")
    if not given.is_dir():
        yield given
        return
    for folder, folders, names in os.walk(given, onerror=_refuse):
        here = Path(folder)
        folders[:] = [name for name in folders if not name.startswith(IGNORED) and (here / name).resolve() != without]
        yield from (here / name for name in names if not name.startswith(IGNORED))


def _refuse(error: OSError) -> None:
    raise ReadError(str(error.filename), refusal("文件夹打不开", "the folder cannot be opened", error)) from error


def _key(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return UNOPENED + digest(path.as_posix().encode())
