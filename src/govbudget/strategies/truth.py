"""The true figures behind a generated budget（真值）: lines of money that every printed figure is a sum of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from govbudget.model import Agency

__all__ = ["Line", "Truth"]

FISCAL = frozenset({"general", "government_fund", "state_capital"})
THREE_PUBLIC = {
    "three_public": frozenset({"30212", "31013", "30231", "30217"}),
    "three_public.abroad": frozenset({"30212"}),
    "three_public.vehicle": frozenset({"31013", "30231"}),
    "three_public.vehicle.purchase": frozenset({"31013"}),
    "three_public.vehicle.operation": frozenset({"30231"}),
    "three_public.reception": frozenset({"30217"}),
}
PERSONNEL = ("301", "303")


@attrs.frozen
class Line:
    """Money of one kind（一笔预算）, in 元: where it comes from, who spends it, and on what.

    Attributes:
        kind: the kind of project（项目类别）, such as ``kind.own.ordinary``; empty for basic expenditure.
        group: the class of the budget item（预算项目类别）, such as ``class.22``.
    """

    agency: str
    function: str
    economic: str
    nature: str
    fund: str
    amount: Decimal
    origin: str = "current"
    project: str = ""
    kind: str = ""
    group: str = ""

    @property
    def cost(self) -> str:
        """``personnel`` or ``public`` for basic expenditure."""
        if self.nature != "basic":
            return ""
        return "personnel" if self.economic.startswith(PERSONNEL) else "public"

    def is_at(self, dims: Mapping[str, str]) -> bool:
        """Whether the money is part of what is printed at a coordinate."""
        return all(self._has(name, value) for name, value in dims.items() if value)

    def _has(self, name: str, value: str) -> bool:
        if name == "side":
            return True
        if name in {"agency", "function", "economic"}:
            return str(getattr(self, name)).startswith(value)
        if name == "item":
            return all(self._is(part) for part in value.split("/"))
        return bool(getattr(self, name) == value)

    def _is(self, item: str) -> bool:
        if item == "fiscal":
            return self.fund in FISCAL
        if item == "unit_funds":
            return self.fund not in {*FISCAL, "fiscal_account"}
        if item == "agency_operation":
            return self.fund == "general" and self.cost == "public"
        if item in THREE_PUBLIC:
            return self.economic in THREE_PUBLIC[item]
        if item.startswith(("kind.", "class.")):
            own = self.kind if item.startswith("kind.") else self.group
            return own == item or own.startswith(f"{item}.")
        return item == "grand_total"


@attrs.frozen
class Truth:
    """A department, its units, and all the money that they have."""

    department: Agency
    units: tuple[Agency, ...]
    lines: tuple[Line, ...]

    def total(self, dims: Mapping[str, str]) -> Decimal:
        """The money at a coordinate, in 元."""
        return sum((line.amount for line in self.lines if line.is_at(dims)), Decimal(0))

    def values(self, name: str, dims: Mapping[str, str]) -> list[str]:
        """What the lines at a coordinate have in a dimension, sorted."""
        return sorted({str(getattr(line, name)) for line in self.lines if line.is_at(dims)} - {""})

    def without(self, lines: Iterable[Line]) -> Truth:
        """The same without some of the money."""
        gone = set(map(id, lines))
        return attrs.evolve(self, lines=tuple(line for line in self.lines if id(line) not in gone))
