"""Makes the table of docs/conversion.md（转换一览）: the example budgets on every family's forms, each figure checked.

python tools/build_matrix.py [examples/data/*.xlsx]
"""

from __future__ import annotations

import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from govbudget import Conversion, convert, read
from govbudget.checks.context import Context
from govbudget.checks.ledger import Entry, Ledger
from govbudget.checks.paths import Vector
from govbudget.conversion.convert import SUMMED
from govbudget.forms.families import families
from govbudget.model import Budget
from govbudget.writing.plan import NO_FORM
from govbudget.writing.tables import NO_CELL

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/conversion.md"
BEGIN, END = "<!-- matrix -->", "<!-- /matrix -->"
HEADER = """\
| 预算与原表式 budget, its forms | 目标 target | 原数 figures | 印出 carried | 推算 derived | \
只计入合计 in a sum only | 无此表 no such form | 无此栏或行 no cell | 其他 other | 表中核对 checked in the workbook |
|---|---|---|---|---|---|---|---|---|---|"""
REASONS = (SUMMED, NO_FORM, NO_CELL)


def kept(book: Budget, again: Budget, found: Conversion) -> tuple[int, int]:
    """How many figures of the workbook stand at a coordinate of the budget, and how many are sums of its facts.

    Raises:
        ValueError: one is neither: it has no amount that the budget prints at its coordinate and is not derived.
    """
    source = Context(book)
    printed: dict[Vector, set[Decimal]] = defaultdict(set)
    for ledger in source.ledgers:
        for entry in ledger.entries:
            printed[_vector(source, book, ledger, entry)].add(entry.fact.yuan)
    sums = {(one.fact.form, one.fact.coordinate, one.fact.yuan) for one in found.derived}
    count: Counter[bool] = Counter()
    for ledger in Context(again).ledgers:
        for entry in ledger.entries:
            fact = entry.fact
            amounts = printed.get(_vector(source, again, ledger, entry))
            if fact.yuan not in (amounts or ()) and (fact.form, fact.coordinate, fact.yuan) not in sums:
                raise ValueError(f"{fact} is neither printed by {book!r} nor derived")
            count[amounts is not None] += 1
    return count[True], count[False]


def _vector(source: Context, book: Budget, ledger: Ledger, entry: Entry) -> Vector:
    """The vector of a figure among those of the budget; projects are called by their names."""
    vector = source.canonical(source.vector(entry.fact), ledger)._replace(nature=entry.vector.nature)
    project = book.project_names.get(entry.fact.coordinate.project or "")
    return vector._replace(project=f"\0{project.name}") if project else vector


def table(paths: Iterable[Path]) -> str:
    """The table as text."""
    return "\n".join([HEADER, *(line for path in paths for line in _lines(read(path)))])


def _lines(book: Budget) -> Iterator[str]:
    for name, family in families().items():
        found = convert(book, name)
        workbook = io.BytesIO()
        found.write(workbook)
        carried, sums = kept(book, read(workbook.getvalue()), found)
        left = Counter(one.reason for one in found.left if one.fact is not None)
        agency = book.agency.name if book.agency else ""
        cells = [
            f"{agency} {families()[book.family or name].name}" if name == next(iter(families())) else "",
            family.name,
            len(book.facts),
            len(found.written),
            len(found.derived),
            *(left[reason] for reason in REASONS),
            sum(left.values()) - sum(left[reason] for reason in REASONS),
            f"{carried} + {sums}",
        ]
        yield f"| {' | '.join(map(str, cells))} |"


def page(text: str, paths: Iterable[Path]) -> str:
    """The page with a new table."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table(paths)}\n\n{END}{rest.partition(END)[2]}"


def main(*names: str) -> None:
    """Write the table into its page."""
    paths = [Path(name) for name in names] or sorted((ROOT / "examples/data").glob("*.xlsx"))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), paths), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
