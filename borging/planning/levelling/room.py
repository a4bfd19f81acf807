"""Within which weeks the phases of one project may move, and what makes that impossible.

Shifts are whole weeks, below zero is earlier. Days are included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from borging.domain.room import Room
from borging.domain.terms import Phase

PHASES = [phase.value for phase in Phase]


@dataclass(frozen=True)
class Moving:
    """A phase with its shifts, fewest and most weeks, and in Dutch what sets them.

    handovers: days that go with it. stays: it has begun, and does not move.
    """

    phase: str
    first: date
    last: date
    handovers: tuple[date, ...] = ()
    stays: bool = False
    low: int = 0
    high: int = 0
    why_low: str = ""
    why_high: str = ""

    @property
    def label(self) -> str:
        """The word on the screen."""
        return Phase(self.phase).label


@dataclass(frozen=True)
class Order:
    """Of two places in a list: the shift of `after` less that of `before` is `weeks` or more."""

    before: int
    after: int
    weeks: int


def in_order(phases: Sequence[Moving]) -> list[Moving]:
    """Return phases by the day they begin; on the same day in the order of Phase."""
    return sorted(phases, key=lambda each: (each.first, PHASES.index(each.phase)))


def orders(phases: Sequence[Moving]) -> list[Order]:
    """Return the order that phases have today: after the end, else not before the start.

    phases: as of `in_order`.
    """
    found = []
    for (before, one), (after, other) in combinations(enumerate(phases), 2):
        until = one.last + timedelta(days=1) if other.first > one.last else one.first
        found.append(Order(before, after, _weeks_up(until - other.first)))
    return found


def narrowed(
    phases: Sequence[Moving],
    links: Sequence[Order],
    room: Room,
    as_of: date,
    horizon: date,
) -> list[Moving]:
    """Return the phases with the shifts that room and order leave them.

    horizon: last day of the weeks that are reckoned with; what lies beyond it stays. Where
    nothing is left, low is above high.
    """
    ready = [_window(each, room, as_of, horizon) for each in phases]
    changed = True
    while changed:
        changed = False
        for link in links:
            before, after = ready[link.before], ready[link.after]
            if before.low > before.high or after.low > after.high:
                return ready
            if before.low + link.weeks > after.low:
                why = f"{before.label} gaat vooraf, en {before.why_low}"
                after = replace(after, low=before.low + link.weeks, why_low=why)
                changed = True
            if after.high - link.weeks < before.high:
                why = f"{after.label} komt erna, en {after.why_high}"
                before = replace(before, high=after.high - link.weeks, why_high=why)
                changed = True
            ready[link.before], ready[link.after] = before, after
    return ready


def conflicts(
    title: str, phases: Sequence[Moving], room: Room, handovers: Sequence[date]
) -> list[str]:
    """Say which dates of a project cannot be had together, whatever people there are.

    phases: as of `narrowed`. handovers: all days of handover of the project.
    """
    found = [
        f"{title}, {each.label}: op zijn vroegst klaar op {_day(_moved(each, each.low))} "
        f"({each.why_low}), maar uiterlijk klaar op {_day(_moved(each, each.high))} "
        f"({each.why_high})."
        for each in phases
        if each.low > each.high
    ]
    if room.legal_date and not any(each.phase == Phase.HANDOVER for each in phases):
        found += [
            f"{title}: de overdracht van {_day(day)} ligt na de wettelijke datum "
            f"{_day(room.legal_date)}, en kan niet schuiven."
            for day in handovers
            if day > room.legal_date
        ]
    return found


def _moved(phase: Moving, weeks: int) -> date:
    return phase.last + timedelta(weeks=weeks)


def _window(phase: Moving, room: Room, as_of: date, horizon: date) -> Moving:
    """Return a phase with what its own limits leave, order left aside; the tightest one counts."""
    if phase.stays:
        lows, highs = [(0, "deze fase loopt al")], [(0, "deze fase loopt al")]
    else:
        earlier, later = room.weeks_earlier, room.weeks_later
        lows = [
            (-earlier, _at_most(earlier, "eerder")),
            (_weeks_up(as_of - phase.first), "niets schuift naar vóór de peildatum"),
        ]
        highs = [(later, _at_most(later, "later"))]
        if room.earliest_start:
            why = f"begint niet vóór {_day(room.earliest_start)}"
            lows.append((_weeks_up(room.earliest_start - phase.first), why))
        if phase.last > horizon:
            beyond = f"ligt deels na {_day(horizon)}, buiten de weken van dit voorstel"
            lows, highs = [(0, beyond)], [(0, beyond)]
        else:
            why = f"het voorstel loopt tot en met {_day(horizon)}"
            highs.append((_weeks_down(horizon - phase.last), why))
    if room.latest_end:
        highs.append(
            (_weeks_down(room.latest_end - phase.last), f"uiterste einde {_day(room.latest_end)}")
        )
    if room.legal_date and phase.phase == Phase.HANDOVER:
        due = max(phase.handovers, default=phase.last)
        highs.append(
            (_weeks_down(room.legal_date - due), f"wettelijke datum {_day(room.legal_date)}")
        )
    low, high = max(lows), min(highs)
    return replace(phase, low=low[0], why_low=low[1], high=high[0], why_high=high[1])


def _at_most(weeks: int, where: str) -> str:
    if not weeks:
        return f"schuift niet naar {where}"
    return f"hoogstens {weeks} {'week' if weeks == 1 else 'weken'} {where}"


def _weeks_up(span: timedelta) -> int:
    return -(-span.days // 7)


def _weeks_down(span: timedelta) -> int:
    return span.days // 7


def _day(value: date) -> str:
    return f"{value:%d-%m-%Y}"
