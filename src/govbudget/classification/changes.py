"""What changes between two catalogues（年版差异）: added, removed, renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from .model import Subject

if TYPE_CHECKING:
    from .catalogue import Catalogue

__all__ = ["Changes", "compare"]


@frozen
class Changes:
    """The difference of two editions（年版差异）, each part in code order; falsy when there is none.

    Attributes:
        before, after: the years compared.
        added: subjects that only the later catalogue has（新增）.
        removed: subjects that only the earlier has（取消）; their ``went_to`` names what took them over, where known.
        renamed: pairs of one code with two names（改名）, the earlier first.
    """

    before: int
    after: int
    added: tuple[Subject, ...]
    removed: tuple[Subject, ...]
    renamed: tuple[tuple[Subject, Subject], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.renamed)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.renamed)

    def __str__(self) -> str:
        lines = [f"{self.before} → {self.after}"]
        lines += [f"+ {subject}{_doubt(subject)}" for subject in self.added]
        for gone in self.removed:
            lines.append(f"- {gone}" + (f" → {'、'.join(gone.went_to)}" if gone.went_to else "") + _doubt(gone))
        lines += [f"~ {old} → {new.name}{_doubt(new)}" for old, new in self.renamed]
        return "\n".join(lines)


def _doubt(subject: Subject) -> str:
    return "（未确证 unsure）" if subject.status == "unsure" else ""


def compare(before: Catalogue, after: Catalogue) -> Changes:
    """The changes from one catalogue to another."""
    old, new = {s.code: s for s in before}, {s.code: s for s in after}
    return Changes(
        before.year,
        after.year,
        tuple(s for code, s in new.items() if code not in old),
        tuple(s for code, s in old.items() if code not in new),
        tuple((s, new[code]) for code, s in old.items() if code in new and new[code].name != s.name),
    )
