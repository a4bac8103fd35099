"""Codes: every printed form to the digits, everything else refused with a message that teaches."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.classification import (
    EconomicSubject,
    FunctionSubject,
    Kind,
    Level,
    RevenueSubject,
    UnknownCodeError,
    parse_code,
    split_code,
    subjects,
)
from govbudget.errors import CodeError, GovBudgetError

PAIR = st.integers(0, 99).map("{:02d}".format)
REVENUE = st.tuples(st.just("1"), PAIR, st.lists(PAIR, max_size=3))
FUNCTION = st.tuples(st.just("2"), PAIR, st.lists(PAIR, max_size=2))
ECONOMIC = st.tuples(st.sampled_from("35"), PAIR, st.lists(PAIR, max_size=1))
STEPS = st.one_of(REVENUE, FUNCTION, ECONOMIC).map(lambda parts: [parts[0] + parts[1], *parts[2]])
GAPS = st.sampled_from(["", " ", "-", "|", "/", "_", " - ", "\u3000", "\n", "—"])
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "printed",
    [
        "2010301",
        "201 03 01",
        "201-03-01",
        "201|03|01",
        "2010301 行政运行",
        "2010301行政运行",
        "[2010301]行政运行",
        "【2010301】行政运行",
        "(2010301) 行政运行",
        "2010301-行政运行",
        "2010301：行政运行",
        "２０１０３０１",
        " 2010301\u3000",
        "2010301.0",
        2010301,
        2010301.0,
        Decimal("2010301"),
    ],
)
def test_printed_forms(printed: object) -> None:
    assert parse_code(printed) == "2010301"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2010399x", "2010", "20103011", "201030101", "301010", "401", "601", "0", "abc", "行政运行",
        "201.5", "201,030", "2024年", "100%", "300万元", "103003 一般行政管理事务", "201a", None, True, False,
        float("nan"), float("inf"), 2010301.5, -201, object(), [], b"201",
    ],
)  # fmt: skip
def test_what_is_no_code(text: object) -> None:
    with pytest.raises(CodeError) as caught:
        parse_code(text)
    message = str(caught.value)
    assert "不是科目编码" in message and "is not a subject code" in message
    assert message.index("不是科目编码") < message.index("is not a subject code")
    assert isinstance(caught.value, ValueError) and isinstance(caught.value, GovBudgetError)


@given(STEPS, GAPS)
def test_parse_of_print_is_identity(steps: list[str], gap: str) -> None:
    code = "".join(steps)
    assert parse_code(gap.join(steps)) == code
    assert parse_code(code.translate(FULL_WIDTH)) == code
    assert parse_code(f"[{code}]名称") == code
    assert parse_code(int(code)) == parse_code(float(code)) == code
    assert parse_code(parse_code(code)) == code


@given(STEPS, st.text("科目名称（）支出 ", max_size=12).map(str.strip))
def test_split_keeps_the_rest(steps: list[str], name: str) -> None:
    code = "".join(steps)
    assert split_code(f"{code} {name}") == (code, name)
    assert split_code(f"[{code}]{name}") == (code, name)


@given(st.text())
def test_split_never_raises_and_gives_codes_only(text: str) -> None:
    found = split_code(text)
    if found is not None:
        assert parse_code(found[0]) == found[0]


@given(st.text("0123456789", min_size=1, max_size=12))
def test_digits_are_a_code_only_with_a_shape(text: str) -> None:
    fits = text[0] in "1235" and len(text) in (3, 5, 7, 9)[: {"1": 4, "2": 3, "3": 2, "5": 2}[text[0]]]
    assert (split_code(text) is not None) == fits


def test_split_leaves_the_rest_as_printed() -> None:
    assert split_code("20103 政府办公厅（室）及相关机构事务") == ("20103", "政府办公厅（室）及相关机构事务")
    assert split_code("［２０１０３］－政府办公厅") == ("20103", "政府办公厅")
    assert split_code("（2010301） 行政运行 ") == ("2010301", "行政运行")
    assert split_code("2٠1") is None and split_code("201Ａ") is None


def test_split_by_classification() -> None:
    assert split_code("103003001 某中心") == ("103003001", "某中心")
    assert split_code("103003001 某中心", kinds="235") is None
    assert split_code("2010301 行政运行", kinds="235") == ("2010301", "行政运行")


def test_a_subject_takes_only_its_own_codes() -> None:
    with pytest.raises(CodeError, match="功能科目以2开头"):
        FunctionSubject("30101")
    with pytest.raises(CodeError, match="3/5位"):
        EconomicSubject("3010101")
    with pytest.raises(CodeError):
        RevenueSubject("201")
    with pytest.raises(CodeError):
        FunctionSubject("2010301 行政运行")
    assert FunctionSubject("201 03 01").code == "2010301"
    assert RevenueSubject("103040101").level is Level.DETAIL


def test_a_subject_made_by_hand() -> None:
    subject = FunctionSubject("2010301")
    assert (subject.name, subject.level, subject.kind) == ("", Level.ITEM, Kind.FUNCTION)
    assert subject.parent == FunctionSubject("20103")
    assert [above.code for above in subject.ancestors] == ["201", "20103"]
    assert FunctionSubject("201").parent is None
    everything = (subject.children, subject.descendants, subject.seen, subject.funds, subject.history, subject.aliases)
    assert not any(everything)
    assert (subject.year, subject.fund, subject.status) == (None, None, "unsure")
    assert EconomicSubject("50101").kind is Kind.GOVERNMENT_ECONOMIC
    assert repr(FunctionSubject("201", "一般公共服务支出")) == "FunctionSubject('201', '一般公共服务支出')"
    assert {FunctionSubject("201"), FunctionSubject("201")} == {FunctionSubject("201")}
    with pytest.raises(AttributeError):
        subject.code = "201"  # type: ignore[misc]


def test_level_prints_as_the_field_writes_it() -> None:
    assert [str(level) for level in Level] == ["类", "款", "项", "目"]
    assert f"{Level.ITEM}" == "项" and Level("款") is Level.SECTION


def test_unknown_code_says_what_is_near() -> None:
    catalogue = subjects(2024)
    with pytest.raises(UnknownCodeError) as caught:
        catalogue["2011004"]
    error = caught.value
    assert isinstance(error, KeyError) and isinstance(error, CodeError)
    assert "2019-2020" in str(error) and "政府特殊津贴" in str(error) and "2080113" in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    with pytest.raises(UnknownCodeError, match="20103 政府办公厅"):
        catalogue["2010388"]
