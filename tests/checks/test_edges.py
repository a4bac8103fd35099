"""Each tolerance at its edge: what rounding can explain to the last digit is let pass, the next digit is told whole."""

from __future__ import annotations

import pytest
from tests.checks.test_purchases import FORM as PURCHASES
from tests.checks.test_purchases import SOUND as BOUGHT
from tests.checks.test_related import BASIC, EXPENDITURE, GAP, GENERAL, REVENUE, SOUND, THREE

import govbudget as gb
from govbudget.checks import Finding

CHANGES = """2024年一般公共预算支出表,,,,
单位：万元,,,,
科目编码,科目名称,2023年预算数,2024年预算数,增减额
2010301,行政运行,{last},{now},{change}
"""


def found(rule: str, *forms: str) -> list[Finding]:
    return list(gb.read(GAP.join(form.format_map({**BOUGHT, **SOUND}) for form in forms).encode()).check(select=rule))


def cars(basic: str) -> tuple[str, ...]:
    """30231 of basic expenditure in 元 beside 运行费 with 3.00 万元."""
    return THREE, BASIC.replace("30000.00", basic)


def housing(economic: str) -> tuple[str, ...]:
    """30113 beside 2210201 with 20000.00."""
    return BASIC.replace("{housing}", economic), GENERAL


def office(public: str) -> tuple[str, ...]:
    """公用经费 in 元 beside 机关运行经费 with 5.00 万元."""
    return THREE, BASIC.replace("50000.00", public)


def whole(total: str) -> tuple[str, ...]:
    """All funds beside 130000.00 of the general public budget."""
    return REVENUE, EXPENDITURE.replace("{total}", total), GENERAL


def change(change: str, now: str, last: str) -> tuple[str, ...]:
    return (CHANGES.format(change=change, now=now, last=last),)


def bought(total: str = "95000.00", amount: str = "15000.00", price: str = "5000.00") -> tuple[str, ...]:
    wrong = PURCHASES.replace("{total}", total).replace("15000.00", amount)
    return (wrong.replace("{price}", price),)


@pytest.mark.parametrize(
    ("rule", "forms"),
    [
        ("XTB004", cars("30050.00")),
        ("XTB004", cars("100.00")),
        ("XTB006", housing("20000.01")),
        ("XTB006", housing("19999.99")),
        ("XTB007", office("49950.00")),
        ("XTB007", office("900000.00")),
        ("XTB005", whole("129999.99")),
        ("XTB005", whole("999999.00")),
        ("XTB005", whole("-5.00")),  # nothing is a part of what is taken back
        ("SUM011", change("2.01", "12.00", "10.00")),
        ("SUM011", change("2", "12.1", "9.5")),  # just what half a unit of each makes together
        ("SUM011", change("-2", "9.5", "12.1")),
        ("PUR001", bought(amount="15000.02")),
        ("PUR001", bought(amount="14999.98")),
        ("PUR001", bought(amount="15001", price="5000")),
        ("PUR001", bought(amount="15002", price="5000")),  # half a unit, and three times half a unit
        ("PUR001", bought(amount="14998", price="5000")),
    ],
)
def test_what_rounding_explains_is_let_pass(rule: str, forms: tuple[str, ...]) -> None:
    assert found(rule, *forms) == []


