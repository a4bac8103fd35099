"""Breaking lines of Chinese and English text at the width of a terminal（中西文换行）."""

from __future__ import annotations

import re

from rich.cells import cell_len

__all__ = ["wrap"]

NOT_FIRST = frozenset("，。、；：！？）》」』】〕”’…%‰,.;:!?)]}")
NOT_LAST = frozenset("（《「『【〔“‘([{±≥≤")
PIECE = re.compile(r"\s+|[!-~]+|.", re.DOTALL)


def wrap(text: str, width: int) -> list[str]:
    """*text* in lines of at most *width* columns（换行）: words and numbers stay whole, marks stay with their word.

    >>> wrap("合计950.19不等于各项之和，相差7.77万元。", 20)
    ['合计950.19不等于各项', '之和，相差7.77万元。']
    """
    width = max(width, 2)
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width):
        if cell_len(line) + cell_len(piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _pieces(text: str, width: int) -> list[str]:
    """What may not be broken: a word, a number, a character with the marks around it; too long a word in parts."""
    pieces: list[str] = []
    glue = False
    for found in PIECE.findall(text):
        piece = " " if found.isspace() else found
        join = pieces and piece != " " and (glue or piece[0] in NOT_FIRST) and not pieces[-1].isspace()
        if join and cell_len(pieces[-1] + piece) <= width:
            pieces[-1] += piece
        else:
            pieces += _chopped(piece, width)
        glue = piece[-1] in NOT_LAST
    return pieces


def _chopped(word: str, width: int) -> list[str]:
    parts = [""]
    for character in word:
        if parts[-1] and cell_len(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts
