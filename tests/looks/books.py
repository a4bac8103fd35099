"""Small budgets on the forms of each family, printed cell by cell, with their truth known because we print it.

One budget (:data:`SUBJECTS`, :data:`ECONOMICS`, :data:`PROJECTS`) stands on the forms of Sichuan, Chongqing, Hubei and
Shanghai, each in the layouts that its departments use.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from .measure import Book, book_of

__all__ = ["BOOKS", "Printer", "synthetic_books"]

Value = str | int | float | None

CLASSES = {"201": "一般公共服务支出", "208": "社会保障和就业支出", "210": "卫生健康支出", "221": "住房保障支出"}
SECTIONS = {
    "20126": "档案事务",
    "20805": "行政事业单位养老支出",
    "21011": "行政事业单位医疗",
    "22102": "住房改革支出",
}
# code, name, basic, project, of the second unit
SUBJECTS = (
    ("2012601", "行政运行", 1120.5, 0.0, 20.5),
    ("2012604", "档案馆", 0.0, 80.25, 0.0),
    ("2012699", "其他档案事务支出", 0.0, 9.75, 0.0),
    ("2080505", "机关事业单位基本养老保险缴费支出", 20.3, 0.0, 3.3),
    ("2101101", "行政单位医疗", 9.2, 0.0, 0.0),
    ("2210201", "住房公积金", 15.0, 0.0, 2.0),
)
ECONOMIC_CLASSES = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助"}
# code, name, amount
ECONOMICS = (
    ("30101", "基本工资", 1060.0),
    ("30102", "津贴补贴", 40.0),
    ("30108", "机关事业单位基本养老保险缴费", 20.3),
    ("30110", "职工基本医疗保险缴费", 9.2),
    ("30113", "住房公积金", 15.0),
    ("30201", "办公费", 12.5),
    ("30217", "公务接待费", 2.0),
    ("30231", "公务用车运行维护费", 3.0),
    ("30302", "退休费", 3.0),
)
# name, amount, function
PROJECTS = (
    ("档案数字化加工", 60.25, "2012604"),
    ("馆藏档案保护", 20.0, "2012604"),
    ("地方志编纂", 9.75, "2012699"),
)
BASIC = 1165.0
PROJECT = 90.0
TOTAL = 1255.0
# level 1, level 2, level 3, operator, value, unit, weight, direction
INDICATORS = (
    ("产出指标", "数量指标", "数字化加工页数", "≥", "120", "万页", "20", "正向指标"),
    ("产出指标", "质量指标", "图像合格率", "≥", "98.5", "%", "20", "正向指标"),
    ("产出指标", "时效指标", "按期完成", "定性", "好坏", "级", "10", ""),
    ("成本指标", "经济成本指标", "项目预算控制数", "≤", "60.25", "万元", "20", "反向指标"),
    ("效益指标", "社会效益指标", "查档利用人次", "＞", "5000", "人次", "20", "正向指标"),
    ("满意度指标", "服务对象满意度指标", "查档群众满意度", "=", "95", "%", "10", "正向指标"),
)
AGENCY = "某某区档案馆"


def years(code: str) -> tuple[float, float]:
    """The basic and the project expenditure of a subject, a section or a class."""
    own = [row for row in SUBJECTS if row[0].startswith(code)]
    return round(sum(row[2] for row in own), 2), round(sum(row[3] for row in own), 2)


def spent(code: str) -> float:
    """The basic expenditure of an economic subject or class."""
    return round(sum(row[2] for row in ECONOMICS if row[0].startswith(code)), 2)


def cost(code: str) -> tuple[float | None, float | None]:
    """The same as cost of personnel and of the office."""
    return (None, spent(code)) if code.startswith("302") else (spent(code), None)


def some(value: float) -> float | None:
    """A figure, or nothing for zero."""
    return value or None


def subject_rows() -> list[tuple[str, str]]:
    """Classes, sections and items with their names, in the order of their codes."""
    items = {row[0]: row[1] for row in SUBJECTS}
    return sorted({**CLASSES, **SECTIONS, **items}.items())


def economic_rows() -> list[tuple[str, str]]:
    """Classes and sections of the economic classification with their names."""
    return sorted({**ECONOMIC_CLASSES, **{row[0]: row[1] for row in ECONOMICS}}.items())


@dataclass
class Printer:
    """Prints a workbook line by line; a figure in a line of a form is an amount of its truth."""

    workbook: Workbook = field(default_factory=Workbook)
    truth: list[dict[str, str]] = field(default_factory=list)
    form: str = ""
    width: int = 0

    def sheet(self, name: str, form: str, width: int) -> None:
        """Begin a sheet that prints a form."""
        ws = self.workbook.create_sheet(name)
        self.form, self.width = form, width
        ws.sheet_view.showGridLines = True

    @property
    def _row(self) -> int:
        ws = self.workbook.worksheets[-1]
        return 1 if ws.max_row == 1 and ws["A1"].value is None and not ws.merged_cells.ranges else ws.max_row + 1

    def _put(self, row: int, cells: Sequence[Value]) -> None:
        ws = self.workbook.worksheets[-1]
        for column, value in enumerate(cells, 1):
            ws.cell(row, column).value = value if value is not None else ""

    def text(self, text: str, *, right: str = "") -> None:
        """A line over the whole width, with another text at its right end."""
        row = self._row
        self._put(row, [text, *[None] * (self.width - 2), right or None] if self.width > 1 else [text])
        if self.width > 2:
            end = self.width - 1 if right else self.width
            self.workbook.worksheets[-1].merge_cells(start_row=row, end_row=row, start_column=1, end_column=end)

    def header(self, *lines: str) -> None:
        """Header lines of cells set off by blanks; ``<`` is merged to the left, ``^`` merged up."""
        start = self._row
        cells = [line.split() for line in lines]
        assert all(len(line) == self.width for line in cells), (self.form, [len(line) for line in cells], self.width)
        for r, line in enumerate(cells):
            self._put(start + r, [None if cell in "<^" else cell.replace("_", " ") for cell in line])
        for r, line in enumerate(cells):
            for c, cell in enumerate(line):
                if cell in "<^":
                    continue
                right, down = c, r
                while right + 1 < self.width and line[right + 1] == "<":
                    right += 1
                while down + 1 < len(cells) and cells[down + 1][c] == "^":
                    down += 1
                if (right, down) != (c, r):
                    self.workbook.worksheets[-1].merge_cells(
                        start_row=start + r, end_row=start + down, start_column=c + 1, end_column=right + 1
                    )

    def line(self, *cells: Value, code: str | Sequence[str] = "") -> None:
        """A row; its figures are amounts under the row's code (or the code of each cell)."""
        row = self._row
        self._put(row, cells)
        ws = self.workbook.worksheets[-1]
        for column, value in enumerate(cells, 1):
            if isinstance(value, (int, float)):
                own = code if isinstance(code, str) else code[column - 1]
                place = f"{get_column_letter(column)}{row}"
                self.truth.append(
                    {"form": self.form, "sheet": ws.title, "cell": place, "amount": str(value), "code": own}
                )

    def indicator(self, fields: Sequence[str], *cells: Value) -> None:
        """A row of an indicator: its name, operator, value with unit, weight and direction."""
        self._put(self._row, cells)
        keys = ("level3", "operator", "value", "unit", "weight", "direction")
        self.truth.append({"kind": "indicator", **dict(zip(keys, fields))})

    def merge(self, *ranges: str) -> None:
        """Merge ranges of the sheet."""
        for one in ranges:
            self.workbook.worksheets[-1].merge_cells(one)

    def book(self, name: str) -> Book:
        """The workbook and its truth."""
        del self.workbook["Sheet"]
        stream = io.BytesIO()
        self.workbook.save(stream)
        return book_of(name, stream.getvalue(), self.truth)


