"""Flu seasons: what was epidemic, by the threshold rule, by official statement, by hand.

A season runs from week 40 up to and including week 20 of the next year and is named
'2024/2025'. Values are consultations for influenza-like illness (ILI) per 100,000 inhabitants
per week; ARI is another scale and never comes in here. Start and end weeks are both included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from borging.domain.periods import Week
from borging.domain.terms import Term

FIRST_WEEK, LAST_WEEK = 40, 20
RUN = 2
"""So many weeks above make a start, so many at or below make an end."""

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Years of a season, both included; outside these a year is a typing error."""

_SEASON = re.compile(r"([0-9]{4})/([0-9]{4})")
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")


class Origin(Term):
    """Who says that a season was like this."""

    DERIVED = "derived", "afgeleid met de drempelregel"
    OFFICIAL = "official", "officiële uitspraak"
    MANUAL = "manual", "met de hand"


class NumberStatus(Term):
    """How firm a number is; the value is the word on the screen."""

    SEEN = "gezien", "gezien"
    DERIVED = "afgeleid", "afgeleid"
    MEMORY = "uit geheugen", "uit geheugen"
    PROVISIONAL = "voorlopig", "voorlopig"
    BY_HAND = "met de hand", "met de hand"


class SeasonError(ValueError):
    """A season cannot be like this; the message says in Dutch why and what to do."""


@dataclass(frozen=True)
class FluSeason:
    """One season as one origin has it.

    start, end, peak: None where not known, and where there was no epidemic. threshold: per
    100,000. weeks: number of epidemic weeks; 0 means that there was no epidemic, None that it
    is not known. announced: the week in which the epidemic was announced. status holds for the
    whole; statuses for a single number that differs.
    """

    season: str
    origin: Origin
    start: Week | None
    end: Week | None
    peak: Week | None
    threshold: float | None
    weeks: int | None
    status: NumberStatus
    source: str
    revision: int = 1
    announced: Week | None = None
    statuses: Mapping[str, NumberStatus] = field(default_factory=dict)

    @property
    def has_band(self) -> bool:
        """Say whether planning can draw it: its weeks are known, or it had none."""
        return self.weeks == 0 or (self.start is not None and self.end is not None)

    @property
    def says_nothing(self) -> bool:
        """Return whether neither weeks nor begin, end or announcement are known."""
        known = (self.weeks, self.start, self.end, self.announced)
        return all(each is None for each in known)

    def status_of(self, number: str) -> NumberStatus:
        """Return how firm one number is, such as 'threshold' or 'start'."""
        return self.statuses.get(number, self.status)


def read_week(text: str) -> Week | None:
    """Read '2026-W53'; None for anything that is no ISO week of a year in range."""
    if not _WEEK.fullmatch(text) or not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return None
    try:
        return Week.parse(text)
    except ValueError:
        return None


def season_of(week: Week) -> str | None:
    """Return the season a week belongs to; None for week 21 up to and including 39."""
    if week.number >= FIRST_WEEK:
        return f"{week.year}/{week.year + 1}"
    return f"{week.year - 1}/{week.year}" if week.number <= LAST_WEEK else None


def season_weeks(season: str) -> list[Week]:
    """Return the weeks of a season in order, week 53 included where the year has one.

    Raises:
        SeasonError: the text is no season.
    """
    found = _SEASON.fullmatch(season)
    years = (int(found[1]), int(found[2])) if found else (0, 0)
    if years[1] != years[0] + 1 or not FIRST_YEAR <= years[0] < LAST_YEAR:
        raise SeasonError(f"‘{season}’ is geen seizoen. Schrijf het als 2024/2025.")
    week, last = Week(years[0], FIRST_WEEK), Week(years[1], LAST_WEEK)
    weeks = [week]
    while week < last:
        week = week.plus(1)
        weeks.append(week)
    return weeks


def length(start: Week, end: Week) -> int:
    """Return the number of weeks from start to end, both included."""
    return (end.monday - start.monday).days // 7 + 1


@dataclass(frozen=True)
class Run:
    """Epidemic weeks on end; closed says that it was over before the series stopped."""

    start: Week
    end: Week
    peak: Week
    closed: bool


def runs(season: str, values: Mapping[Week, float], threshold: float) -> list[Run]:
    """Return the runs of a season in order.

    A week without a value is neither above nor at or below: it breaks both counts. What is
    still above in week 20 ends there.
    """
    found: list[Run] = []
    inside: list[Week] = []
    above = below = 0
    for week in season_weeks(season):
        value = values.get(week)
        above = above + 1 if value is not None and value > threshold else 0
        below = below + 1 if value is not None and value <= threshold else 0
        if inside and above:
            inside = [inside[0], week]
        elif not inside and above == RUN:
            inside = [week.plus(1 - RUN), week]
        elif inside and below == RUN:
            found.append(_run(inside, values, closed=True))
            inside = []
    if inside:
        found.append(_run(inside, values, closed=season_weeks(season)[-1] in values))
    return found


def _run(bounds: Sequence[Week], values: Mapping[Week, float], *, closed: bool) -> Run:
    start, end = bounds[0], bounds[-1]
    return Run(start, end, _highest({w: v for w, v in values.items() if start <= w <= end}), closed)


