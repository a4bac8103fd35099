"""How the document is printed（表样与填写）: forms, cells without a value, numbers as text, what was not understood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.checks.context import Context
from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.checks.rules import rule
from govbudget.forms import FormKind, vocabulary
from govbudget.forms.families import families
from govbudget.model import PrintedForm, Remark, RemarkKind

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
MACROS = Message("文件带有宏；读取时没有运行", "the file carries macros; they were not run")
LINKS = Message(
    "文件取用 {count} 个外部文件的数据：{text}；没有打开，所读为上次保存的值",
    "the file takes values from {count} other files: {text}; they were not opened, the values are those last saved",
)
ABSENT = Message("缺少 {count} 张应当公开的表：{text}", "forms that must be published are missing ({count}): {text_en}")
ABSENT_HERE = Message(
    "没有{family}部门预算通常还公开的 {count} 张表：{text}",
    "{count} forms that departments of this region usually publish too are missing: {text_en}",
)
NO_NOTE = Message(
    "《{text}》是空表，表内没有说明；如情况说明中已有说明可忽略",
    "the form {text} is empty and does not say why; ignore this if the explanations do",
)
NO_UNIT = Message(
    "{count} 张表没有注明金额单位：{text}；按{unit}读入",
    "{count} forms do not name the unit of their amounts: {text}; they were read as {unit_en}",
)
OTHER_YEAR = Message(
    "《{text}》的标题是 {found} 年，预算是 {expected} 年",
    "the title of {text} names {found}, the budget is of {expected}",
)
PLACEHOLDER = Message("{count} 个单元格还是占位符，没有填写：{text}", "{count} cells still hold placeholders: {text}")
EXCERPT = 4
SHOWN = 3
QUOTED = 60


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


def _some(texts: Iterable[str]) -> str:
    """The first of several texts, joined."""
    every = list(dict.fromkeys(texts))
    return "、".join(every[:SHOWN]) + ("…" if len(every) > SHOWN else "")


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
        text = remark.text[:QUOTED] + ("…" if len(remark.text) > QUOTED else "")
        yield Finding("FRM003", Severity.ERROR, NO_VALUE, {"text": text}, (remark.place,), remark.form)


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

    What: what is in ``book.unread``, one finding a form; placeholders have FRM011.
    Why: what was not read was not checked either.
    Example: a note in an amount column.
    Tolerance: none.
    Source: —
    """
    forms: dict[tuple[str, str], list[tuple[Place, str]]] = defaultdict(list)
    told = {remark.place for remark in _remarks(context, RemarkKind.PLACEHOLDER)}
    for cell in context.book.unread:
        if cell.form and cell.place not in told:
            forms[cell.form, cell.place.sheet].append((cell.place, cell.text))
    for (form, _), cells in forms.items():
        text = _some(text[:20] for _, text in cells)
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


@rule("FRM007", "form-absent", "缺少应当公开的表", Severity.WARNING, ABSENT.zh, ABSENT.en)
def absent_forms(context: Context) -> Iterator[Finding | Skipped]:
    """A form that must be published is not in the document.

    What: the eight forms that every department publishes (收支总表, 收入总表, 支出总表, 财政拨款收支总表, 一般公共预算
        支出表, 基本支出表, “三公”经费支出表, 政府性基金预算支出表), and, as a note, the others of the region's own set.
    Why: a form without content is published too, with a note that it is empty; absent and empty are different.
    Example: no 部门收入总表.
    Tolerance: forms are told by title and header; a document with fewer than four of the eight is an excerpt and is not
        judged.
    Source: 财预〔2016〕143号《地方预决算公开操作规程》; the forms of the region.
    """
    words = vocabulary()
    printed = {form.id for form in context.book.forms}
    required = [form for form in words.forms.values() if form.required]
    missing = [form for form in required if form.id not in printed]
    if len(required) - len(missing) < EXCERPT:
        yield Skipped("文件只有部分表，未核对是否齐全", "the document is an excerpt, completeness was not checked")
        return
    if missing:
        yield _absent(ABSENT, Severity.WARNING, missing)
    family = families().get(context.book.family or "")
    others = [words.forms[form] for form in family.forms if form not in printed] if family else []
    others = [form for form in others if not form.required]
    if family and others:
        yield _absent(ABSENT_HERE, Severity.INFO, others, family=family.name)


def _absent(message: Message, severity: Severity, forms: list[FormKind], **more: str) -> Finding:
    said = {
        "count": str(len(forms)),
        "text": "、".join(f"《{form.name}》" for form in forms),
        "text_en": ", ".join(form.english for form in forms),
    }
    return Finding("FRM007", severity, message, {**said, **more})


def _top(form: PrintedForm) -> Place:
    """The first cell of a form."""
    return Place(form.sheet, f"A{form.first}")


def _tables(context: Context) -> Iterator[PrintedForm]:
    """The forms of amounts; performance forms print their years and units in their heads."""
    words = vocabulary()
    for form in context.book.forms:
        if form.id in words.forms and words.forms[form.id].kind != "targets":
            yield form


