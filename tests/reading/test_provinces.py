"""Forms as departments of other provinces print them: other columns that name rows, rows told by their names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.reading.test_neighbours import INDICATOR, Cell, facts, read, unread

import govbudget as gb

TITLE = ["部门支出总表"]
UNIT: list[Cell] = ["部门：某县水利局", None, None, "单位：万元"]


def errors(book: gb.Budget) -> list[str]:
    return [finding.rule for finding in book.check().findings if finding.severity.value == "error"]


def test_the_numbers_of_columns_may_be_sums() -> None:
    book = read(
        [
            TITLE,
            UNIT,
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["1", "2", "3=4+5", "4", "5"],
            ["213", "农林水支出", 30.0, 20.0, 10.0],
            [None, "合计", 30.0, 20.0, 10.0],
        ]
    )
    assert unread(book) == []
    assert [fact.place.cell for fact in book.facts] == ["C5", "D5", "E5", "C6", "D6", "E6"]


@pytest.mark.parametrize(
    ("above", "own"), [(["213", None, None], ["213", "21303", None]), (["213", None, None], [None, "21303", None])]
)
def test_each_column_of_codes_may_print_the_whole_code(above: list[Cell], own: list[Cell]) -> None:
    book = read(
        [
            TITLE,
            UNIT,
            ["科目编码", None, None, "科目名称", "合计"],
            ["类", "款", "项", None, None],
            [*above, "农林水支出", 30.0],
            [*own, "水利", 30.0],
            ["213", "21303", "2130305", "水利工程建设", 30.0],
            ["213", "03", "2130301", "行政运行", 1.0],
        ],
        *("A3:C3", "D3:D4", "E3:E4"),
    )
    assert [fact.code for fact in book.facts] == ["213", "21303", "2130305", "2130301"]


def test_codes_that_do_not_fit_each_other_are_kept_as_they_stand() -> None:
    book = read(
        [
            TITLE,
            UNIT,
            ["科目编码", None, None, "科目名称", "合计"],
            ["类", "款", "项", None, None],
            ["213", "20805", "2130305", "水利工程建设", 30.0],
        ],
        *("A3:C3", "D3:D4", "E3:E4"),
    )
    assert [fact.code for fact in book.facts] == ["213208052130305"]


def test_of_two_economic_classifications_in_columns_of_classes_the_first_names_the_rows() -> None:
    book = read(
        [
            ["一般公共预算基本支出表"],
            ["部门预算支出经济分类", None, None, "政府预算支出经济分类", None, None, "2024年预算"],
            ["科目编码", None, "科目名称", "科目编码", None, "科目名称", "合计"],
            ["类", "款", None, "类", "款", None, None],
            ["301", None, "工资福利支出", None, None, None, 30.0],
            ["301", "01", "基本工资", "501", "01", "工资奖金津补贴", 30.0],
        ],
        *("A1:G1", "A2:C2", "D2:F2", "A3:B3", "C3:C4", "D3:E3", "F3:F4", "G3:G4"),
    )
    assert unread(book) == []
    assert [(fact.code, fact.name) for fact in book.facts] == [("301", "工资福利支出"), ("30101", "基本工资")]


def test_a_form_of_economic_subjects_goes_by_these_where_function_subjects_stand_before_them() -> None:
    book = read(
        [
            ["部门基本支出预算表"],
            ["功能科目编码", "功能科目名称", "部门经济科目编码", "部门经济科目名称", "资金来源", None, None],
            [None, None, None, None, "总计", "一般公共预算", "财政专户管理资金"],
            ["2130301", "行政运行", "30101", "基本工资", 30.0, 30.0, None],
            ["2130301", "行政运行", "30102", "津贴补贴", 20.0, 15.0, 5.0],
            [None, "合计", None, None, 50.0, 45.0, 5.0],
        ],
        *("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2"),
    )
    assert unread(book) == []
    found = facts(book)
    assert [(found[cell].code, found[cell].coordinate.fund) for cell in ("E4", "F4", "G5")] == [
        ("30101", None),
        ("30101", "general"),
        ("30102", "fiscal_account"),
    ]
    assert errors(book) == []


NAMES: list[list[Cell]] = [
    ["合计", 60.0, 50.0, 10.0],
    ["工资福利支出", 50.0, 50.0, None],
    ["    基本工资", 30.0, 30.0, None],
    ["    津贴补贴", 20.0, 20.0, None],
    ["商品和服务支出", 10.0, None, 10.0],
    ["    办公费", 10.0, None, 10.0],
]


def named(rows: list[list[Cell]]) -> gb.Budget:
    head: list[list[Cell]] = [
        ["一般公共预算基本支出表"],
        ["单位：万元"],
        ["经济科目名称", "合计", "人员经费", "公用经费"],
    ]
    return read(head + rows, "A1:D1")


def test_subjects_without_codes_are_told_by_their_names() -> None:
    book = named(NAMES)
    found = facts(book)
    assert [found[cell].coordinate.economic for cell in ("B4", "B5", "B6", "B8", "D9")] == [
        None,
        "301",
        "30101",
        "302",
        "30201",
    ]
    assert {fact.code for fact in book.facts} == {""}
    assert errors(book) == []


def test_a_wrong_figure_among_subjects_without_codes_is_found() -> None:
    rows = [list(row) for row in NAMES]
    rows[2][1] = rows[2][2] = 47.0
    (first, *_) = named(rows).check().findings
    assert (first.rule, first.severity.value) == ("SUM005", "error")


@pytest.mark.parametrize("rows", [[*NAMES, ["某项支出", 1.0]], [*NAMES, ["工资福利支出", 1.0]]])
def test_nothing_is_told_of_subjects_where_a_name_is_none_or_stands_twice(rows: list[list[Cell]]) -> None:
    assert {fact.coordinate.economic for fact in named(rows).facts} == {None}


def test_natures_one_below_the_other_and_what_stands_under_them() -> None:
    book = read(
        [
            ["支出总体情况表"],
            ["单位名称：某市文化局", "单位：万元"],
            ["项目", "2024年预算"],
            ["一、基本支出", 60.0],
            ["　　工资福利支出", 50.0],
            ["　　商品和服务支出", 10.0],
            ["二、项目支出", 40.0],
            ["　　专项类项目", 40.0],
            ["本年支出合计", 100.0],
            ["支出总计", 100.0],
        ]
    )
    assert [fact.coordinate.nature for fact in book.facts] == ["basic"] * 3 + ["project"] * 2 + [None] * 2
    assert errors(book) == []


def test_parts_of_other_funds_without_numbers_are_counted_once() -> None:
    book = read(
        [
            ["收入总体情况表"],
            ["单位名称：某市文化局", "单位：万元"],
            ["项目", "2024年预算"],
            ["一、财政拨款", 60.0],
            ["　　一般公共预算", 60.0],
            ["二、财政专户拨款", None],
            ["三、其他资金", 40.0],
            ["　　事业收入", 30.0],
            ["　　其他收入", 10.0],
            ["本年收入合计", 100.0],
        ]
    )
    assert len(book.facts) == 6
    assert errors(book) == []


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("其中：基本支出", {"nature": "basic"}),
        ("其中：项目支出", {"nature": "project"}),
        ("事业收入（不含专户资金）", {"fund": "business"}),
        ("财政拨款（补助）", {"item": "fiscal"}),
        ("公务用车购置及运维费", {"item": "three_public.vehicle"}),
        ("预算单价", {"item": "unit_price"}),
    ],
)
def test_what_columns_of_other_provinces_say(label: str, said: dict[str, str]) -> None:
    dims = gb.forms.vocabulary().dims(label) or {}
    assert {key: dims.get(key) for key in said} == said


@pytest.mark.parametrize(("label", "kind"), [("收入总数", "revenue_total"), ("支出总数", "expenditure_total")])
def test_totals_of_other_provinces(label: str, kind: str) -> None:
    assert gb.forms.vocabulary().row(label) == kind


def test_a_summary_headed_by_categories() -> None:
    book = read(
        [
            ["部门收支预算总表"],
            ["单位：某市医保局", None, None, "单位：万元"],
            ["收    入", None, "支    出", None],
            ["收入项目类别", "收入预算", "支出项目类别", "支出预算"],
            ["一、一般公共预算财政拨款", 30.0, "一、卫生健康支出", 30.0],
            ["收入总计", 30.0, "支出总计", 30.0],
        ],
        *("A1:D1", "A3:B3", "C3:D3"),
    )
    assert unread(book) == []
    assert [(fact.place.cell, fact.coordinate.side) for fact in book.facts if fact.form == "summary"] == [
        ("B5", "revenue"),
        ("B6", "revenue"),
        ("D5", "expenditure"),
        ("D6", "expenditure"),
    ]


def test_units_among_projects_without_codes() -> None:
    book = read(
        [
            ["部门项目支出明细表"],
            ["单位：万元"],
            ["单位名称", "项目名称", "项目类别", "金额", "项目内容"],
            ["合计", None, None, 60.0, None],
            ["某县水利局", None, None, 40.0, None],
            [None, "堤防维修", "专项", 30.0, "维修"],
            [None, "防汛物资", "专项", 10.0, "购买"],
            ["某县水库管理所", None, None, 20.0, None],
            [None, "大坝监测", "专项", 20.0, "监测"],
        ],
        "A1:E1",
    )
    assert unread(book) == []
    assert [(fact.coordinate.agency, fact.coordinate.project) for fact in book.facts] == [
        (None, None),
        ("某县水利局", None),
        ("某县水利局", "堤防维修"),
        ("某县水利局", "防汛物资"),
        ("某县水库管理所", None),
        ("某县水库管理所", "大坝监测"),
    ]
    assert errors(book) == []


def test_units_and_projects_in_one_column() -> None:
    rows: list[list[Cell]] = [["合计", 40.0], ["某县林业局", 40.0], ["    造林补助", 30.0], ["    防火经费", 10.0]]
    book = read([["专项业务经费项目支出表"], ["单位：万元"], ["单位（项目）名称", "项目金额"], *rows], "A1:B1")
    assert [(fact.coordinate.agency, fact.coordinate.project) for fact in book.facts] == [
        (None, None),
        ("某县林业局", None),
        ("某县林业局", "造林补助"),
        ("某县林业局", "防火经费"),
    ]
    assert errors(book) == []


def test_the_function_subject_of_a_project_may_be_one_with_its_name() -> None:
    rows: list[list[Cell]] = [["堤防维修", "2130305-水利工程建设", 30.0], ["防汛物资", "[2130314]防汛", 10.0]]
    book = read([["项目支出预算表"], ["单位：万元"], ["项目名称", "功能科目", "合计"], *rows], "A1:C1")
    assert [(fact.coordinate.function, fact.name) for fact in book.facts] == [
        ("2130305", "堤防维修"),
        ("2130314", "防汛物资"),
    ]


def test_what_is_carried_over_may_have_a_column_beside_those_of_the_funds() -> None:
    book = read(
        [
            ["项目支出表"],
            ["部门：某县水利局", None, None, "单位：万元"],
            ["项目名称", "合计", "一般公共预算", "上年结转"],
            ["合计", 40.0, 30.0, 10.0],
            ["堤防维修", 40.0, 30.0, 10.0],
            ["一般公共预算支出表"],
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["213", "农林水支出", 40.0, None, 40.0],
            [None, "合计", 40.0, None, 40.0],
        ]
    )
    assert [form.id for form in book.forms] == ["projects", "general"]
    assert errors(book) == []


APPROPRIATIONS: list[list[Cell]] = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["213", "农林水支出", 40.0, None, 40.0],
]


@pytest.mark.parametrize(("beside", "fund"), [("一般公共预算支出表", None), ("国有资本经营预算支出表", "general")])
def test_appropriations_beside_those_of_the_general_public_budget_are_of_all_funds(
    beside: str, fund: str | None
) -> None:
    book = read([["财政拨款支出表（功能科目）"], *APPROPRIATIONS, [beside], *APPROPRIATIONS])
    assert facts(book)["C3"].coordinate.fund == fund


def test_the_cost_of_running_the_agency_is_none_of_the_forms() -> None:
    rows: list[list[Cell]] = [["科目编码", "科目名称", "机关运行经费支出"], ["302", "商品和服务支出", 4.0]]
    book = read([["一般公共预算机关运行经费支出预算表"], *rows])
    assert not book.facts
    assert "4" in unread(book)


def test_values_of_the_years_before_stand_beside_that_of_the_year() -> None:
    book = read(
        [
            ["项目支出绩效目标表"],
            ["项目名称", "审计专项", None, "项目编码", "42010024072T000000101", None, None],
            ["项目总预算（万元）", 90.0, None, "项目当年预算（万元）", 30.0, None, None],
            ["一级指标", "二级指标", "三级指标", "绩效标准", None, None, "备注"],
            [None, None, None, "前年", "上年", "预计当年实现", None],
            [*INDICATOR, "80%", "90%", "≥95%", None],
        ],
        *("A1:G1", "A4:A5", "B4:B5", "C4:C5", "D4:F4", "G4:G5"),
    )
    (project,) = book.projects
    (indicator,) = project.indicators
    assert unread(book) == []
    assert (indicator.operator_text, str(indicator.value), indicator.unit) == ("≥", "95", "%")
    assert book.targets[0].target.budget == Decimal(300_000)
