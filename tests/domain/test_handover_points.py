"""What is open at a handover, by weight, and how many restpunten come of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from borging.domain.handover_points import (
    LONGEST_TITLE,
    MOST_ITEMS,
    OpenPoint,
    new_items,
    open_points,
)
from borging.domain.hard_answers import standing_about
from borging.domain.instruments import load_definition
from borging.domain.questionnaires import Questionnaire
from borging.domain.texts import longest
from borging.settings import DATA

QUESTIONS = load_definition(DATA / "instruments" / "vijftien-harde-vragen.toml")
assert isinstance(QUESTIONS, Questionnaire)
IDS = [each.id for each in QUESTIONS.questions]
RESULT: dict[str, Any] = {"id": 1, "title": "Protocol"}
DAY = date(2026, 11, 20)


def given(question: str, answer: str | None, moment: str, result: int = 1) -> dict[str, Any]:
    return {"question": question, "answer": answer, "moment": moment, "result": result}


@pytest.mark.parametrize(
    ("start", "closing", "newest"),
    [
        ("ja", None, "ja"),
        ("ja", "nee", "nee"),
        ("nee", "ja", "ja"),
        (None, "deels", "deels"),
    ],
)
def test_an_answer_at_closing_goes_before_one_at_the_start(
    start: str | None, closing: str | None, newest: str
) -> None:
    rows = [given("plan", closing, "closing"), given("plan", start, "start")]
    for order in (rows, rows[::-1]):
        assert standing_about(order, 1)["plan"].answer == newest
    assert standing_about(rows, 2) == {}


def test_what_was_settled_at_the_start_is_not_open() -> None:
    rows = [given(each, "ja", "start") for each in IDS]
    assert open_points(QUESTIONS, standing_about(rows, 1), {}, RESULT, ()) == []


def test_the_weightiest_comes_first() -> None:
    rows = [given(each, "ja", "start") for each in IDS[3:]]
    rows += [given(IDS[0], None, "start"), given(IDS[1], "deels", "start")]
    rows.append(given(IDS[2], "nee", "closing"))
    action = {"what": "Drukken", "owner": None, "due": None, "done_on": None, "result": None}
    found = open_points(QUESTIONS, standing_about(rows, 1), {9: action}, RESULT, ())
    keys = ["action:9", *(f"question:1:{IDS[n]}" for n in (2, 1, 0))]
    assert [each.key for each in found] == keys
    left = open_points(QUESTIONS, standing_about(rows, 1), {9: action}, RESULT, keys[:3])
    assert [each.key for each in left] == keys[3:]


@pytest.mark.parametrize("number", range(18))
def test_no_point_is_lost_and_no_receiver_is_flooded(number: int) -> None:
    points = [OpenPoint(f"k{n}", f"Naam {n}", f"Titel {n}") for n in range(number)]
    items = new_items(points, "Protocol", DAY, 7, {7})
    assert len(items) == min(number, MOST_ITEMS)
    assert [key for each in items for key in each.keys] == [each.key for each in points]
    assert all(each.owner == 7 and len(each.title) <= LONGEST_TITLE for each in items)


def test_the_titles_of_a_handover_fit_where_they_are_stored() -> None:
    """The title of the result is as long as its column holds."""
    result = RESULT | {"title": "x" * longest("project_result.title")}
    points = open_points(QUESTIONS, {}, {}, result, ())
    items = [*new_items(points, result["title"], DAY, 7, {7}), *points]
    assert max(len(each.title) for each in items) <= longest("residual_item.title")


def test_a_named_owner_stays_and_a_due_day_is_not_before_the_handover() -> None:
    points = [
        OpenPoint("a", "A", "A", owner=8, due=date(2026, 11, 1)),
        OpenPoint("b", "B", "B", owner=9, due=date(2027, 1, 1)),
    ]
    found = new_items(points, "Protocol", DAY, 7, {7, 8})
    assert [(each.owner, each.due) for each in found] == [(8, DAY), (7, date(2027, 1, 1))]
