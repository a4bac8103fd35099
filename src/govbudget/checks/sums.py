"""Sums within a form（表内合计）: every printed total against its parts along one dimension.

The laws come from the dimensions: whatever prints a member of a tree and members below it must add up. Whether the
parts are all the parts is known from what the form prints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from govbudget.amounts import format_amount, half_step
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.ledger import Entry, Equation, Family, Ledger
from govbudget.checks.paths import ROWS, Money, Purpose, below, within
from govbudget.checks.rules import rule

__all__ = ["compare"]

BEYOND = Message(
    "“{row}”的“{column}”为 {found}{unit}，{count} 个分项之和为 {expected}{unit}，"
    "相差 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "{row} {column}: {found} is not the sum {expected} of its parts ({count}); the difference {difference} exceeds "
    "the rounding envelope ±{envelope}",
)
WITHIN = Message(
    "“{row}”的“{column}”为 {found}{unit}，{count} 个分项之和为 {expected}{unit}，"
    "相差 {difference}{unit}，在舍入范围 ±{envelope}{unit} 之内",
    "{row} {column}: {found} differs from the sum {expected} of its parts ({count}) by {difference}, within the "
    "rounding envelope ±{envelope}",
)
DOWN = frozenset({*ROWS, "rows"})
REQUIRED = {
    ("nature", ""): frozenset({"basic", "project"}),
    ("nature", "basic"): frozenset({"basic.personnel", "basic.public"}),
    ("item", "three_public"): frozenset({"three_public.abroad", "three_public.vehicle", "three_public.reception"}),
    ("item", "three_public.vehicle"): frozenset({"three_public.vehicle.purchase", "three_public.vehicle.operation"}),
    ("item", ""): frozenset({"kind.own", "kind.superior"}),
}


def compare(
    context: Context,
    code: str,
    law: Equation,
    beyond: Message = BEYOND,
    within: Message = WITHIN,
) -> Finding | None:
    """Compare a printed total with the sum of its parts; None where they agree exactly."""
    context.equations.append(law)
    gap = law.weigh()
    if not gap:
        return None
    total, parts = law.total, law.parts
    ledger = context.ledgers[total.ledger]
    fact = total.fact
    factor = fact.unit.factor
    difference = gap / factor
    expected = fact.amount - difference
    limit = law.limit / factor
    bad = abs(difference) > limit
    arguments = {
        "row": fact.name or "合计",
        "column": fact.column.split("/")[-1] or "金额",
        "found": format_amount(fact.amount),
        "expected": format_amount(expected),
        "difference": format_amount(difference),
        "envelope": format_amount(limit.normalize() if limit else limit),
        "unit": fact.unit.value,
        "count": str(len(parts)),
    }
    return Finding(
        code,
        Severity.ERROR if bad else Severity.INFO,
        beyond if bad else within,
        arguments,
        (fact.place, *(part.fact.place for part in parts)),
        fact.form,
        ledger.title,
        fact.name,
        fact.column,
        fact.amount,
        expected,
        difference,
    )


def _complete(ledger: Ledger, family: Family) -> bool:
    """Whether the form prints all the parts of a total over kinds of money; a list of rows is whole."""
    tree = family.tree
    if tree == "source":
        return _all_sources(ledger, family)
    path = getattr(family.total.kind.money, tree)
    if tree == "item" and path == "" and all(part.kind.money.item.startswith("class.") for part in family.parts):
        return True
    required = REQUIRED.get((tree, path))
    if required is not None:
        if path.startswith("three_public") and family.total.column and not family.across:
            return _is_list(ledger, family, required) or _is_less(family, required)
        return _prints(ledger.columns[tree], required)
    return tree != "item" or len({part.kind.money.item for part in family.parts}) > 1


def _is_list(ledger: Ledger, family: Family, members: frozenset[str]) -> bool:
    """Whether rows list the members of a total, each once, and nothing else; what they leave blank is nothing."""
    items = [part.kind.money.item for part in family.parts]
    if len({*items}) < len(items) or not all(any(within(item, member) for member in members) for item in items):
        return False
    return (len(items) > 1 and members.issuperset(items)) or _prints(ledger.columns["item"], members)


def _is_less(family: Family, members: frozenset[str]) -> bool:
    """Whether a total is less than those of its members that are listed, so that no others can make it right."""
    items = [part.kind.money.item for part in family.parts]
    return members.issuperset(items) and len({*items}) == len(items) and family.weigh() < -family.limit


@lru_cache(maxsize=256)
def _prints(printed: frozenset[str], required: frozenset[str]) -> bool:
    """Whether there are columns for some members of a tree; asked of every row."""
    return all(any(within(path, part) for path in printed) for part in required)


def _all_sources(ledger: Ledger, family: Family) -> bool:
    """A list of sources down the rows is whole; across, both origins or several funds must be printed."""
    if not family.across:
        return True
    total = family.total.kind.money.fund
    if all(part.kind.money.fund == total for part in family.parts):
        return ledger.columns["origin"] >= {"current", "carryover"}
    if any("其中" in part.fact.column for part in family.parts):
        return False
    return _several(ledger.columns["fund"], total)


@lru_cache(maxsize=256)
def _several(printed: frozenset[str], fund: str) -> bool:
    """Whether there are columns for several members of a fund; asked of every row."""
    return sum(below(path, fund) for path in printed) > 1


def _walk(
    context: Context, code: str, *trees: str, forms: frozenset[str] | None = None, under: str | None = None
) -> Iterator[Finding | Skipped]:
    """Every family of some trees: the comparison, or why it was not made."""
    for ledger in context.ledgers:
        if forms is not None and ledger.form.id not in forms:
            continue
        skipped: set[str] = set()
        for tree in trees:
            families = ledger.by_tree.get(tree, ())
            if families and not (tree in DOWN and ledger.form.rows == "purchase"):
                yield from _compared(context, code, ledger, _asked(families, under), skipped)
        for column in sorted(skipped):
            yield Skipped(
                f"《{ledger.title}》没有列全“{column}”的分项，未核对",
                f"{ledger.title}: not all parts of {column} are printed",
            )


def _asked(families: Sequence[Family], under: str | None) -> Iterable[Family]:
    """The families that a rule is about: totals of one nature where it says so, and items that add up."""
    if under is not None:
        return (family for family in families if family.total.kind.money.nature == under)
    return filter(_is_item_tree, families) if families[0].tree == "item" else families


def _compared(
    context: Context, code: str, ledger: Ledger, families: Iterable[Family], skipped: set[str]
) -> Iterator[Finding]:
    """The comparisons of a form; the names of the columns whose parts are not all known go into *skipped*."""
    damaged = bool(ledger.doubtful or ledger.holes)
    parts: Sequence[Entry] = ()
    told: set[tuple[Decimal, str]] = set()
    for family in families:
        total = family.total
        if (
            (damaged and not ledger.is_whole(family))
            or (family.tree not in DOWN and not _complete(ledger, family))
            or (family.across and context.strangers and _is_explained(context, family))
        ):
            skipped.add(total.fact.column.split("/")[-1] or "合计")
            continue
        if family.parts is not parts:
            first, parts = total, family.parts
            told.clear()
        else:  # one row printed over and over
            told.add(_printed(first))
            if _printed(total) in told:
                continue
            told.add(_printed(total))
        found = compare(context, code, family)
        if found is not None:
            yield found


def _printed(entry: Entry) -> tuple[Decimal, str]:
    return entry.yuan, entry.fact.name


def _is_explained(context: Context, family: Family) -> bool:
    """Whether columns of the row with unknown headers hold just the money that a total has beyond its parts."""
    strangers = context.strangers.get(family.total.row, ())
    if not strangers:
        return False
    gap = family.weigh()
    limit = family.limit + sum(half_step(f.amount, f.unit) for f in strangers)
    sums = [sum(fact.yuan for fact in strangers), *(fact.yuan for fact in strangers)]
    return abs(gap) > limit and any(abs(gap - money) <= limit for money in sums)


def _is_item_tree(family: Family) -> bool:
    """Items of different kinds stand side by side under the root; only kinds of projects and classes add up there."""
    if family.total.kind.money.item:
        return True
    return all(part.kind.money.item.startswith(("kind.", "class.")) for part in family.parts)


@rule(
    "SUM001",
    "total-is-not-its-sources",
    "合计不等于各资金来源之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def sources(context: Context) -> Iterator[Finding | Skipped]:
    """A total is not the sum of its funds, or of this year's money and what was carried over.

    What: 合计 against 一般公共预算, 政府性基金预算, 国有资本经营预算, 事业收入 …; against 本年 and 上年结转.
    Why: every yuan of a budget has one source.
    Example: 合计 950.19 over 一般公共预算 950.19 and 政府性基金预算 10.00.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures. A difference that a column with an unknown
        header holds to the last digit is taken for its part, here and in every sum across a row.
    Source: 财政部部门预算公开表式；《预算法》第四条、第五条.
    """
    yield from _walk(context, "SUM001", "source")


@rule(
    "SUM002",
    "total-is-not-basic-plus-project",
    "合计不等于基本支出与项目支出之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def natures(context: Context) -> Iterator[Finding | Skipped]:
    """A total is not basic plus project expenditure (plus operating expenditure and transfers, where printed).

    What: 合计 = 基本支出 + 项目支出 (+ 事业单位经营支出 + 上缴上级支出 + 对附属单位补助支出).
    Why: expenditure has exactly these natures.
    Example: 784.55 over 350.00 and 424.55.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 财政部部门预算公开表式（部门支出总表）.
    """
    yield from _walk(context, "SUM002", "nature", under="")


@rule(
    "SUM003",
    "basic-is-not-personnel-plus-public",
    "基本支出不等于人员经费与公用经费之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def costs(context: Context) -> Iterator[Finding | Skipped]:
    """Basic expenditure is not personnel plus public expenditure.

    What: 基本支出合计 = 人员经费 + 公用经费.
    Why: basic expenditure has exactly these two parts.
    Example: 515.64 over 450.56 and 60.08.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 财政部部门预算公开表式（一般公共预算基本支出表）.
    """
    yield from _walk(context, "SUM003", "nature", under="basic")


@rule(
    "SUM004",
    "function-subject-is-not-its-parts",
    "功能科目不等于下级科目之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def functions(context: Context) -> Iterator[Finding | Skipped]:
    """A function subject is not the sum of the subjects under it, or 合计 not the sum of the classes.

    What: 类 = Σ款, 款 = Σ项, 合计 = Σ类, each where printed.
    Why: the classification is a tree; each yuan stands under one 项.
    Example: 208 with 62.24 over 20805 with 26.24.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 财政部《政府收支分类科目》.
    """
    yield from _walk(context, "SUM004", "function")


@rule(
    "SUM005",
    "economic-subject-is-not-its-parts",
    "经济科目不等于下级科目之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def economics(context: Context) -> Iterator[Finding | Skipped]:
    """An economic subject is not the sum of the subjects under it, or 合计 not the sum of the classes.

    What: 类 (301) = Σ款 (30101 …), 合计 = Σ类, each where printed.
    Why: the classification is a tree; each yuan stands under one 款.
    Example: 301 with 299.32 over parts adding to 291.55.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 财预〔2017〕98号 支出经济分类科目.
    """
    yield from _walk(context, "SUM005", "economic")


@rule(
    "SUM006",
    "department-is-not-its-units",
    "部门合计不等于各单位之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def agencies(context: Context) -> Iterator[Finding | Skipped]:
    """The figure of a department is not the sum of its units.

    What: 合计 = Σ单位; 主管部门 = Σ所属单位.
    Why: a department's budget is the budgets of its units.
    Example: 950.19 over 784.55 and 155.64.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 《预算法》第八条.
    """
    yield from _walk(context, "SUM006", "agency")


@rule(
    "SUM007",
    "total-is-not-its-projects",
    "合计不等于各项目之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def projects(context: Context) -> Iterator[Finding | Skipped]:
    """A total is not the sum of the projects under it.

    What: 合计, a unit, a subject or a class of items against the projects that the form lists under it.
    Why: a list of projects is complete.
    Example: class 22 其他运转类 with 277.00 over rows adding to 77.00.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 财政部部门预算公开表式（项目支出表）.
    """
    yield from _walk(context, "SUM007", "project", "rows")


@rule(
    "SUM008",
    "three-public-is-not-its-parts",
    "“三公”经费合计不等于各项之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def three_public(context: Context) -> Iterator[Finding | Skipped]:
    """The three public expenses do not add up.

    What: 合计 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费; 小计 = 购置费 + 运行费.
    Why: these are all of the three public expenses.
    Example: 4.80 over 2.20 and 1.60.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 财政部部门预算公开表式（一般公共预算“三公”经费支出表）.
    """
    yield from _walk(context, "SUM008", "item", forms=frozenset({"three_public", "fund_three_public"}))


@rule(
    "SUM009",
    "total-is-not-its-kinds",
    "合计不等于各类别之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def kinds(context: Context) -> Iterator[Finding | Skipped]:
    """A total is not the sum of the kinds of projects or purchases that the form prints.

    What: 年初特定目标 + 上级专项; 人员性项目 + 一般性项目 + …; 货物类 + 工程类 + 服务类; classes of items.
    Why: each project and each purchase is of one kind.
    Example: 小计 1658.00 over 375.00 and 1,000.00.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 部门预算公开表式（项目支出明细表、政府采购预算表）.
    """
    yield from _walk(context, "SUM009", "item", forms=frozenset({"projects", "procurement", "general_project"}))


@rule(
    "SUM010",
    "total-is-not-expenditure-plus-carry-forward",
    "支出总计不等于本年支出与结转下年之和",
    Severity.ERROR,
    BEYOND.zh,
    BEYOND.en,
)
def grand_total(context: Context) -> Iterator[Finding | Skipped]:
    """支出总计 is not this year's expenditure plus what is carried forward.

    What: 支出总计 = 本年支出合计 + 结转下年, on the summaries; where no 本年支出合计 is printed, of its classes.
    Why: money that comes in is spent or kept.
    Example: 支出总计 960.19 over 本年支出合计 950.19 and 结转下年 0.00.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 财政部部门预算公开表式（部门收支总表、财政拨款收支总表）.
    """
    for ledger in context.ledgers:
        if ledger.form.kind != "sides" or not any(kind.money.item == "grand_total" for kind in ledger.kinds):
            continue
        printed: dict[tuple[Purpose, Money], list[Entry]] = defaultdict(list)
        for entry in ledger.entries:
            printed[entry.purpose, entry.kind.money].append(entry)
        for entry in ledger.entries:
            purpose, money = entry.purpose, entry.kind.money
            if money.item != "grand_total":
                continue
            root = purpose, money._replace(item="")
            current = printed.get(root, [])[:1] or [
                one
                for one in ledger.entries
                if one.purpose.function and (one.purpose._replace(function=""), one.kind.money) == root
            ]
            if not current:
                yield Skipped(
                    f"{ledger.title}：没有本年支出合计，未核对支出总计",
                    f"{ledger.title}: no total of this year's expenditure",
                )
                continue
            forward = printed.get((purpose, money._replace(item="carry_forward")), [])
            found = compare(context, "SUM010", Equation(entry, current + forward))
            if found is not None:
                yield found
