"""Budgets, forms and reports as they show themselves in a notebook（笔记本中的显示）."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import attrs

from govbudget.checks.findings import Finding, Report
from govbudget.errors import OptionError
from govbudget.model import Budget
from govbudget.report.cells import Pending
from govbudget.report.layout import FormView, form_views
from govbudget.report.marks import Marks
from govbudget.report.markup import Markup, element
from govbudget.report.overview import overview, verdict
from govbudget.report.tables import amounts_table
from govbudget.report.targets import target_section

__all__ = ["ShownForm", "budget_html", "report_html", "show_form"]

FINDINGS_SHOWN = 20


@attrs.frozen(repr=False)
class ShownForm:
    """A form of a budget with all that stands on it（一张预算表）, drawn in a notebook as the document prints it."""

    book: Budget
    view: FormView

    def __repr__(self) -> str:
        return (
            f"<Form {self.view.form.id} {self.view.title}: {self.view.facts} facts, {len(self.view.targets)} targets>"
        )

    def _repr_html_(self) -> str:
        form, board = self.view.form, Marks(())
        shown = Pending(board, set())
        facts = [f"单位：{form.unit.value}"] if form.unit else []
        facts += ["空表 empty"] if form.empty else []
        return _notebook(
            element("h3", " ".join(filter(None, (form.number, self.view.title)))),
            element("span", " · ".join(facts), class_="facts") if facts else "",
            amounts_table(self.view.table, shown, board, self.book, self.view.title) if self.view.table.rows else "",
            *(target_section(target, shown, board) for target in self.view.targets),
            element("p", form.note, class_="note") if form.note else "",
        )


def show_form(book: Budget, which: str) -> ShownForm:
    """The first form of a budget with that id, table number or sheet.

    Raises:
        OptionError: there is none; the message lists the ids.
    """
    views = form_views(book)
    for view in views:
        if which and which in (view.form.id, view.form.number, view.form.sheet.strip()):
            return ShownForm(book, view)
    known = "、".join(dict.fromkeys(view.form.id for view in views))
    raise OptionError(f"没有“{which}”这张表，有：{known or '—'} (there is no such form)")


def budget_html(book: Budget) -> str:
    """A budget in a few figures, and its forms."""
    facts = overview(book)
    money = [
        f"{name} {amount} 万元" for name, amount in (("收入", facts.revenue), ("支出", facts.expenditure)) if amount
    ]
    counts = [f"预算数 {facts.facts:,}", f"项目 {facts.projects:,}", f"绩效指标 {facts.indicators:,}"]
    unread = [f"未识别 {facts.unread:,}"] if facts.unread else []
    rows = [
        element(
            "tr",
            element("td", view.form.number or view.form.sheet.strip()),
            element("td", element("code", view.form.id)),
            element("td", view.title),
            element("td", view.form.unit.value if view.form.unit else ""),
            element("td", f"{view.facts:,}" if view.facts else "", class_="number"),
            element("td", f"{len(view.targets):,}" if view.targets else "", class_="number"),
            class_="quiet" if view.form.empty else "",
        )
        for view in form_views(book)
    ]
    return _notebook(
        element("h3", " ".join(filter(None, (facts.agency or facts.source or "部门预算", facts.year, facts.family)))),
        element("p", " · ".join((*money, *counts, *unread)), class_="facts"),
        _table(("表号", "id", "名称", "单位", "预算数", "绩效目标"), rows) if rows else "",
    )


def report_html(report: Report) -> str:
    """The verdict of a report and its gravest findings."""
    chinese, english = verdict(report)
    rows = [_finding(finding) for finding in report.findings[:FINDINGS_SHOWN]]
    more = len(report.findings) - len(rows)
    return _notebook(
        element("h3", chinese, " ", element("small", english, lang="en")),
        _table(("级别", "规则", "单元格", "发现", "表中数", "应为"), rows) if rows else "",
        element("p", f"另有 {more} 条 ({more} more)", class_="note") if more else "",
    )


def _finding(finding: Finding) -> Markup:
    return element(
        "tr",
        element("td", element("b", finding.severity.chinese, class_=finding.severity.value)),
        element("td", element("code", finding.rule)),
        element("td", str(finding.places[0]) if finding.places else ""),
        element("td", finding.message, title=finding.english),
        *(
            element("td", "" if value is None else str(value), class_="number")
            for value in (finding.found, finding.expected)
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Markup]) -> Markup:
    return element(
        "table",
        element("thead", element("tr", *(element("th", text) for text in head))),
        element("tbody", *rows),
    )


def _notebook(*parts: str) -> str:
    return element("div", element("style", _css()), *parts, class_="govbudget")


@cache
def _css() -> Markup:
    return Markup(resources.files("govbudget.report").joinpath("notebook.css").read_text(encoding="utf-8"))
