"""The same week of the year in another winter, by date.

The date of an ISO week is its Thursday, as in ISO 8601. A week of one winter compares with the week
of another winter that holds that date: week 53 of 2026 is the week of 31 December, which other
winters have as week 52, 53 or 1. A winter runs from week 40 up to and including week 39.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from borging.domain.flu_seasons import FIRST_WEEK, FluSeason, season_weeks
from borging.domain.periods import Week

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def thursday(week: Week) -> date:
    """Return the date that stands for a week."""
    return week.monday + timedelta(days=3)


def week_words(week: Week) -> str:
    """Return a week as people name it: 'de week van 11 maart'."""
    day = thursday(week)
    return f"de week van {day.day} {MONTHS[day.month - 1]}"


def winter_year(week: Week) -> int:
    """Return the year in which the winter of a week starts."""
    return week.year if week.number >= FIRST_WEEK else week.year - 1


@lru_cache(maxsize=20_000)
def same_week(week: Week, year: int) -> Week:
    """Return the week, in the winter that starts in `year`, that holds the date of `week`.

    29 February counts as 28 February in a year without it.
    """
    day = thursday(week)
    there = day.year + year - winter_year(week)
    last = calendar.monthrange(there, day.month)[1]
    return Week.of(date(there, day.month, min(day.day, last)))


@dataclass(frozen=True)
class Possibility:
    """Weeks in which the epidemic of a season may have been, both included; None for none.

    share: of all possibilities of the season, 0–1, in which it is reckoned with. One with share 0
    is never drawn; it says that these weeks may have been epidemic too.
    """

    start: Week | None
    end: Week | None
    share: float


def possibilities(said: FluSeason, derived: FluSeason | None = None) -> tuple[Possibility, ...]:
    """Return where the epidemic of a season was, as far as a statement tells.

    A statement may give the number of weeks without their place, or an end without a begin. The
    week in which the epidemic was announced is part of it, and so are the weeks that the threshold
    rule found. Of a known number of weeks every place that holds those is equally likely. Without
    a known number only the weeks that are certain are reckoned with.

    Args:
        said: a version of the season.
        derived: the version by the threshold rule.

    Returns:
        Nothing when no single week is certain.
    """
    if said.weeks == 0:
        return (Possibility(None, None, 1.0),)
    start, end, weeks = said.start, said.end, said.weeks
    if weeks and start and not end:
        end = start.plus(weeks - 1)
    if weeks and end and not start:
        start = end.plus(1 - weeks)
    if start and end:
        return (Possibility(start, end, 1.0),)
    certain = [week for week in (start, end, said.announced) if week is not None]
    certain += _above_threshold(said, derived)
    if not certain:
        return ()
    first, last = min(certain), max(certain)
    season = season_weeks(said.season)
    if weeks:
        places = [each for each in season if last.plus(1 - weeks) <= each <= first]
        spans = [(each, each.plus(weeks - 1)) for each in places]
        spans = [span for span in spans if span[1] <= season[-1]]
        return tuple(Possibility(*span, 1 / len(spans)) for span in spans)
    longest = Possibility(start or season[0], end or season[-1], 0.0)
    return (Possibility(first, last, 1.0), longest)


def _above_threshold(said: FluSeason, derived: FluSeason | None) -> list[Week]:
    """Return the bounds of the weeks of the rule, unless a statement leaves no room for them."""
    if derived is None or derived.start is None or derived.end is None:
        return []
    too_long = said.weeks is not None and (derived.weeks or 0) > said.weeks
    before = said.start is not None and derived.start < said.start
    after = said.end is not None and derived.end > said.end
    return [] if too_long or before or after else [derived.start, derived.end]


def confirms(said: FluSeason, other: FluSeason) -> bool:
    """Return whether a version with weeks holds all that an incomplete statement says."""
    if not other.has_band or (said.weeks is not None and said.weeks != other.weeks):
        return False
    if any(
        mine not in (None, its) for mine, its in ((said.start, other.start), (said.end, other.end))
    ):
        return False
    if said.announced is None:
        return True
    return bool(other.start and other.end and other.start <= said.announced <= other.end)
