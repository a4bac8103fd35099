"""What the prose of a budget claims: every figure, its subject, its year, and what it is held against."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from tests.narrative.documents import FORMS, NARRATIVES, SICHUAN, book, told

import govbudget as gb
from govbudget.checks import Judged, Verdict
from govbudget.model import Passage
from govbudget.narrative import Claim, ClaimKind, Direction
from govbudget.report import claim_shares


def only(text: str, printed: str) -> Judged:
    """The one claim of a sentence that prints a figure."""
    found = [one for one in told(f"一、收支情况说明\n\n{text}").claims() if one.claim.text == printed]
    assert len(found) == 1, (text, [one.claim.text for one in found])
    return found[0]


def dims(claim: Claim) -> dict[str, object]:
    """What is said of the one coordinate of a claim."""
    assert len(claim.about) == 1, claim
    names = ("agency", "side", "function", "economic", "fund", "nature", "cost", "origin", "item", "project")
    return {name: getattr(claim.about[0], name) for name in names if getattr(claim.about[0], name) is not None}


@pytest.mark.parametrize(
    ("sentence", "figure", "said"),
    [
        ("云川市数据资源局2024年收入预算900.00万元。", "900.00万元", {"side": "revenue"}),
        ("支出总计900.00万元。", "900.00万元", {"side": "expenditure"}),
        ("其中：政府性基金预算拨款收入0万元。", "0万元", {"side": "revenue", "fund": "government_fund"}),
        ("财政专户管理资金收入0万元。", "0万元", {"fund": "fiscal_account", "side": "revenue"}),
        (
            "一般公共预算基本支出560.00万元。",
            "560.00万元",
            {"side": "expenditure", "fund": "general", "nature": "basic"},
        ),
        ("日常公用经费90.00万元。", "90.00万元", {"side": "expenditure", "nature": "basic", "cost": "public"}),
        (
            "社会保障和就业（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）80.50万元。",
            "80.50万元",
            {"side": "expenditure", "function": "2080505"},
        ),
        ("“一般公共服务支出”科目730万元。", "730万元", {"side": "expenditure", "function": "201"}),
        ("工资福利支出460.00万元。", "460.00万元", {"side": "expenditure", "economic": "301"}),
        (
            "“三公”经费财政拨款预算数12.00万元。",
            "12.00万元",
            {"side": "expenditure", "fund": "general", "item": "three_public"},
        ),
        (
            "公务用车购置及运行维护费10.00万元。",
            "10.00万元",
            {"side": "expenditure", "fund": "general", "item": "three_public.vehicle"},
        ),
        ("机关运行经费90.00万元。", "90.00万元", {"side": "expenditure", "item": "agency_operation"}),
        ("政府采购服务预算20.00万元。", "20.00万元", {"side": "expenditure", "item": "procurement.services"}),
    ],
)
def test_a_phrase_names_a_coordinate(sentence: str, figure: str, said: dict[str, object]) -> None:
    claim = only(sentence, figure).claim
    assert claim.kind is ClaimKind.BUDGET
    assert claim.year == 2024
    assert dims(claim) == said


@pytest.mark.parametrize(
    ("sentence", "figure", "amount", "unit"),
    [
        ("支出总计９００．００万元。", "900．00万元", "900.00", "万元"),
        ("支出总计 9,00 0.00 万元", None, None, None),
        ("支出总计1,900.00万元。", "1,900.00万元", "1900.00", "万元"),
        ("支出总计 447. 48 万元。", "447. 48 万元", "447.48", "万元"),
        ("支出总计9000000元。", "9000000元", "9000000", "元"),
        ("支出总计0.09亿元。", "0.09亿元", "0.09", "亿元"),
        ("基本工资23.57万、津贴补贴15.53万。", "23.57万", "23.57", "万元"),
    ],
)
def test_a_figure_is_read_with_its_scale_and_unit(
    sentence: str, figure: str | None, amount: str | None, unit: str | None
) -> None:
    if figure is None:
        texts = [one.claim.text for one in told(f"一、情况\n\n{sentence}").claims()]
        assert texts == ["0.00 万元"], "two figures that a blank parts are not made one"
        return
    claim = only(sentence, figure).claim
    assert (str(claim.amount), claim.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("增加", Direction.UP),
        ("增长了", Direction.UP),
        ("上升", Direction.UP),
        ("减少", Direction.DOWN),
        ("下降", Direction.DOWN),
        ("压减", Direction.DOWN),
    ],
)
@pytest.mark.parametrize("against", ["比上年", "较2023年预算数", "同比", "比去年", "与2023年相比"])
def test_a_change_is_told_from_an_amount(words: str, direction: Direction, against: str) -> None:
    claim = only(f"支出预算900.00万元，{against}{words}80.00万元。", "80.00万元").claim
    assert (claim.kind, claim.direction, dims(claim)) == (ClaimKind.CHANGE, direction, {"side": "expenditure"})


@pytest.mark.parametrize(
    "words", ["与上年持平", "与2023年预算一致", "较上年无变化", "同2023年预算持平", "与2023年相比无变化"]
)
def test_no_change_is_a_change_of_nothing(words: str) -> None:
    claims = told(f"一、情况\n\n公务接待费2.00万元，{words}。").claims()
    flat = claims[-1].claim
    assert (flat.kind, flat.direction, flat.amount) == (ClaimKind.CHANGE, Direction.FLAT, Decimal(0))
    assert not flat.printed
    assert dims(flat)["item"] == "three_public.reception"


def test_increased_to_is_an_amount() -> None:
    claim = only("支出预算比上年增加到900.00万元。", "900.00万元").claim
    assert claim.kind is not ClaimKind.CHANGE


@pytest.mark.parametrize(
    "sentence",
    [
        "单位价值200万元以上大型设备0台。",
        "普通证件省内10元/件。",
        "单价100万元（含）以上设备1台（套）。",
        "截至2023年底，共有车辆3辆。",
        "在职职工17人。",
    ],
)
def test_figures_that_are_no_amounts_of_the_budget_are_listed_and_not_judged(sentence: str) -> None:
    claims = told(f"一、情况\n\n{sentence}").claims()
    assert claims
    for judged in claims:
        assert judged.claim.kind is ClaimKind.OTHER
        assert judged.verdict is Verdict.UNBOUND
        assert judged.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "数字乡村建设引导资金123.00万元。",
        "云川市数据资源局及其他部门共同安排一般公共预算联合拨款123.00万元。",
        "2023年，受疫情影响，支出预算123.00万元。",
        "支出预算中用于补助企业123.00万元。",
    ],
)
def test_what_is_not_understood_to_the_last_word_is_never_judged(sentence: str) -> None:
    judged = only(sentence, "123.00万元")
    assert judged.verdict is Verdict.UNBOUND
    assert judged.reason
    assert not told(f"一、情况\n\n{sentence}").check(select="NAR").errors


def test_two_names_share_two_figures() -> None:
    claims = told("一、情况\n\n基本支出和项目支出分别为560.00万元和340.00万元。").claims()
    assert [(one.claim.text, dims(one.claim)["nature"], one.verdict) for one in claims] == [
        ("560.00万元", "basic", Verdict.RIGHT),
        ("340.00万元", "project", Verdict.RIGHT),
    ]


def test_a_list_hands_its_dimensions_down() -> None:
    text = (
        "一、情况\n\n一般公共预算基本支出560.00万元，其中：人员经费470.00万元，公用经费90.00万元。项目支出320.00万元。"
    )
    personnel, public = told(text).claims()[1:3]
    for judged, cost in ((personnel, "personnel"), (public, "public")):
        assert dims(judged.claim) == {"side": "expenditure", "fund": "general", "nature": "basic", "cost": cost}
        assert judged.claim.parent is not None


def test_the_other_side_of_a_fund_is_of_the_same_fund() -> None:
    said = told(
        "一、收支情况说明\n\n2024年政府性基金预算收入0万元，支出0万元。事业收入0万元，支出900.00万元。"
    ).claims()
    found = [(one.claim.about[0].side, one.claim.about[0].fund) for one in said]
    assert found == [
        ("revenue", "government_fund"),
        ("expenditure", "government_fund"),
        ("revenue", "business"),
        ("expenditure", None),
    ]


def test_a_name_of_two_subjects_is_told_by_its_list() -> None:
    text = "一、情况\n\n工资福利支出460.00万元（住房公积金60.00万元）。"
    economic = told(text).claims()[1].claim
    assert dims(economic)["economic"] == "30113"
    function = only("住房改革支出（款）住房公积金（项）60.00万元。", "60.00万元").claim
    assert dims(function)["function"] == "2210201"


def test_a_short_name_of_the_department_is_learnt() -> None:
    judged = told("一、情况\n\n数据资源局2024年收入预算900.00万元。数据资源局收入预算900.00万元。").claims()
    assert [one.verdict for one in judged] == [Verdict.RIGHT, Verdict.RIGHT]
    other = told("一、情况\n\n民政局2024年收入预算900.00万元。").claims()
    assert other[0].verdict is Verdict.UNBOUND


def test_definitions_and_assets_are_not_held_against_the_forms() -> None:
    text = (
        "五、国有资产占有使用情况\n\n资产总额126.74万元。\n\n六、名词解释\n\n（一）基本支出：指支出900万元以内的部分。"
    )
    assert {one.verdict for one in told(text).claims()} == {Verdict.UNBOUND}


def test_a_claim_knows_its_sentence_and_its_place() -> None:
    judged = told(SICHUAN).claims()
    share = next(one.claim for one in judged if one.claim.text == "62.22%")
    assert share.sentence[share.start :].startswith("62.22%")
    line = SICHUAN.splitlines()[share.place.row - 1]
    assert share.sentence in line
    assert share.section == "支出预算情况"


@pytest.mark.parametrize("name", NARRATIVES)
def test_right_prose_has_no_finding_and_is_bound(name: str) -> None:
    told_book = told(NARRATIVES[name])
    assert [str(finding) for finding in told_book.check(select="NAR") if finding.rule != "NAR012"] == []
    figures = [one for one in told_book.claims() if one.claim.printed and one.claim.kind is not ClaimKind.OTHER]
    verdicts = Counter(one.verdict for one in figures)
    assert verdicts[Verdict.RIGHT] >= 0.8 * len(figures)
    assert verdicts[Verdict.UNBOUND] <= 0.1 * len(figures)


def test_the_prose_of_a_text_with_forms_is_found_where_it_stands() -> None:
    whole = gb.read(f"{SICHUAN}\n\n{FORMS}".encode())
    assert len(whole.facts) == len(book().facts)
    lines = SICHUAN.splitlines()
    for passage in whole.prose[:5]:
        assert lines[passage.place.row - 1].strip() == passage.text
    assert [one.verdict for one in whole.claims()] == [one.verdict for one in told(SICHUAN).claims()]


def test_lines_that_a_page_broke_are_joined_and_keep_their_places() -> None:
    text = "一、情况\n\n2024年数据资源局支出预算\n\n900.00 万元，其中：基本支出\n\n560.00万元。\n\n二、其他"
    passages = told(text).prose
    assert [one.text for one in passages] == [
        "一、情况",
        "2024年数据资源局支出预算900.00 万元，其中：基本支出560.00万元。",
        "二、其他",
    ]
    assert [place.cell for _, place in passages[1].lines] == ["A3", "A5", "A7"]
    figures = told(text).claims()
    assert [one.claim.place.cell for one in figures] == ["A5", "A7"]
    assert passages[1].at(0).cell == "A3"


def test_a_line_that_begins_with_a_figure_with_a_blank_in_it_goes_on_with_a_paragraph() -> None:
    text = "一、情况\n\n2024年数据资源局公务接待费\n\n2\n\n16. 98 万元。\n\n2. 其他情况"
    wanted = ["一、情况", "2024年数据资源局公务接待费16. 98 万元。", "2. 其他情况"]
    assert [one.text for one in told(text).prose] == wanted


def test_prose_round_trips_through_json() -> None:
    told_book = told(SICHUAN)
    again = gb.from_json(gb.to_json(told_book))
    assert again.prose == told_book.prose
    assert [one.lines for one in again.prose] == [one.lines for one in told_book.prose]


def test_a_passage_of_nothing_says_nothing() -> None:
    assert gb.Budget(prose=(Passage(""),)).claims() == ()


def test_shares_are_told() -> None:
    shown = claim_shares(told(SICHUAN).claims())
    assert "正文预算数 figures of the budget: 48" in shown
    assert "相符 right 47 (97.9%)" in shown
    assert "其他数字 other figures: 4" in shown
    assert claim_shares(()) == "正文中没有预算数 (the prose gives no figure of the budget)"
