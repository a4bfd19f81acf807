"""How far the phases of a project may move in a plan. Days are included; weeks are whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

WEEKS_EARLIER, WEEKS_LATER = 4, 8
"""Most weeks that a phase moves when nobody said otherwise."""
MOST_WEEKS = 52


@dataclass(frozen=True)
class Room:
    """The room one project gives; None is no limit of that kind.

    earliest_start: no phase begins before it. latest_end: no phase ends after it. legal_date:
    last day on which the result may be handed over. weeks_earlier, weeks_later: most weeks that
    one phase moves; 0 is not at all.
    """

    earliest_start: date | None = None
    latest_end: date | None = None
    legal_date: date | None = None
    weeks_earlier: float | None = WEEKS_EARLIER
    weeks_later: float | None = WEEKS_LATER

    def problems(self) -> list[str]:
        """Return in Dutch what is wrong with it."""
        found = []
        for weeks, where in ((self.weeks_earlier, "eerder"), (self.weeks_later, "later")):
            if not _whole(weeks):
                found.append(
                    f"het aantal weken {where} moet een heel getal van 0 tot {MOST_WEEKS} zijn"
                )
        first, last = self.earliest_start, self.latest_end
        if first and last and last < first:
            found.append(
                f"het uiterste einde ({last:%d-%m-%Y}) ligt vóór het vroegste begin "
                f"({first:%d-%m-%Y})"
            )
        if first and self.legal_date and self.legal_date < first:
            found.append(
                f"de wettelijke datum ({self.legal_date:%d-%m-%Y}) ligt vóór het vroegste begin "
                f"({first:%d-%m-%Y})"
            )
        return found


def _whole(weeks: float | None) -> bool:
    return (
        weeks is not None
        and math.isfinite(weeks)
        and weeks == int(weeks)
        and 0 <= weeks <= MOST_WEEKS
    )
