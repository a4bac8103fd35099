"""The words on the command line: claims, narrative, check --narrative, and the annotated workbook."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from tests.narrative.documents import FORMS, SICHUAN

import govbudget as gb
from govbudget.cli import main

WRONG = "一、支出情况\n\n达州市政务服务管理局2024年项目支出443.55万元。"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(one) for one in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_claims_lists_every_figure_and_tells_the_shares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "budget.txt"
    path.write_text(f"{SICHUAN}\n\n{FORMS}", encoding="utf-8")
    code, out, err = run(capsys, "claims", path)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert len(rows) == len(gb.read(path).claims())
    row = next(row for row in rows if row["text"] == "62.22%")
    assert (row["kind"], row["what"], row["nature"], row["verdict"], row["law"], row["amount"], row["unit"]) == (
        "share",
        "基本支出",
        "basic",
        "right",
        "share",
        "62.22",
        "%",
    )
    assert "已绑定 bound 48 (100.0%)" in err
    code, out, _ = run(capsys, "claims", path, "--format", "json")
    assert [one["text"] for one in json.loads(out)] == [row["text"] for row in rows]


def test_check_holds_another_document_against_the_workbook(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, marked = tmp_path / "words.txt", tmp_path / "marked.xlsx"
    words.write_text(WRONG, encoding="utf-8")
    arguments = (
        "check",
        demo_file,
        "--narrative",
        words,
        "--select",
        "NAR001",
        "--format",
        "json",
        "--annotate",
        marked,
    )
    code, out, _ = run(capsys, *arguments)
    (finding,) = json.loads(out)
    assert code == 1
    assert (finding["sheet"], finding["cell"], finding["cells"][1]) == (
        "words.txt",
        "A3",
        {"sheet": "表1-2", "cell": "H6"},
    )
    comment = openpyxl.load_workbook(marked)["表1-2"]["H6"].comment
    assert comment is not None
    assert "正文 the words: 达州市政务服务管理局2024年项目支出443.55万元。" in comment.text
    code, _, err = run(capsys, "check", demo_file, "--narrative", tmp_path / "none.txt")
    assert code == 2
    assert "none.txt" in err


def test_the_narrative_of_several_files_is_refused(demo_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(capsys, "check", demo_file, demo_file, "--narrative", demo_file)
    assert "--narrative takes one file" in capsys.readouterr().err


def test_narrative_writes_what_claims_bear_out(
    demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out" / "说明.docx"
    code, out, _ = run(capsys, "narrative", demo_file, target, "--family", "chongqing", "--prior", demo_file)
    assert (code, out.strip()) == (0, str(target))
    code, _, err = run(capsys, "claims", demo_file, "--narrative", target)
    assert code == 0
    assert "不符 wrong 0 (0.0%)" in err
    assert "未绑定 unbound 0 (0.0%)" in err
    code, _, err = run(capsys, "narrative", demo_file, tmp_path / "说明.pdf")
    assert code == 2
    assert ".docx" in err
