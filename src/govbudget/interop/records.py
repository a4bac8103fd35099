"""Facts, indicators and findings as flat records（平面记录） with the columns of the public contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govbudget.amounts import format_amount
from govbudget.model import Budget

if TYPE_CHECKING:
    from govbudget.checks import Finding

__all__ = ["FACT_COLUMNS", "INDICATOR_COLUMNS", "fact_records", "finding_record", "indicator_records"]

FACT_COLUMNS = (
    "document",
    "form",
    "title",
    "sheet",
    "cell",
    "year",
    "agency_code",
    "agency",
    "code",
    "name",
    "project_code",
    "project",
    "column",
    "amount",
    "unit",
    "yuan",
    "side",
    "function",
    "economic",
    "fund",
    "nature",
    "cost",
)
INDICATOR_COLUMNS = (
    "document",
    "form",
    "sheet",
    "cell",
    "project_code",
    "project",
    "budget",
    "level1",
    "level2",
    "level3",
    "operator",
    "value",
    "unit",
    "weight",
    "direction",
    "core",
)


def fact_records(book: Budget) -> Iterator[dict[str, str]]:
    """Every fact of a budget as a record of :data:`FACT_COLUMNS`; all values are text, empty where nothing is said."""
    for fact in book.facts:
        at = fact.coordinate
        form = book.form_of(fact)
        code, agency = _agency(book, at.agency)
        project = book.project_names.get(at.project) if at.project else None
        values = (
            book.source,
            fact.form,
            form.title if form else "",
            fact.place.sheet,
            fact.place.cell,
            str(at.year or ""),
            code,
            agency,
            fact.code,
            fact.name,
            project.code if project else "",
            project.name if project else at.project or "",
            fact.column,
            format_amount(fact.amount),
            fact.unit.value,
            format_amount(fact.yuan),
            at.side or "",
            at.function or "",
            at.economic or "",
            at.fund or "",
            at.nature or "",
            at.cost or "",
        )
        yield dict(zip(FACT_COLUMNS, values))


def indicator_records(book: Budget) -> Iterator[dict[str, str]]:
    """Every performance indicator of a budget as a record of :data:`INDICATOR_COLUMNS`."""
    for printed in book.targets:
        target = printed.target
        overall = target.is_overall
        for indicator, place in zip(target.indicators, printed.places or ((None,) * len(target.indicators))):
            values = (
                book.source,
                printed.form,
                place.sheet if place else "",
                place.cell if place else "",
                "" if overall else target.project_code,
                "" if overall else target.project or "",
                "" if target.budget is None else format_amount(target.budget),
                indicator.level1,
                indicator.level2,
                indicator.name,
                indicator.operator_text,
                indicator.value_text,
                indicator.unit,
                indicator.weight_text,
                indicator.direction_text,
                indicator.core_text,
            )
            yield dict(zip(INDICATOR_COLUMNS, values))


def finding_record(book: Budget, finding: Finding) -> dict[str, object]:
    """A finding as a record with the keys of the public contract."""
    first = finding.places[0] if finding.places else None
    return {
        "document": book.source,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "form": finding.form,
        "title": finding.title,
        "sheet": first.sheet if first else "",
        "cell": first.cell if first else "",
        "cells": [{"sheet": place.sheet, "cell": place.cell} for place in finding.places],
        "row": finding.row,
        "column": finding.column,
        "found": _text(finding.found),
        "expected": _text(finding.expected),
        "difference": _text(finding.difference),
    }


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _agency(book: Budget, key: str | None) -> tuple[str, str]:
    if key is None:
        return "", book.agency.name if book.agency else ""
    name = book.agency_names.get(key)
    coded = key.isascii() and key.isalnum()
    return (key if coded else ""), name if name is not None else ("" if coded else key)
