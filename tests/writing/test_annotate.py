"""Annotated copies: the cells at fault are filled and commented, and nothing else changes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

import govbudget as gb
from govbudget.cells import Place
from govbudget.writing.annotate import Note, annotate

ERROR = Note(Place("预算", "B2"), "error", "SUM001 错误 <合计>\n&\x07")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(data: bytes, changes: dict[str, tuple[bytes, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts(data).items():
            old, new = changes.get(name, (b"", b""))
            assert old in content
            archive.writestr(name, content.replace(old, new) if old else content)
    return out.getvalue()


@pytest.fixture
def workbook() -> bytes:
    """A workbook with what a careless copy would lose."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "预算"
    for row in (["项目", "金额"], ["合计", 3.5], ["甲", 1.5], ["乙", "=B2-B3"]):
        sheet.append(row)
    sheet["B2"].number_format = "#,##0.00"
    sheet["D2"].comment = Comment("原有批注", "someone")
    sheet["D2"] = "注"
    sheet.merge_cells("A6:C7")
    sheet.column_dimensions["B"].width = 33
    names = book.create_sheet("名单 ")
    names.append(["甲"])
    rule = DataValidation(type="list", formula1="'名单 '!$A$1:$A$9")
    sheet.add_data_validation(rule)
    rule.add("A3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def annotated(source: bytes, *notes: Note) -> bytes:
    out = io.BytesIO()
    assert annotate(source, notes, out) == []
    return out.getvalue()


def test_the_cell_is_filled_and_commented(workbook: bytes) -> None:
    copy = annotated(workbook, ERROR, Note(Place("预算", "B2"), "info", "更多"))
    book = load_workbook(io.BytesIO(copy))
    cell = book["预算"]["B2"]
    assert cell.fill.fgColor.rgb == "FFFFC7CE"
    assert cell.number_format == "#,##0.00"
    assert cell.comment is not None
    assert cell.comment.text == "SUM001 错误 <合计>\n&\ufffd\n\n更多"
    assert book["预算"]["B3"].fill.fill_type is None


def test_nothing_else_changes(workbook: bytes) -> None:
    before, after = parts(workbook), parts(annotated(workbook, ERROR))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        *(name for name in before if "comment" in name.lower() or name.endswith(".vml")),
    }
    sheet = before["xl/worksheets/sheet1.xml"]
    cell = sheet[sheet.index(b'<c r="B2"') :]
    cell = cell[: cell.index(b">")]
    marked = after["xl/worksheets/sheet1.xml"]
    new = marked[marked.index(b'<c r="B2"') :]
    new = new[: new.index(b">")]
    assert marked.replace(new, cell) == sheet
    one, other = (load_workbook(io.BytesIO(data)) for data in (workbook, annotated(workbook, ERROR)))
    for left, right in zip(one, other):
        assert [[c.value for c in row] for row in left.iter_rows()] == [
            [c.value for c in row] for row in right.iter_rows()
        ]
        assert left.merged_cells.ranges == right.merged_cells.ranges


def test_comments_that_were_there_stay(workbook: bytes) -> None:
    copy = annotated(workbook, Note(Place("预算", "D2"), "warning", "新批注"), ERROR)
    sheet = load_workbook(io.BytesIO(copy))["预算"]
    assert sheet["D2"].comment and sheet["D2"].comment.text == "原有批注\n\n新批注"
    assert sheet["B2"].comment and sheet["B2"].comment.text.startswith("SUM001")


@pytest.mark.parametrize("cell", ["A1", "C2", "A5", "H3", "B9", "AA40"])
def test_a_cell_that_is_not_stored_is_made(workbook: bytes, cell: str) -> None:
    copy = annotated(workbook, Note(Place("名单", cell), "info", "空格"), Note(Place("预算", cell), "info", "空格"))
    for sheet in load_workbook(io.BytesIO(copy)):
        found = sheet[cell]
        assert found.fill.fgColor.rgb == "FFDDEBF7"
        assert found.comment and found.comment.text == "空格"
        rows = [row for row in parts(copy)["xl/worksheets/sheet2.xml"].split(b"<row r=") if row[:1] == b'"']
        numbers = [int(row.split(b'"')[1]) for row in rows]
        assert numbers == sorted(set(numbers))


def test_a_file_that_was_read_before_is_read_again_from_its_beginning(workbook: bytes) -> None:
    file, out = io.BytesIO(workbook), io.BytesIO()
    file.read()
    assert annotate(file, [ERROR], out) == []
    assert parts(out.getvalue()) == parts(annotated(workbook, ERROR))


def test_annotating_twice_and_not_at_all(workbook: bytes) -> None:
    twice = annotated(annotated(workbook, ERROR), Note(Place("预算", "B2"), "warning", "二"), ERROR)
    comment = load_workbook(io.BytesIO(twice))["预算"]["B2"].comment
    assert comment and comment.text.count("SUM001") == 2
    comments = next(data for name, data in parts(twice).items() if "comment" in name)
    assert comments.count(b"<author>govbudget</author>") == 1
    assert parts(annotated(workbook)) == parts(workbook)


