"""A narrative as text, Markdown or Word（情况说明的写出）."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path

import attrs

from govbudget.errors import WriteError, refusal
from govbudget.forms.families import family as declared
from govbudget.model import Budget
from govbudget.narrative.sentences import Block, Sentences, outline
from govbudget.saving import save, writable

__all__ = ["Narrative", "write_narrative"]


@attrs.frozen
class Narrative:
    """部门预算情况说明 as written from facts; 【…】 marks what people have to fill.

    Attributes:
        blocks: the title, the headings and the paragraphs in order.
    """

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The narrative as plain text（纯文本）, a paragraph a line."""
        return "\n".join(block.text for block in self.blocks) + "\n"

    @property
    def markdown(self) -> str:
        """The narrative as Markdown."""
        marks = ("" if block.level is None else f"{'#' * (block.level + 1)} " for block in self.blocks)
        return "\n\n".join(f"{mark}{block.text}" for mark, block in zip(marks, self.blocks)) + "\n"

    def write(self, target: str | PathLike[str]) -> None:
        """Write the narrative as .docx, .md or .txt, by the name of the target（写出）.

        Raises:
            WriteError: the name ends otherwise, or the file cannot be written; what stood there before is untouched.
            MissingExtraError: .docx needs the extra ``docx``.
        """
        path = Path(target)
        kind = path.suffix.lower()
        if kind == ".docx":
            from govbudget.narrative.word import render

            data = render(self.blocks)
        elif kind in {".md", ".txt"}:
            data = writable(self.markdown if kind == ".md" else self.text).encode("utf-8")
        else:
            raise WriteError(
                f"{fspath(target)}: 情况说明只写 .docx、.md、.txt (a narrative is written as .docx, .md or .txt)"
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(f"{path}: {refusal('写不出', 'cannot be written', error)}") from error
        save(data, path)

    def __str__(self) -> str:
        return self.text


def write_narrative(book: Budget, *, family: str | None = None, prior: Budget | None = None) -> Narrative:
    """The standard narrative of a budget（编写部门预算情况说明）.

    Args:
        book: the budget.
        family: whose outline to follow; by default that of the budget's own family.
        prior: last year's budget, for the changes.

    Raises:
        FamilyError: nobody declared that family.
    """
    name = declared(family).id if family is not None else book.family or ""
    return Narrative(tuple(Sentences(book, prior).blocks(outline(name))))
