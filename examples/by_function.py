"""What a department spends by function, in 万元（按功能分类的支出）.

python examples/by_function.py 部门预算.xlsx
"""

from __future__ import annotations

import sys
from collections import defaultdict
from decimal import Decimal

import govbudget as gb


def main(file: str) -> None:
    """Add the items of the form of general expenditure up to their classes and print them."""
    book = gb.read(file)
    catalogue = gb.subjects(book.year or 2024)
    classes: defaultdict[str, Decimal] = defaultdict(Decimal)
    for fact in book.facts:
        at = fact.coordinate
        whole = at.year == book.year and at.nature is at.origin is None
        if fact.form == "general" and whole and at.function and len(at.function) == 7:
            classes[at.function[:3]] += fact.yuan
    for code, yuan in sorted(classes.items(), key=lambda item: -item[1]):
        print(f"{yuan / 10_000:>12,.2f}  {catalogue[code]}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
