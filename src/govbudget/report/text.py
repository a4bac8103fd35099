"""A budget and its report in a terminal（终端输出）."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich import box
from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from govbudget.checks.findings import Finding, Report, Severity, Status
from govbudget.model import Budget
from govbudget.report.layout import FormView, form_views
from govbudget.report.overview import amount_text, overview, plain, skipped_rules, status_text, verdict
from govbudget.report.wrapping import wrap

__all__ = ["print_report", "print_summary"]

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
WIDE = 140
REASONS = 3


class _Prose:
    """Lines of text, one below the other, each broken as Chinese is."""

    def __init__(self, *lines: tuple[str, str]) -> None:
        self._lines = [(plain(text), style) for text, style in lines if text.strip()]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text, style in self._lines:
            for line in wrap(text, options.max_width):
                yield Text(line, style=style, no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        longest = max((Text(text).cell_len for text, _ in self._lines), default=0)
        return Measurement(min(longest, 8), longest).with_maximum(options.max_width)


def print_summary(book: Budget, console: Console | None = None) -> None:
    """Print what a budget holds（预算概况）: agency, year, totals in 万元, and its forms with their amounts."""
    console = console or Console()
    console.print(_overview(book))
    views = form_views(book)
    if views:
        console.print(_forms(views, book.agency.name if book.agency else ""))


def print_report(report: Report, console: Console | None = None, *, english: bool = True) -> None:
    """Print the findings as a table, worst first, then the counts and the rules that could not run（校验报告）.

    Args:
        report: what to print.
        console: where to; by default the standard output.
        english: whether the messages of errors and warnings are followed by the English ones.
    """
    console = console or Console()
    if report.findings:
        console.print(_findings(report.findings, console.width, english))
    console.print(_counts(report))
    if report.suppressed:
        console.print(_suppressed(report))
    skipped = _skipped(report)
    if skipped is not None:
        console.print(skipped)


def _overview(book: Budget) -> RenderableType:
    facts = overview(book)
    name = facts.agency or facts.source or "部门预算"
    title = _Prose((" ".join(filter(None, (name, f"{facts.year}年" if facts.year else "", "部门预算"))), "bold"))
    pairs = (
        ("收入总计", f"{facts.revenue} 万元" if facts.revenue else "—"),
        ("支出总计", f"{facts.expenditure} 万元" if facts.expenditure else "—"),
        ("表式", facts.family or "未识别"),
        ("预算表", f"{facts.forms} 张" + (f"，空表 {facts.empty_forms}" if facts.empty_forms else "")),
        ("预算数", f"{facts.facts:,}"),
        ("项目", f"{facts.projects:,}"),
        ("绩效指标", f"{facts.indicators:,}"),
        ("未识别", f"{facts.unread:,}"),
    )
    entries = [
        Text.assemble((label, "dim"), " ", (value, "bold" if label.endswith("总计") else "")) for label, value in pairs
    ]
    return Panel(
        Group(title, Columns(entries, padding=(0, 3), column_first=False)),
        box=box.ROUNDED,
        border_style="dim",
        padding=(0, 1),
        expand=False,
    )


def _forms(views: Sequence[FormView], agency: str) -> RenderableType:
    table = _table()
    table.add_column("表号", no_wrap=True, style="dim")
    table.add_column("预算表", overflow="fold")
    table.add_column("单位", no_wrap=True)
    table.add_column("预算数", justify="right", no_wrap=True)
    table.add_column("绩效指标", justify="right", no_wrap=True)
    for view in views:
        form = view.form
        indicators = sum(len(target.printed.target.indicators) for target in view.targets)
        style = "dim" if form.empty else ""
        table.add_row(
            Text(plain(form.number)),
            _Prose((view.short_title(agency), style)),
            Text(form.unit.value if form.unit and view.facts else "", style=style),
            Text(f"{view.facts:,}" if view.facts else "空表" if form.empty else "", style=style),
            f"{indicators:,}" if indicators else "",
        )
    return table


def _findings(findings: Sequence[Finding], width: int, english: bool) -> RenderableType:
    wide = width >= WIDE
    table = _table()
    table.add_column("规则", no_wrap=True)
    table.add_column("级别", no_wrap=True)
    table.add_column("位置", overflow="fold", max_width=22 if not wide else 30)
    if wide:
        table.add_column("表与栏目", max_width=max(24, width // 5))
    table.add_column("说明", overflow="fold")
    if wide:
        for name in ("表中", "应为", "相差"):
            table.add_column(name, justify="right", overflow="fold", max_width=16)
    for number, finding in enumerate(findings):
        row: list[RenderableType] = [
            Text(plain(finding.rule)),
            Text(finding.severity.chinese, style=STYLES[finding.severity]),
            _place(finding),
        ]
        if wide:
            label = " · ".join(filter(None, (finding.row, finding.column)))
            row.append(_Prose((finding.form_name, ""), (label, "dim")))
        both = english and finding.severity is not Severity.INFO
        row.append(_Prose((finding.message, ""), (finding.english if both else "", "dim")))
        if wide:
            row += map(_value, (finding.found, finding.expected, finding.difference))
        following = findings[number + 1 : number + 2]
        table.add_row(*row, end_section=any(one.severity is not finding.severity for one in following))
    return table


def _place(finding: Finding) -> RenderableType:
    return _Prose((str(finding.places[0]) if finding.places else finding.form_name, "bold"))


def _value(value: Decimal | str | None) -> Text:
    return Text(amount_text(value) if isinstance(value, Decimal) else plain(value or ""))


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, header_style="bold", border_style="dim", pad_edge=False, padding=(0, 2, 0, 0))


def _counts(report: Report) -> RenderableType:
    chinese, english = verdict(report)
    line = Text.assemble((chinese, "bold red" if not report.ok else "bold green"), (f"  {english}", "dim"), "  ")
    for severity in Severity:
        count = report.count(severity)
        line.append(f"  {severity.chinese} ", style="dim")
        line.append(str(count), style=STYLES[severity] if count else "dim")
    rules = [
        f"{status_text(status)[0]} {count}"
        for status in Status
        if (count := sum(outcome.status is status for outcome in report.outcomes))
    ]
    if not rules:
        return line
    return Group(line, _Prose((f"规则 {len(report.outcomes)} 条：{'，'.join(rules)}", "dim")))


def _suppressed(report: Report) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold", max_width=22)
    table.add_column()
    for one in report.suppressed:
        finding = one.finding
        table.add_row(
            Text(plain(finding.rule), style="dim"),
            Text(finding.severity.chinese, style="dim"),
            _place(finding),
            _Prose((finding.message, "dim"), (f"理由：{one.reason}", "")),
        )
    return Padding(Group(Text(f"已豁免 {len(report.suppressed)} 条", style="dim bold"), table), (1, 0, 0, 0))


def _skipped(report: Report) -> RenderableType | None:
    skipped = skipped_rules(report.outcomes)
    if not skipped:
        return None
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for entry in skipped:
        reasons = "；".join(entry.chinese[:REASONS]) or "没有可核对的内容"
        if len(entry.chinese) > REASONS:
            reasons += f"；等 {len(entry.chinese)} 处"
        table.add_row(
            Text(entry.rule, style="dim"), _Prose((("部分未核对：" if entry.partly else "") + reasons, "dim"))
        )
    return Padding(Group(Text("未核对的内容及原因", style="dim bold"), table), (1, 0, 0, 0))
