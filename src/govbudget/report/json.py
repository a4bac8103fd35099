"""A report as JSON: a list of findings with the keys of the public contract."""

from __future__ import annotations

import json
from decimal import Decimal

from govbudget.checks.findings import Finding, Report
from govbudget.interop.records import finding_record

__all__ = ["to_json"]


def to_json(report: Report) -> str:
    """The findings of *report* as a JSON list, worst first（校验发现的 JSON）; amounts are texts of plain digits."""
    return json.dumps([_record(report, finding) for finding in report.findings], ensure_ascii=False, indent=1)


def _record(report: Report, finding: Finding) -> dict[str, object]:
    record = finding_record(report.book, finding)
    for key in ("found", "expected", "difference"):
        value = getattr(finding, key)
        if isinstance(value, Decimal):
            record[key] = format(value, "f")
    return record
