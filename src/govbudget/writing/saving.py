"""Saving（保存）: all of a file or nothing of it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import IO

from govbudget.errors import WriteError

__all__ = ["save"]


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
