"""What is not judged, because it cannot be known from what is printed, and the reason that is given instead."""

from __future__ import annotations

import attrs
import pytest
from tests.checks.test_classification import general
from tests.checks.test_related import YEARS
from tests.checks.test_rules import BASIC, EXPENDITURE, SUMMARY, THREE, UNITS

import govbudget as gb
from govbudget.checks import Finding, Report, load_suppressions

GAP = ",,,,\n"
SPENT = EXPENDITURE.format(total="12.00", basic="8.00", item="8.00")
ITEMS = "".join(line for line in SPENT.splitlines(keepends=True) if not line.startswith(("201,", "20103,")))


def checked(*forms: str) -> Report:
    return gb.read(GAP.join(forms).encode()).check()


def of(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report if finding.rule == rule]


def reasons(report: Report, rule: str) -> list[str]:
    return [reason.zh for outcome in report.outcomes if outcome.rule == rule for reason in outcome.skipped]


def test_a_figure_that_cannot_be_read_keeps_the_sums_over_it_from_being_judged() -> None:
    """The line of the summary differs from its detail; once a figure of the detail is smudged, nobody can tell."""
    summary = SUMMARY.format(office="11.00", grand="12.00")
    (found,) = of(checked(summary, ITEMS), "XTB002")
    assert (found.places[0].cell, str(found.expected)) == ("D5", "12.00")
    smudged = checked(summary, ITEMS.replace("4.00,,4.00", "4.00,,4?00"))
    assert of(smudged, "XTB002") == []
    assert reasons(smudged, "XTB001") == ["《部门支出总表》有 1 个数字没有读清（E15），有关合计未核对"]


def test_a_smudged_figure_hides_its_own_row_and_column_and_no_other() -> None:
    smudged = ITEMS.replace(",合计,12.00,8.00,4.00", ",合计,13.00,8.50,4.00").replace("4.00,,4.00", "4.00,1.00,4?00")
    report = checked(smudged)
    cells = {rule: [sorted(at.cell for at in one.places) for one in of(report, rule)] for rule in ("SUM002", "SUM004")}
    assert cells == {"SUM002": [["C4", "D4", "E4"]], "SUM004": [["C4", "C5", "C6"], ["D4", "D5", "D6"]]}
    assert reasons(report, "SUM002") == ["《部门支出总表》没有列全“合计”的分项，未核对"]


def test_of_many_smudged_figures_the_first_five_are_named() -> None:
    smudged = SPENT.replace("12.00,8.00,4.00", "1?.00,?.00,?.00")
    names = "C4、D4、E4、C5、D5"
    assert reasons(checked(smudged), "XTB001")[0] == f"《部门支出总表》有 9 个数字没有读清（{names}），有关合计未核对"


def test_a_form_is_called_as_it_is_printed_and_otherwise_by_its_name() -> None:
    smudged = ITEMS.replace("4.00,,4.00", "4.00,,4?00").replace("部门支出总表", "某局2024年部门支出总表")
    book = gb.read(smudged.encode())
    assert [form.title for form in book.forms] == ["某局2024年部门支出总表"]
    (reason, *_) = reasons(book.check(), "XTB001")
    assert reason.startswith("《某局2024年部门支出总表》")
    wrong = gb.read(smudged.replace("4?00", "5.00").encode())
    titles = ["某局2024年部门支出总表", "部门支出总表"]
    for title, book in zip(titles, (wrong, attrs.evolve(wrong, forms=()))):
        found = book.check(select="SUM").errors
        assert found and {finding.title for finding in found} == {title}


@pytest.mark.parametrize(("business", "judged"), [("", True), ("3.00", False)])
def test_all_funds_and_the_general_budget_are_one_only_where_nothing_else_comes_in(business: str, judged: bool) -> None:
    """Whether something else comes in is said by a lower row of the summary, beside expenditure of the row above."""
    summary = SUMMARY.format(office="12.00", grand="12.00").replace(
        "本年收入合计", f"二、事业收入,{business},,\n本年收入合计", 1
    )
    general = SPENT.replace("部门支出总表", "一般公共预算支出表").replace(",合计,12.00,8.00", ",合计,12.50,8.50")
    report = checked(summary, SPENT, general)
    assert bool(of(report, "XTB001")) is judged
    assert any("其他资金" in reason for reason in reasons(report, "XTB001")) is not judged


