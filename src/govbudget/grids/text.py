"""Texts as grids（文本）: lines with tabs or aligned by blanks, CSV and Markdown tables; a row is a line."""

from __future__ import annotations

import csv
import re
from collections import Counter

from govbudget.errors import ReadError
from govbudget.grids.aligned import is_aligned, read_aligned
from govbudget.grids.grid import Grid, Value
from govbudget.grids.html import read_html
from govbudget.grids.limits import Limits
from govbudget.grids.markdown import is_markdown, read_markdown

__all__ = ["decode", "read_text"]

# 2097.⇥45 is one number that extraction cut at the mark.
SPLIT_NUMBER = re.compile(r"(?<=\t)(\d[\d,]*\.)\t(\d\d)(?![\d.])")
OWN_REPORT = re.compile(r'<meta name="generator" content="govbudget')
HTML_TABLE = re.compile(r"<table[\s>]", re.I)


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


def read_text(text: str, file: str, limits: Limits) -> list[Grid]:
    """A text as one grid, by what its lines look like.

    Raises:
        ReadError: the text is a report of this library's own, a broken CSV, or has more cells than allowed.
    """
    if HTML_TABLE.search(text):
        if OWN_REPORT.search(text):
            raise ReadError(file, "这是 govbudget 的校验报告，不是预算 (a report of govbudget's own, not a budget)")
        return read_html(text, file, limits)
    lines = text.splitlines()
    limits.allow("cells", len(lines) + text.count("\t") + text.count(",") + text.count("|"), file)
    if "\t" in text:
        lines = SPLIT_NUMBER.sub(r"\1\2\t", text).splitlines()
        return [Grid("", [list(line.split("\t")) for line in lines], flowing=True, doubtful=True)]
    if is_markdown(lines):
        return [read_markdown(lines)]
    if is_aligned(lines):
        return [read_aligned([page.splitlines() for page in text.split("\f")])]
    if _is_csv(lines):
        try:
            rows: list[list[Value]] = [list(row) for row in csv.reader(lines)]
        except csv.Error as error:
            raise ReadError(file, f"CSV 损坏 (the CSV is broken: {error})") from error
        return [Grid("", rows)]
    return [Grid("", [[line] for line in lines], flowing=True)]


def _is_csv(lines: list[str]) -> bool:
    """Whether most lines have three fields or more, and their figures alone do not make them."""
    try:
        rows = [row for row in csv.reader(lines[:500]) if row]
    except csv.Error:  # a field longer than any of a table
        return False
    sizes = Counter(len(row) for row in rows)
    size, count = sizes.most_common(1)[0] if rows else (0, 0)
    if size > 2 and count * 2 > len(rows):
        return True
    forms = sum(len(row) > 2 and not all(field.strip().isdigit() for field in row[1:]) for row in rows)
    return forms * 5 > len(rows) * 4  # several forms of different widths
