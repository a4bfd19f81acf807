"""The puzzle of `levelling` as a model of CP-SAT.

Per block and per week that it could move there is one yes or no: does it move at least so far?
So the load of a week has two terms for a block of even hours instead of one for each shift, and
an order between blocks is a row of implications.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from borging.planning.levelling.board import Board, Piece

Sum = cp_model.LinearExpr.weighted_sum


class Aim(Enum):
    """What a model is to make small.

    FIT: no hours short are allowed; moves. SHORT: the hours short. MOVES: moves, with no more
    hours short than are enough. Moves: handovers in the flu season before weeks moved.
    """

    FIT = "fit"
    SHORT = "short"
    MOVES = "moves"


class Model:
    """A model with its variables.

    hint: shifts to begin with. enough: units of hours short that `MOVES` allows.
    """

    def __init__(self, board: Board, aim: Aim, hint: np.ndarray, enough: int = 0) -> None:
        self.board = board
        self.proto = cp_model.CpModel()
        self._steps = [
            self._block(each, int(weeks)) for each, weeks in zip(board.pieces, hint, strict=True)
        ]
        self._order()
        short = self._weeks(board.load(hint), soft=aim is not Aim.FIT)
        if aim is Aim.SHORT:
            self.proto.minimize(short)
            return
        if aim is Aim.MOVES:
            self.proto.add(short <= enough)
        self.proto.minimize(self._cost())

    def shifts(self, value: Any) -> np.ndarray:
        """Read the shifts out of a solution. value: makes of a variable its value."""
        weeks = [
            piece.low + sum(int(value(step)) for step in steps)
            for piece, steps in zip(self.board.pieces, self._steps, strict=True)
        ]
        return np.array(weeks, dtype=np.int64)

    def _block(self, piece: Piece, hint: int) -> list[Any]:
        steps = [self.proto.new_bool_var("") for _week in range(piece.low, piece.high)]
        for less, more in pairwise(steps):
            self.proto.add_implication(more, less)
        for weeks, step in enumerate(steps, start=piece.low + 1):
            self.proto.add_hint(step, weeks <= hint)
        return steps

    def _order(self) -> None:
        for link in self.board.order:
            one, other = self.board.pieces[link.before], self.board.pieces[link.after]
            for weeks in range(one.low + 1, one.high + 1):
                least = weeks + link.weeks
                if least > other.low:
                    first = self._steps[link.before][weeks - one.low - 1]
                    self.proto.add_implication(
                        first, self._steps[link.after][least - other.low - 1]
                    )

    def _weeks(self, hint: np.ndarray, soft: bool) -> Any:
        """Set every function and week that could be short; return the hours short together."""
        board, weeks = self.board, self.board.capacity.shape[1]
        least, most = np.zeros_like(board.capacity), np.zeros_like(board.capacity)
        terms: dict[int, tuple[list[Any], list[int]]] = {}
        for piece, steps in zip(board.pieces, self._steps, strict=True):
            least[piece.rows] += piece.hours[0]
            most[piece.rows] += piece.hours.max(axis=0)
            for step, change in zip(steps, np.diff(piece.hours, axis=0), strict=True):
                for row, week in np.argwhere(change):
                    found = terms.setdefault(int(piece.rows[row]) * weeks + int(week), ([], []))
                    found[0].append(step)
                    found[1].append(int(change[row, week]))
        shorts = []
        for place in np.flatnonzero(most > board.capacity):
            room = int(board.capacity.flat[place])
            load = Sum(*terms.get(int(place), ([], []))) + int(least.flat[place])
            if not soft:
                self.proto.add(load <= room)
                continue
            short = self.proto.new_int_var(0, int(most.flat[place]) - room, "")
            self.proto.add(short >= load - room)
            self.proto.add_hint(short, max(0, int(hint.flat[place]) - room))
            shorts.append(short)
        return cp_model.LinearExpr.sum(shorts)

    def _cost(self) -> Any:
        """Return what moving costs; one handover outweighs all weeks together."""
        pieces = self.board.pieces
        heavy = 1 + sum(int(piece.moves.max()) for piece in pieces)
        costs = [heavy * piece.in_flu + piece.moves for piece in pieces]
        steps = [step for steps in self._steps for step in steps]
        changes = [int(change) for cost in costs for change in np.diff(cost)]
        return Sum(steps, changes) + sum(int(cost[0]) for cost in costs)
