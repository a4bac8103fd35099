"""Sheets as an Excel workbook（写成工作簿）: fonts, borders, number formats, print set-up."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

import attrs
from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from govbudget.cells import cell_name
from govbudget.errors import WriteError
from govbudget.saving import writable
from govbudget.writing.sheet import BORDERED, Cell, Choice, Kind, Look, Sheet

__all__ = ["workbook_bytes"]

HEI = "黑体"
NUMBER_FROM = "-1E+15"
THIN = Side(style="thin", color="FF000000")
ALARM = DifferentialStyle(fill=PatternFill("solid", start_color="FFFFC7CE", end_color="FFFFC7CE"))
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MAX_TEXT = 32767
MAX_DIGITS = 15
EPOCH = datetime.datetime(2024, 1, 1)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
UNVALUED = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v(?: ?/>|></v>)</c>')
COVERS = {Kind.COVER_TITLE: 26.0, Kind.COVER_LINE: 22.0}
NUMBER_FORMATS = {Kind.AMOUNT: "#,##0{}", Kind.POINTS: "0{}", Kind.RATE: "0{}%"}
TEXT_FORMAT = "@"
HORIZONTAL = {
    Kind.NUMBER: "left",
    Kind.TITLE: "center",
    Kind.LINE: "left",
    Kind.LINE_CENTRE: "center",
    Kind.LINE_RIGHT: "right",
    Kind.HEADER: "center",
    Kind.TEXT: "left",
    Kind.CENTRE: "center",
    Kind.CODE: "center",
    Kind.AMOUNT: "right",
    Kind.POINTS: "center",
    Kind.RATE: "center",
    Kind.NOTE: "left",
    Kind.COVER_TITLE: "center",
    Kind.COVER_LINE: "center",
}


def workbook_bytes(
    sheets: Sequence[Sheet],
    title: str,
    *,
    properties: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """An .xlsx workbook of *sheets*; the same sheets give the same bytes.

    Args:
        sheets: the sheets in order.
        title: the title of the document.
        properties: what the workbook says of itself（自定义属性）.
        names: cells that formulas call by a name（名称）.

    Raises:
        WriteError: a text is longer than a cell of a workbook can hold.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "govbudget"
    book.properties.title = writable(title) or None
    book.properties.created = EPOCH
    for name, value in (properties or {}).items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))  # type: ignore[attr-defined]
    for name, cells in (names or {}).items():
        book.defined_names[name] = DefinedName(name, attr_text=cells)
    styles = _Styles(book)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet, styles)
    if not sheets:
        book.create_sheet("Sheet1")
    buffer = io.BytesIO()
    book.save(buffer)
    values = {f"xl/worksheets/sheet{number}.xml": _values(sheet) for number, sheet in enumerate(sheets, 1)}
    return _finished(buffer.getvalue(), values)


@attrs.define
class _Styles:
    """The styles of a workbook by what a cell is, how the family prints it, and whether it is open."""

    book: Workbook
    made: dict[tuple[Kind, Look, bool], str] = attrs.field(factory=dict)

    def name(self, kind: Kind, look: Look, locked: bool) -> str:
        """The name of a style, made when it is first asked for."""
        key = kind, look, locked
        if key not in self.made:
            self.made[key] = f"govbudget_{kind.value}_{len(self.made) + 1}"
            self.book.add_named_style(_style(self.made[key], kind, look, locked))
        return self.made[key]


def _style(name: str, kind: Kind, look: Look, locked: bool) -> NamedStyle:
    font, size = (look.title_font, look.title_size) if kind is Kind.TITLE else (look.font, look.size)
    if kind in COVERS:
        font, size = HEI, COVERS[kind]
    wrap = kind in BORDERED and kind is not Kind.AMOUNT
    return NamedStyle(
        name=name,
        font=Font(name=font, size=size),
        border=BOX if kind in BORDERED else Border(),
        alignment=Alignment(horizontal=HORIZONTAL[kind], vertical="center", wrap_text=wrap),
        number_format=TEXT_FORMAT if kind is Kind.CODE else "General",
        protection=Protection(locked=locked),
    )


