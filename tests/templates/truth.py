"""True figures of a small department, and what they come to at any coordinate of its budget."""

from __future__ import annotations

import random
from decimal import Decimal

import attrs

from govbudget.classification import Level, subjects
from govbudget.model import Agency, Coordinate

__all__ = ["FUNDS", "Atom", "Truth", "truth"]

FUNDS = ("general", "government_fund", "state_capital", "business", "other")
FISCAL = ("general", "government_fund", "state_capital")
PERSONNEL, PUBLIC = ("30101", "30102", "30113", "30305"), ("30201", "30211", "30299", "31002")
KINDS = ("own.personnel", "own.ordinary", "own.livelihood", "superior.advance", "superior.municipal")
CLASSES = {"personnel": "11.01", "public": "21", "": "22"}


@attrs.frozen
class Atom:
    """A figure that no form divides further, in hundredths."""

    agency: str
    function: str
    economic: str
    nature: str
    cost: str
    fund: str
    origin: str
    project: str
    kind: str
    amount: int


@attrs.frozen
class Truth:
    """The figures of a budget."""

    year: int
    agency: Agency
    units: tuple[Agency, ...]
    atoms: tuple[Atom, ...]
    three_public: dict[tuple[str, str], int]
    purchases: dict[tuple[str, str], int]
    operation: int
    lists_all: bool = False
    known: dict[Coordinate, Decimal] = attrs.field(factory=dict, repr=False, eq=False)

    def on(self, form: str, c: Coordinate) -> Decimal:
        """What a coordinate comes to on a form; a list of projects without classes holds project expenditure only."""
        listed = form == "projects" and c.nature is None and not str(c.item or "").startswith("class")
        return self.at(attrs.evolve(c, nature="project") if listed and not self.lists_all else c)

    def at(self, c: Coordinate) -> Decimal:
        """What a coordinate comes to."""
        if c not in self.known:
            self.known[c] = self._sum(c)
        return self.known[c]

    def _sum(self, c: Coordinate) -> Decimal:
        item = c.item or ""
        if item.startswith("three_public") and (c.fund == "government_fund" or c.year != self.year):
            return Decimal(0)
        if item.startswith("three_public"):
            found = [v for (unit, part), v in self.three_public.items() if self._in(c, unit) and part.startswith(item)]
        elif item.startswith("procurement"):
            kind = item.partition(".")[2]
            found = [v for (one, fund), v in self.purchases.items() if one.startswith(kind) and c.fund in (None, fund)]
            found = [] if c.origin == "carryover" else found
        elif item == "agency_operation":
            found = [self.operation]
        elif item.split(".")[-1] == "carry_forward" or c.origin == "reserve":
            found = []
        else:
            found = [atom.amount for atom in self.atoms if self._holds(c, item, atom)]
        return Decimal(sum(found)).scaleb(-2)

    def _in(self, c: Coordinate, unit: str) -> bool:
        return c.agency is None or unit.startswith(c.agency)

    def _holds(self, c: Coordinate, item: str, atom: Atom) -> bool:
        return all(self._is_of(part, atom) for part in item.split("/")) and (
            self._in(c, atom.agency)
            and atom.function.startswith(c.function or "")
            and atom.economic.startswith(c.economic or "")
            and c.nature in (None, atom.nature)
            and c.cost in (None, atom.cost)
            and c.fund in (None, atom.fund)
            and c.origin in (None, atom.origin)
            and c.project in (None, atom.project)
        )

    @staticmethod
    def _is_of(item: str, atom: Atom) -> bool:
        name, _, rest = item.partition(".")
        return (
            (name != "fiscal" or atom.fund in FISCAL)
            and (name != "unit_funds" or atom.fund not in FISCAL)
            and (name != "kind" or (atom.nature == "project" and atom.kind.startswith(rest)))
            and (name != "class" or CLASSES[atom.cost].startswith(rest))
        )


def truth(seed: int, family: str, *, carried: bool = True, year: int = 2026) -> Truth:
    """The figures of a department with two units, drawn with *seed*, as far as the forms of *family* hold them.

    Shanghai prints nothing that is carried over; Hubei's list of projects holds basic expenditure too.
    """
    carried = carried and family != "shanghai"
    draw = random.Random(seed)
    department = Agency("127", "某市数据局")
    units = (Agency("127001", "某市数据局本级"), Agency("127002", "某市数据中心"))
    catalogue = subjects(year)
    items = [one.code for one in catalogue.functions if one.level is Level.ITEM]
    of_general = draw.sample([code for code in items if code[:3] in {"201", "206", "208", "210", "221"}], 2)
    of_fund = draw.sample(
        [code for code in items if code[:3] == "212" and "government_fund" in catalogue[code].funds], 1
    )
    of_capital = draw.sample([code for code in items if code[:3] == "223"], 1)
    atoms: list[Atom] = []
    for unit in units:
        for fund in FUNDS:
            places = {"government_fund": of_fund, "state_capital": of_capital}.get(fund, of_general[:1])
            places = of_general if fund == "general" else places
            for function in places:
                is_carried = carried and fund == "general" and function == places[0]
                for origin in ("current", "carryover") if is_carried else ("current",):
                    atoms += _atoms(draw, unit.code, function, fund, origin, len(atoms))
    parts = ("abroad", "vehicle.purchase", "vehicle.operation", "reception")
    kinds = ("goods", "works", "services")
    return Truth(
        year,
        department,
        units,
        tuple(atoms),
        {(unit.code, f"three_public.{part}"): draw.randint(1, 99999) for unit in units for part in parts},
        {(kind, fund): draw.randint(1, 9999999) for kind in kinds for fund in FUNDS},
        draw.randint(1, 9999999),
        lists_all=family == "hubei",
    )


def _atoms(draw: random.Random, unit: str, function: str, fund: str, origin: str, start: int) -> list[Atom]:
    found = []
    for cost, codes in (("personnel", PERSONNEL), ("public", PUBLIC)):
        if fund in {"government_fund", "state_capital"}:
            continue
        code = f"4213032{unit}R{start:012d}{cost[:2].upper()}"
        for economic in draw.sample(codes, 2):
            amount = draw.randint(1, 99999999)
            found.append(Atom(unit, function, economic, "basic", cost, fund, origin, code, "", amount))
    for number in range(1 + start % 2):
        code = f"4213032{unit}Y{start:010d}{number:02d}"
        amount, kind = draw.randint(1, 99999999), draw.choice(KINDS)
        found.append(Atom(unit, function, "30227", "project", "", fund, origin, code, kind, amount))
    return found
