"""Findings with nothing, some and all known: what is not known is said first."""

from __future__ import annotations

import pytest

from borging.domain.terms import ProjectState
from borging.services.calendar import words as calendar_words
from borging.services.capacity.start_check import StartCheck
from borging.services.handovers import Handovers
from borging.services.known import known_first
from borging.services.scan import team as team_overview
from borging.services.scan.team_task import OwnItem, OwnProject


@pytest.mark.parametrize(
    ("unknown", "whole", "words"),
    [
        (0, 14, "Geen functie loopt vol"),
        (5, 14, "Van 5 van de 14 projecten is de inzet niet bekend; geen functie loopt vol"),
        (1, 14, "Van 1 van de 14 projecten is de inzet niet bekend; geen functie loopt vol"),
        (14, 14, "Van 14 projecten is de inzet niet bekend"),
        (1, 1, "Van het enige project is de inzet niet bekend"),
        (0, 0, "Geen functie loopt vol"),
    ],
)
def test_what_is_not_known_comes_first(unknown: int, whole: int, words: str) -> None:
    assert known_first("Geen functie loopt vol", unknown, whole, "is de inzet niet bekend") == words


def test_a_code_keeps_its_capital_after_what_is_not_known() -> None:
    said = known_first(
        "P01 en P02 scoren gelijk", 1, 10, "is het verschil niet bekend", "factor", "factoren"
    )
    assert said == "Van 1 van de 10 factoren is het verschil niet bekend; P01 en P02 scoren gelijk"


@pytest.mark.parametrize(
    ("unknown", "words"),
    [
        (0, "Geen van de 4 overdrachten valt in het griepseizoen"),
        (
            9,
            "Van 9 van de 14 projecten is geen dag van overdracht bekend; geen van de 4 "
            "overdrachten valt in het griepseizoen",
        ),
        (14, "Van 14 projecten is geen dag van overdracht bekend"),
    ],
)
def test_the_calendar_says_first_of_which_projects_no_day_is_known(
    unknown: int, words: str
) -> None:
    assert calendar_words.finding(Handovers(4, 0, "wk 51–11", 14, unknown)) == words


def own(items: int) -> OwnProject:
    held = tuple(OwnItem("x", "Anna", None, from_scan=False) for _ in range(items))
    return OwnProject(1, "Valpreventie", ProjectState.PLANNED, (), frozenset(), held)


@pytest.mark.parametrize(
    ("projects", "words"),
    [
        ([], "Nog geen projecten van dit team"),
        ([own(1), own(2)], "Niets dringends"),
        (
            [own(0), own(2)],
            "Van 1 van de 2 projecten is geen ronde of restpunt bekend; niets dringends",
        ),
        ([own(0), own(0)], "Van 2 projecten is geen ronde of restpunt bekend"),
    ],
)
def test_a_team_hears_first_of_which_projects_nothing_is_known(
    projects: list[OwnProject], words: str
) -> None:
    assert team_overview.finding(None, projects) == words


@pytest.mark.parametrize(
    ("warnings", "unchecked", "words"),
    [
        ((), (), "De startcheck vindt niets om op te letten."),
        (
            (),
            ("x", "y"),
            "De startcheck kon 2 punten niet nagaan; de rest noemt niets om op te letten.",
        ),
        (
            ("a",),
            ("x",),
            "De startcheck kon 1 punt niet nagaan; de rest noemt 1 punt om op te letten. Het is "
            "een advies, geen verbod.",
        ),
        (
            ("a",),
            (),
            "De startcheck noemt 1 punt om op te letten. Het is een advies, geen verbod.",
        ),
    ],
)
def test_the_start_check_says_first_what_it_could_not_look_at(
    warnings: tuple[str, ...], unchecked: tuple[str, ...], words: str
) -> None:
    assert StartCheck(warnings, unchecked).finding == words
