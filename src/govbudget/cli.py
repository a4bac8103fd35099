"""The command（命令行）: ``govbudget …`` and ``python -m govbudget …`` are the same.

Exit codes（退出码）: 0 done and no error found, 1 errors found or nothing found, 2 unreadable or wrongly called.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from govbudget import __version__
from govbudget.errors import CodeError, GovBudgetError, MissingExtraError, ReadError, RuleError, WriteError, refusal
from govbudget.saving import save

if TYPE_CHECKING:
    from rich.console import Console

    from govbudget.checks import Finding, Report, Rule, Suppression
    from govbudget.classification import Catalogue, Subject
    from govbudget.grids import Limits
    from govbudget.interop.records import Records
    from govbudget.model import Budget

__all__ = ["main"]

OK, FOUND, FAILED = 0, 1, 2
UNREAD_SHOWN = 20
PLAIN_WIDTH = 120
FUNDS = {
    "general": "一般公共预算 general",
    "government_fund": "政府性基金预算 government_fund",
    "state_capital": "国有资本经营预算 state_capital",
    "social_insurance": "社会保险基金预算 social_insurance",
}
# What argparse says in English only, and how this command says it.
WRONGLY_CALLED = {
    r"the following arguments are required: (.+)": r"缺少参数 \1 (missing: \1)",
    r"unrecognized arguments: (.+)": r"没有这样的参数：\1 (no such argument)",
    r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)": r"\1 不能是 \2，可用：\3 (\1 is none of these)",
    r"argument (.+?): invalid int value: (.+)": r"\1 须是整数，不能是 \2 (\1 must be a whole number)",
    r"argument (.+?): (expected .+ arguments?)": r"\1 后面缺少内容 (\1: \2)",
    r"argument (.+?): ignored explicit argument (.+)": r"\1 后面不能有 \2 (\1 takes no value)",
    r"ambiguous option: (.+) could match (.+)": r"\1 不明确，可能是 \2 (ambiguous)",
}
EVIDENCE = {"sighted": "见于公开文件 sighted", "standard": "据书面标准 standard", "unsure": "未确证 unsure"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except GovBudgetError as error:
        _complain(error)
        return FAILED
    return code


# ---------------------------------------------------------------- the arguments


class _Parser(argparse.ArgumentParser):
    """A parser whose help speaks Chinese first."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Help, **settings)
        self.needed = self.add_argument_group("参数 arguments")
        self.choices = self.add_argument_group("选项 options")
        self.choices.add_argument("-h", "--help", action="help", help="显示帮助 / show this help")

    def error(self, message: str) -> NoReturn:
        """How the command is called, and what is wrong with this call."""
        found = (re.fullmatch(pattern, message) for pattern in WRONGLY_CALLED)
        said = (one.expand(text) for one, text in zip(found, WRONGLY_CALLED.values()) if one)
        self.exit(FAILED, f"{self.format_usage()}{self.prog}: {next(said, message)}\n")

    def add_file(self) -> None:
        """The one file that a command reads."""
        self.needed.add_argument("file", metavar="FILE", help="预算文件 / a budget")
        self.add_limits()

    def add_limits(self) -> None:
        """What a file may cost to read."""
        self.choices.add_argument(
            "--limit",
            action="append",
            default=[],
            metavar="NAME=N",
            help="读取上限，可重复 / what a file may cost to read, repeatable (cells=50000000)",
        )

    def add_format(self, *formats: str) -> None:
        """The format of the output; the first is the usual one."""
        usual = formats[0]
        self.choices.add_argument(
            "--format", choices=formats, default=usual, help=f"输出格式 / output format ({usual})"
        )


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=PLAIN_WIDTH)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The line on how the command is called; its beginning in two languages."""
        super().add_usage(usage, actions, groups, "用法 usage: " if prefix is None else prefix)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="govbudget",
        description="读取、校验、写出中国部门预算\nRead, check and write China's department budgets",
        epilog="退出码 0 完成且没有错误，1 发现错误或没有找到，2 文件无法读取或用法有误\n"
        "exit codes: 0 no error, 1 errors found or nothing found, 2 unreadable or wrongly called",
    )
    version = f"govbudget {__version__}"
    parser.choices.add_argument("--version", action="version", version=version, help="显示版本 / show the version")
    commands = parser.add_subparsers(title="命令 commands", required=True, metavar="COMMAND", parser_class=_Parser)

    demo = commands.add_parser("demo", help="演示：读取、校验并写出一份真实预算 / read, check and write a real budget")
    demo.choices.add_argument("--output", metavar="DIR", default="out", help="写到哪个文件夹 / where to write (out)")
    demo.set_defaults(run=_demo)

    check = commands.add_parser("check", help="校验预算，列出问题及其单元格 / findings, each with its cell")
    check.needed.add_argument("files", nargs="+", metavar="FILE", help="预算文件 / budgets")
    check.add_limits()
    check.add_format("text", "json", "html", "github")
    check.choices.add_argument(
        "--output", metavar="FILE", help="写入文件；多份 html 为文件夹 / write into FILE; several html: a folder"
    )
    for name, text in (("--select", "只用这些规则 / only these rules"), ("--ignore", "不用这些规则 / not these rules")):
        check.choices.add_argument(name, action="append", metavar="CODES", help=f"{text} (SUM,PRF001)")
    check.choices.add_argument("--preview", action="store_true", help="也用试行的规则 / rules on trial too")
    check.choices.add_argument(
        "--suppressions", metavar="TOML", help="豁免文件，默认为预算旁的 govbudget.toml / findings that are set aside"
    )
    check.choices.add_argument(
        "--subjects", metavar="FILE", help="以官方科目表为准核对科目 / your official table of subjects to compare with"
    )
    check.choices.add_argument(
        "--narrative", metavar="DOC", help="同时核对另一份文件里的情况说明 / the words that stand in another document"
    )
    check.choices.add_argument(
        "--annotate",
        metavar="OUT.xlsx",
        help="在原工作簿的副本上标出问题 / a copy of the workbook with findings marked",
    )
    check.set_defaults(run=_check, parser=check)

    rule = commands.add_parser("rule", help="解释一条规则，或列出规则 / explain a rule, or list the rules")
    rule.needed.add_argument("code", nargs="?", metavar="CODE", help="如 SUM001；SUM 列出一类 / SUM lists a kind")
    rule.set_defaults(run=_rule)

    show = commands.add_parser("read", help="看文件里有什么：各表、合计、未识别内容 / what a file holds")
    show.add_file()
    show.choices.add_argument("--all", action="store_true", help="列出全部未识别内容 / all that was not understood")
    show.set_defaults(run=_read)

    facts = commands.add_parser("facts", help="列出每一个预算数 / every amount")
    facts.add_file()
    facts.add_format("csv", "json")
    facts.set_defaults(run=_facts)

    indicators = commands.add_parser("indicators", help="列出每一个绩效指标 / every performance indicator")
    indicators.add_file()
    indicators.add_format("csv", "json")
    indicators.set_defaults(run=_indicators)

    claims = commands.add_parser(
        "claims", help="列出情况说明里的每一个数字及核对结果 / every figure of the prose, judged"
    )
    claims.add_file()
    claims.choices.add_argument(
        "--narrative", metavar="DOC", help="情况说明在另一份文件里 / the words stand in another document"
    )
    claims.add_format("csv", "json")
    claims.set_defaults(run=_claims)

    narrative = commands.add_parser(
        "narrative", help="按预算数写出标准情况说明 / the standard narrative from the facts"
    )
    narrative.add_file()
    narrative.needed.add_argument("target", metavar="OUT.docx", help="写到哪里：.docx .md .txt / where to write")
    narrative.choices.add_argument("--family", metavar="F", help="表式，默认为原表式 / the family, by default its own")
    narrative.choices.add_argument("--prior", metavar="FILE", help="上年预算，用于增减 / last year's budget")
    narrative.set_defaults(run=_narrative)

    convert = commands.add_parser("convert", help="按另一种表式写出同一预算 / the same budget on other forms")
    convert.add_file()
    convert.needed.add_argument("target", metavar="OUT.xlsx", help="写到哪里 / the workbook to write")
    convert.choices.add_argument("--family", metavar="F", help="表式，默认为原表式 / the family, by default its own")
    convert.choices.add_argument("--all", action="store_true", help="列出全部未能写出的内容 / all that found no place")
    convert.set_defaults(run=_convert)

    blank = commands.add_parser(
        "template", help="空白表样：边填边算、自行核对 / a blank workbook that adds up and checks itself"
    )
    blank.needed.add_argument("family", metavar="FAMILY", help="表式，如 sichuan / the family of forms")
    blank.needed.add_argument("target", metavar="OUT.xlsx", help="写到哪里 / the workbook to write")
    blank.choices.add_argument("--year", type=int, metavar="Y", help="预算年度 / the budget year")
    blank.choices.add_argument("--agency", metavar="NAME", default="", help="部门名称 / the department")
    for name, usual, text in (
        ("--rows", 40, "每张表的填报行数 / rows of each table"),
        ("--indicators", 10, "每个绩效目标的指标行数 / rows of each performance target"),
        ("--projects", 3, "项目绩效目标的个数 / targets of projects"),
    ):
        blank.choices.add_argument(name, type=int, metavar="N", default=usual, help=f"{text} ({usual})")
    blank.set_defaults(run=_template)

    corpus = commands.add_parser("corpus", help="把很多文件读成一个 Parquet 数据集 / many files as one Parquet dataset")
    corpus.needed.add_argument("paths", nargs="+", metavar="DIR", help="文件夹或文件 / folders or files")
    corpus.needed.add_argument("out", metavar="OUT", help="数据集的文件夹 / the folder of the dataset")
    corpus.choices.add_argument("--workers", type=int, metavar="N", help="进程数 / processes (one a processor)")
    corpus.add_limits()
    corpus.set_defaults(run=_corpus)

    subject = commands.add_parser("subject", help="查科目：编码或名称 / look a subject up, by code or by words")
    subject.needed.add_argument("words", nargs="*", metavar="CODE-OR-WORDS", help="如 2010301 或 养老服务")
    subject.choices.add_argument("--year", type=int, metavar="Y", help="科目年版 / the edition (2024)")
    subject.choices.add_argument(
        "--diff", nargs=2, type=int, metavar=("A", "B"), help="两个年版的差异 / what changed between two editions"
    )
    subject.set_defaults(run=_subject, parser=subject)
    return parser


# ---------------------------------------------------------------- the commands


def _demo(options: argparse.Namespace) -> int:
    from govbudget.demo import run_demo

    with _writing(options.output):
        run_demo(Path(options.output), _console(sys.stdout))
    return OK


def _check(options: argparse.Namespace) -> int:
    if options.format == "html" and len(options.files) > 1 and not options.output:
        raise GovBudgetError(
            "多份 html 报告须用 --output 指定文件夹 (html reports of several files need --output FOLDER)"
        )
    for name in ("annotate", "narrative"):
        if getattr(options, name) and len(options.files) > 1:
            options.parser.error(f"--{name} 只能用于一份文件 (--{name} takes one file)")
    show = {"text": _check_text, "json": _check_json, "html": _check_html, "github": _check_github}[options.format]
    outcomes = _Outcomes(options)
    with _writing(options.output):
        show(outcomes, options)
    return outcomes.code


def _official(file: str | None, year: int | None) -> Catalogue | None:
    """The catalogue of a year under the user's own table of subjects; None where none is given."""
    if file is None:
        return None
    from govbudget.classification import load_subjects, nearest_edition

    return load_subjects(file, year=nearest_edition(year))


