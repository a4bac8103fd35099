"""Running the rule book（执行校验）."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from os import PathLike

from govbudget.checks.attribution import attribute
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Outcome, Report, Severity, Skipped, Status
from govbudget.checks.rules import Rule, find_rule, rule_book, selected
from govbudget.checks.suppressions import Suppressed, Suppression, load_suppressions
from govbudget.classification import Catalogue
from govbudget.collecting import collector_paused
from govbudget.errors import RuleError
from govbudget.model import Budget

__all__ = ["check"]


def check(
    book: Budget,
    *,
    rules: Iterable[Rule] = (),
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    suppressions: str | PathLike[str] | Iterable[Suppression] = (),
    catalogue: Catalogue | None = None,
    preview: bool = False,
) -> Report:
    """Check a budget against the rule book（校验预算）; a wrong budget gives findings, never an exception.

    Args:
        book: the budget.
        rules: rules of your own that run beside the library's and those of plug-ins.
        select: only rules whose codes begin so, such as ``SUM`` or ``["SUM", "PRF001"]``.
        ignore: no rules whose codes begin so; stronger than *select*.
        suppressions: findings to set aside, or the file that lists them.
        catalogue: the subjects to compare with, such as your own official table; by default the packaged edition
            nearest to the budget's year.
        preview: rules on trial（试行） too; without it they run only where *select* names the whole code.

    Raises:
        RuleError: no rule begins as *select*, *ignore* or a suppression says, or two rules have one code.
        ReadError: the suppressions cannot be read.
    """
    known = rule_book(rules)
    chosen = selected(known, select, ignore, preview=preview)
    entries = _entries(book, suppressions, known)
    with collector_paused():
        results, every = _run(Context(book, catalogue), chosen)
    attributed = iter(every)
    findings: list[Finding] = []
    suppressed: list[Suppressed] = []
    outcomes: list[Outcome] = []
    for one, several in zip(chosen, results):
        if not several:
            outcomes.append(Outcome(one.code, Status.PASS, title=one.title))
            continue
        found: list[Finding] = []
        aside: list[Suppressed] = []
        skipped = tuple(result for result in several if isinstance(result, Skipped))
        for finding in islice(attributed, len(several) - len(skipped)):
            entry = next((entry for entry in entries if entry.matches(finding)), None)
            if entry is None:
                found.append(finding)
            else:
                aside.append(Suppressed(finding, entry))
        findings += found
        suppressed += aside
        outcomes.append(Outcome(one.code, _status(found, aside, skipped), len(found), skipped, one.title, len(aside)))
    findings.sort(key=lambda finding: finding.severity.rank)
    suppressed.sort(key=lambda one: one.finding.severity.rank)
    return Report(book, tuple(findings), tuple(outcomes), tuple(suppressed), _unused(entries, suppressed, chosen))


def _run(context: Context, chosen: tuple[Rule, ...]) -> tuple[list[list[Finding | Skipped]], list[Finding]]:
    """What each rule gives, and all findings with the figure that is likeliest wrong."""
    results = [list(one.check(context)) for one in chosen]
    everything = (one for several in results for one in several if isinstance(one, Finding))
    return results, attribute(context, everything)


def _entries(
    book: Budget, suppressions: str | PathLike[str] | Iterable[Suppression], known: tuple[Rule, ...]
) -> list[Suppression]:
    """The suppressions that are about the document."""
    if isinstance(suppressions, (str, PathLike)):
        suppressions = load_suppressions(suppressions)
    entries = list(suppressions)
    for entry in entries:
        try:
            find_rule(entry.rule, known)
        except RuleError as error:
            raise RuleError(f"{entry.origin}: {error}" if entry.origin else str(error)) from error
    return [entry for entry in entries if entry.concerns(book.source)]


def _unused(
    entries: list[Suppression], suppressed: list[Suppressed], chosen: tuple[Rule, ...]
) -> tuple[Suppression, ...]:
    used = {id(one.suppression) for one in suppressed}
    ran = {one.code for one in chosen}
    return tuple(entry for entry in entries if id(entry) not in used and entry.rule in ran)


def _status(found: list[Finding], aside: list[Suppressed], skipped: tuple[Skipped, ...]) -> Status:
    if any(finding.severity is Severity.ERROR for finding in found):
        return Status.FAIL
    if found or aside:
        return Status.WARN
    return Status.SKIPPED if skipped else Status.PASS
