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
import pandas as pd

from borging.domain.public_holidays import Agreement, Agreements
from borging.domain.wording import count, listed

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
    """Return every public holiday of a year, whether or not anybody has it off."""
    known = calendars.country_holidays(
        "NL", years=year, language="nl", categories=("public", "optional")
    )
    return tuple(Holiday(name, day, day) for day, name in sorted(known.items()))


@dataclass(frozen=True)
class DaysOff:
    """The public holidays that count as days off for this organisation.

    Attributes:
        agreement: the care agreement that names them.
        chosen: whether somebody chose that agreement; else it is assumed.
        own: days off of the organisation itself, in order.
    """

    agreement: Agreement
    chosen: bool
    own: tuple[Holiday, ...] = ()

    def between(self, first: date, last: date) -> tuple[Holiday, ...]:
        """Return the days off within `first`..`last`, in order, with their Dutch names."""
        years = range(first.year, last.year + 1)
        public = [
            each
            for year in years
            for each in _public(year)
            if self.agreement.counts(each.name, year)
        ]
        return tuple(sorted(touching((*public, *self.own), first, last), key=lambda h: h.first))

    @property
    def words(self) -> str:
        """Whose days off count, for small print."""
        own = f" en {count(len(self.own), 'eigen dag', 'eigen dagen')}" if self.own else ""
        assumed = "" if self.chosen else "; aangenomen, nog niet gekozen"
        return f"feestdagen volgens de cao {self.agreement.name}{own}{assumed}"


def days_off(agreements: Agreements, chosen: str | None, own: pd.DataFrame) -> DaysOff:
    """Return the days off of the organisation.

    Args:
        agreements: those of `data/reference/feestdagen.toml`.
        chosen: id of the chosen agreement; None or an unknown id is no choice.
        own: of `queries.organisation.own_holidays`.
    """
    agreement = agreements.by_id.get(chosen or "")
    days = zip(own["name"].tolist(), own["day"], strict=True)
    return DaysOff(
        agreement or agreements.assumed,
        agreement is not None,
        tuple(Holiday(name, day.date(), day.date()) for name, day in days),
    )


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
