"""How the document is printed（表样与填写）: forms, cells without a value, numbers as text, what was not understood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.rules import rule
from govbudget.model import Place, Remark, RemarkKind

__all__: list[str] = []

NO_FORM = Message("没有识别出任何预算表", "no form of a budget was recognised")
ERROR_VALUE = Message("单元格是错误值 {text}", "the cell holds the error value {text}")
NO_VALUE = Message(
    "公式没有计算结果：{text}，请重新计算后保存", "the formula {text} has no value; recalculate and save"
)
AS_TEXT = Message(
    "{count} 个金额以文本存储，Excel 求和时会漏掉", "{count} amounts are stored as text; Excel leaves them out of sums"
)
UNREAD = Message("{count} 个单元格未能识别：{text}", "{count} cells were not understood: {text}")
HIDDEN = Message("工作表“{text}”是隐藏的", "the sheet {text} is hidden")


@rule("FRM001", "no-form", "没有预算表", Severity.ERROR, NO_FORM.zh, NO_FORM.en)
def no_form(context: Context) -> Iterator[Finding | Skipped]:
    """The document holds no form of a budget.

    What: no sheet, page or text with the title and header of a form.
    Why: nothing can be checked.
    Example: a workbook with a cover sheet only.
    Tolerance: none.
    Source: 财政部部门预算公开表式.
    """
    if not context.book.forms and not context.book.facts:
        yield Finding("FRM001", Severity.ERROR, NO_FORM)


def _remarks(context: Context, kind: RemarkKind) -> list[Remark]:
    return [remark for remark in context.book.remarks if remark.kind is kind]


@rule("FRM002", "error-value", "单元格是错误值", Severity.ERROR, ERROR_VALUE.zh, ERROR_VALUE.en)
def error_values(context: Context) -> Iterator[Finding | Skipped]:
    """A cell holds an error value.

    What: #REF!, #DIV/0!, #N/A and the like.
    Why: the figure that should stand there is lost to every reader.
    Example: 合计 shows #REF!.
    Tolerance: none.
    Source: 表格填写常识.
    """
    for remark in _remarks(context, RemarkKind.ERROR_VALUE):
        yield Finding("FRM002", Severity.ERROR, ERROR_VALUE, {"text": remark.text}, (remark.place,), remark.form)


@rule("FRM003", "formula-without-value", "公式没有计算结果", Severity.ERROR, NO_VALUE.zh, NO_VALUE.en)
def formulas_without_value(context: Context) -> Iterator[Finding | Skipped]:
    """A formula was never calculated, so the cell has no value.

    What: a formula that the writing program saved without its result.
    Why: whoever reads the file without recalculating sees an empty cell.
    Example: =SUM(F9:F14) without a value.
    Tolerance: none.
    Source: ECMA-376 (cached values).
    """
    for remark in _remarks(context, RemarkKind.FORMULA_WITHOUT_VALUE):
        yield Finding("FRM003", Severity.ERROR, NO_VALUE, {"text": remark.text}, (remark.place,), remark.form)


@rule("FRM004", "number-stored-as-text", "数字以文本存储", Severity.INFO, AS_TEXT.zh, AS_TEXT.en)
def numbers_as_text(context: Context) -> Iterator[Finding | Skipped]:
    """Amounts are stored as text in a workbook.

    What: a cell of an amount column that holds text that reads as a number.
    Why: sums in Excel and WPS leave such cells out.
    Example: the text 950.19.
    Tolerance: none; one finding a form.
    Source: 表格填写常识.
    """
    forms: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    for remark in _remarks(context, RemarkKind.NUMBER_AS_TEXT):
        forms[remark.form, remark.place.sheet].append(remark)
    for (form, _), remarks in forms.items():
        places = tuple(remark.place for remark in remarks)
        yield Finding("FRM004", Severity.INFO, AS_TEXT, {"count": str(len(remarks))}, places, form)


@rule("FRM005", "cell-not-understood", "有单元格未能识别", Severity.INFO, UNREAD.zh, UNREAD.en)
def not_understood(context: Context) -> Iterator[Finding | Skipped]:
    """A recognised form has cells that were not understood.

    What: what is in ``book.unread``, one finding a form.
    Why: what was not read was not checked either.
    Example: a note in an amount column.
    Tolerance: none.
    Source: —
    """
    forms: dict[tuple[str, str], list[tuple[Place, str]]] = defaultdict(list)
    for cell in context.book.unread:
        if cell.form:
            forms[cell.form, cell.place.sheet].append((cell.place, cell.text))
    for (form, _), cells in forms.items():
        text = "、".join(text[:20] for _, text in cells[:3]) + ("…" if len(cells) > 3 else "")
        places = tuple(place for place, _ in cells)
        yield Finding("FRM005", Severity.INFO, UNREAD, {"count": str(len(cells)), "text": text}, places, form)


@rule("FRM006", "hidden-sheet", "有隐藏的工作表", Severity.INFO, HIDDEN.zh, HIDDEN.en)
def hidden_sheets(context: Context) -> Iterator[Finding | Skipped]:
    """A sheet of the workbook is hidden.

    What: hidden sheets; their forms are read like any other.
    Why: what is published should be seen, and what should not be seen should not be published.
    Example: a sheet 上年数据 that nobody meant to publish.
    Tolerance: none.
    Source: 部门预算公开常识.
    """
    for remark in _remarks(context, RemarkKind.HIDDEN_SHEET):
        yield Finding("FRM006", Severity.INFO, HIDDEN, {"text": remark.text}, (remark.place,))
