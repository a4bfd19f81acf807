from __future__ import annotations

from datetime import date, timedelta

import pytest

from borging.domain.rounds import (
    ScanRound,
    clock_jump,
    counts_by_itself,
    newest_readable,
    next_round,
    round_state,
    shown_groups,
)
from borging.domain.scoring import ScanScore
from borging.domain.terms import RoundState, ScanKind

DAY = date(2026, 11, 2)
INDIVIDUAL, JOINT = ScanKind.INDIVIDUAL, ScanKind.JOINT
EVE, MORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("opened", "closed", "published", "state"),
    [
        (None, None, None, RoundState.DRAFT),
        (MORROW, None, None, RoundState.DRAFT),
        (DAY, None, None, RoundState.OPEN),
        (EVE, MORROW, None, RoundState.OPEN),
        (EVE, DAY, None, RoundState.CLOSED),
        (None, DAY, None, RoundState.CLOSED),
        (EVE, EVE, MORROW, RoundState.CLOSED),
        (EVE, EVE, DAY, RoundState.PUBLISHED),
    ],
)
def test_the_state_of_a_round_follows_from_its_days(
    opened: date | None, closed: date | None, published: date | None, state: RoundState
) -> None:
    assert round_state(opened, closed, published, DAY) == state


def test_the_next_round_is_three_months_after_closing() -> None:
    assert next_round(DAY) == date(2027, 2, 2)
    assert next_round(date(2026, 11, 30)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({}, set()),
        ({None: 9}, set()),
        ({"care": 4}, {"care"}),
        ({"care": 3}, set()),
        ({"care": 4, "lead": 4}, {"care", "lead"}),
        ({"care": 4, "lead": 3}, set()),
        ({"care": 4, None: 1}, set()),
        ({"care": 4, None: 4}, {"care"}),
        ({"care": 9, "lead": 5, "support": 1}, {"care"}),
        ({"care": 9, "lead": 5, "support": 2, None: 2}, {"care", "lead"}),
        ({"care": 9, "lead": 5, "support": 4, "project": 3}, {"care", "lead"}),
    ],
)
def test_a_group_is_shown_only_when_it_and_all_that_is_left_over_are_large_enough(
    sizes: dict[str | None, int], shown: set[str]
) -> None:
    assert shown_groups(sizes, 4) == shown


def a_round(number: int, day: date, kind: ScanKind = INDIVIDUAL, shown: bool = True) -> ScanRound:
    score = ScanScore(4, (), None) if shown else None
    return ScanRound(number, 1, number, kind, day, 4, "1", None, None, score)


def test_the_newest_round_that_may_be_shown_stands_for_the_project() -> None:
    shown, hidden = a_round(1, DAY), a_round(2, MORROW, shown=False)
    assert newest_readable([shown, hidden]) is shown
    assert newest_readable([hidden]) is None
    newer = a_round(3, MORROW)
    assert newest_readable([shown, hidden, newer]) is newer


def test_an_agreed_answer_does_not_replace_the_individual_answers_of_that_day() -> None:
    own, agreed = a_round(1, DAY), a_round(2, DAY, JOINT)
    assert newest_readable([own, agreed]) is own
    later = a_round(3, MORROW, JOINT)
    assert newest_readable([own, agreed, later]) is later


LAST = date(2026, 12, 9)


def days_after(*numbers: int) -> set[date]:
    return {LAST + timedelta(days=number) for number in numbers}


@pytest.mark.parametrize(
    ("ran", "today", "counted"),
    [
        ((-1, 0, 1, 2), 2, False),
        ((-1, 0, 1, 2, 3), 3, True),
        ((1, 4, 9), 9, True),
        ((9,), 9, False),
        ((1, 2, 3, 400), 3, False),
        ((1, 2, 400), 400, True),
    ],
)
def test_a_round_is_counted_by_itself_after_three_days_on_which_the_program_ran(
    ran: tuple[int, ...], today: int, counted: bool
) -> None:
    assert counts_by_itself(LAST, days_after(*ran), LAST + timedelta(days=today)) is counted


@pytest.mark.parametrize(
    ("ran", "today", "jump"),
    [
        ((), 0, None),
        ((0,), 7, None),
        ((0,), 8, (0, 8)),
        ((0, 8, 9), 9, (0, 8)),
        ((0, 8, 9), 10, (0, 8)),
        ((0, 8, 9, 10), 11, None),
        ((0, 1, 30), 2, (30, 2)),
    ],
)
def test_a_jump_of_the_clock_is_a_long_gap_of_late_or_a_day_still_to_come(
    ran: tuple[int, ...], today: int, jump: tuple[int, int] | None
) -> None:
    expected = jump and tuple(LAST + timedelta(days=number) for number in jump)
    assert clock_jump(days_after(*ran), LAST + timedelta(days=today)) == expected
