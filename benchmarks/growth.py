"""Growth: what a row takes in workbooks of ever more rows, and what a document takes in a corpus."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from tests.dataset.inputs import fill

from benchmarks.timing import Ratio, in_child

__all__ = ["documents", "rows"]

SUBJECTS = (
    ("201", "01", "01", "行政运行"),
    ("201", "01", "02", "一般行政管理事务"),
    ("201", "03", "01", "行政运行"),
    ("208", "05", "05", "机关事业单位基本养老保险缴费支出"),
    ("208", "05", "06", "机关事业单位职业年金缴费支出"),
    ("210", "11", "01", "行政单位医疗"),
    ("210", "11", "03", "公务员医疗补助"),
    ("221", "02", "01", "住房公积金"),
    ("221", "02", "02", "提租补贴"),
)
SIZES = (2_000, 20_000, 200_000)
DOCUMENTS = (4, 40, 400)
TURNS = 3
READ = """
import json, resource, sys, time
data = open(sys.argv[2], "rb").read()
if sys.argv[1] == "openpyxl":
    import io, openpyxl
    start = time.process_time()
    kept = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
else:
    import govbudget
    start = time.process_time()
    kept = govbudget.read(data)
read = time.process_time() - start
if sys.argv[1] == "check":
    kept.check()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"read": read, "all": time.process_time() - start, "peak": peak}))
"""

# A program of its own: a worker imports the main module of the one that began it, and this one imports much.
CORPUS = """
import json, sys, time
import govbudget, govbudget.dataset
start = time.perf_counter()
govbudget.corpus(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]))
print(json.dumps({"seconds": time.perf_counter() - start}))
"""


def expenditure(path: Path, rows: int) -> None:
    """部门支出总表 of a city: ten rows a unit, eight columns, three of them amounts."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("1-2")
    sheet.append(["部门支出总表"])
    sheet.append(["部门：某某市", "", "", "", "", "", "", "金额单位：万元"])
    sheet.append(["科目编码", "", "", "单位代码", "单位名称（科目）", "合计", "基本支出", "项目支出"])
    sheet.append(["类", "款", "项"])
    units = [_unit(number) for number in range((rows - 1) // (len(SUBJECTS) + 1))]
    sheet.append([None, None, None, None, "合计", *_money([unit[0] for unit in units])])
    for unit in units:
        for row in unit:
            sheet.append(row)
    workbook.save(path)


def _unit(number: int) -> list[list[object]]:
    code = str(127001 + number)
    lines: list[list[object]] = []
    for at, (*parts, name) in enumerate(SUBJECTS):
        basic, project = (number * 7 + at * 13) % 9973 + 100, (number * 11 + at * 17) % 7919
        lines.append([*parts, code, name, (basic + project) / 100, basic / 100, project / 100])
    return [[None, None, None, code, f"第{number}单位", *_money(lines)], *lines]


def _money(lines: list[list[object]]) -> list[float]:
    return [round(sum(float(str(line[at])) for line in lines), 2) for at in (5, 6, 7)]


def rows() -> Iterator[Ratio]:
    """The time of a row at each size against that at the smallest; the memory of the largest against openpyxl's."""
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for size in SIZES:
            path = Path(folder) / f"{size}.xlsx"
            expenditure(path, size)
            for what in ("openpyxl", "read", "check"):
                found[what, size] = in_child(READ, what, str(path))
    first, *others = SIZES
    for what, key, name in (("read", "read", "read, a row"), ("check", "all", "read and check, a row")):
        base = found[what, first][key] / first * 1e6
        for size in others:
            cost = found[what, size][key] / size * 1e6
            yield Ratio(f"{size:,} rows", name, f"with {first:,} rows", cost, base, "µs")
    for size in SIZES:
        both, theirs = found["check", size], found["openpyxl", size]
        yield Ratio(f"{size:,} rows", "read and check", "openpyxl", both["all"], theirs["all"], "s")
    for what in ("read", "check"):
        name = "peak memory, read" if what == "read" else "peak memory, read and check"
        peaks = found[what, SIZES[-1]]["peak"], found["openpyxl", SIZES[-1]]["peak"]
        yield Ratio(f"{SIZES[-1]:,} rows", name, "openpyxl", *peaks, "MB", most=0.5)


def documents() -> Iterator[Ratio]:
    """The time of a document in corpora of ever more, by the clock, and what a second process brings.

    One process and two take turns, and the best time of each counts.
    """
    taken: dict[tuple[int, int], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in DOCUMENTS:
            given = Path(folder) / str(count)
            fill(given, count)
            for turn in range(TURNS):
                for workers in (1, 2):
                    out = Path(folder) / f"{count}-{workers}-{turn}"
                    seconds = in_child(CORPUS, str(given), str(out), str(workers))["seconds"]
                    taken[count, workers] = min(seconds, taken.get((count, workers), seconds))
    middle, most = DOCUMENTS[1:]
    cost, base = (taken[count, 1] / count * 1e3 for count in (most, middle))
    yield Ratio(f"{most} documents", "corpus, a document", f"with {middle} documents", cost, base, "ms")
    yield Ratio(f"{most} documents", "corpus, 1 process", "2 processes", taken[most, 1], taken[most, 2], "s", least=1.7)
