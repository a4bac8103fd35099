"""Subjects of the classification（科目）: frozen values that know their catalogue when they come from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import field, frozen

from .codes import Kind, Level, bare_code, kind_of, level_of
from .names import same_name
from .show import subject_html

if TYPE_CHECKING:
    from .catalogue import Catalogue, Counterpart
    from .tables import Naming

__all__ = ["EconomicSubject", "FunctionSubject", "RevenueSubject", "Status", "Subject"]

Status = Literal["sighted", "standard", "unsure"]


@frozen(repr=False)
class Subject:
    """A subject of 《政府收支分类科目》（科目）: a code and its name.

    Made by hand it knows what the code tells. Taken from a catalogue it also knows its place, its evidence and its
    history. Two subjects are equal when class, code and name are.

    Raises:
        CodeError: a code that can never belong to the classification.
    """

    code: str
    name: str = ""
    _catalogue: Catalogue | None = field(default=None, init=False, eq=False, repr=False)

    _first_digits: ClassVar[str] = "1235"

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "code", bare_code(self.code, self._first_digits))

    @property
    def kind(self) -> Kind:
        """The classification（分类）: revenue, function, department_economic or government_economic."""
        return kind_of(self.code)

    @property
    def level(self) -> Level:
        """类, 款, 项 or 目（级次）."""
        return level_of(self.code)

    @property
    def year(self) -> int | None:
        """The edition it was taken from（年版）, None for a subject made by hand."""
        return self._catalogue.year if self._catalogue is not None else None

    @property
    def parent(self) -> Subject | None:
        """The subject above（上级科目）: 款 above 项, 类 above 款; None for a 类."""
        if len(self.code) == 3:
            return None
        above = self._catalogue.get(self.code[:-2]) if self._catalogue is not None else None
        return above if above is not None else type(self)(self.code[:-2])

    @property
    def ancestors(self) -> tuple[Subject, ...]:
        """All subjects above, the 类 first（各级上级科目）."""
        above = self.parent
        return () if above is None else (*above.ancestors, above)

    @property
    def children(self) -> tuple[Subject, ...]:
        """The subjects directly below, in code order（下级科目）; none for a subject made by hand."""
        return self._catalogue.children(self.code) if self._catalogue is not None else ()

    @property
    def descendants(self) -> tuple[Subject, ...]:
        """All subjects below, in code order（全部下级科目）."""
        return self._catalogue.descendants(self.code) if self._catalogue is not None else ()

    @property
    def path(self) -> str:
        """Where it stands, in words（科目路径）: 一般公共服务支出 / 财政事务 / 行政运行."""
        return " / ".join(subject.name or subject.code for subject in (*self.ancestors, self))

    @property
    def funds(self) -> tuple[str, ...]:
        """The budgets that print it（所属预算）: general, government_fund, state_capital, social_insurance."""
        return self._catalogue._funds(self.code) if self._catalogue is not None else ()

    @property
    def fund(self) -> str | None:
        """The first of `funds`; None for economic subjects, which serve every budget, and where nobody knows."""
        return next(iter(self.funds), None)

    @property
    def seen(self) -> tuple[int, ...]:
        """The years of published documents that show this code with this name（见于哪些年份的公开文件）."""
        return self._catalogue._seen(self.code) if self._catalogue is not None else ()

    @property
    def status(self) -> Status:
        """How well it is known（依据）: ``sighted``, ``standard`` or ``unsure``.

        ``sighted``: a published document shows this code with this name (`seen` says of which years). ``standard``:
        compiled from the written classification, no document seen. ``unsure``: the entry, or that it stands in this
        very edition, is not certain; never call a document wrong because of it.
        """
        return self._catalogue._status(self.code) if self._catalogue is not None else "unsure"

    @property
    def source(self) -> str:
        """The notice or the table the entry follows, where one is named（文号或来源）."""
        return self._catalogue._source(self.code) if self._catalogue is not None else ""

    @property
    def history(self) -> tuple[Naming, ...]:
        """Every name of the code, from old to new（名称沿革）."""
        return self._catalogue._history(self.code) if self._catalogue is not None else ()

    @property
    def former_names(self) -> tuple[str, ...]:
        """The names before the present one, from old to new（曾用名）."""
        return self._catalogue._former(self.code) if self._catalogue is not None else ()

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other wordings that published documents print（其他写法）; not names of the classification."""
        return self._catalogue._aliases(self.code) if self._catalogue is not None else ()

    @property
    def came_from(self) -> tuple[str, ...]:
        """Codes that this one took over（由何科目转来）."""
        return self._catalogue._moves(self.code)[0] if self._catalogue is not None else ()

    @property
    def went_to(self) -> tuple[str, ...]:
        """Codes that took this one over（并入何科目）."""
        return self._catalogue._moves(self.code)[1] if self._catalogue is not None else ()

    @property
    def counterparts(self) -> tuple[Counterpart, ...]:
        """The economic subjects on the other side of the crosswalk（部门与政府经济分类对照）."""
        return self._catalogue.crosswalk(self.code) if self._catalogue is not None else ()

    def goes_by(self, name: str) -> bool:
        """Whether a printed name means this subject: its name, a former one or an alias, judged by `same_name`."""
        return any(same_name(name, known) for known in (self.name, *self.former_names, *self.aliases))

    def __str__(self) -> str:
        return f"{self.code} {self.name}".rstrip()

    def __repr__(self) -> str:
        name = f", {self.name!r}" if self.name else ""
        return f"{type(self).__name__}({self.code!r}{name})"

    def _repr_html_(self) -> str:
        return subject_html(self)

    def _in(self, catalogue: Catalogue) -> Subject:
        object.__setattr__(self, "_catalogue", catalogue)
        return self


@frozen(repr=False)
class FunctionSubject(Subject):
    """A subject of the functional classification of expenditure（支出功能分类科目）: 类 201, 款 20103, 项 2010301.

    Source: 财政部《政府收支分类科目》 of the year.
    """

    _first_digits: ClassVar[str] = "2"


@frozen(repr=False)
class EconomicSubject(Subject):
    """A subject of the economic classification of expenditure（支出经济分类科目）: 类 301, 款 30101.

    部门预算支出经济分类 begins with 3, 政府预算支出经济分类 with 5.
    Source: 财预〔2017〕98号 and 财政部《政府收支分类科目》 of the year.
    """

    _first_digits: ClassVar[str] = "35"


@frozen(repr=False)
class RevenueSubject(Subject):
    """A subject of the classification of revenue（收入分类科目）: 类 103, 款 10304, 项 1030401, 目 103040101.

    Source: 财政部《政府收支分类科目》 of the year.
    """

    _first_digits: ClassVar[str] = "1"


CLASSES: dict[str, type[Subject]] = {
    "1": RevenueSubject,
    "2": FunctionSubject,
    "3": EconomicSubject,
    "5": EconomicSubject,
}
