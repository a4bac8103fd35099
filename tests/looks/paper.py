"""A workbook as it lies on paper: rows of cells that remember where they came from, whatever is done to them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

__all__ = ["Address", "Cell", "Paper", "Row", "Sheet", "plain"]

Address = tuple[str, str]

TITLE = re.compile(r"(表|目标)(\(.{0,20}\))?([-—]?\d+)?(\(?续表?\)?)?$")
NUMBER = re.compile(r"(附?表|附件|预算|公开)[\d一二三四五六七八九十]+([-—]\d+)*表?|附件|附表")
UNIT = re.compile(r"(金额|计量)?单位:?(人民币)?[亿万]?元")
AGENCY = re.compile(r"(编制|填报|预算|公开)?(部门|单位)(/单位)?(名称)?:.*")
YEAR = re.compile(r"\(?20\d\d年?度?\)?")
NOTE = re.compile(r"注[:：].*|备注:.*|空表说明.*|本(部门|单位|表).*|说明:.*")
CODE_HEADER = re.compile(r".*(编码|代码|编号)|类|款|项")
NUMBERING = re.compile(r"^(\(?[一二三四五六七八九十廿]+[、)])\s*")
HEADER_WORD = re.compile(r"项目|编码|名称|合计|总计|小计|类|预算")
TOTAL = re.compile(r"合计|总计|本年支出合计")


def plain(value: object) -> str:
    """A cell's text without blanks and quotes, half-width."""
    return re.sub(r"[\s“”\"]", "", unicodedata.normalize("NFKC", "" if value is None else str(value)))


@dataclass(eq=False)
class Cell:
    """A cell's value and the address it had in the workbook it came from."""

    value: object = None
    origin: Address | None = None

    @property
    def text(self) -> str:
        return plain(self.value)

    @property
    def number(self) -> bool:
        return isinstance(self.value, (int, float)) and not isinstance(self.value, bool)


@dataclass(eq=False)
class Row:
    """A row and what it is: lead, head, header, count, body or note."""

    cells: list[Cell]
    kind: str = "body"

    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.text]


@dataclass(eq=False)
class Sheet:
    """A sheet of rows of equal length; a merged range is the list of the cells that it covers."""

    name: str
    rows: list[Row]
    spans: list[list[Cell]] = field(default_factory=list)
    hidden: bool = False
    stray: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def title(self) -> Cell | None:
        """The cell that names the form."""
        found = [c for row in self.rows if row.kind == "lead" for c in row.cells if is_title(c.text)]
        return found[0] if found else None

    @property
    def targets(self) -> bool:
        """Whether the sheet prints performance indicators."""
        return any("指标" in text for row in self.of("header") for text in map(plain, (c.value for c in row.cells)))

    def of(self, *kinds: str) -> list[Row]:
        """The rows of some kinds."""
        return [row for row in self.rows if row.kind in kinds]

    def headings(self, column: int) -> list[str]:
        """The texts of the header over a column, merged ranges considered."""
        over = {id(cell): span[0] for span in self.spans for cell in span}
        cells = [row.cells[column] for row in self.of("header")]
        return [text for text in (over.get(id(cell), cell).text for cell in cells) if text]

    def code_columns(self) -> list[int]:
        """The columns of subject and agency codes."""
        if self.targets:
            return []
        found = []
        for column in range(self.width):
            heads = self.headings(column)
            if heads and CODE_HEADER.fullmatch(heads[-1]):
                found.append(column)
        return found

    def amount_columns(self) -> list[int]:
        """The columns that print amounts."""
        codes = set(self.code_columns())
        return [
            column
            for column in range(self.width)
            if column not in codes
            and any(row.cells[column].number for row in self.of("body"))
            and not set(self.headings(column)) & {"序号", "采购数量"}
        ]

    def body_amounts(self) -> Iterator[Cell]:
        """The amounts of the rows and of the block above the indicators."""
        for row in self.of("head"):
            yield from (cell for cell in row.cells if cell.number)
        if self.targets:
            columns = [c for c in range(self.width) if any("预算" in head for head in self.headings(c))]
        else:
            columns = self.amount_columns()
        for row in self.of("body"):
            yield from (row.cells[column] for column in columns if row.cells[column].number)

    def insert_column(self, at: int) -> None:
        """Put an empty column before column *at*; ranges that reach over it grow."""
        for row in self.rows:
            row.cells.insert(at, Cell())

    def insert_row(self, at: int, kind: str = "lead") -> Row:
        """Put an empty row before row *at*."""
        row = Row([Cell() for _ in range(self.width)], kind)
        self.rows.insert(at, row)
        return row


