"""Readers of file formats（文件格式）: every file becomes grids of cells; content tells the format, not the name."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import IO

from govbudget.errors import ReadError
from govbudget.grids.grid import Grid, Span, Value, show

__all__ = ["Grid", "Span", "Value", "read_grids", "show"]

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def read_grids(source: str | os.PathLike[str] | bytes | IO[bytes]) -> tuple[str, list[Grid]]:
    """The name of a document and its grids.

    Raises:
        ReadError: the file does not exist, is empty, broken, encrypted, or of no supported format.
    """
    name, data = _load(source)
    return name, _grids(data, name)


def _load(source: str | os.PathLike[str] | bytes | IO[bytes]) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return "<bytes>", source
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        try:
            return path.name, path.read_bytes()
        except OSError as error:
            reason = f"文件打不开 (cannot be opened: {error.strerror or error})"
            raise ReadError(str(path), reason) from error
    name = getattr(source, "name", None)
    data = source.read()
    if not isinstance(data, bytes):
        raise ReadError(str(name or "<file>"), "文件须以二进制方式打开 (the file must be opened in binary mode)")
    return Path(name).name if isinstance(name, str) else "<file>", data


def _grids(data: bytes, name: str) -> list[Grid]:
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError(name, "文件是空的 (the file is empty)")
    if data.startswith(b"PK"):
        if "word/document.xml" in _members(data, name):
            from govbudget.grids.word import read_word

            return read_word(data, name)
        _refuse_other_archives(data, name)
        from govbudget.grids.workbook import read_workbook

        return read_workbook(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError(name, "工作簿已加密 (the workbook is encrypted)")
        from govbudget.grids.workbook import read_workbook

        return read_workbook(data, name)
    if data.startswith(b"%PDF"):
        from govbudget.grids.pdf import read_pdf

        return read_pdf(data, name)
    if data.startswith(PICTURES):
        raise ReadError(name, "这是图片，不是预算文件 (a picture, not a budget)")
    from govbudget.grids.text import decode, read_text

    return read_text(decode(data, name), name)


def _members(data: bytes, name: str) -> set[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(name, f"压缩包损坏 (the zip archive is broken: {error})") from error


def _refuse_other_archives(data: bytes, name: str) -> None:
    if not _members(data, name) & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise ReadError(name, "压缩包里没有工作簿 (the archive holds no workbook)")
