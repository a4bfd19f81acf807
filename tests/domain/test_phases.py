from __future__ import annotations

from datetime import date, timedelta

import pytest

from borging.domain.phases import PhaseDates, current_phase, days_late, phase_status
from borging.domain.terms import Phase, PhaseStatus

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


def test_the_current_phase_is_the_furthest_one_under_way() -> None:
    statuses = {
        Phase.PREPARATION: PhaseStatus.DONE,
        Phase.INTRODUCTION: PhaseStatus.LATE,
        Phase.INTEGRATION: PhaseStatus.RUNNING,
        Phase.HANDOVER: PhaseStatus.PLANNED,
    }
    assert current_phase(statuses) == Phase.INTEGRATION


def test_between_phases_the_next_one_counts() -> None:
    statuses = {Phase.PREPARATION: PhaseStatus.DONE, Phase.INTRODUCTION: PhaseStatus.PLANNED}
    assert current_phase(statuses) == Phase.INTRODUCTION
    assert current_phase({}) is None
    assert current_phase({Phase.HANDOVER: PhaseStatus.DONE}) == Phase.HANDOVER
