"""Subjects against the classification（科目核对）: codes, names, levels and funds against the catalogue of the year.

The catalogue is not complete (see ``Subject.status``): whatever hangs on it is a warning at most, a note where the
entry was never seen in a published document, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.rules import Rule, rule
from govbudget.classification import Naming, Subject, editions, same_name
from govbudget.model import Fact

__all__: list[str] = []

EVIDENCE = {
    "sighted": ("目录条目见于公开文件", "the entry was sighted in published documents"),
    "standard": ("目录条目据书面标准，未见于公开文件", "the entry follows the written standard and was never sighted"),
    "unsure": ("目录条目未确证", "the entry is unsure"),
}
FUND_NAMES = {
    "general": ("一般公共预算", "the general public budget"),
    "government_fund": ("政府性基金预算", "the budget of government funds"),
    "state_capital": ("国有资本经营预算", "the state capital budget"),
}
UNKNOWN = Message(
    "科目编码 {code}“{row}”不在{catalogue}中{elsewhere}；目录并非全本，请对照官方科目表",
    "the code {code} ({row}) is not in the catalogue {catalogue_en}{elsewhere_en}; the catalogue is not complete, "
    "compare the official table",
)
OTHER_NAME = Message(
    "科目 {code} 的名称是“{row}”，{catalogue}为“{expected}”（{evidence}）",
    "{code} is called {row}; its name in the catalogue {catalogue_en} is {expected} ({evidence_en})",
)
OTHER_LEVEL = Message(
    "编码 {code} 是{level}级科目“{expected}”，名称“{row}”却是{other_level}级科目 {other} 的（{evidence}）",
    "the code {code} is that of {expected}, the name {row} that of {other}, which stands on another level "
    "({evidence_en})",
)
OLD_NAME = Message(
    "科目 {code} 的名称“{row}”是{when}的名称，{catalogue}为“{expected}”（{evidence}）",
    "{row} was the name of {code} {when_en}; its name in the catalogue {catalogue_en} is {expected} ({evidence_en})",
)
NO_PARENT = Message(
    "表中列有 {children}，没有列其上级科目 {code}{name}",
    "the form prints {children} and not {code}{name} above them",
)
OTHER_FUND = Message(
    "{fund}的表中列有科目 {code}“{row}”，目录中它属于{expected}（{evidence}）",
    "{code} {row} stands on a form of {fund_en}; in the catalogue it belongs to {expected_en} ({evidence_en})",
)


def _lines(context: Context) -> list[Fact]:
    """The rows of the forms that print a subject's code, each as its first amount; rows of projects bear the code of
    what they belong to."""
    found: dict[tuple[str, str, int, str], Fact] = {}
    for fact in context.book.facts:
        at = fact.coordinate
        if fact.code and not at.project and fact.code in (at.function, at.economic):
            place = fact.place
            found.setdefault((fact.form, place.sheet, place.row, fact.code), fact)
    return list(found.values())


def _name(line: Fact) -> str:
    return line.name.removeprefix(line.code)


def _distinct(context: Context) -> list[list[Fact]]:
    """The lines that print the same code with the same name, on whatever form, together."""
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for line in context.once(_lines):
        groups[line.code, _name(line)].append(line)
    return list(groups.values())


def _finding(
    one: Rule, context: Context, lines: list[Fact], message: Message, severity: Severity, **arguments: str
) -> Finding:
    catalogue = context.catalogue
    first, name = lines[0], _name(lines[0])
    edition = catalogue.official or f"{catalogue.year}年版目录"
    said = {
        "row": name,
        "code": first.code,
        "catalogue": edition,
        "catalogue_en": catalogue.official or f"of {catalogue.year}",
    }
    return Finding(
        one.code,
        severity,
        message,
        {**said, **arguments},
        tuple(context.label_place(line) for line in lines),
        first.form,
        context.title_of(first),
        name,
        "科目",
        f"{first.code} {name}".strip(),
        arguments.get("expected"),
    )


def _misnamed(context: Context) -> list[tuple[list[Fact], Subject, Naming | Subject | None]]:
    """Lines whose name is not that of their code, with what it is the name of: the code in another year, a subject of
    another level of the branch, or nothing known."""
    found: list[tuple[list[Fact], Subject, Naming | Subject | None]] = []
    for lines in context.once(_distinct):
        subject, name = context.catalogue.get(lines[0].code), _name(lines[0])
        if subject is None or not name or any(same_name(name, own) for own in (subject.name, *subject.aliases)):
            continue
        years = [one for one in subject.history if same_name(name, one.name) and not _stands(one, context)]
        branch = [one for one in (*subject.ancestors, *subject.descendants) if same_name(name, one.name)]
        if years:
            found.append((lines, subject, years[-1]))
        else:
            found.append((lines, subject, branch[0] if len(branch) == 1 else None))
    return found


def _stands(naming: Naming, context: Context) -> bool:
    """Whether the packaged edition has that name itself, so that only the user's own table can have another."""
    return naming.current and (naming.first is None or naming.first <= context.catalogue.year)


