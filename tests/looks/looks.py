"""Other looks of the same budget: what offices do to a workbook between the printed form and the published file.

A :class:`Look` names its touches, at most one of each group, and a seed for what each of them decides. A touch changes
the print and never the budget; where it prints an amount anew (a prior year, a 0.00 for nothing) it says so.
"""

from __future__ import annotations

import datetime
import math
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from hypothesis import strategies as st
from openpyxl import Workbook

from .paper import NUMBERING, TOTAL, Address, Cell, Paper, Row, Sheet, is_title, plain

__all__ = ["GROUPS", "TOUCHES", "Look", "Looked", "apply", "looks"]

Touch = Callable[[Paper, random.Random], None]

TOUCHES: dict[str, Touch] = {}
GROUPS: dict[str, list[str]] = {}

WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789():,%[]"}
NARROW = {ord("（"): "(", ord("）"): ")", ord("："): ":", ord("“"): '"', ord("”"): '"', ord("，"): ","}
WIDE_BRACKETS = {ord("("): "（", ord(")"): "）", ord(":"): "：", ord('"'): "”"}
CHINESE = "一二三四五六七八九十"
NAMING = re.compile(r"编码|代码|名称|^类$|^款$|^项$|序号|^(支出)?项目$|单位$|科目$|^经济分类$|品目$|^资金|^计量")


BELONGS = re.compile(r"单位(代码|编码|名称)$|部门(编码|名称)$|主管部门$|项目(编码|名称)$|^[类款]$")


class Looked(NamedTuple):
    """A workbook with a look: its bytes, where each old cell lies now, and the amounts that the look added.

    An added amount has the form and the code of the old cell named with it.
    """

    data: bytes
    moved: dict[Address, Address]
    added: dict[Address, tuple[Address, str]]


@dataclass(frozen=True)
class Look:
    """The touches, in the order in which they are applied, and the seed of their choices."""

    touches: tuple[str, ...] = ()
    seed: int = 0

    def __str__(self) -> str:
        return f"{' + '.join(self.touches) or 'as printed'} (seed {self.seed})"


def apply(workbook: Workbook, look: Look) -> Looked:
    """The workbook with another look."""
    paper = Paper.of(workbook)
    for name in look.touches:
        TOUCHES[name](paper, random.Random(f"{look.seed} {name}"))
    return Looked(*paper.save())


def looks(*, most: int = 6, without: frozenset[str] = frozenset()) -> st.SearchStrategy[Look]:
    """Looks of up to *most* touches that go together; they shrink to fewer."""
    groups = [[name for name in names if name not in without] for names in GROUPS.values()]
    chosen = st.lists(st.sampled_from(range(len(groups))), max_size=most, unique=True).flatmap(
        lambda at: st.tuples(*(st.sampled_from(groups[i]) for i in sorted(at) if groups[i]))
    )
    return st.builds(Look, chosen, st.integers(0, 99))


def touch(group: str) -> Callable[[Touch], Touch]:
    """Register a touch; groups are applied in the order in which they are first named."""

    def register(function: Touch) -> Touch:
        TOUCHES[function.__name__] = function
        GROUPS.setdefault(group, []).append(function.__name__)
        return function

    return register


def _texts(paper: Paper, *kinds: str) -> list[Cell]:
    return [c for s in paper.sheets for row in s.of(*kinds) for c in row.cells if isinstance(c.value, str) and c.text]


def _tables(paper: Paper) -> list[Sheet]:
    """The sheets that print a table of amounts."""
    return [sheet for sheet in paper.sheets if not sheet.targets and sheet.of("header")]


# ---------------------------------------------------------------- the words of titles, headers and labels


@touch("words")
def wide_characters(paper: Paper, rng: random.Random) -> None:
    """Full-width digits and brackets in every text outside the code columns."""
    for cell in _texts(paper, "lead", "header", "head", "body", "note"):
        if not re.fullmatch(r"[\d\s]+", str(cell.value)):
            cell.value = str(cell.value).translate(WIDE)


@touch("words")
def narrow_characters(paper: Paper, rng: random.Random) -> None:
    """Half-width brackets, colons and quotes in every text."""
    for cell in _texts(paper, "lead", "header", "head", "body", "note"):
        cell.value = str(cell.value).translate(NARROW)


@touch("words")
def wide_brackets(paper: Paper, rng: random.Random) -> None:
    """Full-width brackets and colons in every text."""
    for cell in _texts(paper, "lead", "header", "head", "body", "note"):
        cell.value = str(cell.value).translate(WIDE_BRACKETS)


@touch("header words")
def broken_headers(paper: Paper, rng: random.Random) -> None:
    """Line breaks inside the words of headers: 一般公共\\n预算."""
    for cell in _texts(paper, "header"):
        text = str(cell.value)
        if len(text) >= 3:
            at = rng.randrange(1, len(text))
            cell.value = f"{text[:at]}\n{text[at:]}"


@touch("header words")
def spaced_headers(paper: Paper, rng: random.Random) -> None:
    """Blanks between the characters of short headers, ideographic ones among them."""
    for cell in _texts(paper, "header"):
        text = plain(cell.value)
        if len(text) <= 5:
            cell.value = rng.choice((" ", "  ", "　", "\xa0")).join(text)


@touch("header words")
def quoted_headers(paper: Paper, rng: random.Random) -> None:
    """Blanks and a carriage return at the ends of headers."""
    for cell in _texts(paper, "header"):
        cell.value = rng.choice((" {}", "{} ", "\n{}", "{}\r\n", "　{}")).format(cell.value)


@touch("header words")
def headers_over_two_rows(paper: Paper, rng: random.Random) -> None:
    """Long words of the lowest headers begun in the cell above, where that is empty: a lost wrap."""
    for sheet in _tables(paper):
        header = sheet.of("header")
        if len(header) < 2:
            continue
        upper, lower = header[-2:]
        covered = {id(cell) for span in sheet.spans for cell in span}
        for above, below in zip(upper.cells, lower.cells):
            if id(above) in covered or id(below) in covered or above.text or len(below.text) < 6:
                continue
            text = str(below.value)
            above.value, below.value = text[:4], text[4:]


