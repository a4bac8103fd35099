"""Page breaks（跨页）: what the end of a page broke off is put where it began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govbudget.cells import Place
from govbudget.classification import subjects
from govbudget.forms import Column, Vocabulary, tidy
from govbudget.forms.text import strip_numbering
from govbudget.grids import Grid
from govbudget.performance import standard_level1, standard_level2

__all__ = ["mend_break", "mend_wrap"]

MEASURES = frozenset({"operator", "value", "weight", "budget"})


def mend_break(
    body: Sequence[tuple[Grid, int]], grid: Grid, row: int, columns: Sequence[Column], words: Vocabulary
) -> Iterator[Place]:
    """Give the row that a page begins with what belongs to the page before; gives the places of the cells given away.

    A merged cell that a page breaks may have its text on either page. A row that does not fit on a page goes on on the
    next, so that its texts are cut in two: nothing of the row is left there.

    Args:
        body: the rows of the table on the pages before.
        grid: the page.
        row: its first row of the table.
        columns: the columns of the table.
        words: the vocabulary.
    """
    before, last = body[-1]
    for column in before.broken:
        if grid.text(row, column):
            page, above = _top(body, column)
            if not page.text(above, column):
                yield _move(page, above, grid, row, column)
    if _is_rest(before, last, grid, row, columns, words):
        for column, _ in grid.texts(row):
            yield _move(before, _begin(body, before, column), grid, row, column)


def mend_wrap(grid: Grid, above: int, row: int, words: Vocabulary) -> Iterator[Place]:
    """Give a row what a line under it only goes on with; gives the places of the cells given away.

    Only where every cell of the line is no name of its own and ends one that begins above.
    """
    upper = dict(grid.texts(above))
    cells = grid.texts(row)
    for column, text in cells:
        begun = upper.get(column, "")
        if not begun or words.row(begun) is not None or text[0].isdigit():
            return
        if strip_numbering(tidy(text)) != tidy(text) or _is_name(text, words) or not _is_name(begun + text, words):
            return
    for column, _ in cells:
        yield _move(grid, above, grid, row, column)


def _move(before: Grid, above: int, grid: Grid, row: int, column: int) -> Place:
    before.put(above, column, f"{before.text(above, column)}{grid.text(row, column)}")
    grid.put(row, column, "")
    return grid.place(row, column)


def _top(body: Sequence[tuple[Grid, int]], column: int) -> tuple[Grid, int]:
    """Where a cell begins that the end of the last page breaks: it may reach over several."""
    firsts: dict[int, tuple[Grid, int]] = {}
    for grid, row in body:
        firsts.setdefault(id(grid), (grid, row))
    pages = [*firsts.values()]
    page, first = pages.pop()
    while pages and page.broken[column] <= first and column in pages[-1][0].broken:
        page, first = pages.pop()
    return page, page.broken[column]


def _begin(body: Sequence[tuple[Grid, int]], page: Grid, column: int) -> int:
    """The row of the last cell of a column that holds something on a page."""
    filled = (row for grid, row in reversed(body) if grid is page and page.text(row, column))
    return next(filled, body[-1][1])


def _is_rest(before: Grid, last: int, grid: Grid, row: int, columns: Sequence[Column], words: Vocabulary) -> bool:
    """Whether a row only goes on with the texts of the one before, which holds all that is measured in it."""
    above, below = dict(before.texts(last)), dict(grid.texts(row))
    measures = {at for at, one in enumerate(columns) if one.role in MEASURES or (one.role is None and one.path)}
    if measures.isdisjoint(above) or not measures.isdisjoint(below):
        return False
    shared = below.keys() & above.keys()
    if any(strip_numbering(tidy(text)) != tidy(text) for text in below.values()):
        return False
    if any(_is_name(above[at] + below[at], words) for at in shared):
        return True
    indicators = {at for at, one in enumerate(columns) if one.role == "level3"}
    if indicators.isdisjoint(shared) and len(shared) < len(below):
        return False  # beside a name that is cut in two the merged cell of a project goes on, too
    return not any(_is_name(text, words) for text in below.values())


def _is_name(text: str, words: Vocabulary) -> bool:
    """Whether a row of its own goes by a text: a subject, a level of indicators or another known label."""
    plain = strip_numbering(tidy(text))
    if words.row(text) is not None or words.dims(text) is not None:
        return True
    return bool(standard_level1(plain) or standard_level2(plain) or subjects().by_name(plain))
