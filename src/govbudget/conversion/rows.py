"""Rows（表行）: which rows the form of another family prints for a budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from govbudget.classification import Catalogue
from govbudget.model import Budget, Coordinate
from govbudget.writing.layout import Layout
from govbudget.writing.tables import LEVELS, row_dimensions

__all__ = ["TableRow", "table_rows"]

SUBJECTS = ("function", "economic")


@attrs.frozen
class TableRow:
    """A row of a form: what it is called, its subject's code, and what it says of a coordinate."""

    name: str = ""
    code: str = ""
    dims: Mapping[str, Any] = attrs.field(factory=dict)


def table_rows(
    layout: Layout, coordinates: Iterable[Coordinate], book: Budget, catalogue: Catalogue
) -> Iterator[TableRow]:
    """The rows of a table for facts at *coordinates*: the total, then each agency with its subjects or projects."""
    allowed = row_dimensions(layout)
    labelled = layout.roles & {"name", "label", "agency", "project"}
    yield TableRow("合计" if labelled else "")
    keys: dict[str, dict[tuple[str, str], None]] = {}
    for at in coordinates:
        agency = (at.agency or "") if "agency" in allowed else ""
        own = keys.setdefault(agency, {})
        for subject in _subjects(at, layout, allowed):
            own.setdefault((subject, (at.project or "") if "project" in allowed else ""), None)
    names = _Names(book, catalogue)
    for agency, found in keys.items():
        of_agency = {"agency": agency} if agency else {}
        if agency and ("project" not in layout.roles or "project_code" in layout.roles):
            yield TableRow(names.agency(agency), "", of_agency)
        yield from _below(layout, of_agency, found, names)


def _subjects(at: Coordinate, layout: Layout, allowed: frozenset[str]) -> Iterator[str]:
    """The code of a coordinate's subject with those above it, as far as the form prints their levels."""
    code = next((getattr(at, name) for name in SUBJECTS if name in allowed and getattr(at, name)), "")
    if not code or at.project:
        yield code
        return
    for size in sorted({size for size in LEVELS if size < len(code)} | {len(code)}):
        if not layout.levels or LEVELS.get(size) in layout.levels:
            yield code[:size]


def _below(
    layout: Layout, agency: Mapping[str, Any], found: Iterable[tuple[str, str]], names: _Names
) -> Iterator[TableRow]:
    kind = "economic" if layout.form.rows == "economic" else "function"
    if layout.form.rows != "project":
        for code in sorted({subject for subject, _ in found if subject}):
            yield TableRow(names.subject(code), code, {**agency, kind: code})
        return
    by_subject: dict[str, list[str]] = {}
    for subject, project in found:
        if project:
            by_subject.setdefault(subject, []).append(project)
    alone = "project" in layout.roles
    for subject, projects in by_subject.items():
        own = {**agency, **({kind: subject} if subject else {})}
        if not alone:
            if not subject:
                continue  # a project is told from an agency by the code of its subject
            yield TableRow(names.subject(subject), "", own)
        for project in projects:
            yield TableRow(names.project(project), subject, {**own, "project": project})


class _Names:
    """What agencies, subjects and projects are called: as the budget prints them, else as the catalogue does."""

    def __init__(self, book: Budget, catalogue: Catalogue) -> None:
        self._book = book
        self._catalogue = catalogue
        self._printed = {
            fact.code: fact.name for fact in reversed(book.facts) if fact.code and not fact.coordinate.project
        }

    def agency(self, key: str) -> str:
        """The name of an agency."""
        return self._book.agency_names.get(key) or key

    def subject(self, code: str) -> str:
        """The name of a subject."""
        if code in self._printed:
            return self._printed[code]
        subject = self._catalogue.get(code)
        return subject.name if subject else code

    def project(self, key: str) -> str:
        """The name of a project."""
        project = self._book.project_names.get(key)
        return project.name if project else key
