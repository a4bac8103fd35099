"""What a document says once for all its facts: unit, year, agency and family, on the forms of every family."""

from __future__ import annotations

from functools import cache

import pytest
from tests.looks.books import AGENCY, BOOKS
from tests.looks.districts import DISTRICTS

import govbudget as gb

BUILDERS = {**BOOKS, **DISTRICTS}
FAMILIES = {
    "sichuan": "sichuan",
    "sichuan_uncoded": "sichuan",
    "chongqing": "chongqing",
    "chongqing_second": "chongqing",
    "hubei": "hubei",
    "hubei_central": "hubei",
    "shanghai_department": "shanghai",
    "shanghai_unit": "shanghai",
    "many_units": "sichuan",
}


@cache
def read(name: str) -> gb.Budget:
    return gb.read(BUILDERS[name]().book(name).data)


def units(name: str) -> dict[str, set[str]]:
    """The units of the facts of each form."""
    found: dict[str, set[str]] = {}
    for fact in read(name).facts:
        found.setdefault(fact.form, set()).add(fact.unit.value)
    return found


@pytest.mark.parametrize("name", FAMILIES)
def test_the_family_is_recognised(name: str) -> None:
    assert read(name).family == FAMILIES[name]


@pytest.mark.parametrize(
    "name", [name for name in BUILDERS if name not in {"three_public_in_order", "shanghai_projects"}]
)
def test_the_year_is_read(name: str) -> None:
    assert read(name).year == (2025 if name.startswith("shanghai") else 2024)


@pytest.mark.parametrize("name", ["sichuan", "chongqing", "hubei", "shanghai_department", "many_units", "undeclared"])
def test_the_agency_is_read(name: str) -> None:
    agency = read(name).agency
    assert agency is not None and agency.name == AGENCY


def test_a_title_is_no_agency() -> None:
    agency = read("shanghai_projects").agency
    assert agency is None or "表" not in agency.name


@pytest.mark.parametrize("name", ["sichuan", "chongqing", "chongqing_second", "hubei_central", "many_units", "pages"])
def test_amounts_in_wan_yuan(name: str) -> None:
    assert set().union(*units(name).values()) == {"万元"}


def test_procurement_in_yuan_in_a_document_in_wan_yuan() -> None:
    found = units("hubei")
    assert found.pop("procurement") == {"元"}
    assert set().union(*found.values()) == {"万元"}


def test_the_overall_money_in_yuan_in_a_document_in_wan_yuan() -> None:
    found = units("sichuan_uncoded")
    assert found.pop("overall_performance") == {"元"}
    assert set().union(*found.values()) == {"万元"}


@pytest.mark.parametrize("name", ["shanghai_department", "shanghai_unit"])
def test_three_public_in_wan_yuan_in_a_document_in_yuan(name: str) -> None:
    found = units(name)
    assert found.pop("three_public") == {"万元"}
    assert set().union(*found.values()) == {"元"}


def test_the_unit_in_the_title() -> None:
    assert units("in_yuan") == {"general": {"元"}, "expenditure": {"元"}}


def test_the_same_total_whatever_the_family() -> None:
    totals = {
        name: {fact.yuan for fact in read(name).facts if fact.form == "expenditure" and fact.name == "合计"}
        for name in ("sichuan", "chongqing", "hubei", "shanghai_department")
    }
    assert len({max(found) for found in totals.values()}) == 1


def test_prior_years_are_facts_of_their_year() -> None:
    for name, form in (("chongqing", "general"), ("chongqing", "three_public"), ("central", "three_public")):
        years = {fact.coordinate.year for fact in read(name).facts if fact.form == form}
        assert years == {2023, 2024}, (name, form)


def test_what_was_spent_in_a_prior_year_is_a_fact_of_that_year() -> None:
    facts = [fact for fact in read("central").facts if fact.form == "fund"]
    assert {fact.coordinate.year for fact in facts if "执行数" in fact.column} == {2023}


@pytest.mark.parametrize("name", ["sichuan", "chongqing", "shanghai_unit"])
def test_empty_forms_are_present_and_empty(name: str) -> None:
    forms = {form.id: form.empty for form in read(name).forms}
    assert forms["fund"]
    assert not forms["general"]


