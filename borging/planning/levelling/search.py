"""Levelling: a proposal that moves phases so that functions are asked less than they have.

Hours short come first, handovers in the flu season second, moves third. First a plan by
moving one phase at a time, which is there at once; then CP-SAT, which starts from it. The hard
model allows no shortage besides that of work that does not move. When it finds no plan in its
part of the time, the soft one makes the hours short as few as it can, and with those the moves.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field, replace

import numpy as np
from ortools.sat.python import cp_model

from borging.domain.changes import ShiftPhase
from borging.planning.levelling.board import UNITS, Board
from borging.planning.levelling.model import Aim, Model
from borging.planning.levelling.problem import Problem

LIMIT = 10.0
HARD_PART, SOFT_PART = 0.2, 0.7
"""Part of the limit after which the hard model gives way, and the soft one leaves hours short."""
MOST_WORKERS = 8


@dataclass(frozen=True)
class Settings:
    """How to search.

    limit: seconds. reproducible: one worker, and the limit counts work done instead of time, in
    units that take about a second; the same seed then gives the same plan on any busy machine.
    """

    limit: float = LIMIT
    reproducible: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Progress:
    """How far a search is.

    step: 0 not begun, 1 without shortage, 2 least shortage, 3 least moves, 4 ready. short: hours
    in the best plan so far, None before there is one. least: hours that no plan comes below.
    first: seconds until there was a plan. seconds: since the start, at the last news.
    """

    step: int = 0
    short: float | None = None
    least: float = 0.0
    first: float | None = None
    seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class Proposal:
    """A plan that was found. Hours are short over all weeks together.

    Attributes:
        shifts: weeks per block of the problem.
        fixed_short: hours short through work that does not move; part of all that follow.
        before, after: hours short in today's plan and in this one.
        least: hours that no plan comes below.
        flu_before, flu_after: handovers in the flu season.
        fits: the hard model found it: nothing that moves is short.
        proven: no plan is short of fewer hours, to `precision`; and no plan that is short of as few
            has fewer handovers in the flu season, or as many of those and fewer moves.
        precision: hours to which that is proven.
        stopped: somebody stopped the search.
    """

    problem: Problem
    shifts: np.ndarray
    fixed_short: float
    before: float
    after: float
    least: float
    flu_before: int
    flu_after: int
    fits: bool
    proven: bool
    stopped: bool
    first: float
    seconds: float
    precision: float = 0.0

    @property
    def changes(self) -> tuple[ShiftPhase, ...]:
        """The moves as changes of a scenario, by project; no block stands twice."""
        return tuple(
            ShiftPhase(block.project_id, block.phase, int(weeks))
            for block, weeks in zip(self.problem.blocks, self.shifts, strict=True)
            if weeks
        )

    @property
    def gap(self) -> float:
        """Hours that another plan could be short less, at most."""
        return max(0.0, self.after - self.least)


@dataclass
class _Budget:
    """The time that is left: seconds, or units of work in the reproducible mode."""

    settings: Settings
    began: float = field(default_factory=time.monotonic)
    worked: float = 0.0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def until(self, part: float) -> float:
        """Return what is left until a part of the limit."""
        used = self.worked if self.settings.reproducible else self.seconds
        return part * self.settings.limit - used


class Search:
    """One search. `run` in one thread; `progress` and `stop` from any other."""

    def __init__(self, problem: Problem, settings: Settings = Settings()) -> None:
        self.progress = Progress()
        self._problem, self._settings = problem, settings
        self._stop = threading.Event()
        self._solver: cp_model.CpSolver | None = None
        self._enough = 0

    def stop(self) -> None:
        """Have `run` return with the best plan so far."""
        self._stop.set()
        if self._solver is not None:
            self._solver.stop_search()

    def run(self) -> Proposal:
        """Search until it is proven that nothing is better, the limit, or `stop`."""
        self._budget = _Budget(self._settings)
        self._board = Board(self._problem)
        self._fixed = float(np.maximum(self._problem.fixed - self._problem.supply, 0).sum())
        found = self._board.settled(self._board.start)
        self._tell(1, found)
        if not self._problem.blocks:
            return self._proposal(found, fits=True, proven=True)
        part = HARD_PART if self._board.short(found) else 1.0
        best, done = self._solve(Aim.FIT, found, part)
        if best is not None:
            if not done and part < 1:
                best, done = self._better(Aim.FIT, best)
            return self._proposal(best, fits=True, proven=done)
        best, least_short = self._solve(Aim.SHORT, found, SOFT_PART)
        plans = [found] if best is None else [found, best]
        self._enough = min(self._board.short(each) for each in plans) + self._board.equal
        found = self._cheaper(found, best)
        found, done = self._better(Aim.MOVES, found)
        return self._proposal(found, fits=not self._board.short(found), proven=done and least_short)

    def _better(self, aim: Aim, shifts: np.ndarray) -> tuple[np.ndarray, bool]:
        """Spend what is left of the limit on a plan; say whether nothing is better."""
        found, done = self._solve(aim, shifts, 1.0)
        return self._cheaper(shifts, found), done

    def _cheaper(self, shifts: np.ndarray, found: np.ndarray | None) -> np.ndarray:
        """Return the cheapest of the plans, a last look at every single phase among them.

        Plans whose hours short make no difference are told apart by handovers and moves.
        """
        board = self._board
        plans = [shifts] if found is None else [shifts, found, board.settled(found)]
        return min(
            plans,
            key=lambda each: (
                max(board.short(each), self._enough),
                board.in_flu(each),
                board.moves(each),
                board.short(each),
            ),
        )

    def _solve(self, aim: Aim, hint: np.ndarray, part: float) -> tuple[np.ndarray | None, bool]:
        """Return what the solver finds, and whether it proved that nothing is better."""
        left = self._budget.until(part)
        if left <= 0 or self._stop.is_set():
            return None, False
        self._tell(list(Aim).index(aim) + 1)
        model = Model(self._board, aim, hint, self._enough)
        solver = self._solver = cp_model.CpSolver()
        solver.parameters.random_seed = self._settings.seed
        if self._settings.reproducible:
            solver.parameters.num_workers = 1
            solver.parameters.max_deterministic_time = left
        else:
            solver.parameters.num_workers = min(MOST_WORKERS, os.cpu_count() or 1)
            solver.parameters.max_time_in_seconds = max(0.01, self._budget.until(part))
        if aim is Aim.SHORT:
            solver.best_bound_callback = self._bound
        status = solver.solve(model.proto, _Watch(self, aim))
        self._budget.worked += solver.deterministic_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, False
        if aim is Aim.SHORT:
            self._bound(solver.best_objective_bound)
        found = model.shifts(solver.value)
        self._tell(self.progress.step, found)
        return found, status == cp_model.OPTIMAL

    def _bound(self, units: float) -> None:
        least = self._fixed + max(0.0, units) / UNITS
        self.progress = replace(self.progress, least=least, seconds=self._budget.seconds)

    def found(self, units: float | None) -> None:
        """Take in what the solver came upon: units of hours short; None for fewer moves."""
        if self._stop.is_set():
            self.stop()
        if units is not None:
            self._tell(self.progress.step, short=self._fixed + units / UNITS)

    def _tell(
        self, step: int, shifts: np.ndarray | None = None, short: float | None = None
    ) -> None:
        if shifts is not None:
            short = self._problem.short(shifts)
        now, seconds = self.progress, self._budget.seconds
        best = min((hours for hours in (now.short, short) if hours is not None), default=None)
        first = seconds if now.first is None and best is not None else now.first
        self.progress = replace(
            now,
            step=step,
            short=best,
            least=max(now.least, self._fixed),
            first=first,
            seconds=seconds,
        )

    def _proposal(self, shifts: np.ndarray, fits: bool, proven: bool) -> Proposal:
        board, problem = self._board, self._problem
        after = problem.short(shifts)
        today = np.zeros_like(shifts)
        gap = 0.0 if fits else board.short(shifts) / UNITS - (self.progress.least - self._fixed)
        self._tell(4, shifts)
        return Proposal(
            problem=problem,
            shifts=shifts,
            fixed_short=self._fixed,
            before=problem.short(today),
            after=after,
            least=max(self._fixed, after - max(0.0, gap)),
            flu_before=problem.flu_handovers(today),
            flu_after=problem.flu_handovers(shifts),
            fits=fits,
            proven=proven,
            stopped=self._stop.is_set(),
            first=self.progress.first or 0.0,
            seconds=self.progress.seconds,
            precision=board.precision,
        )


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes on what the solver finds while it searches."""

    def __init__(self, search: Search, aim: Aim) -> None:
        super().__init__()
        self._search, self._aim = search, aim

    def on_solution_callback(self) -> None:
        """Called by the solver, in a thread of its own."""
        if self._aim is Aim.SHORT:
            self._search.found(self.objective_value)
        else:
            self._search.found(0.0 if self._aim is Aim.FIT else None)
