"""What the strategies draw is what they say: within bounds, sound where it is called sound, and at its cell."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

import govbudget as gb
from govbudget import strategies
from govbudget.amounts import envelope, places
from govbudget.checks import Severity
from govbudget.classification import EditionError, Subject, editions
from govbudget.forms.families import families
from govbudget.model import Budget, Fact, PrintedTarget
from govbudget.performance import PerformanceTarget
from govbudget.strategies import (
    Document,
    Fault,
    Look,
    agencies,
    amounts,
    documents,
    economic_codes,
    economic_subjects,
    figures,
    function_codes,
    function_subjects,
    indicators,
    projects,
    revenue_subjects,
    single_faults,
    targets,
)
from govbudget.strategies.registering import STRATEGIES

# ---------------------------------------------------------------- the small things


@given(amounts(50), figures(), figures(9, decimals=3))
def test_figures_lie_within_their_bounds(amount: Decimal, any_figure: Decimal, figure: Decimal) -> None:
    assert Decimal("0.01") <= amount <= 50 and places(amount) == 2
    assert abs(any_figure) <= 10**12 and places(any_figure) <= 6
    assert abs(figure) <= 9 and places(figure) == 3


@given(st.sampled_from(editions()), st.data())
def test_subjects_belong_to_their_edition(year: int, data: st.DataObject) -> None:
    for found in (function_subjects(year), economic_subjects(year), revenue_subjects(year)):
        subject = data.draw(found)
        assert subject.year == year
        assert gb.subjects(year)[subject.code] is subject


def test_an_edition_that_does_not_exist() -> None:
    with pytest.raises(EditionError, match="1990"):
        function_subjects(1990)


@given(function_codes("government_fund"), function_codes(classes=["205"]), economic_codes(["310"]))
def test_codes_belong_to_their_fund_and_class(of_fund: str, of_class: str, economic: str) -> None:
    cat = gb.subjects(2024)
    assert "government_fund" in cat[of_fund].funds
    assert (of_class[:3], len(of_class)) == ("205", 7)
    assert (economic[:3], len(economic)) == ("310", 5)


@given(agencies(4))
def test_units_belong_to_their_department(found: list[gb.Agency]) -> None:
    department, *units = found
    assert 1 <= len(units) <= 4
    assert len(set(found)) == len(found)
    assert all(one.code.startswith(department.code) and one.name.startswith(department.name) for one in units)


# ---------------------------------------------------------------- performance


@given(indicators())
def test_an_indicator_makes_sense(indicator: gb.PerformanceIndicator) -> None:
    assert indicator.problems == ()
    assert indicator.weight is None or 0 <= indicator.weight <= 100


@given(targets() | targets(None))
@settings(max_examples=examples(50))
def test_no_rule_finds_fault_with_a_target(target: PerformanceTarget) -> None:
    form = "overall_performance" if target.is_overall else "project_performance"
    report = Budget(targets=[PrintedTarget(form, target)], year=2024).check(select="PRF")
    assert list(report) == []
    ran = {outcome.rule for outcome in report.outcomes if not outcome.skipped}
    assert {"PRF001", "PRF002", "PRF003", "PRF004", "PRF006", "PRF009", "PRF010"} <= ran


@given(projects())
@settings(max_examples=examples(25))
def test_a_project_is_whole(project: gb.Project) -> None:
    assert project.function in gb.subjects(2024)
    assert project.target is None or project.target.project == project.name
    assert gb.Budget(projects=[project]).project_names[project.key] is project


# ---------------------------------------------------------------- documents and faults


def printed(fact: Fact) -> tuple[object, ...]:
    return fact.form, fact.place, fact.amount, fact.unit, fact.code, fact.name, fact.coordinate


@pytest.mark.parametrize("family", sorted(families()))
@given(data=st.data())
@settings(max_examples=examples(5))
def test_a_document_in_any_look_reads_as_its_truth(family: str, data: st.DataObject) -> None:
    document: Document = data.draw(documents(family))
    again = gb.read(document.data)
    assert Counter(map(printed, again.facts)) == Counter(map(printed, document.budget.facts)), document.look
    agency, own = again.agency, document.budget.agency
    assert agency is not None and own is not None
    assert agency == own or agency == attrs.evolve(own, code=""), "some families print no code of the department"
    assert (again.unread, again.year) == ((), document.budget.year)
    assert [str(one) for one in again.check() if one.severity is not Severity.INFO] == []


@pytest.mark.parametrize("wrong", [{"amounts": "words"}, {"brackets": "square"}])
def test_a_look_that_there_is_not_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(gb.OptionError, match=next(iter(wrong))):
        Look(**wrong)  # type: ignore[arg-type]


def test_every_look_is_tried() -> None:
    fields = attrs.fields(Look)
    seen: dict[str, set[object]] = {field.name: set() for field in fields}

    @given(strategies.looks())
    @settings(max_examples=300, database=None)
    def collect(look: Look) -> None:
        for field in fields:
            seen[field.name].add(getattr(look, field.name))

    collect()
    assert {name: len(values) for name, values in seen.items()} == {
        "amounts": 4,
        "nothing": 3,
        "brackets": 3,
        "blanks": 4,
        "rows": 4,
        "columns": 3,
        "numbered": 2,
        "backwards": 2,
    }


@given(single_faults())
@settings(max_examples=examples(10))
def test_a_fault_is_one_figure_beyond_the_envelope(fault: Fault) -> None:
    wrong = [fact for fact in fault.budget.facts if fact is fault.wrong]
    assert wrong == [fault.wrong]
    assert attrs.evolve(fault.wrong, amount=fault.right.amount) == fault.right
    assert (fault.place, fault.coordinate) == (fault.right.place, fault.right.coordinate)
    step = places(fault.right.amount)
    same = [one.amount for one in fault.budget.facts if one.unit is fault.right.unit and places(one.amount) == step]
    assert abs(fault.wrong.yuan - fault.right.yuan) >= envelope(fault.right.amount, same[1:], fault.right.unit)


# ---------------------------------------------------------------- the entry point


@pytest.mark.parametrize("kind", [*STRATEGIES, gb.Agency, Subject, gb.Unit], ids=lambda kind: kind.__name__)
def test_hypothesis_knows_the_classes_of_the_library(kind: type) -> None:
    @given(st.from_type(kind))
    @settings(max_examples=5, database=None)
    def draw(found: object) -> None:
        assert isinstance(found, kind)

    draw()


@given(...)
@settings(max_examples=examples(25))
def test_a_test_may_only_name_its_types(subject: gb.EconomicSubject, agency: gb.Agency, fact: gb.Fact) -> None:
    assert subject.code in gb.subjects(subject.year or 2024)
    assert agency.code and agency.name
    assert gb.from_json(gb.to_json(gb.Budget(facts=[fact], agencies=[agency]))).facts == (fact,)


def run(code: str) -> list[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_importing_hypothesis_loads_no_file_format_and_no_strategy() -> None:
    heavy = ("openpyxl", "cattrs", "govbudget.strategies.values", "govbudget.reading", "govbudget.writing")
    assert run(f"import sys, hypothesis; print(*[name for name in {heavy!r} if name in sys.modules])") == []
    assert run("import govbudget.model, sys; print('hypothesis' in sys.modules)") == ["False"]


def test_without_hypothesis_the_strategies_say_what_to_install() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import govbudget as gb, govbudget.strategies as strategies\n"
        "print(gb.FunctionSubject('201').code)\n"
        "try: strategies.amounts\n"
        "except gb.MissingExtraError as error: print('govbudget[testing]' in str(error))"
    )
    assert run(code) == ["201", "True"]
