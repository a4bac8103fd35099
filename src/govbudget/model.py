"""The budget as facts at coordinates（预算事实与坐标）.

A published budget is a set of :class:`Fact`: amounts at a :class:`Coordinate` of the budget's own dimensions,
printed on forms. Nothing here knows where facts come from. All classes are immutable.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

import attrs

from govbudget.amounts import Unit
from govbudget.cells import NOWHERE, Place, Places
from govbudget.errors import ModelError
from govbudget.performance import PerformanceIndicator, PerformanceTarget

if TYPE_CHECKING:
    from os import PathLike

    import pandas
    import polars
    import pyarrow
    from plotly.graph_objects import Figure

    from govbudget.checks import Judged, Report, Rule, Suppression
    from govbudget.classification import Catalogue
    from govbudget.grids import Limits
    from govbudget.narrative import Narrative
    from govbudget.report.notebook import ShownForm

__all__ = [
    "Agency",
    "Budget",
    "Coordinate",
    "Fact",
    "Passage",
    "PrintedForm",
    "PrintedTarget",
    "Project",
    "Purchase",
    "Remark",
    "RemarkKind",
    "Unread",
]

SIDES = frozenset({"revenue", "expenditure"})
FUNDS = frozenset(
    {
        "general",
        "government_fund",
        "state_capital",
        "fiscal_account",
        "business",
        "operating",
        "superior",
        "affiliated",
        "other",
    }
)
NATURES = frozenset({"basic", "project", "operating", "to_superior", "to_affiliated"})
COSTS = frozenset({"personnel", "public"})
ORIGINS = frozenset({"current", "carryover", "reserve"})


@attrs.frozen
class Agency:
    """A department or one of its units（预算部门、预算单位）; the code is empty where none is printed."""

    code: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """What coordinates call this agency: the code, or the name where there is no code."""
        return self.code or self.name


def _one_of(allowed: frozenset[str]) -> Any:
    def check(_: object, attribute: attrs.Attribute[str | None], value: str | None) -> None:
        if value is not None and value not in allowed:
            options = "、".join(sorted(allowed))
            raise ModelError(f"{attribute.name} 只能是 {options}，不能是 {value!r} (not one of these)")

    return check


@attrs.frozen(repr=False, weakref_slot=False)
class Coordinate:
    """Where a fact stands in the budget（坐标）; a dimension is None where the form does not say, that is, for all.

    Attributes:
        year: budget year（预算年度）.
        agency: code (or name) of the unit（单位）; None for the department as a whole.
        side: ``revenue`` or ``expenditure``（收入、支出）.
        function: code of the function subject（功能分类科目）.
        economic: code of the economic subject（经济分类科目）.
        fund: one of ``general`` 一般公共预算, ``government_fund`` 政府性基金预算, ``state_capital`` 国有资本经营预算,
            ``fiscal_account`` 财政专户管理资金, ``business`` 事业收入, ``operating`` 事业单位经营收入, ``superior``
            上级补助收入, ``affiliated`` 附属单位上缴收入, ``other`` 其他收入.
        nature: ``basic`` 基本支出, ``project`` 项目支出, ``operating``, ``to_superior``, ``to_affiliated``.
        cost: ``personnel`` 人员经费 or ``public`` 公用经费.
        project: code (or name) of the project（项目）.
        origin: ``current`` 当年安排, ``carryover`` 上年结转 or ``reserve`` 用事业基金（非财政拨款结余）弥补.
        item: what else the form says, where no other dimension holds it (``three_public.vehicle``, ``unit_price``).
    """

    year: int | None = None
    agency: str | None = None
    side: str | None = attrs.field(default=None, validator=_one_of(SIDES))
    function: str | None = None
    economic: str | None = None
    fund: str | None = attrs.field(default=None, validator=_one_of(FUNDS))
    nature: str | None = attrs.field(default=None, validator=_one_of(NATURES))
    cost: str | None = attrs.field(default=None, validator=_one_of(COSTS))
    project: str | None = None
    origin: str | None = attrs.field(default=None, validator=_one_of(ORIGINS))
    item: str | None = None

    def __repr__(self) -> str:
        said = [(field.name, getattr(self, field.name)) for field in attrs.fields(Coordinate)]
        return f"Coordinate({', '.join(f'{name}={value!r}' for name, value in said if value is not None)})"


def _amount(_: object, __: attrs.Attribute[Decimal], value: Decimal) -> None:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ModelError(f"金额须为有限的 Decimal，不能是 {value!r} (the amount must be a finite Decimal)")


def _first_row(part: tuple[int, int, Any]) -> int:
    return part[0]


def _pairs(texts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((header, text) for header, text in texts)


def _unit(unit: str | Unit) -> Unit:
    return unit if isinstance(unit, Unit) else Unit.of(unit)


def _places(places: Iterable[Place]) -> Places:
    return Places.of(places)


@attrs.frozen(repr=False, weakref_slot=False)
class Fact:
    """One printed amount（一个预算数）.

    Attributes:
        amount: the figure as printed, in :attr:`unit`.
        unit: 元 or 万元.
        form: id of the form, such as ``general_basic``.
        name: the row's label, without outer numbering and blanks.
        code: the subject code printed on the row, else empty.
        column: the header path, joined by ``/``; it and the place do not take part in equality.
        coordinate: where the fact stands in the budget.
        place: the cell.
    """

    amount: Decimal = attrs.field(validator=_amount)
    unit: Unit = attrs.field(converter=_unit)
    form: str = ""
    name: str = ""
    code: str = ""
    coordinate: Coordinate = Coordinate()
    column: str = attrs.field(default="", eq=False)
    place: Place = attrs.field(default=NOWHERE, eq=False)

    @property
    def yuan(self) -> Decimal:
        """The amount in 元."""
        return self.amount * self.unit.factor

    def __repr__(self) -> str:
        subject = " ".join(filter(None, (self.code, self.name)))
        parts = (f"{self.amount:f} {self.unit.value}", subject, self.column, self.form, str(self.place))
        return f"<Fact {' · '.join(filter(None, parts))}>"


@attrs.frozen
class PrintedTarget:
    """A performance target（绩效目标表） as printed: the target, and the cell of each of its indicators."""

    form: str
    target: PerformanceTarget
    agency: str = ""
    place: Place = attrs.field(default=NOWHERE, eq=False)
    places: tuple[Place, ...] = attrs.field(default=(), eq=False)


@attrs.frozen(repr=False)
class Project:
    """A project（项目） of the budget, with its performance target where one is printed."""

    name: str
    code: str = ""
    agency: str = ""
    function: str = ""
    target: PerformanceTarget | None = None

    @property
    def key(self) -> str:
        """What coordinates call this project: the code, or the name where there is no code."""
        return self.code or self.name

    @property
    def indicators(self) -> tuple[PerformanceIndicator, ...]:
        """The performance indicators（绩效指标） of the project's target."""
        return self.target.indicators if self.target else ()

    def __repr__(self) -> str:
        return f"<Project {' '.join(filter(None, (self.code, self.name)))}: {len(self.indicators)} indicators>"

    def _repr_html_(self) -> str | None:
        return self.target._repr_html_() if self.target else None


