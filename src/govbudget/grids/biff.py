"""What the records of an .xls workbook say before it is opened: how far its sheets reach, and what it carries.

The numbers of the records are those of [MS-XLS].
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from govbudget.errors import ReadError
from govbudget.grids.about import About
from govbudget.grids.compound import Compound
from govbudget.grids.limits import Limits
from govbudget.grids.percent import BUILT_IN, shows_percent
from govbudget.grids.reach import Reach

__all__ = ["check_xls"]

STREAMS = ("Workbook", "Book")
MACROS = "_VBA_PROJECT_CUR"
RECORD = struct.Struct("<HH")
BEGIN, END, CONTINUE = 0x0809, 0x000A, 0x003C
SHEET, PASSWORD, TEXTS, OTHER_BOOK = 0x0085, 0x002F, 0x00FC, 0x01AE
FORMAT, STYLE = 0x041E, 0x00E0
SHARED, SEVERAL = 0x00FD, 0x00BD
NUMBERS = frozenset({0x0006, 0x0203, 0x0206, 0x0406, 0x027E})
FILLED = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406, 0x00D6, 0x027E, SHARED, SEVERAL})
DIMENSIONS = 0x0200
MOST_CELLS = 65_536 * 256
BOUND = struct.Struct("<IxBBB")
MACRO_SHEET = 1
CELL, CELL_OF_TEXT, LAST, RANGE = map(struct.Struct, ("<HH", "<HHHI", "<H", "<IIHH"))
STYLED, NUMBER = struct.Struct("<HHH"), struct.Struct("<HI")  # a cell with its style; a style and a number of several
TEXT, RUNS, EXTENSION = struct.Struct("<HB"), struct.Struct("<H"), struct.Struct("<I")
IS_WIDE, HAS_EXTENSION, HAS_RUNS = 1, 4, 8
FORMAT_HEAD = struct.Struct("<HHB")
FIRST_TEXT = 8
HEAD_MOST = TEXT.size + RUNS.size + EXTENSION.size
BYTES_A_LETTER = 3
LONGEST = BYTES_A_LETTER * 0xFFFF
PATH_MARKS = dict.fromkeys(range(1, 9), "/")


@attrs.define
class _Globals:
    """What the records before the sheets say."""

    sheets: list[tuple[str, int]] = attrs.field(factory=list)
    texts: list[bytes] = attrs.field(factory=list)
    links: dict[str, None] = attrs.field(factory=dict)
    macros: bool = False
    formats: set[str] = attrs.field(factory=lambda: {*BUILT_IN})
    styles: list[str] = attrs.field(factory=list)


def check_xls(data: bytes, file: str, limits: Limits) -> tuple[About, Mapping[str, Sequence[tuple[int, int]]]]:
    """See that the sheets of a workbook are no larger than allowed, in cells and in the bytes of their texts.

    Returns:
        What the workbook carries beside its cells, and by sheet the cells that show a percentage.

    Raises:
        ReadError: they are larger, or the workbook is broken or encrypted.
    """
    compound = Compound(data, file)
    stream = next((compound.stream(name) for name in STREAMS if name in compound), b"")
    before = _globals(stream, file)
    reach = Reach(file, limits)
    used = array("I")
    percent = {at for at, style in enumerate(before.styles) if style in before.formats}
    percentages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    count = 0
    for name, at in before.sheets:
        reach.begin(name)
        for kind, start, end in _sheet(stream, at):
            count += 1
            if count > limits.cells:
                limits.allow("cells", count, file, name)
            if kind in FILLED and end - start >= CELL.size:
                row, column = CELL.unpack_from(stream, start)
                if kind == SEVERAL:
                    (column,) = LAST.unpack_from(stream, end - LAST.size)
                elif kind == SHARED and end - start >= CELL_OF_TEXT.size:
                    used.append(CELL_OF_TEXT.unpack_from(stream, start)[3])
                reach.add(row, column)
                if percent and (kind in NUMBERS or kind == SEVERAL):
                    percentages[name] += (cell for cell, style in _styles(stream, kind, start, end) if style in percent)
            elif kind == DIMENSIONS and end - start >= RANGE.size:
                top, bottom, left, right = RANGE.unpack_from(stream, start)
                if max(bottom - top, 0) * max(right - left, 0) > MOST_CELLS:  # room is made for so many
                    raise ReadError(file, "工作表的范围不成立 (the sheet says that it is larger than any can be)", name)
    if len(used) * sum(map(len, before.texts)) > limits.unpacked:
        lengths = list(_lengths(before.texts))
        letters = sum(lengths[index] if index < len(lengths) else LONGEST for index in used)
        limits.allow("unpacked", letters, file)
    return About(macros=before.macros or MACROS in compound, links=tuple(before.links)), percentages


def _styles(stream: bytes, kind: int, start: int, end: int) -> Iterator[tuple[tuple[int, int], int]]:
    """The cells of a record of numbers, each with the number of its style."""
    row, first = CELL.unpack_from(stream, start)
    if kind == SEVERAL:
        numbers = range(start + CELL.size, end - LAST.size - NUMBER.size + 1, NUMBER.size)
        yield from (((row, first + at), NUMBER.unpack_from(stream, place)[0]) for at, place in enumerate(numbers))
    elif end - start >= STYLED.size:
        yield (row, first), STYLED.unpack_from(stream, start)[2]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records from a place on: their kind, and where their content begins and ends."""
    while at + RECORD.size <= len(stream):
        kind, length = RECORD.unpack_from(stream, at)
        at += RECORD.size
        yield kind, at, min(at + length, len(stream))
        at += length


