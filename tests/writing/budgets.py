"""A Hypothesis strategy for budgets as a family's forms print them: several agencies, random subjects and amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

from govbudget.amounts import find_unit
from govbudget.classification import Level, Subject, subjects
from govbudget.forms import Column, label
from govbudget.model import Agency, Budget, Coordinate, Fact, PrintedForm, PrintedTarget, Project
from govbudget.performance import Direction, Operator, PerformanceIndicator, PerformanceTarget
from govbudget.writing.cells import cell_coordinate
from govbudget.writing.context import Context
from govbudget.writing.layout import Layout, Side, family_layout
from govbudget.writing.sides import labels_of
from govbudget.writing.tables import row_dimensions

__all__ = ["budgets"]

WORDS = st.text("城乡民生热线综合保障环境监测档案培训宣传调研巡查平台系统馆站所东南西北", min_size=2, max_size=8)
AMOUNTS = st.integers(0, 3).flatmap(lambda places: st.decimals(0, 10**7, places=places))
# A row without a name whose amounts are 1, 2, 3 … would be a row of column numbers.
UNNAMED = st.integers(0, 3).flatmap(lambda places: st.decimals(100, 10**7, places=places))
PREFIXES = st.sampled_from(["", "", "=", "+", "-", "@", "专项业务类-", "《", "12345"])
# The forms that name the agencies and tell the family; those that are printed empty; the targets that are drawn.
ALWAYS = {
    "sichuan": ("expenditure", "general", "fund_three_public", "capital"),
    "chongqing": ("general_basic", "three_public", "summary"),
    "hubei": ("revenue", "fund"),
    "shanghai": ("expenditure", "capital"),
}
EMPTY = ("fund_three_public", "capital")
TARGETS = {
    "sichuan": ("project_performance", "overall_performance"),
    "chongqing": ("project_performance",),
    "hubei": ("project_performance",),
    "shanghai": ("project_performance",),
}
# Classes of items of Hubei's list of projects: their codes and what they say.
CLASSES: dict[str, dict[str, str]] = {
    "1101": {"item": "class.11.01", "nature": "basic", "cost": "personnel"},
    "21": {"item": "class.21", "nature": "basic", "cost": "public"},
    "22": {"item": "class.22", "nature": "project"},
}
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


def indicators(
    directions: st.SearchStrategy[Direction | None], targets: st.SearchStrategy[dict[str, Any]] = QUANTITIES | QUALITIES
) -> st.SearchStrategy[PerformanceIndicator]:
    """Performance indicators, quantitative and qualitative."""
    return st.builds(
        lambda target, **fields: PerformanceIndicator(**target, **fields),
        target=targets,
        name=st.builds(str.__add__, PREFIXES, WORDS),
        level1=st.sampled_from(["产出指标", "成本指标", "效益指标", "满意度指标"]),
        level2=st.sampled_from(["数量指标", "质量指标", "可持续影响指标"]),
        weight=st.none() | st.integers(0, 100),
        direction=directions,
    )


OF_PROJECTS = indicators(st.none() | st.sampled_from(Direction))
OF_DEPARTMENTS = indicators(st.none())
OF_SINGLES = {
    "chongqing": st.builds(attrs.evolve, OF_DEPARTMENTS, core=st.booleans()),
    "hubei": st.builds(attrs.evolve, OF_DEPARTMENTS, weight=st.none()),
    "shanghai": st.builds(attrs.evolve, indicators(st.none(), QUANTITIES), weight=st.none()),
}
# What the forms of a project ask for: texts, money, and which of the money is the year's budget.
HEADS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "chongqing": (
        ("业务主管部门", "项目分类", "项目概述", "立项依据"),
        ("当年预算(万元)", "本级安排(万元)"),
        "当年预算(万元)",
    ),
    "hubei": (("中期绩效目标",), (), ""),
    "shanghai": (("计划开始日期", "计划完成日期"), ("项目资金总额", "年度资金申请总额"), "年度资金申请总额"),
}


@attrs.frozen
class _Row:
    name: str
    code: str = ""
    dims: dict[str, Any] = attrs.field(factory=dict)


@attrs.define
class _Maker:
    """Draws the facts of one budget, form by form."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    family: str
    year: int
    department: Agency
    units: list[Agency]
    functions: list[Subject]
    economics: list[Subject]
    projects: dict[str, tuple[Agency, str, str]]

    def facts(self, layout: Layout) -> list[Fact]:
        """Facts at the cells of the form, a random half of which are blank."""
        if layout.sides:
            return [fact for side in layout.sides for fact in self._side(layout, side)]
        rows = list(self._rows(layout))
        return [fact for row in rows for fact in self._cells(layout, layout.columns, row)]

    def _cells(self, layout: Layout, columns: tuple[Column, ...], row: _Row) -> Iterator[Fact]:
        amounts = [column for column in columns if column.role is None]
        shown = self.draw(st.lists(st.booleans(), min_size=len(amounts), max_size=len(amounts)))
        if not any(shown):
            shown = [True, *shown[1:]]
        for column, wanted in zip(amounts, shown):
            if wanted:
                yield self.fact(layout, row, column)

    def fact(self, layout: Layout, row: _Row, column: Column) -> Fact:
        """A fact of *row* in a column."""
        coordinate = cell_coordinate(layout.form, row.dims, column, self.year)
        unit = (find_unit(column.text) if "元" in column.text else None) or layout.unit
        amount = self.draw(AMOUNTS if row.name else UNNAMED)
        return Fact(amount, unit, layout.form.id, row.name, row.code, coordinate)

    def _rows(self, layout: Layout) -> Iterator[_Row]:
        """The rows of a table, the total where the family prints it."""
        total = _Row("合计" if layout.roles & {"name", "agency", "project"} else "")
        if layout.form.id == "projects" and "project_code" in layout.roles:
            total = _Row("")
        if not layout.total_last:
            yield total
            if layout.second_total and self.draw(st.booleans()):
                yield _Row("")
        if layout.form.rows == "purchase":
            yield from (_Row(one.name, dims={"agency": one.code}) for one in (self.department, *self.units))
        else:
            yield from self._body(layout)
        if layout.total_last:
            yield total

    def _body(self, layout: Layout) -> Iterator[_Row]:
        for agency in self._agencies(layout):
            own = {"agency": agency.code} if agency else {}
            if agency is not None and not ({"project", "index"} <= layout.roles):
                yield _Row(agency.name, dims=own)
            if layout.form.rows == "project" and agency is not None:
                yield from self._project_rows(layout, agency)
            elif layout.form.rows == "economic":
                yield from self._subject_rows(self.economics, own, "economic")
            elif layout.form.rows == "function" and layout.roles & {"code", "class"}:
                yield from self._subject_rows(self._with_levels(layout), own, "function")

    def _agencies(self, layout: Layout) -> list[Agency | None]:
        if "agency" not in row_dimensions(layout):
            return [None]
        if self.family == "sichuan":
            return [self.department] if layout.form.id == "general" else [*self.units]
        return [*self.units] if layout.form.id == "projects" else [self.department, *self.units]

    def _with_levels(self, layout: Layout) -> list[Subject]:
        if layout.levels:
            return self.functions
        catalogue = subjects(self.year)
        codes = sorted({one.code[:size] for one in self.functions for size in (3, 5, 7)})
        return [catalogue[code] for code in codes]

    def _subject_rows(self, found: list[Subject], own: dict[str, str], dimension: str) -> Iterator[_Row]:
        kept: list[Subject] = self.draw(st.lists(st.sampled_from(found), unique=True, min_size=1, max_size=5))
        yield from (_Row(one.name, one.code, {**own, dimension: one.code}) for one in kept)

    def _project_rows(self, layout: Layout, agency: Agency) -> Iterator[_Row]:
        mine: dict[str, list[tuple[str, str]]] = {}
        for name, (owner, function, code) in self.projects.items():
            if owner == agency:
                mine.setdefault(function, []).append((name, code))
        own = {"agency": agency.code}
        if self.family == "hubei":
            for code, said in CLASSES.items():
                yield _Row(f"{code}类", dims={**own, **said})
                here = [one for found in mine.values() for one in found if self._class_of(one[0]) == code]
                yield from (_Row(name, dims={**own, **said, "project": project}) for name, project in here)
            return
        for function, names in mine.items():
            if "index" not in layout.roles:
                yield _Row(subjects(self.year)[function].name, dims={**own, "function": function})
            yield from (
                _Row(name, function, {**own, "function": function, "project": code or name}) for name, code in names
            )

    def _class_of(self, name: str) -> str:
        return list(CLASSES)[list(self.projects).index(name) % len(CLASSES)]

    def _side(self, layout: Layout, side: Side) -> Iterator[Fact]:
        """Facts of some labels of a side, and of one that the family does not print."""
        context = Context(Budget(year=self.year), family_layout(self.family, self.year))
        labels = [one for one in labels_of(context, side, layout) if one.text]
        rows = [(_Row(label(one.text), dims=dict(one.dims)), one.foot) for one in labels]
        is_revenue = any(column.dims.get("side") == "revenue" for column in side.columns)
        if layout.form.id == "summary" and is_revenue and not any(row.name == "附属单位上缴收入" for row, _ in rows):
            more = _Row("附属单位上缴收入", dims={"fund": "affiliated", "origin": "current"})
            rows.insert(sum(not foot for _, foot in rows), (more, False))
        for row, _ in rows:
            if self.draw(st.booleans()):
                yield from self._cells(layout, side.columns, row)

    def money(self, layout: Layout, row: _Row, item: str) -> Fact:
        """Money of a performance form."""
        coordinate = Coordinate(self.year, side="expenditure", item=item, **row.dims)
        return Fact(self.draw(AMOUNTS), layout.unit, layout.form.id, row.name, coordinate=coordinate)

    def project_targets(self, layout: Layout) -> tuple[list[Fact], list[PrintedTarget]]:
        """The department's budget of projects, and a target for each project."""
        name = f"{self.department.code}-{self.department.name}"
        facts = [self.money(layout, _Row(name, dims={"agency": self.department.code}), "target")]
        found = []
        for project, (agency, _, _) in self.projects.items():
            budget = None
            if self.draw(st.booleans()):
                row = _Row(project, dims={"agency": agency.code, "project": project})
                facts.append(self.money(layout, row, "target"))
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
        printed = PrintedTarget(layout.form.id, target, self.department.code)
        return [self.money(layout, row, "target.资金总额")], [printed]

    def single_targets(self, layout: Layout) -> tuple[list[Fact], list[PrintedTarget]]:
        """A target for each project, on a form of its own or in a table of its own."""
        said, money, year_budget = HEADS[self.family]
        facts: list[Fact] = []
        found = []
        for name, (_, _, code) in self.projects.items():
            key = code if self.family == "chongqing" else ""
            row = _Row(name, dims={"project": key or name})
            asked = self.draw(st.sampled_from([(), (year_budget,) if year_budget else (), money]))
            own = [self.money(layout, row, f"target.{item}") for item in asked]
            facts += own
            budget = [one.yuan for one in own if one.coordinate.item == f"target.{year_budget}"]
            target = PerformanceTarget(
                project=name,
                project_code=key,
                year=self.year,
                goal=self.draw(WORDS),
                budget=budget[0] if budget else None,
                execution_weight=self.draw(st.none() | st.integers(1, 100)) if self.family == "chongqing" else None,
                indicators=self.draw(st.lists(OF_SINGLES[self.family], min_size=1, max_size=3)),
                head=[(title, self.draw(WORDS)) for title in said if self.draw(st.booleans())],
            )
            found.append(PrintedTarget(layout.form.id, target))
        return facts, found


