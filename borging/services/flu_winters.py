"""The recorded flu seasons that planning reckons with, and the share of them in each week.

Every winter that was recorded whole counts, also the pandemic of 2009/2010 and the winters
without an epidemic: a chance per week and the drawn winters rest on the same seasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from borging.domain.flu_seasons import FluSeason, NumberStatus, Origin, choose, season_of
from borging.domain.periods import Week
from borging.planning.winters import recorded_seasons, since_week_40

UNKNOWN_WEEKS, NOT_WHOLE = "niet bekend in welke weken", "nog niet alle weken bekend"


@dataclass(frozen=True)
class FluHistory:
    """The winters to reckon with.

    Attributes:
        seasons: the frame of `planning.winters.recorded_seasons`, with `origin` (value of
            Origin) of the version that counts.
        prefer: the origin that goes before the other where both know the weeks.
        fallbacks: seasons that `prefer` speaks of without saying in which weeks, so that another
            version counts.
        left_out: seasons that do not count, each with the reason in brackets.
    """

    seasons: pd.DataFrame
    prefer: Origin
    fallbacks: tuple[str, ...]
    left_out: tuple[str, ...]

    def chance(self, week: Week) -> float | None:
        """Return the share (0–1) of the recorded winters in which a week was epidemic.

        A week counts by its weeks since week 40, so week 53 is measured as any other. None for
        week 21 up to and including 39, in which nobody measures.
        """
        if season_of(week) is None:
            return None
        _year, place = since_week_40(week)
        first = self.seasons["first_week"].fillna(0).to_numpy(dtype=np.int64)
        last = first + self.seasons["weeks"].to_numpy()
        return float(((first <= place) & (place < last)).mean())

    def chances(self, weeks: pd.DatetimeIndex) -> pd.Series[float]:
        """Return the chance per Monday; NaN in weeks in which nobody measures."""
        found = [self.chance(Week.of(monday.date())) for monday in weeks]
        return pd.Series(found, index=weeks, dtype=float)


def history(
    versions: Mapping[str, Sequence[FluSeason]],
    intensities: Mapping[str, float | None],
    prefer: Origin,
) -> FluHistory:
    """Choose a version of every season and put them together.

    A provisional version misses weeks and never counts. What has no version of which the weeks
    are known is left out, and said.

    Args:
        versions: season to its versions, see `store.queries.flu.versions`.
        intensities: season to peak ÷ threshold, None where no peak was recorded.
        prefer: derived or official; what was entered by hand goes before both.

    Raises:
        WinterError: the seasons cannot be drawn from, see `recorded_seasons`.
    """
    chosen: list[FluSeason] = []
    fallbacks, left_out = [], []
    for name in sorted(versions):
        whole = [each for each in versions[name] if each.status is not NumberStatus.PROVISIONAL]
        found = choose(whole, prefer)
        if found is None:
            left_out.append(f"{name} ({UNKNOWN_WEEKS if whole else NOT_WHOLE})")
            continue
        chosen.append(found)
        if found.origin not in (prefer, Origin.MANUAL) and prefer in {e.origin for e in whole}:
            fallbacks.append(name)
    table = pd.DataFrame(
        [_row(each, intensities) for each in chosen],
        columns=["season", "start", "end", "weeks", "intensity"],
    )
    seasons = recorded_seasons(table).assign(origin=[each.origin.value for each in chosen])
    return FluHistory(seasons, prefer, tuple(fallbacks), tuple(left_out))


def _row(season: FluSeason, intensities: Mapping[str, float | None]) -> tuple[object, ...]:
    bounds = (str(week) if week else None for week in (season.start, season.end))
    return season.season, *bounds, season.weeks, intensities.get(season.season)
