from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

from govbudget.errors import IndicatorError
from govbudget.performance import PerformanceIndicator, PerformanceTarget, Requirement


def indicator(level1: str, weight: str, level2: str = "") -> PerformanceIndicator:
    return PerformanceIndicator(name=f"{level1}一", level1=level1, level2=level2, value="≥98%", weight=weight)


PROJECT = PerformanceTarget(
    project="中心运行经费",
    project_code="50015224T000004336674",
    year=2024,
    goal="保障运行",
    budget=Decimal("3750000"),
    indicators=[indicator("产出指标", "50"), indicator("产出指标", "20", "成本指标"), indicator("满意度指标", "20")],
    head={"业务主管部门": "办公室", "项目分类": "长期"},
)


def test_a_project() -> None:
    assert not PROJECT.is_overall
    assert PROJECT.head == (("业务主管部门", "办公室"), ("项目分类", "长期"))
    assert PROJECT.weight == 90
    assert PROJECT.weights == {"产出指标": 50, "成本指标": 20, "满意度指标": 20}
    assert PROJECT.levels == ("产出指标", "成本指标", "满意度指标")
    assert PROJECT.missing_levels() == ("效益指标",)
    assert PROJECT.missing_levels(Requirement.BY_KIND, Requirement.AS_NEEDED) == ()
    assert repr(PROJECT) == "PerformanceTarget('中心运行经费', 2024, 3 indicators)"
    assert "产出指标一" in PROJECT._repr_html_()


def test_a_whole_department() -> None:
    overall = PerformanceTarget(agency="办公室", indicators=[PerformanceIndicator(name="办结率", value="100%")])
    assert overall.is_overall
    assert overall.weight is None
    assert overall.weights == {}
    assert overall.execution_points == 0
    assert "办公室 整体绩效目标" in overall._repr_html_()
    assert repr(overall) == "PerformanceTarget('办公室整体', None, 1 indicators)"


def test_budget_execution_makes_up_the_hundred() -> None:
    assert PROJECT.execution_weight is None
    assert PROJECT.execution_points == 10
    assert attrs.evolve(PROJECT, execution_weight="100%").execution_points == 100


def test_reading_keeps_a_weight_that_makes_no_sense() -> None:
    target = PerformanceTarget.read(project="甲", execution_weight="130%", head={"项目分类": "长期"})
    assert target.execution_weight is None
    assert target.head == (("项目分类", "长期"), ("预算执行率权重", "130%"))
    sound = PerformanceTarget.read(project="甲", execution_weight="100%", budget=Decimal(5))
    assert (sound.execution_weight, sound.budget) == (Decimal(100), Decimal(5))


def test_immutable() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        PROJECT.goal = ""  # type: ignore[misc]
    assert hash(PROJECT) == hash(attrs.evolve(PROJECT))


@pytest.mark.parametrize(("money", "yuan"), [("3750000", 3750000), ("1,234.50元", "1234.5"), (5, 5), (None, None)])
def test_budgets(money: str | int | None, yuan: int | str | None) -> None:
    expected = None if yuan is None else Decimal(yuan)
    assert PerformanceTarget(budget=money).budget == expected


@pytest.mark.parametrize(
    "fields", [{"budget": "很多"}, {"budget": 0.5}, {"budget": "5万元"}, {"execution_weight": "130"}, {"budget": True}]
)
def test_refused(fields: dict[str, object]) -> None:
    with pytest.raises(IndicatorError):
        PerformanceTarget(**fields)  # type: ignore[arg-type]
