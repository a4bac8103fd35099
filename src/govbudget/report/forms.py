"""The forms as HTML tables（预算表还原） with their cells at fault marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from govbudget.checks.findings import Finding
from govbudget.model import Budget, Fact, Place
from govbudget.performance import PerformanceIndicator
from govbudget.report.layout import Block, Column, FormView, Row, Table, TargetView, locate
from govbudget.report.marks import Mark, Marks
from govbudget.report.markup import Markup, element, join
from govbudget.report.overview import amount_text

__all__ = ["FormPainter"]

TOTALS = ("合计", "总计", "本年收入", "本年支出", "小计")
WIDE = 11
INDICATOR_HEAD = ("一级指标", "二级指标", "三级指标", "性质", "指标值", "单位", "权重", "方向")


class FormPainter:
    """Draws the forms of one budget and remembers where each cell at fault was drawn."""

    def __init__(self, marks: Marks, views: Sequence[FormView], book: Budget) -> None:
        self._marks = marks
        self._views = views
        self._book = book
        self._homes = {place: self._home(place) for place in marks}
        self._unread = {unread.place for unread in book.unread}

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
        shown = _Pending(self._marks, pending, view)
        body = join(
            [
                self._table(view.table, shown, view.title) if view.table.rows else "",
                *(self._target(target, shown) for target in view.targets),
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
        return self._others(rest, "不在任何预算表内的单元格", "Cells on no form")

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
                    element("td", unread.text, _badges(marks), **self._attributes([unread.place], marks)),
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
            items.append(element("li", str(place), _badges(marks), **self._attributes([place], marks)))
        if not items:
            return Markup("")
        head = element("p", chinese, " ", element("small", english, lang="en"))
        return element("div", head, element("ul", *items), class_="others")

    def _attributes(self, places: Iterable[Place], marks: Sequence[Mark], classes: str = "") -> dict[str, str]:
        """The id and the classes of an element that shows *places*."""
        names = [classes] if classes else []
        if marks:
            names += ["mark" if marks[0].primary else "part", marks[0].finding.severity.value]
        found = {"id": self._marks.draw(places), "class_": " ".join(names)}
        if marks:
            found["data_f"] = " ".join(str(mark.number) for mark in marks)
        return found

    # Amounts

    def _table(self, table: Table, shown: _Pending, caption: str) -> Markup:
        for row in table.rows:
            shown.take(place for block in table.blocks for place in filter(None, map(row.place, block.columns)))
            shown.take(fact.place for cells in row.cells for fact in cells if fact)
        rows = []
        sheet = table.rows[0].sheet
        width = 1 + sum(1 + block.coded + len(block.columns) for block in table.blocks)
        for row in table.rows:
            if row.sheet != sheet:
                sheet = row.sheet
                rows.append(element("tr", element("td", sheet, colspan=width), class_="page"))
            rows.append(self._row(table, row, shown))
        return element(
            "div",
            element(
                "table",
                element("caption", caption, class_="hidden"),
                element("thead", *_head(table)),
                element("tbody", *rows),
                class_="grid" + (" two" if len(table.blocks) > 1 else "") + (" wide" if width > WIDE else ""),
            ),
            class_="scroll",
            tabindex=0,
            role="region",
            aria_label=caption,
        )

    def _row(self, table: Table, row: Row, shown: _Pending) -> Markup:
        lost = shown.row(row.sheet, row.number)
        ends = [max((column.index for column in block.columns), default=0) for block in table.blocks]
        parts = [element("td", str(row.number) if row.number else "", class_="gutter", aria_hidden="true")]
        for number, block in enumerate(table.blocks):
            mine = [place for place in lost if _block_of(place, ends) == number]
            parts += self._label(block, row.labels[number], mine)
            for column, fact in zip(block.columns, row.cells[number]):
                parts.append(self._cell(row, column, fact))
        names = {fact.name for fact in row.labels if fact}
        kind = "total" if names and all(_is_total(name) for name in names) else ""
        if not kind and all(not fact or not fact.code for fact in row.labels) and any(b.coded for b in table.blocks):
            kind = "unit"
        return element("tr", *parts, class_=kind)

    def _label(self, block: Block, fact: Fact | None, lost: list[Place]) -> list[Markup]:
        name = _row_name(fact, self._book) if fact else ""
        depth = {3: 0, 5: 1, 7: 2}.get(len(fact.code), 0) if fact else 0
        marks = self._marks.at(lost)
        classes = f"name d{depth}" + ("" if name or not fact else " unnamed")
        cell = element(
            "th",
            element("span", name or ("—" if fact else "")),
            _badges(marks),
            scope="row",
            **self._attributes(lost, marks, classes),
        )
        code = element("td", fact.code if fact else "", class_="code")
        return [code, cell] if block.coded else [cell]

    def _cell(self, row: Row, column: Column, fact: Fact | None) -> Markup:
        place = fact.place if fact else row.place(column)
        places = [place] if place else []
        marks = self._marks.at(places)
        classes = "number" + (" zero" if fact and not fact.amount else "")
        text = amount_text(fact.amount) if fact else ""
        content = [_badges(marks), _figure(text, marks)]
        if marks and marks[0].primary:
            content = [element("span", *content, class_="pair")]
        return element("td", *content, **self._attributes(places, marks, classes))

    # Performance targets

    def _target(self, view: TargetView, shown: _Pending) -> Markup:
        printed = view.printed
        target = printed.target
        name = target.project if target.project is not None else f"{target.agency or '部门'} 整体绩效目标"
        shown.take([printed.place, *printed.places, *(fact.place for fact in view.facts)])
        rows = self._indicators(view, shown)
        own = [] if printed.place in printed.places else [printed.place]
        lost = [*own, *shown.rows(printed.place.sheet, view.first, view.last)]
        marks = self._marks.at(lost)
        weight = target.weight
        foot = ""
        if weight is not None:
            extra = f"，另有预算执行率 {target.execution_weight:f}" if target.execution_weight is not None else ""
            foot = element(
                "tfoot",
                element(
                    "tr",
                    element("td", class_="gutter"),
                    element("th", "指标权重合计", extra, colspan=6, scope="row"),
                    element("td", f"{weight:f}", class_="number"),
                    element("td"),
                ),
            )
        return element(
            "section",
            element(
                "div",
                element(
                    "h4",
                    element("span", printed.place.cell, class_="at") if printed.place.cell else "",
                    element("span", target.project_code, class_="code") if target.project_code else "",
                    name,
                    _badges(marks),
                    **self._attributes(lost, marks),
                ),
                element("span", *(self._money(fact) for fact in view.facts), class_="money") if view.facts else "",
                class_="head",
            ),
            element(
                "details",
                element("summary", "年度绩效目标 ", element("small", "Goal", lang="en")),
                element("p", target.goal),
                class_="goal",
            )
            if target.goal
            else "",
            element(
                "div",
                element(
                    "table",
                    element("caption", name, class_="hidden"),
                    element(
                        "thead",
                        element(
                            "tr",
                            element("td", class_="gutter"),
                            *(
                                element("th", text, scope="col", class_="number" if text == "权重" else "")
                                for text in INDICATOR_HEAD
                            ),
                        ),
                    ),
                    element("tbody", *rows),
                    foot,
                    class_="grid indicators",
                ),
                class_="scroll",
            )
            if rows
            else "",
            class_="target",
        )

    def _money(self, fact: Fact) -> Markup:
        marks = self._marks.at([fact.place])
        return element(
            "span",
            element("small", fact.column),
            " ",
            _figure(f"{amount_text(fact.amount)} {fact.unit.value}", marks),
            _badges(marks),
            **self._attributes([fact.place], marks, "sum"),
        )

    def _indicators(self, view: TargetView, shown: _Pending) -> list[Markup]:
        indicators = view.printed.target.indicators
        places: Sequence[Place] = view.printed.places
        rows = []
        for number, indicator in enumerate(indicators):
            own = [places[number]] if number < len(places) else []
            at = locate(own[0]) if own else None
            marked = [*own, *(shown.row(own[0].sheet, at[0]) if at else [])]
            marks = self._marks.at(marked)
            level1 = _span(indicators, number, lambda one: (one.level1,))
            level2 = _span(indicators, number, lambda one: (one.level1, one.level2))
            rows.append(
                element(
                    "tr",
                    element("td", own[0].cell if own else "", class_="gutter", aria_hidden="true"),
                    element("td", indicator.level1, rowspan=level1) if level1 else "",
                    element("td", indicator.level2, rowspan=level2) if level2 else "",
                    element(
                        "th", indicator.name, _badges(marks), scope="row", **self._attributes(marked, marks, "name")
                    ),
                    element("td", indicator.operator_text, class_="middle"),
                    element("td", indicator.value_text),
                    element("td", indicator.unit),
                    element("td", indicator.weight_text, class_="number"),
                    element("td", indicator.direction_text),
                )
            )
        return rows


class _Pending:
    """The marked places of a form that no cell has shown yet."""

    def __init__(self, marks: Marks, places: set[Place], view: FormView) -> None:
        self._places = {place: locate(place) for place in marks if place in places}
        self._view = view

    def take(self, places: Iterable[Place]) -> None:
        """*places* have a cell of their own."""
        for place in places:
            self._places.pop(place, None)

    def row(self, sheet: str, number: int) -> list[Place]:
        """Take what stands on a row and has no cell of its own."""
        return self.rows(sheet, number, number)

    def rows(self, sheet: str, first: int, last: int) -> list[Place]:
        """Take what stands on rows from *first* to *last* and has no cell of its own."""
        found = [p for p, at in self._places.items() if at and p.sheet == sheet and first <= at[0] <= last]
        self.take(found)
        return found

    def rest(self) -> list[Place]:
        """What is left."""
        return list(self._places)


def _head(table: Table) -> list[Markup]:
    """The column letters, and below them the header levels with merged cells."""
    depth = table.depth
    letters = [element("td", class_="gutter")]
    levels: list[list[Markup]] = [[] for _ in range(depth)]
    for block in table.blocks:
        labels = 1 + block.coded
        letters += [element("td")] * labels
        letters += [element("td", column.letter) for column in block.columns]
        shared = len(table.blocks) > 1 and depth > 1 and len({column.path[0] for column in block.columns}) == 1
        if shared:
            levels[0].append(
                element(
                    "th", block.columns[0].path[0], colspan=labels + len(block.columns), scope="colgroup", class_="side"
                )
            )
        start = int(shared)
        if block.coded:
            levels[start].append(element("th", "科目编码", rowspan=depth - start, scope="col", class_="code"))
        levels[start].append(element("th", "项目", rowspan=depth - start, scope="col", class_="name"))
        _levels(levels, [column.path for column in block.columns], start, depth)
    levels[0].insert(0, element("td", class_="gutter", rowspan=depth))
    return [element("tr", *letters, class_="letters", aria_hidden="true"), *(element("tr", *level) for level in levels)]


def _levels(levels: list[list[Markup]], paths: Sequence[tuple[str, ...]], level: int, depth: int) -> None:
    position = 0
    while position < len(paths) and level < depth:
        path = paths[position]
        if len(path) <= level + 1:
            name = path[level] if level < len(path) else ""
            levels[level].append(element("th", name, rowspan=depth - level, scope="col"))
            position += 1
            continue
        end = position
        while end < len(paths) and len(paths[end]) > level + 1 and paths[end][: level + 1] == path[: level + 1]:
            end += 1
        levels[level].append(element("th", path[level], colspan=end - position, scope="colgroup"))
        _levels(levels, paths[position:end], level + 1, depth)
        position = end


def _span(
    indicators: Sequence[PerformanceIndicator], number: int, key: Callable[[PerformanceIndicator], object]
) -> int:
    """How many rows the level of an indicator spans; 0 where it is drawn above already."""
    own = key(indicators[number])
    if number and key(indicators[number - 1]) == own:
        return 0
    end = number
    while end < len(indicators) and key(indicators[end]) == own:
        end += 1
    return end - number


def _badges(marks: Sequence[Mark]) -> Markup:
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


def _figure(text: str, marks: Sequence[Mark]) -> Markup:
    """A figure; one that takes part in a finding about another cell is linked to it."""
    if text and marks and not marks[0].primary:
        return element("a", text, href=f"#f{marks[0].number}", title=_spoken(marks[0]), class_="figure")
    return element("span", text, class_="figure") if text else Markup("")


def _spoken(mark: Mark) -> str:
    return f"{mark.finding.rule} {mark.finding.severity.chinese}：{mark.finding.message}"


def _block_of(place: Place, ends: Sequence[int]) -> int:
    at = locate(place)
    column = at[1] if at else 0
    return next((number for number, end in enumerate(ends) if column <= end), len(ends) - 1)


def _is_total(name: str) -> bool:
    return name in TOTALS or name.endswith(("总计", "合计"))


def _row_name(fact: Fact, book: Budget) -> str:
    if fact.name:
        return fact.name
    agency = fact.coordinate.agency
    return book.agency_names.get(agency, agency) if agency else ""
