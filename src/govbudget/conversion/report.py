"""The account of a conversion（转换报告）: what was carried, what was derived from what, and what found no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import IO

import attrs

from govbudget.amounts import Unit
from govbudget.model import Budget, Fact
from govbudget.writing import Leftover, Plan, save_plan
from govbudget.writing.context import fact_text

__all__ = ["Conversion", "Derived"]

SHOWN = 3


@attrs.frozen
class Derived:
    """A figure that the target's forms print and the budget does not（推算数）: the exact sum of *parts*."""

    fact: Fact
    parts: tuple[Fact, ...]


@attrs.frozen
class Conversion:
    """A budget laid out on a family's forms（转换结果）.

    Attributes:
        book: the budget.
        family: the family of forms.
        facts: what the forms print, at the coordinates that they give it.
        written: the facts of the budget that the forms print, each at its coordinate with its exact amount.
        derived: the figures that were summed from facts, because the forms print them and the budget does not.
        left: what the forms cannot print, with the reason; nothing is dropped in silence.
        plan: every sheet with its cells.
        rounded: the unit that the figures were rounded in, where sums hold within rounding only: in a finer unit the
            forms would show digits that nobody knows, and rounding would look like errors.
    """

    book: Budget
    family: str
    facts: tuple[Fact, ...] = attrs.field(repr=False)
    written: tuple[Fact, ...] = attrs.field(repr=False)
    derived: tuple[Derived, ...] = attrs.field(repr=False)
    left: tuple[Leftover, ...] = attrs.field(repr=False)
    plan: Plan = attrs.field(repr=False)
    rounded: Unit | None = None

    def write(self, target: str | PathLike[str] | IO[bytes]) -> None:
        """Write the workbook.

        Raises:
            WriteError: the target cannot be written; what stood there before is untouched.
        """
        save_plan(self.book, self.plan, target)

    def text(self, *, every: bool = False) -> str:
        """What became of the budget, in Chinese and English; *every* lists all entries, not only some of each kind."""
        lines = [
            f"印出 {len(self.written)} 个原数 (figures carried)",
            f"推算 {len(self.derived)} 个合计数，均为原数的精确之和 (exact sums derived)",
        ]
        lines += _listed((f"{fact_text(one.fact)} = {_sum(one.parts)}" for one in self.derived), every)
        lines.append(f"{len(self.left)} 项内容在目标表式中没有位置 (not carried over)")
        if self.rounded is not None:
            lines.append(
                f"原数四舍五入到{self.rounded.value}的小数位，合计只在舍入范围内成立，故各表不用更小的单位 "
                f"(rounded in {self.rounded.value}, sums hold within rounding only: no form is in a finer unit)"
            )
        for reason in dict.fromkeys(one.reason for one in self.left):
            lines.append(f"  {reason}")
            lines += _listed((one.text for one in self.left if one.reason == reason), every, "    ")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()


def _listed(entries: Iterable[str], every: bool, indent: str = "  ") -> Iterator[str]:
    texts = list(entries)
    shown = texts if every else texts[:SHOWN]
    yield from (f"{indent}{text}" for text in shown)
    if len(shown) < len(texts):
        yield f"{indent}… {len(texts)}"


def _sum(parts: Sequence[Fact]) -> str:
    texts = [f"{part.amount:f}（{part.place}）" if part.place.cell else f"{part.amount:f}" for part in parts]
    return " + ".join(texts[:SHOWN]) + (f" + …（{len(texts)}）" if len(texts) > SHOWN else "")
