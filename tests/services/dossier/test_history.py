"""The history in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from borging.domain.dossier import all_lists
from borging.domain.history import Entry
from borging.services.dossier.history import Line, lines
from tests.dossiers import PARTS

AT = datetime(2026, 6, 30, 22, 5, tzinfo=UTC)
NAMES = {
    "person": {7: "Anna de Wit"},
    "unit": {3: "Team Noord"},
    "goal": {},
    "project_result": {4: "Werkwijze"},
    "system_effect": {6: "ICT"},
}


def told(entity: str, before: Any, after: Any, list_key: str | None = None) -> Line:
    entry = Entry(
        *(1, AT, "Bas Visser", "change", entity, "Gewijzigd", list_key, before, after, True)
    )
    return lines([entry], all_lists(PARTS), NAMES, ZoneInfo("Europe/Amsterdam"))[0]


def test_a_line_tells_when_on_the_clock_here_and_what_became_of_each_field() -> None:
    line = told(
        "project",
        {"owner_id": None, "state": "idea", "end": "2026-12-28", "borging_in_plan": None},
        {"owner_id": 7, "state": "running", "end": None, "borging_in_plan": True},
    )
    assert (line.when, line.who, line.what) == ("01-07-2026, 00:05", "Bas Visser", "Gewijzigd.")
    assert line.changes == (
        "Eigenaar in de lijn: leeg → Anna de Wit",
        "Stand: idee → lopend",
        "Laatste dag: 28-12-2026 → leeg",
        "Paragraaf over borging in het plan: leeg → ja",
    )


def test_an_item_of_the_dossier_is_told_in_the_words_of_its_list() -> None:
    line = told(
        "dossier_item",
        {"name": "Nachtdienst", "position": "opponent"},
        {"name": "Nachtdienst", "position": "advocate", "contact": 7, "gone": "x"},
        "stakeholder",
    )
    assert line.changes == (
        "Houding: tegenstander → voorstander",
        "Wie houdt contact: leeg → Anna de Wit",
    )


def test_a_year_has_no_thousands_point_and_an_amount_has_its_unit() -> None:
    line = told(
        "dossier_item",
        {"what": "Licenties", "year": 2026.0, "amount": 12500.0},
        {"what": "Licenties", "year": 2027.0, "amount": None},
        "running_cost",
    )
    assert line.changes == ("Jaar: 2026 → 2027", "Bedrag: 12.500 euro → leeg")


def test_what_a_field_refers_to_is_told_by_its_name() -> None:
    line = told(
        "dossier_item",
        {"what": "Rooster", "result": 4},
        {"what": "Rooster", "result": 5},
        "handover_action",
    )
    assert line.changes == ("Voor welk resultaat: Werkwijze → ?",)
    step = {"what": "Bellen", "effect": None}
    line = told("dossier_item", step, step | {"effect": 6}, "effect_action")
    assert line.changes == ("Bij welk gevolg: leeg → ICT",)


def test_text_that_looks_like_a_day_is_no_reason_to_fail_and_long_text_is_cut() -> None:
    line = told("residual_item", {"title": "9999-99-99"}, {"title": "x" * 200})
    assert line.changes == (f"Omschrijving: 99-99-9999 → {'x' * 119}…",)


def test_what_was_added_or_removed_tells_no_fields() -> None:
    assert told("project", None, {"title": "x"}).changes == ()
    assert told("scan", None, None).changes == ()
