"""Presentation of check reports（校验报告的呈现）: in a terminal, as HTML, as JSON and line by line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_HOMES = {
    "claim_shares": "claims",
    "print_report": "text",
    "print_summary": "text",
    "to_github": "lines",
    "to_html": "html",
    "to_json": "json",
    "to_lines": "lines",
}

__all__ = ["claim_shares", "print_report", "print_summary", "to_github", "to_html", "to_json", "to_lines"]

if TYPE_CHECKING:
    from govbudget.report.claims import claim_shares
    from govbudget.report.html import to_html
    from govbudget.report.json import to_json
    from govbudget.report.lines import to_github, to_lines
    from govbudget.report.text import print_report, print_summary


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govbudget.report' has no attribute {name!r}")
    value = getattr(import_module(f"govbudget.report.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
