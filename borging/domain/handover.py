"""Handing a result to the line: who receives it, which questions stay open, what is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from borging.domain.dossier import Field, FieldType, ListDefinition
from borging.domain.periods import add_months
from borging.domain.questionnaires import Question, Questionnaire

START, CLOSING = "start", "closing"
"""The moments at which the questions are answered, as the list of the dossier stores them."""
HARD_QUESTION, ACTION, RISK, EVALUATION = (
    "hard_question",
    "handover_action",
    "handover_risk",
    "evaluation",
)
"""Keys of the lists of the dossier that a handover reads and writes."""
MONTHS = {"short": 3, "middle": 6, "long": 12}
"""Term of an evaluation to the months after the handover at which it is planned."""

RESULT = ListDefinition(
    key="project_result",
    title="Resultaten",
    one="resultaat",
    many="resultaten",
    add="Schrijf op wat het project overdraagt: zonder resultaat valt er niets te borgen.",
    help="Eén regel per resultaat of deelresultaat; elk heeft zijn eigen dag van overdracht.",
    source="Lessen uit projecten in de zorg, in eigen woorden",
    status="uit geheugen",
    single=False,
    fields=(
        Field("title", "Resultaat", FieldType.TEXT, required=True),
        Field(
            "formal_receiver_id",
            "Formele ontvanger",
            FieldType.PERSON,
            help="Wie er in de lijn verantwoordelijk voor wordt.",
        ),
        Field(
            "practical_receiver_id",
            "Praktische ontvanger",
            FieldType.PERSON,
            help="Wie er elke dag mee verder gaat.",
        ),
        Field("agreed_on", "Afgesproken", FieldType.DAY),
        Field(
            "handed_over_on",
            "Overgedragen",
            FieldType.DAY,
            help="Vastleggen en terugdraaien doet u onder de tabel; hier verbetert u de dag.",
        ),
    ),
)
"""A result, described as the lists of a dossier are; its fields are columns of its table."""


def open_questions(
    questionnaire: Questionnaire, answers: Mapping[str, str | None]
) -> tuple[Question, ...]:
    """Return the questions that are not answered with the best answer or as not applying.

    answers: id of a question to the id of the answer; None or missing is not answered.
    """
    settled = settled_answers(questionnaire)
    return tuple(each for each in questionnaire.questions if answers.get(each.id) not in settled)


def settled_answers(questionnaire: Questionnaire) -> frozenset[str]:
    """Return the answers after which nothing is left to do."""
    counting = [choice.id for choice in questionnaire.choices if choice.counts]
    rest = [choice.id for choice in questionnaire.choices if not choice.counts]
    return frozenset([counting[0], *rest])


def is_open_action(action: Mapping[str, Any], result_id: int) -> bool:
    """Say whether an action or decision still waits when this result is handed over.

    One that names no result is about all of them.
    """
    return action["done_on"] is None and action["result"] in (None, result_id)


def key_of_question(result_id: int, question_id: str) -> str:
    """Return by what the restpunt of an open question is known."""
    return f"question:{result_id}:{question_id}"


def key_of_action(item_id: int) -> str:
    """Return by what the restpunt of an open action is known."""
    return f"action:{item_id}"


def left_over(question: Question, result: str) -> str:
    """Return the title of the restpunt that an open question becomes."""
    return f"{question.name}: nog niet rond bij de overdracht van ‘{result}’"


def usual_evaluations(day: date) -> dict[str, date]:
    """Return by term when to evaluate what is handed over on `day`."""
    return {term: add_months(day, months) for term, months in MONTHS.items()}


def evaluation_title(term: str) -> str:
    """Return how the evaluation of a term is called."""
    return f"Evaluatie na {MONTHS[term]} maanden"


def is_there(evaluations: Sequence[Mapping[str, Any]], term: str, day: date) -> bool:
    """Say whether an evaluation of this term is there for a handover on `day`.

    One that was held before that day looked at something else.
    """
    return any(
        each["term"] == term and (each["held_on"] is None or each["held_on"] >= day)
        for each in evaluations
    )


def wrong_day(day: date, today: date, start: date | None) -> str | None:
    """Return why nothing can have been handed over on `day`, as a sentence; None when it can.

    start: first day of the project.
    """
    if day > today:
        return (
            f"De dag van overdracht ({day:%d-%m-%Y}) ligt in de toekomst. Vul een dag tot en met "
            "vandaag in; een dag die nog komt, hoort bij ‘Afgesproken’."
        )
    if start is not None and day < start:
        return (
            f"De dag van overdracht ({day:%d-%m-%Y}) ligt vóór de start van het project "
            f"({start:%d-%m-%Y}). Verbeter de dag."
        )
    return None
