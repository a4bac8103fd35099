"""A user's own official table over the packaged catalogue（载入官方科目表）."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from govbudget.errors import MissingExtraError, ReadError, refusal

from .catalogue import Catalogue, nearest_edition, subjects
from .codes import split_code
from .tables import COMPILED, NAME, SEEN, Cells, rows_of

__all__ = ["load_subjects"]

Table = list[tuple[int, list[str]]]
_STEPS = ("类", "款", "项", "目")
_CODE = re.compile(r"编码|编号|代码|code", re.IGNORECASE)
_NAME = re.compile(r"名称|name", re.IGNORECASE)
_HEADER_ROWS = 30


def load_subjects(path: str | os.PathLike[str], year: int = COMPILED, complete: bool = False) -> Catalogue:
    """Lay a table with codes and names over the packaged edition（载入官方科目表）; it is the authority.

    Args:
        path: ``.xlsx``, ``.csv`` or ``.tsv`` with a header row: one column of codes (编码, 代码, code) or the columns
            类, 款, 项, and one of names (名称, name). Every sheet that has such a header is read.
        year: the edition it is.
        complete: the table is the whole of each classification it holds codes of, so that packaged codes of these
            which it does not list are left out.

    Raises:
        ReadError: no header was found, or no row with a code and a name.
        MissingExtraError: ``.xlsx`` without the package openpyxl.
    """
    file = Path(path)
    found: dict[str, Cells] = {}
    skipped: list[tuple[int, str]] = []
    headers = 0
    for table in _tables(file):
        header = _header(table)
        if header is None:
            continue
        headers += 1
        for number, code, name, text in _entries(table, *header):
            if code and name:
                found[code] = _cells(code, name, file.name)
            elif text:
                skipped.append((number, text))
    if not found:
        reason = (
            "没有科目行 no row holds a code and a name"
            if headers
            else "没有找到编码和名称两列的表头 no header row with a column of codes and one of names"
        )
        raise ReadError(str(path), reason)
    base = subjects(nearest_edition(year))
    kinds = {code[0] for code in found} if complete else set()
    kept = {code: base._rows[code] for code in base.codes if code[0] not in kinds}
    return Catalogue(year, {**kept, **found}, file.name, tuple(skipped))


def _cells(code: str, name: str, source: str) -> Cells:
    known = next((cells for cells in reversed(rows_of().get(code, [])) if cells[NAME] == name), None)
    latest = rows_of().get(code, [None])[-1]
    fund = latest[2] if latest else ""
    return [code, name, fund, "", "", "1", known[SEEN] if known else "", "", "", source]


def _tables(file: Path) -> Iterator[Table]:
    try:
        if file.suffix.lower() in (".xlsx", ".xlsm"):
            yield from _sheets(file)
            return
        raw = file.read_bytes()
    except OSError as error:
        raise ReadError(str(file), refusal("文件打不开", "cannot be opened", error)) from error
    text = _decode(raw)
    delimiter = "\t" if text.count("\t") > text.count(",") else ","
    yield list(enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1))


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _sheets(file: Path) -> Iterator[Table]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError(
            "读取xlsx需要openpyxl：pip install openpyxl。Reading xlsx needs openpyxl: pip install openpyxl."
        ) from error
    try:
        workbook = load_workbook(file, data_only=True)
    except OSError:
        raise
    except Exception as error:
        raise ReadError(str(file), f"不是可读的xlsx not a readable xlsx: {error}") from error
    for sheet in workbook.worksheets:
        yield [
            (number, ["" if value is None else str(value) for value in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
        ]


def _header(table: Table) -> tuple[int, list[int], int] | None:
    """The last header row, the columns of the code (one, or one a level) and the column of the name."""
    name = code = -1
    for index, (_, cells) in enumerate(table[:_HEADER_ROWS]):
        texts = [re.sub(r"\s+", "", cell) for cell in cells]
        name = next((i for i, text in enumerate(texts) if _NAME.search(text) and len(text) < 20), name)
        code = next((i for i, text in enumerate(texts) if _CODE.search(text) and len(text) < 20 and i != name), code)
        steps = [texts.index(step) for step in _STEPS if step in texts]
        if len(steps) > 1 and name >= 0:
            return index, steps, name
        if code >= 0 and name >= 0:
            below = [re.sub(r"\s+", "", cell) for cell in table[index + 1][1]] if index + 1 < len(table) else []
            if not {"类", "款"} <= set(below):
                return index, [code], name
    return None


def _entries(table: Table, header: int, columns: Sequence[int], name: int) -> Iterator[tuple[int, str, str, str]]:
    """Row number, code, name and the whole text of each row below the header."""
    above: list[str] = []
    for number, cells in table[header + 1 :]:
        text = " ".join(cell.strip() for cell in cells if cell.strip())
        parts = [cells[i].strip().removesuffix(".0") if i < len(cells) else "" for i in columns]
        if len(columns) > 1:
            steps = _carry(above, parts)
            above = steps or above
            printed = "".join(steps)
        else:
            printed = parts[0]
        split = split_code(printed)
        code = split[0] if split is not None and not split[1] else ""
        yield number, code, cells[name].strip() if name < len(cells) else "", text


def _carry(above: list[str], parts: Sequence[str]) -> list[str]:
    """The steps of a code, an empty cell repeating the row above; none where the row above cannot tell."""
    deepest = max((i for i, part in enumerate(parts) if part), default=-1)
    if deepest > 0 and len(parts[deepest]) == 3 + 2 * deepest:
        return [parts[deepest][:3], *re.findall("..", parts[deepest][3:])]
    steps: list[str] = []
    for i, part in enumerate(parts[: deepest + 1]):
        if part:
            steps.append(part.zfill(2) if i else part)
        elif i < len(above) and steps == above[:i]:
            steps.append(above[i])
        else:
            return []
    return steps
