from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from borging.domain.scan_standing import NEVER_SCANNED, RoundHead, ScanStage, scan_standing
from borging.domain.terms import RoundState

ROUND = RoundHead(1, date(2026, 5, 1), RoundState.PUBLISHED, True, 4, date(2026, 5, 15))


def later(state: RoundState, *, readable: bool = False) -> RoundHead:
    return replace(ROUND, id=2, held_on=date(2026, 8, 1), state=state, readable=readable)


def test_without_a_round_there_was_no_scan() -> None:
    assert scan_standing([]) == NEVER_SCANNED


@pytest.mark.parametrize(
    ("state", "readable", "stage"),
    [
        (RoundState.DRAFT, False, ScanStage.DRAFT),
        (RoundState.OPEN, False, ScanStage.OPEN),
        (RoundState.CLOSED, False, ScanStage.TOO_FEW),
        (RoundState.CLOSED, True, ScanStage.UNRELEASED),
        (RoundState.PUBLISHED, False, ScanStage.TOO_FEW),
        (RoundState.PUBLISHED, True, ScanStage.MEASURED),
    ],
)
def test_the_newest_round_says_how_far_a_project_is(
    state: RoundState, readable: bool, stage: ScanStage
) -> None:
    newest = later(state, readable=readable)
    too_few = replace(ROUND, readable=False)
    for rounds in ([newest], [too_few, newest], [newest, too_few]):
        found = scan_standing(rounds)
        assert (found.stage, found.newest) == (stage, newest)


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED])
def test_a_project_with_a_published_scan_stays_measured(state: RoundState) -> None:
    found = scan_standing([later(state, readable=True), ROUND])
    assert (found.stage, found.newest) == (ScanStage.MEASURED, ROUND)


def test_of_two_rounds_on_one_day_the_later_one_counts() -> None:
    first, second = (
        replace(ROUND, readable=False),
        replace(later(RoundState.OPEN), held_on=ROUND.held_on),
    )
    assert scan_standing([second, first]).newest == second
