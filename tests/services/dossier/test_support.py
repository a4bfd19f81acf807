"""Support, trust and knowledge: each rule fires on one side of its edge and not on the other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from borging.domain.dossier_summary import PartState
from borging.services.dossier.support import support
from tests.dossiers import AS_OF, LISTS, dossier

WIN = {"what": "Formulier weg", "due": AS_OF}
RISKS = LISTS["open_start_risk"].name_field.labels
PEOPLE = {7: "Anna de Wit", 8: "Bas Visser"}


def said(**lists: Any) -> tuple[PartState, str, str]:
    """What is said of these lists when nothing else asks anything."""
    lists.setdefault("quick_win", [WIN])
    found = support(dossier(people=PEOPLE, project={"project_lead_id": 8}, **lists))
    return found.state, found.words, found.next


def days(number: int | None) -> Any:
    return None if number is None else AS_OF + timedelta(days=number)


def test_nothing_is_empty_and_a_near_result_is_enough() -> None:
    assert support(dossier()).state == PartState.EMPTY
    assert said()[:2] == (PartState.SETTLED, "1 snel resultaat")


@pytest.mark.parametrize(
    ("due", "done", "near"),
    [
        (91, None, True),
        (92, None, False),
        (-1, None, False),
        (-200, -91, True),
        (-200, -92, False),
        (None, None, False),
    ],
)
def test_a_result_within_three_months(due: int | None, done: int | None, near: bool) -> None:
    row = {
        "due": None if due is None else days(due),
        "done_on": None if done is None else days(done),
    }
    assert (said(quick_win=[{"what": "x"} | row])[0] == PartState.SETTLED) == near


def test_a_project_that_is_over_needs_no_new_result_or_message() -> None:
    old = {"words": "Zo doen wij het", "told_on": days(-400)}
    found = dossier(project={"state": "closed"}, message=[old])
    assert support(found).state == PartState.SETTLED


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (7, 8, PartState.SETTLED),
        (7, None, PartState.ATTENTION),
        (None, 7, PartState.ATTENTION),
        (7, 7, PartState.ATTENTION),
        (None, None, PartState.UNDERWAY),
    ],
)
def test_knowledge_with_one_person_asks(
    first: int | None, second: int | None, state: PartState
) -> None:
    assert said(knowledge_holder=[{"topic": "ECD", "first": first, "second": second}])[0] == state


@pytest.mark.parametrize(
    ("mandate", "hours", "state"),
    [
        (True, 2.0, PartState.SETTLED),
        (False, 2.0, PartState.ATTENTION),
        (True, 0.0, PartState.ATTENTION),
        (True, None, PartState.UNDERWAY),
        (None, 2.0, PartState.UNDERWAY),
    ],
)
def test_a_member_needs_mandate_and_hours(
    mandate: bool | None, hours: float | None, state: PartState
) -> None:
    found = said(team_member=[{"person": 7, "mandate": mandate, "hours": hours}])
    assert found[0] == state
    assert state == PartState.SETTLED or "‘Anna de Wit’" in found[2]


@pytest.mark.parametrize(
    ("until", "left", "state"),
    [
        (91, None, PartState.ATTENTION),
        (92, None, PartState.SETTLED),
        (-5, None, PartState.ATTENTION),
        (91, "Draaiboek", PartState.SETTLED),
        (None, None, PartState.UNDERWAY),
        (None, "Draaiboek", PartState.SETTLED),
    ],
)
def test_expertise_that_leaves_leaves_knowledge_behind(
    until: int | None, left: str | None, state: PartState
) -> None:
    row = {"role": "Adviseur", "until": days(until)}
    assert said(expertise=[row | {"left_behind": left, "independent": True}])[0] == state


@pytest.mark.parametrize(("independent", "asks"), [(False, True), (True, False), (None, False)])
def test_expertise_of_the_supplier_asks_for_another_eye(
    independent: bool | None, asks: bool
) -> None:
    found = said(
        expertise=[{"role": "Adviseur", "independent": independent, "left_behind": "Draaiboek"}]
    )
    assert (found[0] == PartState.UNDERWAY) == asks


@pytest.mark.parametrize(("told", "asks"), [(-91, False), (-92, True), (None, True)])
def test_a_message_is_repeated_every_three_months(told: int | None, asks: bool) -> None:
    row = {"words": "Eén keer vastleggen", "told_on": days(told)}
    assert (said(message=[row])[0] == PartState.UNDERWAY) == asks


def test_all_five_risks_of_an_open_start_are_gone_through_and_answered() -> None:
    none = [{"risk": risk, "present": False} for risk in RISKS]
    assert said(open_start_risk=none)[0] == PartState.SETTLED
    assert said(open_start_risk=none[1:])[1] == "1 van 5 open punten niet nagelopen"
    bare = [{"risk": "resistance", "present": True}, *none[1:]]
    assert said(open_start_risk=bare)[2] == "Spreek af wat u doet tegen ‘weerstand’."
    bare[0]["measure"] = "Meelopen"
    assert said(open_start_risk=bare)[0] == PartState.SETTLED


@pytest.mark.parametrize(("leader", "asks"), [(8, True), (7, False), (None, False)])
def test_who_leads_the_project_does_not_lead_the_borging(leader: int | None, asks: bool) -> None:
    assert (said(borging_project=[{"leader": leader}])[0] == PartState.ATTENTION) == asks
