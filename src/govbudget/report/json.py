"""A report as JSON: a list of findings with the keys of the public contract."""

from __future__ import annotations

import json

from govbudget.checks.findings import Report
from govbudget.interop.records import finding_record

__all__ = ["to_json"]


def to_json(report: Report) -> str:
    """The findings of *report* as a JSON list, worst first（校验发现的 JSON）; amounts are texts of plain digits."""
    return json.dumps([finding_record(report.book, one) for one in report.findings], ensure_ascii=False, indent=1)
