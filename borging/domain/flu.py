"""The flu season as planning sees it: a band of weeks and a chance per week.

The band includes both its weeks and runs over the turn of the year. The chance of a week is
the share of past seasons in which that week was epidemic: history, not a forecast.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from borging.domain.periods import Week

BAND_FIRST, BAND_LAST = 51, 11
BAND_WORDS = f"wk {BAND_FIRST}–{BAND_LAST}"


def in_flu_band(day: date) -> bool:
    """Say whether a day lies in week 51 up to and including week 11; week 53 does."""
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


@lru_cache(maxsize=4)
def chance_per_week(path: Path) -> Mapping[int, float]:
    """Read the chance (0–1) per ISO week number; weeks that are not in the file have none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {int(row["iso_week"]): float(row["kans"]) for row in rows}
