from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from borging.domain.rounds import ScanRound
from borging.domain.terms import ScanKind
from borging.services.scan import actions
from borging.services.scan.actions import ActionsView, After
from tests.scans import NHS
from tests.services.residuals.test_view import items
from tests.services.scan.test_trend import rows
from tests.services.scan.test_view import DAY, a_round

FIRST, SECOND = DAY - timedelta(days=270), DAY - timedelta(days=180)
"""The days of rounds 1 and 2 of `a_round`."""
DONE = SECOND - timedelta(days=30)


def taken(**values: Any) -> dict[str, Any]:
    """An action out of round 1 on the first factor."""
    return {
        "title": "Tijdwinst bijhouden",
        "owner": "Fenna Dijkstra",
        "owner_id": 7,
        "created_on": FIRST + timedelta(days=7),
        "due": DONE,
        "closed_on": DONE,
        "scan_id": 1,
        "factor": "benefits",
    } | values


def frame(*actions_taken: dict[str, Any]) -> pd.DataFrame:
    return items(*actions_taken)


def seen(rounds: list[ScanRound], *taken_actions: dict[str, Any]) -> ActionsView:
    return actions.view(frame(*taken_actions), rounds, NHS, 1, DAY)


def two(before: str, now: str) -> list[ScanRound]:
    return [a_round(rows(before), 1), a_round(rows(now), 2)]


LOW_TO_HIGH = two("dddddd", "aaaaaa")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("dddddd", "aaaaaa", After.RISES),
        ("aaaaaa", "dddddd", After.FALLS),
        ("dddddd", "aaaaad", After.CHANCE),
        ("ddddd", "aaaaaa", After.TOO_FEW),
        ("dddddd", "aaaaa", After.TOO_FEW),
        ("------", "aaaaaa", After.HIDDEN),
    ],
)
def test_a_factor_is_tested_as_in_the_trend(before: str, now: str, expected: After) -> None:
    assert seen(two(before, now), taken()).actions[0].after == expected


def test_the_row_says_what_who_when_and_where_the_factor_stood() -> None:
    row = seen(LOW_TO_HIGH, taken(due=DONE - timedelta(days=1))).table.iloc[0]
    assert row.to_dict() == {
        "action": "Tijdwinst bijhouden",
        "factor": "Voordelen naast betere zorg",
        "owner": "Fenna Dijkstra",
        "round": "ronde 1 · 21-02-2026 (n = 6)",
        "due": "21-04-2026",
        "done": "22-04-2026, 1 dag te laat",
        "before": "0\u00a0% (n\u00a0=\u00a06)",
        "now": "100\u00a0% (n\u00a0=\u00a06)",
        "change": "+8,5",
        "after": "staat hoger, meer dan toeval verklaart",
        "done_briefly": "22-04-2026 (te laat)",
        "briefly": "Voordelen: +8,5, hoger",
    }


@pytest.mark.parametrize(
    ("closed_on", "expected"),
    [
        (SECOND - timedelta(days=1), After.RISES),
        (SECOND, After.RISES),
        (SECOND + timedelta(days=1), After.WAITING),
        (DAY + timedelta(days=1), After.NOT_DONE),
        (None, After.NOT_DONE),
    ],
)
def test_only_a_round_that_opened_when_it_was_done_says_something(
    closed_on: date | None, expected: After
) -> None:
    assert seen(LOW_TO_HIGH, taken(closed_on=closed_on)).actions[0].after == expected


def test_an_action_that_was_done_after_a_round_is_held_against_the_one_after_that() -> None:
    rounds = [*two("dddddd", "dddddd"), a_round(rows("aaaaaa"), 3)]
    (action,) = seen(rounds, taken(closed_on=SECOND + timedelta(days=1))).actions
    assert action.next_round is rounds[2]
    assert action.after == After.RISES


def test_a_round_that_may_not_be_read_is_passed_over() -> None:
    rounds = [a_round(rows("dddddd"), 1), a_round(None, 2), a_round(rows("aaaaaa"), 3)]
    assert seen(rounds, taken()).actions[0].next_round is rounds[2]
    assert seen(rounds[:2], taken()).actions[0].after == After.WAITING
    hidden = [a_round(None, 1), a_round(rows("aaaaaa"), 2)]
    assert seen(hidden, taken()).actions[0].after == After.HIDDEN


