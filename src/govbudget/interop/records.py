"""Facts, indicators and findings as flat records（平面记录）: one declaration of columns for CSV, JSON and frames."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs

from govbudget.amounts import format_amount
from govbudget.errors import OptionError
from govbudget.model import Budget

if TYPE_CHECKING:
    from govbudget.checks import Finding, Judged, Report

__all__ = [
    "CLAIMS",
    "FACTS",
    "FINDINGS",
    "INDICATORS",
    "NAMES",
    "STANDARD_NAMES",
    "Column",
    "Kind",
    "Records",
    "budget_records",
    "claim_records",
    "fact_records",
    "finding_record",
    "finding_records",
    "indicator_records",
    "standardized",
]

FORMULA = re.compile(r"[=@\t\r].|[+-].*[(|!]", re.S)  # a name may begin with - and an indicator's value be =


class Kind(str, Enum):
    """What a column holds（栏目类型）.

    ``text`` 文字, ``category`` 分类 (one of few texts), ``integer`` 整数, ``decimal`` 数 (exact), ``figure`` 数或文字
    (what is printed where a number may stand), ``texts`` 若干文字.
    """

    TEXT = "text"
    CATEGORY = "category"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FIGURE = "figure"
    TEXTS = "texts"


@attrs.frozen
class Column:
    """A column of records（栏目）.

    Attributes:
        name: its name, as the public contract has it.
        kind: what it holds.
        published: whether the command prints it; frames have every column.
    """

    name: str
    kind: Kind = Kind.TEXT
    published: bool = True


@attrs.frozen
class Records:
    """Rows under columns（记录表）; a value is None where nothing is said."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that the command prints."""
        return tuple(column.name for column in self.columns if column.published)

    def texts(self) -> Iterator[dict[str, str]]:
        """The rows as texts, by column, empty where nothing is said; what CSV and the command print."""
        published = [(at, column.name) for at, column in enumerate(self.columns) if column.published]
        for row in self.rows:
            yield {name: _text(row[at]) for at, name in published}

    def csv(self, ending: str) -> str:
        """The rows as CSV; a text that a spreadsheet would take for a formula begins with an apostrophe（防公式注入）.

        Args:
            ending: what ends a line.
        """
        target = io.StringIO()
        writer = csv.DictWriter(target, self.names, lineterminator=ending)
        writer.writeheader()
        writer.writerows({name: _harmless(text) for name, text in row.items()} for row in self.texts())
        return target.getvalue()

    def values(self, at: int) -> list[Any]:
        """The values of one column."""
        return [row[at] for row in self.rows]


def _harmless(text: str) -> str:
    text = text.replace("\0", "")  # which no CSV can hold
    safe = f"'{text}" if FORMULA.match(text) else text
    return safe.replace("\r\n", "\n").replace("\r", "\n")  # a bare return would end the line: csv does not quote it


def _columns(names: str, **kinds: str) -> tuple[Column, ...]:
    by_name = {name: Kind(kind) for kind, several in kinds.items() for name in several.split()}
    return tuple(
        Column(name.strip("()"), by_name.get(name.strip("()"), Kind.TEXT), not name.startswith("("))
        for name in names.split()
    )


FACTS = _columns(
    "document form title sheet cell year agency_code agency code name project_code project column amount unit yuan "
    "side function economic fund nature cost (origin) (item)",
    category="document form title sheet agency_code agency project_code project column unit "
    "side function economic fund nature cost origin item",
    integer="year",
    decimal="amount yuan",
)
INDICATORS = _columns(
    "document form sheet cell project_code project budget level1 level2 level3 operator value unit weight direction "
    "core",
    category="document form sheet project_code project level1 level2 operator unit direction core",
    decimal="budget weight",
)
FINDINGS = _columns(
    "document rule severity message form title sheet cell cells row column found expected difference",
    category="document rule severity form title sheet column",
    texts="cells",
    figure="found expected",
    decimal="difference",
)
CLAIMS = _columns(
    "document sheet cell section kind text amount unit year direction what side function economic fund nature cost "
    "project item verdict law expected form form_sheet form_cell reason sentence",
    category="document sheet section kind unit direction side function economic fund nature cost project item verdict "
    "law form form_sheet",
    integer="year",
    decimal="amount expected",
)

NAMES = ("plain", "standard")
# The names of elements in 《预算管理一体化系统技术标准》. What they hold stays as it is; AMOUNT is in 元.
STANDARD_NAMES = {
    "year": "FISCAL_YEAR",
    "agency_code": "AGENCY_CODE",
    "agency": "AGENCY_NAME",
    "function": "EXP_FUNC_CODE",
    "fund": "FUND_TYPE_CODE",
    "project_code": "PRO_CODE",
    "project": "PRO_NAME",
    "yuan": "AMOUNT",
}
ECONOMIC = {"DEP_BGT_ECO_CODE": "3", "GOV_BGT_ECO_CODE": "5"}
DIVISION = Column("MOF_DIV_CODE", Kind.CATEGORY)


def budget_records(book: Budget, what: str, names: str = "plain") -> Records:
    """The ``facts``, ``indicators`` or ``findings`` of a budget, under ``plain`` or ``standard`` names.

    Raises:
        OptionError: there are no such records or no such names.
    """
    kinds: dict[str, Callable[[Budget], Records]] = {
        "facts": fact_records,
        "indicators": indicator_records,
        "findings": lambda checked: finding_records(checked.check()),
    }
    OptionError.unless_in("what", what, kinds)
    OptionError.unless_in("names", names, NAMES)
    records = kinds[what](book)
    return standardized(records) if names == "standard" else records


