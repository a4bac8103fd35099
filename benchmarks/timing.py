"""Times that bear comparison: what is compared takes turns, and the best time of each counts."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

__all__ = ["Ratio", "in_child", "take_turns"]

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ratio:
    """One measure against another in one run: both figures, their ratio, and the most that it may be."""

    group: str
    name: str
    against: str
    figure: float
    other: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float:
        return self.figure / self.other

    @property
    def holds(self) -> bool | None:
        """Whether the ratio is within its target; None where it has none."""
        if self.most is not None:
            return self.ratio <= self.most
        return None if self.least is None else self.ratio >= self.least

    def record(self) -> dict[str, Any]:
        """The ratio as JSON keeps it."""
        return {**asdict(self), "ratio": self.ratio, "holds": self.holds}


def take_turns(actions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The best processor time of each action, in seconds."""
    best = dict.fromkeys(actions, float("inf"))
    for _ in range(rounds):
        for name, action in actions.items():
            start = time.process_time()
            action()
            best[name] = min(best[name], time.process_time() - start)
    return best


def in_child(code: str, *arguments: str) -> Any:
    """What a program prints as JSON, run by this interpreter in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, cwd=ROOT)
    return json.loads(done.stdout)
