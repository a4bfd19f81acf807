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


@dataclass(frozen=True)
class SchoolHolidays:
    """A table of school holidays. wrong: those the table marks as an error of its source."""

    known: tuple[Holiday, ...]
    wrong: tuple[Holiday, ...]


@lru_cache(maxsize=64)
def _public(year: int) -> tuple[Holiday, ...]:
    found = calendars.country_holidays("NL", years=year, language="nl")
    return tuple(Holiday(name, day, day) for day, name in sorted(found.items()))


def public_holidays(first: date, last: date) -> tuple[Holiday, ...]:
    """Return the public holidays within `first`..`last`, in order, with their Dutch names."""
    years = range(first.year, last.year + 1)
    return tuple(h for year in years for h in _public(year) if first <= h.first <= last)


@lru_cache(maxsize=4)
def school_table(path: Path) -> SchoolHolidays:
    """Read the school holidays; regions with the same days are one holiday."""
    regions: dict[tuple[date, date, str, bool], list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            days = date.fromisoformat(row["eerste_dag"]), date.fromisoformat(row["laatste_dag"])
            wrong = row["status"] == SOURCE_ERROR
            regions.setdefault((*days, row["vakantie"], wrong), []).append(row["regio"])
    rows = [
        (Holiday(name, first, last, tuple(r for r in REGIONS if r in where)), wrong)
        for (first, last, name, wrong), where in sorted(regions.items())
    ]
    return SchoolHolidays(
        tuple(holiday for holiday, wrong in rows if not wrong),
        tuple(holiday for holiday, wrong in rows if wrong),
    )


def touching(table: tuple[Holiday, ...], first: date, last: date) -> tuple[Holiday, ...]:
    """Return the holidays of a table that touch `first`..`last`, in order."""
    return tuple(h for h in table if h.first <= last and h.last >= first)
