"""Plots of budgets（图）, of the extra ``plot``: labels in Chinese, figures in 万元.

Shapes are drawn from binary floats, as any plot is; the figures printed on them are the exact ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govbudget.amounts import Unit, half_step
from govbudget.checks.context import Context
from govbudget.errors import OptionError
from govbudget.forms import vocabulary
from govbudget.interop.compare import Comparison
from govbudget.interop.cuts import Cut, cut, path_of
from govbudget.interop.frames import require
from govbudget.interop.labels import DIMENSION_LABELS, MEMBER_LABELS, NOT_SPLIT
from govbudget.interop.members import subject_name, wan
from govbudget.interop.pivots import Pivot
from govbudget.model import Budget

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["bars", "changes", "performance", "plot", "sankey", "sunburst", "treemap"]

FONT = {"family": "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif", "size": 14}
COLOURS = ["#2f5d8c", "#c8763c", "#5b8f6a", "#8a6aa3", "#b24c4c", "#4f9aa8", "#a08c3a", "#7a7f87"]
RISE, FALL = "#b24c4c", "#3f8060"
BY_FUNCTION = ("expenditure", "summary", "fiscal_summary", "general")
FISCAL = ("general", "fund", "capital")
OTHER_MONEY = "财政拨款以外的资金"
SHOWN = 15


def plot(book: Budget, kind: str = "treemap") -> Figure:
    """A budget as a plot（预算图）: ``treemap``, ``sunburst``, ``sankey`` or ``performance``.

    Raises:
        OptionError: there is no such plot, or the budget does not print what it shows.
        MissingExtraError: plotly is not installed.
    """
    kinds = {"treemap": treemap, "sunburst": sunburst, "sankey": sankey, "performance": performance}
    OptionError.unless_in("kind", kind, kinds)
    return kinds[kind](book)


def treemap(book: Budget) -> Figure:
    """Expenditure by function as nested areas（支出功能分类矩形树图）: 类, 款, 项."""
    graph = require("plotly.graph_objects")
    tree = _tree(book)
    trace = graph.Treemap(**tree, branchvalues="total", texttemplate="%{label}<br>%{text} 万元", tiling={"pad": 2})
    return _figure(book, f"支出 {tree['text'][0]} 万元，按功能分类", trace)


def sunburst(book: Budget) -> Figure:
    """Expenditure by function as rings（支出功能分类旭日图）: 类, 款, 项."""
    graph = require("plotly.graph_objects")
    tree = _tree(book)
    trace = graph.Sunburst(**tree, branchvalues="total", texttemplate="%{label}<br>%{text}")
    return _figure(book, f"支出 {tree['text'][0]} 万元，按功能分类（万元）", trace, height=760)


def sankey(book: Budget) -> Figure:
    """Where the money comes from and goes to（资金流向图）: sources of revenue, funds, classes of expenditure.

    Which fund pays a class is known for the three budgets of fiscal money. The rest of a class is paid from other money
    where the budget has any; else its fund is not known.
    """
    graph = require("plotly.graph_objects")
    context = Context(book)
    sources = _sources(context)
    flows = sources | _classes(context, OTHER_MONEY if (1, OTHER_MONEY) in {end for _, end in sources} else NOT_SPLIT)
    if not flows:
        raise OptionError("没有收入表和支出表可画 (no form of revenue or expenditure to draw)")
    keys = list(dict.fromkeys(key for pair in flows for key in pair))
    into, out = (
        _sums((end, amount) for (_, end), amount in flows.items()),
        _sums((start, amount) for (start, _), amount in flows.items()),
    )
    sizes = {key: max(into.get(key, Decimal(0)), out.get(key, Decimal(0))) for key in keys}
    trace = graph.Sankey(
        node={
            "label": [f"{key[1]} {wan(sizes[key])}" for key in keys],
            "color": [COLOURS[key[0]] for key in keys],
            "pad": 22,
            "thickness": 18,
        },
        link={
            "source": [keys.index(start) for start, _ in flows],
            "target": [keys.index(end) for _, end in flows],
            "value": [float(amount) for amount in flows.values()],
            "color": "rgba(120,130,145,.28)",
            "customdata": [wan(amount) for amount in flows.values()],
            "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata} 万元<extra></extra>",
        },
    )
    return _figure(book, "收入来源 → 资金性质 → 支出功能分类（万元）", trace)


def performance(book: Budget) -> Figure:
    """How many performance indicators each first level has（各级绩效指标数）, by second level."""
    graph = require("plotly.graph_objects")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for printed in book.targets:
        for one in printed.target.indicators:
            first = one.standard_level1 or one.level1 or "（未列级次）"
            counts[one.standard_level2 or one.level2 or "（未列二级）"][first] += 1
    if not counts:
        raise OptionError("没有绩效指标可画 (no performance indicators to draw)")
    order = [first for first, _ in sum(counts.values(), Counter[str]()).most_common()]
    traces = [
        graph.Bar(
            name=second,
            x=order,
            y=[found[first] or None for first in order],
            text=[str(found[first]) if found[first] else "" for first in order],
        )
        for second, found in sorted(counts.items(), key=lambda item: -item[1].total())
    ]
    figure = _figure(book, "绩效指标数", *traces)
    figure.update_layout(barmode="stack", legend_title_text="二级指标")
    figure.update_xaxes(title_text="一级指标")
    figure.update_yaxes(title_text="指标数（个）")
    return figure


def bars(pivot: Pivot) -> Figure:
    """A pivot as bars（柱形图）: a bar a cell, a colour a column."""
    graph = require("plotly.graph_objects")
    names = [row.name for row in pivot.row_members]
    traces = [
        graph.Bar(
            name=column.name,
            orientation="h",
            y=names,
            x=[_float(pivot.cells.get((row.key, column.key))) for row in pivot.row_members],
            text=[wan(pivot.cells.get((row.key, column.key))) for row in pivot.row_members],
        )
        for column in pivot.column_members
    ]
    form = vocabulary().forms[pivot.form].name
    title = f"{form}：{DIMENSION_LABELS[pivot.rows]} × {DIMENSION_LABELS[pivot.columns]}（万元）"
    return _across(traces, title, len(names) * len(traces), DIMENSION_LABELS[pivot.columns])


def changes(comparison: Comparison, view: str = "function") -> Figure:
    """The largest changes between two budgets as bars（增减柱形图）: red rose, green fell."""
    graph = require("plotly.graph_objects")
    shown = [change for change in comparison.view(view) if change.change is not None][:SHOWN]
    amounts = [change.change or Decimal(0) for change in shown]
    trace = graph.Bar(
        orientation="h",
        y=[change.name for change in shown],
        x=[_float(amount) for amount in amounts],
        text=[("+" if amount > 0 else "") + wan(amount) for amount in amounts],
        marker={"color": [RISE if amount > 0 else FALL for amount in amounts]},
    )
    return _across([trace], f"{' → '.join(comparison.names)} 增减（万元）", len(shown), "")


# ---------------------------------------------------------------- what is drawn


def _tree(book: Budget) -> dict[str, list[Any]]:
    """The subjects of a budget with their parents, each as much as its leaves."""
    context = Context(book)
    taken = _first(context, BY_FUNCTION, ["function"])
    if taken is None:
        raise OptionError("没有按功能分类的支出可画 (no expenditure by function to draw)")
    leaves = [(path_of(entry, "function"), entry) for entry in taken.entries if entry.fact.yuan > 0]
    names = {path: entry.fact.name or NOT_SPLIT for path, entry in leaves}
    sizes: dict[str, Decimal] = defaultdict(Decimal)
    for path, entry in leaves:
        for above in _ancestry(path):
            sizes[above] += entry.fact.yuan
    paths = sorted(sizes)
    root = book.agency.name if book.agency else "合计"
    return {
        "ids": [path or "合计" for path in paths],
        "labels": [root if not path else subject_name(book, path) or names.get(path, path) for path in paths],
        "parents": ["" if not path else _ancestry(path)[-2] or "合计" for path in paths],
        "values": [_float(sizes[path]) for path in paths],
        "text": [wan(sizes[path]) for path in paths],
    }


def _ancestry(path: str) -> list[str]:
    """All of it, then 类, 款, 项."""
    if not path.isdigit():
        return ["", path] if path else [""]
    return ["", *(path[:size] for size in (3, 5, 7) if size < len(path)), path]


_Node = tuple[int, str]
_Flows = dict[tuple[_Node, _Node], Decimal]


def _sources(context: Context) -> _Flows:
    """From the sources of revenue to the funds."""
    taken = _first(context, ("summary", "revenue"), ["fund"], "revenue")
    flows: _Flows = defaultdict(Decimal)
    for entry in taken.entries if taken else ():
        fund = _money(path_of(entry, "fund"))
        origin = MEMBER_LABELS.get(path_of(entry, "origin"), "")
        carried = path_of(entry, "origin") == "carryover" and fund != NOT_SPLIT
        source = f"上年结转：{fund}" if carried else entry.fact.name or origin
        if taken and taken.ledger.form.kind != "sides":
            source = f"{origin or '收入'}：{MEMBER_LABELS.get(path_of(entry, 'fund'), fund)}"
        if entry.fact.yuan > 0:
            flows[(0, source), (1, fund)] += entry.fact.yuan
    return dict(flows)


def _classes(context: Context, other: str) -> _Flows:
    """From the funds to the classes of expenditure, and to what they leave of a class from *other* money."""
    known: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    cuts = [cut(context, form, ["function", "fund"], years={context.book.year or 0}) for form in FISCAL]
    if not any(cuts):
        cuts = [_first(context, ("fiscal_summary",), ["function", "fund"])]
    for taken in cuts:
        for entry in taken.entries if taken else ():
            known[_money(path_of(entry, "fund")), path_of(entry, "function")[:3]] += entry.fact.yuan
    whole = _first(context, BY_FUNCTION, ["function"])
    totals: dict[str, Decimal] = defaultdict(Decimal)
    limits: dict[str, Decimal] = defaultdict(Decimal)
    for entry in whole.entries if whole else ():
        code = path_of(entry, "function")[:3]
        totals[code] += entry.fact.yuan
        limits[code] += 2 * half_step(entry.fact.amount, entry.fact.unit)
    flows: _Flows = {
        ((1, fund), (2, subject_name(context.book, code) or code)): amount
        for (fund, code), amount in known.items()
        if amount > 0
    }
    for code, total in totals.items():
        rest = total - sum((amount for (_, one), amount in known.items() if one == code), Decimal(0))
        if rest > limits[code]:
            flows[(1, other), (2, subject_name(context.book, code) or code or NOT_SPLIT)] = rest
    return flows


def _money(fund: str) -> str:
    """The fund that a class can be paid from: one of the three of fiscal money, or all other money."""
    return MEMBER_LABELS[fund] if fund.startswith("fiscal.") else OTHER_MONEY if fund else NOT_SPLIT


def _first(context: Context, forms: Iterable[str], asked: list[str], side: str = "expenditure") -> Cut | None:
    found = (cut(context, form, asked, side=side, years={context.book.year or 0}) for form in forms)
    return next((one for one in found if one is not None), None)


def _sums(pairs: Iterable[tuple[_Node, Decimal]]) -> dict[_Node, Decimal]:
    found: dict[_Node, Decimal] = defaultdict(Decimal)
    for node, amount in pairs:
        found[node] += amount
    return found


# ---------------------------------------------------------------- how it looks


def _figure(book: Budget, what: str, *traces: Any, height: int = 560) -> Figure:
    graph = require("plotly.graph_objects")
    agency = book.agency.name if book.agency else book.source
    figure: Figure = graph.Figure(traces)
    title = " ".join(filter(None, (agency, f"{book.year}年" if book.year else "", what)))
    figure.update_layout(
        title=title,
        font=FONT,
        colorway=COLOURS,
        height=height,
        margin={"l": 70, "r": 40, "t": 70, "b": 60},
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    return figure


def _across(traces: list[Any], title: str, count: int, legend: str) -> Figure:
    """Bars from left to right, so that long names can be read, the first at the top."""
    graph = require("plotly.graph_objects")
    figure: Figure = graph.Figure(traces)
    figure.update_layout(
        title=title,
        font=FONT,
        colorway=COLOURS,
        height=200 + 30 * count,
        legend={"title": legend, "traceorder": "normal"},
        margin={"l": 70, "r": 40, "t": 70, "b": 60},
    )
    ends = [0.0, *(value for trace in traces for value in trace.x if value is not None)]
    room = (max(ends) - min(ends)) * 0.12
    figure.update_xaxes(range=[min(ends) - room * (min(ends) < 0), max(ends) + room])
    figure.update_traces(textposition="outside", cliponaxis=False)
    figure.update_yaxes(autorange="reversed", automargin=True, type="category")
    figure.update_xaxes(title_text="万元", zeroline=True, tickformat=",")
    return figure


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount / Unit.WAN.factor)
