"""How forms are printed: what is missing, what is left open, what is from another year."""

from __future__ import annotations

import pytest
from tests.grids.files import xlsx
from tests.hostile.cases import CASES, linked

import govbudget as gb
from govbudget.checks import Finding, Severity
from govbudget.forms import vocabulary
from govbudget.model import PrintedForm

GAP = ",,,\n"
TABLE = """2024年{title},,,
{unit},,,
科目编码,科目名称,合计,项目支出
,合计,4.00,4.00
2010302,一般行政管理事务,4.00,4.00
"""
EMPTY = """2024年{title},,,
单位：万元,,,
科目编码,科目名称,合计,项目支出
{note},,,
"""
REQUIRED = {form.id: form.name for form in vocabulary().forms.values() if form.required}


def table(title: str, unit: str = "单位：万元") -> str:
    return TABLE.format(title=title, unit=unit)


def found(text: str, rule: str) -> list[Finding]:
    return list(gb.read(text.encode()).check(select=rule))


def several(*titles: str) -> str:
    return GAP.join(map(table, titles))


def test_every_department_publishes_eight_forms() -> None:
    assert sorted(REQUIRED) == sorted(
        ["summary", "revenue", "expenditure", "fiscal_summary", "general", "general_basic", "three_public", "fund"]
    )


def test_a_form_that_must_be_published_is_missed_by_name() -> None:
    forms = [PrintedForm(form, empty=True) for form in REQUIRED]
    assert list(gb.Budget(forms=forms).check(select="FRM007")) == []
    (finding,) = gb.Budget(forms=forms[1:]).check(select="FRM007")
    assert finding.severity is Severity.WARNING
    assert f"《{REQUIRED[forms[0].id]}》" in finding.message
    excerpt = gb.Budget(forms=forms[:3]).check(select="FRM007")
    assert not excerpt.findings and excerpt.outcomes[0].skipped
    (finding,) = gb.Budget(forms=forms[:4]).check(select="FRM007")
    assert finding.message.startswith(f"缺少 4 张应当公开的表：《{REQUIRED[forms[4].id]}》、")


def test_what_only_the_region_publishes_is_worth_a_note() -> None:
    forms = [PrintedForm(form, empty=True) for form in REQUIRED]
    (finding,) = gb.Budget(forms=forms, family="sichuan").check(select="FRM007")
    assert finding.severity is Severity.INFO
    assert "四川" in finding.message and "国有资本经营预算支出表" in finding.message


def test_an_empty_form_says_why() -> None:
    filled = table("一般公共预算支出表") + GAP
    assert (
        found(filled + EMPTY.format(title="政府性基金预算支出表", note="本部门本年无政府性基金预算支出。"), "FRM008")
        == []
    )
    (finding,) = found(filled + EMPTY.format(title="政府性基金预算支出表", note=""), "FRM008")
    assert (finding.severity, finding.places[0].cell) == (Severity.INFO, "A7")
    blank = gb.read(EMPTY.format(title="政府性基金预算支出表", note="").encode()).check(select="FRM008")
    assert not blank.findings and blank.outcomes[0].skipped


def test_a_document_that_never_names_its_unit_is_warned_of() -> None:
    silent, said = table("部门支出总表", unit=""), table("一般公共预算支出表")
    (finding,) = found(silent, "FRM009")
    assert (finding.severity, finding.places[0].cell) == (Severity.WARNING, "A1")
    assert [one.severity for one in found(silent + GAP + said, "FRM009")] == [Severity.INFO]
    assert found(said, "FRM009") == []


def test_the_unit_that_was_taken_is_said_with_the_forms_that_name_none() -> None:
    silent, said = table("部门支出总表", unit=""), table("一般公共预算支出表", unit="单位：元")
    (finding,) = found(said + GAP + silent, "FRM009")
    assert finding.message == "1 张表没有注明金额单位：《2024年部门支出总表》；按元读入"
    assert ([place.cell for place in finding.places], finding.form) == (["A7"], "expenditure")
    titles = ("部门支出总表", "一般公共预算支出表", "政府性基金预算支出表", "国有资本经营预算支出表")
    for count, named in ((3, ""), (4, "…")):
        (finding,) = found(GAP.join(table(title, unit="") for title in titles[:count]), "FRM009")
        first = "、".join(f"《2024年{title}》" for title in titles[:3])
        assert finding.message == f"{count} 张表没有注明金额单位：{first}{named}；按万元读入"
        assert [place.cell for place in finding.places] == [f"A{1 + 6 * at}" for at in range(count)]


def test_cells_that_were_not_understood_are_counted_form_by_form() -> None:
    odd = table("部门支出总表").replace(
        ",合计,4.00,4.00", ",合计,4.00,见附注，附注在表后，请对照附注逐项阅读，不另说明"
    )
    text = GAP.join((odd, table("一般公共预算支出表"), odd.replace("部门支出总表", "政府性基金预算支出表")))
    several = found(text, "FRM005")
    assert [[place.cell for place in one.places] for one in several] == [["D4"], ["D16"]]
    assert {one.message for one in several} == {"1 个单元格未能识别：见附注，附注在表后，请对照附注逐项阅读，"}


def test_a_form_left_over_from_last_year_is_told() -> None:
    now = several("部门支出总表", "一般公共预算支出表")
    assert found(now, "FRM010") == []
    (finding,) = found(now + GAP + table("政府性基金预算支出表").replace("2024年", "2023年"), "FRM010")
    assert "2023" in finding.message and finding.places[0].cell == "A13"


@pytest.mark.parametrize(
    ("right", "left", "cell"),
    [
        ("2010302,一般行政管理事务", "2010302,…", "B5"),
        ("2010302,一般行政管理事务", "XXXXXXX,一般行政管理事务", "A5"),
        ("2024年", "2024年××局", "A1"),
    ],
)
def test_what_was_never_filled_in_is_pointed_at(right: str, left: str, cell: str) -> None:
    text = table("部门支出总表")
    assert found(text, "FRM011") == []
    (finding,) = found(text.replace(right, left), "FRM011")
    assert (finding.severity, finding.places[0].cell) == (Severity.WARNING, cell)
    assert found(text.replace(right, left), "FRM005") == []


def test_macros_are_a_note() -> None:
    (finding,) = gb.read(CASES["macros (.xlsm)"].make(1)).check(select="FRM012")
    assert finding.rule == "FRM012" and finding.severity is Severity.INFO
    assert not finding.places


def test_other_files_are_a_note_that_names_them() -> None:
    (finding,) = gb.read(linked('<ddeLink ddeService="cmd" ddeTopic="/C calc"/>')).check(select="FRM013")
    assert finding.rule == "FRM013"
    assert finding.severity is Severity.INFO
    assert "2 个外部文件" in finding.message and "file:///D:/预算/上报.xlsx" in finding.message


def test_a_plain_workbook_has_neither_note() -> None:
    assert not gb.read(xlsx()).check(select=["FRM012", "FRM013"]).findings
