"""Small HTML tables for notebooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["table"]

NUMBER = re.compile(r"[-+]?\d[\d,.]*%?").fullmatch


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """A plain HTML table; every text is escaped, and words stand at the left where notebooks put all to the right."""
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}{_row('th', head)}{''.join(_row('td', row) for row in rows)}</table>"


def _row(tag: str, cells: Sequence[str]) -> str:
    return f"<tr>{''.join(map(_cell, [tag] * len(cells), cells))}</tr>"


def _cell(tag: str, text: str) -> str:
    side = "" if tag == "th" or not text or NUMBER(text) else ' style="text-align:left"'
    return f"<{tag}{side}>{escape(text)}</{tag}>"
