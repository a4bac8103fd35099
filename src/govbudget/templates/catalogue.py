"""The sheet of subjects（科目目录）, hidden, from which names and lists come."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.classification import Catalogue, Subject
from govbudget.forms.marks import HELP
from govbudget.templates.blank import Blank
from govbudget.templates.formulas import between, cell, on
from govbudget.templates.outline import CODES, NAMES, Block
from govbudget.writing.sheet import Choice, Kind, Sheet

__all__ = ["catalogue_sheet", "list_classes", "offer_codes"]

TITLE = "科目目录"
PARENTS, ENDS, FUNCTIONS, ECONOMICS = "上级科目", "下级编码", "功能科目", "经济科目"
CLASSES = "类"
FIRST = 2
UNKNOWN = "目录中没有此编码，确认无误才可保留。"


def catalogue_sheet(catalogue: Catalogue) -> tuple[Sheet, dict[str, str]]:
    """The sheet, and the names of its columns; each subject stands beside those of the same parent."""
    sheet = Sheet(TITLE, [12.0, 50.0, 12.0, 8.0], hidden=True)
    sheet.put(0, 0, f"{TITLE} {HELP}", Kind.LINE)
    for column, text in enumerate(("编码", "名称", "上级", "末位")):
        sheet.put(FIRST - 1, column, text, Kind.LINE)
    functions, economics = _ordered(catalogue, "2"), _ordered(catalogue, "3")
    for row, one in enumerate((*functions, *economics), FIRST):
        parent = one.code[:-2] if len(one.code) > 3 else ""
        for column, text in enumerate((one.code, one.name, parent, one.code[-2:] if parent else one.code)):
            sheet.put(row, column, text, Kind.LINE)
    last = FIRST + len(functions) + len(economics) - 1
    middle = FIRST + len(functions)
    names = {name: on(TITLE, between(FIRST, last, column)) for column, name in enumerate((CODES, NAMES, PARENTS, ENDS))}
    for name, found, start in ((FUNCTIONS, functions, FIRST), (ECONOMICS, economics, middle)):
        classes = sum(len(one.code) == 3 for one in found)
        names[name] = on(TITLE, between(start, start + len(found) - 1, 0))
        names[name + CLASSES] = on(TITLE, between(start, start + classes - 1, 0))
    return sheet, names


def _ordered(catalogue: Catalogue, first: str) -> list[Subject]:
    found = [one for one in catalogue if one.code[0] == first and len(one.code) <= 7]
    return sorted(found, key=lambda one: (len(one.code), one.code))


def offer_codes(blank: Blank) -> None:
    """Give the columns of codes a list: of all subjects, or of those below what stands left of it."""
    block = blank.block
    if block is None or blank.layout.sides:
        return
    listed = ECONOMICS if blank.layout.form.rows == "economic" else FUNCTIONS
    if "code" in block.roles:
        _offer(blank.sheet, block, block.roles["code"], f"={listed}", "科目编码")
    if block.split:
        _offer(blank.sheet, block, block.split[0], f"={listed}{CLASSES}", "类")
    for level, column in enumerate(block.split[1:], 1):
        above = "&".join(cell(block.first, at, fix_column=True) for at in block.split[:level])
        key = f'{above}&""'
        listed_below = f"OFFSET({ENDS},MATCH({key},{PARENTS},0)-1,0,SUMPRODUCT(--({PARENTS}={key})),1)"
        _offer(blank.sheet, block, column, f"={listed_below}", "款项"[level - 1])


def _offer(sheet: Sheet, block: Block, column: int, source: str, title: str) -> None:
    prompt = f"请选择或键入{title}，名称自动带出。"
    sheet.choices.append(
        Choice(column, block.first, block.last, (), title, prompt, UNKNOWN, strict=False, source=source)
    )


def list_classes(sheet: Sheet, catalogue: Catalogue, listing: Blank, sources: Sequence[Blank]) -> None:
    """Number the classes that have rows on the forms of *sources*, and let *listing* list them in that order."""
    column = len(sheet.widths)
    sheet.widths.append(8.0)
    sheet.put(FIRST - 1, column, listing.sheet.name, Kind.LINE)
    classes = [one for one in _ordered(catalogue, "2") if len(one.code) == 3]
    for row in range(FIRST, FIRST + len(classes)):
        code = cell(row, 0, fix_column=True)
        counts = [
            f'COUNTIF({on(one.sheet.name, one.block.keys)},"*|"&{code}&"*")' for one in sources if one.block is not None
        ]
        above = between(FIRST - 1, row - 1, column).rpartition(":")[0] + ":" + cell(row - 1, column, fix_column=True)
        formula = f'=IF({"+".join(counts)}>0,MAX({above})+1,"")'
        sheet.put(row, column, "", Kind.LINE, formula=formula)
    block = listing.block
    assert block is not None
    numbers = on(TITLE, between(FIRST, FIRST + len(classes) - 1, column))
    for number, row in enumerate(range(block.first, block.last + 1), 1):
        formula = f'=IFERROR(INDEX({CODES},MATCH({number},{numbers},0)),"")'
        listing.sheet.put(row, block.key, "", Kind.LINE, formula=formula)
