"""What a check says（校验结果）: findings, outcomes and the report. A bad budget is never an exception."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from os import PathLike
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

import attrs

from govbudget.cells import NOWHERE, Place
from govbudget.forms import vocabulary
from govbudget.model import Budget

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from govbudget.checks.suppressions import Suppressed, Suppression

__all__ = ["Finding", "Message", "Outcome", "Report", "Severity", "Skipped", "Status"]

NO_ARGUMENTS: Mapping[str, str] = MappingProxyType({})
ALSO = 12


class Severity(str, Enum):
    """How grave a finding is（级别）: ``error`` 错误, ``warning`` 警告, ``info`` 提示."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def chinese(self) -> str:
        """错误, 警告 or 提示."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@attrs.frozen
class Message:
    """A message template in both languages; ``{name}`` stands for an argument of the finding."""

    zh: str
    en: str


@attrs.frozen
class Finding:
    """One thing that a rule found（一条校验发现）.

    Attributes:
        rule: the rule's code, such as ``SUM001``.
        severity: how grave it is.
        template: the message in both languages, with places for the arguments.
        arguments: what goes into the message.
        places: the cells that take part; the first is the place to look at.
        form: id of the form.
        title: the form's title as printed.
        row: the row's label.
        column: the header path.
        found: what is printed.
        expected: what would satisfy the rule.
        difference: found less expected, in the unit of the form.
        sentence: the sentence of the prose at fault（正文原句）; empty for a finding on forms.
        marked: where in the sentence the figure begins and ends.
    """

    rule: str
    severity: Severity
    template: Message
    arguments: Mapping[str, str] = NO_ARGUMENTS
    places: tuple[Place, ...] = ()
    form: str = ""
    title: str = ""
    row: str = ""
    column: str = ""
    found: Decimal | str | None = None
    expected: Decimal | str | None = None
    difference: Decimal | None = None
    sentence: str = ""
    marked: tuple[int, int] = (0, 0)

    @property
    def message(self) -> str:
        """The message in Chinese."""
        return self.template.zh.format_map(self.arguments)

    @property
    def english(self) -> str:
        """The message in English."""
        return self.template.en.format_map(self.arguments)

    @property
    def form_name(self) -> str:
        """The form's title as printed, else what forms of its kind are called（表名）."""
        kind = vocabulary().forms.get(self.form)
        return self.title or (kind.name if kind else self.form)

    def __str__(self) -> str:
        place = f"{self.places[0]} " if self.places else ""
        return f"{place}{self.rule} {self.severity.chinese} {self.message}"


@attrs.frozen
class Skipped:
    """Why a rule, or one comparison of it, could not run（未执行的原因）: never silence."""

    zh: str
    en: str


class Status(str, Enum):
    """How a rule ended: ``pass``, ``fail`` (an error), ``warn`` (a warning or info), ``skipped``."""

    PASS = "pass"
    FAIL = "fail"
    WARN = "warn"
    SKIPPED = "skipped"


@attrs.frozen
class Outcome:
    """How one rule ended（规则执行情况）.

    Attributes:
        rule: the rule's code.
        status: how it ended.
        findings: how many findings it gave.
        skipped: why something could not be compared.
        title: the rule's title in Chinese.
        suppressed: how many more findings were set aside.
    """

    rule: str
    status: Status
    findings: int = 0
    skipped: tuple[Skipped, ...] = ()
    title: str = ""
    suppressed: int = 0


@attrs.frozen(slots=False)
class Report:
    """The result of checking a budget（校验报告）: findings, worst first, and the outcome of every rule.

    Attributes:
        book: the budget.
        findings: what was found, worst first.
        outcomes: how every rule that ran ended.
        suppressed: the findings that were set aside, each with the reason（已豁免）.
        unused: the suppressions that are about this document and set nothing aside（未用到的豁免）.
    """

    book: Budget = attrs.field(repr=False)
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    unused: tuple[Suppression, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """How many findings have *severity*."""
        return sum(finding.severity is severity for finding in self.findings)

    def to_pandas(self) -> pandas.DataFrame:
        """The findings as a pandas frame（转为 pandas 表）: a row each, with the columns of ``check --format json``.

        ``found``, ``expected`` and ``difference`` are exact :class:`~decimal.Decimal` objects; what is missing is None.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        from govbudget.interop.frames import to_pandas
        from govbudget.interop.records import finding_records

        return to_pandas(finding_records(self))

    def to_polars(self) -> polars.DataFrame:
        """The findings as a polars frame（转为 polars 表）; ``found`` and ``expected`` are texts, being words at times.

        Raises:
            MissingExtraError: polars is not installed.
        """
        from govbudget.interop.frames import to_polars
        from govbudget.interop.records import finding_records

        return to_polars(finding_records(self))

    def to_arrow(self) -> pyarrow.Table:
        """The findings as an Arrow table（转为 Arrow 表）; ``found`` and ``expected`` are texts, being words at times.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        from govbudget.interop.frames import to_arrow
        from govbudget.interop.records import finding_records

        return to_arrow(finding_records(self))

    def annotate(
        self, source: str | PathLike[str] | bytes | IO[bytes], target: str | PathLike[str] | IO[bytes]
    ) -> tuple[Finding, ...]:
        """Write a copy of the checked workbook with each cell at fault filled and commented（批注原工作簿）.

        Nothing else of the workbook changes. The comment names the rule, the severity, the message in both languages
        and the further cells that take part.

        Args:
            source: the workbook that was checked: a path, bytes or a binary file.
            target: where to write the copy: a path or a binary file.

        Returns:
            The findings that could not be marked, because they point at no cell of the workbook.

        Raises:
            ReadError: the source is no .xlsx workbook, or one that could not be copied without loss.
            WriteError: the copy cannot be written; what stood there before is untouched.
        """
        from govbudget.writing.annotate import Note, annotate

        notes = [[Note(*self._note(finding, at)) for at in _looked_at(finding)] for finding in self.findings]
        left = {id(note) for note in annotate(source, [note for several in notes for note in several], target)}
        return tuple(
            finding for finding, several in zip(self.findings, notes) if all(id(note) in left for note in several)
        )

    def _note(self, finding: Finding, first: Place) -> tuple[Place, str, str]:
        titles = {outcome.rule: outcome.title for outcome in self.outcomes}
        others = [place for place in finding.places if place != first]
        also = "、".join(one.cell if one.sheet == first.sheet else str(one) for one in others[:ALSO])
        head = (finding.rule, finding.severity.chinese, finding.severity.value, titles.get(finding.rule, ""))
        lines = (
            " ".join(filter(None, head)),
            finding.message,
            finding.english,
            finding.sentence and f"正文 the words: {finding.sentence}",
            also and f"另见 see also {also}{'…' if len(others) > ALSO else ''}",
        )
        return first, finding.severity.value, "\n".join(filter(None, lines))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(severity)} {severity.value}" for severity in Severity)
        return f"<Report {'ok' if self.ok else 'not ok'}: {counts}>"

    def _repr_html_(self) -> str:
        from govbudget.report.notebook import report_html

        return report_html(self)


def _looked_at(finding: Finding) -> tuple[Place, ...]:
    """Where a finding is noted: at the cell to look at; beside the words also at the cell that contradicts them."""
    return finding.places[: 2 if finding.sentence else 1] or (NOWHERE,)
