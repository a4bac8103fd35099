"""A report as one HTML file（校验报告网页）: findings first, then every form with the cells at fault marked."""

from __future__ import annotations

from importlib import resources

from govbudget.checks.findings import Report, Severity
from govbudget.report.findings import findings_section, rules_section, suppressed_section
from govbudget.report.forms import FormPainter
from govbudget.report.layout import form_views
from govbudget.report.marks import Marks
from govbudget.report.markup import Markup, element, join
from govbudget.report.overview import Overview, overview, verdict

__all__ = ["to_html"]

GENERATOR = "govbudget"


def to_html(report: Report) -> str:
    """The report as one HTML page（校验报告网页） that needs nothing else: no network, no other file.

    Above the findings, worst first, with filters; below them the forms as they are printed, each cell at fault marked
    with the rule's code. A finding leads to its cell and the cell back to its finding.
    """
    book = report.book
    facts = overview(book)
    views = form_views(book)
    painter = FormPainter(Marks(report.findings), views, book)
    drawn = join(painter.form(number, view) for number, view in enumerate(views, 1))
    rest = join([painter.elsewhere(), painter.unread()])
    name = facts.agency or facts.source or "部门预算"
    title = " ".join(filter(None, (name, f"{facts.year}年" if facts.year else "", "预算校验报告")))
    body = join(
        [
            element("a", "跳到校验发现", href="#findings", class_="skip"),
            _header(report, facts),
            element(
                "main",
                findings_section(report, painter),
                suppressed_section(report, painter),
                rules_section(report),
                element(
                    "section",
                    _heading("预算表", "Forms", f"{len(views)} 张"),
                    painter.contents(),
                    drawn,
                    id="forms",
                ),
                rest,
            ),
            element(
                "footer",
                "表格按读到的预算数还原，只列有数字的行；行号和列标是文件中的位置。",
                element(
                    "small",
                    "Forms are drawn from the amounts that were read; row numbers and column letters are those of the "
                    "document.",
                    lang="en",
                ),
            ),
        ]
    )
    return (
        "<!DOCTYPE html>\n"
        + element(
            "html",
            element(
                "head",
                element("meta", charset="utf-8"),
                element("meta", name="generator", content=GENERATOR),
                element("meta", name="viewport", content="width=device-width, initial-scale=1"),
                element("title", title),
                element("style", _asset("report.css")),
            ),
            element("body", body, element("script", _asset("report.js"))),
            lang="zh-CN",
        )
        + "\n"
    )


def _asset(name: str) -> Markup:
    return Markup(resources.files("govbudget.report").joinpath(name).read_text(encoding="utf-8"))


def _heading(chinese: str, english: str, aside: str = "") -> Markup:
    return element(
        "h2",
        chinese,
        " ",
        element("small", english, lang="en"),
        element("span", aside, class_="aside") if aside else "",
    )


def _header(report: Report, facts: Overview) -> Markup:
    chinese, english = verdict(report)
    grave = next((severity.value for severity in (Severity.ERROR, Severity.WARNING) if report.count(severity)), "good")
    eyebrow = " · ".join(filter(None, ("部门预算校验报告", f"{facts.year} 年度" if facts.year else "")))
    counts = join(
        element(
            "a",
            element("b", str(report.count(severity))),
            element("span", severity.chinese),
            element("small", severity.value, lang="en"),
            class_=f"count {severity.value}" + ("" if report.count(severity) else " none"),
            href=f"#{severity.value}s" if report.count(severity) else "#findings",
        )
        for severity in Severity
    )
    return element(
        "header",
        element(
            "div",
            element("p", eyebrow, " ", element("small", "Budget check report", lang="en"), class_="eyebrow"),
            element("h1", facts.agency or facts.source or "部门预算"),
            element(
                "p",
                element("strong", chinese),
                " ",
                element("small", english, lang="en"),
                class_=f"verdict {grave}",
            ),
            class_="title",
        ),
        element("nav", counts, class_="counts", aria_label="各级发现数"),
        _figures(facts),
    )


def _figures(facts: Overview) -> Markup:
    forms = f"{facts.forms}" + (f"（空表 {facts.empty_forms}）" if facts.empty_forms else "")
    entries = (
        ("表式", "Family", facts.family or "未识别"),
        ("收入总计", "Revenue", f"{facts.revenue} 万元" if facts.revenue else "—"),
        ("支出总计", "Expenditure", f"{facts.expenditure} 万元" if facts.expenditure else "—"),
        ("预算表", "Forms", forms),
        ("预算数", "Amounts", f"{facts.facts:,}"),
        ("项目", "Projects", f"{facts.projects:,}"),
        ("绩效指标", "Indicators", f"{facts.indicators:,}"),
        ("未识别", "Unread", f"{facts.unread:,}"),
        ("文件", "Document", facts.source or "—"),
    )
    return element(
        "dl",
        *(
            element("div", element("dt", zh, " ", element("small", en, lang="en")), element("dd", value))
            for zh, en, value in entries
        ),
        class_="figures",
    )
