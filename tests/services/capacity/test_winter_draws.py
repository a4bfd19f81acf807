"""Drawn winters with their sick leave, on the series that the screens reckon with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import mean

import numpy as np
import pandas as pd
import pytest

from borging.domain.absence import Absence, absence_of, sectors
from borging.domain.flu_seasons import Origin
from borging.domain.periods import Week
from borging.planning.shortage import mean_supply
from borging.planning.winters import SeasonChoice
from borging.services.capacity.winter_draws import draw, fitted
from borging.services.flu_winters import FluHistory
from borging.settings import DATA
from tests.services.test_flu_winters import dutch

FIGURES = sectors(DATA / "reference" / "verzuim-zorg.csv")
BOTH = [dutch(Origin.OFFICIAL), dutch(Origin.DERIVED)]
YEAR = pd.date_range(date(2026, 9, 28), periods=53, freq="7D", unit="us")
"""2026-W40 up to and including 2027-W39, with a week 53."""


QUARTERS = {
    4: pd.date_range(Week(2026, 40).monday, periods=13, freq="7D", unit="us"),
    1: pd.date_range(Week(2027, 1).monday, periods=13, freq="7D", unit="us"),
    2: pd.date_range(Week(2027, 14).monday, periods=13, freq="7D", unit="us"),
    3: pd.date_range(Week(2027, 27).monday, periods=13, freq="7D", unit="us"),
}


def drawn(found: FluHistory, absence: Absence, quarter: int) -> float:
    """Per cent of the hours that falls away in a quarter of 2026/27, as the hours are reckoned."""
    weeks = QUARTERS[quarter]
    present = pd.DataFrame([[100.0] * 13], index=[1], columns=weeks)
    return float(100 - mean_supply(present, draw(found, weeks, absence).absent).loc[1].mean())


def recorded(sector: str, quarter: int, later: int) -> float:
    """Mean of a quarter less the third quarter, in % points, read anew from the file.

    later: 1 compares with the third quarter before a first or second quarter, 0 with that of the
    same year.
    """
    figures = FIGURES[sector]
    step = later if quarter < 3 else 0
    years = [y for y in range(2009, 2026) if (y, 3) in figures and (y + step, quarter) in figures]
    return mean(figures[y + step, quarter] - figures[y, 3] for y in years)


@pytest.mark.parametrize("later", [0, 1])
@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("found", BOTH, ids=lambda each: each.prefer.value)
@pytest.mark.parametrize("sector", FIGURES)
def test_every_quarter_has_the_mean_of_the_source(
    sector: str, found: FluHistory, quarter: int, later: int
) -> None:
    """Against the third quarter before and that of the same year, 2009–2025, in % points."""
    absence = fitted(absence_of(sector, FIGURES), found)
    above = drawn(found, absence, quarter) - 100 * absence.base
    assert above == pytest.approx(recorded(sector, quarter, later), abs=0.15)
    if quarter == 3:
        assert above == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("found", BOTH, ids=lambda each: each.prefer.value)
@pytest.mark.parametrize("points", [0.0, 0.5, 1.0])
def test_a_choice_of_the_excess_divides_a_quarter_and_counts_nothing_twice(
    points: float, found: FluHistory
) -> None:
    own = fitted(absence_of("Ziekenhuizen", FIGURES), found)
    chosen = fitted(absence_of("Ziekenhuizen", FIGURES, points / 100), found)
    assert chosen.flu == points / 100 < own.flu
    for quarter in QUARTERS:
        assert drawn(found, chosen, quarter) == pytest.approx(drawn(found, own, quarter), abs=0.05)


def test_the_season_goes_on_in_the_first_quarter_beside_the_flu() -> None:
    """The part of every week in quarter 1 is the mean of those of quarters 4 and 2."""
    first, second, third, fourth = fitted(absence_of("Ziekenhuizen", FIGURES), BOTH[0]).season
    assert first == pytest.approx((second + fourth) / 2)
    assert third == 0
    assert min(first, second, fourth) > 0.002


def test_the_quarters_are_those_of_the_source(real_data: Path) -> None:
    table = pd.read_csv(real_data / "absence" / "cbs-verzuim-per-sector-kwartaal.csv")
    for sector, figures in FIGURES.items():
        own = table[table["sector"].str.contains(sector, regex=False)]
        known = own.set_index(["year", "quarter"])["ziekteverzuimpercentage"].to_dict()
        assert {key: known.get(key) for key in figures} == dict(figures)


def test_the_same_plan_gives_the_same_numbers_and_whole_winters() -> None:
    absence = absence_of("Ziekenhuizen", FIGURES)
    one, again = draw(BOTH[0], YEAR, absence), draw(BOTH[0], YEAR, absence)
    assert one.absent.shape == (2000, 53)
    assert np.array_equal(one.absent, again.absent)
    derived = draw(BOTH[1], YEAR, absence)
    assert derived.winters.chance.iloc[1:33].tolist() == pytest.approx(
        BOTH[1].chances(YEAR).iloc[1:33].tolist(), abs=0.001
    )
    quiet = one.expected.iloc[-13:]
    assert quiet.to_numpy() == pytest.approx(0.062, abs=0.0002)


def test_the_excess_and_the_season_can_be_set() -> None:
    flat = Absence("zorg", 0.05, 2025, winter_excess=0.0)
    assert draw(BOTH[0], YEAR, flat).absent.ravel() == pytest.approx(0.05)
    long = draw(BOTH[0], YEAR, Absence("zorg", 0.05, 2025, 0.022), SeasonChoice.WEEKS_21)
    assert (long.absent > 0.05).sum(axis=1).tolist() == [21] * 2000
