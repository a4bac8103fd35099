"""A user's official table laid over the packaged edition."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from govbudget.classification import load_subjects, subjects
from govbudget.errors import MissingExtraError, ReadError


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    del book["Sheet"]
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_csv_becomes_the_authority(tmp_path: Path) -> None:
    path = tmp_path / "官方.csv"
    path.write_text("科目编码,科目名称\n2010301,行政运行（新）\n2010388,新科目\n注：以上,\n", encoding="utf-8-sig")
    catalogue = load_subjects(path, year=2024)
    assert catalogue["2010301"].name == "行政运行（新）" and catalogue["2010388"].name == "新科目"
    assert catalogue["2010388"].status == "standard" and catalogue["2010388"].source == "官方.csv"
    assert catalogue["2010388"].parent is catalogue["20103"]
    assert catalogue["2010302"].name == "一般行政管理事务"
    assert catalogue.official == "官方.csv" and "官方.csv" in repr(catalogue)
    assert catalogue.skipped == ((4, "注：以上"),)
    assert subjects(2024)["2010301"].name == "行政运行" and "2010388" not in subjects(2024)
    assert [s.code for s in subjects(2024).diff(catalogue).added] == ["2010388"]
    assert [s.code for s in catalogue] == sorted(s.code for s in catalogue)


def test_sightings_stay_where_the_name_agrees(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("code\tname\n2080505\t机关事业单位基本养老保险缴费支出\n2080506\t另一个名称\n", encoding="utf-8")
    catalogue = load_subjects(path)
    assert catalogue["2080505"].seen == subjects(2024)["2080505"].seen
    assert catalogue["2080506"].seen == () and catalogue["2080506"].status == "standard"
    assert catalogue["2080505"].fund == "general"


def test_complete_drops_what_the_table_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("代码,名称\n201,一般公共服务支出\n20101,人大事务\n", encoding="gb18030")
    catalogue = load_subjects(path, year=2024, complete=True)
    assert [s.code for s in catalogue.functions] == ["201", "20101"]
    assert catalogue.economics == subjects(2024).economics


def test_xlsx_with_a_column_a_level(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "t.xlsx",
        [
            ["2025年支出功能分类科目"],
            ["科目编码", None, None, "科目名称"],
            ["类", "款", "项"],
            [201, None, None, "一般公共服务支出"],
            [None, 1, None, "人大事务"],
            [None, None, 1, "行政运行"],
            [201, 1, 88, "新项"],
            ["201", "03", None, "政府办公厅（室）及相关机构事务"],
            [202, None, None, "外交支出"],
        ],
        [["说明"], ["没有表头的一页"]],
        [["编码", "名称"], [30101.0, "基本工资"], ["50101", "工资奖金津补贴"]],
    )
    catalogue = load_subjects(path, year=2025, complete=True)
    assert [str(s) for s in catalogue.functions] == [
        "201 一般公共服务支出",
        "20101 人大事务",
        "2010101 行政运行",
        "2010188 新项",
        "20103 政府办公厅（室）及相关机构事务",
        "202 外交支出",
    ]
    assert [s.code for s in catalogue.economics] == ["30101", "50101"]
    assert catalogue.year == 2025 and catalogue.skipped == ()


def test_whole_codes_in_the_level_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("类,款,项,科目名称\n201,,,甲\n,20101,,乙\n,,2010188,丙\n,,,丁\n,,05,戊\n", encoding="utf-8")
    catalogue = load_subjects(path)
    assert [catalogue[code].name for code in ("201", "20101", "2010188", "2010105")] == ["甲", "乙", "丙", "戊"]
    assert catalogue.skipped == ((5, "丁"),)


def test_a_later_year_than_the_editions(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("编码,名称\n20177,新款\n", encoding="utf-8")
    assert load_subjects(path, year=2031)["20177"].year == 2031


def test_pickle_carries_the_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("编码,名称\n20177,新款\n", encoding="utf-8")
    again = pickle.loads(pickle.dumps(load_subjects(path)))
    assert again["20177"].name == "新款" and again.official == "t.csv"


@pytest.mark.parametrize(("text", "reason"), [("a,b\n1,2\n", "表头"), ("编码,名称\nx,y\n", "没有科目行"), ("", "表头")])
def test_a_table_that_is_none(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=reason) as caught:
        load_subjects(path)
    assert caught.value.file == str(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no zip")
    for path in (broken, tmp_path / "missing.xlsx", tmp_path / "missing.csv", tmp_path):
        with pytest.raises(ReadError):
            load_subjects(path)


def test_without_openpyxl_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="pip install"):
        load_subjects(tmp_path / "t.xlsx")
