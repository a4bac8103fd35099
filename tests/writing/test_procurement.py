"""Procurement forms that list what is bought（政府采购预算表）."""

from __future__ import annotations

import io
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from govbudget.amounts import Unit
from govbudget.model import Agency, Budget, Coordinate, Fact, PrintedForm, Purchase
from govbudget.reading import read
from govbudget.writing import plan, write

UNIT = Agency("016001", "某局本级")
WORDS = st.text("人才服务车辆维修印刷物业管理", min_size=1, max_size=6)
TEXTS = st.tuples(
    st.tuples(st.just("项目"), WORDS),
    st.tuples(st.just("政府采购品目"), st.builds("[{}]{}".format, st.sampled_from(["C0304", "A02"]), WORDS)),
    st.tuples(st.just("功能科目"), st.sampled_from(["[2010302]一般行政管理事务", "[2010399]其他支出"])),
    st.tuples(st.just("资金来源"), WORDS),
    st.tuples(st.just("采购数量"), st.sampled_from(["1", "12", "2.5", "若干"])),
    st.tuples(st.just("计量单位"), st.sampled_from(["年", "台"])),
)
PRICES = st.decimals(1, 10**6, places=2)


def fact(amount: Decimal, name: str = "合计", item: str = "procurement", **dims: str) -> Fact:
    coordinate = Coordinate(2024, side="expenditure", item=item, **dims)
    return Fact(amount, Unit.YUAN, "procurement", name, coordinate=coordinate)


def line(texts: tuple[tuple[str, str], ...]) -> Purchase:
    return Purchase(texts, UNIT.code, dict(texts)["功能科目"][1:8])


def budget(lines: list[tuple[tuple[tuple[str, str], ...], Decimal | None]]) -> Budget:
    facts = [fact(Decimal("9.00")), fact(Decimal("9.00"), UNIT.name, agency=UNIT.code)]
    for texts, price in lines:
        own = {"agency": UNIT.code, "function": line(texts).function}
        if price is not None:
            facts.append(fact(price, UNIT.name, "procurement.purchase/unit_price", **own))
            facts.append(fact(price, UNIT.name, "procurement.purchase", **own))
    return Budget(
        facts,
        purchases=[line(texts) for texts, _ in lines],
        agency=UNIT,
        agencies=[UNIT],
        year=2024,
        family="hubei",
        forms=[PrintedForm("procurement", "2024年政府采购预算表", Unit.YUAN)],
    )


@given(st.lists(st.tuples(TEXTS, PRICES), min_size=1, max_size=4))
@settings(max_examples=examples(20))
def test_purchases_come_back_with_their_texts_and_amounts(lines: list[tuple[object, Decimal]]) -> None:
    book = budget(lines)  # type: ignore[arg-type]
    buffer = io.BytesIO()
    write(book, buffer)
    found = read(buffer.getvalue())
    assert (found.purchases, found.facts, found.unread) == (book.purchases, book.facts, ())
    assert plan(book).left == ()


def test_a_purchase_without_an_amount_keeps_its_line() -> None:
    texts = (("项目", "印刷"), ("功能科目", "[2010302]一般行政管理事务"), ("采购数量", "3"))
    priced = (("项目", "维修"), ("功能科目", "[2010399]其他支出"), ("采购数量", "1"))
    book = budget([(texts, None), (priced, Decimal("5.00"))])
    buffer = io.BytesIO()
    write(book, buffer)
    assert read(buffer.getvalue()).purchases == book.purchases


def test_a_unit_and_its_section_have_their_own_row() -> None:
    text = "\n".join(
        "\t".join(row)
        for row in (
            ["政府采购预算表"],
            ["单位代码", "单位名称", "项目", "政府采购品目", "功能科目", "采购数量", "采购金额"],
            ["", "合计", "", "", "", "", "5.00"],
            ["4", "行政股", "", "", "", "", "5.00"],
            ["016001", "某局本级", "印刷", "[C23]印刷", "[2010302]一般行政管理事务", "3", "5.00"],
        )
    )
    book = read(text.encode())
    assert [one.coordinate.agency for one in book.facts] == [None, "4", "016001"]
    assert Agency("4", "行政股") in book.agencies
    assert dict(book.purchases[0].texts)["政府采购品目"] == "[C23]印刷"
