"""The rule book（校验规则）: one small function a rule, and the report of running them all."""

from __future__ import annotations

from govbudget.checks import forms_agree, printing, sums, targets  # noqa: F401  (importing registers the rules)
from govbudget.checks.findings import Finding, Message, Outcome, Report, Severity, Skipped, Status
from govbudget.checks.rules import Rule, registered
from govbudget.checks.run import check

__all__ = ["Finding", "Message", "Outcome", "Report", "Rule", "Severity", "Skipped", "Status", "check", "registered"]
