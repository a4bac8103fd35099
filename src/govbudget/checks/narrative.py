"""The prose against the forms（正文与预算表）: figures retyped, percentages, changes, years, units, lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import attrs

from govbudget.amounts import format_amount
from govbudget.cells import Place
from govbudget.checks.claims import Judged, Law, Verdict, judge
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.rules import rule
from govbudget.narrative import Claim, ClaimKind, Direction, missing_sections, unlisted_items

__all__: list[str] = []

FIGURE = Message(
    "正文“{quote}”写 {what} {found}{unit}，《{other}》{cell} 为 {expected}{unit}，相差 {difference}{unit}",
    "the words “{quote}” give {what} as {found}{unit}, {other} {cell} prints {expected}{unit}; "
    "the difference is {difference}",
)
FIGURE_NEAR = Message(
    "正文“{quote}”写 {what} {found}{unit}，《{other}》{cell} 为 {expected}{unit}，差在末位，可由舍入解释",
    "the words “{quote}” give {what} as {found}{unit}, {other} {cell} prints {expected}{unit}; rounding explains it",
)
UNIT = Message(
    "正文“{quote}”写 {what} {found}{unit}，《{other}》{cell} 为 {printed}：金额单位差一万倍",
    "the words “{quote}” give {what} as {found}{unit}, {other} {cell} prints {printed}: wrong by the factor 10,000, "
    "the unit",
)
YEAR = Message(
    "正文“{quote}”写 {year}年 {what} {found}{unit}，这是《{other}》{cell} 的 {expected}年数",
    "the words “{quote}” call {found}{unit} the figure of {year}; it is that of {expected} on {other} at {cell}",
)
CHANGE = Message(
    "正文“{quote}”写 {what} {way} {found}{unit}，按本年数与上年数应为 {expected}{unit}",
    "the words “{quote}” give the change of {what} as {found}{unit}; this year less last year is {expected}{unit}",
)
PERCENT = Message(
    "正文“{quote}”写 {what} {way} {found}%，按 {basis} 计算为 {expected}%",
    "the words “{quote}” give {found}% for {what}; from {basis} it is {expected}%",
)
PERCENT_NEAR = Message(
    "正文“{quote}”写 {what} {way} {found}%，按 {basis} 计算为 {expected}%，差在末位",
    "the words “{quote}” give {found}% for {what}; from {basis} it is {expected}%, off in the last place",
)
DIRECTION = Message(
    "正文“{quote}”写 {what} {way}，与 {basis} 的方向相反",
    "the words “{quote}” say {what} went {way}, against {basis}",
)
PARTS = Message(
    "正文“{quote}”写 {what} {found}{unit}，所列 {count} 项相加为 {expected}{unit}，相差 {difference}{unit}",
    "the words “{quote}” give {what} as {found}{unit}, the {count} items listed add up to {expected}{unit}; "
    "the difference is {difference}",
)
TWICE = Message(
    "正文“{quote}”写 {what} {found}{unit}，另一处（{basis}）写 {expected}{unit}",
    "the words “{quote}” give {what} as {found}{unit}, elsewhere ({basis}) as {expected}{unit}",
)
CEILING = Message(
    "正文“{quote}”写 {what} {found}{unit}，高于《{other}》{cell} 的公用经费 {expected}{unit}；"
    "机关运行经费应在公用经费之内",
    "the words “{quote}” give {what} as {found}{unit}, above all public costs {expected}{unit} on {other} at {cell}; "
    "it is a part of them",
)
FORMER = Message(
    "正文中的科目“{former}”是 {code} 的曾用名，现名“{name}”",
    "the words call {code} by its former name {former}; it is now {name}",
)
UNLISTED = Message(
    "正文列举的“{item}”在《{other}》中没有金额",
    "the words list {item}, which has no amount on {other}",
)
SECTION = Message("情况说明缺少“{section}”", "the narrative has no section on {section}")
NO_PROSE = Skipped("文件里没有正文", "the document has no prose")

QUOTE = 40
RATES = {Direction.UP: "增长", Direction.DOWN: "下降"}


def _quote(claim: Claim) -> str:
    """The words around a figure, short enough for a line."""
    sentence = claim.sentence
    end = min(len(sentence), claim.start + len(claim.text) + 8)
    start = max(0, end - QUOTE)
    cut = sentence[start:end].strip()
    return f"{'…' if start else ''}{' '.join(cut.split())}{'…' if end < len(sentence) else ''}"


def _basis(others: tuple[Claim, ...]) -> str:
    texts = dict.fromkeys(
        " ".join(filter(None, (one.direction.chinese if one.direction else "", one.text))) for one in others
    )
    return "、".join("".join(text.split()) for text in texts) or "表中数"


def _way(claim: Claim) -> str:
    if claim.kind is ClaimKind.SHARE:
        return "占"
    if claim.direction is None:
        return ""
    return (
        RATES.get(claim.direction, claim.direction.chinese) if claim.kind is ClaimKind.RATE else claim.direction.chinese
    )


def _finding(code: str, severity: Severity, message: Message, context: Context, judged: Judged) -> Finding:
    claim, fact = judged.claim, judged.fact
    title = next((one.title for one in context.book.forms if one.id == judged.form), "") if judged.form else ""
    printed = context.book.form_of(fact) if fact is not None else None
    expected = judged.expected
    difference = claim.amount - expected if expected is not None and claim.unit != "个" else None
    arguments = {
        "quote": _quote(claim),
        "what": claim.what or claim.section,
        "found": format_amount(claim.amount),
        "unit": "" if claim.unit == "%" else claim.unit,
        "expected": "" if expected is None else format_amount(expected),
        "difference": "" if difference is None else format_amount(difference),
        "printed": f"{format_amount(fact.amount)}{fact.unit.value}" if fact is not None else "",
        "year": str(claim.year or ""),
        "way": _way(claim),
        "other": ((printed.title if printed else title) or judged.form).lstrip("# "),
        "cell": str(judged.place or ""),
        "basis": _basis(judged.others),
        "count": str(len(judged.others)),
    }
    cells = (judged.place,) if judged.place is not None else ()
    places = dict.fromkeys((claim.place, *cells, *(one.place for one in judged.others)))
    return Finding(
        code,
        severity,
        message,
        arguments,
        tuple(places),
        judged.form,
        arguments["other"],
        fact.name if fact is not None else claim.what,
        fact.column if fact is not None else "",
        found=claim.amount,
        expected=expected,
        difference=difference,
        sentence=claim.sentence,
        marked=(claim.start, claim.start + len(claim.text)),
    )


def _wrong(context: Context, *laws: Law) -> Iterator[Judged]:
    return (one for one in context.once(judge) if one.verdict is Verdict.WRONG and one.law in laws)


def _near(context: Context, *laws: Law) -> Iterator[Judged]:
    return (one for one in context.once(judge) if one.verdict is Verdict.NEAR and one.law in laws)


def _grade(judged: Judged) -> Severity:
    return Severity.ERROR if judged.certain else Severity.WARNING


@rule("NAR001", "words-against-the-forms", "正文数字与预算表不一致", Severity.ERROR, FIGURE.zh, FIGURE.en)
def figures(context: Context) -> Iterator[Finding | Skipped]:
    """An amount in the prose is not the amount that the forms print for the same thing.

    What: amounts of 收支总预算, 收入, 支出, 财政拨款, subjects named by 类, 款, 项, 基本支出, 项目支出, 人员经费,
        公用经费, “三公”经费 and 政府采购, where every word of the phrase is understood and names one coordinate; and
        words that say there is nothing, where the forms print something.
    Why: the prose is typed by hand, the forms are not.
    Example: 职业年金缴费支出 887.36万元 in the words, 873617.00元 on the form.
    Tolerance: the coarser precision decides, half a unit in the last place of each side; within it, or where a figure
        is cut off instead of rounded, the finding is info.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）.
    """
    if not context.book.prose:
        yield NO_PROSE
    for judged in _wrong(context, Law.FACT):
        yield _finding("NAR001", Severity.ERROR, FIGURE, context, judged)
    for judged in _near(context, Law.FACT):
        yield _finding("NAR001", Severity.INFO, FIGURE_NEAR, context, judged)


@rule("NAR002", "unit-in-the-words", "正文金额单位写错", Severity.ERROR, UNIT.zh, UNIT.en)
def units(context: Context) -> Iterator[Finding | Skipped]:
    """An amount in the prose is ten thousand times too large or too small: 元 for 万元, or the other way.

    What: the amounts of NAR001 whose figure is that of the form, in another unit.
    Why: the forms of a family are in 元, its prose in 万元, and a figure copied from the one keeps its unit.
    Example: 支出预算 9501900.00万元.
    Tolerance: as NAR001.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）.
    """
    for judged in _wrong(context, Law.UNIT):
        yield _finding("NAR002", Severity.ERROR, UNIT, context, judged)


@rule("NAR003", "year-in-the-words", "正文年度写错", Severity.ERROR, YEAR.zh, YEAR.en)
def years(context: Context) -> Iterator[Finding | Skipped]:
    """A figure of this year stands under another year's name.

    What: an amount that the prose gives for another year, equal to this year's figure on the form, where the form
        prints no such figure for that year.
    Why: last year's text was taken over.
    Example: 行政运行（项）2023年预算数为272.79万元 in the prose of 2024, and 272.79 on the form of 2024.
    Tolerance: none: the figures are equal. An error where several figures slip, a warning where one does.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）.
    """
    for judged in _wrong(context, Law.YEAR):
        finding = _finding("NAR003", _grade(judged), YEAR, context, judged)
        yield attrs.evolve(finding, found=f"{judged.claim.year}年", expected=f"{judged.expected}年", difference=None)


@rule("NAR004", "change-is-not-the-difference", "增减额与两年之差不符", Severity.ERROR, CHANGE.zh, CHANGE.en)
def changes(context: Context) -> Iterator[Finding | Skipped]:
    """The change that the prose states is not this year's figure less last year's.

    What: 增加, 减少 and 持平 where both years are known, from the forms or from the same sentence.
    Why: the reader takes the change for the year's story.
    Example: 447.48 and 370.44, 增加 70.74万元.
    Tolerance: half a unit in the last place of each of the figures.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）.
    """
    for judged in _wrong(context, Law.CHANGE):
        yield _finding("NAR004", _grade(judged), CHANGE, context, judged)


@rule("NAR005", "percentage-of-another-base", "占比或增减幅计算有误", Severity.ERROR, PERCENT.zh, PERCENT.en)
def percentages(context: Context) -> Iterator[Finding | Skipped]:
    """A percentage does not follow from the figures that it stands beside.

    What: 占…% of the whole that the sentence, its list or its section names; 增长…% and 下降…% of last year's figure.
    Why: percentages are reckoned by hand, from drafts.
    Example: 27.78 and 5.17 more, 增长18.55%, which is 18.61%.
    Tolerance: the interval of the printed figures: the percentage is right where some figures that round to those
        printed give it. Off by no more than one unit in the last place is info.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）.
    """
    for judged in _wrong(context, Law.SHARE, Law.RATE):
        yield _finding("NAR005", Severity.ERROR, PERCENT, context, judged)
    for judged in _near(context, Law.SHARE, Law.RATE):
        yield _finding("NAR005", Severity.INFO, PERCENT_NEAR, context, judged)


@rule("NAR006", "direction-against-the-figures", "增减方向与数字相反", Severity.ERROR, DIRECTION.zh, DIRECTION.en)
def directions(context: Context) -> Iterator[Finding | Skipped]:
    """The prose says that a figure rose where it fell, or the other way.

    What: 增加, 增长, 减少, 下降 against this year's and last year's figures, and an amount against its percentage.
    Why: one of the two was taken over from last year.
    Example: 比上年增加5.17万元，下降18.61%.
    Tolerance: none.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）.
    """
    for judged in _wrong(context, Law.DIRECTION):
        yield _finding("NAR006", _grade(judged), DIRECTION, context, judged)


@rule("NAR007", "list-is-not-its-whole", "正文分项之和与总数不符", Severity.ERROR, PARTS.zh, PARTS.en)
def lists(context: Context) -> Iterator[Finding | Skipped]:
    """The items that the prose lists under a total do not add up to it.

    What: lists after 其中, 包括, 按…分类 that name every part: 基本支出 and 项目支出, 人员经费 and 公用经费, all 类
        with money, the parts of “三公”经费, 货物, 工程 and 服务.
    Why: the reader adds them up.
    Example: 支出总计447.48万元 by economic subject: 153.68, 12.96 and 3.84, which is 基本支出 only.
    Tolerance: half a unit in the last place of each of the figures.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）.
    """
    for judged in _wrong(context, Law.SUM):
        yield _finding("NAR007", _grade(judged), PARTS, context, judged)


@rule("NAR008", "said-twice-differently", "正文前后不一致", Severity.ERROR, TWICE.zh, TWICE.en)
def repeats(context: Context) -> Iterator[Finding | Skipped]:
    """The prose gives one figure twice, and not the same.

    What: amounts and changes of one coordinate and one year that no form prints.
    Why: one of the two is wrong.
    Example: 收支总预算减少234.23万元 in one section, 减少243.23万元 in another.
    Tolerance: half a unit in the last place of each.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）.
    """
    for judged in _wrong(context, Law.REPEAT):
        yield _finding("NAR008", Severity.ERROR, TWICE, context, judged)


@rule(
    "NAR009", "agency-operation-above-public-cost", "机关运行经费高于公用经费", Severity.ERROR, CEILING.zh, CEILING.en
)
def agency_operation(context: Context) -> Iterator[Finding | Skipped]:
    """机关运行经费 in the prose is more than all 公用经费 on the forms.

    What: 机关运行经费 against the 公用经费 column of 一般公共预算基本支出表.
    Why: it is the 公用经费 of administrative units, so a part of it; more means that another figure was taken.
    Example: 机关运行经费 439.45万元, which is all 基本支出, where 公用经费 is 79.83万元.
    Tolerance: half a unit in the last place of each. An error where the figure is that of 基本支出, else a warning.
    Source: 财政部部门预算公开: 机关运行经费 is 一般公共预算基本支出中的日常公用经费.
    """
    for judged in _wrong(context, Law.CEILING):
        yield _finding("NAR009", _grade(judged), CEILING, context, judged)


@rule("NAR010", "former-name-in-the-words", "正文用了科目曾用名", Severity.INFO, FORMER.zh, FORMER.en)
def former(context: Context) -> Iterator[Finding | Skipped]:
    """The prose calls a subject by a name that it no longer bears.

    What: subjects of the budget named by a former name of the catalogue that its forms do not print.
    Why: the words and the forms should speak of one subject by one name.
    Example: 医疗卫生与计划生育支出 for 卫生健康支出.
    Tolerance: none.
    Source: 《政府收支分类科目》.
    """
    places: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for judged in context.once(judge):
        for former_name in judged.claim.former:
            places[former_name].append(judged.claim.place)
    for (old, code, name), where in places.items():
        arguments = {"former": old, "code": code, "name": name}
        yield Finding("NAR010", Severity.INFO, FORMER, arguments, tuple(dict.fromkeys(where)), found=old, expected=name)


@rule("NAR011", "item-not-on-the-form", "正文列举的科目表中没有金额", Severity.INFO, UNLISTED.zh, UNLISTED.en)
def unlisted(context: Context) -> Iterator[Finding | Skipped]:
    """The prose lists an economic subject among 人员经费 or 公用经费 that has no money on the form.

    What: the names after 人员经费…主要包括 and 公用经费…主要包括, against 一般公共预算基本支出表.
    Why: the list was taken over from a template or from last year.
    Example: 维修（护）费 among 公用经费, and no such row.
    Tolerance: none. Info, because such a list also tells what the money may be spent on.
    Source: 财政部部门预算公开表式.
    """
    title = next((form.title for form in context.book.forms if form.id == "general_basic"), "")
    for item in unlisted_items(context.book):
        yield Finding(
            "NAR011",
            Severity.INFO,
            UNLISTED,
            {"item": item.name, "other": title},
            (item.place,),
            "general_basic",
            title,
            item.name,
            found=item.name,
            sentence=item.sentence,
            marked=item.marked,
        )


@rule("NAR012", "section-missing", "情况说明缺少规定内容", Severity.INFO, SECTION.zh, SECTION.en)
def sections(context: Context) -> Iterator[Finding | Skipped]:
    """The narrative says nothing of something that it has to explain.

    What: “三公”经费, 机关运行经费, 政府采购, 国有资产占用 and 预算绩效, where the document has a narrative at all.
    Why: the rules of publication ask for each of them, also where there is nothing.
    Example: no word on 政府采购.
    Tolerance: none.
    Source: 《地方预决算公开操作规程》（财预〔2016〕143号）第三章.
    """
    if not any(one.claim.kind is ClaimKind.BUDGET for one in context.once(judge)):
        yield NO_PROSE
        return
    for name in missing_sections(context.book):
        yield Finding("NAR012", Severity.INFO, SECTION, {"section": name})
