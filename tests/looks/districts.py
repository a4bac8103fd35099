"""Forms as other departments of the four families print them, and as a family that nobody declared might.

Each builder prints the forms that differ from those of :mod:`books`; the budget is the same.
"""

from __future__ import annotations

from collections.abc import Callable

from .books import (
    AGENCY,
    BASIC,
    CLASSES,
    INDICATORS,
    PROJECT,
    PROJECTS,
    SUBJECTS,
    THREE,
    TOTAL,
    Printer,
    Value,
    cost,
    economic_rows,
    sides,
    some,
    spent,
    subject_rows,
    years,
)
from .measure import Book

__all__ = ["DISTRICTS", "district_books"]

CHINESE = "一二三四五六七八九十"


def _open(p: Printer, name: str, form: str, title: str, width: int, *, unit: str = "万元") -> None:
    p.sheet(name, form, width)
    p.text(title)
    p.text(f"部门：{AGENCY}", right=f"单位：{unit}")


def many_units() -> Printer:
    """A Sichuan department with three units: agency rows with their code, subjects below each, no nameless total."""
    p = Printer()
    units = (("216001", AGENCY), ("216002", "某某区方志编纂中心"), ("216003", "某某区电子档案中心"))
    shares = (0.5, 0.3, 0.2)

    def split(value: float, share: float) -> float:
        return round(value * share, 2)

    _open(p, "1-1", "revenue", "表1-1部门收入总表", 11)
    p.header(
        "科目编码 < < 单位代码 单位名称（科目） 合计 上年结转 一般公共预算拨款收入 政府性基金预算拨款收入 事业收入 "
        "用事业基金弥补收支差额",
        "类 款 项 ^ ^ ^ ^ ^ ^ ^ ^",
    )
    p.line(*[None] * 4, "合计", TOTAL, 5.0, TOTAL - 5, None, None, None)
    for (code, name), share in zip(units, shares):
        p.line(None, None, None, code, name, split(TOTAL, share), None, split(TOTAL, share), None, None, None)
        for subject, label, basic, project, _ in SUBJECTS:
            own = split(basic + project, share)
            p.line(
                subject[:3],
                subject[3:5],
                subject[5:],
                code,
                f"  {label}",
                own,
                None,
                own,
                None,
                None,
                None,
                code=subject,
            )

    _open(p, "1-2", "expenditure", "表1-2部门支出总表", 10)
    p.header(
        "科目编码 < < 单位代码 单位名称（科目） 合计 基本支出 项目支出 上缴上级支出 对附属单位补助支出",
        "类 款 项 ^ ^ ^ ^ ^ ^ ^",
    )
    p.line(*[None] * 4, "合计", TOTAL, BASIC, PROJECT, None, None)
    for (code, name), share in zip(units, shares):
        p.line(
            None, None, None, code, name, split(TOTAL, share), split(BASIC, share), split(PROJECT, share), None, None
        )
        for subject, label, basic, project, _ in SUBJECTS:
            figures = (
                split(basic + project, share),
                some(split(basic, share)),
                some(split(project, share)),
                None,
                None,
            )
            p.line(subject[:3], subject[3:5], subject[5:], code, label, *figures, code=subject)

    _open(p, "3-1", "general_basic", "一般公共预算基本支出预算表", 8)
    p.header(
        "项目 < < < 基本支出 < < 备注",
        "科目编码 < 单位代码 单位名称（科目） 合计 人员经费 公用经费 ^",
        "类 款 ^ ^ ^ ^ ^ ^",
    )
    p.line(None, None, None, "合计", BASIC, BASIC - spent("302"), spent("302"), None)
    for (unit, name), share in zip(units, shares):
        p.line(None, None, unit, name, split(BASIC, share), split(BASIC, share), None, None)
        for code, label in economic_rows():
            amounts = [None if amount is None else split(amount, share) for amount in (spent(code), *cost(code))]
            if len(code) == 3:
                p.line(None, None, code, label, *amounts, None, code=code)
            else:
                p.line(code[:3], code[3:], code, label, *amounts, None, code=code)

    _open(p, "3-2", "general_project", "一般公共预算项目支出预算表", 6)
    p.header("科目编码 < < 单位代码 单位名称（科目） 金额", "类 款 项 ^ ^ ^")
    p.line(None, None, None, None, "合计", PROJECT)
    for (unit, name), share in zip(units, shares):
        p.line(None, None, None, unit, name, split(PROJECT, share))
        for function, label in (("2012604", "档案馆"), ("2012699", "其他档案事务支出")):
            p.line(None, None, None, None, label, split(years(function)[1], share))
            for title, amount, subject in PROJECTS:
                if subject == function:
                    parts = (subject[:3], subject[3:5], subject[5:])
                    p.line(*parts, unit, title, split(amount, share), code=subject)

    _open(p, "3-3", "three_public", "一般公共预算“三公”经费支出预算表", 8)
    p.header(
        "单位编码 单位名称 因公出国（境）费用 公务接待费 公务用车购置及运行维护费 < < “三公”经费合计",
        "^ ^ ^ ^ 公务用车运行费 公务用车购置费 小计 ^",
    )
    for agency, name in ((None, "合计"), *units):
        p.line(agency, name, None, 2.0, 3.0, None, 3.0, 5.0)

    p.sheet("6", "project_performance", 12)
    p.text("表6")
    p.text("部门预算项目绩效目标表（2024年度）")
    p.text("", right="金额单位：万元")
    p.header("单位名称 项目名称 预算数 年度目标 一级指标 二级指标 三级指标 指标性质 指标值 度量单位 权重 指标方向性")
    p.line(f"216-{AGENCY}", None, PROJECT * 3, *[None] * 9)
    glyphs = {
        "≥": ("≥", "≧", ">="),
        "≤": ("≤", "≦", "<="),
        "＞": (">", "＞", ">"),
        "=": ("=", "＝", "="),
        "定性": ("定性",) * 3,
    }
    for at, ((unit, name), share) in enumerate(zip(units, shares)):
        p.line(f"{unit}-{name}", None, split(PROJECT, share), *[None] * 9)
        for title, amount, _ in PROJECTS:
            project_name = f"{title}（{name}）"
            for index, (l1, l2, l3, op, value, measure, weight, way) in enumerate(INDICATORS):
                row = p._row
                head: list[Value] = (
                    [f"{unit}-{name}", project_name, None, "完成年度任务。"] if index == 0 else [None] * 4
                )
                fields = (f"{project_name}{l3}", {"＞": ">"}.get(op, op), value, measure, weight, way)
                p.indicator(
                    fields, *head, l1, l2, f"{project_name}{l3}", glyphs[op][at], value, measure, int(weight), way
                )
                if index == 0:
                    p.workbook.worksheets[-1].cell(row, 3).value = split(amount, share)
                    place = {
                        "form": p.form,
                        "sheet": "6",
                        "cell": f"C{row}",
                        "amount": str(split(amount, share)),
                        "code": "",
                    }
                    p.truth.append(place)
    return p


