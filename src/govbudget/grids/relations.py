"""Relations（部件关系） between the parts of an Office file, and to what lies outside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import attrs

__all__ = ["Relation", "attributes", "relations"]

ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.A)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)/?>")


@attrs.frozen
class Relation:
    """What a part refers to.

    Attributes:
        id: by which name the part does so.
        kind: the last word of the type, such as ``worksheet`` or ``hyperlink``.
        target: the other part, or the other file.
        external: whether it lies outside the file.
    """

    id: str
    kind: str
    target: str
    external: bool

    def part(self, folder: str) -> str:
        """The other part, where the part that refers to it lies in *folder*."""
        return self.target.lstrip("/") if self.target.startswith("/") else f"{folder}/{self.target}"


def relations(xml: bytes) -> Iterator[Relation]:
    """The relations that a part such as ``xl/_rels/workbook.xml.rels`` lists."""
    for found in RELATION.finditer(xml):
        values = attributes(found.group(1))
        kind = values.get("Type", "").rpartition("/")[2]
        yield Relation(
            values.get("Id", ""), kind, values.get("Target", ""), values.get("TargetMode", "").lower() == "external"
        )


def attributes(text: bytes) -> dict[str, str]:
    """The attributes of a tag."""
    return {key: unescape(one or other) for key, one, other in ATTRIBUTE.findall(text.decode("utf-8", "replace"))}
