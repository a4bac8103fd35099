"""The report in a terminal, as JSON and line by line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from govbudget.checks import Finding, Message, Report, Severity, Suppressed, Suppression
from govbudget.errors import MissingExtraError
from govbudget.model import Budget
from govbudget.report import print_report, print_summary, to_github, to_html, to_json, to_lines
from govbudget.report.wrapping import wrap

KEYS = [
    *("document", "rule", "severity", "message", "form", "title", "sheet", "cell", "cells", "row", "column"),
    *("found", "expected", "difference"),
]


def printed(report: Report, width: int, *, terminal: bool = False, english: bool = True) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=terminal, color_system="standard" if terminal else None)
    print_summary(report.book, console)
    print_report(report, console, english=english)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_fits_and_leaves_nothing_out(report: Report, width: int) -> None:
    text = printed(report, width)
    assert "\x1b" not in text
    assert all(cell_len(line) <= width for line in text.splitlines())
    bare = "".join(text.split())
    for finding in report.findings:
        assert finding.rule in text
        assert finding.severity.chinese in text
        assert all(piece in bare for piece in finding.message.split()) or width == 40
    assert "基金表为空表" in bare
    assert "示例市数据局" in text
    assert "1,280.56 万元" in text
    assert "…" not in text


def test_worst_first_and_coloured(report: Report) -> None:
    text = printed(report, 100, terminal=True)
    assert "\x1b[1;31m错误" in text
    assert text.index("SUM001") < text.index("PRF002") < text.index("FRM005")


def test_wide_terminals_show_the_values(report: Report) -> None:
    assert "-7.77" in printed(report, 160)
    assert "the total" not in printed(report, 160, english=False)


def test_long_messages_wrap(book: Budget) -> None:
    message = "部门整体支出绩效目标表中的年度指标值与计量单位不一致，" * 6
    finding = Finding("PRF009", Severity.WARNING, Message(message, "x"), found="很长的文字" * 10)
    for width in (80, 160):
        text = printed(Report(book, (finding,)), width)
        assert text.count("年度指标值") + text.count("部门整体支出") >= 6
        assert all(cell_len(line) <= width for line in text.splitlines())


def test_markup_in_texts_is_no_markup(book: Budget) -> None:
    named = attrs.evolve(book, agency=None, source="[red]a[/red].xlsx")
    text = printed(Report(named, (Finding("[b]X1", Severity.INFO, Message("[bold]合计[/]", "")),)), 80)
    assert "[red]a[/red].xlsx" in text
    assert "[bold]合计[/]" in text
    assert "[b]X1" in text


def test_no_escape_sequence_gets_through(book: Budget) -> None:
    finding = Finding("X1", Severity.INFO, Message("\x1b[31m红\x07", ""), row="\x1b]0;x")
    report = Report(attrs.evolve(book, agency=None, source="\x1b[2J"), (finding,))
    for width in (80, 160):
        assert "\x1b" not in printed(report, width)
    assert "\x1b" not in to_lines(report)


def test_nothing_at_all() -> None:
    text = printed(Report(Budget()), 80)
    assert "未发现问题" in text


@given(st.text(alphabet=st.sampled_from("预算支出，。（）“”、ab1 2.5%-€"), max_size=80), st.integers(2, 40))
def test_wrapping_keeps_every_character(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


def test_wrapping_keeps_marks_and_numbers_whole() -> None:
    for width in range(16, 60):
        for line in wrap("合计 1,280.56 不等于“基本支出”与“项目支出”之和（1,288.33），相差 7.77 万元。", width):
            assert line[0] not in "，。）”"
            assert line[-1] not in "（“"
            assert not line.endswith(("1,", "1,28", "7."))


def test_json_has_the_keys_of_the_contract(report: Report) -> None:
    records = json.loads(to_json(report))
    assert len(records) == len(report)
    assert all(list(record) == KEYS for record in records)
    first = records[0]
    assert (first["sheet"], first["cell"], first["severity"]) == ("表1-2", "C6", "error")
    assert (first["found"], first["expected"], first["difference"]) == ("1280.56", "1288.33", "-7.77")
    assert first["cells"][2] == {"sheet": "表1-2", "cell": "E6"}


def test_json_writes_plain_digits(book: Budget) -> None:
    finding = Finding("X", Severity.INFO, Message("a", "b"), difference=Decimal("0E-8"), found=Decimal("1E+3"))
    (record,) = json.loads(to_json(Report(book, (finding,))))
    assert (record["difference"], record["found"], record["expected"]) == ("0.00000000", "1000", "")


def test_lines(report: Report) -> None:
    lines = to_lines(report).splitlines()
    assert lines[0] == "示例.xlsx: 表1-2!C6: SUM001 error 合计 1280.56 不等于各项之和 1288.33"
    assert lines[-1] == "示例.xlsx: -: FRM005 info 没有年度"
    assert to_lines(Report(Budget())) == ""


def test_lines_for_github(report: Report) -> None:
    lines = to_github(report, "a,b:50%.xlsx").splitlines()
    assert len(lines) == len(report)
    assert lines[0].startswith(
        "::error file=a%2Cb%3A50%25.xlsx,title=SUM001 合计不等于各资金来源之和::表1-2!C6: SUM001 "
    )
    assert lines[0].endswith("the total 1280.56 is not the sum 1288.33")
    assert lines[-1].startswith("::notice file=a%2Cb")
    assert "::-: FRM005 没有年度" in lines[-1]


def test_what_was_set_aside_is_shown_with_its_reason(report: Report) -> None:
    entry = Suppression("SUM001", "*", "舍入所致，<已核实>")
    first, *others = report.findings
    placeless = attrs.evolve(first, places=())
    aside = (Suppressed(first, entry), Suppressed(placeless, entry))
    quiet = attrs.evolve(report, findings=tuple(others), suppressed=aside)
    for width in (80, 160):
        text = printed(quiet, width)
        assert "已豁免 2 条" in text
        assert "理由：舍入所致，<已核实>" in text
        assert all(cell_len(line) <= width for line in text.splitlines())
    page = to_html(quiet)
    assert 'id="suppressed"' in page
    assert "舍入所致，&lt;已核实&gt;" in page
    assert 'id="suppressed"' not in to_html(report)


def test_a_frame_of_findings(report: Report) -> None:
    pytest.importorskip("pandas")
    frame = report.to_pandas()
    assert list(frame.columns) == KEYS
    assert len(frame) == len(report)
    assert frame["difference"][0] == Decimal("-7.77")
    assert isinstance(frame["found"][0], Decimal)
    assert frame["cells"][0] == ["表1-2!C6", "表1-2!D6", "表1-2!E6", "表1-2!F6"]
    assert frame["found"][1] is None
    assert list(Report(Budget()).to_pandas().columns) == KEYS


def test_a_frame_without_pandas_says_what_to_install(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"govbudget\[pandas\]"):
        report.to_pandas()


def test_a_line_is_one_line(book: Budget) -> None:
    finding = Finding("X1", Severity.INFO, Message("上\n下\u2028末", ""))
    assert to_lines(Report(book, (finding,))) == "示例.xlsx: -: X1 info 上 下 末"


def test_rich_is_imported_for_the_terminal_only() -> None:
    code = "import sys; from govbudget.report import to_html, to_json, to_lines; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
