"""When something in a dossier asks for attention: what the signals and the parts both go by.

A row is an item of a list by the ids of its fields. Days are included: on its last day nothing
is late yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

NOTICE_DAYS = 60
"""So many days before the last day to end a contract, or fewer, it asks for a decision."""
CLOSING_DAYS = 91
"""A project, or somebody from outside, with so many days left or fewer is closing."""
QUARTER_DAYS = 91
"""What was said, planned or shown longer ago, or comes later, does not count as recent."""


def runs(ends_on: date | None, as_of: date) -> bool:
    """Say whether a contract has not ended; one without an end runs on."""
    return ends_on is None or ends_on >= as_of


def to_decide(notice_by: date | None, as_of: date) -> bool:
    """Say whether a contract must be ended within NOTICE_DAYS days, or should have been."""
    return notice_by is not None and notice_by <= as_of + timedelta(NOTICE_DAYS)


def is_closing(end: date | None, as_of: date) -> bool:
    """Say whether the end is within CLOSING_DAYS days, or has passed."""
    return end is not None and end <= as_of + timedelta(CLOSING_DAYS)


def known_by_one(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the subjects that exactly one person knows."""
    return [row["topic"] for row in rows if len({row["first"], row["second"]} - {None}) == 1]


def in_no_budget(rows: Iterable[Mapping[str, Any]], as_of: date) -> list[str]:
    """Return the costs of this year and later of which somebody said that no budget has them."""
    return [r["what"] for r in rows if r["year"] >= as_of.year and r["budgeted"] is False]


def critic_missing(voices: Iterable[int]) -> bool:
    """Say whether nobody is against. voices: how much each is in favour, below 0 is against."""
    return not any(voice < 0 for voice in voices)


def enthusiast_missing(voices: Iterable[int]) -> bool:
    """Say whether nobody is in favour. voices: see `critic_missing`."""
    return not any(voice > 0 for voice in voices)
