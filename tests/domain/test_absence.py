"""Sick leave per sector, and what a first quarter becomes with the seasons that were."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from borging.domain.absence import Absence, absence_of, sectors
from borging.domain.periods import Week
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
    assert absence_of("Ziekenhuizen", sectors(TABLE)) == Absence("Ziekenhuizen", 0.062, 2025, 0.022)
    assert absence_of("Ziekenhuizen", sectors(TABLE), 0.01).in_week(0.5) == pytest.approx(0.067)


def test_a_sector_without_a_newer_third_quarter_keeps_the_one_before() -> None:
    figures = {"zorg": {(2024, 3): 5.0, (2025, 1): 7.0, (2025, 2): 6.0}}
    assert absence_of("zorg", figures) == Absence("zorg", 0.05, 2024)


def test_sick_leave_is_never_more_than_everybody() -> None:
    assert Absence("zorg", 0.9, 2025, 0.5).in_week(1) == 1


def epidemic_weeks(folder: Path) -> set[Week]:
    found = set()
    with (folder / "flu" / "nl_seasons.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["start_week"]:
                week, last = Week.parse(row["start_week"]), Week.parse(row["end_week"])
                while week <= last:
                    found.add(week)
                    week = week.plus(1)
    return found


@pytest.mark.realdata
@pytest.mark.parametrize("sector", SECTORS)
def test_the_recorded_seasons_give_the_first_quarters_of_the_source(
    sector: str, real_data: Path
) -> None:
    """Third quarter of the same year plus the excess in the weeks that were epidemic, in % points.

    Sixteen first quarters, 2010–2025, each of 13 ISO weeks; the means may differ by 0.3.
    """
    epidemic, figures = epidemic_weeks(real_data), sectors(TABLE)[sector]
    simulated, measured = [], []
    for year in range(2010, 2026):
        absence = Absence(sector, figures[year, 3] / 100, year)
        weeks = [Week.of(date.fromisocalendar(year, number, 1)) for number in range(1, 14)]
        simulated.append(100 * mean(absence.in_week(float(week in epidemic)) for week in weeks))
        measured.append(figures[year, 1])
    assert mean(simulated) == pytest.approx(mean(measured), abs=0.3)
    without = mean(figures[year, 3] for year in range(2010, 2026))
    assert abs(without - mean(measured)) > 0.9
