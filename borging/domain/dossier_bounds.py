"""When something in a dossier asks for attention: what the signals and the parts both go by.

A row is an item of a list by the ids of its fields. Days are included: on its last day nothing
is late yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from borging.domain.terms import ProjectState

NOTICE_DAYS = 60
"""So many days before the last day to end a contract, or fewer, it asks for a decision; and so
many days after it asks whether the contract was prolonged."""
CLOSING_DAYS = 91
"""A project, or somebody from outside, with so many days left or fewer is closing."""
QUARTER_DAYS = 91
"""What was said, planned or shown longer ago, or comes later, does not count as recent."""


def runs(ends_on: date | None, as_of: date) -> bool:
    """Say whether a contract has not ended; one without an end runs on."""
    return ends_on is None or ends_on >= as_of


def to_decide(notice_by: date | None, as_of: date) -> bool:
    """Return whether the last day to end a contract is at most NOTICE_DAYS days away or ago."""
    return notice_by is not None and abs((notice_by - as_of).days) <= NOTICE_DAYS


def notice_forgotten(notice_by: date | None, as_of: date) -> bool:
    """Return whether the last day to end a contract passed more than NOTICE_DAYS days ago."""
    return notice_by is not None and (as_of - notice_by).days > NOTICE_DAYS


def is_closing(end: date | None, as_of: date) -> bool:
    """Say whether the end is within CLOSING_DAYS days, or has passed."""
    return end is not None and end <= as_of + timedelta(CLOSING_DAYS)


def known_by_one(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the subjects that exactly one person knows."""
    return [row["topic"] for row in rows if len({row["first"], row["second"]} - {None}) == 1]


def in_no_budget(rows: Iterable[Mapping[str, Any]], as_of: date) -> list[str]:
    """Return the costs of this year and later of which somebody said that no budget has them."""
    return [r["what"] for r in rows if r["year"] >= as_of.year and r["budgeted"] is False]


@dataclass(frozen=True)
class Evaluation:
    """One evaluation. long: whether it is the one on the long term."""

    planned_on: date | None = None
    held_on: date | None = None
    long: bool = False

    def held(self, as_of: date) -> bool:
        """Return whether it was held on or before a day."""
        return self.held_on is not None and self.held_on <= as_of

    def to_come(self, as_of: date) -> bool:
        """Return whether it is planned for this day or later and was not held yet."""
        return self.planned_on is not None and self.planned_on >= as_of and not self.held(as_of)


def lacks_evaluation(evaluations: Iterable[Evaluation], as_of: date) -> bool:
    """Return whether none is still to come, where the one on the long term was not held."""
    return not any(e.to_come(as_of) or (e.long and e.held(as_of)) for e in evaluations)


def is_finishing(
    state: ProjectState, end: date | None, handed: Iterable[bool], as_of: date
) -> bool:
    """Return whether a project is done or nearly, so that its evaluations must be planned.

    handed: per result whether it was handed over.
    """
    done = list(handed)
    return state == ProjectState.CLOSED or is_closing(end, as_of) or (bool(done) and all(done))
