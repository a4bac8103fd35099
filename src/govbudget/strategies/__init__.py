"""Hypothesis strategies for your own tests（测试数据生成）: subjects, amounts, and budgets on which every law holds.

Needs the extra ``testing``. Bounds are in the strategies, nothing is filtered. A generated budget is printed like a
real one: every figure is rounded by itself, so totals miss their parts by what rounding allows and by no more.
"""

from __future__ import annotations

from govbudget.strategies.budgets import balanced_budgets
from govbudget.strategies.values import agencies, amounts, economic_codes, function_codes

__all__ = ["agencies", "amounts", "balanced_budgets", "economic_codes", "function_codes"]