def pages() -> Printer:
    """Chongqing's forms over pages, with the total called 总计 at the head and codes set in by blanks."""
    p = Printer()
    _open(p, "基本支出", "general_basic", f"{AGENCY}一般公共预算财政拨款基本支出预算表", 5)
    head = ("经济分类科目 < 2024年基本支出 < <", "科目编码 科目名称 总计 人员经费 日常公用经费")
    p.header(*head)
    p.line(None, "总计", BASIC, BASIC - spent("302"), spent("302"))
    for index, (code, name) in enumerate(economic_rows()):
        if index in {4, 9}:
            p.text(f"{AGENCY}一般公共预算财政拨款基本支出预算表")
            p.text("", right="单位：万元")
            p.header(*head)
        p.line(f"{'  ' * (len(code) // 2 - 1)}{code}", name, spent(code), *cost(code), code=code)
    p.line("399", "其他支出", None, None, None)
    _open(p, "支出总表", "expenditure", f"{AGENCY}部门支出总表", 6)
    p.header("功能分类科目 < 总计 基本支出 < 项目支出", "编码 名称 ^ 人员支出 公用支出 ^")
    for code, name in [("", "总计"), *subject_rows()]:
        basic, project = years(code)
        p.line(code or None, name, round(basic + project, 2), some(basic), None, some(project), code=code)
    _open(p, "项目", "projects", f"{AGENCY}2024年部门项目支出预算表", 7)
    p.header("单位编码 单位名称 功能科目 项目名称 合计 一般公共预算 政府性基金预算")
    p.line(None, None, None, "合计", PROJECT, PROJECT, None)
    for name, amount, function in PROJECTS:
        p.line("216001", AGENCY, f"{function}-{dict(subject_rows())[function]}", name, amount, amount, None)
    p.sheet("重点专项", "project_performance", 8)
    p.text("2024年区级重点专项绩效目标表")
    p.text("编制单位：某某区档案馆", right="单位：万元")
    p.line("专项资金名称", PROJECTS[0][0], None, "业务主管部门", f"216-{AGENCY}", *[None] * 3)
    p.line("当年预算", PROJECTS[0][1], None, "本级支出", PROJECTS[0][1], "补助区县", None, None)
    p.line("项目概况", "对馆藏档案进行数字化加工。", *[None] * 6)
    p.line("立项依据", "档案法", *[None] * 6)
    p.line("当年绩效目标", "完成年度加工任务。", *[None] * 6)
    p.header("绩效指标 指标名称 < 指标权重 计量单位 指标性质 指标值 是否核心指标")
    for _, _, name, op, value, unit, weight, _ in INDICATORS:
        p.indicator((name, op, value, unit, weight, ""), None, name, None, weight, unit, op, value, "是")
    return p


