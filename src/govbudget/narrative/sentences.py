"""From facts to sentences（编写情况说明）: each figure from a fact, each reason left to people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

import attrs

from govbudget.amounts import Unit, format_amount, half_step, pad
from govbudget.classification import nearest_edition, subjects
from govbudget.forms.vocabulary import parse_toml
from govbudget.model import Budget, Fact

__all__ = ["Block", "Sentences", "outline"]

Dims: TypeAlias = "Mapping[str, str | None]"

# 国有资本经营预算支出 is a class and the name of a budget; words cannot tell which.
STATE_CAPITAL = "223"
DIGITS = "零一二三四五六七八九"
LEVELS = {3: "类", 5: "款", 7: "项"}
EXACT = ("side", "function", "economic", "fund", "nature", "cost", "item")
EXPENDITURE: Dims = {"side": "expenditure"}
GENERAL: Dims = {"side": "expenditure", "fund": "general"}
BASIC: Dims = {**GENERAL, "nature": "basic"}
FISCAL: Dims = {"side": "expenditure", "item": "fiscal"}


@attrs.frozen
class Block:
    """A heading or a paragraph of a narrative（段落）; the title has level 0, a paragraph has none."""

    text: str
    level: int | None = None


@cache
def _declared() -> dict[str, Any]:
    return parse_toml(resources.files("govbudget.narrative").joinpath("sentences.toml").read_text("utf-8"))


def outline(family: str) -> Sequence[Mapping[str, Any]]:
    """The sections of a family's narrative in order; of the usual one where the family declares none."""
    outlines = {name: entry["outline"] for entry in _declared()["section"] for name in entry["families"]}
    found: Sequence[Mapping[str, Any]] = outlines.get(family, outlines[""])
    return found


