"""Markdown as grids: tables of bars, and those drawn with +---+ whose cells may have several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from govbudget.grids.grid import Grid, Span, Value

__all__ = ["is_markdown", "read_markdown"]

ROW = re.compile(r"^\s*\|.*\|\s*$")
RULE = re.compile(r"^\s*\|(\s*:?-{2,}:?\s*\|)+\s*$")
DRAWN = re.compile(r"^\s*\+([:=-]+\+)+\s*$")
ESCAPED_BAR = "\\|"
MARKS = re.compile(r"\*\*|<br\s*/?>", re.I)
# What programs write for an empty cell of a sheet that they turn into Markdown.
EMPTY = re.compile(r"NaN|Unnamed: \d+(_level_\d+)?")


def is_markdown(lines: Sequence[str]) -> bool:
    """Whether a text has a table of Markdown."""
    return sum(ROW.match(line) is not None for line in lines) > 2


def read_markdown(lines: Sequence[str]) -> Grid:
    """Markdown as a grid; a rule belongs to the row over it, which may be the first of a header of several.

    The lines of a row between two drawn rules are put together on the first of them.
    """
    rows: list[list[Value]] = []
    spans: list[Span] = []
    top: int | None = None  # the first line of a row between drawn rules
    drawn = False
    for at, line in enumerate(lines):
        if DRAWN.match(line) or (RULE.match(line) and rows):
            above = at - 1 if top is None else top
            spans += [(above, column, at, column) for column, cell in enumerate(rows[above] if rows else ()) if cell]
            drawn, top = DRAWN.match(line) is not None, None
            rows.append([""])
        elif not ROW.match(line):
            drawn = False
            rows.append([line])
        elif drawn and top is not None:
            rows[top] = [f"{cell}{rest}" for cell, rest in zip_longest(rows[top], _cells(line), fillvalue="")]
            rows.append([""])
        else:
            top = at if drawn else None
            rows.append(_cells(line))
    return Grid("", rows, spans, flowing=True)


def _cells(line: str) -> list[Value]:
    parts = line.strip()[1:-1].replace(ESCAPED_BAR, "\0").split("|")
    cells = (MARKS.sub("", part.replace("\0", "|")).strip() for part in parts)
    return ["" if EMPTY.fullmatch(cell) else cell for cell in cells]
