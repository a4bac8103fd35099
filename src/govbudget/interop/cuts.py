"""The figures that answer a question without counting anything twice（取数不重复）.

A form prints totals beside their parts, along every dimension. Asked for figures by some dimensions, a cut takes the
finest members that are printed of those, and of everything else the most general printing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import product

import attrs

from govbudget.amounts import format_amount, half_step
from govbudget.checks.context import Context
from govbudget.checks.ledger import Entry, Ledger
from govbudget.checks.paths import DIMENSIONS, ROWS, below

__all__ = ["Cut", "cut", "path_of"]

KEY = ("year", *DIMENSIONS)
ASIDE = frozenset({"grand_total", "carry_forward", "unit_price", "procurement.sme", "procurement.micro"})


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
    wanted = None if years is None else {0, *years}  # a fact without a year is of the budget's own
    entries = [
        entry
        for entry in ledger.entries
        if entry.vector.side in ("", side)
        and ASIDE.isdisjoint(entry.vector.item.split("/"))
        and "row:" not in entry.vector.item
        and (wanted is None or entry.vector.year in wanted)
    ]
    by_key = _by_key(entries)
    chosen, totals = _choose(by_key, [0, *(place for place, name in enumerate(KEY) if name in asked)])
    if not all(any(key[KEY.index(name)] for key in chosen) for name in asked):
        return None
    notes = [_note(by_key[total][0], gap) for total, gap in totals.items() if gap]
    if len(printings) > 1:
        notes.append(f"文件中有 {len(printings)} 张{ledger.form.name}，只取第一张")
    return Cut(ledger, tuple(entry for key in chosen for entry in by_key[key]), tuple(notes))


_Key = tuple[str, ...]


def _by_key(entries: Iterable[Entry]) -> dict[_Key, list[Entry]]:
    """The entries by their paths: a total that stands on two rows once, two equal rows of detail both."""
    found: dict[_Key, list[Entry]] = {}
    for entry in entries:
        found.setdefault(tuple(str(getattr(entry.vector, name)) for name in KEY), []).append(entry)
    detailed = [KEY.index(name) for name in ROWS]
    totals = {total for key, several in _totals(found).items() for total in several if not _same(key, total, detailed)}
    return {
        key: several if key not in totals and any(key[place] for place in detailed) else several[:1]
        for key, several in found.items()
    }


def _choose(by_key: dict[_Key, list[Entry]], at: Sequence[int]) -> tuple[list[_Key], dict[_Key, Decimal]]:
    """The coordinates of a cut, and what each total that was left out holds beyond its parts.

    Of the places *at* the finest that are printed, of all others the most general. What then is missing from a total
    is looked for among what is printed beside the chosen: the money carried over, where only the rest tells its fund.
    """
    above = _totals(by_key)
    refined = {key for key in by_key if any(_same(key, total, at) for total in above[key])}
    split = {total for key in by_key for total in above[key] if not _same(key, total, at)}
    chosen = [key for key in by_key if key not in refined and key not in split]
    whole = split - refined
    tops = [key for key in by_key if key in whole and not whole.intersection(above[key])]
    gaps = _gaps(by_key, above, tops, chosen)
    if any(gaps.values()):
        beside = [key for key in by_key if key in refined and key not in split]
        for key in sorted(beside, key=lambda key: len(above[key])):
            if any(gaps.get(total) for total in above[key]) and not any(_overlap(key, one) for one in chosen):
                chosen.append(key)
        gaps = _gaps(by_key, above, tops, chosen)
    return chosen, gaps


def _gaps(
    by_key: dict[_Key, list[Entry]], above: dict[_Key, list[_Key]], tops: Sequence[_Key], chosen: Sequence[_Key]
) -> dict[_Key, Decimal]:
    """What each of some totals holds beyond the chosen below it, in 元; nothing where rounding explains it."""
    gaps = {total: by_key[total][0].fact.yuan for total in tops}
    limits = {total: _half(by_key[total][0]) for total in tops}
    for key in chosen:
        for total in gaps.keys() & above[key]:
            for entry in by_key[key]:
                gaps[total] -= entry.fact.yuan
                limits[total] += _half(entry)
    return {total: gap if abs(gap) > limits[total] else Decimal(0) for total, gap in gaps.items()}


def _half(entry: Entry) -> Decimal:
    return half_step(entry.fact.amount, entry.fact.unit)


def _same(one: _Key, other: _Key, places: Sequence[int]) -> bool:
    return all(one[place] == other[place] for place in places)


def _overlap(one: _Key, other: _Key) -> bool:
    return all(a == b or below(a, b) or below(b, a) for a, b in zip(one, other))


def _totals(coordinates: Iterable[_Key]) -> dict[_Key, list[_Key]]:
    """For each coordinate those that are printed and lie above it: no path below its own, one at least above."""
    keys = set(coordinates)
    printed = [set(paths) for paths in zip(*keys)]
    roots = [{path: _roots(path, paths) for path in paths} for paths in printed]
    return {
        key: [one for one in product(*(above[path] for above, path in zip(roots, key))) if one != key and one in keys]
        for key in keys
    }


def _roots(path: str, printed: set[str]) -> list[str]:
    """A path and those that are printed above it in its tree."""
    above = [path[:size] for size in range(len(path))]
    return [path, *(one for one in above if one in printed and below(path, one))]


def _note(total: Entry, gap: Decimal) -> str:
    name = total.fact.name or "合计"
    return f"{total.fact.place} “{name}”比所取各项之和{'多' if gap > 0 else '少'} {format_amount(abs(gap))} 元"