def standardized(records: Records) -> Records:
    """The records under the element names of the national data standard（预算管理一体化数据元名称）.

    The economic subject stands under the element of its classification: 部门 (3) or 政府 (5). The division
    (MOF_DIV_CODE 财政区划) is in the standard and on no form: it is left to be filled in.
    """
    columns: list[Column] = []
    takes: list[tuple[int, str]] = []
    for at, column in enumerate(records.columns):
        if column.name == "economic":
            columns += [attrs.evolve(column, name=name) for name in ECONOMIC]
            takes += [(at, first) for first in ECONOMIC.values()]
        else:
            columns.append(attrs.evolve(column, name=STANDARD_NAMES.get(column.name, column.name)))
            takes.append((at, ""))
    rows = tuple(
        (*(row[at] if row[at] is None or not first or row[at].startswith(first) else None for at, first in takes), None)
        for row in records.rows
    )
    return Records((*columns, DIVISION), rows)


def fact_records(book: Budget) -> Records:
    """Every fact of a budget（预算数）, under :data:`FACTS`."""
    return Records(FACTS, tuple(_facts(book)))


def _facts(book: Budget) -> Iterator[tuple[Any, ...]]:
    for fact in book.facts:
        at = fact.coordinate
        form = book.form_of(fact)
        code, agency = _agency(book, at.agency)
        project = book.project_names.get(at.project) if at.project else None
        yield (
            book.source or None,
            fact.form or None,
            form.title or None if form else None,
            fact.place.sheet or None,
            fact.place.cell or None,
            at.year,
            code or None,
            agency or None,
            fact.code or None,
            fact.name or None,
            project.code or None if project else None,
            project.name if project else at.project,
            fact.column or None,
            fact.amount,
            fact.unit.value,
            fact.yuan,
            at.side,
            at.function,
            at.economic,
            at.fund,
            at.nature,
            at.cost,
            at.origin,
            at.item,
        )


def indicator_records(book: Budget) -> Records:
    """Every performance indicator of a budget（绩效指标）, under :data:`INDICATORS`."""
    return Records(INDICATORS, tuple(_indicators(book)))


def _indicators(book: Budget) -> Iterator[tuple[Any, ...]]:
    for printed in book.targets:
        target = printed.target
        overall = target.is_overall
        for indicator, place in zip(target.indicators, printed.places or ((None,) * len(target.indicators))):
            yield (
                book.source or None,
                printed.form or None,
                place.sheet or None if place else None,
                place.cell or None if place else None,
                None if overall else target.project_code or None,
                None if overall else target.project or None,
                target.budget,
                indicator.level1 or None,
                indicator.level2 or None,
                indicator.name or None,
                indicator.operator_text or None,
                indicator.value_text or None,
                indicator.unit or None,
                indicator.weight,
                indicator.direction_text or None,
                indicator.core_text or None,
            )


def finding_records(report: Report) -> Records:
    """Every finding of a report（校验发现）, under :data:`FINDINGS`."""
    return Records(FINDINGS, tuple(_finding(report.book, finding) for finding in report.findings))


def finding_record(book: Budget, finding: Finding) -> dict[str, object]:
    """A finding as a record with the keys of the public contract; amounts are texts of plain digits."""
    texts = next(Records(FINDINGS, (_finding(book, finding),)).texts())
    return {**texts, "cells": [{"sheet": place.sheet, "cell": place.cell} for place in finding.places]}


def _finding(book: Budget, finding: Finding) -> tuple[Any, ...]:
    first = finding.places[0] if finding.places else None
    return (
        book.source or None,
        finding.rule,
        finding.severity.value,
        finding.message,
        finding.form or None,
        finding.title or None,
        first.sheet or None if first else None,
        first.cell or None if first else None,
        tuple(map(str, finding.places)),
        finding.row or None,
        finding.column or None,
        finding.found,
        finding.expected,
        finding.difference,
    )


def claim_records(book: Budget, judged: Iterable[Judged]) -> Records:
    """Every figure of the prose with its verdict（正文陈述）, under :data:`CLAIMS`."""
    return Records(CLAIMS, tuple(_claim(book, one) for one in judged))


def _claim(book: Budget, judged: Judged) -> tuple[Any, ...]:
    claim, fact_place = judged.claim, judged.place
    dims = ("side", "function", "economic", "fund", "nature", "cost", "project", "item")
    said = [dict.fromkeys(getattr(at, name) for at in claim.about) for name in dims]
    return (
        book.source or None,
        claim.place.sheet or None,
        claim.place.cell or None,
        claim.section or None,
        claim.kind.value,
        claim.text,
        claim.amount,
        claim.unit,
        claim.year,
        claim.direction.value if claim.direction else None,
        claim.what or None,
        *("|".join(filter(None, values)) or None for values in said),
        judged.verdict.value,
        judged.law.value or None,
        judged.expected,
        judged.form or None,
        fact_place.sheet or None if fact_place else None,
        fact_place.cell or None if fact_place else None,
        judged.reason or None,
        claim.sentence,
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    return format_amount(value) if isinstance(value, Decimal) else str(value)


def _agency(book: Budget, key: str | None) -> tuple[str, str]:
    if key is None:
        return "", book.agency.name if book.agency else ""
    name = book.agency_names.get(key)
    coded = key.isascii() and key.isalnum()
    return (key if coded else ""), name if name is not None else ("" if coded else key)