def test_two_columns_under_one_header_are_named_and_not_compared() -> None:
    twice = checked(SPENT.replace("合计,基本支出,项目支出", "合计,项目支出,项目支出"))
    assert "《部门支出总表》的 D、E 列表头没有读清，未参与核对" in reasons(twice, "XTB001")
    assert twice.ok
    # Nor does its sum speak against the line of a summary.
    summary = SUMMARY.format(office="11.00", grand="12.00")
    double = ITEMS.replace("合计,基本支出,项目支出", "合计,项目支出,项目支出")
    assert of(checked(summary, double), "XTB002") == []


def test_a_subtotal_that_may_stand_in_a_row_that_was_not_read_is_not_missed() -> None:
    text = general(section="")
    assert [one.row for one in gb.read(text.encode()).check(select="CLS004")] == ["机关事业单位基本养老保险缴费支出"]
    smudged = text.replace("8.00,8.00,\n2010302", "8.00,8?00,\n2010302")
    assert list(gb.read(smudged.encode()).check(select="CLS004")) == []


def test_a_grand_total_beside_no_expenditure_at_all_is_not_judged() -> None:
    report = checked(
        "部门收支总表,,,\n单位：万元,,,\n收入,,支出,\n项目,预算数,项目,预算数\n"
        "一、一般公共预算拨款收入,12.00,,\n收入总计,12.00,支出总计,12.00\n"
    )
    assert reasons(report, "SUM010") == ["部门收支总表：没有本年支出合计，未核对支出总计"]


def test_the_forms_of_two_units_are_not_held_against_each_other() -> None:
    three, basic = THREE.format(total="5.00", cars="3.00"), BASIC.format(personnel="6.00", wages="4.00")
    assert reasons(checked(three, basic, three, basic), "XTB004") == ["“三公”经费表或基本支出表不止一张，未互相核对"]


def test_a_change_from_a_year_that_is_not_printed_is_not_judged() -> None:
    wrong = YEARS.format(total="3.00", change="3.00")
    assert len(of(checked(wrong), "SUM011")) == 2
    assert of(checked(wrong.replace("2023年预算数", "2022年预算数")), "SUM011") == []


@pytest.mark.parametrize(
    ("year", "name", "when"),
    [
        ("2022", "扶贫", "2021 年及以前"),
        ("2023", "巩固脱贫攻坚成果衔接乡村振兴", "2024 年起"),
        ("2024", "巩固脱贫衔接乡村振兴", "2023 年及以前"),
    ],
)
def test_a_name_is_said_to_be_of_the_years_that_used_it(year: str, name: str, when: str) -> None:
    text = general(code="21305", name=name).replace("2024年", f"{year}年")
    (found,) = gb.read(text.encode()).check(select="CLS006")
    assert f"是{when}的名称，{year}年版目录为" in found.message


def test_suppressions_that_cannot_be_opened_are_a_read_error(tmp_path: object) -> None:
    with pytest.raises(gb.ReadError, match=str(tmp_path)):
        load_suppressions(str(tmp_path))


def test_the_figures_of_units_stand_for_the_department_that_prints_none() -> None:
    """The narrative says what all units spend on a subject; the form prints each of them, and no sum."""
    units = UNITS.format(total="12.00").replace("2010350,127002,事业运行", "2010301,127002,行政运行")
    book = gb.read(units.encode())

    def verdict(said: str) -> tuple[str, str]:
        (one,) = book.with_narrative(f"一、情况\n\n行政运行（项）{said}。".encode()).claims()
        return one.verdict.value, str(one.place.cell if one.place else "")

    assert verdict("12.00万元") == ("right", "D6")
    assert verdict("8.00万元")[0] != "right"
