"""Tables as other programs take them out of documents（其他工具抽取的表格）: Markdown, repeated cells, lost tabs."""

from __future__ import annotations

from decimal import Decimal

import govbudget as gb

THREE_PUBLIC = """## 2025年部门“三公”经费和机关运行经费预算表

编制部门：云川市水务局　单位：万元

| 2025年“三公”经费预算数 |  |  |  |  |  | 机关运行经费预算数 |
|---|---|---|---|---|---|---|
| 合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 |  |  |  |
|  |  |  | 小计 | 购置费 | 运行费 |  |
| 6.50 |  | 1.50 | 5.00 |  | 5.00 | 88.20 |
"""


def amounts(text: str) -> list[tuple[str, str, Decimal]]:
    return [(fact.form, fact.code or fact.name, fact.amount) for fact in gb.read(text.encode()).facts]


def test_the_rule_of_markdown_stands_within_a_header_of_several_rows() -> None:
    general = (
        "## 一般公共预算支出表\n\n单位：万元\n\n"
        "| 科目编码 | 科目名称 | 2025年预算数 |  |  |\n|---|---|---|---|---|\n"
        "|  |  | 合计 | 基本支出 | 项目支出 |\n"
        "| 205 | 教育支出 | 30.00 | 20.00 | 10.00 |\n"
    )
    book = gb.read(general.encode())
    assert [fact.column for fact in book.facts] == [f"2025年预算数/{word}" for word in ("合计", "基本支出", "项目支出")]
    assert [fact.form for fact in book.facts] == ["general"] * 3
    assert [fact.place.cell for fact in book.facts] == ["C8", "D8", "E8"]
    assert book.unread == ()


def test_groups_over_the_rule_belong_to_the_header_beside_a_cell_merged_down() -> None:
    book = gb.read(THREE_PUBLIC.encode())
    assert book.unread == ()
    assert [(fact.column.rpartition("/")[2], fact.amount) for fact in book.facts] == [
        ("合计", Decimal("6.50")),
        ("公务接待费", Decimal("1.50")),
        ("小计", Decimal("5.00")),
        ("运行费", Decimal("5.00")),
        ("机关运行经费预算数", Decimal("88.20")),
    ]
    assert {fact.coordinate.year for fact in book.facts} == {2025}


def test_a_sheet_as_markdown_has_words_for_its_empty_cells() -> None:
    sheet = (
        "## 表3\n| 一般公共预算支出预算表 | Unnamed: 1 | Unnamed: 2 | Unnamed: 3 | Unnamed: 4 | Unnamed: 5 |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| 部门：云川市水务局 | NaN | NaN | NaN | NaN | 金额单位：万元 |\n"
        "| 科目编码 | NaN | NaN | 科目名称 | 合计 | 项目支出 |\n| 类 | 款 | 项 | NaN | NaN | NaN |\n"
        "| NaN | NaN | NaN | 合 计 | 30.5 | 10.5 |\n| 213 | 03 | 01 | 行政运行 | 30.5 | 10.5 |\n"
    )
    assert amounts(sheet) == [
        ("general", "合计", Decimal("30.5")),
        ("general", "合计", Decimal("10.5")),
        ("general", "2130301", Decimal("30.5")),
        ("general", "2130301", Decimal("10.5")),
    ]


def test_a_merged_cell_that_each_of_its_cells_repeats_is_one() -> None:
    text = (
        "部门支出总表\n单位：万元\n科目编码\t科目编码\t科目编码\t科目名称\t合计\t基本支出\n"
        "类\t款\t项\t科目名称\t合计\t基本支出\n205\t01\t01\t行政运行\t8.00\t8.00\n合计\t合计\t合计\t合计\t8.00\t8.00\n"
    )
    book = gb.read(text.encode())
    assert [(fact.code or fact.name) for fact in book.facts] == ["2050101", "2050101", "合计", "合计"]
    assert book.unread == ()


