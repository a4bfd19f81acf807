from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from borging.domain.phases import (
    PhaseDates,
    current_phase,
    days_late,
    is_under_way,
    phase_status,
    usual_carrier,
)
from borging.domain.project_fields import PhaseFields
from borging.domain.terms import Carrier, Phase, PhaseStatus

DAY = date(2026, 11, 23)
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        (PhaseDates(), PhaseStatus.UNPLANNED),
        (PhaseDates(actual_start=BEFORE, actual_end=BEFORE), PhaseStatus.DONE),
        (PhaseDates(actual_start=BEFORE, actual_end=DAY), PhaseStatus.DONE),
        (PhaseDates(actual_start=BEFORE, actual_end=AFTER), PhaseStatus.RUNNING),
        (PhaseDates(planned_end=BEFORE, actual_start=BEFORE), PhaseStatus.LATE),
        (PhaseDates(planned_end=DAY, actual_start=BEFORE), PhaseStatus.RUNNING),
        (PhaseDates(planned_end=AFTER, actual_start=BEFORE), PhaseStatus.RUNNING),
        (PhaseDates(planned_start=BEFORE, planned_end=AFTER), PhaseStatus.LATE),
        (PhaseDates(planned_start=DAY, planned_end=AFTER), PhaseStatus.PLANNED),
        (PhaseDates(planned_start=AFTER, planned_end=AFTER), PhaseStatus.PLANNED),
        (PhaseDates(planned_start=BEFORE, actual_start=DAY), PhaseStatus.RUNNING),
        (PhaseDates(planned_start=BEFORE, actual_start=AFTER), PhaseStatus.LATE),
        (PhaseDates(planned_end=AFTER), PhaseStatus.UNKNOWN),
        (PhaseDates(planned_end=BEFORE), PhaseStatus.LATE),
        (PhaseDates(actual_start=AFTER), PhaseStatus.UNKNOWN),
        (PhaseDates(planned_end=BEFORE, actual_end=BEFORE), PhaseStatus.DONE),
    ],
)
def test_status_on_the_edge(dates: PhaseDates, status: PhaseStatus) -> None:
    assert phase_status(dates, DAY) == status


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (PhaseDates(), None),
        (PhaseDates(planned_end=DAY, actual_end=BEFORE), -1),
        (PhaseDates(planned_end=BEFORE, actual_end=DAY), 1),
        (PhaseDates(actual_end=DAY), None),
        (PhaseDates(planned_end=BEFORE, actual_start=BEFORE), 1),
        (PhaseDates(planned_end=AFTER, actual_start=BEFORE), 0),
        (PhaseDates(planned_start=DAY - timedelta(9), planned_end=DAY - timedelta(2)), 9),
        (PhaseDates(planned_end=BEFORE, actual_end=AFTER), 1),
    ],
)
def test_days_late(dates: PhaseDates, days: int | None) -> None:
    assert days_late(dates, DAY) == days


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        (PhaseDates(planned_start=BEFORE, planned_end=BEFORE), PhaseStatus.PROPOSED),
        (PhaseDates(planned_start=AFTER, planned_end=AFTER), PhaseStatus.PROPOSED),
        (PhaseDates(planned_end=BEFORE), PhaseStatus.PROPOSED),
        (PhaseDates(planned_end=BEFORE, actual_start=AFTER), PhaseStatus.PROPOSED),
        (PhaseDates(planned_end=BEFORE, actual_start=DAY), PhaseStatus.RUNNING),
        (PhaseDates(planned_end=BEFORE, actual_end=DAY), PhaseStatus.DONE),
        (PhaseDates(), PhaseStatus.UNPLANNED),
    ],
)
def test_a_proposal_is_never_late(dates: PhaseDates, status: PhaseStatus) -> None:
    proposed = replace(dates, confirmed=False)
    assert phase_status(proposed, DAY) == status
    assert days_late(proposed, DAY) is None


@pytest.mark.parametrize("phase", list(Phase))
def test_the_line_carries_institutionalisering_and_no_phase_before_it(phase: Phase) -> None:
    by_line = phase is Phase.INSTITUTIONALISATION
    assert usual_carrier(phase) == (Carrier.LINE if by_line else Carrier.PROJECT)
    assert PhaseFields(phase.value).carried_by == usual_carrier(phase)
    assert PhaseFields(phase.value, carried_by="line").carried_by == "line"


