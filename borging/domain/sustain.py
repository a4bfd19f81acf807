"""Is a result geborgd? A declaration by a named person expires and must be renewed."""

from __future__ import annotations

from datetime import date

from borging.domain.periods import add_months
from borging.domain.terms import Sustain

RECONFIRM_AFTER_MONTHS = 12


def valid_until(declared_on: date, months: int = RECONFIRM_AFTER_MONTHS) -> date:
    """Return the last day on which a declaration still counts."""
    return add_months(declared_on, months)


def sustain_state(
    verdict: str | None,
    declared_on: date | None,
    as_of: date,
    months: int = RECONFIRM_AFTER_MONTHS,
) -> Sustain:
    """Judge the newest declaration on `as_of`; None means nobody declared anything yet."""
    if verdict is None or declared_on is None or declared_on > as_of:
        return Sustain.SUSTAINING
    if verdict == Sustain.RELAPSED:
        return Sustain.RELAPSED
    return Sustain.SUSTAINED if as_of <= valid_until(declared_on, months) else Sustain.RECONFIRM
