"""Lists of questions with one row of choices for all: a checklist or a rating.

Their answers are given by name and belong to one project result; they make no score.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from borging.domain.definition import Table, twice


class Kind(StrEnum):
    """What a definition describes; the value is the word in the file.

    SCAN: factors with levels and points, answered without a name. CHECKLIST: questions with
    words as answers. RATING: questions with a number as answer.
    """

    SCAN = "scan"
    CHECKLIST = "checklist"
    RATING = "schaal"


@dataclass(frozen=True)
class Choice:
    """One answer that may be given.

    id: what is stored. counts: False for an answer that says the question does not apply.
    """

    id: str
    label: str
    counts: bool


@dataclass(frozen=True)
class Question:
    """One question. lowest, highest: what the ends of a scale mean; empty in a checklist."""

    id: str
    name: str
    question: str
    lowest: str
    highest: str
    status: str


@dataclass(frozen=True)
class Questionnaire:
    """A whole list; questions and choices stand in their fixed order.

    A checklist has its choices from settled to open, a rating from low to high.
    """

    key: str
    version: str
    title: str
    kind: Kind
    source: str
    unit_of_analysis: str
    instruction: str
    choices: tuple[Choice, ...]
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question:
        """Return a question by id; KeyError when there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


def build_questionnaire(table: Table, kind: Kind) -> Questionnaire:
    """Return what the table describes; what is wrong is noted in its faults."""
    definition = Questionnaire(
        key=table.slug("key"),
        version=table.text("version"),
        title=table.text("title"),
        kind=kind,
        source=table.text("source"),
        unit_of_analysis=table.text("unit_of_analysis"),
        instruction=table.text("instruction"),
        choices=tuple(_choice(each) for each in table.tables("choices", "keuze")),
        questions=tuple(_question(each, kind) for each in table.tables("questions", "vraag")),
    )
    table.done()
    for name in twice([choice.id for choice in definition.choices]):
        table.fault(f"twee keuzes hebben de id ‘{name}’; geef elke keuze een eigen id.")
    for name in twice([question.id for question in definition.questions]):
        table.fault(f"twee vragen hebben de id ‘{name}’; geef elke vraag een eigen id.")
    if definition.choices and sum(choice.counts for choice in definition.choices) < 2:
        table.fault("er zijn minder dan twee keuzes die meetellen; voeg een keuze toe.")
    if kind == Kind.RATING:
        _check_scale(table, definition.choices)
    return definition


def _choice(table: Table) -> Choice:
    choice = Choice(
        id=table.slug("id"),
        label=table.text("label"),
        counts=table.flag("counts") if table.has("counts") else True,
    )
    table.done()
    return choice


def _question(table: Table, kind: Kind) -> Question:
    scale = kind == Kind.RATING
    question = Question(
        id=table.slug("id"),
        name=table.text("name"),
        question=table.text("question"),
        lowest=table.text("lowest") if scale else "",
        highest=table.text("highest") if scale else "",
        status=table.status(),
    )
    table.done()
    return question


def _check_scale(table: Table, choices: tuple[Choice, ...]) -> None:
    numbers = [choice.id for choice in choices if choice.counts and choice.id]
    expected = [str(number) for number in range(1, len(numbers) + 1)]
    if numbers != expected:
        table.fault(
            f"de keuzes van een schaal heten {_listed(expected)}, van laag naar hoog; hier staat "
            f"{_listed(numbers)}."
        )


def _listed(words: list[str]) -> str:
    return ", ".join(words)
