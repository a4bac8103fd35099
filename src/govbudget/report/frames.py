"""A report as a pandas frame（转为 pandas 表）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govbudget.checks.findings import Report
from govbudget.errors import MissingExtraError
from govbudget.interop.records import finding_record

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["findings_frame"]

COLUMNS = (
    *("document", "rule", "severity", "message", "form", "title", "sheet", "cell", "cells", "row", "column"),
    *("found", "expected", "difference"),
)


def findings_frame(report: Report) -> DataFrame:
    """The findings of *report*, a row each; amounts are exact decimals, and what is missing is None.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingExtraError(
            "转为 pandas 表需要 pandas：pip install 'govbudget[pandas]' (install the extra for pandas frames)"
        ) from error
    rows = [
        {
            **finding_record(report.book, finding),
            "cells": [str(place) for place in finding.places],
            "found": finding.found,
            "expected": finding.expected,
            "difference": finding.difference,
        }
        for finding in report.findings
    ]
    return pandas.DataFrame(rows, columns=[*COLUMNS], dtype=object)
