"""The shares of the claims（正文陈述的核对情况）: how many are borne out, contradicted, open, unbound."""

from __future__ import annotations

from collections.abc import Iterable

from govbudget.checks import Judged, Verdict
from govbudget.narrative import ClaimKind

__all__ = ["claim_shares"]


def claim_shares(judged: Iterable[Judged]) -> str:
    """The share of each verdict among the figures of the prose, and how many figures are no amounts of the budget."""
    figures = [one for one in judged if one.claim.printed]
    budget = [one for one in figures if one.claim.kind is not ClaimKind.OTHER]
    if not budget:
        return "正文中没有预算数 (the prose gives no figure of the budget)"
    parts = []
    for verdict in Verdict:
        count = sum(one.verdict is verdict for one in budget)
        parts.append(f"{verdict.chinese} {verdict.value} {count} ({count / len(budget):.1%})")
    bound = sum(one.verdict is not Verdict.UNBOUND for one in budget)
    return (
        f"正文预算数 figures of the budget: {len(budget)}，已绑定 bound {bound} ({bound / len(budget):.1%})\n"
        f"  {'，'.join(parts)}\n"
        f"其他数字 other figures: {len(figures) - len(budget)}"
    )