@attrs.frozen
class Purchase:
    """A line of a procurement form（政府采购项目）: what is bought, for whom, and from which money.

    Its amounts are facts at the coordinate of its agency and its subjects, with the item ``procurement.purchase``.

    Attributes:
        texts: what the line says, each as (header, text) in the order of the columns, such as
            ``("政府采购品目", "[C03040000]人才服务")``.
        agency: code (or name) of the unit that buys.
        function: code of the function subject.
        economic: code of the economic subject.
        place: the first cell of the line.
    """

    texts: tuple[tuple[str, str], ...] = attrs.field(converter=_pairs)
    agency: str = ""
    function: str = ""
    economic: str = ""
    place: Place = attrs.field(default=NOWHERE, eq=False)


@attrs.frozen(repr=False)
class PrintedForm:
    """A form as it stands in the document（表）.

    Attributes:
        id: the form's id, such as ``three_public``.
        title: the title as printed.
        unit: 元 or 万元; None where the form does not say.
        unit_printed: whether the form itself names its unit.
        sheet: the sheet, page or (in a text) nothing.
        empty: whether the form is printed without a single amount and indicator.
        number: the table number as printed, such as ``表1-2``.
        note: the notes under the table, such as ``空表说明：此项无内容``.
        columns: the header paths of the amount columns, in order.
        meanings: what each of them says, as (dimension, member) pairs of a coordinate.
        first: the first row of the form, counted from 1.
        last: its last row.
        more: where it goes on, on other sheets or pages: (sheet, first row, last row).
        year: the year that the title names.
        furniture: the cells that are title, header, unit line, note or numbering.
        objects: the cells that became part of a fact's coordinate, an agency, a project or an indicator.
    """

    id: str
    title: str = ""
    unit: Unit | None = None
    unit_printed: bool = attrs.field(default=False, eq=False)
    sheet: str = attrs.field(default="", eq=False)
    empty: bool = False
    number: str = attrs.field(default="", eq=False)
    note: str = attrs.field(default="", eq=False)
    columns: tuple[str, ...] = attrs.field(default=(), eq=False)
    meanings: tuple[tuple[tuple[str, str], ...], ...] = attrs.field(default=(), eq=False)
    first: int = attrs.field(default=1, eq=False)
    last: int = attrs.field(default=1, eq=False)
    more: tuple[tuple[str, int, int], ...] = attrs.field(default=(), eq=False)
    year: int | None = attrs.field(default=None, eq=False)
    furniture: Places = attrs.field(factory=Places, eq=False, converter=_places)
    objects: Places = attrs.field(factory=Places, eq=False, converter=_places)

    def __repr__(self) -> str:
        unit = self.unit.value if self.unit else ""
        parts = (self.number, self.id, self.title, unit, "空表 empty" if self.empty else "")
        return f"<PrintedForm {' '.join(filter(None, parts))}>"


