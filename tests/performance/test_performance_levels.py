from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.performance import (
    Level,
    Requirement,
    levels,
    parse_indicator,
    required_level1,
    standard_level1,
    standard_level2,
)


def test_the_framework_of_the_guide() -> None:
    tree = {
        level.name: [below.name for below in levels() if below.parent == level.name]
        for level in levels()
        if level.rank == 1
    }
    assert tree == {
        "成本指标": ["经济成本指标", "社会成本指标", "生态环境成本指标"],
        "产出指标": ["数量指标", "质量指标", "时效指标"],
        "效益指标": ["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"],
        "满意度指标": ["服务对象满意度指标"],
    }


def test_no_alias_names_two_levels() -> None:
    for rank in (1, 2):
        names = [
            text for level in levels() if level.rank == rank for text in (level.name, *level.aliases, *level.variants)
        ]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("可持续发展指标", "可持续影响指标"),
        ("可持续影响", "可持续影响指标"),
        ("社会公众或服务对象满意度指标", "服务对象满意度指标"),
        ("社会公众或服务对象满意度", "服务对象满意度指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("数 量\n指标", "数量指标"),
        ("经济成本", "经济成本指标"),
        ("成本指标", None),
        ("公共服务", None),
        ("", None),
    ],
)
def test_second_levels(text: str, name: str | None) -> None:
    assert standard_level2(text) == name
    assert parse_indicator("办结率", level2=text).standard_level2 == name


@pytest.mark.parametrize(
    ("level1", "level2", "name"),
    [
        ("产出指标", "数量指标", "产出指标"),
        ("产出", "", "产出指标"),
        ("产出指标", "成本指标", "成本指标"),
        ("成本指标", "", "成本指标"),
        ("效益指标", "社会公众或服务对象满意度指标", "满意度指标"),
        ("", "质量指标", "产出指标"),
        ("产出指标", "社会效益指标", "产出指标"),
        ("产出指标", "公共服务", "产出指标"),
        ("其他", "公共服务", None),
        ("", "", None),
    ],
)
def test_first_levels(level1: str, level2: str, name: str | None) -> None:
    assert standard_level1(level1, level2) == name
    assert parse_indicator("办结率", level1, level2).standard_level1 == name


def test_requirements() -> None:
    assert required_level1() == ("产出指标", "效益指标")
    assert required_level1(*Requirement) == ("成本指标", "产出指标", "效益指标", "满意度指标")


@given(st.sampled_from(levels()), st.sampled_from(("", " ", "\n", "\u3000")), st.booleans(), st.data())
def test_a_level_is_known_by_each_of_its_names_in_any_setting(
    level: Level, blank: str, short: bool, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from((level.name, *level.aliases, *level.variants)))
    printed = blank.join(name.removesuffix("指标") if short else name)
    standard = standard_level1 if level.rank == 1 else standard_level2
    assert standard(printed) == level.name == standard(level.name)
