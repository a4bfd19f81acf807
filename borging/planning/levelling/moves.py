"""What moves in a proposal, what each move is good for, and what it costs.

A move is judged by putting that phase back where it is today while the others stay as proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from borging.planning.levelling.problem import Block, Problem, moved
from borging.planning.levelling.search import Proposal
from borging.planning.shortage import LEAST_HOURS


@dataclass(frozen=True)
class Effect:
    """Hours short of one function that a move takes away or adds; first, last: Mondays."""

    function_id: int
    hours: float
    first: pd.Timestamp
    last: pd.Timestamp


@dataclass(frozen=True)
class Move:
    """One phase that moves. weeks: below zero is earlier.

    relieved, added: what would change in hours short if it went back, most hours first. kept_out:
    handovers that it keeps out of the flu season, below zero: brings into them. along:
    phases of its project (values) that move too and whose order forbids to put this one back.
    forced: the room of its project does not leave it where it is today.
    """

    block: Block
    weeks: int
    relieved: tuple[Effect, ...]
    added: tuple[Effect, ...]
    kept_out: int
    along: tuple[str, ...]
    forced: bool


def moves(found: Proposal) -> list[Move]:
    """Return what moves, in the order of the blocks."""
    problem, shifts = found.problem, found.shifts
    load = problem.load(shifts)
    short = np.maximum(load - problem.supply, 0)
    told = []
    for place in np.flatnonzero(shifts):
        block, weeks = problem.blocks[place], int(shifts[place])
        back = load - moved(problem.hours[place], weeks) + problem.hours[place]
        less = np.maximum(back - problem.supply, 0) - short
        told.append(
            Move(
                block,
                weeks,
                tuple(_effects(problem, less)),
                tuple(_effects(problem, -less)),
                problem.flu_of(block, 0) - problem.flu_of(block, weeks),
                _along(found, int(place)),
                not block.low <= 0 <= block.high,
            )
        )
    return told


def _effects(problem: Problem, less: np.ndarray) -> Iterator[Effect]:
    """Yield the functions that are short of fewer hours, all weeks together."""
    totals = less.sum(axis=1)
    for row in np.argsort(-totals, kind="stable"):
        if totals[row] > LEAST_HOURS:
            weeks = problem.weeks[less[row] > LEAST_HOURS]
            function = problem.functions[row]
            yield Effect(function, float(totals[row]), weeks[0], weeks[-1])


def _along(found: Proposal, place: int) -> tuple[str, ...]:
    blocks, shifts = found.problem.blocks, found.shifts
    after = [
        link.before
        for link in found.problem.order
        if link.after == place and -shifts[link.before] < link.weeks
    ]
    before = [
        link.after
        for link in found.problem.order
        if link.before == place and shifts[link.after] < link.weeks
    ]
    return tuple(blocks[at].phase for at in (*after, *before))