@pytest.mark.parametrize(
    ("rule", "forms", "severity", "cells", "row", "figures", "said", "english"),
    [
        (
            "XTB004",
            cars("30050.01"),
            "warning",
            ["F6", "C17"],
            "",
            ("3.00", "3.005001", "-0.005001"),
            "“三公”经费的“运行费”为 3.00万元，《2024年一般公共预算基本支出表》C17 基本支出中的同一科目已有 30050.01元，"
            "多出 0.005001万元，超出舍入范围 ±0.0050005万元",
            "the three public expenses give 运行费 3.00, less than the 30050.01 that basic expenditure alone has for "
            "the same subject on 2024年一般公共预算基本支出表 at C17; the difference 0.005001 exceeds the rounding "
            "envelope ±0.0050005",
        ),
        (
            "XTB006",
            housing("20000.02"),
            "info",
            ["D17", "C7"],
            "住房公积金",
            ("20000.00", "20000.02", "-0.02"),
            "功能科目“住房公积金”的基本支出为 20000.00元，经济科目“30113 住房公积金”C7 为 20000.02元，相差 0.02元；"
            "两者用途相同，通常相等，也可依法不等",
            "basic expenditure on 住房公积金 is 20000.00, the economic subject 30113 住房公积金 at C7 is 20000.02; the "
            "two serve one purpose and are usually, not necessarily, equal (difference 0.02)",
        ),
        (
            "XTB006",
            housing("19999.98"),
            "info",
            ["D17", "C7"],
            "住房公积金",
            ("20000.00", "19999.98", "0.02"),
            "功能科目“住房公积金”的基本支出为 20000.00元，经济科目“30113 住房公积金”C7 为 19999.98元，相差 0.02元；"
            "两者用途相同，通常相等，也可依法不等",
            "basic expenditure on 住房公积金 is 20000.00, the economic subject 30113 住房公积金 at C7 is 19999.98; the "
            "two serve one purpose and are usually, not necessarily, equal (difference 0.02)",
        ),
        (
            "XTB007",
            office("49949.99"),
            "warning",
            ["G6", "E11"],
            "",
            ("5.00", "4.994999", "0.005001"),
            "机关运行经费 5.00万元 大于基本支出的公用经费 49949.99元（E11），相差 0.005001万元，"
            "超出舍入范围 ±0.0050005万元",
            "the operating expenses of the agency 5.00 are more than the public expenditure 49949.99 at E11; the "
            "difference 0.005001 exceeds the rounding envelope ±0.0050005",
        ),
        (
            "SUM011",
            change("2.02", "12.00", "10.00"),
            "error",
            ["E4", "D4", "C4"],
            "行政运行",
            ("2.02", "2.00", "0.02"),
            "“行政运行”的增减额为 2.02万元，本年 12.00万元 减上年 10.00万元 为 2.00万元，超出舍入范围 ±0.015万元",
            "行政运行: the change is 2.02, but 12.00 this year less 10.00 last year is 2.00; the difference exceeds "
            "the rounding envelope ±0.015",
        ),
        (
            "SUM011",
            change("-2", "9.5", "12.2"),
            "error",
            ["E4", "D4", "C4"],
            "行政运行",
            ("-2", "-2.7", "0.7"),
            "“行政运行”的增减额为 -2万元，本年 9.5万元 减上年 12.2万元 为 -2.7万元，超出舍入范围 ±0.6万元",
            "行政运行: the change is -2, but 9.5 this year less 12.2 last year is -2.7; the difference exceeds the "
            "rounding envelope ±0.6",
        ),
        (
            "PUR001",
            bought(amount="15000.03"),
            "warning",
            ["I6", "G6"],
            "台式机采购",
            ("15000.03", "15000.00", "0.03"),
            "“台式机采购”的采购金额为 15000.03元，数量 3 × 单价 5000.00元（G6）为 15000.00元，相差 0.03元，"
            "超出舍入范围 ±0.02元",
            "台式机采购 is bought for 15000.03, but 3 at 5000.00 (G6) are 15000.00; the difference 0.03 exceeds the "
            "rounding envelope ±0.02",
        ),
        (
            "PUR001",
            bought(amount="14997", price="5000"),
            "warning",
            ["I6", "G6"],
            "台式机采购",
            ("14997", "15000", "-3"),
            "“台式机采购”的采购金额为 14997元，数量 3 × 单价 5000元（G6）为 15000元，相差 -3元，超出舍入范围 ±2元",
            "台式机采购 is bought for 14997, but 3 at 5000 (G6) are 15000; the difference -3 exceeds the rounding "
            "envelope ±2",
        ),
    ],
)
def test_what_rounding_cannot_explain_is_told_whole(
    rule: str,
    forms: tuple[str, ...],
    severity: str,
    cells: list[str],
    row: str,
    figures: tuple[str, str, str],
    said: str,
    english: str,
) -> None:
    (one,) = found(rule, *forms)
    assert (one.severity.value, [place.cell for place in one.places], one.row) == (severity, cells, row)
    assert (str(one.found), str(one.expected), str(one.difference)) == figures
    assert (one.message, one.english) == (said, english)


