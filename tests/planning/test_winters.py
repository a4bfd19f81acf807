from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borging.domain.flu_intensity import intensities
from borging.domain.periods import Week
from borging.planning.winters import (
    SeasonChoice,
    WinterError,
    choose,
    draw_winters,
    epidemic,
    method_words,
    recorded_seasons,
)
from tests.planning.cases import INTENSITY, TABLE, mondays

SEASONS = recorded_seasons(TABLE)
WINTER_2026 = mondays("2026-09-28", 53)
"""2026-W40 up to and including 2027-W39; the fourteenth is 2026-W53."""


WEEKS_2026 = [Week.of(day) for day in WINTER_2026.date]


def row(season: str) -> pd.DataFrame:
    return SEASONS[SEASONS["season"] == season].reset_index(drop=True)


def epidemic_weeks(season: str, weeks: pd.DatetimeIndex = WINTER_2026) -> list[str]:
    winters = draw_winters(row(season), weeks, seed=1, draws=3)
    assert (winters.epidemic == winters.epidemic[0]).all()
    return [str(Week.of(day.date())) for day in weeks[winters.epidemic[0]]]


def test_seasons_are_read_with_their_place_length_and_intensity() -> None:
    assert SEASONS["start"].dropna().tolist() == ["2009-W01", "2016-W48", "2018-W50", "2025-W03"]
    assert SEASONS["end"].dropna().tolist() == ["2009-W04", "2017-W10", "2019-W11", "2025-W09"]
    assert SEASONS["weeks"].tolist() == [4, 15, 14, 0, 7]
    assert SEASONS["intensity"].tolist() == pytest.approx([2 / 2.2, 3 / 2.2, 2 / 2.2, 0, 1 / 2.2])
    filled = ["gemeten", "gemeten", "mediaan", "geen epidemie", "gemeten"]
    assert SEASONS["intensity_status"].tolist() == filled


def test_a_season_with_a_week_53_counts_it() -> None:
    table = pd.DataFrame([("2015/2016", "2015-W53", "2016-W01", 2, 1.0)], columns=TABLE.columns)
    seasons = recorded_seasons(table)
    assert (seasons["start"].item(), seasons["weeks"].item()) == ("2015-W53", 2)


def test_a_season_falls_on_the_same_days_in_a_winter_with_a_week_53() -> None:
    """2009-W01 holds 31 December, the date of 2026-W53; 2009-W04 ends on 25 January."""
    assert epidemic_weeks("2008/2009") == ["2026-W53", "2027-W01", "2027-W02", "2027-W03"]


def test_a_season_falls_on_the_same_days_in_a_winter_without_a_week_53() -> None:
    """2027-W52 is the week of 30 December, which 2008 has in 2009-W01."""
    weeks = mondays("2027-10-04", 52)
    assert epidemic_weeks("2008/2009", weeks) == ["2027-W52", "2028-W01", "2028-W02", "2028-W03"]


def test_a_season_keeps_its_length_over_the_turn_of_the_year() -> None:
    found = epidemic_weeks("2016/2017")
    assert (found[0], found[-1], len(found)) == ("2026-W49", "2027-W10", 15)
    assert "2026-W53" in found


def test_a_winter_without_an_epidemic_has_no_epidemic_week() -> None:
    assert epidemic_weeks("2020/2021") == []


def test_a_plan_that_starts_or_ends_within_a_season_sees_its_own_part() -> None:
    """The season 2008/2009 on 2026-W53..2027-W03: the week before, on and after each edge."""
    assert epidemic_weeks("2008/2009", mondays("2026-12-21", 2)) == ["2026-W53"]
    assert epidemic_weeks("2008/2009", mondays("2026-12-28", 1)) == ["2026-W53"]
    assert epidemic_weeks("2008/2009", mondays("2027-01-18", 2)) == ["2027-W03"]
    assert epidemic_weeks("2008/2009", mondays("2027-01-25", 1)) == []


