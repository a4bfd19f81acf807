"""Shifts on a board: what they cost, and a first plan that is there at once.

Everything is in whole tenths of an hour, as the solver wants it: what is asked is rounded, what
is there is rounded down. Shortage here is what moving work adds to what does not move and is
short already; that part nobody can take away.

Costs come in this order: hours short, handovers in a likely epidemic week, and moves (weeks moved,
and one for every phase that moves at all). Nothing of a later kind is worth any of an earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from borging.planning.levelling_problem import Block, Problem, moved

TENTHS = 10
ROUNDING = 1e-6
SWEEPS = 60
HANDOVER, SHORT = 10**4, 10**7
"""What a handover and a tenth of an hour weigh against a move, for one block."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A block in every place it may have: a row per shift from its lowest on.

    rows: of the functions it needs. hours: shifts × rows × weeks. likely: handovers in a likely
    epidemic week per shift. moves: cost of moving per shift.
    """

    low: int
    high: int
    rows: np.ndarray
    hours: np.ndarray
    likely: np.ndarray
    moves: np.ndarray


class Board:
    """A problem in whole numbers. Shifts are an array with the weeks of each block, in order."""

    def __init__(self, problem: Problem) -> None:
        self.order = problem.order
        left = (problem.supply - problem.fixed) * TENTHS
        self.capacity = np.maximum(np.floor(left + ROUNDING), 0).astype(np.int64)
        self.pieces = [
            _piece(block, hours, problem)
            for block, hours in zip(problem.blocks, problem.hours, strict=True)
        ]

    @cached_property
    def start(self) -> np.ndarray:
        """Today's plan, or as near to it as room and order allow."""
        nearest = [min(max(0, each.low), each.high) for each in self.pieces]
        return np.array(nearest, dtype=np.int64)

    def load(self, shifts: np.ndarray) -> np.ndarray:
        """Return the tenths of hours asked, functions × weeks, by what may move."""
        total: np.ndarray = np.zeros_like(self.capacity)
        for piece, weeks in zip(self.pieces, shifts, strict=True):
            total[piece.rows] += piece.hours[weeks - piece.low]
        return total

    def short(self, shifts: np.ndarray) -> int:
        """Return the tenths of hours short that the moving work adds, over all weeks."""
        return int(np.maximum(self.load(shifts) - self.capacity, 0).sum())

    def likely(self, shifts: np.ndarray) -> int:
        """Return the handovers in a likely epidemic week."""
        at = zip(self.pieces, shifts, strict=True)
        return sum(int(piece.likely[weeks - piece.low]) for piece, weeks in at)

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
                cost += HANDOVER * piece.likely[span] + piece.moves[span]
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
    asked = np.rint(hours[rows] * TENTHS).astype(np.int64)
    return Piece(
        block.low,
        block.high,
        rows,
        np.stack([moved(asked, int(weeks)) for weeks in shifts]),
        np.array([problem.likely_of(block, int(weeks)) for weeks in shifts]),
        np.abs(shifts) + (shifts != 0),
    )
