"""The status of one phase, derived from its dates and a day; nothing is stored.

Both the planned and the actual end are the last day that still belongs to the phase.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from borging.domain.terms import Carrier, Phase, PhaseStatus


@dataclass(frozen=True)
class PhaseDates:
    """The four dates of a phase; None is unknown.

    confirmed: False while the planned dates are a proposal that nobody looked at.
    """

    planned_start: date | None = None
    planned_end: date | None = None
    actual_start: date | None = None
    actual_end: date | None = None
    confirmed: bool = True

    def known_at(self, as_of: date) -> PhaseDates:
        """Return the dates as they were known on `as_of`: what happened later is not there."""
        started = self.actual_start if self.actual_start and self.actual_start <= as_of else None
        ended = self.actual_end if self.actual_end and self.actual_end <= as_of else None
        return PhaseDates(self.planned_start, self.planned_end, started, ended, self.confirmed)

    @property
    def any_known(self) -> bool:
        """Whether one of the dates is known."""
        return bool(self.planned_start or self.planned_end or self.actual_start or self.actual_end)

    @property
    def start(self) -> date | None:
        """The day the phase began, else the day it should begin."""
        return self.actual_start or self.planned_start

    @property
    def end(self) -> date | None:
        """The last day of the phase, else the day planned for it."""
        return self.actual_end or self.planned_end


def usual_carrier(phase: str) -> Carrier:
    """Return who carries a phase where nobody wrote it down.

    Institutionalisering is the responsibility of the line; every phase before it, overdracht
    included, is that of the project.
    """
    return Carrier.LINE if phase == Phase.INSTITUTIONALISATION else Carrier.PROJECT


def phase_status(dates: PhaseDates, as_of: date) -> PhaseStatus:
    """Judge one phase on `as_of`, that day included.

    A date in the future of `as_of` is not a fact yet: a phase that ended tomorrow is
    running today. Planned dates that nobody confirmed are a proposal, and a proposal is
    never late; a proposed phase that really began is running.
    """
    known = dates.known_at(as_of)
    if known.actual_end:
        return PhaseStatus.DONE
    if not dates.any_known:
        return PhaseStatus.UNPLANNED
    if not known.confirmed:
        return PhaseStatus.RUNNING if known.actual_start else PhaseStatus.PROPOSED
    if known.planned_end and known.planned_end < as_of:
        return PhaseStatus.LATE
    if known.actual_start:
        return PhaseStatus.RUNNING
    if known.planned_start is None:
        return PhaseStatus.UNKNOWN
    return PhaseStatus.LATE if known.planned_start < as_of else PhaseStatus.PLANNED


def days_late(dates: PhaseDates, as_of: date) -> int | None:
    """Return the days a phase is behind plan on `as_of`: negative is early.

    Done: actual end minus planned end. Not done: the larger of the days past the planned
    end and, when not started, past the planned start; 0 when nothing is past. None where
    the plan gives no date to compare with, or nobody confirmed it.
    """
    known = dates.known_at(as_of)
    if not known.confirmed:
        return None
    if known.actual_end:
        return (known.actual_end - known.planned_end).days if known.planned_end else None
    behind = []
    if known.planned_end:
        behind.append((as_of - known.planned_end).days)
    if known.planned_start and not known.actual_start:
        behind.append((as_of - known.planned_start).days)
    return max(0, *behind) if behind else None


def is_under_way(dates: PhaseDates, as_of: date) -> bool:
    """Return whether a phase has begun and has not ended on `as_of`.

    A phase with an end but without a start counts as ended, not as under way.
    """
    known = dates.known_at(as_of)
    return known.actual_start is not None and known.actual_end is None


def current_phase(phases: Mapping[Phase, PhaseDates], as_of: date) -> Phase | None:
    """Return the phase a project is in on `as_of`.

    That is the furthest phase, in the order of Phase, that began and did not end. Phases may
    overlap, and integratie may run on after overdracht. When none is under way it is the
    furthest phase that ended, and when none ended the first one with a date: the next to
    begin. None when no phase has a date. "Late" is the status of one phase: a phase that is
    late but did not begin is not the phase of the project.
    """
    own = [(each, phases[each]) for each in Phase if each in phases]
    under_way = [each for each, dates in own if is_under_way(dates, as_of)]
    if under_way:
        return under_way[-1]
    ended = [each for each, dates in own if dates.known_at(as_of).actual_end]
    if ended:
        return ended[-1]
    dated = [each for each, dates in own if dates.any_known]
    return dated[0] if dated else None
