"""Headers（表头）: which rows of a grid are one, and what each column under it means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, pairwise

import attrs

from govbudget.amounts import parse_money
from govbudget.errors import AmountError
from govbudget.forms import Column, Vocabulary, tidy
from govbudget.grids import Grid, Value

__all__ = [
    "LEVELS",
    "Header",
    "find_header",
    "has_number",
    "header_top",
    "is_number",
    "read_header",
    "with_lower",
    "with_rest",
]

MAX_ROWS = 6
CERTAIN = frozenset({"code", "name", "agency_code", "agency", "project_code", "project", "class", "section"})
GROUPS = frozenset({"label", "code", "name"})
MEASURED = frozenset({"level1", "level2", "operator", "value", "measure"})
TELLING = frozenset({"value", "weight", "operator"})
LEVELS = frozenset({"level1", "level2", "level3"})


@attrs.frozen
class Header:
    """The rows of a header and its columns by grid column; indicators tells a table of indicators."""

    first: int
    last: int
    columns: tuple[Column, ...]
    signature: tuple[str, ...]
    indicators: bool = False


def is_number(value: Value) -> bool:
    """Whether a cell holds a number, as a number or as text, be it with its unit（950.19万元）."""
    if isinstance(value, str):
        text = value.strip()
        return bool(text) and (text[0] in "-+(.（－¥￥" or text[0].isdigit()) and _reads_as_money(text)
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@lru_cache(maxsize=16384)
def _reads_as_money(text: str) -> bool:
    try:
        return parse_money(text) is not None
    except AmountError:
        return False


def has_number(cells: list[Value]) -> bool:
    """Whether a cell of a row holds a number."""
    return float in map(type, cells) or any(map(is_number, {*cells}))


def find_header(grid: Grid, row: int, words: Vocabulary, *, most: int = MAX_ROWS) -> bool | None:
    """Whether a header starts at *row*: True for a table of indicators, False for one of amounts, None for none.

    It has *most* rows at the most.
    """
    if has_number(grid.rows[row]):
        return None
    cells = grid.texts(row)
    if not cells:
        return None
    said = _said(cells, words)
    if said.indicators:
        return True
    below = _below(grid, row) if said.known else len(grid.rows)
    lower = grid.texts(below) if below < len(grid.rows) and not has_number(grid.rows[below]) else []
    if lower and _said(lower, words).indicators:
        return True
    if said.header or (said.naming and _stands_over_figures(grid, row, cells, words)):
        return False
    if below < len(grid.rows):
        if lower and len(cells) > 1 and _said(lower, words).header:
            return False
        if most > 1 and _are_groups(grid, row, cells) and find_header(grid, below, words, most=most - 1) is False:
            return False
    return None


def _below(grid: Grid, row: int) -> int:
    """The row under a row; blank ones that its cells reach over are still part of it."""
    below = row + 1
    last = max((bottom for _, _, bottom, _ in grid.spans_from(row)), default=row)
    while below <= last and below < len(grid.rows) and not grid.texts(below):
        below += 1
    return below


def _are_groups(grid: Grid, row: int, cells: list[tuple[int, str]]) -> bool:
    """Whether every cell is merged over columns of a table, or beside such cells down to the rows of their parts.

    A lone one only where rows below begin further left.
    """
    spans = grid.spans_from(row)
    across = {left for _, left, bottom, right in spans if bottom == row and right > left}
    merged = across | {left for _, left, bottom, _ in spans if across and bottom > row}
    below = range(row + 1, min(row + MAX_ROWS, len(grid.rows)))
    begins = min((texts[0][0] for one in below if (texts := grid.texts(one))), default=0)
    return (len(cells) > 1 or begins < cells[0][0]) and all(column in merged for column, _ in cells)


@attrs.frozen
class _Said:
    """What the words of a row say: that it heads indicators or amounts, what its rows are, nothing unknown."""

    indicators: bool
    header: bool
    naming: bool
    known: bool


def _said(cells: list[tuple[int, str]], words: Vocabulary) -> _Said:
    return _said_by(tuple([text for _, text in cells]), words)


@lru_cache(maxsize=4096)
def _said_by(texts: tuple[str, ...], words: Vocabulary) -> _Said:
    """Documents share the words of their headers."""
    any_role = {role for text in texts for role in words.roles(text)}
    roles = {words.role(text) for text in texts} - {None}
    known = [words.known(text) for text in texts]
    return _Said(
        indicators="level3" in any_role and (bool(any_role & TELLING) or any_role >= LEVELS) and len(texts) >= 3,
        header=len(roles & CERTAIN) >= 2 or _is_mostly_known(texts, sum(known), words),
        naming=len(roles) >= 2,
        known=all(known),
    )


def _is_mostly_known(texts: tuple[str, ...], hits: int, words: Vocabulary) -> bool:
    roles = {text for text in texts if words.role(text) is not None}
    dims = {tidy(text) for text in texts if words.dims(text) is not None}
    if hits * 2 < len(texts):
        return False
    if len(dims) >= 4:
        return True
    return (len(roles) >= 1 and len(roles) + len(dims) >= 2) or (len(dims) >= 3 and hits * 5 >= len(texts) * 4)


def _stands_over_figures(grid: Grid, row: int, cells: list[tuple[int, str]], words: Vocabulary) -> bool:
    """Whether figures stand below other columns than those that name what rows are, so that it is a header."""
    if row + 1 >= len(grid.rows):
        return False
    named = {column for column, text in cells if words.role(text)}
    lower = grid.texts(row + 1)
    return any(is_number(grid.rows[row + 1][column]) and column not in named for column, _ in lower)


def read_header(grid: Grid, first: int, words: Vocabulary, *, above: int | None = None) -> Header:
    """The header that starts at *first*; a damaged row of it may stand above, down from row *above*."""
    if above is not None and above < first and _belongs(grid, first - 1, words):
        first -= 1
    rows = [first]
    row = first
    while len(rows) < MAX_ROWS and row + 1 < len(grid.rows):
        row += 1
        cells = grid.texts(row)
        if not cells:
            if _reaches(grid, rows, row, words):
                rows.append(row)
                continue
            break
        if has_number(grid.rows[row]):
            break
        if not (_continues(grid, rows, cells, words) or (grid.flowing and _lies_between(grid, rows, row, words))):
            break
        rows.append(row)
    while len(rows) > 1 and not grid.texts(rows[-1]):
        rows.pop()
    if grid.flowing:
        _spread(grid, rows)
    indicators = any(_said(grid.texts(row), words).indicators for row in rows)
    labels = tuple(zip(*_fill(grid, rows, words)))
    columns = _columns(_whole(labels, words) if indicators and grid.flowing else labels, words, indicators)
    signature = tuple(tidy(text) for row in rows for _, text in grid.texts(row))
    return Header(first, rows[-1], columns, signature, indicators)


def _spread(grid: Grid, rows: list[int]) -> None:
    """Put the cells of a header over their columns where a group over several has a single tab behind it.

    A blank cell below belongs to one that is merged down; what stands between such cells, to the groups over it.
    """
    below = [bool(cell) for cell in grid.rows[rows[-1]]]
    labels = grid.rows[rows[-1]]
    for row in reversed(rows[:-1]):
        cells = grid.rows[row]
        widths = _widths(cells, labels, below) if len(cells) < len(below) else None
        if widths is None:
            return
        below = [bool(cell) for cell, width in zip(cells, widths) for _ in range(width)]
        grid.spread(row, widths)
        labels = grid.rows[row]


def _widths(cells: list[Value], labels: list[Value], below: list[bool]) -> list[int] | None:
    """How many columns each cell of a row of a header reaches over; None where that cannot be told."""
    runs = [(filled, len([*group])) for filled, group in groupby(below)]
    groups = len(cells) - sum(size for filled, size in runs if not filled)
    widths: list[int] = []
    at = 0
    for filled, size in runs:
        parts = [1] * size
        if filled:
            starts = [index for index in range(at, at + size) if labels[index] == labels[at]] + [at + size]
            alone = groups == sum(filled for filled, _ in runs)
            parts = [size] if alone else [end - start for start, end in pairwise(starts)]
        widths += parts
        at += size
    held = [bool(cell) for cell in cells]
    if len(widths) != len(cells) or any(width > 1 and not full for width, full in zip(widths, held)):
        return None
    return widths


def with_rest(header: Header, cells: list[tuple[int, str]], words: Vocabulary) -> Header | None:
    """A header with the rest of its last row, which a page cut in two; None where the cells are no such rest."""
    labels = [column.path for column in header.columns]
    for column, text in cells:
        if column >= len(labels) or not labels[column]:
            return None
        *groups, last = labels[column]
        if not _ends(last, text, words):
            return None
        labels[column] = *groups, last + text
    return attrs.evolve(header, columns=_columns(tuple(labels), words, header.indicators))


def with_lower(upper: Header, lower: Header, words: Vocabulary) -> Header | None:
    """A header with its lower rows, which stand on the next page; None where *lower* is one of its own.

    Where the upper rows merge columns, a page that ends with them has fewer: what stands side by side in the lower rows
    parts one of them.
    """
    parts = [column.path for column in lower.columns]
    runs = [(filled, len([*run])) for filled, run in groupby(parts, key=bool)]
    sizes = [one for filled, size in runs for one in ([size] if filled else [1] * size)]
    labels = [column.path for column in upper.columns]
    if len(labels) != len(parts) and len(labels) == len(sizes):
        labels = [label for label, size in zip(labels, sizes) for _ in range(size)]
    if len(labels) != len(parts) or not all(labels) or all(parts):
        return None
    paths = tuple(_joined(label, part, words) for label, part in zip(labels, parts))
    columns = _columns(paths, words, upper.indicators)
    return attrs.evolve(upper, columns=columns, signature=upper.signature + lower.signature)


def _joined(label: tuple[str, ...], part: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    """The labels over a column; a page may cut one of them in two."""
    if part and _ends(label[-1], part[0], words):
        return *label[:-1], label[-1] + part[0], *part[1:]
    return label + part


def _whole(labels: Sequence[tuple[str, ...]], words: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """The labels of a table of indicators, where the line between two cells of a text went through one: 计量单|位."""
    found = list(labels)
    for at in range(len(found) - 1):
        *groups, left = found[at] or ("",)
        *others, right = found[at + 1] or ("",)
        if not left or not right or words.roles(left):
            continue
        begun, ended = left.split()[-1], right.split()[0]
        if not _ends(begun, ended, words):
            continue
        rest = right[len(ended) :].strip()
        if rest or len(begun) >= len(ended):
            found[at], found[at + 1] = (*groups, begun + ended), (*others, rest)
        else:
            found[at], found[at + 1] = (*groups, left[: -len(begun)].strip()), (*others, begun + ended)
    return tuple(found)


def _ends(begun: str, rest: str, words: Vocabulary) -> bool:
    """Whether a text is the rest of a label that a page cut in two."""
    return not words.known(rest) and words.known(begun + rest)


@lru_cache(maxsize=1024)
def _columns(labels: tuple[tuple[str, ...], ...], words: Vocabulary, indicators: bool) -> tuple[Column, ...]:
    """What columns mean by their labels, from the top down; documents share their headers."""
    paths = (tuple(text for text, _ in groupby(filter(None, column))) for column in labels)
    return tuple(_column(path, words, indicators) for path in paths)


def _column(path: tuple[str, ...], words: Vocabulary, indicators: bool) -> Column:
    if indicators and path:
        role = words.indicator_role(path[-1])
        if role is not None:
            return Column(path, role)
    return words.column(path)


def _belongs(grid: Grid, row: int, words: Vocabulary) -> bool:
    """Whether a row over a header, too damaged to be one by itself, is part of it."""
    cells = grid.texts(row)
    if len(cells) < 3 or has_number(grid.rows[row]):
        return False
    return sum(words.known(text) for _, text in cells) >= 2


def _lies_between(grid: Grid, rows: list[int], row: int, words: Vocabulary) -> bool:
    """Whether a row of a header, too damaged to be one by itself, has the rest of it below."""
    if row + 1 >= len(grid.rows) or has_number(grid.rows[row + 1]):
        return False
    own, lower = grid.texts(row), grid.texts(row + 1)
    return len(own) < len(lower) and _continues(grid, rows, lower, words)


def _reaches(grid: Grid, rows: list[int], row: int, words: Vocabulary) -> bool:
    """Whether a header cell is merged down to *row*; 绩效指标 over its indicators is none, their header is above it."""
    reaching = {
        grid.text(top, left) for top, left, bottom, _ in grid.spans_from(*rows) if row <= bottom < top + MAX_ROWS
    }
    if reaching and any(_said(grid.texts(above), words).indicators for above in rows):
        return any(words.indicator_role(text) in MEASURED for text in reaching)
    return any(map(words.known, reaching))


def header_top(grid: Grid, row: int, free: int, words: Vocabulary) -> int:
    """The first row of the header that is told by *row*: what stands above, down from row *free*, is merged into it."""
    while row > free and not has_number(grid.rows[row - 1]):
        spans = grid.spans_from(row - 1)
        if not any(bottom >= row and words.known(grid.text(top, left)) for top, left, bottom, _ in spans):
            break
        row -= 1
    return row


def _continues(grid: Grid, rows: list[int], cells: list[tuple[int, str]], words: Vocabulary) -> bool:
    if _reaches(grid, rows, rows[-1] + 1, words):
        return True
    hits = 0
    filled = _fill(grid, rows, words)
    first, named = cells[0]
    if first < len(filled[-1]) and words.role(filled[-1][first]) == "name" and words.row(named) == "total":
        return False  # its figures may be damaged beyond knowing
    for column, text in cells:
        above = [line[column] for line in filled if column < len(line) and line[column]]
        if above and words.role(above[-1]) in GROUPS and not words.roles(text):
            continue  # 合计 under 科目名称 is a row of the body
        hits += words.known(text) or (bool(above) and words.known(above[-1] + text))
    return hits * 2 >= len(cells) and hits > 0


def _left_align(groups: list[str], below: list[str], alone: list[bool]) -> None:
    """Put each label of several columns over the first of them: a text may have it over any.

    The columns of one stand between such as have nothing below; those of several begin with the same label. What
    stands behind the last that repeats the first is *alone*.
    """
    at = 0
    for filled, run in groupby(below, key=bool):
        first, at = at, at + len([*run])
        over = [column for column in range(first, at) if groups[column]]
        if not filled or not over or at - first == len(over):
            continue
        under = below[first:at]
        same = next((text for text in under if under.count(text) == len(over)), "") if len(over) > 1 else under[0]
        starts = [column for column in range(first, at) if below[column] == same][: len(over)]
        ends = [*starts[1:], at]
        if len(starts) != len(over) or not all(start <= column < end for start, column, end in zip(starts, over, ends)):
            continue
        size = starts[1] - starts[0] if len(starts) > 1 else at - first
        behind = starts[-1] + size
        if below[starts[0] : starts[0] + size] == below[starts[-1] : behind] and over[-1] < behind:
            alone[behind:at] = [True] * (at - behind)
        for start, column in zip(starts, over):
            groups[start], groups[column] = groups[column], groups[start]


def _unwrap(labels: list[list[str]], words: Vocabulary) -> None:
    """Put what a line of a header only goes on with to the labels that it ends."""
    for index in reversed(range(1, len(labels))):
        rest = {column: text for column, text in enumerate(labels[index]) if text}
        above = labels[index - 1]
        if rest and all(above[column] and _ends(above[column], text, words) for column, text in rest.items()):
            for column, text in rest.items():
                above[column] += text
            del labels[index]


def _fill(grid: Grid, rows: list[int], words: Vocabulary) -> list[list[str]]:
    """The header's labels by row and column, merged cells filled; without merges a group reaches over its parts."""
    width = max(len(grid.rows[row]) for row in rows)
    labels = [[""] * width for _ in rows]
    for line, row in zip(labels, rows):
        for column, text in grid.texts(row):
            line[column] = " ".join(text.split())
    if grid.flowing and len(rows) > 2 and not grid.spans_from(*rows):
        _unwrap(labels, words)
    merged = [[False] * width for _ in rows]
    across = [[False] * width for _ in rows]
    for top, left, bottom, right in grid.spans_from(*rows):
        text = labels[top - rows[0]][left] if left < width else ""
        for row in range(top, min(bottom, rows[-1]) + 1):
            for column in range(left, min(right + 1, width)):
                labels[row - rows[0]][column] = text
                merged[row - rows[0]][column] = True
                across[row - rows[0]][column] = right > left
    for index in reversed(range(len(labels) - 1)):
        if grid.doubtful and not grid.spans:
            _left_align(labels[index], labels[index + 1], merged[index])
        for column in range(1, width):
            if labels[index][column] or merged[index][column] or not labels[index + 1][column]:
                continue
            if index and labels[index - 1][column]:
                continue  # another group begins above
            left_label = labels[index][column - 1]
            if (
                left_label
                and not across[index][column - 1]
                and (labels[index + 1][column - 1] or merged[index][column - 1])
            ):
                labels[index][column] = left_label
    return labels
