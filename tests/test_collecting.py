"""The collector rests while a budget is built, and only then."""

from __future__ import annotations

import gc

import pytest

from govbudget.collecting import collector_paused


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_afterwards_what_it_was(running: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        with pytest.raises(ValueError, match="x"), collector_paused():
            assert not gc.isenabled()
            raise ValueError("x")
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()
