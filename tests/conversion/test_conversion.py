"""What a conversion derives, and what it leaves（转换）."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from tests.conversion.laws import read_back

from govbudget import Conversion, FamilyError, convert
from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.model import Agency, Budget, Coordinate, Fact, PrintedForm, Project, Purchase, Unread

AGENCIES = [Agency("127", "某局"), Agency("127001", "某局机关"), Agency("127002", "热线中心")]
NATURES = ((), (("nature", "basic"),), (("nature", "project"),))
COLUMNS = {"合计": 1, "基本支出": 2, "项目支出": 3}


def fact(amount: str, row: int, column: str = "合计", form: str = "expenditure", **dims: object) -> Fact:
    """A figure of a Sichuan form at a cell of its own."""
    nature = {"基本支出": "basic", "项目支出": "project"}.get(column)
    said = {"year": 2024, "side": "expenditure", **({"nature": nature} if nature else {}), **dims}
    code = str(dims.get("function") or "")
    place = Place(form, f"{'ABCD'[COLUMNS[column]]}{row}")
    return Fact(Decimal(amount), Unit.WAN, form, "", code, Coordinate(**said), column, place)  # type: ignore[arg-type]


def budget(*facts: Fact, **more: object) -> Budget:
    forms = [
        PrintedForm(form, sheet=form, meanings=NATURES, last=99) for form in dict.fromkeys(one.form for one in facts)
    ]
    every = {"agency": AGENCIES[0], "agencies": AGENCIES, "year": 2024, "family": "sichuan", "forms": forms, **more}
    return Budget(facts=facts, **every)  # type: ignore[arg-type]


def printed(found: Conversion, form: str = "expenditure") -> dict[tuple[str | None, str | None], Decimal]:
    """The amounts of a form by function subject and nature."""
    return {(one.coordinate.function, one.coordinate.nature): one.amount for one in found.facts if one.form == form}


ITEMS = (
    fact("5.00", 2, agency="127001", function="2010301"),
    fact("3.00", 2, "基本支出", agency="127001", function="2010301"),
    fact("2.00", 2, "项目支出", agency="127001", function="2010301"),
    fact("1.00", 3, agency="127002", function="2010301"),
    fact("1.00", 3, "基本支出", agency="127002", function="2010301"),
    fact("4.00", 4, agency="127002", function="2080505"),
    fact("4.00", 4, "基本支出", agency="127002", function="2080505"),
)


def test_classes_and_sections_are_the_sums_of_their_items_over_all_units() -> None:
    found = printed(convert(budget(*ITEMS), "chongqing"))
    assert found == {
        ("201", None): Decimal("6.00"), ("201", "basic"): Decimal("4.00"), ("201", "project"): Decimal("2.00"),
        ("20103", None): Decimal("6.00"), ("20103", "basic"): Decimal("4.00"), ("20103", "project"): Decimal("2.00"),
        ("2010301", None): Decimal("6.00"), ("2010301", "basic"): Decimal("4.00"),
        ("2010301", "project"): Decimal("2.00"),
        ("208", None): Decimal("4.00"), ("208", "basic"): Decimal("4.00"),
        ("20805", None): Decimal("4.00"), ("20805", "basic"): Decimal("4.00"),
        ("2080505", None): Decimal("4.00"), ("2080505", "basic"): Decimal("4.00"),
        (None, None): Decimal("10.00"), (None, "basic"): Decimal("8.00"), (None, "project"): Decimal("2.00"),
    }  # fmt: skip


def test_a_derived_figure_names_the_facts_it_is_the_sum_of() -> None:
    found = convert(budget(*ITEMS), "chongqing")
    one = next(one for one in found.derived if (one.fact.code, one.fact.coordinate.nature) == ("201", None))
    assert one.parts == (ITEMS[0], ITEMS[3])
    assert one.fact.name == "一般公共服务支出"
    assert "6.00万元 = 5.00（expenditure!B2） + 1.00（expenditure!B3）" in found.text(every=True)


def test_a_printed_total_is_carried_and_not_summed_again() -> None:
    total = fact("10.01", 1)
    found = convert(budget(total, *ITEMS), "chongqing")
    assert printed(found)[None, None] == Decimal("10.01")
    assert total in found.written


def test_a_blank_stays_blank() -> None:
    found = printed(convert(budget(*ITEMS), "chongqing"))
    assert ("208", "project") not in found


def test_a_total_over_natures_needs_both_columns() -> None:
    basic = fact("3.00", 2, "基本支出", agency="127001", function="2010301")
    alone = PrintedForm("expenditure", sheet="expenditure", meanings=NATURES[1:2], last=99)
    assert ("201", None) not in printed(convert(budget(basic, forms=[alone]), "chongqing"))
    assert printed(convert(budget(basic), "chongqing"))["201", None] == Decimal("3.00")


def test_the_blank_of_a_total_beside_its_part_is_not_nothing() -> None:
    """Of 2010302 only the basic expenditure is known: what the class has in all is not the total of 2010301."""
    rows = (*ITEMS[:2], fact("7.00", 5, "基本支出", agency="127001", function="2010302"))
    forms = [PrintedForm("expenditure", sheet="expenditure", meanings=NATURES[:2], last=99)]
    found = printed(convert(budget(*rows, forms=forms), "chongqing"))
    assert not {("201", None), ("20103", None), (None, None)} & set(found)
    assert found["201", "basic"] == Decimal("10.00")


def test_nothing_is_derived_from_a_form_with_a_figure_that_could_not_be_read() -> None:
    hole = Unread(Place("expenditure", "B5"), "1O.00", form="expenditure")
    found = convert(budget(*ITEMS, unread=[hole]), "chongqing")
    assert found.derived == ()
    assert {one.fact for one in found.left} == set(ITEMS)


def test_nothing_is_derived_from_figures_that_break_a_law() -> None:
    wrong = fact("9.00", 1, agency="127001")
    other = convert(budget(wrong, *ITEMS), "chongqing")
    assert ("201", None) not in printed(other)
    assert ("208", None) in printed(other)


def test_a_sum_of_many_rounded_figures_gives_way_to_the_printed_total() -> None:
    """20 items of 0.014 and a total of 0.28 are printed right; their class of 0.20 beside it would look wrong."""
    codes = [f"20103{index:02}" for index in range(1, 21)]
    items = [fact("0.01", index, function=code) for index, code in enumerate(codes, 2)]
    other = fact("0.01", 40, function="2080505")
    book = budget(fact("0.30", 1), *items, other, agencies=AGENCIES[:1])
    assert not book.check(select="SUM").errors
    found = convert(book, "chongqing")
    assert (None, None) in printed(found) and ("201", None) not in printed(found)
    assert not read_back(found).check(select="SUM").errors


def test_what_only_a_sum_prints_is_told() -> None:
    found = convert(budget(*ITEMS), "chongqing")
    assert {one.fact: one.reason for one in found.left}[ITEMS[3]].startswith("目标表式只印列其合计")
    assert not set(found.written) & {one.fact for one in found.left}


def test_purchases_and_codes_that_no_form_prints_are_left() -> None:
    project = fact("2.00", 2, form="projects", agency="127001", function="2010302", project="P-1")
    book = budget(
        project,
        projects=[Project("热线", "P-1", "127001", "2010302")],
        purchases=[Purchase((("项目", "印刷"),), "127001")],
        family="hubei",
    )
    texts = [one.text for one in convert(book, "sichuan").left]
    assert "《政府采购预算表》 项目：印刷" in texts


def test_exact_sums_are_printed_in_yuan_and_rounded_ones_stay_in_the_unit_of_their_rounding() -> None:
    exact = convert(budget(fact("10.00", 1), *ITEMS), "shanghai")
    assert (exact.rounded, {one.unit for one in read_back(exact).facts}) == (None, {Unit.YUAN})
    rounded = convert(budget(fact("10.01", 1), *ITEMS), "shanghai")
    again = read_back(rounded)
    assert (rounded.rounded, {one.unit for one in again.facts}) == (Unit.WAN, {Unit.WAN})
    assert "不用更小的单位" in str(rounded)
    assert not again.check(select="SUM").errors


def test_figures_in_yuan_lose_no_digit_in_wan_yuan() -> None:
    cents = Fact(
        Decimal("12345.67"), Unit.YUAN, "expenditure", "行政运行", "2010301",
        Coordinate(2024, side="expenditure", function="2010301"),
    )  # fmt: skip
    found = convert(Budget([cents], year=2024, family="shanghai"), "sichuan")
    again = [one for one in read_back(found).facts if one.code == "2010301"]
    assert [(one.amount, one.unit) for one in again] == [(Decimal("1.234567"), Unit.WAN)]


def test_on_its_own_forms_a_budget_is_printed_as_it_stands() -> None:
    book = budget(*ITEMS)
    for family in ("sichuan", None):
        found = convert(book, family)
        assert (found.written, found.facts, found.derived, found.left) == (ITEMS, ITEMS, (), ())


def test_a_budget_of_facts_alone_is_written_on_any_family() -> None:
    book = Budget([Fact(Decimal("5.00"), Unit.WAN, coordinate=Coordinate(side="expenditure", function="2010301"))])
    for family in ("sichuan", "chongqing", "hubei", "shanghai"):
        found = convert(book, family)
        assert found.written == book.facts and not found.left
        assert {one.yuan for one in read_back(found).facts} == {Decimal("50000.00")}


def test_a_family_must_be_named_and_known() -> None:
    with pytest.raises(FamilyError, match="atlantis"):
        convert(budget(*ITEMS), "atlantis")
    with pytest.raises(FamilyError):
        convert(Budget(ITEMS))


def test_a_line_whose_label_would_mean_other_money_there_is_left() -> None:
    """What was carried over stands under a heading of its own in Sichuan; Shanghai's summary prints none."""
    carried = Coordinate(2024, side="revenue", fund="government_fund", origin="carryover")
    one = Fact(
        Decimal("2.07"), Unit.WAN, "fiscal_summary", "政府性基金预算拨款收入",
        coordinate=carried, place=Place("fiscal_summary", "B9"),
    )  # fmt: skip
    found = convert(budget(one), "shanghai")
    assert found.facts == () and [entry.fact for entry in found.left] == [one]
    assert {entry.coordinate for entry in convert(budget(one), "hubei").facts} == {carried}


