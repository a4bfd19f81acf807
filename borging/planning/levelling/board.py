"""Shifts on a board: what they cost, and a first plan that is there at once.

Everything is in whole units of a ten-thousandth of an hour, as the solver wants it. What is asked
is rounded down and what is there is rounded up: no plan is short of more here than it is in hours,
and of less by at most `rounding`. So what is proven here holds in hours, to that precision.
Shortage here is what moving work adds to what does not move and is short already; that part nobody
can take away.

Costs come in this order: hours short, handovers in the flu season, and moves (weeks moved,
and one for every phase that moves at all). Nothing of a later kind is worth any of an earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from borging.planning.levelling.problem import Block, Problem, moved

UNITS = 10_000
"""Units of an hour."""
EXACT = 1e-6
"""Part of a unit that is an error of a float."""
EQUAL = 200
"""Units that make no difference: two plans with as many hours are told apart by their moves."""
SWEEPS = 60
HANDOVER, SHORT = 10**4, 10**7
"""What a handover and a unit of an hour weigh against a move, for one block."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A block in every place it may have: a row per shift from its lowest on.

    rows: of the functions it needs. hours: shifts × rows × weeks. in_flu: handovers in the flu
    season per shift. moves: cost of moving per shift.
    """

    low: int
    high: int
    rows: np.ndarray
    hours: np.ndarray
    in_flu: np.ndarray
    moves: np.ndarray


class Board:
    """A problem in whole numbers. Shifts are an array with the weeks of each block, in order.

    Attributes:
        capacity: units that are left for what may move, functions × weeks.
        rounding: units that a plan can be short more than it is here.
        equal: units up to which two plans are as short.
    """

    def __init__(self, problem: Problem) -> None:
        self.order = problem.order
        left = np.maximum((problem.supply - problem.fixed) * UNITS, 0)
        self.capacity = np.ceil(left - EXACT).astype(np.int64)
        self.pieces = [
            _piece(block, hours, problem)
            for block, hours in zip(problem.blocks, problem.hours, strict=True)
        ]

        asked = problem.hours * UNITS
        off = (self.capacity - left).sum() + (asked - np.floor(asked + EXACT)).sum()
        self.rounding = max(0.0, float(off))
        self.equal = max(EQUAL, int(np.ceil(self.rounding)))

    @property
    def precision(self) -> float:
        """Hours within which a plan that is the best here is the best in hours."""
        return (self.equal + self.rounding) / UNITS

    @cached_property
    def start(self) -> np.ndarray:
        """Today's plan, or as near to it as room and order allow."""
        nearest = [min(max(0, each.low), each.high) for each in self.pieces]
        return np.array(nearest, dtype=np.int64)

    def load(self, shifts: np.ndarray) -> np.ndarray:
        """Return the units of hours asked, functions × weeks, by what may move."""
        total: np.ndarray = np.zeros_like(self.capacity)
        for piece, weeks in zip(self.pieces, shifts, strict=True):
            total[piece.rows] += piece.hours[weeks - piece.low]
        return total

    def short(self, shifts: np.ndarray) -> int:
        """Return the units of hours short that the moving work adds, over all weeks."""
        return int(np.maximum(self.load(shifts) - self.capacity, 0).sum())

    def in_flu(self, shifts: np.ndarray) -> int:
        """Return the handovers in the flu season."""
        at = zip(self.pieces, shifts, strict=True)
        return sum(int(piece.in_flu[weeks - piece.low]) for piece, weeks in at)

    def moves(self, shifts: np.ndarray) -> int:
        """Return what moving costs."""
        at = zip(self.pieces, shifts, strict=True)
        return sum(int(piece.moves[weeks - piece.low]) for piece, weeks in at)

    def between(self, shifts: np.ndarray, place: int) -> tuple[int, int]:
        """Return the fewest and most weeks of one block while the others stay."""
        piece = self.pieces[place]
        before, after = self._links[place]
        low = max([piece.low, *(int(shifts[at]) + weeks for at, weeks in before)])
        high = min([piece.high, *(int(shifts[at]) - weeks for at, weeks in after)])
        return low, high

    def settled(self, shifts: np.ndarray) -> np.ndarray:
        """Move one block at a time to its cheapest place, until none gains by it."""
        shifts, load = shifts.copy(), self.load(shifts)
        for _sweep in range(SWEEPS):
            changed = False
            for place, piece in enumerate(self.pieces):
                low, high = self.between(shifts, place)
                now = int(shifts[place])
                if low == high:
                    continue
                rest = load[piece.rows] - piece.hours[now - piece.low]
                span = slice(low - piece.low, high + 1 - piece.low)
                over = rest + piece.hours[span] - self.capacity[piece.rows]
                cost = SHORT * np.maximum(over, 0).sum(axis=(1, 2))
                cost += HANDOVER * piece.in_flu[span] + piece.moves[span]
                best = low + int(cost.argmin())
                if cost[best - low] < cost[now - low]:
                    shifts[place] = best
                    load[piece.rows] = rest + piece.hours[best - piece.low]
                    changed = True
            if not changed:
                break
        return shifts

    @cached_property
    def _links(self) -> list[tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
        """Per block what comes before it and what after it, with the weeks between."""
        links: list[tuple[list[tuple[int, int]], list[tuple[int, int]]]]
        links = [([], []) for _piece in self.pieces]
        for each in self.order:
            links[each.after][0].append((each.before, each.weeks))
            links[each.before][1].append((each.after, each.weeks))
        return links


def _piece(block: Block, hours: np.ndarray, problem: Problem) -> Piece:
    shifts = np.arange(block.low, block.high + 1)
    rows = np.flatnonzero(hours.any(axis=1))
    asked = np.floor(hours[rows] * UNITS + EXACT).astype(np.int64)
    return Piece(
        block.low,
        block.high,
        rows,
        np.stack([moved(asked, int(weeks)) for weeks in shifts]),
        np.array([problem.flu_of(block, int(weeks)) for weeks in shifts]),
        np.abs(shifts) + (shifts != 0),
    )
