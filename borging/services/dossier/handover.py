"""Handing over a result: how far its questions are, and what recording the handover would do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from borging.domain import handover as rules
from borging.domain import handover_points as points
from borging.domain.hard_answers import standing_about
from borging.domain.questionnaires import Questionnaire
from borging.domain.wording import count, day, listed
from borging.services.dossier.dossier import Dossier

COPIED = ("answer", "evidence", "owner")
"""Fields of an answer at the start that are a starting point at closing; its day is not."""


@dataclass(frozen=True)
class Progress:
    """How far the questions are at one moment. open: answer in words to names of questions."""

    settled: int
    total: int
    open: Mapping[str, tuple[str, ...]]
    unanswered: int

    @property
    def words(self) -> str:
        """'11 van 15 rond'."""
        return f"{self.settled} van {self.total} rond"

    @property
    def rest(self) -> str:
        """'deels: Contracten en Plan; 2 niet beantwoord', '' when nothing is open."""
        parts = [f"{answer}: {listed(names)}" for answer, names in self.open.items() if names]
        if self.unanswered:
            parts.append(f"{self.unanswered} niet beantwoord")
        return "; ".join(parts)


@dataclass(frozen=True)
class Consequences:
    """What recording a handover would make.

    questions, actions: what is still open, the weightiest first. terms: of the evaluations that
    are not there yet. items: restpunten that come of it. receiver: who is proposed as owner of
    what names nobody, '' for nobody.
    """

    questions: tuple[str, ...]
    actions: tuple[str, ...]
    terms: tuple[str, ...]
    items: int = 0
    receiver: str = ""

    def words(self, planned: Mapping[str, date]) -> str:
        """Return what will happen, as sentences. planned: term to the day of its evaluation."""
        left = []
        if self.questions:
            left.append(count(len(self.questions), "open vraag", "open vragen"))
        if self.actions:
            left.append(count(len(self.actions), "open actie", "open acties"))
        said = (
            self._of_items(listed(left))
            if left
            else "Er blijft niets open, dus er komen geen restpunten bij."
        )
        if not self.terms:
            return f"{said} De evaluaties staan er al."
        days = listed([day(planned[term]) for term in self.terms])
        ready = count(len(self.terms), "evaluatie wordt", "evaluaties worden")
        return f"{said} {ready} klaargezet op {days}."

    def _of_items(self, left: str) -> str:
        """Say how many restpunten come of what is left, and who is proposed as owner."""
        total = len(self.questions) + len(self.actions)
        if total == 1:
            words = f"{left} wordt een restpunt"
        elif total == self.items:
            words = f"{left} worden restpunten"
        else:
            rest = total - self.items + 1
            words = (
                f"{left} worden {self.items} restpunten: de zwaarste elk apart, de andere {rest} "
                "samen in één"
            )
        owner = f" Waar niemand bij staat, is {self.receiver} de voorgestelde eigenaar."
        return f"{words}.{owner if self.receiver else ''}"


def is_handed_over(result: Mapping[str, Any], as_of: date) -> bool:
    """Say whether one of `Dossier.given_results` was handed over on or before a day."""
    return result["handed_over_on"] is not None and result["handed_over_on"] <= as_of


def question_rows(
    dossier: Dossier, questionnaire: Questionnaire, result_id: int, moment: str
) -> pd.DataFrame:
    """Return one row per question in fixed order, as the items of a list; id None: no answer."""
    answers = _answers(dossier, result_id, moment)
    empty = dict.fromkeys(dossier.lists[rules.HARD_QUESTION].columns)
    asked = {"result": result_id, "moment": moment}
    rows = [
        {**empty, **asked, "question": each.id, **answers.get(each.id, {})}
        for each in questionnaire.questions
    ]
    return pd.DataFrame(rows, columns=list(empty), dtype=object)


def progress(
    dossier: Dossier, questionnaire: Questionnaire, result_id: int, moment: str
) -> Progress:
    """Return how far the questions about a result are at one moment."""
    given = _given(dossier, result_id, moment)
    left = rules.open_questions(questionnaire, given)
    settled = rules.settled_answers(questionnaire)
    return Progress(
        settled=len(questionnaire.questions) - len(left),
        total=len(questionnaire.questions),
        open={
            choice.label: tuple(each.name for each in left if given.get(each.id) == choice.id)
            for choice in questionnaire.choices
            if choice.id not in settled
        },
        unanswered=sum(given.get(each.id) is None for each in left),
    )


def starting_point(dossier: Dossier, result_id: int) -> list[dict[str, Any]]:
    """Return the answers at the start to questions that have none at closing, for at closing."""
    there = _answers(dossier, result_id, rules.CLOSING)
    return [
        dict.fromkeys(("answered_on",))
        | {"question": question, "result": result_id, "moment": rules.CLOSING}
        | {name: answer[name] for name in COPIED}
        for question, answer in _answers(dossier, result_id, rules.START).items()
        if question not in there and answer["answer"] is not None
    ]


def consequences(
    dossier: Dossier,
    questionnaire: Questionnaire,
    result_id: int,
    on: date,
    left_before: Collection[str],
) -> Consequences:
    """Return what recording a handover on a day would make.

    left_before: what is a restpunt already (see `queries.handovers.left_before`).
    """
    result = next(each for each in dossier.given_results if each["id"] == result_id)
    actions = {row["id"]: row for row in dossier.rows(rules.ACTION)}
    left = points.open_points(
        questionnaire,
        standing_about(dossier.rows(rules.HARD_QUESTION), result_id),
        actions,
        result,
        left_before,
    )
    about_actions = {rules.key_of_action(item_id) for item_id in actions}
    receiver = result["practical_receiver_id"] or result["formal_receiver_id"]
    evaluations = dossier.rows(rules.EVALUATION)
    return Consequences(
        questions=tuple(each.name for each in left if each.key not in about_actions),
        actions=tuple(each.name for each in left if each.key in about_actions),
        terms=tuple(term for term in rules.MONTHS if not rules.is_there(evaluations, term, on)),
        items=len(points.new_items(left, result["title"], on, receiver, ())),
        receiver=dossier.people.get(receiver or 0, ""),
    )


def _answers(dossier: Dossier, result_id: int, moment: str) -> dict[str, Mapping[str, Any]]:
    """Return the answers to the questions about a result by the id of the question."""
    return {
        row["question"]: row
        for row in dossier.rows(rules.HARD_QUESTION)
        if (row["result"], row["moment"]) == (result_id, moment)
    }


def _given(dossier: Dossier, result_id: int, moment: str) -> dict[str, str | None]:
    answers = _answers(dossier, result_id, moment)
    return {question: row["answer"] for question, row in answers.items()}
