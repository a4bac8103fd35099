"""A document as a budget（读取预算文件）: every grid's tables, then year, agency, unit and family for the whole."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import attrs

from govbudget.amounts import Unit, pad, places
from govbudget.cells import NOWHERE, Place, Places
from govbudget.classification import nearest_edition, subjects
from govbudget.collecting import collector_paused
from govbudget.forms import Vocabulary, tidy, vocabulary
from govbudget.forms.families import Family, recognise
from govbudget.forms.families import families as declared_families
from govbudget.forms.marks import SAYS_FAMILY, SAYS_YEAR, is_help
from govbudget.forms.vocabulary import OF_FISCAL
from govbudget.grids import Grid, Limits, read_grids
from govbudget.making import maker
from govbudget.model import (
    Agency,
    Budget,
    Fact,
    Passage,
    PrintedForm,
    PrintedTarget,
    Project,
    Purchase,
    Remark,
    RemarkKind,
    Unread,
)
from govbudget.performance import PerformanceTarget
from govbudget.reading.amount import Amount
from govbudget.reading.columns import prints_two_places
from govbudget.reading.header import has_number
from govbudget.reading.mending import Mender, majority
from govbudget.reading.prose import passages
from govbudget.reading.rows import PLACEHOLDER, RowReader, TableRows
from govbudget.reading.tables import Table, lines, split
from govbudget.reading.targets import Block, TargetReader, TargetRows

__all__ = ["read", "read_prose"]

YEAR = re.compile(r"(20[0-4]\d)年")
FIRST_ROWS = 200
DOCUMENT_YEAR = re.compile(r"(20[0-4]\d)年(度)?.{0,30}预算")


make_fact = maker(Fact)


@attrs.define
class _Piece:
    """A table with what its rows came to."""

    table: Table
    rows: TableRows | TargetRows


def read(
    source: str | os.PathLike[str] | bytes | IO[bytes], *, families: Iterable[Family] = (), limits: Limits | None = None
) -> Budget:
    """Read a published budget（读取部门预算）.

    Args:
        source: a path, the bytes of a file, or a file opened in binary mode; its format is told by its content.
        families: families of forms that you declared yourself, see :func:`govbudget.load_family`.
        limits: what the file may cost to read; left out, the defaults of :class:`govbudget.grids.Limits`.

    Returns:
        The budget: a wrong one is read faithfully, see :meth:`Budget.check`; what is not understood is in ``unread``.

    Raises:
        ReadError: the file cannot be read at all, or not within the limits.
    """
    with collector_paused():
        return _understand(*read_grids(source, limits), tuple(families))


def _understand(name: str, grids: list[Grid], families: tuple[Family, ...]) -> Budget:
    grids = [grid for grid in grids if not (grid.rows and is_help(grid.text(0, 0)))]
    words = vocabulary()
    for own in families:
        words = words.extended(own.words)
    tables = _tables(grids, words)
    _tell_funds(tables)
    says = grids[0].about.says if grids else {}
    year = _year(tables, grids) or (int(says[SAYS_YEAR]) if says.get(SAYS_YEAR, "").isdecimal() else None)
    catalogue = subjects(nearest_edition(year))
    damaged = {id(grid) for grid in grids if grid.doubtful and prints_two_places(grid)}
    mender = Mender(grids)
    rows: dict[int, TableRows | TargetRows] = {}
    for table in tables:
        if not table.header.indicators:
            rows[id(table)] = RowReader(
                table, words, catalogue, mender, year, two_places=id(table.grid) in damaged
            ).read()
    if mender.active:
        _mend_agencies([found for found in rows.values() if isinstance(found, TableRows)])
    listed = [project for found in rows.values() if isinstance(found, TableRows) for project in found.projects]
    for table in tables:
        if table.header.indicators:
            rows[id(table)] = TargetReader(table, words, year, listed).read()
    hinted = declared_families().get(says.get(SAYS_FAMILY, ""))
    return _assemble(name, grids, [_Piece(table, rows[id(table)]) for table in tables], year, families, hinted)


def read_prose(source: str | os.PathLike[str] | bytes | IO[bytes], limits: Limits | None = None) -> tuple[Passage, ...]:
    """The words of a document（读取正文）, paragraph by paragraph; their places bear the document's name.

    Raises:
        ReadError: the file cannot be read at all.
    """
    name, grids = read_grids(source, limits)
    words = vocabulary()
    tables = _tables(grids, words)
    inside = _rows_inside(grids, tables)
    return tuple(
        attrs.evolve(
            passage,
            lines=tuple(
                (start, Place.at(" ".join(filter(None, (name, place.sheet))), place.row, place.column))
                for start, place in passage.lines
            ),
        )
        for passage in passages((grid, inside[id(grid)]) for grid in grids)
    )


def _tables(grids: list[Grid], words: Vocabulary) -> list[Table]:
    """The tables of all grids in order; one may go on over several."""
    found: list[Table] = []
    for above, grid in zip([None, *grids], grids):
        found += split(grid, words, found[-1] if found else None, above)
    return found


def _tell_funds(tables: list[Table]) -> None:
    """财政拨款支出表 beside 一般公共预算支出表 holds the money of every fiscal fund, and alone that of the latter."""
    titles = [(table, tidy(table.title)) for table in tables if table.form.id in OF_FISCAL]
    of_general = {table.form.id for table, title in titles if "一般公共预算" in title}
    for table, title in titles:
        if table.form.id in of_general and "财政拨款" in title and "一般公共预算" not in title:
            table.form = table.form.of_every_fund()


def _mend_agencies(tables: list[TableRows]) -> None:
    """Give an agency's rows the name that most forms print for its code."""
    names = majority(pair for found in tables for pair in found.agencies)
    for found in tables:
        wrong = {name for code, name in found.agencies if name != names.get(code, name)}
        found.agencies = [(code, names.get(code, name)) for code, name in found.agencies]
        found.amounts = [
            attrs.evolve(one, name=names.get(one.coordinate.agency or "", one.name)) if one.name in wrong else one
            for one in found.amounts
        ]