def sides(
    p: Printer, left: Iterable[tuple[str, float | None]], right: Iterable[tuple[str, Sequence[float | None]]]
) -> None:
    """Rows of revenue and expenditure side by side."""
    lefts, rights = list(left), list(right)
    for at in range(max(len(lefts), len(rights))):
        label, amount = lefts[at] if at < len(lefts) else (None, None)
        other, amounts = rights[at] if at < len(rights) else (None, (None,) * len(rights[0][1]))
        p.line(label, amount, other, *amounts)


CHINESE = "一二三四五六七八九十"
FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


# ---------------------------------------------------------------- Sichuan


def _sichuan_codes(code: str) -> tuple[str, str, str]:
    return code[:3], code[3:5], code[5:]


def sichuan(*, coded: bool, yuan: bool) -> Printer:
    """Sichuan's forms; *coded* with codes of the units, *yuan* with the overall money in 元 (达川区)."""
    p = Printer()
    unit1, unit2 = ("216001", "216002") if coded else (None, None)
    first, second = AGENCY, "某某区方志编纂中心"

    def open_form(name: str, form: str, title: str, width: int) -> None:
        p.sheet(name, form, width)
        p.text(name.strip())
        p.text(title)
        p.text(f"部门：{AGENCY}", right="金额单位：万元")

    open_form("表1", "summary", "部门收支总表", 4)
    p.header("收_____入 < 支_____出 <", "项____目 预算数 项____目 预算数")
    classes = [*CLASSES.values(), "农林水支出", "其他支出"]
    right = [(f"{CHINESE[i]}、{name}", (some(sum(years(code))),)) for i, (code, name) in enumerate(CLASSES.items())]
    right += [("五、农林水支出", (None,)), ("六、其他支出", (None,))]
    assert len(right) == len(classes)
    sides(
        p,
        [
            ("一、一般公共预算拨款收入", TOTAL - 5),
            ("二、政府性基金预算拨款收入", None),
            ("三、国有资本经营预算拨款收入", None),
            ("四、事业收入", None),
            ("五、事业单位经营收入", None),
            ("六、其他收入", None),
        ],
        right,
    )
    p.line("本年收入合计", TOTAL - 5, "本年支出合计", TOTAL)
    p.line("七、上年结转", 5.0, None, None)
    p.line("收入总计", TOTAL, "支出总计", TOTAL)

    open_form("表1-1", "revenue", "部门收入总表", 8)
    p.header("单位代码 单位名称（科目） 合计 上年结转 一般公共预算拨款收入 政府性基金预算拨款收入 事业收入 其他收入")
    p.line(None, "合    计", TOTAL, 5.0, TOTAL - 5, None, None, None)
    p.line(unit1, first, TOTAL - 25.8, 5.0, TOTAL - 30.8, None, None, None)
    p.line(unit2, second, 25.8, None, 25.8, None, None, None)

    def by_unit(rows: Callable[[int], list[tuple[str, str, float, float]]], emit: Callable[..., None]) -> None:
        emit(None, "合    计", BASIC, PROJECT, "")
        emit(None, None, BASIC, PROJECT, "")
        for which, (agency_code, name, project) in enumerate(((unit1, first, PROJECT), (unit2, second, 0.0))):
            emit(None, name, BASIC - 25.8 if which == 0 else 25.8, project, "")
            for code, label, basic, own in rows(which):
                emit(agency_code, label, basic, own, code)

    def functions(which: int) -> list[tuple[str, str, float, float]]:
        if which:
            return [(row[0], row[1], row[4], 0.0) for row in SUBJECTS if row[4]]
        return [(row[0], row[1], round(row[2] - row[4], 2), row[3]) for row in SUBJECTS]

    def subject_line(agency: str | None, label: str | None, basic: float, project: float, code: str) -> None:
        parts = _sichuan_codes(code) if code else (None, None, None)
        p.line(*parts, agency, label, round(basic + project, 2), some(round(basic, 2)), some(project), code=code)

    open_form("表1-2", "expenditure", "部门支出总表", 8)
    p.header("科目编码 < < 单位代码 单位名称（科目） 合计 基本支出 项目支出", "类 款 项 ^ ^ ^ ^ ^")
    by_unit(functions, subject_line)

    open_form("表2", "fiscal_summary", "财政拨款收支预算总表", 7)
    p.header(
        "收_____入 < 支_____出 < < < <", "项____目 预算数 项____目 合计 一般公共预算 政府性基金预算 国有资本经营预算"
    )
    sides(
        p,
        [
            ("一、本年收入", TOTAL - 5),
            ("一般公共预算拨款收入", TOTAL - 5),
            ("政府性基金预算拨款收入", None),
            ("二、上年结转", 5.0),
            ("一般公共预算拨款收入", 5.0),
            ("政府性基金预算拨款收入", None),
        ],
        [("一、本年支出", (TOTAL, TOTAL, None, None))]
        + [(name, (sum(years(code)), sum(years(code)), None, None)) for code, name in CLASSES.items()],
    )
    p.line("收入总计", TOTAL, "支出总计", TOTAL, TOTAL, None, None)

    open_form("表2-1", "fiscal_economic", "财政拨款支出预算表（部门经济分类科目）", 8)
    p.header(
        "科目编码 < 单位代码 单位名称（科目） 总计 一般公共预算 政府性基金预算 国有资本经营预算", "类 款 ^ ^ ^ ^ ^ ^"
    )
    p.line(None, None, None, "合    计", BASIC, BASIC, None, None)
    p.line(None, None, unit1, first, BASIC, BASIC, None, None)
    for code, name in economic_rows():
        if len(code) == 3:
            p.line(None, None, code, name, spent(code), spent(code), None, None, code=code)
        else:
            p.line(code[:3], code[3:], code, name, spent(code), spent(code), None, None, code=code)

    open_form("表3", "general", "一般公共预算支出预算表", 8)
    p.header(
        "项____目 < < < < 合计 当年财政拨款安排 上年结转安排",
        "科目编码 < < 单位代码 单位名称（科目） ^ ^ ^",
        "类 款 项 ^ ^ ^ ^ ^",
    )
    for label in ("合    计", None, AGENCY):
        p.line(None, None, None, None, label, TOTAL, TOTAL - 5, 5.0)
    for code, name, basic, project, _ in SUBJECTS:
        total, carried = round(basic + project, 2), 5.0 if code == "2012604" else None
        p.line(*_sichuan_codes(code), "216" if coded else None, name, total, total - (carried or 0), carried, code=code)

    open_form("表3-1", "general_basic", "一般公共预算基本支出预算表", 7)
    p.header(
        "项____目 < < < 基本支出 < <", "科目编码 < 单位代码 单位名称（科目） 合计 人员经费 公用经费", "类 款 ^ ^ ^ ^ ^"
    )
    people = spent("301") + spent("303")
    p.line(None, None, None, "合    计", BASIC, people, spent("302"))
    p.line(None, None, None, None, BASIC, people, spent("302"))
    p.line(None, None, unit1, first, BASIC, people, spent("302"))
    for code, name in economic_rows():
        if len(code) == 3:
            p.line(None, None, code, name, spent(code), *cost(code), code=code)
        else:
            p.line(code[:3], code[3:], code, name, spent(code), *cost(code), code=code)

    open_form("表3-2", "general_project", "一般公共预算项目支出预算表", 6)
    p.header("科目编码 < < 单位代码 单位名称（科目） 金额", "类 款 项 ^ ^ ^")
    for label in ("合    计", None, AGENCY):
        p.line(None, None, None, None, label, PROJECT)
    for function, name in (("2012604", "档案馆"), ("2012699", "其他档案事务支出")):
        p.line(None, None, None, None, name, years(function)[1])
        for project_name, amount, own in PROJECTS:
            if own == function:
                p.line(*_sichuan_codes(own), unit1, project_name, amount, code=own)

    for name, form, title in (
        ("表3-3", "three_public", "一般公共预算“三公”经费支出预算表"),
        ("表4-1", "fund_three_public", "政府性基金预算“三公”经费支出预算表"),
    ):
        open_form(name, form, title, 8)
        p.header(
            "单位编码 单位名称（科目） 当年财政拨款预算安排 < < < < <",
            "^ ^ 合计 因公出国（境）费用 公务用车购置及运行费 < < 公务接待费",
            "^ ^ ^ ^ 小计 公务用车购置费 公务用车运行费 ^",
        )
        if form == "three_public":
            for agency_code, label in ((None, "合    计"), (None, None), (unit1, first)):
                p.line(agency_code, label, 5.0, None, 3.0, None, 3.0, 2.0)
            p.line(unit2, second, None, None, None, None, None, None)
        else:
            p.line(None, "合    计", *[None] * 6)
            p.text("空表说明：此项无内容")
    for name, form, title in (
        ("表4", "fund", "政府性基金预算支出预算表"),
        ("表5", "capital", "国有资本经营预算支出预算表"),
    ):
        open_form(name, form, title, 8)
        p.header(
            f"项____目 < < < < 本年{title[:-5]}支出 < <",
            "科目编码 < < 单位代码 单位名称（科目） 合计 基本支出 项目支出",
            "类 款 项 ^ ^ ^ ^ ^",
        )
        p.line(None, None, None, None, "合    计", None, None, None)
        p.text("空表说明：此项无内容")
    _sichuan_targets(p, coded=coded, yuan=yuan)
    return p


