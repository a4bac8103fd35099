"""Hypothesis strategies for your own tests（测试数据生成）: subjects, amounts, and budgets on which every law holds.

Needs the extra ``testing``. Bounds are in the strategies, nothing is filtered. A generated budget is printed like a
real one: every figure is rounded by itself, so totals miss their parts by what rounding allows and by no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import attrs
from hypothesis import strategies as st

from govbudget.amounts import Unit
from govbudget.classification import Level, subjects
from govbudget.model import Agency, Budget, Coordinate, Fact, Place, PrintedForm, cell_name

__all__ = ["agencies", "amounts", "balanced_budgets", "economic_codes", "function_codes"]

YEAR = 2024
BASIC = "basic"
PROJECT = "project"
PERSONNEL = ("301", "303")
PUBLIC = ("302", "310")
TITLES = {
    "summary": "部门收支总表",
    "expenditure": "部门支出总表",
    "general": "一般公共预算支出表",
    "general_basic": "一般公共预算基本支出表",
}
BASES = {
    "summary": {},
    "expenditure": {},
    "general": {"fund": "general"},
    "general_basic": {"fund": "general", "nature": BASIC},
}
MEANINGS = {
    "summary": ((), ()),
    "expenditure": ((), (("nature", BASIC),), (("nature", PROJECT),)),
    "general": ((), (("nature", BASIC),), (("nature", PROJECT),)),
    "general_basic": (
        (("nature", BASIC),),
        (("nature", BASIC), ("cost", "personnel")),
        (("nature", BASIC), ("cost", "public")),
    ),
}
COLUMNS = {
    "summary": ("收入/预算数", "支出/预算数"),
    "expenditure": ("合计", "基本支出", "项目支出"),
    "general": ("合计", "基本支出", "项目支出"),
    "general_basic": ("合计", "人员经费", "公用经费"),
}


def amounts(most: int = 10_000_000) -> st.SearchStrategy[Decimal]:
    """Amounts（金额） in 元, to the 分, from 0.01 to *most*."""
    return st.integers(1, most * 100).map(lambda cents: Decimal(cents).scaleb(-2))


def function_codes() -> st.SearchStrategy[str]:
    """Codes of 项 of the general budget（功能科目项级编码） of 2024."""
    return st.sampled_from([s.code for s in subjects(YEAR).functions if s.level is Level.ITEM and "general" in s.funds])


def economic_codes(classes: tuple[str, ...] = PERSONNEL + PUBLIC) -> st.SearchStrategy[str]:
    """Codes of 款 of the department economic classification（经济科目款级编码） under some 类."""
    every = [s.code for s in subjects(YEAR).economics if s.level is Level.SECTION]
    return st.sampled_from([code for code in every if code[:3] in classes])


def agencies(most: int = 3) -> st.SearchStrategy[list[Agency]]:
    """A department and one to *most* units of it（部门及所属单位）, with codes that nest."""

    def build(number: int, units: int) -> list[Agency]:
        code = str(number)
        return [
            Agency(code, "某市数据局"),
            *[Agency(f"{code}{unit:03d}", f"某市数据局第{unit}中心") for unit in range(1, units + 1)],
        ]

    return st.builds(build, st.integers(100, 999), st.integers(1, most))


@attrs.frozen
class _Truth:
    """The true figures behind a budget, in 元: by agency, function, nature and (for basic ones) economic subject."""

    units: tuple[Agency, ...]
    figures: Mapping[tuple[str, str, str, str], Decimal]

    def total(
        self, agency: str = "", function: str = "", economic: str = "", nature: str = "", cost: str = ""
    ) -> Decimal:
        """The sum of the true figures at a coordinate."""
        return sum(
            (
                amount
                for (unit, subject, kind, item), amount in self.figures.items()
                if unit.startswith(agency)
                and subject.startswith(function)
                and item.startswith(economic)
                and kind.startswith(nature)
                and (not cost or (cost == "personnel") == (item[:3] in PERSONNEL))
            ),
            Decimal(0),
        )


@st.composite
def balanced_budgets(draw: st.DrawFn, decimals: int | None = None, unit: Unit = Unit.WAN) -> Budget:
    """Budgets whose forms add up and agree（平衡的预算）, printed to *decimals* places (0 to 4 where None).

    They have 部门收支总表, 部门支出总表 by unit, 一般公共预算支出表 with 类 款 项, and 一般公共预算基本支出表; every
    fact stands at a place of its own.
    """
    department, *units = draw(agencies())
    scale = draw(st.integers(0, 4)) if decimals is None else decimals
    functions = draw(st.lists(function_codes(), min_size=1, max_size=4, unique=True))
    figures: dict[tuple[str, str, str, str], Decimal] = {}
    for agency in units:
        for function in functions:
            for economic in draw(st.lists(economic_codes(), min_size=1, max_size=4, unique=True)):
                figures[agency.code, function, BASIC, economic] = draw(amounts())
            if draw(st.booleans()):
                figures[agency.code, function, PROJECT, ""] = draw(amounts())
    truth = _Truth(tuple(units), figures)
    press = _Press(truth, scale, unit)
    for form in TITLES:
        press.print(form)
    return Budget(
        facts=press.facts,
        agency=department,
        agencies=[department, *units],
        year=YEAR,
        family="sichuan",
        forms=press.forms,
    )


@attrs.define
class _Press:
    """Prints true figures on forms, each rounded by itself."""

    truth: _Truth
    scale: int
    unit: Unit
    facts: list[Fact] = attrs.field(factory=list)
    forms: list[PrintedForm] = attrs.field(factory=list)
    row: int = 0

    def print(self, form: str) -> None:
        """Print one form."""
        self.row = 5
        getattr(self, f"_{form}")()
        self.forms.append(
            PrintedForm(
                form,
                TITLES[form],
                self.unit,
                unit_printed=True,
                sheet=form,
                columns=COLUMNS[form],
                meanings=MEANINGS[form],
                last=self.row,
            )
        )

    def _figure(self, form: str, column: int, name: str, amount: Decimal, code: str = "", **dims: str) -> None:
        side = dims.pop("side", "expenditure")
        printed = (amount / self.unit.factor).quantize(Decimal((0, (1,), -self.scale)), rounding=ROUND_HALF_UP)
        said = {**BASES[form], **dict(MEANINGS[form][column]), **{key: value for key, value in dims.items() if value}}
        place = Place(form, cell_name(self.row, column + 2))
        at = Coordinate(year=YEAR, side=side, **said)
        self.facts.append(Fact(printed, self.unit, form, name, code, at, COLUMNS[form][column], place))

    def _row(
        self, form: str, name: str, code: str = "", agency: str = "", function: str = "", economic: str = ""
    ) -> None:
        for column, meaning in enumerate(MEANINGS[form]):
            said = {"nature": BASIC if form == "general_basic" else "", **dict(meaning)}
            amount = self.truth.total(agency, function, economic, said.get("nature", ""), said.get("cost", ""))
            if amount:
                self._figure(form, column, name, amount, code, agency=agency, function=function, economic=economic)
        self.row += 1

    def _summary(self) -> None:
        names = subjects(YEAR)
        total = self.truth.total()
        rows = [("一般公共预算拨款收入", {"fund": "general", "origin": "current"})]
        rows += [("本年收入合计", {"origin": "current"}), ("收入总计", {})]
        for name, dims in rows:
            self._figure("summary", 0, name, total, side="revenue", **dims)
            self.row += 1
        for code in sorted({function[:3] for _, function, _, _ in self.truth.figures}):
            self._figure("summary", 1, names[code].name, self.truth.total(function=code), function=code)
            self.row += 1
        self._figure("summary", 1, "本年支出合计", total)
        self.row += 1
        self._figure("summary", 1, "支出总计", total, item="grand_total")
        self.row += 1

    def _expenditure(self) -> None:
        self._row("expenditure", "合计")
        for agency in self.truth.units:
            self._row("expenditure", agency.name, agency=agency.code)
            for code in sorted({function for unit, function, _, _ in self.truth.figures if unit == agency.code}):
                self._row("expenditure", subjects(YEAR)[code].name, code, agency.code, function=code)

    def _general(self) -> None:
        self._row("general", "合计")
        every = {function for _, function, _, _ in self.truth.figures}
        for code in sorted({function[:size] for function in every for size in (3, 5, 7)}):
            self._row("general", subjects(YEAR)[code].name, code, function=code)

    def _general_basic(self) -> None:
        self._row("general_basic", "合计")
        every = {economic for _, _, kind, economic in self.truth.figures if kind == BASIC}
        for code in sorted({economic[:size] for economic in every for size in (3, 5)}):
            self._row("general_basic", subjects(YEAR)[code].name, code, economic=code)
