"""The same forms as text, without merges and formats, read the same."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.looks.books import synthetic_books
from tests.looks.districts import district_books
from tests.looks.looks import Look, looks
from tests.looks.measure import dress, packaged_books
from tests.looks.text import as_text
from tests.reading.test_looks import COMPOSED, HARSH

import govbudget as gb
from govbudget.forms import vocabulary
from govbudget.grids import Grid, Value
from govbudget.reading.tables import split

BOOKS = {book.name: book for book in synthetic_books() + district_books() + packaged_books()}
TITLED = sorted(BOOKS.keys() - {"in_yuan"})  # whose titles are the names of sheets
# What a text has no place for: the names of sheets, and how far a cell reaches.
LOST = frozenset({"title_in_sheet_name", "merged_down"})


def printed(data: bytes) -> Counter[tuple[str, str, Decimal]]:
    return Counter((fact.form, fact.code or fact.name, fact.yuan) for fact in gb.read(data).facts)


def assert_same(data: bytes) -> None:
    wanted, found = printed(data), printed(as_text(data).encode())
    assert found == wanted, f"missing {wanted - found}, extra {found - wanted}"


@pytest.mark.parametrize("name", sorted(BOOKS))
def test_every_form_as_text(name: str) -> None:
    assert_same(BOOKS[name].data)


@COMPOSED
@given(looks(without=HARSH | LOST, most=3), st.sampled_from(TITLED))
def test_looks_as_text(look: Look, name: str) -> None:
    looked, _ = dress(BOOKS[name], look)
    assert_same(looked.data)


def test_a_block_of_labels_belongs_to_the_indicators_under_it() -> None:
    """Without a title; one of its lines has a single label behind empty cells."""
    block = (
        "项目名称\t{0}\t\t业务主管部门\t政务服务中心\t\n预算执行率权重\t10%\t\t项目分类\t长期\t\n"
        "当年预算(万元)\t{1}\t\t本级安排(万元)\t{1}\t\n\t\t\t上级补助(万元)\t\t\n项目概述\t日常运行\t\t\t\t\n"
        "一级指标\t二级指标\t三级指标\t指标权重\t计量单位\t指标性质\t指标值\n产出指标\t数量指标\t窗口\t10\t个\t≥\t{2}\n"
    )
    text = "项目绩效目标表\n" + block.format("运行经费", 200, 182) + "\n" + block.format("培训经费", 5, 26)
    targets = gb.read(text.encode()).targets
    assert [(one.target.project, int(one.target.budget or 0)) for one in targets] == [
        ("运行经费", 2_000_000),
        ("培训经费", 50_000),
    ]


def test_a_row_without_an_agency_keeps_its_name_where_names_of_agencies_are_mended() -> None:
    """Where a header was not understood, a row of no agency may bear a name that is none of the usual ones."""
    looked, _ = dress(BOOKS["hubei"], Look(("unheard_words",), 1))
    assert gb.read(as_text(looked.data).encode()).agency is not None


def test_a_page_that_begins_with_a_block_of_labels_is_no_rest_of_the_page_before() -> None:
    """The forms of two projects on a page each, both without a title, as wide as each other."""
    words = vocabulary()
    rows: list[list[Value]] = [
        ["项目名称", "{}", "", "业务主管部门", "政务服务中心", "", ""],
        ["预算执行率权重", "100%", "", "项目分类", "长期", "", ""],
        ["当年预算(万元)", "{}", "", "本级安排(万元)", "{}", "", ""],
        ["项目概述", "日常运行", "", "", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标权重", "计量单位", "指标性质", "指标值"],
        ["产出指标", "数量指标", "窗口", "10", "个", "≥", "182"],
    ]
    pages = [
        Grid(name, [[str(cell).format(project) for cell in row] for row in rows], flowing=True)
        for name, project in (("第1页", "运行经费"), ("第2页", "培训经费"))
    ]
    first = split(pages[0], words)
    second = split(pages[1], words, first[-1])
    assert len(first) == len(second) == 1
    assert [row + 1 for row in second[0].head] == [1, 2, 3, 4]


def test_a_goal_that_ends_like_a_title_is_none() -> None:
    text = (
        "单位整体支出绩效目标表\n预算单位\t某县档案馆\t\t\n资金情况\t预算支出总额\t\t财政拨款\n\t100.00\t\t90.00\n"
        "整体绩效目标\t完成全年目标\t\t\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t窗口\t3\n"
    )
    book = gb.read(text.encode())
    assert [form.title for form in book.forms] == ["单位整体支出绩效目标表"]
    assert [str(fact.amount) for fact in book.facts] == ["100.00", "90.00"]


def test_the_number_of_a_row_tells_of_no_lost_tab() -> None:
    text = (
        "项目绩效目标情况表\n单位：万元\n序号\t项目名称\t预算金额\t总体目标\t一级指标\t二级指标\t三级指标\t指标值\n"
        "1\t药械抽检\t18.00\t抽检\t产出指标\t数量指标\t抽检批次\t3\n1\t药械抽检\t\t抽检\t产出指标\t数量指标\t检查次数\t4\n"
    )
    (project,) = gb.read(text.encode()).projects
    assert [one.name for one in project.indicators] == ["抽检批次", "检查次数"]


@pytest.mark.parametrize(
    "title", ["一般公共预算基本支出表（续）", "一般公共预算基本支出表（续表一）", "续表：一般公共预算基本支出表"]
)
def test_a_form_that_goes_on_under_its_title_is_one(title: str) -> None:
    header = "科目编码\t科目名称\t合计\t人员经费\t公用经费"
    text = (
        f"表五\n一般公共预算基本支出表\n单位：万元\n{header}\n\t合计\t9.00\t7.00\t2.00\n301\t工资福利支出\t7.00\t7.00\t\n"
        f"表五\n{title}\n单位：万元\n{header}\n302\t商品和服务支出\t2.00\t\t2.00\n"
    )
    book = gb.read(text.encode())
    assert len(book.forms) == 1
    assert [one for one in book.check().findings if one.severity.value == "error"] == []
