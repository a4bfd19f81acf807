"""The status of one phase, derived from its dates and a day; nothing is stored.

Both the planned and the actual end are the last day that still belongs to the phase.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from borging.domain.terms import Phase, PhaseStatus


@dataclass(frozen=True)
class PhaseDates:
    """The four dates of a phase; None is unknown."""

    planned_start: date | None = None
    planned_end: date | None = None
    actual_start: date | None = None
    actual_end: date | None = None

    def known_at(self, as_of: date) -> PhaseDates:
        """Return the dates as they were known on `as_of`: what happened later is not there."""
        started = self.actual_start if self.actual_start and self.actual_start <= as_of else None
        ended = self.actual_end if self.actual_end and self.actual_end <= as_of else None
        return PhaseDates(self.planned_start, self.planned_end, started, ended)

    @property
    def start(self) -> date | None:
        """The day the phase began, else the day it should begin."""
        return self.actual_start or self.planned_start

    @property
    def end(self) -> date | None:
        """The last day of the phase, else the day planned for it."""
        return self.actual_end or self.planned_end


def phase_status(dates: PhaseDates, as_of: date) -> PhaseStatus:
    """Judge one phase on `as_of`, that day included.

    A date in the future of `as_of` is not a fact yet: a phase that ended tomorrow is
    running today.
    """
    known = dates.known_at(as_of)
    if known.actual_end:
        return PhaseStatus.DONE
    if not any((dates.planned_start, dates.planned_end, dates.actual_start, dates.actual_end)):
        return PhaseStatus.UNPLANNED
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
    the plan gives no date to compare with.
    """
    known = dates.known_at(as_of)
    if known.actual_end:
        return (known.actual_end - known.planned_end).days if known.planned_end else None
    behind = []
    if known.planned_end:
        behind.append((as_of - known.planned_end).days)
    if known.planned_start and not known.actual_start:
        behind.append((as_of - known.planned_start).days)
    return max(0, *behind) if behind else None


def current_phase(statuses: dict[Phase, PhaseStatus]) -> Phase | None:
    """Return the furthest phase that is under way, else the next one to begin.

    Late phases count as under way. None when no phase is planned, or all are done and the
    last one is among them (then it is the last one).
    """
    under_way = [p for p in Phase if statuses.get(p) in (PhaseStatus.RUNNING, PhaseStatus.LATE)]
    if under_way:
        return under_way[-1]
    planned = [p for p in Phase if statuses.get(p) == PhaseStatus.PLANNED]
    if planned:
        return planned[0]
    done = [p for p in Phase if statuses.get(p) == PhaseStatus.DONE]
    return done[-1] if done else None