def central() -> Printer:
    """A central department: revenue and three public expenses by year, funds with money, capital empty."""
    p = Printer()
    _open(p, "表2", "revenue", "部门收入总表", 12)
    p.header(
        "科目 < 合计 上年结转 一般公共预算拨款收入 政府性基金预算拨款收入 事业收入 < 事业单位经营收入 上级补助收入 "
        "其他收入 使用非财政拨款结余",
        "科目编码 科目名称 ^ ^ ^ ^ 金额 其中：教育收费 ^ ^ ^ ^",
    )
    for code, name in [*subject_rows(), ("", "合计")]:
        total = round(sum(years(code)), 2)
        p.line(code or None, name, total, None, round(total - 1, 2), None, 1.0, None, None, None, None, None, code=code)
    _open(p, "表7", "three_public", "“三公”经费预算财政拨款情况统计表", 12)
    columns = "合计 因公出国（境）费 公务用车购置及运行费 < < 公务接待费"
    detail = "^ ^ 小计 公务用车购置费 公务用车运行费 ^"
    p.header("2023年预算数 < < < < < 2024年预算数 < < < < <", f"{columns} {columns}", f"{detail} {detail}")
    p.line(6.0, None, 4.0, None, 4.0, 2.0, 5.0, None, 3.0, None, 3.0, 2.0)
    _open(p, "表8", "fund", "政府性基金预算支出表", 6)
    p.header("科目编码 科目名称 2023年执行数 2024年预算数 < <", "^ ^ ^ 小计 基本支出 项目支出")
    for code, name in (
        ("", "合计"),
        ("229", "其他支出"),
        ("22960", "彩票公益金安排的支出"),
        ("2296003", "用于体育事业的彩票公益金支出"),
    ):
        p.line(code or None, name, 55.5, 66.6, None, 66.6, code=code)
    _open(p, "表9", "capital", "国有资本经营预算支出表", 5)
    p.header("科目编码 科目名称 本年国有资本经营预算支出 < <", "^ ^ 合计 基本支出 项目支出")
    for _ in range(3):
        p.line(*[None] * 5)
    p.text(f"注：{AGENCY}没有国有资本经营预算拨款收入，也没有使用国有资本经营预算拨款安排的支出，故本表为空表。")
    _open(p, "表4", "fiscal_summary", "财政拨款收支总表", 4)
    p.header("收____入 < 支____出 <", "项____目 预算数 项____目 预算数")
    sides(
        p,
        [
            ("一、本年收入", TOTAL),
            ("（一）一般公共预算拨款", TOTAL),
            ("（二）政府性基金预算拨款", None),
            ("二、上年结转", None),
        ],
        [
            ("一、本年支出", (TOTAL,)),
            *((f"（{CHINESE[i]}）{n}", (sum(years(c)),)) for i, (c, n) in enumerate(CLASSES.items())),
        ],
    )
    p.line(None, None, "二、结转下年", None)
    p.line("收    入    总    计", TOTAL, "支    出    总    计", TOTAL)
    return p


