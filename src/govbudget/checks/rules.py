"""The registry of rules（规则登记）: code, name, severity, messages and the function that checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import attrs

from govbudget.checks.findings import Finding, Message, Severity, Skipped

if TYPE_CHECKING:
    from govbudget.checks.context import Context

__all__ = ["Rule", "registered", "registered_message", "rule"]


@attrs.frozen
class Rule:
    """A rule of the rule book（校验规则）; the docstring of its function is its documentation.

    Attributes:
        code: the stable code, such as ``SUM001``.
        name: the bad thing in English, such as ``total-is-not-its-parts``.
        title: the same in Chinese.
        severity: the gravest severity that it gives.
        message: the usual message.
        check: the function that yields findings and reasons for skipping.
        since: the version that brought it.
    """

    code: str
    name: str
    title: str
    severity: Severity
    message: Message
    check: Callable[[Context], Iterator[Finding | Skipped]] = attrs.field(repr=False)
    since: str = "0.1.0"

    @property
    def documentation(self) -> str:
        """What the rule is for: the docstring under its headings."""
        return self.check.__doc__ or ""


_RULES: dict[str, Rule] = {}


def rule(
    code: str, name: str, title: str, severity: Severity, zh: str, en: str
) -> Callable[[Callable[[Context], Iterator[Finding | Skipped]]], Callable[[Context], Iterator[Finding | Skipped]]]:
    """Register a check under *code*."""

    def register(
        check: Callable[[Context], Iterator[Finding | Skipped]],
    ) -> Callable[[Context], Iterator[Finding | Skipped]]:
        if code in _RULES:
            raise ValueError(f"规则代码重复：{code} (the code is taken)")
        _RULES[code] = Rule(code, name, title, severity, Message(zh, en), check)
        return check

    return register


def registered() -> tuple[Rule, ...]:
    """Every registered rule in the order of their codes."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def registered_message(code: str) -> Message:
    """The usual message of the rule *code*."""
    return _RULES[code].message
