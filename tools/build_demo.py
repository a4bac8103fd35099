"""Makes a workbook of our own（演示工作簿） from a published budget: its figures and names, none of its prose.

python tools/build_demo.py dazhou_2024.xlsx [src/govbudget/data/dazhou_2024.xlsx]
python tools/build_demo.py tongnan_2024.xlsx examples/data/tongnan_2024.xlsx
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

import attrs

from govbudget import Budget, read
from govbudget.demo import NAME
from govbudget.model import PrintedTarget, Project
from govbudget.performance import PerformanceIndicator, PerformanceTarget, Printed

LONGEST_NAME = 24
DATA = Path(__file__).resolve().parents[1] / "src/govbudget/data"


def bare(book: Budget) -> Budget:
    """The budget without goals, tasks, notes and the texts of heads; an indicator that is a sentence is numbered."""
    return attrs.evolve(
        book,
        forms=[attrs.evolve(form, note=form.note if form.empty else "") for form in book.forms],
        targets=[_printed(target) for target in book.targets],
        projects=[_project(project) for project in book.projects],
    )


def _project(project: Project) -> Project:
    return attrs.evolve(project, target=_target(project.target) if project.target else None)


def _printed(printed: PrintedTarget) -> PrintedTarget:
    return attrs.evolve(printed, target=_target(printed.target))


def _target(target: PerformanceTarget) -> PerformanceTarget:
    return attrs.evolve(target, goal="", head=(), indicators=map(_indicator, count(1), target.indicators))


def _indicator(number: int, indicator: PerformanceIndicator) -> PerformanceIndicator:
    name = indicator.name
    if len(name) > LONGEST_NAME or "。" in name:
        name = f"{indicator.level2 or '指标'}{number}"
    printed: Printed = attrs.evolve(indicator.printed, name=name, note="")
    return attrs.evolve(indicator, name=name, note="", printed=printed)


def main(source: str | Path, target: str | Path = DATA / NAME) -> None:
    """Read *source* and write its figures to *target*."""
    bare(read(source)).write(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
