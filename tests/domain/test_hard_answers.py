from __future__ import annotations

from dataclasses import replace

import pytest

from borging.domain.hard_answers import (
    Answer,
    ResultFacts,
    against_yes,
    contradiction,
    standing_answers,
)

IN_ORDER = ResultFacts(
    formal_receiver=True,
    practical_receiver=True,
    handover_day=True,
    risks_without_measure=(),
    unbudgeted=(),
    unaccepted=(),
    evaluations=1,
)


def row(question: str, moment: str, answer: str | None, result: int = 1) -> dict[str, object]:
    return {"result": result, "question": question, "moment": moment, "answer": answer}


def test_an_answer_at_closing_replaces_only_its_own_question() -> None:
    rows = [row("plan", "closing", "nee"), row("plan", "start", "ja"), row("roles", "start", "ja")]
    assert sorted(standing_answers(rows, [1]), key=lambda each: each.question) == [
        Answer(1, "plan", "nee", "closing"),
        Answer(1, "roles", "ja", "start"),
    ]


def test_no_answer_and_an_answer_for_a_result_that_is_gone_do_not_stand() -> None:
    rows = [row("plan", "start", "ja"), row("plan", "closing", None), row("plan", "start", "ja", 9)]
    assert standing_answers(rows, [1]) == [Answer(1, "plan", "ja", "start")]


@pytest.mark.parametrize(
    ("question", "against", "sentence"),
    [
        ("formal_receiver", {"formal_receiver": False}, "Er is geen formele ontvanger vastgelegd."),
        (
            "practical_receiver",
            {"practical_receiver": False},
            "Er is geen praktische ontvanger vastgelegd.",
        ),
        ("handover_date", {"handover_day": False}, "Er is geen dag van overdracht vastgelegd."),
        (
            "handover_risks",
            {"risks_without_measure": ("Nacht",)},
            "Zonder maatregel staat het risico ‘Nacht’.",
        ),
        (
            "running_costs",
            {"unbudgeted": ("Licenties", "Uren")},
            "In geen begroting staan de kosten ‘Licenties’ (en nog 1).",
        ),
        (
            "residual_items",
            {"unaccepted": ("Kaart",)},
            "Niet door de lijn aanvaard is het restpunt ‘Kaart’.",
        ),
        ("evaluation", {"evaluations": 0}, "Er is geen evaluatie gepland of gehouden."),
    ],
)
def test_each_question_has_its_own_facts(
    question: str, against: dict[str, object], sentence: str
) -> None:
    facts = replace(IN_ORDER, **against)  # type: ignore[arg-type]
    assert contradiction(question, facts) == sentence
    assert contradiction(question, IN_ORDER) == ""
    lower = sentence[0].lower() + sentence[1:]
    assert against_yes(sentence) == f"Bij de harde vragen staat ‘ja’, maar {lower}"
    assert contradiction("documentation", facts) == ""
