"""Drawn winters on the weeks of a plan, with the sick leave they bring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from borging.domain.absence import Absence, apart
from borging.domain.periods import Week, quarter_of, weeks_between
from borging.planning.winter_absence import absence_shares
from borging.planning.winters import SeasonChoice, Winters, choose, draw_winters
from borging.services.flu_winters import FluHistory

WEEKS = 13
"""Weeks of a quarter."""
SEED = 40
"""The same plan gives the same numbers on every screen, every time."""


@dataclass(frozen=True, eq=False)
class WinterDraws:
    """What was drawn.

    Attributes:
        history: the winters that were drawn from.
        winters: epidemic weeks and their intensity, draws × weeks.
        absent: sick leave as a share (0–1) of the contract hours, draws × weeks.
    """

    history: FluHistory
    winters: Winters
    absent: np.ndarray

    @property
    def expected(self) -> pd.Series[float]:
        """Mean share (0–1) of sick leave over the draws, per Monday."""
        return pd.Series(self.absent.mean(axis=0), index=self.winters.weeks)


def draw(
    history: FluHistory,
    weeks: pd.DatetimeIndex,
    absence: Absence,
    choice: SeasonChoice = SeasonChoice.NORMAL,
) -> WinterDraws:
    """Draw winters for the weeks (Mondays) of a plan; the same arguments give the same draws.

    Raises:
        WinterError: no season as chosen was recorded, or weeks that do not start on a Monday.
        AbsenceError: sick leave that cannot be.
    """
    winters = draw_winters(choose(history.seasons, choice), weeks, seed=SEED)
    absent = absence_shares(
        winters,
        absence.base,
        absence.flu,
        season=[absence.season[quarter_of(Week.of(monday)) - 1] for monday in weeks.date],
        changes=absence.changes,
        seed=SEED,
    )
    return WinterDraws(history, winters, absent)


def fitted(absence: Absence, history: FluHistory) -> Absence:
    """Divide the recorded excess of the quarters over the epidemic weeks of `history` and the rest.

    What is drawn then has the recorded mean in every quarter, whichever weeks count.
    """
    totals = [0.0, 0.0, 0.0, 0.0]
    known = history.seasons[history.seasons["weeks"] > 0]
    for start, end, share, intensity in zip(
        known["start"], known["end"], known["share"], known["intensity"], strict=True
    ):
        for week in weeks_between(Week.parse(start).monday, Week.parse(end).monday):
            totals[quarter_of(week) - 1] += share * intensity
    first, second, third, fourth = (total / len(history.names) / WEEKS for total in totals)
    return apart(absence, (first, second, third, fourth))
