"""Drawn winters with their sick leave, on the series that the screens reckon with."""

from __future__ import annotations

from datetime import date
from statistics import mean

import numpy as np
import pandas as pd
import pytest

from borging.domain.absence import Absence, absence_of, sectors
from borging.domain.flu_seasons import Origin
from borging.domain.periods import Week
from borging.planning.shortage import mean_supply
from borging.planning.winters import SeasonChoice
from borging.services.flu_winters import FluHistory
from borging.services.winter_draws import draw
from borging.settings import DATA
from tests.services.test_flu_winters import dutch

FIGURES = sectors(DATA / "reference" / "verzuim-zorg.csv")
BOTH = [dutch(Origin.OFFICIAL), dutch(Origin.DERIVED)]
YEAR = pd.date_range(date(2026, 9, 28), periods=53, freq="7D", unit="us")
"""2026-W40 up to and including 2027-W39, with a week 53."""


def hours_of_first_quarter(found: FluHistory, absence: Absence) -> pd.Series[float]:
    """What is left of 100 hours per week in 2027-W01 up to and including W13."""
    weeks = pd.date_range(Week(2027, 1).monday, periods=13, freq="7D", unit="us")
    present = pd.DataFrame([[100.0] * 13], index=[1], columns=weeks)
    return mean_supply(present, draw(found, weeks, absence).absent).loc[1]


@pytest.mark.parametrize("found", BOTH, ids=lambda each: each.prefer.value)
@pytest.mark.parametrize("sector", FIGURES)
def test_the_mean_first_quarter_is_that_of_the_source(sector: str, found: FluHistory) -> None:
    """Sixteen years: third quarter and drawn winters against first quarter, in % points."""
    figures, years = FIGURES[sector], range(2010, 2026)
    third = mean(figures[year, 3] for year in years)
    first = mean(figures[year, 1] for year in years)
    absence = Absence(sector, third / 100, 2025, changes=absence_of(sector, FIGURES).changes)
    simulated = 100 - hours_of_first_quarter(found, absence).mean()
    assert simulated == pytest.approx(first, abs=0.3)
    assert abs(third - first) > 0.9


@pytest.mark.parametrize("found", BOTH, ids=lambda each: each.prefer.value)
@pytest.mark.parametrize("sector", FIGURES)
def test_the_screen_itself_gives_the_newest_first_quarter(sector: str, found: FluHistory) -> None:
    """The base of the screen is 2025, in which both quarters are known."""
    absence = absence_of(sector, FIGURES)
    assert absence.year == 2025
    simulated = 100 - hours_of_first_quarter(found, absence).mean()
    assert simulated == pytest.approx(FIGURES[sector][2025, 1], abs=0.3)


def test_the_same_plan_gives_the_same_numbers_and_whole_winters() -> None:
    absence = absence_of("Ziekenhuizen", FIGURES)
    one, again = draw(BOTH[0], YEAR, absence), draw(BOTH[0], YEAR, absence)
    assert one.absent.shape == (2000, 53)
    assert np.array_equal(one.absent, again.absent)
    assert one.winters.chance.tolist() == pytest.approx(
        BOTH[0].chances(YEAR).fillna(0.0).tolist(), abs=0.001
    )
    quiet = one.expected.iloc[-18:]
    assert quiet.to_numpy() == pytest.approx(0.062, abs=0.0002)


def test_the_excess_and_the_season_can_be_set() -> None:
    flat = Absence("zorg", 0.05, 2025, winter_excess=0.0)
    assert draw(BOTH[0], YEAR, flat).absent.ravel() == pytest.approx(0.05)
    long = draw(BOTH[0], YEAR, Absence("zorg", 0.05, 2025), SeasonChoice.WEEKS_21)
    assert (long.absent > 0.05).sum(axis=1).tolist() == [21] * 2000
