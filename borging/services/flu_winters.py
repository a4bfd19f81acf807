"""The recorded flu seasons that planning reckons with, and the share of them in each week.

Every winter counts of which at least one week is certain, also the pandemic of 2009/2010 and the
winters without an epidemic: a chance per week and the drawn winters rest on the same seasons. A
winter that is known in part counts in the weeks of which it is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from borging.domain.flu_seasons import FluSeason, NumberStatus, Origin, choose, season_of
from borging.domain.periods import Week
from borging.domain.winter_weeks import Possibility, confirms, possibilities, same_week
from borging.planning.winters import epidemic, recorded_seasons

UNKNOWN_WEEKS, NOT_WHOLE = "niet bekend in welke weken", "nog niet alle weken bekend"


@dataclass(frozen=True)
class WeekCount:
    """Of how many recorded winters a week is known, and in how many it was epidemic."""

    epidemic: int
    known: int

    @property
    def chance(self) -> float | None:
        """The share (0–1) in which it was epidemic; None where no winter tells."""
        return self.epidemic / self.known if self.known else None


UNMEASURED = WeekCount(0, 0)


@dataclass(frozen=True)
class FluHistory:
    """The winters to reckon with.

    Attributes:
        seasons: the frame of `planning.winters.recorded_seasons`, with `origin` (value of
            Origin) of the version that counts.
        prefer: the origin that goes before the other where both know the weeks.
        fallbacks: seasons of which `prefer` gives a number of weeks, and another version with
            that number gives their place.
        left_out: seasons that do not count, each with the reason in brackets.
        partly: seasons of which `prefer` does not tell every week, and no other version fits.
        quiet_by_rule: seasons without an epidemic by the version that counts, of which an official
            statement gives a number of weeks; each with that number.
    """

    seasons: pd.DataFrame
    prefer: Origin
    fallbacks: tuple[str, ...]
    left_out: tuple[str, ...]
    partly: tuple[str, ...] = ()
    quiet_by_rule: tuple[tuple[str, int], ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The seasons that count, oldest first."""
        return tuple(self.seasons["season"].unique())

    def count(self, week: Week) -> WeekCount:
        """Count the recorded winters in which a week was epidemic, and those of which it is known.

        A week is compared by date, see `domain.winter_weeks`. Week 21 up to and including 39 is
        known of no winter, because nobody measures then.
        """
        return self.counts([week])[0]

    def counts(self, weeks: Sequence[Week]) -> list[WeekCount]:
        """Return the count of each week, in their order."""
        known = self._known
        if new := [week for week in dict.fromkeys(weeks) if week not in known]:
            known.update(zip(new, self._count(new), strict=True))
        return [known[week] for week in weeks]

    def chance(self, week: Week) -> float | None:
        """Return the share (0–1) of the winters in which a week was epidemic; None if unknown."""
        return self.count(week).chance

    def chances(self, weeks: pd.DatetimeIndex) -> pd.Series[float]:
        """Return the chance per Monday; NaN in weeks in which nobody measures."""
        found = self.counts([Week.of(monday) for monday in weeks.date])
        return pd.Series([each.chance for each in found], index=weeks, dtype=float)

    @cached_property
    def _known(self) -> dict[Week, WeekCount]:
        return {}

    def _count(self, weeks: Sequence[Week]) -> list[WeekCount]:
        first = np.flatnonzero(~self.seasons["season"].duplicated().to_numpy())
        inside = epidemic(self.seasons, weeks)
        if not (len(first) and len(weeks)):
            return [UNMEASURED for _week in weeks]
        always = np.logical_and.reduceat(inside, first)
        never = ~np.logical_or.reduceat(inside, first)
        measured = np.array(
            [
                [season_of(week) and season_of(same_week(week, int(name[:4]))) for week in weeks]
                for name in self.names
            ],
            dtype=object,
        )
        told = measured == np.array(self.names, dtype=object)[:, None]
        yes, no = (always & told).sum(axis=0), (never & told).sum(axis=0)
        return [WeekCount(int(a), int(a + b)) for a, b in zip(yes, no, strict=True)]


def history(
    versions: Mapping[str, Sequence[FluSeason]],
    intensities: Mapping[str, float | None],
    prefer: Origin,
) -> FluHistory:
    """Choose a version of every season and put them together.

    A provisional version misses weeks and never counts. What has no version of which a week is
    certain is left out, and said.

    Args:
        versions: season to its versions, see `store.queries.flu.versions`.
        intensities: season to peak ÷ threshold, None where no peak was recorded.
        prefer: derived or official; what was entered by hand goes before both.

    Raises:
        WinterError: the seasons cannot be drawn from, see `recorded_seasons`.
    """
    rows: list[tuple[object, ...]] = []
    fallbacks, left_out, partly, quiet = [], [], [], []
    for name in sorted(versions):
        whole = [each for each in versions[name] if each.status is not NumberStatus.PROVISIONAL]
        found, places = _chosen(whole, prefer)
        if found is None:
            left_out.append(f"{name} ({UNKNOWN_WEEKS if whole else NOT_WHOLE})")
            continue
        preferred = _of(whole, prefer)
        if found.origin not in (prefer, Origin.MANUAL) and preferred is not None:
            fallbacks.append(name)
        if len(places) > 1:
            partly.append(name)
        official = _of(whole, Origin.OFFICIAL)
        if found.weeks == 0 and found.origin is Origin.DERIVED and official and official.weeks:
            quiet.append((name, official.weeks))
        rows += [_row(found, each, intensities) for each in places]
    columns = ["season", "start", "end", "weeks", "share", "intensity", "origin"]
    table = pd.DataFrame(rows, columns=columns).sort_values("season", kind="stable")
    seasons = recorded_seasons(table).assign(origin=table["origin"].tolist())
    return FluHistory(
        seasons, prefer, tuple(fallbacks), tuple(left_out), tuple(partly), tuple(quiet)
    )


def _of(versions: Sequence[FluSeason], origin: Origin) -> FluSeason | None:
    return next((each for each in versions if each.origin is origin), None)


def _chosen(
    versions: Sequence[FluSeason], prefer: Origin
) -> tuple[FluSeason | None, tuple[Possibility, ...]]:
    """Return the version that counts and where its epidemic may have been.

    What a preferred statement leaves open is taken from another version only when that holds all
    that the statement says: a statement of 13 weeks is never replaced by a rule that found none.
    """
    whole, preferred = choose(versions, prefer), _of(versions, prefer)
    if whole is not None and (
        whole.origin is Origin.MANUAL
        or preferred is None
        or preferred.says_nothing
        or confirms(preferred, whole)
    ):
        return whole, possibilities(whole)
    places = possibilities(preferred, _of(versions, Origin.DERIVED)) if preferred else ()
    return (preferred, places) if places else (None, ())


def _row(
    season: FluSeason, place: Possibility, intensities: Mapping[str, float | None]
) -> tuple[object, ...]:
    bounds = (str(week) if week else None for week in (place.start, place.end))
    weeks = 0 if place.start is None else None
    intensity = intensities.get(season.season)
    return season.season, *bounds, weeks, place.share, intensity, season.origin.value
