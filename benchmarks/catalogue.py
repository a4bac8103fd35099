"""The catalogue（科目目录）: loading an edition against reading its files, looking up against a plain dict."""

from __future__ import annotations

import time
import timeit
from collections.abc import Iterator
from importlib import resources

import govbudget as gb
from benchmarks.timing import Ratio, in_child

__all__ = ["measure"]

LOAD = """
import time
from govbudget.classification import subjects
start = time.process_time()
subjects(2024)
print(time.process_time() - start)
"""


def best(code: str, names: dict[str, object], number: int) -> float:
    """The best time of one execution, in seconds."""
    return min(timeit.repeat(code, timer=time.process_time, globals=names, number=number, repeat=5)) / number


def measure() -> Iterator[Ratio]:
    """Loading an edition in a fresh process, and look-ups by code."""
    catalogue = gb.subjects(2024)
    names: dict[str, object] = {"catalogue": catalogue, "plain": {subject.code: subject for subject in catalogue}}
    data = resources.files("govbudget.classification").joinpath("data")
    names["files"] = [file for file in data.iterdir() if file.name.endswith(".tsv")]
    reading = best("[file.read_text(encoding='utf-8').splitlines() for file in files]", names, 20)
    load = min(in_child(LOAD) for _ in range(5))
    yield Ratio("catalogue", "load an edition", "reading its files", load * 1e3, reading * 1e3, "ms")
    plain = best("plain['2010301']", names, 200_000)
    for name, code, number in (("look up", "2010301", 200_000), ("look up, as printed", "201 03 01", 20_000)):
        taken = best(f"catalogue[{code!r}]", names, number)
        yield Ratio("catalogue", name, "a dict", taken * 1e6, plain * 1e6, "µs")
