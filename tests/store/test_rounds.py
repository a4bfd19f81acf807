from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from borging.access.actor import UNKNOWN_LOCAL
from borging.domain.rounds import ScanRound
from borging.domain.terms import Moment, RoundState
from borging.store.commands import devices, rounds
from borging.store.commands.rounds import RoundPlan, usual_plan
from borging.store.commands.scans import ScanError
from borging.store.commands.ways_in import NoWayInError
from borging.store.database import revision
from borging.store.queries import scans
from borging.store.tables import Record
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, hand_in, individual, open_round, seen

DAY = date(2026, 11, 18)
T = Record.metadata.tables


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


def plan(engine: Engine, project_id: int, **other: Any) -> int:
    wanted = replace(usual_plan(DAY), **other)
    return rounds.plan_round(engine, ANNA, project_id, NHS, wanted, as_of=DAY)


def only(engine: Engine, project_id: int, as_of: date = DAY) -> ScanRound:
    (found,) = scans.rounds(engine, NHS, project_id, as_of)
    return found


def last_entry(engine: Engine) -> Any:
    audit = T["audit_entry"]
    with engine.connect() as connection:
        return connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()


def test_a_round_goes_from_concept_to_published(engine: Engine, project: int) -> None:
    before = revision(engine)
    scan_id = plan(engine, project, moment=Moment.PILOT)
    found = only(engine, project)
    assert (found.state, found.moment) == (RoundState.DRAFT, Moment.PILOT)
    assert found.closes_on == DAY + timedelta(days=14)
    rounds.open_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert only(engine, project).state == RoundState.OPEN
    for row in CHECK_CASE:
        hand_in(engine, scan_id, DAY, row)
    assert only(engine, project).score is None
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    found = only(engine, project)
    assert found.state == RoundState.CLOSED
    assert found.score is not None
    assert found.score.total == pytest.approx(71.0, abs=0.01)
    assert scans.newest_scans(engine, NHS, DAY).empty
    rounds.publish_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert only(engine, project).state == RoundState.PUBLISHED
    assert len(scans.newest_scans(engine, NHS, DAY)) == len(NHS.factors)
    made_by_commands, invitations = 4, 4
    assert revision(engine) == before + made_by_commands + invitations


def test_what_is_published_can_be_taken_back_and_stays_with_the_team(
    engine: Engine, project: int
) -> None:
    scan_id = individual(engine, project, DAY, CHECK_CASE)
    rounds.withdraw_round(engine, ANNA, seen(engine, scan_id))
    assert scans.newest_scans(engine, NHS, DAY).empty
    assert only(engine, project).score is not None
    assert last_entry(engine).summary == "P01: ronde van 18-11-2026 niet langer vrijgegeven"


def test_looking_back_shows_a_round_as_it_stood_then(engine: Engine, project: int) -> None:
    scan_id = open_round(engine, project, DAY)
    for row in CHECK_CASE:
        hand_in(engine, scan_id, DAY, row)
    close, publish = DAY + timedelta(days=3), DAY + timedelta(days=5)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=close)
    rounds.publish_round(engine, ANNA, seen(engine, scan_id), as_of=publish)
    stood = [
        (only(engine, project, day).state, only(engine, project, day).score is not None)
        for day in (DAY, close - timedelta(days=1), close, publish)
    ]
    assert stood == [
        (RoundState.OPEN, False),
        (RoundState.OPEN, False),
        (RoundState.CLOSED, True),
        (RoundState.PUBLISHED, True),
    ]
    assert scans.newest_scans(engine, NHS, publish - timedelta(days=1)).empty
    assert not scans.newest_scans(engine, NHS, publish).empty


def test_closing_sets_the_day_of_the_next_round(engine: Engine, project: int) -> None:
    scan_id = individual(engine, project, DAY, [])
    assert only(engine, project).next_on == date(2027, 2, 18)
    rounds.set_next_round(engine, ANNA, seen(engine, scan_id), date(2027, 3, 1))
    assert only(engine, project).next_on == date(2027, 3, 1)
    rounds.set_next_round(engine, ANNA, seen(engine, scan_id), None)
    assert only(engine, project).next_on is None
    with pytest.raises(ScanError, match="na deze ronde"):
        rounds.set_next_round(engine, ANNA, seen(engine, scan_id), DAY)