def _sichuan_targets(p: Printer, *, coded: bool, yuan: bool) -> None:
    p.sheet("表6", "project_performance", 12)
    p.text("表6")
    p.text("部门预算项目绩效目标表（2024年度）")
    p.text("", right="金额单位：万元")
    p.header("单位名称 项目名称 预算数 年度目标 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 权重 指标方向性")
    agency = f"216001-{AGENCY}" if coded else AGENCY
    p.line(f"216-{AGENCY}" if coded else AGENCY, None, PROJECT, *[None] * 9)
    for name, amount, _ in PROJECTS:
        top = p._row
        for index, (l1, l2, l3, op, value, unit, weight, way) in enumerate(INDICATORS):
            head: list[Value] = [agency, name, None, "完成年度任务，保障查档利用。"] if index == 0 else [None] * 4
            p.indicator(
                (f"{name}{l3}", op, value, unit, weight, way),
                *head,
                l1,
                l2,
                f"{name}{l3}",
                op,
                value,
                unit,
                weight,
                way,
            )
        ws = p.workbook.worksheets[-1]
        ws.cell(top, 3).value = amount
        p.truth.append({"form": p.form, "sheet": ws.title, "cell": f"C{top}", "amount": str(amount), "code": ""})
        p.merge(*(f"{column}{top}:{column}{top + len(INDICATORS) - 1}" for column in "ABCD"))

    p.sheet("表7", "overall_performance", 10 if yuan else 8)
    p.text("表7")
    p.text("部门整体支出绩效目标表")
    p.text("（2024年度）")
    if yuan:
        p.header(
            "部门名称 某某区档案馆 < < < < < < < <",
            "总体资金情况（元） 预算支出总额 基本支出 < < < 项目支出 < < <",
            "^ ^ 合计 财政拨款 专户资金 单位资金 合计 财政拨款 专户资金 单位资金",
        )
        p.line(None, 12550000.0, 11650000.0, 11650000.0, 0.0, 0.0, 900000.0, 900000.0, 0.0, 0.0)
        p.line("年度主要任务", "任务名称", "主要内容", *[None] * 7)
        p.line(None, "档案数字化", "加工档案120万页", *[None] * 7)
        p.line("年度总体目标", "做好档案的收集、保管和利用工作。", *[None] * 8)
        p.header("年度绩效指标 一级指标 二级指标 三级指标 < 绩效指标性质 绩效指标值 绩效度量单位 权重 <")
        for l1, l2, l3, op, value, unit, weight, _ in INDICATORS:
            p.indicator((l3, op, value, unit, weight, ""), None, l1, l2, l3, None, op, value, unit, weight, None)
        return
    p.text("", right="单位：万元")
    p.header("部门名称 某某区档案馆 < < < < < <")
    top = p._row
    p.line("年度主要任务", "任务名称", None, "主要内容", *[None] * 4)
    p.line(None, "档案数字化", None, "加工档案120万页，其中民国档案20万页。", *[None] * 4)
    p.line(None, "年度部门整体支出预算", None, "资金总额", "财政拨款", None, "其他资金", None)
    p.line(None, None, None, TOTAL, TOTAL, None, 0, None)
    ranges = [f"{left}{top + row}:{right}{top + row}" for row in (0, 1) for left, right in ("BC", "DH")]
    ranges += [f"{left}{top + row}:{right}{top + row}" for row in (2, 3) for left, right in ("EF", "GH")]
    p.merge(f"A{top}:A{top + 3}", f"B{top + 2}:C{top + 3}", *ranges)
    p.line("年度总体目标", "做好档案的收集、保管和利用工作。", *[None] * 6)
    p.merge(f"B{top + 4}:H{top + 4}")
    p.header("年度绩效指标 一级指标 二级指标 三级指标 绩效指标性质 绩效指标值 绩效度量单位 权重")
    for l1, l2, l3, op, value, unit, weight, _ in INDICATORS:
        p.indicator((l3, op, value, unit, weight, ""), None, l1, l2, l3, op, value, unit, weight)


