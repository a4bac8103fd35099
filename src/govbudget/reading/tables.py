"""Tables（表格的切分）: where on a grid a form begins and ends, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from govbudget.amounts import Unit, find_unit
from govbudget.cells import Place
from govbudget.forms import FormKind, Vocabulary, tidy
from govbudget.forms.text import strip_numbering
from govbudget.forms.vocabulary import UNIT_END
from govbudget.grids import Grid, Value
from govbudget.reading.header import (
    Header,
    find_header,
    has_number,
    header_top,
    is_number,
    read_header,
    with_lower,
    with_rest,
)
from govbudget.reading.pages import mend_break, mend_wrap

__all__ = ["Table", "split"]

LEAD = 8
MOST_TITLES = 3  # cells that a row with a title has
HEAD = 60
TITLE_LENGTH = 60
YEAR = re.compile(r"(20\d\d)年?")
YEAR_LINE = re.compile(r"(?=\(|.*年)\(?(20\d\d)年?(度)?\)?")
BARE_YEAR = re.compile(r"(20\d\d)")
PAGE_NUMBER = re.compile(
    r"[-—－\s]{0,20}(第?\s{0,4}\d{1,3}\s{0,4}页?)[-—－\s]{0,20}([/，,]?\s{0,4}(共\s{0,4})?\d{1,6}\s{0,4}页?)?"
)
COLUMN_COUNT = re.compile(r"栏次|\d{1,2}|\d{1,2}=.*|[A-Z]|\*+|[甲乙丙丁]|[-—]+")
TITLE_END = re.compile(r"(表|目标)(\(.{0,20}\))?[-—\d一二三四五六七八九十续()]*$")
CONTINUED = re.compile(r"\(?续(表)?[\d一二三四五六七八九十]?\)?$|^续(表)?[-:]?")
FIRST_LINE = re.compile(r"[附表件预算公开\d]")
UNIT_TEXT = re.compile(r"\(?(单位:)?\(?(亿|万)?元\)?")


@attrs.define
class Table:
    """A form as it stands on a grid: its title, header and rows, before anything is understood of the rows.

    A form may begin at the end of a page: *upper* is that page, and the rows of its title and its head there.
    """

    form: FormKind
    grid: Grid
    header: Header
    title: str = ""
    number: str = ""
    unit: Unit | None = None
    unit_printed: bool = False
    agency: str | None = None
    year: int | None = None
    head: list[int] = attrs.field(factory=list)
    body: list[tuple[Grid, int]] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)
    furniture: list[Place] = attrs.field(factory=list)
    unread: list[tuple[Place, str, str]] = attrs.field(factory=list)
    unfilled: list[tuple[Place, str]] = attrs.field(factory=list)
    around: list[str] = attrs.field(factory=list)
    first: int = 0
    last: int = 0
    more: list[tuple[str, int, int]] = attrs.field(factory=list)
    upper: tuple[Grid, list[int]] | None = None

    def extend(self, grid: Grid, first: int, last: int) -> None:
        """Let the table reach over rows of its own sheet or another."""
        if grid is self.grid:
            self.first, self.last = min(self.first, first), max(self.last, last)
        else:
            self.more.append((grid.name, first + 1, last + 1))

    def join(self, rest: Table) -> None:
        """Take in the rows of a table that only goes on with this one."""
        self.body += rest.body
        self.notes += rest.notes
        self.furniture += rest.furniture
        self.unread += rest.unread
        self.extend(rest.grid, rest.first, rest.last)


@attrs.define
class _Lead:
    """What stands between the previous table and a header."""

    title: str = ""
    form: FormKind | None = None
    number: str = ""
    unit: Unit | None = None
    agency: str | None = None
    year: int | None = None
    first: int = 0
    title_row: int | None = None
    furniture: list[Place] = attrs.field(factory=list)
    unfilled: list[tuple[Place, str]] = attrs.field(factory=list)
    texts: list[str] = attrs.field(factory=list)
    rest: list[tuple[int, int, str]] = attrs.field(factory=list)

    def add(self, place: Place, text: str, words: Vocabulary) -> None:
        """Take in a cell that is title, number, unit or agency line."""
        self.furniture.append(place)
        if words.leaves_open(text):
            self.unfilled.append((place, text))


def split(grid: Grid, words: Vocabulary, previous: Table | None = None, above: Grid | None = None) -> list[Table]:
    """The tables of a grid in order; *above* is the page before it, if there is one.

    A table without a title whose header repeats that of *previous* continues it: its rows join that table and no
    new one is returned.
    """
    tables: list[Table] = []
    cut = _cut_off(above, previous, words) if above is not None and grid.flowing else None
    free = row = 0 if cut else _carried_over(grid, words, previous)
    while row < len(grid.rows):
        kind = find_header(grid, row, words)
        if kind is None:
            row += 1
            continue
        below, row = row + 1, header_top(grid, row, free, words)
        lead = _lead(grid, free, row, words, indicators=kind)
        foreign = lead.form is None and any(words.foreign(text) for _, _, text in lead.rest)
        if foreign or (not kind and _is_head_block(grid, row, lead, words)):
            row = below
            continue
        start = max(free, (lead.title_row if lead.title_row is not None else row - 1) + 1)
        header = read_header(grid, row, words, above=start if grid.flowing else None)
        before = tables[-1] if tables else previous
        if cut is not None and not tables and lead.form is None and kind == (cut[1][1].kind == "targets"):
            page, (lead.title, form), rows = cut
            lead.year = _year_of(lead.title) or lead.year
            for line in () if kind else rows[1:]:
                _lead_row(page, line, lead, words, above=False)
            table = _table(form, grid, header, lead)
            table.furniture += _places(page, rows[0], rows[0])
            table.upper = page, rows
            table.extend(page, rows[0], rows[-1])
            tables.append(table)
        elif before is not None and _continues(before, header, lead, grid, words):
            table = before
            table.furniture += [*lead.furniture, *_places(grid, header.first, header.last)]
            table.unread += [(grid.place(r, c), text, "") for r, c, text in lead.rest]
        elif grid.aligned and not tables and lead.form is None and previous is not None and not kind:
            row = below  # the rest of a table whose columns are not told alike on the page before
            continue
        else:
            form = lead.form or _form_of_sheet(grid, words, kind) or _form_of_header(grid, header, lead, words)
            table = _table(form, grid, header, lead)
            tables.append(table)
        row = free = _body(table, grid, header, words)
        if before is not None and table is not before and _is_rest(table, before, words):
            before.join(table)
            tables.pop()
    return tables


def _carried_over(grid: Grid, words: Vocabulary, previous: Table | None) -> int:
    """Let a page that begins in the middle of a table join it; gives the first row after those rows."""
    if previous is None or not grid.flowing or grid is previous.grid:
        return 0
    first = next((row for row, cells in enumerate(grid.rows) if len(cells) > 1 and grid.texts(row)), None)
    if first is None or any(_title_of_row(grid, row, words) for row in range(first + 1)):
        return 0
    if not previous.body and not previous.header.indicators and find_header(grid, first, words) is False:
        lower = read_header(grid, first, words)
        whole = with_lower(previous.header, lower, words)
        if whole is not None:
            previous.header = whole
            previous.furniture += _places(grid, first, lower.last)
            return _body(previous, grid, attrs.evolve(whole, first=first, last=lower.last), words)
    if _is_header_near(grid, first, words) or len(grid.rows[first]) != len(previous.header.columns):
        return 0
    if previous.header.indicators and _starts_head(grid, first, grid.texts(first), words):
        return 0
    header = None if previous.body else with_rest(previous.header, grid.texts(first), words)
    if header is not None:
        previous.header = header
        previous.furniture += _places(grid, first, first)
        first += 1
    return _body(previous, grid, attrs.evolve(previous.header, first=first, last=first - 1), words)


def _cut_off(
    page: Grid, previous: Table | None, words: Vocabulary
) -> tuple[Grid, tuple[str, FormKind], list[int]] | None:
    """A form that begins at the end of a page, so that only its title and the rows of its head stand there.

    Gives the page, the title with its form, and the rows, the first of which is that of the title.
    """
    last = -1
    if previous is not None:
        own = [end - 1 for sheet, _, end in previous.more if sheet == page.name]
        last = previous.last if page is previous.grid else max(own, default=-1)
    rows = [row for row in range(last + 1, len(page.rows)) if page.texts(row)]
    for at, row in enumerate(rows):
        found = _title_of_row(page, row, words)
        if found is not None and _is_cut(page, found[1], rows[at:], words):
            return page, found, rows[at:]
    return None


def _is_cut(page: Grid, form: FormKind, rows: list[int], words: Vocabulary) -> bool:
    """Whether rows from a title to the end of a page hold its head, or lines that stand over any table."""
    if form.kind == "targets":
        return any(len(page.rows[row]) > 1 for row in rows)
    return all(_is_furniture(text, words) for row in rows[1:] for _, text in page.texts(row))


def _is_header_near(grid: Grid, row: int, words: Vocabulary) -> bool:
    return any(find_header(grid, below, words) is not None for below in range(row, min(row + 3, len(grid.rows))))


def _places(grid: Grid, first: int, last: int) -> list[Place]:
    return [grid.place(row, column) for row in range(first, last + 1) for column, _ in grid.texts(row)]


def _table(form: FormKind, grid: Grid, header: Header, lead: _Lead) -> Table:
    table = Table(form, grid, header, lead.title, lead.number, lead.unit, lead.unit is not None, lead.agency, lead.year)
    table.around = lead.texts
    table.unfilled = lead.unfilled
    table.first = lead.first
    table.furniture = lead.furniture + _places(grid, header.first, header.last)
    start = header.last + 1
    if header.indicators:
        start = lead.first if lead.title_row is None else lead.title_row + 1
        if grid.flowing and lead.title_row is None:
            start = table.first = min((row for row, _, _ in lead.rest), default=header.first)
        table.head = [row for row in range(start, header.first) if grid.texts(row)]
        known = set(table.furniture)
        table.head = [row for row in table.head if any(grid.place(row, c) not in known for c, _ in grid.texts(row))]
    table.unread = [(grid.place(row, column), text, "") for row, column, text in lead.rest if row < start]
    return table


def _is_head_block(grid: Grid, row: int, lead: _Lead, words: Vocabulary) -> bool:
    """Whether the header at *row* belongs to the block above a table of indicators."""
    form = lead.form or _form_of_sheet(grid, words, None)
    if form is not None and form.kind != "targets":
        return False
    for below in range(row + 1, min(row + HEAD, len(grid.rows))):
        if find_header(grid, below, words):
            return True
        if form is None and _title_of_row(grid, below, words) is not None:
            return False
    return form is not None and _may_go_on(grid, row)


def _title_of_row(grid: Grid, row: int, words: Vocabulary) -> tuple[str, FormKind] | None:
    cells: list[tuple[int, str]] = []
    for cell in grid.texts(row):
        if not cells or cell[1] != cells[-1][1]:
            cells.append(cell)
        if len(cells) > MOST_TITLES:
            return None
    if grid.flowing and len(cells) > 1:
        if words.head(cells[0][1]) == "goal":
            return None
        apart = [cell for cell in cells if not _is_furniture(cell[1], words)]
        cells = [(cells[0][0], "".join(text for _, text in apart))]
    for _, text in cells:
        form = _titled(text, words)
        if form is not None:
            return (text.lstrip("# ") if grid.flowing else text), form
    return None


@lru_cache(maxsize=4096)
def _titled(text: str, words: Vocabulary) -> FormKind | None:
    """The form of which a text is the title."""
    plain = tidy(text)
    if len(plain) > TITLE_LENGTH or not TITLE_END.search(plain) or words.note(text) or words.head(text) == "goal":
        return None
    return words.title(text)


def _lead(grid: Grid, free: int, header: int, words: Vocabulary, *, indicators: bool) -> _Lead:
    """Look upward from a header for its title, number, unit, agency and year."""
    lead = _Lead(first=header)
    first = free
    if grid.flowing:
        first = max(free, header - (HEAD if indicators else 3 * LEAD))
    titles = {row: found for row in range(first, header) if (found := _title_of_row(grid, row, words))}
    if titles:
        targets = [row for row, (_, form) in titles.items() if form.kind == "targets"]
        lead.title_row = (targets[0] if not grid.flowing else targets[-1]) if indicators and targets else max(titles)
        if grid.flowing and not indicators and not _is_near(grid, lead.title_row, header, words):
            lead.title_row = None
    if lead.title_row is not None:
        lead.title, lead.form = titles[lead.title_row]
        for column, text in grid.texts(lead.title_row):
            lead.add(grid.place(lead.title_row, column), text, words)
            if words.unit_line(text) or UNIT_END.search(tidy(text)):
                lead.unit = find_unit(tidy(text)[-16:]) or lead.unit
            lead.agency = lead.agency or words.agency(text)
        lead.year = _year_of(lead.title)
        lead.first = lead.title_row
    most = 2 * LEAD if indicators else LEAD
    start = first if not grid.flowing else _flowing_start(grid, lead.title_row, header, free, most, words)
    for row in range(start, header):
        if row != lead.title_row:
            _lead_row(grid, row, lead, words, above=lead.title_row is not None and row < lead.title_row)
    if not grid.flowing:
        lead.first = min([lead.first] + [row for row in range(first, header) if grid.texts(row)])
    return lead


def _year_of(title: str) -> int | None:
    year = YEAR.search(tidy(title))
    return int(year.group(1)) if year else None


def distinct(cells: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The cells of a row, one for neighbours that say the same, as an unmerged title does."""
    return [cell for index, cell in enumerate(cells) if not index or cell[1] != cells[index - 1][1]]


