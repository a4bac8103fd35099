"""Annotating a workbook（批注工作簿）: a fill and a comment on each cell at fault, and nothing else changed.

The package is changed part by part and byte by byte: what is not spoken of here is copied as it stands, so that
formulas, validations, pictures and whatever else a workbook holds cannot be lost.
"""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import IO, NamedTuple

from govbudget.cells import Place, cell_name, cell_position
from govbudget.errors import ReadError, WriteError, refusal
from govbudget.saving import save_workbook
from govbudget.writing.package import FILLS, HEAD, OFFICE, Package
from govbudget.writing.parts import Element, quoted, related

__all__ = ["Note", "annotate"]

AUTHOR = "govbudget"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
AFTER_LEGACY = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
) | {"AlternateContent"}
LAST_COLUMN = 16_384
SHAPE = re.compile(rb"_x0000_s([0-9]+)")
VML_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"{spaces}>'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE_XML = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
    'width:300pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"{spaces}>'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


class Note(NamedTuple):
    """What is to be said of a cell（批注）; *severity* is ``error``, ``warning`` or ``info``."""

    place: Place
    severity: str
    text: str


def annotate(
    source: str | PathLike[str] | bytes | IO[bytes],
    notes: Iterable[Note],
    target: str | PathLike[str] | IO[bytes],
) -> list[Note]:
    """Copy an .xlsx workbook with notes on its cells（批注）: the gravest note gives the fill, all give the comment.

    Args:
        source: the workbook: a path, bytes or a binary file.
        notes: what to say, cell by cell.
        target: a path or a binary file.

    Returns:
        The notes that point at no cell of the workbook.

    Raises:
        ReadError: the source is no .xlsx workbook, or one that could not be copied without loss.
        WriteError: the target is the source itself, or cannot be written.
    """
    name = fspath(source) if isinstance(source, (str, PathLike)) else "<bytes>"
    if isinstance(source, (str, PathLike)) and isinstance(target, (str, PathLike)) and _same(source, target):
        raise WriteError(f"{fspath(target)}: 批注写成副本，不覆盖原文件 (the copy must not replace the document)")
    package = Package(name, _bytes(name, source))
    cells: dict[tuple[str, int, int], list[Note]] = defaultdict(list)
    left: list[Note] = []
    try:
        sheets = package.sheets()
        for note in notes:
            place = note.place
            sheet = sheets.get(place.sheet) or sheets.get(place.sheet.strip())
            if sheet and 0 < place.column <= LAST_COLUMN:
                cells[sheet, place.row, place.column].append(note)
            else:
                left.append(note)
        for sheet in dict.fromkeys(key[0] for key in cells):
            _Sheet(package, sheet).mark({key[1:]: several for key, several in cells.items() if key[0] == sheet})
        data = package.render()
    except (ValueError, KeyError, IndexError, StopIteration) as error:
        raise ReadError(name, f"工作簿的内部结构有误，无法批注：{error} (the workbook is damaged)") from error
    save_workbook(data, target)
    return left


def _same(source: str | PathLike[str], target: str | PathLike[str]) -> bool:
    try:
        return Path(source).samefile(target)
    except OSError:
        return False


def _bytes(name: str, source: str | PathLike[str] | bytes | IO[bytes]) -> bytes:
    try:
        if isinstance(source, (str, PathLike)):
            return Path(source).read_bytes()
        if isinstance(source, bytes):
            return source
        with contextlib.suppress(OSError):
            source.seek(0)
        data = source.read()
        if not isinstance(data, bytes):
            raise ReadError(name, "须以二进制方式打开 .xlsx 文件 (the .xlsx must be opened as a binary file)")
        return data
    except OSError as error:
        raise ReadError(name, refusal("文件打不开", "cannot be opened", error)) from error


