"""HTML pages（网页） as grids: tables with merged cells, and the lines of text around them."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from govbudget.grids.grid import Grid, Span, Value
from govbudget.grids.limits import Limits

__all__ = ["read_html"]

MAX_SPAN = 1_000
BREAKS = frozenset(
    {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "title", "section", "article"}
)
CELLS = frozenset({"tr", "td", "th"})
LINES = BREAKS | CELLS  # of a page outside its tables, and of one that a table lays out
HIDDEN = frozenset({"script", "style", "head", "noscript"})


def read_html(text: str, file: str, limits: Limits) -> list[Grid]:
    """An HTML page as one grid; a table inside a cell of another counts as that cell's text.

    But a table with more rows in the tables inside it than of its own only lays out the page.

    Raises:
        ReadError: the tables have more cells than allowed.
    """
    counter = _Counter()
    counter.feed(text)
    counter.close()
    layouts = [own < inner for own, inner in counter.rows]
    parser = _Parser(file, limits, layouts)
    parser.feed(text)
    parser.close()
    parser.end_line()
    return [Grid("", parser.rows, parser.spans, flowing=True)]


class _Counter(HTMLParser):
    """Counts the rows of each table, in the order in which they begin, and those of the tables inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[int]] = []
        self._open: list[list[int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([0, 0])
            self.rows.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._open[-1][0] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            inside = sum(self._open.pop())
            if self._open:
                self._open[-1][1] += inside

    def close(self) -> None:
        """Count what is still open as closed."""
        super().close()
        while self._open:
            self.handle_endtag("table")


class _Parser(HTMLParser):
    """Collects the rows of a page as the tags come by."""

    def __init__(self, file: str, limits: Limits, layouts: Sequence[bool]) -> None:
        super().__init__()
        self._file = file
        self._layouts = iter(layouts)
        self._open: list[bool] = []
        self._limits = limits
        self._cells = 0
        self.rows: list[list[Value]] = []
        self.spans: list[Span] = []
        self._line: list[str] = []
        self._cell: list[str] | None = None
        self._size = (1, 1)
        self._depth = 0
        self._hidden = 0
        self._taken: dict[int, int] = {}  # the last row that a cell from above takes, by column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._open.append(next(self._layouts))
            self._depth += not self._open[-1]
            if self._depth < 2:
                self.end_line()
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            named = dict(attrs)
            self._size = (_span(named.get("rowspan")), _span(named.get("colspan")))
            self._cell = []
        elif tag in LINES and not self._depth:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table" and self._open:
            layout = self._open.pop()
            if self._depth == 1 and not layout:
                self._end_cell()
                self.rows.append([])
            self._depth -= not layout
        elif self._depth == 1 and tag in CELLS:
            self._end_cell()
        elif tag in LINES and not self._depth:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._cell is not None:
            self._cell.append(data)
        elif not self._depth:
            self._line.append(data)

    def end_line(self) -> None:
        """End a line of text outside the tables."""
        text = " ".join("".join(self._line).split())
        self._line = []
        if text:
            self.rows.append([text])

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = "".join("".join(self._cell).split("\n")).strip().replace("\xa0", " ").strip()
        self._cell = None
        row, cells = len(self.rows) - 1, self.rows[-1]
        before = len(cells)
        while self._taken.get(len(cells), -1) >= row:
            cells.append("")
        down, across = self._size
        column = len(cells)
        self._cells += column + across - before
        self._limits.allow("cells", self._cells, self._file)
        cells += [text, *[""] * (across - 1)]
        if down > 1 or across > 1:
            self.spans.append((row, column, row + down - 1, column + across - 1))
        if down > 1:
            self._taken.update(dict.fromkeys(range(column, column + across), row + down - 1))


def _span(text: str | None) -> int:
    return min(int(text), MAX_SPAN) if text and text.isdigit() and int(text) else 1
