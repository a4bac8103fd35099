"""Strategies for the small things（基本数据）: figures, codes and subjects, agencies, facts at coordinates."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st

from govbudget.amounts import Unit
from govbudget.classification import (
    EconomicSubject,
    FunctionSubject,
    Level,
    RevenueSubject,
    Subject,
    editions,
    subjects,
)
from govbudget.model import ORIGINS, Agency, Coordinate, Fact

__all__ = [
    "YEAR",
    "agencies",
    "amounts",
    "coordinates",
    "economic_codes",
    "economic_subjects",
    "facts",
    "figures",
    "function_codes",
    "function_subjects",
    "revenue_subjects",
]

S = TypeVar("S", bound=Subject)
YEAR = 2024
CLASSES = ("301", "302", "303", "310")
REGIONS = ("某市", "某县", "某区")
BUREAUS = ("数据局", "档案局", "民政局", "文化和旅游局")


def amounts(most: int = 10_000_000) -> st.SearchStrategy[Decimal]:
    """Amounts（金额） in 元, to the 分, from 0.01 to *most*."""
    return st.integers(1, most * 100).map(lambda cents: Decimal(cents).scaleb(-2))


def figures(most: int = 10**12, decimals: int | None = None) -> st.SearchStrategy[Decimal]:
    """Figures as they may be printed（印出的数）, of either sign and of no more than *most*.

    Args:
        most: the greatest; its negative is the least.
        decimals: the printed decimals, 0 to 6 where None.
    """
    scales = st.integers(0, 6) if decimals is None else st.just(decimals)
    return scales.flatmap(lambda places: st.decimals(-most, most, places=places))


def function_subjects(year: int | None = None) -> st.SearchStrategy[FunctionSubject]:
    """Subjects of the functional classification（功能分类科目） of an edition, of every level; of any where None.

    Raises:
        EditionError: there is no edition of that year.
    """
    return _listed(FunctionSubject, year)


def economic_subjects(year: int | None = None) -> st.SearchStrategy[EconomicSubject]:
    """Subjects of both economic classifications（部门、政府支出经济分类科目） of an edition; of any where None.

    Raises:
        EditionError: there is no edition of that year.
    """
    return _listed(EconomicSubject, year)


def revenue_subjects(year: int | None = None) -> st.SearchStrategy[RevenueSubject]:
    """Subjects of the classification of revenue（收入分类科目） of an edition; of any where None.

    Raises:
        EditionError: there is no edition of that year.
    """
    return _listed(RevenueSubject, year)


def _listed(kind: type[S], year: int | None) -> st.SearchStrategy[S]:
    if year is None:
        return st.sampled_from(editions()).flatmap(lambda edition: _listed(kind, edition))
    return st.sampled_from([one for one in subjects(year) if isinstance(one, kind)])


def function_codes(fund: str = "general", classes: Collection[str] = ()) -> st.SearchStrategy[str]:
    """Codes of 项 of a budget（功能科目项级编码） of 2024, under some 类 or all.

    Args:
        fund: ``general``, ``government_fund`` or ``state_capital``.
        classes: the codes of the 类; all where none is named.
    """
    items = [s.code for s in subjects(YEAR).functions if s.level is Level.ITEM and fund in s.funds]
    return st.sampled_from([code for code in items if not classes or code[:3] in classes])


def economic_codes(classes: Collection[str] = CLASSES) -> st.SearchStrategy[str]:
    """Codes of 款 of the department economic classification（经济科目款级编码） of 2024, under some 类."""
    every = [s.code for s in subjects(YEAR).economics if s.level is Level.SECTION]
    return st.sampled_from([code for code in every if code[:3] in classes])


def agencies(most: int = 3) -> st.SearchStrategy[list[Agency]]:
    """A department and one to *most* units of it（部门及所属单位）, with codes that nest."""

    def build(number: int, region: str, bureau: str, units: int) -> list[Agency]:
        code, name = str(number), region + bureau
        return [
            Agency(code, name),
            *[Agency(f"{code}{unit:03d}", f"{name}第{unit}中心") for unit in range(1, units + 1)],
        ]

    numbers = st.integers(100, 999)
    return st.builds(build, numbers, st.sampled_from(REGIONS), st.sampled_from(BUREAUS), st.integers(1, most))


@st.composite
def coordinates(draw: st.DrawFn) -> Coordinate:
    """Coordinates（坐标） of 2024 that some form could print: of revenue, of basic or of project expenditure."""
    agency = draw(st.none() | agencies().flatmap(st.sampled_from).map(lambda one: one.key))
    if draw(st.booleans()):
        fund = draw(st.sampled_from(("general", "government_fund", "state_capital", "business", "other")))
        return Coordinate(YEAR, agency, "revenue", fund=fund, origin=draw(st.sampled_from(sorted(ORIGINS))))
    function = draw(st.none() | function_codes())
    fund, nature = "general", draw(st.sampled_from((None, "basic", "project")))
    cost = project = economic = None
    if nature == "basic":
        cost = draw(st.sampled_from((None, "personnel", "public")))
        economic = draw(st.none() | economic_codes(("302",) if cost == "public" else ("301", "303")))
    elif nature == "project":
        project = draw(st.none() | st.integers(1, 99).map(lambda number: f"数据汇聚{number}期"))
    origin = draw(st.none() | st.just("current"))
    return Coordinate(YEAR, agency, "expenditure", function, economic, fund, nature, cost, project, origin)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """Single facts（预算数）: an amount of 万元 or 元 to two decimals, at a coordinate, with the label of its row.

    For facts that agree with each other draw a budget: :func:`balanced_budgets`.
    """
    at = draw(coordinates())
    code = at.economic or at.function or ""
    name = subjects(YEAR)[code].name if code else "合计"
    unit = draw(st.sampled_from((Unit.WAN, Unit.YUAN)))
    return Fact(draw(amounts()), unit, at.side or "", at.project or name, "" if at.project else code, at)
