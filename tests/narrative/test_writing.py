"""The narrative from the facts: every figure is one of them, and every changed figure is found."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.narrative.documents import book

import govbudget as gb
from govbudget.checks import Judged, Verdict
from govbudget.narrative import ClaimKind
from govbudget.strategies import balanced_budgets


def last_year(budget: gb.Budget) -> gb.Budget:
    """A budget as if it were of the year before."""
    assert budget.year is not None
    year = budget.year - 1
    facts = [attrs.evolve(one, coordinate=attrs.evolve(one.coordinate, year=year)) for one in budget.facts]
    return attrs.evolve(budget, facts=facts, year=year)


def changed(text: str, judged: Judged) -> str:
    """The text with one figure changed by more than rounding explains."""
    claim = judged.claim
    lines = text.splitlines()
    row = claim.place.row - 1
    start = lines[row].index(claim.sentence) + claim.start
    figure = f"{claim.amount + Decimal('7.77'):f}{claim.unit}"
    lines[row] = lines[row][:start] + figure + lines[row][start + len(claim.text) :]
    return "\n".join(lines)


def budget_figures(budget: gb.Budget) -> list[Judged]:
    return [one for one in budget.claims() if one.claim.printed and one.claim.kind is not ClaimKind.OTHER]


@settings(max_examples=examples(25))
@given(balanced_budgets(), balanced_budgets(), st.booleans(), st.sampled_from(["sichuan", "chongqing", "shanghai"]))
def test_what_is_written_from_the_facts_has_no_finding(
    budget: gb.Budget, prior: gb.Budget, compared: bool, family: str
) -> None:
    written = budget.narrative(family, last_year(prior) if compared else None)
    told = budget.with_narrative(written.text.encode())
    assert [str(finding) for finding in told.check(select="NAR")] == []
    assert {one.verdict for one in budget_figures(told)} <= {Verdict.RIGHT}
    assert budget_figures(told)


@settings(max_examples=examples(25))
@given(balanced_budgets(), balanced_budgets(), st.data())
def test_a_changed_figure_is_always_found(budget: gb.Budget, prior: gb.Budget, data: st.DataObject) -> None:
    text = budget.narrative(prior=last_year(prior)).text
    judged = data.draw(st.sampled_from(budget_figures(budget.with_narrative(text.encode()))))
    wrong = budget.with_narrative(changed(text, judged).encode()).check(select="NAR")
    assert [finding for finding in wrong if judged.claim.place in finding.places], judged.claim


def test_every_figure_of_a_narrative_is_a_fact_or_follows_from_facts() -> None:
    budget = book()
    told = budget.with_narrative(budget.narrative().text.encode())
    figures = budget_figures(told)
    assert {one.verdict for one in figures} == {Verdict.RIGHT}
    assert len(figures) > 40
    assert not list(told.check(select="NAR"))
    for judged in figures:
        wrong = budget.with_narrative(changed(budget.narrative().text, judged).encode()).check(select="NAR")
        assert list(wrong), judged.claim


def test_the_outline_is_that_of_the_family() -> None:
    def headings(family: str | None) -> list[str]:
        return [block.text for block in book().narrative(family).blocks if block.level == 1]

    assert headings("sichuan")[0] == "一、收支预算情况说明"
    assert headings("chongqing")[0] == "一、部门收支总体情况"
    assert headings(None) == headings("hubei") == headings("sichuan")
    with pytest.raises(gb.FamilyError):
        book().narrative("atlantis")


def test_reasons_and_what_no_form_prints_are_left_to_people() -> None:
    text = book().narrative().text
    assert "比2023年预算800.00万元增加80.00万元，增长10.00%，主要原因是【请填写原因】。" in text
    assert "主要用于【请填写用途】" in text
    assert "政府采购预算总额【请填写金额】万元" in text
    assert "没有使用政府性基金预算拨款安排的支出" in text
    assert "国有资本经营预算支出【请填写金额】万元" in text


def test_last_year_may_be_a_budget_of_its_own() -> None:
    now = attrs.evolve(book(), facts=[one for one in book().facts if one.coordinate.year == 2024])
    assert "收支总预算900.00万元，比2023年预算【请填写增减情况及原因】。" in now.narrative().text
    same = now.narrative(prior=last_year(now)).text
    assert "收支总预算900.00万元，与2023年预算持平。" in same
    other = now.narrative(prior=now).text
    assert "收支总预算900.00万元，比2023年预算【请填写增减情况及原因】。" in other


def test_a_budget_of_nothing_has_a_narrative_of_blanks() -> None:
    text = gb.Budget().narrative().text
    assert "【请填写年度】" in text
    assert not any(one.claim.kind is ClaimKind.BUDGET for one in gb.Budget().with_narrative(text.encode()).claims())


def test_it_is_written_as_text_and_markdown(tmp_path: Path) -> None:
    written = book().narrative()
    written.write(tmp_path / "说明.txt")
    written.write(tmp_path / "子" / "说明.md")
    assert (tmp_path / "说明.txt").read_text(encoding="utf-8") == written.text == str(written)
    markdown = (tmp_path / "子" / "说明.md").read_text(encoding="utf-8")
    assert markdown.startswith("# 云川市数据资源局2024年部门预算情况说明\n\n## 一、收支预算情况说明\n\n")
    assert "\n\n### （一）收入预算情况\n\n" in markdown
    with pytest.raises(gb.WriteError, match=r"\.docx"):
        written.write(tmp_path / "说明.pdf")
    with pytest.raises(gb.WriteError):
        written.write(tmp_path / "说明.txt" / "说明.txt")


def test_the_word_document_says_the_same_and_reads_back(tmp_path: Path) -> None:
    budget = book()
    path = tmp_path / "说明.docx"
    budget.narrative().write(path)
    told = budget.with_narrative(path)
    assert [one.text for one in told.prose if "第" not in one.text][1:] == [
        block.text for block in budget.narrative().blocks
    ][1:]
    assert {one.place.sheet for one in told.prose} == {"说明.docx"}
    assert not list(told.check(select="NAR"))
    with zipfile.ZipFile(path) as archive:
        document = archive.read("word/document.xml").decode()
        fonts = archive.read("word/fontTable.xml").decode()
    for face in ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"):
        assert face in document
        assert f'w:name="{face}"><w:altName' in fonts
    assert document.count("yellow") == budget.narrative().text.count("【")


def test_forms_and_words_of_a_word_document_are_read() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("一、收支情况")
    document.add_paragraph("2024年支出预算10.00万元，其中：基本支出6.00万元，项目支出5.00万元。")
    document.add_paragraph("部门支出总表")
    document.add_paragraph("部门：云川市数据资源局  单位：万元")
    table = document.add_table(3, 5)
    head = ["科目编码", "科目名称", "2024年预算数", "", ""]
    below = ["", "", "合计", "基本支出", "项目支出"]
    for row, texts in enumerate([head, below, ["", "合计", "10.00", "6.00", "4.00"]]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 2).merge(table.cell(0, 4))
    for column in (0, 1):
        table.cell(0, column).merge(table.cell(1, column))
    data = io.BytesIO()
    document.save(data)
    budget = gb.read(data.getvalue())
    assert [(one.column, str(one.amount)) for one in budget.facts] == [
        ("2024年预算数/合计", "10.00"),
        ("2024年预算数/基本支出", "6.00"),
        ("2024年预算数/项目支出", "4.00"),
    ]
    assert [(one.claim.text, one.verdict) for one in budget.claims()] == [
        ("10.00万元", Verdict.RIGHT),
        ("6.00万元", Verdict.RIGHT),
        ("5.00万元", Verdict.WRONG),
    ]


@pytest.mark.parametrize("spoil", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_broken_word_document_is_an_error_of_reading(tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "说明.docx"
    book().narrative().write(path)
    data = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(data, "w") as broken:
        for name in archive.namelist():
            broken.writestr(name, b"<broken" if name == spoil else archive.read(name))
    with pytest.raises(gb.ReadError):
        gb.read(data.getvalue())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_word_document(tmp_path: Path) -> None:
    path = tmp_path / "narrative.docx"
    book().narrative().write(path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", str(path), "--outdir", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = (tmp_path / "narrative.txt").read_text(encoding="utf-8-sig")
    assert "其中：基本支出560.00万元，占62.22%；项目支出340.00万元，占37.78%。" in text