# ---------------------------------------------------------------- Chongqing

THREE = ("总计 因公出国（境）费用 公务用车购置及运行费 < < 公务接待费", "^ ^ 小计 公务用车购置 公务用车运行维护费 ^")


def chongqing(*, second: bool) -> Printer:
    """Chongqing's forms, as 潼南区 prints them or in the *second* layouts of 巴南区."""
    p = Printer()
    agency = "某某区档案馆"

    def open_form(number: int, form: str, title: str, width: int, *, unit: bool = True) -> None:
        p.sheet(f"{number}{title}", form, width)
        p.text(f"{agency}{title}")
        if unit:
            p.text("", right="单位：万元")

    open_form(1, "fiscal_summary", "财政拨款收支总表", 7, unit=False)
    p.header("收入 < 支出 < < < <", "项目 预算数 支出科目 合计 一般公共预算 政府性基金预算 国有资本经营预算")
    style = (lambda i, name: name) if second else (lambda i, name: f"（{CHINESE[i]}）{name}")
    sides(
        p,
        [("一、本年收入", TOTAL - 5)]
        + [(style(i, f"{fund}拨款"), TOTAL - 5 if i == 0 else None) for i, fund in enumerate(FUNDS)]
        + [("二、上年结转", 5.0)]
        + [(style(i, f"{fund}拨款"), 5.0 if i == 0 else None) for i, fund in enumerate(FUNDS)],
        [("一、本年支出", (TOTAL, TOTAL, None, None))]
        + [
            (style(i, name), (sum(years(code)), sum(years(code)), None, None))
            for i, (code, name) in enumerate(CLASSES.items())
        ]
        + [("二、结转下年", (None,) * 4)],
    )
    p.line("收入合计", TOTAL, "支出合计", TOTAL, TOTAL, None, None)

    prior = not second
    open_form(2, "general", "一般公共预算财政拨款支出预算表", 6 if prior else 5)
    if prior:
        p.header("功能分类科目 < 2023年预算数 2024年预算数 < <", "科目编码 科目名称 ^ 总计 基本支出 项目支出")
    else:
        p.header("功能分类科目 < 2024年预算数 < <", "科目编码 科目名称 总计 基本支出 项目支出")
    for code, name in [("", "合计"), *subject_rows()]:
        basic, project = years(code)
        before = [round(basic * 0.9 + project, 2)] if prior else []
        p.line(code or None, name, *before, round(basic + project, 2), some(basic), some(project), code=code)
    p.text("备注：本表反映当年一般公共预算财政拨款支出情况。")

    open_form(3, "general_basic", "一般公共预算财政拨款基本支出预算表", 5)
    p.header("经济分类科目 < 2024年基本支出 < <", "科目编码 科目名称 总计 人员经费 日常公用经费")
    p.line(None, "合计", BASIC, BASIC - spent("302"), spent("302"))
    for code, name in economic_rows():
        p.line(code, name, spent(code), *cost(code), code=code)
    p.line("30299", "其他商品和服务支出", None, None, None)

    if second:
        open_form(4, "three_public", "一般公共预算“三公”经费支出表", 6)
        p.header("2024年预算数 < < < < <", *THREE)
        p.line(5.0, None, 3.0, None, 3.0, 2.0)
    else:
        open_form(4, "three_public", "一般公共预算“三公”经费支出表", 14)
        p.header(
            "部门编码 部门名称 2023年预算数 < < < < < 2024年预算数 < < < < <",
            f"^ ^ {THREE[0]} {THREE[0]}",
            f"^ ^ {THREE[1]} {THREE[1]}",
        )
        for agency_code, name in ((None, "合计"), ("216", agency)):
            p.line(agency_code, name, 6.0, None, 4.0, None, 4.0, 2.0, 5.0, None, 3.0, None, 3.0, 2.0)

    open_form(5, "fund", "政府性基金预算支出表", 5)
    p.header("科目编码 科目名称 本年政府性基金预算财政拨款支出 < <", "^ ^ 总计 基本支出 项目支出")
    p.line(None, "合计", None, None, None)
    if second:
        p.text("注：本单位2024年无政府性基金预算财政拨款支出，故本表无数据。")

    open_form(6, "summary", "部门收支总表", 4, unit=second)
    p.header("收入 < 支出 <", "项目 预算数 支出科目 预算数")
    left = [f"{fund}拨款收入" for fund in FUNDS] + ["财政专户管理资金收入", "事业收入", "上级补助收入", "其他收入"]
    sides(
        p,
        [(name, TOTAL - 5 if i == 0 else None) for i, name in enumerate(left)],
        [(f"{CHINESE[i]}、{name}", (sum(years(code)),)) for i, (code, name) in enumerate(CLASSES.items())],
    )
    p.line("本年收入合计", TOTAL - 5, "本年支出合计", TOTAL)
    p.line("上年结转", 5.0, "结转下年", None)
    p.line("收入总计", TOTAL, "支出总计", TOTAL)

    sources = "上年结转结余资金 一般公共预算拨款收入 政府性基金预算拨款收入 国有资本经营预算拨款收入 事业收入"
    sources += " 财政专户管理收入 上级补助收入 附属单位上缴收入 事业单位经营收入 其他收入"
    open_form(7, "revenue", "部门收入总表", 13, unit=second)
    p.header(f"科目 < 总计 {sources}", f"科目编码 科目名称{' ^' * 11}")
    for code, name in [("", "合计"), *subject_rows()]:
        total = round(sum(years(code)), 2)
        carried = 5.0 if "2012604".startswith(code) else None
        p.line(code or None, name, total, carried, total - (carried or 0), *[None] * 8, code=code)

    open_form(8, "expenditure", "部门支出总表", 5)
    p.header("科目编码 科目名称 合计 基本支出 项目支出")
    for code, name in [("", "合计"), *subject_rows()]:
        basic, project = years(code)
        p.line(code or None, name, round(basic + project, 2), some(basic), some(project), code=code)

    open_form(9, "procurement", "政府采购预算明细表", 12, unit=second)
    p.header(f"项目 总计 {sources}")
    for name, amount in (("合计", 12.0), ("货物类", 10.0), ("工程类", None), ("服务类", 2.0)):
        p.line(name, amount, None, amount, *[None] * 9)

    open_form(10, "projects", "项目支出明细表", 14, unit=second)
    p.header(
        "序号 预算单位 功能分类科目 < 项目名称 合计 年初特定目标 < < < 上级专项 < < <",
        "^ ^ 科目编码 科目名称 ^ ^ 小计 人员性项目 一般性项目 民生配套项目 小计 提前下达专项 结转项目 市级专项",
    )
    p.line(None, None, None, None, "合计", PROJECT, PROJECT, None, PROJECT, None, None, None, None, None)
    names = dict(subject_rows())
    for index, (title, share, function) in enumerate(PROJECTS):
        full_name = f"50015224T00000433667{index}-2024年{title}"
        figures = (share, share, None, share, None, None, None, None, None)
        p.line(
            str(index + 1), f"216001-{agency}（本级）", function, names[function], full_name, *figures, code=function
        )
    _chongqing_targets(p, agency, second=second)
    return p


