"""Make the tables of ``src/govbudget/classification/data`` from the raw catalogue.

    python tools/build_subjects.py [RAW] [OUT]

RAW holds ``function.tsv``, ``economic_department.tsv``, ``economic_government.tsv``, ``revenue.tsv``,
``crosswalk.tsv``, ``renames_seen.tsv`` and ``evidence.tsv``; it defaults to ``../shared/catalogue``.
What the raw tables say in free notes (``formerly X, until about 2020``) becomes rows with years, one row a name.
The years follow five rules:

* ``first`` and ``last`` are the first and the last edition that print the name; empty means open.
* ``~2020`` is a year that is not certain. ``?`` as ``last`` is a name known to be old, its last year not known.
* where two years are possible the entry is kept in both, so that the uncertain year shows it as unsure.
* a name whose predecessor has no known last year is certain from 2024 on only, the edition that was compiled.
* a subject is never older or younger than its parent: its years are cut to those of the parent.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src/govbudget/classification/data"
HAN = r"[\u4e00-\u9fff（）“”、]+"
YEAR = r"(?P<about>about |after |between )?(?P<y1>20\d\d)(?:(?:/| or | to |-| and )(?:about )?(?P<y2>20\d\d))?"
DOUBT = re.compile(
    r"year fair|fairly|not certain|(?<!under it )not known|memory|not checked|not verified|not settled|believed"
    r"|probably|\bfair\)"
)
NOTICE = re.compile(r"(?:^|: )added \S+ \((财预〔20\d\d〕\d+号)")
COMPILED = 2024
FUNDS = ("general", "government_fund", "state_capital", "social_insurance")
COLUMNS = ("code", "name", "fund", "first", "last", "sure", "seen", "came_from", "went_to", "source")


@dataclass(frozen=True, order=True)
class Year:
    """An edition; ``about`` when the year is not certain."""

    year: int
    about: bool = False

    def __str__(self) -> str:
        return f"{'~' if self.about else ''}{self.year}"

    def shifted(self, years: int) -> Year:
        return replace(self, year=self.year + years)


OPEN, LOST = Year(0), Year(-1)


@dataclass
class Row:
    code: str
    name: str
    funds: tuple[str, ...] = ()
    first: Year = OPEN
    last: Year = OPEN
    sure: bool = True
    certain_from: int = 0
    seen: set[int] = field(default_factory=set)
    came_from: tuple[str, ...] = ()
    went_to: tuple[str, ...] = ()
    source: str = ""

    def cells(self) -> tuple[str, ...]:
        return (
            self.code,
            self.name,
            ",".join(self.funds),
            str(self.first) if self.first != OPEN else "",
            "?" if self.last == LOST else str(self.last) if self.last != OPEN else "",
            str(self.certain_from or 1) if self.sure else "0",
            ",".join(map(str, sorted(self.seen))),
            ",".join(self.came_from),
            ",".join(self.went_to),
            self.source,
        )


# Notes that say more than the patterns below can read: code -> rows of (name, first, last), oldest first.
HISTORY: dict[str, list[tuple[str, str, str]]] = {
    "2013804": [("市场监督管理专项", "", "2019"), ("市场主体管理", "2020", "~2023"), ("经营主体管理", "~2024", "")],
    "2020306": [("对外援助", "", "")],
    "2040607": [("法律援助", "", "~2020"), ("公共法律服务", "~2021", "")],
    "2040612": [("法制建设", "", "2020"), ("法治建设", "2021", "")],
    "2070114": [("旅游行业业务管理", "", "~2020"), ("文化和旅游管理事务", "~2021", "")],
    "2080108": [("金保工程", "", "?"), ("信息化建设", "", "")],
    "2080209": [("部队供应", "", "2018"), ("老龄事务", "~2024", "")],
    "2080713": [("求职创业补贴", "", "?"), ("促进创业补贴", "", "")],
    "2080808": [("烈士纪念设施管理维护", "", "?"), ("褒扬纪念", "~2021", "")],
    "2100409": [("重大公共卫生专项", "", "2020"), ("重大公共卫生服务", "~2021", "")],
    "2110307": [("排污费安排的支出", "", "2018"), ("土壤", "~2019", "")],
    "2130142": [("农村道路建设", "", "~2022"), ("乡村道路建设", "~2023", "")],
    "2130153": [("农田建设", "2020", "~2023"), ("耕地建设与利用", "~2024", "")],
    "2130199": [("其他农业支出", "", "2019"), ("其他农业农村支出", "2020", "")],
    "2130234": [("林业防灾减灾", "", "~2019"), ("林业草原防灾减灾", "~2020", "")],
    "2130235": [("国家公园", "~2019", "~2020")],
    "2130319": [("三峡建设管理事务", "", "?"), ("江河湖库水系综合整治", "", "")],
    "21305": [
        ("扶贫", "", "2021"),
        ("巩固脱贫衔接乡村振兴", "2022", "2023"),
        ("巩固脱贫攻坚成果衔接乡村振兴", "2024", ""),
    ],
    "2130599": [
        ("其他扶贫支出", "", "2021"),
        ("其他巩固脱贫衔接乡村振兴支出", "2022", "2023"),
        ("其他巩固脱贫攻坚成果衔接乡村振兴支出", "2024", ""),
    ],
    "2050702": [("工读学校教育", "", "~2022"), ("专门学校教育", "~2023", "")],
    "214": [("交通运输", "", "2013"), ("交通运输支出", "2014", "")],
    "2240299": [("其他消防事务支出", "2019", "~2021"), ("其他消防救援事务支出", "~2022", "")],
    "2240404": [("煤矿安全监察事务", "2019", "~2021"), ("矿山安全监察事务", "~2022", "")],
    "2240405": [("煤矿应急救援事务", "2019", "~2021"), ("矿山应急救援事务", "~2022", "")],
    "2240499": [("其他煤矿安全支出", "2019", "~2021"), ("其他矿山安全支出", "~2022", "")],
    "2110599": [("其他天然林保护支出", "", "~2023"), ("其他森林保护修复支出", "~2024", "")],
    "2111299": [("其他清洁能源支出", "~2024", "")],
    "2136902": [("三峡工程后续工作", "", "?"), ("三峡后续工作", "", "")],
    "2200109": [("自然资源调查", "", "2019"), ("自然资源调查与确权登记", "2020", "")],
    "215": [("资源勘探信息等支出", "", "2019"), ("资源勘探工业信息等支出", "2020", "")],
    "2150704": [("国有企业监事会专项", "", "")],
    "21460": [
        ("海南省高等级公路车辆通行附加费及对应专项债务收入安排的支出", "", "~2018"),
        ("海南省高等级公路车辆通行附加费安排的支出", "~2019", ""),
    ],
    "21903": [("文化体育与传媒", "", "~2018"), ("文化旅游体育与传媒", "~2019", "")],
    "21904": [("医疗卫生", "", "~2018"), ("卫生健康", "~2019", "")],
    "2300260": [
        ("其他共同财政事权转移支付支出", "2019", "2019"),
        ("灾害防治及应急管理共同财政事权转移支付支出", "2020", ""),
    ],
    "2300231": [
        ("贫困地区转移支付支出", "", "2021"),
        ("巩固脱贫攻坚成果衔接乡村振兴转移支付支出", "2022", ""),
    ],
    "1100231": [
        ("贫困地区转移支付收入", "", "2021"),
        ("巩固脱贫攻坚成果衔接乡村振兴转移支付收入", "2022", ""),
    ],
    "1100254": [
        ("资源勘探信息等共同财政事权转移支付收入", "2019", "2019"),
        ("资源勘探工业信息等共同财政事权转移支付收入", "2020", ""),
    ],
    "1100260": [
        ("其他共同财政事权转移支付收入", "2019", "2019"),
        ("灾害防治及应急管理共同财政事权转移支付收入", "2020", ""),
    ],
    "1010620": [
        ("个人所得税税款滞纳金、罚款收入", "", "?"),
        ("个人所得税税款滞纳金、罚款、加收利息收入", "", ""),
    ],
    "30311": [("住房公积金", "", "2017"), ("代缴社会保险费", "~2020", "")],
    "30399": [("其他对个人和家庭的补助支出", "", "~2019"), ("其他对个人和家庭的补助", "~2020", "")],
    "206": [("科学技术支出", "", "")],
    "2230207": [("对外投资合作支出", "", "~2020")],
}
# Years that the notes state in words of their own: code -> (first, last).
SPAN: dict[str, tuple[str, str]] = {
    "10103": ("", "~2018"),
    "1100269": ("2020", ""),
    "2300269": ("2020", ""),
    "30114": ("2018", ""),
    "1030201": ("", "~2018"),
    "1030202": ("", "~2017"),
    "11013": ("", "~2020"),
    "20822": ("", "~2024"),
    "20823": ("", "~2024"),
    "20829": ("", "~2024"),
    "21372": ("~2024", ""),
    "21373": ("~2024", ""),
    "21374": ("~2024", ""),
    "20906": ("", "~2019"),
    "20909": ("", "~2019"),
    "20905": ("", "~2019"),
    "2060901": ("~2020", ""),
    "21463": ("", "~2021"),
    "21473": ("", "~2021"),
    "21161": ("", "~2024"),
    "21506": ("", "2018"),
    "22403": ("", "~2023"),
    "21019": ("~2024", ""),
    "21115": ("", "~2020"),
    "22910": ("~2024", ""),
    "23106": ("~2024", ""),
    "2300402": ("", "~2020"),
    "2310402": ("", "~2021"),
    "2320402": ("", "~2021"),
    "2330402": ("", "~2021"),
    "2200601": ("2024", ""),
    "2200602": ("2024", ""),
}
# Printed so in a document of the year, but not a name of the classification: kept to be matched, never shown as a name.
ALIASES = [
    ("30108", "机关事业单位基本养老保险费", "2024"),
    ("1100299", "其他一般性转移收入", "2020"),
    ("502", "商品和服务支出", "2020"),
    ("509", "对个人和家庭补助", "2024"),
    ("50502", "商品服务支出", "2018"),
    ("51301", "上下级政府间转移性", "2018"),
]
# Spellings of renames_seen.tsv that are slips of the print or of its reading, or stand above as aliases.
NOT_FORMER = {"其他浪油物资储备及金融监管等事务支出"} | {name for _, name, _ in ALIASES}


def read_raw(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def year_of(text: str) -> Year:
    if text in ("", "?"):
        return LOST if text else OPEN
    return Year(int(text.lstrip("~")), text.startswith("~"))


def find_year(pattern: str, note: str, doubtful: bool, early: bool = False) -> Year | None:
    """The year after a word, of two years the later one unless told; uncertain if the note says so anywhere."""
    match = re.search(pattern + YEAR, note)
    if not match:
        return None
    year = int(match["y1"] if early or not match["y2"] else match["y2"])
    vague = doubtful or bool(match["about"]) or bool(match["y2"])
    return Year(year + 1 if match["about"] == "after " else year, vague)


ADDED = re.compile(
    r"(?:\b(?:added|new) (?:in )?|renumbered from \d+ in |^since |^from \d+[^;]*? in |^from \d+, )(?=\D{0,9}20)"
)


def years_of(code: str, note: str) -> tuple[Year, Year]:
    """The first and last edition of a code, as its note tells."""
    if span := SPAN.get(code) or SPAN.get(code[:5]):
        return year_of(span[0]), year_of(span[1])
    doubtful = bool(DOUBT.search(note))
    if note.startswith("deleted"):
        gone = find_year(r"^deleted ", note, doubtful)
        return OPEN, gone.shifted(-1) if gone else OPEN
    last = find_year(r"certain to ", note, True) or OPEN
    if added := ADDED.search(note):
        return find_year("", note[added.end() :], doubtful, early=True) or OPEN, last
    if until := find_year(r"\d{5,7} (?:until|in the editions to) (?:about )?", note, doubtful):
        return Year(until.year + 1, "about" in note or until.about), last
    return find_year(r"^\d{5,7} before ", note, doubtful) or OPEN, last


def former_of(note: str) -> list[tuple[str, Year]]:
    """Former names with the last edition that had them, as a note tells; LOST where it gives no year."""
    doubtful = bool(DOUBT.search(note))
    before = r"(?:before or in |before |renamed (?:before or in )?|year (?:of (?:the )?renaming )?|renaming )"
    patterns = [
        (rf"former(?:ly)? ({HAN})", True),
        (rf"(?:^|; |, )({HAN}) (?=until|before|in the (?!fund)|in earlier|in old|20\d\d-|\(20)", False),
    ]
    found: list[tuple[str, Year]] = []
    for pattern, formerly in patterns:
        for match in re.finditer(pattern, note):
            rest = note[match.end() :].split(";")[0] if not formerly else note[match.end() :]
            name = match[1].rstrip("，、")
            last = LOST
            if year := find_year(r"until (?:about )?", rest, doubtful):
                last = Year(year.year, year.about or "until about" in rest)
            elif year := find_year(before + r"(?:about )?", rest, doubtful):
                last = Year(year.year - 1, year.about or "about" in rest)
            elif span := re.match(r"\s*\(?20\d\d(?:-(20\d\d))", rest):
                last = Year(int(span[1]))
            elif one := re.match(r"\s*\((20\d\d)\)", rest):
                last = Year(int(one[1]))
            if name not in [known for known, _ in found]:
                found.append((name, last))
    return found


def moves_of(code: str, note: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes that a subject came from and went to, as its note tells."""
    codes = r"((?:\d{5,7}(?: [\u4e00-\u9fff]+)?(?:, | and |,)?)+)"
    went = re.findall(rf"(?:\binto|\bto|now|see|renumbered) {codes}", note)
    came = re.findall(rf"(?:\bfrom|takes in) {codes}", note)
    came += re.findall(r"(?:^|[;,] |was |before )(\d{5,7})(?: until| before| in the e|$)", note)

    def unique(found: list[str]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                moved
                for text in found
                for moved in re.findall(r"\d{5,7}", text)
                if not code.startswith(moved) and not moved.startswith(code)
            )
        )

    gone = note.startswith(("deleted", "merged", "certain to"))
    return (() if gone else unique(came)), (unique(went) if gone else ())


