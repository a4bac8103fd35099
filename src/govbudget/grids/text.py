"""Texts with tab-separated tables（文本） as grids: one grid, a row a line, a cell a field."""

from __future__ import annotations

import re

from govbudget.errors import ReadError
from govbudget.grids.grid import Grid

__all__ = ["decode", "read_text"]

# 2097.⇥45 is one number that extraction cut at the mark.
SPLIT_NUMBER = re.compile(r"(?<=\t)(\d[\d,]*\.)\t(\d\d)(?![\d.])")


def decode(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        ReadError: the bytes are no text in any of these.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ReadError(file, "既不是支持的文件格式，也不是文本 (neither a supported format nor a text)")


def read_text(text: str) -> list[Grid]:
    """A text as one grid."""
    lines = SPLIT_NUMBER.sub(r"\1\2\t", text).splitlines()
    return [Grid("", [list(line.split("\t")) for line in lines], flowing=True)]
