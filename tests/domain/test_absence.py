"""Sick leave per sector, and what is reckoned with in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from borging.domain.absence import Absence, absence_of, apart, sectors
from borging.settings import DATA

TABLE = DATA / "reference" / "verzuim-zorg.csv"
SECTORS = (
    "Gezondheids- en welzijnszorg",
    "Gezondheidszorg",
    "Ziekenhuizen",
    "Verpleging en zorg met overnachting",
    "Welzijnszorg zonder overnachting",
)


def test_the_figures_are_those_of_the_source() -> None:
    figures = sectors(TABLE)
    assert tuple(figures) == SECTORS
    nursing = figures["Verpleging en zorg met overnachting"]
    assert (nursing[2025, 1], nursing[2025, 3]) == (9.3, 8.4)
    assert min(nursing) == (2009, 1)


def test_the_base_is_the_newest_third_quarter_and_the_excess_can_be_set() -> None:
    found = absence_of("Ziekenhuizen", sectors(TABLE))
    assert (found.base, found.year, found.winter_excess, found.flu) == (0.062, 2025, None, 0)
    assert absence_of("Ziekenhuizen", sectors(TABLE), 0.01).winter_excess == 0.01


def test_a_sector_without_a_newer_third_quarter_keeps_the_one_before() -> None:
    figures = {"zorg": {(2024, 3): 5.0, (2025, 1): 7.0, (2025, 2): 6.0}}
    assert absence_of("zorg", figures) == Absence("zorg", 0.05, 2024)


def test_changes_are_those_of_third_quarters_that_follow_each_other() -> None:
    """0.2 up and 0.5 down; 2022 is missing, so nothing is known of 2022 and 2023."""
    quiet = {2019: 5.0, 2020: 5.2, 2021: 4.7, 2023: 6.0}
    figures = {"zorg": {(year, 3): value for year, value in quiet.items()} | {(2020, 2): 9.0}}
    assert absence_of("zorg", figures).changes == (0.002, -0.005)


def test_the_excess_of_a_quarter_is_against_the_third_quarters_on_both_sides() -> None:
    """5.0 and 5.2 on both sides make 5.1; nothing is known of 2021 on one side."""
    figures = {
        "zorg": {
            (2019, 3): 5.0,
            (2019, 4): 5.8,
            (2020, 1): 6.1,
            (2020, 2): 5.4,
            (2020, 3): 5.2,
            (2020, 4): 9.0,
        }
    }
    assert absence_of("zorg", figures).quarters == (0.01, 0.003, 0.0, 0.007)


EXCESS = Absence("zorg", 0.05, 2025, quarters=(0.011, 0.004, 0.0, 0.006))
EPIDEMIC = (0.5, 0.05, 0.0, 0.15)


def test_flu_is_what_remains_in_the_first_quarter_beside_the_season() -> None:
    """(1.1 − 0.5) ÷ (0.5 − 0.1) = 1.5 points an epidemic week; half of quarter 1 is 0.75."""
    found = apart(EXCESS, EPIDEMIC)
    assert found.flu == pytest.approx(0.015)
    assert found.season == pytest.approx((0.0035, 0.00325, 0.0, 0.00375))
    for excess, season, share in zip(EXCESS.quarters, found.season, EPIDEMIC, strict=True):
        assert season + found.flu * share == pytest.approx(excess)


def test_a_given_excess_stays_and_no_season_is_below_zero() -> None:
    found = apart(replace(EXCESS, winter_excess=0.04), EPIDEMIC)
    assert found.flu == 0.04
    assert found.season == pytest.approx((0.0, 0.002, 0.0, 0.0))
    assert apart(EXCESS, (0.0, 0.0, 0.0, 0.0)).season == EXCESS.quarters
