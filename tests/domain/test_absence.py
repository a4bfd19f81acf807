"""Sick leave per sector, and what is reckoned with in it."""

from __future__ import annotations

from borging.domain.absence import Absence, absence_of, sectors
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
    assert (found.base, found.year, found.winter_excess) == (0.062, 2025, 0.022)
    assert absence_of("Ziekenhuizen", sectors(TABLE), 0.01).winter_excess == 0.01


def test_a_sector_without_a_newer_third_quarter_keeps_the_one_before() -> None:
    figures = {"zorg": {(2024, 3): 5.0, (2025, 1): 7.0, (2025, 2): 6.0}}
    assert absence_of("zorg", figures) == Absence("zorg", 0.05, 2024)


def test_changes_are_those_of_third_quarters_that_follow_each_other() -> None:
    """0.2 up and 0.5 down; 2022 is missing, so nothing is known of 2022 and 2023."""
    quiet = {2019: 5.0, 2020: 5.2, 2021: 4.7, 2023: 6.0}
    figures = {"zorg": {(year, 3): value for year, value in quiet.items()} | {(2020, 2): 9.0}}
    assert absence_of("zorg", figures).changes == (0.002, -0.005)