def test_start_end_and_intensity_are_drawn_together() -> None:
    winters = draw_winters(SEASONS, WINTER_2026, seed=7, draws=500)
    for place, drawn in enumerate(winters.drawn[:, 0]):
        season = SEASONS.iloc[drawn]
        expected = np.zeros(53)
        if season["weeks"]:
            expected[epidemic(SEASONS, WEEKS_2026)[drawn]] = season["intensity"]
        assert (winters.intensity[place] == expected).all()


def test_every_season_comes_equally_often_and_winters_are_drawn_apart() -> None:
    winters = draw_winters(SEASONS, mondays("2026-09-28", 104), seed=3, draws=2001)
    assert winters.drawn.shape == (2001, 2)
    for winter in winters.drawn.T:
        assert sorted(np.bincount(winter)) == [400, 400, 400, 400, 401]
    pairs = set(map(tuple, winters.drawn.tolist()))
    assert len(pairs) == 25


def test_the_chance_of_a_week_is_its_share_of_the_recorded_winters() -> None:
    """Week 53 is epidemic in 2008/09, 2016/17 and 2018/19: three winters of five."""
    chance = draw_winters(SEASONS, WINTER_2026, seed=3, draws=1000).chance
    assert chance[pd.Timestamp("2026-12-28")] == pytest.approx(0.6)
    assert chance[pd.Timestamp("2026-11-23")] == 0
    assert chance[pd.Timestamp("2026-11-30")] == pytest.approx(0.2)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32), draws=st.integers(1, 40))
def test_the_same_seed_deals_the_same_winters(seed: int, draws: int) -> None:
    one = draw_winters(SEASONS, WINTER_2026, seed=seed, draws=draws)
    again = draw_winters(SEASONS, WINTER_2026, seed=seed, draws=draws)
    assert (one.intensity == again.intensity).all()
    lengths = set(one.epidemic.sum(axis=1))
    assert lengths <= set(SEASONS["weeks"])
    assert (one.drawn == again.drawn).all()


def test_another_seed_deals_other_winters() -> None:
    one, other = (draw_winters(SEASONS, WINTER_2026, seed=s, draws=50).drawn for s in (1, 2))
    assert (one != other).any()


def test_no_weeks_give_no_winters() -> None:
    winters = draw_winters(SEASONS, mondays("2026-09-28", 0), seed=1, draws=4)
    assert winters.epidemic.shape == (4, 0)


@pytest.mark.parametrize(
    ("choice", "season"),
    [
        # weeks × intensity: 8, 45, 28, 0, 7 (over 2.2); sorted 0, 7, 8, 28, 45; mean 17.6
        (SeasonChoice.MILD, "2024/2025"),
        (SeasonChoice.AVERAGE, "2008/2009"),
        (SeasonChoice.WEEKS_15, "2016/2017"),
    ],
)
def test_a_ready_made_season_is_one_recorded_winter(choice: SeasonChoice, season: str) -> None:
    assert choose(SEASONS, choice)["season"].tolist() == [season]


def test_normal_draws_from_all_winters() -> None:
    assert choose(SEASONS, SeasonChoice.NORMAL).equals(SEASONS)


def test_a_length_that_was_never_recorded_is_refused() -> None:
    with pytest.raises(WinterError, match="geen griepseizoen van 21 weken"):
        choose(SEASONS, SeasonChoice.WEEKS_21)


