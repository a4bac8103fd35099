"""Figures that hang together without being sums（相关数核对）: a part and its whole, 三公 and its subjects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

import attrs

from govbudget.amounts import format_amount, half_step
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.ledger import Entry, Kind, Ledger
from govbudget.checks.paths import Money, Purpose, within
from govbudget.checks.rules import Rule, rule
from govbudget.model import Fact

__all__: list[str] = []

SPENT = re.compile("执行|决算")
LEFT_OUT = re.compile("扣除|剔除|不含")
SAME_PURPOSE = (("2210201", "30113"), ("2080505", "30108"), ("2080506", "30109"))
LESS = Message(
    "“三公”经费的“{row}”为 {found}{unit}，《{other}》{place} 基本支出中的同一科目已有 {expected}{other_unit}，"
    "多出 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "the three public expenses give {row} {found}, less than the {expected} that basic expenditure alone has for the "
    "same subject on {other} at {place}; the difference {difference} exceeds the rounding envelope ±{envelope}",
)
MORE = Message(
    "“{row}”的“{column}”为 {found}{unit}，大于《{other}》{place} 全部资金的 {expected}{other_unit}，"
    "相差 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "{row} {column}: {found} is more than {expected}, which {other} prints at {place} for all funds; the difference "
    "{difference} exceeds the rounding envelope ±{envelope}",
)
PURPOSE = Message(
    "功能科目“{row}”的基本支出为 {found}{unit}，经济科目“{other}”{place} 为 {expected}{other_unit}，"
    "相差 {difference}{unit}；两者用途相同，通常相等，也可依法不等",
    "basic expenditure on {row} is {found}, the economic subject {other} at {place} is {expected}; the two serve one "
    "purpose and are usually, not necessarily, equal (difference {difference})",
)
OPERATION = Message(
    "机关运行经费 {found}{unit} 大于基本支出的公用经费 {expected}{other_unit}（{place}），"
    "相差 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "the operating expenses of the agency {found} are more than the public expenditure {expected} at {place}; the "
    "difference {difference} exceeds the rounding envelope ±{envelope}",
)
CHANGE = Message(
    "“{row}”的增减额为 {found}{unit}，本年 {now}{unit} 减上年 {last}{unit} 为 {expected}{unit}，"
    "超出舍入范围 ±{envelope}{unit}",
    "{row}: the change is {found}, but {now} this year less {last} last year is {expected}; the difference exceeds the "
    "rounding envelope ±{envelope}",
)


def _is_more(fact: Fact, other: Fact) -> bool:
    """Whether *fact* is larger than *other* by more than rounding explains."""
    gap = fact.yuan - other.yuan
    return gap > 0 and gap > _limit(fact, other)


def _limit(fact: Fact, other: Fact) -> Decimal:
    """How far rounding may take two figures apart, in 元."""
    return half_step(fact.amount, fact.unit) + half_step(other.amount, other.unit)


def _finding(one: Rule, context: Context, fact: Fact, against: Fact, message: Message, **arguments: str) -> Finding:
    gap, limit = fact.yuan - against.yuan, _limit(fact, against)
    factor = fact.unit.factor
    said = {
        "row": fact.name or fact.column.split("/")[-1],
        "column": fact.column.split("/")[-1] or "金额",
        "found": format_amount(fact.amount),
        "unit": fact.unit.value,
        "expected": format_amount(against.amount),
        "other_unit": against.unit.value,
        "other": context.title_of(against),
        "place": str(against.place),
        "difference": format_amount(abs(gap) / factor),
        "envelope": format_amount((limit / factor).normalize()),
    }
    return Finding(
        one.code,
        one.severity,
        message,
        {**said, **arguments},
        (fact.place, against.place),
        fact.form,
        context.title_of(fact),
        fact.name,
        fact.column,
        fact.amount,
        against.yuan / factor,
        gap / factor,
    )


@rule(
    "XTB004",
    "three-public-less-than-its-subject",
    "“三公”经费少于基本支出中的同一科目",
    Severity.WARNING,
    LESS.zh,
    LESS.en,
)
def three_public_subjects(context: Context) -> Iterator[Finding | Skipped]:
    """One of the three public expenses is less than basic expenditure alone spends on its economic subject.

    What: 因公出国（境）费 against 30212, 公务用车运行费 against 30231, 公务用车购置费 against 31013, 公务接待费 against
        30217, on 一般公共预算基本支出表.
    Why: the three public expenses hold what basic and project expenditure spend on these subjects; a part cannot be
        more than the whole.
    Example: 公务接待费 2.00 on the 三公 form, 30217 with 3.00 in basic expenditure.
    Tolerance: half a unit in the last printed place of each; 三公 may be more, by what projects spend.
    Source: 财政部部门预算公开表式（“三公”经费支出表）; 财预〔2017〕98号. Skipped where one of the forms is not printed,
        or where several units print their own forms.
    """
    ledgers = [one for one in context.ledgers if one.form.id in {"three_public", "general_basic"}]
    if len({one.form.id for one in ledgers}) < 2:
        yield Skipped("没有“三公”经费表或基本支出表，未互相核对", "one of the two forms is not printed")
        return
    if any(ledger.printing for ledger in ledgers):
        yield Skipped("“三公”经费表或基本支出表不止一张，未互相核对", "there are several of these forms")
        return
    basic: dict[str, Entry] = {}
    for entry in _whole(context, "general_basic"):
        if entry.purpose.economic and _is_basic(entry):
            basic.setdefault(entry.purpose.economic, entry)
    for entry in _whole(context, "three_public"):
        part = basic.get(entry.fact.coordinate.economic or "")
        if part is not None and _is_more(part.fact, entry.fact):
            yield _finding(three_public_subjects, context, entry.fact, part.fact, LESS)


def _whole(context: Context, form: str) -> list[Entry]:
    """The entries of a form of one fund that are about the whole department in the budget year."""
    return [
        entry
        for ledger in context.ledgers
        if ledger.form.id == form and "fund" in ledger.form.base
        for entry in ledger.entries
        if not entry.purpose.agency and entry.kind.money.year == (context.book.year or 0)
    ]


def _is_basic(entry: Entry) -> bool:
    return entry.kind.money.nature == "basic"


@rule("XTB005", "part-more-than-the-whole", "财政拨款大于全部资金", Severity.ERROR, MORE.zh, MORE.en)
def more_than_whole(context: Context) -> Iterator[Finding | Skipped]:
    """Money of one fund is more than the money of all funds for the same thing.

    What: 一般公共预算支出 of a subject against 部门支出总表 and 部门收支总表, in total, in 基本支出 and in 项目支出.
    Why: a part cannot be more than the whole.
    Example: 2010301 with 350.00 of the general public budget and 305.00 of all funds.
    Tolerance: half a unit in the last printed place of each.
    Source: 《预算法》第四条（全部收入和支出都应当纳入预算）. Where this year's general public budget is all there is,
        XTB001 compares the two figures with each other.
    """
    if context.single_fund:
        return
    fiscal = [ledger for ledger in context.ledgers if any(_is_fiscal(kind.money) for kind in ledger.kinds)]
    wholes: dict[tuple[object, ...], dict[Purpose, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for ledger in context.ledgers if fiscal else ():
        if ledger.form.id in {"summary", "expenditure"}:
            kinds = {kind: wholes[_of_any_source(ledger, kind)] for kind in ledger.kinds if _is_of_all_funds(kind)}
            for entry in ledger.entries:
                if entry.kind in kinds:
                    kinds[entry.kind][entry.purpose].append(entry)
    for ledger in fiscal:
        kinds = {kind: wholes[_of_any_source(ledger, kind)] for kind in ledger.kinds if _is_fiscal(kind.money)}
        for entry in ledger.entries if any(kinds.values()) else ():
            for whole in kinds.get(entry.kind, {}).get(entry.purpose, ()):
                if whole.fact.amount >= 0 and _is_more(entry.fact, whole.fact):
                    yield _finding(more_than_whole, context, entry.fact, whole.fact, MORE)


def _is_fiscal(money: Money) -> bool:
    return money.side == "expenditure" and within(money.fund, "fiscal") and money.origin != "reserve"


def _is_of_all_funds(kind: Kind) -> bool:
    return not (kind.money.fund or kind.money.origin or kind.common.fund or kind.common.origin)


def _of_any_source(ledger: Ledger, kind: Kind) -> tuple[object, ...]:
    """What money shares with that of any fund."""
    money = kind.common
    return ledger.printing, money.year, money.side, money.nature, money.item


@rule("XTB006", "same-purpose-differs", "同一用途的功能科目与经济科目不等", Severity.INFO, PURPOSE.zh, PURPOSE.en)
def same_purpose(context: Context) -> Iterator[Finding | Skipped]:
    """A function subject and the economic subject of the same purpose differ.

    What: 住房公积金 2210201 against 30113, 基本养老保险缴费 2080505 against 30108, 职业年金缴费 2080506 against 30109,
        each in the basic expenditure of the general public budget.
    Why: the one is what the money is for, the other what it is paid as; they are usually equal.
    Example: 2210201 with 52.40, 30113 with 25.40.
    Tolerance: half a unit in the last printed place of each; the finding is a note, because they may lawfully differ
        (staff paid under other subjects, contributions of retired staff).
    Source: 财政部《政府收支分类科目》; 财预〔2017〕98号. Skipped where the document does not print both forms.
    """
    basic = {e.purpose.economic: e for e in reversed(_whole(context, "general_basic")) if _is_basic(e)}
    functions = {e.purpose.function: e for e in reversed(_whole(context, "general")) if _is_basic(e)}
    if not basic or not functions:
        yield Skipped("没有按功能科目和按经济科目的基本支出，未互相核对", "basic expenditure is not printed both ways")
        return
    for function, economic in SAME_PURPOSE:
        if function in functions and economic in basic:
            fact, other = functions[function].fact, basic[economic].fact
            if _is_more(fact, other) or _is_more(other, fact):
                yield _finding(same_purpose, context, fact, other, PURPOSE, other=f"{economic} {other.name}")


@rule(
    "XTB007",
    "agency-operation-above-public-cost",
    "机关运行经费大于公用经费",
    Severity.WARNING,
    OPERATION.zh,
    OPERATION.en,
)
def agency_operation(context: Context) -> Iterator[Finding | Skipped]:
    """The operating expenses of the agency are more than the public expenditure of basic expenditure.

    What: 机关运行经费 on the 三公 form against 公用经费 in total on 一般公共预算基本支出表.
    Why: 机关运行经费 is the public expenditure of 行政单位 and of units managed like them; it cannot be more than that
        of all units.
    Example: 机关运行经费 439.45, 公用经费 79.83.
    Tolerance: half a unit in the last printed place of each, in their own units (元, 万元).
    Source: 财政部部门预算公开口径（机关运行经费）. Skipped where the document does not print both.
    """
    printed = [
        fact
        for fact in context.book.facts
        if fact.coordinate.item == "agency_operation"
        and fact.form == "three_public"
        and fact.coordinate.year == context.book.year
    ]
    basic = [one for one in _whole(context, "general_basic") if not one.purpose.economic]
    public = [one.fact for one in basic if one.kind.money.nature == "basic.public"]
    if not printed or not public:
        yield Skipped("没有机关运行经费或公用经费合计，未核对", "one of the two is not printed")
        return
    for fact in printed[:1]:
        if _is_more(fact, public[0]):
            yield _finding(agency_operation, context, fact, public[0], OPERATION)


@rule("SUM011", "change-is-not-the-difference", "增减额不等于本年与上年之差", Severity.ERROR, CHANGE.zh, CHANGE.en)
def changes(context: Context) -> Iterator[Finding | Skipped]:
    """A column of changes is not this year's figure less last year's.

    What: 增减额 against 本年预算数 less 上年预算数, or 上年执行数 where its header says so, in the same row or column.
    Why: one of the three was typed wrong, or left over from last year.
    Example: 12.00 this year, 10.00 last year, and 3.00 as the change.
    Tolerance: half a unit in the last printed place of each of the three.
    Source: 财政部部门预算公开表式（一般公共预算支出表：上年预算数、本年预算数、增减）. Rows that do not print both
        years are not judged.
    """
    lines: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    printed = any("change" in (fact.coordinate.item or "").split("/") for fact in context.book.facts)
    for fact in context.book.facts if printed and context.book.year is not None else ():
        own = attrs.evolve(fact.coordinate, year=None, item=None)
        lines[fact.form, fact.place.sheet, "row", fact.place.row, own].append(fact)
        if fact.place.row:
            lines[fact.form, fact.place.sheet, "column", fact.place.column, own].append(fact)
    for found in lines.values():
        compared = _compared_years(context, found)
        if compared is None:
            continue
        change, now, last = compared
        gap = change.yuan - now.yuan + last.yuan
        limit = sum(half_step(one.amount, one.unit) for one in compared)
        if abs(gap) > limit:
            yield attrs.evolve(
                changes.finding(
                    change,
                    places=(now.place, last.place),
                    expected=change.amount - gap / change.unit.factor,
                    now=format_amount(now.amount),
                    last=format_amount(last.amount),
                    envelope=format_amount((limit / change.unit.factor).normalize()),
                ),
                title=context.title_of(change),
            )


def _compared_years(context: Context, facts: list[Fact]) -> tuple[Fact, Fact, Fact] | None:
    """A change with this year's figure and last year's, from figures of a line that differ in year and item only.

    Last year's is what was spent（执行数） where the change says so. None where it is not certain which they are: some
    departments leave investment out of the change.
    """
    year = context.book.year or 0
    by_item: dict[str, dict[int | None, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        by_item[fact.coordinate.item or ""][fact.coordinate.year].append(fact)
    found = [fact for item in by_item if item.endswith("change") for fact in chain(*by_item[item].values())]
    if len(found) != 1 or LEFT_OUT.search(found[0].column):
        return None
    change = found[0]
    item = former = (change.coordinate.item or "").removesuffix("change").removesuffix("/")
    if SPENT.search(change.column):
        former = f"{item}/executed".lstrip("/")
        if (change.place.sheet, change.place.row) in context.strangers:
            return None
    now, last = by_item[item][year], by_item[former][year - 1]
    return (change, now[0], last[0]) if len(now) == len(last) == 1 else None
