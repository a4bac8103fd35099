"""What a rule is（校验规则）, the decorator that makes one, and the rule book that gathers them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib import import_module, metadata
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import attrs

from govbudget.checks.findings import Finding, Message, Severity, Skipped
from govbudget.errors import RuleError

if TYPE_CHECKING:
    from govbudget.cells import Place
    from govbudget.checks.context import Context
    from govbudget.model import Fact

__all__ = [
    "ENTRY_POINTS",
    "HEADINGS",
    "Rule",
    "find_rule",
    "plugins",
    "registered",
    "registered_message",
    "rule",
    "rule_book",
    "selected",
]

ENTRY_POINTS = "govbudget.rules"
HEADINGS = {"What": "检查内容", "Why": "为什么", "Example": "例", "Tolerance": "容差", "Source": "依据"}
CODE = re.compile(r"[A-Z]{2,8}[0-9]{3}").fullmatch
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*").fullmatch
SECTION = re.compile(rf"^({'|'.join(HEADINGS)}):", re.MULTILINE)

Check = Callable[["Context"], "Iterator[Finding | Skipped]"]


def _matching(pattern: Callable[[str], object], example: str) -> Any:
    def check(_: object, attribute: attrs.Attribute[str], value: str) -> None:
        if not isinstance(value, str) or not pattern(value):
            raise RuleError(f"规则的 {attribute.name} 不能是 {value!r}，应如 {example} (it should look like {example})")

    return check


def _status(_: object, __: attrs.Attribute[str], value: str) -> None:
    if value not in {"stable", "preview"}:
        raise RuleError(f"规则的 status 只能是 stable 或 preview，不能是 {value!r} (neither stable nor preview)")


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
        status: ``stable``, or ``preview``（试行） for a rule that runs only where it is asked for.
        since: the version that brought it.
    """

    code: str = attrs.field(validator=_matching(CODE, "SUM001"))
    name: str = attrs.field(validator=_matching(NAME, "total-is-not-its-parts"))
    title: str
    severity: Severity = attrs.field(converter=Severity)
    message: Message
    check: Check = attrs.field(repr=False)
    status: str = attrs.field(default="stable", validator=_status)
    since: str = "0.1.0"

    @property
    def documentation(self) -> str:
        """What the rule is for: the docstring under its headings."""
        return inspect.cleandoc(self.check.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return " ".join(SECTION.split(self.documentation, maxsplit=1)[0].split())

    @property
    def sections(self) -> Mapping[str, str]:
        """The documentation by its headings: What, Why, Example, Tolerance, Source."""
        pieces = SECTION.split(self.documentation)
        return {heading: " ".join(text.split()) for heading, text in zip(pieces[1::2], pieces[2::2])}

    def section(self, heading: str) -> str:
        """The text under a heading such as ``Why``; empty where there is none."""
        return self.sections.get(heading, "")

    def finding(
        self,
        at: Fact | None = None,
        *,
        places: Iterable[Place] = (),
        severity: Severity | None = None,
        expected: Decimal | str | None = None,
        **arguments: object,
    ) -> Finding:
        """A finding of this rule（生成一条发现） with its usual message.

        Args:
            at: the fact at fault, which gives the place, the form, the row, the column and what was found.
            places: the cells, or the further cells, that take part.
            severity: the rule's own by default.
            expected: what would satisfy the rule; beside a fact an amount in the fact's own unit.
            arguments: what goes into the message; ``{row}``, ``{column}``, ``{found}`` and ``{unit}`` come from the
                fact, ``{expected}`` from *expected*.
        """
        own: dict[str, object] = {} if expected is None else {"expected": expected}
        if at is not None:
            own |= {"row": at.name, "column": at.column, "found": at.amount, "unit": at.unit.value}
        texts = {key: str(value) for key, value in {**own, **arguments}.items()}
        finding = Finding(self.code, severity or self.severity, self.message, texts, tuple(places), expected=expected)
        if at is None:
            return finding
        return attrs.evolve(
            finding,
            places=(at.place, *finding.places),
            form=at.form,
            row=at.name,
            column=at.column,
            found=at.amount,
            difference=at.amount - expected if isinstance(expected, Decimal) else None,
        )


def rule(
    code: str,
    name: str,
    title: str,
    severity: Severity | str,
    zh: str,
    en: str,
    *,
    status: str = "stable",
    since: str = "0.1.0",
) -> Callable[[Check], Rule]:
    """Make a :class:`Rule` of a function（声明规则）; nothing else happens: a rule runs where it is given to a check.

    Args:
        code: capital letters and three digits, such as ``ABC001``; letters of your own keep it apart from the book's.
        name: the bad thing in English, joined by hyphens.
        title: the same in Chinese.
        severity: the gravest that it gives: ``error``, ``warning`` or ``info``.
        zh: the message in Chinese; ``{name}`` stands for an argument of the finding.
        en: the message in English.
        status: ``stable`` or ``preview``.
        since: the version that brought it.

    Raises:
        RuleError: a code, a name or a status that cannot be.
    """

    def make(check: Check) -> Rule:
        try:
            grade = Severity(severity)
        except ValueError:
            raise RuleError(
                f"{code} 的级别只能是 error、warning 或 info，不能是 {severity!r} (not a severity)"
            ) from None
        return Rule(code, name, title, grade, Message(zh, en), check, status, since)

    return make


@cache
def registered() -> tuple[Rule, ...]:
    """The rules of this library in the order of their codes（内置规则）: every rule of every module of this room."""
    package = import_module("govbudget.checks")
    modules = [import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)]
    return _in_order(
        {id(found): found for m in modules for found in vars(m).values() if isinstance(found, Rule)}.values()
    )


