"""Reading（读取）: which form a grid is, what its columns mean, and its rows as facts."""

from __future__ import annotations

from govbudget.reading.document import read, read_prose

__all__ = ["read", "read_prose"]
