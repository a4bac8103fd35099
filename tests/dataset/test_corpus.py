"""Many budgets as one dataset: nothing lost, nothing read twice, the same bytes however it was made."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as arrow_dataset
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dataset.inputs import fill, tables
from tests.effort import examples

import govbudget as gb
from govbudget.cli import main
from govbudget.dataset import DOCUMENTS, parts
from govbudget.grids import Limits
from govbudget.interop.records import FACTS, FINDINGS, INDICATORS, Column, fact_records, finding_records

NAMES = ("facts", "indicators", "findings", "documents")
SMALL = "部门支出总表\n科目编码,科目名称,合计,基本支出,项目支出\n,合计,{0},{0},\n201,一般公共服务支出,{0},{0},\n"


class AtOnce(Executor):
    """Does the work when it is asked to, here."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        outcome: Future[Any] = Future()
        try:
            outcome.set_result(work(*args, **more))
        except Exception as error:
            outcome.set_exception(error)
        return outcome


def make(paths: Any, out: Path) -> Any:
    return gb.corpus(paths, out, executor=AtOnce())


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    hive = arrow_dataset.partitioning(pa.schema([("year", pa.int32()), ("family", pa.string())]), flavor="hive")
    found: list[dict[str, Any]] = arrow_dataset.dataset(out / table, partitioning=hive).to_table().to_pylist()
    return found


@pytest.fixture(scope="module")
def budgets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every family's forms, other looks of them, and four files that are none."""
    folder = tmp_path_factory.mktemp("budgets")
    fill(folder, 30, broken=4)
    return folder


@pytest.fixture(scope="module")
def dataset(budgets: Path) -> Path:
    """The dataset of them, made in processes."""
    made = gb.corpus(budgets, budgets.parent / "dataset", workers=2)
    assert (made.files, made.contents, made.read) == (30, 30, 30)
    assert len(made.failed) == 4
    return made.out


# ---------------------------------------------------------------- what the tables hold


def test_every_fact_indicator_and_finding_is_in_the_dataset(budgets: Path, dataset: Path) -> None:
    facts = rows(dataset, "facts")
    counts = {"facts": 0, "indicators": 0, "findings": 0}
    for row in rows(dataset, "documents"):
        if row["error"] is not None:
            continue
        book = gb.read(row["path"])
        report = book.check()
        counts["facts"] += row["facts"]
        counts["indicators"] += row["indicators"]
        counts["findings"] += row["errors"] + row["warnings"] + row["infos"]
        assert (row["year"], row["family"]) == (book.year, book.family)
        assert (row["forms"], row["facts"], row["projects"]) == (len(book.forms), len(book.facts), len(book.projects))
        assert row["errors"] + row["warnings"] + row["infos"] == len(finding_records(report).rows)
        own = [fact for fact in facts if fact["document"] == row["document"]]
        records = fact_records(book)
        wanted = [dict(zip([c.name for c in records.columns], values)) for values in records.rows]
        for one in wanted:
            one |= {"document": row["document"], "family": book.family}
        assert sorted(own, key=repr_of) == sorted(wanted, key=repr_of)
    for name, count in counts.items():
        assert len(rows(dataset, name)) == count


def repr_of(row: dict[str, Any]) -> str:
    return str([row["form"], row["sheet"], row["cell"], row["column"], row["year"]])


def test_a_file_that_cannot_be_read_is_a_row_with_its_reason(dataset: Path) -> None:
    bad = [row for row in rows(dataset, "documents") if row["error"]]
    assert len(bad) == 4
    for row in bad:
        with pytest.raises(gb.ReadError) as caught:
            gb.read(row["path"])
        assert (row["error"], row["reason"], row["place"] or "") == (
            "ReadError",
            caught.value.reason,
            caught.value.place,
        )
        assert row["facts"] is None


@pytest.mark.parametrize(
    ("table", "columns"),
    [("facts", FACTS), ("indicators", INDICATORS), ("findings", FINDINGS), ("documents", DOCUMENTS)],
)
def test_all_parts_of_a_table_have_one_schema(dataset: Path, table: str, columns: tuple[Column, ...]) -> None:
    schemas = {str(parquet.read_schema(path)) for path in (dataset / table).rglob("*.parquet")}
    assert len(schemas) == 1
    names = [column.name for column in columns if column.name != "year"]
    schema = parquet.read_schema(next((dataset / table).rglob("*.parquet")))
    assert schema.names == names
    for column in columns:
        if column.kind.value == "decimal":
            assert schema.field(column.name).type == pa.decimal128(38, 18)


def test_the_noise_of_a_spreadsheet_is_rounded_and_what_no_column_holds_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "fine.csv").write_text(SMALL.format("0.00000000000000000000056"), encoding="utf-8")
    (folder / "huge.csv").write_text(SMALL.format("1" + "0" * 21), encoding="utf-8")
    made = make(folder, tmp_path / "out")
    assert made.failed == ((folder / "huge.csv").as_posix(),)
    assert {row["amount"] for row in rows(made.out, "facts")} == {0}
    bad = next(row for row in rows(made.out, "documents") if row["error"])
    assert bad["error"] == "AmountError"
    assert "amount" in bad["reason"]
    assert make(folder, tmp_path / "out").read == 0


