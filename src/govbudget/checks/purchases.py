"""Government procurement（政府采购）: quantity and price, and what is bought against the totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from govbudget.amounts import format_amount, half_step, parse_amount
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.ledger import Entry, Equation
from govbudget.checks.paths import within
from govbudget.checks.rules import rule
from govbudget.checks.sums import BEYOND, compare
from govbudget.errors import AmountError
from govbudget.forms import vocabulary
from govbudget.model import Fact, Purchase

__all__: list[str] = []

PRODUCT = Message(
    "“{row}”的采购金额为 {found}{unit}，数量 {quantity} × 单价 {price}{price_unit}（{place}）为 {expected}{unit}，"
    "相差 {difference}{unit}，超出舍入范围 ±{envelope}{unit}",
    "{row} is bought for {found}, but {quantity} at {price} ({place}) are {expected}; the difference {difference} "
    "exceeds the rounding envelope ±{envelope}",
)


def _quantity(purchase: Purchase) -> Decimal | None:
    """How many are bought; None where the line does not say in figures."""
    words = vocabulary()
    for header, text in purchase.texts:
        if words.role(header) == "quantity":
            try:
                return parse_amount(text)
            except AmountError:
                return None
    return None


@rule(
    "PUR001",
    "purchase-is-not-quantity-times-price",
    "采购金额不等于数量乘单价",
    Severity.WARNING,
    PRODUCT.zh,
    PRODUCT.en,
)
def products(context: Context) -> Iterator[Finding | Skipped]:
    """A purchase is not its quantity times its price.

    What: 采购金额 of a line of 政府采购预算表 against 采购数量 × 单价.
    Why: one of the three was typed wrong.
    Example: 3 at 5,000.00 元 for 1.80 万元.
    Tolerance: half a unit in the last printed place of the amount, and of the price times the quantity. It is a
        warning, because a line may buy things of several prices.
    Source: 部门预算公开表式（政府采购预算表）. Skipped where the form does not print quantity and price.
    """
    rows: dict[tuple[str, int], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in context.book.facts if context.book.purchases else ():
        item = fact.coordinate.item or ""
        if item.startswith("procurement.purchase"):
            rows[fact.place.sheet, fact.place.row][item.removeprefix("procurement.purchase")].append(fact)
    compared = False
    for purchase in context.book.purchases:
        quantity = _quantity(purchase)
        row = rows.get((purchase.place.sheet, purchase.place.row), {})
        prices, amounts = row.get("/unit_price", []), row.get("", [])
        if quantity is None or len(prices) != 1 or len(amounts) != 1:
            continue
        compared = True
        price, amount = prices[0], amounts[0]
        gap = amount.yuan - quantity * price.yuan
        limit = half_step(amount.amount, amount.unit) + quantity * half_step(price.amount, price.unit)
        if abs(gap) <= limit:
            continue
        factor = amount.unit.factor
        said = {
            "row": purchase.texts[0][1],
            "found": format_amount(amount.amount),
            "unit": amount.unit.value,
            "quantity": format_amount(quantity),
            "price": format_amount(price.amount),
            "price_unit": price.unit.value,
            "place": str(price.place),
            "expected": format_amount(amount.amount - gap / factor),
            "difference": format_amount(gap / factor),
            "envelope": format_amount((limit / factor).normalize()),
        }
        yield Finding(
            "PUR001",
            Severity.WARNING,
            PRODUCT,
            said,
            (amount.place, price.place),
            amount.form,
            context.title_of(amount),
            said["row"],
            amount.column,
            amount.amount,
            amount.amount - gap / factor,
            gap / factor,
        )
    if not compared:
        yield Skipped("没有列出数量与单价的采购项目", "no purchase prints its quantity and its price")


@rule("PUR002", "total-is-not-its-purchases", "采购合计不等于各采购项目之和", Severity.ERROR, BEYOND.zh, BEYOND.en)
def totals(context: Context) -> Iterator[Finding | Skipped]:
    """The total of a procurement form is not the sum of its purchases.

    What: 合计, the department and each unit against the lines of what they buy, column by column.
    Why: the form lists every purchase.
    Example: 合计 200.00 over one purchase of 20.00.
    Tolerance: the rounding envelope (n + 1)·½·10⁻ᵖ of the printed figures.
    Source: 部门预算公开表式（政府采购预算表）; 《政府采购法》第六条. Skipped where the form lists no purchases.
    """
    for ledger in context.ledgers:
        if ledger.form.rows != "purchase" or ledger.holes:
            continue
        lines: dict[int, list[Entry]] = defaultdict(list)
        for entry in ledger.entries:
            if entry.kind.money.item == "procurement.purchase":
                lines[entry.column].append(entry)
        for entry in ledger.entries:
            if entry.kind.money.item != "procurement":
                continue
            agency = entry.purpose.agency
            parts = [one for one in lines[entry.column] if within(one.purpose.agency, agency)]
            found = compare(context, "PUR002", Equation(entry, parts)) if parts else None
            if found is not None:
                yield found
