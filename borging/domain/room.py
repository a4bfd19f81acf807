"""How far the phases of a project may move in a plan. Days are included; weeks are whole."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

MOST_WEEKS = 52


@dataclass(frozen=True)
class Room:
    """The room that a project gives; a day that is None sets no limit.

    earliest_start: no phase begins before it. latest_end: no phase ends after it. legal_date:
    last day on which the result may be handed over. weeks_earlier, weeks_later: most weeks that
    one phase moves; 0 is not at all.
    """

    earliest_start: date | None = None
    latest_end: date | None = None
    legal_date: date | None = None
    weeks_earlier: int = 4
    weeks_later: int = 8


@dataclass(frozen=True)
class RoomFields:
    """The room of one project as somebody wrote it down; weeks that are None are the usual ones."""

    project_id: int | None
    earliest_start: date | None = None
    latest_end: date | None = None
    legal_date: date | None = None
    weeks_earlier: float | None = None
    weeks_later: float | None = None

    def problems(self, projects: Collection[int]) -> list[str]:
        """Return in Dutch what is wrong with it. projects: ids of those that exist."""
        found = [] if self.project_id in projects else ["kies een project uit de lijst"]
        for weeks, where in ((self.weeks_earlier, "eerder"), (self.weeks_later, "later")):
            if weeks is not None and not _whole(weeks):
                found.append(
                    f"het aantal weken {where} moet een heel getal van 0 tot en met {MOST_WEEKS} "
                    "zijn, of leeg"
                )
        start = self.earliest_start
        ends = ((self.latest_end, "het uiterste einde"), (self.legal_date, "de wettelijke datum"))
        for last, name in ends:
            if start and last and last < start:
                found.append(
                    f"{name} ({last:%d-%m-%Y}) ligt vóór het vroegste begin ({start:%d-%m-%Y})"
                )
        return found

    def room(self, usual: Room) -> Room:
        """Return the room, with the usual weeks where none were written down."""
        earlier, later = self.weeks_earlier, self.weeks_later
        return Room(
            self.earliest_start,
            self.latest_end,
            self.legal_date,
            usual.weeks_earlier if earlier is None else int(earlier),
            usual.weeks_later if later is None else int(later),
        )


def _whole(weeks: float) -> bool:
    return math.isfinite(weeks) and weeks == int(weeks) and 0 <= weeks <= MOST_WEEKS