def _is_near(grid: Grid, title: int, header: int, words: Vocabulary) -> bool:
    """Whether no prose stands between a title and a header."""
    if header - title > 2 * LEAD:
        return False
    return all(
        _is_furniture(text, words) or len(text) < (30 if len(cells) == 1 else 80)
        for row in range(title + 1, header)
        for cells in (grid.texts(row),)
        for _, text in cells
    )


def _flowing_start(grid: Grid, title: int | None, header: int, free: int, most: int, words: Vocabulary) -> int:
    """Where what belongs to a header begins: with its title, else with the lines of cells over it, so many at most."""
    if title is None:
        row = header
        while row - 1 >= free and (len(grid.rows[row - 1]) > 1 or not grid.texts(row - 1)) and header - row < most:
            row -= 1
        return row
    above = title - 1
    while above >= free and title - above < 4:
        cells = grid.texts(above)
        first = len(cells) == 1 and FIRST_LINE.match(cells[0][1])
        if not first and not all(_is_furniture(text, words) for _, text in cells):
            break
        above -= 1
    return above + 1


@lru_cache(maxsize=4096)
def _is_furniture(text: str, words: Vocabulary) -> bool:
    return (
        words.number(text)
        or words.unit_line(text)
        or words.agency(text) is not None
        or YEAR_LINE.fullmatch(tidy(text)) is not None
    )