def _sheet(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of a sheet, those of the charts in it among them."""
    depth = 0
    for record in _records(stream, at):
        depth += (record[0] == BEGIN) - (record[0] == END)
        yield record
        if depth <= 0:
            return


def _globals(stream: bytes, file: str) -> _Globals:
    found = _Globals()
    inside = 0
    for kind, start, end in _records(stream, 0):
        inside = inside if kind == CONTINUE else kind
        if kind == END:
            break
        if kind == PASSWORD:
            raise ReadError(file, "工作簿已加密 (the workbook is encrypted)")
        if kind == SHEET and end - start >= BOUND.size:
            at, sort, length, flags = BOUND.unpack_from(stream, start)
            found.sheets.append((_letters(stream[start + BOUND.size : end], length, flags), at))
            found.macros |= sort == MACRO_SHEET
        elif inside == TEXTS:
            found.texts.append(stream[start:end])
        elif kind == STYLE and end - start >= CELL.size:
            found.styles.append(str(CELL.unpack_from(stream, start)[1]))
        elif kind == FORMAT and end - start >= STYLED.size:
            number, length, flags = FORMAT_HEAD.unpack_from(stream, start)
            if length <= end - start and shows_percent(_letters(stream[start + FORMAT_HEAD.size : end], length, flags)):
                found.formats.add(str(number))
        elif kind == OTHER_BOOK and end - start > 5:
            length, flags = TEXT.unpack_from(stream, start + 2)
            path = _letters(stream[start + 5 : end], length, flags).translate(PATH_MARKS).strip("/ \0")
            if path:
                found.links[path] = None
    return found


def _letters(content: bytes, length: int, flags: int) -> str:
    if flags & IS_WIDE:
        return content[: 2 * length].decode("utf-16-le", "replace")
    return content[:length].decode("latin-1")


def _lengths(pieces: Sequence[bytes]) -> Iterator[int]:
    """The bytes of each shared text, three a letter at the most; where a record ends the text goes on in the next."""
    index, at = 0, FIRST_TEXT
    while index < len(pieces):
        piece = pieces[index]
        if at >= len(piece):
            index, at = index + 1, at - len(piece)
            continue
        if at + HEAD_MOST > len(piece):
            piece += bytes(HEAD_MOST)
        letters, flags = TEXT.unpack_from(piece, at)
        yield BYTES_A_LETTER * letters
        at += TEXT.size
        after = 0
        if flags & HAS_RUNS:
            after += 4 * RUNS.unpack_from(piece, at)[0]
            at += RUNS.size
        if flags & HAS_EXTENSION:
            after += EXTENSION.unpack_from(piece, at)[0]
            at += EXTENSION.size
        while True:
            width = 1 + (flags & IS_WIDE)
            here = min(letters, max(len(pieces[index]) - at, 0) // width)
            letters, at = letters - here, at + here * width
            if not letters or index + 1 == len(pieces):
                break
            index += 1
            flags, at = pieces[index][:1] == b"\1", 1
        at += after
