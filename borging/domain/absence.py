"""Sick leave as it is reckoned with: a quiet level, a season, and more in epidemic weeks.

The quiet level is the third quarter of a sector. Each other quarter is higher by what the source
recorded, on average over the winters. Part of that excess is laid on the weeks in which flu was
epidemic, the rest (colds and all else that comes with the season) evenly on every week of the
quarter. So a quarter keeps its recorded mean and nothing counts twice. No source records the cause.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

QUIET_QUARTER = 3


QUARTERS = (1, 2, 3, 4)
NO_EXCESS = (0.0, 0.0, 0.0, 0.0)
PerQuarter = tuple[float, float, float, float]
"""A number for each quarter of the year, the first one first."""


@dataclass(frozen=True)
class Absence:
    """Sick leave to reckon with; all shares are 0–1 of working time.

    Attributes:
        base: the third quarter of `year`.
        winter_excess: extra in an epidemic week of a mean winter; None until it is worked out from
            the quarters and the winters, see `apart`.
        changes: of the third quarter on that of the year before, as recorded.
        quarters: recorded excess of each quarter on the third quarters before and after it.
        season: the part of that excess that comes in every week of the quarter.
    """

    sector: str
    base: float
    year: int
    winter_excess: float | None = None
    changes: tuple[float, ...] = ()
    quarters: PerQuarter = NO_EXCESS
    season: PerQuarter = NO_EXCESS

    @property
    def flu(self) -> float:
        """The extra in an epidemic week of a mean winter; 0 while it is not worked out."""
        return self.winter_excess or 0.0


Figures = Mapping[tuple[int, int], float]
"""Sick leave in per cent of working time, by year and quarter."""


@lru_cache(maxsize=4)
def sectors(path: Path) -> Mapping[str, Figures]:
    """Read the figures per sector, in the order of the file."""
    found: dict[str, dict[tuple[int, int], float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            quarter = int(row["jaar"]), int(row["kwartaal"])
            found.setdefault(row["sector"], {})[quarter] = float(row["verzuim_procent"])
    return found


def absence_of(
    sector: str, figures: Mapping[str, Figures], winter_excess: float | None = None
) -> Absence:
    """Return what to reckon with in a sector: the newest third quarter that is known."""
    known = figures[sector]
    quiet = {year: value for (year, quarter), value in known.items() if quarter == QUIET_QUARTER}
    changes = [quiet[y] - quiet[y - 1] for y in sorted(quiet) if y - 1 in quiet]
    year = max(quiet)
    first, second, third, fourth = (_excess(known, quiet, quarter) for quarter in QUARTERS)
    return Absence(
        sector,
        round(quiet[year] / 100, 6),
        year,
        winter_excess,
        tuple(round(change / 100, 6) for change in changes),
        (first, second, third, fourth),
    )


def _excess(known: Figures, quiet: Mapping[int, float], quarter: int) -> float:
    """Return the mean difference of a quarter with the third quarters before and after it.

    Sick leave rose over the years; against both neighbours that rise does not count as season.
    Every year counts, the corona years too: so do the winters of those years.
    """
    if quarter == QUIET_QUARTER:
        return 0.0
    step = 0 if quarter > QUIET_QUARTER else -1
    apart = [
        value - (quiet[year + step] + quiet[year + step + 1]) / 2
        for (year, each), value in known.items()
        if each == quarter and year + step in quiet and year + step + 1 in quiet
    ]
    return round(sum(apart) / len(apart) / 100, 6) if apart else 0.0


def apart(absence: Absence, epidemic: PerQuarter) -> Absence:
    """Divide the excess of the quarters over epidemic weeks and the season.

    Args:
        epidemic: mean share of the weeks of each quarter that is epidemic, each week counted for
            its intensity.

    Returns:
        The same with `winter_excess` and `season`. A winter excess that was given stays; else it is
        what remains in the first quarter when the season there is the mean of the quarters beside
        it. No season is below zero.
    """
    flu = absence.winter_excess
    if flu is None:
        first, second, _third, fourth = absence.quarters
        more = epidemic[0] - (epidemic[1] + epidemic[3]) / 2
        flu = max(0.0, (first - (second + fourth) / 2) / more) if more > 0 else 0.0
    left = [max(0.0, q - flu * e) for q, e in zip(absence.quarters, epidemic, strict=True)]
    return replace(
        absence, winter_excess=round(flu, 6), season=(left[0], left[1], left[2], left[3])
    )
