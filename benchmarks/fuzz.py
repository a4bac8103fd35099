"""``make fuzz``: real workbooks, PDF files, pages and texts changed at random, read and checked in another process.

An answer is a budget with its report or a ``GovBudgetError``; anything else, no answer within the time, and an answer
that took more than 10 s of the processor or 1 GiB is a find and is kept in tests/hostile/corpus, where the tests read
it from then on. The number of changed files may be given, and a seed. Published documents beside the repository are
changed too; finds among them are kept in out/fuzz. The table is that of docs/hostile.md.
"""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import docx
from tests.hostile.binary import xlsb

import govbudget as gb
from benchmarks.cost import MEBIBYTES, SECONDS, peak_of_now, reset_peak
from benchmarks.mutations import changed
from govbudget.grids import read_grids, show

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests/hostile/corpus"
PATTERNS = ("examples/data/*.xlsx", "src/govbudget/data/*.xlsx", "tests/data/demo.*", "tests/data/*.pdf")
BESIDE = ("workbooks/*.xlsx", "templates/*.*", "seeds/*.txt")
PATIENCE = 120.0
FINDS = ("crash", "hang", "slow", "large")
SHOWN_EVERY = 1_000


class Source(NamedTuple):
    """A file to change, and where finds among its changed copies are kept."""

    suffix: str
    content: bytes
    finds: Path = CORPUS


def sources() -> Iterator[Source]:
    """The files of the repository and beside it, and one of them in other formats."""
    paths = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
    for path in paths:
        yield Source(path.suffix, path.read_bytes())
    for path in (path for pattern in BESIDE for path in sorted((ROOT.parent / "shared").glob(pattern))):
        yield Source(path.suffix, path.read_bytes(), ROOT / "out/fuzz")
    values = [row for grid in read_grids(paths[0])[1] for row in grid.rows]
    yield Source(".xlsb", xlsb(values))
    rows = [[show(value) for value in row] for row in values]
    lines = (",".join(text.replace(",", "") for text in row) for row in rows)
    yield Source(".csv", "\n".join(lines).encode("gb18030"))
    cells = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>\n" for row in rows)
    yield Source(".html", f"<html><body><table>\n{cells}</table></body></html>".encode())
    yield Source(".md", "\n".join(f"| {' | '.join(row)} |" for row in rows).encode())
    yield Source(".docx", document(rows[:60], gb.read(paths[0]).narrative().text))


def document(rows: list[list[str]], words: str) -> bytes:
    """A Word document with words and a table."""
    made = docx.Document()
    for line in words.splitlines():
        made.add_paragraph(line)
    table = made.add_table(len(rows), max(map(len, rows)))
    for row, texts in zip(table.rows, rows):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def serve(answers: Connection) -> None:
    """Read and check what comes, and answer with what it came to."""
    while True:
        try:
            data = answers.recv_bytes()
        except EOFError:
            return
        reset_peak()
        start = time.process_time()
        try:
            book = gb.read(data)
            outcome = "read"
        except gb.GovBudgetError as error:
            outcome = type(error).__name__
        else:
            book.check()
        if time.process_time() - start > SECONDS:
            outcome = "slow"
        elif peak_of_now() > MEBIBYTES:
            outcome = "large"
        answers.send(outcome)


class Reader:
    """A process that reads one file after another, begun anew where it ended, gave no answer or grew large."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other,), daemon=True)
        self._process.start()
        other.close()

    def read(self, data: bytes) -> str:
        """What reading the bytes came to; one of the finds where it came to nothing, or took too much."""
        found = "hang"
        try:
            self._pipe.send_bytes(data)
            if self._pipe.poll(PATIENCE):
                found = self._pipe.recv()
        except (EOFError, OSError):
            found = "crash"
        if found in FINDS:
            self.end()
            self._begin()
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def keep(outcome: str, source: Source, data: bytes) -> Path:
    """Put a find among the others."""
    kept = source.finds / f"{outcome}-{hashlib.sha256(data).hexdigest()[:12]}{source.suffix}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)
    return kept


def main(count: int = 500, seed: int = 1) -> int:
    """Print the table of what the changed files came to; 1 where one was a find."""
    chance = random.Random(seed)
    files = list(sources())
    came: Counter[tuple[str, str]] = Counter()
    finds = []
    start = time.perf_counter()
    reader = Reader()
    for number in range(1, count + 1):
        source = chance.choice(files)
        data = changed(source.content, chance)
        outcome = reader.read(data)
        came[source.suffix, outcome] += 1
        if outcome in FINDS:
            finds.append(keep(outcome, source, data))
            print(f"{outcome}: {finds[-1].relative_to(ROOT)}", file=sys.stderr, flush=True)
        if number % SHOWN_EVERY == 0:
            print(f"{number:,}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    reader.end()
    outcomes = ("read", "ReadError", *FINDS)
    print(f"| {' | '.join(('format', *outcomes, 'other errors'))} |\n|---|{'--:|' * (len(outcomes) + 1)}")
    for suffix in sorted({suffix for suffix, _ in came}):
        every = sum(number for (other, _), number in came.items() if other == suffix)
        shown = [came[suffix, outcome] for outcome in outcomes]
        print(f"| {' | '.join((suffix, *(f'{number:,}' for number in (*shown, every - sum(shown)))))} |")
    seconds = time.perf_counter() - start
    print(f"\n{count:,} changed files of {len(files)}, seed {seed}: {len(finds)} finds, {seconds:.0f} s")
    return int(bool(finds))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
