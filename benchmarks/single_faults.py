"""One wrong figure at a time（逐个改错）: is it found, is its cell pointed at, and is it the cell that is blamed first?

``python -m benchmarks.single_faults [FILE…]`` changes each amount of each budget by 7.77 万元, alone, and checks again.
Amounts of nothing, and those of performance and procurement forms, whose figures no other figure depends on, stay.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import attrs

import govbudget as gb
from govbudget.checks import Finding, Report

STEP = Decimal("77700")
LEAST = {"detected": Decimal("0.99"), "named": Decimal("0.97"), "first": Decimal("0.80")}
HERE = Path(__file__).resolve().parents[1]
LONE = ("project_performance", "overall_performance", "procurement")


@attrs.define
class Tally:
    """What became of the changes to one budget."""

    changed: int = 0
    detected: int = 0
    named: int = 0
    first: int = 0

    def add(self, fact: gb.Fact, new: list[Finding]) -> None:
        """Count one change with the errors that it brought."""
        self.changed += 1
        self.detected += bool(new)
        self.named += any(fact.place in finding.places for finding in new)
        self.first += any(fact.place == finding.places[0] for finding in new)

    def share(self, name: str) -> Decimal:
        """The share of the changes that were detected, named or blamed first."""
        return Decimal(getattr(self, name)) / self.changed


def faults(book: gb.Budget) -> Iterator[tuple[gb.Fact, Report]]:
    """Every figure that is changed, and the report of the budget with it."""
    for index, fact in enumerate(book.facts):
        if fact.amount and fact.form not in LONE:
            wrong = attrs.evolve(fact, amount=fact.amount + STEP / fact.unit.factor)
            yield fact, attrs.evolve(book, facts=[*book.facts[:index], wrong, *book.facts[index + 1 :]]).check()


def measure(book: gb.Budget) -> Tally:
    """Change every figure of a budget, one at a time."""
    before = {(error.rule, frozenset(error.places), error.found) for error in book.check().errors}
    tally = Tally()
    for fact, report in faults(book):
        new = [error for error in report.errors if (error.rule, frozenset(error.places), error.found) not in before]
        tally.add(fact, new)
    return tally


def main(files: list[str]) -> int:
    """Measure and print a table; 1 where a share is too small."""
    print("| 预算 budget | 改动 changed | 发现 detected | 指出 named | 首先怀疑 blamed first |")
    print("|---|---|---|---|---|")
    whole = Tally()
    for file in files or sorted(map(str, (HERE / "examples/data").glob("*.xlsx"))):
        tally = measure(gb.read(file))
        print(_line(Path(file).name, tally), flush=True)
        for field in attrs.fields(Tally):
            setattr(whole, field.name, getattr(whole, field.name) + getattr(tally, field.name))
    print(_line("合计 in all", whole))
    return int(any(whole.share(name) < least for name, least in LEAST.items()))


def _line(name: str, tally: Tally) -> str:
    shares = (f"{getattr(tally, one)} ({tally.share(one):.1%})" for one in LEAST)
    return f"| {name} | {tally.changed} | {' | '.join(shares)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
