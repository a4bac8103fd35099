"""The parts of a dataset（数据集的分片）: one Parquet file a table, a partition and a content, whole or not there."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from decimal import Context, Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs

from govbudget import __version__
from govbudget.errors import AmountError
from govbudget.interop.frames import require, typed
from govbudget.interop.records import FACTS, FINDINGS, INDICATORS, Column, Kind, Records

__all__ = ["DOCUMENTS", "TABLES", "VERSION", "Mark", "marks", "rename", "sweep", "write"]

VERSION = f"{__version__}/1"  # of the library and of the layout: what another one wrote is read again
NOTHING = "__HIVE_DEFAULT_PARTITION__"
DIGITS, DECIMALS = 38, 18
WIDE, STEP = Context(prec=DIGITS), Decimal((0, (1,), -DECIMALS))
COUNTS = ("forms", "facts", "projects", "indicators", "unread", "errors", "warnings", "infos")

DOCUMENTS = (
    Column("document"),
    Column("path"),
    Column("agency_code"),
    Column("agency"),
    *(Column(name, Kind.INTEGER) for name in COUNTS),
    Column("error"),
    Column("place"),
    Column("reason"),
    Column("version"),
)
TABLES = {"facts": FACTS, "indicators": INDICATORS, "findings": FINDINGS, "documents": DOCUMENTS}


@attrs.frozen
class Mark:
    """What the dataset knows of a content（已读标记）; it stands there only when all of the content does.

    Attributes:
        path: its part of ``documents``.
        names: the files that hold it.
        version: what wrote it.
        error: the type of the error that reading it ended with; None for none.
    """

    path: Path
    names: frozenset[str]
    version: str
    error: str | None


def write(
    out: Path, key: str, tables: Mapping[str, Records], *, year: int | None = None, family: str | None = None
) -> None:
    """Write what one content adds to each table, ``documents`` last.

    Raises:
        AmountError: a figure has more digits than the dataset holds; nothing is written then.
    """
    parts = []
    for name in TABLES:
        if name in tables:
            for own, records in _by_year(tables[name], year):
                partition = f"year={_text(own)}", f"family={_text(family)}"
                parts.append((out.joinpath(name, *partition, f"{key}.parquet"), _table(records)))
    for path, table in parts:
        _save(path, table)


def _by_year(records: Records, year: int | None) -> Iterator[tuple[int | None, Records]]:
    """The records by the year that they name, which the partition names then; else all under *year*."""
    names = [column.name for column in records.columns]
    if "year" not in names:
        if records.rows:
            yield year, records
        return
    at = names.index("year")
    rows: dict[int | None, list[tuple[Any, ...]]] = {}
    for row in records.rows:
        rows.setdefault(row[at], []).append(row[:at] + row[at + 1 :])
    columns = records.columns[:at] + records.columns[at + 1 :]
    for own, several in rows.items():
        yield own, Records(columns, tuple(several))


def _text(value: object) -> str:
    return NOTHING if value is None else quote(str(value))


def _table(records: Records) -> Any:
    """The records as an Arrow table of the schema that all parts share."""
    pa = require("pyarrow")
    types = {
        Kind.INTEGER: pa.int32(),
        Kind.DECIMAL: pa.decimal128(DIGITS, DECIMALS),
        Kind.TEXTS: pa.list_(pa.string()),
    }
    arrays = []
    for at, column in enumerate(records.columns):
        values = typed(column, records.values(at))
        if column.kind is Kind.DECIMAL:
            values = [None if value is None else _fitting(column, value) for value in values]
        arrays.append(pa.array(values, types.get(column.kind, pa.string())))
    return pa.Table.from_arrays(arrays, names=[column.name for column in records.columns])


def _fitting(column: Column, figure: Decimal) -> Decimal:
    """A figure with 18 decimals at most; only the noise of a spreadsheet has more."""
    whole = DIGITS - DECIMALS
    if figure and figure.adjusted() >= whole:
        raise AmountError(
            f"{column.name}：整数部分超过 {whole} 位，无法存入 (more than {whole} digits before the mark)"
        )
    exponent = figure.as_tuple().exponent
    return figure.quantize(STEP, context=WIDE) if isinstance(exponent, int) and exponent < -DECIMALS else figure


def _save(path: Path, table: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.stem}.{os.getpid()}")
    require("pyarrow.parquet").write_table(table, unfinished, compression="zstd", store_schema=False)
    unfinished.replace(path)


def marks(out: Path) -> dict[str, Mark]:
    """The contents of a dataset by their keys."""
    found = {}
    for path in _files(out, "documents"):
        if path.suffix == ".parquet":
            rows = _rows(path)
            names = frozenset(row["path"] for row in rows)
            found[path.stem] = Mark(path, names, rows[0]["version"], rows[0]["error"])
    return found


def rename(mark: Mark, names: Collection[str]) -> Mark:
    """Let a content stand under other names."""
    row = _rows(mark.path)[0]
    rows = [row | {"path": name} for name in sorted(names)]
    _save(mark.path, _table(Records(DOCUMENTS, tuple(tuple(row[one.name] for one in DOCUMENTS) for row in rows))))
    return attrs.evolve(mark, names=frozenset(names))


def sweep(out: Path, keys: Collection[str]) -> None:
    """Remove the parts of every content but *keys*, marks first, and what a run that was broken off left unfinished."""
    for name in reversed(TABLES):
        for path in _files(out, name):
            if path.suffix != ".parquet" or path.stem not in keys:
                path.unlink()


def _files(out: Path, table: str) -> Iterator[Path]:
    return (out / table).glob("year=*/family=*/*")


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = require("pyarrow.parquet").ParquetFile(path).read().to_pylist()
    return rows