@pytest.mark.parametrize(
    ("total", "severity"), [("95000.01", "info"), ("95000.02", "error"), ("94999.99", "info"), ("94999.98", "error")]
)
def test_a_total_of_purchases_is_held_against_each_purchase_under_it(total: str, severity: str) -> None:
    several = found("PUR002", *bought(total=total))
    assert [one.severity.value for one in several] == [severity] * 2
    assert [[place.cell for place in one.places] for one in several] == [["I4", "I6", "I7"], ["I5", "I6", "I7"]]
    assert [one.row for one in several] == ["合计", "某局本级"]


def test_one_fund_is_held_against_all_money_row_by_row_and_column_by_column() -> None:
    several = found("XTB005", *whole("129999.98"))
    assert [[place.cell for place in one.places] for one in several] == [["C16", "C9"], ["D16", "D9"]]
    assert [(one.row, one.column, one.title) for one in several] == [
        ("合计", "合计", "2024年一般公共预算支出表"),
        ("合计", "基本支出", "2024年一般公共预算支出表"),
    ]
    assert several[0].message == (
        "“合计”的“合计”为 130000.00元，大于《2024年部门支出总表》C9 全部资金的 129999.98元，相差 0.02元，"
        "超出舍入范围 ±0.01元"
    )


def columns(header: str, figures: str) -> str:
    """部门支出总表 with such columns, and the same figures in the total and in its only row."""
    body = "".join(f"{label},{figures}\n" for label in (",合计", "2010301,行政运行"))
    return f"部门支出总表,,,,,\n单位：万元,,,,,\n科目编码,科目名称,{header}\n{body}"


@pytest.mark.parametrize(
    ("header", "figures", "rule", "cells", "expected"),
    [
        ("合计,一般公共预算,政府性基金预算", "16.00,10.00,5.00", "SUM001", "CDE", "15.00"),
        ("合计,一般公共预算,政府性基金预算,国有资本经营预算", "16.00,10.00,5.00,0.50", "SUM001", "CDEF", "15.50"),
        ("合计,财政拨款,一般公共预算,政府性基金预算,事业收入", "20.00,16.00,10.00,5.00,4.00", "SUM001", "DEF", "15.00"),
        ("合计,本年预算安排,上年结转", "16.00,10.00,5.00", "SUM001", "CDE", "15.00"),
        ("基本支出,人员经费,公用经费", "16.00,10.00,5.00", "SUM003", "CDE", "15.00"),
        ("合计,基本支出,项目支出", "16.00,10.00,5.00", "SUM002", "CDE", "15.00"),
        ("合计,基本支出,项目支出,事业单位经营支出", "17.00,10.00,5.00,1.00", "SUM002", "CDFE", "16.00"),
        # what columns that nobody knows hold, one of them or all, is not missed
        ("合计,一般公共预算,事业收入,甲甲收入,乙乙收入", "18.03,10.00,5.00,3.00,", "SUM001", "CDE", "15.00"),
        ("合计,一般公共预算,事业收入,甲甲收入,乙乙收入", "22.03,10.00,5.00,3.00,4.00", "SUM001", "CDE", "15.00"),
        ("合计,一般公共预算,事业收入,甲甲收入,乙乙收入", "20.00,10.00,5.00,3.00,4.00", "SUM001", "CDE", "15.00"),
        ("合计,一般公共预算,事业收入,甲甲收入,乙乙收入", "12.00,10.00,5.00,3.00,4.00", "SUM001", "CDE", "15.00"),
    ],
)
def test_columns_that_are_all_the_parts_add_up(header: str, figures: str, rule: str, cells: str, expected: str) -> None:
    several = found(rule, columns(header, figures))
    assert [[place.cell for place in one.places] for one in several] == [[f"{c}{row}" for c in cells] for row in (4, 5)]
    assert {(one.severity.value, str(one.expected)) for one in several} == {("error", expected)}