def test_notes_without_a_cell_are_given_back(workbook: bytes) -> None:
    notes = [Note(Place("无此表", "A1"), "error", "甲"), Note(Place("预算", ""), "error", "乙"), ERROR]
    assert annotate(workbook, notes, io.BytesIO()) == notes[:2]


def test_prefixes_and_cells_without_names(workbook: bytes) -> None:
    """Some programs write every element with a prefix, and no names of rows and cells."""
    sheet = parts(workbook)["xl/worksheets/sheet2.xml"]
    bare = sheet.replace(b' r="A1"', b"").replace(b'<row r="1"', b"<row")
    prefixed = bare.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:").replace(b"<x:?", b"<?")
    prefixed = prefixed.replace(b"xmlns=", b"xmlns:x=")
    odd = rewritten(workbook, {"xl/worksheets/sheet2.xml": (sheet, prefixed)})
    copy = annotated(odd, Note(Place("名单", "A1"), "error", "甲"), Note(Place("名单", "B1"), "error", "乙"))
    found = load_workbook(io.BytesIO(copy))["名单 "]
    assert [found[cell].comment.text for cell in ("A1", "B1") if found[cell].comment] == ["甲", "乙"]
    assert found["A1"].value == "甲"


MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


def test_what_could_not_be_copied_without_loss_is_refused(workbook: bytes, tmp_path: Path) -> None:
    signed = io.BytesIO(workbook)
    with zipfile.ZipFile(signed, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<a/>")
    wrong = [
        signed.getvalue(),
        rewritten(workbook, {"[Content_Types].xml": (MAIN, MACRO)}),
        rewritten(workbook, {"xl/workbook.xml": (SPACE, STRICT)}),
        "科目,金额\n".encode(),
        b"\xd0\xcf\x11\xe0" + bytes(600),
        workbook[:-300],
        b"",
    ]
    target = tmp_path / "out.xlsx"
    target.write_text("before")
    for data in wrong:
        with pytest.raises(gb.ReadError, match=r"\.xlsx"):
            annotate(data, [ERROR], target)
    doctype = {"xl/worksheets/sheet1.xml": (b"<worksheet", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet")}
    no_sheet = {"xl/worksheets/sheet1.xml": (b"</worksheet>", b"")}
    for changes in (doctype, no_sheet):
        with pytest.raises(gb.ReadError, match="damaged"):
            annotate(rewritten(workbook, changes), [ERROR], target)
    assert target.read_text() == "before"
    with pytest.raises(gb.ReadError, match=r"\.xlsx"):
        annotate(io.StringIO("x"), [], target)  # type: ignore[arg-type]
    with pytest.raises(gb.ReadError, match=r"nonesuch\.xlsx"):
        annotate(tmp_path / "nonesuch.xlsx", [], target)


def test_the_document_itself_is_never_replaced(workbook: bytes, tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(workbook)
    with pytest.raises(gb.WriteError, match="budget"):
        annotate(path, [ERROR], tmp_path / "." / "budget.xlsx")
    with pytest.raises(gb.WriteError):
        annotate(path, [ERROR], tmp_path / "no" / "folder.xlsx")
    assert path.read_bytes() == workbook


def test_a_report_marks_the_workbook_that_it_is_about(demo_file: Path, tmp_path: Path) -> None:
    book = gb.read(demo_file)
    report = book.check()
    target = tmp_path / "marked.xlsx"
    left = report.annotate(demo_file, target)
    assert left == tuple(finding for finding in report if not finding.places)
    marked = load_workbook(target)
    for finding in report:
        if finding in left:
            continue
        cell = marked[finding.places[0].sheet][finding.places[0].cell]
        assert cell.comment is not None
        for text in (finding.rule, finding.severity.chinese, finding.message, finding.english):
            assert text in cell.comment.text
    again = gb.read(target)
    assert again == book
    assert [fact.place for fact in again.facts] == [fact.place for fact in book.facts]


def test_published_workbooks_stay_as_they_are(shared: Path, tmp_path: Path) -> None:
    for path in sorted(shared.glob("workbooks/*.xlsx")):
        report = gb.read(path).check()
        target = tmp_path / path.name
        assert not any(finding.places for finding in report.annotate(path, target))
        before, after = parts(path.read_bytes()), parts(target.read_bytes())
        same = {name for name in before if before[name] == after[name]}
        assert set(before) - same <= {
            "[Content_Types].xml",
            "xl/styles.xml",
            *(name for name in before if name.startswith("xl/worksheets/")),
        }
        assert gb.read(target) == gb.read(path)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not at hand")
def test_another_program_opens_it(workbook: bytes, tmp_path: Path) -> None:
    path = tmp_path / "marked.xlsx"
    path.write_bytes(annotated(workbook, ERROR, Note(Place("名单", "B2"), "info", "空格")))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fods"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "marked.fods").read_text(encoding="utf-8")
    for said in ("SUM001 错误", "原有批注", "空格", "#ffc7ce"):
        assert said in text