class RemarkKind(str, Enum):
    """What a reader noticed about a cell, a sheet or the file that is no fact（读取备注）."""

    ERROR_VALUE = "error_value"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    NUMBER_AS_TEXT = "number_as_text"
    HIDDEN_SHEET = "hidden_sheet"
    PLACEHOLDER = "placeholder"
    MACROS = "macros"
    EXTERNAL_LINK = "external_link"


@attrs.frozen
class Remark:
    """Something that the reader noticed and that a rule may speak of（读取备注）."""

    kind: RemarkKind
    place: Place
    text: str = ""
    form: str = ""


@attrs.frozen
class Unread:
    """A cell that was found and not understood（未识别内容）, kept as it stands."""

    place: Place
    text: str
    reason: str = ""
    form: str = ""


@attrs.frozen
class Passage:
    """A paragraph of the document's words（正文段落）, lines that only the page broke joined again.

    Attributes:
        text: the words as printed.
        lines: where each printed line begins in the text, and its place.
    """

    text: str
    lines: tuple[tuple[int, Place], ...] = attrs.field(default=((0, NOWHERE),), eq=False)

    @property
    def place(self) -> Place:
        """The place of the first line."""
        return self.lines[0][1]

    def at(self, offset: int) -> Place:
        """The place of the line that holds the character at *offset*."""
        return next((place for start, place in reversed(self.lines) if start <= offset), self.place)


def _tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(values)


