"""What is called proven, against every plan of small random cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest

from borging.planning.levelling.board import Board
from borging.planning.levelling.problem import Block, Problem
from borging.planning.levelling.room import Order
from borging.planning.levelling.search import Proposal, Search, Settings
from tests.planning.cases import mondays

CASES = 300
WEEKS = mondays("2026-11-30", 6)
"""2026-W49 up to and including 2027-W01: the flu season begins in the third week."""
IN_FLU = np.array([False, False, True, True, True, True])


def case(seed: int) -> Problem:
    """Two or three blocks of one to three weeks for two functions, with odd hours."""
    random = np.random.default_rng(seed)
    blocks, hours = [], []
    for number in range(int(random.integers(2, 4))):
        length, first = int(random.integers(1, 4)), int(random.integers(0, 4))
        first = min(first, 6 - length)
        low, high = -int(random.integers(0, first + 1)), int(random.integers(0, 7 - length - first))
        day = WEEKS[first].date()
        handed: tuple[date, ...] = (day,) if random.random() < 0.5 else ()
        blocks.append(Block(number, "handover", f"P{number}", day, day, low, high, handed))
        own = np.zeros((2, 6))
        own[:, first : first + length] = random.choice([1 / 3, 2.05, 3.14, 4.0, 7.77], (2, 1))
        own[int(random.integers(0, 2))] *= random.random() < 0.7
        hours.append(own)
    order: tuple[Order, ...] = ()
    if random.random() < 0.3:
        apart = int(random.integers(-2, 1))
        one, other = blocks[0], blocks[1]
        order = (Order(0, 1, apart),)
        blocks[0] = replace(one, high=min(one.high, other.high - apart))
        blocks[1] = replace(other, low=max(other.low, one.low + apart))
    return Problem(
        weeks=WEEKS,
        functions=(7, 9),
        blocks=tuple(blocks),
        hours=np.stack(hours),
        fixed=random.choice([0.0, 1.05, 2.333], (2, 6)),
        supply=random.choice([3.0, 4.049, 5.551, 8.0], (2, 6)),
        in_flu=IN_FLU,
        order=order,
        conflicts=(),
    )


def cost(problem: Problem, shifts: np.ndarray) -> tuple[float, int, int]:
    """Return hours short, handovers in the flu season, and weeks plus phases moved."""
    moved = int(np.abs(shifts).sum() + (shifts != 0).sum())
    return problem.short(shifts), problem.flu_handovers(shifts), moved


def plans(problem: Problem) -> list[tuple[float, int, int]]:
    """Return the cost of every plan that room and order allow."""
    rooms = [range(block.low, block.high + 1) for block in problem.blocks]
    return [
        cost(problem, np.array(shifts))
        for shifts in product(*rooms)
        if all(shifts[each.before] + each.weeks <= shifts[each.after] for each in problem.order)
    ]


def solved(problem: Problem) -> Proposal:
    return Search(problem, Settings(limit=20, reproducible=True)).run()


def test_what_is_proven_is_beaten_by_no_plan_at_all() -> None:
    """Not in hours beyond the precision; nor, with the fewest hours, in handovers or moves."""
    proven = 0
    for seed in range(CASES):
        problem = case(seed)
        known = plans(problem)
        if not known:
            continue
        found = solved(problem)
        short, handovers, moved = cost(problem, found.shifts)
        least = min(each[0] for each in known)
        assert found.proven, seed
        assert found.precision <= 0.1
        assert short <= least + found.precision, seed
        cheapest = min(each[1:] for each in known if each[0] <= least + 1e-9)
        assert (handovers, moved) <= cheapest, seed
        assert found.least <= least + 1e-9, seed
        proven += 1
    assert proven > CASES / 2


@pytest.mark.parametrize("seed", range(20))
def test_a_plan_is_short_of_as_much_here_as_in_hours_to_the_precision(seed: int) -> None:
    problem = case(seed)
    board = Board(problem)
    fixed = float(np.maximum(problem.fixed - problem.supply, 0).sum())
    here = board.short(board.start) / 10_000
    true = problem.short(board.start) - fixed
    assert here - 1e-9 <= true <= here + board.precision
