"""Work for processes of their own, which import it by its name."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["write_down"]


def write_down(task: tuple[Path, int]) -> int:
    """Leave a trace, and die where the number says so."""
    folder, number = task
    with (folder / str(number)).open("a") as trace:
        trace.write("x")
    if number == 5:
        os._exit(9)
    if number == 7:
        raise ValueError(number)
    return number * number