# ---------------------------------------------------------------- the whole document


def _year(tables: list[Table], grids: list[Grid]) -> int | None:
    """The year that most titles name, else the latest that a header names, else that of most lines on the budget."""
    titles = Counter(table.year for table in tables if table.year)
    if titles:
        top = max(titles.values())
        return max(year for year, count in titles.items() if count == top)
    headers = [
        int(year) for table in tables for column in table.header.columns for year in YEAR.findall(tidy(column.text))
    ]
    if headers:
        return max(headers)
    said: Counter[int] = Counter()
    for grid in grids:
        for row in range(len(grid.rows) if grid.flowing else min(len(grid.rows), FIRST_ROWS)):
            if row == FIRST_ROWS and said:
                break
            for _, text in grid.texts(row) if row < FIRST_ROWS or len(grid.rows[row]) == 1 else ():
                found = DOCUMENT_YEAR.search(tidy(text)) if len(text) < 60 else None
                if found:
                    said[int(found.group(1))] += 1
    return said.most_common(1)[0][0] if said else None


def _unit(tables: list[Table], family: Family | None) -> Unit:
    apart = {"targets", "purchase"}  # targets and procurement are printed in units of their own
    printed = Counter(t.unit for t in tables if t.unit is not None and not apart & {t.form.kind, t.form.rows})
    if printed:
        return printed.most_common(1)[0][0]
    return family.unit if family else Unit.WAN


def _agencies(pieces: list[_Piece], tables: list[Table]) -> tuple[Agency | None, list[Agency]]:
    """The department and all agencies; the department's code is the one that begins every other.

    A lone code is the department's where it goes by the department's name: else it is that of a unit.
    """
    names: dict[str, str] = {}
    for piece in pieces:
        for code, name in piece.rows.agencies:
            key = code or name
            if key and (key not in names or (name and not names[key])):
                names[key] = name
    printed = Counter(table.agency for table in tables if table.agency)
    title = printed.most_common(1)[0][0] if printed else _agency_of_titles(tables)
    codes = [key for key in names if key.isalnum() and key.isascii() and len(key) > 2]
    top = next((code for code in sorted(codes, key=len) if all(other.startswith(code) for other in codes)), "")
    if top and len(codes) == 1:
        title = title or (names[top] if len(names) == 1 else "")
        top = top if tidy(names[top]) in {"", tidy(title)} else ""
    coded = {*codes}
    agencies = [
        Agency(key, name) if key in coded or name not in {"", key} else Agency("", key) for key, name in names.items()
    ]
    if not (title or top):
        return None, agencies
    department = Agency(top, title or names.get(top, ""))
    return department, [one for one in agencies if one.key != department.key] if top else agencies


