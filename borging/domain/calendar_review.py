"""The yearly review of the projectenkalender: what is recorded of it, and what changed since.

A review that was held a year ago to the day is on time; a day later the next one is late.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from borging.domain.periods import add_months
from borging.domain.project_fields import Who
from borging.domain.terms import ProjectState, Term

MONTHS_BETWEEN = 12
LONGEST_LINE = 200
"""Characters of one decision: a line to look back on, not minutes."""


class Reviewed(Term):
    """Whether the calendar was looked at in the past year."""

    NEVER = "never", "nog nooit herzien"
    LATE = "late", "herziening te laat"
    ON_TIME = "on_time", "herzien"


@dataclass(frozen=True)
class ReviewFields:
    """What people write down of a review. participants: who else took part, as text.

    next_on: the day on which the next one is planned.
    """

    held_on: date | None
    chaired_by_id: Who
    participants: str
    decisions: tuple[str, ...]
    next_on: date | None

    def problems(self, today: date) -> list[str]:
        """Return in Dutch what is wrong with it."""
        found = []
        if self.held_on is None:
            found.append("Vul de dag van de herziening in.")
        elif self.held_on > today:
            found.append(
                f"De herziening van {self.held_on:%d-%m-%Y} is nog niet geweest. Leg haar vast als "
                "zij is gehouden."
            )
        if self.chaired_by_id is None:
            found.append("Kies wie de herziening leidde.")
        if self.next_on is None:
            found.append("Vul in wanneer de volgende herziening is.")
        elif self.held_on is not None and self.next_on <= self.held_on:
            found.append(
                f"De volgende herziening ({self.next_on:%d-%m-%Y}) moet later zijn dan deze "
                f"({self.held_on:%d-%m-%Y})."
            )
        if any(len(line) > LONGEST_LINE for line in self.decisions):
            found.append(f"Houd elk besluit op één regel van hoogstens {LONGEST_LINE} tekens.")
        return found


def decision_lines(text: str) -> tuple[str, ...]:
    """Return the decisions of a text that has one on each line; blank lines do not count."""
    return tuple(line for line in (" ".join(raw.split()) for raw in text.splitlines()) if line)


def next_review(held_on: date) -> date:
    """Return the day on which the next review is due."""
    return add_months(held_on, MONTHS_BETWEEN)


def reviewed(last: date | None, as_of: date) -> Reviewed:
    """Judge on `as_of`, that day included. last: day of the newest review, None for none."""
    if last is None:
        return Reviewed.NEVER
    return Reviewed.LATE if as_of > next_review(last) else Reviewed.ON_TIME


@dataclass(frozen=True)
class Entry:
    """A project on the calendar. state: a value of ProjectState. theme: None is without."""

    state: str
    end: date | None = None
    theme: str | None = None


@dataclass(frozen=True)
class LookedAt:
    """What lay on the table at a review.

    day: of this picture. handovers: agreed for the year from that day. entries: by project code.
    """

    day: date
    running: int
    handovers: int
    entries: Mapping[str, Entry]

    @property
    def projects(self) -> int:
        """How many projects there were."""
        return len(self.entries)


@dataclass(frozen=True)
class Changes:
    """What is different on the calendar: codes, in order.

    closed: afgesloten since. stopped: ingetrokken or afgewezen since. moved: with another end,
    where both ends are known. gone: no longer on the list.
    """

    new: tuple[str, ...]
    closed: tuple[str, ...]
    stopped: tuple[str, ...]
    moved: tuple[str, ...]
    gone: tuple[str, ...]


def changes(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> Changes:
    """Compare the calendar of a review with that of now."""
    both = sorted(before.keys() & now.keys())

    def became(states: Collection[ProjectState]) -> tuple[str, ...]:
        return tuple(c for c in both if now[c].state in states and before[c].state not in states)

    return Changes(
        new=tuple(sorted(now.keys() - before.keys())),
        closed=became([ProjectState.CLOSED]),
        stopped=became([state for state in ProjectState if state.is_stopped]),
        moved=tuple(
            c for c in both if before[c].end and now[c].end and before[c].end != now[c].end
        ),
        gone=tuple(sorted(before.keys() - now.keys())),
    )
