"""A project as somebody plans it, and how its phases are laid between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from borging.domain.project_fields import LONGEST, Who
from borging.domain.terms import Phase, ProjectState

LEAD_TIMES = {
    Phase.PREPARATION: 8,
    Phase.INTRODUCTION: 11,
    Phase.INTEGRATION: 20,
    Phase.HANDOVER: 6,
}
"""Usual weeks of the phases of a project; own estimate, only their proportion counts."""
SHORTEST = 28
"""Days of a project below which its phases cannot be told apart, the first and last included."""

Days = tuple[date, date]


@dataclass(frozen=True)
class NewProject:
    """What somebody fills in. handover: agreed day, the last one of the project.

    evaluation_on: day on which the line looks back with the project; None is not planned.
    begun_on: day on which the work really began; None is not begun, or not known.
    state: of ProjectState.
    """

    title: str
    start: date | None
    handover: date | None
    evaluation_on: date | None = None
    goal_id: int | None = None
    unit_id: int | None = None
    sponsor_id: Who = None
    owner_id: Who = None
    project_lead_id: Who = None
    borging_in_plan: bool | None = None
    state: ProjectState = ProjectState.PLANNED
    begun_on: date | None = None

    def problems(self) -> list[str]:
        """Return in Dutch what is wrong with it; advice is for the start check."""
        found = [] if self.title.strip() else ["Geef het project een titel."]
        if len(self.title.strip()) > LONGEST["title"]:
            found.append(f"De titel heeft ten hoogste {LONGEST['title']} tekens; kort hem in.")
        return found + self.problems_of_days()

    def problems_of_days(self) -> list[str]:
        """Return in Dutch what is wrong with its days; without any, phases can be laid."""
        found = []
        if self.start is None or self.handover is None:
            found.append("Vul een begin en een dag van overdracht in.")
        elif self.handover < self.start:
            found.append(
                f"De overdracht ({self.handover:%d-%m-%Y}) ligt vóór het begin "
                f"({self.start:%d-%m-%Y})."
            )
        elif (self.handover - self.start).days + 1 < SHORTEST:
            found.append(
                f"Tussen begin en overdracht zitten minder dan {SHORTEST // 7} weken; daarin "
                "passen geen vier fasen. Kies een latere overdracht."
            )
        if self.evaluation_on and self.handover and self.evaluation_on <= self.handover:
            found.append(
                f"De evaluatie ({self.evaluation_on:%d-%m-%Y}) moet na de overdracht komen "
                f"({self.handover:%d-%m-%Y})."
            )
        return found


def lay_phases(start: date, handover: date, evaluation_on: date | None) -> dict[Phase, Days]:
    """Return the first and last day of each phase, one after the other.

    Four phases fill the days up to the handover; what follows is of the line, up to and including
    the evaluation, and left out without one. handover: at least SHORTEST days from start.
    """
    total, passed = (handover - start).days + 1, 0
    whole = sum(LEAD_TIMES.values())
    found = {}
    for phase, weeks in LEAD_TIMES.items():
        first = start + timedelta(days=round(total * passed / whole))
        passed += weeks
        last = start + timedelta(days=round(total * passed / whole) - 1)
        found[phase] = (first, last)
    if evaluation_on is not None:
        found[Phase.INSTITUTIONALISATION] = (handover + timedelta(days=1), evaluation_on)
    return found