def _agency_of_titles(tables: list[Table]) -> str:
    titles = [re.sub(r"^#*\s*|\s+", "", table.title) for table in tables if table.title]
    prefix = _common_prefix(titles) if len(titles) > 2 else ""
    prefix = re.sub(r"(20\d\d年?(度)?|部门|单位|财政|一般|公共|综合|预算|附?表|收|支)*$", "", prefix)
    return prefix if len(prefix) >= 4 and vocabulary().title(prefix) is None else ""


def _common_prefix(texts_: list[str]) -> str:
    first, last = min(texts_), max(texts_)
    size = next(
        (index for index, pair in enumerate(zip(first, last)) if pair[0] != pair[1]), min(len(first), len(last))
    )
    return first[:size]


def _assemble(
    name: str,
    grids: list[Grid],
    pieces: list[_Piece],
    year: int | None,
    families: Iterable[Family],
    hinted: Family | None,
) -> Budget:
    tables = [piece.table for piece in pieces]
    family = recognise((line for table in tables for line in lines(table)), families) or hinted
    unit = _unit(tables, family)
    if family is not None and not any(table.unit for table in tables):
        for table in tables:  # 三公 of the family in 元 is in 万元
            table.unit = None if family.unit_of(table.form.id) is unit else family.unit_of(table.form.id)
    agency, agencies = _agencies(pieces, tables)
    scales = _scales(pieces, unit)
    facts: list[Fact] = []
    forms: list[PrintedForm] = []
    unread: list[Unread] = []
    remarks: list[Remark] = []
    targets: list[PrintedTarget] = []
    projects: dict[str, Project] = {}
    purchases: list[Purchase] = []
    for piece in pieces:
        table, rows = piece.table, piece.rows
        first = len(facts)
        facts += _facts(table, rows.amounts, unit, scales)
        if isinstance(rows, TargetRows):
            for block in rows.blocks:
                targets.append(_target(table, block, year, unit, scales))
            indicators = any(block.indicators for block in rows.blocks)
        else:
            _add_projects(projects, rows)
            purchases += rows.purchases
            remarks += [Remark(RemarkKind.NUMBER_AS_TEXT, place, form=table.form.id) for place in rows.texts_as_numbers]
            indicators = False
        unread += [
            Unread(p, text, reason or "无法识别 (not understood)", table.form.id) for p, text, reason in table.unread
        ]
        unread += [Unread(place, text, reason, table.form.id) for place, text, reason in rows.unread]
        unfilled = [*table.unfilled, *((place, text) for place, text, why in rows.unread if why == PLACEHOLDER)]
        remarks += [Remark(RemarkKind.PLACEHOLDER, place, text, table.form.id) for place, text in unfilled]
        forms.append(_form(table, rows, empty=len(facts) == first and not indicators))
    for target in targets:
        _join_target(projects, target)
    inside = _rows_inside(grids, tables)
    _outside(grids, inside, unread, remarks)
    return Budget(
        facts=facts,
        projects=projects.values(),
        targets=targets,
        purchases=purchases,
        agency=agency,
        agencies=([agency] if agency else []) + agencies,
        year=year,
        family=family.id if family else None,
        forms=forms,
        unread=unread,
        remarks=remarks,
        prose=passages((grid, inside[id(grid)]) for grid in grids),
        source=name,
    )


def _facts(table: Table, amounts: list[Amount], unit: Unit, scales: Mapping[Unit, int]) -> Iterator[Fact]:
    """The facts of a table; each amount is given up as it is taken, so that a large table is not kept twice."""
    amounts.reverse()
    while amounts:
        found = amounts.pop()
        own = found.unit or table.unit or unit
        amount = pad(found.amount, scales[own]) if found.exact else found.amount
        yield make_fact(amount, own, table.form.id, found.name, found.code, found.coordinate, found.column, found.place)


def _scales(pieces: Iterable[_Piece], unit: Unit) -> dict[Unit, int]:
    """The decimals that the document prints for each unit: a spreadsheet drops the zeros at the end."""
    scales: dict[Unit, int] = {}
    for piece in pieces:
        for amount in piece.rows.amounts:
            own = amount.unit or piece.table.unit or unit
            if scales.setdefault(own, 0) < 2:
                scales[own] = max(scales[own], min(2, places(amount.amount)))
    return scales


