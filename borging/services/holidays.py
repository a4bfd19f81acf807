"""Public holidays and school holidays in the Netherlands.

Every period includes its first and its last day.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import holidays as calendars

from borging.services.wording import listed

SOURCE_ERROR = "fout in bron"
REGIONS = ("Noord", "Midden", "Zuid")


@dataclass(frozen=True)
class Holiday:
    """One holiday. regions: the regions it holds for, empty for the whole country."""

    name: str
    first: date
    last: date
    regions: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The regions in words."""
        if len(self.regions) in (0, len(REGIONS)):
            return "hele land"
        return f"regio {listed(self.regions)}"


@lru_cache(maxsize=64)
def _public(year: int) -> tuple[Holiday, ...]:
    found = calendars.country_holidays("NL", years=year, language="nl")
    return tuple(Holiday(name, day, day) for day, name in sorted(found.items()))


def public_holidays(first: date, last: date) -> list[Holiday]:
    """Return the public holidays within `first`..`last`, in order, with their Dutch names."""
    years = range(first.year, last.year + 1)
    return [h for year in years for h in _public(year) if first <= h.first <= last]


@lru_cache(maxsize=4)
def school_table(path: Path) -> tuple[Holiday, ...]:
    """Read the school holidays; regions with the same days are one holiday.

    Rows that the table itself marks as an error of the source are left out.
    """
    regions: dict[tuple[date, date, str], list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            if row["status"] == SOURCE_ERROR:
                continue
            days = date.fromisoformat(row["eerste_dag"]), date.fromisoformat(row["laatste_dag"])
            regions.setdefault((*days, row["vakantie"]), []).append(row["regio"])
    return tuple(
        Holiday(name, first, last, tuple(r for r in REGIONS if r in where))
        for (first, last, name), where in sorted(regions.items())
    )


def touching(table: tuple[Holiday, ...], first: date, last: date) -> list[Holiday]:
    """Return the holidays of a table that touch `first`..`last`, in order."""
    return [h for h in table if h.first <= last and h.last >= first]
