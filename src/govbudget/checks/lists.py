"""Lists of the prose（正文分项）: whether the parts that it names are all that the whole can have."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.checks.evidence import Figures
from govbudget.model import Coordinate
from govbudget.narrative import Claim

__all__ = ["distinct", "is_complete"]

KINDS = frozenset({"procurement.goods", "procurement.works", "procurement.services"})
COMPLETE = (
    KINDS,
    frozenset({"targets.personnel", "targets.operating", "targets.specific"}),
    frozenset({"three_public.abroad", "three_public.vehicle", "three_public.reception"}),
    frozenset(
        {
            "three_public.abroad",
            "three_public.vehicle.purchase",
            "three_public.vehicle.operation",
            "three_public.reception",
        }
    ),
    frozenset({"three_public.vehicle.purchase", "three_public.vehicle.operation"}),
)
FISCAL = frozenset({"general", "government_fund", "state_capital"})
WITHIN = ("procurement.sme", "procurement.micro")


def distinct(parts: Sequence[int], every: Sequence[Claim]) -> list[int]:
    """Parts without those of other parts (购置费 beside 购置及运行费, 面向中小企业 beside the kinds) or said before.

    Beside 本年收入合计 the sources of the year are parts of it.
    """
    abouts = {one: every[one].about[0] if len(every[one].about) == 1 else None for one in parts}
    items = {one: (every[one].about[0].item or "") if every[one].about else "" for one in parts}
    kept = [
        one
        for index, one in enumerate(parts)
        if not items[one].startswith(WITHIN)
        and not any(items[one] and items[one] == items[other] for other in parts[:index])
        and not any(other != one and items[other] and items[one].startswith(f"{items[other]}.") for other in parts)
    ]
    years = {at.side for one in kept if (at := abouts[one]) is not None and _is_of_the_year(at)}
    return [one for one in kept if (at := abouts[one]) is None or not (at.side in years and _is_within_the_year(at))]


def _is_of_the_year(at: Coordinate) -> bool:
    """本年收入合计 or 本年支出合计."""
    return at.origin == "current" and not (at.fund or at.item or at.function or at.economic or at.nature or at.cost)


def _is_within_the_year(at: Coordinate) -> bool:
    """A source or a subject of the year's own money, which 本年收入合计 and 本年支出合计 hold."""
    return (
        at.origin in {None, "current"} and at.item is None and bool(at.fund or at.function or at.economic or at.nature)
    )


def is_complete(parts: Sequence[Claim], counted: int | None, figures: Figures, year: int | None) -> bool | None:
    """Whether parts are all parts: True for certain, False most likely, None where nobody knows.

    *counted* is how many parts the prose says there are.
    """
    if counted == len(parts):
        return True
    abouts = [one.about[0] for one in parts if len(one.about) == 1]
    if len(abouts) != len(parts) or len(parts) < 2:
        return None
    items = frozenset(one.item or "" for one in abouts)
    if items in COMPLETE:
        return True
    if items < KINDS:
        return False
    if all(one.side == "revenue" for one in abouts):
        return _sources(abouts, figures, year)
    if items - {"", "fiscal"}:
        return None
    found = _subjects(abouts, figures, year)
    return _natures(abouts, figures, year) if found is None else found


def _sources(parts: list[Coordinate], figures: Figures, year: int | None) -> bool | None:
    """Sources of revenue: all those with money, none twice; what is carried over may be counted in them again."""
    named = [(one.fund or one.item or "", one.origin) for one in parts]
    funds = {fund for fund, _ in named}
    if len(set(named)) < len(named) or any(one.function or one.item not in {None, "fiscal"} for one in parts):
        return None
    if "fiscal" in funds:
        if funds & FISCAL:
            return None
        funds |= FISCAL
    if not figures.sources(year) <= funds:
        return None
    return not any(one.origin == "carryover" for one in parts)


def _subjects(parts: list[Coordinate], figures: Figures, year: int | None) -> bool | None:
    """类 of one classification: all those with money, none twice; forms may print the economic ones in part."""
    for dimension in ("function", "economic"):
        codes = [getattr(one, dimension) for one in parts]
        if all(code and len(code) == 3 for code in codes):
            whole = len(set(codes)) == len(codes) and figures.classes(dimension, year) <= set(codes)
            return (dimension == "function") if whole else None
    return None


def _natures(parts: list[Coordinate], figures: Figures, year: int | None) -> bool | None:
    """基本支出 and 项目支出 with whatever else has money, or 人员经费 and 公用经费."""
    if any(one.function or one.economic for one in parts):
        return None
    if sorted(one.cost or "" for one in parts) == ["personnel", "public"]:
        return True
    natures = frozenset(one.nature for one in parts)
    whole = len(natures) == len(parts) and {"basic", "project"} <= natures and figures.natures(year) <= natures
    return True if whole else None
