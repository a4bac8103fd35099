"""What a file carries beside its cells（宏、外部链接、自定义属性）: macros are never run, links never followed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

import attrs

from govbudget.grids.relations import attributes, relations

__all__ = ["About", "about_archive"]

MACROS = re.compile(r"(.*/)?vbaProject\.bin|xl/macrosheets/.+|Scripts/.+[^/]|Basic/[^/]+/(?!script-lb\.xml).+\.xml")
PROPERTY = re.compile(rb"<(?:\w+:)?property\s([^<>]*)>\s*<(?:\w+:)?lpwstr[^<>]*>([^<]*)</(?:\w+:)?lpwstr>")
DDE = re.compile(rb"<(?:\w+:)?(?:ddeLink|dde-source)\s([^<>]*)>")
TABLE_SOURCE = re.compile(rb"<(?:\w+:)?(?:table-source|cell-range-source)\s([^<>]*)>")
IN_FORMULA = re.compile(rb"(?:'|&apos;)(\w{3,5}://[^'\"<>]{1,2000}?)(?:'|&apos;)#")
# The relations that give cells their values; what a reader clicks or sees, and a template, do not.
GIVING = frozenset({"externalLinkPath", "oleObject", "xlPathMissing", "xlStartup", "xlAlternateStartup", "xlLibrary"})


@attrs.frozen
class About:
    """What a file carries beside its cells.

    Attributes:
        says: what it says of itself（自定义属性）.
        macros: whether it has macros（宏）.
        links: the files and programs from which it takes values（外部链接）, as it names them.
    """

    says: Mapping[str, str] = attrs.field(factory=dict)
    macros: bool = False
    links: tuple[str, ...] = ()


def about_archive(archive: zipfile.ZipFile) -> About:
    """What a workbook or a Word document of XML carries."""
    names = archive.namelist()
    return About(
        _properties(archive) if "docProps/custom.xml" in names else {},
        any(MACROS.fullmatch(name) for name in names),
        tuple(dict.fromkeys(link for link in _links(archive, names) if link)),
    )


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    return {
        attributes(head).get("name", ""): unescape(text.decode("utf-8", "replace"))
        for head, text in PROPERTY.findall(archive.read("docProps/custom.xml"))
    }


def _links(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    for name in names:
        if name.endswith(".rels"):
            xml = archive.read(name)
            for relation in relations(xml) if b"TargetMode" in xml else ():
                if relation.external and relation.kind in GIVING:
                    yield unquote(relation.target)
        elif name.startswith("xl/externalLinks/") and name.endswith(".xml"):
            for head in DDE.findall(archive.read(name)):
                values = attributes(head)
                yield f"{values.get('ddeService', '')}|{values.get('ddeTopic', '')}"
        elif name == "content.xml":
            content = archive.read(name)
            for path in IN_FORMULA.findall(content):
                yield unquote(unescape(path.decode("utf-8", "replace")))
            for head in TABLE_SOURCE.findall(content):
                yield unquote(attributes(head).get("xlink:href", ""))
            for head in DDE.findall(content):
                values = attributes(head)
                yield f"{values.get('office:dde-application', '')}|{values.get('office:dde-topic', '')}"
