"""What becomes of a claim: the verdict, what it was held against, and the cell that confirms or contradicts it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from tests.checks.test_rules import PROJECTS as LISTED
from tests.narrative.documents import FORMS

import govbudget as gb
from govbudget.checks import Judged

RAGGED = """部门支出总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
,合计,60.70,60.70,
2210201,住房公积金,60.70,60.70,
"""
UNITS = """部门支出总表,,,,,
单位：万元,,,,,
科目编码,单位代码,单位名称（科目）,合计,基本支出,项目支出
,,某局,8.00,8.00,
2010301,127001,行政运行,8.00,8.00,
,,某中心,4.00,4.00,
2010301,127002,行政运行,4.00,4.00,
"""
PROJECTS = """一般公共预算项目支出预算表,,,
单位：万元,,,
科目编码,单位代码,单位名称（科目）,金额
,,合 计,7.00
2010302,127001,窗口服务专项经费,5.00
2010302,127001,管网养护,2.00
"""
BY_UNIT = """一般公共预算基本支出表,,,,,
单位：万元,,,,,
科目编码,单位代码,单位名称（科目）,合计,人员经费,公用经费
,,合计,20.00,12.00,8.00
,127001,某局,12.00,7.00,5.00
30101,127001,基本工资,7.00,7.00,
30201,127001,办公费,5.00,,5.00
,127002,某中心,8.00,5.00,3.00
30101,127002,基本工资,5.00,5.00,
30201,127002,办公费,3.00,,3.00
"""
NO_FUND = "\t合计\t\t\t\n注：本部门本年无政府性基金预算支出，故本表无数据。\n"
CARRIED = "上年结转\t{0}\t结转下年\t{0}\n收入总计\t{1}\t支出总计\t{1}"
YEARS = """一般公共预算支出表,,,,,
单位：万元,,,,,
科目编码,科目名称,2023年预算数,2023年执行数,2024年预算数,增减额
,合计,800.00,790.00,880.00,80.00
201,一般公共服务支出,800.00,790.00,880.00,80.00
"""
CAPITAL = """
国有资本经营预算支出表\t\t\t\t
部门：云川市数据资源局\t\t\t\t金额单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t\t\t
"""


read = cache(lambda forms: gb.read(forms.encode()))


def judged(sentence: str, forms: str = FORMS, heading: str = "一、情况") -> list[Judged]:
    return list(read(forms).with_narrative(f"{heading}\n\n{sentence}".encode()).claims())


def summed(found: Judged) -> tuple[str, str, str, str]:
    """The verdict, the law, what would be right, and the cell."""
    expected = "" if found.expected is None else str(found.expected)
    return found.verdict.value, found.law.value, expected, found.place.cell if found.place else ""


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        # figures of the forms, in whatever unit
        ("社会保障和就业支出80万元。", ("right", "fact", "", "D6")),
        ("社会保障和就业支出81万元。", ("right", "fact", "", "D6")),
        ("住房保障支出59万元。", ("wrong", "fact", "60.00", "D8")),
        ("住房保障支出61万元。", ("wrong", "fact", "60.00", "D8")),
        ("支出预算900.00元。", ("wrong", "unit", "9000000.00", "C16")),
        ("支出预算9000000.00万元。", ("wrong", "unit", "900.00", "C16")),
        ("支出预算9010000.00万元。", ("wrong", "fact", "900.00", "D9")),
        ("支出预算0万元。", ("wrong", "fact", "900.00", "D9")),  # nothing is no slip of the unit
        ("政府性基金预算支出0万元。", ("right", "fact", "", "A84")),
        ("公务用车购置费1.00万元。", ("wrong", "fact", "0.00", "A78")),
        ("外交支出0万元。", ("right", "fact", "", "")),
        ("外交支出5.00万元。", ("open", "", "", "")),
        ("政府采购预算95.00万元。", ("open", "", "", "")),  # more than 公用经费, and no part of it
        ("国有资本经营预算支出5.00万元。", ("open", "", "", "")),  # no form of it
        # whose money, where the words do not say it
        ("基本工资200.00万元。", ("right", "fact", "", "C66")),
        ("基本工资210.00万元。", ("open", "", "", "")),
        ("一般公共预算基本支出中基本工资210.00万元。", ("wrong", "fact", "200.00", "C66")),
        ("项目支出预算320.00万元。", ("right", "fact", "", "F46")),
        ("项目支出预算330.00万元。", ("open", "", "", "")),
        ("财政拨款支出890.00万元。", ("wrong", "fact", "880.00", "D35")),
        ("财政拨款收入890.00万元。", ("wrong", "fact", "880.00", "B40")),
        ("一般公共预算拨款收入890.00万元。", ("wrong", "fact", "880.00", "B5")),
        ("支出总计890.00万元。", ("wrong", "fact", "900.00", "D9")),
        # the cost of the office, within 公用经费
        ("机关运行经费90万元。", ("right", "ceiling", "", "E64")),
        ("机关运行经费900000.00元。", ("right", "ceiling", "", "E64")),
        ("机关运行经费90.01万元。", ("open", "", "", "")),
        ("机关运行经费91万元。", ("wrong", "ceiling", "90.00", "E64")),
        ("机关运行经费5600000.00元。", ("wrong", "ceiling", "900000.00", "E64")),
        # years
        ("2023年行政运行（项）340.00万元。", ("right", "fact", "", "C49")),
        ("2023年一般公共预算支出880.00万元。", ("wrong", "year", "2024", "E35")),
        ("2023年一般公共预算支出0万元。", ("wrong", "fact", "800.00", "C46")),
        # changes
        ("一般公共预算支出880.00万元，比上年增加70.00万元。", ("wrong", "change", "80.00", "E35")),
        ("一般公共预算支出880.00万元，比上年减少80.00万元。", ("wrong", "direction", "80.00", "E35")),
        ("行政运行（项）2023年预算数为390.00万元，比上年增加50.00万元。", ("wrong", "change", "0.00", "C19")),
        (
            "一般公共预算支出880.00万元，其中：行政运行390.00万元，一般行政管理事务320.00万元，比上年增加80.00万元。",
            ("right", "change", "", ""),  # the last of a list may speak of the whole
        ),
        (
            "一般公共预算支出880.00万元，其中：行政运行390.00万元，一般行政管理事务320.00万元，比上年增加70.00万元。",
            ("wrong", "change", "20.00", "D50"),
        ),
        # rates
        ("一般公共预算支出880.00万元，比上年增长10%。", ("right", "rate", "", "")),
        ("一般公共预算支出880.00万元，比上年增长10.1%。", ("near", "rate", "10.00", "E35")),
        ("一般公共预算支出880.00万元，比上年增长10.2%。", ("wrong", "rate", "10.00", "E35")),
        ("一般公共预算支出880.00万元，比上年下降10%。", ("wrong", "rate", "-10.00", "E35")),
        ("一般公共预算支出880.00万元，比上年增加80.00万元，下降10%。", ("wrong", "direction", "", "")),
        ("行政运行（项）390.00万元，比上年增加50.00万元，增长14.71%。", ("right", "rate", "", "")),
        ("行政运行（项）390.00万元，比上年增加40.00万元，增长14.71%。", ("wrong", "rate", "11.43", "C19")),
        ("公务接待费2.00万元，比上年增加0万元，增长0%。", ("right", "rate", "", "")),
        ("公务接待费2.00万元，比上年增加0万元，增长5%。", ("wrong", "rate", "0.00", "F82")),
        ("“三公”经费12.00万元，比上年减少1.00万元，下降7.7%。", ("right", "rate", "", "")),
        ("“三公”经费12.00万元，比上年减少1.00万元，下降8.33%。", ("wrong", "rate", "7.69", "A82")),
        # shares
        ("一般公共服务支出730.00万元，占支出预算的81%。", ("right", "share", "", "")),
        # of the whole that a list names, and of no other; of all, where that has no figure
        ("基本支出560.00万元，其中：人员经费470.00万元，占83.93%。", ("right", "share", "", "")),
        ("基本支出560.00万元，其中：人员经费470.00万元，占53.41%。", ("wrong", "share", "83.93", "")),
        ("结余增加5.00万元，其中：行政运行390.00万元，占44.32%。", ("right", "share", "", "")),
        ("结余增加5.00万元，其中：行政运行390.00万元，占45.32%。", ("wrong", "share", "43.33", "C19")),
        ("一般公共服务支出730.00万元，占81.1%。", ("right", "share", "", "")),
        ("一般公共服务支出730.00万元，占81.12%。", ("near", "share", "81.11", "D5")),
        ("一般公共服务支出730.00万元，占81.13%。", ("wrong", "share", "81.11", "D5")),
        # what is said twice
        ("支出预算比上年增加23.40万元。支出预算比上年减少23.40万元。", ("wrong", "repeat", "23.40", "")),
        ("支出预算比上年增加23.40万元。支出预算比上年增加23万元。", ("right", "repeat", "", "")),
    ],
)
def test_a_claim_is_judged_by_the_figures_at_hand(sentence: str, last: tuple[str, str, str, str]) -> None:
    assert summed(judged(sentence)[-1]) == last


@pytest.mark.parametrize(
    ("figure", "verdict", "right"),
    [
        ("60万元", "near", "61"),  # 60.70 cut off instead of rounded
        ("61万元", "right", ""),
        ("62万元", "wrong", "60.70"),
        ("59万元", "wrong", "60.70"),
        ("60.7万元", "right", ""),
        ("60.8万元", "wrong", "60.70"),
    ],
)
def test_a_figure_may_be_cut_off_and_no_more(figure: str, verdict: str, right: str) -> None:
    (one,) = judged(f"住房公积金{figure}。", RAGGED)
    assert (one.verdict.value, "" if one.expected is None else str(one.expected)) == (verdict, right)


@pytest.mark.parametrize(
    ("sentence", "verdicts", "right"),
    [
        ("政府采购预算50.00万元，其中：货物类30.00万元，工程类0万元，服务类20.00万元。", ["right"] * 4, None),
        ("政府采购预算50.00万元，其中：货物类30万元，工程类0万元，服务类19.60万元。", ["right"] * 4, None),
        ("政府采购预算0万元，其中：货物类0万元，工程类0万元，服务类0万元。", ["right"] * 4, None),
        (
            "政府采购预算500000.00元，其中：货物类30.00万元，工程类0万元，服务类10.00万元。",
            ["wrong", "open", "open", "open"],
            "400000.00",
        ),
        (
            "政府采购预算50万元，其中：货物类30.00万元，工程类0万元，服务类10.125万元。",
            ["wrong", "open", "open", "open"],
            "40.125",
        ),
    ],
)
def test_parts_and_whole_confirm_each_other(sentence: str, verdicts: list[str], right: str | None) -> None:
    claims = judged(sentence)
    assert [one.verdict.value for one in claims] == verdicts
    assert claims[0].expected == (None if right is None else Decimal(right))


@pytest.mark.parametrize(
    ("heading", "share", "last"),
    [
        ("二、财政拨款收支预算情况说明", "80.68", ("right", "share", "", "")),
        ("二、财政拨款收支预算情况说明", "81.68", ("wrong", "share", "80.68", "D36")),
        ("三、一般公共预算当年拨款情况说明", "80.68", ("right", "share", "", "")),
        ("三、一般公共预算当年拨款情况说明", "81.68", ("wrong", "share", "80.68", "E36")),
    ],
)
def test_a_section_says_of_which_money_its_figures_are(
    heading: str, share: str, last: tuple[str, str, str, str]
) -> None:
    claims = judged(f"一般公共服务支出710.00万元，占{share}%。", heading=heading)
    assert summed(claims[-1]) == last
    (wrong,) = judged("一般公共服务支出720.00万元。", heading=heading)
    assert (wrong.verdict.value, str(wrong.expected)) == ("wrong", "710.00")


@pytest.mark.parametrize(
    ("figure", "verdict"), [("12.00", "right"), ("12.01", "right"), ("12.02", "wrong"), ("8.00", "wrong")]
)
def test_what_the_units_spend_is_known_to_the_rounding_of_each(figure: str, verdict: str) -> None:
    (one,) = judged(f"行政运行（项）{figure}万元。", UNITS)
    assert one.place is not None
    assert (one.verdict.value, one.place.cell, one.form) == (verdict, "D5", "expenditure")


def test_what_was_not_read_for_certain_contradicts_nothing() -> None:
    smudged = UNITS.replace("4.00,4.00,\n2010301", "4.00,4?00,\n2010301")
    assert smudged != UNITS
    assert summed(judged("行政运行（项）13.00万元。", smudged)[0])[0] == "open"
    three = FORMS.replace("12.00\t\t10.00\t\t10.00\t2.00", "12.00\t\t10.00\t\t10.00\t2?00")
    assert summed(judged("因公出国（境）费3.00万元。")[0]) == ("wrong", "fact", "0.00", "A78")
    assert summed(judged("因公出国（境）费3.00万元。", three)[0])[0] == "open"


def test_the_forms_of_two_budgets_contradict_nothing() -> None:
    other = FORMS.replace("900.00", "910.00")
    assert [summed(one)[0] for one in judged("支出预算909.00万元。", f"{FORMS}\n{other}")] == ["open"]
    assert [summed(one)[0] for one in judged("支出预算910.00万元。", f"{FORMS}\n{other}")] == ["right"]
    assert [summed(one)[0] for one in judged("支出预算909.00万元。", f"{FORMS}\n{FORMS}")] == ["open"]


@pytest.mark.parametrize(
    ("detail", "last"),
    [
        ("900.01", ("wrong", "fact", "900.00", "D9")),  # rounding explains what the forms differ by
        ("900.02", ("open", "", "", "")),  # the forms contradict each other
    ],
)
def test_forms_that_contradict_each_other_do_not_contradict_the_words(
    detail: str, last: tuple[str, str, str, str]
) -> None:
    forms = FORMS.replace("\t合计\t900.00\t560.00", f"\t合计\t{detail}\t560.00")
    assert [summed(one) for one in judged("支出预算909.00万元。", forms)] == [last]


def test_a_form_that_is_left_blank_says_that_there_is_nothing() -> None:
    (one,) = judged("国有资本经营预算支出5.00万元。", FORMS + CAPITAL)
    assert (one.verdict.value, str(one.expected), one.form) == ("wrong", "0.00", "capital")


def test_projects_under_one_subject_are_told_apart_by_name() -> None:
    """Their code is the subject's, their name is not."""
    sentence = "项目支出{}万元，其中：窗口服务{}万元，设备维修5.00万元。"
    whole, first, second = judged(sentence.format("15.00", "11.00"), LISTED.format(total="15.00", kind="10.00"))
    assert [whole.verdict.value, second.verdict.value] == ["right", "right"]
    assert (first.verdict.value, str(first.expected)) == ("wrong", "10.00")
    parts = judged("项目支出7.00万元，其中：窗口服务专项经费6.00万元，管网养护2.00万元。", PROJECTS)[1:]
    assert [one.verdict.value for one in parts] == ["open", "open"]  # of one fund, perhaps not all their money


