"""Hypothesis strategies for your own tests（测试数据生成）, from subjects and amounts to whole printed documents.

Needs the extra ``testing``. Bounds are in the strategies, nothing is filtered. A generated budget is printed like a
real one: every figure is rounded by itself, so totals miss their parts by what rounding allows and by no more.

Where the package is installed, ``st.from_type`` knows the classes of the library as well: ``gb.FunctionSubject``,
``gb.PerformanceIndicator``, ``gb.Budget`` and the others; docs/howto/testing.md lists them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from govbudget.errors import MissingExtraError

_HOMES = {
    "Document": "workbooks",
    "Fault": "faults",
    "Look": "dressing",
    "agencies": "values",
    "amounts": "values",
    "balanced_budgets": "budgets",
    "coordinates": "values",
    "documents": "workbooks",
    "economic_codes": "values",
    "economic_subjects": "values",
    "facts": "values",
    "figures": "values",
    "function_codes": "values",
    "function_subjects": "values",
    "indicators": "performance",
    "looks": "dressing",
    "projects": "budgets",
    "revenue_subjects": "values",
    "single_faults": "faults",
    "targets": "performance",
}

__all__ = [
    "Document",
    "Fault",
    "Look",
    "agencies",
    "amounts",
    "balanced_budgets",
    "coordinates",
    "documents",
    "economic_codes",
    "economic_subjects",
    "facts",
    "figures",
    "function_codes",
    "function_subjects",
    "indicators",
    "looks",
    "projects",
    "revenue_subjects",
    "single_faults",
    "targets",
]

if TYPE_CHECKING:
    from govbudget.strategies.budgets import balanced_budgets, projects
    from govbudget.strategies.dressing import Look, looks
    from govbudget.strategies.faults import Fault, single_faults
    from govbudget.strategies.performance import indicators, targets
    from govbudget.strategies.values import (
        agencies,
        amounts,
        coordinates,
        economic_codes,
        economic_subjects,
        facts,
        figures,
        function_codes,
        function_subjects,
        revenue_subjects,
    )
    from govbudget.strategies.workbooks import Document, documents


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govbudget.strategies' has no attribute {name!r}")
    try:
        value = getattr(import_module(f"govbudget.strategies.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise MissingExtraError("需要 hypothesis：pip install 'govbudget[testing]' (install the extra)") from error
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
