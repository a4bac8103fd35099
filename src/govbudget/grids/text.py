"""Texts with tab-separated tables（文本） as grids: one grid, a row a line, a cell a field."""

from __future__ import annotations

from govbudget.errors import ReadError
from govbudget.grids.grid import Grid

__all__ = ["decode", "read_text"]


def decode(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        ReadError: the bytes are no text in any of these.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ReadError(file, "既不是支持的文件格式，也不是文本 (neither a supported format nor a text)")


def read_text(text: str) -> list[Grid]:
    """A text as one grid."""
    return [Grid("", [list(line.split("\t")) for line in text.splitlines()], flowing=True)]
