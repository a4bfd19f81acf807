from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from borging.domain.rounds import ScanRound, newest_readable
from borging.domain.terms import ScanKind
from borging.store.commands.followup import record_consensus
from borging.store.queries import discussion
from borging.store.queries.discussion import agreed_rounds
from borging.store.queries.scans import newest_scans, rounds, rounds_of
from borging.store.tables import Record
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, individual, joint

DAY = date(2026, 11, 18)
BEFORE, LATER = DAY - timedelta(days=90), DAY + timedelta(days=20)
T = Record.metadata.tables
FACTORS = len(NHS.factors)


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


def only(found: list[ScanRound]) -> ScanRound:
    (one,) = found
    return one


def shown_scan(engine: Engine, as_of: date = LATER) -> set[int]:
    return set(newest_scans(engine, NHS, as_of)["scan_id"].tolist())


def test_the_published_case_comes_out_of_the_database_as_it_went_in(
    engine: Engine, project: int
) -> None:
    individual(engine, project, DAY, CHECK_CASE)
    score = only(rounds(engine, NHS, project, DAY)).score
    assert score is not None
    assert score.total == pytest.approx(71.0, abs=0.01)
    assert score.sd is None
    table = newest_scans(engine, NHS, DAY).set_index("factor")
    assert table.loc["benefits", ["n", "a", "b", "c", "d"]].tolist() == [4, 1, 2, 0, 1]
    assert table["responses"].unique().tolist() == [4]


@pytest.mark.parametrize("given", [0, 1, 3])
def test_below_the_minimum_a_round_looks_empty_everywhere(
    engine: Engine, project: int, given: int
) -> None:
    individual(engine, project, DAY, CHECK_CASE[:given])
    found = only(rounds(engine, NHS, project, DAY))
    empty = add_project(engine, "P02")
    individual(engine, empty, DAY, [])
    other = only(rounds(engine, NHS, empty, DAY))
    assert (found.score, found.min_answers) == (other.score, other.min_answers) == (None, 4)
    assert newest_scans(engine, NHS, DAY).empty


def test_at_the_minimum_a_round_is_shown(engine: Engine, project: int) -> None:
    scan_id = individual(engine, project, DAY, CHECK_CASE[:3], min_answers=3)
    assert shown_scan(engine) == {scan_id}
    higher = add_project(engine, "P02")
    individual(engine, higher, DAY, CHECK_CASE, min_answers=5)
    assert shown_scan(engine) == {scan_id}


def test_a_factor_below_the_minimum_looks_unanswered(engine: Engine, project: int) -> None:
    individual(engine, project, DAY, ["-" + row[1:] for row in CHECK_CASE[:1]] + [*CHECK_CASE[1:]])
    score = only(rounds(engine, NHS, project, DAY)).score
    assert score is not None
    first, second = score.factors[:2]
    assert (first.n, first.mean, first.spread, set(first.counts.values())) == (0, None, None, {0})
    assert second.n == 4
    assert (score.total, score.sd) == (None, None)
    table = newest_scans(engine, NHS, DAY).set_index("factor")
    assert table.loc["benefits", ["n", "a", "b", "c", "d"]].tolist() == [0] * 5
    assert table.loc["credibility", "n"] == 4


def test_a_deviation_of_fewer_complete_answers_than_the_minimum_is_not_given(
    engine: Engine, project: int
) -> None:
    incomplete = ["-aaaaaaaaa", "a-aaaaaaaa"]
    individual(engine, project, DAY, [*CHECK_CASE[:3], *incomplete])
    score = only(rounds(engine, NHS, project, DAY)).score
    assert score is not None
    assert score.total is not None
    assert score.sd is None


VARIED = (*CHECK_CASE, "abcbabcbab", "cbabdabbca", "bacbbadabc", "abbcabacdb")


@pytest.mark.parametrize(("people", "shown"), [(4, None), (8, 9.0)])
def test_a_deviation_is_given_in_tenths_where_it_leaves_many_tables_of_the_others(
    engine: Engine, project: int, people: int, shown: float | None
) -> None:
    individual(engine, project, DAY, VARIED[:people], min_answers=3)
    found = only(rounds(engine, NHS, project, DAY)).score
    assert found is not None
    assert found.total is not None
    assert found.sd == shown


def test_a_deviation_that_gives_the_others_away_is_not_given(engine: Engine, project: int) -> None:
    """Two firmly for, two against: whoever knows one row can tell the other four."""
    firm = ["a" * 10, "a" * 9 + "b", "a" * 9 + "b", "d" * 10, "d" * 10]
    individual(engine, project, DAY, firm)
    found = only(rounds(engine, NHS, project, DAY)).score
    assert found is not None
    assert (found.n, found.sd) == (5, None)
    many = rounds_of(engine, NHS, [project], DAY, deviations=True)[project]
    assert only(many).score == found