class _Outcomes:
    """The reports of several files, one after the other; what cannot be read is complained of and remembered."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._limits = _limits(options)
        self.code = OK

    def __iter__(self) -> Iterator[tuple[str, Report]]:
        options = self._options
        given = _suppressions(Path(options.suppressions)) if options.suppressions else None
        for file in options.files:
            try:
                book = _load(file, self._limits, options.narrative)
                entries = _suppressions_beside(file) if given is None else given
                report = book.check(
                    select=options.select,
                    ignore=options.ignore,
                    suppressions=entries,
                    catalogue=_official(options.subjects, book.year),
                    preview=options.preview,
                )
                if options.annotate:
                    _annotate(report, file, options.annotate)
            except ReadError as error:
                _complain(error)
                self.code = FAILED
                continue
            if not report.ok:
                self.code = max(self.code, FOUND)
            if report.suppressed and options.format in {"json", "github"}:
                count = len(report.suppressed)
                _complain(f"{file}: 已豁免 {count} 条发现 (findings set aside: {count})")
            for entry in report.unused:
                _complain(f"{entry}: 没有可豁免的发现，可以删去 (it sets nothing aside)")
            yield file, report


def _suppressions(path: Path) -> tuple[Suppression, ...]:
    from govbudget.checks import load_suppressions

    return load_suppressions(path)


def _suppressions_beside(file: str) -> tuple[Suppression, ...]:
    from govbudget.checks.suppressions import FILE_NAME

    path = Path(file).with_name(FILE_NAME)
    return _suppressions(path) if path.is_file() else ()


def _annotate(report: Report, file: str, target: str) -> None:
    left: tuple[Finding, ...] = report.annotate(file, target)
    if left:
        _complain(f"{target}: {len(left)} 条发现没有对应的单元格 (findings without a cell: {len(left)})")


def _check_text(outcomes: _Outcomes, options: argparse.Namespace) -> None:
    from govbudget.report import print_report

    with _target(options.output) as target:
        console = _console(target)
        for file, report in outcomes:
            if len(options.files) > 1:
                console.rule()  # a rule with a title would cut a long path short
                console.print(file, style="bold", markup=False, highlight=False, soft_wrap=True)
            print_report(report, console)


def _check_json(outcomes: _Outcomes, options: argparse.Namespace) -> None:
    from govbudget.report import to_json

    findings = [finding for _, report in outcomes for finding in json.loads(to_json(report))]
    with _target(options.output) as target:
        _dump(findings, target)


def _check_github(outcomes: _Outcomes, options: argparse.Namespace) -> None:
    from govbudget.report import to_github

    with _target(options.output) as target:
        for file, report in outcomes:
            print(*to_github(report, file).splitlines(), sep="\n", end="\n" if report.findings else "", file=target)


def _check_html(outcomes: _Outcomes, options: argparse.Namespace) -> None:
    from govbudget.report import to_html

    if len(options.files) == 1:
        for _, report in outcomes:
            with _target(options.output) as target:
                target.write(to_html(report))
        return
    folder = Path(options.output)
    folder.mkdir(parents=True, exist_ok=True)
    taken: Counter[str] = Counter()
    for file, report in outcomes:
        stem = Path(file).stem
        taken[stem] += 1
        path = folder / (f"{stem}.html" if taken[stem] == 1 else f"{stem}-{taken[stem]}.html")
        save(to_html(report).encode("utf-8"), path)
        print(path)


def _read(options: argparse.Namespace) -> int:
    from govbudget.report import print_summary

    book = _load(options.file, _limits(options))
    print_summary(book, _console(sys.stdout))
    shown = book.unread if options.all else book.unread[:UNREAD_SHOWN]
    if shown:
        print(f"未识别的内容 not understood: {len(book.unread)}")
    for cell in shown:
        print(f"  {cell.place}  {' '.join(cell.text.split())}  {cell.reason}")
    if len(shown) < len(book.unread):
        print("  … --all")
    return OK


def _facts(options: argparse.Namespace) -> int:
    from govbudget.interop.records import fact_records

    _print(fact_records(_load_forms(options.file, _limits(options))), options.format)
    return OK


def _indicators(options: argparse.Namespace) -> int:
    from govbudget.interop.records import indicator_records

    _print(indicator_records(_load_forms(options.file, _limits(options))), options.format)
    return OK


def _claims(options: argparse.Namespace) -> int:
    from govbudget.interop.records import claim_records
    from govbudget.report import claim_shares

    book = _load(options.file, _limits(options), options.narrative)
    judged = book.claims()
    _print(claim_records(book, judged), options.format)
    print(claim_shares(judged), file=sys.stderr)
    return OK


def _narrative(options: argparse.Namespace) -> int:
    book = _load_forms(options.file, _limits(options))
    prior = _load_forms(options.prior, _limits(options)) if options.prior else None
    book.narrative(options.family, prior).write(options.target)
    print(options.target)
    return OK


def _convert(options: argparse.Namespace) -> int:
    from govbudget.conversion import convert

    found = convert(_load_forms(options.file, _limits(options)), options.family)
    found.write(options.target)
    if found.derived or found.left:
        print(found.text(every=options.all), file=sys.stderr)
    print(options.target)
    return OK


def _template(options: argparse.Namespace) -> int:
    from govbudget.templates import template

    template(
        options.family,
        year=options.year,
        agency=options.agency,
        rows=options.rows,
        indicators=options.indicators,
        projects=options.projects,
    ).write(options.target)
    print(options.target)
    return OK


def _corpus(options: argparse.Namespace) -> int:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from govbudget.dataset import corpus

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = _console(sys.stderr)
    with Progress(
        *columns, console=console, auto_refresh=False, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("corpus")
        made = corpus(
            options.paths,
            options.out,
            workers=options.workers,
            limits=_limits(options) if options.limit else None,
            progress=lambda done, total: bar.update(task, completed=done, total=total, refresh=True),
        )
    for name in made.failed:
        _complain(f"{name}: 未能读取，原因见 documents 表 (could not be read, see the table documents)")
    print(f"{made.files} 个文件，{made.contents} 份内容，本次读取 {made.read} 份，无法读取 {len(made.failed)} 个文件")
    print(f"{made.files} files, {made.contents} contents, {made.read} read now, {len(made.failed)} files not readable")
    print(made.out)
    return OK


def _subject(options: argparse.Namespace) -> int:
    from govbudget.classification import diff, split_code, subjects

    words = " ".join(options.words)
    if options.diff:
        changes = str(diff(*options.diff)).splitlines()
        found = [line for line in changes[1:] if line[2:].startswith(words) or (words in line and not words.isdigit())]
        print("\n".join([changes[0], *found]))
        if not found:
            _complain("没有这样的变化 (nothing of that kind changed)")
        return OK if found else FOUND
    if not words:
        options.parser.error("请给出编码或名称 (give a code or words)")
    catalogue = subjects(options.year) if options.year else subjects()
    code = split_code(words)
    if code is not None and not code[1]:
        return _show_code(catalogue, words)
    matches = catalogue.search(words)
    if not matches and words[0].isdigit():
        return _show_code(catalogue, words)
    for subject in matches:
        print(f"{subject.code:<9}  {subject.path}  {EVIDENCE[subject.status]}")
    if not matches:
        _complain(f"{catalogue.year}年目录中没有“{words}” (nothing is called so in the {catalogue.year} catalogue)")
    return OK if matches else FOUND


def _show_code(catalogue: Catalogue, code: str) -> int:
    try:
        subject = catalogue[code]
    except CodeError as error:
        _complain(error)
        return FOUND
    print(subject)
    for label, text in _properties(subject):
        if text:
            print(f"  {label}: {text}")
    return OK


def _properties(subject: Subject) -> Iterator[tuple[str, str]]:
    """What is known of a subject, with the label of each property."""
    yield "路径 path", subject.path
    yield "分类 classification", f"{subject.kind.chinese} {subject.kind}，{subject.level}"
    yield "预算 fund", "、".join(FUNDS[fund] for fund in subject.funds)
    yield "依据 evidence", " ".join((EVIDENCE[subject.status], *map(str, subject.seen)))
    yield "年版 edition", str(subject.year or "")
    yield "曾用名 former names", "、".join(subject.former_names)
    yield "其他写法 other wordings", "、".join(subject.aliases)
    yield "转自 came from", "、".join(subject.came_from)
    yield "并入 went to", "、".join(subject.went_to)
    there = (f"{other.subject}" + (f"（{other.body}）" if other.body else "") for other in subject.counterparts)
    yield "对照 counterparts", "、".join(there)
    yield "下级 below", "、".join(map(str, subject.children))


def _rule(options: argparse.Namespace) -> int:
    from govbudget.checks import rule_book
    from govbudget.checks.rules import selected

    code = (options.code or "").upper()
    rules = rule_book()
    for rule in rules:
        if rule.code == code:
            _explain(rule)
            return OK
    try:
        found = selected(rules, code, preview=True) if code else rules
    except RuleError as error:
        _complain(error)
        return FOUND
    for rule in found:
        print(f"{rule.code}  {rule.severity.chinese}  {rule.title}  {rule.name}")
    return OK


def _explain(rule: Rule) -> None:
    from govbudget.checks.rules import HEADINGS

    status = "试行 preview" if rule.status == "preview" else "正式 stable"
    print(f"{rule.code} {rule.title}")
    print(f"  {rule.name}")
    print(f"  {rule.severity.chinese} {rule.severity.value}，{status}，自 {rule.since} 版 since {rule.since}")
    if rule.summary:
        print(f"  {rule.summary}")
    for heading, text in rule.sections.items():
        print(f"  {HEADINGS[heading]} {heading}: {text}")


# ---------------------------------------------------------------- reading and printing


def _limits(options: argparse.Namespace) -> Limits:
    from govbudget.grids import Limits

    return Limits.of(*options.limit)


def _load(file: str, limits: Limits, narrative: str | None = None) -> Budget:
    """Read a file, and another with its prose; an error names each as the caller did."""
    from govbudget.reading import read

    book = _named(read, file, limits)
    return book if narrative is None else _named(book.with_narrative, narrative, limits)


def _load_forms(file: str, limits: Limits) -> Budget:
    """Read a file for what its forms hold; say so where it has none."""
    book = _load(file, limits)
    if not book.forms:
        _complain(f"{file}: 没有识别出任何预算表 (no form of a budget was recognised)")
    return book


def _named(reader: Callable[..., Budget], file: str, limits: Limits) -> Budget:
    try:
        return reader(file, limits=limits)
    except ReadError as error:
        raise ReadError(file, error.reason, error.place) from error
    except MissingExtraError as error:
        raise ReadError(file, str(error)) from error


def _console(stream: TextIO) -> Console:
    """A console as wide as the terminal; outside one, as wide as a page."""
    from rich.console import Console

    return Console(file=stream, width=None if stream.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH)


def _print(records: Records, kind: str) -> None:
    if kind == "json":
        _dump(list(records.texts()), sys.stdout)
        return
    sys.stdout.write(records.csv("\n"))


def _dump(records: Sequence[object], target: TextIO) -> None:
    json.dump(records, target, ensure_ascii=False, indent=1)
    target.write("\n")


@contextmanager
def _target(output: str | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    written = io.StringIO()
    yield written
    path = Path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    save(written.getvalue().encode("utf-8"), path)
    print(output)


@contextmanager
def _writing(output: str | None) -> Iterator[None]:
    """What goes wrong with an output is an error of ours; with the standard output it is the shell's."""
    try:
        yield
    except OSError as error:
        if output is None or isinstance(error, (BrokenPipeError, GovBudgetError)):
            raise
        raise WriteError(f"{output}: {refusal('写不出', 'cannot be written', error)}") from error


def _complain(error: object) -> None:
    print(f"govbudget: {error}", file=sys.stderr)
