"""The budget as facts: what can never be true is refused, everything is immutable, keys are what coordinates say."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.amounts import Unit
from govbudget.cells import Place, Places, cell_name, cell_position, column_name
from govbudget.errors import GovBudgetError, ModelError
from govbudget.model import COSTS, FUNDS, NATURES, ORIGINS, SIDES, Agency, Budget, Coordinate, Fact, Project
from govbudget.performance import PerformanceIndicator, PerformanceTarget

FACT = Fact(Decimal("950.19"), Unit.WAN, "summary", "收入总计", place=Place("表1", "B36"))
DIMENSIONS = {"side": SIDES, "fund": FUNDS, "nature": NATURES, "cost": COSTS, "origin": ORIGINS}


@pytest.mark.parametrize("dimension", sorted(DIMENSIONS))
def test_a_dimension_takes_its_members_and_nothing_else(dimension: str) -> None:
    def at(member: Any) -> Coordinate:
        values: dict[str, Any] = {dimension: member}
        return Coordinate(**values)

    for member in (*DIMENSIONS[dimension], None):
        assert getattr(at(member), dimension) == member
    with pytest.raises(ModelError, match="nonesuch"):
        at("nonesuch")


@pytest.mark.parametrize("values", [{"amount": 950.19}, {"amount": "950.19"}, {"unit": "角"}])
def test_a_fact_takes_decimals_and_units_of_money(values: dict[str, Any]) -> None:
    with pytest.raises((TypeError, GovBudgetError)):
        Fact(**{"amount": Decimal(1), "unit": "元", **values})


def test_an_amount_in_yuan_keeps_every_digit() -> None:
    assert FACT.yuan == Decimal("9501900.00")
    assert Fact(Decimal("1.5"), "亿元").yuan == 150_000_000


def test_two_printings_of_one_fact_are_equal_wherever_they_stand() -> None:
    assert attrs.evolve(FACT, place=Place("表2", "A1"), column="预算数") == FACT
    assert attrs.evolve(FACT, amount=Decimal("950.20")) != FACT


@pytest.mark.parametrize(
    "value",
    [FACT, Coordinate(), Place("表1", "A1"), Agency("127"), Project("项目"), Budget()],
    ids=lambda one: type(one).__name__,
)
def test_everything_is_immutable(value: Any) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, attrs.fields(type(value))[0].name, None)


def test_a_budget_can_be_built_by_hand_and_from_any_iterable() -> None:
    book = Budget(
        facts=[FACT], projects=iter([Project("线路租赁", "P1")]), agencies=[Agency("127", "某局"), Agency("", "本级")]
    )
    assert book.facts == (FACT,)
    assert book.project_names["P1"].name == "线路租赁"
    assert book.agency_names == {"127": "某局", "本级": "本级"}
    assert repr(book) == "<Budget ? ? ?: 0 forms, 1 facts, 1 projects>"


def test_where_a_budget_was_read_from_does_not_make_it_another() -> None:
    assert Budget(facts=[FACT], source="a.xlsx") == Budget(facts=[FACT], source="b.pdf")


def test_an_empty_budget_is_a_finding_and_no_exception() -> None:
    report = Budget().check()
    assert not report.ok
    assert [finding.rule for finding in report.errors] == ["FRM001"]


def test_a_project_gives_its_indicators() -> None:
    indicator = PerformanceIndicator("维修次数", operator="≥", value="5", unit="次")
    target = PerformanceTarget(project="设备维修", indicators=[indicator])
    assert Project("设备维修", target=target).indicators == (indicator,)
    assert Project("设备维修").indicators == ()


def test_a_budget_can_be_sent_to_another_process() -> None:
    book = Budget(facts=[FACT], agency=Agency("127", "某局"), year=2024)
    assert pickle.loads(pickle.dumps(book)) == book


@given(st.integers(0, 10**6), st.integers(0, 16383))
def test_names_of_cells(row: int, column: int) -> None:
    name = cell_name(row, column)
    letters = name.rstrip("0123456789")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    assert (int(name[len(letters) :]), number) == (row + 1, column + 1)


def test_a_place_is_printed_as_excel_names_it() -> None:
    assert str(Place("表1-2", "F9")) == "表1-2!F9"
    assert str(Place("", "C12")) == "C12"
    assert sorted([Place("表2", "A1"), Place("表1", "B2")])[0].sheet == "表1"


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_a_cells_name_tells_its_row_and_column(row: int, column: int) -> None:
    name = cell_name(row, column)
    assert cell_position(name) == (row + 1, column + 1)
    assert name == f"{column_name(column + 1)}{row + 1}"
    assert (Place("表1", name).row, Place("表1", name).column) == (row + 1, column + 1)
    assert Place.at("表1", row + 1, column + 1) == Place("表1", name)
    assert Place("表1", name).cell == name


@pytest.mark.parametrize("cell", ["A", "7", "A0", "a1", "第3行"])
def test_what_names_no_cell_is_no_place(cell: str) -> None:
    assert cell_position(cell) is None
    with pytest.raises(ModelError, match="没有这样的单元格"):
        Place("表1", cell)


def test_nowhere_has_no_row_and_no_column() -> None:
    nowhere = Place("", "")
    assert (nowhere.row, nowhere.column, nowhere.cell) == (0, 0, "")


@given(st.lists(st.builds(Place.at, st.sampled_from(["表1", "表2"]), st.integers(1, 1 << 20), st.integers(1, 1 << 14))))
def test_a_list_of_places_keeps_them_sheet_by_sheet(places: list[Place]) -> None:
    kept = Places.of(places)
    sheets = list(dict.fromkeys(place.sheet for place in places))
    assert list(kept) == sorted(places, key=lambda place: sheets.index(place.sheet))
    assert len(kept) == len(places)
    assert Places.of(kept) is kept
    assert pickle.loads(pickle.dumps(kept)) == kept == Places.of(kept[:])
