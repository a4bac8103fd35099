"""Profiles and fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# A slow machine is no failure; in CI the examples are the same in every run, so that a failure is the change's own, and
# are not made smaller: for whole documents that takes minutes, and the printed blob brings the failure back. At night
# there are twenty times as many (tests/effort.py), other ones every time, made small, and kept for the next run.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    print_blob=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "nightly",
    max_examples=2000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published documents beside the repository; the test is skipped where it is not at hand."""
    if not SHARED.is_dir():
        pytest.skip("the published documents are not beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def demo_file() -> Iterator[Path]:
    """The packaged workbook."""
    from govbudget.demo import demo_workbook

    with demo_workbook() as path:
        yield path
