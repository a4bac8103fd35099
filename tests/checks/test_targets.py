"""The rules on performance targets, at the edges of what they ask: each case is a form as a department prints it."""

from __future__ import annotations

import pytest
from tests.checks.test_rules import ONE, SOUND, target

import govbudget as gb
from govbudget.checks import Finding

GAP = ",,,,,,,,,,,\n"
HEAD = "".join(ONE.splitlines(keepends=True)[:3]).format(year="2024")
OUTPUT = "产出指标,数量指标,窗口数量,≥,10,个,50,正向指标"
EFFECT = "效益指标,社会效益指标,办事效率,定性,好坏,级,50,正向指标"
COST = "成本指标,经济成本指标,成本控制数,≤,4,万元,,反向指标"
PLEASED = "满意度指标,服务对象满意度指标,群众满意度,≥,95,%,,正向指标"


def form(*indicators: str, project: str = "窗口服务", budget: str = "5.00") -> str:
    """A performance form: the first indicator stands in row 4."""
    first, *others = indicators
    return HEAD + "\n".join((f"127001-某局,{project},{budget},保障窗口,{first}", *(f",,,,{x}" for x in others), ""))


def found(text: str, rule: str) -> list[Finding]:
    return list(gb.read(text.encode()).check(select=rule))


def cells(text: str, rule: str) -> list[list[str]]:
    return [[place.cell for place in finding.places] for finding in found(text, rule)]


def said(text: str, rule: str) -> list[str]:
    return [finding.message for finding in found(text, rule)]


def reasons(text: str, rule: str) -> list[tuple[str, str]]:
    (outcome,) = gb.read(text.encode()).check(select=rule).outcomes
    return [(reason.zh, reason.en) for reason in outcome.skipped]


@pytest.mark.parametrize(
    ("rule", "wrong", "severity", "places", "column", "said", "english"),
    [
        (
            "PRF005",
            {"level": "可持续发展指标"},
            "info",
            ["G11"],
            "二级指标",
            "“可持续发展指标”的规范名称是“可持续影响指标”（1 处）",
            "the standard name of 可持续发展指标 is 可持续影响指标 (1 times)",
        ),
        (
            "PRF006",
            {"operator": "＜", "direction": "正向"},
            "warning",
            ["G12"],
            "指标方向性",
            "项目“窗口服务专项经费”的指标“成本控制数”：指标性质 < 与正向指标不合",
            "“窗口服务专项经费”, “成本控制数”: the operator < contradicts the direction 正向",
        ),
        (
            "PRF007",
            {"operator": "＞", "direction": "正向"},
            "warning",
            ["G12"],
            "指标性质",
            "项目“窗口服务专项经费”的成本指标“成本控制数”用了 >，成本应当控制在上限以内（≤）",
            "“窗口服务专项经费”: the cost indicators “成本控制数” ask for > where a cost is to stay within a cap (≤)",
        ),
        (
            "PRF008",
            {"words": ""},
            "warning",
            ["G11"],
            "指标值",
            "项目“窗口服务专项经费”的定性指标“办事效率”没有指标值",
            "“窗口服务专项经费”: the qualitative indicators “办事效率” have no value",
        ),
        (
            "PRF010",
            {"repeat": PLEASED.replace("95", "98")},
            "warning",
            ["G13", "G14"],
            "指标值",
            "项目“窗口服务专项经费”的指标“群众满意度”有两个目标值：≥95%、≥98%",
            "“窗口服务专项经费”: the indicator 群众满意度 has two targets: ≥95%、≥98%",
        ),
    ],
)
def test_a_finding_on_an_indicator_says_all_that_is_needed(
    rule: str, wrong: dict[str, str], severity: str, places: list[str], column: str, said: str, english: str
) -> None:
    (one,) = found(target(**wrong), rule)
    assert (one.severity.value, one.row, one.column) == (severity, "窗口服务专项经费", column)
    assert (one.form, one.title) == ("project_performance", "部门预算项目绩效目标表（2024年度）")
    assert [place.cell for place in one.places] == places
    assert (one.message, one.english) == (said, english)


