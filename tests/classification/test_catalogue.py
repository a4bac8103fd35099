"""The catalogue: lookup, names, search, years, crosswalk, evidence."""

from __future__ import annotations

import copy
import pickle
import sys
from types import SimpleNamespace

import cattrs
import pytest

from govbudget.classification import (
    Catalogue,
    EconomicSubject,
    EditionError,
    FunctionSubject,
    Kind,
    Level,
    RevenueSubject,
    UnknownCodeError,
    diff,
    editions,
    nearest_edition,
    subjects,
)
from govbudget.errors import CodeError, GovBudgetError

CATALOGUE = subjects(2024)


def test_lookup_in_any_printed_form() -> None:
    subject = CATALOGUE["2010301"]
    assert isinstance(subject, FunctionSubject) and subject.name == "行政运行"
    for printed in ("201 03 01", "[2010301]行政运行", "2010301 行政运行", 2010301, 2010301.0, subject):
        assert CATALOGUE[printed] is subject
        assert printed in CATALOGUE and CATALOGUE.get(printed) is subject
    assert isinstance(CATALOGUE["30101"], EconomicSubject) and isinstance(CATALOGUE["50101"], EconomicSubject)
    assert isinstance(CATALOGUE["10101"], RevenueSubject)


def test_lookup_of_what_is_not_there() -> None:
    nonsense: tuple[object, ...] = ("2010399x", "行政运行", None, [], {})
    for wrong in nonsense:
        assert wrong not in CATALOGUE and CATALOGUE.get(wrong) is None
        with pytest.raises(CodeError):
            CATALOGUE[wrong]
    assert CATALOGUE.get("2010388", "?") == "?"
    with pytest.raises(UnknownCodeError):
        CATALOGUE["2010388"]
    with pytest.raises(KeyError):
        CATALOGUE[FunctionSubject("2010388")]


def test_place_in_the_tree() -> None:
    subject = CATALOGUE["2010601"]
    assert subject.path == "一般公共服务支出 / 财政事务 / 行政运行"
    assert subject.parent is CATALOGUE["20106"] and subject in CATALOGUE["20106"].children
    assert CATALOGUE.parents("2010601") == (CATALOGUE["201"], CATALOGUE["20106"])
    assert CATALOGUE.children("20106") == CATALOGUE["20106"].children
    assert set(CATALOGUE["201"].children) < set(CATALOGUE.descendants("201"))
    assert (subject.level, subject.fund, subject.year) == (Level.ITEM, "general", 2024)
    assert CATALOGUE["208"].funds == ("general", "government_fund", "state_capital")
    assert CATALOGUE["30101"].fund is None


def test_size_of_2024() -> None:
    general = [s for s in CATALOGUE.functions if "general" in s.funds]
    assert sum(s.level is Level.ITEM for s in general) >= 900
    assert 25 <= sum(s.level is Level.CLASS for s in general) <= 28
    by_kind = [s.code for s in CATALOGUE.economics if s.level is Level.CLASS]
    assert by_kind == [
        "301", "302", "303", "307", "309", "310", "311", "312", "313", "399", "501", "502", "503", "504",
        "505", "506", "507", "508", "509", "510", "511", "512", "513", "514", "599",
    ]  # fmt: skip
    assert len(CATALOGUE.revenues) + len(CATALOGUE.functions) + len(CATALOGUE.economics) == len(CATALOGUE)
    assert repr(CATALOGUE) == f"<Catalogue 2024: {len(CATALOGUE)} subjects>"