@pytest.mark.parametrize(("figure", "certain"), [("91", False), ("95.00", False), ("560.00", True)])
def test_the_cost_of_the_office_is_surely_wrong_where_it_is_all_basic_expenditure(figure: str, certain: bool) -> None:
    (one,) = judged(f"机关运行经费{figure}万元。")
    assert (one.verdict.value, one.law.value, one.certain) == ("wrong", "ceiling", certain)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [("“三公”经费比上年减少1.00万元。", "没有上年数可核对"), ("外交支出5.00万元。", "表中没有印出可核对的数")],
)
def test_a_claim_that_stays_open_says_what_is_missing(sentence: str, reason: str) -> None:
    (one,) = judged(sentence)
    assert one.verdict.value == "open"
    assert one.reason.startswith(reason)


@pytest.mark.parametrize(
    ("figure", "found", "certain"),
    [
        ("8.00", ("right", "ceiling", "", "F4"), True),
        ("5.00", ("right", "ceiling", "", "F5"), True),  # what one of the units spends
        ("3.00", ("right", "ceiling", "", "F8"), True),
        ("4.00", ("open", "", "", ""), True),
        ("9.00", ("wrong", "ceiling", "8.00", "F4"), False),
        ("20.00", ("wrong", "ceiling", "8.00", "F4"), True),  # all basic expenditure
    ],
)
def test_the_cost_of_the_office_is_within_that_of_all_units(
    figure: str, found: tuple[str, str, str, str], certain: bool
) -> None:
    (one,) = judged(f"机关运行经费{figure}万元。", BY_UNIT)
    assert (summed(one), one.certain) == (found, certain)