@pytest.mark.parametrize(
    ("count", "names", "english"),
    [
        (1, "“指标1”", "“指标1”"),
        (3, "“指标1”、“指标2”、“指标3”", "“指标1”, “指标2”, “指标3”"),
        (4, "“指标1”、“指标2”、“指标3”等 4 个", "“指标1”, “指标2”, “指标3” and 1 more"),
    ],
)
def test_of_many_indicators_the_first_three_are_named_and_all_are_counted(count: int, names: str, english: str) -> None:
    text = form(OUTPUT, *(f"效益指标,社会效益指标,指标{x},定性,,级,10,正向指标" for x in range(1, count + 1)))
    (one,) = found(text, "PRF008")
    assert one.message == f"项目“窗口服务”的定性指标{names}没有指标值"
    assert one.english == f"“窗口服务”: the qualitative indicators {english} have no value"
    assert cells(text, "PRF008") == [[f"G{row}" for row in range(5, 5 + count)]]


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (("", ""), [("项目“窗口服务”没有权重，未核对", "窗口服务: no weights are printed")]),
        (("", "50"), [("项目“窗口服务”有指标缺权重，未核对", "窗口服务: some weights are missing")]),
        (("50", "50"), []),
    ],
)
def test_a_form_whose_weights_are_not_all_printed_is_not_judged(
    weights: tuple[str, str], said: list[tuple[str, str]]
) -> None:
    first, second = weights
    text = form(OUTPUT.replace(",50,", f",{first},"), EFFECT.replace(",50,", f",{second},"))
    assert found(text, "PRF001") == []
    assert reasons(text, "PRF001") == said


def test_a_project_without_weights_hides_none_of_the_next() -> None:
    plain = form(OUTPUT.replace(",50,", ",,"), EFFECT.replace(",50,", ",,"))
    wrong = f"127001-某局,档案整理,3.00,整理档案,{OUTPUT}\n,,,,{EFFECT.replace(',50,', ',40.5,')}\n"
    (one,) = found(plain + wrong, "PRF001")
    assert (one.row, str(one.found)) == ("档案整理", "90.5")
    assert reasons(plain + wrong, "PRF001") == [("项目“窗口服务”没有权重，未核对", "窗口服务: no weights are printed")]


def test_the_sum_of_the_weights_is_shown_at_every_indicator() -> None:
    (one,) = found(form(OUTPUT, EFFECT.replace(",50,", ",40.5,")), "PRF001")
    assert [place.cell for place in one.places] == ["G4", "G5"]
    assert (one.row, one.column, one.title) == ("窗口服务", "权重", "部门预算项目绩效目标表（2024年度）")
    assert [str(x) for x in (one.found, one.expected, one.difference)] == ["90.5", "90", "0.5"]


@pytest.mark.parametrize(
    ("cap", "excess"), [("4", None), ("5", None), ("5.005", None), ("5.006", "60"), ("5.01", "100"), ("13", "80000")]
)
def test_a_cap_may_exceed_the_budget_by_what_rounding_hides(cap: str, excess: str | None) -> None:
    there = found(form(OUTPUT, COST.replace(",4,", f",{cap},")), "PRF002")
    assert [str(one.difference.normalize().quantize(1)) for one in there if one.difference] == [excess] * bool(excess)
    for one in there:
        assert [place.cell for place in one.places] == ["G5", "C4"]
        assert (one.row, one.column) == ("成本控制数", "指标值")
        assert f"上限 {cap}万元，高于项目预算 5.00万元" in one.message


@pytest.mark.parametrize(
    ("first", "second", "total"),
    [
        ("2", "3", None),
        ("2", "3.005", None),
        ("2", "3.006", "5.006"),
        ("3", "4", "7"),
        ("5", "4", None),  # the first is a cap on the whole
        ("4.99", "4.99", "9.98"),
    ],
)
def test_caps_on_parts_are_added_and_held_against_the_budget(first: str, second: str, total: str | None) -> None:
    other = COST.replace("成本控制数", "维修成本")
    there = found(form(COST.replace(",4,", f",{first},"), other.replace(",4,", f",{second},")), "PRF014")
    assert [one.message for one in there] == [
        f"项目“窗口服务”的成本指标“成本控制数”、“维修成本”上限合计 {total}万元，高于项目预算 5.00万元"
    ] * bool(total)
    for one in there:
        assert [place.cell for place in one.places] == ["G4", "G5"]


