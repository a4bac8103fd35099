"""The parts of an Office package（工作簿部件）, changed by splicing, so that the rest stays as it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import escape

import attrs

from govbudget.saving import NO_XML

__all__ = ["Element", "Part", "quoted", "related"]

ATTRIBUTE = r"""(\s{}\s*=\s*)("[^"]*"|'[^']*')"""
OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=['\"](?!utf-8)", re.IGNORECASE)
TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")


@attrs.define(eq=False)
class Element:
    """An element with its bytes: ``start`` to ``inside`` is its start tag, ``close`` to ``end`` its end tag."""

    tag: str
    attributes: dict[str, str]
    start: int
    inside: int
    close: int = 0
    end: int = 0
    children: list[Element] = attrs.field(factory=list)

    @property
    def name(self) -> str:
        """The name without its prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon; empty where there is none."""
        return self.tag[: -len(self.name)]

    def child(self, name: str) -> Element | None:
        """The first child called *name*."""
        return next((one for one in self.children if one.name == name), None)

    def walk(self, name: str) -> Iterator[Element]:
        """Every element called *name* below this one."""
        for one in self.children:
            if one.name == name:
                yield one
            yield from one.walk(name)


class Part:
    """One XML part: its elements, and the changes to make.

    Raises:
        ValueError: it is no XML, or XML that cannot be changed byte by byte.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root = _parse(data)
        self._attributes: dict[int, tuple[Element, dict[str, str]]] = {}
        self._appended: dict[int, tuple[Element, list[str]]] = {}
        self._inserted: list[tuple[int, str]] = []

    def set(self, element: Element, **values: str) -> None:
        """Give an element attributes."""
        self._attributes.setdefault(id(element), (element, {}))[1].update(values)

    def append(self, element: Element, xml: str) -> None:
        """Add *xml* as the last child of an element."""
        self._appended.setdefault(id(element), (element, []))[1].append(xml)

    def before(self, element: Element, xml: str) -> None:
        """Add *xml* before an element."""
        self._inserted.append((element.start, xml))

    def copy(self, element: Element, **values: str) -> str:
        """An element as text, with other attributes."""
        head = _with(self.data[element.start : element.inside].decode(), values)
        return head + self.data[element.inside : element.end].decode()

    def render(self) -> bytes:
        """The part with all changes made."""
        edits = [(at, at, text) for at, text in self._inserted]
        touched = {**self._attributes, **self._appended}
        for key, (element, _) in touched.items():
            head = self.data[element.start : element.inside].decode()
            head = _with(head, self._attributes[key][1] if key in self._attributes else {})
            more = "".join(self._appended[key][1]) if key in self._appended else ""
            if more and element.inside == element.end:
                head, more = f"{head[:-2].rstrip()}>{more}</{element.tag}>", ""
            edits.append((element.start, element.inside, head))
            if more:
                edits.append((element.close, element.close, more))
        pieces, position = [], 0
        for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
            pieces += [self.data[position:start], text.encode()]
            position = end
        return b"".join([*pieces, self.data[position:]])


def _with(head: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        pattern = re.compile(ATTRIBUTE.format(name))
        if pattern.search(head):
            head = pattern.sub(rf'\g<1>"{value}"', head, count=1)
        else:
            end = len(head) - (2 if head.endswith("/>") else 1)
            head = f'{head[:end].rstrip()} {name}="{value}"{head[end:]}'
    return head


def _parse(data: bytes) -> Element:
    top = Element("", {}, 0, 0)
    path = [top]
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        element = Element(tag, attributes, at, _tag_end(data, at))
        path[-1].children.append(element)
        path.append(element)

    def end(_: str) -> None:
        element = path.pop()
        if data[element.inside - 2 : element.inside] == b"/>":
            element.close = element.end = element.inside
        else:
            element.close = parser.CurrentByteIndex
            element.end = data.index(b">", element.close) + 1

    def refuse(*_: object) -> None:
        raise ValueError("a document type is declared")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or OTHER_ENCODING.match(data):
        raise ValueError("the encoding is not UTF-8")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return top.children[0]


def _tag_end(data: bytes, at: int) -> int:
    """The end of the start tag at *at*; a > within quotes does not end it."""
    found = TAG.match(data, at)
    if found is None:
        raise ValueError("a tag has no end")
    return found.end()


def quoted(text: str) -> str:
    """*text* as the content of an element, without what XML cannot hold."""
    return escape(NO_XML.sub("\ufffd", text))


def related(part: str, target: str) -> str:
    """The name of the part that a relationship of *part* points at."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
