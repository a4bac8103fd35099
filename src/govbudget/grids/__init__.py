"""Readers of file formats（文件格式）: every file becomes grids of cells; content tells the format, not the name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from govbudget.errors import ReadError, refusal
from govbudget.grids.archive import safe_members
from govbudget.grids.grid import Grid, Span, Value, show
from govbudget.grids.limits import Limits

__all__ = ["Grid", "Limits", "Span", "Value", "read_grids", "show"]

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def read_grids(
    source: str | os.PathLike[str] | bytes | IO[bytes], limits: Limits | None = None
) -> tuple[str, list[Grid]]:
    """The name of a document and its grids.

    Raises:
        ReadError: the file does not exist, is empty, broken, encrypted, of no supported format, or beyond the limits.
    """
    limits = limits or Limits()
    name, data = _load(source, limits)
    limits.allow("size", len(data), name)
    grids = _grids(data, name, limits)
    limits.allow("filled", sum(grid.filled for grid in grids), name)
    return name, grids


def _load(source: str | os.PathLike[str] | bytes | IO[bytes], limits: Limits) -> tuple[str, bytes]:
    """The name and the bytes of a file, of a file that is too large only as many as show it."""
    if isinstance(source, bytes):
        return "<bytes>", source
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        try:
            with path.open("rb") as stream:
                return path.name, stream.read(limits.size + 1)
        except (OSError, ValueError) as error:
            raise ReadError(str(path), refusal("文件打不开", "cannot be opened", error)) from error
    if not hasattr(source, "read"):
        kind = type(source).__name__
        raise ReadError(f"<{kind}>", "须是路径、字节或二进制文件 (must be a path, bytes or a binary file)")
    name = getattr(source, "name", None)
    data = source.read(limits.size + 1)
    if not isinstance(data, bytes):
        raise ReadError(str(name or "<file>"), "文件须以二进制方式打开 (the file must be opened in binary mode)")
    return Path(name).name if isinstance(name, str) else "<file>", data


def _grids(data: bytes, name: str, limits: Limits) -> list[Grid]:
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError(name, "文件是空的 (the file is empty)")
    if data.startswith(b"PK"):
        members = safe_members(data, name, limits)
        if "word/document.xml" in members:
            from govbudget.grids.word import read_word

            return read_word(data, name, limits)
        if not members & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
            raise ReadError(name, "压缩包里没有工作簿 (the archive holds no workbook)")
        from govbudget.grids.workbook import read_workbook

        return read_workbook(data, name, limits)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError(name, "工作簿已加密 (the workbook is encrypted)")
        from govbudget.grids.workbook import read_workbook

        return read_workbook(data, name, limits)
    if data.startswith(b"%PDF"):
        from govbudget.grids.pdf import read_pdf

        return read_pdf(data, name, limits)
    if data.startswith(PICTURES):
        raise ReadError(name, "这是图片，不是预算文件 (a picture, not a budget)")
    from govbudget.grids.text import decode, read_text

    return read_text(decode(data, name), name, limits)