def test_a_form_without_a_budget_does_not_hide_the_next() -> None:
    other = COST.replace("成本控制数", "维修成本")
    forms = form(COST, other, project="甲", budget=""), form(COST, other, project="乙"), form(OUTPUT, project="丙")
    assert cells(GAP.join(forms), "PRF014") == [["G10", "G11"]]


def test_without_a_budget_caps_are_not_judged_and_without_caps_no_budget_is_missed() -> None:
    assert reasons(form(OUTPUT, COST, budget=""), "PRF002") == [
        ("项目“窗口服务”没有预算数，未核对成本指标", "窗口服务: no budget is printed")
    ]
    assert reasons(form(OUTPUT, EFFECT, budget=""), "PRF002") == []


@pytest.mark.parametrize(
    ("have", "others", "missed"),
    [(2, 1, True), (3, 1, True), (1, 1, False), (1, 2, False), (3, 2, False), (4, 2, True)],
)
def test_a_level_is_usual_where_two_thirds_of_three_projects_have_it(have: int, others: int, missed: bool) -> None:
    forms = [form(OUTPUT, EFFECT, COST, project=f"项目{x}") for x in range(have)]
    forms += [form(OUTPUT, EFFECT, project=f"其他{x}") for x in range(others)]
    assert said(GAP.join(forms), "PRF004") == [f"项目“其他{x}”没有成本指标" for x in range(others) if missed]


def test_output_and_effect_are_asked_of_every_project() -> None:
    (one,) = found(form(COST, PLEASED), "PRF004")
    assert one.message == "项目“窗口服务”没有产出指标、效益指标"
    assert ([place.cell for place in one.places], one.column) == (["B4"], "一级指标")
    assert said(form(OUTPUT, EFFECT), "PRF004") == []


def test_a_name_that_is_not_standard_is_told_once_with_all_its_places() -> None:
    odd, older = (
        EFFECT.replace("社会效益", "可持续发展"),
        PLEASED.replace("服务对象满意度指标", "社会公众或服务对象满意度指标"),
    )
    text = GAP.join(form(OUTPUT, odd, older, project=name) for name in ("甲", "乙"))
    assert said(text, "PRF005") == ["“可持续发展指标”的规范名称是“可持续影响指标”（2 处）"]
    assert cells(text, "PRF005") == [["G5", "G12"]]
    assert found(form(OUTPUT, EFFECT.replace("社会效益指标", "社会效益")), "PRF005") == []


@pytest.mark.parametrize(
    ("operator", "direction", "wrong"),
    [
        ("≤", "正向", True),
        ("＜", "正向", True),
        ("≥", "反向", True),
        ("＞", "反向", True),
        ("≤", "反向", False),
        ("≥", "正向", False),
        ("＝", "正向", False),
        ("＝", "反向", False),
    ],
)
def test_a_cap_is_negative_and_a_demand_is_positive(operator: str, direction: str, wrong: bool) -> None:
    text = form(OUTPUT.replace("≥", operator).replace("正向", direction), EFFECT)
    assert cells(text, "PRF006") == [["G4"]] * wrong


@pytest.mark.parametrize(
    ("indicator", "wrong"),
    [
        (COST.replace("≤", "≥"), True),
        (COST.replace("≤", "≥").replace("万元", "元"), True),
        (COST.replace("≤", "＝"), False),
        (COST.replace("≤", "≥").replace("万元", "%"), False),
        (EFFECT.replace("定性,好坏,级", "≥,75,万元"), False),  # an effect in money asks for more
    ],
)
def test_only_a_cost_in_money_is_asked_to_stay_within_a_cap(indicator: str, wrong: bool) -> None:
    assert cells(form(OUTPUT, indicator), "PRF007") == [["G5"]] * wrong