@cache
def plugins() -> tuple[Rule, ...]:
    """The rules that installed packages declare under the entry point group ``govbudget.rules``（插件规则）.

    Raises:
        RuleError: an entry point that cannot be loaded, or that names no rules.
    """
    found: list[Rule] = []
    for point in metadata.entry_points(group=ENTRY_POINTS):
        called = f"{point.name} = {point.value}"
        try:
            loaded = point.load()
        except Exception as error:
            raise RuleError(f"无法加载规则插件 {called}：{error!r} (the plug-in cannot be loaded)") from error
        several: list[Any] = [loaded] if isinstance(loaded, Rule) or not isinstance(loaded, Iterable) else [*loaded]
        if not all(isinstance(one, Rule) for one in several):
            raise RuleError(
                f"规则插件 {called} 须是 @rule 声明的规则或其列表 (the plug-in must be a rule or a list of rules)"
            )
        found += several
    return _in_order(found)


def rule_book(more: Iterable[Rule] = ()) -> tuple[Rule, ...]:
    """All the rules that a check knows（规则手册）: the library's, those of plug-ins, and *more*.

    Raises:
        RuleError: two rules have one code, or something of *more* is no rule.
    """
    own = tuple(more)
    for one in own:
        if not isinstance(one, Rule):
            raise RuleError(f"{one!r} 不是规则，请用 @rule 声明 (not a rule; declare it with @rule)")
    return _in_order((*registered(), *plugins(), *own))


def _in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    book: dict[str, Rule] = {}
    for one in rules:
        other = book.setdefault(one.code, one)
        if other is not one:
            raise RuleError(f"规则代码重复：{one.code}（{other.name}、{one.name}） (two rules have one code)")
    return tuple(book[code] for code in sorted(book))


def selected(
    rules: Iterable[Rule],
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    *,
    preview: bool = False,
) -> tuple[Rule, ...]:
    """The rules whose codes begin as *select* says, without those that begin as *ignore* says（选择规则）.

    Rules in preview are among them with *preview*, or where *select* names the whole code.

    Raises:
        RuleError: no rule begins so, or a text names none.
    """
    rules = tuple(rules)
    wanted, unwanted = _prefixes(select, rules), _prefixes(ignore, rules)
    return tuple(
        one
        for one in rules
        if (select is None or one.code.startswith(wanted))
        and (preview or one.status == "stable" or one.code in wanted)
        and not one.code.startswith(unwanted)
    )


def _prefixes(given: str | Iterable[str] | None, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    several = [given] if isinstance(given, str) else [*(given or ())]
    prefixes = tuple(piece.strip().upper() for text in several for piece in text.split(",") if piece.strip())
    if several and not prefixes:
        raise RuleError("没有写规则代码，应如 SUM,PRF001 (no code of a rule was given)")
    for prefix in prefixes:
        if not any(one.code.startswith(prefix) for one in rules):
            raise RuleError(_unknown(prefix, rules))
    return prefixes


def find_rule(code: str, rules: Iterable[Rule]) -> Rule:
    """The rule with *code*.

    Raises:
        RuleError: there is none; the message shows the nearest.
    """
    rules = tuple(rules)
    for one in rules:
        if one.code == code.upper():
            return one
    raise RuleError(_unknown(code, rules))


def _unknown(code: str, rules: tuple[Rule, ...]) -> str:
    kinds = sorted({one.code.rstrip("0123456789") for one in rules})
    near = get_close_matches(code.upper(), [*kinds, *(one.code for one in rules)], n=3)
    zh = f"没有规则“{code}”，规则代码以 {'、'.join(kinds)} 开头" + (f"，最接近的有 {'、'.join(near)}" if near else "")
    en = f"no rule begins with {code!r}; the codes begin with {', '.join(kinds)}"
    return f"{zh} ({en})"


def registered_message(code: str) -> Message:
    """The usual message of the rule *code*."""
    return _messages()[code]


@cache
def _messages() -> dict[str, Message]:
    return {one.code: one.message for one in registered()}
