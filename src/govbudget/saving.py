"""Saving（保存）: all of a file or nothing of it, and only what a file can hold."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import IO

from govbudget.errors import WriteError, refusal

__all__ = ["NO_XML", "save", "save_workbook", "writable"]

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def save(data: bytes, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write *data* to a path or a binary file; a path is replaced only when every byte is on the disk.

    Raises:
        WriteError: the target cannot be written; the file that stood there before is untouched.
    """
    if not isinstance(target, (str, os.PathLike)):
        try:
            target.write(data)
        except (OSError, TypeError, ValueError, AttributeError) as error:
            raise WriteError(f"无法写入文件对象：{error} (the file object cannot be written)") from error
        return
    path = Path(os.path.realpath(target))
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            temporary.unlink()
        raise WriteError(f"{os.fspath(target)}: {refusal('写不出', 'cannot be written', error)}") from error


def save_workbook(data: bytes, target: str | os.PathLike[str] | IO[bytes]) -> None:
    """Write a workbook, as :func:`save` does; its name must not say that it is something else.

    Raises:
        WriteError: the name of the target ends otherwise than .xlsx, or it cannot be written.
    """
    if isinstance(target, (str, os.PathLike)) and Path(target).suffix.lower() not in {"", ".xlsx"}:
        raise WriteError(f"{os.fspath(target)}: 工作簿只写 .xlsx (a workbook is written as .xlsx)")
    save(data, target)


def writable(text: str) -> str:
    r"""The text without the characters that no document of XML can hold, such as control characters.

    >>> writable("甲\x07乙")
    '甲乙'
    """
    return NO_XML.sub("", text)
