"""Texts as grids（文本）: lines with tabs or aligned by blanks, CSV and Markdown tables; a row is a line."""

from __future__ import annotations

import csv
import re
from collections import Counter

from govbudget.errors import ReadError
from govbudget.grids.aligned import is_aligned, read_aligned
from govbudget.grids.grid import Grid, Span, Value
from govbudget.grids.html import read_html
from govbudget.grids.limits import Limits

__all__ = ["decode", "read_text"]

# 2097.⇥45 is one number that extraction cut at the mark.
SPLIT_NUMBER = re.compile(r"(?<=\t)(\d[\d,]*\.)\t(\d\d)(?![\d.])")
MARKDOWN_ROW = re.compile(r"^\s*\|.*\|\s*$")
MARKDOWN_RULE = re.compile(r"^\s*\|(\s*:?-{2,}:?\s*\|)+\s*$")
ESCAPED_BAR = "\\|"
# What programs write for an empty cell of a sheet that they turn into Markdown.
MARKDOWN_EMPTY = re.compile(r"NaN|Unnamed: \d+(_level_\d+)?")
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
    if sum(bool(MARKDOWN_ROW.match(line)) for line in lines) > 2:
        return [_read_markdown(lines)]
    if _is_csv(lines):
        try:
            rows: list[list[Value]] = [list(row) for row in csv.reader(lines)]
        except csv.Error as error:
            raise ReadError(file, f"CSV 损坏 (the CSV is broken: {error})") from error
        return [Grid("", rows)]
    if is_aligned(lines):
        return [read_aligned([page.splitlines() for page in text.split("\f")])]
    return [Grid("", [[line] for line in lines], flowing=True)]


def _read_markdown(lines: list[str]) -> Grid:
    """Markdown as a grid; the rule belongs to the row over it, which may be the first of a header of several."""
    rows: list[list[Value]] = []
    spans: list[Span] = []
    for line in lines:
        if not MARKDOWN_RULE.match(line):
            rows.append(_markdown(line))
            continue
        above = len(rows) - 1
        spans += [(above, column, above + 1, column) for column, cell in enumerate(rows[-1] if rows else ()) if cell]
        rows.append([""])
    return Grid("", rows, spans, flowing=True)


def _markdown(line: str) -> list[Value]:
    if not MARKDOWN_ROW.match(line):
        return [line]
    inner = line.strip()[1:-1]
    cells = (cell.replace("\0", "|").replace("**", "").strip() for cell in inner.replace(ESCAPED_BAR, "\0").split("|"))
    return ["" if MARKDOWN_EMPTY.fullmatch(cell) else cell for cell in cells]


def _is_csv(lines: list[str]) -> bool:
    """Whether most lines have one number of fields, three or more."""
    try:
        sizes = Counter(len(row) for row in csv.reader(lines[:500]) if row)
    except csv.Error:  # a field longer than any of a table
        return False
    if not sizes:
        return False
    size, count = sizes.most_common(1)[0]
    return size > 2 and count * 2 > sum(sizes.values())