class _Sheet:
    """One worksheet and the parts that hold its comments."""

    def __init__(self, package: Package, name: str) -> None:
        self.package = package
        self.name = name
        self.part = package.part(name)
        self.p = self.part.root.prefix

    def mark(self, cells: dict[tuple[int, int], list[Note]]) -> None:
        """Fill and comment the cells, each given by its row and column counted from 1."""
        ranks = list(FILLS)
        fills = {at: min((note.severity for note in notes), key=ranks.index) for at, notes in cells.items()}
        self._fill(fills)
        new = self._comment({at: "\n\n".join(note.text for note in notes) for at, notes in cells.items()})
        if new:
            self._draw(new)

    def _fill(self, fills: dict[tuple[int, int], str]) -> None:
        data = self.part.root.child("sheetData")
        if data is None:
            raise ValueError("sheetData")
        rows = dict(_numbered(data.children, lambda one: int(one.attributes["r"])))
        columns = {number: dict(_numbered(row.children, _column_of)) for number, row in rows.items()}
        new_rows: dict[int, list[str]] = defaultdict(list)
        for (row, column), severity in sorted(fills.items()):
            cell = columns.get(row, {}).get(column)
            if cell is not None:
                self.part.set(cell, s=str(self.package.filled(int(cell.attributes.get("s", 0)), severity)))
                continue
            style = self.package.filled(self._style(rows.get(row), column), severity)
            xml = f'<{self.p}c r="{cell_name(row - 1, column - 1)}" s="{style}"/>'
            if row in rows:
                self._insert(rows[row], columns[row], column, xml)
            else:
                new_rows[row].append(xml)
        for number, xmls in new_rows.items():
            self._insert(data, rows, number, f'<{self.p}row r="{number}">{"".join(xmls)}</{self.p}row>')

    def _insert(self, parent: Element, members: dict[int, Element], number: int, xml: str) -> None:
        following = min((other for other in members if other > number), default=None)
        if following is None:
            self.part.append(parent, xml)
        else:
            self.part.before(members[following], xml)

    def _style(self, row: Element | None, column: int) -> int:
        """The style of a cell that is not stored: its row's, else its column's."""
        if row is not None and row.attributes.get("customFormat") in {"1", "true"}:
            return int(row.attributes.get("s", 0))
        for one in self.part.root.walk("col"):
            if int(one.attributes["min"]) <= column <= int(one.attributes["max"]):
                return int(one.attributes.get("style", 0))
        return 0

    def _comment(self, texts: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
        """Write the comments; gives those that need a box, because their cell had none."""
        package = self.package
        link = next((one for one in package.links(self.name) if one["Type"] == f"{OFFICE}/comments"), None)
        if link is not None:
            name = related(self.name, link["Target"])
        else:
            name = package.free("xl/comments{}.xml")
            package.put(
                name,
                f'{HEAD}<comments xmlns="{NAMESPACE}"><authors></authors><commentList></commentList></comments>',
            )
            package.declare("PartName", f"/{name}", COMMENTS)
            package.link(self.name, "comments", name)
        part = package.part(name)
        p = part.root.prefix
        authors, comments = part.root.child("authors"), part.root.child("commentList")
        if authors is None or comments is None:
            raise ValueError(name)
        names = [part.data[one.inside : one.close].decode() for one in authors.children]
        if AUTHOR not in names:
            names.append(AUTHOR)
            part.append(authors, f"<{p}author>{AUTHOR}</{p}author>")
        there = {one.attributes["ref"]: one for one in comments.children}
        new = {}
        for at, text in sorted(texts.items()):
            ref = cell_name(at[0] - 1, at[1] - 1)
            old = there[ref].child("text") if ref in there else None
            if old is not None:
                part.append(old, f'<{p}r><{p}t xml:space="preserve">\n\n{quoted(text)}</{p}t></{p}r>')
                continue
            new[at] = text
            part.append(
                comments,
                f'<{p}comment ref="{ref}" authorId="{names.index(AUTHOR)}"><{p}text><{p}t xml:space="preserve">'
                f"{quoted(text)}</{p}t></{p}text></{p}comment>",
            )
        return new

    def _draw(self, texts: dict[tuple[int, int], str]) -> None:
        """The boxes of new comments, beside those that the sheet has."""
        package = self.package
        legacy = self.part.root.child("legacyDrawing")
        if legacy is not None:
            key = next(value for key, value in legacy.attributes.items() if key.endswith(":id"))
            link = next(one for one in package.links(self.name) if one["Id"] == key)
            name = related(self.name, link["Target"])
            data = package.raw(name)
        else:
            name = package.free("xl/drawings/vmlDrawing{}.vml")
            package.declare("Extension", "vml", VML)
            key = package.link(self.name, "vmlDrawing", name)
            xml = f'<{self.p}legacyDrawing xmlns:r="{OFFICE}" r:id="{key}"/>'
            following = next((one for one in self.part.root.children if one.name in AFTER_LEGACY), None)
            if following is None:
                self.part.append(self.part.root, xml)
            else:
                self.part.before(following, xml)
            spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in VML_NAMESPACES.items())
            layout = '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
            data = f"<xml{spaces}>{layout}</xml>".encode()
        end = data.rindex(b"</")
        shapes = "".join(_shapes(data, texts))
        package.put(name, data[:end] + shapes.encode() + data[end:])


def _shapes(data: bytes, texts: dict[tuple[int, int], str]) -> Iterator[str]:
    declared = (f' xmlns:{prefix}="{uri}"' for prefix, uri in VML_NAMESPACES.items())
    spaces = "".join(text for text in declared if text.encode() not in data)
    if b'"_x0000_t202"' not in data:
        yield SHAPE_TYPE.format(spaces=spaces)
    first = max([1024, *(int(number) for number in SHAPE.findall(data))]) + 1
    for number, ((row, column), text) in enumerate(sorted(texts.items()), first):
        height = 18 + 15 * sum(1 + len(line) // 30 for line in text.split("\n"))
        yield SHAPE_XML.format(number=number, height=height, row=row - 1, column=column - 1, spaces=spaces)


def _numbered(elements: Sequence[Element], number: Callable[[Element], int]) -> Iterator[tuple[int, Element]]:
    """Rows or cells with their numbers; one that does not say its own follows the one before."""
    last = 0
    for one in elements:
        last = number(one) if "r" in one.attributes else last + 1
        yield last, one


def _column_of(cell: Element) -> int:
    return (cell_position(cell.attributes["r"]) or (0, 0))[1]
