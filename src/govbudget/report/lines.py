"""A report line by line, for logs, editors and continuous integration."""

from __future__ import annotations

from govbudget.checks.findings import Finding, Report
from govbudget.report.overview import plain

__all__ = ["to_lines"]


def to_lines(report: Report) -> str:
    """One line a finding（逐行输出）: ``file: sheet!cell: RULE severity message``; empty when nothing was found."""
    return "\n".join(_line(report.book.source, finding) for finding in report.findings)


def _line(source: str, finding: Finding) -> str:
    parts = [source or "-", str(finding.places[0]) if finding.places else "-"]
    text = f"{finding.rule} {finding.severity.value} {finding.message}"
    return ": ".join(map(plain, [*parts, text]))