@pytest.mark.parametrize(
    ("season", "start", "end", "said"),
    [
        ("2016/2017", "2017-W10", "2017-W09", "eindigt vóór het begint"),
        ("2016/2017", "2016-W39", "2016-W45", "vallen niet in seizoen 2016/2017"),
        ("2016/2017", "2017-W20", "2017-W40", "vallen niet in seizoen 2016/2017"),
        ("2016/2017", "2016-W53", "2017-W02", "een week die niet bestaat"),
        ("2016/2017", "2016-W50", None, "niet bekend in welke weken"),
        ("2016/2017", None, "2017-W02", "niet bekend in welke weken"),
        ("2016/2017", None, None, "niet bekend in welke weken"),
    ],
)
def test_a_season_that_cannot_be_is_refused(
    season: str, start: str | None, end: str | None, said: str
) -> None:
    table = pd.DataFrame([(season, start, end, None, 1.0)], columns=TABLE.columns)
    with pytest.raises(WinterError, match=said):
        recorded_seasons(table)


@pytest.mark.parametrize(("start", "end"), [("2016-W40", "2016-W40"), ("2017-W39", "2017-W39")])
def test_the_first_and_the_last_week_of_a_year_belong_to_its_season(start: str, end: str) -> None:
    table = pd.DataFrame([("2016/2017", start, end, 1, 1.0)], columns=TABLE.columns)
    assert recorded_seasons(table)["weeks"].tolist() == [1]


def test_a_season_with_a_start_and_a_length_ends_after_that_length() -> None:
    """Five weeks from 2026-W51: 51, 52, 53, 1 and 2."""
    row = ("2026/2027", "2026-W51", None, 5.0, 1.0)
    seasons = recorded_seasons(pd.DataFrame([row], columns=TABLE.columns))
    assert (seasons["end"].item(), seasons["weeks"].item()) == ("2027-W02", 5)


def test_an_epidemic_in_unknown_weeks_is_not_taken_for_none() -> None:
    row = ("2021/2022", None, None, 13, 1.0)
    with pytest.raises(WinterError, match="Van seizoen 2021/2022 is niet bekend"):
        recorded_seasons(pd.DataFrame([row], columns=TABLE.columns))


def test_a_season_of_which_no_intensity_is_known_cannot_stand_alone() -> None:
    with pytest.raises(WinterError, match="geen enkel griepseizoen"):
        recorded_seasons(TABLE.iloc[[2, 3]])
    with pytest.raises(WinterError, match="groter dan nul"):
        recorded_seasons(TABLE.assign(intensity=0.0))


def test_a_season_twice_is_refused() -> None:
    with pytest.raises(WinterError, match="Seizoen 2008/2009 staat er meer dan één keer in"):
        recorded_seasons(pd.concat([TABLE, TABLE.iloc[[0]]]))


def test_weeks_start_on_monday_and_there_is_something_to_draw() -> None:
    with pytest.raises(WinterError, match="maandag"):
        draw_winters(SEASONS, mondays("2026-09-29", 2), seed=1)
    with pytest.raises(WinterError, match="geen griepseizoen"):
        draw_winters(SEASONS.iloc[:0], WINTER_2026, seed=1)
    with pytest.raises(WinterError, match="geen griepseizoen"):
        draw_winters(SEASONS, WINTER_2026, seed=1, draws=0)


def test_the_method_is_said_with_its_limits() -> None:
    said = method_words(draw_winters(SEASONS, WINTER_2026, seed=1))
    assert "2.000 trekkingen uit de 5 vastgelegde winters 2008/2009 tot en met 2024/2025" in said
    assert "rusten op deze 5 winters, niet op 2.000 trekkingen" in said
    assert "Van 2018/2019 is geen hevigheid bekend; daar is de mediaan" in said
    assert said.endswith("Dit is geen voorspelling.")
    one = method_words(draw_winters(row("2016/2017"), WINTER_2026, seed=1))
    assert one == ("Gerekend alsof de winter van 2016/2017 terugkomt. Dit is geen voorspelling.")


@pytest.fixture(scope="module")
def dutch(real_data: Path) -> pd.DataFrame:
    """The 17 winters 2008/09–2024/25; the first and the last in the file are not complete."""
    table = pd.read_csv(real_data / "flu" / "nl_seasons.csv")
    table = table[~table["partial_season"]].rename(
        columns={"start_week": "start", "end_week": "end", "duration_weeks": "weeks"}
    )
    table["intensity"] = table["season"].map(intensities(INTENSITY))
    return recorded_seasons(table)


