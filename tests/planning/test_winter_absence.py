from __future__ import annotations

import numpy as np
import pytest

from borging.planning.winter_absence import AbsenceError, absence_shares
from borging.planning.winters import draw_winters, recorded_seasons
from tests.planning.cases import TABLE, mondays

SEASONS = recorded_seasons(TABLE)
WEEKS = mondays("2026-12-21", 6)
"""2026-W52 up to and including 2027-W04."""


def test_the_excess_lies_on_epidemic_weeks_alone() -> None:
    """Season 2008/2009: four weeks from week 53, intensity 2 / 2.2; 0.05 + 0.022 × 2 / 2.2."""
    winters = draw_winters(SEASONS.iloc[[0]].reset_index(drop=True), WEEKS, seed=1, draws=2)
    shares = absence_shares(winters, 0.05, 0.022, seed=1)
    expected = [0.05, 0.07, 0.07, 0.07, 0.07, 0.05]
    assert shares == pytest.approx(np.array([expected, expected]))


def test_a_change_of_the_base_holds_for_a_whole_winter_and_keeps_the_mean() -> None:
    winters = draw_winters(SEASONS, mondays("2026-09-28", 104), seed=1, draws=4000)
    shares = absence_shares(winters, 0.05, 0, changes=(0.001, 0.004, 0.001), seed=2)
    assert set(np.unique(shares.round(6))) == {0.049, 0.052}
    assert (shares[:, :53] == shares[:, :1]).all()
    assert (shares[:, 53:] == shares[:, 53:54]).all()
    assert (shares[:, 0] != shares[:, 53]).any()
    assert shares.mean() == pytest.approx(0.05, abs=0.0001)


def test_a_share_stays_between_none_and_all() -> None:
    winters = draw_winters(SEASONS.iloc[[1]].reset_index(drop=True), WEEKS, seed=1, draws=5)
    assert absence_shares(winters, 0.9, 0.5, seed=1).max() == 1
    low = absence_shares(winters, 0.001, 0, changes=(-0.1, 0.1), seed=1)
    assert (low.min(), low.max() <= 0.101 + 1e-9) == (0, True)


@pytest.mark.parametrize(("base", "excess"), [(-0.001, 0.02), (1.0, 0.02), (0.05, -0.001)])
def test_sick_leave_that_cannot_be_is_refused(base: float, excess: float) -> None:
    winters = draw_winters(SEASONS, WEEKS, seed=1, draws=1)
    with pytest.raises(AbsenceError, match="ligt tussen 0 en 100"):
        absence_shares(winters, base, excess, seed=1)


def test_the_season_comes_in_every_week_whether_epidemic_or_not() -> None:
    winters = draw_winters(SEASONS.iloc[[0]].reset_index(drop=True), WEEKS, seed=1, draws=1)
    season = [0.004, 0.004, 0.003, 0.003, 0.003, 0.003]
    shares = absence_shares(winters, 0.05, 0.022, season=season, seed=1)
    bare = absence_shares(winters, 0.05, 0.022, seed=1)
    assert (shares - bare)[0].tolist() == pytest.approx(season)
