"""How fast the catalogue is（科目目录的速度）, as ratios within one run: to a plain dict, and to reading its files.

python benchmarks/catalogue.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import timeit
from importlib import resources

import govbudget as gb

LOAD = """
import time
from govbudget.classification import subjects
start = time.perf_counter()
subjects(2024)
print(time.perf_counter() - start)
"""


def best(code: str, names: dict[str, object], number: int) -> float:
    """The best time of one execution, in seconds."""
    return min(timeit.repeat(code, globals=names, number=number, repeat=5)) / number


def measure() -> dict[str, float]:
    """Milliseconds to load an edition in a fresh process; ratios of loading and look-up to their bare counterparts."""
    catalogue = gb.subjects(2024)
    plain = {subject.code: subject for subject in catalogue}
    files = [
        f for f in resources.files("govbudget.classification").joinpath("data").iterdir() if f.name.endswith(".tsv")
    ]
    bare = best("[f.read_text(encoding='utf-8').splitlines() for f in files]", {"files": files}, 20)
    load = min(float(subprocess.check_output([sys.executable, "-c", LOAD])) for _ in range(5))
    names: dict[str, object] = {"catalogue": catalogue, "plain": plain}
    by_dict = best("plain['2010301']", names, 200_000)
    return {
        "load_ms": round(load * 1e3, 2),
        "load_to_reading_its_files": round(load / bare, 2),
        "lookup_us": round(best("catalogue['2010301']", names, 200_000) * 1e6, 3),
        "lookup_to_dict": round(best("catalogue['2010301']", names, 200_000) / by_dict, 2),
        "printed_form_to_dict": round(best("catalogue['201 03 01']", names, 20_000) / by_dict, 2),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