def undeclared() -> Printer:
    """Forms of a family that nobody declared, by words that are common: 收支总体情况表 and its companions."""
    p = Printer()
    _open(p, "公开01表", "summary", "部门收支总体情况表", 4)
    p.header("收入 < 支出 <", "项目 2024年预算 支出功能分类科目 2024年预算")
    sides(
        p,
        [
            ("一、一般公共预算财政拨款收入", TOTAL),
            ("二、政府性基金预算财政拨款收入", None),
            ("三、财政专户管理资金", None),
            ("四、单位资金", None),
        ],
        [(f"{CHINESE[i]}、{name}", (sum(years(code)),)) for i, (code, name) in enumerate(CLASSES.items())],
    )
    p.line("本年收入合计", TOTAL, "本年支出合计", TOTAL)
    p.line("上年结转结余", None, "年终结转结余", None)
    p.line("收入总计", TOTAL, "支出总计", TOTAL)
    _open(p, "公开03表", "expenditure", "部门支出总体情况表", 7)
    p.header(
        "支出功能分类科目编码 支出功能分类科目名称 合计 基本支出 < 项目支出 事业单位经营支出",
        "^ ^ ^ 人员经费 日常公用经费 ^ ^",
    )
    for code, name in [*subject_rows(), ("", "合计")]:
        basic, project = years(code)
        p.line(
            code or "合计",
            name if code else None,
            round(basic + project, 2),
            some(basic),
            None,
            some(project),
            None,
            code=code,
        )
    _open(p, "公开05表", "general", "一般公共预算支出情况表", 5)
    p.header("功能分类科目 合计 基本支出 < 项目支出", "^ ^ 人员经费 公用经费 ^")
    for code, name in subject_rows():
        basic, project = years(code)
        p.line(f"{code} {name}", round(basic + project, 2), some(basic), None, some(project), code=code)
    p.line("合计", TOTAL, BASIC, None, PROJECT)
    _open(p, "公开06表", "general_basic", "一般公共预算基本支出情况表", 5)
    p.header("支出经济分类科目编码 支出经济分类科目名称 合计 人员经费 公用经费")
    for code, name in economic_rows():
        p.line(code, name, spent(code), *cost(code), code=code)
    p.line(None, "合计", BASIC, BASIC - spent("302"), spent("302"))
    _open(p, "公开07表", "three_public", "一般公共预算“三公”经费支出情况表", 3)
    p.header("项目 2023年预算数 2024年预算数")
    for label, before, now in (
        ("合计", 6.0, 5.0),
        ("1.因公出国（境）费", None, None),
        ("2.公务接待费", 2.0, 2.0),
        ("3.公务用车购置及运行维护费", 4.0, 3.0),
        ("其中：公务用车运行维护费", 4.0, 3.0),
        ("公务用车购置费", None, None),
    ):
        p.line(label, before, now)
    return p


def chongqing_three_public_in_order() -> Printer:
    """Three public expenses of one year with the columns in another order and a row for each unit."""
    p = Printer()
    _open(p, "三公", "three_public", "一般公共预算财政拨款“三公”经费支出表", 8)
    order = THREE[0].split()
    assert order[0] == "总计"
    p.header(
        "部门编码 部门名称 公务接待费 因公出国（境）费用 公务用车购置及运行费 < < 总计",
        "^ ^ ^ ^ 公务用车购置 公务用车运行维护费 小计 ^",
    )
    for code, name in ((None, "合计"), ("216", AGENCY), ("216001", f"{AGENCY}（本级）")):
        p.line(code, name, 2.0, None, None, 3.0, 3.0, 5.0)
    return p


