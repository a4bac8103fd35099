"""A real budget to try things on（演示）: the packaged figures of 达州市政务服务管理局 2024.

``data/SOURCES.md`` tells where they come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from govbudget.model import Budget
from govbudget.reading import read
from govbudget.saving import save

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["NAME", "demo_budget", "demo_workbook", "run_demo"]

NAME = "dazhou_2024.xlsx"
OTHER = "chongqing"


@contextmanager
def demo_workbook() -> Iterator[Path]:
    """The packaged workbook as a file（演示工作簿）, as long as the context lasts."""
    with resources.as_file(resources.files("govbudget").joinpath("data").joinpath(NAME)) as path:
        yield path


def demo_budget() -> Budget:
    """The packaged budget（演示预算）."""
    with demo_workbook() as path:
        return read(path)


def run_demo(folder: Path, console: Console) -> tuple[Path, Path, Path]:
    """Read the packaged budget, check it, print both, and write it into *folder*（演示全过程）.

    Returns:
        What was written: the workbook, the same budget on the forms of another region, and the HTML report.
    """
    from govbudget.report import print_report, print_summary, to_html

    book = demo_budget()
    report = book.check()
    print_summary(book, console)
    print_report(report, console)
    folder.mkdir(parents=True, exist_ok=True)
    workbook = folder / NAME
    other = workbook.with_stem(f"{workbook.stem}_{OTHER}")
    page = workbook.with_suffix(".html")
    book.write(workbook)
    book.write(other, family=OTHER)
    save(to_html(report).encode("utf-8"), page)
    console.print()
    written = {"预算工作簿 workbook": workbook, "重庆表式 on other forms": other, "校验报告 report  ": page}
    for label, path in written.items():
        console.print(f"{label}  {path}", markup=False, highlight=False, soft_wrap=True)
    return workbook, other, page
