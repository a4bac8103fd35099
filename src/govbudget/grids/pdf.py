"""PDF documents as grids（PDF）: one grid a page, the ruled tables of a page with the lines of text around them.

A page without one may set its cells apart by blanks, as a three-line table（三线表） does.

Characters and rulings come from pdfium, which comes with pdfplumber; the cells are found by pdfplumber's table finder.
"""

from __future__ import annotations

import ctypes
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, Any, cast
from unicodedata import east_asian_width

import attrs

from govbudget.errors import MissingExtraError, ReadError
from govbudget.grids.aligned import is_aligned, read_aligned
from govbudget.grids.drawing import check_streams
from govbudget.grids.grid import Grid, Span, Value
from govbudget.grids.limits import Limits

try:
    import pypdfium2
    import pypdfium2.raw as pdfium
    from pdfplumber.table import Table, TableFinder
    from pdfplumber.utils.geometry import line_to_edge, rect_to_edges
except ImportError as error:
    raise MissingExtraError(
        "读取 PDF 需要安装：pip install 'govbudget[pdf]' (reading PDF needs the extra pdf)"
    ) from error

if TYPE_CHECKING:
    from pdfplumber.page import Page

__all__ = ["read_pdf"]

FEW_PAGES = 10
OFTEN = 1_024
HYPHEN = "\2"  # what pdfium gives for one at the end of a line
MOST_PLACES = 1_000  # for letters on a line
RULINGS = 6
SLACK = 1.0
SAME_LINE = 3.0
APART = 1.6  # widths of a digit that set cells apart
THIN = 2.0
REACH = 3.0  # how far a ruling may end from another that it meets


def read_pdf(data: bytes, file: str, limits: Limits) -> list[Grid]:
    """The pages of a PDF as grids.

    Raises:
        ReadError: the PDF is broken, encrypted, or larger than the limits.
    """
    check_streams(data, file, limits)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error):
            raise ReadError(file, "PDF 已加密，需要密码 (the PDF is encrypted and needs a password)") from error
        raise ReadError(file, f"PDF 打不开，可能已损坏 (the PDF cannot be opened: {error})") from error
    try:
        limits.allow("pages", len(document), file)
        watch = _Watch(file, limits, len(document))
        grids: list[Grid] = []
        for number in range(len(document)):
            watch.place = f"第{number + 1}页"
            try:
                grids.append(_grid(document[number], watch, grids[-1] if grids else None))
            except pypdfium2.PdfiumError as error:
                raise ReadError(file, f"页面无法读取 (the page cannot be read: {error})", watch.place) from error
        return grids
    finally:
        document.close()


class _Watch:
    """Holds what a document takes against the limits."""

    def __init__(self, file: str, limits: Limits, pages: int) -> None:
        self.place = ""
        self._file = file
        self._limits = limits
        self._shared = max(pages, FEW_PAGES)
        self._start = time.thread_time()

    def allow(self, limit: str, amount: float) -> None:
        """Refuse an amount beyond a limit, or the time taken so far."""
        self._limits.allow(limit, amount, self._file, self.place)
        self._limits.allow("seconds", (time.thread_time() - self._start) / self._shared, self._file, self.place)


@attrs.define
class _Page:
    """What pdfplumber's table finder asks of a page."""

    bbox: tuple[float, float, float, float]
    edges: list[dict[str, Any]]
    chars: list[dict[str, Any]]


def _grid(source: pypdfium2.PdfPage, watch: _Watch, before: Grid | None) -> Grid:
    width, height = source.get_size()
    edges = _edges(source, height, watch)
    page = _Page((0, 0, width, height), edges, _characters(source, height, watch))
    tables = _tables(page) if len(edges) >= RULINGS else []
    if closing := _closing(tables, edges, height):
        page.edges = edges + closing
        tables = _tables(page)
    rows: list[list[Value]] = []
    spans: list[Span] = []
    broken: dict[int, int] = {}
    if not tables and is_aligned(laid := _laid_out(page.chars), goes_on=before is not None and before.aligned):
        return attrs.evolve(read_aligned([laid], wide=True), name=watch.place)
    lines = _lines([c for c in page.chars if not any(_inside(c, table.bbox) for table in tables)])
    for table in tables:
        watch.allow("cells", len(table.cells))
        while lines and lines[0][0] < table.bbox[1]:
            rows.append([lines.pop(0)[1]])
        broken = _table(table, page.chars, _lying(edges, table.bbox[3]), rows, spans)
        rows.append([])
    rows += [[text] for _, text in lines]
    return Grid(watch.place, rows, spans, flowing=True, broken=broken)


