"""Every single wrong figure of a real budget is found, pointed at, and mostly blamed first."""

from __future__ import annotations

from benchmarks.single_faults import LEAST, measure

from govbudget.demo import demo_budget


def test_every_figure_of_a_real_budget_is_missed_when_it_is_wrong() -> None:
    tally = measure(demo_budget())
    assert tally.changed > 150
    for name, least in LEAST.items():
        assert tally.share(name) >= least, name