def rows_of(raw: dict[str, str], fund: str) -> list[Row]:
    """The rows of one raw line, the names from old to new."""
    code, note = raw["code"], raw["note"]
    came, went = moves_of(code, note)
    present = Row(
        code,
        raw["name"],
        (fund,) if fund else (),
        sure=raw["sure"] == "1",
        seen={int(year) for year in raw["seen"].split(",") if year},
        came_from=came,
        went_to=went,
        source="".join(NOTICE.findall(note)[:1]),
    )
    if code in HISTORY:
        *old, (present.name, first, last) = HISTORY[code]
        present.first, present.last = year_of(first), year_of(last)
        return [*(Row(code, n, present.funds, year_of(f), year_of(t)) for n, f, t in old), present]
    present.first, present.last = years_of(code, note)
    rows = [Row(code, name, present.funds, OPEN, until) for name, until in former_of(note) if name != present.name]
    dated = [row.last for row in rows if row.last != LOST]
    if dated and present.first == OPEN and not note.startswith("deleted"):
        present.first = max(dated).shifted(1)
    return [*sorted(rows, key=lambda row: row.last), present]


def merge(tables: list[dict[str, str]]) -> dict[str, list[Row]]:
    """All rows by code; a code printed in several budgets becomes one entry with several funds."""
    entries: dict[str, list[Row]] = {}
    for raw in tables:
        rows = rows_of(raw, raw.get("fund", ""))
        known = entries.get(raw["code"])
        if known is None:
            entries[raw["code"]] = rows
        elif raw["note"].startswith("deleted"):
            continue
        else:
            for row in known:
                row.funds = tuple(f for f in FUNDS if f in {*row.funds, *rows[-1].funds})
    return entries