def _evidence(subject: Subject) -> dict[str, str]:
    zh, en = EVIDENCE[subject.status]
    return {"evidence": zh, "evidence_en": en}


def _grade(subject: Subject) -> Severity:
    return Severity.WARNING if subject.status == "sighted" else Severity.INFO


@rule("CLS001", "unknown-code", "科目编码不在目录中", Severity.WARNING, UNKNOWN.zh, UNKNOWN.en)
def unknown_codes(context: Context) -> Iterator[Finding | Skipped]:
    """A row has a code that the catalogue of the year does not list.

    What: the codes of function and economic subjects against the edition of the budget year.
    Why: a mistyped code puts the money under another subject, or under none.
    Example: 2010399x is refused when it is read; 2010319 is a code that no edition lists.
    Tolerance: none; the packaged catalogue is not complete, so that this is a warning, never an error. Lay the official
        table over it (``load_subjects``) for certainty.
    Source: 财政部《政府收支分类科目》 of the year. A code of another edition is said to be of it.
    """
    for lines in context.once(_distinct):
        code = lines[0].code
        if code in context.catalogue:
            continue
        years = editions(code)
        where = f"（见于 {years[0]}-{years[-1]} 年版）" if years else ""
        where_en = f" (listed in {years[0]}-{years[-1]})" if years else ""
        yield _finding(unknown_codes, context, lines, UNKNOWN, Severity.WARNING, elsewhere=where, elsewhere_en=where_en)


@rule("CLS002", "name-is-not-the-catalogues", "科目名称与编码不符", Severity.WARNING, OTHER_NAME.zh, OTHER_NAME.en)
def other_names(context: Context) -> Iterator[Finding | Skipped]:
    """A row's name is not that of its code.

    What: the printed name against the name, the former names and the known wordings of the code.
    Why: one of the two is wrong, and nobody can tell which money is meant.
    Example: 2010301 一般行政管理事务.
    Tolerance: blanks, brackets, 其它 for 其他, a trailing 支出 and the like do not matter; where the entry was never
        sighted in a published document the finding is a note.
    Source: 财政部《政府收支分类科目》 of the year.
    """
    for lines, subject, known in context.once(_misnamed):
        if known is None:
            yield _finding(
                other_names, context, lines, OTHER_NAME, _grade(subject), expected=subject.name, **_evidence(subject)
            )


@rule("CLS003", "code-of-another-level", "科目编码与名称级次不符", Severity.WARNING, OTHER_LEVEL.zh, OTHER_LEVEL.en)
def other_levels(context: Context) -> Iterator[Finding | Skipped]:
    """A row's name is that of a subject above or below its code.

    What: names that belong to the same branch of the classification, on another level.
    Why: a digit was lost: the row counts as a total, or a total as a row.
    Example: 20103 行政运行, which is 2010301.
    Tolerance: as for CLS002; a name that several subjects of the branch have is not judged here.
    Source: 财政部《政府收支分类科目》 of the year.
    """
    for lines, subject, known in context.once(_misnamed):
        if isinstance(known, Subject):
            yield _finding(
                other_levels,
                context,
                lines,
                OTHER_LEVEL,
                _grade(known),
                level=subject.level.value,
                other_level=known.level.value,
                other=known.code,
                expected=subject.name,
                **_evidence(known),
            )


