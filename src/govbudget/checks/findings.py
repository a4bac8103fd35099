"""What a check says（校验结果）: findings, outcomes and the report. A bad budget is never an exception."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

import attrs

from govbudget.model import Budget, Place

__all__ = ["Finding", "Message", "Outcome", "Report", "Severity", "Skipped", "Status"]

NO_ARGUMENTS: Mapping[str, str] = MappingProxyType({})


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

    @property
    def message(self) -> str:
        """The message in Chinese."""
        return self.template.zh.format_map(self.arguments)

    @property
    def english(self) -> str:
        """The message in English."""
        return self.template.en.format_map(self.arguments)

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
    """

    rule: str
    status: Status
    findings: int = 0
    skipped: tuple[Skipped, ...] = ()


@attrs.frozen(slots=False)
class Report:
    """The result of checking a budget（校验报告）: findings, worst first, and the outcome of every rule."""

    book: Budget = attrs.field(repr=False)
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

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

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(severity)} {severity.value}" for severity in Severity)
        return f"<Report {'ok' if self.ok else 'not ok'}: {counts}>"