@touch("header words")
def headers_with_a_lost_word(paper: Paper, rng: random.Random) -> None:
    """One header of codes, names or amounts left empty."""
    for sheet in _tables(paper):
        leaves = [c for c in range(sheet.width) if sheet.headings(c)]
        if _is_sides(sheet) or len(leaves) < 4:
            continue
        column = rng.choice(leaves)
        for row in sheet.of("header"):
            if row.cells[column].text == sheet.headings(column)[-1]:
                row.cells[column].value = None
                break


UNHEARD = {
    "科目编码": "预算科目代号",
    "科目名称": "科目（全称）",
    "合计": "安排数合计金额",
    "总计": "全部合计数",
    "基本支出": "基本支出安排",
    "项目支出": "项目支出安排",
    "人员经费": "人员类支出",
    "公用经费": "公用类支出",
    "日常公用经费": "公用类支出",
    "单位名称(科目)": "单位及科目名称",
    "单位代码": "单位代号",
    "项目名称": "项目全称",
    "公务接待费": "接待支出",
    "预算单位": "使用单位",
    "功能分类科目编码": "功能科目代号",
    "功能分类科目名称": "功能科目全称",
    "上年结转": "以前年度结转",
}


@touch("header words")
def unheard_words(paper: Paper, rng: random.Random) -> None:
    """One header of each table in words that no form uses, though a reader of Chinese would understand."""
    for sheet in _tables(paper):
        cells = [cell for row in sheet.of("header") for cell in row.cells if cell.text in UNHEARD]
        if cells and not _is_sides(sheet):
            cell = rng.choice(cells)
            cell.value = UNHEARD[cell.text]


@touch("header words")
def cut_headers(paper: Paper, rng: random.Random) -> None:
    """Long headers that lost their last character."""
    for cell in _texts(paper, "header"):
        if len(cell.text) >= 5 and rng.random() < 0.5:
            cell.value = str(cell.value).strip()[:-1]


@touch("header words")
def units_in_headers(paper: Paper, rng: random.Random) -> None:
    """The unit behind the words of amounts: 合计（万元）."""
    for sheet in _tables(paper):
        if any(re.search(r":元", cell.text) for row in _lead(sheet) for cell in row.cells):
            continue
        for row in sheet.of("header"):
            for cell in row.cells:
                if re.fullmatch(r"合计|总计|小计|(基本|项目)支出|金额|(人员|公用)经费|公务接待费", cell.text):
                    cell.value = f"{cell.text}{'（万元）' if rng.random() < 0.8 else '(万元)'}"


@touch("header words")
def invisible_characters(paper: Paper, rng: random.Random) -> None:
    """Zero-width blanks, joiners, byte-order marks and soft hyphens in titles, headers and rows."""
    for cell in _texts(paper, "lead", "header", "body"):
        text = str(cell.value)
        at = rng.randrange(len(text) + 1)
        cell.value = f"{text[:at]}{rng.choice(INVISIBLE)}{text[at:]}"


INVISIBLE = ("\u200b", "\u200d", "\u2060", "\ufeff", "\xad")

OTHER_WORDS = [
    ("科目编码", "科目代码"),
    ("科目名称", "功能分类科目名称"),
    ("因公出国(境)费用", "因公出国（境）费"),
    ("因公出国(境)费", "因公出国（境）费用"),
    ("公务接待费", "公务接待费用"),
    ("公务用车购置及运行费", "公务用车购置和运行维护费"),
    ("公务用车运行费", "公务用车运行维护费"),
    ("公务用车运行维护费", "公务用车运行费"),
    ("单位代码", "单位编码"),
    ("日常公用经费", "公用经费"),
    ("公用经费", "日常公用经费"),
    ("单位名称(科目)", "单位名称（科目名称）"),
    ("总计", "合计"),
    ("一般公共预算", "一般公共预算拨款"),
    ("政府性基金预算", "政府性基金预算拨款"),
    ("国有资本经营预算", "国有资本经营预算拨款"),
    ("度量单位", "计量单位"),
    ("计量单位", "度量单位"),
    ("权重", "指标权重"),
    ("指标性质", "计算符号"),
    ("金额", "金额（万元）"),
    ("预算数", "2024年预算数"),
    ("单位编码", "部门编码"),
]


@touch("synonyms")
def other_words(paper: Paper, rng: random.Random) -> None:
    """Headers by other names that the forms use."""
    chosen = {old: new for old, new in OTHER_WORDS if rng.random() < 0.6}
    for sheet in paper.sheets:
        heads = {cell.text for row in sheet.of("header") for cell in row.cells}
        for row in sheet.of("header"):
            for cell in row.cells:
                if cell.text == "科目名称" and any("经济" in head for head in heads):
                    continue
                if cell.text == "预算数" and (sheet.targets or len(heads) < 3 or "合计" in heads):
                    continue
                if cell.text in chosen:
                    cell.value = chosen[cell.text]


@touch("label words")
def spaced_labels(paper: Paper, rng: random.Random) -> None:
    """Blanks in the labels of totals and titles: 收 入 总 计."""
    for sheet in paper.sheets:
        blank = rng.choice((" ", "  ", "　"))
        for row in sheet.of("body"):
            for cell in row.cells:
                if isinstance(cell.value, str) and re.fullmatch(r"合计|总计|(收入|支出)(总计|合计)|小计", cell.text):
                    cell.value = blank.join(cell.text)
        if sheet.title is not None and len(sheet.title.text) < 20:
            sheet.title.value = blank.join(str(sheet.title.value).replace(" ", ""))


@touch("label words")
def broken_labels(paper: Paper, rng: random.Random) -> None:
    """Names broken over two lines, as wrapped by hand."""
    for sheet in _tables(paper):
        for row in sheet.of("body"):
            for cell in row.cells:
                if isinstance(cell.value, str) and len(cell.value) > 8 and not re.match(r"[\[\d]", cell.value):
                    at = rng.randrange(4, len(cell.value) - 2)
                    cell.value = f"{cell.value[:at]}\n{cell.value[at:]}"


@touch("label words")
def indented_labels(paper: Paper, rng: random.Random) -> None:
    """Names set in by leading blanks, by depth."""
    for sheet in _tables(paper):
        codes = set(sheet.code_columns())
        for row in sheet.of("body"):
            for column, cell in enumerate(row.cells):
                if isinstance(cell.value, str) and column not in codes and cell.text:
                    cell.value = rng.choice((" ", "　", "    ", "\t", "\xa0\xa0")) + cell.value


