"""How hard the properties are tried（属性测试的力度）."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["examples"]


def examples(count: int) -> int:
    """So many examples in dev and in ci, and as many more in a profile as it has more than a hundred."""
    profile = settings.default
    assert profile is not None
    return max(1, count * profile.max_examples // 100)
