"""Performance targets（绩效目标）: weights and cost caps, levels and directions, targets and the list of projects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice, repeat

from govbudget.amounts import format_amount, half_step
from govbudget.cells import Place
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.rules import registered_message, rule
from govbudget.forms import tidy
from govbudget.model import PrintedTarget
from govbudget.performance import (
    Direction,
    Operator,
    PerformanceIndicator,
    required_level1,
    standard_level1,
    standard_level2,
)

__all__: list[str] = []

FULL = Decimal(100)
LEVELS = ("成本指标", "产出指标", "效益指标", "满意度指标")
ALWAYS = frozenset(required_level1())
OLDER = frozenset({"社会公众或服务对象满意度指标", "社会公众或服务对象满意度"})
MORE = frozenset({Operator.GE, Operator.GT})
AGAINST = {
    (Operator.LE, Direction.POSITIVE),
    (Operator.LT, Direction.POSITIVE),
    (Operator.GE, Direction.NEGATIVE),
    (Operator.GT, Direction.NEGATIVE),
}
GROWTH = ("增长", "增幅", "提高", "提升", "增加", "升幅")
PROJECT_FORMS = frozenset({"projects", "general_project"})
NEAR = 0.6
NO_PROJECT = Message(
    "绩效目标“{target_name}”在项目表中没有对应的项目", "no project is listed for the target {target_name}"
)
NO_TARGET = Message("项目“{project}”没有绩效目标", "the project {project} has no performance target")
EXECUTION = Decimal(10)
WEIGHTS = Message(
    "{target}的指标权重合计 {found}，应为 90（另有预算执行率 10）或 100",
    "the weights of {target_en} add to {found} instead of 90 (with 10 for execution) or 100",
)
CAP = Message(
    "{target}的成本指标“{indicator}”上限 {found}万元，高于项目预算 {expected}万元",
    "the cost cap {found} (万元) of {indicator} exceeds the budget {expected} (万元) of {target_en}",
)


def _names(printed: PrintedTarget) -> dict[str, str]:
    """What a target is called in messages, in both languages."""
    target = printed.target
    if target.is_overall:
        return {"target": "部门整体绩效目标", "target_en": "the whole department"}
    return {"target": f"项目“{target.project}”", "target_en": f"“{target.project}”"}


def _weights(context: Context) -> list[tuple[PrintedTarget, Decimal | None]]:
    """Every target with the sum of its weights."""
    return [(printed, printed.target.weight) for printed in context.book.targets]


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
    for printed, total in context.once(_weights):
        target = printed.target
        if total is None:
            if target.indicators:
                yield Skipped(
                    f"{_names(printed)['target']}没有权重，未核对",
                    f"{target.project or 'the department'}: no weights are printed",
                )
            continue
        if any(one.weight is None for one in target.indicators):
            yield Skipped(
                f"{_names(printed)['target']}有指标缺权重，未核对",
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
            {**_names(printed), "found": format_amount(total)},
            places,
            printed.form,
            context.title_of(printed),
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
    for printed, caps in context.once(_caps):
        target = printed.target
        if not caps or not printed.places:
            continue
        if target.budget is None:
            yield Skipped(
                f"{_names(printed)['target']}没有预算数，未核对成本指标",
                f"{target.project or 'the department'}: no budget is printed",
            )
            continue
        budget = context.budget_of(printed)
        slack = half_step(budget.amount, budget.unit) if budget else Decimal(0)
        for (indicator, place), cap in caps:
            if cap - target.budget <= slack:
                continue
            wan = Decimal(10_000)
            yield Finding(
                "PRF002",
                Severity.WARNING,
                CAP,
                {
                    **_names(printed),
                    "indicator": indicator.name,
                    "found": format_amount((cap / wan).normalize()),
                    "expected": format_amount(target.budget / wan, 2),
                },
                (place, *([budget.place] if budget else [])),
                printed.form,
                context.title_of(printed),
                indicator.name,
                "指标值",
                cap,
                target.budget,
                cap - target.budget,
            )


Pair = tuple[PerformanceIndicator, Place]


def _indicators(context: Context) -> list[tuple[PrintedTarget, list[Pair]]]:
    """The indicators of every target, with their places."""
    return [
        (printed, [*zip(printed.target.indicators, printed.places or repeat(printed.place))])
        for printed in context.book.targets
    ]


def _caps(context: Context) -> list[tuple[PrintedTarget, list[tuple[Pair, Decimal]]]]:
    """The cost indicators of every target that cap it, with what they allow in 元."""
    return [
        (printed, [(p, cap) for p in pairs if "元" in p[0].unit and (cap := p[0].money_cap) is not None])
        for printed, pairs in context.once(_indicators)
    ]


def _finding(
    context: Context,
    code: str,
    printed: PrintedTarget,
    pairs: list[Pair],
    severity: Severity = Severity.WARNING,
    message: Message | None = None,
    **arguments: str,
) -> Finding:
    names = [f"“{one.name}”" for one, _ in pairs[:3]]
    more = len(pairs) > len(names)
    return Finding(
        code,
        severity,
        message or registered_message(code),
        {
            **_names(printed),
            "indicators": "、".join(names) + (f"等 {len(pairs)} 个" if more else ""),
            "indicators_en": ", ".join(names) + (f" and {len(pairs) - len(names)} more" if more else ""),
            **arguments,
        },
        tuple(place for _, place in pairs) or (printed.place,),
        printed.form,
        context.title_of(printed),
        printed.target.project or printed.target.agency,
        arguments.get("column", ""),
    )


@rule(
    "PRF003",
    "execution-weight-beside-full-weights",
    "预算执行率权重与指标权重不合",
    Severity.WARNING,
    "{target}的预算执行率权重 {execution} 与指标权重合计 {total} 相加为 {sum}，应为 100",
    "the execution weight {execution} and the weights {total} of {target_en} add to {sum} instead of 100",
)
def execution_weight(context: Context) -> Iterator[Finding | Skipped]:
    """The weight of budget execution and the weights of the indicators do not make 100.

    What: 预算执行率权重 + Σ指标权重 = 100, where the form prints both.
    Why: a self-evaluation scores 100 points in all, 10 of them for execution as a rule.
    Example: 预算执行率权重 100% beside indicators that add to 90.
    Tolerance: none; weights are exact.
    Source: 财预〔2020〕10号《项目支出绩效评价管理办法》.
    """
    for printed, weight in context.once(_weights):
        execution = printed.target.execution_weight
        if execution is None or weight is None:
            continue
        total = weight + execution
        if total != FULL:
            yield _finding(
                context,
                "PRF003",
                printed,
                [],
                execution=format_amount(execution),
                total=format_amount(weight),
                sum=format_amount(total),
            )


@rule(
    "PRF004",
    "level-missing",
    "缺少一级指标",
    Severity.WARNING,
    "{target}没有{levels}",
    "{target_en} has no {levels}",
)
def missing_levels(context: Context) -> Iterator[Finding | Skipped]:
    """A project has no indicator of a level that it should have.

    What: 产出指标 and 效益指标 for every project; 成本指标 and 满意度指标 where most projects of the document have
        them.
    Why: the guide asks for output and effect always, for cost and satisfaction where they fit; what a department asks
        of most of its projects it should ask of all.
    Example: four of twenty-one projects without 成本指标 or 满意度指标.
    Tolerance: a level counts as usual where two thirds of at least three projects have it.
    Source: 财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》.
    """
    projects = [
        (one, _levels(one)) for one in context.book.targets if not one.target.is_overall and one.target.indicators
    ]
    have = {level: sum(level in levels for _, levels in projects) for level in LEVELS}
    usual = {level for level, count in have.items() if len(projects) >= 3 and count * 3 >= len(projects) * 2}
    for printed, levels in projects:
        missing = [x for x in LEVELS if levels and x not in levels and (x in ALWAYS or x in usual)]
        if missing:
            yield _finding(
                context,
                "PRF004",
                printed,
                [],
                levels="、".join(missing),
                column="一级指标",
            )


def _levels(printed: PrintedTarget) -> set[str]:
    """The first levels that a target has, as it prints them and as the guide counts them."""
    both = {(one.level1, one.level2) for one in printed.target.indicators}
    found = (level for first, second in both for level in (standard_level1(first), standard_level1(first, second)))
    return {level for level in found if level}


@rule(
    "PRF005",
    "level-name-not-standard",
    "指标层级名称不规范",
    Severity.INFO,
    "“{found}”的规范名称是“{expected}”（{count} 处）",
    "the standard name of {found} is {expected} ({count} times)",
)
def level_names(context: Context) -> Iterator[Finding | Skipped]:
    """A level goes by a name that is not the guide's.

    What: the printed first and second levels against the standard names.
    Why: evaluation systems tell levels by name.
    Example: 可持续发展指标 for 可持续影响指标.
    Tolerance: the names of the older form of 2015 (社会公众或服务对象满意度指标) are let pass; unknown names are not
        judged.
    Source: 财预〔2021〕101号; 财预〔2015〕88号 for the older names.
    """
    found: dict[tuple[str, str, str], list[tuple[PrintedTarget, Pair]]] = {}
    for printed, pairs in context.once(_indicators):
        for pair in pairs:
            name = pair[0].level2
            standard = _other_name(name)
            if standard is not None:
                found.setdefault((printed.form, name, standard), []).append((printed, pair))
    for (_, name, standard), uses in found.items():
        yield _finding(
            context,
            "PRF005",
            uses[0][0],
            [pair for _, pair in uses],
            Severity.INFO,
            found=name,
            expected=standard,
            count=str(len(uses)),
            column="二级指标",
        )


@lru_cache(maxsize=1024)
def _other_name(level2: str) -> str | None:
    """The standard name of a second level that is called otherwise."""
    standard = standard_level2(level2)
    if standard is None or level2 in OLDER or level2.removesuffix("指标") == standard.removesuffix("指标"):
        return None
    return standard


@rule(
    "PRF006",
    "direction-against-operator",
    "指标方向与性质相反",
    Severity.WARNING,
    "{target}的指标{indicators}：指标性质 {operator} 与{direction}指标不合",
    "{target_en}, {indicators_en}: the operator {operator} contradicts the direction {direction}",
)
def directions(context: Context) -> Iterator[Finding | Skipped]:
    """An indicator that caps something is called positive, or one that asks for more is called negative.

    What: ≤ or < with 正向指标, ≥ or > with 反向指标.
    Why: 正向 means the more the better; a cap means the less the better.
    Example: 项目预算成本控制数 ≤ 23000元, 正向指标.
    Tolerance: none; = and 定性 go with both.
    Source: 预算管理一体化规范 绩效指标（指标方向性）.
    """
    for printed, pairs in context.once(_indicators):
        for one, place in pairs:
            if (one.operator, one.direction) in AGAINST:
                yield _finding(
                    context,
                    "PRF006",
                    printed,
                    [(one, place)],
                    operator=one.operator_text,
                    direction=one.direction_text,
                    column="指标方向性",
                )


@rule(
    "PRF007",
    "cost-without-cap",
    "成本指标用了“≥”",
    Severity.WARNING,
    "{target}的成本指标{indicators}用了 {operator}，成本应当控制在上限以内（≤）",
    "{target_en}: the cost indicators {indicators_en} ask for {operator} where a cost is to stay within a cap (≤)",
)
def costs_without_cap(context: Context) -> Iterator[Finding | Skipped]:
    """A cost indicator asks for at least so much money.

    What: 成本指标 in 元 or 万元 with ≥ or >.
    Why: a cost is to be kept down; ≥ rewards spending more.
    Example: 水电费 ≥ 75万元.
    Tolerance: none; costs in other units are not judged.
    Source: 财预〔2021〕101号（成本指标）.
    """
    for printed, pairs in context.once(_indicators):
        wrong = [
            pair
            for pair in pairs
            if pair[0].unit.endswith("元") and pair[0].operator in MORE and pair[0].standard_level1 == "成本指标"
        ]
        if wrong:
            yield _finding(
                context,
                "PRF007",
                printed,
                wrong,
                operator=wrong[0][0].operator_text,
                column="指标性质",
            )


@rule(
    "PRF008",
    "qualitative-without-words",
    "定性指标没有指标值",
    Severity.WARNING,
    "{target}的定性指标{indicators}没有指标值",
    "{target_en}: the qualitative indicators {indicators_en} have no value",
)
def qualitative_without_words(context: Context) -> Iterator[Finding | Skipped]:
    """A qualitative indicator has nothing to be measured by.

    What: 定性 with an empty 指标值.
    Why: words or a scale (好坏, 高中低) say what is to be reached.
    Example: 不动产登记, 定性, no value.
    Tolerance: none.
    Source: 财预〔2021〕101号（指标值）.
    """
    for printed, pairs in context.once(_indicators):
        wrong = [p for p in pairs if p[0].operator is Operator.QUALITATIVE and p[0].value is None]
        if wrong:
            yield _finding(context, "PRF008", printed, wrong, column="指标值")


@rule(
    "PRF009",
    "percentage-above-100",
    "百分比超过 100",
    Severity.WARNING,
    "{target}的指标{indicators}要求 {value}%，超过 100%",
    "{target_en}: {indicators_en} asks for {value}%, more than 100%",
)
def percentages(context: Context) -> Iterator[Finding | Skipped]:
    """A share asks for more than the whole.

    What: an indicator called …率 or …度 in % with ≥, > or = and a value above 100.
    Why: a rate of completion or satisfaction cannot exceed 100%.
    Example: 群众满意度 ≥ 980%.
    Tolerance: rates of growth (增长率, 增幅 …) may exceed 100 and are not judged.
    Source: 财预〔2021〕101号（指标值）.
    """
    for printed, pairs in context.once(_indicators):
        for one, place in pairs:
            quantity = one.quantity
            if one.unit != "%" or quantity is None or quantity <= FULL or one.operator not in {*MORE, Operator.EQ}:
                continue
            if one.name.endswith(("率", "度")) and not any(word in one.name for word in GROWTH):
                yield _finding(
                    context,
                    "PRF009",
                    printed,
                    [(one, place)],
                    value=one.value_text,
                    column="指标值",
                )


@rule(
    "PRF010",
    "same-indicator-twice",
    "同一指标两个目标值",
    Severity.WARNING,
    "{target}的指标“{name}”有两个目标值：{values}",
    "{target_en}: the indicator {name} has two targets: {values}",
)
def same_indicator_twice(context: Context) -> Iterator[Finding | Skipped]:
    """One target names an indicator twice, with different values.

    What: equal names under equal levels within one project, with another operator, value or unit.
    Why: nobody can tell which of the two is meant.
    Example: 群众满意度 ≥ 95% and ≥ 98% in one project.
    Tolerance: a range (≥ 90 and ≤ 95) is two halves of one target.
    Source: 财预〔2021〕101号.
    """
    for printed, every in context.once(_indicators):
        groups: dict[tuple[str, str, str], list[Pair]] = {}
        for pair in every:
            groups.setdefault((pair[0].level1, pair[0].level2, pair[0].name), []).append(pair)
        for (_, _, name), pairs in groups.items():
            if len(pairs) == 1:
                continue
            values = {(one.operator_text, one.value_text, one.unit) for one, _ in pairs}
            if len(values) > 1 and len({operator for operator, _, _ in values}) == 1:
                shown = "、".join(sorted("".join(value) for value in values))
                yield _finding(
                    context,
                    "PRF010",
                    printed,
                    pairs,
                    name=name,
                    values=shown,
                    column="指标值",
                )


@rule(
    "PRF011",
    "target-of-another-year",
    "绩效目标表年度不符",
    Severity.WARNING,
    "{target}的绩效目标表是 {found} 年度的，预算是 {expected} 年的",
    "the performance form of {target_en} is headed {found}, the budget is of {expected}",
)
def other_year(context: Context) -> Iterator[Finding | Skipped]:
    """A performance form is headed with another year than the budget's.

    What: the year in the title of a performance form against the year of the budget.
    Why: a form left over from last year holds last year's targets.
    Example: （2023年度） over a form of the budget of 2024.
    Tolerance: none.
    Source: 部门预算公开表式（项目支出绩效目标表）.
    """
    for printed in context.book.targets:
        year = printed.target.year
        if year is not None and context.book.year is not None and year != context.book.year:
            yield _finding(
                context,
                "PRF011",
                printed,
                [],
                found=str(year),
                expected=str(context.book.year),
            )


@rule(
    "PRF012",
    "project-and-target-do-not-match",
    "项目与绩效目标对不上",
    Severity.INFO,
    "项目表中没有“{target_name}”，最接近的是“{near}”",
    "no project is called {target_name}; the nearest is {near}",
)
def projects_and_targets(context: Context) -> Iterator[Finding | Skipped]:
    """A project has no target, or a target no project; names that differ by a word are shown together.

    What: the projects of the project forms against the projects that have a performance form.
    Why: each project goes with one target, under one name.
    Example: 12345热线工作专项经费 in the list, 12345热线工作经费 on the performance form.
    Tolerance: brackets, quotes and blanks do not matter; projects of basic expenditure need no target.
    Source: 财预〔2021〕101号（项目支出绩效目标全覆盖）. Skipped where the document prints no list of projects or no
        targets.
    """
    targets = [one for one in context.book.targets if not one.target.is_overall and one.target.project]
    facts = context.book.facts if targets else ()
    listed = {f.coordinate.project for f in facts if f.form in PROJECT_FORMS and f.coordinate.project}
    if not listed:
        yield Skipped("没有项目表或没有项目绩效目标表，未核对", "there is no list of projects, or no targets")
        return
    basic = {fact.coordinate.project for fact in facts if fact.coordinate.nature == "basic"}
    projects = [one for one in context.book.projects if one.key in listed and one.key not in basic]
    alone = [one for one in targets if (one.target.project_code or one.target.project) not in listed]
    alone = [one for one in alone if not any(tidy(p.name) == tidy(one.target.project or "") for p in projects)]
    open_projects = {p.name: p for p in projects if p.target is None}
    for printed in alone:
        name = printed.target.project or ""
        near = get_close_matches(name, list(open_projects), n=1, cutoff=NEAR)
        if near:
            open_projects.pop(near[0])
            yield _finding(
                context,
                "PRF012",
                printed,
                [],
                Severity.INFO,
                target_name=name,
                near=near[0],
            )
        else:
            yield _finding(context, "PRF012", printed, [], Severity.INFO, NO_PROJECT, target_name=name)
    for project in open_projects.values():
        places = tuple(islice((f.place for f in facts if f.coordinate.project == project.key), 1))
        yield Finding("PRF012", Severity.INFO, NO_TARGET, {"project": project.name}, places, row=project.name)


@rule(
    "PRF013",
    "weights-missing",
    "绩效指标没有权重",
    Severity.INFO,
    "{count} 张绩效目标表的指标没有权重",
    "{count} performance forms print no weights",
)
def weights_missing(context: Context) -> Iterator[Finding | Skipped]:
    """The performance forms print indicators without weights.

    What: forms on which no indicator has a weight; one finding a document.
    Why: without weights the self-evaluation has no scale that was agreed before.
    Example: 项目支出绩效目标申报表 without a column 权重.
    Tolerance: forms of some regions have no such column; the finding is a note.
    Source: 财预〔2020〕10号《项目支出绩效评价管理办法》.
    """
    without = [one for one, weight in context.once(_weights) if one.target.indicators and weight is None]
    if without:
        places = tuple(one.place for one in without)
        message = registered_message("PRF013")
        first = without[0]
        said = {"count": str(len(without))}
        yield Finding("PRF013", Severity.INFO, message, said, places, first.form, context.title_of(first))


@rule(
    "PRF014",
    "cost-caps-add-to-more-than-the-budget",
    "成本指标上限合计高于项目预算",
    Severity.INFO,
    "{target}的成本指标{indicators}上限合计 {found}万元，高于项目预算 {expected}万元",
    "the cost caps {indicators_en} of {target_en} add to {found} (万元), more than the budget {expected} (万元)",
)
def cost_caps_in_all(context: Context) -> Iterator[Finding | Skipped]:
    """The caps of a project's cost indicators add to more than its budget.

    What: Σ of the 成本指标 with ≤, < or = in money that each lie below the budget, against the 预算数 of the project.
    Why: parts of a budget cannot all reach caps that together exceed it.
    Example: ≤ 3万元 and ≤ 4万元 on a budget of 5.00万元.
    Tolerance: half a unit in the last printed place of the budget; a cap on the whole budget is not counted with its
        parts; the finding is a note, because caps may be on overlapping things.
    Source: 财预〔2021〕101号（成本指标）. Skipped for projects without a printed budget.
    """
    for printed, caps in context.once(_caps):
        budget = printed.target.budget
        if budget is None:
            continue
        parts = [(pair, cap) for pair, cap in caps if cap < budget]
        if len(parts) < 2:
            continue
        total = sum(cap for _, cap in parts)
        fact = context.budget_of(printed)
        slack = half_step(fact.amount, fact.unit) if fact else Decimal(0)
        if total > budget + slack:
            wan = Decimal(10_000)
            yield _finding(
                context,
                "PRF014",
                printed,
                [pair for pair, _ in parts],
                Severity.INFO,
                found=format_amount((total / wan).normalize()),
                expected=format_amount(budget / wan, 2),
                column="指标值",
            )
