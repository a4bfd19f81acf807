"""One scenario beside the plan of the example: what is about to hand over does so later."""

from __future__ import annotations

from borging.domain.changes import Shift, write_changes
from borging.domain.plan_rows import ScenarioStatus
from borging.domain.terms import Phase
from borging.example.draft import SOURCE, Draft
from borging.example.timeline import MONDAY

NAME = "Overdrachten acht weken later"
NOTE = "Wat als de eerste drie projecten die gaan overdragen dat acht weken later doen?"
MOST, WEEKS = 3, 8
WITHIN = 20
"""Weeks from now within which the handover was to begin."""


def add_scenario(draft: Draft) -> None:
    """Add it when there are projects whose handover is to begin soon."""
    first, last = draft.day(1, MONDAY), draft.day(WITHIN, MONDAY)
    moved = [
        Shift(row["project_id"], WEEKS)
        for row in draft.rows.get("phase_record", [])
        if row["phase"] == Phase.HANDOVER
        and row["actual_start"] is None
        and row["planned_start"] is not None
        and first <= row["planned_start"] <= last
    ][:MOST]
    if moved:
        draft.add(
            "scenario",
            name=NAME,
            note=NOTE,
            status=ScenarioStatus.DRAFT.value,
            changes=write_changes(moved),
            created_on=draft.day(-1, MONDAY),
            version=1,
            source=SOURCE,
        )
