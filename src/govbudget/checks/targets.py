"""Performance targets（绩效目标）: weights and cost caps."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govbudget.amounts import format_amount
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.rules import rule
from govbudget.model import Place, PrintedTarget

__all__: list[str] = []

FULL = Decimal(100)
EXECUTION = Decimal(10)
WEIGHTS = Message(
    "{target}的指标权重合计 {found}，应为 90（另有预算执行率 10）或 100",
    "the weights of {target} add to {found} instead of 90 (with 10 for execution) or 100",
)
CAP = Message(
    "{target}的成本指标“{indicator}”上限 {found}万元，高于项目预算 {expected}万元",
    "the cost cap {found} (万元) of {indicator} exceeds the budget {expected} (万元) of {target}",
)


def _name(printed: PrintedTarget) -> str:
    target = printed.target
    if target.is_overall:
        return "部门整体绩效目标"
    return f"项目“{target.project}”"


@rule("PRF001", "weights-do-not-add-up", "绩效指标权重合计不对", Severity.ERROR, WEIGHTS.zh, WEIGHTS.en)
def weights(context: Context) -> Iterator[Finding | Skipped]:
    """The weights of a target add to neither 90 nor 100.

    What: the sum of the weights (权重、分值) of one project, or of the department as a whole.
    Why: a self-evaluation scores 100 points: the indicators alone, or the indicators with 90 and the execution of the
        budget (预算执行率) with 10.
    Example: indicators with 10+15+15+10+15+15 = 80.
    Tolerance: none; weights are exact.
    Source: 财预〔2020〕10号《项目支出绩效评价管理办法》; 财预〔2021〕101号. Skipped for forms that print no weights.
    """
    for printed in context.book.targets:
        target = printed.target
        total = target.weight
        if total is None:
            if target.indicators:
                yield Skipped(
                    f"{_name(printed)}没有权重，未核对", f"{target.project or 'the department'}: no weights are printed"
                )
            continue
        if any(one.weight is None for one in target.indicators):
            yield Skipped(
                f"{_name(printed)}有指标缺权重，未核对",
                f"{target.project or 'the department'}: some weights are missing",
            )
            continue
        if total in {FULL, FULL - EXECUTION}:
            continue
        if target.execution_weight is not None and total + target.execution_weight == FULL:
            continue
        places = tuple(printed.places) or (printed.place,)
        expected = FULL if abs(total - FULL) < abs(total - FULL + EXECUTION) else FULL - EXECUTION
        yield Finding(
            "PRF001",
            Severity.ERROR,
            WEIGHTS,
            {"target": _name(printed), "found": format_amount(total)},
            places,
            printed.form,
            _title(context, printed),
            target.project or target.agency,
            "权重",
            total,
            expected,
            total - expected,
        )


@rule("PRF002", "cost-cap-above-budget", "成本指标上限高于项目预算", Severity.WARNING, CAP.zh, CAP.en)
def cost_caps(context: Context) -> Iterator[Finding | Skipped]:
    """A cost indicator allows more than the project's budget.

    What: a 成本指标 with ≤, < or = and a unit of money against the 预算数 of the same project.
    Why: a project cannot promise to stay under more than it is given.
    Example: ≤ 13万元 on a budget of 5.00万元.
    Tolerance: half a unit in the last printed place of the budget.
    Source: 财预〔2021〕101号（成本指标）. Skipped for projects without a printed budget.
    """
    for printed in context.book.targets:
        target = printed.target
        caps = [(one, place) for one, place in zip(target.indicators, printed.places) if one.money_cap is not None]
        if not caps:
            continue
        if target.budget is None:
            yield Skipped(
                f"{_name(printed)}没有预算数，未核对成本指标",
                f"{target.project or 'the department'}: no budget is printed",
            )
            continue
        budget_place = _budget_place(context, printed)
        for indicator, place in caps:
            cap = indicator.money_cap
            assert cap is not None
            if cap <= target.budget or cap - target.budget <= _slack(context, budget_place):
                continue
            wan = Decimal(10_000)
            yield Finding(
                "PRF002",
                Severity.WARNING,
                CAP,
                {
                    "target": _name(printed),
                    "indicator": indicator.name,
                    "found": format_amount((cap / wan).normalize()),
                    "expected": format_amount(target.budget / wan, 2),
                },
                (place, *([budget_place] if budget_place else [])),
                printed.form,
                _title(context, printed),
                indicator.name,
                "指标值",
                cap,
                target.budget,
                cap - target.budget,
            )


def _budget_place(context: Context, printed: PrintedTarget) -> Place | None:
    name = printed.target.project_code or printed.target.project
    for fact in context.book.facts:
        if fact.form == printed.form and fact.coordinate.project == name and fact.yuan == printed.target.budget:
            return fact.place
    return None


def _slack(context: Context, place: Place | None) -> Decimal:
    from govbudget.amounts import half_step

    for fact in context.book.facts:
        if place is not None and fact.place == place:
            return half_step(fact.amount, fact.unit)
    return Decimal(0)


def _title(context: Context, printed: PrintedTarget) -> str:
    sheet = printed.place.sheet
    return next((form.title for form in context.book.forms if form.id == printed.form and form.sheet == sheet), "")
