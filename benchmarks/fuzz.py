"""``make fuzz``: bytes of real workbooks, PDF files and texts changed at random, each read in processes of their own.

An answer is a budget or a ``GovBudgetError``; anything else, and no answer within the time, is a find and is kept in
tests/hostile/corpus, where the tests read it from then on. The number of changed files may be given, and a seed.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import govbudget as gb

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests/hostile/corpus"
SOURCES = ("examples/data/*.xlsx", "src/govbudget/data/*.xlsx", "tests/data/demo.*", "tests/data/*.pdf")
PATIENCE = 20.0
ODD = (0, 1, 0x7F, 0x80, 0xFF)


def changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them flipped, replaced, doubled or left out."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found))
        match chance.randrange(5):
            case 0:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                found[at] = chance.choice(ODD)
            case 2:
                del found[at : at + chance.choice((1, 4, 64, 4_096))]
            case 3:
                found[at:at] = found[at : at + chance.choice((1, 4, 64, 4_096))]
            case _:
                found[at : at + 4] = chance.randbytes(4)
        found = found or bytearray(b"\0")
    return bytes(found)


def serve(answers: Connection) -> None:
    """Read what comes, and answer with what it came to."""
    while True:
        try:
            gb.read(answers.recv_bytes())
            answers.send("read")
        except gb.GovBudgetError as error:
            answers.send(type(error).__name__)
        except EOFError:
            return


class Reader:
    """A process that reads one file after another, begun anew where it ended or gave no answer."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other,), daemon=True)
        self._process.start()
        other.close()

    def read(self, data: bytes) -> str:
        """What reading the bytes came to; ``crash`` or ``hang`` where it came to nothing."""
        try:
            self._pipe.send_bytes(data)
            if self._pipe.poll(PATIENCE):
                answer: str = self._pipe.recv()
                return answer
            found = "hang"
        except (EOFError, OSError):
            found = "crash"
        self.end()
        self._begin()
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def main(count: int = 500, seed: int = 1) -> int:
    """Print what the changed files came to; 1 where one was a find."""
    chance = random.Random(seed)
    sources = [path for pattern in SOURCES for path in sorted(ROOT.glob(pattern))]
    contents = {path: path.read_bytes() for path in sources}
    came: Counter[tuple[str, str]] = Counter()
    finds = []
    start = time.perf_counter()
    reader = Reader()
    for _ in range(count):
        path = chance.choice(sources)
        data = changed(contents[path], chance)
        outcome = reader.read(data)
        came[path.suffix, outcome] += 1
        if outcome in {"crash", "hang"}:
            kept = CORPUS / f"{outcome}-{hashlib.sha256(data).hexdigest()[:12]}{path.suffix}"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(data)
            finds.append(kept)
    reader.end()
    for (suffix, outcome), number in sorted(came.items()):
        print(f"{suffix:6} {outcome:12} {number:7,}")
    seconds = time.perf_counter() - start
    print(f"{count:,} changed files of {len(sources)}, seed {seed}: {len(finds)} finds, {seconds:.0f} s")
    for kept in finds:
        print(kept.relative_to(ROOT))
    return int(bool(finds))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
