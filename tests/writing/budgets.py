"""A Hypothesis strategy for budgets as sichuan's forms print them: several agencies, random subjects and amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

from govbudget.amounts import Unit
from govbudget.classification import Level, Subject, subjects
from govbudget.forms import Column
from govbudget.model import Agency, Budget, Coordinate, Fact, PrintedForm, PrintedTarget, Project
from govbudget.performance import Direction, Operator, PerformanceIndicator, PerformanceTarget
from govbudget.writing.layout import Layout, family_layout

__all__ = ["budgets"]

WORDS = st.text("城乡民生热线综合保障环境监测档案培训宣传调研巡查平台系统馆站所东南西北", min_size=2, max_size=8)
AMOUNTS = st.integers(0, 3).flatmap(lambda places: st.decimals(0, 10**7, places=places))
# A row without a name whose amounts are 1, 2, 3 … would be a row of column numbers.
UNNAMED = st.integers(0, 3).flatmap(lambda places: st.decimals(100, 10**7, places=places))
PREFIXES = st.sampled_from(["", "", "=", "+", "-", "@", "专项业务类-", "《", "12345"])
OPTIONAL = (
    "summary",
    "revenue",
    "fiscal_summary",
    "fiscal_economic",
    "general_basic",
    "general_project",
    "three_public",
    "fund",
)
TARGETS = ("project_performance", "overall_performance")
ALWAYS = ("expenditure", "general", "fund_three_public", "capital")
QUANTITIES: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    operator=st.sampled_from(["≥", "≤", "=", ">", "<"]),
    value=st.decimals(0, 10**6, places=2).map(lambda value: f"{value:f}"),
    unit=st.sampled_from(["%", "万元", "个", "次/年", ""]),
)
QUALITIES: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    operator=st.just(Operator.QUALITATIVE),
    value=st.sampled_from(["好坏", "高中低", "优良中低差"]),
    unit=st.sampled_from(["级", ""]),
)


def indicators(directions: st.SearchStrategy[Direction | None]) -> st.SearchStrategy[PerformanceIndicator]:
    """Performance indicators, quantitative and qualitative."""
    return st.builds(
        lambda target, **fields: PerformanceIndicator(**target, **fields),
        target=QUANTITIES | QUALITIES,
        name=st.builds(str.__add__, PREFIXES, WORDS),
        level1=st.sampled_from(["产出指标", "成本指标", "效益指标", "满意度指标"]),
        level2=st.sampled_from(["数量指标", "质量指标", "可持续影响指标"]),
        weight=st.none() | st.integers(0, 100),
        direction=directions,
    )


OF_PROJECTS = indicators(st.none() | st.sampled_from(Direction))
OF_DEPARTMENTS = indicators(st.none())


@attrs.frozen
class _Row:
    name: str
    code: str = ""
    dims: dict[str, Any] = attrs.field(factory=dict)


@attrs.define
class _Maker:
    """Draws the facts of one budget, form by form."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    year: int
    department: Agency
    units: list[Agency]
    functions: list[Subject]
    economics: list[Subject]
    projects: dict[str, tuple[Agency, str]]

    def facts(self, layout: Layout) -> list[Fact]:
        """Facts at the cells of the form, a random half of which are blank."""
        if layout.sides:
            return [fact for side in layout.sides for fact in self._side(layout, side.columns)]
        rows = list(self._rows(layout))
        return [fact for row in rows for fact in self._cells(layout, layout.columns, row)]

    def _cells(self, layout: Layout, columns: tuple[Column, ...], row: _Row) -> Iterator[Fact]:
        amounts = [column for column in columns if column.role is None]
        shown = self.draw(st.lists(st.booleans(), min_size=len(amounts), max_size=len(amounts)))
        if not any(shown):
            shown = [True, *shown[1:]]
        for column, wanted in zip(amounts, shown):
            if wanted:
                yield self.fact(layout, row, dict(column.dims))

    def fact(self, layout: Layout, row: _Row, dims: dict[str, Any]) -> Fact:
        """A fact of *row* in the column with *dims*."""
        form = layout.form
        every = {**form.base, **({"side": form.side} if form.side else {}), **row.dims, **dims, "year": self.year}
        fiscal = every.get("item") == "fiscal"
        if every.get("side") == "revenue" and (every.get("fund") or fiscal):
            every.setdefault("origin", "current")
        if fiscal and every.get("fund"):
            del every["item"]
        amount = self.draw(AMOUNTS if row.name else UNNAMED)
        return Fact(amount, Unit.WAN, form.id, row.name, row.code, Coordinate(**every))

    def _rows(self, layout: Layout) -> Iterator[_Row]:
        form = layout.form
        yield _Row("合计")
        if layout.second_total and self.draw(st.booleans()):
            yield _Row("")
        agencies = [self.department] if form.id == "general" else self.units
        for agency in agencies:
            own = {"agency": agency.code}
            yield _Row(agency.name, dims=own)
            if form.rows == "project":
                yield from self._project_rows(agency)
            elif form.rows == "economic":
                yield from (_Row(s.name, s.code, {**own, "economic": s.code}) for s in self._some(self.economics))
            elif form.rows == "function" and form.side == "expenditure":
                yield from (_Row(s.name, s.code, {**own, "function": s.code}) for s in self._some(self.functions))

    def _some(self, found: list[Subject]) -> list[Subject]:
        kept: list[Subject] = self.draw(st.lists(st.sampled_from(found), unique=True, min_size=1, max_size=5))
        return kept

    def _project_rows(self, agency: Agency) -> Iterator[_Row]:
        mine: dict[str, list[str]] = {}
        for name, (owner, function) in self.projects.items():
            if owner == agency:
                mine.setdefault(function, []).append(name)
        for function, names in mine.items():
            own = {"agency": agency.code, "function": function}
            yield _Row(subjects(self.year)[function].name, dims=own)
            yield from (_Row(name, function, {**own, "project": name}) for name in names)

    def _side(self, layout: Layout, columns: tuple[Column, ...]) -> Iterator[Fact]:
        current, carried = {"origin": "current"}, {"origin": "carryover"}
        funds = {"一般公共预算拨款收入": "general", "政府性基金预算拨款收入": "government_fund"}
        if any(column.dims.get("side") == "revenue" for column in columns):
            rows = [_Row(name, dims={"fund": fund, **current}) for name, fund in funds.items()]
            if layout.form.id == "summary":
                rows += [_Row("附属单位上缴收入", dims={"fund": "affiliated", **current})]
                rows += [_Row("本年收入合计", dims=current), _Row("上年结转", dims=carried), _Row("收入总计")]
            else:
                rows = [_Row("本年收入", dims=current), *rows, _Row("上年结转", dims=carried)]
                rows += [_Row(name, dims={"fund": fund, **carried}) for name, fund in funds.items()]
        else:
            roots = {"201": "一般公共服务支出", "208": "社会保障和就业支出", "221": "住房保障支出"}
            rows = [_Row(name, dims={"function": code}) for code, name in roots.items()]
            if layout.form.id == "summary":
                rows += [_Row("本年支出合计"), _Row("结转下年", dims={"item": "carry_forward"})]
                rows += [_Row("支出总计", dims={"item": "grand_total"})]
            else:
                rows = [_Row("本年支出"), *rows]
        for row in rows:
            if self.draw(st.booleans()):
                yield from self._cells(layout, columns, row)

    def project_targets(self, layout: Layout) -> tuple[list[Fact], list[PrintedTarget]]:
        """The department's budget of projects, and a target for each project."""
        name = f"{self.department.code}-{self.department.name}"
        every = {"item": "target", "side": "expenditure"}
        facts = [self.fact(layout, _Row(name, dims={"agency": self.department.code}), every)]
        found = []
        for project, (agency, _) in self.projects.items():
            budget = None
            if self.draw(st.booleans()):
                row = _Row(project, dims={"agency": agency.code, "project": project})
                facts.append(self.fact(layout, row, every))
                budget = facts[-1].yuan
            target = PerformanceTarget(
                project=project,
                agency=agency.name,
                year=self.year,
                goal=self.draw(WORDS),
                budget=budget,
                indicators=self.draw(st.lists(OF_PROJECTS, min_size=1, max_size=4)),
            )
            found.append(PrintedTarget(layout.form.id, target, agency.code))
        return facts, found

    def overall_target(self, layout: Layout) -> tuple[list[Fact], list[PrintedTarget]]:
        """The department's own target."""
        name = f"{self.department.code}-{self.department.name}"
        tasks = self.draw(st.lists(st.tuples(WORDS, WORDS), max_size=3))
        target = PerformanceTarget(
            agency=self.department.name,
            year=self.year,
            goal=self.draw(WORDS),
            indicators=self.draw(st.lists(OF_DEPARTMENTS, min_size=1, max_size=5)),
            head=[("部门名称", name), *([("年度主要任务", "任务名称"), *tasks] if tasks else [])],
        )
        row = _Row("年度部门整体支出预算", dims={"agency": self.department.code})
        dims = {"item": "target.资金总额", "side": "expenditure"}
        return [self.fact(layout, row, dims)], [PrintedTarget(layout.form.id, target, self.department.code)]


