"""Names: one key for one name, and judgement that lets pass what documents do and keeps apart what differs."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.classification import editions, normalize_name, same_name, subjects

NAMES = st.sampled_from([subject.name for subject in subjects(2024)])
NOISE = st.sampled_from(["", " ", "\u3000", "\n", "\t", "\u200b"])


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("其它 政府办公厅(室)及相关机构事务支出", "其他政府办公厅（室）及相关机构事务支出"),
        ("维修〔护〕费", "维修（护）费"),
        ("“三西”农业建设专项补助", "三西农业建设专项补助"),
        ("\ufeff行政　运行\n", "行政运行"),
        ("ＡＢ", "AB"),
    ],
)
def test_normalize(printed: str, name: str) -> None:
    assert normalize_name(printed) == name


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("行政运行（人大）", "行政运行"),
        ("行政运行(财政事务)", "行政运行"),
        ("其它商品和服务支出", "其他商品和服务支出"),
        ("公共安全", "公共安全支出"),
        ("对个人和家庭的补助支出", "对个人和家庭补助"),
        ("文化旅游体育和传媒支出", "文化旅游体育与传媒支出"),
        ("因公出国(境)费", "因公出国（境）费用"),
        ("维修(护)费", "维修（护） 费"),
    ],
)
def test_same(a: str, b: str) -> None:
    assert same_name(a, b) and same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("资本性支出（基本建设）", "资本性支出"),
        ("机关资本性支出（一）", "机关资本性支出（二）"),
        ("机关资本性支出（一）", "机关资本性支出"),
        ("对企业补助（基本建设）", "对企业补助"),
        ("行政运行", "一般行政管理事务"),
        ("行政运行（人大）", "行政运行（政协）"),
        ("其他支出", "支出"),
        ("", "支出"),
        ("（人大）", ""),
        ("退休费", "离休费"),
    ],
)
def test_not_same(a: str, b: str) -> None:
    assert not same_name(a, b) and not same_name(b, a)


@given(st.text(max_size=30))
def test_normalize_is_idempotent(text: str) -> None:
    assert normalize_name(normalize_name(text)) == normalize_name(text)


@given(NAMES, NOISE, NOISE)
def test_blanks_do_not_matter(name: str, before: str, inside: str) -> None:
    middle = len(name) // 2
    printed = before + name[:middle] + inside + name[middle:]
    assert normalize_name(printed) == normalize_name(name)
    assert same_name(printed, name)


@given(NAMES, NAMES)
def test_same_is_symmetric(a: str, b: str) -> None:
    assert same_name(a, b) == same_name(b, a)


@pytest.mark.parametrize("year", editions())
def test_no_two_neighbours_have_the_same_name(year: int) -> None:
    catalogue = subjects(year)
    families = [catalogue.roots, *(subject.children for subject in catalogue)]
    clashes = [
        (a, b)
        for family in families
        for a, b in combinations(family, 2)
        if a.kind == b.kind and same_name(a.name, b.name)
    ]
    assert clashes == []