# ---------------------------------------------------------------- going on


def test_a_second_run_reads_nothing_and_changes_nothing(budgets: Path, dataset: Path) -> None:
    before = tables(dataset)
    told: list[tuple[int, int]] = []
    made = gb.corpus([budgets], dataset, executor=Refuses(), progress=lambda done, total: told.append((done, total)))
    assert (made.files, made.read, len(made.failed)) == (30, 0, 4)
    assert told == [(0, 0)]
    assert tables(dataset) == before


class Refuses(Executor):
    """Does no work."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        raise AssertionError(args)


def test_a_run_that_was_killed_goes_on_to_the_same_bytes(budgets: Path, dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "govbudget", "corpus", str(budgets), str(out), "--workers", "2"]
    run = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while run.poll() is None and len(list((out / "documents").rglob("*.parquet"))) < 3:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    done = {path.stem for path in (out / "documents").rglob("*.parquet")}
    assert 3 <= len(done) < 30
    made = make(budgets, out)
    assert made.read == 30 - len(done)
    assert tables(out) == tables(dataset)


def test_what_a_broken_run_left_is_swept_away(budgets: Path, dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(dataset, out)
    part = next((out / "facts").rglob("*.parquet"))
    part.with_name("0" * 64 + ".parquet").write_bytes(b"whole, but without a mark")
    part.with_name(f".{part.stem}.77").write_bytes(b"unfin")
    assert make(budgets, out).read == 0
    assert tables(out) == tables(dataset)


def test_what_another_version_wrote_is_read_again(
    budgets: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, few = tmp_path / "out", sorted(budgets.iterdir())[:2]
    monkeypatch.setattr("govbudget.dataset.work.VERSION", "0.0.9/1")
    assert make(few, out).read == 2
    monkeypatch.undo()
    assert make(few[:1], out).read == 1
    versions = {row["path"]: row["version"] for row in rows(out, "documents")}
    assert versions == {few[0].as_posix(): parts.VERSION, few[1].as_posix(): "0.0.9/1"}


def test_files_of_one_content_are_read_once_and_listed_each(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("b.csv", "c.csv"):
        (folder / name).write_text(SMALL.format("1.00"), encoding="utf-8")
    made = make(folder, out)
    assert (made.files, made.contents, made.read) == (2, 1, 1)
    (folder / "a.csv").write_text(SMALL.format("1.00"), encoding="utf-8")
    assert make(folder, out).read == 0
    assert sorted(Path(row["path"]).name for row in rows(out, "documents")) == ["a.csv", "b.csv", "c.csv"]
    assert len(rows(out, "facts")) == 4
    make(folder, tmp_path / "anew")
    assert tables(out) == tables(tmp_path / "anew")


def test_a_file_with_another_content_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name, amount in (("a.csv", "1.00"), ("b.csv", "1.00"), ("c.csv", "3.00")):
        (folder / name).write_text(SMALL.format(amount), encoding="utf-8")
    make(folder, out)
    (folder / "a.csv").write_text(SMALL.format("2.00"), encoding="utf-8")
    (folder / "c.csv").write_text(SMALL.format("4.00"), encoding="utf-8")
    assert make(folder, out).read == 2
    make(folder, tmp_path / "anew")
    assert tables(out) == tables(tmp_path / "anew")
    make(folder / "a.csv", out)
    assert len(rows(out, "documents")) == 3, "what a run is not given stays"


def test_a_file_that_cannot_be_opened_is_tried_again_when_it_can(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    link = folder / "a.csv"
    link.symlink_to(tmp_path / "later.csv")
    assert make(folder, out).failed == (link.as_posix(),)
    assert [(row["path"], row["error"]) for row in rows(out, "documents")] == [(link.as_posix(), "ReadError")]
    (tmp_path / "later.csv").write_text(SMALL.format("1.00"), encoding="utf-8")
    assert make(folder, out).failed == ()
    assert [(row["path"], row["error"]) for row in rows(out, "documents")] == [(link.as_posix(), None)]


def test_a_file_beyond_a_limit_is_read_when_more_is_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "out"
    file.write_text(SMALL.format("1.00"), encoding="utf-8")
    assert main(["corpus", str(file), str(out), "--workers", "1", "--limit", "cells=2"]) == 0
    assert "1 read now, 1 files not readable" in capsys.readouterr().out
    (row,) = rows(out, "documents")
    assert "cells=2" in row["reason"]
    assert gb.corpus(file, out, workers=1).read == 0, "what failed is not tried again of itself"
    assert gb.corpus(file, out, workers=1, limits=Limits(cells=2_000)).failed == ()
    assert [row["error"] for row in rows(out, "documents")] == [None]


def test_hidden_files_locks_and_the_dataset_itself_are_no_input(tmp_path: Path) -> None:
    for name in ("a.csv", ".hidden.csv", "~$a.csv"):
        (tmp_path / name).write_text(SMALL.format("1.00"), encoding="utf-8")
    assert make(tmp_path, tmp_path / "out").files == 1
    assert make(tmp_path, tmp_path / "out").files == 1


# ---------------------------------------------------------------- laws


@settings(max_examples=examples(12))
@given(st.data())
def test_neither_order_nor_interruption_changes_a_byte(data: st.DataObject) -> None:
    amounts = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{number}.csv" for number in range(len(amounts))]
        for file, amount in zip(files, amounts):
            file.write_text(SMALL.format(f"{amount}.00"), encoding="utf-8")
        make(files, folder / "at once")
        for run in range(data.draw(st.integers(0, 2))):
            make(data.draw(st.lists(st.sampled_from(files), max_size=4), label=f"run {run}"), folder / "in steps")
        make(data.draw(st.permutations(files)), folder / "in steps")
        assert tables(folder / "in steps") == tables(folder / "at once")
        assert len(rows(folder / "at once", "documents")) == len(files)


# ---------------------------------------------------------------- executors


def test_any_executor_gives_the_same_bytes(budgets: Path, dataset: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as threads:
        gb.corpus(sorted(budgets.iterdir(), reverse=True), tmp_path / "out", executor=threads)
    assert tables(tmp_path / "out") == tables(dataset)


def test_a_cluster_that_loses_a_worker_loses_nothing(budgets: Path, dataset: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if done == 5:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with cluster, distributed.Client(cluster) as client:
        made = gb.corpus(budgets, tmp_path / "out", executor=client.get_executor(), progress=kill_one)
        assert killed
        assert killed[0] not in client.run(os.getpid).values()
    assert made.read == 30
    assert tables(made.out) == tables(dataset)


def test_what_a_killed_worker_left_unfinished_is_removed(budgets: Path, dataset: Path, tmp_path: Path) -> None:
    class Untidy(AtOnce):
        def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
            done = super().submit(work, *args, **more)
            for folder in (tmp_path / "out" / "facts").glob("year=*/family=*"):
                (folder / ".unfinished.123").write_bytes(b"PAR1")
            return done

    made = gb.corpus(budgets, tmp_path / "out", executor=Untidy())
    assert tables(made.out) == tables(dataset)
    assert not list(made.out.rglob(".*"))


def test_what_goes_wrong_without_the_files_fault_is_told_and_tried_again(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(SMALL.format("1.00"), encoding="utf-8")

    class Fails(AtOnce):
        def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
            return super().submit(self.fail)

        def fail(self) -> None:
            raise gb.MissingExtraError("pip install 'govbudget[pdf]'")

    assert gb.corpus(file, tmp_path / "out", executor=Fails()).failed == (file.as_posix(),)
    row = rows(tmp_path / "out", "documents")[0]
    assert (row["error"], row["reason"]) == ("MissingExtraError", "pip install 'govbudget[pdf]'")
    assert make(file, tmp_path / "out").read == 1
    assert rows(tmp_path / "out", "documents")[0]["error"] is None


@pytest.mark.parametrize("happens", [Path.unlink, lambda path: path.write_text("else", encoding="utf-8")])
def test_a_file_that_changes_under_way_is_read_when_it_is_back(tmp_path: Path, happens: Callable[[Path], Any]) -> None:
    file, text = tmp_path / "a.csv", SMALL.format("1.00")
    file.write_text(text, encoding="utf-8")

    class Late(AtOnce):
        def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
            happens(file)
            return super().submit(work, *args, **more)

    assert gb.corpus(file, tmp_path / "out", executor=Late()).failed == (file.as_posix(),)
    assert rows(tmp_path / "out", "documents")[0]["error"] in {"OSError", "FileNotFoundError"}
    file.write_text(text, encoding="utf-8")
    assert make(file, tmp_path / "out").failed == ()
    assert len(rows(tmp_path / "out", "facts")) == 4


def test_an_executor_that_breaks_down_ends_the_run(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(SMALL.format("1.00"), encoding="utf-8")

    class Breaks(Executor):
        def submit(self, work: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
            raise BrokenExecutor("gone")

    with pytest.raises(BrokenExecutor, match="gone"):
        gb.corpus(file, tmp_path / "out", executor=Breaks())


# ---------------------------------------------------------------- arguments and the command


def test_arguments_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(gb.ReadError, match="nowhere"):
        make([tmp_path / "nowhere"], tmp_path / "out")
    with pytest.raises(gb.OptionError, match="workers"):
        gb.corpus(tmp_path, tmp_path / "out", workers=0)
    (tmp_path / "file").touch()
    with pytest.raises(gb.WriteError):
        make(tmp_path / "file", tmp_path / "file")


def test_the_command_says_what_it_did(
    budgets: Path, dataset: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["corpus", str(budgets), str(dataset)]) == 0
    told = capsys.readouterr()
    assert "30 files, 30 contents, 0 read now, 4 files not readable" in told.out
    assert told.err.count("could not be read") == 4
    assert main(["corpus", str(budgets / "nowhere"), str(dataset)]) == 2
    assert "nowhere" in capsys.readouterr().err