def _chongqing_targets(p: Printer, agency: str, *, second: bool) -> None:
    p.sheet("11整体绩效目标表", "overall_performance", 6)
    p.text(f"{agency}整体绩效目标表")
    p.text("", right="单位：万元")
    p.line("部门（单位）名称", f"216-{agency}", None, "部门支出预算数", None, TOTAL)
    p.line("当年整体绩效目标", "做好档案的收集、保管和利用工作。", *[None] * 4)
    p.header(
        "绩效指标 指标 指标权重 计量单位 指标性质 指标值"
        if not second
        else "绩效指标 指标 指标性质 指标值 计量单位 指标权重"
    )
    for _, _, name, op, value, unit, weight, _ in INDICATORS:
        fields = (name, op, value, unit, weight, "")
        if second:
            p.indicator(fields, None, name, op, value, unit, weight)
        else:
            goal = value if op == "定性" else f"{value} {unit}"
            p.indicator(fields, None, name, f"{weight}%", unit, op, goal)
    for index, (project, amount, _) in enumerate(PROJECTS):
        p.sheet(f"{12 + index}项目绩效目标表-{index + 1}", "project_performance", 7 if second else 9)
        p.text(f"{agency}2024年预算项目绩效目标表-{index + 1}")
        width = p.width
        name = f"50015224T00000433667{index}-2024年{project}"

        def pad(*cells: Value, width: int = width) -> list[Value]:
            return [*cells, *[None] * (width - len(cells))]

        at = 4 if second else 6
        p.line(
            *pad(
                "项目名称",
                name,
                None,
                *([] if second else [None]),
                "业务主管部门",
                *([] if second else [None]),
                f"216-{agency}",
            )
        )
        p.line(
            *pad(
                "预算执行率权重",
                "10%",
                None,
                *([] if second else [None]),
                "项目分类",
                *([] if second else [None]),
                "一般性项目",
            )
        )
        row = pad(
            "当年预算（万元）",
            amount,
            None,
            *([] if second else [None]),
            "本级安排（万元）",
            *([] if second else [None]),
            amount,
        )
        p.line(*row)
        p.line(*pad(None, None, None, *([] if second else [None]), "上级补助（万元）"))
        top = p._row - 1
        p.merge(f"A{top - 1}:A{top}", f"B{top - 1}:C{top}")
        assert at
        p.line(*pad("项目概况" if second else "项目概述", "对馆藏档案进行数字化加工。"))
        p.line(*pad("立项依据", "档案法〔2020〕47号"))
        p.line(*pad("当年绩效目标", "完成年度加工任务。"))
        if second:
            p.header("绩效指标 指标名称 指标权重 指标性质 指标值 计量单位 是否核心")
        else:
            p.header("绩效指标 一级指标 二级指标 三级指标 指标权重 计量单位 指标性质 指标值 是否核心指标")
        for l1, l2, own, op, value, unit, weight, _ in INDICATORS:
            fields = (f"{project}{own}", op, value, unit, weight, "")
            if second:
                p.indicator(fields, None, f"{project}{own}", weight, op, value, unit, "是")
            else:
                p.indicator(fields, None, l1, l2, f"{project}{own}", weight, unit, op, value, "否")


# ---------------------------------------------------------------- Hubei


