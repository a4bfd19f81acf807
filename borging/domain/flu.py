"""The flu season as a fixed band of weeks: the one answer to "is this in the flu season?".

Portfolio, calendar, start check, scenarios and proposal all ask it here. It is no forecast.

The band includes both its weeks and runs over the turn of the year. The chance per week is that
of the recorded seasons, see `services.flu_winters`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from borging.domain.periods import Week

BAND_FIRST, BAND_LAST = 51, 11
BAND_WORDS = f"wk {BAND_FIRST}–{BAND_LAST}"


def in_flu_band(day: date) -> bool:
    """Return whether a day lies in week 51 up to and including week 11; week 53 does."""
    number = Week.of(day).number
    return number >= BAND_FIRST or number <= BAND_LAST


@dataclass(frozen=True)
class FluBand:
    """One flu season: its first and its last week, both included."""

    first: Week
    last: Week


def bands_between(first: date, last: date) -> list[FluBand]:
    """Return every flu season that touches `first`..`last`, oldest first."""
    bands = [
        FluBand(Week(year, BAND_FIRST), Week(year + 1, BAND_LAST))
        for year in range(first.year - 1, last.year + 1)
    ]
    return [b for b in bands if b.first.monday <= last and b.last.sunday >= first]
