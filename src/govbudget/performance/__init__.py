"""Performance targets（绩效目标）: indicators as objects, read in every layout, printed again, and scored.

Source: 财预〔2021〕101号 for the levels, 财预〔2020〕10号 for scoring; docs/performance.md explains both.
"""

from govbudget.performance.indicator import PerformanceIndicator, Printed, parse_indicator
from govbudget.performance.levels import (
    Level,
    Requirement,
    levels,
    required_level1,
    standard_level1,
    standard_level2,
)
from govbudget.performance.operators import Direction, Operator
from govbudget.performance.parsing import Problem, Target, parse_target
from govbudget.performance.printing import Style, TargetCells, print_target
from govbudget.performance.scoring import Actual, Assessment, Grade
from govbudget.performance.target import PerformanceTarget, ScoreLine, ScoreSheet

__all__ = [
    "Actual",
    "Assessment",
    "Direction",
    "Grade",
    "Level",
    "Operator",
    "PerformanceIndicator",
    "PerformanceTarget",
    "Printed",
    "Problem",
    "Requirement",
    "ScoreLine",
    "ScoreSheet",
    "Style",
    "Target",
    "TargetCells",
    "levels",
    "parse_indicator",
    "parse_target",
    "print_target",
    "required_level1",
    "standard_level1",
    "standard_level2",
]