def _lead_row(grid: Grid, row: int, lead: _Lead, words: Vocabulary, *, above: bool) -> None:
    cells = grid.texts(row)
    alone = grid.flowing and len(grid.rows[row]) == 1
    for column, text in cells:
        plain = tidy(text)
        furniture = _is_furniture(text, words) or (alone and PAGE_NUMBER.fullmatch(text) is not None)
        if words.number(text) and not lead.number:
            lead.number = re.sub(r"\s+", "", text)
        agency = words.agency(text)
        if agency and lead.agency is None:
            lead.agency = agency
        if words.unit_line(text) or UNIT_TEXT.fullmatch(plain):
            lead.unit = find_unit(plain) or lead.unit
            furniture = True
        year = YEAR_LINE.fullmatch(plain) or (BARE_YEAR.fullmatch(plain) if len(cells) == 1 else None)
        if year and lead.year is None:
            lead.year = int(year.group(1))
        furniture = furniture or year is not None
        if furniture:
            lead.texts.append(text)
            lead.add(grid.place(row, column), text, words)
        elif not (above and grid.flowing):
            lead.rest.append((row, column, text))


def _form_of_sheet(grid: Grid, words: Vocabulary, indicators: bool | None) -> FormKind | None:
    name = re.sub(r"^[\d.、\-\s]+|[-\d\s]+$", "", grid.name)
    form = words.title(name if name.endswith("表") else f"{name}表") if name else None
    if form is not None and indicators is not None and (form.kind == "targets") != indicators:
        return None
    return form