@pytest.mark.realdata
def test_the_dutch_winters_are_the_recorded_ones(dutch: pd.DataFrame) -> None:
    assert (len(dutch), dutch["weeks"].sum()) == (17, 149)
    by_name = dutch.set_index("season")
    assert by_name["intensity_status"].loc["2018/2019":"2021/2022"].tolist() == [
        "mediaan",
        "mediaan",
        "geen epidemie",
        "geen epidemie",
    ]
    assert np.average(dutch["intensity"], weights=dutch["weeks"]) == pytest.approx(1)
    chosen = {choice: choose(dutch, choice)["season"].tolist() for choice in SeasonChoice}
    assert chosen[SeasonChoice.WEEKS_15] == ["2016/2017"]
    assert chosen[SeasonChoice.WEEKS_21] == ["2014/2015"]
    assert len(chosen[SeasonChoice.NORMAL]) == 17
    # The least burdens: none twice, 2011/12 (2 weeks), 2023/24 and then 2022/23 (4 weeks each).
    assert chosen[SeasonChoice.MILD] == ["2022/2023"]
    assert chosen[SeasonChoice.AVERAGE] == ["2008/2009"]


@pytest.mark.realdata
def test_two_thousand_winters_keep_the_mean_length(dutch: pd.DataFrame) -> None:
    winters = draw_winters(dutch, WINTER_2026, seed=42)
    assert winters.epidemic.shape == (2000, 53)
    assert winters.epidemic.sum(axis=1).mean() == pytest.approx(149 / 17, abs=0.02)


PARTLY = pd.DataFrame(
    [
        ("2008/2009", "2009-W01", "2009-W04", None, 2.0, 1.0),
        ("2021/2022", "2022-W01", "2022-W02", None, 2.0, 0.5),
        ("2021/2022", "2022-W02", "2022-W03", None, 2.0, 0.5),
        ("2023/2024", "2024-W03", "2024-W05", None, 2.0, 1.0),
        ("2023/2024", "2023-W40", "2024-W05", None, 2.0, 0.0),
    ],
    columns=[*TABLE.columns, "share"],
)
"""A winter of two weeks in weeks 1–3, and one of which the begin is not known."""


def test_every_place_of_a_winter_comes_equally_often_and_what_is_uncertain_never() -> None:
    seasons = recorded_seasons(PARTLY)
    winters = draw_winters(seasons, WINTER_2026, seed=3, draws=1200)
    assert np.bincount(winters.drawn[:, 0], minlength=5).tolist() == [400, 200, 200, 400, 0]


def test_the_mean_intensity_counts_every_place_for_its_share() -> None:
    """4 weeks of 2.0, 2 of 2.0 and 3 of 2.0: all are the mean."""
    assert recorded_seasons(PARTLY)["intensity"].tolist() == pytest.approx([1.0] * 5)
    uneven = recorded_seasons(PARTLY.assign(intensity=[1.0, 2.5, 2.5, 2.0, 2.0]))
    mean = (4 * 1.0 + 2 * 2.5 + 3 * 2.0) / 9
    assert uneven["intensity"].iloc[1] == pytest.approx(2.5 / mean)


def test_a_winter_that_is_known_in_part_is_no_choice_and_is_named() -> None:
    seasons = recorded_seasons(PARTLY)
    assert choose(seasons, SeasonChoice.AVERAGE)["season"].tolist() == ["2008/2009"]
    said = method_words(draw_winters(seasons, WINTER_2026, seed=1))
    assert "uit de 3 vastgelegde winters" in said
    assert "Van 2021/2022 en 2023/2024 is niet elke epidemische week bekend" in said