def test_a_total_of_which_the_form_prints_some_parts_only_stands_alone() -> None:
    """The general budget's form prints 5.00, the list of its projects 2.00 of them; basic expenditure is not known."""
    other = Fact(
        Decimal("9.00"), Unit.WAN, "summary", "事业收入",
        coordinate=Coordinate(2024, side="revenue", fund="business", origin="current"), place=Place("summary", "B6"),
    )  # fmt: skip
    general = fact("5.00", 2, form="general", function="2010302", fund="general")
    project = fact(
        "2.00", 2, form="general_project", function="2010302", fund="general", nature="project", project="热线"
    )
    found = convert(budget(other, general, project), "chongqing")
    assert printed(found, "general")["2010302", None] == Decimal("5.00")
    assert ("2010302", "project") not in printed(found, "general")
    assert not read_back(found).check(select="SUM").errors


def test_a_total_that_the_family_does_not_print_is_no_line_of_its_summary() -> None:
    at = Coordinate(2024, side="expenditure")
    total = Fact(Decimal("9.00"), Unit.WAN, "summary", "本年支出合计", coordinate=at, place=Place("summary", "D34"))
    money = attrs.evolve(
        total, name="教育支出", coordinate=attrs.evolve(at, function="205"), place=Place("summary", "D8")
    )
    found = convert(budget(money, total), "shanghai")
    names = {one.name for one in found.facts if one.form == "summary"}
    assert names == {"教育支出"}
