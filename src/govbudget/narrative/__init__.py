"""The words beside the tables（部门预算情况说明）: the claims that they make, and the words that facts make."""

from __future__ import annotations

from govbudget.narrative.claim import Claim, ClaimKind, Direction
from govbudget.narrative.parsing import claims
from govbudget.narrative.sentences import Block
from govbudget.narrative.wording import missing_sections, unlisted_items
from govbudget.narrative.writing import Narrative, write_narrative

__all__ = [
    "Block",
    "Claim",
    "ClaimKind",
    "Direction",
    "Narrative",
    "claims",
    "missing_sections",
    "unlisted_items",
    "write_narrative",
]
