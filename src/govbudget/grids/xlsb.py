"""What the records of an .xlsb workbook say before it is opened: how far its sheets reach.

The numbers of the records are those of [MS-XLSB].
"""

from __future__ import annotations

import struct
import zipfile
from array import array
from collections.abc import Iterator

from govbudget.errors import ReadError
from govbudget.grids.limits import Limits
from govbudget.grids.reach import Reach
from govbudget.grids.relations import relations

__all__ = ["check_xlsb"]

BOOK, RELATIONS, TEXTS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/sharedStrings.bin"
ROW, SHARED, TEXT, SHEET = 0, 7, 19, 156
FILLED = frozenset({2, 3, 4, 5, 6, SHARED, 8, 9, 10, 11, 62})
NUMBER, CELL_OF_TEXT = struct.Struct("<I"), struct.Struct("<III")
LEAST = 8
MORE = 0x80
BYTES_A_LETTER = 3


def check_xlsb(archive: zipfile.ZipFile, file: str, limits: Limits) -> None:
    """See that the sheets of a workbook are no larger than allowed, in cells and in the bytes of their texts.

    Raises:
        ReadError: they are larger, or broken.
    """
    names = set(archive.namelist())
    parts = {one.id: one.part("xl") for one in relations(archive.read(RELATIONS))} if RELATIONS in names else {}
    reach = Reach(file, limits)
    used = array("I")
    count = 0
    for name, relation in _sheets(archive.read(BOOK)):
        part = parts.get(relation)
        if part not in names:
            continue
        reach.begin(name)
        content = archive.read(part)
        row = 0
        for kind, start, end in _records(content):
            count += 1
            if count > limits.cells:
                limits.allow("cells", count, file, name)
            if kind != ROW and kind not in FILLED:
                continue
            if end - start < LEAST:  # calamine would take the rest from the record before
                raise ReadError(file, "工作表已损坏：记录不完整 (the sheet is broken: a record is not whole)", name)
            if kind == ROW:
                (row,) = NUMBER.unpack_from(content, start)
                continue
            reach.add(row, *NUMBER.unpack_from(content, start))
            if kind == SHARED and end - start >= CELL_OF_TEXT.size:
                used.append(CELL_OF_TEXT.unpack_from(content, start)[2])
    texts = archive.read(TEXTS) if used and TEXTS in names else b""
    if len(used) * len(texts) > limits.unpacked:
        lengths = [BYTES_A_LETTER * (end - start) // 2 for kind, start, end in _records(texts) if kind == TEXT]
        limits.allow("unpacked", sum(lengths[index] for index in used if index < len(lengths)), file)


def _records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """The records: their kind, and where their content begins and ends."""
    at, size = 0, len(content)
    content += bytes(6)  # a head at the end may be cut
    while at < size:
        kind = content[at]
        at += 1
        if kind & MORE:
            kind = kind & ~MORE | (content[at] & ~MORE) << 7
            at += 1
        length = shift = 0
        more = MORE
        while more and shift < 28:
            length |= (content[at] & ~MORE) << shift
            more = content[at] & MORE
            at, shift = at + 1, shift + 7
        yield kind, at, min(at + length, size)
        at += length


def _sheets(content: bytes) -> Iterator[tuple[str, str]]:
    """The names of the sheets, and their relations."""
    for kind, start, end in _records(content):
        if kind == SHEET:
            texts = []
            at = start + 2 * NUMBER.size
            for _ in range(2):
                length = NUMBER.unpack_from(content, at)[0] if at + NUMBER.size <= end else 0
                at += NUMBER.size
                texts.append(content[at : min(at + 2 * length, end)].decode("utf-16-le", "replace"))
                at += 2 * length
            yield texts[1], texts[0]
