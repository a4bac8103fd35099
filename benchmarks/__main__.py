"""``make bench``: every ratio in one run, as a table and as out/bench.json; names of groups choose some of them."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import catalogue, growth, one_budget
from benchmarks.timing import Ratio

GROUPS: dict[str, Callable[[], Iterator[Ratio]]] = {
    "import": one_budget.imports,
    "catalogue": catalogue.measure,
    "read": one_budget.reading,
    "write": one_budget.writing,
    "pdf": one_budget.pdf,
    "rows": growth.rows,
    "documents": growth.documents,
}
HOLDS = {True: "✓", False: "✗", None: ""}


def main() -> int:
    """Measure, print and keep; 1 where a target is missed."""
    console = Console(width=120)
    table = Table("", "measured", "against", "unit", "", "", "ratio", "target", "")
    found: list[Ratio] = []
    for name in sys.argv[1:] or GROUPS:
        for one in GROUPS[name]():
            found.append(one)
            target = f"≤ {one.most}" if one.most is not None else f"≥ {one.least}" if one.least is not None else ""
            figures = (f"{figure:.3g}" for figure in (one.figure, one.other, one.ratio))
            table.add_row(one.group, one.name, one.against, one.unit, *figures, target, HOLDS[one.holds])
        table.add_section()
    console.print(table)
    kept = Path("out/bench.json")
    kept.parent.mkdir(exist_ok=True)
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    kept.write_text(json.dumps({**machine, "ratios": [one.record() for one in found]}, ensure_ascii=False, indent=1))
    console.print(kept)
    return int(any(one.holds is False for one in found))


if __name__ == "__main__":
    sys.exit(main())