def hubei(*, central: bool) -> Printer:
    """Hubei's forms as 曾都区 prints them, or nearly the same ones as a *central* department does."""
    p = Printer()
    zero = None if central else 0.0

    def open_form(name: str, form: str, width: int, *, unit: str = "万元") -> None:
        p.sheet(name, form, width)
        p.text(name)
        p.text("部门：某某区档案馆" if central else "部门/单位：", right=f"单位：{unit}")

    open_form("收支总表" if not central else "部门收支总表", "summary", 4)
    p.header("收_入 < 支_出 <", "项_目 预算数 项_目 预算数")
    left = [f"{fund}拨款收入" for fund in FUNDS] + ["财政专户管理资金收入", "事业收入", "其他收入"]
    sides(
        p,
        [(f"{CHINESE[i]}、{name}", TOTAL - 5 if i == 0 else zero) for i, name in enumerate(left)],
        [(f"{CHINESE[i]}、{name}", (sum(years(code)),)) for i, (code, name) in enumerate(CLASSES.items())]
        + [("五、资源勘探工业信息等支出", (zero,)), ("廿一、灾害防治及应急管理支出", (zero,))],
    )
    p.line("本年收入合计", TOTAL - 5, "本年支出合计", TOTAL)
    if central:
        p.line("使用非财政拨款结余", None, "结转下年", None)
    p.line("上年结转结余" if not central else "上年结转", 5.0, "年终结转结余" if not central else None, zero)
    p.line("收 入 总 计", TOTAL, "支 出 总 计", TOTAL)

    open_form("收入总表" if not central else "部门收入总表", "revenue", 12)
    p.header(
        "部门（单位）代码 部门（单位）名称 合计 本年收入 < < < < < 上年结转结余 < <",
        "^ ^ ^ 小计 一般公共预算 政府性基金预算 国有资本经营预算 事业收入 其他收入 小计 一般公共预算 单位资金",
    )
    for code, name in ((None, "合计"), ("016", AGENCY), ("016001", f"{AGENCY}本级")):
        p.line(code, name, TOTAL, TOTAL - 5, TOTAL - 5, zero, zero, zero, zero, 5.0, 5.0, zero)

    open_form("支出总表" if not central else "部门支出总表", "expenditure", 8)
    p.header("科目编码 科目名称 合计 基本支出 项目支出 事业单位经营支出 上缴上级支出 对附属单位补助支出")
    for code, name in [("", "合计"), *subject_rows()]:
        basic, project = years(code)
        p.line(
            code or None, name, round(basic + project, 2), basic or zero, project or zero, None, None, None, code=code
        )

    open_form("财政拨款收支总表", "fiscal_summary", 4)
    p.header("收_入 < 支_出 <", "项目 预算数 项目 预算数")
    sides(
        p,
        [("一、本年收入", TOTAL - 5)]
        + [(f"（{CHINESE[i]}）{fund}拨款", TOTAL - 5 if i == 0 else None) for i, fund in enumerate(FUNDS)]
        + [("二、上年结转", 5.0), ("（一）一般公共预算拨款", 5.0), ("（二）政府性基金预算拨款", None)],
        [("一、本年支出", (TOTAL,))]
        + [(f"（{CHINESE[i]}）{name}", (sum(years(code)),)) for i, (code, name) in enumerate(CLASSES.items())]
        + [("二、年终结转结余", (None,))],
    )
    p.line("收 入 总 计", TOTAL, "支 出 总 计", TOTAL)

    if central:
        open_form("一般公共预算支出表", "general", 7)
        p.header(
            "科目编码 科目名称 2023年执行数 2024年预算数 < < 2024年预算数比2023年执行数",
            "^ ^ ^ 小计 基本支出 项目支出 ^",
        )
        for code, name in [("", "合计"), *subject_rows()]:
            basic, project = years(code)
            total = round(basic + project, 2)
            p.line(
                code or None,
                name,
                round(total * 0.9, 2),
                total,
                some(basic),
                some(project),
                round(total * 0.1, 2),
                code=code,
            )
    else:
        open_form("一般公共预算支出表", "general", 7)
        p.header("科目编码 科目名称 合计 基本支出 < < 项目支出", "^ ^ ^ 小计 人员经费 公用经费 ^")
        for code, name in [("", "合计"), *subject_rows()]:
            basic, project = years(code)
            office = spent("302") if "2012601".startswith(code) else 0.0
            p.line(
                code or None,
                name,
                round(basic + project, 2),
                basic,
                round(basic - office, 2),
                office,
                project,
                code=code,
            )

    open_form("一般公共预算基本支出表", "general_basic", 5)
    p.header("部门预算支出经济分类科目 < 本年一般公共预算基本支出 < <", "科目编码 科目名称 合计 人员经费 公用经费")
    p.line(None, "合计", BASIC, BASIC - spent("302"), spent("302"))
    for code, name in economic_rows():
        p.line(code, name, spent(code), *(amount or zero for amount in cost(code)), code=code)

    open_form("一般公共预算“三公”经费支出表", "three_public", 6)
    p.header(
        "“三公”经费合计 因公出国（境）费 公务用车购置及运行费 < < 公务接待费",
        "^ ^ 小计 公务用车购置费 公务用车运行费 ^",
    )
    p.line(5.0, zero, 3.0, zero, 3.0, 2.0)

    open_form("政府性基金预算支出表", "fund", 5)
    p.header("科目编码 科目名称 本年政府性基金预算支出 < <", "^ ^ 合计 基本支出 项目支出")
    p.text(
        "本部门本年无政府性基金预算支出。"
        if not central
        else "注：某某区档案馆2024年没有使用政府性基金预算拨款安排的支出。"
    )

    if central:
        return _hubei_targets(p)
    open_form("项目支出表", "projects", 9)
    p.header(
        "项目编码 项目名称 项目单位 合计 本年拨款 < 财政拨款结转结余 < 单位资金",
        "^ ^ ^ ^ 一般公共预算 政府性基金预算 一般公共预算 政府性基金预算 ^",
    )
    p.line(None, None, None, TOTAL, TOTAL - 5, 0.0, 5.0, 0.0, 0.0)
    for code, name in (("016", AGENCY), ("016001", f"{AGENCY}本级")):
        p.line(code, name, None, TOTAL, TOTAL - 5, 0.0, 5.0, 0.0, 0.0)
    for class_code, class_name, rows in (
        ("1101", "基本工资", [("基本工资", 1060.0, "R000000100")]),
        ("2101", "商品和服务支出", [("公用经费", 105.0, "R000000200")]),
        ("22", "其他运转类", [(name, amount, f"Y00000010{i}") for i, (name, amount, _) in enumerate(PROJECTS)]),
    ):
        total = round(sum(row[1] for row in rows), 2)
        p.line(class_code, class_name, None, total, total, 0.0, 0.0, 0.0, 0.0)
        for name, amount, code in rows:
            p.line(f"42130322016{code}", name, f"{AGENCY}本级", amount, amount, 0.0, 0.0, 0.0, 0.0)

    open_form("政府采购预算表", "procurement", 14, unit="元")
    p.header(
        "单位代码 单位名称 项目 政府采购品目 功能科目 部门支出经济分类 资金来源 资金性质 采购数量 "
        "单价（元） 计量单位 采购金额 < <",
        f"{'^ ' * 11}采购金额合计（元） 其中面向中小企业（元） 其中面向小微企业（元）",
    )
    p._put(p._row, [str(number) for number in range(1, 15)])
    for agency_code, name in ((None, "合计"), ("016", AGENCY)):
        p.line(agency_code, name, *[None] * 9, 602500.0, 200000.0, None)
    for name, goods, price, small in (
        ("档案数字化加工", "[C03040000]档案服务", 402500.0, None),
        ("馆藏档案保护", "[A02010000]设备", 200000.0, 200000.0),
    ):
        function = "[2012604]档案馆"
        texts = ("016001", f"{AGENCY}本级", name, goods, function, "[30227]委托业务费", "预算安排", "经费拨款补助", "1")
        p.line(*texts, price, "年", price, small, None)
    return _hubei_targets(p)