class Sentences:
    """The sentences of one budget's narrative."""

    def __init__(self, book: Budget, prior: Budget | None) -> None:
        self._book = book
        self._prior = prior
        self._data = _declared()
        self._names = {
            "agency": book.agency.name if book.agency and book.agency.name else "本部门",
            "year": str(book.year or "【请填写年度】"),
            "prior": str(book.year - 1) if book.year else "上",
        }
        self._catalogue = subjects(nearest_edition(book.year))

    def blocks(self, sections: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
        """The title, and every section with its heading."""
        yield Block(self._data["title"].format_map(self._names), 0)
        numbers = [0, 0]
        for section in sections:
            level = section["level"]
            numbers[level - 1 :] = [numbers[level - 1] + 1, *[0] * (2 - level)]
            number = _chinese(numbers[level - 1])
            yield Block(f"{number}、{section['title']}" if level == 1 else f"（{number}）{section['title']}", level)
            for name in section["say"]:
                says: Callable[[], Iterator[str]] = getattr(self, f"say_{name}")
                yield from map(Block, says())

    # ------------------------------------------------------------ the sections, by their names in sentences.toml

    def say_balance(self) -> Iterator[str]:
        """收支总体情况."""
        total = self._revenue_total()
        change = self._change(total, "summary revenue", {"side": "revenue"})
        yield self._say("balance", amount=self._amount(total), change=change)

    def say_revenue(self) -> Iterator[str]:
        """收入预算情况, by source."""
        total = self._revenue_total()
        side: Dims = {"side": "revenue"}
        members = [("上年结转", self._fact("summary revenue", side, origin="carryover"))]
        members += [
            (name, self._fact("summary revenue", {**side, "fund": fund})) for fund, name in self._data["fund"].items()
        ]
        yield self._with_parts("revenue", total, members)

    def say_expenditure(self) -> Iterator[str]:
        """支出预算情况, by nature."""
        total = self._fact("expenditure summary", EXPENDITURE)
        members = [
            (name, self._fact("expenditure", {**EXPENDITURE, "nature": nature}))
            for nature, name in self._data["nature"].items()
        ]
        yield self._with_parts("expenditure", total, members)

    def say_fiscal(self) -> Iterator[str]:
        """财政拨款收支情况, by class."""
        total = self._fact("fiscal_summary", FISCAL)
        parts = self._parts(self._classes("fiscal_summary", FISCAL), None)
        if total is not None and parts:
            change = self._change(total, "fiscal_summary", FISCAL)
            yield self._say("fiscal", amount=self._amount(total), change=change, parts=parts)

    def say_general(self) -> Iterator[str]:
        """一般公共预算当年拨款规模."""
        total = self._fact("general fiscal_summary", GENERAL)
        change = self._change(total, "general fiscal_summary", GENERAL)
        yield self._say("general", amount=self._amount(total), change=change)

    def say_structure(self) -> Iterator[str]:
        """一般公共预算当年拨款结构, by class."""
        forms = "general fiscal_summary"
        parts = self._parts(self._classes(forms, GENERAL), self._fact(forms, GENERAL))
        if parts:
            yield self._say("structure", parts=parts)

    def say_subjects(self) -> Iterator[str]:
        """一般公共预算当年拨款具体使用情况, by 类 款 项."""
        codes = dict.fromkeys(
            fact.coordinate.function
            for fact in self._book.facts
            if fact.form == "general" and fact.amount and len(fact.coordinate.function or "") == 7
        )
        found = ((code, self._fact("general", {**GENERAL, "function": code})) for code in codes if code)
        printed = [(code, fact) for code, fact in found if fact is not None and fact.amount]
        for number, (code, fact) in enumerate(printed, 1):
            above = [(one.name, LEVELS[size]) for size in (3, 5) if (one := self._catalogue.get(code[:size]))]
            path = "".join(f"{name}（{level}）" for name, level in (*above, (fact.name, "项")))
            sentence = self._say("subject", path=path, amount=self._amount(fact), use=self._blank("use"))
            yield f"{number}.{sentence}"

    def say_basic(self) -> Iterator[str]:
        """一般公共预算基本支出情况: 人员经费 and 公用经费 with what they hold."""
        forms = "general_basic general"
        yield self._say("basic", amount=self._amount(self._fact(forms, BASIC)))
        for cost in ("personnel", "public"):
            fact = self._fact(forms, {**BASIC, "cost": cost})
            names = dict.fromkeys(
                one.name
                for one in self._book.facts
                if one.form == "general_basic" and one.amount and len(one.code) == 5 and one.coordinate.cost == cost
            )
            if fact is not None:
                yield self._say(cost, amount=self._amount(fact), names="、".join(names) or self._blank("use"))

    def say_three_public(self) -> Iterator[str]:
        """“三公”经费, each part with its change."""
        total = self._three_public("three_public")
        names: Mapping[str, str] = self._data["three_public"]
        tops = [item for item in names if item.count(".") == 1]
        if total is None:
            yield self._say("three_public_plain", amount=self._blank("amount"))
            return
        parts = ((names[item], self._three_public(item)) for item in tops)
        listed = "；".join(f"{name}{_wan(fact) if fact is not None else 0}万元" for name, fact in parts)
        yield self._say("three_public", amount=self._amount(total), parts=listed)
        for item, name in names.items():
            fact = self._three_public(item)
            if fact is not None and fact.amount:
                change = self._change(fact, "three_public", {**GENERAL, "item": item})
                yield self._say("three_public_part", name=name, amount=self._amount(fact), change=change)

    def say_fund(self) -> Iterator[str]:
        """政府性基金预算支出情况."""
        yield self._other_budget("fund", "government_fund")

    def say_capital(self) -> Iterator[str]:
        """国有资本经营预算支出情况."""
        yield self._other_budget("capital", "state_capital")

    def say_operation(self) -> Iterator[str]:
        """机关运行经费, where a form prints it."""
        fact = next((one for one in self._book.facts if one.coordinate.item == "agency_operation"), None)
        yield self._say("operation", amount=self._amount(fact), change=f"，{self._blank('change')}")

    def say_procurement(self) -> Iterator[str]:
        """政府采购情况, by kind."""
        printed = [one for one in self._book.forms if one.id == "procurement"]
        if printed and all(one.empty for one in printed):
            yield self._say("no_procurement")
            return
        total = self._fact("procurement", {**EXPENDITURE, "item": "procurement"})
        members = [
            (name, self._fact("procurement", {**EXPENDITURE, "item": item}))
            for item, name in self._data["procurement"].items()
        ]
        parts = "；".join(f"{name}{_wan(fact)}万元" for name, fact in members if fact is not None)
        yield self._say("procurement", amount=self._amount(total), parts=f"，其中：{parts}" if parts else "")

    def say_assets(self) -> Iterator[str]:
        """国有资产占有使用情况: no form has it."""
        yield self._say("assets")

    def say_performance(self) -> Iterator[str]:
        """预算绩效情况: projects with targets and their money."""
        budgets = [one.target.budget for one in self._book.projects if one.target is not None]
        known = [budget for budget in budgets if budget is not None]
        if not budgets or len(known) < len(budgets):
            yield self._say("no_performance")
            return
        total = pad((sum(known, Decimal(0)) / Unit.WAN.factor).normalize(), 2)
        yield self._say("performance", count=str(len(budgets)), amount=f"{format_amount(total)}万元")

    # ------------------------------------------------------------ pieces of sentences

    def _say(self, sentence: str, **more: str) -> str:
        text: str = self._data["text"][sentence]
        return text.format_map({**self._names, **more})

    def _blank(self, name: str) -> str:
        text: str = self._data["blank"][name]
        return text.format_map(self._names)

    def _amount(self, fact: Fact | None) -> str:
        return f"{_wan(fact)}万元" if fact is not None else self._blank("amount")

    def _with_parts(self, sentence: str, total: Fact | None, members: list[tuple[str, Fact | None]]) -> str:
        parts = self._parts(members, total)
        return self._say(sentence if parts else f"{sentence}_plain", amount=self._amount(total), parts=parts)

    @staticmethod
    def _parts(members: list[tuple[str, Fact | None]], whole: Fact | None) -> str:
        """甲12.00万元，占10.00%；乙…: the members with money, and what share of *whole* each is."""
        parts = []
        for name, fact in members:
            if fact is None or not fact.amount:
                continue
            share = _percent(Decimal(_wan(fact)), Decimal(_wan(whole))) if whole is not None else ""
            parts.append(f"{name}{_wan(fact)}万元{share and f'，占{share}'}")
        return "；".join(parts)

    def _change(self, fact: Fact | None, forms: str, dims: Dims) -> str:
        """，比上年…: the change against last year's budget, or the place for people to tell it."""
        if fact is None:
            return ""
        year = (self._book.year or 0) - 1
        last = _find(self._prior or self._book, forms, dims, year)
        if last is None:
            return f"，{self._blank('change')}"
        now, before = Decimal(_wan(fact)), Decimal(_wan(last))
        gap = now - before
        if not gap:
            return f"，与{year}年预算持平"
        way, rate = ("增加", "增长") if gap > 0 else ("减少", "下降")
        percent = _percent(abs(gap), before)
        return (
            f"，比{year}年预算{format_amount(before)}万元{way}{format_amount(abs(gap))}万元"
            f"{percent and f'，{rate}{percent}'}，{self._blank('reason')}"
        )

    def _other_budget(self, form: str, fund: str) -> str:
        dims: Dims = {**EXPENDITURE, "fund": fund}
        fact = self._fact(form, dims)
        if fact is not None and fact.amount:
            return self._say(form, amount=self._amount(fact), change=self._change(fact, form, dims))
        printed = [one for one in self._book.forms if one.id == form]
        if fact is not None or (printed and all(one.empty for one in printed)):
            return self._say(f"no_{form}")
        return self._say(form, amount=self._blank("amount"), change="")

    # ------------------------------------------------------------ facts

    def _fact(self, forms: str, dims: Dims, origin: str = "") -> Fact | None:
        return _find(self._book, forms, dims, self._book.year, origin)

    def _revenue_total(self) -> Fact | None:
        return self._fact("summary revenue", {"side": "revenue"}, "all") or self._fact(
            "summary revenue", {"side": "revenue"}
        )

    def _three_public(self, item: str) -> Fact | None:
        return self._fact("three_public", {**GENERAL, "item": item})

    def _classes(self, forms: str, dims: Dims) -> list[tuple[str, Fact | None]]:
        """The 类 of the function classification with their figures."""
        codes = {one.coordinate.function[:3] for one in self._book.facts if one.coordinate.function and one.amount}
        found = [(code, self._fact(forms, {**dims, "function": code})) for code in sorted(codes)]
        return [
            (subject.name if (subject := self._catalogue.get(code)) else fact.name, fact)
            for code, fact in found
            if fact is not None and code != STATE_CAPITAL
        ]


def _find(book: Budget, forms: str, dims: Dims, year: int | None, origin: str = "") -> Fact | None:
    """The fact that the first of some forms prints for the department at exactly these dimensions.

    *origin* is that of the money: by default this year's or all of it, ``all`` for all of it only.
    """
    known: dict[str, set[str | None]] = {"": {None, "current"}, "all": {None}}
    origins = known.get(origin, {origin})
    department = {None, book.agency.key if book.agency else None}
    for form in forms.split():
        for fact in book.facts:
            at = fact.coordinate
            if fact.form != form or at.year != year or at.project or at.agency not in department:
                continue
            if at.origin in origins and all(_said(fact, name) == dims.get(name) for name in EXACT):
                return fact
    return None


def _said(fact: Fact, name: str) -> str | None:
    """A dimension of a fact; the parts of “三公”经费 are told by their item, not by an economic subject."""
    if name == "economic" and (fact.coordinate.item or "").startswith("three_public"):
        return None
    value: str | None = getattr(fact.coordinate, name)
    return value


def _wan(fact: Fact) -> str:
    """The figure of a fact in 万元: as printed there, or rounded to two places from 元."""
    if fact.unit is Unit.WAN:
        return format_amount(fact.amount)
    return format_amount(fact.yuan / Unit.WAN.factor, 2)


def _percent(part: Decimal, whole: Decimal) -> str:
    """A percentage to two places; empty where the printed figures do not tell it to within one per cent."""
    half_part, half_whole = half_step(part), half_step(whole)
    if whole <= half_whole:
        return ""
    spread = (part + half_part) / (whole - half_whole) - (part - half_part) / (whole + half_whole)
    return f"{format_amount(part / whole * 100, 2)}%" if spread * 100 <= 1 else ""


def _chinese(number: int) -> str:
    ten, one = divmod(number, 10)
    return f"{DIGITS[ten] if ten > 1 else ''}{'十' if ten else ''}{DIGITS[one] if one else ''}"