def test_each_row_of_a_target_may_repeat_its_project() -> None:
    header = "项目名称\t预算数\t年度目标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\n"
    row = "管网维护\t12.00\t完成维护\t产出指标\t数量指标\t{}\t≥\t4\t次\t{}\n"
    text = f"部门预算项目绩效目标表\n金额单位：万元\n{header}{row.format('巡查次数', 40)}{row.format('维护次数', 50)}"
    book = gb.read(text.encode())
    assert [(one.target.project, len(one.target.indicators)) for one in book.targets] == [("管网维护", 2)]
    assert [fact.amount for fact in book.facts] == [Decimal("12.00")]


def test_the_head_of_a_target_may_repeat_its_money() -> None:
    text = (
        "项目绩效目标表\n项目名称\t管网维护\t管网维护\t主管部门\t主管部门\t云川市水务局\n"
        "当年预算（万元）\t12.00\t12.00\t本级安排（万元）\t本级安排（万元）\t12.00\n"
        "当年预算（万元）\t12.00\t12.00\t上级补助（万元）\t上级补助（万元）\t\n"
        "一级指标\t二级指标\t三级指标\t指标权重\t指标性质\t指标值\n产出指标\t数量指标\t巡查次数\t90\t≥\t4\n"
    )
    assert amounts(text) == [("project_performance", "管网维护", Decimal("12.00"))] * 2


def test_a_row_of_blank_figures_may_have_lost_its_tabs() -> None:
    text = (
        "部门收支总表\n单位：万元\n收入\t\t支出\n项目\t预算数\t项目\t预算数\n"
        "一、一般公共预算拨款收入\t9.00\t一、教育支出\t9.00\n本年收入合计\t9.00\t本年支出合计\t9.00\n上年结转\n"
        "收入总计\t9.00\t支出总计\t9.00\n云川市水务局\n"
    )
    book = gb.read(text.encode())
    assert sum(fact.name in {"收入总计", "支出总计"} for fact in book.facts) == 2
    assert book.unread == ()


def test_a_running_title_stands_within_a_table_that_goes_on() -> None:
    text = (
        "部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n205\t教育支出\t9.00\t9.00\t\n"
        "\n3\n\n云川市教育局2025年部门预算\n\n20501\t教育管理事务\t9.00\t9.00\t\n"
    )
    book = gb.read(text.encode())
    assert [fact.code for fact in book.facts] == ["205", "205", "20501", "20501"]
    assert [one.text for one in book.unread] == ["云川市教育局2025年部门预算"]


def test_a_merged_cell_may_have_a_single_tab_behind_it() -> None:
    """As in a table copied out of Word: a group over several columns is one cell, those merged down are blank below."""
    text = (
        "一般公共预算支出预算表\n单位：万元\n项目\t合计\t上年结转安排\n"
        "科目编码\t单位代码\t单位名称（科目）\t\t\n类\t款\t项\t\t\t\t\n"
        "\t\t\t\t合计\t9.00\t2.00\n213\t03\t01\t127\t行政运行\t9.00\t2.00\n"
    )
    book = gb.read(text.encode())
    assert [(fact.code or fact.name, fact.column) for fact in book.facts] == [
        ("合计", "合计"),
        ("合计", "上年结转安排"),
        ("2130301", "合计"),
        ("2130301", "上年结转安排"),
    ]
    assert book.unread == ()


def test_groups_beside_each_other_begin_with_the_same_heading() -> None:
    text = (
        "一般公共预算“三公”经费支出表\n单位：万元\n单位名称\t2024年预算数\t2025年预算数\n"
        "\t合计\t公务接待费\t合计\t因公出国（境）费\t公务接待费\n合计\t3.00\t3.00\t5.00\t1.00\t4.00\n"
    )
    assert [(fact.coordinate.year, fact.amount) for fact in gb.read(text.encode()).facts] == [
        (2024, Decimal("3.00")),
        (2024, Decimal("3.00")),
        (2025, Decimal("5.00")),
        (2025, Decimal("1.00")),
        (2025, Decimal("4.00")),
    ]


