"""How often a function has too few hours, counted over drawn winters.

Hours are per week. `present` holds the hours for projects before sick leave, `demand` the hours
asked; both have one row per function (index function_id) and one column per week (Mondays).
Sick leave takes the same share of every function's hours: one winter holds for the whole house.

A chance is a share of the drawn winters (0–1) and no forecast. The 90 % shortage rests on the
few recorded winters, not on the number of draws: see `winters.method_words`. Shortages of
separate weeks do not add up: half of the winters are not the same half in every week.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd

from borging.domain.periods import Week

LEAST_HOURS = 1e-6
"""Hours per week up to and including which a shortage is rounding, not a shortage."""


class ShortageError(ValueError):
    """Hours that cannot be reckoned with; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Shortages:
    """Three frames of functions × weeks.

    Attributes:
        chance: share of the winters (0–1) in which more is asked than there is.
        hours_50: hours per week short at most in half of the winters.
        hours_90: hours per week short at most in 90 % of the winters.
    """

    chance: pd.DataFrame
    hours_50: pd.DataFrame
    hours_90: pd.DataFrame


def shortages(demand: pd.DataFrame, present: pd.DataFrame, absence: np.ndarray) -> Shortages:
    """Count the shortage per function and week over all draws.

    Args:
        demand: hours asked; a function that is not in it is asked nothing.
        present: hours there are before sick leave.
        absence: draws × weeks, share 0–1, in the order of the columns of `present`.

    Raises:
        ShortageError: negative or missing hours, an unknown function or other weeks.
    """
    asked = _checked(demand, present, absence)
    there = present.to_numpy(dtype=float)
    # More sick leave is never less shortage: sorted once, a draw's rank holds for all functions.
    ranked = np.sort(absence, axis=0)
    over = np.empty((len(there), ranked.shape[1]))
    for place, (want, hours) in enumerate(zip(asked, there, strict=True)):
        over[place] = (want - hours * (1 - ranked) > LEAST_HOURS).mean(axis=0)

    def at(share: float) -> np.ndarray:
        sick = ranked[ceil(share * len(ranked)) - 1]
        short = asked - there * (1 - sick)
        return np.where(short > LEAST_HOURS, short, 0.0)

    frames = (
        pd.DataFrame(values, index=present.index, columns=present.columns)
        for values in (over, at(0.5), at(0.9))
    )
    return Shortages(*frames)


def mean_supply(present: pd.DataFrame, absence: np.ndarray) -> pd.DataFrame:
    """Return the hours per week that are there on average over the drawn winters."""
    left = present.to_numpy(dtype=float) * (1 - absence.mean(axis=0))
    return pd.DataFrame(left, index=present.index, columns=present.columns)


def rank_handovers(handovers: pd.DataFrame, chances: pd.Series[float]) -> pd.DataFrame:
    """Order handovers by the chance that they fall in an epidemic week, highest first.

    Args:
        handovers: a column `day`, missing when not planned; other columns stay.
        chances: of an epidemic per Monday (0–1), missing where not measured.

    Returns:
        The same rows with `week` ('2026-W53', missing without a day) and `chance` (0–1; missing
        without a day or outside the given weeks: not measured, so last). Chances
        that are equal in whole per cents go by day.
    """
    days = pd.to_datetime(handovers["day"])
    mondays = days.dt.normalize() - pd.to_timedelta(days.dt.day_of_week, unit="D")
    found = chances.reindex(pd.DatetimeIndex(mondays)).to_numpy()
    weeks = [None if pd.isna(day) else str(Week.of(day.date())) for day in days]
    ranked = handovers.assign(week=pd.array(weeks, dtype="str"), chance=found)
    keys = pd.DataFrame({"per_cent": -(ranked["chance"] * 100).round(), "day": days})
    order = keys.sort_values(["per_cent", "day"], kind="stable").index
    return ranked.loc[order]


def _checked(demand: pd.DataFrame, present: pd.DataFrame, absence: np.ndarray) -> np.ndarray:
    """Return the demand in the order of `present`, or refuse it with a sentence."""
    unknown = demand.index.difference(present.index)
    if len(unknown):
        raise ShortageError(f"Functie {unknown[0]} komt voor in de vraag, maar is niet bekend.")
    same = demand.columns.equals(present.columns)
    if not same or absence.shape[1:] != (present.shape[1],) or not len(absence):
        raise ShortageError("Vraag, aanbod en verzuim gaan niet over dezelfde weken.")
    asked = demand.reindex(present.index, fill_value=0.0).to_numpy(dtype=float)
    for word, hours in (("gevraagde", asked), ("beschikbare", present.to_numpy(dtype=float))):
        if np.isnan(hours).any():
            raise ShortageError(f"Er ontbreken {word} uren.")
        if (hours < 0).any():
            raise ShortageError(f"Het aantal {word} uren kan niet negatief zijn.")
    return asked