@attrs.frozen(slots=False)
class Budget:
    """A department's budget（部门预算）: its facts, projects and targets, and the forms that print them.

    Attributes:
        facts: the amounts, in document order.
        projects: the projects.
        targets: the performance targets, of projects and of the department as a whole.
        purchases: the lines of a procurement form that lists what is bought.
        agency: the department; None where the document does not say.
        agencies: the department and its units, as far as they are named.
        year: the budget year.
        family: the family of forms, such as ``sichuan``.
        forms: the recognised forms in document order.
        unread: what was found and not understood, with its place.
        remarks: what the reader noticed about cells, for the rules.
        prose: the words outside the forms（正文）, paragraph by paragraph.
        source: the name of the document.
    """

    facts: tuple[Fact, ...] = attrs.field(default=(), converter=_tuple)
    projects: tuple[Project, ...] = attrs.field(default=(), converter=_tuple)
    targets: tuple[PrintedTarget, ...] = attrs.field(default=(), converter=_tuple)
    purchases: tuple[Purchase, ...] = attrs.field(default=(), converter=_tuple)
    agency: Agency | None = None
    agencies: tuple[Agency, ...] = attrs.field(default=(), converter=_tuple)
    year: int | None = None
    family: str | None = None
    forms: tuple[PrintedForm, ...] = attrs.field(default=(), converter=_tuple)
    unread: tuple[Unread, ...] = attrs.field(default=(), converter=_tuple, eq=False)
    remarks: tuple[Remark, ...] = attrs.field(default=(), converter=_tuple, eq=False)
    prose: tuple[Passage, ...] = attrs.field(default=(), converter=_tuple, eq=False, repr=False)
    source: str = attrs.field(default="", eq=False)

    def __repr__(self) -> str:
        agency = self.agency.name if self.agency else "?"
        return (
            f"<Budget {agency} {self.year or '?'} {self.family or '?'}: {len(self.forms)} forms, "
            f"{len(self.facts)} facts, {len(self.projects)} projects>"
        )

    def _repr_html_(self) -> str:
        from govbudget.report.notebook import budget_html

        return budget_html(self)

    def form(self, which: str) -> ShownForm:
        """A form with all that stands on it（按表样查看）; a notebook draws it as the document prints it.

        Args:
            which: the form's id, such as ``three_public``, or its table number or sheet; the first that fits.

        Raises:
            OptionError: the budget has no such form; the message lists the ids.
        """
        from govbudget.report.notebook import show_form

        return show_form(self, which)

    @cached_property
    def agency_names(self) -> dict[str, str]:
        """The name of each agency, by its key in coordinates."""
        return {agency.key: agency.name for agency in self.agencies}

    @cached_property
    def project_names(self) -> dict[str, Project]:
        """The projects by their key in coordinates."""
        return {project.key: project for project in self.projects}

    @cached_property
    def _forms_by_sheet(self) -> dict[tuple[str, str], list[tuple[int, int, PrintedForm]]]:
        found: dict[tuple[str, str], list[tuple[int, int, PrintedForm]]] = {}
        for form in self.forms:
            for sheet, first, last in ((form.sheet, form.first, form.last), *form.more):
                found.setdefault((form.id, sheet), []).append((first, last, form))
        for parts in found.values():
            parts.sort(key=_first_row)
        return found

    def forms_on(self, form: str, sheet: str) -> tuple[PrintedForm, ...]:
        """The printed forms of one kind that stand on a sheet, in the order of their rows."""
        return tuple(printed for _, _, printed in self._forms_by_sheet.get((form, sheet), ()))

    def form_of(self, fact: Fact) -> PrintedForm | None:
        """The printed form that a fact stands on; None for a fact that was not read from one."""
        return self.form_at(fact.form, fact.place)

    def form_at(self, form: str, place: Place) -> PrintedForm | None:
        """The printed form of one kind that a cell belongs to; None where there is none."""
        parts = self._forms_by_sheet.get((form, place.sheet))
        if parts is None:
            return None
        if len(parts) == 1:
            return parts[0][2]
        nearest = bisect_right(parts, place.row, key=_first_row) - 1
        return next((parts[at][2] for at in range(nearest, -1, -1) if place.row <= parts[at][1]), parts[0][2])

    def check(
        self,
        *,
        rules: Iterable[Rule] = (),
        select: str | Iterable[str] | None = None,
        ignore: str | Iterable[str] | None = None,
        suppressions: str | PathLike[str] | Iterable[Suppression] = (),
        catalogue: Catalogue | None = None,
        preview: bool = False,
    ) -> Report:
        """Check the budget against the rule book（校验）; never raises on a bad budget.

        Args:
            rules: rules of your own that run beside the library's.
            select: only rules whose codes begin so, such as ``SUM`` or ``["SUM", "PRF001"]``.
            ignore: no rules whose codes begin so.
            suppressions: findings to set aside, or the file that lists them.
            catalogue: the subjects to compare with, such as the official table of :func:`govbudget.load_subjects`; by
                default the packaged edition nearest to the budget's year.
            preview: rules on trial（试行） too; without it they run only where *select* names the whole code.

        Raises:
            RuleError: no rule begins so, or two rules have one code.
            ReadError: the suppressions cannot be read.
        """
        from govbudget.checks import check

        return check(
            self,
            rules=rules,
            select=select,
            ignore=ignore,
            suppressions=suppressions,
            catalogue=catalogue,
            preview=preview,
        )

    def write(self, target: str | PathLike[str] | IO[bytes], *, family: str | None = None) -> None:
        """Write the budget as a workbook on the forms of *family*（写出）, by default those it was read from.

        On another family's forms the totals that those print are derived; :func:`govbudget.convert` tells which, and
        what finds no cell.

        Raises:
            FamilyError: nobody declared that family.
            WriteError: the target cannot be written; what stood there before is untouched.
        """
        if family is not None and self.family is not None and family != self.family:
            from govbudget.conversion import convert

            convert(self, family).write(target)
        else:
            from govbudget.writing import write

            write(self, target, family=family)

    def to_pandas(self, what: str = "facts", *, names: str = "plain") -> pandas.DataFrame:
        """The facts, the indicators or the findings as a pandas frame（转为 pandas 表）, a row each.

        Columns are those of ``govbudget facts`` and ``govbudget indicators``, and ``origin`` and ``item`` beside them.
        Amounts are exact Decimals, ``yuan`` in 元; dimensions are categories; what the form does not say is missing.

        Args:
            what: ``facts`` 预算数, ``indicators`` 绩效指标, or ``findings`` 校验发现 of :meth:`check` with all rules.
            names: ``standard`` names the columns as the elements of the national data standard
                （预算管理一体化数据元）: EXP_FUNC_CODE, PRO_CODE, AMOUNT (in 元) …

        Raises:
            OptionError: *what* or *names* is none of these.
            MissingExtraError: pandas is not installed.
        """
        from govbudget.interop.frames import to_pandas
        from govbudget.interop.records import budget_records

        return to_pandas(budget_records(self, what, names))

    def to_polars(self, what: str = "facts", *, names: str = "plain") -> polars.DataFrame:
        """The facts, the indicators or the findings as a polars frame（转为 polars 表）; see :meth:`to_pandas`.

        Raises:
            OptionError: *what* or *names* is none of those.
            MissingExtraError: polars is not installed.
            AmountError: the figures of one column need more than 38 digits.
        """
        from govbudget.interop.frames import to_polars
        from govbudget.interop.records import budget_records

        return to_polars(budget_records(self, what, names))

    def to_arrow(self, what: str = "facts", *, names: str = "plain") -> pyarrow.Table:
        """The facts, the indicators or the findings as an Arrow table（转为 Arrow 表）; see :meth:`to_pandas`.

        Raises:
            OptionError: *what* or *names* is none of those.
            MissingExtraError: pyarrow is not installed.
            AmountError: the figures of one column need more than 38 digits.
        """
        from govbudget.interop.frames import to_arrow
        from govbudget.interop.records import budget_records

        return to_arrow(budget_records(self, what, names))

    def plot(self, kind: str = "treemap") -> Figure:
        """The budget as a plotly figure（预算图）, figures in 万元.

        Args:
            kind: ``treemap`` or ``sunburst`` of expenditure by function（功能分类）, ``sankey`` from revenue over
                funds to classes（资金流向）, ``performance`` for indicators by level（绩效指标）.

        Raises:
            OptionError: there is no such plot, or the budget does not print what it shows.
            MissingExtraError: plotly is not installed.
        """
        from govbudget.interop.plots import plot

        return plot(self, kind)

    def claims(self) -> tuple[Judged, ...]:
        """Every figure of the prose, what it is of, and whether the forms bear it out（正文陈述及核对）."""
        from govbudget.checks import judged_claims

        return judged_claims(self)

    def narrative(self, family: str | None = None, prior: Budget | None = None) -> Narrative:
        """The standard 部门预算情况说明 of the budget（编写情况说明）: each figure from a fact, reasons left as 【…】.

        Args:
            family: whose outline to follow; by default that of the budget's own family.
            prior: last year's budget, for the changes.

        Raises:
            FamilyError: nobody declared that family.
        """
        from govbudget.narrative import write_narrative

        return write_narrative(self, family=family, prior=prior)

    def with_narrative(
        self, source: str | PathLike[str] | bytes | IO[bytes], *, limits: Limits | None = None
    ) -> Budget:
        """The budget with the prose of another document（附上情况说明）, such as the .docx that goes with a workbook.

        Args:
            source: a path, the bytes of a file or a text, or a binary file; .docx needs the extra ``docx``.
            limits: what the document may cost to read; left out, the defaults of :class:`govbudget.grids.Limits`.

        Raises:
            ReadError: the document cannot be read.
        """
        from govbudget.reading import read_prose

        return attrs.evolve(self, prose=read_prose(source, limits))