def test_a_total_merged_over_all_that_names_rows_stands_over_its_own_figures() -> None:
    text = (
        "部门支出总表\n单位：元\n功能分类科目编码\t功能分类科目名称\t合计\t基本支出\t项目支出\n类\t款\t项\t\t\t\t\n"
        "213\t03\t01\t行政运行\t90000\t70000\t20000\n合计\t90000\t70000\t20000\n"
    )
    book = gb.read(text.encode())
    assert [(fact.name, fact.column, fact.amount) for fact in book.facts][-3:] == [
        ("合计", "合计", Decimal(90000)),
        ("合计", "基本支出", Decimal(70000)),
        ("合计", "项目支出", Decimal(20000)),
    ]
    assert [finding for finding in book.check().findings if finding.severity.value == "error"] == []


def test_a_table_drawn_with_signs_has_cells_of_several_lines() -> None:
    text = (
        "部门支出总表\n\n单位：万元\n\n"
        "+---------+--------------+--------------+----------+\n"
        "| 科目编码 | 科目名称     | 2025年预算数 |          |\n"
        "+---------+--------------+--------------+----------+\n"
        "|         |              | 合计         | 基本支出 |\n"
        "+=========+==============+==============+==========+\n"
        "| 2080505 | 机关事业单位 | 8.00         | 8.00     |\n"
        "|         | 基本养老保险 |              |          |\n"
        "|         | 缴费支出     |              |          |\n"
        "+---------+--------------+--------------+----------+\n"
    )
    book = gb.read(text.encode())
    assert [(fact.name, fact.column, fact.place.cell) for fact in book.facts] == [
        ("机关事业单位基本养老保险缴费支出", "2025年预算数/合计", "C10"),
        ("机关事业单位基本养老保险缴费支出", "2025年预算数/基本支出", "D10"),
    ]
    assert book.unread == ()


def test_a_cell_of_markdown_may_break_its_line() -> None:
    text = (
        "部门支出总表\n单位：万元\n| 科目编码 | 科目名称 | 基本<br>支出 |\n| --- | --- | --- |\n"
        "| 2080505 | 机关事业单位<br/>基本养老保险缴费支出 | 8.00 |\n"
    )
    assert [(one.name, one.column) for one in gb.read(text.encode()).facts] == [
        ("机关事业单位基本养老保险缴费支出", "基本支出")
    ]


def test_a_table_that_only_lays_out_a_page_holds_tables_of_its_own() -> None:
    form = (
        "<p>部门支出总表</p><p>单位：万元</p><table>"
        "<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td></tr>"
        "<tr><td>213</td><td>农林水支出</td><td>9.00</td><td>9.00</td></tr></table><p>备注：无。</p>"
    )
    page = f"<table><tr><td>首页</td><td>公开</td></tr><tr><td colspan='2'>{form}{form}</td></tr></table>"
    assert amounts(page) == [("expenditure", "213", Decimal("9.00"))] * 4


def test_forms_of_several_widths_stand_in_one_csv() -> None:
    text = (
        "部门收支总表,,,\n,,,单位：元\n收入,,支出,\n项目,预算数,项目,预算数\n"
        'A,"90,000",教育支出,"90,000"\n本年收入合计,"90,000",本年支出合计,"90,000"\n'
        "部门支出总表,,,,\n,,,,单位：元\n科目编码,科目名称,合计,基本支出,项目支出\n"
        '205,教育支出,"90,000","70,000","20,000"\n20501,教育管理事务,"90,000","70,000","20,000"\n'
        "“三公”经费支出表,,,,,\n,,,,,单位：元\n合计,因公出国（境）费,公务接待费,小计,购置费,运行费\n"
        '"9,000",,"9,000",,,\n'
    )
    assert {form for form, _, _ in amounts(text)} == {"summary", "expenditure", "three_public"}
