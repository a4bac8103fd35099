"""Strategies for the small things（基本数据）: amounts, codes, agencies."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from hypothesis import strategies as st

from govbudget.classification import Level, subjects
from govbudget.model import Agency

__all__ = ["YEAR", "agencies", "amounts", "economic_codes", "function_codes"]

YEAR = 2024
CLASSES = ("301", "302", "303", "310")


def amounts(most: int = 10_000_000) -> st.SearchStrategy[Decimal]:
    """Amounts（金额） in 元, to the 分, from 0.01 to *most*."""
    return st.integers(1, most * 100).map(lambda cents: Decimal(cents).scaleb(-2))


def function_codes(fund: str = "general", classes: Collection[str] = ()) -> st.SearchStrategy[str]:
    """Codes of 项 of a budget（功能科目项级编码） of 2024, under some 类 or all.

    Args:
        fund: ``general``, ``government_fund`` or ``state_capital``.
        classes: the codes of the 类; all where none is named.
    """
    items = [s.code for s in subjects(YEAR).functions if s.level is Level.ITEM and fund in s.funds]
    return st.sampled_from([code for code in items if not classes or code[:3] in classes])


def economic_codes(classes: Collection[str] = CLASSES) -> st.SearchStrategy[str]:
    """Codes of 款 of the department economic classification（经济科目款级编码） under some 类."""
    every = [s.code for s in subjects(YEAR).economics if s.level is Level.SECTION]
    return st.sampled_from([code for code in every if code[:3] in classes])


def agencies(most: int = 3) -> st.SearchStrategy[list[Agency]]:
    """A department and one to *most* units of it（部门及所属单位）, with codes that nest."""

    def build(number: int, units: int) -> list[Agency]:
        code = str(number)
        return [
            Agency(code, "某市数据局"),
            *[Agency(f"{code}{unit:03d}", f"某市数据局第{unit}中心") for unit in range(1, units + 1)],
        ]

    return st.builds(build, st.integers(100, 999), st.integers(1, most))
