"""Texts that set cells apart by blanks（空格对齐的文本）, as ``pdftotext -layout`` prints pages, as grids.

Nothing but their place tells which column a text stands in. Figures of one column overlap from line to line, and so do
names; a heading stands over its column, or in the middle over several. Lines of a name that was wrapped around the
figures of its row are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from operator import itemgetter
from typing import TypeAlias
from unicodedata import east_asian_width

import attrs

from govbudget.grids.grid import Grid, Span, Value

__all__ = ["is_aligned", "read_aligned"]

FIGURE = re.compile(r"[-－]?\d[\d,]*(\.\d+)?%?|[-—－]{1,2}|\d[0-9A-Z]{11,}").fullmatch
YEAR = re.compile(r"20\d\d").fullmatch
WORD = re.compile(r"\S+")
TITLE = re.compile(
    r"表\s*([-—]?\s*\d+|[(（].{0,20}[)）])?$|^(附?表|附件)\s*\d|单位\s*[:：]|[:：]\s*(万|亿)?元|\.{4}|…{2}|^第\s*\d+\s*页"
)
PAGE_NUMBER = re.compile(r"[-—－]?\s*\d{1,4}\s*[-—－]?").fullmatch
HEADING = re.compile(r"[一二三]级指标|指标(名称|值|权重)|(科目|项目|单位|部门)(编码|代码|名称)|(计量|度量)单位|权重")
INDICATOR = re.compile(r"三级指标|指标名称").fullmatch
BLANKS = re.compile(r"\s{2,}")
MOST_HEADER = 8
MOST_COLUMNS = 32
MOST_LINES = 10_000
MOST_LETTERS = 1_000  # on a line that is a row
LEAST = 3  # lines of figures that tell an aligned text
FAR_OFF = 8  # letters between a heading and its column, at the most
HELD = "\0"
FAR = 10**6
OFF_MIDDLE = 0.05
OFF_CENTRE = 0.35  # what a column less is worth against each letter that a heading stands off the middle
BESIDE = -0.5  # what one is worth that may be merged down beside the group


@attrs.frozen
class _Piece:
    """What stands together on a line, from its first letter to behind its last."""

    start: int
    end: int
    text: str
    figure: bool = False

    @property
    def middle(self) -> float:
        """Where it has its middle."""
        return (self.start + self.end) / 2

    def meets(self, other: _Piece) -> bool:
        """Whether it stands over or under another."""
        return self.start < other.end and other.start < self.end


@attrs.define(eq=False)
class _Column:
    """The letters that the cells of a column reach over, and the lines that they stand on."""

    start: int
    end: int
    figure: bool = False
    lines: set[int] = attrs.field(factory=set)
    headings: list[tuple[int, _Piece]] = attrs.field(factory=list)

    @property
    def middle(self) -> float:
        """Where it has its middle."""
        return (self.start + self.end) / 2

    @property
    def level(self) -> float:
        """The line that its headings stand on, or the middle of those."""
        return sum(row for row, _ in self.headings) / len(self.headings) if self.headings else -1.0

    def take(self, start: int, end: int, lines: Iterable[int]) -> None:
        """Reach over more."""
        self.start, self.end = min(self.start, start), max(self.end, end)
        self.lines.update(lines)

    def shared(self, piece: _Piece) -> int:
        """How many letters a piece has in common with the column."""
        return min(self.end, piece.end) - max(self.start, piece.start)

    def off(self, piece: _Piece) -> float:
        """How badly a piece fits into the column."""
        return self.gap(piece) + OFF_MIDDLE * abs(self.middle - piece.middle)

    def gap(self, piece: _Piece) -> int:
        """How many letters a piece stands off; 0 where the two meet."""
        return max(0, self.start - piece.end + 1, piece.start - self.end + 1)


_Heading: TypeAlias = "tuple[_Piece, _Column, _Column]"


def is_aligned(lines: Sequence[str], *, goes_on: bool = False) -> bool:
    """Whether most lines of figures of a text, and some at all, are set apart by more than single blanks.

    One of more lines than any budget has is none. One that *goes on* with an aligned page may have a single such line,
    or none where half of its lines are set apart, as in an empty form.
    """
    least = 1 if goes_on else LEAST
    if len(lines) > MOST_LINES:
        return False
    spaced = [BLANKS.search(line.strip()) is not None for line in lines]
    if sum(spaced) < least:
        return False
    if goes_on and sum(spaced) * 2 >= sum(map(bool, map(str.strip, lines))):
        return True
    rows = [apart for line, apart in zip(lines, spaced) if _has_figures(_pieces(line))]
    return sum(rows) >= least and sum(rows) * 2 > len(rows)


def read_aligned(pages: Sequence[Sequence[str]], *, wide: bool = False) -> Grid:
    """The pages of a text, line by line, as one grid.

    A Chinese letter takes up two places on a line, where it is known to be *wide*, or one: that way is taken in which
    more finds a column of its own.
    """
    stretches = (_stretched,) if wide else (str, _stretched)
    ways = (_read([[stretch(line) for line in lines] for lines in pages]) for stretch in stretches)
    return min(ways, key=itemgetter(0))[1]


def _stretched(line: str) -> str:
    """A line with a place held after each letter that takes up two."""
    return "".join(f"{letter}{HELD}" if east_asian_width(letter) in "WFA" else letter for letter in line)


def _read(pages: Iterable[Sequence[str]]) -> tuple[tuple[int, int], Grid]:
    """The grid of some pages, and what speaks against it: what found no column, and how many columns there are."""
    rows: list[list[Value]] = []
    spans: list[Span] = []
    astray = width = 0
    for lines in pages:
        first = len(rows)
        rows += [list(BLANKS.split(line.replace(HELD, "").strip())) for line in lines]
        for head, body in _blocks(lines):
            table = _Table.of(lines, head, body)
            astray += table.astray
            width += len(table.columns)
            for row, cells in table.rows.items():
                rows[first + row] = cells
            spans += [(first + row, left, first + row, right) for row, left, right in table.groups]
    return (astray, width), Grid("", rows, spans, flowing=True, aligned=True)


@lru_cache(maxsize=4096)
def _pieces(line: str) -> tuple[_Piece, ...]:
    """What two blanks or more set apart, and figures with a blank on one side and more on the other."""
    if len(line) > MOST_LETTERS:
        return (_Piece(0, len(line), line.replace(HELD, "").strip()),)
    words = [(found.start(), found.end(), found.group().replace(HELD, "")) for found in WORD.finditer(line)]
    pieces: list[_Piece] = []
    for index, (start, end, text) in enumerate(words):
        left = start - words[index - 1][1] if pieces else LEAST
        after, then = words[index + 1][::2] if index + 1 < len(words) else (end + LEAST, "")
        apart = left > 1 or after - end > 1 or pieces[-1].figure
        figure = FIGURE(text) is not None and apart and not (YEAR(text) and then.startswith("年"))
        if left == 1 and not figure and not pieces[-1].figure:
            pieces[-1] = _Piece(pieces[-1].start, end, f"{pieces[-1].text} {text}")
        else:
            pieces.append(_Piece(start, end, text, figure))
    return tuple(pieces)


def _has_figures(pieces: Sequence[_Piece]) -> bool:
    """Whether a line is a row of a table: it has a figure beside something else."""
    return 1 < len(pieces) <= MOST_COLUMNS and any(piece.figure for piece in pieces)


def _is_heading(pieces: Sequence[_Piece]) -> bool:
    return sum(HEADING.fullmatch(piece.text) is not None for piece in pieces) > 1


def _is_apart(pieces: Sequence[_Piece]) -> bool:
    """Whether a line is no row of a table: a title, a line with the unit, a page number, a sentence."""
    if any(TITLE.search(piece.text) for piece in pieces) or PAGE_NUMBER("".join(piece.text for piece in pieces)):
        return True
    return len(pieces) > MOST_COLUMNS or (len(pieces) == 1 and "。" in pieces[0].text)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """The lines of the header and of the rows of each table of a page; one without figures may have a lone 合计."""
    head: list[int] = []
    body: list[int] = []
    for row, line in enumerate([*lines, ""]):
        pieces = _pieces(line)
        apart = row == len(lines) or _is_apart(pieces)
        if apart or (body and _is_heading(pieces)):
            rest = 0 if body else sum(1 for _ in takewhile(lambda at: len(_pieces(lines[at])) == 1, reversed(head)))
            head, body = head[: len(head) - rest], head[len(head) - rest :] or body
            if len(head) > 1 or len(body) > 1:
                yield head[-MOST_HEADER:], body
            head, body = [] if apart else [row], []
        elif pieces and (body or _has_figures(pieces)):
            body.append(row)
        elif pieces:
            head.append(row)


@attrs.define
class _Table:
    """The rows of a table as cells, the headings that reach over several columns, and what found no column."""

    columns: list[_Column]
    rows: dict[int, list[Value]] = attrs.field(factory=dict)
    groups: list[tuple[int, int, int]] = attrs.field(factory=list)
    astray: int = 0

    @classmethod
    def of(cls, lines: Sequence[str], head: list[int], body: list[int]) -> _Table:
        """The table of some lines; where it cannot be told what belongs to which column, its header is left a text.

        So it is with indicators between whose lines others name none: what is wrapped or merged down there, and over
        which of them, is past telling.
        """
        columns = _columns([_pieces(lines[row]) for row in body])
        over = {row: _headings(row, _pieces(lines[row]), columns, head[-1]) for row in reversed(head)}
        table = cls(columns)
        if len(columns) > 1:
            table._fill({row: _pieces(lines[row]) for row in body})
            at = {column: index for index, column in enumerate(columns)}
            named = {at[left] for found in over.values() for piece, left, _ in found if INDICATOR(piece.text)}
            table.astray += sum(column.figure and not column.headings for column in columns) * bool(head)
            blank = any(cells[index] == "" for index in named for cells in table.rows.values() if any(cells))
            if table.astray or blank:
                table.rows = {row: [lines[row].replace(HELD, "").strip()] for row in head}
            else:
                table._head(over, at)
        return table

    def _fill(self, body: Mapping[int, Sequence[_Piece]]) -> None:
        """Lay out the rows: each piece in a column of its own."""
        columns = [column for column in self.columns if column.lines]
        at = {column: index for index, column in enumerate(self.columns)}
        for row, pieces in body.items():
            cells: list[Value] = [""] * len(self.columns)
            met = [[one for one in columns if one.start < piece.end and piece.start < one.end] for piece in pieces]
            owns: Sequence[_Column | None] = [one[0] for one in met if len(one) == 1]
            if len(owns) < len(pieces) or len({*owns}) < len(pieces):
                owns = _matched(pieces, columns, [FAR_OFF] * len(pieces))
            for piece, own in zip(pieces, owns):
                if own is None:
                    self.astray += 1
                else:
                    cells[at[own]] = piece.text
            self.rows[row] = cells
        _unwrap(self.rows, self.columns)

    def _head(self, over: Mapping[int, Sequence[_Heading]], at: Mapping[_Column, int]) -> None:
        """Lay out the header from its lowest line up, without blank lines; a group may be wrapped over two lines."""
        levels: list[dict[tuple[int, int], str]] = []
        for found in over.values():
            level: dict[tuple[int, int], str] = {}
            for piece, left, right in found:
                reach = at[left], at[right]
                level[reach] = f"{level.get(reach, '')} {piece.text}".strip()
            for reach in level.keys() & (levels[-1] if levels else {}).keys():
                if reach[0] < reach[1]:
                    level[reach] += levels[-1].pop(reach)
            levels.append(level)
        last = max(over, default=0)
        self.rows.update((row, [""]) for row in over)
        for up, level in enumerate(filter(None, levels)):
            cells: list[Value] = [""] * len(self.columns)
            for (start, end), text in level.items():
                cells[start] = text
                if end > start:
                    self.groups.append((last - up, start, end))
            self.rows[last - up] = cells


def _columns(body: Sequence[tuple[_Piece, ...]]) -> list[_Column]:
    """The columns that the rows of a table show: pieces of one kind that overlap from line to line.

    Texts that stand apart but never on one line are of one column, as is 合计 in the middle over long names.
    """
    columns: list[_Column] = []
    for line, pieces in sorted(enumerate(body), key=_by_length):
        for piece in pieces:
            start, end, figure = piece.start, piece.end, piece.figure
            met = [one for one in columns if one.start < end and start < one.end and one.figure is figure]
            met = [one for one in met if line not in one.lines]
            own = max(met, key=lambda one: one.shared(piece), default=None)
            if own is None:
                columns.append(own := _Column(piece.start, piece.end, piece.figure))
            own.take(piece.start, piece.end, (line,))
        if len(columns) > MOST_COLUMNS:
            return []
    columns.sort(key=lambda column: column.middle)
    rows = {line for line, pieces in enumerate(body) if len(pieces) > 2}
    for left, right in pairwise(columns[:]):
        mixed = left.figure is not right.figure and (left.end > right.start or left.lines | right.lines >= rows)
        texts = not left.figure and not right.figure
        if (mixed or texts) and left.lines.isdisjoint(right.lines):
            right.figure = left.figure if len(left.lines) > len(right.lines) else right.figure
            right.take(left.start, left.end, left.lines)
            columns.remove(left)
    return columns


def _by_length(line: tuple[int, tuple[_Piece, ...]]) -> int:
    """Lines that fill the most columns tell them best."""
    return -len(line[1])


def _parted(pieces: Sequence[_Piece], columns: Sequence[_Column]) -> Sequence[_Piece]:
    """The headings of a line; one blank sets them apart, too, where more columns have theirs then."""
    words = [word for piece in pieces for word in _words(piece)]
    if len(words) == len(pieces):
        return pieces
    if not any(column.figure for column in columns):
        return words
    free = [column for column in columns if not column.headings]
    whole, apart = (
        sum(column is not None for column in _matched(ones, free, [FAR_OFF] * len(ones))) for ones in (pieces, words)
    )
    return words if apart > whole else pieces


def _words(piece: _Piece) -> Iterator[_Piece]:
    """A heading as the words that one blank parts, be they long enough and without digits（2025 年）."""
    words = piece.text.split()
    if any(len(word) < 2 or any(map(str.isdigit, word)) for word in words):
        yield piece
        return
    start = piece.start
    for word in words:
        end = start + len(word) * (piece.end - piece.start - len(words) + 1) // sum(map(len, words))
        yield _Piece(start, end, word)
        start = end + 1


def _headings(row: int, pieces: Sequence[_Piece], columns: list[_Column], last: int) -> list[_Heading]:
    """The first and the last column that each heading of a line stands over; lines come from the lowest up.

    A heading is that of a column without one, or stands over several that have theirs below it, or goes on with that
    below it; else its column is blank.
    """
    free = [column for column in columns if not column.headings]
    pieces = _parted(pieces, columns)
    below = [piece for column in columns for _, piece in column.headings]
    alone = [1 if any(piece.meets(one) for one in below) else FAR_OFF for piece in pieces]
    owns = _matched(pieces, free, alone)
    alike = _alike([piece for piece, own in zip(pieces, owns) if own is None], columns, (row + last) / 2)
    found: list[_Heading] = []
    for index, (piece, column) in enumerate(zip(pieces, owns)):
        reach = (column, column) if column is not None else None
        if reach is None and alike:
            reach = alike.pop(0)
        if reach is None:
            then = pieces[index + 1].middle if index + 1 < len(pieces) else FAR
            bounds = found[-1][2].end if found else 0, then
            reach = _group(piece, columns, bounds, (row + last) / 2)
            if reach is None and all(one.gap(piece) for one in columns if one.headings):
                reach = _group(piece, columns, bounds, (row + last) / 2 - 1)
        if reach is None:
            own = next((one for one in columns if one.headings and not one.gap(piece)), None)
            if own is None:
                columns.append(own := _Column(piece.start, piece.end))
                columns.sort(key=lambda column: column.middle)
            reach = own, own
        found.append((piece, *reach))
    for piece, left, right in found:
        if left is right:
            left.headings.append((row, piece))
            left.take(piece.start, piece.end, ())
    return found


def _alike(pieces: Sequence[_Piece], columns: Sequence[_Column], halfway: float) -> list[tuple[_Column, _Column]]:
    """The columns of as many groups as there are headings, where each begins with a column of the same heading."""
    lower = [at for at, column in enumerate(columns) if column.level > halfway]
    texts = [min(columns[at].headings, key=itemgetter(0))[1].text for at in lower]
    if len(pieces) < 2 or not texts or texts.count(texts[0]) != len(pieces):
        return []
    starts = [index for index, text in enumerate(texts) if text == texts[0]] + [len(texts)]
    groups = [lower[start:end] for start, end in pairwise(starts)]
    if any(group[-1] - group[0] != len(group) - 1 for group in groups):
        return []
    reaches = [(columns[group[0]], columns[group[-1]]) for group in groups]
    over = all(left.start < piece.end and piece.start < right.end for piece, (left, right) in zip(pieces, reaches))
    return reaches if over else []


def _matched(
    pieces: Sequence[_Piece], columns: Sequence[_Column], alone: Sequence[float]
) -> tuple[_Column | None, ...]:
    """A column for each piece, in order and as near as can be; None for one that is better *alone*, for its price."""
    best: list[tuple[float, tuple[_Column | None, ...]]] = [(0.0, ())] * (len(columns) + 1)
    for piece, price in zip(pieces, alone):
        row = [(best[0][0] + price, (*best[0][1], None))]
        for count, column in enumerate(columns, 1):
            without = (best[count][0] + price, (*best[count][1], None))
            taken = (best[count - 1][0] + column.off(piece), (*best[count - 1][1], column))
            row.append(min(row[-1], without, taken, key=itemgetter(0)))
        best = row
    return best[-1][1]


def _group(
    piece: _Piece, columns: Sequence[_Column], bounds: tuple[int, float], halfway: float
) -> tuple[_Column, _Column] | None:
    """The columns in the middle of which a heading stands, as many as can be.

    Their headings stand lower than halfway down from it: those that are halfway down, or higher, are merged down
    beside it.
    """
    best, found = 0.0, None
    for first, left in enumerate(columns):
        worth = -1.0
        for right in columns[first:]:
            if not right.headings or left.middle < bounds[0]:
                break
            if right.level < halfway or right.middle - piece.middle > bounds[1] - right.middle:
                break
            worth += 1 if right.level > halfway else BESIDE
            centred = worth - OFF_CENTRE * abs((left.start + right.end) / 2 - piece.middle)
            if centred > best and left.start <= piece.end and piece.start <= right.end:
                best, found = centred, (left, right)
    return found


def _unwrap(rows: dict[int, list[Value]], columns: Sequence[_Column]) -> None:
    """Put the lines of a name together that stand around the figures of its row, which has none beside them."""
    filled = {row: [at for at, cell in enumerate(cells) if cell != ""] for row, cells in rows.items()}
    for row, own in filled.items():
        above = filled.get(row - 1, [])
        if len(above) != 1 or columns[above[0]].figure or above[0] in own or len(own) < 2:
            continue
        column = above[0]
        parts = [row - 1] + [row + 1] * (filled.get(row + 1) == above)
        rows[row][column] = "".join(str(rows[part][column]) for part in parts)
        for part in parts:
            rows[part], filled[part] = [""], []
