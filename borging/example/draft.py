"""The portfolio while it is being made: numbered rows per table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from borging.domain.phases import PhaseDates
from borging.domain.terms import Phase
from borging.example.texts import ProjectText, Story, Texts
from borging.example.timeline import Calendar, Span

Row = dict[str, Any]
SOURCE = "voorbeeld"


def letter(level: float) -> str:
    """Return the letter nearest to a level from 0 (worst, d) to 3 (best, a)."""
    return "dcba"[min(3, max(0, round(level)))]


@dataclass
class Numbering:
    """Which id a row gets.

    first: the first free id per table, 1 where it is not named. known: ids of units, persons
    and goals that exist already, by table and name.
    """

    first: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[tuple[str, str], int] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=dict)

    def give(self, table: str, name: str | None = None) -> int:
        """Return the id of a row that exists under `name`, else the next free one."""
        if name is not None and (table, name) in self.known:
            return self.known[table, name]
        number = self._given.get(table, self.first.get(table, 1) - 1) + 1
        self._given[table] = number
        return number


@dataclass
class Draft:
    """What the makers share: texts, calendar, numbering and the rows so far."""

    texts: Texts
    calendar: Calendar
    numbering: Numbering
    instrument_id: int
    factors: tuple[str, ...]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, table: str, **values: object) -> int:
        """Add a row under the next id and return that id."""
        number = self.numbering.give(table)
        self.rows.setdefault(table, []).append({"id": number, **values})
        return number

    def add_named(self, table: str, key: str, /, **values: object) -> None:
        """Add a unit, person or goal that others refer to by `key`, its name."""
        number = self.numbering.give(table, key)
        self.ids[table, key] = number
        self.rows.setdefault(table, []).append({"id": number, **values, "source": SOURCE})

    def day(self, week: int, weekday: int) -> date:
        """Return a day of a week counted from the week of as_of."""
        return self.calendar.day(week, weekday)


@dataclass(frozen=True)
class Case:
    """One project in the making; persons are ids.

    talk: draws what people say and agree, so that more of it changes nothing else.
    """

    id: int
    text: ProjectText
    unit: str
    story: Story
    rng: Random
    talk: Random
    spans: dict[Phase, Span]
    dates: dict[Phase, PhaseDates]
    sponsor: int
    owner: int | None
    lead: int | None
    receiver: int

    @property
    def handover(self) -> int:
        """Week in which the project hands over or did so, delay included."""
        span = self.spans[Phase.HANDOVER]
        return span.last + span.slip_last

    @property
    def start(self) -> int:
        """Week in which the project began or will."""
        return self.spans[Phase.PREPARATION].first
