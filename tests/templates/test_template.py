"""Blank workbooks（空白表样）: read back as what they are, with help, protection and a schema."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

import govbudget as gb
from govbudget.forms.families import families
from govbudget.grids import read_grids
from govbudget.templates import Template, template
from govbudget.writing.layout import family_layout
from govbudget.writing.sheet import Kind

FAMILIES = sorted(families())
YEAR = 2026


@cache
def blank(family: str) -> Template:
    return template(family, year=YEAR, agency="某市数据局", projects=1)


@cache
def data(family: str) -> bytes:
    buffer = io.BytesIO()
    blank(family).write(buffer)
    return buffer.getvalue()


def parts(family: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data(family))) as archive:
        return {name: unescape(archive.read(name).decode()) for name in archive.namelist()}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_blank_workbook_reads_back_as_its_family_with_every_form_and_nothing_else(family: str) -> None:
    book = gb.read(data(family))
    assert (book.family, book.year) == (family, YEAR)
    assert book.agency is not None and book.agency.name == "某市数据局"
    assert [form.id for form in book.forms] == list(family_layout(family, YEAR).forms) == list(blank(family).forms)
    assert all(form.empty for form in book.forms)
    assert (book.facts, book.projects, book.unread, book.remarks) == ((), (), (), ())
    assert [one for printed in book.targets for one in printed.target.indicators] == []
    assert book.check().errors == ()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_workbook_without_year_and_agency_reads_back_too(family: str) -> None:
    buffer = io.BytesIO()
    template(family, rows=3, indicators=2, projects=2).write(buffer)
    book = gb.read(buffer.getvalue())
    assert (book.family, book.year, book.agency) == (family, None, None)
    assert {form.id for form in book.forms} == set(family_layout(family).forms)
    assert (book.facts, book.unread) == ((), ())


@pytest.mark.parametrize("family", FAMILIES)
def test_the_schema_stands_in_the_properties_and_the_workbook_is_read_without_it(family: str) -> None:
    says = read_grids(data(family))[1][0].about.says
    assert says == {
        "govbudget.family": family,
        "govbudget.year": str(YEAR),
        "govbudget.forms": " ".join(family_layout(family).forms),
        "govbudget.version": gb.__version__,
    }
    book = openpyxl.load_workbook(io.BytesIO(data(family)))
    book.custom_doc_props.props.clear()  # type: ignore[attr-defined]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = None
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_grids(buffer.getvalue())[1][0].about.says == {}
    found = gb.read(buffer.getvalue())
    assert (found.family, [form.id for form in found.forms]) == (family, list(blank(family).forms))


def test_the_properties_tell_what_the_words_do_not() -> None:
    book = openpyxl.Workbook()
    book.active.append(["支出总表"])  # type: ignore[union-attr]
    book.active.append(["科目编码", "科目名称", "合计"])  # type: ignore[union-attr]
    book.active.append(["2010301", "行政运行", 5])  # type: ignore[union-attr]
    for name, value in (("govbudget.family", "hubei"), ("govbudget.year", "2025")):
        book.custom_doc_props.append(StringProperty(name=name, value=value))  # type: ignore[attr-defined]
    buffer = io.BytesIO()
    book.save(buffer)
    found = gb.read(buffer.getvalue())
    assert (found.family, found.year) == ("hubei", 2025)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_formula_has_a_value_and_speaks_for_old_programs_too(family: str) -> None:
    for name, xml in parts(family).items():
        if name.startswith("xl/worksheets/"):
            assert not re.search(r"</f><v ?/>|<f>[^<]*</f></c>", xml)
            assert xml.count("<f>") == xml.count(' t="str"><f>')
    modern = re.compile(r"\b(LET|LAMBDA|XLOOKUP|FILTER|UNIQUE|SORT|SEQUENCE|TEXTJOIN|CONCAT|IFS|MAXIFS|MINIFS)\(")
    formulas = [cell.formula for sheet in blank(family).sheets for cell in sheet.cells.values() if cell.formula]
    formulas += [alert.formula for sheet in blank(family).sheets for alert in sheet.alerts]
    assert len(formulas) > 100
    for formula in formulas:
        assert not modern.search(formula) and len(formula) < 8192
        assert formula.count("(") == formula.count(")")


@pytest.mark.parametrize("family", FAMILIES)
def test_headers_are_closed_inputs_are_open_and_nothing_needs_a_password(family: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data(family)))
    for sheet in blank(family).sheets:
        page = book[sheet.name]
        if sheet.hidden:
            assert page.sheet_state == "hidden"
            continue
        assert page.protection.sheet and page.protection.password is None
        for (row, column), cell in sheet.cells.items():
            locked = page.cell(row + 1, column + 1).protection.locked
            assert locked is cell.locked
            if cell.kind is Kind.HEADER:
                assert locked
    opened = [cell for sheet in blank(family).sheets for cell in sheet.cells.values() if not cell.locked]
    assert len(opened) > 500


@pytest.mark.parametrize("family", FAMILIES)
def test_codes_operators_and_amounts_are_validated(family: str) -> None:
    xml = "".join(text for name, text in parts(family).items() if name.startswith("xl/worksheets/"))
    assert 'type="decimal"' in xml and ">功能科目" in xml and ">经济科目" in xml
    if "shanghai" not in family:
        assert "≥,≤,=" in xml
    assert "产出指标" in xml
    assert 'type="expression"' in xml


@pytest.mark.parametrize("family", FAMILIES)
def test_forms_are_printed_on_a4_across_with_their_header_on_every_page(family: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data(family)))
    for sheet in blank(family).sheets:
        page = book[sheet.name]
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        assert page.page_setup.fitToWidth == 1
        if sheet.header is not None:
            first, last = sheet.header
            assert page.print_title_rows == f"${first + 1}:${last + 1}"
            assert page.freeze_panes is not None


def test_blank_forms_say_nothing_of_being_empty_by_decision() -> None:
    texts = {str(cell.value) for sheet in blank("sichuan").sheets for cell in sheet.cells.values()}
    assert not any("空表说明" in text for text in texts)


def test_the_department_is_typed_once() -> None:
    lines = [
        cell
        for sheet in blank("sichuan").sheets
        for cell in sheet.cells.values()
        if cell.kind is Kind.LINE and str(cell.value).startswith("部门：")
    ]
    assert len(lines) > 10
    assert [cell.formula for cell in lines if not cell.formula] == [""]
    assert {cell.formula for cell in lines[1:]} == {"='表1'!$A$3"}


def test_rows_indicators_and_projects_are_as_many_as_asked_for() -> None:
    small, large = (template("chongqing", rows=rows, indicators=rows, projects=rows) for rows in (2, 5))
    assert len(large.sheets) == len(small.sheets) + 3
    sizes = [next(s for s in one.sheets if s.name.startswith("8")).last_row for one in (small, large)]
    assert sizes[1] - sizes[0] == 3


def test_names_nobody() -> None:
    core = parts("sichuan")["docProps/core.xml"]
    assert re.findall(r"<dc:creator[^>]*>([^<]*)<", core) == ["govbudget"]
    assert "lastModifiedBy" not in core


def test_the_same_template_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    template("sichuan", year=YEAR, agency="某市数据局", projects=1).write(path)
    assert path.read_bytes() == data("sichuan")


@pytest.mark.parametrize("setting", [{"rows": 0}, {"indicators": -1}, {"projects": 10**6}])
def test_numbers_that_cannot_be_are_refused(setting: dict[str, int]) -> None:
    with pytest.raises(gb.OptionError, match=next(iter(setting))):
        template("sichuan", **setting)  # type: ignore[arg-type]


def test_a_family_that_nobody_declared_is_refused() -> None:
    with pytest.raises(gb.FamilyError, match="sichuan"):
        template("nonesuch")


@pytest.mark.parametrize(
    ("family", "sheet", "formulas"),
    [
        ("sichuan", "表7", {"D9": '=IF(COUNT(E9,G9)=0,"",SUM(E9,G9))'}),
        ("chongqing", "项目绩效目标表-1", {"B4": '=IF(COUNT(G4,G5)=0,"",SUM(G4,G5))'}),
        ("hubei", "整体绩效", {"D7": '=IF(COUNT(D5:D6)=0,"",SUM(D5:D6))', "F5": '=IF(COUNT(D5,E5)=0,"",N(D5)-N(E5))'}),
    ],
)
def test_the_money_in_the_head_of_a_target_adds_up(family: str, sheet: str, formulas: dict[str, str]) -> None:
    page = openpyxl.load_workbook(io.BytesIO(data(family)))[sheet]
    assert {place: page[place].value for place in formulas} == formulas
    assert all(page[place].protection.locked for place in formulas)


def test_prices_of_one_piece_do_not_add_up() -> None:
    page = openpyxl.load_workbook(io.BytesIO(data("hubei")))["政府采购预算表"]
    headers = {str(cell.value): cell.column_letter for row in page["A3:N4"] for cell in row if cell.value}
    price, amount = headers["单价（元）"], headers["采购金额合计（元）"]
    assert page[f"{price}5"].value is None and page[f"{price}5"].protection.locked
    assert page[f"{price}6"].value is None and not page[f"{price}6"].protection.locked
    assert str(page[f"{amount}5"].value).startswith("=") and str(page[f"{amount}6"].value).startswith("=")


def test_comparisons_name_a_column_by_its_groups_where_its_own_words_stand_twice() -> None:
    page = openpyxl.load_workbook(io.BytesIO(data("sichuan")))["填报说明"]
    said = [str(row[1].value) for row in page.iter_rows() if row[1].value]
    whole, part = (
        "《一般公共预算支出预算表》合计（上年结转安排）",
        "《财政拨款支出预算表（部门经济分类科目）》合计（{}/一般公共预算）",
    )
    assert f"{whole} = {part.format('上年结转安排')}" in said
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    "wrong", [{"year": 26}, {"year": "2026"}, {"rows": 0}, {"projects": 2001}, {"indicators": "5"}]
)
def test_a_number_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(gb.OptionError, match=f"{name} 须在 .*{name} must be within"):
        template("hubei", **wrong)


@pytest.mark.parametrize(
    ("family", "sheet", "columns"),
    [("sichuan", "表6", "HI"), ("chongqing", "项目绩效目标表-1", "GH"), ("hubei", "项目绩效1", "GH"),
     ("shanghai", "项目绩效目标申报表1", "D")],
)  # fmt: skip
def test_values_of_indicators_are_kept_as_they_are_typed(family: str, sheet: str, columns: str) -> None:
    """=100.00(%) is what an indicator says, and no formula."""
    page = openpyxl.load_workbook(io.BytesIO(data(family)))[sheet]
    for column in columns:
        assert page[f"{column}12"].number_format == "@" and not page[f"{column}12"].protection.locked
