"""What a claim is（正文陈述）: one figure in the prose of a budget, with what it says and of what."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import attrs

from govbudget.cells import NOWHERE, Place
from govbudget.model import Coordinate

__all__ = ["Claim", "ClaimKind", "Direction"]


class ClaimKind(str, Enum):
    """What a figure says（陈述类别）."""

    BUDGET = "budget"
    CHANGE = "change"
    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        """预算数, 增减额, 占比, 增减幅, 个数 or 其他数字."""
        return {
            "budget": "预算数",
            "change": "增减额",
            "share": "占比",
            "rate": "增减幅",
            "count": "个数",
            "other": "其他数字",
        }[self.value]


class Direction(str, Enum):
    """Which way a figure went（增减方向）."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"

    @property
    def sign(self) -> int:
        """1, -1 or 0."""
        return {"up": 1, "down": -1, "flat": 0}[self.value]

    @property
    def chinese(self) -> str:
        """增加, 减少 or 持平."""
        return {"up": "增加", "down": "减少", "flat": "持平"}[self.value]


@attrs.frozen
class Claim:
    """One figure of the prose（正文陈述）.

    Attributes:
        kind: ``budget`` 预算数, ``change`` 增减额, ``share`` 占比, ``rate`` 增减幅, ``count`` 个数, or ``other`` for a
            figure that is no amount of the budget (a limit, a price, staff, vehicles).
        text: the figure as printed, such as ``439.45 万元``, or the words that stand for one, such as ``持平``.
        amount: the figure, in :attr:`unit`.
        unit: 元, 万元, 亿元, %, or what is counted.
        what: the words that say what the figure is of.
        year: the year it is of; for a change and a rate the later one.
        direction: which way a change or a rate goes.
        about: where it stands in the budget; several where the words leave it open, none where they are not
            understood.
        reason: why it stands nowhere.
        topic: the number of the subject that claims share: an amount, its change and its share.
        parent: the topic of which this one is a part, where the prose lists it as one（其中、包括）.
        listed: the number of the list in which it is printed.
        based: where the base of a share may stand, where the words name it.
        former: names in the words that a subject no longer bears: the name, the code and the name of today.
        passing: whether it is said in passing, as a reason: it can be borne out, and is not contradicted.
        passage: the number of the paragraph.
        sentence: the sentence.
        start: where the figure begins in the sentence.
        printed: whether it prints a figure, not only words such as 持平.
        place: the line that holds the figure.
        section: the heading above.
    """

    kind: ClaimKind
    text: str
    amount: Decimal
    unit: str
    what: str = ""
    year: int | None = None
    direction: Direction | None = None
    about: tuple[Coordinate, ...] = ()
    reason: str = ""
    topic: int = 0
    parent: int | None = None
    listed: int | None = None
    based: tuple[Coordinate, ...] = ()
    former: tuple[tuple[str, str, str], ...] = ()
    passing: bool = False
    passage: int = 0
    sentence: str = ""
    start: int = 0
    printed: bool = True
    place: Place = attrs.field(default=NOWHERE, eq=False)
    section: str = ""
