"""The names of one budget（名称）: its subjects, agencies and projects, as its prose may call them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from govbudget.classification import nearest_edition, normalize_name, same_name, subjects
from govbudget.forms.text import tidy
from govbudget.model import Budget
from govbudget.narrative.words import words

__all__ = ["Names"]

SPEAKER = re.compile(r"(?:^|[,;。:、])(?P<who>[^,;。:、\d]{2,15}?)20\d\d年")
MARKS = re.compile(r"[(){}\[\]、,.:;《》\-—]")
YEAR = re.compile(r"^20\d\d年(度)?")
TAILS = ("项目", "费用", "费")


class Names:
    """Which subjects, agencies and projects a text can name."""

    def __init__(self, book: Budget) -> None:
        self.functions: dict[str, set[str]] = defaultdict(set)
        self.economics: dict[str, set[str]] = defaultdict(set)
        self.former: dict[str, tuple[str, str]] = {}
        self.agencies: dict[str, str] = {}
        self._projects: dict[str, set[str]] = defaultdict(set)
        self._add_subjects(book)
        for agency in book.agencies:
            self.agencies.setdefault(tidy(agency.name), agency.key)
        self.department = tidy(book.agency.name) if book.agency else ""
        for project in book.projects:
            if len(project.name) > 3:
                self._projects[_project_key(project.name)].add(project.key)
        names = sorted({*self.functions, *self.economics}, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, names)) or r"(?!)")

    def _add_subjects(self, book: Budget) -> None:
        """The subjects with money under every name that they have or had, and all 类."""
        catalogue = subjects(nearest_edition(book.year))
        printed: dict[str, set[str]] = defaultdict(set)
        coded = [  # where a code stands beside a project, the name is the project's
            one
            for one in book.facts
            if one.code
            and one.code in {one.coordinate.function, one.coordinate.economic}
            and not one.coordinate.project
        ]
        for name, code in dict.fromkeys((fact.name, fact.code) for fact in coded):
            printed[code].add(normalize_name(name))
            self._add(name, code)
        codes = {code for fact in book.facts for code in (fact.coordinate.function, fact.coordinate.economic) if code}
        codes |= {code[:size] for code in codes for size in (3, 5)}
        codes |= {code for code in catalogue.codes if len(code) == 3 and code[0] in "235"}
        for code in codes:
            subject = catalogue.get(code)
            if subject is None:
                continue
            for name in (subject.name, *subject.aliases):
                self._add(name, code)
            for name in subject.former_names:
                known = tidy(name) in self.functions or tidy(name) in self.economics
                self._add(name, code)
                if not known and not same_name(name, subject.name) and normalize_name(name) not in printed[code]:
                    self.former[tidy(name)] = (code, subject.name)

    def _add(self, name: str, code: str) -> None:
        if not code.startswith(("2", "3")):
            return
        names = self.functions if code.startswith("2") else self.economics
        for one in _spoken(name):
            names[one].add(code)

    def learn(self, texts: Iterable[str]) -> None:
        """Learn how the document calls the department: short names that its full name contains, before a year."""
        for text in texts if self.department else ():
            for found in SPEAKER.finditer(text):
                if found["who"] not in self.agencies and _is_short_for(found["who"], self.department):
                    self.agencies[found["who"]] = self.agencies.get(self.department, "")

    def agency(self, text: str, position: int) -> str:
        """The agency whose name stands at *position*; empty where none does."""
        return max((one for one in self.agencies if one and text.startswith(one, position)), key=len, default="")

    def unit(self, agency: str) -> str:
        """The key of a unit below the department; empty for the department."""
        key = self.agencies[agency]
        return "" if agency == self.department or key == self.agencies.get(self.department) else key

    def project(self, text: str, *, whole: bool = False) -> str:
        """The key of the one project that a text begins with, or is as a whole; empty where it is none."""
        key = _project_key(text)
        names = [key] if whole else (name for name in self._projects if name and key.startswith(name))
        keys = self._projects.get(max(names, key=len, default=""), set())
        return next(iter(keys)) if len(keys) == 1 else ""


@lru_cache(maxsize=4096)
def _spoken(name: str) -> tuple[str, ...]:
    """How prose may call a subject; every budget has the same subjects."""
    text = tidy(name).replace("其它", "其他")
    short = text.removesuffix("支出")
    if short == text:
        return (text,)
    if any(pattern.fullmatch(short) for pattern, _ in words().terms):
        return ()  # 国有资本经营预算支出 is the fund's before it is a class
    return (text, short) if len(short) > 2 else (text,)


def _project_key(name: str) -> str:
    key = YEAR.sub("", MARKS.sub("", tidy(name).replace("其它", "其他"))).upper().replace("0A", "OA")
    for tail in TAILS:
        key = key.removesuffix(tail)
    return key


def _is_short_for(short: str, name: str) -> bool:
    """Whether *short* leaves out letters of *name* only, and keeps its last one."""
    letters = iter(name)
    return len(short) > 1 and short[-1] == name[-1] and all(letter in letters for letter in short)