def _renumber(paper: Paper, style: Callable[[int], str]) -> None:
    for sheet in _tables(paper):
        for column in range(sheet.width):
            cells = [row.cells[column] for row in sheet.of("body")]
            count = 0
            for cell in cells:
                text = str(cell.value or "")
                found = NUMBERING.match(plain(text))
                if isinstance(cell.value, str) and found and not TOTAL.search(plain(text)):
                    count += 1
                    cell.value = style(count) + re.sub(r"^[\s（(]*[一二三四五六七八九十廿]+[、)）]\s*", "", text)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens - 1] + "十") + (CHINESE[ones - 1] if ones else "")


@touch("numbering")
def numbered_by_brackets(paper: Paper, rng: random.Random) -> None:
    """（一） before every label that is numbered."""
    _renumber(paper, lambda number: f"（{_chinese(number)}）")


@touch("numbering")
def not_numbered(paper: Paper, rng: random.Random) -> None:
    """No numbering."""
    _renumber(paper, lambda number: "")


@touch("numbering")
def numbered_with_blanks(paper: Paper, rng: random.Random) -> None:
    """Numbering set off by a blank."""
    _renumber(paper, lambda number: f" {_chinese(number)} 、 ")


# ---------------------------------------------------------------- amounts


def _print(paper: Paper, style: Callable[[float], object]) -> None:
    for sheet in paper.sheets:
        for cell in sheet.body_amounts():
            cell.value = style(float(str(cell.value)))


@touch("amounts")
def text_amounts(paper: Paper, rng: random.Random) -> None:
    """Amounts as text with two decimals: 1658.00."""
    _print(paper, lambda value: f"{value:.2f}")


@touch("amounts")
def separated_amounts(paper: Paper, rng: random.Random) -> None:
    """Amounts as text with thousands separators: 1,658.00."""
    _print(paper, lambda value: f"{value:,.2f}")


@touch("amounts")
def blank_in_amounts(paper: Paper, rng: random.Random) -> None:
    """Amounts as text with a blank at the point and around: 447. 48."""
    _print(paper, lambda value: rng.choice((" {} ", "{}", "　{}", "{}\xa0")).format(f"{value:.2f}".replace(".", ". ")))


@touch("amounts")
def wide_amounts(paper: Paper, rng: random.Random) -> None:
    """Amounts in full-width digits."""
    _print(paper, lambda value: f"{value:,.2f}".translate(WIDE).replace(".", "．"))


@touch("amounts")
def noisy_amounts(paper: Paper, rng: random.Random) -> None:
    """Floats with the noise of sums: 1658.0000000000002."""
    _print(paper, lambda value: math.nextafter(value, math.inf) if value else value)


@touch("amounts")
def amounts_with_units(paper: Paper, rng: random.Random) -> None:
    """Amounts as text with their unit: 950.19万元."""
    for sheet in paper.sheets:
        lead = " ".join(cell.text for row in sheet.of("lead") for cell in row.filled())
        unit = re.search(r"单位:(万元|元)", lead)
        if unit and not sheet.targets:
            for cell in sheet.body_amounts():
                cell.value = f"{float(str(cell.value)):.2f}{unit[1]}"


@touch("nothing")
def dashes(paper: Paper, rng: random.Random) -> None:
    """A dash where nothing is printed."""
    dash = rng.choice(("-", "—", "--", "——", " - "))
    for sheet, row, column in _empty_amounts(paper):
        sheet.rows[row].cells[column].value = dash


@touch("nothing")
def blanks_for_zero(paper: Paper, rng: random.Random) -> None:
    """Nothing where 0.00 is printed: such an amount is no longer there."""
    for sheet in paper.sheets:
        for cell in sheet.body_amounts():
            if str(cell.value).strip() in {"0", "0.0", "0.00"}:
                cell.value, cell.origin = rng.choice((None, "-")), None


@touch("nothing")
def zeros(paper: Paper, rng: random.Random) -> None:
    """0.00 where nothing is printed, in rows that print an amount."""
    zero = rng.choice((0, 0.0, "0.00", "0"))
    for sheet, row, column in _empty_amounts(paper):
        cells = sheet.rows[row].cells
        side = [c for c in sheet.amount_columns() if _same_side(sheet, c, column)]
        near = next((cells[c].origin for c in side if cells[c].origin and _is_amount(cells[c])), None)
        if near is not None:
            cells[column].value = zero
            paper.added.append((cells[column], near, "0"))


def _is_amount(cell: Cell) -> bool:
    return re.fullmatch(r"-?[\d,]+(\.\d+)?", cell.text) is not None


def _same_side(sheet: Sheet, one: int, other: int) -> bool:
    left, right = sorted((one, other))
    return not any(
        set(sheet.headings(column)) & {"项目", "支出科目", "支出项目", "支出功能分类科目", "支出经济分类科目"}
        for column in range(left + 1, right)
    )


def _empty_amounts(paper: Paper) -> list[tuple[Sheet, int, int]]:
    found = []
    for sheet in _tables(paper):
        if any("采购" in (cell.text) for row in sheet.of("header") for cell in row.cells):
            continue
        for column in sheet.amount_columns():
            for index, row in enumerate(sheet.rows):
                merged = any(row.cells[column] in span for span in sheet.spans)
                if row.kind == "body" and not row.cells[column].text and row.filled() and not merged:
                    found.append((sheet, index, column))
    return found


# ---------------------------------------------------------------- codes


def _codes(paper: Paper) -> list[Cell]:
    found = []
    for sheet in _tables(paper):
        for column in sheet.code_columns():
            found += [row.cells[column] for row in sheet.of("body") if re.fullmatch(r"\d+", row.cells[column].text)]
    return found


@touch("codes")
def numeric_codes(paper: Paper, rng: random.Random) -> None:
    """Codes as numbers: 2010301.0, and 1 for 01."""
    for cell in _codes(paper):
        if len(cell.text) < 12 and not (len(cell.text) > 2 and cell.text.startswith("0")):
            cell.value = float(cell.text) if rng.random() < 0.5 else int(cell.text)


@touch("codes")
def padded_codes(paper: Paper, rng: random.Random) -> None:
    """Codes as text with blanks before and after."""
    for cell in _codes(paper):
        cell.value = rng.choice(("  {}", "{} ", "　{}", "\xa0{}")).format(cell.text)


