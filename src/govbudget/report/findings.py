"""The findings as HTML（校验发现）, with filters, and what became of every rule."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from govbudget.checks.findings import Finding, Report, Severity, Status
from govbudget.report.forms import FormPainter
from govbudget.report.markup import Markup, element, join
from govbudget.report.overview import amount_text, rule_titles, status_text

__all__ = ["findings_section", "rules_section", "suppressed_section"]

MANY = 12


def findings_section(report: Report, painter: FormPainter) -> Markup:
    """The findings, grouped by severity, worst first, with the filters above them."""
    numbered = list(enumerate(report.findings, 1))
    groups = join(
        _group(
            severity, [(number, one) for number, one in numbered if one.severity is severity], painter, len(numbered)
        )
        for severity in Severity
        if report.count(severity)
    )
    empty = element("p", "没有发现问题。 ", element("small", "Nothing was found.", lang="en"), class_="nothing")
    return element(
        "section",
        element("h2", "校验发现 ", element("small", "Findings", lang="en"), _aside(f"{len(report)} 条")),
        _filters(report) if report.findings else "",
        groups or empty,
        element(
            "p",
            "没有符合条件的发现。 ",
            element("small", "No finding matches.", lang="en"),
            class_="nothing",
            id="no-match",
            hidden=True,
        ),
        id="findings",
    )


def _aside(text: str) -> Markup:
    return element("span", text, class_="aside")


def _filters(report: Report) -> Markup:
    titles = rule_titles(report.outcomes)
    rules = sorted({finding.rule for finding in report.findings})
    forms = dict.fromkeys(finding.form_name for finding in report.findings)
    toggles = join(
        element(
            "button",
            severity.chinese,
            " ",
            element("b", str(report.count(severity))),
            type="button",
            class_=f"toggle {severity.value}",
            data_severity=severity.value,
            aria_pressed="true",
        )
        for severity in Severity
        if report.count(severity)
    )
    return element(
        "form",
        element("div", toggles, class_="toggles", role="group", aria_label="按级别筛选"),
        _select("rule", "全部规则", [(rule, f"{rule} {titles.get(rule, '')}".strip()) for rule in rules]),
        _select("form", "全部预算表", [(form, form) for form in forms if form]),
        element("input", type="search", name="text", placeholder="查找文字、单元格…", aria_label="查找"),
        element("output", class_="shown", aria_live="polite"),
        class_="filters",
        hidden=True,
    )


def _select(name: str, everything: str, options: list[tuple[str, str]]) -> Markup:
    return element(
        "select",
        Markup(f'<option value="">{everything}</option>'),
        *(element("option", label, value=value) for value, label in options),
        name=name,
        aria_label=everything,
    )


def _group(severity: Severity, findings: list[tuple[int, Finding]], painter: FormPainter, total: int) -> Markup:
    opened = severity is not Severity.INFO or len(findings) in (*range(MANY + 1), total)
    return element(
        "details",
        element(
            "summary",
            element(
                "h3",
                severity.chinese,
                " ",
                element("small", severity.value, lang="en"),
                _aside(str(len(findings))),
            ),
        ),
        element("ol", *(_finding(number, finding, painter) for number, finding in findings)),
        class_=f"group {severity.value}",
        id=f"{severity.value}s",
        open=opened,
    )


def _finding(number: int, finding: Finding, painter: FormPainter) -> Markup:
    form = finding.form_name
    target = painter.target(finding)
    place = str(finding.places[0]) if finding.places else form or "全文"
    where = " · ".join(filter(None, ("" if place == form else form, finding.row, finding.column.replace("/", " / "))))
    return element(
        "li",
        element(
            "div",
            element("span", finding.rule, class_="badge"),
            element("a", place, class_="place", href=f"#{target}")
            if target
            else element("span", place, class_="place"),
            element("span", where, class_="where"),
            class_="line",
        ),
        element("p", finding.message, class_="message"),
        element("p", finding.english, class_="english", lang="en"),
        _sentence(finding),
        _values(finding),
        _cells(finding, painter),
        class_=f"finding {finding.severity.value}",
        id=f"f{number}",
        data_rule=finding.rule,
        data_severity=finding.severity.value,
        data_form=finding.form_name,
    )


def _sentence(finding: Finding) -> Markup:
    """The sentence of the prose at fault, its figure marked."""
    if not finding.sentence:
        return Markup("")
    start, end = finding.marked
    text = finding.sentence
    return element("blockquote", text[:start], element("mark", text[start:end]), text[end:], class_="sentence")


def _values(finding: Finding) -> Markup:
    entries = (
        ("正文" if finding.sentence else "表中", "found", finding.found),
        ("应为", "expected", finding.expected),
        ("相差", "difference", finding.difference),
    )
    shown = [
        element("div", element("dt", zh, " ", element("small", en, lang="en")), element("dd", _value(value)))
        for zh, en, value in entries
        if value is not None and value != ""
    ]
    return element("dl", *shown, class_="values") if shown else Markup("")


def _value(value: Decimal | str) -> str:
    return amount_text(value) if isinstance(value, Decimal) else value


def _cells(finding: Finding, painter: FormPainter) -> Markup:
    """Links to the further cells that take part; long lists are folded."""
    others = finding.places[1:]
    if not others:
        return Markup("")
    first = finding.places[0].sheet
    links = join(
        element("a", place.cell if place.sheet == first else str(place), href=f"#{painter.id(place)}")
        if painter.id(place)
        else element("span", str(place))
        for place in others
    )
    label = f"涉及单元格 {len(others) + 1} 个"
    if len(others) > MANY:
        return element("details", element("summary", label), element("span", links), class_="cells")
    return element("p", element("span", "另见"), links, class_="cells")


def suppressed_section(report: Report, painter: FormPainter) -> Markup:
    """The findings that were set aside（已豁免）, each with the reason."""
    if not report.suppressed:
        return Markup("")
    rows = []
    for one in report.suppressed:
        finding = one.finding
        place = finding.places[0] if finding.places else None
        target = painter.id(place) if place else ""
        shown = str(place) if place else finding.form_name
        rows.append(
            element(
                "tr",
                element("th", finding.rule, scope="row"),
                element("td", finding.severity.chinese),
                element("td", element("a", shown, href=f"#{target}") if target else shown),
                element("td", finding.message, " ", element("small", finding.english, lang="en")),
                element("td", one.reason),
            )
        )
    head = ("规则", "级别", "位置", "说明", "理由")
    return _folded("suppressed", "已豁免", "Set aside", f"{len(report.suppressed)} 条", head, rows)


def rules_section(report: Report) -> Markup:
    """What became of every rule（规则执行情况）, the reasons of those that could not run included."""
    if not report.outcomes:
        return Markup("")
    titles = rule_titles(report.outcomes)
    counts = {status: sum(one.status is status for one in report.outcomes) for status in Status}
    line = " · ".join(f"{status_text(status)[0]} {count}" for status, count in counts.items() if count)
    rows = []
    for outcome in report.outcomes:
        chinese, english = status_text(outcome.status)
        reasons = dict.fromkeys((reason.zh, reason.en) for reason in outcome.skipped)
        rows.append(
            element(
                "tr",
                element("th", outcome.rule, scope="row"),
                element("td", titles.get(outcome.rule, "")),
                element("td", element("span", chinese, class_=f"status {outcome.status.value}", title=english)),
                element("td", f"{outcome.findings:,}", class_="number"),
                element(
                    "td",
                    *(element("p", zh, " ", element("small", en, lang="en")) for zh, en in reasons),
                    class_="reasons",
                ),
            )
        )
    head = ("规则", "名称", "结果", "发现", "未执行的原因")
    return _folded("rules", "规则执行情况", "Rules", line, head, rows)


def _folded(id: str, zh: str, en: str, note: str, head: Iterable[str], rows: Iterable[Markup]) -> Markup:
    """A table that a click unfolds."""
    return element(
        "details",
        element("summary", element("h2", f"{zh} ", element("small", en, lang="en"), _aside(note))),
        element(
            "div",
            element(
                "table",
                element("thead", element("tr", *(element("th", text, scope="col") for text in head))),
                element("tbody", *rows),
                class_="plain",
            ),
            class_="scroll",
        ),
        id=id,
    )