def test_by_name_with_context() -> None:
    everywhere = CATALOGUE.by_name("行政运行")
    assert len(everywhere) > 50 and all(s.name == "行政运行" for s in everywhere)
    for within in ("20106", "财政事务", CATALOGUE["20106"], 20106):
        assert CATALOGUE.by_name("行政运行", within=within) == (CATALOGUE["2010601"],)
    assert CATALOGUE.by_name("行政运行（人大）") == (CATALOGUE["2010101"],)
    assert CATALOGUE.by_name("行政运行", within="没有的款") == ()
    assert CATALOGUE.by_name("住房公积金", kind="function") == (CATALOGUE["2210201"],)
    assert CATALOGUE.by_name("住房公积金", kind=Kind.DEPARTMENT_ECONOMIC) == (CATALOGUE["30113"],)
    assert CATALOGUE.by_name("其他支出", level="类") == tuple(CATALOGUE[code] for code in ("229", "399", "599"))
    assert CATALOGUE.by_name("其它 商品和服务支出", level=Level.SECTION, kind="department_economic")[0].code == "30299"
    assert CATALOGUE.by_name("没有这个科目") == CATALOGUE.by_name("") == ()


def test_search_ranks() -> None:
    assert CATALOGUE.search("养老服务")[0].code == "2081006"
    assert CATALOGUE.search("2010301")[0].code == "2010301"
    assert [s.code for s in CATALOGUE.search("20103", 3)] == ["20103", "2010301", "2010302"]
    assert CATALOGUE.search("财政 行政运行")[0].code == "2010601"
    assert CATALOGUE.search("基本 缴费")[0].code in {"30108", "30110", "2080505"}
    names = [s.name for s in CATALOGUE.search("住房公积金", 50)]
    assert names[:3] == ["住房公积金"] * 3
    assert CATALOGUE["20805"] in CATALOGUE.search("行政事业单位离退休", 50)
    assert CATALOGUE.search("") == CATALOGUE.search("   ") == CATALOGUE.search("养老", 0) == ()
    assert len(CATALOGUE.search("支出")) == 20


def test_search_by_initials_when_pypinyin_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    from govbudget.classification import search

    letters = {"养老服务": "yanglao fuwu"}
    fake = SimpleNamespace(
        Style=SimpleNamespace(FIRST_LETTER=4),
        lazy_pinyin=lambda name, style: list("ylfw") if name in letters else ["?"],
    )
    search._initials.cache_clear()
    monkeypatch.setitem(sys.modules, "pypinyin", fake)
    assert [s.code for s in CATALOGUE.search("YLFW")] == ["2081006"]
    search._initials.cache_clear()
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert CATALOGUE.search("ylfw") == ()
    search._initials.cache_clear()


def test_renames_follow_the_years() -> None:
    names = [subjects(year)["21305"].name for year in (2019, 2021, 2022, 2023, 2024)]
    assert names == ["扶贫", "扶贫", *["巩固脱贫衔接乡村振兴"] * 2, "巩固脱贫攻坚成果衔接乡村振兴"]
    subject = CATALOGUE["21305"]
    assert subject.former_names == ("扶贫", "巩固脱贫衔接乡村振兴")
    assert subjects(2019)["21305"].former_names == ()
    assert [(one.first, one.last, one.current) for one in subject.history] == [
        (None, 2021, False),
        (2022, 2023, False),
        (2024, None, True),
    ]
    assert subject.goes_by("扶贫支出") and not subject.goes_by("水利")
    assert subjects(2020)["503"].name == "机关资本性支出（一）" and subjects(2021)["503"].name == "机关资本性支出"


def test_subjects_enter_and_leave() -> None:
    assert "20139" in subjects(2024) and "20139" not in subjects(2023)
    assert "2089901" in subjects(2020) and "2089901" not in subjects(2021)
    assert subjects(2020)["2089901"].went_to == ("2089999",) and CATALOGUE["2089999"].came_from == ("2089901",)
    assert "20141" not in subjects(2024) and subjects(2025)["20141"].status == "unsure"
    assert "304" not in subjects(2019)
    assert subjects(2025)["23107"].source == "财预〔2025〕41号"


