"""The figures that answer a question without counting anything twice（取数不重复）.

A form prints totals beside their parts, along every dimension. Asked for figures by some dimensions, a cut takes the
finest members that are printed of those, and of everything else the most general printing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from govbudget.amounts import format_amount, half_step
from govbudget.checks.context import DIMENSIONS, ROWS, Context, Entry, Ledger, Vector, below

__all__ = ["Cut", "cut", "path_of"]

ASIDE = frozenset({"grand_total", "carry_forward", "unit_price"})


@attrs.frozen(eq=False)
class Cut:
    """Entries of which no two overlap, and what the form's totals hold beyond them.

    Attributes:
        ledger: the printed form.
        entries: the entries.
        notes: what does not add up, or was left out, in Chinese.
    """

    ledger: Ledger
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()

    def amounts(self, dimensions: Sequence[str]) -> dict[tuple[str, ...], Decimal]:
        """The amounts in 元 by the paths of some dimensions."""
        found: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
        for entry in self.entries:
            found[tuple(path_of(entry, name) for name in dimensions)] += entry.fact.yuan
        return dict(found)


def path_of(entry: Entry, dimension: str) -> str:
    """Where an entry stands in a dimension; the root is empty."""
    return str(getattr(entry.vector, dimension) or "")


def cut(
    context: Context, form: str, asked: Sequence[str], *, side: str = "expenditure", years: Iterable[int] | None = None
) -> Cut | None:
    """The figures of a form by the dimensions *asked*; None where it tells none of them apart."""
    printings = [ledger for ledger in context.ledgers if ledger.form.id == form]
    if not printings:
        return None
    ledger = printings[0]
    wanted = None if years is None else set(years)
    entries = [
        entry
        for entry in ledger.entries
        if entry.vector.side in ("", side)
        and ASIDE.isdisjoint(entry.vector.item.split("/"))
        and (wanted is None or entry.vector.year in wanted)
    ]
    chosen, totals = _choose(entries, asked)
    if not all(any(path_of(entry, name) for entry in chosen) for name in asked):
        return None
    notes = [_gap(total, parts) for total, parts in totals]
    if len(printings) > 1:
        notes.append(f"文件中有 {len(printings)} 张{ledger.form.name}，只取第一张")
    return Cut(ledger, tuple(chosen), tuple(filter(None, notes)))


def _choose(entries: list[Entry], asked: Sequence[str]) -> tuple[list[Entry], list[tuple[Entry, list[Entry]]]]:
    """The entries of a cut, and each total that was left out with those of its parts that were taken."""
    at = [Vector._fields.index(name) for name in ("year", *asked) if name != "document"]
    rest = [Vector._fields.index(name) for name in DIMENSIONS if name not in asked]
    alike: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[tuple(entry.vector[i] for i in at)].append(entry)
    refined = {
        id(one) for members in alike.values() for one in members if any(_refines(one, other, rest) for other in members)
    }
    split = [one for one in entries if any(_covers(one, other, at, rest) for other in entries)]
    gone = refined | {id(entry) for entry in split}
    kept = _without_reprints([entry for entry in entries if id(entry) not in gone], entries)
    whole = [one for one in split if id(one) not in refined]
    tops = [one for one in whole if not any(_covers(other, one, at, rest) for other in whole)]
    return kept, [(one, [e for e in kept if _covers(one, e, at, rest)]) for one in tops]


def _without_reprints(chosen: list[Entry], entries: list[Entry]) -> list[Entry]:
    """A total that stands on two rows counts once; two equal rows of detail count twice."""
    everything = range(1, len(Vector._fields))
    seen: set[Vector] = set()
    kept = []
    for entry in chosen:
        vector = entry.vector
        if vector in seen and (
            not any(getattr(vector, name) for name in ROWS)
            or any(other.vector != vector and _covers(entry, other, everything, ()) for other in entries)
        ):
            continue
        seen.add(vector)
        kept.append(entry)
    return kept


def _covers(total: Entry, part: Entry, at: Sequence[int], rest: Sequence[int]) -> bool:
    """Whether *part* lies strictly below *total* in what is asked and nowhere outside it."""
    one, other = total.vector, part.vector
    return (
        any(one[i] != other[i] for i in at)
        and all(_within(other[i], one[i]) for i in at)
        and all(_within(other[i], one[i]) for i in rest)
    )


def _refines(part: Entry, total: Entry, rest: Sequence[int]) -> bool:
    one, other = part.vector, total.vector
    return any(one[i] != other[i] for i in rest) and all(_within(one[i], other[i]) for i in rest)


def _within(path: object, root: object) -> bool:
    return path == root or (isinstance(path, str) and isinstance(root, str) and below(path, root))


def _gap(total: Entry, parts: list[Entry]) -> str:
    """What a printed total holds beyond its parts, where rounding does not explain it."""
    gap = total.fact.yuan - sum((part.fact.yuan for part in parts), Decimal(0))
    limit = sum(
        (half_step(part.fact.amount, part.fact.unit) for part in parts), half_step(total.fact.amount, total.fact.unit)
    )
    if abs(gap) <= limit:
        return ""
    name = total.fact.name or "合计"
    return f"{total.fact.place} “{name}”比所取各项之和{'多' if gap > 0 else '少'} {format_amount(abs(gap))} 元"
