"""Where projects stand: the status of every phase and the phase they are in."""

from __future__ import annotations

from datetime import date
from typing import cast

import pandas as pd

from borging.domain.phases import PhaseDates, current_phase, days_late, is_under_way, phase_status
from borging.domain.sustain import sustain_state
from borging.domain.terms import Phase, ProjectState

NO_PHASE = "geen fase gepland"
ACTIVE = tuple(state for state in ProjectState if state.is_active)
OVER = tuple(state for state in ProjectState if state.is_over)
STOPPED = tuple(state for state in ProjectState if state.is_stopped)
CHOSEN = tuple(state for state in ProjectState if state.is_chosen)
BEFORE_START = tuple(state for state in ProjectState if state.is_before_start)
"""The states for which a property of `ProjectState` holds, to filter a frame by."""


REPORTED = (
    *("course", "course_on", "course_sentence", "course_by", "course_source", "course_order"),
    *("decision", "decision_from", "decision_before"),
    *("items_open", "items_unowned", "items_unaccepted", "items_overdue"),
)
"""Columns of a project that hold its koers and its restpunten: what is reported most often."""


def without_reports(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects without koers and restpunten."""
    return projects.drop(columns=list(REPORTED))


def dates_of(column: pd.Series) -> list[date | None]:
    """Return a datetime column as plain days, None for unknown."""
    return cast("list[date | None]", column.to_numpy().astype("datetime64[D]").tolist())


def with_status(phases: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the phases with status, under_way and days_late.

    status: PhaseStatus. under_way: whether the phase began and did not end. days_late: Int64,
    negative is early.

    One row is one phase of one project, as `borging.store.queries.portfolio.phases` gives it.
    """
    dates = _phase_dates(phases)
    judged = phases.copy()
    judged["status"] = pd.Series(
        [phase_status(each, as_of) for each in dates], index=phases.index, dtype=object
    )
    judged["under_way"] = [is_under_way(each, as_of) for each in dates]
    judged["days_late"] = pd.array([days_late(each, as_of) for each in dates], dtype="Int64")
    return judged


def _phase_dates(phases: pd.DataFrame) -> list[PhaseDates]:
    names = ("planned_start", "planned_end", "actual_start", "actual_end")
    columns = [dates_of(phases[name]) for name in names]
    confirmed = phases["confirmed"].astype(bool)
    return [PhaseDates(*five) for five in zip(*columns, confirmed, strict=True)]


def with_stage(projects: pd.DataFrame, judged: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the projects with phase, phase_label, state_label and sustain.

    phase: see `borging.domain.phases.current_phase`. sustain: Sustain on `as_of`. judged: the
    phases with their status.
    """
    own: dict[int, dict[Phase, PhaseDates]] = {}
    for project_id, phase, dates in zip(
        judged["project_id"], judged["phase"], _phase_dates(judged), strict=True
    ):
        own.setdefault(project_id, {})[Phase(phase)] = dates
    found = [current_phase(own.get(project_id, {}), as_of) for project_id in projects["id"]]
    staged = projects.copy()
    staged["phase"] = pd.Series(found, index=projects.index, dtype=object)
    staged["phase_label"] = pd.Series(
        [phase.label if phase else NO_PHASE for phase in found], index=projects.index, dtype=object
    )
    staged["state_label"] = pd.Series(
        [ProjectState(state).label for state in projects["state"]],
        index=projects.index,
        dtype=object,
    )
    staged["sustain"] = pd.Series(
        [
            sustain_state(verdict, declared, as_of, ProjectState(state))
            for verdict, declared, state in zip(
                projects["verdict"],
                dates_of(projects["declared_on"]),
                projects["state"],
                strict=True,
            )
        ],
        index=projects.index,
        dtype=object,
    )
    return staged
