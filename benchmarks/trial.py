"""``make corpus-trial``: generated workbooks of all families in varied looks, some of them broken, as one dataset.

A run that is killed in the middle and goes on must give the same bytes as one that is not; a run over a dataset that
is whole must read nothing; each broken file must stand in ``documents`` with its reason. The number of workbooks may be
given.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as parquet
from tests.dataset.inputs import fill, tables

COMMAND = (sys.executable, "-m", "govbudget", "corpus")


def run(given: Path, out: Path) -> str:
    """Make the dataset, and go on with it; gives what the command says in English."""
    start = time.perf_counter()
    done = subprocess.run([*COMMAND, given, out], check=True, capture_output=True, encoding="utf-8")
    said = done.stdout.splitlines()[1]
    print(f"{time.perf_counter() - start:7.1f} s  {said}")
    return said


def killed(given: Path, out: Path, after: int) -> None:
    """Make the dataset and kill all processes when so many contents are in it."""
    process = subprocess.Popen([*COMMAND, given, out], start_new_session=True, stdout=subprocess.DEVNULL)
    while process.poll() is None and sum(1 for _ in (out / "documents").rglob("*.parquet")) < after:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = sum(1 for _ in (out / "documents").rglob("*.parquet"))
    print(f"killed when {done} contents were in the dataset")
    assert after <= done


def main(count: int = 2_000) -> None:
    broken = count // 50
    with tempfile.TemporaryDirectory() as folder:
        given, whole, pieces = (Path(folder) / name for name in ("given", "whole", "pieces"))
        fill(given, count, broken=broken)
        print(f"{count} workbooks, {broken} of them broken")
        run(given, whole)
        assert ", 0 read now" in run(given, whole)
        killed(given, pieces, count // 3)
        run(given, pieces)
        made = tables(whole)
        assert made == tables(pieces), "a run that went on gave other bytes"
        rows = [
            row
            for path in (whole / "documents").rglob("*.parquet")
            for row in parquet.ParquetFile(path).read().to_pylist()
        ]
        bad = [row for row in rows if row["error"]]
        assert {Path(row["path"]).name for row in rows} == {path.name for path in given.iterdir()}
        assert len(bad) == broken
        assert all(row["error"] == "ReadError" and row["reason"] for row in bad)
        size = sum(map(len, made.values())) / 1e6
        print(
            f"the same bytes in {len(made)} parts, {size:.1f} MB; each of the {len(bad)} broken files with its reason"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