def add_seen_names(entries: dict[str, list[Row]], raw: Path) -> None:
    """Old names read off older tables: known to be old, the last year not known."""
    for line in (raw / "renames_seen.tsv").read_text(encoding="utf-8").splitlines():
        code, *names = line.split("\t")
        rows = entries.get(code)
        if rows is None:
            continue
        for text in names:
            match = re.match(r"(.*) \[(.*)\]$", text)
            assert match, text
            name = match[1].replace("和传媒", "与传媒").replace("交流和合作", "交流与合作")
            years = {int(year) for year in match[2].split(",") if re.fullmatch(r"\d{4}", year)}
            if name in NOT_FORMER:
                continue
            same = [row for row in rows if row.name == name]
            if same:
                if same[0] is not rows[-1]:
                    same[0].seen |= years
            elif not any(year > 2018 for year in years):
                # The 类 took their 支出 in 2014; for the rest the year of the new name is not known.
                last = Year(2013, about=True) if re.fullmatch("2..", code) else LOST
                rows.insert(0, Row(code, name, rows[-1].funds, OPEN, last, seen=years))


def add_evidence(entries: dict[str, list[Row]], raw: Path) -> None:
    for line in read_raw(raw / "evidence.tsv"):
        for row in entries.get(line["code"], []):
            if row.name == line["name"]:
                row.seen.add(int(line["year"]))


