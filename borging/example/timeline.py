"""When a project does what, in whole weeks counted from the week of `as_of` (week 0).

A span runs from the Monday of its first week to the Friday of its last. No plan begins or
ends in week 0, so that the day of the week never changes what is late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from borging.domain.terms import Phase, ProjectState
from borging.example.texts import Story

MONDAY, TUESDAY, THURSDAY, FRIDAY = 0, 1, 3, 4
LEAD_TIMES = {
    Phase.PREPARATION: (6, 10),
    Phase.INTRODUCTION: (8, 14),
    Phase.INTEGRATION: (14, 26),
    Phase.HANDOVER: (4, 8),
}
"""Weeks, shortest and longest, of the phases up to the handover."""


@dataclass(frozen=True)
class Calendar:
    """Turns weeks into days."""

    as_of: date

    def day(self, week: int, weekday: int = MONDAY) -> date:
        """Return a day (0 = Monday) of the week that lies `week` weeks after that of as_of."""
        monday = self.as_of - timedelta(days=self.as_of.weekday())
        return monday + timedelta(weeks=week, days=weekday)


@dataclass(frozen=True)
class Span:
    """First and last week of a phase as planned, and how many weeks it slipped at each end."""

    first: int
    last: int
    slip_first: int = 0
    slip_last: int = 0

    @property
    def began(self) -> int | None:
        """Week in which it began; None when that is still to come."""
        week = self.first + self.slip_first
        return week if week <= 0 else None

    @property
    def ended(self) -> int | None:
        """Last week; None when it is still to come."""
        week = settled(self.last + self.slip_last)
        return week if week < 0 else None


def settled(week: int) -> int:
    """Return the week before for week 0, any other week as it is."""
    return -1 if week == 0 else week


def draw_timeline(story: Story, rng: Random) -> dict[Phase, Span]:
    """Return the planned phases; empty for a project that was never planned."""
    if story.handover is None:
        return {}
    lengths = [rng.randint(*LEAD_TIMES[phase]) for phase in LEAD_TIMES]
    total = sum(lengths)
    if story.state == ProjectState.RUNNING and story.handover - total >= -3:
        total = story.handover + rng.randint(4, 12)
    if story.state == ProjectState.PLANNED and story.late:
        total = story.handover + story.late
    elif story.state == ProjectState.PLANNED and story.handover - total <= 2:
        total = story.handover - rng.randint(3, 9)
    return _spans(story, lengths, total, rng)


def _spans(story: Story, lengths: list[int], total: int, rng: Random) -> dict[Phase, Span]:
    assert story.handover is not None
    spans, passed, drawn = {}, 0, sum(lengths)
    start = story.handover - total + 1
    late = story.late or rng.choice((-1, 0, 0, 0, 1))
    for phase, length in zip(LEAD_TIMES, lengths, strict=True):
        first = start + round(total * passed / drawn)
        passed += length
        last = start + round(total * passed / drawn) - 1
        if phase is not Phase.PREPARATION and rng.random() < 0.3:
            first -= rng.randint(1, 2)
        before, after = (passed - length) / drawn, passed / drawn
        if story.state == ProjectState.PLANNED:
            before = after = 1
        spans[phase] = Span(
            settled(first), settled(last), round(late * before), round(late * after)
        )
    if story.after:
        span = spans[Phase.INTEGRATION]
        end = settled(story.handover + rng.randint(9, 13))
        spans[Phase.INTEGRATION] = Span(span.first, end, span.slip_first, late)
    first = settled(story.handover + rng.choice((1, 1, 1, -2)))
    last = settled(first + rng.randint(40, 56))
    spans[Phase.INSTITUTIONALISATION] = Span(first, last, late, late)
    return spans


def progress(spans: dict[Phase, Span], week: int) -> float:
    """Return how far a project is in `week`: 0 at its start, 0.75 at the handover, at most 1."""
    start, handover = spans[Phase.PREPARATION].first, spans[Phase.HANDOVER]
    end = handover.last + handover.slip_last
    if week <= end:
        return max(0.0, 0.75 * (week - start) / max(1, end - start))
    return min(1.0, 0.75 + 0.25 * (week - end) / 40)
