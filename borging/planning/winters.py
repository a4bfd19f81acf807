"""Winters drawn from the recorded flu seasons.

A whole recorded season is drawn at a time: its start, its end and its intensity belong
together. What comes out is history dealt again, never a forecast: how many times the seasons
are dealt makes the counting finer, but the rare winters rest on the few that were recorded.

A season falls on its own dates: a week is epidemic when the week of the recorded winter that
holds its date was, see `domain.winter_weeks`. Round 29 February a season may be a week longer or
shorter by that.

Frame `seasons`, one row per possibility of a recorded winter, oldest first. Most winters have one
row; a winter that is known in part has more (see `winter_weeks.possibilities`):
    season: '2016/2017'.
    start, end: first and last epidemic week ('2016-W48'), missing without an epidemic.
    weeks: length of the epidemic in weeks, 0 without one.
    share: in which share of the draws of this season this row comes (0–1).
    intensity: height of the winter against the others, 1 is the mean of all recorded epidemic
        weeks, 0 without an epidemic.
    intensity_status: 'gemeten', 'mediaan' (not recorded: the median of the others) or
        'geen epidemie'.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from borging.domain.changes import SeasonChoice as SeasonChoice
from borging.domain.flu_seasons import length
from borging.domain.periods import Week
from borging.domain.winter_weeks import same_week, winter_year

DRAWS = 2000
ROUNDING = 1e-9
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


def recorded_seasons(table: pd.DataFrame) -> pd.DataFrame:
    """Make the frame `seasons` from a table of recorded seasons.

    Args:
        table: season, start and end (ISO weeks '2025-W03', both included), weeks (0 is no
            epidemic; stands in for a missing end; start and end decide where both are known),
            intensity (any scale that is the same for all, missing when unknown) and, where
            seasons are known in part, share (of each possibility of its season).

    The intensity is divided by its mean over all recorded epidemic weeks: an excess of sick
    leave per epidemic week then keeps its mean, whatever winters are drawn.

    Raises:
        WinterError: a season that is there twice, runs out of its winter, ends before its
            start or had an epidemic of which the place is not known; or no season of which the
            intensity is known.
    """
    rows = table.sort_values("season", kind="stable").reset_index(drop=True)
    share = rows["share"].to_numpy(float) if "share" in rows else np.ones(len(rows))
    together = pd.Series(share).groupby(rows["season"]).sum()
    twice = together.index[(together - 1).abs() > ROUNDING]
    if len(twice):
        raise WinterError(f"Seizoen {twice[0]} staat er meer dan één keer in.")
    spans = [_span(*row) for row in rows[["season", "start", "end", "weeks"]].to_numpy().tolist()]
    seasons = pd.DataFrame(
        {
            "season": rows["season"].astype(str),
            "start": pd.array([str(s[0]) if s else None for s in spans], dtype="str"),
            "end": pd.array([str(s[1]) if s else None for s in spans], dtype="str"),
            "weeks": np.array([length(*s) if s else 0 for s in spans], dtype=np.int64),
            "share": share,
        }
    )
    known = pd.to_numeric(rows["intensity"]).to_numpy(dtype=float)
    return seasons.join(_intensity(known, seasons))


def epidemic(seasons: pd.DataFrame, weeks: Iterable[Week]) -> np.ndarray:
    """Return rows of `seasons` × weeks: whether the epidemic of that row falls in the week."""
    asked = list(weeks)
    names, starts, ends = (seasons[each].tolist() for each in ("season", "start", "end"))
    there: dict[str, np.ndarray] = {}
    found = np.zeros((len(names), len(asked)), dtype=bool)
    for row, (name, start, end) in enumerate(zip(names, starts, ends, strict=True)):
        if _missing(start):
            continue
        if name not in there:
            mondays = [same_week(week, int(name[:4])).monday for week in asked]
            there[name] = np.array(mondays, "datetime64[D]")
        first, last = (np.datetime64(Week.parse(each).monday) for each in (start, end))
        found[row] = (first <= there[name]) & (there[name] <= last)
    return found


def choose(seasons: pd.DataFrame, choice: SeasonChoice) -> pd.DataFrame:
    """Return the recorded seasons that a ready-made season draws from.

    Normal draws from all. Every other choice is one recorded winter that comes back in each
    draw. Winters are compared by weeks × intensity: mild is the one a quarter of the way up,
    average the one nearest to the mean. Of several winters of 15 or 21 weeks it is the latest.
    A winter that is known in part is no choice.

    Raises:
        WinterError: no recorded season is that long.
    """
    if choice is SeasonChoice.NORMAL:
        return seasons
    seasons = seasons[~seasons["season"].duplicated(keep=False)].reset_index(drop=True)
    burden = seasons["weeks"] * seasons["intensity"]
    if choice is SeasonChoice.MILD:
        at = burden.sort_values(kind="stable").index[(len(seasons) - 1) // 4]
    elif choice is SeasonChoice.AVERAGE:
        at = (burden - burden.mean()).abs().idxmin()
    else:
        wanted = 15 if choice is SeasonChoice.WEEKS_15 else 21
        as_long = seasons.index[seasons["weeks"] == wanted]
        if as_long.empty:
            raise WinterError(f"Er is geen griepseizoen van {wanted} weken vastgelegd.")
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
    asked = [Week.of(monday.date()) for monday in weeks]
    years = sorted({winter_year(week) for week in asked})
    winter = np.array([years.index(winter_year(week)) for week in asked], dtype=np.intp)
    random = np.random.default_rng(seed)
    drawn = np.column_stack(
        [_rows(random, seasons, draws) for _year in years] or [np.empty((draws, 0), dtype=np.intp)]
    )
    picked = drawn[:, winter]
    here = epidemic(seasons, asked)[picked, np.arange(len(asked))]
    intensity = np.where(here, seasons["intensity"].to_numpy()[picked], 0.0)
    return Winters(weeks, seasons, winter, drawn, here, intensity)


def method_words(winters: Winters) -> str:
    """Say in Dutch, for the screen, how the winters were made and what they cannot tell."""
    seasons, draws = winters.seasons, f"{len(winters.drawn):,}".replace(",", ".")
    names = seasons["season"].unique()
    filled = seasons["season"][seasons["intensity_status"] == FILLED].unique().tolist()
    if len(names) == 1:
        said = [f"Gerekend alsof de winter van {seasons['season'].iloc[0]} terugkomt."]
    else:
        said = [
            f"Gerekend met {draws} trekkingen uit de {len(names)} vastgelegde winters "
            f"{seasons['season'].iloc[0]} tot en met {seasons['season'].iloc[-1]}. Elke trekking "
            "neemt een hele winter over: begin, einde en hevigheid samen.",
            f"Zeldzame winters rusten op deze {len(names)} winters, niet op {draws} "
            "trekkingen: vaker trekken maakt de uitkomst niet zekerder.",
        ]
    if loose := seasons["season"][seasons["season"].duplicated()].unique().tolist():
        said.append(
            f"Van {' en '.join(loose)} is niet elke epidemische week bekend: waar alleen het "
            "aantal bekend is, komt elke mogelijke plaats even vaak; anders tellen alleen de weken "
            "die vaststaan."
        )
    if filled:
        said.append(
            f"Van {' en '.join(filled)} is geen hevigheid bekend; daar is de mediaan van de "
            "andere winters met een epidemie ingevuld."
        )
    return " ".join([*said, "Dit is geen voorspelling."])


def _span(season: str, start: object, end: object, weeks: object) -> tuple[Week, Week] | None:
    """Return the first and last epidemic week of one season, None without an epidemic."""
    number = None if _missing(weeks) else int(float(str(weeks)))
    if _missing(start) and _missing(end) and number == 0:
        return None
    if _missing(start) or (_missing(end) and not number):
        raise WinterError(
            f"Van seizoen {season} is niet bekend in welke weken de epidemie begon en eindigde."
        )
    try:
        first = Week.parse(str(start))
        last = first.plus((number or 1) - 1) if _missing(end) else Week.parse(str(end))
    except ValueError as error:
        raise WinterError(f"Seizoen {season} heeft een week die niet bestaat.") from error
    if last < first:
        raise WinterError(f"Seizoen {season} eindigt vóór het begint.")
    if {str(winter_year(week)) for week in (first, last)} != {season[:4]}:
        raise WinterError(f"De weken {first} tot en met {last} vallen niet in seizoen {season}.")
    return first, last


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or value != value


def _intensity(known: np.ndarray, seasons: pd.DataFrame) -> pd.DataFrame:
    """Fill what is unknown with the median and scale to a mean of 1 over epidemic weeks."""
    weeks, first = seasons["weeks"].to_numpy(), ~seasons["season"].duplicated().to_numpy()
    some = weeks > 0
    measured = some & ~np.isnan(known)
    if some.any() and not measured.any():
        raise WinterError("Van geen enkel griepseizoen is de hevigheid bekend.")
    if (known[measured] <= 0).any():
        raise WinterError("De hevigheid van een griepseizoen is groter dan nul.")
    raw = np.zeros(len(weeks))
    if some.any():
        raw[some] = np.where(measured, known, np.median(known[measured & first]))[some]
        raw /= np.average(raw[some], weights=(weeks * seasons["share"].to_numpy())[some])
    status = np.select([measured, some], [MEASURED, FILLED], NO_EPIDEMIC)
    return pd.DataFrame({"intensity": raw, "intensity_status": status})


def _rows(random: np.random.Generator, seasons: pd.DataFrame, draws: int) -> np.ndarray:
    """Draw rows: every season equally often, and every possibility of a season by its share."""
    first = np.flatnonzero(~seasons["season"].duplicated().to_numpy())
    dealt = _dealt(random, len(first), draws)
    rows: np.ndarray = first[dealt]
    share = seasons["share"].to_numpy()
    for number, (at, end) in enumerate(zip(first, [*first[1:], len(seasons)], strict=True)):
        own = at + np.flatnonzero(share[at:end] > 0)
        if len(own) > 1:
            turns = np.flatnonzero(dealt == number)
            rows[turns] = own[_dealt(random, len(own), len(turns))]
    return rows


def _dealt(random: np.random.Generator, seasons: int, draws: int) -> np.ndarray:
    """Deal the rows of all seasons out over the draws, as evenly as it goes."""
    return random.permutation(random.permutation(seasons)[np.arange(draws) % seasons])
