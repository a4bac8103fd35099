"""Records as frames of pandas, polars and Arrow（数据框）: exact decimals, categories, and None for what is not said.

In Arrow and polars a column of figures is a decimal of 38 digits with six decimals, the 分 of 万元, or with more where
a figure needs them; so the budgets of many departments fit under one schema. pandas keeps the Decimals as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from govbudget.amounts import format_amount
from govbudget.errors import AmountError, MissingExtraError
from govbudget.interop.records import Column, Kind, Records

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Framed", "require", "to_arrow", "to_pandas", "to_polars", "typed"]

DIGITS = 38
DECIMALS = 6
EXTRAS = {"pandas": "pandas", "polars": "polars", "pyarrow": "arrow", "plotly": "plot"}


def require(package: str) -> Any:
    """A package of an extra.

    Raises:
        MissingExtraError: it is not installed; the message names the extra.
    """
    try:
        return import_module(package)
    except ImportError as error:
        name = package.partition(".")[0]
        raise MissingExtraError(f"需要 {name}：pip install 'govbudget[{EXTRAS[name]}]' (install the extra)") from error


def to_pandas(records: Records) -> pandas.DataFrame:
    """The records as a pandas frame: figures are exact Decimals, dimensions categories.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    pd = require("pandas")
    types = {Kind.CATEGORY: "category", Kind.INTEGER: "Int64"}
    return pd.DataFrame(
        {
            column.name: pd.Series(_plain(column, records.values(at)), dtype=types.get(column.kind, "object"))
            for at, column in enumerate(records.columns)
        }
    )


def to_polars(records: Records) -> polars.DataFrame:
    """The records as a polars frame: figures are exact decimals, dimensions categories.

    Raises:
        MissingExtraError: polars is not installed.
        AmountError: figures of one column need more than 38 digits.
    """
    pl = require("polars")
    types = {
        Kind.TEXT: pl.String,
        Kind.FIGURE: pl.String,
        Kind.CATEGORY: pl.Categorical,
        Kind.INTEGER: pl.Int32,
        Kind.TEXTS: pl.List(pl.String),
    }
    series = []
    for at, column in enumerate(records.columns):
        values = typed(column, records.values(at))
        kind = pl.Decimal(DIGITS, _scale(column, values)) if column.kind is Kind.DECIMAL else types[column.kind]
        series.append(pl.Series(column.name, values, dtype=kind))
    frame: polars.DataFrame = pl.DataFrame(series)
    return frame


def to_arrow(records: Records) -> pyarrow.Table:
    """The records as an Arrow table: figures are decimal128, dimensions dictionaries.

    Raises:
        MissingExtraError: pyarrow is not installed.
        AmountError: figures of one column need more than 38 digits.
    """
    pa = require("pyarrow")
    types = {
        Kind.TEXT: pa.string(),
        Kind.FIGURE: pa.string(),
        Kind.CATEGORY: pa.dictionary(pa.int32(), pa.string()),
        Kind.INTEGER: pa.int32(),
        Kind.TEXTS: pa.list_(pa.string()),
    }
    arrays = []
    for at, column in enumerate(records.columns):
        values = typed(column, records.values(at))
        kind = pa.decimal128(DIGITS, _scale(column, values)) if column.kind is Kind.DECIMAL else types[column.kind]
        arrays.append(pa.array(values, kind))
    return pa.Table.from_arrays(arrays, names=[column.name for column in records.columns])


class Framed:
    """What can be had as a frame; a class says how it becomes records."""

    __slots__ = ()

    def records(self) -> Records:
        """The same as records."""
        raise NotImplementedError

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a pandas frame; see :func:`to_pandas`."""
        return to_pandas(self.records())

    def to_polars(self) -> polars.DataFrame:
        """The same as a polars frame; see :func:`to_polars`."""
        return to_polars(self.records())

    def to_arrow(self) -> pyarrow.Table:
        """The same as an Arrow table; see :func:`to_arrow`."""
        return to_arrow(self.records())


def _plain(column: Column, values: list[Any]) -> list[Any]:
    return [None if value is None else list(value) for value in values] if column.kind is Kind.TEXTS else values


def typed(column: Column, values: list[Any]) -> list[Any]:
    """The values as one type: what may be a number or words becomes text."""
    if column.kind is Kind.FIGURE:
        return [format_amount(value) if isinstance(value, Decimal) else value for value in values]
    return _plain(column, values)


def _scale(column: Column, values: Sequence[Decimal | None]) -> int:
    """The decimals that hold every figure of a column exactly."""
    figures = [value for value in values if value is not None]
    decimals = max([DECIMALS, *map(_decimals, figures)])
    whole = max((value.adjusted() + 1 for value in figures if value), default=0)
    if whole + decimals > DIGITS:
        raise AmountError(
            f"{column.name}：这些数共需 {whole + decimals} 位，超过 {DIGITS} 位，无法精确表示 "
            f"(these figures need more than {DIGITS} digits)"
        )
    return decimals


def _decimals(figure: Decimal) -> int:
    """The decimals of a figure without trailing zeros."""
    return len(format_amount(figure).partition(".")[2].rstrip("0"))
