"""Single faults（单处错误）: a balanced budget in which one figure is wrong by more than rounding can be."""

from __future__ import annotations

from decimal import Decimal

import attrs
from hypothesis import strategies as st

from govbudget.amounts import Unit, places
from govbudget.cells import Place
from govbudget.model import Budget, Coordinate, Fact
from govbudget.strategies.budgets import balanced_budgets

__all__ = ["Fault", "single_faults"]

# What these figures are parts of is not printed: no law is about them.
LAWLESS = frozenset({"agency_operation"})


@attrs.frozen
class Fault:
    """A budget with one wrong figure（一处错误的预算）.

    Attributes:
        budget: the budget with the fault.
        right: the fact as it should be.
        wrong: the fact as the budget has it.
    """

    budget: Budget
    right: Fact
    wrong: Fact

    @property
    def place(self) -> Place:
        """The cell of the wrong figure（错误所在单元格）."""
        return self.wrong.place

    @property
    def coordinate(self) -> Coordinate:
        """The coordinate of the wrong figure（错误所在坐标）."""
        return self.wrong.coordinate


@st.composite
def single_faults(
    draw: st.DrawFn, family: str | None = None, decimals: int | None = None, unit: Unit | None = None
) -> Fault:
    """Balanced budgets with one figure changed beyond the rounding envelope（单处改错的预算）.

    Whatever law the figure takes part in, no sum of the budget can explain the difference by rounding.

    Args:
        family: the family of forms; any where None.
        decimals: the decimals of amounts in 万元, 0 to 4 where None.
        unit: the unit of every form; the family's own where None.

    Raises:
        FamilyError: nobody declared that family.
    """
    book = draw(balanced_budgets(family, decimals, unit))
    index = draw(st.sampled_from([i for i, fact in enumerate(book.facts) if fact.coordinate.item not in LAWLESS]))
    right = book.facts[index]
    # n addends and their total miss each other by (n + 1)/2 last places before the change, and may by as much after it.
    beyond = Decimal(len(book.facts) + 1).scaleb(-places(right.amount))
    wrong = attrs.evolve(right, amount=right.amount + beyond * draw(st.sampled_from((1, -1, 7))))
    return Fault(attrs.evolve(book, facts=[*book.facts[:index], wrong, *book.facts[index + 1 :]]), right, wrong)
