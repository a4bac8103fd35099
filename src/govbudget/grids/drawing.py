"""What the streams of a PDF unpack to and draw（数据流）, measured before pdfium does either: it cannot be stopped.

A stream can be packed several times over, and a drawing (form XObject) can stand many times in another.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import attrs

from govbudget.errors import ReadError
from govbudget.grids.limits import Limits

__all__ = ["check_streams"]

OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b(.*?)(endobj|(?<!end)stream\r?\n)", re.S)
END = b"endstream"
NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(\d{1,10})\s+\d{1,5}\s+R\b")
RESOURCES = re.compile(rb"/(?:Resources|XObject)\s+(\d{1,10})\s+\d{1,5}\s+R\b")
CONTENTS = re.compile(rb"/Contents\s*(?:\[([^\]]*)\]|(\d{1,10}\s+\d{1,5}\s+R\b))")
REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
FIRST = re.compile(rb"/First\s+(\d{1,9})")
DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?!\w)")
HEXADECIMAL = re.compile(rb"/(?:ASCIIHexDecode|AHx)\b")
AS_TEXT = re.compile(rb"/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85)\b")
SAYS_WHAT = re.compile(rb"/(?:Type|Subtype|Length1|N)\b")
CHUNK = 1 << 16
LAYERS = 8
LEVELS = 40


def check_streams(data: bytes, file: str, limits: Limits) -> None:
    """See that no stream unpacks to more than allowed, and no page draws more.

    Raises:
        ReadError: a stream or a page is larger, or a drawing stands in itself.
    """
    drawings = _Drawings(file, limits)
    for found in OBJECT.finditer(data):
        number, head = int(found[1]), found[2]
        drawings.heads[number] = head
        if found[3] != b"endobj":
            holds = b"ObjStm" in head
            draws = b"Form" in head or not SAYS_WHAT.search(head)  # what says nothing of itself may be a page's content
            limit = "drawn" if draws or holds else "unpacked"
            allow = _allow(limit, file, limits)
            kept = b"".join(piece for piece in _unpacked(data, found.end(), head, allow) if draws or holds)
            if holds:
                drawings.heads.update(_objects(kept, head))
            elif draws:
                drawings.add(number, kept)
    drawings.check()


def _allow(limit: str, file: str, limits: Limits) -> Callable[[int], None]:
    return lambda size: limits.allow(limit, size, file)


def _unpacked(data: bytes, start: int, head: bytes, allow: Callable[[int], None]) -> Iterator[bytes]:
    """What the stream there unpacks to, piece by piece, unpacked as often as it is packed; itself where it is not."""
    if AS_TEXT.search(head):
        data, start = _as_bytes(data[start : data.find(END, start)], head), 0
    layers = _Layer(allow)
    if not layers.is_packed(data[start : start + 2]):
        yield data[start : data.find(END, start)]
        return
    for at in range(start, len(data), CHUNK):
        yield from layers.feed(data[at : at + CHUNK])
        if layers.ended:
            return


def _as_bytes(text: bytes, head: bytes) -> bytes:
    """What is written in hexadecimal or in 85 letters; what is broken as it stands."""
    try:
        if HEXADECIMAL.search(head):
            return bytes.fromhex(text.partition(b">")[0].decode("ascii"))
        return base64.a85decode(text.partition(b"~>")[0], foldspaces=False)
    except ValueError:
        return text


class _Layer:
    """Unpacks what comes, and again what it unpacks to where that looks packed."""

    def __init__(self, allow: Callable[[int], None], depth: int = 1) -> None:
        self._allow = allow
        self._depth = depth
        self._unpacking = zlib.decompressobj()
        self._size = 0
        self._inner: _Layer | None = None
        self.ended = False

    @staticmethod
    def is_packed(start: bytes) -> bool:
        return len(start) == 2 and start[0] & 15 == 8 and int.from_bytes(start, "big") % 31 == 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        while piece and not self.ended:
            try:
                out = self._unpacking.decompress(piece, CHUNK)
            except zlib.error:  # broken from here on
                self.ended = True
                return
            piece = self._unpacking.unconsumed_tail
            self.ended = self._unpacking.eof
            if not self._size and self.is_packed(out[:2]) and self._depth < LAYERS:
                self._inner = _Layer(self._allow, self._depth + 1)
            self._size += len(out)
            self._allow(self._size)
            if self._inner is None:
                yield out
            else:
                yield from self._inner.feed(out)


def _objects(content: bytes, head: bytes) -> dict[int, bytes]:
    """The objects that a stream of objects holds, by their numbers."""
    first = FIRST.search(head)
    start = int(first[1]) if first else 0
    places = [int(word[:10]) for word in content[:start].split() if word.isdigit()]
    pairs = list(zip(places[::2], places[1::2]))
    ends = [at for _, at in pairs[1:]] + [len(content)]
    return {number: content[start + at : start + end] for (number, at), end in zip(pairs, ends)}


@attrs.define
class _Drawing:
    """What a stream draws: its own instructions, and other drawings by their names."""

    size: int
    names: Counter[bytes]


class _Drawings:
    """The pages and drawings of a document, and which stand in which."""

    def __init__(self, file: str, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self.heads: dict[int, bytes] = {}
        self._drawings: dict[int, _Drawing] = {}
        self._costs: dict[int, int] = {}
        self._everywhere: dict[bytes, set[int]] = defaultdict(set)

    def add(self, number: int, content: bytes) -> None:
        """Take a stream in that may draw."""
        self._limits.allow("drawn", len(content), self._file)
        self._drawings[number] = _Drawing(len(content), Counter(DRAWN.findall(content)))

    def check(self) -> None:
        """Refuse a page that draws too much."""
        for head in self.heads.values():
            for name, number in NAMED.findall(head):
                self._everywhere[name].add(int(number))
        for head in self.heads.values():
            for several, single in CONTENTS.findall(head):
                numbers = _references(several or single)
                if single and numbers[0] not in self._drawings:
                    numbers = _references(self.heads.get(numbers[0], b""))
                self._limits.allow("drawn", sum(self._cost(number, head, ()) for number in numbers), self._file)

    def _cost(self, number: int, head: bytes, trail: tuple[int, ...]) -> int:
        """The bytes of the instructions to draw something, those of what stands in it each time."""
        drawing = self._drawings.get(number)
        if drawing is None:
            return 0
        total = drawing.size
        named = self._named(head) if drawing.names else {}
        for name, times in drawing.names.items():
            inner = named.get(name) or self._everywhere.get(name, set()).difference(trail)
            total += times * max((self._cost_of(one, (*trail, number)) for one in inner), default=0)
            self._limits.allow("drawn", total, self._file)
        return total

    def _cost_of(self, number: int, trail: tuple[int, ...]) -> int:
        if number in trail or len(trail) > LEVELS:
            raise ReadError(self._file, "图形嵌套成环或过深 (a drawing stands in itself, or too deep in others)")
        if number not in self._costs:
            self._costs[number] = self._cost(number, self.heads.get(number, b""), trail)
        return self._costs[number]

    def _named(self, head: bytes, depth: int = 0) -> dict[bytes, set[int]]:
        """What names mean in an object, also where it only refers to its resources."""
        found: dict[bytes, set[int]] = defaultdict(set)
        for name, number in NAMED.findall(head):
            found[name].add(int(number))
        for number in RESOURCES.findall(head) if depth < 2 else ():
            for name, numbers in self._named(self.heads.get(int(number), b""), depth + 1).items():
                found[name] |= numbers
        return found


def _references(text: bytes) -> list[int]:
    return [int(number) for number in REFERENCE.findall(text)]
