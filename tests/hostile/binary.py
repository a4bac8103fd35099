"""Workbooks of records（.xls .xlsb） written record by record, so that any of them can be as no program writes it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from itertools import chain

__all__ = ["LAST_OF_CHAIN", "compound", "record", "record_b", "xls", "xlsb"]

SECTOR = 512
FREE, LAST_OF_CHAIN, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SPREADSHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"


# ---------------------------------------------------------------- .xls


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls(
    sheets: Sequence[bytes | Sequence[Sequence[object]]], more: bytes = b"", texts: Iterable[str] = (), **parts: bytes
) -> bytes:
    """A workbook of sheets, each given as its rows or as the records of its cells."""
    shared = dict.fromkeys(texts)
    bodies = []
    for sheet in sheets:
        if not isinstance(sheet, bytes):
            shared.update({value: None for row in sheet for value in row if isinstance(value, str)})
            sheet = b"".join(_cells(sheet, list(shared)))
        bodies.append(record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0x600)) + sheet + record(0x000A))
    names = [f"表{number}".encode("utf-16-le") for number in range(1, len(sheets) + 1)]
    strings = _strings(list(shared))
    at = 20 + sum(12 + len(name) for name in names) + len(more) + len(strings) + 4
    book = record(0x0809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 0x600))
    for name, body in zip(names, bodies):
        book += record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name) // 2, 1) + name)
        at += len(body)
    book += more + strings + record(0x000A) + b"".join(bodies)
    return compound({"Workbook": book, **parts})


def _cells(rows: Sequence[Sequence[object]], shared: list[str]) -> Iterable[bytes]:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, str):
                yield record(0x00FD, struct.pack("<HHHI", row, column, 0, shared.index(value)))
            elif isinstance(value, (int, float)):
                yield record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _strings(texts: Sequence[str]) -> bytes:
    """The texts that cells share; one too long for a record goes on in the next."""
    pieces = [bytearray(struct.pack("<II", len(texts), len(texts)))]
    for text in texts:
        if len(pieces[-1]) > 8_000:
            pieces.append(bytearray())
        pieces[-1] += struct.pack("<HB", len(text), 1)
        letters = text.encode("utf-16-le")
        while letters:
            room = (8_224 - len(pieces[-1])) // 2 * 2
            pieces[-1] += letters[:room]
            letters = letters[room:]
            if letters:
                pieces.append(bytearray(b"\1"))
    return b"".join(record(0x003C if number else 0x00FC, bytes(piece)) for number, piece in enumerate(pieces))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of streams; a stream of nothing is a folder."""
    sectors: list[bytes] = []
    table: list[int] = []

    def store(content: bytes) -> int:
        first = len(sectors)
        for at in range(0, len(content), SECTOR):
            sectors.append(content[at : at + SECTOR].ljust(SECTOR, b"\0"))
            table.append(len(sectors))
        if len(sectors) > first:
            table[-1] = LAST_OF_CHAIN
        return first

    lines = [_line("Root Entry", 5, LAST_OF_CHAIN, 0)]
    for name, content in streams.items():
        content = content.ljust(4_096, b"\0") if content else b""
        lines.append(_line(name, 2 if content else 1, store(content), len(content)))
    directory = store(b"".join(lines).ljust(SECTOR, b"\0"))
    size = 1
    while size * SECTOR // 4 < len(table) + size:
        size += 1
    assert size <= 109
    first = len(sectors)
    table += [TABLE] * size
    packed = struct.pack(f"<{len(table)}I", *table).ljust(size * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xI", 0x3E, 3, 0xFFFE, 9, 6, 0)
    header += struct.pack("<IIIIIIII", size, directory, 0, 4_096, LAST_OF_CHAIN, 0, LAST_OF_CHAIN, 0)
    places = [*range(first, first + size), *[FREE] * (109 - size)]
    return header + struct.pack("<109I", *places) + b"".join(sectors) + packed


def _line(name: str, kind: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", letters, len(letters) + 2, kind, 1, FREE, FREE, FREE, start, size)


# ---------------------------------------------------------------- .xlsb


def record_b(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    while size > 0x7F:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + content


def xlsb(rows: Sequence[Sequence[object]], cells: bytes = b"", texts: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet; more records of cells may follow the rows."""
    book = [record_b(0x83), record_b(0x8F), record_b(0x9C, struct.pack("<II", 0, 1) + _text("rId1") + _text("表1"))]
    book += [record_b(0x90), record_b(0x84)]
    lines = chain.from_iterable([row_b(number), *map(_cell_b, range(len(row)), row)] for number, row in enumerate(rows))
    sheet = [record_b(0x81), record_b(0x94, bytes(16)), record_b(0x91), *lines, cells, record_b(0x92), record_b(0x82)]
    shared = [record_b(0x9F, struct.pack("<II", len(texts), len(texts)))]
    shared += [*(record_b(19, b"\0" + _text(text)) for text in texts), record_b(0xA0)]
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" ContentType="{BINARY}"'
        "/></Types>",
        "_rels/.rels": _relation("officeDocument", "xl/workbook.bin"),
        "xl/workbook.bin": b"".join(book),
        "xl/_rels/workbook.bin.rels": _relation("worksheet", "worksheets/sheet1.bin"),
        "xl/worksheets/sheet1.bin": b"".join(sheet),
        "xl/sharedStrings.bin": b"".join(shared),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def row_b(row: int) -> bytes:
    return record_b(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))


def _cell_b(column: int, value: object) -> bytes:
    if isinstance(value, str):
        return record_b(6, struct.pack("<II", column, 0) + _text(value))
    if isinstance(value, (int, float)):
        return record_b(5, struct.pack("<IId", column, 0, value))
    return b""


def _text(text: str) -> bytes:
    letters = text.encode("utf-16-le")
    return struct.pack("<I", len(letters) // 2) + letters


def _relation(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{SPREADSHEET}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
