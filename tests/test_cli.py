"""The command: what it prints, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from govbudget import __version__, read
from govbudget.checks import registered
from govbudget.classification import subjects
from govbudget.cli import FUNDS, main
from govbudget.interop.records import FACTS, INDICATORS, Column

FINDING_KEYS = [
    "document",
    "rule",
    "severity",
    "message",
    "form",
    "title",
    "sheet",
    "cell",
    "cells",
    "row",
    "column",
    "found",
    "expected",
    "difference",
]
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.fixture
def sound(demo_file: Path, tmp_path: Path) -> Path:
    """The demo without the forms whose indicators are wrong."""
    book = load_workbook(demo_file)
    for sheet in ("表6", "表7"):
        del book[sheet]
    path = tmp_path / "sound.xlsx"
    book.save(path)
    return path


@pytest.fixture
def unreadable(tmp_path: Path) -> dict[str, Path]:
    """Files that cannot be read, by what is wrong with them."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "nothing")
    contents = {
        "empty": b"",
        "broken": b"PK\x03\x04" + b"not a zip archive" * 20,
        "picture": PICTURE,
        "other": archive.getvalue(),
        "binary": bytes(range(256)) * 20,
    }
    paths = {name: tmp_path / f"{name}.xlsx" for name in contents}
    for name, data in contents.items():
        paths[name].write_bytes(data)
    paths["missing"] = tmp_path / "missing.xlsx"
    paths["folder"] = tmp_path
    return paths


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


# ---------------------------------------------------------------- check