def three_sides() -> Printer:
    """A summary with a third side by nature of expenditure, and one form of projects by economic subject."""
    p = Printer()
    _open(p, "收支", "summary", "2024年部门收支总表", 6)
    p.header("收入 < 支出 < < <", "项目 预算数 支出功能分类科目 预算数 支出经济分类科目 预算数")
    economics = [
        ("一、工资福利支出", spent("301")),
        ("二、商品和服务支出", spent("302")),
        ("三、对个人和家庭的补助", spent("303")),
    ]
    for at, (code, name) in enumerate(CLASSES.items()):
        left = ("一、财政拨款收入", TOTAL) if at == 0 else ("二、事业收入", None) if at == 1 else (None, None)
        right = economics[at] if at < 3 else ("四、资本性支出", None)
        # a class by name has no printed code
        p.line(*left, f"{CHINESE[at]}、{name}", sum(years(code)), *right)
    p.line("本年收入合计", TOTAL, "本年支出合计", TOTAL, "本年支出合计", TOTAL)
    p.line("收入总计", TOTAL, "支出总计", TOTAL, "支出总计", TOTAL)
    _open(p, "项目", "projects", "部门预算项目支出明细表", 8)
    p.header("单位代码 单位名称 项目编码 项目名称 功能分类科目 经济分类科目 合计 财政拨款")
    p.line("合计", *[None] * 5, PROJECT, PROJECT)
    for at, (name, amount, function) in enumerate(PROJECTS):
        code = f"50015224T00000433667{at}"
        p.line(
            "216001",
            AGENCY,
            code,
            name,
            f"{function} {dict(subject_rows())[function]}",
            "30227 委托业务费",
            amount,
            amount,
            code=function,
        )
    return p


def shanghai_projects() -> Printer:
    """Shanghai's project targets with several projects on one sheet, and amounts with separators."""
    p = Printer()
    p.sheet("项目绩效", "project_performance", 6)
    for project, amount, _ in PROJECTS:
        p.text("财政项目支出绩效目标申报表")
        p.text("（2025年）")
        p._put(p._row, ["项目名称：", project, None, "项目类别：", "经常性专项业务费"])
        p._put(p._row, ["计划开始日期：", "2025-01-01", None, "计划完成日期：", "2025-12-31"])
        row = p._row
        figure = f"{amount * 10_000:,.2f}"
        p._put(row, ["项目资金总额（元）：", figure, None, "年度资金申请总额（元）：", figure])
        for column in "BE":
            place = {"form": p.form, "sheet": "项目绩效", "cell": f"{column}{row}", "amount": figure, "code": ""}
            p.truth.append(place)
        p._put(p._row, ["其中：当年财政拨款（元）：", figure, None, "上年结转资金（元）：", None])
        place = {"form": p.form, "sheet": "项目绩效", "cell": f"B{row + 1}", "amount": figure, "code": ""}
        p.truth.append(place)
        p._put(p._row, ["项目总目标", "完成馆藏档案数字化。"])
        p._put(p._row, ["年度绩效目标", "完成年度加工任务。"])
        p.header("一级指标 二级指标 < 三级指标 年度指标值 <")
        for l1, l2, own, op, value, unit, _, _ in INDICATORS:
            name = f"{project}{own}"
            printed = value if op == "定性" else f"{op}{float(value):.2f}({unit})"
            fields = (
                (name, "", value, "", "", "") if op == "定性" else (name, op.replace("＞", ">"), value, unit, "", "")
            )
            p.indicator(fields, l1, l2, None, name, printed, None)
        p._put(p._row, [""])
    return p


def in_yuan() -> Printer:
    """A whole Chongqing department in 元, unit printed as （元） behind the title, codes with dots of leading."""
    p = Printer()
    for form, title in (("general", "一般公共预算财政拨款支出预算表"), ("expenditure", "部门支出总表")):
        p.sheet(title, form, 5)
        p.text(f"{AGENCY}2024年{title}（单位：元）")
        p.header("功能分类科目 < 2024年预算数 < <", "科目编码 科目名称 总计 基本支出 项目支出")
        for code, name in [("", "合计"), *subject_rows()]:
            basic, project = (round(10_000 * amount, 2) for amount in years(code))
            p.line(
                code or None, f"{'　' * (len(code) // 2)}{name}", basic + project, some(basic), some(project), code=code
            )
    return p


DISTRICTS: dict[str, Callable[[], Printer]] = {
    "many_units": many_units,
    "pages": pages,
    "central": central,
    "undeclared": undeclared,
    "three_public_in_order": chongqing_three_public_in_order,
    "three_sides": three_sides,
    "shanghai_projects": shanghai_projects,
    "in_yuan": in_yuan,
}


def district_books() -> list[Book]:
    """All of them."""
    return [build().book(name) for name, build in DISTRICTS.items()]
