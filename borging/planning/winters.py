"""Winters drawn from the recorded flu seasons.

A whole recorded season is drawn at a time: its start, its end and its intensity belong
together. What comes out is history dealt again, never a forecast: how many times the seasons
are dealt makes the counting finer, but the rare winters rest on the few that were recorded.

A season travels by its weeks since week 40. Its length stays what it was and it falls on the
same days of the year, give or take a few, also in a year with a week 53: what began in the
week of 29 December begins in 2026-W53, the week of 28 December.

Frame `seasons`, one row per recorded winter, oldest first:
    season: '2016/2017'.
    first_week: weeks since week 40 at which the epidemic starts (0 is week 40 itself), Int64,
        missing without an epidemic.
    weeks: length of the epidemic in weeks, 0 without one.
    intensity: height of the winter against the others, 1 is the mean of all recorded epidemic
        weeks, 0 without an epidemic.
    intensity_status: 'gemeten', 'mediaan' (not recorded: the median of the others) or
        'geen epidemie'.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from borging.domain.changes import SeasonChoice as SeasonChoice
from borging.domain.periods import Week

FIRST_WEEK = 40
"""ISO week in which the year of a flu season starts."""
DRAWS = 2000
MEASURED, FILLED, NO_EPIDEMIC = "gemeten", "mediaan", "geen epidemie"


class WinterError(ValueError):
    """A flu season that cannot be drawn; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Winters:
    """Drawn winters on the weeks of a plan.

    Attributes:
        weeks: the Mondays.
        seasons: the frame that was drawn from.
        winter: per week the number of the winter it belongs to, 0 for the first.
        drawn: draws × winters, the row of `seasons` that was drawn.
        epidemic: draws × weeks, whether the week is epidemic.
        intensity: draws × weeks, the intensity in an epidemic week, 0 in others.
    """

    weeks: pd.DatetimeIndex
    seasons: pd.DataFrame
    winter: np.ndarray
    drawn: np.ndarray
    epidemic: np.ndarray
    intensity: np.ndarray

    @property
    def chance(self) -> pd.Series[float]:
        """Share of the drawn winters in which a week is epidemic (0–1), per Monday."""
        return pd.Series(self.epidemic.mean(axis=0), index=self.weeks)


def since_week_40(week: Week) -> tuple[int, int]:
    """Return the year in which the winter of a week starts, and its weeks since week 40."""
    year = week.year if week.number >= FIRST_WEEK else week.year - 1
    return year, (week.monday - Week(year, FIRST_WEEK).monday).days // 7


def recorded_seasons(table: pd.DataFrame) -> pd.DataFrame:
    """Make the frame `seasons` from a table of recorded seasons.

    Args:
        table: season, start and end (ISO weeks '2025-W03', both included), weeks (0 is no
            epidemic; stands in for a missing end; start and end decide where both are known)
            and intensity (any scale that is the same for all, missing when unknown).

    The intensity is divided by its mean over all recorded epidemic weeks: an excess of sick
    leave per epidemic week then keeps its mean, whatever winters are drawn.

    Raises:
        WinterError: a season that is there twice, runs out of its winter, ends before its
            start or had an epidemic of which the place is not known; or no season of which the
            intensity is known.
    """
    rows = table.sort_values("season").reset_index(drop=True)
    twice = rows["season"][rows["season"].duplicated()]
    if len(twice):
        raise WinterError(f"Seizoen {twice.iloc[0]} staat er meer dan één keer in.")
    spans = [_span(*row) for row in rows[["season", "start", "end", "weeks"]].to_numpy().tolist()]
    seasons = pd.DataFrame(
        {
            "season": rows["season"].astype(str),
            "first_week": pd.array([s[0] if s else None for s in spans], dtype="Int64"),
            "weeks": np.array([s[1] if s else 0 for s in spans], dtype=np.int64),
        }
    )
    known = pd.to_numeric(rows["intensity"]).to_numpy(dtype=float)
    return seasons.join(_intensity(known, seasons["weeks"].to_numpy()))


