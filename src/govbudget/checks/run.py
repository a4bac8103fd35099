"""Running the rule book（执行校验）."""

from __future__ import annotations

from collections.abc import Iterable

from govbudget.checks.attribution import attribute
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Outcome, Report, Severity, Skipped, Status
from govbudget.checks.rules import Rule, registered
from govbudget.model import Budget

__all__ = ["check"]


def check(book: Budget, rules: Iterable[Rule] | None = None) -> Report:
    """Check a budget against the rule book（校验预算）; a wrong budget gives findings, never an exception."""
    context = Context(book)
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    for one in registered() if rules is None else rules:
        found: list[Finding] = []
        skipped: list[Skipped] = []
        for result in one.check(context):
            if isinstance(result, Skipped):
                skipped.append(result)
            else:
                found.append(result)
        findings += found
        outcomes.append(Outcome(one.code, _status(found, skipped), len(found), tuple(skipped)))
    findings = attribute(context, findings)
    findings.sort(key=lambda finding: finding.severity.rank)
    return Report(book, tuple(findings), tuple(outcomes))


def _status(found: list[Finding], skipped: list[Skipped]) -> Status:
    if any(finding.severity is Severity.ERROR for finding in found):
        return Status.FAIL
    if found:
        return Status.WARN
    return Status.SKIPPED if skipped else Status.PASS
