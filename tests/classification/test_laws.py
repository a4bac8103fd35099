"""What holds for every subject of every edition."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govbudget.classification import Catalogue, Level, Subject, editions, parse_code, subjects, tables

YEARS = st.sampled_from(editions())
SUBJECTS = st.from_type(Subject)
EVIDENCE = Path(__file__).resolve().parents[3] / "shared/catalogue/evidence.tsv"


@pytest.mark.parametrize("year", editions())
def test_the_tree_stands(year: int) -> None:
    catalogue = subjects(year)
    codes = [subject.code for subject in catalogue]
    assert codes == sorted(set(codes)) == list(catalogue.codes)
    assert all(code[:-2] in catalogue for code in codes if len(code) > 3)
    assert all(subject.name for subject in catalogue)
    assert sum(len(subject.children) for subject in catalogue) + len(catalogue.roots) == len(catalogue)
    assert sum(1 + len(root.descendants) for root in catalogue.roots) == len(catalogue)


@given(SUBJECTS)
def test_a_subject_and_its_family(subject: Subject) -> None:
    family = subject.children
    assert all(child.parent is subject and child.ancestors[-1] is subject for child in family)
    assert [child.code for child in family] == sorted(child.code for child in family)
    assert set(family) <= set(subject.descendants)
    assert all(below.code.startswith(subject.code) for below in subject.descendants)
    above = subject.parent
    assert (above is None) == (subject.level is Level.CLASS)
    assert above is None or subject in above.children
    assert len(subject.ancestors) == (len(subject.code) - 3) // 2


@given(SUBJECTS)
def test_parse_of_print_is_identity(subject: Subject) -> None:
    assert parse_code(str(subject)) == parse_code(f"[{subject.code}]{subject.name}") == subject.code
    steps = [subject.code[:3], *(subject.code[i : i + 2] for i in range(3, len(subject.code), 2))]
    for gap in (" ", "-", "|"):
        assert parse_code(gap.join(steps)) == subject.code
    assert type(subject)(subject.code, subject.name) == subject


@given(SUBJECTS)
def test_a_subject_is_found_by_its_own_name(subject: Subject) -> None:
    assert subject.year is not None
    catalogue = subjects(subject.year)
    assert subject in catalogue.by_name(subject.name)
    assert subject in catalogue.by_name(subject.name, level=subject.level, kind=subject.kind, within=subject.code[:3])
    assert subject.goes_by(subject.name)
    assert subject.name not in subject.former_names


@given(SUBJECTS)
def test_status_claims_no_more_than_is_known(subject: Subject) -> None:
    if subject.status == "sighted":
        assert subject.seen
    assert list(subject.seen) == sorted(set(subject.seen))
    for one in subject.history:
        assert one.first is None or one.last is None or one.first <= one.last
    assert subject.name in [one.name for one in subject.history]


@given(YEARS, YEARS)
def test_diff_is_exact(before: int, after: int) -> None:
    old, new = subjects(before), subjects(after)
    changes = old.diff(new)
    names = {subject.code: subject.name for subject in old}
    for gone in changes.removed:
        assert names.pop(gone.code) == gone.name
    for was, now in changes.renamed:
        assert was.code == now.code and names[was.code] == was.name != now.name
        names[now.code] = now.name
    for come in changes.added:
        assert come.code not in names
        names[come.code] = come.name
    assert names == {subject.code: subject.name for subject in new}
    back = new.diff(old)
    assert (back.added, back.removed) == (changes.removed, changes.added)
    assert back.renamed == tuple((now, was) for was, now in changes.renamed)
    assert bool(changes) == (len(changes) > 0)


@pytest.mark.parametrize("year", editions())
def test_crosswalk_pairs_exist_on_both_sides(year: int) -> None:
    catalogue = subjects(year)
    pairs = {(s.code, c.subject.code, c.body) for s in catalogue.economics if s.code[0] == "3" for c in s.counterparts}
    back = {(c.subject.code, s.code, c.body) for s in catalogue.economics if s.code[0] == "5" for c in s.counterparts}
    assert pairs == back
    assert all(department in catalogue and government in catalogue for department, government, _ in pairs)
    assert {body for *_, body in pairs} == {"机关", "事业单位", ""}
    sections = [s for s in catalogue.economics if s.code[0] == "3" and s.level is Level.SECTION]
    assert [s for s in sections if not s.counterparts] == []


def test_every_pair_of_the_table_names_subjects_of_some_edition() -> None:
    known = tables.rows_of()
    assert [pair for pair in tables.pairs() if pair[0] not in known or pair[1] not in known] == []


def test_every_sighting_resolves_in_its_year() -> None:
    sightings = [
        (subjects(int(year)).get(cells[0]), cells[1])
        for cells in tables.rows()
        for year in cells[tables.SEEN].split(",")
        if year and int(year) in editions()
    ]
    exact = sum(subject is not None and subject.name == name for subject, name in sightings)
    assert len(sightings) > 500 and exact >= 0.98 * len(sightings)
    assert [name for subject, name in sightings if subject is None or not subject.goes_by(name)] == []


def test_every_code_of_the_tables_is_a_code_and_every_row_has_its_columns() -> None:
    assert all(parse_code(cells[0]) == cells[0] and len(cells) == 10 for cells in tables.rows())
    codes = [cells[0] for cells in tables.rows()]
    assert codes == sorted(codes)


@pytest.mark.parametrize("year", editions())
def test_one_name_a_code_in_an_edition(year: int) -> None:
    standing = [cells[0] for cells in tables.rows() if tables.standing_in(cells, str(year))]
    assert len(standing) == len(set(standing)) == len(subjects(year))


@pytest.mark.skipif(not EVIDENCE.exists(), reason="the raw evidence is not beside the repository")
def test_raw_evidence_resolves() -> None:
    with EVIDENCE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = [(line, subjects(int(line["year"])).get(line["code"])) for line in lines]
    exact = sum(subject is not None and subject.name == line["name"] for line, subject in found)
    assert exact >= 0.98 * len(lines)
    assert [line for line, subject in found if subject is None or not subject.goes_by(line["name"])] == []


def test_catalogue_is_a_fresh_object_a_year() -> None:
    assert len({id(subjects(year)) for year in editions()}) == len(editions())
    assert all(isinstance(subjects(year), Catalogue) and subjects(year).year == year for year in editions())
