"""``python -m benchmarks.hostile``: hostile files read and checked, each in a process of its own, as a table.

The table is that of docs/hostile.md. A process may take 4 GiB of addresses and 60 s; the table says what it took.
Words of names choose some of the files.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.hostile.cases import CASES, READ

import govbudget as gb
from benchmarks.cost import MEBIBYTES, SECONDS, peak_of_now

PATIENCE = 60
ADDRESSES = 4 << 30
SHOWN = 110


class Run(NamedTuple):
    """What a file came to, seconds of the processor, mebibytes at the peak, and whether there was an answer."""

    outcome: str
    seconds: float
    mebibytes: int
    answered: bool


def read(path: Path) -> Run:
    """Read and check a file in a process of its own."""
    command = (sys.executable, "-m", "benchmarks.hostile", "--one", str(path))
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return Run(f"no end after {PATIENCE} s", PATIENCE, 0, False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        return Run(f"exit {done.returncode}: {last}", 0, 0, False)
    seconds, peak, outcome = done.stdout.strip().split(" ", 2)
    return Run(outcome, float(seconds), int(peak), True)


def one(path: Path) -> None:
    """Read and check a file in this process, and print seconds of the processor, mebibytes and what it came to."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    try:
        book = gb.read(path)
        found = len(book.check().findings)
        outcome = f"read: {len(book.facts)} facts, {len(book.unread)} cells not understood, {found} findings"
    except gb.GovBudgetError as error:
        english = " ".join(str(error).partition(" (")[2].removesuffix(")").split())
        outcome = f"{type(error).__name__}: {english if len(english) <= SHOWN else english[:SHOWN] + '…'}"
    print(f"{time.process_time():.2f} {peak_of_now()} {outcome}")


def main(words: list[str]) -> int:
    """Print the table; 1 where a file was not answered, not as it must be, or took too much."""
    print("| file | bytes | outcome | CPU s | MiB |\n|---|--:|---|--:|--:|", flush=True)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile"
        for name, case in CASES.items():
            if words and not any(word in name for word in words):
                continue
            path.write_bytes(case.make(case.size))
            run = read(path)
            as_due = (
                run.outcome.startswith("read:")
                if case.outcome == READ
                else re.search(case.outcome, run.outcome) is not None
            )
            if not (run.answered and as_due and run.seconds <= SECONDS and run.mebibytes <= MEBIBYTES):
                wrong.append(name)
            said = run.outcome.replace("|", "\\|").replace("\n", " ")
            size = path.stat().st_size
            print(f"| {name} | {size:,} | {said} | {run.seconds:.1f} | {run.mebibytes} |", flush=True)
    for name in wrong:
        print(f"wrong: {name}", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]))
    else:
        sys.exit(main(sys.argv[1:]))