@pytest.mark.parametrize(
    ("indicator", "wrong"),
    [
        (PLEASED.replace("95", "101"), True),
        (PLEASED.replace("95", "100"), False),
        (PLEASED.replace("≥,95", "＝,980"), True),
        (PLEASED.replace("≥,95", "＞,980"), True),
        (PLEASED.replace("≥,95", "≤,980"), False),
        (PLEASED.replace("95,%", "980,分"), False),
        (OUTPUT.replace("窗口数量,≥,10,个", "设备完好率,≥,950,%"), True),
        (OUTPUT.replace("窗口数量,≥,10,个", "收入增长率,≥,150,%"), False),
        (OUTPUT.replace("窗口数量,≥,10,个", "完成比例,≥,150,%"), False),
    ],
)
def test_a_rate_that_cannot_grow_stays_within_a_hundred(indicator: str, wrong: bool) -> None:
    assert cells(form(OUTPUT, indicator), "PRF009") == [["G5"]] * wrong


@pytest.mark.parametrize(
    ("again", "wrong"),
    [
        (PLEASED, False),  # the same twice
        (PLEASED.replace("95", "98"), True),
        (PLEASED.replace("95,%", "95,分"), True),
        (PLEASED.replace("≥,95", "≤,98"), False),  # two ends of a range
        (PLEASED.replace("群众", "企业").replace("95", "98"), False),
        (PLEASED.replace("服务对象满意度指标", "上级满意度指标").replace("95", "98"), False),
    ],
)
def test_an_indicator_is_one_by_its_levels_and_its_name(again: str, wrong: bool) -> None:
    assert cells(form(OUTPUT, PLEASED, again), "PRF010") == [["G5", "G6"]] * wrong


def test_a_form_of_another_year_is_told_with_both_years() -> None:
    stale = ONE.format(**{**SOUND, "year": "2023", "project": "热线运行"})
    (one,) = found(ONE.format(**SOUND) + GAP + stale, "PRF011")
    assert one.message == "项目“热线运行”的绩效目标表是 2023 年度的，预算是 2024 年的"
    assert [place.cell for place in one.places] == ["B13"]


@pytest.mark.parametrize(
    ("project", "said"),
    [
        ("窗口服务专项经费", []),
        ("“窗口 服务”专项经费", []),  # quotes and blanks do not matter
        ("窗口服务经费", ["项目表中没有“窗口服务经费”，最接近的是“窗口服务专项经费”"]),
        (
            "管网养护",
            ["绩效目标“管网养护”在项目表中没有对应的项目", "项目“窗口服务专项经费”没有绩效目标"],
        ),
    ],
)
def test_a_project_and_a_target_meet_by_name(project: str, said: list[str]) -> None:
    assert [finding.message for finding in found(target(project=project), "PRF012")] == said


def test_one_project_is_near_to_one_target_only() -> None:
    text = GAP.join((target(project="窗口服务经费"), ONE.format(**{**SOUND, "project": "窗口服务费"})))
    assert said(text, "PRF012") == [
        "项目表中没有“窗口服务经费”，最接近的是“窗口服务专项经费”",
        "绩效目标“窗口服务费”在项目表中没有对应的项目",
    ]


def test_a_project_without_a_target_is_shown_where_it_is_listed() -> None:
    listed = target().replace(
        "窗口服务专项经费,5.00,,,,,,,,\n,", "窗口服务专项经费,5.00,,,,,,,,\n2010302,127001,管网养护,2.00,,,,,,,,\n,", 1
    )
    (one,) = found(listed, "PRF012")
    assert (one.message, one.row) == ("项目“管网养护”没有绩效目标", "管网养护")
    assert [place.cell for place in one.places] == ["D6"]


def test_targets_beside_no_list_of_projects_are_not_matched() -> None:
    assert reasons(form(OUTPUT, EFFECT), "PRF012") == [
        ("没有项目表或没有项目绩效目标表，未核对", "there is no list of projects, or no targets")
    ]


def test_the_forms_without_weights_are_counted_and_shown_together() -> None:
    bare = OUTPUT.replace(",50,", ",,"), EFFECT.replace(",50,", ",,")
    text = GAP.join((form(OUTPUT, EFFECT, project="甲"), form(*bare, project="乙"), form(*bare, project="丙")))
    (one,) = found(text, "PRF013")
    assert (one.message, one.form) == ("2 张绩效目标表的指标没有权重", "project_performance")
    assert [place.cell for place in one.places] == ["B10", "B16"]
