"""A budget as a Fiscal Data Package（财政数据包）: datapackage.json with CSV files beside it.

Source: Frictionless Fiscal Data Package, profile ``fiscal-data-package``: measures with direction and phase, and
dimensions. Each measure has a file of its own whose rows can be added up; the files show the same money by different
dimensions and must not be added to each other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs

from govbudget.checks.context import Context
from govbudget.errors import WriteError, refusal
from govbudget.interop.cuts import Cut, cut
from govbudget.interop.members import member_of
from govbudget.interop.records import Column, Kind, Records, fact_records
from govbudget.model import Budget

__all__ = ["write_fiscal_package"]

CURRENCY = "CNY"
COUNTRY = "CN"


@attrs.frozen
class _Measure:
    """A file of the package: the figures of one question, by what must be printed and what may be."""

    name: str
    title: str
    direction: str
    forms: tuple[str, ...]
    needed: str
    wished: tuple[str, ...] = ()


MEASURES = (
    _Measure(
        "expenditure",
        "支出（按功能分类） Expenditure by function",
        "expenditure",
        ("expenditure", "summary", "fiscal_summary", "general"),
        "function",
        ("agency", "nature"),
    ),
    _Measure(
        "basic_expenditure",
        "基本支出（按经济分类） Basic expenditure by economic subject",
        "expenditure",
        ("general_basic", "fiscal_economic"),
        "economic",
        ("agency",),
    ),
    _Measure(
        "project_expenditure",
        "项目支出 Project expenditure",
        "expenditure",
        ("projects", "general_project"),
        "project",
        ("agency",),
    ),
    _Measure("revenue", "收入（按来源） Revenue by source", "revenue", ("summary", "revenue"), "fund"),
)
DIMENSIONS = {
    "year": ("datetime", None),
    "agency": ("classification", "administrative"),
    "function": ("classification", "functional"),
    "economic": ("classification", "economic"),
    "nature": ("classification", None),
    "fund": ("classification", None),
    "project": ("activity", None),
}
TYPES = {Kind.DECIMAL: "number", Kind.INTEGER: "year"}


def write_fiscal_package(book: Budget, folder: str | os.PathLike[str]) -> Path:
    """Write a budget as a Fiscal Data Package（写出财政数据包）: its figures in 元, phase ``approved``.

    A file for each of expenditure by function, basic expenditure by economic subject, project expenditure and revenue
    by source, as far as the budget prints them, and ``facts.csv`` with every printed amount.

    Args:
        book: the budget.
        folder: where to write; it is made where it is missing, other files in it are left alone.

    Returns:
        The path of datapackage.json.

    Raises:
        WriteError: the budget has no year, or the folder cannot be written; files that stood there are untouched.
    """
    if book.year is None:
        raise WriteError("预算没有年度，写不出财政数据包 (a Fiscal Data Package needs the budget's year)")
    context = Context(book)
    measured = [(one, taken) for one in MEASURES if (taken := _taken(context, one))]
    tables = {one.name: (one.title, _records(book, taken)) for one, taken in measured}
    tables["facts"] = ("全部预算数 Every printed amount", fact_records(book))
    texts = {f"{name}.csv": records.csv("\r\n") for name, (_, records) in tables.items()}
    descriptor = {
        "profile": "fiscal-data-package",
        "name": f"budget-{book.agency.code if book.agency and book.agency.code.isdigit() else 'cn'}-{book.year}",
        "title": f"{book.agency.name if book.agency else ''}{book.year}年部门预算",
        "countryCode": COUNTRY,
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{book.year}-01-01", "end": f"{book.year}-12-31"},
        "resources": [_resource(name, title, records) for name, (title, records) in tables.items()],
        "model": {
            "measures": {one.name: _measure(one) for one, _ in measured},
            "dimensions": _dimensions({one.name: tables[one.name][1] for one, _ in measured}),
        },
    }
    texts["datapackage.json"] = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    return _save(Path(folder), texts)


def _taken(context: Context, measure: _Measure) -> tuple[Cut, tuple[str, ...]] | None:
    """The figures of a measure, by as many dimensions as the widest of its forms prints."""
    for form in measure.forms:
        for count in range(len(measure.wished), -1, -1):
            for more in combinations(measure.wished, count):
                asked = (measure.needed, *more)
                found = cut(context, form, asked, side=measure.direction, years={context.book.year or 0})
                if found:
                    return found, asked
    return None


def _records(book: Budget, taken: tuple[Cut, tuple[str, ...]]) -> Records:
    found, asked = taken
    columns = [Column("year", Kind.INTEGER)]
    for name in asked:
        columns += [Column(name), Column(f"{name}_name")]
    rows = []
    for entry in found.entries:
        members = [member_of(book, entry, name) for name in asked]
        keys = [text for member in members for text in (member.key or member.name, member.name)]
        rows.append((book.year, *keys, entry.fact.yuan))
    return Records((*columns, Column("amount", Kind.DECIMAL)), tuple(rows))


def _measure(measure: _Measure) -> dict[str, Any]:
    return {
        "source": "amount",
        "resource": measure.name,
        "currency": CURRENCY,
        "factor": 1,
        "direction": measure.direction,
        "phase": "approved",
    }


def _dimensions(tables: dict[str, Records]) -> dict[str, Any]:
    return dict(_each_dimension(tables))


def _each_dimension(tables: dict[str, Records]) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource, records in tables.items():
        for name in records.names:
            if name not in DIMENSIONS:
                continue
            kind, classification = DIMENSIONS[name]
            attributes = {"code": {"source": name, "resource": resource}}
            if f"{name}_name" in records.names:
                attributes["name"] = {"source": f"{name}_name", "resource": resource, "labelfor": "code"}
            dimension = {"attributes": attributes, "primaryKey": "code", "dimensionType": kind}
            if classification:
                dimension["classificationType"] = classification
            yield f"{resource}_{name}", dimension


def _resource(name: str, title: str, records: Records) -> dict[str, Any]:
    published = [column for column in records.columns if column.published]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "schema": {
            "fields": [{"name": column.name, "type": TYPES.get(column.kind, "string")} for column in published],
            "missingValues": [""],
        },
    }


def _save(folder: Path, texts: dict[str, str]) -> Path:
    """Write all files or none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder) as aside:
            for name, text in texts.items():
                Path(aside, name).write_text(text, encoding="utf-8", newline="")
            for name in texts:
                Path(aside, name).replace(folder / name)
    except OSError as error:
        raise WriteError(f"{folder}: {refusal('写不出', 'cannot be written', error)}") from error
    return folder / "datapackage.json"
