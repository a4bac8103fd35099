"""What Hypothesis learns of the library's classes（类型登记）: ``st.from_type(gb.Budget)`` draws budgets that can be.

The entry point ``hypothesis`` of the package calls :func:`register` when Hypothesis is imported: the strategies
themselves are imported when they are first drawn from.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from hypothesis import strategies as st

from govbudget.classification import EconomicSubject, FunctionSubject, RevenueSubject, Subject
from govbudget.model import Agency, Budget, Coordinate, Fact, Project
from govbudget.performance import PerformanceIndicator, PerformanceTarget

__all__ = ["register"]

STRATEGIES = {
    Budget: "balanced_budgets",
    Coordinate: "coordinates",
    EconomicSubject: "economic_subjects",
    Fact: "facts",
    FunctionSubject: "function_subjects",
    PerformanceIndicator: "indicators",
    PerformanceTarget: "targets",
    Project: "projects",
    RevenueSubject: "revenue_subjects",
}
KINDS = (FunctionSubject, EconomicSubject, RevenueSubject)


def register() -> None:
    """Register a strategy for each class that a test may ask for by its type."""
    for kind, name in STRATEGIES.items():
        st.register_type_strategy(kind, _drawn(name))
    st.register_type_strategy(Agency, lambda _: _drawn("agencies")(Agency).flatmap(st.sampled_from))
    st.register_type_strategy(Subject, lambda _: st.one_of([st.from_type(kind) for kind in KINDS]))


def _drawn(name: str) -> Callable[[type], st.SearchStrategy[Any]]:
    def strategy(_: type) -> st.SearchStrategy[Any]:
        found: st.SearchStrategy[Any] = getattr(import_module("govbudget.strategies"), name)()
        return found

    return strategy