@st.composite
def budgets(draw: Callable[[st.SearchStrategy[Any]], Any], family: str = "sichuan") -> Budget:
    """A budget of a department with one to three units, equal to what reading its forms of *family* gives."""
    year = draw(st.sampled_from([2023, 2024, 2025]))
    catalogue = subjects(year)
    coded = family != "shanghai"
    code = str(draw(st.integers(101, 999))) if coded else ""
    names = draw(st.lists(WORDS, unique=True, min_size=2, max_size=4))
    department = Agency(code, f"某市{names[0]}局")
    units = [Agency(f"{code}{index:03}", f"{name}中心") for index, name in enumerate(names[1:], 1)] if coded else []
    items = [subject for subject in catalogue.functions if subject.level is Level.ITEM]
    functions = draw(st.lists(st.sampled_from(items), unique=True, min_size=1, max_size=6))
    economics = [subject for subject in catalogue.economics if subject.code[0] == "3"]
    maker = _Maker(draw, family, year, department, units, functions, economics, {})
    for index, name in enumerate(draw(st.lists(st.builds(str.__add__, PREFIXES, WORDS), unique=True, max_size=4))):
        owner = draw(st.sampled_from(units)) if units else department
        project = f"5001{code}24T{index:08}" if family in {"chongqing", "hubei"} else ""
        maker.projects[name] = owner, draw(st.sampled_from(functions)).code, project
    maker.projects = dict(sorted(maker.projects.items(), key=lambda one: (one[1][0].code, one[1][1])))
    layouts = family_layout(family, year).forms
    amounts = [form for form, layout in layouts.items() if layout.form.kind != "targets" and form not in EMPTY]
    chosen = draw(st.sets(st.sampled_from(amounts))) | set(ALWAYS[family])
    chosen |= draw(st.sets(st.sampled_from(TARGETS[family])))
    facts: list[Fact] = []
    targets: list[PrintedTarget] = []
    forms = []
    for form, layout in layouts.items():
        if form not in chosen:
            continue
        found: tuple[list[Fact], list[PrintedTarget]] = [], []
        if form == "project_performance":
            found = maker.project_targets(layout) if family == "sichuan" else maker.single_targets(layout)
        elif form == "overall_performance":
            found = maker.overall_target(layout)
        elif form not in EMPTY:
            found = maker.facts(layout), []
        facts += found[0]
        targets += found[1]
        unit = layout.unit if layout.unit_line else None
        alone = form == "project_performance" and family != "sichuan"
        for index in range(max(1, len(found[1])) if alone else 1):
            title = layout.title.format(year=year, agency=department.name, index=index + 1)
            forms.append(PrintedForm(form, title, unit, empty=not any(found)))
    return Budget(
        facts=facts,
        projects=_projects(maker, chosen, targets),
        targets=targets,
        agency=department,
        agencies=[department, *units],
        year=year,
        family=family,
        forms=forms,
    )


def _projects(maker: _Maker, chosen: set[str], targets: list[PrintedTarget]) -> list[Project]:
    by_name = {printed.target.project: printed.target for printed in targets}
    listed = chosen & {"general_project", "projects"}
    if not listed and "project_performance" not in chosen:
        return []
    found = []
    for name, (agency, function, code) in maker.projects.items():
        owner = agency.code if listed or maker.family == "sichuan" else ""
        coded = code if listed or maker.family == "chongqing" else ""
        told = function if listed and maker.family != "hubei" else ""
        found.append(Project(name, coded, owner, told, by_name.get(name)))
    if listed and maker.family == "hubei":
        order = {code: index for index, code in enumerate(CLASSES)}
        found.sort(key=lambda one: (one.agency, order[maker._class_of(one.name)]))
    return found
