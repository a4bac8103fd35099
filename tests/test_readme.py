"""The READMEs, the documentation and the examples: everything runs and gives what is shown, in both languages."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from govbudget.cli import main

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
PAGES = (*READMES, "docs/index.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")
ANYTHING = "…"


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[tuple[str, str]]:
    return BLOCK.findall(text_of(page))


def commands(page: str) -> list[tuple[str, list[str]]]:
    """The commands of the console blocks, with the lines they are said to print."""
    found: list[tuple[str, list[str]]] = []
    for kind, block in blocks(page):
        for line in block.splitlines() if kind == "console" else ():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def agrees(printed: list[str], shown: list[str]) -> bool:
    """Whether *printed* is what *shown* says, with … for any number of lines, or for anything in a line."""
    if not shown:
        return not printed
    if shown[0] == ANYTHING:
        return any(agrees(printed[start:], shown[1:]) for start in range(len(printed) + 1))
    line = ".*".join(map(re.escape, shown[0].split(ANYTHING)))
    return bool(printed) and re.fullmatch(line, printed[0]) is not None and agrees(printed[1:], shown[1:])


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("page", READMES)
def test_every_command_prints_what_is_shown(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    shown = commands(page)
    assert shown
    for command, expected in shown:
        program, *arguments = shlex.split(command)
        assert program == "govbudget"
        assert main(arguments) == (1 if arguments[0] == "check" else 0), command
        printed = capsys.readouterr().out
        assert agrees(lines(printed), lines("\n".join(expected))), f"{command} prints\n{printed}"


@pytest.mark.parametrize("page", READMES)
def test_every_block_of_python_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    names: dict[str, Any] = {}
    runner = doctest.DocTestRunner(verbose=False)
    for number, (kind, block) in enumerate(blocks(page)):
        if kind != "python":
            continue
        if ">>>" not in block:
            exec(compile(block, f"{page} block {number}", "exec"), names)
            continue
        test = doctest.DocTestParser().get_doctest(block, names, f"{page} block {number}", page, 0)
        told: list[str] = []
        result = runner.run(test, out=told.append, clear_globs=False)
        names.update(test.globs)
        assert result.failed == 0, "".join(told)


@pytest.mark.parametrize("page", PAGES)
def test_no_block_is_of_a_kind_that_nobody_runs(page: str) -> None:
    targets = set(re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE))
    for kind, block in blocks(page):
        assert kind in {"python", "console", "sh"}, block
        for line in block.splitlines() if kind == "sh" else ():
            program, target = line.split()
            assert program == "make"
            assert target in targets


def test_both_languages_show_the_same() -> None:
    for one, other in zip_longest(*map(blocks, READMES)):
        assert one == other


def test_the_five_lines_are_five() -> None:
    first = next(block for kind, block in blocks("README.md") if kind == "python")
    assert len([line for line in first.splitlines() if line.strip()]) <= 5


def test_both_languages_name_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    known = set(re.findall(r"^    ([a-z]+)\b", capsys.readouterr().out, re.MULTILINE))
    assert {"demo", "check", "read", "facts", "indicators", "convert", "corpus", "subject"} <= known
    for page in READMES:
        assert {shlex.split(command)[1] for command, _ in commands(page)} == known, page


@pytest.mark.parametrize("page", (*PAGES, "CONTRIBUTING.md"))
def test_links_lead_somewhere(page: str) -> None:
    for link in LINK.findall(text_of(page)):
        assert ((ROOT / page).parent / link).exists(), link


def run_example(name: str, argument: Path) -> tuple[int, str]:
    script = ROOT / "examples" / name
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, str(script), str(argument)], capture_output=True, check=False, env=environment
    )
    assert not done.stderr
    return done.returncode, done.stdout.decode("utf-8")


def test_every_example_runs(tmp_path: Path) -> None:
    assert main(["demo", "--output", str(tmp_path)]) == 0
    (tmp_path / "empty.xlsx").touch()
    code, told = run_example("check_folder.py", tmp_path)
    assert code == 1
    assert "✗ empty.xlsx" in told
    assert told.count("PRF001") == 8  # four in each of the two workbooks
    code, told = run_example("by_function.py", tmp_path / "dazhou_2024.xlsx")
    assert code == 0
    assert "834.39  201 一般公共服务支出" in told
    for name, amount in (("tongnan_2024", "1,979.58"), ("zengdu_2024", "412.84")):
        code, told = run_example("by_function.py", ROOT / "examples" / "data" / f"{name}.xlsx")
        assert (code, told.count("\n")) == (0, 4)
        assert f"{amount}  201 一般公共服务支出" in told
    assert {path.name for path in (ROOT / "examples").glob("*.py")} == {"check_folder.py", "by_function.py"}