def doubt_undated(entries: dict[str, list[Row]]) -> None:
    """A name that replaced another in a year nobody knows is certain only from the edition compiled."""
    for code, (*earlier, present) in entries.items():
        if code[0] == "3":  # 财预〔2017〕98号 printed the whole economic classification anew.
            for row in earlier:
                row.last = Year(2017, about=True) if row.last == LOST else row.last
        if earlier and earlier[-1].last == LOST and present.sure:
            old, new = (row.name.replace("和", "与").removesuffix("支出") for row in (earlier[-1], present))
            present.certain_from = 0 if old == new else COMPILED


def clip(entries: dict[str, list[Row]]) -> None:
    """Cut the years of every subject to those of its parent; a missing parent is added, unsure and without a name."""
    for code in sorted(entries):
        if len(code) == 3:
            continue
        above = entries.setdefault(code[:-2], [Row(code[:-2], "", sure=False)])
        living = [row for row in above if row.last != LOST]
        start = min(row.first for row in living)
        end = OPEN if any(row.last == OPEN for row in living) else max(row.last for row in living)
        for row in entries[code]:
            if row.first < start and start.year >= 2019:
                row.first = start
            if end != OPEN and row.last != LOST and (row.last == OPEN or row.last > end):
                row.last = end
        entries[code] = [row for row in entries[code] if row.last in (OPEN, LOST) or row.first.year <= row.last.year]