@rule("CLS004", "parent-missing", "上级科目没有列出", Severity.WARNING, NO_PARENT.zh, NO_PARENT.en)
def missing_parents(context: Context) -> Iterator[Finding | Skipped]:
    """A form that prints subtotals leaves one out.

    What: 款 without their 类, 项 without their 款, on a form that prints others of that level.
    Why: a reader adds the subtotals up and misses this money.
    Example: 2080505 without 20805, where 20103 and 21011 are printed.
    Tolerance: forms that print no row of that level are not judged, nor are forms with figures that could not be read.
    Source: 财政部部门预算公开表式（类、款、项）.
    """
    forms: dict[int, list[Fact]] = defaultdict(list)
    for line in context.once(_lines):
        forms[id(context.book.form_of(line))].append(line)
    damaged = {id(ledger.printed) for ledger in context.ledgers if ledger.holes}
    for key, lines in forms.items():
        if key in damaged:
            continue
        codes = {line.code for line in lines}
        orphans: dict[str, list[Fact]] = defaultdict(list)
        for line in lines:
            if len(line.code) > 3 and line.code[:-2] not in codes:
                orphans[line.code[:-2]].append(line)
        for parent, children in orphans.items():
            if not any(len(code) == len(parent) and code[0] == parent[0] for code in codes):
                continue
            subject = context.catalogue.get(parent)
            yield _finding(
                missing_parents,
                context,
                children,
                NO_PARENT,
                Severity.WARNING,
                code=parent,
                name=f" {subject.name}" if subject else "",
                children="、".join(dict.fromkeys(line.code for line in children)),
            )


@rule("CLS005", "subject-of-another-fund", "科目不属于本表的预算", Severity.WARNING, OTHER_FUND.zh, OTHER_FUND.en)
def other_funds(context: Context) -> Iterator[Finding | Skipped]:
    """A subject stands on a form of a fund that it does not belong to.

    What: subjects of 政府性基金预算 (such as 21208) and of 国有资本经营预算 (223) on forms of the general public
        budget, and the other way round.
    Why: the funds are budgeted apart; money under a subject of another fund is money in the wrong budget.
    Example: 2120801 on 一般公共预算支出表.
    Tolerance: none; a subject that several budgets print belongs to each of them.
    Source: 财政部《政府收支分类科目》 of the year; 《预算法》第五条.
    """
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for line in context.once(_lines):
        if line.coordinate.fund in FUND_NAMES and line.code[0] == "2":
            groups[line.code, line.coordinate.fund].append(line)
    for (code, fund), lines in groups.items():
        subject = context.catalogue.get(code)
        if subject is None or not subject.funds or fund in subject.funds:
            continue
        names = [FUND_NAMES[one] for one in subject.funds if one in FUND_NAMES]
        if not names:
            continue
        yield _finding(
            other_funds,
            context,
            lines,
            OTHER_FUND,
            _grade(subject),
            fund=FUND_NAMES[fund][0],
            fund_en=FUND_NAMES[fund][1],
            expected="、".join(zh for zh, _ in names),
            expected_en=" and ".join(en for _, en in names),
            **_evidence(subject),
        )


@rule("CLS006", "name-of-another-year", "科目用了其他年份的名称", Severity.WARNING, OLD_NAME.zh, OLD_NAME.en)
def other_years(context: Context) -> Iterator[Finding | Skipped]:
    """A row has the name that its code had in another year.

    What: names that the classification gave up before the budget year, or took up after it.
    Why: the year's own classification is the one to be used.
    Example: 21305 扶贫 in a budget of 2024, where it is 巩固脱贫攻坚成果衔接乡村振兴.
    Tolerance: a note where the years of the names are not certain.
    Source: 财政部《政府收支分类科目》 of the year. Skipped where the document tells no year.
    """
    if context.book.year is None:
        yield Skipped("文件没有年度，未核对科目的年版", "the document tells no year")
        return
    for lines, subject, known in context.once(_misnamed):
        if not isinstance(known, Naming):
            continue
        if known.first is not None and known.first > context.catalogue.year:
            when, when_en = f"{known.first} 年起", f"from {known.first} on"
        elif known.last is not None:
            when, when_en = f"{known.last} 年及以前", f"until {known.last}"
        else:
            when, when_en = "以前", "in earlier years"
        yield _finding(
            other_years,
            context,
            lines,
            OLD_NAME,
            _grade(subject) if known.dated else Severity.INFO,
            expected=subject.name,
            when=when,
            when_en=when_en,
            **_evidence(subject),
        )
