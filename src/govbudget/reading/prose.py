"""The words outside the forms（正文）: lines that only the page broke, joined into paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from govbudget.cells import Place
from govbudget.grids import Grid
from govbudget.model import Passage
from govbudget.reading.tables import PAGE_NUMBER, distinct

__all__ = ["passages"]

Line: TypeAlias = "tuple[str, Place]"

CHINESE = "一二三四五六七八九十百"
END = re.compile(r"[。！？!?；;：:]\s*$")
# 一、 （一） 1. 第一部分 # - begin a paragraph; 1.08 and 16. 98 万元 go on with one.
BEGIN = re.compile(
    rf"\s*(?:#|[-*•·]\s|第[{CHINESE}\d]+部分|[{CHINESE}]+\s*、|[（(]\s*[{CHINESE}\d]+\s*[)）]|\d{{1,2}}\s*[.．、](?!\d|\s+\d{{1,2}}\s*[万亿元%％,，、；;。)）]))"
)
HEADING_LENGTH = 40
PAGES = 2
HEADING_END = re.compile(
    r"(情况|说明|概况|部分|职能|职责|设置|解释|构成|目录|附件|公开|[表录])(\s*[(（].{0,12}[)）])?\s*$"
)
INNER_MARK = re.compile(r"[，,。；;]|\d\s*(?:万|亿)?元|\d\s*[%％]|[(（][类款项][)）]")
LATIN = re.compile(r"[A-Za-z0-9]")


def passages(grids: Iterable[tuple[Grid, Collection[int]]]) -> list[Passage]:
    """The paragraphs of grids outside the rows that belong to forms, without what stands on every page."""
    grids = list(grids)
    if all(len(inside) == len(grid.rows) for grid, inside in grids):
        return []
    edges = Counter(text for grid, _ in grids for text in {*_edges(grid)})
    furniture = {text for text, count in edges.items() if count > PAGES and count * 2 > len(grids)}
    found: list[Passage] = []
    for block in _blocks(grids, furniture):
        open_lines: list[Line] = []
        for line in block:
            if open_lines and _ends(open_lines[-1][0], line[0]):
                found.append(_joined(open_lines))
                open_lines = []
            open_lines.append(line)
        if open_lines:
            found.append(_joined(open_lines))
    return found


def _edges(grid: Grid) -> Iterator[str]:
    """The first and the last line of a page."""
    rows = range(len(grid.rows))
    for way in (rows, reversed(rows)):
        alone = (row for row in way if len(grid.rows[row]) - grid.rows[row].count("") == 1)
        yield from islice((text for row in alone for _, text in grid.texts(row)), 1)


def _blocks(grids: Iterable[tuple[Grid, Collection[int]]], furniture: Collection[str]) -> Iterator[list[Line]]:
    """Runs of lines without a form between them; pages follow each other, sheets do not."""
    block: list[Line] = []
    for grid, inside in grids:
        if block and not grid.flowing:
            yield block
            block = []
        for row in range(len(grid.rows)):
            cells = [] if row in inside else distinct(grid.texts(row))
            if len(cells) == 1 and cells[0][1] in furniture:
                continue
            if len(cells) == 1:
                column, text = cells[0]
                lines = [line for line in text.splitlines() if line.strip() and not PAGE_NUMBER.fullmatch(line)]
                block += [(line, grid.place(row, column)) for line in lines]
            elif (cells or row in inside) and block:
                yield block
                block = []
    if block:
        yield block


def _ends(line: str, following: str) -> bool:
    return bool(END.search(line) or BEGIN.match(following) or _is_heading(line))


def _is_heading(line: str) -> bool:
    text = line.strip()
    if len(text) > HEADING_LENGTH or INNER_MARK.search(text):
        return False
    return bool(BEGIN.match(text) or HEADING_END.search(text))


def _joined(lines: list[Line]) -> Passage:
    text = ""
    starts: list[tuple[int, Place]] = []
    for line, place in lines:
        line = line.strip()
        if text and LATIN.match(text[-1]) and LATIN.match(line):
            text += " "
        starts.append((len(text), place))
        text += line
    return Passage(text, tuple(starts))
