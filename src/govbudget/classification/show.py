"""How subjects and catalogues show themselves in a notebook（树形显示）."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .catalogue import Catalogue
    from .model import Subject

__all__ = ["catalogue_html", "subject_html"]


def _label(subject: Subject) -> str:
    mark = {"sighted": "●", "standard": "○", "unsure": "？"}[subject.status]
    former = f" <small>曾用名 {escape('、'.join(subject.former_names))}</small>" if subject.former_names else ""
    return f"<code>{escape(subject.code)}</code> {escape(subject.name)} <small>{mark}</small>{former}"


def _branch(subject: Subject, depth: int, opened: bool = False) -> str:
    children = subject.children
    if not children:
        return f"<div style='margin-left:1.2em'>{_label(subject)}</div>"
    if depth == 0:
        return f"<div style='margin-left:1.2em'>{_label(subject)} <small>（{len(children)}）</small></div>"
    inner = "".join(_branch(child, depth - 1) for child in children)
    attribute = " open" if opened else ""
    return f"<details{attribute} style='margin-left:1.2em'><summary>{_label(subject)}</summary>{inner}</details>"


_LEGEND = "<small>● 见于公开文件 sighted　○ 据书面标准 standard　？ 未确证 unsure</small>"


def subject_html(subject: Subject) -> str:
    """A subject with everything above and below it."""
    above = "".join(f"<div>{_label(ancestor)}</div>" for ancestor in subject.ancestors)
    return f"<div>{above}{_branch(subject, 9, opened=True)}{_LEGEND}</div>"


def catalogue_html(catalogue: Catalogue, roots: Iterable[Subject]) -> str:
    """A catalogue down to the 款; a 款 tells how many 项 it has."""
    tree = "".join(_branch(root, 1) for root in roots)
    return f"<div><b>{escape(repr(catalogue))}</b>{tree}{_LEGEND}</div>"
