"""One budget in every format gives one set of facts, and nothing of a recognised form is lost."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from html import escape
from importlib import resources
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.looks.books import synthetic_books
from tests.looks.districts import district_books

import govbudget as gb
from govbudget.cells import Place, cell_name
from govbudget.grids import read_grids
from govbudget.model import Coordinate, Fact

DATA = Path(__file__).parent.parent / "data"
DEMO = resources.files("govbudget").joinpath("data", "dazhou_2024.xlsx")
Key = tuple[str, str, str, str, Coordinate]


def key(fact: Fact) -> Key:
    return fact.form, fact.code, fact.name, str(fact.amount), fact.coordinate


def facts(book: gb.Budget) -> Counter[Key]:
    return Counter(map(key, book.facts))


@pytest.fixture(scope="module")
def demo() -> gb.Budget:
    return gb.read(DEMO.read_bytes())


@pytest.mark.parametrize("name", ["demo.xls", "demo.ods"])
def test_other_workbooks_read_the_same(demo: gb.Budget, name: str) -> None:
    book = gb.read(DATA / name)
    assert facts(book) == facts(demo)
    assert [target.target for target in book.targets] == [target.target for target in demo.targets]
    assert book.unread == ()


def test_a_pdf_reads_the_same_over_its_pages(demo: gb.Budget) -> None:
    book = gb.read(DATA / "forms.pdf")
    wanted = Counter({one: count for one, count in facts(demo).items() if not one[0].endswith("performance")})
    assert facts(book) == wanted
    assert book.family == demo.family
    assert book.check().errors == ()


@pytest.mark.parametrize("name", ["targets.pdf", "targets_headed.pdf"])
def test_projects_go_on_over_the_pages_of_a_pdf(demo: gb.Budget, name: str) -> None:
    """A merged cell that a page breaks has no ruling there, and its text stands on the next page as often as not."""
    book = gb.read(DATA / name)
    wanted = [one.target for one in demo.targets if one.form == "project_performance"]
    assert [(one.target.project, one.target.indicators) for one in book.targets] == [
        (target.project, target.indicators) for target in wanted
    ]
    assert [one.target.budget for one in book.targets] == [target.budget for target in wanted]
    assert book.unread == ()


def test_cells_of_a_pdf_may_be_set_apart_by_blanks_alone() -> None:
    """三线表; some tables go on on a page with a row or two, the title of one stands on the page before."""
    book = gb.read(DATA / "three_lines.pdf")
    assert book.unread == ()
    assert Counter(fact.form for fact in book.facts) == {
        "summary": 8,
        "revenue": 34,
        "expenditure": 37,
        "fiscal_summary": 12,
        "general": 37,
        "general_basic": 49,
        "three_public": 7,
    }
    assert [form.id for form in book.forms if form.empty] == ["fund"]
    assert book.check(select=("SUM", "BAL", "XTB", "CLS")).errors == ()


def test_rows_that_a_page_cuts_in_two_are_whole(demo: gb.Budget) -> None:
    book = gb.read(DATA / "split_rows.pdf")
    wanted = [one.target for one in demo.targets if one.form == "project_performance"]
    assert [(one.target.project, one.target.indicators) for one in book.targets] == [
        (target.project, target.indicators) for target in wanted
    ]
    assert [(one.code, one.name, one.yuan) for one in book.facts if one.form == "general_project"] == [
        (one.code, one.name, one.yuan) for one in demo.facts if one.form == "general_project"
    ]


def test_the_head_of_a_target_may_begin_on_the_page_before() -> None:
    (made,) = (book for book in district_books() if book.name == "shanghai_projects")
    workbook, book = gb.read(made.data), gb.read(DATA / "stacked_targets.pdf")
    for printed in (workbook, book):
        assert [one.target.project for one in printed.targets] == ["档案数字化加工", "馆藏档案保护", "地方志编纂"]
    assert [(one.target.head, one.target.goal, one.target.budget, one.target.year) for one in book.targets] == [
        (one.target.head, one.target.goal, one.target.budget, one.target.year) for one in workbook.targets
    ]
    assert [[indicator.name for indicator in one.target.indicators] for one in book.targets] == [
        [indicator.name for indicator in one.target.indicators] for one in workbook.targets
    ]
    assert facts(book) == facts(workbook)
    assert [(form.sheet, form.first, form.last, form.more) for form in book.forms] == [
        ("第1页", 1, 15, ()),
        ("第2页", 1, 10, (("第1页", 17, 21),)),
        ("第2页", 12, 21, (("第3页", 1, 8),)),
    ]
    assert book.unread == ()


@pytest.mark.parametrize("name", ["hubei", "central", "shanghai_unit"])
def test_pages_may_break_anywhere(name: str) -> None:
    (made,) = (book for book in synthetic_books() + district_books() if book.name == name)
    workbook, book = gb.read(made.data), gb.read(DATA / f"book_{name}.pdf")
    assert {(one.form, one.name, one.yuan, one.coordinate) for one in book.facts} == {
        (one.form, one.name, one.yuan, one.coordinate) for one in workbook.facts
    }
    assert [(one.target.project, [indicator.name for indicator in one.target.indicators]) for one in book.targets] == [
        (one.target.project, [indicator.name for indicator in one.target.indicators]) for one in workbook.targets
    ]
    assert book.unread == ()


def rows(sheet: Worksheet) -> Iterator[list[str]]:
    for cells in sheet.iter_rows():
        yield ["" if c.value is None else f"{c.value:.2f}" if c.data_type == "n" else str(c.value) for c in cells]


@pytest.fixture(scope="module")
def sheets() -> list[Worksheet]:
    workbook = openpyxl.load_workbook(io.BytesIO(DEMO.read_bytes()))
    return [sheet for sheet in workbook.worksheets if isinstance(sheet, Worksheet)]


def test_csv_with_the_forms_one_under_the_other(demo: gb.Budget, sheets: list[Worksheet]) -> None:
    width = max(sheet.max_column for sheet in sheets)
    out = io.StringIO()
    writer = csv.writer(out)
    for sheet in sheets:
        writer.writerows([*row, *[""] * (width - len(row))] for row in rows(sheet))
        writer.writerow([""] * width)
    assert facts(gb.read(out.getvalue().encode())) == facts(demo)


def test_markdown_tables(demo: gb.Budget, sheets: list[Worksheet]) -> None:
    lines = []
    for sheet in sheets:
        lines += ["|" + "|".join(cell.replace("|", "\\|") for cell in row) + "|" for row in rows(sheet)]
        lines.append("")
    assert facts(gb.read("\n".join(lines).encode())) == facts(demo)


def test_html_tables_with_merged_cells(demo: gb.Budget, sheets: list[Worksheet]) -> None:
    page = []
    for sheet in sheets:
        spans = {(m.min_row, m.min_col): (m.size["rows"], m.size["columns"]) for m in sheet.merged_cells.ranges}
        covered = {cell for m in sheet.merged_cells.ranges for cell in m.cells} - set(spans)
        page.append("<table>")
        for number, row in enumerate(rows(sheet), 1):
            cells = []
            for column, text in enumerate(row, 1):
                if (number, column) not in covered:
                    down, across = spans.get((number, column), (1, 1))
                    cells.append(f'<td rowspan="{down}" colspan="{across}">{escape(text)}</td>')
            page.append("<tr>" + "".join(cells) + "</tr>")
        page.append("</table>")
    assert facts(gb.read("".join(page).encode())) == facts(demo)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_texts_in_any_usual_encoding(encoding: str) -> None:
    text = "部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n2010301\t行政运行\t3.00\t3.00\t\n"
    (total, basic) = gb.read(text.encode(encoding)).facts
    assert (total.code, str(total.amount), basic.coordinate.nature) == ("2010301", "3.00", "basic")


def lost(source: Path | bytes) -> list[tuple[str, str]]:
    """The non-empty cells of recognised forms that are neither fact nor object nor furniture nor unread."""
    book = gb.read(source)
    grids = {grid.name: grid for grid in read_grids(source)[1]}
    known: set[Place] = {fact.place for fact in book.facts} | {cell.place for cell in book.unread}
    for form in book.forms:
        known.update(form.furniture, form.objects)
    missing = []
    for form in book.forms:
        for sheet, first, last in ((form.sheet, form.first, form.last), *form.more):
            for row in range(first - 1, last):
                for column, text in grids[sheet].texts(row):
                    if Place(sheet, cell_name(row, column)) not in known:
                        missing.append((f"{sheet}!{cell_name(row, column)}", text))
    return missing


@pytest.mark.parametrize(
    "name", ["demo.xls", "demo.ods", "forms.pdf", "targets.pdf", "targets_headed.pdf", "split_rows.pdf"]
)
def test_no_cell_of_a_form_is_lost(name: str) -> None:
    assert lost(DATA / name) == []


def test_no_cell_of_the_documents_at_hand_is_lost(shared: Path) -> None:
    documents = [*shared.glob("workbooks/*.xlsx"), *shared.glob("seeds/*.txt"), *shared.glob("templates/*.*")]
    assert documents
    for document in documents:
        assert lost(document) == [], document.name


def test_the_blank_official_workbooks_are_recognised_and_empty(shared: Path) -> None:
    for blank in sorted(shared.glob("templates/*blank.xls*")):
        book = gb.read(blank)
        assert (book.family, len(book.forms), len(book.facts)) == ("shanghai", 9, 0), blank.name
        assert all(form.empty for form in book.forms)
        assert {cell.text for cell in book.unread} == {"…"}
        assert all("占位符" in cell.reason for cell in book.unread)


def test_the_real_pdfs_add_up(shared: Path) -> None:
    for document, count in (("shanghai_finance_2025.pdf", 263), ("putuo_finance_2025.pdf", 241)):
        book = gb.read(shared / "templates" / document)
        assert (book.family, len(book.forms), len(book.facts), book.unread) == ("shanghai", 9, count, ())
        assert book.check(ignore="NAR").errors == ()


def test_a_smudged_figure_of_the_only_row_is_kept() -> None:
    book = gb.read("政府性基金预算支出表,,\n单位：万元,,\n科目编码,科目名称,合计\n,合计,3?00\n".encode())
    assert [(one.place.cell, one.text) for one in book.unread] == [("C4", "3?00")]