def _hubei_targets(p: Printer) -> Printer:
    p.sheet("整体绩效", "overall_performance", 6)
    p.text("部门整体支出绩效目标申报表")
    p.text("（2024年度）")
    p._put(p._row, ["部门名称", AGENCY])
    p._put(p._row, ["填报人", None, None, "联系电话"])
    top = p._row
    p._put(top, ["人员基本情况", "实有在职人员", "合计（A+B）", "在职在编人员（A）", "在职无编人员（B）"])
    p._put(top + 1, [None, None, 14, 5, 9])
    p.merge(f"A{top}:A{top + 1}", f"B{top}:B{top + 1}")
    p.line(
        "部门总体资金情况（万元）",
        "总体资金情况",
        None,
        "2024年预算金额（C）",
        "2023年预算金额（D）",
        "预算增减变化（C-D）",
    )
    p.merge(f"A{top + 2}:A{top + 7}", f"B{top + 3}:B{top + 4}", f"B{top + 5}:B{top + 7}", f"B{top + 2}:C{top + 2}")
    for group, name, now, before in (
        ("收入构成", "财政拨款", TOTAL, 1200.0),
        (None, "合 计", TOTAL, 1200.0),
        ("支出构成", "基本支出", BASIC, 1120.0),
        (None, "项目支出", PROJECT, 80.0),
        (None, "合 计", TOTAL, 1200.0),
    ):
        p.line(None, group, name, now, before, now - before)
    p._put(p._row, ["年度整体绩效总目标", "做好档案的收集、保管和利用工作。"])
    p.header("年度绩效指标 一级指标 二级指标 三级指标 年初目标值 备注")
    for l1, l2, name, op, value, unit, _, _ in INDICATORS:
        goal = value if op == "定性" else f"{value}{unit}"
        p.indicator((name, "", value, "" if op == "定性" else unit, "", ""), None, l1, l2, name, goal, None)
    p._put(p._row, [None, "效益指标", "生态效益指标"])
    for index, (project, _, _) in enumerate(PROJECTS):
        p.sheet(f"项目绩效{index + 1}", "project_performance", 11)
        p.text("附件5-1")
        p.text("项目支出绩效目标申报表")
        p.text("（2024年度）")
        p.header(
            "项目名称 中期绩效目标 年度绩效目标 一级指标 二级指标 三级指标 计算符号 指标值 计量单位 "
            "备注（选填） 指标值说明（选填）"
        )
        top = p._row
        for at, (l1, l2, own, op, value, unit, _, _) in enumerate(INDICATORS):
            head: tuple[Value, ...] = (project, "提高馆藏档案利用率。", "完成加工任务。") if at == 0 else (None,) * 3
            fields = (f"{project}{own}", op, value, unit, "", "")
            p.indicator(fields, *head, l1, l2, f"{project}{own}", op, value, unit, None, None)
        p._put(p._row, [None, None, None, "效益指标", "生态效益指标"])
        p.merge(*(f"{column}{top}:{column}{top + len(INDICATORS)}" for column in "ABC"))
    return p


# ---------------------------------------------------------------- Shanghai