@dataclass(eq=False)
class Paper:
    """The sheets of a workbook; *added* are amounts that a look printed anew: the cell, whose neighbour, how much."""

    sheets: list[Sheet]
    added: list[tuple[Cell, Address, str]] = field(default_factory=list)

    @classmethod
    def of(cls, workbook: Workbook) -> Paper:
        """The paper of an openpyxl workbook."""
        sheets = []
        for ws in workbook.worksheets:
            rows = [
                Row([Cell(cell.value, (ws.title, cell.coordinate)) for cell in line])
                for line in ws.iter_rows(max_col=min(ws.max_column, 60))
            ]
            for row in rows:
                row.cells = row.cells or [Cell()]
            spans = [
                [cell for row in rows[m.min_row - 1 : m.max_row] for cell in row.cells[m.min_col - 1 : m.max_col]]
                for m in ws.merged_cells.ranges
            ]
            sheet = Sheet(ws.title, rows, spans, ws.sheet_state != "visible")
            _tell_kinds(sheet)
            sheets.append(sheet)
        return cls(sheets)

    def save(self) -> tuple[bytes, dict[Address, Address], dict[Address, tuple[Address, str]]]:
        """The workbook's bytes, where each old cell lies now, and the amounts added."""
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        moved: dict[Address, Address] = {}
        places: dict[int, Address] = {}
        if all(sheet.hidden for sheet in self.sheets):
            self.sheets[0].hidden = False
        for sheet in self.sheets:
            ws = workbook.create_sheet(sheet.name)
            ws.sheet_state = "hidden" if sheet.hidden else "visible"
            at: dict[int, tuple[int, int]] = {}
            for r, row in enumerate(sheet.rows, 1):
                for c, cell in enumerate(row.cells, 1):
                    at[id(cell)] = r, c
                    places[id(cell)] = (sheet.name, f"{get_column_letter(c)}{r}")
                    if cell.value is not None and cell.value != "":
                        ws.cell(r, c).value = cell.value
                        if isinstance(cell.value, str):
                            ws.cell(r, c).data_type = "s"
                    if cell.origin is not None:
                        moved[cell.origin] = places[id(cell)]
            for span in sheet.spans:
                lies = [at[id(cell)] for cell in span if id(cell) in at]
                if len(lies) > 1:
                    tops, lefts = zip(*lies)
                    ws.merge_cells(
                        start_row=min(tops), end_row=max(tops), start_column=min(lefts), end_column=max(lefts)
                    )
            if sheet.stray:
                ws.cell(*sheet.stray).fill = PatternFill("solid", "FFEEEEEE")
        workbook.active = next(i for i, sheet in enumerate(self.sheets) if not sheet.hidden)
        stream = io.BytesIO()
        workbook.save(stream)
        added = {places[id(cell)]: (near, amount) for cell, near, amount in self.added if id(cell) in places}
        return stream.getvalue(), moved, added


def is_title(text: str) -> bool:
    """Whether a text names a form."""
    return len(text) < 60 and TITLE.search(text) is not None and not text.endswith((":", "。")) and len(text) > 3


def _is_furniture(text: str) -> bool:
    return (
        is_title(text)
        or NUMBER.fullmatch(text) is not None
        or UNIT.search(text) is not None
        or AGENCY.fullmatch(text) is not None
        or YEAR.fullmatch(text) is not None
    )


def _tell_kinds(sheet: Sheet) -> None:
    """Tell lead, head, header, rows and notes of a sheet that prints one form."""
    rows = sheet.rows
    start = 0
    while start < len(rows) and all(_is_furniture(cell.text) for cell in rows[start].filled()):
        rows[start].kind = "lead"
        start += 1
    indicators = next((i for i, row in enumerate(rows) if _is_indicator_header(row)), None)
    if indicators is not None:
        for row in rows[start:indicators]:
            row.kind = "head"
        start = end = indicators
    else:
        end = start
        while end + 1 < len(rows) and _is_header(sheet, rows[end + 1], rows[start : end + 1]):
            end += 1
    for row in rows[start : end + 1]:
        row.kind = "header"
    for row in rows[end + 1 :]:
        texts = [cell.text for cell in row.filled()]
        if len(texts) == 1 and NOTE.fullmatch(texts[0]):
            row.kind = "note"
        elif row is rows[end + 1] and len(texts) > 3 and texts == [str(i) for i in range(1, len(texts) + 1)]:
            row.kind = "count"


def _is_indicator_header(row: Row) -> bool:
    texts = {cell.text for cell in row.filled()}
    return "三级指标" in texts or bool(texts & {"指标", "指标名称"} and len(texts) > 3)


def _is_header(sheet: Sheet, row: Row, above: list[Row]) -> bool:
    cells = row.filled()
    if any(cell.number or re.fullmatch(r"[\d.,]+", cell.text) for cell in cells):
        return False
    if any(NUMBERING.match(cell.text) for cell in cells):
        return False
    if len(cells) == 1 and (TOTAL.fullmatch(cells[0].text) or NOTE.fullmatch(cells[0].text)):
        return False
    over = {id(cell) for line in above for cell in line.cells}
    own = {id(cell) for cell in row.cells}
    reached = any(any(id(c) in over for c in span) and any(id(c) in own for c in span) for span in sheet.spans)
    return reached or (len(cells) > 1 and any(HEADER_WORD.search(cell.text) for cell in cells))
