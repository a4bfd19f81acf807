from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from borging.ui.turns import Turns


def free(turns: Turns) -> int:
    """Return how many turns can be taken now; takes them."""
    count = 0
    while turns._free.acquire(blocking=False):
        count += 1
    return count


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_no_more_than_the_limit_happen_at_once(at_once: int) -> None:
    turns, guard = Turns(at_once, patience=60), Lock()
    full = Barrier(at_once)
    busy, most = 0, 0

    def draw(_: int) -> None:
        nonlocal busy, most
        with turns.turn():
            with guard:
                busy += 1
                most = max(most, busy)
            full.wait(30)  # only passes when as many as the limit are at it together
            with guard:
                busy -= 1

    with ThreadPoolExecutor(4 * at_once) as pool:
        list(pool.map(draw, range(4 * at_once)))
    assert most == at_once


def test_a_slow_turn_does_not_hold_up_the_others_for_good() -> None:
    turns, release = Turns(1, patience=0.05), Event()
    together = Barrier(2)

    def slow() -> None:
        with turns.turn():
            together.wait(30)
            release.wait(30)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(slow)
        together.wait(30)
        with turns.turn():
            release.set()
    assert free(turns) == 1, "the turn out of order had nothing to give back"


def test_a_turn_ends_with_an_error_too() -> None:
    turns = Turns(1, patience=30)
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    assert free(turns) == 1