def choose(seasons: pd.DataFrame, choice: SeasonChoice) -> pd.DataFrame:
    """Return the recorded seasons that a ready-made season draws from.

    Normal draws from all. Every other choice is one recorded winter that comes back in each
    draw. Winters are compared by weeks × intensity: mild is the one a quarter of the way up,
    average the one nearest to the mean. Of several winters of 15 or 21 weeks it is the latest.

    Raises:
        WinterError: no recorded season is that long.
    """
    if choice is SeasonChoice.NORMAL:
        return seasons
    burden = seasons["weeks"] * seasons["intensity"]
    if choice is SeasonChoice.MILD:
        at = burden.sort_values(kind="stable").index[(len(seasons) - 1) // 4]
    elif choice is SeasonChoice.AVERAGE:
        at = (burden - burden.mean()).abs().idxmin()
    else:
        length = 15 if choice is SeasonChoice.WEEKS_15 else 21
        as_long = seasons.index[seasons["weeks"] == length]
        if as_long.empty:
            raise WinterError(f"Er is geen griepseizoen van {length} weken vastgelegd.")
        at = as_long[-1]
    return seasons.loc[[at]].reset_index(drop=True)


def draw_winters(
    seasons: pd.DataFrame, weeks: pd.DatetimeIndex, *, seed: int, draws: int = DRAWS
) -> Winters:
    """Draw a recorded season for each winter that the weeks touch, `draws` times.

    Every season comes equally often, give or take one; the winters of a longer plan are drawn
    apart from each other. The same seed gives the same winters.

    Raises:
        WinterError: no season to draw from, no draw, or weeks that do not start on a Monday.
    """
    if seasons.empty or draws < 1:
        raise WinterError("Er is geen griepseizoen om mee te rekenen.")
    if (weeks.day_of_week != 0).any():
        raise WinterError("De weken van een plan beginnen op maandag.")
    places = [since_week_40(Week.of(monday.date())) for monday in weeks]
    years = sorted({year for year, _offset in places})
    winter = np.array([years.index(year) for year, _offset in places], dtype=np.intp)
    offset = np.array([offset for _year, offset in places], dtype=np.intp)
    random = np.random.default_rng(seed)
    drawn = np.column_stack(
        [_dealt(random, len(seasons), draws) for _year in years]
        or [np.empty((draws, 0), dtype=np.intp)]
    )
    picked = drawn[:, winter]
    first = seasons["first_week"].fillna(0).to_numpy(dtype=np.intp)[picked]
    epidemic = (offset >= first) & (offset < first + seasons["weeks"].to_numpy()[picked])
    intensity = np.where(epidemic, seasons["intensity"].to_numpy()[picked], 0.0)
    return Winters(weeks, seasons, winter, drawn, epidemic, intensity)


def method_words(winters: Winters) -> str:
    """Say in Dutch, for the screen, how the winters were made and what they cannot tell."""
    seasons, draws = winters.seasons, f"{len(winters.drawn):,}".replace(",", ".")
    filled = seasons["season"][seasons["intensity_status"] == FILLED].tolist()
    if len(seasons) == 1:
        said = [f"Gerekend alsof de winter van {seasons['season'].iloc[0]} terugkomt."]
    else:
        said = [
            f"Gerekend met {draws} trekkingen uit de {len(seasons)} vastgelegde winters "
            f"{seasons['season'].iloc[0]} tot en met {seasons['season'].iloc[-1]}. Elke trekking "
            "neemt een hele winter over: begin, einde en hevigheid samen.",
            f"Zeldzame winters rusten op deze {len(seasons)} winters, niet op {draws} "
            "trekkingen: vaker trekken maakt de uitkomst niet zekerder.",
        ]
    if filled:
        said.append(
            f"Van {' en '.join(filled)} is geen hevigheid bekend; daar is de mediaan van de "
            "andere winters met een epidemie ingevuld."
        )
    return " ".join([*said, "Dit is geen voorspelling."])


def _span(season: str, start: object, end: object, weeks: object) -> tuple[int, int] | None:
    """Return weeks since week 40 and length in weeks of one season, None without an epidemic."""
    length = None if _missing(weeks) else int(float(str(weeks)))
    if _missing(start) and _missing(end) and length == 0:
        return None
    if _missing(start) or (_missing(end) and not length):
        raise WinterError(
            f"Van seizoen {season} is niet bekend in welke weken de epidemie begon en eindigde."
        )
    try:
        first = Week.parse(str(start))
        last = first.plus((length or 1) - 1) if _missing(end) else Week.parse(str(end))
    except ValueError as error:
        raise WinterError(f"Seizoen {season} heeft een week die niet bestaat.") from error
    if last < first:
        raise WinterError(f"Seizoen {season} eindigt vóór het begint.")
    (year, offset), (last_year, last_offset) = since_week_40(first), since_week_40(last)
    if not season.startswith(str(year)) or last_year != year:
        raise WinterError(f"De weken {first} tot en met {last} vallen niet in seizoen {season}.")
    return offset, last_offset - offset + 1


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or value != value


def _intensity(known: np.ndarray, weeks: np.ndarray) -> pd.DataFrame:
    """Fill what is unknown with the median and scale to a mean of 1 over epidemic weeks."""
    some = weeks > 0
    measured = some & ~np.isnan(known)
    if some.any() and not measured.any():
        raise WinterError("Van geen enkel griepseizoen is de hevigheid bekend.")
    if (known[measured] <= 0).any():
        raise WinterError("De hevigheid van een griepseizoen is groter dan nul.")
    raw = np.zeros(len(weeks))
    if some.any():
        raw[some] = np.where(measured, known, np.median(known[measured]))[some]
        raw /= np.average(raw[some], weights=weeks[some])
    status = np.select([measured, some], [MEASURED, FILLED], NO_EPIDEMIC)
    return pd.DataFrame({"intensity": raw, "intensity_status": status})


def _dealt(random: np.random.Generator, seasons: int, draws: int) -> np.ndarray:
    """Deal the rows of all seasons out over the draws, as evenly as it goes."""
    return random.permutation(random.permutation(seasons)[np.arange(draws) % seasons])
