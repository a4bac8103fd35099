"""What figures are about（陈述对象）: own words, what a list hands down, what the section says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import attrs

from govbudget.model import Coordinate
from govbudget.narrative.phrases import Phrase

__all__ = ["SPECIAL", "Dims", "Subject"]

Dims: TypeAlias = "Mapping[str, str]"

# Items that are told from all others: they take no fund and no nature from what stands around them.
SPECIAL = ("three_public", "procurement", "agency_operation", "targets")
HANDED_DOWN = ("agency", "side", "fund", "nature", "origin")
OPPOSED = ("agency", "side", "fund", "nature", "cost", "origin")


@attrs.define
class Subject:
    """What figures are about, as long as the prose goes on about it.

    Attributes:
        topic: its number.
        what: the words for it.
        dims: its dimensions.
        functions: the function subjects that it can be.
        economics: the economic subjects that it can be.
        year: the year.
        reason: why it is not understood; empty where it is.
        parent: the topic of the whole that lists it.
        listed: the number of that list.
        former: names that a subject no longer bears.
        by_economic: whether its list goes by economic subject (True), by function subject (False), or does not say.
    """

    topic: int
    what: str
    dims: dict[str, str] = attrs.field(factory=dict)
    functions: tuple[str, ...] = ()
    economics: tuple[str, ...] = ()
    year: int | None = None
    reason: str = ""
    parent: int | None = None
    listed: int | None = None
    former: tuple[tuple[str, str, str], ...] = ()
    by_economic: bool | None = None

    @property
    def about(self) -> tuple[Coordinate, ...]:
        """Every coordinate that the words can mean."""
        if self.reason:
            return ()
        sides = (self.dims["side"],) if "side" in self.dims else ("revenue", "expenditure")
        members: list[dict[str, str]] = [{"function": one} for one in self.functions]
        members += [{"economic": one} for one in self.economics]
        return tuple(
            Coordinate(year=self.year, **{**self.dims, "side": side, **member})
            for side in sides
            for member in members or [{}]
        )

    def is_named_by(self, phrase: Phrase) -> bool:
        """Whether words about a list name this, the figure before it."""
        same = all(self.dims.get(name) == value for name, value in phrase.dims.items())
        return same and set(phrase.functions) <= set(self.functions)

    def is_other_year_of(self, other: Subject) -> bool:
        """Whether this is the same thing in another year（上年…）."""
        mine, its = (self.dims, self.functions, self.economics), (other.dims, other.functions, other.economics)
        return mine == its and self.year != other.year and not self.reason

    def can_hold(self, part: Subject) -> bool:
        """Whether *part* can be a part of this: it says more, and nothing against it."""
        if part.reason or self.reason:
            return True
        for name in OPPOSED:
            if part.dims.get(name, "") and self.dims.get(name, "") and part.dims[name] != self.dims[name]:
                return False
        item, own = part.dims.get("item", ""), self.dims.get("item", "")
        if own and own != "fiscal" and not item.startswith(f"{own}."):
            return False
        for codes, tops in ((part.functions, self.functions), (part.economics, self.economics)):
            if tops and not any(one != top and one.startswith(top) for one in codes for top in tops):
                return False
        more = set(part.dims) - set(self.dims) - {"side"}
        return bool(more or (item and item != own) or part.functions or part.economics)

    def fill(self, phrase: Phrase, around: Dims, whole: Subject | None = None) -> None:
        """Take the dimensions that the words say, and those that they leave to *whole* and to what stands around."""
        own = dict(phrase.dims)
        functions, economics = _told_apart(phrase, own, around, whole)
        if whole is not None:
            functions, economics = _under(functions, whole.functions), _under(economics, whole.economics)
        elif economics and not functions:
            economics = tuple(one for one in economics if len(one) == min(map(len, economics)))
        if functions or economics or own.get("nature"):
            own.setdefault("side", "expenditure")
        item = own.get("item", "")
        for name in HANDED_DOWN:
            if name == "nature" and (item or own.get("side") == "revenue"):
                continue
            if name == "fund" and item.startswith((*SPECIAL, "fiscal")):
                continue
            if name in around:
                own.setdefault(name, around[name])
        if "cost" in around and economics:
            own.setdefault("cost", around["cost"])
        if around.get("item") == "fiscal" and not item and "fund" not in own:
            own["item"] = "fiscal"
        if "fund" in own and item == "fiscal":
            del own["item"]
        if item.startswith("three_public"):
            own["fund"] = "government_fund" if around.get("fund") == "government_fund" else "general"
        if item.startswith(SPECIAL):
            own.pop("origin", None)
            own.pop("nature", None)
            own["side"] = "expenditure"
        self.dims, self.functions, self.economics = own, functions, economics


def _told_apart(
    phrase: Phrase, own: dict[str, str], around: Dims, whole: Subject | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A name that a function and an economic subject share, or one of them and “三公”经费, by where it stands."""
    functions, economics = phrase.functions, phrase.economics
    if whole is not None:
        inside = bool(whole.economics or whole.dims.get("cost") or whole.by_economic)
    else:
        inside = around.get("nature") == "basic"
    if economics and own.get("item", "").startswith("three_public"):
        if not inside:
            return functions, ()
        del own["item"]
    if functions and economics:
        if inside:
            return (), economics
        if whole is not None and (whole.functions or whole.by_economic is False):
            return functions, ()
    return functions, economics


def _under(codes: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
    if not above:
        return codes
    return tuple(one for one in codes if any(one.startswith(top) for top in above)) or codes
