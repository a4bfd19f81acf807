"""Public holidays that are days off: per care agreement, and the organisation's own days.

Dates of public holidays are not here: those come from the library, see `services.holidays`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from borging.domain.project_fields import FIRST_DAY, LAST_DAY

LONGEST_NAME = 60
"""Characters of the name of an own day."""


@dataclass(frozen=True)
class Agreement:
    """A care agreement and the public holidays that it counts as days off.

    Attributes:
        id: as the database holds it.
        days: name of a holiday and every how many years it counts: 1 is every year, 5 is the
            years that can be divided by 5.
        source, status: of the list of days.
    """

    id: str
    name: str
    days: tuple[tuple[str, int], ...]
    source: str
    status: str

    def counts(self, holiday: str, year: int) -> bool:
        """Return whether a public holiday is a day off in a year."""
        return any(name == holiday and year % every == 0 for name, every in self.days)


@dataclass(frozen=True)
class Agreements:
    """The agreements of the file. assumed: the one that holds until somebody chooses."""

    by_id: Mapping[str, Agreement]
    assumed: Agreement


@lru_cache(maxsize=4)
def load_agreements(path: Path) -> Agreements:
    """Read the agreements, in the order of the file."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {
        each["id"]: Agreement(
            id=each["id"],
            name=each["naam"],
            days=tuple((name, each.get("elke", {}).get(name, 1)) for name in each["dagen"]),
            source=each["bron"],
            status=each["status"],
        )
        for each in content["cao"]
    }
    return Agreements(found, found[content["aangenomen"]])


@dataclass(frozen=True)
class OwnDayFields:
    """A day off of the organisation itself, as somebody enters it."""

    name: str
    day: date | None

    def problems(self) -> list[str]:
        """Return in Dutch what is wrong with it."""
        found = []
        if not self.name.strip():
            found.append("geef de dag een naam")
        elif len(self.name.strip()) > LONGEST_NAME:
            found.append(f"de naam heeft ten hoogste {LONGEST_NAME} tekens; kort hem in")
        if self.day is None:
            found.append("kies een datum")
        elif not FIRST_DAY <= self.day <= LAST_DAY:
            found.append(
                f"een dag ligt tussen {FIRST_DAY.year} en {LAST_DAY.year}; kijk het jaar na"
            )
        return found
