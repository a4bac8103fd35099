"""Safe building of HTML: a text becomes markup only by being escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

__all__ = ["Markup", "element", "join", "text"]

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
VOID = frozenset({"br", "input", "meta"})


class Markup(str):
    """A text that is HTML already（已转义的 HTML）."""

    __slots__ = ()


def text(value: str) -> Markup:
    """*value* escaped; characters that no document may hold become U+FFFD."""
    return value if isinstance(value, Markup) else Markup(escape(UNPRINTABLE.sub("\ufffd", value)))


def join(parts: Iterable[str]) -> Markup:
    """The parts one after the other, each escaped unless it is markup."""
    return Markup("".join(map(text, parts)))


def element(tag: str, *children: str, **attributes: str | int | bool | None) -> Markup:
    """An element with escaped children and attributes.

    Attributes that are None, False or empty are left out; ``class_`` is ``class`` and ``data_rule`` is ``data-rule``.

    >>> element("a", "1 < 2", href="#f1", class_="badge")
    '<a href="#f1" class="badge">1 &lt; 2</a>'
    """
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{text(str(value))}"')
        for name, value in attributes.items()
        if value is not None and value is not False and value != ""
    )
    if tag in VOID:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{join(children)}</{tag}>")
