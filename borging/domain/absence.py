"""Sick leave as it is reckoned with: the quiet level of a sector, and more in epidemic weeks.

The quiet level is the third quarter. The whole difference with the first quarter is laid on the
weeks in which flu was epidemic: an upper estimate of our own, for no source records the cause.
Added to the third quarter; on top of a first quarter it would count twice.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WINTER_EXCESS = 0.022
"""Share (0–1) of working time lost on top of the quiet level in an epidemic week, if all of the
difference between the first and the third quarter is laid to flu. Own upper estimate; no source
records the cause.

Source: CBS 80072ned, hospitals and nursing homes, 2009–2025.
"""
QUIET_QUARTER = 3


@dataclass(frozen=True)
class Absence:
    """Sick leave to reckon with. base and winter_excess: shares 0–1 of working time.

    winter_excess is for an epidemic week of a mean winter. year: of the quarter behind the base.
    changes: of the third quarter on that of the year before, as recorded, shares.
    """

    sector: str
    base: float
    year: int
    winter_excess: float = WINTER_EXCESS
    changes: tuple[float, ...] = ()


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
    sector: str, figures: Mapping[str, Figures], winter_excess: float = WINTER_EXCESS
) -> Absence:
    """Return what to reckon with in a sector: the newest third quarter that is known."""
    quiet = {
        y: found for (y, quarter), found in figures[sector].items() if quarter == QUIET_QUARTER
    }
    changes = [quiet[y] - quiet[y - 1] for y in sorted(quiet) if y - 1 in quiet]
    year = max(quiet)
    return Absence(
        sector,
        round(quiet[year] / 100, 6),
        year,
        winter_excess,
        tuple(round(change / 100, 6) for change in changes),
    )
