"""Forms as declarations（表式）: what titles, headers and rows mean, and how each family prints them."""

from __future__ import annotations

from govbudget.forms.text import label, strip_inner, tidy
from govbudget.forms.vocabulary import Column, FormKind, Vocabulary, vocabulary

__all__ = ["Column", "FormKind", "Vocabulary", "label", "strip_inner", "tidy", "vocabulary"]
