"""The HTML report: well formed, complete, safe, and alive in a browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from govbudget.amounts import Unit
from govbudget.cells import Place
from govbudget.checks.findings import Finding, Message, Report, Severity
from govbudget.model import Agency, Budget, Coordinate, Fact, PrintedForm, PrintedTarget, Unread
from govbudget.performance import PerformanceIndicator, PerformanceTarget
from govbudget.report import to_html

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """Parses strictly: every element is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.external: list[str] = []
        self.tags: Counter[str] = Counter()
        self.cells: dict[str, str] = {}
        self.classes: dict[str, str] = {}
        self.text = ""
        self._ids: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        if found.get("id"):
            self.ids.append(found["id"] or "")
            self.classes[self.ids[-1]] = found.get("class") or ""
        if tag == "a":
            self.links.append(found.get("href") or "")
        self.external += [value or "" for name, value in attrs if name in ("src", "srcset", "action") or tag == "link"]
        assert not any(name.startswith("on") for name in found)
        if tag not in VOID:
            self.open.append(tag)
            self._ids.append(found.get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._ids.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.text += data
            for name in filter(None, self._ids):
                self.cells[name] = self.cells.get(name, "") + data


def sound(html: str) -> Page:
    page = Page(html)
    assert not [name for name, count in Counter(page.ids).items() if count > 1]
    assert not page.external
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    return page


def test_page_is_sound_and_says_everything(report: Report) -> None:
    page = sound(to_html(report))
    for finding in report.findings:
        assert finding.message in page.text
        assert finding.english in page.text
    for text in (
        "示例市数据局",
        "2024 年度",
        "四川",
        "1,280.56 万元",
        "部门支出总表",
        "此项无内容",
        "待填",
        "基金表为空表，未核对",
    ):
        assert text in page.text


def test_works_without_network(report: Report) -> None:
    html = to_html(report)
    assert not re.search(r"https?:|@import|url\(", html)


def test_every_place_is_drawn_and_linked(report: Report) -> None:
    page = sound(to_html(report))
    for number, finding in enumerate(report.findings, 1):
        assert f"f{number}" in page.ids
        assert page.links.count(f"#f{number}") >= bool(finding.places)
    marked = [name for name, classes in page.classes.items() if "mark " in f"{classes} "]
    assert len(marked) == sum(bool(finding.places) for finding in report.findings)
    assert any("SUM001" in page.cells[name] and "1,280.56" in page.cells[name] for name in marked)


def test_blank_column_has_its_cell(report: Report) -> None:
    """E6 prints nothing, but takes part."""
    html = to_html(report)
    assert re.search(r'<td id="c\d+" class="number part error" data-f="1"></td>', html)


def test_place_without_a_cell_of_its_own_marks_the_label(report: Report) -> None:
    html = to_html(report)
    assert re.search(r'<th scope="row" id="c\d+" class="name d2 mark warning" data-f="3"><span>行政运行', html)


def test_two_sided_form_has_both_sides_in_one_row(report: Report) -> None:
    html = to_html(report)
    row = re.search(r'<tr class="total">.*?收入总计.*?</tr>', html)
    assert row and "支出总计" in row.group()


def test_header_levels_are_merged(report: Report) -> None:
    html = to_html(report)
    assert '<th colspan="3" scope="colgroup">其中</th>' in html
    assert '<th rowspan="2" scope="col">合计</th>' in html


def test_levels_of_indicators_are_merged_and_weights_added(report: Report) -> None:
    html = to_html(report)
    assert '<td rowspan="2">产出指标</td>' in html
    assert re.search(r'指标权重合计</th><td class="number">80</td>', html)


def test_empty_report() -> None:
    page = sound(to_html(Report(Budget())))
    assert "没有发现问题" in page.text


def test_facts_without_places_are_drawn(book: Budget) -> None:
    at = Coordinate()
    facts = [
        Fact(Decimal(n), "元", "mine", name, column=column, coordinate=at)
        for n, name, column in ((1, "甲", "一"), (2, "甲", "二"), (3, "乙", "一"))
    ]
    html = to_html(Report(Budget(facts=facts)))
    sound(html)
    assert len(re.findall(r'<span class="figure">', html)) == 3
    assert html.count('<th scope="row" class="name d0">') == 2


def test_form_over_several_pages_is_one_table() -> None:
    facts = [
        Fact(Decimal(n), "元", "general", f"第{n}项", column="合计", place=Place(page, cell))
        for n, page, cell in ((1, "p1", "C8"), (2, "p1", "C9"), (3, "p2", "B1"))
    ]
    html = to_html(Report(Budget(facts=facts, forms=(PrintedForm("general", "支出表", sheet="p1", first=1, last=9),))))
    sound(html)
    assert html.count("<article") == 1
    assert html.index("第2项") < html.index("第3项")


words = st.text(max_size=12) | st.sampled_from(
    ["<script>alert(1)</script>", "\"'&<>", "</td>", "{x}", "a/b", "-->", "\x00\ud800"]
)
places = st.builds(
    Place.at, st.sampled_from(["表1", "表 2", "<b>"]), st.integers(1, 9), st.sampled_from([1, 2, 3, 4, 26])
) | st.just(Place("", ""))
amounts = st.decimals(-(10**9), 10**9, places=2)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    forms = ("summary", "general", "project_performance", "<i>")
    facts = st.builds(
        Fact,
        amount=amounts,
        unit=st.sampled_from(Unit),
        form=st.sampled_from(forms),
        name=words,
        code=words,
        column=words,
        place=places,
        coordinate=st.builds(
            Coordinate, side=st.sampled_from([None, "revenue", "expenditure"]), agency=st.none() | words
        ),
    )
    printed = st.builds(
        PrintedForm,
        id=st.sampled_from(forms),
        title=words,
        sheet=st.sampled_from(["表1", "表 2"]),
        note=words,
        number=words,
        columns=st.lists(words, max_size=3).map(tuple),
        last=st.integers(1, 12),
    )
    indicators = st.builds(PerformanceIndicator, name=words.filter(str.strip), level1=words)
    targets = st.builds(
        PrintedTarget,
        form=st.just("project_performance"),
        target=st.builds(
            PerformanceTarget, project=st.none() | words, goal=words, indicators=st.lists(indicators, max_size=3)
        ),
        place=places,
        places=st.lists(places, max_size=3).map(tuple),
    )
    findings = st.builds(
        Finding,
        rule=words,
        severity=st.sampled_from(Severity),
        template=st.just(Message("{a}", "{a}")),
        arguments=st.fixed_dictionaries({"a": words}),
        places=st.lists(places, max_size=4).map(tuple),
        form=st.sampled_from(forms),
        title=words,
        row=words,
        found=st.none() | words | amounts,
        difference=st.none() | amounts,
    )
    book = Budget(
        facts=draw(st.lists(facts, max_size=6)),
        targets=draw(st.lists(targets, max_size=2)),
        forms=draw(st.lists(printed, max_size=3)),
        unread=draw(st.lists(st.builds(Unread, place=places, text=words), max_size=2)),
        agency=Agency("", draw(words)),
        source=draw(words),
    )
    return Report(book, tuple(draw(st.lists(findings, max_size=4))))


@settings(max_examples=examples(150))
@given(reports())
def test_any_text_is_escaped(report: Report) -> None:
    html = to_html(report)
    html.encode("utf-8")
    page = sound(html)
    assert page.tags["script"] == page.tags["style"] == 1
    assert "<i>" not in html
    figures = len(re.findall(r'class="figure"', html))
    drawn = {(fact.form, fact.place) for fact in report.book.facts}
    assert figures >= len(drawn)


# In a browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def dump(page: Path, profile: Path) -> str:
    command = [
        CHROMIUM or "",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={profile}",
        "--virtual-time-budget=2000",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium")
def test_in_a_browser(report: Report, tmp_path: Path) -> None:
    """The marked cells are in the DOM, a finding leads to its cell, and the filters narrow."""
    script = """<script>
      document.querySelector('#f1 .place').click();
      document.body.dataset.went = location.hash;
      document.body.dataset.first = document.querySelector('.hot.first').className;
      document.querySelector('[data-severity=info].toggle').click();
      const input = document.querySelector('.filters input');
      input.value = '成本上限';
      input.dispatchEvent(new Event('input', { bubbles: true }));
      const shown = [...document.querySelectorAll('.finding:not([hidden])')];
      document.body.dataset.shown = shown.map((one) => one.id).join();
      document.querySelector('td.part').click();
      document.body.dataset.back = location.hash + document.querySelector('#f1').hidden;
      document.querySelector('.mark .badge').focus();
      document.body.dataset.tip = document.querySelector('#tip').textContent;
    </script></body>"""
    page = tmp_path / "report.html"
    page.write_text(to_html(report).replace("</body>", script), encoding="utf-8")
    dom = dump(page, tmp_path / "profile")
    cell = re.search(r'<td id="(c\d+)" class="number mark error hot" data-f="1">', dom)
    assert cell
    assert 'data-first="number mark error hot first"' in dom
    assert f'data-went="#{cell.group(1)}"' in dom
    assert len(re.findall(r'class="number part error hot"', dom)) == 3
    assert 'data-shown="f2"' in dom
    assert 'data-back="#f1false"' in dom
    assert "合计 1280.56 不等于各项之和 1288.33" in (re.search(r'data-tip="([^"]*)"', dom) or [""])[0]
