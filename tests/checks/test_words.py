"""How far the words bear a judgement: which lists are whole, which shares have a whole, and what would be right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.narrative.documents import FORMS, told

import govbudget as gb
from govbudget.checks import Judged, Verdict


def said(sentence: str) -> list[tuple[str, str, str]]:
    """What the rules say of a sentence: the rule, the severity, and what would be right."""
    report = told(f"一、情况\n\n{sentence}").check(select="NAR", ignore="NAR012")
    return [(one.rule, one.severity.value, str(one.expected)) for one in report]


def judged(sentence: str) -> list[Judged]:
    return list(told(f"一、情况\n\n{sentence}").claims())


@pytest.mark.parametrize(
    ("parts", "severity"),
    [
        ("一般公共预算拨款收入增加15.00万元，事业收入增加6.00万元", "error"),  # all that has money
        ("财政拨款收入增加15.00万元，事业收入增加6.00万元", "error"),  # 财政拨款 stands for its three funds
        ("一般公共预算拨款收入增加15.00万元，事业收入增加5.00万元，上年结转增加1.00万元", "warning"),  # may be in both
        ("一般公共预算拨款收入增加15.00万元，政府性基金预算拨款收入增加6.00万元", None),  # 事业收入 is left out
        ("财政拨款收入增加15.00万元，一般公共预算拨款收入增加6.00万元", None),  # one is part of the other
    ],
)
def test_a_list_of_sources_binds_its_whole_where_it_has_all_that_bring_money(parts: str, severity: str | None) -> None:
    found = said(f"收入预算比上年增加20.00万元，其中：{parts}。")
    assert found == ([("NAR007", severity, "21.00")] if severity else [])


@pytest.mark.parametrize(
    ("parts", "right"),
    [
        ("基本支出减少15.00万元，项目支出减少5.00万元", None),
        ("基本支出增加5.00万元，项目支出减少25.00万元", None),
        ("基本支出减少15.00万元，项目支出减少6.00万元", "21.00"),
        ("基本支出增加5.00万元，项目支出减少26.00万元", "21.00"),
        ("基本支出增加15.00万元，项目支出增加5.00万元", "-20.00"),
    ],
)
def test_what_goes_up_and_what_goes_down_add_up_with_their_signs(parts: str, right: str | None) -> None:
    """What would be right is said in the direction of the words: a decrease of 21.00, not one of -21.00."""
    found = said(f"支出预算比上年减少20.00万元，其中：{parts}。")
    assert found == ([("NAR007", "error", right)] if right else [])


@pytest.mark.parametrize(
    ("whole", "parts", "severity"),
    [
        (
            "“三公”经费预算",
            "因公出国（境）费减少1.00万元，公务接待费减少1.00万元，公务用车购置及运行费减少2.00万元，公务用车运行费减少2.00万元",
            "error",
        ),
        (
            "“三公”经费预算",
            "因公出国（境）费减少1.00万元，公务接待费减少1.00万元，公务用车购置费减少1.00万元，公务用车运行费减少1.00万元",
            "error",
        ),
        (
            "政府采购预算",
            "货物类减少2.00万元，工程类减少1.00万元，服务类减少1.00万元，面向中小企业减少3.00万元",
            "error",
        ),
        ("政府采购预算", "货物类减少2.00万元，服务类减少2.00万元", "warning"),  # works may be bought, unsaid
    ],
)
def test_a_part_of_a_part_is_counted_once(whole: str, parts: str, severity: str) -> None:
    assert said(f"{whole}比上年减少4.00万元，其中：{parts}。") == []
    assert said(f"{whole}比上年减少5.00万元，其中：{parts}。") == [("NAR007", severity, "4.00")]


@pytest.mark.parametrize(
    ("sentence", "cell"),
    [
        ("支出总计950.00万元", "D11"),
        ("支出950.00万元", "D11"),
        ("支出预算900.00万元", "D9"),
        ("收入总计950.00万元", "B11"),
        ("收支总计950.00万元", "B11"),
        ("收支总计960.00万元", None),
        ("支出总计960.00万元", None),
    ],
)
def test_a_total_may_be_this_years_or_the_grand_one_where_money_is_carried(sentence: str, cell: str | None) -> None:
    carried = "上年结转\t{0}\t结转下年\t{0}\n收入总计\t{1}\t支出总计\t{1}"
    forms = FORMS.replace(carried.format("", "900.00"), carried.format("50.00", "950.00"))
    assert forms != FORMS
    (one,) = gb.read(forms.encode()).with_narrative(f"一、情况\n\n{sentence}。".encode()).claims()
    assert (one.verdict is Verdict.RIGHT) is (cell is not None)
    assert cell is None or (one.place is not None and one.place.cell == cell)


@pytest.mark.parametrize(("operating", "whole"), [("", True), ("10.00", False)])
def test_basic_and_project_expenditure_are_all_where_nothing_else_is_spent(operating: str, whole: bool) -> None:
    header, total = "科目编码\t科目名称\t合计\t基本支出\t项目支出", "\t合计\t900.00\t560.00\t340.00"
    assert FORMS.count(f"{header}\n{total}\n") == 1
    forms = FORMS.replace(f"{header}\n{total}\n", f"{header}\t事业单位经营支出\n{total}\t{operating}\n")
    sentence = "支出预算比上年增加20.00万元，其中：基本支出增加15.00万元，项目支出增加6.00万元。"
    book = gb.read(forms.encode()).with_narrative(f"一、情况\n\n{sentence}".encode())
    found = [(one.rule, str(one.expected)) for one in book.check(select="NAR", ignore="NAR012")]
    assert found == ([("NAR007", "21.00")] if whole else [])


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("公务接待费2.00万元，占16.67%。", None),
        ("公务接待费2.00万元，占20%。", "16.67"),
        ("公务用车运行费10.00万元，占“三公”经费的83.33%。", None),
        ("公务用车运行费10.00万元，占“三公”经费的90%。", "83.33"),
        ("政府采购预算50.00万元，其中：货物类30.00万元，占60%；服务类20.00万元，占30%。", "40.00"),
    ],
)
def test_a_share_of_an_item_is_of_the_item_above_it(sentence: str, right: str | None) -> None:
    assert said(sentence) == ([("NAR005", "error", right)] if right else [])


@pytest.mark.parametrize(
    ("again", "right"), [("23.40万元", None), ("234000元", None), ("24.30万元", "23.40"), ("243000元", "234000.00")]
)
def test_what_is_said_twice_is_said_alike_in_whatever_unit(again: str, right: str | None) -> None:
    first, second = judged(f"支出预算比上年减少23.40万元。支出预算比上年减少{again}。")
    assert second.expected == (None if right is None else Decimal(right))
    assert second.verdict is (Verdict.RIGHT if right is None else Verdict.WRONG)
    assert first.verdict is (Verdict.RIGHT if right is None else Verdict.OPEN)


@pytest.mark.parametrize(
    ("figure", "verdict", "right"),
    [
        ("900万元", "right", None),  # 900.00 of the form, at the precision of the words
        ("900.00万元", "right", None),
        ("0.09亿元", "right", None),
        ("900.4万元", "wrong", "900.00"),
        ("900.01万元", "near", "900.00"),
        ("900.02万元", "wrong", "900.00"),
        ("899.99万元", "near", "900.00"),
        ("0.08亿元", "wrong", "0.09"),
    ],
)
def test_a_figure_agrees_at_the_coarser_of_two_precisions(figure: str, verdict: str, right: str | None) -> None:
    (one,) = judged(f"支出预算{figure}。")
    assert one.verdict.value == verdict
    assert one.expected == (None if right is None else Decimal(right))


@pytest.mark.parametrize(
    "parts",
    [
        "1.本年收入合计900.00万元。（1）一般公共预算拨款收入880.00万元。（2）事业收入20.00万元。2.上年结转0万元",
        "本年收入900.00万元，上年结转0万元，本年一般公共预算收入880.00万元，本年事业收入20.00万元",
    ],
)
def test_the_sources_of_the_year_are_parts_of_its_revenue(parts: str) -> None:
    """本年收入合计 holds them: they are not counted beside it."""
    assert said(f"收入预算总计900.00万元，包括：{parts}。") == []
    assert said(f"收入预算总计910.00万元，包括：{parts}。") != []


def test_a_budget_of_an_unknown_year_is_not_held_against_years_in_the_words() -> None:
    forms = FORMS.replace("2024", "").replace("2023", "")
    words = "一、情况\n\n基本支出560.00万元，比上年增加60.00万元，增长12.00%。\n\n2024年项目支出320.00万元。"
    book = gb.read(f"{forms}\n{words}".encode())
    assert book.year is None
    assert [one.rule for one in book.check(select="NAR", ignore="NAR012")] == []
