"""Ranked search over a catalogue（检索）."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from .names import normalize_name

if TYPE_CHECKING:
    from .catalogue import Catalogue
    from .model import Subject

__all__ = ["rank"]

_EXACT, _PREFIX, _INSIDE, _ALL_WORDS, _WITH_PATH, _INITIALS, _FORMER = range(7)


def rank(catalogue: Catalogue, words: str, limit: int) -> tuple[Subject, ...]:
    """The best matches first; of equal ones the earlier match, the shorter name, then code order."""
    parts = [normalize_name(part) for part in words.split()]
    whole = "".join(parts)
    if not whole or limit < 1:
        return ()
    if whole.isdigit():
        found = [subject for subject in catalogue if subject.code.startswith(whole)]
    else:
        scored = [(score, subject) for subject in catalogue if (score := _score(subject, whole, parts))]
        found = [subject for _, subject in sorted(scored, key=lambda one: (one[0], len(one[1].name), one[1].code))]
    return tuple(found[:limit])


def _score(subject: Subject, whole: str, parts: list[str]) -> tuple[int, int] | None:
    name = normalize_name(subject.name)
    if name == whole:
        return _EXACT, 0
    if whole in name:
        return (_INSIDE if name.index(whole) else _PREFIX), name.index(whole)
    if len(parts) > 1:
        if all(part in name for part in parts):
            return _ALL_WORDS, 0
        path = normalize_name(subject.path) + subject.code
        if any(part in name for part in parts) and all(part in path for part in parts):
            return _WITH_PATH, 0
    if whole.isascii() and whole.lower() in (letters := _initials(name)):
        return _INITIALS, letters.index(whole.lower())
    if any(whole in normalize_name(old) for old in (*subject.former_names, *subject.aliases)):
        return _FORMER, 0
    return None


@lru_cache(maxsize=8192)
def _initials(name: str) -> str:
    try:
        pypinyin = import_module("pypinyin")
    except ImportError:
        return ""
    return "".join(pypinyin.lazy_pinyin(name, style=pypinyin.Style.FIRST_LETTER)).lower()