@rule("FRM008", "empty-without-note", "空表没有说明", Severity.INFO, NO_NOTE.zh, NO_NOTE.en)
def empty_without_note(context: Context) -> Iterator[Finding | Skipped]:
    """A form is empty and does not say so.

    What: forms without a single amount that have no note under the table.
    Why: readers cannot tell a form without content from one that was forgotten.
    Example: 政府性基金预算支出表 without amounts and without 本部门本年无政府性基金预算支出.
    Tolerance: the explanations beside the forms may say it; the finding is a note. A document without any amount is a
        blank one and is not judged.
    Source: 财预〔2016〕143号《地方预决算公开操作规程》（空表列示并说明）.
    """
    if not context.book.facts:
        yield Skipped("文件没有金额，是空白表", "the document is blank")
        return
    for form in _tables(context):
        if form.empty and not form.note:
            said = {"text": form.title or form.sheet}
            yield Finding("FRM008", Severity.INFO, NO_NOTE, said, (_top(form),), form.id, form.title)


@rule("FRM009", "unit-not-named", "没有注明金额单位", Severity.WARNING, NO_UNIT.zh, NO_UNIT.en)
def unit_not_named(context: Context) -> Iterator[Finding | Skipped]:
    """Forms with amounts do not say whether these are 元 or 万元.

    What: forms that name no unit in a line, in the title or in a header; one finding a document.
    Why: an amount without its unit may be ten thousand times as much.
    Example: 财政拨款收支总表 without 单位：万元.
    Tolerance: where other forms of the document name the unit the finding is a note.
    Source: 财政部部门预算公开表式（金额单位）.
    """
    filled = [form for form in _tables(context) if not form.empty]
    silent = [form for form in filled if not form.unit_printed]
    if not silent:
        return
    units = [fact.unit for fact in context.book.facts if fact.form == silent[0].id] or [Unit.WAN]
    said = {
        "count": str(len(silent)),
        "text": _some(f"《{form.title or form.sheet}》" for form in silent),
        "unit": units[0].value,
        "unit_en": units[0].value,
    }
    severity = Severity.WARNING if len(silent) == len(filled) else Severity.INFO
    yield Finding("FRM009", severity, NO_UNIT, said, tuple(map(_top, silent)), silent[0].id, silent[0].title)


@rule("FRM010", "title-of-another-year", "表题年度与预算年度不符", Severity.WARNING, OTHER_YEAR.zh, OTHER_YEAR.en)
def title_of_another_year(context: Context) -> Iterator[Finding | Skipped]:
    """A form's title names another year than the budget's.

    What: the year in the title against the year that most titles of the document name; performance forms have PRF011.
    Why: a form left over from last year holds last year's figures.
    Example: 2023年部门收支总表 among forms of 2024.
    Tolerance: none.
    Source: 财政部部门预算公开表式.
    """
    for form in _tables(context):
        if form.year is not None and context.book.year is not None and form.year != context.book.year:
            said = {"text": form.title, "found": str(form.year), "expected": str(context.book.year)}
            yield Finding("FRM010", Severity.WARNING, OTHER_YEAR, said, (_top(form),), form.id, form.title)


@rule("FRM011", "placeholder-left", "占位符没有填写", Severity.WARNING, PLACEHOLDER.zh, PLACEHOLDER.en)
def placeholders(context: Context) -> Iterator[Finding | Skipped]:
    """A cell still holds the place of something to be filled in.

    What: …, XX, ××, 待填 in the rows, the title or the agency line of a form; one finding a form.
    Why: the template was published, not the budget.
    Example: XX局 as the name of a unit.
    Tolerance: none.
    Source: 表格填写常识.
    """
    forms: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    for remark in _remarks(context, RemarkKind.PLACEHOLDER):
        forms[remark.form, remark.place.sheet].append(remark)
    for (form, _), remarks in forms.items():
        said = {"count": str(len(remarks)), "text": _some(remark.text for remark in remarks)}
        yield Finding("FRM011", Severity.WARNING, PLACEHOLDER, said, tuple(remark.place for remark in remarks), form)


@rule("FRM012", "macros-present", "文件带有宏", Severity.INFO, MACROS.zh, MACROS.en)
def macros_present(context: Context) -> Iterator[Finding | Skipped]:
    """The file carries macros.

    What: a VBA project, sheets of Excel 4 macros, scripts of an OpenDocument file.
    Why: a budget needs no program, and whoever opens the file in an office program may run it; reading never does.
    Example: an .xlsm workbook whose macro summed up the units.
    Tolerance: whether the program does anything is not looked at.
    Source: 部门预算公开常识.
    """
    if _remarks(context, RemarkKind.MACROS):
        yield Finding("FRM012", Severity.INFO, MACROS)


@rule("FRM013", "external-links", "引用外部文件", Severity.INFO, LINKS.zh, LINKS.en)
def external_links(context: Context) -> Iterator[Finding | Skipped]:
    """The file takes values from other files or programs.

    What: workbooks, tables and programs (DDE) that formulas refer to; what a reader may click, such as the address of a
        page, does not count.
    Why: whoever opens the file without the others sees the values that were last saved, or none; and the links tell
        how the author's folders are called.
    Example: ='D:\\预算\\[单位上报.xlsx]汇总'!C7.
    Tolerance: none; one finding a document.
    Source: 部门预算公开常识.
    """
    links = [remark.text for remark in _remarks(context, RemarkKind.EXTERNAL_LINK)]
    if links:
        yield Finding("FRM013", Severity.INFO, LINKS, {"count": str(len(links)), "text": _some(links)})