@touch("codes")
def glued_codes(paper: Paper, rng: random.Random) -> None:
    """The code glued before the name, in either of the two cells."""
    before, glue = rng.choice(
        (("", " "), ("", "  "), ("", "-"), ("", "　"), ("", ""), ("[", "]"), ("", "_"), ("（", "）"))
    )
    left = rng.random() < 0.5
    for sheet in _tables(paper):
        columns = [c for c in sheet.code_columns() if set(sheet.headings(c)) & {"科目编码", "科目代码", "项目编码"}]
        if len(columns) != 1 or sheet.headings(columns[0])[-1] in {"类", "款", "项"}:
            continue
        column = columns[0]
        for row in sheet.of("body"):
            code, name = row.cells[column], row.cells[column + 1]
            if re.fullmatch(r"\d{3,7}", code.text) and isinstance(name.value, str) and name.text:
                both = f"{before}{code.text}{glue}{name.value.strip()}"
                code.value, name.value = (both, None) if left else (None, both)


@touch("codes")
def parted_codes(paper: Paper, rng: random.Random) -> None:
    """Codes of subjects in their parts: 201-26-01."""
    mark = rng.choice((" ", "-", "　"))
    for sheet in _tables(paper):
        for column in sheet.code_columns():
            for row in sheet.of("body"):
                code = re.fullmatch(r"([23]\d\d)(\d\d)(\d\d)?", row.cells[column].text)
                if code:
                    row.cells[column].value = mark.join(filter(None, code.groups()))


@touch("codes")
def joined_codes(paper: Paper, rng: random.Random) -> None:
    """类, 款 and 项 joined in one column of codes."""
    for sheet in _tables(paper):
        last = sheet.of("header")[-1] if sheet.of("header") else None
        if last is None:
            continue
        parts = [i for i, cell in enumerate(last.cells) if cell.text in {"类", "款", "项"}]
        if len(parts) < 2:
            continue
        for column in parts:
            last.cells[column].value = None
        for row in sheet.of("body"):
            codes = [row.cells[column].text for column in parts]
            if any(codes):
                row.cells[parts[0]].value = "".join(codes)
                for column in parts[1:]:
                    row.cells[column].value = None
        header = [row.cells[column] for row in sheet.of("header") for column in parts]
        named = next((cell for cell in header if re.search("编码|代码", cell.text)), None)
        sheet.spans = [span for span in sheet.spans if not any(cell in header for cell in span) or len(span) > 9]
        if named is not None:
            text, named.value = named.value, None
            last.cells[parts[0]].value = text
        for row in sheet.rows:
            for column in reversed(parts[1:]):
                kept = row.cells.pop(column)
                if kept.text and row.kind in {"lead", "note"}:
                    row.cells[parts[0]] = kept


# ---------------------------------------------------------------- columns and header rows


@touch("columns")
def column_of_numbers(paper: Paper, rng: random.Random) -> None:
    """A first column 序号 that counts the rows; titles and headers repeated among them have no number."""
    for sheet in _tables(paper):
        if "序号" in {cell.text for row in sheet.of("header") for cell in row.cells} or _is_sides(sheet):
            continue
        sheet.insert_column(0)
        header = sheet.of("header")
        header[0].cells[0].value = "序号"
        if len(header) > 1:
            sheet.spans.append([row.cells[0] for row in header])
        heads = {tuple(cell.text for cell in row.cells[1:]) for row in header}
        counted = [row for row in sheet.of("body") if row.filled() and len([c for c in row.cells if c.text]) > 1]
        counted = [row for row in counted if tuple(cell.text for cell in row.cells[1:]) not in heads]
        for number, row in enumerate(counted, 1):
            row.cells[0].value = number


@touch("columns")
def empty_columns(paper: Paper, rng: random.Random) -> None:
    """Empty columns between the columns, ranges over them grown."""
    for sheet in _tables(paper):
        for column in sorted(rng.sample(range(1, sheet.width), min(2, sheet.width - 1)), reverse=True):
            heads = [row.cells[column].text for row in sheet.of("header")]
            if heads and any(heads) and not set(heads) & {"款", "项"}:
                sheet.insert_column(column)


@touch("columns")
def column_of_remarks(paper: Paper, rng: random.Random) -> None:
    """A last column 备注, empty or with a word."""
    for sheet in _tables(paper):
        sheet.insert_column(sheet.width)
        header = sheet.of("header")
        header[0].cells[-1].value = "备注"
        if len(header) > 1:
            sheet.spans.append([row.cells[-1] for row in header])
        for row in sheet.of("body"):
            if row.filled() and rng.random() < 0.1:
                row.cells[-1].value = rng.choice(("含结转", "见说明", "新增"))


@touch("columns")
def column_of_shares(paper: Paper, rng: random.Random) -> None:
    """A last column with the share of the total in percent, which is no money."""
    for sheet in _tables(paper):
        columns = sheet.amount_columns()
        if _is_sides(sheet) or not columns or any(is_title(c.text) for row in sheet.of("body") for c in row.cells):
            continue
        sheet.insert_column(sheet.width)
        header = sheet.of("header")
        header[0].cells[-1].value = rng.choice(("占比（%）", "占比%", "比例（%）"))
        if len(header) > 1:
            sheet.spans.append([row.cells[-1] for row in header])
        for row in sheet.of("body"):
            if _is_amount(row.cells[columns[0]]):
                row.cells[-1].value = round(rng.random() * 100, 2)


def _is_sides(sheet: Sheet) -> bool:
    return any("收支" in plain(text) for text in (sheet.title.value if sheet.title else "", sheet.name))


@touch("header rows")
def third_header_row(paper: Paper, rng: random.Random) -> None:
    """One more header row over the others: 项目 and 2024年预算数."""
    for sheet in _tables(paper):
        header = sheet.of("header")
        columns = [c for c in range(sheet.width) if sheet.headings(c)]
        named = [c for c in columns if NAMING.search(sheet.headings(c)[-1])]
        amounts = [c for c in columns if c not in named]
        if _is_sides(sheet) or len(header) > 2 or not named or not amounts or max(named) > min(amounts):
            continue
        if any("采购" in text or "20" in text for c in columns for text in sheet.headings(c)):
            continue
        row = sheet.insert_row(sheet.rows.index(header[0]), "header")
        row.cells[named[0]].value = rng.choice(("项    目", "项目"))
        row.cells[amounts[0]].value = rng.choice(("2024年预算数", "预算数", "2024年预算", "本年预算"))
        for group in (named, amounts):
            if len(group) > 1:
                sheet.spans.append([row.cells[c] for c in group])