def _write(page: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    for (row, column), cell in sorted(sheet.cells.items()):
        style = styles.name(cell.kind, sheet.look, cell.locked)
        for down in range(cell.rows):
            for across in range(cell.columns):
                page.cell(row + down + 1, column + across + 1).style = style
        first = page.cell(row + 1, column + 1)
        assert isinstance(first, ExcelCell)
        _fill(first, cell, sheet.name)
        if cell.rows > 1 or cell.columns > 1:
            # Every cell of the range has its style already; merge_cells would set all borders anew, slowly.
            last = get_column_letter(column + cell.columns)
            page.merged_cells.add(f"{first.coordinate}:{last}{row + cell.rows}")
    for row, height in sheet.heights().items():
        page.row_dimensions[row + 1].height = height
    for index, width in enumerate(sheet.widths):
        page.column_dimensions[get_column_letter(index + 1)].width = width
    for index in sheet.concealed:
        page.column_dimensions[get_column_letter(index + 1)].hidden = True
    for choice in sheet.choices:
        _offer(page, choice)
    for alert in sheet.alerts:
        page.conditional_formatting.add(
            alert.area, Rule("expression", dxf=ALARM, formula=[alert.formula.removeprefix("=")])
        )
    if sheet.protected:
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = False
    if sheet.hidden:
        page.sheet_state = "hidden"
    _set_up_print(page, sheet)


def _fill(target: ExcelCell, cell: Cell, sheet: str) -> None:
    is_figure = isinstance(cell.value, Decimal) or cell.formula or not cell.locked
    if is_figure and cell.kind in NUMBER_FORMATS:
        decimals = "." + "0" * cell.decimals if cell.decimals else ""
        target.number_format = NUMBER_FORMATS[cell.kind].format(decimals)
    if cell.formula:
        target.value = cell.formula
        return
    if isinstance(cell.value, Decimal):
        text = format(cell.value, "f")
        if len(cell.value.normalize().as_tuple().digits) <= MAX_DIGITS:
            # The text itself goes into the file: openpyxl would print a number through a float.
            target.value = text
            target.data_type = "n"
            return
    else:
        text = writable(cell.value)
    if not text:
        return
    if len(text) > MAX_TEXT:
        raise WriteError(
            f"{sheet}!{target.coordinate} 的文字超过一个单元格的上限 {MAX_TEXT} 字 (the text is too long for a cell)"
        )
    target.value = text
    target.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        target.quotePrefix = True


def _offer(page: Worksheet, choice: Choice) -> None:
    """Put a drop-down list, or the demand for a number, on its cells; entries that were there before stay."""
    listed = choice.source or (f'"{",".join(choice.values)}"' if choice.values else "")
    found = DataValidation(
        type="list" if listed else "decimal",
        operator=None if listed else "greaterThanOrEqual",
        formula1=listed.removeprefix("=") or NUMBER_FROM,
        allow_blank=True,
        errorStyle="stop" if choice.strict else "warning",
        promptTitle=choice.title,
        prompt=choice.prompt,
        errorTitle=choice.title,
        error=choice.error,
        showInputMessage=True,
        showErrorMessage=True,
    )
    letter = get_column_letter(choice.column + 1)
    found.add(f"{letter}{choice.first + 1}:{letter}{choice.last + 1}")
    page.add_data_validation(found)


def _set_up_print(page: Worksheet, sheet: Sheet) -> None:
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "portrait" if sheet.portrait else "landscape"
    page.page_setup.paperSize = 9
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 1 if sheet.one_page else 0
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top, page.page_margins.bottom = 0.6, 0.75
    page.page_margins.header = page.page_margins.footer = 0.35
    if sheet.header is not None:
        first, last = sheet.header
        page.print_title_rows = f"{first + 1}:{last + 1}"
        page.freeze_panes = page.cell(last + 2, sheet.frozen + 1).coordinate
        footer = page.oddFooter
        assert footer is not None
        footer.center.text = "第 &P 页，共 &N 页"


def _values(sheet: Sheet) -> dict[bytes, bytes]:
    """The values of the formulas of a sheet by the name of their cell; openpyxl writes formulas without."""
    return {
        cell_name(row, column).encode(): escape(str(cell.value)).encode()
        for (row, column), cell in sheet.cells.items()
        if cell.formula
    }


def _finished(data: bytes, values: Mapping[str, Mapping[bytes, bytes]]) -> bytes:
    """The same archive with the values of its formulas, and with fixed times, so that equal books give equal files."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>" + EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            elif own := values.get(name):
                content = UNVALUED.sub(
                    lambda found, own=own: (
                        b'<c r="%b"%b t="str">%b<v>%b</v></c>'  # type: ignore[misc]
                        % (found[1], found[2], found[3], own[found[1]])
                    ),
                    content,
                )
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
