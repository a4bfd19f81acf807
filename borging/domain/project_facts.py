"""What is known of one project on a day, as plain facts for rules to judge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from borging.domain.dossier_bounds import Evaluation, is_finishing
from borging.domain.scan_standing import NEVER_SCANNED, ScanStanding
from borging.domain.stakeholders import Voice
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

    late_phases: label and days. unbudgeted: running costs that are in no budget. known_by_one:
    subjects that one person knows. voices: the stakeholders whose position is known.
    contradicted: what is recorded against an answer ‘ja’ to a hard question, in sentences.
    """

    as_of: date
    state: ProjectState = ProjectState.RUNNING
    end: date | None = None
    owner: str | None = None
    borging_in_plan: bool | None = None
    course: Course | None = None
    course_on: date | None = None
    decision: str | None = None
    decision_from: str | None = None
    decision_before: date | None = None
    sustain: Sustain = Sustain.SUSTAINING
    sustained_until: date | None = None
    late_phases: tuple[tuple[str, int], ...] = ()
    handovers: tuple[Handover, ...] = ()
    funding_end: date | None = None
    evaluations: tuple[Evaluation, ...] = ()
    unbudgeted: tuple[str, ...] = ()
    contracts: tuple[Contract, ...] = ()
    known_by_one: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    items_unowned: int = 0
    contradicted: tuple[str, ...] = ()
    scan: ScanStanding = NEVER_SCANNED

    @property
    def finishing(self) -> bool:
        """Whether the project is done or nearly; see `is_finishing`."""
        handed = [each not in self.waiting for each in self.handovers]
        return is_finishing(self.state, self.end, handed, self.as_of)

    @property
    def waiting(self) -> tuple[Handover, ...]:
        """The results that were not handed over by this day."""
        return tuple(
            each
            for each in self.handovers
            if each.handed_over_on is None or each.handed_over_on > self.as_of
        )