RUNNING = PhaseDates(planned_start=BEFORE, planned_end=AFTER, actual_start=BEFORE)
NOT_BEGUN = PhaseDates(planned_start=DAY - timedelta(30), planned_end=AFTER)
ENDED = PhaseDates(actual_start=BEFORE, actual_end=BEFORE)
COMING = PhaseDates(planned_start=AFTER, planned_end=AFTER + timedelta(30))


def test_a_phase_that_is_late_but_never_began_is_not_the_current_one() -> None:
    phases = {Phase.HANDOVER: RUNNING, Phase.INSTITUTIONALISATION: NOT_BEGUN}
    assert phase_status(NOT_BEGUN, DAY) == PhaseStatus.LATE
    assert current_phase(phases, DAY) == Phase.HANDOVER


def test_the_current_phase_is_the_furthest_one_that_began_and_did_not_end() -> None:
    phases = {
        Phase.PREPARATION: ENDED,
        Phase.INTRODUCTION: RUNNING,
        Phase.INTEGRATION: RUNNING,
        Phase.HANDOVER: COMING,
    }
    assert current_phase(phases, DAY) == Phase.INTEGRATION


def test_integration_may_run_on_after_the_handover_ended() -> None:
    phases = {Phase.INTEGRATION: RUNNING, Phase.HANDOVER: ENDED}
    assert current_phase(phases, DAY) == Phase.INTEGRATION


def test_between_phases_a_project_is_in_the_last_one_that_ended() -> None:
    phases = {Phase.PREPARATION: ENDED, Phase.INTRODUCTION: COMING}
    assert current_phase(phases, DAY) == Phase.PREPARATION
    assert current_phase({Phase.HANDOVER: ENDED}, DAY) == Phase.HANDOVER


def test_a_project_that_never_began_is_in_the_first_phase_to_come() -> None:
    assert current_phase({}, DAY) is None
    assert current_phase({Phase.PREPARATION: PhaseDates()}, DAY) is None
    assert current_phase({Phase.PREPARATION: NOT_BEGUN, Phase.HANDOVER: COMING}, DAY) == (
        Phase.PREPARATION
    )
    assert current_phase({Phase.INTRODUCTION: PhaseDates(planned_end=AFTER)}, DAY) == (
        Phase.INTRODUCTION
    )


@pytest.mark.parametrize(
    ("as_of", "phase"),
    [
        (BEFORE, Phase.INTRODUCTION),
        (DAY, Phase.INTEGRATION),
        (AFTER, Phase.INTEGRATION),
    ],
)
def test_a_phase_counts_from_the_day_it_began(as_of: date, phase: Phase) -> None:
    phases = {
        Phase.INTRODUCTION: PhaseDates(actual_start=DAY - timedelta(9)),
        Phase.INTEGRATION: PhaseDates(actual_start=DAY),
    }
    assert current_phase(phases, as_of) == phase


@pytest.mark.parametrize(
    ("as_of", "phase"),
    [(BEFORE, Phase.INTEGRATION), (DAY, Phase.INTRODUCTION), (AFTER, Phase.INTRODUCTION)],
)
def test_a_phase_counts_until_the_day_it_ended(as_of: date, phase: Phase) -> None:
    phases = {
        Phase.INTRODUCTION: PhaseDates(actual_start=DAY - timedelta(9)),
        Phase.INTEGRATION: PhaseDates(actual_start=DAY - timedelta(9), actual_end=DAY),
    }
    assert current_phase(phases, as_of) == phase


def _random_phases(rng: random.Random) -> dict[Phase, PhaseDates]:
    def day() -> date | None:
        return None if rng.random() < 0.4 else DAY + timedelta(rng.randint(-3, 3))

    phases = rng.sample(list(Phase), rng.randint(0, len(Phase)))
    return {each: PhaseDates(day(), day(), day(), day()) for each in phases}


def test_no_phase_without_a_start_is_current_while_another_one_runs() -> None:
    rng = random.Random(4)
    seen = 0
    for _ in range(3000):
        phases = _random_phases(rng)
        running = {each for each, dates in phases.items() if is_under_way(dates, DAY)}
        current = current_phase(phases, DAY)
        if running:
            seen += 1
            assert current in running
            assert phases[current].known_at(DAY).actual_start is not None
        else:
            ended = [e for e, dates in phases.items() if dates.known_at(DAY).actual_end]
            assert current in ended or not ended
    assert seen > 1000