def write(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    lines = ["\t".join(header), *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def build_table(raw: Path, out: Path, name: str) -> dict[str, list[Row]]:
    entries = merge(read_raw(raw / f"{name}.tsv"))
    if name == "revenue":
        for rows in entries.values():
            for row in rows:
                row.funds = ("general",)
    add_seen_names(entries, raw)
    add_evidence(entries, raw)
    doubt_undated(entries)
    clip(entries)
    write(out / f"{name}.tsv", COLUMNS, [row.cells() for code in sorted(entries) for row in entries[code]])
    return entries


def build_crosswalk(raw: Path, out: Path) -> None:
    """Pairs of department and government subjects; ``X before about Y`` in a note becomes a pair of its own."""
    rows = []
    for line in read_raw(raw / "crosswalk.tsv"):
        department, government, note = line["department_code"], line["government_code"], line["note"]
        body = note if note in ("机关", "事业单位") else ""
        sure = "0" if re.search("guess|fairly", note) else "1"
        before = re.search(r"(5\d{4}) before about (\d{4})", note)
        if before:
            rows.append((department, before[1], body, "", f"~{int(before[2]) - 1}", sure))
        rows.append((department, government, body, f"~{before[2]}" if before else "", "", sure))
        if re.search("39906 to 59906", note) and department == "39909":
            rows.append(("39906", "59906", "", "", "", "0"))
        if other := re.search(r"\(or (5\d{4})\)", note):
            rows.append((department, other[1], body, "", "", "0"))
    write(out / "crosswalk.tsv", ("department", "government", "body", "first", "last", "sure"), sorted(rows))


def write_coverage(docs: Path) -> None:
    """How well each edition is known, computed from the tables just written, into its place in the documentation."""
    sys.path.insert(0, str(ROOT / "src"))
    package = import_module("govbudget.classification")
    editions, subjects = package.editions, package.subjects

    lines = [
        "| 年版 edition | 分类 classification | 见于文件 sighted | 据标准 standard | 未确证 unsure |",
        "|---|---|---:|---:|---:|",
    ]
    for year in editions():
        for kind, counts in subjects(year).coverage().items():
            lines.append(f"| {year} | {kind.chinese} {kind} | {' | '.join(map(str, counts.values()))} |")
    before, mark, rest = docs.read_text(encoding="utf-8").partition("<!-- coverage -->\n")
    after = rest.partition("<!-- /coverage -->")
    docs.write_text(before + mark + "\n".join(lines) + "\n" + after[1] + after[2], encoding="utf-8", newline="\n")


def main(raw: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name in ("function", "economic_department", "economic_government", "revenue"):
        entries = build_table(raw, out, name)
        print(f"{name}: {len(entries)} codes, {sum(map(len, entries.values()))} rows")
    build_crosswalk(raw, out)
    write(out / "aliases.tsv", ("code", "name", "seen"), sorted(ALIASES))


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(*given, *(ROOT.parent / "shared/catalogue", DATA)[len(given) :])
    if len(given) < 2:
        write_coverage(ROOT / "docs/subjects.md")
