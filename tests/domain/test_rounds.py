from __future__ import annotations

from datetime import date, timedelta

import pytest

from borging.domain.rounds import OPEN_DAYS, ScanRound, newest_readable, takes_answers
from borging.domain.scoring import ScanScore
from borging.domain.terms import ScanKind

DAY = date(2026, 11, 2)
INDIVIDUAL, JOINT = ScanKind.INDIVIDUAL, ScanKind.JOINT


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, False), (0, True), (OPEN_DAYS, True), (OPEN_DAYS + 1, False)]
)
def test_a_round_takes_answers_from_its_day_until_the_last_open_day(
    days: int, expected: bool
) -> None:
    assert takes_answers(INDIVIDUAL, DAY, DAY + timedelta(days=days)) is expected


def test_an_agreed_answer_takes_no_more_answers() -> None:
    assert not takes_answers(JOINT, DAY, DAY)


def a_round(number: int, day: date, kind: ScanKind = INDIVIDUAL, shown: bool = True) -> ScanRound:
    score = ScanScore(4, (), None) if shown else None
    return ScanRound(number, 1, number, kind, day, 4, "1", None, None, score)


def test_the_newest_round_that_may_be_shown_stands_for_the_project() -> None:
    later = DAY + timedelta(days=1)
    shown, hidden = a_round(1, DAY), a_round(2, later, shown=False)
    assert newest_readable([shown, hidden]) is shown
    assert newest_readable([hidden]) is None
    newer = a_round(3, later)
    assert newest_readable([shown, hidden, newer]) is newer


def test_an_agreed_answer_does_not_replace_the_individual_answers_of_that_day() -> None:
    own, agreed = a_round(1, DAY), a_round(2, DAY, JOINT)
    assert newest_readable([own, agreed]) is own
    later = a_round(3, DAY + timedelta(days=1), JOINT)
    assert newest_readable([own, agreed, later]) is later
