"""Rounds of a scan: when they take answers, and what may be shown of them.

A round takes answers from its own day up to and including OPEN_DAYS later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from borging.domain.scoring import ScanScore
from borging.domain.terms import ScanKind

MIN_ANSWERS = 4
LOWEST_MINIMUM = 3
OPEN_DAYS = 42


@dataclass(frozen=True)
class ScanRound:
    """One round of one project.

    number: place in time among the rounds of the project, from 1. score: None when there are
    too few answers to show, or none: the two look alike. recorded_by: who recorded the round.
    agreed_by: who agreed on a joint answer.
    """

    id: int
    project_id: int
    number: int
    kind: ScanKind
    scanned_on: date
    min_answers: int
    instrument_version: str
    recorded_by: str | None
    agreed_by: str | None
    score: ScanScore | None

    @property
    def joint(self) -> bool:
        """Whether this is one agreed answer."""
        return self.kind == ScanKind.JOINT


def takes_answers(kind: ScanKind | str, scanned_on: date, as_of: date) -> bool:
    """Say whether one more person can answer; a joint answer is complete at once."""
    last = scanned_on + timedelta(days=OPEN_DAYS)
    return kind == ScanKind.INDIVIDUAL and scanned_on <= as_of <= last


def newest_readable(rounds: list[ScanRound]) -> ScanRound | None:
    """Return the round that stands for a project; None when nothing may be shown.

    An agreed answer never takes the place of the individual answers of the same day.
    """
    readable = [each for each in rounds if each.score is not None]
    return max(readable, key=lambda r: (r.scanned_on, not r.joint, r.id), default=None)
