"""Texts that a program took out of a scan or a PDF, page by page（抽取文本的分页与错列）."""

from __future__ import annotations

from decimal import Decimal

import pytest

import govbudget as gb
from govbudget.amounts import Unit

TARGET = (
    "2025年预算项目绩效目标表\n\n项目名称\t管网维护\t\t\t\t业务主管部门\t\t云川市水务局\t\n"
    "{header}\n{first}\n\n"
    "产出指标\t质量指标\t验收合格率\t20\t%\t≥\t98\t否\n"
    "产出指标\t时效指标\t年底完成\t10\t年\t定性\t\t是\n"
    "满意度指标\t服务对象满意 度指标\t用户满意度\t10\t%\t<b>/</b>\t95\t否\n"
)
HEADER = "绩效指标\t一级指标\t二级指标\t三级指标\t指标权重\t计量单位\t指标性质\t指标值\t是否核心指标"
FIRST = "\t产出指标\t数量指标\t维护次数\t20\t次\t≥\t4\t是"


def indicators(text: str) -> list[tuple[str, str, str, str, str, str]]:
    return [
        (one.level2, one.name, str(one.operator or ""), str(one.value or ""), one.unit, str(one.weight or ""))
        for target in gb.read(text.encode()).targets
        for one in target.target.indicators
    ]


@pytest.mark.parametrize(
    ("header", "first"),
    [
        (HEADER, FIRST),
        (HEADER.replace("计量单位\t指标性质", "计量单\t位 指标性质"), FIRST),
        (HEADER.replace("计量单位\t指标性质", "计量单\t位\t指标性质"), FIRST.replace("次\t≥", "次\t\t≥")),
        (HEADER.replace("计量单位\t指标性质", "计量单位\t指\t标性质"), FIRST.replace("次\t≥", "次\t\t≥")),
    ],
)
def test_a_page_may_leave_out_the_cell_that_is_merged_down_beside_the_indicators(header: str, first: str) -> None:
    """The rest of a table of nine columns has eight: 绩效指标 stands on its first page alone."""
    assert indicators(TARGET.format(header=header, first=first)) == [
        ("数量指标", "维护次数", "≥", "4", "次", "20"),
        ("质量指标", "验收合格率", "≥", "98", "%", "20"),
        ("时效指标", "年底完成", "定性", "", "年", "10"),
        ("服务对象满意度指标", "用户满意度", "", "95", "%", "10"),
    ]


def test_a_page_may_leave_out_the_columns_of_the_project() -> None:
    header = "单位名称\t项目名称\t预算数\t年度目标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重"
    text = (
        f"部门预算项目绩效目标表\n金额单位：万元\n{header}\n"
        "101001-云川市水务局\t管网维护\t12.00\t完成维护\t产出指标\t数量指标\t维护次数\t≥\t4\t次\t40\n\n"
        "产出指标\t质量指标\t验收合格率\t≥\t98\t%\t30\n满意度指标\t满意度指标\t用户满意度\t≥\t95\t%\t20\n"
    )
    assert [(name, value, weight) for _, name, _, value, _, weight in indicators(text)] == [
        ("维护次数", "4", "40"),
        ("验收合格率", "98", "30"),
        ("用户满意度", "95", "20"),
    ]


def test_only_the_cells_of_the_project_may_have_lost_a_tab() -> None:
    header = "单位名称\t项目名称\t预算数\t年度目标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重"
    text = (
        f"部门预算项目绩效目标表\n金额单位：万元\n{header}\n"
        "管网维护\t12.00\t完成维护\t\t产出指标\t数量指标\t维护次数\t≥\t4\t次\t40\n"
    )
    assert indicators(text) == [("数量指标", "维护次数", "≥", "4", "次", "40")]
    assert [(fact.name, fact.amount) for fact in gb.read(text.encode()).facts] == [("管网维护", Decimal("12.00"))]


def test_a_name_that_a_page_breaks_off_goes_on_on_the_next() -> None:
    rest = "\t\t及泵站检修\t\t\t\t\t\n产出指标\t质量指标\t验收合格率\t20\t%\t≥\t98\t否\n"
    text = f"2025年预算项目绩效目标表\n\n项目名称\t管网维护\n{HEADER}\n{FIRST}\n\n{rest}"
    assert [name for _, name, *_ in indicators(text)] == ["维护次数及泵站检修", "验收合格率"]