def test_rounds_of_many_projects_compute_no_deviation_unless_it_is_wanted(
    engine: Engine, project: int
) -> None:
    individual(engine, project, DAY, VARIED)
    plain, wanted = (
        only(rounds_of(engine, NHS, [project], DAY, deviations=each)[project]).score
        for each in (False, True)
    )
    assert plain is not None
    assert wanted is not None
    assert (plain.sd, plain.factors) == (None, wanted.factors)
    assert wanted.sd is not None


def test_one_agreed_answer_has_no_minimum(engine: Engine, project: int) -> None:
    scan_id = joint(engine, project, DAY, "bbbbbbbbb-")
    found = only(rounds(engine, NHS, project, DAY))
    assert found.score is not None
    assert (found.kind, found.agreed_by) == (ScanKind.JOINT, "Projectgroep, 6 personen")
    assert [f.n for f in found.score.factors] == [1] * 9 + [0]
    assert shown_scan(engine) == {scan_id}


def test_the_newest_readable_round_stands_even_if_a_newer_one_has_too_few_answers(
    engine: Engine, project: int
) -> None:
    individual(engine, project, BEFORE, CHECK_CASE)
    readable = individual(engine, project, DAY, CHECK_CASE)
    individual(engine, project, LATER, CHECK_CASE[:3])
    assert shown_scan(engine) == {readable}
    found = rounds(engine, NHS, project, LATER)
    assert [r.number for r in found] == [1, 2, 3]
    assert [r.score is None for r in found] == [False, False, True]


def test_both_reads_choose_the_same_round_when_two_kinds_share_a_day(
    engine: Engine, project: int
) -> None:
    own = individual(engine, project, DAY, CHECK_CASE)
    joint(engine, project, DAY, "a" * FACTORS)
    newest = newest_readable(rounds(engine, NHS, project, DAY))
    assert newest is not None
    assert {newest.id} == shown_scan(engine) == {own}
    later = joint(engine, project, LATER, "a" * FACTORS)
    assert shown_scan(engine) == {later}


def test_as_of_includes_its_own_day(engine: Engine, project: int) -> None:
    scan_id = individual(engine, project, DAY, CHECK_CASE)
    assert shown_scan(engine, DAY - timedelta(days=1)) == set()
    assert rounds(engine, NHS, project, DAY - timedelta(days=1)) == []
    assert shown_scan(engine, DAY) == {scan_id}
    assert only(rounds(engine, NHS, project, DAY)).id == scan_id


def test_removed_scans_and_projects_are_not_read(engine: Engine, project: int) -> None:
    other = add_project(engine, "P02")
    kept, removed = (individual(engine, each, DAY, CHECK_CASE) for each in (project, other))
    now = datetime.now(UTC)
    with engine.begin() as connection:
        scan = T["scan"]
        connection.execute(update(scan).where(scan.c.id == removed).values(deleted_at=now))
    assert shown_scan(engine) == {kept}
    assert rounds(engine, NHS, other, DAY) == []
    with engine.begin() as connection:
        table = T["project"]
        connection.execute(update(table).where(table.c.id == project).values(deleted_at=now))
    assert shown_scan(engine) == set()


def test_a_round_says_who_recorded_it_and_with_which_version(engine: Engine, project: int) -> None:
    individual(engine, project, DAY, CHECK_CASE)
    found = only(rounds(engine, NHS, project, DAY))
    assert (found.recorded_by, found.instrument_version) == ("Anna de Wit", NHS.version)


def test_a_round_knows_its_project(engine: Engine) -> None:
    project_id = add_project(engine)
    scan_id = individual(engine, project_id, date(2026, 11, 18), ["a" * 10] * 4)
    assert discussion.project_of(engine, scan_id) == project_id
    assert discussion.project_of(engine, scan_id + 1) is None


def test_rounds_of_many_projects_are_those_of_each(engine: Engine) -> None:
    first, second, third = (add_project(engine, f"P{n}", f"Project {n}") for n in (1, 2, 3))
    for project_id, days in ((first, (40, 20)), (second, (30,))):
        for back in days:
            individual(engine, project_id, DAY - timedelta(days=back), CHECK_CASE)
    found = rounds_of(engine, NHS, [first, second, third], DAY)
    assert {each: [r.number for r in own] for each, own in found.items()} == {
        first: [1, 2],
        second: [1],
        third: [],
    }
    for project_id in (first, second, third):
        assert found[project_id] == rounds(engine, NHS, project_id, DAY)
    assert rounds_of(engine, NHS, [], DAY) == {}


def test_agreed_rounds_are_those_of_the_projects_asked(engine: Engine) -> None:
    ids = [add_project(engine, f"P{n}", f"Project {n}") for n in (1, 2)]
    scans = [individual(engine, each, DAY, CHECK_CASE) for each in ids]
    for scan_id in scans:
        record_consensus(engine, ANNA, scan_id, NHS, "fit", "a", "Ja.", None, as_of=DAY)
    assert agreed_rounds(engine, ids) == set(scans)
    assert agreed_rounds(engine, ids[:1]) == {scans[0]}
    assert agreed_rounds(engine, []) == frozenset()
