from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from borging.domain.rounds import ScanRound
from borging.domain.terms import RoundState, ScanKind
from borging.services.scan import team as team_overview
from borging.services.scan.team import TeamView, choose
from tests.scans import CHECK_CASE, NHS
from tests.services.residuals.test_view import OLD, OWNED, items, projects
from tests.services.scan.test_trend import rows
from tests.services.scan.test_view import DAY, a_round

TEAM = "De Linde › Team Noord"


def units(*kinds: str) -> pd.DataFrame:
    """Units 1, 2, …: De Linde, its team, a team elsewhere."""
    labels = ["De Linde", TEAM, "Het Veerhuis › Nacht"][: len(kinds)]
    ids = pd.array(range(1, len(kinds) + 1), dtype="Int64")
    return pd.DataFrame({"id": ids, "kind": list(kinds), "label": labels})


TREE = units("location", "team", "team")


@pytest.mark.parametrize(
    ("asked", "unit_id", "label", "unknown"),
    [
        (None, None, None, False),
        (None, 2, TEAM, False),
        (None, 1, None, False),
        ("Het Veerhuis › Nacht", 2, "Het Veerhuis › Nacht", False),
        ("Team Noord", 2, None, True),
        ("De Linde", None, None, True),
    ],
)
def test_the_address_comes_before_the_unit_of_a_person(
    asked: str | None, unit_id: int | None, label: str | None, unknown: bool
) -> None:
    found = choose(TREE, asked, unit_id)
    assert (found.label, found.unknown) == (label, unknown)
    assert found.options == (TEAM, "Het Veerhuis › Nacht")


def test_where_nothing_is_a_team_every_unit_can_be_chosen() -> None:
    assert choose(units("organisation", "location"), None, None).options == ("De Linde", TEAM)
    assert choose(units(), None, None).options == ()


def test_a_team_owns_what_hangs_under_it_and_nothing_above_or_below() -> None:
    frame = projects()
    frame["unit"] = ["De Linde", TEAM, f"{TEAM} › Nacht"]
    assert team_overview.own_projects(frame, TEAM)["id"].tolist() == [2]


def view(rounds: list[ScanRound], *left_over: dict[str, Any], n: int = 1) -> TeamView:
    return team_overview.view(
        projects(n), {1: rounds}, frozenset({1, 2, 3, 4}), items(*left_over), NHS, TEAM, DAY
    )


def row(*rounds: ScanRound) -> dict[str, Any]:
    return dict(view(list(rounds)).projects.iloc[0])


NOW = a_round(CHECK_CASE, 3, on=DAY)


def test_the_last_round_stands_against_the_one_before() -> None:
    low, high = a_round(rows("dddddd"), 1), a_round(rows("aaaaaa"), 2)
    found = row(low, high)
    assert found["last"].endswith(" punten (n = 6), 22-05-2026")
    assert found["before"].endswith(" punten (n = 6), 21-02-2026")
    assert found["change"] == "stijgt: Voordelen naast betere zorg"
    assert (
        row(high, replace(low, number=3, scanned_on=DAY))["change"]
        == "daalt: Voordelen naast betere zorg"
    )
    assert row(low, replace(low, number=2, scanned_on=DAY))["change"] == "geen factor"


def test_few_answers_give_no_verdict_and_other_rounds_are_named() -> None:
    assert row(a_round(CHECK_CASE, 1), NOW)["change"] == (
        "te weinig antwoorden om verschil van toeval te onderscheiden"
    )
    assert row(NOW)["change"] == "nog geen ronde om mee te vergelijken"
    assert row(NOW)["gain"] == "Steun van bestuur en management (+6,8)"
    assert row(NOW)["last"] == "71,0 punten (n = 4), 18-11-2026"
    assert row(a_round(None, 1))["last"] == "te weinig"
    assert row()["last"] == "niet gemeten"
    agreed = a_round(("b" * 10,), 4, ScanKind.JOINT, on=DAY + timedelta(days=1))
    assert row(NOW, agreed)["change"] == "gezamenlijk antwoord: niet te toetsen"
    old = replace(a_round(CHECK_CASE, 1), instrument_version="2007")
    assert row(old, NOW)["change"] == "andere versie van de vragen: niet te vergelijken"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "geen volgende ronde gepland"),
        ({"next_on": DAY}, "volgende ronde 18-11-2026"),
        ({"next_on": DAY - timedelta(1)}, "volgende ronde 17-11-2026, te laat"),
        (
            {"state": RoundState.CLOSED, "next_on": DAY},
            "gesloten, nog niet vrijgegeven; volgende ronde 18-11-2026",
        ),
        ({"state": RoundState.OPEN, "closes_on": DAY}, "open tot en met 18-11-2026"),
        ({"state": RoundState.DRAFT}, "ronde staat klaar om te openen"),
    ],
)
def test_the_round_says_where_it_stands(values: dict[str, Any], said: str) -> None:
    assert row(replace(NOW, **values))["round"] == said
    assert row()["round"] == "geen ronde gepland"


def test_only_open_items_of_the_own_projects_are_listed_and_counted() -> None:
    shown = view(
        [NOW],
        {"owner_id": None},
        OWNED | {"due": DAY - timedelta(2), "scan_id": 3, "factor": "fit"},
        OWNED | {"closed_on": DAY},
        OWNED | {"project_id": 2},
        OWNED | {"created_on": DAY + timedelta(1)},
    )
    assert shown.items["id"].tolist() == [1, 2]
    assert {each.label: each.value for each in shown.figures} == {
        "Open rondes": "0",
        "Open acties": "1",
        "Open restpunten": "2",
        "Te laat": "1 van 2",
        "Zonder eigenaar": "1 van 2",
    }
    assert shown.title == "2 dagen te laat voor Project 1: Contract verlengen"


def test_an_action_counts_as_talked_over_also_when_it_is_done() -> None:
    newest = replace(NOW, id=9, answered_here=True)
    done = OWNED | {"created_on": OLD, "closed_on": DAY, "scan_id": 9, "factor": "fit"}
    assert view([newest], done).title == "Niets dringends"
    assert view([newest]).title.startswith("Bespreek de ronde van Project 1")


def test_a_team_without_projects_is_told_so() -> None:
    assert view([], n=0).title == "Nog geen projecten van dit team"
    assert "0 eigen projecten" in view([], n=0).small_print


def test_projects_with_a_round_come_first() -> None:
    shown = team_overview.view(
        projects(3), {2: [NOW]}, frozenset({3}), items(), NHS, TEAM, DAY
    ).projects
    assert shown["project"].tolist() == ["Project 2", "Project 1", "Project 3"]
