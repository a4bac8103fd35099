"""Marks（标记）: how a workbook of this library says what of it is help and no form."""

from __future__ import annotations

__all__ = ["HELP", "SAYS_FAMILY", "SAYS_FORMS", "SAYS_VERSION", "SAYS_YEAR", "is_help"]

HELP = "〔govbudget〕"
SAYS_FAMILY, SAYS_YEAR, SAYS_FORMS, SAYS_VERSION = (
    f"govbudget.{name}" for name in ("family", "year", "forms", "version")
)


def is_help(first: str) -> bool:
    """Whether the text in the first cell of a sheet says that the sheet helps to fill in forms（填报说明、科目目录）.

    >>> is_help("填报说明 〔govbudget〕"), is_help("部门收支总表")
    (True, False)
    """
    return first.rstrip().endswith(HELP)
