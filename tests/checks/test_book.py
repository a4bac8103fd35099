"""The rule book as a whole: codes, documentation, selection, suppressions, rules of users and of plug-ins."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scripts import script

import govbudget as gb
from govbudget.checks import (
    Context,
    Finding,
    Outcome,
    Rule,
    Severity,
    Skipped,
    Status,
    Suppression,
    check,
    load_suppressions,
    registered,
)
from govbudget.checks import rule as declare
from govbudget.checks.rules import HEADINGS, find_rule, plugins, rule_book, selected
from govbudget.demo import demo_budget

CHINESE = re.compile("[\u4e00-\u9fff]")
CODES = [one.code for one in registered()]
OWN = {"OWN001", "OWN002"}
PLUGIN = """
from govbudget.checks import rule

@rule("ZZZ002", "trial", "插件试行规则", "error", "试行", "on trial", status="preview")
def trial(context):
    yield trial.finding()

@rule("ZZZ001", "{name}", "插件规则", "info", "{{count}} 个数", "{{count}} facts")
def facts(context):
    yield facts.finding(count=len(context.book.facts))

RULES = [facts, trial]
NOTHING = 3
"""


@pytest.fixture(scope="module")
def book() -> gb.Budget:
    return demo_budget()


@declare("OWN001", "small-amount", "金额过小", Severity.WARNING, "“{row}”只有 {found}{unit}", "{row}: only {found}")
def small(context: Context) -> Iterator[Finding | Skipped]:
    """An amount is small.

    Why: it
        is.
    """
    for fact in context.book.facts:
        if 0 < fact.amount < 1:
            yield small.finding(fact)


@declare("OWN002", "trial", "试行规则", "info", "试行", "on trial", status="preview", since="9.9")
def trial(context: Context) -> Iterator[Finding | Skipped]:
    yield trial.finding(places=[gb.Place("表1", "A1")], severity=Severity.ERROR)


# ---------------------------------------------------------------- the book


@pytest.mark.parametrize("one", registered(), ids=CODES)
def test_every_rule_is_documented_under_the_same_headings(one: Rule) -> None:
    assert tuple(one.sections) == tuple(HEADINGS)
    assert all(one.sections.values())
    assert one.summary and not one.summary.endswith(":")
    assert one.status in {"stable", "preview"}


def test_the_page_of_the_rules_is_current(root: Path) -> None:
    page = (root / "docs/rules/index.md").read_text(encoding="utf-8")
    assert page == script("build_rules").page(registered()), "run python tools/build_rules.py"


@pytest.mark.parametrize("one", registered(), ids=CODES)
def test_english_messages_hold_no_chinese_of_their_own(one: Rule) -> None:
    """What stands in for an argument may be a name of the document; the words around it are English."""
    assert not CHINESE.search(one.message.en.replace("万元", ""))
    assert CHINESE.search(one.message.zh) and CHINESE.search(one.title)
    arguments = [set(re.findall(r"{(\w+)}", text)) for text in (one.message.zh, one.message.en)]
    assert {name.removesuffix("_en") for name in arguments[1]} <= {*arguments[0], "indicators", "target"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"code": "sum1"}, "SUM001"),
        ({"name": "Small Amount"}, "total-is-not-its-parts"),
        ({"severity": "fatal"}, "warning"),
        ({"status": "beta"}, "preview"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(wrong: dict[str, str], told: str) -> None:
    sound = {"code": "OWN003", "name": "small", "title": "小", "severity": "info", "zh": "小", "en": "small"}
    with pytest.raises(gb.RuleError, match=told):
        declare(**{**sound, **wrong})(lambda context: iter(()))


# ---------------------------------------------------------------- selection


@given(st.sets(st.sampled_from([*CODES, "SUM", "PRF", "X"])), st.sets(st.sampled_from([*CODES, "XTB", "FRM"])))
def test_selection_is_by_the_beginning_of_codes(wanted: set[str], unwanted: set[str]) -> None:
    found = {one.code for one in selected(registered(), wanted, unwanted)}
    expected = {code for code in CODES if code.startswith(tuple(wanted)) and not code.startswith(tuple(unwanted))}
    assert found == expected


def test_what_is_not_selected_does_not_run(book: gb.Budget) -> None:
    report = book.check(select="sum, PRF001", ignore=["SUM004"])
    ran = {outcome.rule for outcome in report.outcomes}
    assert "PRF001" in ran and "SUM005" in ran
    assert not {"SUM004", "PRF002", "XTB001"} & ran
    assert {finding.rule for finding in report} <= ran


@pytest.mark.parametrize("wrong", ["SUMM", "SUM999", "总计"])
def test_a_code_that_no_rule_has_is_refused_with_those_there_are(book: gb.Budget, wrong: str) -> None:
    for arguments in ({"select": wrong}, {"ignore": [wrong]}):
        with pytest.raises(gb.RuleError, match="XTB"):
            book.check(**arguments)
    with pytest.raises(ValueError, match="SUM"):
        find_rule(wrong, registered())
    assert find_rule("sum001", registered()).code == "SUM001"


def test_a_rule_on_trial_runs_only_where_it_is_asked_for(book: gb.Budget) -> None:
    """An upgrade must not bring errors of a rule that was not there: the beginning of its code does not bring it."""
    rules = (small, trial)

    def ran(**asked: Any) -> set[str]:
        return {outcome.rule for outcome in check(book, rules=rules, **asked).outcomes if outcome.rule in OWN}

    assert ran() == ran(select="OWN") == ran(preview=True, ignore="OWN002") == {"OWN001"}
    assert ran(preview=True) == ran(select="OWN", preview=True) == ran(select="own001,own002") == OWN
    assert ran(select="OWN002") == {"OWN002"}
    report = check(book, rules=rules, select="OWN002")
    assert [(one.rule, one.severity, str(one.places[0])) for one in report] == [("OWN002", Severity.ERROR, "表1!A1")]
    assert (trial.since, trial.sections, trial.summary) == ("9.9", {}, "")


# ---------------------------------------------------------------- suppressions


def test_what_is_set_aside_stays_with_its_reason(book: gb.Budget) -> None:
    whole = book.check()
    first = whole.errors[0]
    entry = Suppression(first.rule, "*.xlsx", "已核实", first.places[0].sheet, first.places[0].cell)
    report = book.check(suppressions=[entry])
    assert first not in report.findings
    assert [(one.finding, one.reason) for one in report.suppressed] == [(first, "已核实")]
    assert len(report) + 1 == len(whole)
    (outcome,) = [one for one in report.outcomes if one.rule == first.rule]
    assert outcome.suppressed == 1
    for one in report.outcomes:
        assert one.findings == sum(finding.rule == one.rule for finding in report)
    everything = [Suppression(code, "*", "演示") for code in {finding.rule for finding in whole}]
    quiet = book.check(suppressions=everything)
    assert quiet.ok and not quiet.findings and len(quiet.suppressed) == len(whole)
    assert {one.status.value for one in quiet.outcomes if one.suppressed} == {"warn"}


def test_an_entry_that_sets_nothing_aside_is_told_where_it_could_have(book: gb.Budget) -> None:
    stale = Suppression("SUM001", "dazhou_*", "旧", cell="ZZ9")
    foreign = Suppression("SUM001", "elsewhere.xlsx", "旧")
    assert book.check(suppressions=[stale, foreign]).unused == (stale,)
    assert book.check(select="PRF", suppressions=[stale]).unused == ()
    with pytest.raises(gb.RuleError, match="SUM"):
        book.check(suppressions=[Suppression("SUM099", "*", "无")])


def test_a_suppressions_file(tmp_path: Path, book: gb.Budget) -> None:
    path = tmp_path / "govbudget.toml"
    path.write_text(
        '\ufeff# 注\n[[suppress]]\nrule = "PRF001"\ndocument = "dazhou*"\nreason = "已核实"\n', encoding="utf-8"
    )
    (entry,) = load_suppressions(path)
    assert entry.origin == f"{path} line 2"
    assert book.check(suppressions=path).ok
    path.write_text("")
    assert load_suppressions(path) == ()


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("[[suppress]\n", "line 1", "TOML"),
        ("[[supress]]\n", "", "supress"),
        ("suppress = 3\n", "", "suppress"),
        ('\n[[suppress]]\nrule = "SUM001"\nreason = "x"\n', "line 2", "缺少 document"),
        ('[[suppress]]\nrule = "SUM001"\ndocument = "*"\nreason = " "\n', "line 1", "reason"),
        ('[[suppress]]\nrule = "SUM001"\ndocument = "*"\nreason = "x"\ncell = "7G"\n', "line 1", "G22"),
        ('[[suppress]]\nrule = "SUM001"\ndocument = "*"\nreason = "x"\nsheet = 3\n', "line 1", "sheet"),
        ('[[suppress]]\nrule = "SUM001"\ndocument = "*"\nreason = "x"\ncel = "G7"\n', "line 1", "cel"),
        ('suppress = [{ rule = "SUM001", document = "*" }]\n', "entry 1", "缺少 reason"),
    ],
)
def test_a_suppressions_file_that_is_wrong_names_the_line(tmp_path: Path, text: str, place: str, told: str) -> None:
    path = tmp_path / "govbudget.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(gb.ReadError, match=told) as caught:
        load_suppressions(path)
    assert (caught.value.file, caught.value.place.split(",")[0]) == (str(path), place)


def test_two_entries_are_one_wherever_they_stand(tmp_path: Path) -> None:
    for name, before in (("a.toml", ""), ("b.toml", "\n\n")):
        entry = '[[suppress]]\nrule = "SUM001"\ndocument = "*"\nreason = "已核实"\n'
        (tmp_path / name).write_text(before + entry, encoding="utf-8")
    assert load_suppressions(tmp_path / "a.toml") == load_suppressions(tmp_path / "b.toml")


def test_a_suppressions_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(gb.ReadError, match="nonesuch"):
        load_suppressions(tmp_path / "nonesuch.toml")


def test_a_report_is_shown_in_a_line(book: gb.Budget) -> None:
    report = book.check(select="PRF001")
    assert (len(report), repr(report)) == (4, "<Report not ok: 4 error, 0 warning, 0 info>")
    assert repr(book.check(select="BAL001")) == "<Report ok: 0 error, 0 warning, 0 info>"
    assert Outcome("SUM001", Status.PASS) == Outcome("SUM001", Status.PASS, 0, (), "", 0)


# ---------------------------------------------------------------- rules of users and of plug-ins


def test_a_rule_of_a_user_runs_where_it_is_given_and_only_there(book: gb.Budget) -> None:
    report = check(book, rules=[small])
    found = [finding for finding in report if finding.rule == "OWN001"]
    assert found
    for finding in found:
        (fact,) = [one for one in book.facts if one.place == finding.places[0] and one.form == finding.form]
        assert (finding.row, finding.column, finding.found) == (fact.name, fact.column, fact.amount)
        assert str(fact.amount) in finding.message and str(fact.amount) in finding.english
    assert [one.title for one in report.outcomes if one.rule == "OWN001"] == ["金额过小"]
    assert "OWN001" not in {outcome.rule for outcome in book.check().outcomes}
    assert small.section("Why") == "it is."
    assert small.section("Source") == ""


def test_two_rules_with_one_code_and_what_is_no_rule_are_refused(book: gb.Budget) -> None:
    other = declare("SUM001", "other", "另一条", "info", "另", "other")(lambda context: iter(()))
    with pytest.raises(gb.RuleError, match="SUM001"):
        check(book, rules=[other])
    with pytest.raises(gb.RuleError, match="@rule"):
        check(book, rules=[len])  # type: ignore[list-item]


def test_a_rule_that_crashes_is_not_hidden(book: gb.Budget) -> None:
    def crash(context: Context) -> Iterator[Finding | Skipped]:
        raise ZeroDivisionError
        yield

    broken = declare("OWN009", "broken", "坏规则", "info", "坏", "broken")(crash)
    with pytest.raises(ZeroDivisionError):
        check(book, rules=[broken])


def test_rules_of_an_installed_package_run_everywhere(tmp_path: Path, demo_file: Path) -> None:
    (tmp_path / "city_rules.py").write_text(PLUGIN.format(name="facts"), encoding="utf-8")
    info = tmp_path / "city_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: city-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[govbudget.rules]\ncity = city_rules:RULES\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.stdout.reconfigure(encoding='utf-8')\n"
        f"import govbudget as gb; print(*gb.read({str(demo_file)!r}).check(select='ZZZ'))\n"
        f"from govbudget.cli import main; main(['rule', 'ZZZ001']); main(['rule', 'zzz'])\n"
        f"main(['check', {str(demo_file)!r}, '--select', 'ZZZ', '--preview', '--format', 'github'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode().splitlines()
    assert re.fullmatch("ZZZ001 提示 [0-9]+ 个数", shown[0])
    assert shown[1] == "ZZZ001 插件规则"
    listed = [line.split()[0] for line in shown if re.match("ZZZ00[12]  ", line)]
    assert listed == ["ZZZ001", "ZZZ002"]
    assert [line.partition("title=")[2][:6] for line in shown[-2:]] == ["ZZZ002", "ZZZ001"]


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[metadata.EntryPoint]]:
    """The entry points that are found."""
    points: list[metadata.EntryPoint] = []
    (tmp_path / "town_rules.py").write_text(PLUGIN.format(name="town-facts"), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(metadata, "entry_points", lambda group: points)
    plugins.cache_clear()
    yield points
    plugins.cache_clear()


def test_a_plug_in_may_be_one_rule(plugged: list[metadata.EntryPoint]) -> None:
    plugged.append(metadata.EntryPoint("town", "town_rules:facts", "govbudget.rules"))
    assert [one.code for one in rule_book()][-1] == "ZZZ001"


@pytest.mark.parametrize("value", ["nonesuch_rules:RULES", "town_rules:NOTHING", "town_rules:__name__"])
def test_a_plug_in_that_brings_no_rules_is_named(plugged: list[metadata.EntryPoint], value: str) -> None:
    plugged.append(metadata.EntryPoint("town", value, "govbudget.rules"))
    with pytest.raises(gb.RuleError, match=f"town = {value}"):
        rule_book()
