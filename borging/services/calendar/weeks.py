"""The window of the calendar, its ticks, and what runs in each of its weeks.

A window holds whole ISO weeks, Monday up to and including Sunday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from borging.domain.periods import MONTHS, Week, add_months
from borging.domain.terms import Phase
from borging.services.calendar.spans import PROJECT

LINE = "line"
"""Stands for all phases that the line carries."""

Days = npt.NDArray[np.datetime64]
Counts = npt.NDArray[np.int64]

DAY_NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")
FURTHEST_YEARS = 30
"""How far from the day of judgement 'alles' reaches; beyond lie typing errors in dates."""

WEEKS_APART = 160
"""Above so many weeks they are taken together in counts."""

SURROUNDINGS_UP_TO = 320
"""Above so many weeks the chance of flu and the holidays are not drawn."""


class Zoom(StrEnum):
    """How much time is in view; the value is the word on the screen."""

    WEEK = "week"
    MONTH = "maand"
    QUARTER = "kwartaal"
    YEAR = "jaar"
    ALL = "alles"


SIZES = {Zoom.WEEK: (0, 1), Zoom.MONTH: (1, 5), Zoom.QUARTER: (3, 14), Zoom.YEAR: (12, 53)}
"""Weeks before the week asked for, and weeks in all."""


@dataclass(frozen=True)
class Window:
    """Whole weeks in view; first is a Monday, last a Sunday."""

    first: date
    last: date

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return ((self.last - self.first).days + 1) // 7

    @property
    def step(self) -> int:
        """Weeks that are taken together in counts."""
        return next(n for n in (1, 4, 13, 26, 52, 104) if self.weeks <= n * WEEKS_APART)

    @property
    def mondays(self) -> Days:
        """First day of every week."""
        start = np.datetime64(self.first, "D")
        found: Days = start + np.arange(self.weeks) * np.timedelta64(7, "D")
        return found


def window(zoom: Zoom, around: date, as_of: date, bars: pd.DataFrame, days: pd.Series) -> Window:
    """Return the weeks in view around a day; 'alles' takes in every bar and every moment."""
    if zoom != Zoom.ALL:
        before, weeks = SIZES[zoom]
        first = Week.of(around).plus(-before).monday
        return Window(first, first + timedelta(days=7 * weeks - 1))
    known = [t.date() for t in (bars["first"].min(), days.min()) if not pd.isna(t)]
    known_last = [t.date() for t in (bars["last"].max(), days.max()) if not pd.isna(t)]
    lowest, highest = (add_months(as_of, 12 * n) for n in (-FURTHEST_YEARS, FURTHEST_YEARS))
    first = max(lowest, min([as_of, *known]))
    last = min(highest, max([as_of, *known_last]))
    return Window(Week.of(first).monday, Week.of(last).sunday)


def week_index(days: pd.Series, span: Window) -> Counts:
    """Return the place of each day's week in the window; negative or too large outside it."""
    offset = days.to_numpy("datetime64[D]") - np.datetime64(span.first, "D")
    found: Counts = np.floor_divide(offset.astype(np.int64), 7)
    return found


def per_week(first: pd.Series, last: pd.Series, span: Window) -> Counts:
    """Count the bars that touch each week of the window."""
    begin, end = week_index(first, span), week_index(last, span)
    inside = (end >= 0) & (begin < span.weeks)
    change = np.zeros(span.weeks + 1, dtype=np.int64)
    np.add.at(change, np.clip(begin[inside], 0, None), 1)
    np.add.at(change, np.clip(end[inside] + 1, None, span.weeks), -1)
    counts: Counts = change.cumsum()[:-1]
    return counts


@dataclass(frozen=True)
class Overview:
    """The whole selection per week, or per `step` weeks.

    starts: first day of each place. running: Phase value or PROJECT to the number of projects
    that carry that phase, LINE to the number of phases that the line carries (the mean over the
    weeks that are taken together). handovers: their number (the sum).
    """

    starts: Days
    step: int
    running: dict[str, npt.NDArray[np.float64]]
    handovers: Counts


def overview(bars: pd.DataFrame, moments: pd.DataFrame, span: Window) -> Overview:
    """Count the projects in each phase and the handovers, week by week."""
    at = np.arange(0, span.weeks, span.step)
    lengths = np.diff(np.append(at, span.weeks))
    running = {}
    for phase in (*(p.value for p in Phase), PROJECT):
        own = bars[(bars["phase"] == phase) & ~bars["by_line"]]
        running[phase] = np.add.reduceat(per_week(own["first"], own["last"], span), at) / lengths
    line = bars[bars["by_line"]]
    running[LINE] = np.add.reduceat(per_week(line["first"], line["last"], span), at) / lengths
    moment = per_week(moments["day"], moments["day"], span)
    return Overview(span.mondays[at], span.step, running, np.add.reduceat(moment, at))


@dataclass(frozen=True)
class Tick:
    """A mark on the time axis: the day it stands at and its words, at most two lines."""

    day: date
    lines: tuple[str, ...]


def ticks(span: Window, most: int) -> list[Tick]:
    """Return at most about `most` marks: days in one week, else weeks, else years."""
    if span.weeks == 1:
        days = [span.first + timedelta(days=n) for n in range(7)]
        return [
            Tick(d, (f"{DAY_NAMES[n]} {d.day}", MONTHS[d.month - 1])) for n, d in enumerate(days)
        ]
    if span.weeks > WEEKS_APART:
        years = range(span.first.year, span.last.year + 2)
        every = next(n for n in (1, 2, 5, 10, 20) if len(years) <= n * most)
        starts = [Week(y, 1).monday for y in years if y % every == 0]
        return [Tick(d, (str(Week.of(d).year),)) for d in starts if span.first <= d <= span.last]
    every = next(n for n in (1, 2, 4, 8, 13, 26, 52) if span.weeks <= n * most)
    return _week_ticks(span, every)


def _week_ticks(span: Window, every: int) -> list[Tick]:
    found: list[Tick] = []
    year = None
    for n in range(0, span.weeks, every):
        monday = span.first + timedelta(weeks=n)
        week = Week.of(monday)
        month = MONTHS[(monday + timedelta(days=3)).month - 1]
        words = month if week.year == year else f"{month} {week.year}"
        year = week.year
        found.append(Tick(monday, (week.label, words)))
    return found