def test_an_indicator_is_never_called_by_a_number() -> None:
    text = f"2025年预算项目绩效目标表\n\n项目名称\t管网维护\n{HEADER}\n{FIRST}\n\t\t\t20\t\t%\t\t98\t\n"
    book = gb.read(text.encode())
    assert len(book.targets[0].target.indicators) == 1
    assert any("98" in one.text for one in book.unread)


@pytest.mark.parametrize(
    "upper",
    [
        "项目名称\t合计\t本年拨款\t\t\t财政拨款结转结余\t\t\t单位资金",
        "项目名称\t合计\t\t本年拨款\t\t\t财政拨款结转结余\t\t单位资金",
        "项目名称\t合计\t\t\t本年拨款\t\t\t财政拨款结转结余\t单位资金",
    ],
)
@pytest.mark.parametrize("low", [False, True])
def test_a_group_may_stand_over_any_of_its_columns(upper: str, low: bool) -> None:
    lower = "\t\t一般公共预算\t政府性基金\t国有资本经营\t一般公共预算\t政府性基金\t国有资本经营\t"
    if low:
        upper = upper.replace("项目名称\t合计", "\t").replace("单位资金", "")
        lower = lower.replace("\t\t一般", "项目名称\t合计\t一般", 1) + "单位资金"
    text = f"项目支出表\n单位：万元\n{upper}\n{lower}\n管网维护\t12.00\t9.00\t\t\t2.00\t\t\t1.00\n"
    assert [fact.column for fact in gb.read(text.encode()).facts] == [
        "合计",
        "本年拨款/一般公共预算",
        "财政拨款结转结余/一般公共预算",
        "单位资金",
    ]


def test_two_figures_in_a_cell_stand_in_the_blank_one_behind_it() -> None:
    text = (
        "部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "205\t教育支出\t19.00\t9.00 10.00\t\n20501\t教育管理事务\t19.00 19.00\t\t\n20502\t普通教育\t\t9.00 10.00\t\n"
    )
    book = gb.read(text.encode())
    assert [(fact.code, fact.column, fact.amount) for fact in book.facts if fact.code != "20502"] == [
        ("205", "合计", Decimal("19.00")),
        ("205", "基本支出", Decimal("9.00")),
        ("205", "项目支出", Decimal("10.00")),
        ("20501", "合计", Decimal("19.00")),
        ("20501", "基本支出", Decimal("19.00")),
    ]
    assert [one.text for one in book.unread] == ["9.00 10.00"]  # they may be those before it as well


def test_the_last_part_of_a_code_may_share_its_cell_with_the_code_of_the_unit() -> None:
    text = (
        "部门支出总表\n单位：万元\n科目编码\t\t\t单位代码\t单位名称（科目）\t合计\t基本支出\n类\t款\t项\t\t\t\t\n"
        "205\t01\t01 101001\t\t行政运行\t9.00\t9.00\n"
    )
    assert {fact.code for fact in gb.read(text.encode()).facts} == {"2050101"}


def test_the_law_of_a_row_with_two_figures_in_a_cell_is_not_judged() -> None:
    text = (
        "一般公共预算“三公”经费支出表\n单位：万元\n单位编码\t单位名称\t合计\t因公出国（境）费\t公务接待费\n"
        "\t合计\t7.00\t3.00\t4.00\n101001\t云川市水务局\t5.00\t\t2.00 3.00\n101002\t云川市泵站\t2.00\t1.00\t1.00\n"
    )
    assert [one.rule for one in gb.read(text.encode()).check(select="SUM").errors] == []


def test_the_classification_of_the_department_names_the_rows() -> None:
    text = (
        "一般公共预算基本支出情况表\n单位：万元\n部门预算经济分类\t\t\t政府预算经济分类\t\t\t2025年基本支出\t\t\n"
        "类\t款\t科目名称\t类\t款\t科目名称\t合计\t人员经费\t公用经费\n"
        "\t\t合计\t\t\t\t9.00\t6.00\t3.00\n301\t01\t基本工资\t501\t01\t工资奖金津补贴\t6.00\t6.00\t\n"
        "302\t01\t办公费\t502\t01\t办公经费\t3.00\t\t3.00\n"
    )
    book = gb.read(text.encode())
    assert {(fact.code, fact.name) for fact in book.facts} == {
        ("", "合计"),
        ("30101", "基本工资"),
        ("30201", "办公费"),
    }
    assert book.unread == ()