def _form_of_header(grid: Grid, header: Header, lead: _Lead, words: Vocabulary) -> FormKind:
    """The form that a header without a title looks like."""
    roles = {column.role for column in header.columns}
    items = {str(column.dims.get("item", "")) for column in header.columns}
    funds = {column.dims.get("fund") for column in header.columns} - {None}
    natures = {column.dims.get("nature") for column in header.columns} - {None}
    costs = {column.dims.get("cost") for column in header.columns} - {None}
    sides = {column.dims.get("side") for column in header.columns} - {None}
    if header.indicators:
        known = roles & {"project", "project_code"} or _names_project(grid, lead, header, words)
        return words.forms["project_performance" if known else "overall_performance"]
    if any(item.startswith("three_public") for item in items):
        return words.forms["three_public"]
    if "unit_price" in items or "quantity" in roles:
        return words.forms["procurement"]
    if len(sides) == 2:
        return words.forms["fiscal_summary" if "general" in funds else "summary"]
    if roles & {"project", "project_code"}:
        return words.forms["projects"]
    if costs and "project" not in natures:
        return words.forms["general_basic"]
    if costs:
        return words.forms["general"]
    if natures:
        return words.forms["expenditure"]
    return words.forms["revenue" if funds else "expenditure"]


def _is_rest(table: Table, before: Table, words: Vocabulary) -> bool:
    """Whether a table on a sheet of its own is the rest of the one before: of the two only one prints the total."""
    if table.form is not before.form or not table.body or not before.body or table.grid.flowing:
        return False
    if table.header.signature != before.header.signature:
        return False
    if table.header.indicators:
        return _goes_on(table)
    if table.form.kind == "sides" and not _labels(table) & _labels(before):
        return True
    return _has_total(table, words) != _has_total(before, words)


