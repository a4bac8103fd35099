"""Saving（保存）: all of a file or nothing of it, and only what a file can hold."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import IO

from govbudget.errors import WriteError

__all__ = ["NO_XML", "save", "writable"]

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
        raise WriteError(f"无法写出 {os.fspath(target)!r}：{error} (cannot be written)") from error


def writable(text: str) -> str:
    r"""The text without the characters that no document of XML can hold, such as control characters.

    >>> writable("甲\x07乙")
    '甲乙'
    """
    return NO_XML.sub("", text)