def test_empty_columns_of_three_public_in_any_order() -> None:
    facts = {(fact.name, fact.coordinate.item): fact.amount for fact in read("three_public_in_order").facts}
    assert facts["合计", "three_public.reception"] == 2
    assert facts["合计", "three_public.vehicle.operation"] == 3
    assert facts["合计", "three_public.vehicle"] == 3
    assert facts["合计", "three_public"] == 5


@pytest.mark.parametrize(
    ("first", "name"), [("合计", "合计"), ("1101基本工资", "基本工资"), ("22 其他运转类", "其他运转类")]
)
def test_what_stands_in_the_column_of_project_codes_may_be_a_name(first: str, name: str) -> None:
    head = "项目支出表,,,\n单位：万元,,,\n项目编码,项目名称,项目单位,合计\n"
    book = gb.read(f"{head}{first},,,5.00\n42130323016Y000000101,窗口服务,某局,5.00\n".encode())
    assert [fact.name for fact in book.facts] == [name, "窗口服务"]
    assert [project.name for project in book.projects] == ["窗口服务"]
    assert book.facts[0].coordinate.project is None


def test_a_summary_over_two_pages_is_one_form_and_those_of_two_units_are_two() -> None:
    page = "财政拨款收支总表,,,\n单位：万元,,,\n收入,,支出,\n项目,预算数,项目,预算数\n"
    first = "一、本年收入,5.00,一、本年支出,5.00\n一般公共预算拨款,5.00,一般公共服务支出,3.00\n"
    rest = "政府性基金预算拨款,,教育支出,2.00\n"
    assert [form.id for form in gb.read((page + first + page + rest).encode()).forms] == ["fiscal_summary"]
    assert len(gb.read((page + first + page + first).encode()).forms) == 2


@pytest.mark.parametrize(("unit", "code"), [("某某县数据局第1中心", ""), ("某某县数据局", "300001")])
def test_a_lone_code_is_the_departments_only_under_its_name(unit: str, code: str) -> None:
    """The list of projects names one unit of several; its code is not the department's."""
    lines = (
        "2024年项目支出明细表",
        "部门：某某县数据局\t\t\t\t\t单位：万元",
        "序号\t预算单位\t功能分类科目编码\t功能分类科目名称\t项目名称\t合计",
        "\t合计\t\t\t\t12.50",
        f"1\t300001-{unit}\t2010302\t一般行政管理事务\t数据汇聚1期\t12.50",
    )
    book = gb.read("\n".join(lines).encode())
    assert book.agency == gb.Agency(code, "某某县数据局")
    assert gb.Agency("300001", unit) in book.agencies
    assert {fact.coordinate.agency for fact in book.facts if fact.coordinate.project} == {"300001"}


@pytest.mark.parametrize(
    "labels",
    [("收入构成", "", "支出构成", "", ""), ("收入构成", "", "", "支出构成", ""), ("收入构成",) * 2 + ("支出构成",) * 3],
)
def test_the_total_of_the_revenue_is_none_of_the_expenditure(labels: tuple[str, ...]) -> None:
    """A name of a group that is not merged down over its rows stands on the first, or in the middle."""
    names = ("财政拨款", "合计", "基本支出", "项目支出", "合计")
    figures = ("1255", "1255", "1165", "90", "1255")
    money = "\n".join(f"\t{label}\t{name}\t{figure}" for label, name, figure in zip(labels, names, figures))
    text = f"""部门整体支出绩效目标申报表
部门名称\t某某区档案馆
部门总体资金情况（万元）\t总体资金情况\t\t2024年预算金额（C）\t2023年预算金额（D）
{money}
年度整体绩效总目标\t做好档案工作。
年度绩效指标\t一级指标\t二级指标\t三级指标\t年初目标值
\t产出指标\t数量指标\t加工页数\t120万页
"""
    book = gb.read(text.encode())
    assert [(one.name, one.coordinate.side) for one in book.facts] == [
        ("财政拨款", "revenue"),
        ("合计", "revenue"),
        ("基本支出", "expenditure"),
        ("项目支出", "expenditure"),
        ("合计", "expenditure"),
    ]
