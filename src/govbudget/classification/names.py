"""Names of subjects as documents print them（科目名称）: one key for one name, and judgement where they differ."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["normalize_name", "same_name"]

_BRACKETS = str.maketrans({**dict.fromkeys("([{【〔〖﹝", "（"), **dict.fromkeys(")]}】〕〗﹞", "）")})
_LOOSE = str.maketrans({"与": "和", "的": None, "、": None, ",": None})
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad\"'“”‘’「」『』`]+")
_TAIL = re.compile(r"（([^（）]*)）$")
# Brackets that tell one subject from its neighbour: 资本性支出（基本建设） is 309, 资本性支出 is 310.
_TELLING = re.compile(r"基本建设|[一二三四]")


@lru_cache(maxsize=65536)
def normalize_name(text: str) -> str:
    """The key of a printed name（名称规范化）: NFKC, blanks and quotes out, one kind of bracket, 其它 as 其他.

    >>> normalize_name("其它 政府办公厅(室)及相关机构事务支出")
    '其他政府办公厅（室）及相关机构事务支出'
    """
    key = unicodedata.normalize("NFKC", _DROPPED.sub("", unicodedata.normalize("NFKC", text)))
    return key.translate(_BRACKETS).replace("其它", "其他")


@lru_cache(maxsize=65536)
def loose_name(key: str) -> str:
    """A looser key, from a normalised name: no trailing 支出, 费 for 费用, 和 for 与, no 的, no 、."""
    loose = key.translate(_LOOSE)
    if loose.endswith("费用"):
        return loose[:-1]
    return loose[:-2] if loose.endswith("支出") and len(loose) > 2 else loose


def same_name(a: str, b: str) -> bool:
    """Whether two printed names mean one subject（名称是否相符）.

    Beyond `normalize_name`, a trailing 支出, 费 for 费用, 与 for 和, a missing 的 and the old style of telling the 款
    in a bracket（行政运行（人大））are let pass; a bracket that makes another subject
    （资本性支出（基本建设））is not.
    """
    if a == b:
        return True
    left, right = normalize_name(a), normalize_name(b)
    if left == right:
        return True
    if not left or not right:
        return False
    if loose_name(left) == loose_name(right):
        return True
    return _old_style(left, right) or _old_style(right, left)


def _old_style(long: str, short: str) -> bool:
    parts = old_style(long)
    return parts is not None and not short.endswith("）") and loose_name(parts[0]) == loose_name(short)


def old_style(key: str) -> tuple[str, str] | None:
    """The name and the context of 行政运行（人大）, from a normalised name; None where the bracket is part of it."""
    tail = _TAIL.search(key)
    if tail is None or _TELLING.fullmatch(tail[1]) or not tail[1] or not tail.start():
        return None
    return key[: tail.start()], tail[1]