def _labels(table: Table) -> set[str]:
    """The labels of the first row of a form with two sides, by which every printing of it begins."""
    grid, row = table.body[0]
    return {tidy(text) for column, text in grid.texts(row) if not is_number(grid.rows[row][column])}


def _goes_on(table: Table) -> bool:
    """Whether a table of indicators of many projects begins in the middle of one."""
    projects = [index for index, column in enumerate(table.header.columns) if column.role == "project"]
    grid, row = table.body[0]
    return bool(projects) and not any(grid.text(row, index) for index in projects)


def _has_total(table: Table, words: Vocabulary) -> bool:
    for grid, row in table.body:
        names = [text for column, text in grid.texts(row) if not is_number(grid.rows[row][column])]
        if not names or any((kind := words.row(text)) is not None and kind.endswith("total") for text in names):
            return True
    return False


def _names_project(grid: Grid, lead: _Lead, header: Header, words: Vocabulary) -> bool:
    """Whether the lines over a table of indicators name a project."""
    rows = range(max(lead.first, 0), header.first) if not grid.flowing else sorted({row for row, _, _ in lead.rest})
    return any(words.head(text) in {"project", "project_code"} for row in rows for _, text in grid.texts(row)[:2])


def _continues(before: Table, header: Header, lead: _Lead, grid: Grid, words: Vocabulary) -> bool:
    """Whether a header repeats that of the table before, as at a page break."""
    if before.header.signature != header.signature or before.header.indicators != header.indicators:
        return False
    if header.indicators and _names_project(grid, lead, header, words):
        return False
    if lead.form is None:
        return grid is before.grid or grid.flowing
    if not grid.flowing or lead.form is not before.form:
        return False
    if CONTINUED.sub("", tidy(lead.title)) != CONTINUED.sub("", tidy(before.title)):
        return False
    title = lead.title_row or 0
    between = range(before.last + 1 if grid is before.grid else 0, title)
    return all(
        _is_furniture(text, words) or PAGE_NUMBER.fullmatch(text) for row in between for _, text in grid.texts(row)
    )


def _body(table: Table, grid: Grid, header: Header, words: Vocabulary) -> int:
    """Collect the rows under a header; gives the row after the last one."""
    end = header.last + 1
    noted = -2
    heads = table.form.kind == "targets"
    follows = bool(table.body) and table.body[-1][0] is not grid
    for row in range(header.last + 1, len(grid.rows)):
        if (
            not grid.flowing
            and end > header.last + 1
            and _is_line_of_figures(grid.rows[row])
            and not (heads and _starts_head(grid, row, grid.texts(row), words))
        ):
            table.body.append((grid, row))
            end = row + 1
            continue
        cells = grid.texts(row)
        if not cells:
            continue
        if row > header.last + 1 and _starts_another(grid, row, cells, table, words):
            break
        lone = cells[0][1] == cells[-1][1] and len(distinct(cells)) == 1
        if (end == header.last + 1 and _is_column_count(grid, row, cells)) or all(
            words.signature(text) for _, text in cells
        ):
            table.furniture += [grid.place(row, column) for column, _ in cells]
        elif table.header.indicators and len(cells) > 2 and lone:
            table.furniture += [grid.place(row, column) for column, _ in cells]  # a line merged over the table
        elif (
            lone
            and not is_number(grid.rows[row][cells[0][0]])
            and (words.note(cells[0][1]) or (row - noted <= 2 and not grid.flowing))
        ):
            noted = row
            table.notes.append(cells[0][1])
            table.furniture += [grid.place(row, column) for column, _ in cells]
        elif grid.flowing and len(grid.rows[row]) == 1:
            if PAGE_NUMBER.fullmatch(cells[0][1]):
                table.furniture.append(grid.place(row, 0))
                continue
            if not _goes_on_below(grid, row, table, words):
                break
            if _is_label(cells[0][1], words):
                table.body.append((grid, row))
            else:
                table.unread.append((grid.place(row, 0), cells[0][1], ""))
        else:
            if follows:
                table.furniture += mend_break(table.body, grid, row, table.header.columns, words)
                follows = False
            elif grid.flowing and table.body and table.body[-1][0] is grid:
                table.furniture += mend_wrap(grid, table.body[-1][1], row, words)
            if grid.texts(row):
                table.body.append((grid, row))
        end = row + 1
    else:
        end = len(grid.rows)
    table.extend(grid, header.first, end - 1)
    return max(end, header.last + 1)


def _goes_on_below(grid: Grid, row: int, table: Table, words: Vocabulary) -> bool:
    """Whether a line without tabs is a row of blank figures, or a running title, within a table that goes on."""
    for below in range(row + 1, min(row + LEAD, len(grid.rows))):
        cells = grid.texts(below)
        if len(grid.rows[below]) == 1:
            if cells and not (PAGE_NUMBER.fullmatch(cells[0][1]) or _is_label(cells[0][1], words)):
                return False
        elif cells:
            fits = len(grid.rows[below]) == len(table.header.columns) or _is_label(grid.text(row, 0), words)
            return fits and has_number(grid.rows[below]) and not _starts_another(grid, below, cells, table, words)
    return False


def _is_label(text: str, words: Vocabulary) -> bool:
    """Whether a row of a table goes by a text."""
    return words.row(text) is not None or words.dims(strip_numbering(tidy(text))) is not None


def _is_line_of_figures(cells: list[Value]) -> bool:
    """Whether a row can only be one of a table: it holds a number, and says more than a title or a note does."""
    return float in map(type, cells) and len({*cells}) > MOST_TITLES + 2


def _is_column_count(grid: Grid, row: int, cells: list[tuple[int, str]]) -> bool:
    """Whether a row numbers the columns: 1 2 3 …, or 栏次."""
    plain = [tidy(text) for _, text in cells]
    if not all(COLUMN_COUNT.fullmatch(text) for text in plain):
        return False
    if any(text in {"栏次", "甲"} or text.startswith("**") for text in plain):
        return True
    numbers = [int(text.partition("=")[0]) for text in plain if text[0].isdigit()]
    return len(plain) > 2 and len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _starts_another(grid: Grid, row: int, cells: list[tuple[int, str]], table: Table, words: Vocabulary) -> bool:
    title = _title_of_row(grid, row, words)
    cut = title is not None and title[1].kind == "targets" and _may_go_on(grid, row)
    if title is not None and (cut or _header_below(grid, row, words)):
        return True
    if title is None and len(cells) == 1 and _is_over_a_table(cells[0][1], words) and _header_below(grid, row, words):
        return True
    if title is None and row + 1 < len(grid.rows) and all(_is_furniture(text, words) for _, text in cells):
        return _title_of_row(grid, row + 1, words) is not None and _header_below(grid, row + 1, words)
    kind = find_header(grid, row, words)
    if kind is None:
        return table.form.kind == "targets" and _starts_head(grid, row, cells, words)
    return kind or not table.header.indicators or _header_below(grid, row, words)


def _is_over_a_table(text: str, words: Vocabulary) -> bool:
    """Whether a text is the number of a form, or the title of a table that is none."""
    return words.number(text) or words.foreign(text)


def _may_go_on(grid: Grid, row: int) -> bool:
    """Whether the next page may have the header of a form of targets that begins on a row."""
    return grid.flowing and row + HEAD >= len(grid.rows)


def _header_below(grid: Grid, row: int, words: Vocabulary) -> bool:
    return any(find_header(grid, below, words) is not None for below in range(row, min(row + 3 * LEAD, len(grid.rows))))


def _starts_head(grid: Grid, row: int, cells: list[tuple[int, str]], words: Vocabulary) -> bool:
    """Whether a row of a stack of targets begins the next one's head block."""
    if words.role(cells[0][1]) not in {"project", "agency"} or len(cells) < 2:
        return False
    return any(find_header(grid, below, words) for below in range(row + 1, min(row + HEAD, len(grid.rows))))


def lines(table: Table) -> Iterator[str]:
    """The texts of a table's title, the lines around it and its header, by which its family is told."""
    yield table.title
    yield from table.around
    for column in table.header.columns:
        yield column.text
