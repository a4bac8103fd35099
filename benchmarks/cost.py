"""What this process takes（耗费） at its peak, and the most that a hostile file may take."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["MEBIBYTES", "SECONDS", "peak_of_now", "reset_peak"]

SECONDS = 10.0
MEBIBYTES = 1_024
PEAK = re.compile(r"VmHWM:\s*(\d+) kB")


def reset_peak() -> None:
    """Forget the peak so far."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_of_now() -> int:
    """The peak of memory in mebibytes, since the process began or the last was forgotten."""
    return int(PEAK.findall(Path("/proc/self/status").read_text())[0]) >> 10
