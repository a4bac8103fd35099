"""A budget that is edited, written, read and converted again and again stays the budget of the same true figures."""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.effort import examples

import govbudget as gb
from govbudget.amounts import Unit
from govbudget.checks import Severity
from govbudget.forms.families import families
from govbudget.model import Agency, Budget, Coordinate, Fact, Project
from govbudget.strategies import amounts, economic_codes, function_codes
from govbudget.strategies.budgets import truths
from govbudget.strategies.press import press
from govbudget.strategies.truth import Line
from govbudget.writing import plan

FAMILIES = sorted(families())
# 万元 to the 分: no figure is rounded, so that every edit and every total is exact.
EXACT = 6
SMALLEST = {Unit.WAN: Decimal("0.000001"), Unit.YUAN: Decimal("0.01")}
PLACES = ("东湖", "西山", "南塘", "北苑")


class Editing(RuleBasedStateMachine):
    """The true figures are the model and the budget is the system: what is done to the one is done to the other."""

    @initialize(family=st.sampled_from(FAMILIES), data=st.data())
    def begin(self, family: str, data: st.DataObject) -> None:
        self.truth, self.projects = data.draw(truths(family))
        self.book = press(self.truth, family, EXACT, self.projects)
        self.family, self.added = family, 0

    # ------------------------------------------------------------ edits

    @rule(data=st.data())
    def change_an_amount_with_its_totals(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(self.truth.lines))
        self._replace(line, attrs.evolve(line, amount=data.draw(amounts())))

    @precondition(lambda self: len(self.projects) > 1)
    @rule(data=st.data())
    def remove_a_project(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.projects))
        self._replace(next(line for line in self.truth.lines if line.project == gone.key), None)
        self.projects = tuple(one for one in self.projects if one is not gone)
        kept = [one for one in self.book.projects if one.name != gone.name]
        facts = [fact for fact in self.book.facts if fact.amount or fact.coordinate.project is None]
        self.book = attrs.evolve(self.book, projects=kept, facts=facts)

    @precondition(lambda self: any(line.cost for line in self.truth.lines))
    @rule(data=st.data())
    def add_a_subject_and_print_anew(self, data: st.DataObject) -> None:
        like = data.draw(st.sampled_from([line for line in self.truth.lines if line.cost]))
        function = data.draw(function_codes("general", [like.function[:3]]))
        economic = data.draw(economic_codes(("302",) if like.cost == "public" else ("301", "303")))
        line = attrs.evolve(like, function=function, economic=economic, amount=data.draw(amounts()))
        if like.project:  # a list of projects that holds the items of basic expenditure too
            self.added += 1
            item = Project(f"新增{self.added}期", f"50015224T9{self.added:08d}", like.agency, function)
            self.projects = (*self.projects, item)
            line = attrs.evolve(line, project=item.key)
        self.truth = attrs.evolve(self.truth, lines=(*self.truth.lines, line))
        self.book = press(self.truth, self.family, EXACT, self.projects)

    @rule(place=st.sampled_from(PLACES), data=st.data())
    def rename_an_agency(self, place: str, data: st.DataObject) -> None:
        every = (self.truth.department, *self.truth.units)
        old = data.draw(st.sampled_from(every))
        new = attrs.evolve(old, name=f"{place}{old.name.lstrip('东湖西山南塘北苑')}")
        department, *units = (new if one is old else one for one in every)
        self.truth = attrs.evolve(self.truth, department=department, units=tuple(units))
        self.book = renamed(self.book, old.name, new.name)

    @rule(data=st.data())
    def print_a_form_in_another_unit(self, data: st.DataObject) -> None:
        form = data.draw(st.sampled_from([form for form in self.book.forms if not form.empty]))
        unit = data.draw(st.sampled_from(list(SMALLEST)))
        self.book = attrs.evolve(
            self.book,
            facts=[in_unit(fact, unit) if fact.form == form.id else fact for fact in self.book.facts],
            forms=[attrs.evolve(one, unit=unit) if one is form else one for one in self.book.forms],
        )

    # ------------------------------------------------------------ ways out and back

    @rule()
    def write_and_read(self) -> None:
        buffer = io.BytesIO()
        self.book.write(buffer)
        again = gb.read(buffer.getvalue())
        assert again.unread == ()
        left = [one.fact for one in plan(self.book).left]
        assert all(fact is not None and not fact.amount for fact in left)  # a subject of whose projects none is left
        written = Counter(map(self._figure, self.book.facts)) - Counter(self._figure(fact) for fact in left if fact)
        assert Counter(map(self._figure, again.facts)) == written
        self.book = again

    @rule(family=st.sampled_from(FAMILIES))
    def convert_write_and_read(self, family: str) -> None:
        buffer = io.BytesIO()
        gb.convert(self.book, family).write(buffer)
        self.book = gb.read(buffer.getvalue())
        assert (self.book.family, self.book.unread) == (family, ())

    # ------------------------------------------------------------ what holds in every state

    @invariant()
    def every_figure_is_true(self) -> None:
        for fact in self.book.facts:
            assert fact.yuan == sum(line.amount for line in self.truth.lines if self._is_part(line, fact)), fact

    @invariant()
    def there_is_no_error(self) -> None:
        report = self.book.check()
        assert [str(one) for one in report if one.severity is Severity.ERROR] == []

    @invariant()
    def json_gives_it_back(self) -> None:
        assert gb.from_json(gb.to_json(self.book)) == self.book

    # ------------------------------------------------------------ the model

    def _replace(self, old: Line, new: Line | None) -> None:
        """Put a line of money in the place of another, and edit every figure that it is part of."""
        more = (new.amount if new else 0) - old.amount
        lines = [new if line is old else line for line in self.truth.lines]
        self.truth = attrs.evolve(self.truth, lines=tuple(line for line in lines if line is not None))
        self.book = attrs.evolve(
            self.book,
            facts=[
                attrs.evolve(fact, amount=fact.amount + more / fact.unit.factor) if self._is_part(old, fact) else fact
                for fact in self.book.facts
            ],
        )

    def _is_part(self, line: Line, fact: Fact) -> bool:
        """Whether money is part of a figure; most lists of projects hold no basic expenditure."""
        if fact.form == "projects" and line.nature == "basic" and not self._lists_basic():
            return False
        return line.is_at(self._said(fact.coordinate))

    def _lists_basic(self) -> bool:
        return any(fact.coordinate.nature == "basic" for fact in self.book.facts if fact.form == "projects")

    def _said(self, at: Coordinate) -> dict[str, str]:
        """What a coordinate says of lines of money; what has no code in the document goes by its name."""
        said = {name: value for name, value in attrs.asdict(at).items() if value and name not in {"year", "side"}}
        keys = {one.name: one.code for one in (self.truth.department, *self.truth.units)}
        keys |= {one.name: one.key for one in self.projects}
        for name in {"agency", "project"} & set(said):
            said[name] = keys.get(said[name], said[name])
        if "item" in said:
            said["item"] = said["item"].replace("fiscal.", "fiscal/")
        return said

    def _figure(self, fact: Fact) -> tuple[str, Decimal, tuple[tuple[str, str], ...]]:
        return fact.form, fact.yuan, tuple(sorted(self._said(fact.coordinate).items()))


def in_unit(fact: Fact, unit: Unit) -> Fact:
    return attrs.evolve(fact, amount=(fact.yuan / unit.factor).quantize(SMALLEST[unit]), unit=unit)


def renamed(book: Budget, old: str, new: str) -> Budget:
    """The budget with another name of an agency, wherever it is printed; the names of its units begin with it."""

    def agency(one: Agency | None) -> Agency | None:
        return attrs.evolve(one, name=new) if one is not None and one.name == old else one

    def at(one: Fact) -> Fact:
        if one.coordinate.agency == old:
            one = attrs.evolve(one, coordinate=attrs.evolve(one.coordinate, agency=new))
        return attrs.evolve(one, name=new) if one.name == old else one

    return attrs.evolve(
        book,
        agency=agency(book.agency),
        agencies=list(map(agency, book.agencies)),
        facts=list(map(at, book.facts)),
        projects=[attrs.evolve(one, agency=new) if one.agency == old else one for one in book.projects],
        forms=[attrs.evolve(form, title=form.title.replace(old, new)) for form in book.forms],
    )


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=examples(8), stateful_step_count=8)
