"""What every marked cell has（标记单元格）: the codes of its rules, the way back to the findings, an id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govbudget.cells import Place
from govbudget.report.marks import Mark, Marks
from govbudget.report.markup import Markup, element, join

__all__ = ["Pending", "attributes", "badges", "figure"]


class Pending:
    """The marked places of a form that no cell has shown yet."""

    def __init__(self, marks: Marks, places: set[Place]) -> None:
        self._places = dict.fromkeys(place for place in marks if place in places)

    def take(self, places: Iterable[Place]) -> None:
        """*places* have a cell of their own."""
        for place in places:
            self._places.pop(place, None)

    def row(self, sheet: str, number: int) -> list[Place]:
        """Take what stands on a row and has no cell of its own."""
        return self.rows(sheet, number, number)

    def rows(self, sheet: str, first: int, last: int) -> list[Place]:
        """Take what stands on rows from *first* to *last* and has no cell of its own."""
        found = [p for p in self._places if p.row and p.sheet == sheet and first <= p.row <= last]
        self.take(found)
        return found

    def rest(self) -> list[Place]:
        """What is left."""
        return list(self._places)


def attributes(board: Marks, places: Sequence[Place], classes: str = "") -> dict[str, str]:
    """The id, the classes and the findings of an element that shows *places*."""
    marks = board.at(places)
    names = [classes] if classes else []
    if marks:
        names += ["mark" if marks[0].primary else "part", marks[0].finding.severity.value]
    found = {"id": board.draw(places), "class_": " ".join(names)}
    if marks:
        found["data_f"] = " ".join(str(mark.number) for mark in marks)
    return found


def badges(marks: Sequence[Mark]) -> Markup:
    """The codes of the rules that a cell is to be looked at for, linked back to the findings."""
    first = [mark for mark in marks if mark.primary]
    links = [
        element(
            "a",
            mark.finding.rule,
            class_=f"badge {mark.finding.severity.value}",
            href=f"#f{mark.number}",
            title=_spoken(mark),
        )
        for mark in first[:1]
    ]
    if len(first) > 1:
        links.append(element("a", f"+{len(first) - 1}", class_="badge more", href=f"#f{first[1].number}"))
    return join(links)


def figure(text: str, marks: Sequence[Mark]) -> Markup:
    """A figure; one that takes part in a finding about another cell is linked to it."""
    if text and marks and not marks[0].primary:
        return element("a", text, href=f"#f{marks[0].number}", title=_spoken(marks[0]), class_="figure")
    return element("span", text, class_="figure") if text else Markup("")


def _spoken(mark: Mark) -> str:
    return f"{mark.finding.rule} {mark.finding.severity.chinese}：{mark.finding.message}"