@touch("header rows")
def prior_year(paper: Paper, rng: random.Random) -> None:
    """A column of the year before, left or right of this year's."""
    word = rng.choice(("2023年预算数", "上年预算数", "2023年预算"))
    for sheet in _tables(paper):
        title = sheet.title.text if sheet.title else ""
        columns = sheet.amount_columns()
        if (
            _is_sides(sheet)
            or not re.search(r"一般公共预算支出|支出总表|基本支出", title)
            or not columns
            or "三公" in title
        ):
            continue
        if any("202" in text for c in columns for text in sheet.headings(c)):
            continue
        first = columns[0]
        at = first if rng.random() < 0.5 else sheet.width
        sheet.insert_column(at)
        if first >= at:
            first += 1
        header = sheet.of("header")
        top = header[0].cells
        for span in sheet.spans:
            if top[first] in span and at < first:
                span[:] = [cell for cell in span if cell is not header[0].cells[at]]
        top[at].value = word
        if len(header) > 1:
            sheet.spans = [s for s in sheet.spans if not _reaches_over(s, [row.cells[at] for row in header], sheet)]
            sheet.spans.append([row.cells[at] for row in header])
        for row in sheet.of("body"):
            own = row.cells[first]
            if own.origin and _is_amount(own):
                amount = round(float(own.text.replace(",", "")) * 0.9 + 0.01, 2)
                row.cells[at].value = amount
                paper.added.append((row.cells[at], own.origin, str(amount)))


def _reaches_over(span: list[Cell], column: list[Cell], sheet: Sheet) -> bool:
    """Whether a range, when drawn, would cover a cell of a new column."""
    lies = {id(cell): (r, c) for r, row in enumerate(sheet.rows) for c, cell in enumerate(row.cells)}
    spots = [lies[id(cell)] for cell in span if id(cell) in lies]
    if not spots:
        return False
    (top, bottom), (left, right) = ((min(axis), max(axis)) for axis in zip(*spots))
    return any(top <= r <= bottom and left <= c <= right for r, c in (lies[id(cell)] for cell in column))


@touch("counts")
def count_row(paper: Paper, rng: random.Random) -> None:
    """A row of column numbers under the header: 1 2 3 …"""
    _count(paper, "", text=rng.random() < 0.5)


@touch("counts")
def count_row_of_amounts(paper: Paper, rng: random.Random) -> None:
    """栏次 under the first name and 1 2 3 … under the amounts."""
    _count(paper, rng.choice(("栏次", "栏  次", "**")), text=rng.random() < 0.5)


@touch("counts")
def count_row_with_sums(paper: Paper, rng: random.Random) -> None:
    """栏次 under the first name and 1=2+3 under the total."""
    _count(paper, "栏次", text=True, total="1=2+3")


def _count(paper: Paper, word: str, *, text: bool, total: str = "") -> None:
    for sheet in _tables(paper):
        columns = [c for c in range(sheet.width) if sheet.headings(c)]
        names = [c for c in columns if NAMING.search(sheet.headings(c)[-1])]
        if _is_sides(sheet) or sheet.of("count") or len(columns) < 4 or not names:
            continue
        row = sheet.insert_row(sheet.rows.index(sheet.of("header")[-1]) + 1, "count")
        numbered = [c for c in columns if c not in names] if word else columns
        row.cells[names[0]].value = word or None
        for number, column in enumerate(numbered, 1):
            printed = total if total and number == 1 else str(number)
            row.cells[column].value = printed if text else number


# ---------------------------------------------------------------- rows


@touch("totals")
def totals_at_foot(paper: Paper, rng: random.Random) -> None:
    """The total at the foot of the table instead of its head."""
    for sheet in _tables(paper):
        body = sheet.of("body")
        if _is_sides(sheet) or len(body) < 3 or not any(TOTAL.fullmatch(c.text) for c in body[0].cells):
            continue
        moving = [body[0]]
        if not any(c.text and not _is_amount(c) for c in body[1].cells):
            moving.append(body[1])
        for row in moving:
            sheet.rows.remove(row)
        at = sheet.rows.index(body[-1]) + 1
        sheet.rows[at:at] = moving


@touch("totals")
def totals_merged_left(paper: Paper, rng: random.Random) -> None:
    """合计 in the first column, merged over the codes and the names."""
    for sheet in _tables(paper):
        columns = [c for c in range(sheet.width) if sheet.headings(c)]
        names = [c for c in columns if NAMING.search(sheet.headings(c)[-1])]
        if _is_sides(sheet) or not names or names != list(range(names[0], names[0] + len(names))):
            continue
        for row in sheet.of("body"):
            labels = [row.cells[c] for c in names if row.cells[c].text]
            if len(labels) == 1 and labels[0].text in {"合计", "总计"}:
                text, labels[0].value = labels[0].value, None
                row.cells[names[0]].value = text
                sheet.spans.append([row.cells[c] for c in names])


