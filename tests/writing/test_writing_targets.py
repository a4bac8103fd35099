"""Performance forms（绩效目标表） of one family written on those of another, and the lists to choose from."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections import Counter
from decimal import Decimal
from html import unescape
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.effort import examples
from tests.performance.strategies import INDICATORS
from tests.writing.budgets import budgets

from govbudget.forms import vocabulary
from govbudget.forms.families import families
from govbudget.model import Agency, Budget, PrintedForm, PrintedTarget
from govbudget.performance import PerformanceIndicator, PerformanceTarget, levels
from govbudget.reading import read
from govbudget.writing import plan, write
from govbudget.writing.context import form_text
from govbudget.writing.layout import family_layout

FORMS = {"project_performance": "项目支出绩效目标表", "overall_performance": "部门整体支出绩效目标表"}
PAIRS = list(itertools.product(families(), repeat=2))
ALWAYS = ("name", "operator", "value", "unit")
COLUMNS = {
    "level1": ("一级指标", "level1"),
    "level2": ("二级指标", "level2"),
    "weight": ("权重", "weight_text"),
    "direction": ("指标方向性", "direction_text"),
    "core": ("是否核心指标", "core_text"),
}
NAMED = vocabulary().known
OPERATORS = ("≥", "≤", "=", ">", "<", "定性")


def written(book: Budget, family: str) -> bytes:
    buffer = io.BytesIO()
    write(book, buffer, family=family)
    return buffer.getvalue()


def indicators(book: Budget, form: str) -> list[tuple[str | None, PerformanceIndicator]]:
    """The indicators of a form, each with the project that it belongs to."""
    return [(one.target.project, kept) for one in book.targets if one.form == form for kept in one.target.indicators]


def assert_kept(book: Budget, family: str) -> None:
    """Every indicator keeps what the forms of *family* print, and the rest is listed."""
    found = read(written(book, family))
    left = Counter(entry.text for entry in plan(book, family).left)
    for form in FORMS:
        layout = family_layout(family).forms.get(form)
        if layout is None:
            targets = [one.target for one in book.targets if one.form == form]
            assert all(f"{form_text(form)} {one.project or one.agency}" in left for one in targets)
            continue
        kept = [*ALWAYS, *(role for role in COLUMNS if role in layout.roles)]
        before, after = indicators(book, form), indicators(found, form)
        assert [(whose, *(getattr(one, field) for field in kept)) for whose, one in after] == [
            (whose, *(getattr(one, field) for field in kept)) for whose, one in before
        ]
        lost = Counter(
            f"{one.target.project or one.target.agency} {kept.name} {label}：{getattr(kept, text)}"
            for one in book.targets
            if one.form == form
            for kept in one.target.indicators
            for role, (label, text) in COLUMNS.items()
            if role not in layout.roles and getattr(kept, text)
        )
        assert not lost - left
    assert found.unread == ()


@pytest.mark.parametrize(("source", "family"), PAIRS)
def test_the_indicators_of_a_real_budget_are_kept(demo_file: Path, source: str, family: str) -> None:
    assert_kept(read(written(read(demo_file), source)), family)


@given(budgets(), st.sampled_from(PAIRS))
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_indicators_of_generated_budgets_are_kept(book: Budget, pair: tuple[str, str]) -> None:
    source, family = pair
    assert_kept(read(written(book, source)), family)


@given(
    st.lists(INDICATORS.filter(lambda one: one.level1 and one.level2 and not NAMED(one.name)), min_size=1, max_size=6),
    st.sampled_from(list(families())),
    st.sampled_from(list(FORMS)),
)
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_indicators_of_every_kind_are_kept(found: list[PerformanceIndicator], family: str, form: str) -> None:
    project = "热线" if form == "project_performance" else None
    target = PerformanceTarget(project=project, agency="某局", year=2024, goal="办好热线", indicators=found)
    assert_kept(Budget(targets=[PrintedTarget(form, target)], agency=Agency("", "某局"), year=2024), family)


def by_hand(**more: object) -> Budget:
    """A budget of one project, as a user builds it."""
    indicator = PerformanceIndicator("接听率", level1="产出指标", operator="≥", value="98", unit="%", note="见附件")
    fields: dict[str, object] = {"project": "热线", "year": 2024, "goal": "办好热线", "budget": "37000", **more}
    target = PerformanceTarget(indicators=[indicator], **fields)  # type: ignore[arg-type]
    return Budget(targets=[PrintedTarget("project_performance", target)], year=2024)


def page(data: bytes, name: str) -> list[list[object]]:
    """The rows of a sheet without blank cells."""
    rows = load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True)
    return [[value for value in row if value is not None] for row in rows]


def test_shanghai_prints_one_form_a_project() -> None:
    head = {"计划开始日期": "2024-01-01", "计划完成日期": "2024-12-31"}
    data = written(by_hand(head=head), "shanghai")
    assert page(data, "项目绩效目标申报表1") == [
        ["财政项目支出绩效目标申报表"],
        ["（2024年度）"],
        ["编制部门：", "单位：元"],
        ["项目名称", "热线"],
        ["计划开始日期", "2024-01-01", "计划完成日期", "2024-12-31"],
        ["项目资金总额", "年度资金申请总额", 37000],
        ["项目绩效目标", "办好热线"],
        ["一级指标", "二级指标", "三级指标", "年度指标值"],
        ["产出指标", "接听率", "≥98.00(%)"],
    ]
    (found,) = read(data).targets
    assert found.target.budget == Decimal(37000)
    assert dict(found.target.head) == head


def test_the_budget_of_a_year_goes_from_form_to_form() -> None:
    for source, family in itertools.permutations(("sichuan", "chongqing", "shanghai"), 2):
        (found,) = read(written(read(written(by_hand(), source)), family)).targets
        assert found.target.budget == Decimal(37000)


def test_the_budget_of_the_department_goes_from_form_to_form(demo_file: Path) -> None:
    book = read(demo_file)
    (total,) = [one for one in book.facts if one.coordinate.item == "target.资金总额"]
    data = written(book, "chongqing")
    (found,) = [one for one in read(data).facts if one.form == "overall_performance"]
    assert (found.yuan, found.column) == (total.yuan, "部门支出预算数")


def test_a_budget_that_the_form_does_not_print_is_reported() -> None:
    assert "热线 预算数（元）：37000" in [entry.text for entry in plan(by_hand(), "hubei").left]


def test_money_of_another_meaning_is_not_taken_for_the_budget_because_it_is_as_much() -> None:
    lines = by_hand(head={"项目分类": "长期"})
    book = read(written(lines, "chongqing"))
    (fact,) = [one for one in book.facts if one.form == "project_performance"]
    other = attrs.evolve(fact, coordinate=attrs.evolve(fact.coordinate, item="target.本级安排(万元)"))
    both = attrs.evolve(book, facts=[fact, other])
    assert [entry.fact for entry in plan(both, "sichuan").left if entry.fact] == [other]


def test_what_the_head_of_another_family_says_is_reported_and_not_added_to_the_form() -> None:
    book = read(written(by_hand(head={"立项依据": "文件"}), "chongqing"))
    assert "热线 立项依据：文件" in [entry.text for entry in plan(book, "shanghai").left]
    assert "立项依据" not in str(page(written(book, "shanghai"), "项目绩效目标申报表1"))


def test_a_note_is_printed_once() -> None:
    data = written(by_hand(), "hubei")
    assert str(page(data, "项目绩效1")).count("见附件") == 1
    assert [one.note for _, one in indicators(read(data), "project_performance")] == ["见附件"]


def test_the_column_left_of_the_levels_does_not_repeat_the_names() -> None:
    data = written(by_hand(), "chongqing")
    assert str(page(data, "项目绩效目标表-1")).count("接听率") == 1


# ---------------------------------------------------------------- lists to choose from


def validations(data: bytes) -> list[dict[str, tuple[str, ...]]]:
    """For each sheet with drop-down lists, the choices by the text of their header, as the XML has them."""
    book = load_workbook(io.BytesIO(data))
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for index, sheet in enumerate(book.worksheets, 1):
            own: dict[str, tuple[str, ...]] = {}
            xml = archive.read(f"xl/worksheets/sheet{index}.xml").decode()
            for attributes, body in re.findall(r"<dataValidation (.*?)>(.*?)</dataValidation>", xml):
                formula = unescape(re.findall(r"<formula1>(.*?)</formula1>", body)[0])
                assert 'type="list"' in attributes and 'showErrorMessage="1"' in attributes
                assert all(re.search(rf'\b{key}="[^"]+"', attributes) for key in ("prompt", "error", "promptTitle"))
                assert len(formula) <= 255
                cell = re.findall(r'sqref="([A-Z]+)(\d+)', attributes)[0]
                above = [sheet[f"{cell[0]}{row}"].value for row in range(int(cell[1]) - 1, 0, -1)]
                own[str(next(filter(None, above)))] = tuple(formula.strip('"').split(","))
            if own:
                found.append(own)
    return found


LEVEL1 = tuple(level.name for level in levels() if level.rank == 1)
LEVEL2 = tuple(level.name for level in levels() if level.rank == 2)
SHARED_LISTS = {"一级指标": LEVEL1, "二级指标": LEVEL2}
LISTS = {
    ("sichuan", "project_performance"): {
        **SHARED_LISTS,
        "指标性质": OPERATORS,
        "指标方向性": ("正向指标", "反向指标"),
    },
    ("sichuan", "overall_performance"): {**SHARED_LISTS, "绩效指标性质": OPERATORS},
    ("chongqing", "project_performance"): {**SHARED_LISTS, "指标性质": OPERATORS, "是否核心指标": ("是", "否")},
    ("chongqing", "overall_performance"): {"指标性质": OPERATORS},
    ("hubei", "project_performance"): {**SHARED_LISTS, "计算符号": OPERATORS},
    ("hubei", "overall_performance"): SHARED_LISTS,
    ("shanghai", "project_performance"): SHARED_LISTS,
}


@pytest.mark.parametrize("family", families())
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("blank", [True, False])
def test_a_performance_form_has_lists_to_choose_from(family: str, form: str, blank: bool) -> None:
    forms = family_layout(family).forms
    assert ((family, form) in LISTS) == (form in forms)
    if form not in forms:
        return
    book = Budget(forms=[PrintedForm(form, empty=True)], year=2024)
    if not blank:
        (printed,) = by_hand(project="热线" if form == "project_performance" else None).targets
        book = Budget(targets=[attrs.evolve(printed, form=form)], year=2024)
    data = written(book, family)
    assert validations(data) == [LISTS[family, form]]
    assert read(data).unread == ()


def test_a_list_covers_every_indicator_and_a_level_of_ones_own_may_be_kept(demo_file: Path) -> None:
    data = written(read(demo_file), "sichuan")
    sheet = load_workbook(io.BytesIO(data))["表6"]
    first, last = 5, sheet.max_row
    ranges = {str(one.sqref): one.errorStyle for one in sheet.data_validations.dataValidation}
    assert ranges == {
        f"E{first}:E{last}": "warning",
        f"F{first}:F{last}": "warning",
        f"H{first}:H{last}": "stop",
        f"L{first}:L{last}": "stop",
    }


@pytest.mark.parametrize("family", ["chongqing", "shanghai"])
def test_a_label_behind_an_empty_field_is_no_text_of_it(family: str) -> None:
    """计划开始日期 is left empty; 计划完成日期 right of it is the next label, not its date."""
    label = "计划完成日期" if family == "shanghai" else "立项依据"
    target = PerformanceTarget(project="热线", year=2024, goal="目标", head=[(label, "见文件")])
    found = read(written(Budget(targets=[PrintedTarget("project_performance", target)], year=2024), family))
    assert [one.target.head for one in found.targets] == [((label, "见文件"),)]


def test_a_budget_that_looks_like_a_year_is_money() -> None:
    target = PerformanceTarget(project="热线", year=2024, goal="目标", budget="20240000")
    found = read(written(Budget(targets=[PrintedTarget("project_performance", target)], year=2024), "chongqing"))
    assert [one.yuan for one in found.facts] == [20240000]
