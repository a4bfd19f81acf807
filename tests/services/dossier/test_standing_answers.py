"""One rule says which answer stands: every count of open questions agrees with it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from borging.domain.hard_answers import SETTLED, YES, standing_about
from borging.services.dossier.handover import consequences
from borging.services.dossier.handover_part import handover, open_questions
from borging.services.dossier.hard_side import hard_counts, hard_side
from tests.dossiers import AS_OF, IDS, QUESTIONS, all_yes, answers, dossier

RESULT = {
    "title": "Protocol",
    "formal_receiver_id": 7,
    "practical_receiver_id": 8,
    "agreed_on": AS_OF + timedelta(days=10),
}
EVALUATION = [{"title": "Evaluatie", "planned_on": AS_OF}]


def drawn(seed: int) -> list[dict[str, Any]]:
    """Return answers at both moments, some empty, in any order."""
    chance = random.Random(seed)
    rows = [
        {
            "question": question,
            "result": 1,
            "moment": moment,
            "answer": chance.choice(["ja", "deels", "nee", "nvt", None]),
        }
        for question in IDS
        for moment in ("start", "closing")
        if chance.random() < 0.7
    ]
    chance.shuffle(rows)
    return rows


@pytest.mark.parametrize("seed", range(20))
def test_every_count_follows_the_same_answers(seed: int) -> None:
    rows = drawn(seed)
    expected = {}
    for question in IDS:
        own = {each["moment"]: each["answer"] for each in rows if each["question"] == question}
        if stands := own.get("closing") or own.get("start"):
            expected[question] = stands
    left = {each for each in IDS if expected.get(each) not in SETTLED}
    found = dossier(results=[RESULT], hard_question=rows)

    assert {key: each.answer for key, each in standing_about(rows, 1).items()} == expected
    assert open_questions(found, 1) == len(left)
    names = {each.name for each in QUESTIONS.questions if each.id in left}
    made = consequences(found, QUESTIONS, 1, AS_OF, ())
    assert set(made.questions) == names
    yes = list(expected.values()).count(YES)
    side = hard_side(found)
    assert side is not None
    results = pd.DataFrame({"id": [1], "project_id": [1]})
    stored = pd.DataFrame([each for each in rows if each["answer"]])
    portfolio = hard_counts(stored, results, IDS)[1]
    assert (side.yes, portfolio.yes, portfolio.asked) == (yes, yes, side.asked)


@pytest.mark.parametrize("moment", ["start", "closing"])
def test_a_yes_at_the_start_is_not_asked_for_again_before_the_handover(moment: str) -> None:
    said = handover(dossier(results=[RESULT], hard_question=all_yes(moment), evaluation=EVALUATION))
    assert said.words == "1 resultaat"
    assert said.next == ""


def test_answers_without_a_yes_are_answers() -> None:
    far = RESULT | {"agreed_on": date(2027, 11, 26)}
    rows = answers("start", **dict.fromkeys(IDS, "nee"))
    assert "15 vragen zijn nog open" in (
        handover(dossier(results=[far], hard_question=rows, evaluation=EVALUATION)).next
    )
