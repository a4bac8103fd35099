"""A workbook as a package of parts（工作簿包）: opened, changed and put together again without touching the rest."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from govbudget.errors import ReadError
from govbudget.writing.parts import Element, Part, related

__all__ = ["FILLS", "HEAD", "OFFICE", "Package"]

FILLS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TYPES = "[Content_Types].xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Package:
    """The parts of a workbook, those that were opened and those that were added."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._infos = archive.infolist()
                self._data = {info.filename: archive.read(info) for info in self._infos}
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
            raise self._refusal("这不是 .xlsx 工作簿", "this is no .xlsx workbook") from error
        self._parts: dict[str, Part] = {}
        self._fillings: Fillings | None = None
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
            self._fillings = Fillings(self.part(related(self.workbook, link["Target"])))
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


class Fillings:
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
