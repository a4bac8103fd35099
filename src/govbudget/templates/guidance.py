"""The sheet that says how to fill in the workbook（填报说明）, and whether its forms agree."""

from __future__ import annotations

from collections.abc import Sequence

from govbudget.forms.marks import HELP
from govbudget.templates.formulas import on
from govbudget.templates.wiring import Check
from govbudget.writing.sheet import Alert, Kind, Sheet

__all__ = ["guidance_sheet"]

TITLE = "填报说明"
LINES = (
    (
        "只填没有锁定的单元格；合计、各级小计和表间取数由公式得出，填一处，处处更新。",
        "Fill in the open cells only. Totals, subtotals and figures that another form holds are computed.",
    ),
    (
        "科目编码从下拉列表选取，或直接键入文本编码（如 2010301；分栏的表填 201、03、01），科目名称自动带出。",
        "Pick the code of a subject from the list or type it as text; its name follows.",
    ),
    (
        "上级科目（类、款）或单位写在下级之上，金额自动为下级之和；只有最末一级需要填金额。",
        "Write a class, a section or an agency above what belongs to it: its amount is the sum of what stands below. "
        "Amounts are typed for the lowest level only.",
    ),
    (
        "有单位分段的表，先写一行单位名称（编码留空），再写它的科目。",
        "On forms with agencies, write the agency's name in a row without a code, then its subjects.",
    ),
    (
        "金额按各表右上角的单位填写，只填数字，没有的留空。",
        "Amounts are in the unit that the form names at its upper right; leave blank what there is not.",
    ),
    (
        "单元格变红，表示数字被当作文本、合计与分项不符、编码不在目录中、两表不一致、权重合计不对，或指标性质与方向相反。",
        "A cell turns red where a number is text, a total misses its parts, a code is not in the catalogue, two forms "
        "disagree, weights do not add up, or an indicator contradicts its direction.",
    ),
    (
        "绩效指标的层级、性质、方向从列表选取；权重填分值，合计 100，或 90 另加预算执行率 10。",
        "Levels, operators and directions of indicators come from lists; weights add to 100, or to 90 with 10 for the "
        "execution of the budget.",
    ),
    (
        "工作表有保护、没有密码，可在“审阅”中撤销；多余的空行可以删除或隐藏，行数不够时重新生成并加大行数。",
        "Sheets are protected without a password. Unused rows may be deleted; for more rows make the workbook anew.",
    ),
    (
        "填完后用 govbudget check 文件名 校验全部规则。本页可以删除，隐藏的“科目目录”请保留。",
        "Check the workbook with: govbudget check FILE. This sheet may go; keep the hidden sheet 科目目录.",
    ),
)


def guidance_sheet(family: str, checks: Sequence[Check]) -> Sheet:
    """How to fill in, in Chinese and in English, and each check between cells with its state."""
    sheet = Sheet(TITLE, [6.0, 110.0, 14.0], portrait=False, protected=True)
    sheet.put(0, 0, f"{TITLE} {HELP}", Kind.TITLE, columns=3)
    sheet.put(1, 0, family, Kind.LINE_CENTRE, columns=3)
    row = 2
    for number, (zh, en) in enumerate(LINES, 1):
        sheet.put(row, 0, str(number), Kind.CENTRE)
        sheet.put(row, 1, f"{zh}\n{en}", Kind.TEXT, columns=2)
        row += 1
    row += 1
    for column, text in enumerate(("序号", "核对关系 What must agree", "结果 Result")):
        sheet.put(row, column, text, Kind.HEADER)
    first = row + 1
    for number, check in enumerate(checks, 1):
        row += 1
        state = on(check.sheet, check.place)
        sheet.put(row, 0, str(number), Kind.CENTRE)
        sheet.put(row, 1, check.text, Kind.TEXT)
        formula = f'=IF({state}=1,"不符 ✗",IF({state}="","","相符 ✓"))'
        sheet.put(row, 2, "", Kind.CENTRE, formula=formula)
    if checks:
        sheet.alerts.append(Alert(f"A{first + 1}:C{row + 1}", f'LEFT($C{first + 1},2)="不符"'))
    return sheet
