"""What is known of one project on a day, as plain facts for rules to judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from borging.domain.terms import Course, ProjectState, Sustain


@dataclass(frozen=True)
class Handover:
    """One result. agreed_on, handed_over_on: None is not known, not yet."""

    title: str
    receiver: str | None = None
    agreed_on: date | None = None
    handed_over_on: date | None = None


@dataclass(frozen=True)
class Contract:
    """One contract. notice_by: the last day to end it."""

    what: str
    notice_by: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class ProjectFacts:
    """What the rules look at, as known on `as_of`.

    late_phases: label and days. evaluations: planned_on and held_on of each. unbudgeted: running
    costs that are in no budget. known_by_one: subjects that one person knows. voices: how many of
    the stakeholders are against (below 0), neutral, or in favour. scanned_on: None is not measured.
    """

    as_of: date
    state: ProjectState = ProjectState.RUNNING
    end: date | None = None
    owner: str | None = None
    borging_in_plan: bool | None = None
    course: Course | None = None
    course_on: date | None = None
    decision: str | None = None
    decision_before: date | None = None
    sustain: Sustain = Sustain.SUSTAINING
    sustained_until: date | None = None
    late_phases: tuple[tuple[str, int], ...] = ()
    handovers: tuple[Handover, ...] = ()
    funding_end: date | None = None
    evaluations: tuple[tuple[date | None, date | None], ...] = ()
    unbudgeted: tuple[str, ...] = ()
    contracts: tuple[Contract, ...] = ()
    known_by_one: tuple[str, ...] = ()
    voices: tuple[int, ...] = ()
    items_unowned: int = 0
    scanned_on: date | None = None

    @property
    def stopped(self) -> bool:
        """Whether the project will hand nothing over: withdrawn or rejected."""
        return self.state.is_stopped

    @property
    def begun(self) -> bool:
        """Whether the project is past its idea and goes on."""
        return self.state.is_chosen

    @property
    def under_way(self) -> bool:
        """Whether the project itself still works."""
        return self.state.is_active

    @property
    def waiting(self) -> tuple[Handover, ...]:
        """The results that were not handed over by this day."""
        return tuple(
            each
            for each in self.handovers
            if each.handed_over_on is None or each.handed_over_on > self.as_of
        )
