"""Shortages and handovers over the drawn winters, on cases worked out by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from borging.domain.absence import Absence
from borging.services.capacity import chance as capacity_chance
from borging.services.capacity import handover_chances
from borging.services.capacity.chance import ChanceView, cell, note
from borging.services.capacity.handover_chances import HandoverChances
from borging.services.capacity.view import CapacityView
from tests.services.capacity.test_view import AS_OF, NEEDS, PROJECTS, dated, view

ILL = Absence("zorg", 0.05, 2025, 0.1)
"""5 % sick leave, and 15 % in an epidemic week of one of the two winters."""


def screen(**other: Any) -> CapacityView:
    return view(absence=ILL, **other)


def chances(hours: float) -> ChanceView:
    """Ask so many hours of the ECD-beheerder in weeks 51 up to and including 1."""
    return capacity_chance.view(screen(needs=NEEDS.iloc[:1].assign(hours_per_week=hours)))


def test_the_worst_weeks_are_listed_with_their_chance_and_hours() -> None:
    """20, 16, 16 and 20 hours: 19, 15.2, 15.2, 19 left, and 17, 13.6, 13.6 in the epidemic."""
    found = chances(15.0)
    assert found.worst.drop(columns="iso_week").round(6).to_numpy().tolist() == [
        ["ECD-beheerder", "wk 52", 50, 0.0, 1.4],
        ["ECD-beheerder", "wk 53", 50, 0.0, 1.4],
    ]
    assert found.worst["iso_week"].tolist() == ["2026-W52", "2026-W53"]
    assert found.safe == "In geen enkele getrokken winter tekort: Projectleider."
    assert found.table[["2026-W51", "2026-W52"]].to_numpy().tolist() == [[0, 50], [0, 0]]
    assert found.in_words.endswith(
        "1 functie komt in een of meer weken in minstens de helft van de getrokken winters uren "
        "tekort. Het grootste tekort: ECD-beheerder in wk 52, in 90 % van de winters hoogstens "
        "1,4 uur."
    )


def test_no_more_than_three_weeks_of_a_function_the_largest_shortage_first() -> None:
    found = chances(19.5)
    assert found.worst["week"].tolist() == ["wk 52", "wk 53", "wk 1"]
    assert found.worst["hours_90"].tolist() == pytest.approx([5.9, 5.9, 2.5])
    assert found.worst["hours_50"].tolist() == pytest.approx([4.3, 4.3, 0.5])


def test_what_just_fits_in_the_worst_winter_is_never_short() -> None:
    found = chances(13.6)
    assert found.worst.empty
    assert "Projectleider" in found.safe
    assert "grootste tekort" not in found.in_words
    assert not chances(13.61).worst.empty


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (0, "0"),
        (0.0005, "<1"),
        (0.005, "<1"),
        (0.0055, "1"),
        (0.5, "50"),
        (0.9945, "99"),
        (0.995, ">99"),
        (1, "100"),
    ],
)
def test_rare_is_not_never_and_often_is_not_always(chance: float, text: str) -> None:
    assert cell(chance) == text


def test_the_small_print_tells_whether_the_numbers_are_in_the_cells() -> None:
    half, year = screen(), screen(period=52)
    assert "vet = in minstens de helft" in note(half, capacity_chance.view(half), narrow=False)
    said = note(year, capacity_chance.view(year), narrow=False)
    assert "vet" not in said
    assert "de getallen staan in de tabel eronder" in said
    phone = note(year, capacity_chance.view(year), narrow=True)
    assert "vet = in minstens de helft" in phone
    assert "getekend: 9 van de 52 weken" in phone


def test_the_method_says_on_what_it_rests() -> None:
    said = chances(15.0).method
    assert "2.000 trekkingen uit de 2 vastgelegde winters" in said
    assert "rusten op deze 2 winters, niet op 2.000 trekkingen" in said
    assert "Dit is geen voorspelling." in said


def handovers(*days: tuple[int, str, str | None]) -> HandoverChances:
    rows = [(project, f"resultaat {day}", day, done) for project, day, done in days]
    columns = ["project_id", "title", "agreed_on", "handed_over_on"]
    results = dated(pd.DataFrame(rows, columns=columns), "agreed_on", "handed_over_on")
    return handover_chances.view(screen(), PROJECTS, results, AS_OF)


def test_handovers_are_ranked_by_the_chance_of_their_week() -> None:
    found = handovers(
        (7, "2026-12-20", None),  # Sunday of week 51: never
        (8, "2026-12-21", None),  # Monday of week 52: in one of two winters
        (7, "2027-01-10", None),  # Sunday of week 1, the last epidemic one
        (7, "2027-05-31", None),  # week 22: nobody measures
        (7, "2026-12-15", None),  # the day before the day of judgement
        (7, "2026-12-22", "2026-12-15"),  # handed over already
        (9, "2026-12-22", None),  # the project is over
        (8, "2027-06-13", None),  # Sunday of the last week of the period
        (8, "2027-06-14", None),  # the day after
    )
    rows = found.table[["project", "week", "chance"]].astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["P08 Toezicht", "2026-W52", 50],
        ["P07 Spraak", "2027-W01", 50],
        ["P07 Spraak", "2026-W51", 0],
        ["P07 Spraak", "2027-W22", None],
        ["P08 Toezicht", "2027-W23", None],
    ]
    assert found.in_words == (
        "3 overdrachten vallen in het griepseizoen (wk 51–11), van 5 overdrachten in deze periode. "
        "Het vaakst epidemisch: P08 Toezicht, de week van 24 december: 50\u00a0% (1 van 2). Bij 2 "
        "is de griepkans niet gemeten (wk 21 t/m 39). Na deze periode volgt er nog 1."
    )


def test_no_handover_is_said() -> None:
    assert handovers().in_words == "In deze periode is er geen overdracht afgesproken."
