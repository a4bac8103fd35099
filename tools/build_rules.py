"""Makes docs/rules/index.md（规则手册） from the rule book: a table of all rules and a section for each.

python tools/build_rules.py [docs/rules/index.md]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from govbudget.checks import Rule, registered
from govbudget.checks.rules import HEADINGS

PAGE = Path(__file__).resolve().parents[1] / "docs/rules/index.md"
INTRODUCTION = """\
# 规则手册 The rule book

`govbudget rule CODE` 解释一条规则，`govbudget rule` 列出全部；[选用规则、豁免与输出](using.md)，[自定义规则](own.md)。
`govbudget rule CODE` explains a rule, `govbudget rule` lists all of them. [Choosing rules, setting findings aside, \
outputs](using.md) · [rules of your own](own.md).

本页由 `tools/build_rules.py` 生成。This page is made by `tools/build_rules.py`.
"""
STATUS = {"stable": "正式 stable", "preview": "试行 preview"}


def page(rules: tuple[Rule, ...]) -> str:
    """The page as text."""
    return "\n".join([INTRODUCTION, *_table(rules), *(line for rule in rules for line in _section(rule))])


def _table(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield "| 规则 rule | 名称 title | name | 级别 severity | 状态 status | 自 since |"
    yield "|---|---|---|---|---|---|"
    for rule in rules:
        severity = f"{rule.severity.chinese} {rule.severity.value}"
        link = f"[{rule.code}](#{rule.code.lower()})"
        yield f"| {link} | {rule.title} | {rule.name} | {severity} | {STATUS[rule.status]} | {rule.since} |"
    yield ""


def _section(rule: Rule) -> Iterator[str]:
    yield f'## <a id="{rule.code.lower()}"></a>{rule.code} {rule.title}'
    yield ""
    yield f"`{rule.name}` · {rule.severity.chinese} {rule.severity.value}"
    yield ""
    yield rule.summary
    yield ""
    for heading, text in rule.sections.items():
        yield f"- **{HEADINGS[heading]} {heading}**: {text}"
    yield ""


def main(target: str | Path = PAGE) -> None:
    """Write the page."""
    path = Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(registered()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
