"""What is still open when a result is handed over, and the restpunten that come of it.

A receiver who gets fifteen restpunten at once oversees none of them. So a handover proposes at
most MOST_ITEMS: the weightiest by themselves, and one that names the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from borging.domain import handover as rules
from borging.domain.hard_answers import Answer
from borging.domain.questionnaires import Questionnaire

MOST_ITEMS = 5
"""Restpunten that one handover proposes; a choice of this product: as many as fit in one talk."""
LONGEST_TITLE = 300
"""Characters of the title of the restpunt that names the rest."""


@dataclass(frozen=True)
class OpenPoint:
    """An open question or action. key: by what its restpunt is known; name: what it is, in short.

    title: of a restpunt of its own. owner: id of the person who is named with it.
    """

    key: str
    name: str
    title: str
    owner: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class NewItem:
    """A restpunt to make. keys: of the points it stands for."""

    keys: tuple[str, ...]
    title: str
    owner: int | None
    due: date | None


def open_points(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    actions: Mapping[int, Mapping[str, Any]],
    result: Mapping[str, Any],
    left_before: Collection[str],
) -> list[OpenPoint]:
    """Return what is open, the weightiest first.

    Actions come first, then questions from the worst answer to the best; questions without an
    answer come last.

    Args:
        answers: see `hard_answers.standing_about`.
        actions: id to the fields of every action of the project.
        result: id and title of what is handed over.
        left_before: keys of what is a restpunt already.
    """
    points = [
        OpenPoint(
            rules.key_of_action(item_id), each["what"], each["what"], each["owner"], each["due"]
        )
        for item_id, each in actions.items()
        if rules.is_open_action(each, result["id"])
    ]
    given = {question: each.answer for question, each in answers.items()}
    worst_first = [choice.id for choice in reversed(questionnaire.choices)]
    ranks = {answer: rank for rank, answer in enumerate(worst_first)}
    questions = sorted(
        rules.open_questions(questionnaire, given),
        key=lambda each: ranks.get(given.get(each.id) or "", len(ranks)),
    )
    points += [
        OpenPoint(
            rules.key_of_question(result["id"], each.id),
            each.name,
            rules.left_over(each, result["title"]),
            answers[each.id].owner if each.id in answers else None,
        )
        for each in questions
    ]
    return [each for each in points if each.key not in left_before]


def new_items(
    points: Sequence[OpenPoint],
    result: str,
    day: date,
    receiver: int | None,
    people: Collection[int],
) -> list[NewItem]:
    """Return the restpunten of a handover on a day, at most MOST_ITEMS.

    Args:
        result: title of what is handed over.
        receiver: id of who is proposed as owner of what names nobody.
        people: ids of those who may own something.
    """
    alone = points if len(points) <= MOST_ITEMS else points[: MOST_ITEMS - 1]
    rest = points[len(alone) :]
    items = [
        NewItem(
            (each.key,),
            each.title,
            each.owner if each.owner in people else receiver,
            max(each.due, day) if each.due else None,
        )
        for each in alone
    ]
    if rest:
        keys = tuple(each.key for each in rest)
        items.append(NewItem(keys, _rest_in_words(rest, result), receiver, None))
    return items


def _rest_in_words(rest: Sequence[OpenPoint], result: str) -> str:
    """Name the points that share one restpunt, as many as fit."""
    head = f"Nog {len(rest)} punten open bij de overdracht van ‘{result}’: "
    for shown in range(len(rest), 0, -1):
        more = f" en nog {len(rest) - shown}" if shown < len(rest) else ""
        words = head + ", ".join(each.name for each in rest[:shown]) + more
        if len(words) <= LONGEST_TITLE:
            return words
    return head.rstrip(": ")