def test_check_tells_findings_worst_first(demo_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", demo_file) == 1
    shown = capsys.readouterr().out
    assert "PRF001" in shown
    assert "表6!G22" in shown
    assert shown.index("PRF001") < shown.index("PRF002") < shown.index("SUM005")


def test_check_of_a_sound_budget(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", sound) == 0
    assert "PRF001" not in capsys.readouterr().out


def test_check_as_json(demo_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", demo_file, "--format", "json") == 1
    findings = json.loads(capsys.readouterr().out)
    assert [list(finding) for finding in findings] == [FINDING_KEYS] * len(findings)
    ranks = [("error", "warning", "info").index(finding["severity"]) for finding in findings]
    assert ranks == sorted(ranks)
    assert findings[0]["document"] == demo_file.name
    assert findings[0]["cells"][0] == {"sheet": findings[0]["sheet"], "cell": findings[0]["cell"]}


def test_check_as_html(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", demo_file, "--format", "html") == 1
    page = capsys.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    assert run("check", demo_file, "--format", "html", "--output", tmp_path / "a" / "report.html") == 1
    assert (tmp_path / "a" / "report.html").read_text(encoding="utf-8") == page


def test_check_of_several_files(
    demo_file: Path, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far = tmp_path / "一份名字很长的部门预算" / ("部门预算" * 20 + sound.suffix)
    far.parent.mkdir()
    far.write_bytes(sound.read_bytes())
    assert run("check", far, demo_file) == 1
    shown = capsys.readouterr().out
    assert shown.index(str(far)) < shown.index("PRF001")

    assert run("check", sound, demo_file, "--format", "json") == 1
    assert {finding["document"] for finding in json.loads(capsys.readouterr().out)} == {sound.name, demo_file.name}

    assert run("check", sound, demo_file, sound, "--format", "html") == 2
    assert "--output" in capsys.readouterr().err
    assert run("check", sound, demo_file, sound, "--format", "html", "--output", tmp_path / "pages") == 1
    pages = {path.name for path in (tmp_path / "pages").iterdir()}
    assert pages == {"sound.html", "sound-2.html", f"{demo_file.stem}.html"}


@pytest.mark.parametrize("kind", ["text", "json"])
def test_what_cannot_be_read_does_not_stop_the_others(
    kind: str, demo_file: Path, unreadable: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", unreadable["empty"], demo_file, "--format", kind) == 2
    shown = capsys.readouterr()
    assert "PRF001" in shown.out
    assert str(unreadable["empty"]) in shown.err


def test_a_workbook_without_a_form_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plain.xlsx"
    book = Workbook()
    book.active["A1"] = "会议通知"  # type: ignore[index]
    book.save(path)
    assert run("check", path) == 1
    assert "FRM001" in capsys.readouterr().out


def test_check_for_github(demo_file: Path, sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", demo_file, sound, "--format", "github", "--select", "PRF001") == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    for line in lines:
        assert line.startswith(f"::error file={demo_file},title=PRF001 绩效指标权重合计不对::表6!G")
    assert run("check", sound, "--format", "github", "--select", "PRF001") == 0
    assert capsys.readouterr().out == ""


def test_check_chooses_rules(demo_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", demo_file, "--select", "PRF,SUM001", "--select", "XTB", "--ignore", "PRF001") == 0
    shown = capsys.readouterr().out
    assert "PRF002" in shown
    assert "PRF001" not in shown
    assert run("check", demo_file, "--select", "NONE") == 2
    assert "XTB" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["text", "html", "json", "github"])
def test_check_sets_findings_aside(
    kind: str, demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / demo_file.name
    path.write_bytes(demo_file.read_bytes())
    entry = '[[suppress]]\nrule = "{}"\ndocument = "dazhou*"\nreason = "经核实属实"\n'
    beside = tmp_path / "govbudget.toml"
    beside.write_text(entry.format("PRF001") + entry.format("FRM003"), encoding="utf-8")
    assert run("check", path, "--format", kind) == 0
    shown = capsys.readouterr()
    if kind in {"text", "html"}:
        assert "经核实属实" in shown.out
    else:
        assert "PRF001" not in shown.out
        assert "已豁免 4 条" in shown.err
    assert f"{beside} line 5: FRM003 dazhou*" in shown.err

    other = tmp_path / "other.toml"
    other.write_text("")
    assert run("check", path, "--format", kind, "--suppressions", other) == 1
    assert capsys.readouterr().err == ""
    beside.write_text("[[suppress]]\n")
    assert run("check", path, "--format", kind) == 2
    assert f"{beside} line 1" in capsys.readouterr().err
    assert run("check", path, "--suppressions", tmp_path / "nonesuch.toml") == 2


def test_check_marks_the_workbook(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "marked.xlsx"
    assert run("check", demo_file, "--annotate", target) == 1
    comment = load_workbook(target)["表6"]["G22"].comment
    assert comment and "PRF001 错误 error 绩效指标权重合计不对" in comment.text
    assert "2 条发现没有对应的单元格" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("check", demo_file, demo_file, "--annotate", target)

    text = tmp_path / "budget.csv"
    text.write_text("部门收入总表,\n单位：万元,\n科目编码,合计\n", encoding="utf-8")
    assert run("check", text, "--annotate", target) == 2
    assert ".xlsx" in capsys.readouterr().err
    plain = tmp_path / "plain.xlsx"
    Workbook().save(plain)
    assert run("check", plain, "--annotate", target) == 1
    assert "1 条发现没有对应的单元格" in capsys.readouterr().err


def test_rule_explains_and_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rule", "sum001") == 0
    shown = capsys.readouterr().out
    for text in ("SUM001 合计不等于各资金来源之和", "total-is-not-its-sources", "错误 error", "容差 Tolerance: "):
        assert text in shown
    assert run("rule") == 0
    assert len(capsys.readouterr().out.splitlines()) == len(registered())
    assert run("rule", "XTB") == 0
    assert "XTB001  错误  同一预算数前后不一致" in capsys.readouterr().out
    assert run("rule", "NONE") == 1
    assert "XTB" in capsys.readouterr().err


# ---------------------------------------------------------------- what cannot be read or written


@pytest.mark.parametrize("command", ["check", "facts", "indicators", "read", "convert"])
@pytest.mark.parametrize("wrong", ["empty", "broken", "picture", "other", "binary", "missing", "folder"])
def test_unreadable_files(
    command: str, wrong: str, unreadable: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extra = [tmp_path / "out.xlsx"] if command == "convert" else []
    assert run(command, unreadable[wrong], *extra) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"govbudget: {unreadable[wrong]}: ")
    assert shown.err.count("\n") == 1


def test_a_format_whose_extra_is_missing(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "govbudget.grids.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "pdfplumber.table", None)
    page = tmp_path / "budget.pdf"
    page.write_bytes(b"%PDF-1.7 and more")
    assert run("check", page, demo_file) == 2
    shown = capsys.readouterr()
    assert "PRF001" in shown.out
    assert shown.err.startswith(f"govbudget: {page}: ")
    assert "govbudget[pdf]" in shown.err


def test_unwritable_output(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    inside = tmp_path / "file" / "below"
    for arguments in (
        ["check", demo_file, "--output", inside],
        ["convert", demo_file, inside],
        ["demo", "--output", inside],
    ):
        assert run(*arguments) == 2
        assert "file" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.parametrize(
    "command",
    [
        ["check", "FILE"],
        ["read", "FILE"],
        ["facts", "FILE"],
        ["indicators", "FILE"],
        ["claims", "FILE"],
        ["convert", "FILE", "OUT.xlsx"],
        ["narrative", "FILE", "OUT"],
    ],
    ids=lambda command: command[0],
)
def test_what_a_file_may_cost_can_be_said(
    command: list[str], sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = {"FILE": str(sound), "OUT.xlsx": str(tmp_path / "out.xlsx"), "OUT": str(tmp_path / "out.docx")}
    arguments = [named.get(one, one) for one in command]
    assert run(*arguments, "--limit", "size=10") == 2
    told = capsys.readouterr().err
    assert "size=10" in told and "--limit size=…" in told
    assert run(*arguments, "--limit", "size=10", "--limit", "size=1_000_000", "--limit", "cells=5,000") == 0
    assert run(*arguments, "--limit", "colour=10") == 2
    assert "cells、filled" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["nonesuch"], ["check"], ["subject"], ["check", "a.xlsx", "--format", "pdf"]]
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


# ---------------------------------------------------------------- facts, indicators, read, convert, demo


@pytest.mark.parametrize(("command", "columns"), [("facts", FACTS), ("indicators", INDICATORS)])
def test_tables(command: str, columns: tuple[Column, ...], demo_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, demo_file) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert run(command, demo_file, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == rows
    assert list(rows[0]) == [column.name for column in columns if column.published]
    book = read(demo_file)
    expected = len(book.facts) if command == "facts" else sum(len(one.target.indicators) for one in book.targets)
    assert len(rows) == expected


def test_read_tells_what_a_file_holds(demo_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", demo_file) == 0
    shown = capsys.readouterr().out
    for text in ("达州市政务服务管理局", "950.19", "部门支出总表", "万元", "空表"):
        assert text in shown


def test_read_tells_what_was_not_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stray.txt"
    path.write_text("".join(f"甲{row}\t{row}.00\t乙\n" for row in range(40)), encoding="utf-8")
    total = len(read(path).unread)
    assert total > 20
    assert run("read", path) == 0
    short = capsys.readouterr().out
    assert run("read", path, "--all") == 0
    whole = capsys.readouterr().out
    assert str(total) in short
    assert "--all" in short
    assert "甲39" not in short
    assert "甲39" in whole


def test_convert_writes_the_same_budget(demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.xlsx"
    assert run("convert", demo_file, target, "--family", "sichuan") == 0
    assert capsys.readouterr().out.strip() == str(target)
    assert read(target).facts == read(demo_file).facts
    assert run("convert", demo_file, target, "--family", "nonesuch") == 2
    assert "sichuan" in capsys.readouterr().err


def test_convert_tells_what_became_of_the_budget(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.xlsx"
    assert run("convert", demo_file, target, "--family", "chongqing") == 0
    shown = capsys.readouterr()
    assert shown.out.strip() == str(target)
    assert "推算" in shown.err and "没有位置" in shown.err
    assert run("convert", demo_file, target, "--family", "chongqing", "--all") == 0
    assert len(capsys.readouterr().err.splitlines()) > len(shown.err.splitlines())
    assert read(target).family == "chongqing"


def test_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("demo") == 0
    shown = capsys.readouterr().out
    written = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "out").iterdir())
    assert written == ["out/dazhou_2024.html", "out/dazhou_2024.xlsx", "out/dazhou_2024_chongqing.xlsx"]
    assert all(path in shown for path in written)


# ---------------------------------------------------------------- subject


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["2010301"], ["2010301 行政运行", "一般公共服务支出", "见于公开文件"]),
        (["201 03 01"], ["2010301 行政运行"]),
        (["30101"], ["50101", "50501"]),
        (["养老服务"], ["2081006", "社会福利 / 养老服务"]),
        (["2010"], ["20101", "2010103"]),
        (["21305", "--year", "2020"], ["21305 扶贫"]),
        (["--diff", "2023", "2024", "21305"], ["2023 → 2024", "巩固脱贫攻坚成果衔接乡村振兴"]),
    ],
)
def test_subject_finds(words: list[str], told: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("subject", *words) == 0
    shown = capsys.readouterr().out
    for text in told:
        assert text in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["2010399x"], "2010301"),
        (["2019987"], "20199"),
        (["nonesuch"], "nonesuch"),
    ],
)
def test_subject_does_not_find(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("subject", *words) == 1
    assert told in capsys.readouterr().err


def test_subject_without_an_edition(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("subject", "2010301", "--year", "1999") == 2
    assert "2019" in capsys.readouterr().err
    assert run("subject", "--diff", "2024", "2024") == 1
    assert "没有这样的变化" in capsys.readouterr().err


def test_a_subject_names_its_budgets_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for code, told in (("2010301", "一般公共预算 general"), ("20822", "政府性基金预算 government_fund")):
        assert run("subject", code) == 0
        assert told in capsys.readouterr().out
    assert set(FUNDS) >= {fund for subject in subjects() for fund in subject.funds}


@pytest.mark.parametrize("command", ["facts", "indicators", "narrative", "convert"])
def test_a_file_without_forms_is_told(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = tmp_path / "words.txt"
    words.write_text("通知：各单位请按时报送。", encoding="utf-8")
    more: dict[str, list[object]] = {
        "narrative": [tmp_path / "out.txt"],
        "convert": [tmp_path / "out.xlsx", "--family", "hubei"],
    }
    assert run(command, words, *more.get(command, [])) == 0
    assert f"{words}: 没有识别出任何预算表" in capsys.readouterr().err


def test_an_output_is_named_when_it_is_written(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report.html"
    assert run("check", demo_file, "--format", "html", "--output", target) == 1
    assert capsys.readouterr().out == f"{target}\n"


def test_rules_that_are_named_by_nothing_check_nothing_and_are_refused(
    demo_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for nothing in ("", " , "):
        assert run("check", demo_file, "--select", nothing) == 2
        assert "没有写规则代码" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["read", "nonesuch.xlsx"], "nonesuch.xlsx: 文件打不开：没有这个文件或文件夹 ("),
        (["read", "FOLDER"], ": 文件打不开：这是文件夹，不是文件 ("),
        (["check", "FILE", "--suppressions", "nonesuch.toml"], "豁免文件打不开：没有这个文件或文件夹 ("),
        (["check", "FILE", "--suppressions", "FILE"], "豁免文件不是 UTF-8 文本 ("),
        (["check", "FILE", "--subjects", "nonesuch.xlsx"], "nonesuch.xlsx: 文件打不开：没有这个文件或文件夹 ("),
        (["check", "FILE", "--output", "FOLDER"], ": 写不出：这是文件夹，不是文件 ("),
        (["convert", "FILE", "FOLDER/nonesuch/out.xlsx"], "out.xlsx: 写不出：没有这个文件或文件夹 ("),
        (["convert", "FILE", "out.pdf"], "out.pdf: 工作簿只写 .xlsx ("),
        (["check", "FILE", "--annotate", "out.docx"], "out.docx: 工作簿只写 .xlsx ("),
        (["template", "sichuan", "out.xls"], "out.xls: 工作簿只写 .xlsx ("),
        (["template", "sichuan", "out.xlsx", "--year", "26"], "year 须在 2000 到 2099 之间，不能是 26 ("),
    ],
)
def test_what_the_system_refuses_is_told_in_chinese_first(
    arguments: list[str], told: str, demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = [one.replace("FILE", str(demo_file)).replace("FOLDER", str(tmp_path)) for one in arguments]
    assert run(*named) == 2
    said = capsys.readouterr().err
    assert told in said and ".tmp" not in said


# ---------------------------------------------------------------- the command as a whole


def test_help_is_chinese_first(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["check", "--help"], ["subject", "--help"]):
        with pytest.raises(SystemExit) as stopped:
            run(*arguments)
        assert stopped.value.code == 0
        assert "选项 options" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonesuch"], "COMMAND 不能是 "),
        (["check"], "缺少参数 FILE "),
        (["facts", "x", "--format", "html"], "--format 不能是 "),
        (["facts", "x", "--limit"], "--limit 后面缺少内容 "),
        (["subject", "--diff", "2024"], "--diff 后面缺少内容 "),
        (["template", "sichuan", "x.xlsx", "--year", "some"], "--year 须是整数，不能是 'some' "),
        (["read", "x", "--nonesuch"], "没有这样的参数：--nonesuch "),
        (["check", "x", "--su", "x"], "--su 不明确"),
        (["check", "x", "--preview=1"], "--preview 后面不能有 "),
    ],
)
def test_a_wrong_call_is_told_in_chinese_first(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    usage, *_, said = capsys.readouterr().err.splitlines()
    assert usage.startswith("用法 usage: govbudget")
    assert f": {told}" in said and said.endswith(")")


def test_both_ways_of_calling_are_the_same(demo_file: Path) -> None:
    command = Path(sys.executable).with_name("govbudget")
    if not command.exists():
        pytest.skip("the command is not installed beside this Python")
    for arguments in (["--version"], ["facts", str(demo_file)], ["check", str(demo_file)]):
        runs = [
            subprocess.run([*start, *arguments], capture_output=True, check=False)
            for start in ([sys.executable, "-m", "govbudget"], [str(command)])
        ]
        assert runs[0].stdout == runs[1].stdout != b""
        assert runs[0].returncode == runs[1].returncode


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("--version")
    assert stopped.value.code == 0
    assert capsys.readouterr().out.strip() == f"govbudget {__version__}"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
def test_a_reader_that_goes_away_is_no_error(demo_file: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "govbudget", "facts", str(demo_file), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert started.stdout and started.stderr
    started.stdout.readline()
    started.stdout.close()
    complaint = started.stderr.read()
    started.stderr.close()
    assert started.wait() == 0
    assert complaint == b""


def test_check_takes_the_official_table_of_subjects(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "subjects.csv"
    table.write_text("科目编码,科目名称\n2010301,机关运行\n", encoding="utf-8")
    run("check", demo_file, "--select", "CLS")
    assert "CLS002" not in capsys.readouterr().out
    run("check", demo_file, "--select", "CLS", "--subjects", table)
    assert "CLS002" in capsys.readouterr().out


# ---------------------------------------------------------------- template


def test_template_writes_a_blank_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "blank.xlsx"
    sizes = ["--rows", "3", "--indicators", "2", "--projects", "1"]
    assert run("template", "hubei", target, "--year", "2026", "--agency", "某县数据局", *sizes) == 0
    assert capsys.readouterr().out.strip() == str(target)
    book = read(target)
    assert (book.family, book.year, book.facts) == ("hubei", 2026, ())
    assert book.agency is not None and book.agency.name == "某县数据局"


@pytest.mark.parametrize("arguments", [["nonesuch"], ["sichuan", "--rows", "0"]])
def test_a_template_that_cannot_be_writes_nothing(arguments: list[str], tmp_path: Path) -> None:
    family, *options = arguments
    assert run("template", family, tmp_path / "blank.xlsx", *options) == 2
    assert list(tmp_path.iterdir()) == []
