"""How a handover and the evaluations stand: the rules of both parts, on their edges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from borging.domain.dossier_bounds import CLOSING_DAYS
from borging.domain.dossier_summary import PartState
from borging.domain.handover import settled_answers
from borging.services.dossier.evaluations import evaluations
from borging.services.dossier.handover_part import SETTLED, handover
from tests.dossiers import AS_OF, QUESTIONS, all_yes, answers, dossier

FAR = AS_OF + timedelta(days=60)
READY = {
    "title": "Protocol",
    "formal_receiver_id": 7,
    "practical_receiver_id": 8,
    "agreed_on": FAR,
}

PLANNED: list[dict[str, Any]] = [{"title": "Evaluatie", "planned_on": FAR}]


def test_the_rule_knows_the_questions_of_the_checklist() -> None:
    assert set(SETTLED) == settled_answers(QUESTIONS)


def test_no_result_is_empty_and_not_good() -> None:
    assert handover(dossier()).state == PartState.EMPTY
    assert handover(dossier(handover_risk=[{"what": "x"}])).state == PartState.UNDERWAY


@pytest.mark.parametrize(
    ("agreed", "late"), [(AS_OF - timedelta(days=1), True), (AS_OF, False), (FAR, False)]
)
def test_an_agreed_day_that_is_over_asks_for_attention(agreed: date, late: bool) -> None:
    rows = all_yes("start") + all_yes("closing")
    said = handover(
        dossier(results=[READY | {"agreed_on": agreed}], hard_question=rows, evaluation=PLANNED)
    )
    assert (said.words == "1 resultaat, afgesproken dag voorbij") is late
    assert (said.state == PartState.ATTENTION) is late


def test_nobody_to_receive_asks_for_attention() -> None:
    said = handover(
        dossier(results=[READY, READY | {"formal_receiver_id": None, "title": "Scholing"}])
    )
    assert said.state == PartState.ATTENTION
    assert said.words == "2 resultaten, 1 zonder formele ontvanger"
    assert said.next == "Spreek af wie ‘Scholing’ in de lijn in ontvangst neemt."


@pytest.mark.parametrize(
    ("risk", "bare"),
    [
        ({"what": "x"}, True),
        ({"what": "x", "result": 1}, True),
        ({"what": "x", "result": 2}, False),
        ({"what": "x", "measure": "y"}, False),
    ],
)
def test_a_risk_without_measure_asks_for_attention_until_the_handover(
    risk: dict[str, Any], bare: bool
) -> None:
    done = READY | {"handed_over_on": AS_OF}
    said = handover(dossier(results=[READY, done], handover_risk=[risk]))
    assert ("zonder maatregel" in said.words) is bare
    assert handover(dossier(results=[done], handover_risk=[risk])).state == PartState.SETTLED


@pytest.mark.parametrize(("days", "near"), [(28, True), (29, False)])
def test_open_questions_ask_for_attention_in_the_last_four_weeks(days: int, near: bool) -> None:
    rows = all_yes("start") + all_yes("closing")[:-1] + answers("closing", evaluation="deels")
    result = READY | {"agreed_on": AS_OF + timedelta(days=days)}
    said = handover(dossier(results=[result], hard_question=rows))
    assert (said.state == PartState.ATTENTION) is near
    assert (said.words == "1 resultaat, 1 vraag open") is near


def test_what_is_left_to_do_comes_one_by_one() -> None:
    assert "bij de start" in handover(dossier(results=[READY])).next
    rows = answers("start", plan="ja")
    bare = READY | {"agreed_on": None, "practical_receiver_id": None}
    assert "Spreek af wanneer" in handover(dossier(results=[bare], hard_question=rows)).next
    bare["agreed_on"] = FAR
    assert "in de praktijk" in handover(dossier(results=[bare], hard_question=rows)).next
    assert "14 vragen zijn nog open" in handover(dossier(results=[READY], hard_question=rows)).next
    rows += all_yes("closing")
    done = dossier(results=[READY], hard_question=rows, evaluation=PLANNED)
    assert handover(done).next == ""


def test_a_yes_that_the_facts_contradict_asks_for_attention() -> None:
    said = handover(dossier(results=[READY], hard_question=all_yes("closing")))
    assert said.state == PartState.ATTENTION
    assert said.words == "1 resultaat, 1 antwoord strookt niet met het dossier"
    assert said.next == (
        "Bij de harde vragen staat ‘ja’, maar er is geen evaluatie gepland of gehouden."
    )


@pytest.mark.parametrize(
    ("on", "state"),
    [(AS_OF, PartState.SETTLED), (AS_OF + timedelta(days=1), PartState.UNDERWAY)],
)
def test_what_is_handed_over_on_the_day_is_settled(on: date, state: PartState) -> None:
    assert handover(dossier(results=[READY | {"handed_over_on": on}])).state == state


def planned(on: date | None, **more: Any) -> dict[str, Any]:
    return {"title": "Evaluatie", "term": "long", "planned_on": on, "led_by": 7, **more}


def test_no_evaluation_is_empty_while_the_project_runs() -> None:
    assert evaluations(dossier(results=[READY])).state == PartState.EMPTY


@pytest.mark.parametrize(
    "closing",
    [
        {"results": [READY | {"handed_over_on": AS_OF}]},
        {"project": {"state": "closed"}},
        {"project": {"end": pd.Timestamp(AS_OF + timedelta(CLOSING_DAYS))}},
    ],
)
def test_nothing_planned_at_closing_asks_for_attention(closing: dict[str, Any]) -> None:
    assert evaluations(dossier(**closing)).words == "geen evaluatie gepland"
    undated = evaluations(dossier(**closing, evaluation=[planned(None)]))
    assert undated.state == PartState.ATTENTION
    dated = evaluations(dossier(**closing, evaluation=[planned(FAR)]))
    assert dated.state == PartState.SETTLED


def test_a_project_that_does_not_end_soon_has_time_to_plan() -> None:
    later = pd.Timestamp(AS_OF + timedelta(CLOSING_DAYS + 1))
    assert evaluations(dossier(project={"end": later})).state == PartState.EMPTY


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (AS_OF - timedelta(days=1), PartState.ATTENTION),
        (AS_OF, PartState.SETTLED),
    ],
)
def test_an_evaluation_that_was_not_held_asks_for_attention(on: date, state: PartState) -> None:
    assert evaluations(dossier(evaluation=[planned(on)])).state == state


def test_what_was_held_has_an_outcome_and_a_lesson() -> None:
    held = planned(AS_OF, held_on=AS_OF, outcome="partly")
    said = evaluations(dossier(evaluation=[held]))
    assert (said.state, said.next) == (
        PartState.ATTENTION,
        "Schrijf bij ‘Evaluatie’ op wat u leerde.",
    )
    held["lessons"] = "Begin eerder."
    said = evaluations(dossier(evaluation=[held]))
    assert (said.state, said.words) == (PartState.SETTLED, "1 evaluatie, 1 gehouden")


def test_a_coming_evaluation_has_a_day_a_leader_and_a_long_one_beside_it() -> None:
    assert "Kies een dag" in evaluations(dossier(evaluation=[planned(None)])).next
    assert "leidt" in evaluations(dossier(evaluation=[planned(FAR, led_by=None)])).next
    assert "lange termijn" in evaluations(dossier(evaluation=[planned(FAR, term="short")])).next
