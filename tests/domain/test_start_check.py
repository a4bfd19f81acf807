"""Each rule of the start check on its edge: it speaks, or it does not."""

from __future__ import annotations

from datetime import date

import pytest

from borging.domain import start_check as rules
from borging.domain.flu import in_flu_band

DAY = date(2027, 1, 1)


def test_a_day_in_the_flu_season_is_told_with_its_week_as_a_date() -> None:
    assert rules.in_flu_season("De overdracht", DAY, 7, 15) == (
        "De overdracht op 01-01-2027 valt in het griepseizoen (wk 51–11): de week van 31 december "
        "was in 7 van de 15 getelde winters epidemisch (47\u00a0%, geen voorspelling)."
    )
    assert rules.in_flu_season("De overdracht", DAY, 0, 0) == (
        "De overdracht op 01-01-2027 valt in het griepseizoen (wk 51–11)."
    )


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2026, 12, 13), False),
        (date(2026, 12, 14), True),
        (date(2027, 3, 21), True),
        (date(2027, 3, 22), False),
    ],
)
def test_the_flu_season_is_that_of_the_calendar(day: date, inside: bool) -> None:
    assert in_flu_band(day) is inside
    assert bool(rules.in_flu_season("Het begin", day, 17, 17)) is inside
    assert bool(rules.in_flu_season("Het begin", day, 0, 17)) is inside


def test_a_function_that_is_full_is_named_with_its_weeks() -> None:
    said = rules.function_full("Digicoach", ["wk 51 t/m wk 2 (2026–2027)", "wk 5 (2027)"], "130 %")
    assert said == (
        "Functie ‘Digicoach’ is vol in wk 51 t/m wk 2 (2026–2027), wk 5 (2027): met dit project "
        "erbij hoogstens 130 %."
    )


def test_a_function_without_full_weeks_is_not_named() -> None:
    assert rules.function_full("Digicoach", [], "") is None


def test_a_person_in_three_other_projects_is_named_with_their_codes() -> None:
    said = rules.person_in_many("Els", ["eigenaar", "projectleider"], ["P1", "P2", "P3"])
    assert said == (
        "Els (eigenaar, projectleider) zit in deze periode al in 3 lopende of geplande projecten: "
        "P1, P2, P3."
    )


def test_a_person_in_two_other_projects_is_not() -> None:
    assert rules.person_in_many("Els", ["eigenaar"], ["P1", "P2"]) is None


@pytest.mark.parametrize(
    ("number", "end"),
    [(6, "P1, P2, P3, P4, P5, P6."), (8, "P1, P2, P3, P4, P5, P6 en nog 2.")],
)
def test_a_sentence_names_six_projects(number: int, end: str) -> None:
    said = rules.person_in_many("Els", ["eigenaar"], [f"P{n}" for n in range(1, number + 1)])
    assert str(said).endswith(f"in {number} lopende of geplande projecten: {end}")


@pytest.mark.parametrize("owner", [None, ""])
def test_a_project_without_owner_is_warned_of(owner: str | None) -> None:
    assert "geen eigenaar in de lijn" in str(rules.no_owner(owner))


def test_a_project_with_an_owner_is_not() -> None:
    assert rules.no_owner("Els") is None


@pytest.mark.parametrize(
    ("in_plan", "part"), [(False, "Er staat geen borging"), (None, "is niet bekend")]
)
def test_a_plan_without_borging_is_warned_of(in_plan: bool | None, part: str) -> None:
    assert part in str(rules.no_borging_in_plan(in_plan))


def test_a_plan_with_borging_is_not() -> None:
    assert rules.no_borging_in_plan(True) is None


def test_a_project_without_evaluation_is_warned_of() -> None:
    assert "geen evaluatie na afsluiting" in str(rules.no_evaluation(None))


def test_a_project_with_an_evaluation_is_not() -> None:
    assert rules.no_evaluation(DAY) is None
