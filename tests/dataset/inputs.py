"""Folders of generated budgets: the forms of every family, in their own and in other looks, and broken files."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.looks.books import synthetic_books
from tests.looks.districts import district_books
from tests.looks.looks import GROUPS, Look
from tests.looks.measure import dress

__all__ = ["BROKEN", "documents", "fill", "tables"]

Damage = Callable[[bytes, int], bytes]
BROKEN: dict[str, Damage] = {
    "cut.xlsx": lambda data, number: data[: len(data) // 2 + number],
    "empty.xlsx": lambda data, number: bytes(number),
    "picture.xlsx": lambda data, number: b"\x89PNG\r\n\x1a\n%d" % number,
    "archive.xlsx": lambda data, number: b"PK\x03\x04%d" % number,
}


def documents(count: int, *, looks: bool = True, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Workbooks with their names: each book as it is, then, where asked for, in looks of one or two touches."""
    rng = random.Random(seed)
    books = [*synthetic_books(), *district_books()]
    for number in range(count):
        book = books[number % len(books)]
        if number < len(books) or not looks:
            yield f"{number:04}-{book.name}.xlsx", book.data
        else:
            groups = sorted(rng.sample(range(len(GROUPS)), rng.choice((1, 2))))
            look = Look(tuple(rng.choice(list(GROUPS.values())[group]) for group in groups), seed + number)
            yield f"{number:04}-{book.name}.xlsx", dress(book, look)[0].data


def fill(folder: Path, count: int, *, broken: int = 0, seed: int = 0) -> None:
    """Write so many workbooks into a folder, the last of them broken."""
    folder.mkdir(parents=True, exist_ok=True)
    ways = list(BROKEN.items())
    for number, (name, data) in enumerate(documents(count, seed=seed)):
        if number >= count - broken:
            suffix, damage = ways[number % len(ways)]
            name, data = f"{number:04}-{suffix}", damage(data, number)
        (folder / name).write_bytes(data)


def tables(out: Path) -> dict[str, bytes]:
    """Every file of a dataset, byte by byte."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