def test_the_code_of_a_project_may_be_wrapped() -> None:
    text = "项目支出明细表\n单位：万元\n项目名称\t合计\n合计\t9.00\n50015225T000 004336674- 2025年 管网维护\t9.00\n"
    projects = gb.read(text.encode()).projects
    assert [(one.code, one.name.replace(" ", "")) for one in projects] == [("50015225T000004336674", "2025年管网维护")]


def test_three_public_is_in_the_unit_of_its_family_where_no_form_names_one() -> None:
    text = (
        "2025年部门支出预算总表\n功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t项目支出\n类\t款\t项\t\t\t\t\n"
        "205\t01\t01\t行政运行\t1250000\t1250000\t\n\n2025年部门“三公”经费和机关运行经费预算表\n"
        "2025年“三公”经费预算数\t\t\t\t\t\t机关运行经费预算数\n"
        "合计\t因公出国（境）费\t公务接待费\t公务用车购置及运行费\t\t\t\n\t\t\t小计\t购置费\t运行费\t\n"
        "6.50\t\t1.50\t5.00\t\t5.00\t88.20\n"
    )
    book = gb.read(text.encode())
    assert book.family == "shanghai"
    assert {fact.form: fact.unit for fact in book.facts} == {"expenditure": Unit.YUAN, "three_public": Unit.WAN}
    assert {form.unit for form in book.forms} == {None}


def test_the_year_stands_in_a_heading_of_the_words_behind_the_forms() -> None:
    rows = "".join(f"2050{at}\t教育管理事务\t1.00\t1.00\t\n" for at in range(1, 10)) + "\n" * 200
    text = f"部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n{rows}2025年度部门预算情况说明\n"
    assert gb.read(text.encode()).year == 2025


def test_the_name_of_the_only_project_is_spelt_down_the_rows() -> None:
    """The lines of a merged cell stand beside the indicators that it is merged over; the first of them may be above."""
    text = (
        "项目支出绩效目标申报表\n（2025年度）\n"
        "项目名称\t年度绩效目标\t一级指标\t二级指标\t三级指标\t计算符号\t指标值\t计量单位\n"
        "\t\t产出指标\t数量指标\t维护次数\t≥\t4\t次\n管网\t完成\t\t质量指标\t验收合格率\t≥\t98\t%\n"
        "维护\t维护\t效益指标\t社会效益指标\t保障供水\t定性\t明显\t\n经费\t任务\t满意度指标\t\t用户满意度\t≥\t95\t%\n"
    )
    (printed,) = gb.read(text.encode()).targets
    assert (printed.target.project, printed.target.goal) == ("管网维护经费", "完成维护任务")
    assert len(printed.target.indicators) == 4


def test_a_class_of_expenditure_is_no_revenue_where_a_page_leaves_out_the_columns_of_that() -> None:
    text = (
        "财政拨款收支预算总表\n单位：万元\n收入\t\t支出\t\t\t\n项目\t预算数\t项目\t合计\t一般公共预算\t政府性基金预算\n"
        "本年收入\t9.00\t本年支出\t9.00\t9.00\t\n一般公共预算拨款收入\t9.00\t教育支出\t7.00\t7.00\t\n\n"
        "援助其他地区支出\t\t\n住房保障支出\t2.00\t2.00\n"
    )
    book = gb.read(text.encode())
    assert not any(fact.name == "住房保障支出" for fact in book.facts)
    assert [one.text for one in book.unread] == ["2.00", "2.00"]


def test_parts_of_a_code_are_told_by_what_they_are() -> None:
    text = (
        "部门支出总表\n单位：万元\n科目编码 类\t科目编码 款\t科目编码 项\t单位代码\t科目名称\t合计\t基本支出\t项目支出"
        "\n205\t01\t01\t101001\t行政运行\t9.00\t9.00\t\n205\t01\t02\t101001\t一般行政管理事务\t3.00\t\t3.00\n"
    )
    assert {fact.code for fact in gb.read(text.encode()).facts} == {"2050101", "2050102"}