def test_crosswalk_both_ways() -> None:
    assert [(c.subject.code, c.body, c.sure) for c in CATALOGUE.crosswalk("30101")] == [
        ("50101", "机关", True),
        ("50501", "事业单位", True),
    ]
    assert [c.subject.code for c in CATALOGUE["50101"].counterparts] == ["30101", "30102", "30103"]
    assert [(c.subject.code, c.body) for c in CATALOGUE.crosswalk("301")] == [("501", "机关"), ("505", "事业单位")]
    assert [c.subject.code for c in subjects(2019).crosswalk("31101")] == ["50802"]
    assert [c.subject.code for c in CATALOGUE.crosswalk("31101")] == ["50804"]
    assert CATALOGUE.crosswalk("2010301") == ()


def test_evidence() -> None:
    subject = CATALOGUE["2080505"]
    assert subject.status == "sighted" and subject.seen == (2023, 2024, 2025, 2026)
    assert CATALOGUE["2010101"].status == "standard" and CATALOGUE["2010101"].seen == ()
    assert CATALOGUE["20822"].status == CATALOGUE["21372"].status == "unsure"
    assert subjects(2019)["2130507"].status == "unsure" and CATALOGUE["2130507"].status == "sighted"
    assert not hasattr(subject, "__dict__")
    assert "机关事业单位基本养老保险费" in CATALOGUE["30108"].aliases
    coverage = CATALOGUE.coverage()
    assert list(coverage) == [Kind.REVENUE, Kind.FUNCTION, Kind.DEPARTMENT_ECONOMIC, Kind.GOVERNMENT_ECONOMIC]
    assert sum(sum(counts.values()) for counts in coverage.values()) == len(CATALOGUE)
    assert coverage[Kind.FUNCTION]["sighted"] == sum(s.status == "sighted" for s in CATALOGUE.functions)


def test_diff_reads_well() -> None:
    changes = diff(2023, 2024)
    assert str(changes).splitlines()[0] == "2023 → 2024"
    assert "- 2010308 信访事务 → 20140" in str(changes)
    assert "+ 21019 托育服务（未确证 unsure）" in str(changes).splitlines()
    assert "+ 20139 社会工作事务" in str(changes).splitlines()
    assert "~ 21305 巩固脱贫衔接乡村振兴 → 巩固脱贫攻坚成果衔接乡村振兴" in str(changes)
    assert not diff(2024, 2024) and len(diff(2024, 2024)) == 0


def test_editions() -> None:
    assert editions() == tuple(range(2019, 2027))
    assert (nearest_edition(2007), nearest_edition(2022), nearest_edition(2040)) == (2019, 2022, 2026)
    with pytest.raises(EditionError, match="没有2018年版") as caught:
        subjects(2018)
    assert isinstance(caught.value, GovBudgetError)
    assert subjects() is subjects(2024)


def test_pickles_stay_small_and_come_home() -> None:
    subject = CATALOGUE["2010301"]
    again = pickle.loads(pickle.dumps(subject))
    assert again == subject and again.parent is subject.parent
    assert len(pickle.dumps(list(CATALOGUE.functions[:100]))) < 20_000
    assert pickle.loads(pickle.dumps(CATALOGUE)) is CATALOGUE is copy.deepcopy(CATALOGUE)


def test_cattrs_sees_code_and_name_only() -> None:
    subject = CATALOGUE["2010301"]
    plain = cattrs.unstructure(subject)
    assert plain == {"code": "2010301", "name": "行政运行"}
    assert cattrs.structure(plain, FunctionSubject) == subject


def test_notebook_tree() -> None:
    html = CATALOGUE["20103"]._repr_html_()
    assert "一般公共服务支出" in html and "2010301" in html and "<details" in html
    whole = CATALOGUE._repr_html_()
    assert whole.count("<details") == len([root for root in CATALOGUE.roots if root.children])
    assert "2010301" not in whole and "20103" in whole
    assert "&lt;" in Catalogue(2024, {"201": ["201", "<b>", "", "", "", "1", "", "", "", ""]})._repr_html_()
