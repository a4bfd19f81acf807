"""Days and ISO weeks.

Ranges of days include both ends. A week is an ISO week and always travels with its
ISO year: 1 January 2027 lies in 2026-W53.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, order=True)
class Week:
    """One ISO week, Monday up to and including Sunday."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Week:
        """Return the week that holds `day`."""
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read '2026-W47'; raise ValueError for anything that is no ISO week."""
        year, _, number = text.partition("-W")
        week = cls(int(year), int(number))
        date.fromisocalendar(week.year, week.number, 1)
        return week

    @property
    def monday(self) -> date:
        """First day of the week."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def label(self) -> str:
        """The word on the screen: 'wk 47'."""
        return f"wk {self.number}"

    def __str__(self) -> str:
        """The form in files and addresses: '2026-W47'."""
        return f"{self.year}-W{self.number:02d}"

    def plus(self, weeks: int) -> Week:
        """Return the week `weeks` later (earlier when negative)."""
        return Week.of(self.monday + timedelta(weeks=weeks))


def quarter_of(week: Week) -> int:
    """Return the quarter of the year, 1–4, that holds the Thursday of a week."""
    month = (week.monday + timedelta(days=3)).month
    return (month + 2) // 3


def weeks_between(first: date, last: date) -> list[Week]:
    """Return every week from the one holding `first` to the one holding `last`."""
    week, end = Week.of(first), Week.of(last)
    weeks = []
    while week <= end:
        weeks.append(week)
        week = week.plus(1)
    return weeks


def overlaps(start: date | None, end: date | None, first: date, last: date) -> bool:
    """Say whether a period touches `first`..`last`; an unknown end stays open.

    A period of which both ends are unknown touches nothing.
    """
    if start is None and end is None:
        return False
    return (start or date.min) <= last and (end or date.max) >= first


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month if it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
