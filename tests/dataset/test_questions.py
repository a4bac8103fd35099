"""The queries of docs/corpus.md answer what they say, over a dataset whose figures are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from tests.dataset.test_corpus import AtOnce

import govbudget as gb

PAGE = Path(__file__).resolve().parents[2] / "docs/corpus.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
THREE = (
    "{agency}一般公共预算“三公”经费支出表\n"
    "部门编码,部门名称,{last}年预算数,,,,,,{year}年预算数,,,,,\n"
    ",,合计,因公出国（境）费,公务用车购置及运行费,,,公务接待费,合计,因公出国（境）费,公务用车购置及运行费,,,公务接待费\n"
    ",,,,小计,公务用车购置费,公务用车运行费,,,,小计,公务用车购置费,公务用车运行费,\n"
    "{code},{agency},{before},,,,,{before},{now},,,,,{now}\n"
)
GENERAL = (
    "{agency}2024年一般公共预算财政拨款支出预算表\n科目编码,科目名称,2024年预算数,,\n,,总计,基本支出,项目支出\n"
    "合计,,{total},{total},0.00\n201,一般公共服务支出,{one},{one},0.00\n20101,人大事务,{one},{one},0.00\n"
    "2010101,行政运行,{one},{one},0.00\n208,社会保障和就业支出,{two},{two},0.00\n"
    "20805,行政事业单位养老支出,{two},{two},0.00\n2080505,机关事业单位基本养老保险缴费支出,{two},{two},0.00\n"
)


def queries(section: str, kind: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8").split(f"### {section}\n")[1].split("\n## ")[0].split("\n### ")[0]
    return [block for found, block in BLOCK.findall(text) if found == kind]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two departments: the three public expenses of one rose, a total of the other does not add up."""
    folder = tmp_path_factory.mktemp("questions")
    (folder / "in").mkdir()
    for number, (agency, before, now, total) in enumerate((("甲局", 3, 5, 30), ("乙局", 4, 2, 40))):
        figures = {"agency": agency, "code": 101 + number, "last": 2023, "year": 2024, "before": before, "now": now}
        (folder / f"in/three-{number}.csv").write_text(THREE.format(**figures), encoding="utf-8")
        (folder / f"in/general-{number}.csv").write_text(
            GENERAL.format(agency=agency, total=total, one=10, two=20), encoding="utf-8"
        )
    made = gb.corpus(folder / "in", folder / "dataset", executor=AtOnce())
    assert not made.failed
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


def answers(dataset: Path) -> list[list[tuple[Any, ...]]]:
    views, *asked = queries("DuckDB", "sql")
    with duckdb.connect() as connection:
        connection.execute(views)
        return [connection.execute(query).fetchall() for query in asked]


def test_duckdb_answers(dataset: Path) -> None:
    rose, most, wrong = answers(dataset)
    assert rose == [("甲局", 2024, Decimal(30_000), Decimal(50_000), Decimal(20_000))]
    assert most == [
        (2024, "2080505", "机关事业单位基本养老保险缴费支出", Decimal(400_000)),
        (2024, "2010101", "行政运行", Decimal(200_000)),
    ]
    assert {Path(row[0]).name for row in wrong} == {"general-1.csv"}
    assert {(row[3], row[4], row[5], row[6]) for row in wrong} == {
        ("C4", "40", "30", Decimal(10)),
        ("D4", "40", "30", Decimal(10)),
    }


def test_polars_answers_the_same(dataset: Path) -> None:
    given, *asked = queries("Polars", "python")
    names: dict[str, Any] = {}
    exec(given, names)
    shown: list[pl.DataFrame] = []
    names["print"] = shown.append
    for code in asked:
        exec(code, names)
    rose, most, wrong = answers(dataset)
    assert [(row["agency"], row["year"], row["rise"]) for row in shown[0].to_dicts()] == [
        (agency, year, rise) for agency, year, _, _, rise in rose
    ]
    assert [tuple(row.values()) for row in shown[1].to_dicts()] == most
    assert sorted(tuple(row.values()) for row in shown[2].to_dicts()) == sorted(wrong)


def test_a_table_of_large_files_holds_the_same(dataset: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    copy = next(block for kind, block in BLOCK.findall(text) if block.startswith("COPY"))
    with duckdb.connect() as connection:
        connection.execute(queries("DuckDB", "sql")[0])
        connection.execute(copy)
        compact = "read_parquet('facts_compact/**/*.parquet', hive_partitioning = true)"
        connection.execute(f"CREATE VIEW compact AS FROM {compact}")
        both = "FROM facts EXCEPT ALL SELECT * FROM compact UNION ALL (FROM compact EXCEPT ALL SELECT * FROM facts)"
        assert connection.execute(f"SELECT count(*) FROM ({both})").fetchone() == (0,)
        assert connection.execute("SELECT count(*) > 20 FROM compact").fetchone() == (True,)


def test_every_engine_is_asked_three_questions() -> None:
    assert len(queries("DuckDB", "sql")) == len(queries("Polars", "python")) == len(queries("Spark", "python")) == 4