@st.composite
def budgets(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Budget:
    """A budget of a department with one to three units, equal to what reading its sichuan forms gives."""
    year = draw(st.sampled_from([2023, 2024, 2025]))
    catalogue = subjects(year)
    code = str(draw(st.integers(101, 999)))
    names = draw(st.lists(WORDS, unique=True, min_size=2, max_size=4))
    department = Agency(code, f"{names[0]}局")
    units = [Agency(f"{code}{index:03}", f"{name}中心") for index, name in enumerate(names[1:], 1)]
    items = [subject for subject in catalogue.functions if subject.level is Level.ITEM]
    functions = draw(st.lists(st.sampled_from(items), unique=True, min_size=1, max_size=6))
    economics = [subject for subject in catalogue.economics if subject.code[0] == "3"]
    maker = _Maker(draw, year, department, units, functions, economics, {})
    for name in draw(st.lists(st.builds(str.__add__, PREFIXES, WORDS), unique=True, max_size=4)):
        maker.projects[name] = draw(st.sampled_from(units)), draw(st.sampled_from(functions)).code
    maker.projects = dict(sorted(maker.projects.items(), key=lambda one: (one[1][0].code, one[1][1])))
    chosen = draw(st.sets(st.sampled_from(OPTIONAL))) | set(ALWAYS) | draw(st.sets(st.sampled_from(TARGETS)))
    facts: list[Fact] = []
    targets: list[PrintedTarget] = []
    forms = []
    for form, layout in family_layout("sichuan").forms.items():
        if form not in chosen:
            continue
        found: tuple[list[Fact], list[PrintedTarget]] = [], []
        if form == "project_performance":
            found = maker.project_targets(layout)
        elif form == "overall_performance":
            found = maker.overall_target(layout)
        elif form not in {"capital", "fund_three_public"}:
            found = maker.facts(layout), []
        facts += found[0]
        targets += found[1]
        title = layout.title.format(year=year)
        forms.append(PrintedForm(form, title, Unit.WAN, empty=not any(found)))
    return Budget(
        facts=facts,
        projects=_projects(maker, chosen, targets),
        targets=targets,
        agency=department,
        agencies=[department, *units],
        year=year,
        family="sichuan",
        forms=forms,
    )


def _projects(maker: _Maker, chosen: set[str], targets: list[PrintedTarget]) -> list[Project]:
    by_name = {printed.target.project: printed.target for printed in targets}
    listed = "general_project" in chosen
    if not listed and "project_performance" not in chosen:
        return []
    return [
        Project(name, "", agency.code, function if listed else "", by_name.get(name))
        for name, (agency, function) in maker.projects.items()
    ]
