"""The zip archive（压缩包） of a workbook or a Word document: its members, and that they are no larger than allowed."""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from govbudget.errors import ReadError
from govbudget.grids.limits import Limits

__all__ = ["open_archive", "safe_members"]

MOST_PACKED = 1_032  # deflate cannot make of one byte more than this
CHUNK = 1 << 20
ENCRYPTED = 1
SMALL = 1 << 14
MANIFEST = "META-INF/manifest.xml"  # of an OpenDocument file, which encrypts its parts one by one


class _Archive(zipfile.ZipFile):
    """An archive that keeps its small members, which several readers ask for."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._kept: dict[int, bytes] = {}

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        member = self.getinfo(name) if isinstance(name, str) else name
        found = self._kept.get(member.header_offset)  # several members can have one name
        if found is None:
            found = super().read(member, pwd)
            if len(found) <= SMALL:
                self._kept[member.header_offset] = found
        return found


@contextmanager
def open_archive(data: bytes, file: str) -> Iterator[zipfile.ZipFile]:
    """An archive to read from.

    Raises:
        ReadError: the archive is broken, wherever that is found.
    """
    try:
        with _Archive(data) as archive:
            yield archive
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise ReadError(file, f"压缩包损坏 (the zip archive is broken: {error})") from error


def safe_members(data: bytes, file: str, limits: Limits) -> set[str]:
    """The names of the members, when all of them together unpack to no more than allowed, whatever the directory says.

    Raises:
        ReadError: the archive is broken or encrypted, or unpacks to more.
    """
    with open_archive(data, file) as archive:
        members = archive.infolist()
        if any(member.flag_bits & ENCRYPTED for member in members):
            raise ReadError(file, "压缩包已加密 (the zip archive is encrypted)")
        limits.allow("unpacked", sum(member.file_size for member in members), file)
        if sum(member.compress_size for member in members) * MOST_PACKED > limits.unpacked:
            _measure(archive, members, file, limits)
        names = {member.filename for member in members}
        if MANIFEST in names and b"encryption-data" in archive.read(MANIFEST):
            raise ReadError(file, "文件已加密 (the file is encrypted)")
        return names


def _measure(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    """Unpack everything once and keep nothing: a directory can say less than there is."""
    total = 0
    for member in members:
        unbounded = copy.copy(member)
        unbounded.file_size = limits.unpacked + 1
        with archive.open(unbounded) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                limits.allow("unpacked", total, file)