def _form(table: Table, rows: TableRows | TargetRows, *, empty: bool) -> PrintedForm:
    amounts = [column for column in table.header.columns if column.role is None and column.path]
    return PrintedForm(
        id=table.form.id,
        title=table.title,
        unit=table.unit if table.unit_printed else None,
        unit_printed=table.unit_printed,
        sheet=table.grid.name,
        empty=empty,
        number=table.number,
        note="\n".join(table.notes),
        columns=tuple(column.text for column in amounts),
        meanings=tuple(tuple((name, str(value)) for name, value in column.dims.items()) for column in amounts),
        first=table.first + 1,
        last=table.last + 1,
        more=tuple(table.more),
        year=table.year,
        furniture=table.furniture,
        objects=Places(rows.objects),
    )


# ---------------------------------------------------------------- projects and targets


def _add_projects(projects: dict[str, Project], rows: TableRows) -> None:
    for found in rows.projects:
        key = found["code"] or found["name"]
        if key and key not in projects:
            projects[key] = Project(found["name"], found["code"], found["agency"], found["function"])


def _target(table: Table, block: Block, year: int | None, unit: Unit, scales: Mapping[Unit, int]) -> PrintedTarget:
    budget = None
    if block.budget is not None:
        own = block.budget.unit or table.unit or unit
        budget = pad(block.budget.amount, scales[own] if block.budget.exact else 0) * own.factor
    overall = table.form.id == "overall_performance"
    target = PerformanceTarget.read(
        project=None if overall else block.project,
        project_code=block.project_code,
        agency=block.agency,
        year=table.year or year,
        goal=block.goal,
        budget=budget,
        execution_weight=block.execution,
        indicators=tuple(block.indicators),
        head=tuple(block.head),
    )
    return PrintedTarget(table.form.id, target, block.agency_code or block.agency, block.place, tuple(block.places))


def _join_target(projects: dict[str, Project], printed: PrintedTarget) -> None:
    target = printed.target
    if printed.form != "project_performance" or not target.project:
        return
    key = target.project_code or target.project
    if key not in projects:
        same = [k for k, one in projects.items() if tidy(one.name) == tidy(target.project)]
        key = same[0] if len(same) == 1 else key
    found = projects.get(key) or Project(target.project, target.project_code, printed.agency)
    projects[key] = attrs.evolve(found, target=target)


# ---------------------------------------------------------------- what stands outside


def _outside(grids: list[Grid], inside: Mapping[int, set[int]], unread: list[Unread], remarks: list[Remark]) -> None:
    """Macros and links, sheets without a form, hidden sheets, error values and formulas without a value."""
    for about in [grid.about for grid in grids[:1]]:
        remarks += [Remark(RemarkKind.MACROS, NOWHERE)] * about.macros
        remarks += [Remark(RemarkKind.EXTERNAL_LINK, NOWHERE, link) for link in about.links]
    for grid in grids:
        if grid.hidden:
            remarks.append(Remark(RemarkKind.HIDDEN_SHEET, Place(grid.name, "A1"), grid.name))
        for (row, column), text in grid.errors.items():
            remarks.append(Remark(RemarkKind.ERROR_VALUE, grid.place(row, column), text))
            unread.append(Unread(grid.place(row, column), text, "错误值 (an error value)"))
        for (row, column), text in grid.hollow.items():
            remarks.append(Remark(RemarkKind.FORMULA_WITHOUT_VALUE, grid.place(row, column), text))
            unread.append(Unread(grid.place(row, column), text, "公式没有计算结果 (a formula without a value)"))
        unread += _stray(grid, inside[id(grid)])


def _stray(grid: Grid, inside: set[int]) -> Iterable[Unread]:
    """Rows with figures in several columns that belong to no form."""
    for row in range(len(grid.rows)) if len(inside) < len(grid.rows) else ():
        if row in inside:
            continue
        cells = grid.texts(row)
        if len(cells) > 1 and has_number(grid.rows[row]):
            for column, text in cells:
                yield Unread(grid.place(row, column), text, "不在任何已识别的表内 (in no recognised form)")


def _rows_inside(grids: list[Grid], tables: list[Table]) -> dict[int, set[int]]:
    """The rows of each grid that belong to forms, by the identity of the grid."""
    inside: dict[int, set[int]] = {id(grid): set() for grid in grids}
    for table in tables:
        inside[id(table.grid)].update(range(table.first, table.last + 1))
        for grid, row in table.body:
            inside[id(grid)].add(row)
        if table.upper is not None:
            page, rows = table.upper
            inside[id(page)].update(rows)
    return inside
