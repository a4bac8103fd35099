"""A report line by line, for logs, editors and continuous integration."""

from __future__ import annotations

from govbudget.checks.findings import Finding, Report, Severity
from govbudget.report.overview import plain, rule_titles

__all__ = ["to_github", "to_lines"]

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def to_lines(report: Report) -> str:
    """One line a finding（逐行输出）: ``file: sheet!cell: RULE severity message``; empty when nothing was found."""
    return "\n".join(_line(report.book.source, finding) for finding in report.findings)


def to_github(report: Report, file: str = "") -> str:
    """One line a finding as GitHub reads them（GitHub 注释）, so that they show beside the changed file.

    Args:
        report: the report.
        file: the document as the repository names it; by default the name that the budget knows.
    """
    titles = rule_titles(report.outcomes)
    return "\n".join(_command(file or report.book.source, finding, titles) for finding in report.findings)


def _line(source: str, finding: Finding) -> str:
    text = f"{finding.rule} {finding.severity.value} {finding.message}"
    return ": ".join(map(plain, [source or "-", _place(finding), text]))


def _place(finding: Finding) -> str:
    return str(finding.places[0]) if finding.places else "-"


def _command(file: str, finding: Finding, titles: dict[str, str]) -> str:
    title = f"{finding.rule} {titles.get(finding.rule, '')}".strip()
    properties = ",".join(f"{key}={_property(text)}" for key, text in (("file", file), ("title", title)) if text)
    message = f"{_place(finding)}: {finding.rule} {finding.message} {finding.english}"
    return f"::{COMMANDS[finding.severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return plain(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