@touch("notes")
def page_numbers(paper: Paper, rng: random.Random) -> None:
    """The page's number under the table."""
    for index, sheet in enumerate(paper.sheets, 1):
        row = sheet.insert_row(len(sheet.rows), "note")
        style = rng.choice(("第{0}页，共20页", "- {0} -", "第 {0} 页", "{0}/20"))
        row.cells[sheet.width // 2].value = style.format(index)


@touch("notes")
def notes(paper: Paper, rng: random.Random) -> None:
    """Notes and the line of those who sign under the table."""
    for sheet in paper.sheets:
        for text in rng.sample(
            (
                "注：1.本表反映本部门当年预算安排情况，单位为万元；",
                "2.“合计”等于各项之和，四舍五入可能产生尾差。",
                "备注：本表按照2024年政府收支分类科目列示",
                "单位负责人：          财务负责人：          填表人：",
                "— 5 —",
            ),
            2,
        ):
            row = sheet.insert_row(len(sheet.rows), "note")
            if row.cells:
                row.cells[0].value = text
                if rng.random() < 0.5:
                    sheet.spans.append(list(row.cells))


@touch("notes")
def signatures(paper: Paper, rng: random.Random) -> None:
    """The line of those who sign and its date in several cells under the table."""
    for sheet in paper.sheets:
        row = sheet.insert_row(len(sheet.rows), "note")
        for column, text in zip(range(0, sheet.width, 2), ("制表日期：2024年1月30日", "单位负责人：", "制表人：")):
            row.cells[column].value = text


@touch("empty rows")
def empty_rows(paper: Paper, rng: random.Random) -> None:
    """Empty rows among the rows."""
    for sheet in paper.sheets:
        body = sheet.of("body")
        for row in rng.sample(body, min(3, len(body))):
            sheet.insert_row(sheet.rows.index(row), "body")


@touch("empty rows")
def empty_row_under_header(paper: Paper, rng: random.Random) -> None:
    """An empty row between the header and the first row."""
    for sheet in paper.sheets:
        if sheet.of("header"):
            sheet.insert_row(sheet.rows.index(sheet.of("header")[-1]) + 1, "body")


# ---------------------------------------------------------------- lead: title, unit and agency


def _lead(sheet: Sheet) -> list[Row]:
    return sheet.of("lead")


def _drop(sheet: Sheet, wanted: Callable[[str], bool]) -> list[object]:
    """Empty the cells of the lead whose text is *wanted*; gives what they said."""
    found = []
    for row in _lead(sheet):
        for cell in row.cells:
            if cell.text and wanted(cell.text):
                found.append(cell.value)
                cell.value = None
    return found


def _is_unit(text: str) -> bool:
    return re.search(r"单位[:]?(人民币)?[亿万]?元", text) is not None


def _is_agency(text: str) -> bool:
    return re.match(r".{0,4}(部门|单位)(/单位)?(名称)?:", text) is not None and not _is_unit(text)


@touch("unit")
def no_unit_line(paper: Paper, rng: random.Random) -> None:
    """No unit line, but where a sheet prints in 元."""
    for sheet in paper.sheets:
        if not any(re.search(r":元", cell.text) for row in _lead(sheet) for cell in row.cells):
            _drop(sheet, _is_unit)


@touch("unit")
def unit_above_title(paper: Paper, rng: random.Random) -> None:
    """The unit line in the first row, over the title."""
    for sheet in paper.sheets:
        found = _drop(sheet, _is_unit)
        if found:
            sheet.insert_row(0).cells[-1].value = found[0]


@touch("unit")
def unit_in_title_row(paper: Paper, rng: random.Random) -> None:
    """The unit beside the title."""
    for sheet in paper.sheets:
        title = sheet.title
        if title is None or sheet.width < 3:
            continue
        found = _drop(sheet, _is_unit)
        row = next(row for row in sheet.rows if title in row.cells)
        if found and not row.cells[-1].text:
            sheet.spans = [span for span in sheet.spans if title not in span]
            row.cells[-1].value = found[0]


@touch("unit")
def unit_in_other_words(paper: Paper, rng: random.Random) -> None:
    """The unit line in other words."""
    for sheet in paper.sheets:
        style = rng.choice(
            ("单位：{}", "（单位：{}）", "计量单位：{}", "单位 ：{}", "金额单位: {}", "单位：人民币{}", "{}")
        )
        for row in _lead(sheet):
            for cell in row.cells:
                found = re.search(r"单位[:]?([亿万]?元)", cell.text)
                if found:
                    cell.value = style.format(found.group(1))


@touch("unit")
def unit_with_agency(paper: Paper, rng: random.Random) -> None:
    """Agency and unit in one cell."""
    for sheet in paper.sheets:
        unit = _drop(sheet, _is_unit)
        agency = _drop(sheet, _is_agency)
        if unit and _lead(sheet):
            row = sheet.insert_row(sheet.rows.index(_lead(sheet)[-1]) + 1)
            row.cells[0].value = f"{(agency or ['编制单位：某某局'])[0]}          {unit[0]}"


@touch("agency")
def no_agency_line(paper: Paper, rng: random.Random) -> None:
    """No agency line."""
    for sheet in paper.sheets:
        _drop(sheet, _is_agency)


@touch("agency")
def agency_in_two_cells(paper: Paper, rng: random.Random) -> None:
    """The agency's name in a cell of its own, right of 部门："""
    for sheet in paper.sheets:
        found = _drop(sheet, _is_agency)
        if found and sheet.width > 2 and _lead(sheet):
            row = sheet.insert_row(sheet.rows.index(_lead(sheet)[-1]) + 1)
            row.cells[0].value = "部门名称："
            row.cells[1].value = str(found[0]).replace("：", ":").split(":", 1)[1] or "某某区档案馆"


@touch("title")
def low_title(paper: Paper, rng: random.Random) -> None:
    """The title in the third row or under, below number and unit."""
    for sheet in paper.sheets:
        title = sheet.title
        if title is None:
            continue
        row = next(row for row in sheet.rows if title in row.cells)
        lead = _lead(sheet)
        sheet.rows.remove(row)
        at = sheet.rows.index(lead[-1]) + 1 if lead[-1] is not row else len(lead) - 1
        sheet.rows.insert(at, row)
        while sheet.rows.index(row) < 2:
            sheet.insert_row(0)


@touch("title")
def title_in_sheet_name(paper: Paper, rng: random.Random) -> None:
    """No title but the sheet's name."""
    for sheet in paper.sheets:
        if sheet.title is not None:
            sheet.name = re.sub(r"[\\/*?:\[\]]", "", sheet.title.text)[-28:]
            sheet.title.value = None
    _tell_apart(paper)


def _tell_apart(paper: Paper) -> None:
    seen: dict[str, int] = {}
    for sheet in paper.sheets:
        seen[sheet.name] = seen.get(sheet.name, 0) + 1
        if seen[sheet.name] > 1:
            sheet.name = f"{sheet.name}{seen[sheet.name]}"


@touch("title")
def title_with_agency_and_year(paper: Paper, rng: random.Random) -> None:
    """Agency and year before the title."""
    head = rng.choice(("某某区档案馆2024年", "2024年度", "2024年某某局部门预算", "二、2024年"))
    for sheet in paper.sheets:
        if sheet.title is not None:
            sheet.title.value = f"{head}{str(sheet.title.value).strip()}"


@touch("title")
def title_with_number(paper: Paper, rng: random.Random) -> None:
    """The table's number in one cell with its title."""
    for index, sheet in enumerate(paper.sheets, 1):
        if sheet.title is not None:
            head = rng.choice(
                (f"表{index} ", f"附表{index}：", f"附件{index}-1 ", f"公开{index:02}表　", f"{index}.", f"（{index}）")
            )
            sheet.title.value = f"{head}{str(sheet.title.value).strip()}"


@touch("title")
def title_in_other_cell(paper: Paper, rng: random.Random) -> None:
    """The title in a middle cell instead of a range that is merged."""
    for sheet in paper.sheets:
        title = sheet.title
        if title is None or sheet.width < 3:
            continue
        row = next(row for row in sheet.rows if title in row.cells)
        sheet.spans = [span for span in sheet.spans if title not in span]
        middle = row.cells[sheet.width // 2]
        if not middle.text:
            middle.value, title.value = title.value, None


@touch("title")
def banner(paper: Paper, rng: random.Random) -> None:
    """A line over the title that names the whole set of forms."""
    text = rng.choice(
        ("2024年部门预算公开表", "某某区档案馆2024年部门预算公开报表", "附件2：部门预算表", "2024年部门预算表")
    )
    for sheet in paper.sheets:
        if sheet.title is not None:
            sheet.insert_row(0).cells[0].value = text


@touch("title")
def title_with_year_under(paper: Paper, rng: random.Random) -> None:
    """A line with the year under the title, and 部门预算公开 over it."""
    for sheet in paper.sheets:
        if sheet.title is not None:
            at = next(i for i, row in enumerate(sheet.rows) if sheet.title in row.cells)
            sheet.insert_row(at + 1).cells[0].value = "（2024年度）"


# ---------------------------------------------------------------- merged ranges


@touch("merges")
def no_merges(paper: Paper, rng: random.Random) -> None:
    """No merged ranges: the text stands in the first cell."""
    for sheet in paper.sheets:
        sheet.spans = []


@touch("merges")
def filled_merges(paper: Paper, rng: random.Random) -> None:
    """No merged ranges: the text stands in every cell of the header and of the rows."""
    _fill(paper, {"header", "body"})


@touch("merges")
def filled_merges_everywhere(paper: Paper, rng: random.Random) -> None:
    """No merged ranges: the text stands in every cell, of title and unit line too."""
    _fill(paper, {"lead", "header", "head", "body", "note"})


def _fill(paper: Paper, kinds: set[str]) -> None:
    for sheet in paper.sheets:
        kind = {id(cell): row.kind for row in sheet.rows for cell in row.cells}
        for span in sheet.spans:
            first = span[0]
            if isinstance(first.value, str) and not _is_amount(first) and kind.get(id(first)) in kinds:
                for cell in span:
                    cell.value = first.value
        sheet.spans = []


@touch("merges")
def cut_merges(paper: Paper, rng: random.Random) -> None:
    """Ranges merged across stay, those merged down are cut: the text stands at the top."""
    for sheet in paper.sheets:
        rows = {id(cell): index for index, row in enumerate(sheet.rows) for cell in row.cells}
        sheet.spans = [span for span in sheet.spans if len({rows.get(id(cell)) for cell in span}) == 1]


@touch("merges")
def low_merges(paper: Paper, rng: random.Random) -> None:
    """Headers merged down are cut: the text stands in the lowest cell."""
    for sheet in paper.sheets:
        kinds = {id(cell): (index, row.kind) for index, row in enumerate(sheet.rows) for cell in row.cells}
        kept = []
        for span in sheet.spans:
            lies = [kinds.get(id(cell), (0, "")) for cell in span]
            if len(span) > 1 and len({row for row, _ in lies}) == len(span) and {k for _, k in lies} == {"header"}:
                last = max(span, key=lambda cell: kinds[id(cell)][0])
                last.value, span[0].value = span[0].value, None
            else:
                kept.append(span)
        sheet.spans = kept


@touch("merges")
def merged_down(paper: Paper, rng: random.Random) -> None:
    """The unit, the project, 类 and 款 merged over the rows that they hold for."""
    for sheet in _tables(paper):
        columns = [at for at in range(sheet.width) if (heads := sheet.headings(at)) and BELONGS.search(heads[-1])]
        merged = [[row.cells[at] for row in rows] for at in columns for rows in _alike(sheet.of("body"), at)]
        for span in merged:
            for cell in span[1:]:
                cell.value = None
        sheet.spans += merged


def _alike(rows: list[Row], column: int) -> list[list[Row]]:
    """The rows that follow each other and say the same in a column, and in those left of it."""
    found: list[list[Row]] = []
    for _, several in groupby(rows, lambda row: tuple(cell.text for cell in row.cells[: column + 1])):
        alike = list(several)
        if len(alike) > 1 and alike[0].cells[column].text:
            found.append(alike)
    return found


# ---------------------------------------------------------------- where the table lies


@touch("top")
def empty_rows_at_top(paper: Paper, rng: random.Random) -> None:
    """Empty rows over everything."""
    for sheet in paper.sheets:
        for _ in range(rng.randrange(1, 5)):
            sheet.insert_row(0)


@touch("top")
def empty_rows_in_lead(paper: Paper, rng: random.Random) -> None:
    """Empty rows between title, unit line and header."""
    for sheet in paper.sheets:
        for row in [*_lead(sheet), *sheet.of("header")[:1]]:
            if row.kind == "lead" or not sheet.of("head"):
                sheet.insert_row(sheet.rows.index(row))


@touch("left")
def empty_columns_at_left(paper: Paper, rng: random.Random) -> None:
    """Empty columns left of everything."""
    for sheet in paper.sheets:
        for _ in range(rng.randrange(1, 3)):
            sheet.insert_column(0)


@touch("stray")
def stray_formats(paper: Paper, rng: random.Random) -> None:
    """A formatted cell far off, so that the sheet seems large."""
    for sheet in paper.sheets:
        sheet.stray = (len(sheet.rows) + rng.randrange(1, 300), sheet.width + rng.randrange(1, 200))


# ---------------------------------------------------------------- pages and sheets


def _break(sheet: Sheet, rng: random.Random, *, lead: bool) -> tuple[list[Row], list[Row]] | None:
    """The rows of a second page and the lead and header printed on it again."""
    body = sheet.of("body")
    if len(body) < 6 or sheet.of("head"):
        return None
    at = sheet.rows.index(body[rng.randrange(3, len(body) - 1)])
    rest = sheet.rows[at:]
    del sheet.rows[at:]
    again = []
    copies: dict[int, Cell] = {}
    for row in sheet.rows:
        if row.kind == "header" or (row.kind == "lead" and lead):
            copy = Row([Cell(cell.value) for cell in row.cells], row.kind)
            copies.update((id(old), new) for old, new in zip(row.cells, copy.cells))
            again.append(copy)
    gone = {id(cell) for row in rest for cell in row.cells}
    new = [[copies[id(cell)] for cell in span] for span in sheet.spans if all(id(cell) in copies for cell in span)]
    for span in list(sheet.spans):
        here = [cell for cell in span if id(cell) not in gone]
        there = [cell for cell in span if id(cell) in gone]
        if there and here:
            new.append(there)
            span[:] = here
    sheet.spans += new
    return again, rest


@touch("pages")
def page_breaks(paper: Paper, rng: random.Random) -> None:
    """The header printed again within the table."""
    for sheet in paper.sheets:
        broken = _break(sheet, rng, lead=False)
        if broken:
            sheet.rows += broken[0] + broken[1]


@touch("pages")
def page_breaks_with_title(paper: Paper, rng: random.Random) -> None:
    """Title, unit line and header printed again within the table."""
    for sheet in paper.sheets:
        broken = _break(sheet, rng, lead=True)
        if broken:
            sheet.rows += broken[0] + broken[1]


@touch("pages")
def over_two_sheets(paper: Paper, rng: random.Random) -> None:
    """A form over two sheets, with its title and header on both."""
    sheets = []
    for sheet in paper.sheets:
        sheets.append(sheet)
        broken = _break(sheet, rng, lead=True)
        if broken:
            again, rest = broken
            moved = {id(cell) for row in again + rest for cell in row.cells}
            name = f"{sheet.name.strip()}{rng.choice((' (2)', '续', '_2'))}"
            there = [span for span in sheet.spans if id(span[0]) in moved]
            sheet.spans = [span for span in sheet.spans if id(span[0]) not in moved]
            sheets.append(Sheet(name, again + rest, there, sheet.hidden))
    paper.sheets = sheets


@touch("pages")
def stacked(paper: Paper, rng: random.Random) -> None:
    """Several forms on one sheet, one under the other."""
    sheets: list[Sheet] = []
    room = 0
    for sheet in paper.sheets:
        if sheets and room > 0 and sheet.title is not None:
            upper = sheets[-1]
            gap = rng.randrange(0, 3)
            upper.rows += [Row([Cell()], "note") for _ in range(gap)] + sheet.rows
            upper.spans += sheet.spans
            room -= 1
        else:
            sheets.append(sheet)
            room = rng.randrange(1, 4)
    paper.sheets = sheets


@touch("order")
def shuffled_sheets(paper: Paper, rng: random.Random) -> None:
    """The sheets in another order; those without a title stay behind the one that has it."""
    groups: list[list[Sheet]] = []
    for sheet in paper.sheets:
        if groups and sheet.title is None and sheet.of("head"):
            groups[-1].append(sheet)
        else:
            groups.append([sheet])
    rng.shuffle(groups)
    paper.sheets = [sheet for group in groups for sheet in group]


@touch("order")
def reversed_sheets(paper: Paper, rng: random.Random) -> None:
    """The last sheet first."""
    paper.sheets.reverse()


@touch("names")
def plain_sheet_names(paper: Paper, rng: random.Random) -> None:
    """Sheet1, Sheet2 … for the sheets' names, where they print a title."""
    for index, sheet in enumerate(paper.sheets, 1):
        if sheet.title is not None or sheet.of("head"):
            sheet.name = f"Sheet{index}"


@touch("names")
def numbers_for_names(paper: Paper, rng: random.Random) -> None:
    """Numbers for the sheets' names, with blanks."""
    for index, sheet in enumerate(paper.sheets, 1):
        if sheet.title is not None or sheet.of("head"):
            sheet.name = rng.choice((f"表{index}", f"{index}", f"附表1-{index} ", f" {index}-1"))
    _tell_apart(paper)


@touch("hidden")
def hidden_sheets(paper: Paper, rng: random.Random) -> None:
    """Some sheets hidden."""
    for sheet in rng.sample(paper.sheets, len(paper.sheets) // 3):
        sheet.hidden = True


def _sheet(name: str, lines: list[list[object]]) -> Sheet:
    width = max(map(len, lines))
    return Sheet(name, [Row([Cell(v) for v in [*line, *[None] * (width - len(line))]], "lead") for line in lines])


@touch("cover")
def cover_and_directory(paper: Paper, rng: random.Random) -> None:
    """A cover and a directory of the tables."""
    titles = [sheet.title.value for sheet in paper.sheets if sheet.title is not None]
    cover: list[list[object]] = [
        [],
        [],
        ["某某区档案馆2024年部门预算"],
        [],
        ["编制单位：某某区档案馆"],
        [datetime.date(2024, 1, 30)],
    ]
    style = rng.randrange(3)
    lines: list[list[object]] = [["目  录"]]
    if style == 0:
        lines += [[f"{number}．{title}"] for number, title in enumerate(titles, 1)]
    elif style == 1:
        lines += [["序号", "表名", "页码"], *[[i, title, i + 2] for i, title in enumerate(titles, 1)]]
    else:
        lines += [[f"表{i}", title] for i, title in enumerate(titles, 1)]
    paper.sheets[:0] = [_sheet("封面", cover), _sheet("目录", lines)]


@touch("cover")
def explanations(paper: Paper, rng: random.Random) -> None:
    """A sheet of explanations with amounts in its sentences."""
    paper.sheets.insert(
        rng.choice((0, len(paper.sheets))),
        _sheet(
            "情况说明",
            [
                ["2024年部门预算编制说明"],
                [],
                ["一、部门收支总体情况"],
                ["2024年收入预算950.19万元，比上年增加12.00万元，其中：一般公共预算拨款收入950.19万元。"],
                ["二、“三公”经费预算情况说明"],
                ["因公出国（境）费0万元；公务接待费2.60万元，较上年持平。"],
                ["三、名词解释"],
                ["（一）财政拨款收入：指同级财政当年拨付的资金。"],
            ],
        ),
    )