@pytest.mark.parametrize(("figure", "verdict"), [("5.00", "right"), ("8.00", "open"), ("90.00", "open")])
def test_the_cost_of_the_office_is_not_held_against_a_single_unit(figure: str, verdict: str) -> None:
    """Where the form prints the units and no total, what all of them spend may be more than any of them does."""
    (one,) = judged(f"机关运行经费{figure}万元。", BY_UNIT.replace(",,合计,20.00,12.00,8.00\n", ""))
    assert one.verdict.value == verdict


@pytest.mark.parametrize(
    ("rows", "sentence", "last"),
    [
        ("\t合计\t30.00\t\t30.00\n2120801\t征地和拆迁补偿支出\t30.00\t\t30.00\n", "30.00万元", ("right", "C87")),
        ("\t合计\t30.00\t\t30.00\n2120801\t征地和拆迁补偿支出\t30.00\t\t30.00\n", "40.00万元", ("wrong", "C87")),
        # no total is printed: its rows can bear it out and not contradict it
        ("2120801\t征地和拆迁补偿支出\t20.00\t\t\n2120802\t土地开发支出\t10.00\t\t\n", "30.00万元", ("right", "C87")),
        ("2120801\t征地和拆迁补偿支出\t20.00\t\t\n2120802\t土地开发支出\t10.00\t\t\n", "30.02万元", ("open", "")),
        ("2120801\t征地和拆迁补偿支出\t20.00\t\t\n2120802\t土地开发支出\t10.00\t\t\n", "0万元", ("open", "")),
    ],
)
def test_a_fund_is_what_its_form_prints(rows: str, sentence: str, last: tuple[str, str]) -> None:
    assert NO_FUND in FORMS
    (one,) = judged(f"政府性基金预算支出{sentence}。", FORMS.replace(NO_FUND, rows))
    assert (one.verdict.value, one.place.cell if one.place else "") == last


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ("收支总预算900.00万元。", ("right", "fact", "", "B9")),
        ("收入预算950.00万元。", ("right", "fact", "", "B11")),
        ("收入预算960.00万元。", ("wrong", "fact", "950.00", "B11")),
        ("支出预算960.00万元。", ("wrong", "fact", "900.00", "D9")),
        ("收支总计960.00万元。", ("open", "", "", "")),
        ("上年结转50.00万元。", ("right", "fact", "", "B10")),
        ("上年结转60.00万元。", ("open", "", "", "")),
        ("结转下年50.00万元。", ("right", "fact", "", "D10")),
        ("本年收入910.00万元。", ("wrong", "fact", "900.00", "B9")),
        ("本年支出910.00万元。", ("wrong", "fact", "900.00", "D9")),
    ],
)
def test_what_is_carried_over_is_in_the_grand_totals_alone(sentence: str, last: tuple[str, str, str, str]) -> None:
    forms = FORMS.replace(CARRIED.format("", "900.00"), CARRIED.format("50.00", "950.00"))
    assert forms != FORMS
    assert [summed(one) for one in judged(sentence, forms)] == [last]


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ("2023年一般公共预算支出800.00万元。", ("right", "fact", "", "C4")),
        ("2023年一般公共预算支出790.00万元。", ("wrong", "fact", "800.00", "C4")),
        ("一般公共预算支出80.00万元。", ("wrong", "fact", "880.00", "E4")),
        ("一般公共预算支出880.00万元，比上年增加90.00万元。", ("wrong", "change", "80.00", "E4")),
    ],
)
def test_what_was_spent_and_what_changed_is_no_budget_of_a_year(sentence: str, last: tuple[str, str, str, str]) -> None:
    assert summed(judged(sentence, YEARS)[-1]) == last


def test_words_without_a_figure_are_not_held_against_one() -> None:
    assert [summed(one)[0] for one in judged("外交支出与上年持平。外交支出增加5.00万元。")] == ["open", "open"]
    twice = judged("外交支出与上年持平。外交支出增加5.00万元。外交支出增加6.00万元。")
    assert [summed(one) for one in twice[1:]] == [("open", "", "", ""), ("wrong", "repeat", "5.00", "")]


def test_a_list_of_some_classes_of_a_budget_without_a_year_is_not_all() -> None:
    forms = """部门支出总表,,,,
单位：万元,,,,
科目编码,科目名称,合计,基本支出,项目支出
201,一般公共服务支出,8.00,8.00,
208,社会保障和就业支出,3.00,3.00,
221,住房保障支出,1.00,1.00,
"""
    some = "支出预算12.00万元，其中：一般公共服务支出8.00万元，社会保障和就业支出3.00万元。"
    assert read(forms).year is None
    assert [summed(one)[0] for one in judged(some, forms)] == ["open", "right", "right"]
    (whole, *_) = judged(some, forms.replace("221,住房保障支出,1.00,1.00,\n", ""))
    assert summed(whole) == ("wrong", "sum", "11.00", "")