def _tables(page: _Page) -> list[Table]:
    """The ruled tables of a page, top down."""
    found = (table for table in TableFinder(cast("Page", page)).tables if len({cell[0] for cell in table.cells}) > 1)
    return sorted(found, key=lambda table: table.bbox[1])


def _closing(tables: list[Table], edges: list[dict[str, Any]], height: float) -> list[dict[str, Any]]:
    """Rulings over the first and under the last table, where they lack them because a cell goes on on another page."""
    upright = [edge for edge in edges if edge["width"] < edge["height"]]
    found = []
    for table, end in ((tables[0], "top"), (tables[-1], "bottom")) if tables else ():
        left, top, right, bottom = table.bbox
        y = top if end == "top" else bottom
        taken = _merged((one.bbox[0], one.bbox[2]) for one in tables if one.bbox[1] < bottom and one.bbox[3] > top)
        ends = []
        for edge in upright:
            x = edge["x0"]
            beside = edge["top"] <= top + REACH and edge["bottom"] >= bottom - REACH and not _within(x, x, taken)
            if abs(edge[end] - y) <= REACH and (beside or left - REACH <= x <= right + REACH):
                ends.append(x)
        if ends and not _within(min(ends), max(ends), _lying(edges, y)):
            found.append(_line(_box(min(ends), max(ends), y, y, height)))
    return found


def _lying(edges: list[dict[str, Any]], y: float) -> list[tuple[float, float]]:
    """What the flat rulings at a height cover."""
    flat = (edge for edge in edges if edge["width"] > edge["height"] and abs(edge["top"] - y) <= REACH)
    return _merged((edge["x0"], edge["x1"]) for edge in flat)


