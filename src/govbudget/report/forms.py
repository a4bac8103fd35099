"""The forms as HTML tables（预算表还原） with their cells at fault marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govbudget.cells import Place
from govbudget.checks.findings import Finding
from govbudget.model import Budget
from govbudget.report.cells import Pending, attributes, badges
from govbudget.report.layout import FormView
from govbudget.report.marks import Marks
from govbudget.report.markup import Markup, element, join
from govbudget.report.tables import amounts_table
from govbudget.report.targets import target_section

__all__ = ["FormPainter"]


class FormPainter:
    """Draws the forms of one budget and remembers where each cell at fault was drawn."""

    def __init__(self, marks: Marks, views: Sequence[FormView], book: Budget) -> None:
        self._marks = marks
        self._views = views
        self._book = book
        self._homes = {place: self._home(place) for place in marks}
        self._unread = {unread.place for unread in book.unread}
        self._words = {place: passage for passage in book.prose for _, place in passage.lines}

    def _home(self, place: Place) -> int | None:
        return next((number for number, view in enumerate(self._views, 1) if view.holds(place)), None)

    def id(self, place: Place) -> str:
        """The id of the element that shows *place*."""
        return self._marks.id(place)

    def target(self, finding: Finding) -> str:
        """The id of the element that a finding leads to: its cell, or its form where it has none; may be empty."""
        for place in finding.places[:1]:
            if self.id(place):
                return self.id(place)
        for number, view in enumerate(self._views, 1):
            if finding.form and view.form.id == finding.form and view.form.title == (finding.title or view.form.title):
                return f"form{number}"
        return ""

    def contents(self) -> Markup:
        """Links to every form, each with how many cells to look at it has."""
        return element(
            "nav",
            *(self._entry(number, view) for number, view in enumerate(self._views, 1)),
            class_="contents",
            aria_label="预算表目录",
        )

    def _entry(self, number: int, view: FormView) -> Markup:
        places = [place for place, home in self._homes.items() if home == number]
        first = [mark for mark in self._marks.at(places) if mark.primary]
        worst = min((mark.finding.severity for mark in first), key=lambda one: one.rank, default=None)
        count = element("b", str(len(first)), class_=f"dot {worst.value}") if worst else ""
        agency = self._book.agency.name if self._book.agency else ""
        name = " ".join(filter(None, (view.form.number, view.short_title(agency))))
        if view.form.sheet.strip() and sum(other.title == view.title for other in self._views) > 1:
            name = view.form.sheet.strip()
        return element("a", name, count, href=f"#form{number}", class_="empty" if view.form.empty else "")

    def form(self, number: int, view: FormView) -> Markup:
        """One form: its title, its amounts, its performance targets, and marked cells that neither shows."""
        form = view.form
        title = element("h3", element("span", form.number, class_="tag") if form.number else "", view.title)
        facts = [form.sheet.strip()] if form.sheet.strip() not in ("", form.number) else []
        facts += [f"单位：{form.unit.value}"] if form.unit and view.facts else []
        facts += [f"{view.facts} 个预算数"] if view.facts else []
        facts += [f"{len(view.targets)} 个绩效目标"] if view.targets else []
        nothing = form.empty or not (view.table.rows or view.targets)
        pending = {place for place, home in self._homes.items() if home == number and place not in self._unread}
        shown = Pending(self._marks, pending)
        body = join(
            [
                amounts_table(view.table, shown, self._marks, self._book, view.title) if view.table.rows else "",
                *(target_section(target, shown, self._marks) for target in view.targets),
            ]
        )
        return element(
            "article",
            element(
                "div",
                title,
                element("span", " · ".join(facts), class_="facts") if facts else "",
                element("span", "空表", class_="tag quiet") if nothing else "",
                class_="head",
            ),
            body,
            element("p", form.note, class_="note") if form.note else "",
            self._others(shown.rest(), "表中其他单元格", "Other cells of this form"),
            element("a", "↑ 返回发现", href="#findings", class_="up") if body else "",
            id=f"form{number}",
            class_="form" + (" blank" if nothing else ""),
        )

    def elsewhere(self) -> Markup:
        """Marked cells that lie on no form."""
        rest = [place for place, home in self._homes.items() if home is None and place not in self._unread]
        cells = [place for place in rest if place not in self._words]
        return join(
            [
                self._prose([place for place in rest if place in self._words]),
                self._others(cells, "不在任何预算表内的单元格", "Cells on no form"),
            ]
        )

    def _prose(self, places: Sequence[Place]) -> Markup:
        """The paragraphs of the prose with a finding（正文段落）."""
        if not places:
            return Markup("")
        paragraphs = dict.fromkeys((id(self._words[place]), self._words[place]) for place in places)
        items = []
        for _, passage in paragraphs:
            own = [place for _, place in passage.lines if place in set(places)]
            marks = self._marks.at(own)
            where = element("b", str(passage.place))
            items.append(element("li", where, " ", passage.text, " ", badges(marks), **attributes(self._marks, own)))
        head = element("h2", "正文 ", element("small", "The words", lang="en"))
        return element("section", head, element("ol", *items), class_="prose", id="prose")

    def unread(self) -> Markup:
        """What was found and not understood（未识别内容）."""
        if not self._book.unread:
            return Markup("")
        rows = []
        for unread in self._book.unread:
            marks = self._marks.at([unread.place])
            rows.append(
                element(
                    "tr",
                    element("th", str(unread.place), scope="row"),
                    element("td", unread.text, badges(marks), **attributes(self._marks, [unread.place])),
                    element("td", unread.reason),
                )
            )
        return element(
            "details",
            element(
                "summary",
                element(
                    "h2",
                    "未识别内容 ",
                    element("small", "Unread", lang="en"),
                    element("span", f"{len(rows)} 处", class_="aside"),
                ),
            ),
            element(
                "div",
                element(
                    "table",
                    element("thead", element("tr", *(element("th", t, scope="col") for t in ("位置", "内容", "原因")))),
                    element("tbody", *rows),
                    class_="plain",
                ),
                class_="scroll",
            ),
            id="unread",
        )

    def _others(self, places: Iterable[Place], chinese: str, english: str) -> Markup:
        items = []
        for place in places:
            marks = self._marks.at([place])
            items.append(element("li", str(place), badges(marks), **attributes(self._marks, [place])))
        if not items:
            return Markup("")
        head = element("p", chinese, " ", element("small", english, lang="en"))
        return element("div", head, element("ul", *items), class_="others")
