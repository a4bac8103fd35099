"""Makes the packaged demo workbook（演示工作簿） from a published budget: its figures and names, none of its prose.

python tools/build_demo.py ../shared/workbooks/dazhou_2024.xlsx [src/govbudget/data/dazhou_2024.xlsx]
"""

from __future__ import annotations

import sys
from pathlib import Path

import attrs

from govbudget import Budget, read
from govbudget.demo import NAME
from govbudget.model import PrintedTarget, Project
from govbudget.performance import PerformanceIndicator, PerformanceTarget, Printed

DATA = Path(__file__).resolve().parents[1] / "src/govbudget/data"


def bare(book: Budget) -> Budget:
    """The budget without goals, tasks, notes and the texts of heads."""
    return attrs.evolve(
        book,
        targets=[_printed(target) for target in book.targets],
        projects=[_project(project) for project in book.projects],
    )


def _project(project: Project) -> Project:
    return attrs.evolve(project, target=_target(project.target) if project.target else None)


def _printed(printed: PrintedTarget) -> PrintedTarget:
    return attrs.evolve(printed, target=_target(printed.target))


def _target(target: PerformanceTarget) -> PerformanceTarget:
    return attrs.evolve(target, goal="", head=(), indicators=map(_indicator, target.indicators))


def _indicator(indicator: PerformanceIndicator) -> PerformanceIndicator:
    printed: Printed = attrs.evolve(indicator.printed, note="")
    return attrs.evolve(indicator, note="", printed=printed)


def main(source: str | Path, target: str | Path = DATA / NAME) -> None:
    """Read *source* and write its figures to *target*."""
    bare(read(source)).write(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
