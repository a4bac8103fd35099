"""Docstrings as Markdown for the documentation site（文档网站）: examples become code, roles the name they hold."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

__all__ = ["Docstrings", "markdown"]

ROLE = re.compile(r":(?:class|meth|func|data|mod|attr):`~?(?:[\w.]+\.)?(\w+)`")
EXAMPLE = re.compile(r"^( *)(>>> .*(?:\n(?! *$).*)*)", re.MULTILINE)


def markdown(text: str) -> str:
    """A docstring as Markdown: fences around examples, plain code for roles."""
    return EXAMPLE.sub(r"\1```pycon\n\1\2\n\1```", ROLE.sub(r"`\1`", text))


class Docstrings(Extension):
    """Rewrites every docstring before it is parsed."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Called for every object that was loaded."""
        if obj.docstring:
            obj.docstring.value = markdown(obj.docstring.value)