def shanghai(*, unit: bool) -> Printer:
    """Shanghai's forms in 元, those of a department or of a *unit*."""
    p = Printer()
    word = "预算单位" if unit else "部门"
    scale = 10_000

    def money(value: float | None) -> float | None:
        return round(value * scale, 2) if value else None

    def open_form(name: str, form: str, title: str, width: int, *, yuan: str = "元") -> None:
        p.sheet(f"{word[-2:]}{name}", form, width)
        p.text("")
        p._put(2, [f"2025年{word}{title}"])
        p._put(4, [f"编制{word[-2:]}：{AGENCY}", *[None] * (width - 2), f"单位：{yuan}"])
        p._put(5, [""])

    open_form("收支总表", "summary", "财务收支预算总表", 7 if unit else 4)
    left = [
        ("一、财政拨款收入", TOTAL),
        ("1. 一般公共预算资金", TOTAL),
        ("2. 政府性基金", None),
        ("3. 国有资本经营预算", None),
    ]
    left += [("二、事业收入", None), ("三、事业单位经营收入", None), ("四、其他收入", None)]
    if unit:
        p.header(
            "本年收入 < 本年支出 < < < <",
            "项目 预算数 项目 预算数 < < <",
            "^ ^ ^ 合计 基本支出 < 项目支出",
            "^ ^ ^ ^ 人员经费 公用经费 ^",
        )
    else:
        p.header("本年收入 < 本年支出 <", "项目 预算数 项目 预算数")
    right = []
    for i, (code, name) in enumerate(CLASSES.items()):
        basic, project = years(code)
        parts: tuple[float | None, ...] = (money(basic + project),)
        if unit:
            office = spent("302") if code == "201" else 0.0
            parts += (money(basic - office), money(office), money(project))
        right.append((f"{CHINESE[i]}、{name}", parts))
    sides(p, [(name, money(amount)) for name, amount in left], right)
    p.line(*[None] * p.width)
    if unit:
        office = spent("302")
        p.line("收入总计", money(TOTAL), "支出总计", money(TOTAL), money(BASIC - office), money(office), money(PROJECT))
    else:
        p.line("收入总计", money(TOTAL), "支出总计", money(TOTAL))

    def subjects(*figures: Callable[[float, float], float | None], tail: int = 0) -> None:
        for code, name in subject_rows():
            parts = [code[:3], code[3:5] or None, code[5:] or None]
            p.line(*parts, name, *(money(f(*years(code))) for f in figures), *[None] * tail, code=code)
        p.line("合计", None, None, None, *(money(f(BASIC, PROJECT)) for f in figures), *[None] * tail)

    def both(basic: float, project: float) -> float:
        return basic + project

    open_form("收入总表", "revenue", "收入预算总表", 9)
    p.header(
        "项目 < < < 收入预算 < < < <",
        "功能分类科目编码 < < 功能分类科目名称 合计 财政拨款收入 事业收入 事业单位经营收入 其他收入",
        "类 款 项 ^ ^ ^ ^ ^ ^",
    )
    subjects(both, both, tail=3)
    open_form("支出总表", "expenditure", "支出预算总表", 7)
    p.header(
        "项目 < < < 支出预算 < <", "功能分类科目编码 < < 功能分类科目名称 合计 基本支出 项目支出", "类 款 项 ^ ^ ^ ^"
    )
    subjects(both, lambda basic, _: basic, lambda _, project: project)

    open_form("财政拨款收支总表", "fiscal_summary", "财政拨款收支预算总表", 7)
    p.header(
        "财政拨款收入 < 财政拨款支出 < < < <", "项目 预算数 项目 合计 一般公共预算 政府性基金预算 国有资本经营预算"
    )
    sides(
        p,
        [("一、一般公共预算资金", money(TOTAL)), ("二、政府性基金", None), ("三、国有资本经营预算", None)],
        [
            (f"{CHINESE[i]}、{name}", (money(sum(years(code))), money(sum(years(code))), None, None))
            for i, (code, name) in enumerate(CLASSES.items())
        ],
    )
    p.line("收入总计", money(TOTAL), "支出总计", money(TOTAL), money(TOTAL), None, None)

    for name, form, fund in (
        ("一般公共预算拨款表", "general", "一般公共预算"),
        ("政府性基金拨款表", "fund", "政府性基金预算"),
        ("国有资本经营预算拨款表", "capital", "国有资本经营预算"),
    ):
        open_form(name, form, f"{fund}支出功能分类预算表", 7)
        p.header(
            f"项目 < < < {fund}支出 < <",
            "功能分类科目编码 < < 功能分类科目名称 合计 基本支出 项目支出",
            "类 款 项 ^ ^ ^ ^",
        )
        if form == "general":
            subjects(both, lambda basic, _: basic, lambda _, project: project)
        else:
            p.line(*[None] * 7)
            p.line("合计", *[None] * 6)
            p._put(p._row, [f"注：本{word[-2:]}无{fund}支出，故本表无数据。"])

    open_form("一般公共预算拨款基本支出明细表", "general_basic", "一般公共预算基本支出部门预算经济分类预算表", 6)
    p.header(
        "项目 < < 一般公共预算基本支出 < <",
        "经济分类科目编码 < 部门经济分类科目名称 合计 人员经费 公用经费",
        "类 款 ^ ^ ^ ^",
    )
    for code, name in economic_rows():
        p.line(code[:3], code[3:] or None, name, money(spent(code)), *map(money, cost(code)), code=code)
    p.line("合计", None, None, money(BASIC), money(BASIC - spent("302")), money(spent("302")))

    open_form("“三公”经费和机关运行费预算表", "three_public", "“三公”经费和机关运行经费预算表", 7, yuan="万元")
    p.header(
        "“三公”经费预算数 < < < < < 机关运行经费预算数",
        "合计 因公出国(境)费 公务接待费 公务用车购置及运行费 < < ^",
        "^ ^ ^ 小计 购置费 运行费 ^",
    )
    p.line(5.0, None, 2.0, 3.0, None, 3.0, 17.5)
    _shanghai_targets(p)
    return p


def _shanghai_targets(p: Printer) -> None:
    for index, (project, amount, _) in enumerate(PROJECTS):
        p.sheet(f"项目绩效{index + 1}", "project_performance", 6)
        p.text("财政项目支出绩效目标申报表")
        p.text("（2025年）")
        p._put(p._row, ["项目名称", project, None, "项目类别", "其他一次性项目"])
        p._put(p._row, ["计划开始日期", "2025-01-01", None, "计划完成日期", "2025-12-31"])
        yuan = round(amount * 10_000, 2)
        p.line("项目资金总额（元）", yuan, None, "年度资金申请总额（元）", yuan, None)
        p._put(p._row, ["项目总目标", "完成馆藏档案数字化。"])
        p._put(p._row, ["年度绩效目标", "完成年度加工任务。"])
        p.header("一级指标 < 二级指标 三级指标 年度指标值 <")
        for l1, l2, own, op, value, unit, _, _ in INDICATORS:
            name = f"{project}{own}"
            if op == "定性":
                p.indicator((name, "", value, "", "", ""), l1, None, l2, name, value, None)
            else:
                printed = f"{op}{float(value):.2f}({unit})"
                p.indicator((name, op.replace("＞", ">"), value, unit, "", ""), l1, None, l2, name, printed, None)


BOOKS: dict[str, Callable[[], Printer]] = {
    "sichuan": lambda: sichuan(coded=True, yuan=False),
    "sichuan_uncoded": lambda: sichuan(coded=False, yuan=True),
    "chongqing": lambda: chongqing(second=False),
    "chongqing_second": lambda: chongqing(second=True),
    "hubei": lambda: hubei(central=False),
    "hubei_central": lambda: hubei(central=True),
    "shanghai_department": lambda: shanghai(unit=False),
    "shanghai_unit": lambda: shanghai(unit=True),
}


def synthetic_books() -> list[Book]:
    """All of them."""
    return [build().book(name) for name, build in BOOKS.items()]
