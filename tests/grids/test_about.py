"""What a file carries beside its cells: read, said, never run or followed."""

from __future__ import annotations

import struct

import pytest
from tests.grids.files import TABLE, edit_part, ods, xlsx
from tests.hostile.binary import record, xls
from tests.hostile.cases import CASES, linked, with_part

import govbudget as gb
from govbudget.grids import read_grids
from govbudget.grids.about import About


def about(data: bytes) -> About:
    return read_grids(data)[1][0].about


@pytest.mark.parametrize("name", ["macros (.xlsm)", "macros (.xls)", "macros (.ods)", "macros (.docm)"])
def test_macros_are_said(name: str) -> None:
    assert about(CASES[name].make(1)).macros


def test_excel_4_macro_sheets_are_macros() -> None:
    assert about(with_part(xlsx(), "xl/macrosheets/sheet1.xml", b"<x/>")).macros
    data = bytearray(xls([TABLE]))
    data[data.index(struct.pack("<HH", 0x0085, 12)) + 9] = 1
    assert about(bytes(data)).macros


def test_a_file_of_macros_is_read_like_any_other() -> None:
    plain = gb.read(xlsx())
    assert gb.read(CASES["macros (.xlsm)"].make(1)) == plain
    assert gb.read(CASES["macros (.xls)"].make(1)).facts[0].amount == plain.facts[0].amount


@pytest.mark.parametrize("data", [xlsx(), ods(), xls([TABLE])], ids=["xlsx", "ods", "xls"])
def test_a_plain_workbook_carries_nothing(data: bytes) -> None:
    assert about(data) == About()


def test_other_workbooks_and_programs_are_said() -> None:
    other = "file:///D:/预算/上报.xlsx"
    assert about(linked('<externalBook r:id="rId1"/>')).links == (other,)
    assert set(about(linked('<ddeLink ddeService="cmd" ddeTopic="/C calc"/>')).links) == {other, "cmd|/C calc"}


def test_other_workbooks_of_an_old_workbook_are_said() -> None:
    path = "\1\1D预算\3上报.xls".encode("utf-16-le")
    other = record(0x01AE, struct.pack("<HHB", 1, len(path) // 2, 1) + path)
    own = record(0x01AE, struct.pack("<HH", 1, 0x0401))
    assert about(xls([TABLE], more=own + other)).links == ("D预算/上报.xls",)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (b'<table:table-source xlink:href="../%E4%B8%8A%E6%8A%A5.ods"/>', "../上报.ods"),
        (b'<office:dde-source office:dde-application="soffice" office:dde-topic="a.ods"/>', "soffice|a.ods"),
        (b"<x table:formula=\"of:=['file:///D:/a.ods'#$'1'.A1]\"/>", "file:///D:/a.ods"),
        (b"<x table:formula=\"of:=[&apos;file:///D:/a.ods&apos;#$'1'.A1]\"/>", "file:///D:/a.ods"),
    ],
)
def test_other_files_of_an_open_document_are_said(tag: bytes, said: str) -> None:
    data = ods()
    head = b'xmlns:xlink="http://www.w3.org/1999/xlink" office:version'
    data = edit_part(data, b"office:version", head, "content.xml")
    assert about(edit_part(data, b"</table:table>", tag + b"</table:table>", "content.xml")).links == (said,)


@pytest.mark.parametrize("kind", ["hyperlink", "image", "attachedTemplate"])
def test_what_a_reader_clicks_or_sees_is_no_link(kind: str) -> None:
    relation = f'<x><Relationship Type="a/{kind}" Target="https://example.invalid/" TargetMode="External"/></x>'
    assert about(with_part(xlsx(), "xl/worksheets/_rels/sheet1.xml.rels", relation.encode())) == About()