def test_a_joint_round_cannot_be_compared_on_either_side() -> None:
    joint = a_round(("a" * 10,), 2, ScanKind.JOINT)
    before = a_round(rows("dddddd"), 1)
    assert seen([before, joint], taken()).actions[0].after == After.JOINT
    later = a_round(rows("aaaaaa"), 3)
    assert seen([before, joint, later], taken()).actions[0].after == After.RISES
    agreed = a_round(("d" * 10,), 1, ScanKind.JOINT)
    view = seen([agreed, a_round(rows("aaaaaa"), 2)], taken())
    assert view.actions[0].after == After.JOINT
    assert view.finding.endswith("; de rondes daarvoor en daarna zijn niet te vergelijken.")


def test_another_version_of_the_questions_cannot_be_compared() -> None:
    rounds = [replace(LOW_TO_HIGH[0], instrument_version="2007"), LOW_TO_HIGH[1]]
    assert seen(rounds, taken()).actions[0].after == After.VERSION


def test_a_round_that_is_gone_leaves_the_action_standing() -> None:
    view = seen(LOW_TO_HIGH[1:], taken())
    assert view.actions[0].after == After.HIDDEN
    assert view.table.iloc[0]["round"] == "–"


@pytest.mark.parametrize(("days", "late"), [(-1, 1), (0, 0), (1, 0)])
def test_an_open_action_is_late_from_the_day_after_its_date(days: int, late: int) -> None:
    (action,) = seen(LOW_TO_HIGH, taken(closed_on=None, due=DAY + timedelta(days=days))).actions
    assert action.late == late
    assert actions.done_words(action) == ("open, 1 dag te laat" if late else "open")


def test_other_projects_other_restpunten_and_what_is_still_to_come_stay_out() -> None:
    view = seen(
        LOW_TO_HIGH,
        taken(project_id=2),
        taken(scan_id=None, factor=None),
        taken(factor="gone"),
        taken(created_on=DAY + timedelta(days=1)),
        taken(created_on=DAY, closed_on=None),
    )
    assert [each.after for each in view.actions] == [After.NOT_DONE]


OPEN = taken(closed_on=None)
UNMOVED = two("bbbbbb", "bbbbbb")


@pytest.mark.parametrize(
    ("rounds", "taken_actions", "said"),
    [
        ([], (), "Nog geen acties uit een scan. Spreek er na het gesprek over een ronde één af."),
        (LOW_TO_HIGH, (OPEN,), "De enige actie is nog niet gedaan."),
        (LOW_TO_HIGH, (OPEN, OPEN), "Geen van de 2 acties is gedaan."),
        (
            LOW_TO_HIGH,
            (taken(),),
            "De enige actie is gedaan; daarna staat de factor hoger, meer dan toeval verklaart.",
        ),
        (
            LOW_TO_HIGH,
            (taken(), taken(factor="fit"), OPEN),
            "2 van de 3 acties zijn gedaan; na 1 daarvan staat de factor hoger, "
            "meer dan toeval verklaart.",
        ),
        (
            LOW_TO_HIGH[::-1],
            (taken(), OPEN),
            "1 van de 2 acties is gedaan; daarna staat de factor hoger, meer dan toeval verklaart.",
        ),
        (
            two("aaaaaa", "dddddd"),
            (taken(), taken()),
            "Beide acties zijn gedaan; na 2 daarvan staat de factor lager, "
            "meer dan toeval verklaart.",
        ),
        (
            UNMOVED,
            (taken(),),
            "De enige actie is gedaan; een verschil daarna kan toeval zijn.",
        ),
        (
            two("ddddd", "aaaaa"),
            (taken(),),
            "De enige actie is gedaan; te weinig antwoorden om verschil van toeval te "
            "onderscheiden.",
        ),
        (
            LOW_TO_HIGH[:1],
            (taken(),),
            "De enige actie is gedaan; daarna is er nog geen ronde gehouden.",
        ),
    ],
)
def test_the_finding_in_its_forms(
    rounds: list[ScanRound], taken_actions: tuple[dict[str, Any], ...], said: str
) -> None:
    assert seen(rounds, *taken_actions).finding == said


def test_no_sentence_claims_that_the_action_did_it() -> None:
    view = seen(LOW_TO_HIGH, taken())
    assert "bewijst niet dat het door de actie komt" in view.note
    assert not [after for after in After if "door" in after.label]
