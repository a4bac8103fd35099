"""Marks（标记）: how a workbook of this library says what of it is help and no form."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

__all__ = ["HELP", "SAYS_FAMILY", "SAYS_YEAR", "is_help", "schema"]

HELP = "〔govbudget〕"
SAYS_FAMILY, SAYS_YEAR = "govbudget.family", "govbudget.year"


def is_help(first: str) -> bool:
    """Whether the text in the first cell of a sheet says that the sheet helps to fill in forms（填报说明、科目目录）.

    >>> is_help("填报说明 〔govbudget〕"), is_help("部门收支总表")
    (True, False)
    """
    return first.rstrip().endswith(HELP)


def schema(family: str, year: int | None, forms: Iterable[str]) -> dict[str, str]:
    """What a workbook of this library says of itself in its properties（自定义属性）.

    >>> schema("sichuan", 2026, ["summary", "revenue"])["govbudget.forms"]
    'summary revenue'
    """
    says = {SAYS_FAMILY: family, "govbudget.forms": " ".join(forms), "govbudget.version": version("govbudget")}
    return {**says, SAYS_YEAR: str(year)} if year else says
