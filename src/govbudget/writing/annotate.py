"""Annotating a workbook（批注工作簿）: a fill and a comment on each cell at fault, and nothing else changed.

The package is changed part by part and byte by byte: what is not spoken of here is copied as it stands, so that
formulas, validations, pictures and whatever else a workbook holds cannot be lost.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import IO

from govbudget.errors import ReadError, WriteError
from govbudget.model import Place, cell_name
from govbudget.writing.parts import Element, Part, quoted, related
from govbudget.writing.saving import save

__all__ = ["annotate"]

Note = tuple[Place, str, str]

AUTHOR = "govbudget"
FILLS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
TYPES = "[Content_Types].xml"
AFTER_LEGACY = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
) | {"AlternateContent"}
CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)").fullmatch
SHAPE = re.compile(rb"_x0000_s([0-9]+)")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
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


def annotate(
    source: str | PathLike[str] | bytes | IO[bytes],
    notes: Iterable[Note],
    target: str | PathLike[str] | IO[bytes],
) -> list[Note]:
    """Copy an .xlsx workbook with notes on its cells（批注）: the gravest note gives the fill, all give the comment.

    Args:
        source: the workbook: a path, bytes or a binary file.
        notes: the place, ``error``, ``warning`` or ``info``, and the text of each note.
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
    package = _Package(name, _bytes(name, source))
    cells: dict[tuple[str, int, int], list[Note]] = defaultdict(list)
    left: list[Note] = []
    try:
        sheets = package.sheets()
        for note in notes:
            place = note[0]
            sheet = sheets.get(place.sheet) or sheets.get(place.sheet.strip())
            found = CELL(place.cell)
            if sheet and found:
                cells[sheet, int(found[2]), _column(found[1])].append(note)
            else:
                left.append(note)
        for sheet in dict.fromkeys(key[0] for key in cells):
            _Sheet(package, sheet).mark({key[1:]: several for key, several in cells.items() if key[0] == sheet})
        data = package.render()
    except (ValueError, KeyError, IndexError) as error:
        raise ReadError(name, f"工作簿的内部结构有误，无法批注：{error} (the workbook is damaged)") from error
    save(data, target)
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
        return source if isinstance(source, bytes) else source.read()
    except OSError as error:
        raise ReadError(name, f"无法读取：{error.strerror or error} (cannot be read)") from error


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Package:
    """The parts of a workbook, those that were opened and those that were added."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._infos = archive.infolist()
                self._data = {info.filename: archive.read(info) for info in self._infos}
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise self._refusal("这不是 .xlsx 工作簿", "this is no .xlsx workbook") from error
        self._parts: dict[str, Part] = {}
        self._fillings: _Fillings | None = None
        try:
            self.workbook = self._workbook()
            strict = b"purl.oclc.org" in self.part(self.workbook).data
            types = self.part(TYPES).root.children
            self._extensions = {one.attributes.get("Extension", "").lower() for one in types}
        except (ValueError, KeyError) as error:
            raise self._refusal("这不是 .xlsx 工作簿", "this is no .xlsx workbook") from error
        if strict:
            raise self._refusal("这是 Strict 格式的工作簿", "this workbook is in the strict format")
        if any(part.startswith("_xmlsignatures/") for part in self._data):
            raise self._refusal("工作簿有数字签名，批注会使它失效", "notes would break its signature")

    def _refusal(self, zh: str, en: str) -> ReadError:
        return ReadError(
            self.name,
            f"{zh}；只能批注普通的 .xlsx，请先在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）” "
            f"({en}; save it as an ordinary .xlsx first)",
        )

    def _workbook(self) -> str:
        for link in self.links(""):
            if link["Type"].endswith("/officeDocument"):
                name = related("", link["Target"])
                if self._type(name) == WORKBOOK:
                    return name
        raise ValueError("no workbook")

    def _type(self, part: str) -> str:
        types = self.part(TYPES).root.children
        found = (one.attributes["ContentType"] for one in types if one.attributes.get("PartName") == f"/{part}")
        return next(found, "")

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def part(self, name: str) -> Part:
        """A part opened for changes."""
        if name not in self._parts:
            self._parts[name] = Part(self._data[name])
        return self._parts[name]

    def raw(self, name: str) -> bytes:
        """A part that is no XML."""
        return self._data[name]

    def put(self, name: str, data: str | bytes) -> None:
        """Replace a part that is no XML, or add one."""
        self._data[name] = data.encode() if isinstance(data, str) else data

    def free(self, pattern: str) -> str:
        """A name that no part has."""
        taken = {name.lower() for name in self._data}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken)

    def links(self, part: str) -> list[dict[str, str]]:
        """The relationships of a part."""
        name = _links_name(part)
        return [one.attributes for one in self.part(name).root.children] if name in self._data else []

    def link(self, part: str, kind: str, target: str) -> str:
        """Add a relationship; gives its id."""
        name = _links_name(part)
        if name not in self._data:
            self.put(name, f'{HEAD}<Relationships xmlns="{PACKAGE}"></Relationships>')
        root = self.part(name).root
        taken = {one.attributes["Id"] for one in root.children}
        new = next(one for n in range(1, len(taken) + 99) if (one := f"rIdNote{n}{kind}") not in taken)
        self.part(name).append(
            root, f'<{root.prefix}Relationship Id="{new}" Type="{OFFICE}/{kind}" Target="/{target}"/>'
        )
        return new

    def declare(self, attribute: str, name: str, content: str) -> None:
        """Say of which type a part, or an extension, is."""
        root = self.part(TYPES).root
        tag = "Default" if attribute == "Extension" else "Override"
        xml = f'<{root.prefix}{tag} {attribute}="{name}" ContentType="{content}"/>'
        if tag == "Override":
            self.part(TYPES).append(root, xml)
        elif name not in self._extensions:
            self.part(TYPES).before(root.children[0], xml)
            self._extensions.add(name)

    def sheets(self) -> dict[str, str]:
        """The part of each worksheet by its name, also by its name without blanks around it."""
        links = {link["Id"]: link for link in self.links(self.workbook)}
        found: dict[str, str] = {}
        for sheet in self.part(self.workbook).root.walk("sheet"):
            key = next(value for key, value in sheet.attributes.items() if key.endswith(":id"))
            if links[key]["Type"].endswith("/worksheet"):
                part = related(self.workbook, links[key]["Target"])
                found[sheet.attributes["name"]] = part
                found.setdefault(sheet.attributes["name"].strip(), part)
        return found

    def filled(self, style: int, severity: str) -> int:
        """The number of the style that is *style* with the fill of a severity."""
        if self._fillings is None:
            link = next((one for one in self.links(self.workbook) if one["Type"].endswith("/styles")), None)
            if link is None:
                raise ValueError("no styles")
            self._fillings = _Fillings(self.part(related(self.workbook, link["Target"])))
        return self._fillings.number(style, severity)

    def render(self) -> bytes:
        """The whole package: the parts in their order, then those that were added."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            known = set()
            for info in self._infos:
                known.add(info.filename)
                archive.writestr(info, self._rendered(info.filename))
            for name in self._data:
                if name not in known:
                    archive.writestr(zipfile.ZipInfo(name), self._rendered(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _rendered(self, name: str) -> bytes:
        return self._parts[name].render() if name in self._parts else self._data[name]


class _Fillings:
    """The fills and the filled styles that are added to the styles of a workbook."""

    def __init__(self, part: Part) -> None:
        fills, formats = part.root.child("fills"), part.root.child("cellXfs")
        if fills is None or formats is None:
            raise ValueError("no fills or no formats")
        self._part, self._fills, self._formats = part, fills, formats
        self._colours: dict[str, int] = {}
        self._styles: dict[tuple[int, str], int] = {}

    def number(self, style: int, severity: str) -> int:
        """The number of the style that is *style* with the fill of a severity."""
        key = style, severity
        if key not in self._styles:
            xf = self._part.copy(self._formats.children[style], fillId=str(self._colour(severity)), applyFill="1")
            self._styles[key] = self._add(self._formats, xf, len(self._styles))
        return self._styles[key]

    def _colour(self, severity: str) -> int:
        if severity not in self._colours:
            p = self._fills.prefix
            xml = (
                f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{FILLS[severity]}"/>'
                f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
            )
            self._colours[severity] = self._add(self._fills, xml, len(self._colours))
        return self._colours[severity]

    def _add(self, parent: Element, xml: str, added: int) -> int:
        number = len(parent.children) + added
        self._part.append(parent, xml)
        self._part.set(parent, count=str(number + 1))
        return number


def _links_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class _Sheet:
    """One worksheet and the parts that hold its comments."""

    def __init__(self, package: _Package, name: str) -> None:
        self.package = package
        self.name = name
        self.part = package.part(name)
        self.p = self.part.root.prefix

    def mark(self, cells: dict[tuple[int, int], list[Note]]) -> None:
        """Fill and comment the cells, each given by its row and column counted from 1."""
        ranks = list(FILLS)
        fills = {at: min((note[1] for note in notes), key=ranks.index) for at, notes in cells.items()}
        self._fill(fills)
        new = self._comment({at: "\n\n".join(note[2] for note in notes) for at, notes in cells.items()})
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
                f'<{p}comment ref="{ref}" authorId="{len(authors.children)}"><{p}text><{p}t xml:space="preserve">'
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
    return _column(cell.attributes["r"].rstrip("0123456789"))
