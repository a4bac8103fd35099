"""What the prose names and what it leaves out（用语与完整性）."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from govbudget.cells import Place
from govbudget.classification import nearest_edition, normalize_name, subjects
from govbudget.forms.text import tidy
from govbudget.model import Budget
from govbudget.narrative.words import words

__all__ = ["Item", "missing_sections", "unlisted_items"]

LIST = re.compile(r"(?:人员经费|公用经费)[^。]{0,40}?(?:包括|用于)[:：]?\s*(?P<items>[^。:：;；]+)")
ITEM = re.compile(r"[^、,，和及等]+")
PUBLIC, PERSONNEL = ("302", "310"), ("301", "303")


@attrs.frozen
class Item:
    """A name in a list of the prose（列举的科目）: its sentence, where it stands in it, and the line."""

    name: str
    sentence: str
    marked: tuple[int, int]
    place: Place


def unlisted_items(book: Budget) -> Iterator[Item]:
    """The economic subjects that the prose lists under 人员经费 or 公用经费 and 基本支出表 leaves out."""
    lists = [(passage, found) for passage in book.prose for found in LIST.finditer(passage.text)]
    if not lists:
        return
    spent = {
        fact.coordinate.economic for fact in book.facts if fact.form == "general_basic" and fact.amount and fact.code
    }
    holes = any(one.form == "general_basic" for one in book.unread)
    if not {code[:3] for code in spent if code} or holes:
        return
    catalogue = subjects(nearest_edition(book.year))
    codes = {
        normalize_name(one.name): one.code
        for one in catalogue.economics
        if len(one.code) == 5 and one.code.startswith((*PUBLIC, *PERSONNEL))
    }
    for passage, found in lists:
        for item in ITEM.finditer(found["items"]):
            code = codes.get(normalize_name(item.group()))
            if code is None or code in spent:
                continue
            start = found.start("items") + item.start()
            first = passage.text.rfind("。", 0, start) + 1
            end = passage.text.find("。", start)
            sentence = passage.text[first : end + 1 if end >= 0 else len(passage.text)]
            marked = (start - first, start - first + len(item.group()))
            yield Item(item.group().strip(), sentence, marked, passage.at(start))


def missing_sections(book: Budget) -> list[str]:
    """What a narrative has to explain and this one does not name."""
    texts = [tidy(passage.text) for passage in book.prose]
    return [name for name, pattern in words().required if not any(pattern.search(text) for text in texts)]
