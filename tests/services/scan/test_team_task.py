"""Each rule on its edge: the day before it speaks, the day itself, and when it keeps still."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from borging.domain.rounds import ScanRound
from borging.domain.terms import ProjectState, RoundState, ScanKind
from borging.services.scan import team_task as rules
from borging.services.scan.team_task import Kind, OwnItem, OwnProject, next_task
from tests.scans import CHECK_CASE
from tests.services.scan.test_view import DAY, a_round

WEEK = timedelta(days=7)
ITEM = OwnItem("Verbinding laten meten", "Fenna Dijkstra", DAY, from_scan=True)


def held(**values: Any) -> ScanRound:
    """A published round that was opened here, four weeks ago."""
    plain = a_round(CHECK_CASE, 1, on=DAY - 4 * WEEK)
    return replace(plain, **{"answered_here": True, "next_on": DAY + 9 * WEEK} | values)


def opened(closes_on: date) -> ScanRound:
    return replace(
        a_round(None, 2, on=DAY - WEEK), state=RoundState.OPEN, closes_on=closes_on, next_on=None
    )


def own(*rounds: ScanRound, **values: Any) -> OwnProject:
    """A running project that was talked over and has nothing left over."""
    plain: dict[str, Any] = {
        "id": 7,
        "title": "Familieportaal",
        "state": ProjectState.RUNNING.value,
        "rounds": rounds,
        "talked_over": frozenset({1}),
        "items": (),
    }
    return OwnProject(**plain | values)


def words(rule: rules.Rule, project: OwnProject) -> str | None:
    task = rule(project, DAY)
    return None if task is None else task.words


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (4, None),
        (3, "Nog 3 dagen om te antwoorden over Familieportaal"),
        (1, "Nog 1 dag om te antwoorden over Familieportaal"),
        (0, "Vandaag is de laatste dag om te antwoorden over Familieportaal"),
        (-1, "De ronde van Familieportaal kan dicht: de laatste dag was 17-11-2026"),
    ],
)
def test_an_open_round_speaks_in_its_last_three_days(days: int, said: str | None) -> None:
    project = own(held(), opened(DAY + timedelta(days=days)))
    assert words(rules.round_that_closes, project) == said
    assert rules.round_that_closes(own(held()), DAY) is None
    concept = replace(opened(DAY), state=RoundState.DRAFT)
    assert rules.round_that_closes(own(concept), DAY) is None


def test_a_closed_round_asks_to_be_discussed_until_something_came_of_it() -> None:
    said = "Bespreek de ronde van Familieportaal: er is nog niets afgesproken"
    silent = frozenset[int]()
    for state in (RoundState.CLOSED, RoundState.PUBLISHED):
        assert words(rules.round_to_discuss, own(held(state=state), talked_over=silent)) == said
    for project in (
        own(held()),
        own(talked_over=silent),
        own(held(score=None), talked_over=silent),
        own(held(answered_here=False), talked_over=silent),
        own(held(kind=ScanKind.JOINT), talked_over=silent),
        own(held(), opened(DAY), talked_over=silent),
        own(held(), talked_over=silent, state=ProjectState.WITHDRAWN.value),
    ):
        assert rules.round_to_discuss(project, DAY) is None


def test_a_closed_round_asks_to_be_published() -> None:
    closed = held(state=RoundState.CLOSED)
    said = "De ronde van Familieportaal is nog niet vrijgegeven"
    assert words(rules.round_to_publish, own(closed)) == said
    for project in (own(held()), own(), own(replace(closed, score=None))):
        assert rules.round_to_publish(project, DAY) is None


@pytest.mark.parametrize(("days", "speaks"), [(1, False), (0, True), (-1, True)])
def test_the_next_round_is_asked_for_from_its_day_on(days: int, speaks: bool) -> None:
    planned = DAY + timedelta(days=days)
    said = words(rules.round_to_hold, own(held(next_on=planned)))
    if speaks:
        assert said is not None
        assert said.startswith("Tijd voor een nieuwe ronde van Familieportaal: gepland op ")
    else:
        assert said is None


def test_no_next_round_is_asked_for_when_there_is_one_or_nobody_wants_it() -> None:
    due = held(next_on=DAY - WEEK)
    agreed = a_round(("a" * 10,), 2, ScanKind.JOINT, on=DAY - WEEK)
    for project in (
        own(due, opened(DAY)),
        own(due, agreed),
        own(held(next_on=None)),
        own(due, state=ProjectState.WITHDRAWN.value),
    ):
        assert rules.round_to_hold(project, DAY) is None
    early = replace(agreed, scanned_on=DAY - WEEK - timedelta(days=1))
    assert rules.round_to_hold(own(due, early), DAY) is not None


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, None),
        (-1, "1 dag te laat voor Familieportaal: Verbinding laten meten"),
        (-20, "20 dagen te laat voor Familieportaal: Verbinding laten meten"),
    ],
)
def test_an_action_is_overdue_from_the_day_after(days: int, said: str | None) -> None:
    late = replace(ITEM, due=DAY + timedelta(days=days))
    assert words(rules.overdue_action, own(items=(ITEM, late))) == said
    assert rules.overdue_action(own(items=(replace(late, from_scan=False),)), DAY) is None
    assert rules.overdue_action(own(items=(replace(late, due=None),)), DAY) is None


def test_what_nobody_owns_is_counted() -> None:
    unowned = replace(ITEM, owner=None)
    rule = rules.item_without_owner
    assert words(rule, own(items=(ITEM,))) is None
    assert words(rule, own(items=(unowned,))) == (
        "1 restpunt heeft nog geen eigenaar bij Familieportaal"
    )
    assert words(rule, own(items=(unowned, unowned))) == (
        "2 restpunten hebben nog geen eigenaar bij Familieportaal"
    )


def test_only_a_project_that_runs_is_missed_in_the_scans() -> None:
    said = "Familieportaal is nog nooit gescand"
    for state in ProjectState:
        expected = said if state is ProjectState.RUNNING else None
        assert words(rules.never_scanned, own(state=state.value)) == expected
    assert rules.never_scanned(own(replace(opened(DAY), state=RoundState.DRAFT)), DAY) is None


def test_what_comes_first_is_the_order_of_the_rules_and_then_what_presses_most() -> None:
    late = replace(ITEM, due=DAY - WEEK)
    ladder = [
        (own(opened(DAY)), Kind.ANSWER),
        (own(held(), talked_over=frozenset()), Kind.DISCUSS),
        (own(held(state=RoundState.CLOSED)), Kind.PUBLISH),
        (own(held(next_on=DAY)), Kind.NEXT_ROUND),
        (own(held(), items=(late,)), Kind.ACTION),
        (own(held(), items=(replace(ITEM, owner=None),)), Kind.UNOWNED),
        (own(), Kind.NEVER),
    ]
    for place, (_, kind) in enumerate(ladder):
        task = next_task([project for project, _ in reversed(ladder[place:])], DAY)
        assert task is not None
        assert task.kind == kind
    assert next_task([own(held())], DAY) is None
    assert next_task([], DAY) is None
    sooner = next_task([own(opened(DAY + timedelta(days=2))), own(opened(DAY), id=8)], DAY)
    assert sooner is not None
    assert sooner.project_id == 8
