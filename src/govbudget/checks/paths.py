"""Paths（维度路径）: where something stands in each dimension of a budget, as members of trees.

Every dimension is a tree whose members are path strings: 201 ⊃ 20103 ⊃ 2010301, ``basic`` ⊃ ``basic.personnel``,
``fiscal`` ⊃ ``fiscal.general``. The empty path is the root: "all of it". A coordinate is a vector of paths, one in each
tree; it falls into what money is for, which the rows of most forms tell, and which money it is, which the columns tell.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from govbudget.forms.vocabulary import BESIDE

__all__ = [
    "ALL",
    "DIMENSIONS",
    "NAMED",
    "ROWS",
    "Money",
    "Purpose",
    "Vector",
    "below",
    "fund_and_item",
    "fund_path",
    "is_beside",
    "named",
    "within",
]

FUND_PATHS = {
    "general": "fiscal.general",
    "government_fund": "fiscal.government_fund",
    "state_capital": "fiscal.state_capital",
    "fiscal_account": "fiscal_account",
    "business": "unit_funds.business",
    "operating": "unit_funds.operating",
    "superior": "unit_funds.superior",
    "affiliated": "unit_funds.affiliated",
    "other": "unit_funds.other",
}
FUND_ITEMS = frozenset({"fiscal", "unit_funds", "other_funds"})
NAMED = "\0"
ASIDE = ("target", "column:", "rate", "together", "unit_price")
DIMENSIONS = ("agency", "function", "economic", "nature", "origin", "fund", "item", "project")
ROWS = ("agency", "function", "economic", "project")


class Purpose(NamedTuple):
    """Whose money it is and what it is for（单位、科目、项目）, as paths."""

    agency: str
    function: str
    economic: str
    project: str

    @property
    def depth(self) -> int:
        """In how many trees it is below the root."""
        return 4 - self.count("")


ALL = Purpose("", "", "", "")


class Money(NamedTuple):
    """Which money it is（年度、收支、性质、来源、资金）, as paths."""

    year: int
    side: str
    nature: str
    origin: str
    fund: str
    item: str

    def is_within(self, other: Money) -> bool:
        """Whether it is other money, or part of it."""
        return (
            (self.year, self.side) == (other.year, other.side)
            and within(self.nature, other.nature)
            and within(self.origin, other.origin)
            and within(self.fund, other.fund)
            and within(self.item, other.item)
        )


class Vector(NamedTuple):
    """A coordinate as paths, one in each tree."""

    year: int
    side: str
    agency: str
    function: str
    economic: str
    nature: str
    origin: str
    fund: str
    item: str
    project: str

    @classmethod
    def of(cls, purpose: Purpose, money: Money) -> Vector:
        """The vector of some money for a purpose."""
        agency, function, economic, project = purpose
        year, side, nature, origin, fund, item = money
        return cls(year, side, agency, function, economic, nature, origin, fund, item, project)

    @property
    def purpose(self) -> Purpose:
        """What the money is for."""
        return Purpose(self.agency, self.function, self.economic, self.project)

    @property
    def money(self) -> Money:
        """Which money it is."""
        return Money(self.year, self.side, self.nature, self.origin, self.fund, self.item)


def within(path: str, root: str) -> bool:
    """Whether *path* is *root* or lies below it in its tree."""
    return path == root or below(path, root)


def below(path: str, root: str) -> bool:
    """Whether *path* lies strictly below *root* in its tree."""
    if not root:
        return bool(path)
    if len(path) <= len(root) or not path.startswith(root):
        return False
    return path[len(root)] == "." or root.isdigit()


@lru_cache(maxsize=4096)
def named(name: str) -> str:
    """The path of a name; the facts of a row share it."""
    return f"{NAMED}{name}"


@lru_cache(maxsize=1024)
def is_beside(item: str) -> bool:
    """Whether figures of an item stand beside the budget's own: targets, rates, changes, what was spent."""
    return item.startswith(ASIDE) or item.endswith(BESIDE)


def fund_path(fund: str, item: str) -> str:
    """The path of the fund that a column says, or of the aggregate of funds that it says as an item."""
    return item if item in FUND_ITEMS else FUND_PATHS.get(fund, "")


@lru_cache(maxsize=4096)
def fund_and_item(fund: str | None, item: str | None) -> tuple[str, str]:
    """The paths of a fund and an item; aggregates of funds, items of a coordinate, are members of the fund tree."""
    fund = FUND_PATHS.get(fund or "", "")
    kept = []
    for part in (item or "").split("/"):
        head, _, rest = part.partition(".")
        if head in FUND_ITEMS:
            fund = fund or head
            part = rest
        if part:
            kept.append(part)
    return fund, "/".join(kept)
