"""Budgets on which every law holds（平衡的预算）, on the forms of any family."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from govbudget.amounts import Unit
from govbudget.classification import subjects
from govbudget.forms import vocabulary
from govbudget.forms.families import families
from govbudget.model import Agency, Budget, Project
from govbudget.strategies.performance import targets
from govbudget.strategies.press import press
from govbudget.strategies.truth import Line, Truth
from govbudget.strategies.values import YEAR, agencies, amounts, economic_codes, function_codes
from govbudget.writing.labels import expenditure_labels
from govbudget.writing.layout import FamilyLayout, family_layout

__all__ = ["balanced_budgets", "projects", "truths"]

NAMES = ("数据汇聚", "平台运维", "窗口服务", "档案整理", "业务培训", "设备更新", "宣传推广", "安全测评")
KINDS = (
    "kind.own.personnel",
    "kind.own.ordinary",
    "kind.own.livelihood",
    "kind.superior.advance",
    "kind.superior.municipal",
)
GROUPS = {"personnel": "class.11.01", "public": "class.21.01", "": "class.22"}


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Projects（项目） of a unit under a function subject, with or without a code, with or without a target."""
    number = draw(st.integers(1, 99))
    name = _name(draw, number)
    target = draw(st.none() | targets(name))
    unit = draw(agencies())[-1]
    return Project(name, draw(st.sampled_from(("", _code(number)))), unit.code, draw(function_codes()), target)


def _name(draw: st.DrawFn, number: int) -> str:
    return f"{draw(st.sampled_from(NAMES))}{number}期"


def _code(number: int) -> str:
    return f"50015224T{number:09d}"


@st.composite
def balanced_budgets(
    draw: st.DrawFn, family: str | None = None, decimals: int | None = None, unit: Unit | None = None
) -> Budget:
    """Budgets whose forms add up and agree（平衡的预算）.

    They have every form of amounts that the family prints, procurement empty; one to three units; money of the general
    public budget, often of other funds, sometimes carried over from last year. Every fact stands at a place of its own.

    Args:
        family: the family of forms; any where None.
        decimals: the decimals of amounts in 万元, 0 to 4 where None; amounts in 元 have two at most.
        unit: the unit of every form; the family's own where None.

    Raises:
        FamilyError: nobody declared that family.
    """
    chosen = family if family is not None else draw(st.sampled_from(sorted(families())))
    scale = draw(st.integers(0, 4)) if decimals is None else decimals
    truth, found = draw(truths(chosen))
    return press(truth, chosen, scale, found, unit=unit, carried=draw(st.booleans()))


@st.composite
def truths(draw: st.DrawFn, family: str) -> tuple[Truth, tuple[Project, ...]]:
    """The true figures behind a budget, and its projects（真值与项目）, as far as a family's forms can print them."""
    department, *units = draw(agencies())
    maker = _Maker(draw, family_layout(family, YEAR), department)
    for agency in units:
        maker.money_of(agency)
    return Truth(department, tuple(units), tuple(maker.lines)), tuple(maker.projects)


@attrs.define
class _Maker:
    """Draws the lines of money that a family's forms can print."""

    draw: st.DrawFn
    layout: FamilyLayout
    department: Agency
    lines: list[Line] = attrs.field(factory=list)
    projects: list[Project] = attrs.field(factory=list)

    def money_of(self, unit: Agency) -> None:
        """The money of one unit."""
        for function in self._functions("general"):
            for economic in self._some(economic_codes()):
                self._basic(unit, function, economic)
            for _ in range(self.draw(st.integers(0, 2))):
                self._project(unit, function, "general", self._origin())
        for fund in self._some(st.sampled_from(self._other_funds()), least=0):
            fiscal = fund in {"government_fund", "state_capital"}
            for function in self._functions(fund if fiscal else "general", most=1):
                self._project(unit, function, fund, "current")

    def _some(self, strategy: st.SearchStrategy[str], least: int = 1, most: int = 3) -> list[str]:
        return self.draw(st.lists(strategy, min_size=least, max_size=most, unique=True))

    def _functions(self, fund: str, most: int = 3) -> list[str]:
        return self._some(function_codes(fund, _classes(self.layout)), most=most)

    def _other_funds(self) -> list[str]:
        """The funds beside the general public budget that the family's form of revenue has a column for."""
        found = {str(column.dims.get("fund", "")) for column in self.layout.forms["revenue"].columns}
        fiscal = {"fund": "government_fund", "capital": "state_capital"}
        unprinted = {fund for form, fund in fiscal.items() if form not in self.layout.forms}
        return sorted(found - {"", "general", *unprinted})

    def _origin(self) -> str:
        """Where money may be carried over: on families whose summary has a line for it."""
        lines = [text for side in self.layout.forms["summary"].sides for text in (*side.rows, *side.foot)]
        options = ["current", "carryover"] if any("上年结转" in text for text in lines) else ["current"]
        return self.draw(st.sampled_from(options))

    def _basic(self, unit: Agency, function: str, economic: str) -> None:
        line = Line(unit.code, function, economic, "basic", "general", self.draw(amounts()))
        self._add(line, subjects(YEAR)[economic].name if self._lists_basic else "")

    def _project(self, unit: Agency, function: str, fund: str, origin: str) -> None:
        economic = self.draw(economic_codes(("302", "310")))
        kind = "kind.superior.carryover" if origin == "carryover" else self.draw(st.sampled_from(KINDS))
        name = _name(self.draw, len(self.projects) + 1)
        amount = self.draw(amounts())
        self._add(Line(unit.code, function, economic, "project", fund, amount, origin, kind=kind), name)

    @property
    def _lists_basic(self) -> bool:
        """Whether the list of projects holds the items of basic expenditure too."""
        listed = self.layout.forms.get("projects")
        return listed is not None and "project_code" in listed.roles

    def _add(self, line: Line, name: str) -> None:
        coded = "projects" in self.layout.forms
        if name:
            code = _code(len(self.projects) + 1) if coded else ""
            self.projects.append(Project(name, code, line.agency, line.function))
            line = attrs.evolve(line, project=code or name)
        self.lines.append(attrs.evolve(line, group=GROUPS[line.cost]))


def _classes(layout: FamilyLayout) -> frozenset[str]:
    """The 类 that every summary of the family has a line for."""
    found: list[set[str]] = []
    for form in layout.forms.values():
        for side in form.sides if form.form.rows == "function" else ():
            if any(column.dims.get("side") == "revenue" for column in side.columns):
                continue
            meant = expenditure_labels([*side.rows, *side.foot], vocabulary(), subjects(YEAR))
            codes = {str(dims["function"]) for dims, _ in meant if "function" in dims}
            found.append(codes)
    return frozenset(set.intersection(*found))