def _highest(values: Mapping[Week, float]) -> Week:
    return max(sorted(values), key=lambda week: values[week])


def derive(
    season: str,
    values: Mapping[Week, float],
    threshold: float,
    source: str = "",
    threshold_status: NumberStatus = NumberStatus.SEEN,
) -> FluSeason:
    """Derive a season from its weeks; weeks outside week 40–20 are left aside.

    Of several runs the one with the highest peak counts, of equal ones the first. Without a
    run there are 0 weeks, and peak is the highest week all the same. The status is
    provisional while weeks are missing.

    Raises:
        SeasonError: there is no value in the season.
    """
    own = {week: values[week] for week in season_weeks(season) if week in values}
    if not own:
        raise SeasonError(f"Van seizoen {season} zijn er geen weekcijfers in week 40 t/m 20.")
    found = runs(season, own, threshold)
    best = max(found, key=lambda run: own[run.peak]) if found else None
    complete = not missing(season, own)
    return FluSeason(
        season=season,
        origin=Origin.DERIVED,
        start=best.start if best else None,
        end=best.end if best else None,
        peak=best.peak if best else _highest(own),
        threshold=threshold,
        weeks=length(best.start, best.end) if best else 0,
        status=NumberStatus.DERIVED if complete else NumberStatus.PROVISIONAL,
        source=source,
        statuses={"threshold": threshold_status},
    )


def missing(season: str, values: Iterable[Week]) -> list[Week]:
    """Return the weeks of a season that have no value, in order."""
    known = set(values)
    return [week for week in season_weeks(season) if week not in known]


def by_season(values: Mapping[Week, float]) -> dict[str, dict[Week, float]]:
    """Sort weeks into their seasons, oldest first; weeks of no season are left out."""
    found: dict[str, dict[Week, float]] = {}
    for week in sorted(values):
        if season := season_of(week):
            found.setdefault(season, {})[week] = values[week]
    return found


def by_hand(
    season: str,
    start: Week | None,
    end: Week | None,
    reason: str,
    *,
    peak: Week | None = None,
    threshold: float | None = None,
    origin: Origin = Origin.MANUAL,
) -> FluSeason:
    """Make a season as a person enters it; without start and end there was no epidemic.

    Raises:
        SeasonError: as `check_by_hand`.
    """
    made = FluSeason(
        season=season,
        origin=origin,
        start=start,
        end=end,
        peak=peak,
        threshold=threshold,
        weeks=length(start, end) if start and end else 0,
        status=NumberStatus.BY_HAND if origin is Origin.MANUAL else NumberStatus.SEEN,
        source=" ".join(reason.split()),
    )
    check_by_hand(made)
    return made


def check_by_hand(made: FluSeason) -> None:
    """Refuse a season that a person cannot have meant.

    Raises:
        SeasonError: a week outside the season, end before start, peak outside them, only one
            of start and end, a threshold that is no number above 0, no reason, or an origin
            that is not for people.
    """
    allowed = season_weeks(made.season)
    given = [week for week in (made.start, made.end, made.peak) if week is not None]
    if outside := [str(week) for week in given if week not in allowed]:
        raise SeasonError(
            f"{', '.join(outside)} ligt buiten seizoen {made.season} "
            f"({allowed[0]} t/m {allowed[-1]})."
        )
    if (made.start is None) is not (made.end is None):
        raise SeasonError("Geef een begin én een einde, of geen van beide (geen epidemie).")
    if made.start and made.end:
        if made.end < made.start:
            raise SeasonError(f"Het einde {made.end} ligt vóór het begin {made.start}.")
        if made.peak and not made.start <= made.peak <= made.end:
            raise SeasonError(f"De piek {made.peak} ligt niet tussen begin en einde.")
    if made.threshold is not None and not 0 < made.threshold < float("inf"):
        raise SeasonError("De drempel moet een getal boven 0 zijn (per 100.000).")
    if not made.source:
        raise SeasonError("Schrijf in een zin op waarom dit seizoen zo was, met de bron.")
    if made.origin is Origin.DERIVED:
        raise SeasonError("Een afgeleid seizoen komt uit een weekreeks en wordt niet ingevoerd.")


def check_happened(made: FluSeason, as_of: date) -> None:
    """Refuse a season that has not been on `as_of`: it would count among the recorded winters.

    An epidemic has been when its last week has begun, a season without one after its week 20.

    Raises:
        SeasonError: it is still to come, or still going on.
    """
    last = made.end or season_weeks(made.season)[-1]
    if Week.of(as_of) < last or (made.end is None and Week.of(as_of) == last):
        raise SeasonError(
            f"{last} is nog niet geweest. Voer seizoen {made.season} in als het voorbij is; een "
            "seizoen dat nog loopt of nog komt, telt niet mee."
        )


def choose(versions: Iterable[FluSeason], prefer: Origin) -> FluSeason | None:
    """Return the version of one season that planning uses; its `origin` says which it is.

    By hand goes before all, then `prefer`, then whatever else has weeks to draw. None when
    nothing has.
    """
    order = [Origin.MANUAL, prefer, Origin.DERIVED, Origin.OFFICIAL]
    usable = [version for version in versions if version.has_band]
    return min(usable, key=lambda version: order.index(version.origin), default=None)
