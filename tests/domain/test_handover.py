"""What stays open at a handover, when to evaluate, and on which day it can have been."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from borging.domain.handover import (
    is_open_action,
    is_there,
    open_questions,
    usual_evaluations,
    wrong_day,
)
from borging.domain.instruments import load_definition
from borging.domain.questionnaires import Questionnaire
from borging.settings import DATA

QUESTIONS = load_definition(DATA / "instruments" / "vijftien-harde-vragen.toml")
assert isinstance(QUESTIONS, Questionnaire)
DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("answer", "is_open"), [("ja", False), ("nvt", False), ("deels", True), ("nee", True)]
)
def test_only_yes_and_not_applying_close_a_question(answer: str, is_open: bool) -> None:
    found = open_questions(QUESTIONS, {"contracts": answer})
    assert ("contracts" in [each.id for each in found]) is is_open


def test_what_is_not_answered_is_open() -> None:
    assert len(QUESTIONS.questions) == 15
    assert open_questions(QUESTIONS, {}) == QUESTIONS.questions
    assert open_questions(QUESTIONS, dict.fromkeys(["plan"])) == QUESTIONS.questions


@pytest.mark.parametrize(
    ("result", "done", "is_open"),
    [(7, None, True), (None, None, True), (8, None, False), (7, DAY, False)],
)
def test_an_action_waits_for_its_own_result_or_for_all(
    result: int | None, done: date | None, is_open: bool
) -> None:
    assert is_open_action({"result": result, "done_on": done}, 7) is is_open


def test_evaluations_lie_three_six_and_twelve_months_later() -> None:
    assert usual_evaluations(date(2026, 11, 30)) == {
        "short": date(2027, 2, 28),
        "middle": date(2027, 5, 30),
        "long": date(2027, 11, 30),
    }


@pytest.mark.parametrize(
    ("evaluation", "there"),
    [
        ({"term": "short", "held_on": None}, True),
        ({"term": "short", "held_on": DAY}, True),
        ({"term": "short", "held_on": date(2026, 11, 25)}, False),
        ({"term": "long", "held_on": None}, False),
    ],
)
def test_an_evaluation_held_before_the_handover_is_another_one(
    evaluation: dict[str, Any], there: bool
) -> None:
    assert is_there([evaluation], "short", DAY) is there


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 27), "in de toekomst"),
        (DAY, None),
        (date(2026, 1, 5), None),
        (date(2026, 1, 4), "vóór de start"),
    ],
)
def test_a_handover_lies_between_the_start_and_today(day: date, said: str | None) -> None:
    found = wrong_day(day, DAY, date(2026, 1, 5))
    assert (said in found) if said and found else found is said
    assert wrong_day(date(2020, 1, 1), DAY, None) is None
