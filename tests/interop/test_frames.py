"""Budgets as frames: every decimal as it was, through pandas, polars, Arrow and Parquet."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.interop.budgets import BUDGETS

from govbudget import AmountError, Budget, Coordinate, Fact, MissingExtraError, OptionError, Unit
from govbudget.demo import demo_budget
from govbudget.interop.frames import to_arrow, to_polars
from govbudget.interop.records import Column, Kind, Records

CONTRACT = {
    "facts": "document form title sheet cell year agency_code agency code name project_code project column amount "
    "unit yuan side function economic fund nature cost",
    "indicators": "document form sheet cell project_code project budget level1 level2 level3 operator value unit "
    "weight direction core",
}
FIGURES = st.lists(
    st.none()
    | st.integers(0, 12).flatmap(lambda places: st.decimals(-(10**18), 10**18, places=places))
    | st.sampled_from([Decimal("-0.00"), Decimal("1E+3"), Decimal("1E-7"), Decimal("0.000001")]),
    max_size=8,
)


def records(figures: list[Decimal | None]) -> Records:
    return Records((Column("yuan", Kind.DECIMAL),), tuple((figure,) for figure in figures))


def through_pandas(frame: pandas.DataFrame) -> list[Any]:
    target = io.BytesIO()
    frame.to_parquet(target)
    return [None if value is None else value for value in pandas.read_parquet(target)["yuan"]]


def through_polars(frame: polars.DataFrame) -> list[Any]:
    target = io.BytesIO()
    frame.write_parquet(target)
    target.seek(0)
    return polars.read_parquet(target)["yuan"].to_list()


def through_arrow(table: pyarrow.Table) -> list[Any]:
    target = io.BytesIO()
    pyarrow.parquet.write_table(table, target)
    found: list[Any] = pyarrow.parquet.read_table(target)["yuan"].to_pylist()
    return found


@given(FIGURES)
@settings(max_examples=examples(60))
def test_every_figure_survives_arrow_polars_and_parquet(figures: list[Decimal | None]) -> None:
    table, frame = to_arrow(records(figures)), to_polars(records(figures))
    assert table["yuan"].to_pylist() == figures
    assert frame["yuan"].to_list() == figures
    assert through_arrow(table) == figures
    assert through_polars(frame) == figures
    assert polars.DataFrame(table)["yuan"].to_list() == figures
    assert frame.to_arrow()["yuan"].to_pylist() == figures


@given(BUDGETS.filter(lambda book: book.facts))
@settings(max_examples=examples(40))
def test_every_amount_of_a_budget_survives_pandas_and_parquet(book: Budget) -> None:
    figures = [fact.yuan for fact in book.facts]
    frame = book.to_pandas()
    assert [figure.as_tuple() for figure in frame["yuan"]] == [figure.as_tuple() for figure in figures]
    assert through_pandas(frame[["yuan"]]) == figures
    assert through_arrow(book.to_arrow()) == figures
    assert through_polars(book.to_polars()) == figures


@pytest.mark.parametrize("what", ["facts", "indicators"])
def test_frames_have_the_columns_of_the_contract(what: str) -> None:
    book = demo_budget()
    names = CONTRACT[what].split() + (["origin", "item"] if what == "facts" else [])
    frames: tuple[Any, ...] = (book.to_pandas(what), book.to_polars(what), book.to_arrow(what))
    pandas_frame, polars_frame, table = frames
    assert list(pandas_frame.columns) == polars_frame.columns == table.column_names == names
    count = len(book.facts) if what == "facts" else sum(len(one.target.indicators) for one in book.targets)
    assert len(pandas_frame) == polars_frame.height == table.num_rows == count


def test_types_are_exact_and_dimensions_are_categories() -> None:
    book = demo_budget()
    assert isinstance(book.to_pandas()["function"].dtype, pandas.CategoricalDtype)
    assert book.to_polars().schema["yuan"] == polars.Decimal(38, 6)
    assert book.to_polars().schema["function"] == polars.Categorical
    schema = book.to_arrow().schema
    assert schema.field("amount").type == pyarrow.decimal128(38, 6)
    assert pyarrow.types.is_dictionary(schema.field("function").type)
    assert schema == Budget().to_arrow().schema
    assert book.to_polars().filter(polars.col("function") == "2010301").height > 0


def test_what_the_form_does_not_say_is_missing() -> None:
    book = Budget([Fact(Decimal("1.20"), Unit.WAN, "summary")])
    frame = book.to_pandas()
    assert frame.loc[0, "amount"] == Decimal("1.20")
    assert frame.loc[0, "yuan"] == 12000
    assert frame[["year", "function", "code", "project", "item"]].isna().all(axis=None)
    row = book.to_polars().row(0, named=True)
    assert {name for name, value in row.items() if value is not None} == {"amount", "unit", "yuan", "form"}


def test_standard_names() -> None:
    at = Coordinate(year=2024, agency="127001", function="2010301", project="P1", fund="general")
    book = Budget(
        [
            Fact(Decimal("1.20"), Unit.WAN, coordinate=at),
            Fact(Decimal("3"), Unit.YUAN, coordinate=Coordinate(economic="30101")),
            Fact(Decimal("4"), Unit.YUAN, coordinate=Coordinate(economic="50101")),
        ]
    )
    frame = book.to_polars(names="standard")
    first, second, third = frame.rows(named=True)
    assert (first["FISCAL_YEAR"], first["AGENCY_CODE"], first["EXP_FUNC_CODE"]) == (2024, "127001", "2010301")
    assert (first["PRO_NAME"], first["FUND_TYPE_CODE"], first["AMOUNT"]) == ("P1", "general", 12000)
    assert first["PRO_CODE"] is first["MOF_DIV_CODE"] is first["DEP_BGT_ECO_CODE"] is None
    assert (second["DEP_BGT_ECO_CODE"], second["GOV_BGT_ECO_CODE"]) == ("30101", None)
    assert (third["DEP_BGT_ECO_CODE"], third["GOV_BGT_ECO_CODE"]) == (None, "50101")
    assert {"AGENCY_NAME", "amount", "unit"} <= set(frame.columns)
    assert "PRO_NAME" in book.to_pandas("indicators", names="standard")


def test_findings() -> None:
    report = demo_budget().check()
    frame = report.to_polars()
    assert demo_budget().to_polars("findings").equals(frame)
    assert frame["difference"].to_list() == [one.difference for one in report]
    assert frame["found"].to_list() == report.to_arrow()["found"].to_pylist()
    assert frame["cells"].to_list() == [[str(place) for place in one.places] for one in report]


def test_figures_that_fit_no_decimal_are_refused() -> None:
    wide = records([Decimal("1E+30"), Decimal("0.123456789")])
    for convert in (to_arrow, to_polars):
        with pytest.raises(AmountError, match="yuan"):
            convert(wide)


@pytest.mark.parametrize(("what", "names"), [("projects", "plain"), ("facts", "chinese")])
def test_an_option_that_there_is_not_is_refused(what: str, names: str) -> None:
    with pytest.raises(OptionError, match=r"facts|plain"):
        Budget().to_pandas(what, names=names)


@pytest.mark.parametrize(
    ("package", "extra", "convert"),
    [
        ("pandas", "pandas", Budget.to_pandas),
        ("polars", "polars", Budget.to_polars),
        ("pyarrow", "arrow", Budget.to_arrow),
    ],
)
def test_a_missing_extra_is_named(
    package: str, extra: str, convert: Callable[[Budget], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=rf"govbudget\[{extra}\]"):
        convert(Budget())
