"""Labels of summaries（收支总表的项目）: what dimensions a printed label stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from govbudget.classification import Catalogue, Level
from govbudget.forms import Vocabulary, label, strip_inner, tidy

__all__ = ["expenditure_labels", "purchase_labels", "revenue_labels"]


def revenue_labels(
    labels: Sequence[str], words: Vocabulary, *, fiscal: bool = False
) -> Iterator[tuple[dict[str, Any], str]]:
    """The dimensions of each label of a revenue side, and the origin of the money listed under it.

    Args:
        labels: the labels from top to bottom.
        words: the vocabulary.
        fiscal: whether the form is of fiscal appropriations, whose total is this year's too.
    """
    plain = {tidy(label(text)) for text in labels}
    origin = "current"
    for text in labels:
        kind = words.row(text)
        total_of_year = kind == "revenue_total" and tidy(label(text)) == "收入合计" and "收入总计" in plain
        if kind == "revenue_current" or total_of_year:
            dims: dict[str, Any] = {"origin": "current"}
        elif kind in {"revenue_total", "total"}:
            dims = {}
        else:
            name = strip_inner(label(text))
            dims = dict(words.dims(name) or {"item": f"row:{name}"})
            if "origin" not in dims and ("fund" in dims or "item" in dims) and "row:" not in dims.get("item", ""):
                dims["origin"] = origin
        if set(dims) == {"origin"}:
            origin = dims["origin"]
        if fiscal and dims.get("item") == "fiscal":
            del dims["item"]
        yield dims, origin


def expenditure_labels(
    labels: Sequence[str], words: Vocabulary, catalogue: Catalogue
) -> Iterator[tuple[dict[str, Any], str]]:
    """The dimensions of each label of an expenditure side; the origin plays no part there."""
    plain = {tidy(label(text)) for text in labels}
    kinds = {words.row(text) for text in labels}
    total_is_current = "支出总计" in plain or not kinds & {"carry_forward", "expenditure_current"}
    for text in labels:
        kind = words.row(text)
        name = label(text)
        dims: dict[str, Any] = {}
        if kind == "expenditure_total":
            if not (total_is_current and tidy(name) == "支出合计"):
                dims = {"item": "grand_total"}
        elif kind == "carry_forward":
            dims = {"item": "carry_forward"}
        elif kind not in {"expenditure_current", "total"}:
            found = [one for one in catalogue.by_name(name, level=Level.CLASS) if one.code[0] == "2"]
            dims = {"function": found[0].code} if found else {"item": f"row:{name}"}
        yield dims, ""


def purchase_labels(labels: Sequence[str], words: Vocabulary) -> Iterator[tuple[dict[str, Any], str]]:
    """The dimensions of the kinds of procurement（货物、工程、服务）."""
    for text in labels:
        kind = words.row(text)
        yield ({"item": f"procurement.{kind}"} if kind in {"goods", "works", "services"} else {}), ""