def _merged(parts: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches from left to right, those that meet as one."""
    found: list[tuple[float, float]] = []
    for left, right in sorted(parts):
        if found and left <= found[-1][1] + REACH:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def _within(left: float, right: float, stretches: list[tuple[float, float]]) -> bool:
    """Whether one of some stretches reaches from one point to another."""
    at = bisect_right(stretches, (left + REACH, float("inf"))) - 1
    return at >= 0 and stretches[at][1] >= right - REACH


def _edges(page: pypdfium2.PdfPage, height: float, watch: _Watch) -> list[dict[str, Any]]:
    """The rulings of a page: thin rectangles and lines, whatever they are drawn with."""
    edges: list[dict[str, Any]] = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        watch.allow("rulings", len(edges))
        left, bottom, right, top = drawn.get_pos() if hasattr(drawn, "get_pos") else drawn.get_bounds()
        box = _box(left, right, height - top, height - bottom, height)
        if min(box["width"], box["height"]) <= THIN:
            edges.append(_line(box))
        elif _is_box(drawn):
            edges += rect_to_edges(box)
        else:
            edges += _segments(drawn, height)
    watch.allow("rulings", len(edges))
    return edges


def _box(left: float, right: float, top: float, bottom: float, height: float) -> dict[str, Any]:
    """A rectangle as pdfplumber describes it."""
    return {
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "y0": height - bottom,
        "y1": height - top,
        "width": right - left,
        "height": bottom - top,
    }


def _line(box: dict[str, Any]) -> dict[str, Any]:
    """A ruling of no thickness in place of a thin rectangle."""
    flat = dict(box)
    if box["width"] >= box["height"]:
        flat["top"] = flat["bottom"] = (box["top"] + box["bottom"]) / 2
        flat["height"] = 0.0
    else:
        flat["x0"] = flat["x1"] = (box["x0"] + box["x1"]) / 2
        flat["width"] = 0.0
    edge: dict[str, Any] = line_to_edge(flat)
    return edge


def _points(drawn: Any) -> list[tuple[int, float, float]]:
    """The segments of a path as (kind, x, y) in the page's space."""
    matrix = drawn.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for index in range(pdfium.FPDFPath_CountSegments(drawn.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((pdfium.FPDFPathSegment_GetType(segment), *matrix.on_point(x.value, y.value)))
    return points


def _is_box(drawn: Any) -> bool:
    points = _points(drawn)
    return len({(round(x, 1), round(y, 1)) for _, x, y in points}) == 4 and len(points) <= 5


def _segments(drawn: Any, height: float) -> list[dict[str, Any]]:
    edges: list[dict[str, Any]] = []
    last: tuple[float, float] | None = None
    for kind, x, y in _points(drawn):
        if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            left, right = sorted((last[0], x))
            top, bottom = sorted((height - last[1], height - y))
            if min(right - left, bottom - top) <= THIN:
                edges.append(_line(_box(left, right, top, bottom, height)))
        last = (x, y)
    return edges


def _characters(page: pypdfium2.PdfPage, height: float, watch: _Watch) -> list[dict[str, Any]]:
    """The characters of a page with their boxes, top down."""
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    found = []
    count = text.count_chars()
    for index in range(count):
        if index % OFTEN == 0:
            watch.allow("characters", count)
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        if letter.isspace() or letter in "\0\ufffe\uffff":
            continue
        letter = "-" if letter == HYPHEN else letter
        pdfium.FPDFText_GetLooseCharBox(text.raw, index, box)
        top, bottom = height - box.top, height - box.bottom
        found.append({"text": letter, "x0": box.left, "x1": box.right, "top": top, "bottom": bottom})
    text.close()
    return found


def _inside(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _lines(chars: list[dict[str, Any]]) -> list[tuple[float, str]]:
    """Lines of text by their distance from the top."""
    return [(min(c["top"] for c in line), _join(line)) for line in _rows(chars)]


def _rows(chars: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The characters line by line, top down; those of one line stand at nearly one height."""
    lines: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"]) / 2):
        middle = (char["top"] + char["bottom"]) / 2
        if lines and middle - (lines[-1][-1]["top"] + lines[-1][-1]["bottom"]) / 2 <= SAME_LINE:
            lines[-1].append(char)
        else:
            lines.append([char])
    return lines


def _laid_out(chars: list[dict[str, Any]]) -> list[str]:
    """The lines of a page without ruled tables, what stands apart on them set apart by blanks in proportion.

    A letter of a Chinese text takes up two places, as in ``pdftotext -layout``.
    """
    widths = {wide: [c["x1"] - c["x0"] for c in chars if _is_wide(c) is wide] for wide in (True, False)}
    letters = [median(some) / size for some, size in ((widths[True], 2), (widths[False], 1)) if some]
    left, right = min((c["x0"] for c in chars), default=0.0), max((c["x1"] for c in chars), default=0.0)
    if not letters or (step := min(letters)) * MOST_PLACES < right - left:
        return []
    return [_set_apart(sorted(line, key=itemgetter("x0")), left, step) for line in _rows(chars)]


def _set_apart(line: list[dict[str, Any]], left: float, step: float) -> str:
    text = ""
    at = 0
    end = left
    for char in line:
        gap = char["x0"] - end
        if not text or gap >= APART * step:
            blanks = max(2 if text else 0, round((char["x0"] - left) / step) - at)
            text += " " * blanks
            at += blanks
        elif gap >= step / 2:
            text += " "
            at += 1
        text += char["text"]
        at += 2 if _is_wide(char) else 1
        end = char["x1"]
    return text


def _is_wide(char: dict[str, Any]) -> bool:
    return east_asian_width(char["text"]) in "WFA"


def _join(line: list[dict[str, Any]]) -> str:
    """The text of a line; a wide gap becomes a blank."""
    text = ""
    last: dict[str, Any] | None = None
    for char in sorted(line, key=lambda c: c["x0"]):
        if last is not None and char["x0"] - last["x1"] > max(char["x1"] - char["x0"], SAME_LINE):
            text += " "
        text += char["text"]
        last = char
    return text


def _table(
    table: Table,
    chars: list[dict[str, Any]],
    under: list[tuple[float, float]],
    rows: list[list[Value]],
    spans: list[Span],
) -> dict[int, int]:
    """Add the rows and the merged cells of a table; gives, by column, the rows of the cells that are open below."""
    lefts = sorted({round(cell[0], 1) for cell in table.cells})
    tops = sorted({round(cell[1], 1) for cell in table.cells})
    first = len(rows)
    inside: dict[int, list[dict[str, Any]]] = {index: [] for index in range(len(tops))}
    for char in chars:
        if _inside(char, table.bbox):
            inside[max(0, bisect_right(tops, (char["top"] + char["bottom"]) / 2) - 1)].append(char)
    grid: list[list[Value]] = [[""] * len(lefts) for _ in tops]
    broken: dict[int, int] = {}
    for cell in table.cells:
        left, top, right, bottom = cell
        row, column = bisect_left(tops, round(top, 1)), bisect_left(lefts, round(left, 1))
        last_row = max(row, bisect_left(tops, bottom - SLACK) - 1)
        last_column = max(column, bisect_left(lefts, right - SLACK) - 1)
        own = [c for band in range(row, last_row + 1) for c in inside[band] if _inside(c, cell)]
        grid[row][column] = "".join(text for _, text in _lines(own))
        if last_row > row or last_column > column:
            spans.append((first + row, column, first + last_row, last_column))
        if bottom >= table.bbox[3] - REACH and not _within(left, right, under):
            broken[column] = first + row
    rows += grid
    return broken
