"""What a report says of the budget as a whole（概况）, before any finding."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from govbudget.amounts import Unit, format_amount
from govbudget.checks.findings import Outcome, Report, Severity, Status
from govbudget.checks.rules import registered
from govbudget.errors import FamilyError
from govbudget.forms.families import family
from govbudget.model import Budget, Fact

__all__ = [
    "Overview",
    "SkippedRule",
    "amount_text",
    "overview",
    "plain",
    "rule_titles",
    "skipped_rules",
    "status_text",
    "verdict",
]

TOTALS = {"revenue": ("收入总计", "收入合计", "本年收入合计"), "expenditure": ("支出总计", "支出合计", "本年支出合计")}
SUMMARIES = ("summary", "fiscal_summary")
DETAILS = {"revenue": ("revenue",), "expenditure": ("expenditure", "general")}
STATUS = {
    Status.PASS: ("通过", "pass"),
    Status.FAIL: ("有错误", "fail"),
    Status.WARN: ("有提醒", "warn"),
    Status.SKIPPED: ("未执行", "skipped"),
}


@attrs.frozen
class Overview:
    """The budget in a few figures（概况）.

    Attributes:
        agency: the department（部门）; empty where the document does not say.
        year: the budget year（预算年度）; empty where the document does not say.
        family: the Chinese name of the family of forms（表式）.
        source: the name of the document（文件）.
        revenue: 收入总计 as printed on the summary form, in 万元; empty where none is printed.
        expenditure: 支出总计, likewise.
        forms: how many forms（表）.
        empty_forms: how many of them are printed without an amount（空表）.
        facts: how many amounts（预算数）.
        projects: how many projects（项目）.
        indicators: how many performance indicators（绩效指标）.
        unread: how many cells were not understood（未识别）.
    """

    agency: str
    year: str
    family: str
    source: str
    revenue: str
    expenditure: str
    forms: int
    empty_forms: int
    facts: int
    projects: int
    indicators: int
    unread: int


@attrs.frozen
class SkippedRule:
    """A rule that could not run, or not everywhere（未执行的规则）, and why in both languages."""

    rule: str
    title: str
    partly: bool
    chinese: tuple[str, ...]
    english: tuple[str, ...]


def overview(book: Budget) -> Overview:
    """The budget in a few figures."""
    return Overview(
        agency=book.agency.name or book.agency.code if book.agency else "",
        year=str(book.year or ""),
        family=_family_name(book.family),
        source=book.source,
        revenue=_total(book, "revenue"),
        expenditure=_total(book, "expenditure"),
        forms=len(book.forms),
        empty_forms=sum(form.empty for form in book.forms),
        facts=len(book.facts),
        projects=len(book.projects),
        indicators=sum(len(printed.target.indicators) for printed in book.targets),
        unread=len(book.unread),
    )


def amount_text(amount: Decimal) -> str:
    """An amount at its printed scale, with separators."""
    return format_amount(amount, separators=True)


def plain(text: str) -> str:
    """*text* on one line, without characters that would move a terminal's cursor or change its colours."""
    return "".join(one if one.isprintable() else "\ufffd" for one in " ".join(text.split()))


def rule_titles(outcomes: Iterable[Outcome] = ()) -> dict[str, str]:
    """The Chinese title of each registered rule, and of those that ran, by its code."""
    titles = {rule.code: rule.title for rule in registered()}
    return titles | {outcome.rule: outcome.title for outcome in outcomes if outcome.title}


def skipped_rules(outcomes: Iterable[Outcome]) -> tuple[SkippedRule, ...]:
    """The rules that could not run, or not everywhere, each reason once."""
    outcomes = tuple(outcomes)
    titles = rule_titles(outcomes)
    return tuple(
        SkippedRule(
            rule=outcome.rule,
            title=titles.get(outcome.rule, ""),
            partly=outcome.status is not Status.SKIPPED,
            chinese=tuple(dict.fromkeys(reason.zh for reason in outcome.skipped)),
            english=tuple(dict.fromkeys(reason.en for reason in outcome.skipped)),
        )
        for outcome in outcomes
        if outcome.skipped or outcome.status is Status.SKIPPED
    )


def status_text(status: Status) -> tuple[str, str]:
    """How a rule ended, in Chinese and English."""
    return STATUS[status]


def verdict(report: Report) -> tuple[str, str]:
    """The result in a sentence, in Chinese and English（校验结论）."""
    errors = report.count(Severity.ERROR)
    if errors:
        return f"发现 {errors} 处错误", f"{errors} error{'s' if errors > 1 else ''} found"
    if report.findings:
        return "没有错误", "No errors"
    return "未发现问题", "Nothing found"


def _family_name(name: str | None) -> str:
    if not name:
        return ""
    try:
        return family(name).name
    except FamilyError:
        return name


def _total(book: Budget, side: str) -> str:
    fact = _total_fact(book, side)
    if fact is None:
        return ""
    return format_amount(fact.yuan / Unit.WAN.factor, 2, separators=True)


def _total_fact(book: Budget, side: str) -> Fact | None:
    names = TOTALS[side]
    for form in SUMMARIES:
        found = [fact for fact in book.facts if fact.form == form and fact.name in names]
        if found:
            return min(found, key=lambda fact: names.index(fact.name))
    for form in DETAILS[side]:
        for fact in book.facts:
            if fact.form == form and fact.name in ("合计", "总计") and not fact.code:
                return fact
    return None