def test_the_minimum_and_the_question_about_roles_are_fixed_when_the_round_opens(
    engine: Engine, project: int
) -> None:
    scan_id = plan(engine, project)
    changed = replace(usual_plan(DAY), min_answers=5, asks_role=True)
    rounds.change_round(engine, ANNA, seen(engine, scan_id), changed, as_of=DAY)
    rounds.open_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    later = replace(changed, closes_on=DAY + timedelta(days=30))
    rounds.change_round(engine, ANNA, seen(engine, scan_id), later, as_of=DAY)
    found = only(engine, project)
    assert (found.min_answers, found.asks_role, found.closes_on) == (5, True, later.closes_on)
    for other in (replace(later, min_answers=4), replace(later, asks_role=False)):
        with pytest.raises(ScanError, match="staan vast"):
            rounds.change_round(engine, ANNA, seen(engine, scan_id), other, as_of=DAY)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (RoundPlan(Moment.PLAN, DAY - timedelta(days=1)), "17-11-2026 is voorbij"),
        (RoundPlan(Moment.PLAN, DAY, min_answers=2), "niet lager zijn dan 3"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_leaves_nothing(
    engine: Engine, project: int, wanted: RoundPlan, words: str
) -> None:
    before = revision(engine)
    with pytest.raises(ScanError, match=words):
        rounds.plan_round(engine, ANNA, project, NHS, wanted, as_of=DAY)
    assert revision(engine) == before
    assert scans.rounds(engine, NHS, project, DAY) == []


def test_a_project_has_one_round_at_a_time(engine: Engine, project: int) -> None:
    scan_id = plan(engine, project)
    with pytest.raises(ScanError, match="al een ronde die nog niet is gesloten"):
        plan(engine, project)
    rounds.remove_concept(engine, ANNA, seen(engine, scan_id))
    assert plan(engine, add_project(engine, "P02"))
    again = plan(engine, project)
    rounds.open_round(engine, ANNA, seen(engine, again), as_of=DAY)
    with pytest.raises(ScanError, match="Alleen een concept"):
        rounds.remove_concept(engine, ANNA, seen(engine, again))
    with pytest.raises(ScanError, match="al open"):
        rounds.open_round(engine, ANNA, seen(engine, again), as_of=DAY)


def test_between_two_rounds_lie_two_weeks(engine: Engine, project: int) -> None:
    individual(engine, project, DAY, CHECK_CASE)
    second = plan(engine, project, closes_on=DAY + timedelta(days=60))
    with pytest.raises(ScanError, match="op zijn vroegst op 02-12-2026"):
        rounds.open_round(engine, ANNA, seen(engine, second), as_of=DAY + timedelta(days=13))
    other = add_project(engine, "P02")
    individual(engine, other, DAY, CHECK_CASE[:3])
    rounds.open_round(engine, ANNA, seen(engine, plan(engine, other)), as_of=DAY)
    rounds.open_round(engine, ANNA, seen(engine, second), as_of=DAY + timedelta(days=14))


def test_a_concept_whose_last_day_is_over_cannot_open(engine: Engine, project: int) -> None:
    scan_id = plan(engine, project, closes_on=DAY)
    with pytest.raises(ScanError, match="sluitingsdatum is voorbij"):
        rounds.open_round(engine, ANNA, seen(engine, scan_id), as_of=DAY + timedelta(days=1))


def test_a_closed_round_does_not_change_any_more(engine: Engine, project: int) -> None:
    scan_id = individual(engine, project, DAY, CHECK_CASE)
    with pytest.raises(ScanError, match="gesloten"):
        rounds.change_round(engine, ANNA, seen(engine, scan_id), usual_plan(DAY), as_of=DAY)
    for act in (rounds.open_round, rounds.close_round):
        with pytest.raises(ScanError, match=r"gesloten|niet open"):
            act(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    concept = plan(engine, project)
    with pytest.raises(ScanError, match="Sluit de ronde eerst"):
        rounds.publish_round(engine, ANNA, seen(engine, concept), as_of=DAY)
    with pytest.raises(ScanError, match="niet open"):
        rounds.close_round(engine, ANNA, seen(engine, concept), as_of=DAY)


def test_a_round_is_counted_by_itself_on_the_third_day_after_its_last_day(
    engine: Engine, project: int
) -> None:
    scan_id = open_round(engine, project, DAY)
    for row in CHECK_CASE:
        hand_in(engine, scan_id, DAY, row)
    last = DAY + timedelta(days=14)
    for days, closed in ((-1, 0), (0, 0), (1, 0), (1, 0), (2, 0), (3, 1), (3, 0)):
        assert rounds.close_overdue(engine, last + timedelta(days=days)) == closed
    found = only(engine, project, last + timedelta(days=3))
    assert (found.state, found.score is not None) == (RoundState.CLOSED, True)


def test_a_clock_that_ran_ahead_closes_no_round_for_good(engine: Engine, project: int) -> None:
    """A day of the future once, however far, takes nothing: with the clock right all go on."""
    scan_id = open_round(engine, project, DAY)
    for row in CHECK_CASE[:3]:
        hand_in(engine, scan_id, DAY, row)
    for _ in range(3):
        assert rounds.close_overdue(engine, date(2031, 1, 1)) == 0
    assert rounds.close_overdue(engine, DAY + timedelta(days=1)) == 0
    hand_in(engine, scan_id, DAY + timedelta(days=1), CHECK_CASE[3])
    for days in range(15, 20):
        assert rounds.close_overdue(engine, DAY + timedelta(days=days)) == 0, "the clock is off"
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY + timedelta(days=20))
    assert only(engine, project, DAY + timedelta(days=20)).score is not None


def test_closing_by_date_is_taken_back_until_the_round_is_counted(
    engine: Engine, project: int
) -> None:
    scan_id = open_round(engine, project, DAY)
    late = DAY + timedelta(days=16)
    assert rounds.close_overdue(engine, late) == 0
    plan = replace(usual_plan(late), closes_on=late + timedelta(days=7))
    rounds.change_round(engine, ANNA, seen(engine, scan_id), plan, as_of=late)
    for days in range(1, 8):
        assert rounds.close_overdue(engine, late + timedelta(days=days)) == 0
    hand_in(engine, scan_id, late + timedelta(days=7), CHECK_CASE[0])
    for days, closed in ((8, 0), (9, 0), (10, 1)):
        assert rounds.close_overdue(engine, late + timedelta(days=days)) == closed


def test_a_round_with_a_contested_link_is_not_counted_by_itself(
    engine: Engine, project: int
) -> None:
    scan_id = open_round(engine, project, DAY)
    link = hand_in(engine, scan_id, DAY, CHECK_CASE[0])
    devices.object_to_answer(engine, link, scan_id, "another", as_of=DAY)
    for days in range(14, 30):
        assert rounds.close_overdue(engine, DAY + timedelta(days=days)) == 0


def test_after_its_last_day_a_round_takes_no_answers(engine: Engine, project: int) -> None:
    scan_id = open_round(engine, project, DAY)
    last = DAY + timedelta(days=14)
    hand_in(engine, scan_id, last, "a" * 10)
    with pytest.raises(NoWayInError):
        hand_in(engine, scan_id, last + timedelta(days=1), "a" * 10)


@pytest.mark.parametrize("table", ["project", "scan"])
def test_a_round_that_is_gone_can_do_nothing(engine: Engine, project: int, table: str) -> None:
    scan_id = open_round(engine, project, DAY)
    target = T[table]
    with engine.begin() as connection:
        connection.execute(update(target).values(deleted_at=datetime.now(UTC)))
    with pytest.raises(ScanError, match="bestaat niet"):
        rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    with pytest.raises(ScanError, match="bestaat niet"):
        rounds.publish_round(engine, ANNA, seen(engine, 999), as_of=DAY)


def test_somebody_unknown_can_hold_a_round(engine: Engine, project: int) -> None:
    rounds.plan_round(engine, UNKNOWN_LOCAL, project, NHS, usual_plan(DAY), as_of=DAY)
    assert only(engine, project).recorded_by is None
