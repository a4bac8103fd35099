"""Compound files（复合文档） such as .xls: the names in their directory, and their streams."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from govbudget.errors import ReadError

__all__ = ["Compound"]

HEADER = struct.Struct("<30xH16xI8xI4xI")
HEADER_SIZE, TABLES_IN_HEADER = 512, slice(76, 512)
SECTORS = {9: 512, 12: 4096}
ENTRY = struct.Struct("<64sH50xIII")
ENTRY_SIZE = 128
MINI, MINI_BELOW = 64, 4096
LAST = 0xFFFFFFFA  # from here on a number names no sector


class Compound:
    """A compound file.

    Raises:
        ReadError: the file is broken; so it is where a chain of sectors runs in a circle or out of the file.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        if len(data) < HEADER_SIZE:
            raise self._broken("文件头不完整", "its header is not whole")
        shift, directory, minis, more = HEADER.unpack_from(data)
        if shift not in SECTORS:
            raise self._broken("扇区大小不成立", "its sectors have no size")
        size = SECTORS[shift]
        self._sectors = [data[at : at + size].ljust(size, b"\0") for at in range(size, len(data), size)]
        self._next = self._table(_numbers(data[TABLES_IN_HEADER]), more)
        lines = self._chain(directory, self._next, self._sectors)
        self._entries: dict[str, tuple[int, int]] = {}
        for at in range(0, len(lines) - ENTRY_SIZE + 1, ENTRY_SIZE):
            name, length, start, size, _ = ENTRY.unpack_from(lines, at)
            self._entries.setdefault(name[: max(length - 2, 0)].decode("utf-16-le", "replace"), (start, size))
        root, _ = next(iter(self._entries.values()), (LAST, 0))
        packed = self._chain(root, self._next, self._sectors)
        self._minis = [packed[at : at + MINI] for at in range(0, len(packed), MINI)]
        self._next_mini = _numbers(self._chain(minis, self._next, self._sectors))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """The content of a stream.

        Raises:
            ReadError: its chain is broken.
        """
        start, size = self._entries[name]
        if size < MINI_BELOW:
            return self._chain(start, self._next_mini, self._minis)[:size]
        return self._chain(start, self._next, self._sectors)[:size]

    def _table(self, places: Sequence[int], more: int) -> Sequence[int]:
        """Which sector follows each: the table is cut into sectors, and the list of these is a chain of its own."""
        pieces: list[bytes] = []
        for _ in self._sectors:
            pieces += [self._sectors[place] for place in places if place < len(self._sectors)]
            if len(pieces) > len(self._sectors):
                break
            if more >= len(self._sectors):
                return _numbers(b"".join(pieces))
            *places, more = _numbers(self._sectors[more])
        raise self._broken("扇区链断开或成环", "a chain of its sectors is cut or runs in a circle")

    def _chain(self, start: int, following: Sequence[int], sectors: Sequence[bytes]) -> bytes:
        found: list[bytes] = []
        while start < LAST:
            if start >= min(len(sectors), len(following)) or len(found) == len(sectors):
                raise self._broken("扇区链断开或成环", "a chain of its sectors is cut or runs in a circle")
            found.append(sectors[start])
            start = following[start]
        return b"".join(found)

    def _broken(self, chinese: str, english: str) -> ReadError:
        return ReadError(self._file, f"工作簿已损坏：{chinese} (the workbook is broken: {english})")


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
