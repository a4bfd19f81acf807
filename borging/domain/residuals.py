"""Restpunten: what is left over at handover, and whether the line has taken it on.

An item is open on a day from its creation up to but not including the day it was closed.
"""

from __future__ import annotations

from datetime import date

from borging.domain.terms import Standing

AGE_CLASSES = (
    (0, 30, "korter dan 1 mnd"),
    (31, 91, "1–3 mnd"),
    (92, 182, "3–6 mnd"),
    (183, 365, "6–12 mnd"),
    (366, None, "langer dan 12 mnd"),
)
"""(first day, last day or None, words), both inclusive, in days of age."""


def is_open(created: date, closed: date | None, as_of: date) -> bool:
    """Return whether an item exists and is not closed at the end of `as_of`."""
    return created <= as_of and (closed is None or closed > as_of)


def is_accepted(accepted_by: object | None, accepted_on: date | None, as_of: date) -> bool:
    """Return whether the line accepted an item on or before `as_of`.

    An acceptance without a day counts from the start.
    """
    return accepted_by is not None and (accepted_on is None or accepted_on <= as_of)


def standing(
    owner: object | None, accepted_by: object | None, accepted_on: date | None, as_of: date
) -> Standing:
    """Return whether an item has an owner and whether the line accepted it by `as_of`."""
    if owner is None:
        return Standing.UNOWNED
    accepted = is_accepted(accepted_by, accepted_on, as_of)
    return Standing.ACCEPTED if accepted else Standing.UNACCEPTED


def days_overdue(due: date | None, as_of: date) -> int:
    """Return the days past the due date; the due date itself is still in time."""
    return max(0, (as_of - due).days) if due else 0


def age_class(days: int) -> str:
    """Return the words of the age class that holds `days` (0 or more)."""
    for _, last, words in AGE_CLASSES:
        if last is None or days <= last:
            return words
    raise AssertionError("the last age class has no end")
