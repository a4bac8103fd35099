"""The rule book（校验规则）: one small function a rule, and the report of running them all."""

from __future__ import annotations

from govbudget.checks.claims import Judged, Law, Verdict, judged_claims
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Outcome, Report, Severity, Skipped, Status
from govbudget.checks.rules import Rule, registered, rule, rule_book
from govbudget.checks.run import check
from govbudget.checks.suppressions import Suppressed, Suppression, load_suppressions

__all__ = [
    "Context",
    "Finding",
    "Judged",
    "Law",
    "Message",
    "Outcome",
    "Report",
    "Rule",
    "Severity",
    "Skipped",
    "Status",
    "Suppressed",
    "Suppression",
    "Verdict",
    "check",
    "judged_claims",
    "load_suppressions",
    "registered",
    "rule",
    "rule_book",
]
