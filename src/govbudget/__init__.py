"""govbudget（部门预算）: China's government budget classification and the budgets that departments publish with it.

    >>> import govbudget as gb
    >>> gb.subjects(2024)["2010301"].name
    '行政运行'

Everything is imported when it is used, so that ``import govbudget`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "Agency": "model",
    "AmountError": "errors",
    "Budget": "model",
    "CodeError": "errors",
    "Conversion": "conversion",
    "Coordinate": "model",
    "Direction": "performance",
    "EconomicSubject": "classification",
    "Fact": "model",
    "Family": "forms.families",
    "FamilyError": "errors",
    "FunctionSubject": "classification",
    "GovBudgetError": "errors",
    "IndicatorError": "errors",
    "JsonError": "interop.json",
    "MissingExtraError": "errors",
    "ModelError": "errors",
    "Operator": "performance",
    "OptionError": "errors",
    "PerformanceIndicator": "performance",
    "PerformanceTarget": "performance",
    "Place": "cells",
    "Project": "model",
    "Purchase": "model",
    "ReadError": "errors",
    "RuleError": "errors",
    "Unit": "amounts",
    "WriteError": "errors",
    "compare": "interop.compare",
    "convert": "conversion",
    "corpus": "dataset",
    "from_json": "interop.json",
    "json_schema": "interop.json",
    "load_family": "forms.families",
    "load_subjects": "classification",
    "pivot": "interop.pivots",
    "read": "reading",
    "subjects": "classification",
    "template": "templates",
    "three_public": "interop.shares",
    "to_json": "interop.json",
    "write_fiscal_package": "interop.fiscal_package",
}

__all__ = [
    "Agency",
    "AmountError",
    "Budget",
    "CodeError",
    "Conversion",
    "Coordinate",
    "Direction",
    "EconomicSubject",
    "Fact",
    "Family",
    "FamilyError",
    "FunctionSubject",
    "GovBudgetError",
    "IndicatorError",
    "JsonError",
    "MissingExtraError",
    "ModelError",
    "Operator",
    "OptionError",
    "PerformanceIndicator",
    "PerformanceTarget",
    "Place",
    "Project",
    "Purchase",
    "ReadError",
    "RuleError",
    "Unit",
    "WriteError",
    "__version__",
    "compare",
    "convert",
    "corpus",
    "from_json",
    "json_schema",
    "load_family",
    "load_subjects",
    "pivot",
    "read",
    "subjects",
    "template",
    "three_public",
    "to_json",
    "write_fiscal_package",
]

if TYPE_CHECKING:
    from govbudget.amounts import Unit
    from govbudget.cells import Place
    from govbudget.classification import EconomicSubject, FunctionSubject, load_subjects, subjects
    from govbudget.conversion import Conversion, convert
    from govbudget.dataset import corpus
    from govbudget.errors import (
        AmountError,
        CodeError,
        FamilyError,
        GovBudgetError,
        IndicatorError,
        MissingExtraError,
        ModelError,
        OptionError,
        ReadError,
        RuleError,
        WriteError,
    )
    from govbudget.forms.families import Family, load_family
    from govbudget.interop.compare import compare
    from govbudget.interop.fiscal_package import write_fiscal_package
    from govbudget.interop.json import JsonError, from_json, json_schema, to_json
    from govbudget.interop.pivots import pivot
    from govbudget.interop.shares import three_public
    from govbudget.model import Agency, Budget, Coordinate, Fact, Project, Purchase
    from govbudget.performance import Direction, Operator, PerformanceIndicator, PerformanceTarget
    from govbudget.reading import read
    from govbudget.templates import template


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govbudget' has no attribute {name!r}")
    value = getattr(import_module(f"govbudget.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