@pytest.mark.parametrize(
    ("header", "figures", "column"),
    [
        ("合计,一般公共预算", "16.00,10.00", "合计"),
        ("合计,上年结转", "16.00,10.00", "合计"),
        ("合计,其中：一般公共预算,其中：政府性基金预算", "16.00,10.00,5.00", "合计"),
        ("合计,基本支出", "16.00,10.00", "合计"),
        ("基本支出,人员经费", "16.00,10.00", "基本支出"),
        ("合计,一般公共预算,事业收入,甲甲收入", "18.02,10.00,5.00,3.00", "合计"),
        ("合计,一般公共预算,事业收入,甲甲收入,乙乙收入", "22.02,10.00,5.00,3.00,4.00", "合计"),
        ("合计,一般公共预算,事业收入,甲甲收入,乙乙收入", "19.00,10.00,5.00,3.00,4.00", "合计"),
    ],
)
def test_columns_that_may_not_be_all_the_parts_are_not_added(header: str, figures: str, column: str) -> None:
    report = gb.read(columns(header, figures).encode()).check(select="SUM001,SUM002,SUM003")
    assert list(report) == []
    assert [reason.zh for outcome in report.outcomes for reason in outcome.skipped] == [
        f"《部门支出总表》没有列全“{column}”的分项，未核对"
    ]


def test_one_fund_is_more_than_no_money_at_all() -> None:
    assert [[place.cell for place in one.places] for one in found("XTB005", *whole("0.00"))] == [
        ["C16", "C9"],
        ["D16", "D9"],
    ]


def test_a_row_without_last_year_does_not_hide_the_change_of_the_next() -> None:
    (form,) = change("3.00", "12.00", "10.00")
    row = form.splitlines(keepends=True)[-1]
    new = row.replace("2010301,行政运行,10.00", "2010302,一般行政管理事务,")
    for rows in (new + row, row + new):
        (one,) = found("SUM011", form.replace(row, rows))
        assert (one.row, str(one.expected)) == ("行政运行", "2.00")


def test_two_columns_of_changes_in_a_row_are_not_judged() -> None:
    (form,) = change("3.00", "12.00", "10.00")
    twice = form.replace("增减额", "增减额,增减额").replace("3.00", "3.00,3.00")
    assert len(found("SUM011", form)) == 1
    assert found("SUM011", twice) == []


def test_a_column_under_a_group_is_called_by_its_own_name_where_it_is_not_judged() -> None:
    form = (
        "部门支出总表,,,\n单位：万元,,,\n科目编码,科目名称,2024年预算数,\n,,合计,基本支出\n2010301,行政运行,9.00,8.00\n"
    )
    (outcome,) = gb.read(form.encode()).check(select="SUM002").outcomes
    assert [reason.zh for reason in outcome.skipped] == ["《部门支出总表》没有列全“合计”的分项，未核对"]


def test_a_purchase_in_ten_thousands_is_held_against_a_price_in_yuan() -> None:
    (form,) = bought(total="9.50", amount="1.50")
    in_wan = form.replace("单位：元", "单位：万元").replace("80000,年,80000.00", "80000,年,8.00")
    assert found("PUR001", in_wan) == []
    (one,) = found("PUR001", in_wan.replace(",1.50\n", ",1.80\n"))
    assert (str(one.found), str(one.expected), str(one.difference)) == ("1.80", "1.50", "0.30")
    assert "数量 3 × 单价 5000.00元（G6）为 1.50万元，相差 0.30万元" in one.message
