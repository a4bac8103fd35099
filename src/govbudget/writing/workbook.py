"""Sheets as an Excel workbook（写成工作簿）: fonts, borders, number formats, print set-up."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from govbudget.errors import WriteError
from govbudget.writing.sheet import BORDERED, Cell, Choice, Kind, Sheet

__all__ = ["workbook_bytes"]

SONG, HEI = "宋体", "黑体"
THIN = Side(style="thin", color="FF000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MAX_TEXT = 32767
MAX_DIGITS = 15
EPOCH = datetime.datetime(2024, 1, 1)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
FONTS = {
    Kind.TITLE: (HEI, 16),
    Kind.COVER_TITLE: (HEI, 26),
    Kind.COVER_LINE: (HEI, 22),
}
NUMBER_FORMATS = {Kind.AMOUNT: "#,##0{}", Kind.POINTS: "0{}", Kind.RATE: "0{}%"}
HORIZONTAL = {
    Kind.NUMBER: "left",
    Kind.TITLE: "center",
    Kind.LINE: "left",
    Kind.LINE_CENTRE: "center",
    Kind.LINE_RIGHT: "right",
    Kind.HEADER: "center",
    Kind.TEXT: "left",
    Kind.CENTRE: "center",
    Kind.AMOUNT: "right",
    Kind.POINTS: "center",
    Kind.RATE: "center",
    Kind.NOTE: "left",
    Kind.COVER_TITLE: "center",
    Kind.COVER_LINE: "center",
}


def workbook_bytes(sheets: Sequence[Sheet], title: str) -> bytes:
    """An .xlsx workbook of *sheets*; the same sheets give the same bytes.

    Raises:
        WriteError: a text is longer than a cell of a workbook can hold.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "govbudget"
    book.properties.title = title or None
    book.properties.created = EPOCH
    styles = {kind: _style(kind) for kind in Kind}
    for style in styles.values():
        book.add_named_style(style)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet, styles)
    if not sheets:
        book.create_sheet("Sheet1")
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_times(buffer.getvalue())


def _style(kind: Kind) -> NamedStyle:
    font, size = FONTS.get(kind, (SONG, 10))
    wrap = kind in BORDERED and kind is not Kind.AMOUNT
    return NamedStyle(
        name=f"govbudget_{kind.value}",
        font=Font(name=font, size=size),
        border=BOX if kind in BORDERED else Border(),
        alignment=Alignment(horizontal=HORIZONTAL[kind], vertical="center", wrap_text=wrap),
    )


def _write(page: Worksheet, sheet: Sheet, styles: dict[Kind, NamedStyle]) -> None:
    for (row, column), cell in sorted(sheet.cells.items()):
        for down in range(cell.rows):
            for across in range(cell.columns):
                page.cell(row + down + 1, column + across + 1).style = styles[cell.kind].name
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
    for choice in sheet.choices:
        _offer(page, choice)
    _set_up_print(page, sheet)


def _fill(target: ExcelCell, cell: Cell, sheet: str) -> None:
    if isinstance(cell.value, Decimal):
        text = format(cell.value, "f")
        if cell.kind in NUMBER_FORMATS:
            decimals = "." + "0" * cell.decimals if cell.decimals else ""
            target.number_format = NUMBER_FORMATS[cell.kind].format(decimals)
        if len(cell.value.normalize().as_tuple().digits) <= MAX_DIGITS:
            # The text itself goes into the file: openpyxl would print a number through a float.
            target.value = text
            target.data_type = "n"
            return
    else:
        text = ILLEGAL_CHARACTERS_RE.sub("", cell.value)
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
    """Put a drop-down list on its cells; entries that were there before stay as they are."""
    found = DataValidation(
        type="list",
        formula1=f'"{",".join(choice.values)}"',
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
    page.page_setup.orientation = "landscape"
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


def _without_times(data: bytes) -> bytes:
    """The same archive with fixed times, so that equal budgets give equal files."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>" + EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
