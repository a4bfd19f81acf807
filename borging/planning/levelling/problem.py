"""What may move in a plan, and how far: the puzzle that `levelling` solves.

A block is a phase of a project that has not begun, with its needs; the handover takes along the
handovers of the project. It moves by whole weeks, so that every piece of work keeps its weekdays.
Needs without a phase stay where they are. Days are included; hours are per week.

Order within a project is that of today's plan: a phase that starts after another has ended still
does so, and of phases that overlap the one that starts first, or on the same day, still does.
Phases may overlap here, and integration may come after the handover: no other order is forced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import pandas as pd

from borging.domain.flu import in_flu_band
from borging.domain.periods import Week
from borging.domain.room import Room
from borging.domain.terms import Phase
from borging.planning.demand import per_need
from borging.planning.levelling.room import Moving, Order, conflicts, in_order, narrowed, orders
from borging.planning.plan import Plan, ready

DEFAULT = Room()


@dataclass(frozen=True)
class Block:
    """A phase that may move. low, high: fewest and most weeks, both included; below 0 is earlier.

    handovers: its days of handover as of today.
    """

    project_id: int
    phase: str
    title: str
    first: date
    last: date
    low: int
    high: int
    handovers: tuple[date, ...] = ()


@dataclass(frozen=True, eq=False)
class Problem:
    """What the solver gets. All hours are per week.

    Attributes:
        weeks: Mondays.
        functions: ids, in the order of the rows.
        blocks: what moves.
        hours: blocks × functions × weeks, where they lie today; no block moves out of the weeks.
        fixed: functions × weeks, asked by what does not move.
        supply: functions × weeks.
        in_flu: per week whether it is in the flu season.
        order: between blocks, by their place.
        conflicts: Dutch sentences; the projects that they name stay as they are.
    """

    weeks: pd.DatetimeIndex
    functions: tuple[int, ...]
    blocks: tuple[Block, ...]
    hours: np.ndarray
    fixed: np.ndarray
    supply: np.ndarray
    in_flu: np.ndarray
    order: tuple[Order, ...]
    conflicts: tuple[str, ...] = ()

    def load(self, shifts: np.ndarray) -> np.ndarray:
        """Return the hours asked, functions × weeks. shifts: weeks per block, in order."""
        total = self.fixed.copy()
        for hours, weeks in zip(self.hours, shifts, strict=True):
            total += moved(hours, int(weeks))
        return total

    def short(self, shifts: np.ndarray) -> float:
        """Return the hours short over all weeks."""
        return float(np.maximum(self.load(shifts) - self.supply, 0).sum())

    def flu_of(self, block: Block, weeks: int) -> int:
        """Return how many handovers of a block lie in the flu season after a shift."""
        first = self.weeks[0].date()
        places = [(Week.of(day).monday - first).days // 7 + weeks for day in block.handovers]
        return sum(bool(self.in_flu[at]) for at in places if 0 <= at < len(self.in_flu))

    def flu_handovers(self, shifts: np.ndarray) -> int:
        """Return how many of the handovers that may move lie in the flu season."""
        at = zip(self.blocks, shifts, strict=True)
        return sum(self.flu_of(block, int(weeks)) for block, weeks in at)

    def same_as(self, other: Problem) -> bool:
        """Say whether another puzzle asks the same, so that a plan for one is one for both."""
        arrays = ("hours", "fixed", "supply", "in_flu")
        return (
            self.weeks.equals(other.weeks)
            and (self.functions, self.blocks, self.order)
            == (other.functions, other.blocks, other.order)
            and all(np.array_equal(getattr(self, name), getattr(other, name)) for name in arrays)
        )


def moved(hours: np.ndarray, weeks: int) -> np.ndarray:
    """Return hours (functions × weeks) so many weeks later; none of them may leave the weeks."""
    later = np.zeros_like(hours)
    if weeks >= 0:
        later[:, weeks:] = hours[:, : hours.shape[1] - weeks]
    else:
        later[:, :weeks] = hours[:, -weeks:]
    return later


def problem(
    plan: Plan,
    rooms: Mapping[int, Room],
    supply: pd.DataFrame,
    default: Room = DEFAULT,
) -> Problem:
    """Return the puzzle of a plan.

    rooms: by project; `default` for the others. supply: hours that are there after sick leave,
    functions (index function_id) × weeks (Mondays).
    Nothing moves to before the day of the plan, nor out of the weeks of `supply`.
    """
    plan = ready(plan)
    weeks = pd.DatetimeIndex(supply.columns)
    horizon = (weeks[-1] + pd.Timedelta(days=6)).date()
    blocks, order, said = _movable(plan, rooms, default, horizon)
    hours, fixed = _hours(plan, blocks, supply)
    return Problem(
        weeks=weeks,
        functions=tuple(supply.index.tolist()),
        blocks=tuple(blocks),
        hours=hours,
        fixed=fixed,
        supply=supply.to_numpy(float),
        in_flu=np.array([in_flu_band(monday) for monday in weeks.date], dtype=bool),
        order=tuple(order),
        conflicts=tuple(said),
    )


def _movable(
    plan: Plan, rooms: Mapping[int, Room], default: Room, horizon: date
) -> tuple[list[Block], list[Order], list[str]]:
    """Return what moves, in which order, and what cannot be; projects with the last stay."""
    titles = dict(zip(plan.projects["id"].tolist(), plan.projects["title"].tolist(), strict=True))
    codes = dict(zip(plan.projects["id"].tolist(), plan.projects["code"].tolist(), strict=True))
    days = _handover_days(plan)
    phases = _phases(plan, days)
    blocks: list[Block] = []
    order: list[Order] = []
    said: list[str] = []
    for project, title in titles.items():
        own, room = phases.get(project, []), rooms.get(project, default)
        links = orders(own)
        left = narrowed(own, links, room, plan.as_of, horizon)
        wrong = conflicts(f"{codes[project]} {title}", left, room, days.get(project, ()))
        said += wrong
        if wrong:
            continue
        moving = [at for at, each in enumerate(left) if each.low or each.high]
        place = {at: len(blocks) + number for number, at in enumerate(moving)}
        blocks += [_block(project, title, left[at]) for at in moving]
        order += [
            Order(place[link.before], place[link.after], link.weeks)
            for link in links
            if link.before in place and link.after in place
        ]
    return blocks, order, said


def _block(project: int, title: str, phase: Moving) -> Block:
    return Block(
        project,
        phase.phase,
        title,
        phase.first,
        phase.last,
        phase.low,
        phase.high,
        phase.handovers,
    )


def _handover_days(plan: Plan) -> dict[int, tuple[date, ...]]:
    days: dict[int, tuple[date, ...]] = {}
    for project, day in zip(plan.handovers["project_id"], plan.handovers["day"], strict=True):
        if pd.notna(day):
            days[int(project)] = (*days.get(int(project), ()), day.date())
    return days


def _phases(plan: Plan, days: Mapping[int, tuple[date, ...]]) -> dict[int, list[Moving]]:
    """Return per project the phases that have days and have not ended, by their first day.

    The days are those of the phase and of its needs together.
    """
    keys = ["project_id", "phase"]
    spans = pd.concat([frame[[*keys, "first", "last"]] for frame in (plan.phases, plan.demand)])
    states = plan.phases.set_index(keys)[["begun", "ended"]]
    ended, begun = (set(states.index[states[name].astype(bool)]) for name in ("ended", "begun"))
    found: dict[int, list[Moving]] = {}
    groups = spans.dropna().groupby(keys)
    ends = zip(groups["first"].min().items(), groups["last"].max(), strict=True)
    for (key, start), end in ends:
        project, phase = cast("tuple[int, str]", key)
        if key in ended:
            continue
        first, last = start.date(), end.date()
        handed = days.get(project, ()) if phase == Phase.HANDOVER else ()
        stays = key in begun or min((first, *handed)) < plan.as_of
        found.setdefault(project, []).append(Moving(phase, first, last, handed, stays))
    return {project: in_order(own) for project, own in found.items()}


def _hours(
    plan: Plan, blocks: Sequence[Block], supply: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Return the hours of the blocks and of all the rest, functions in the order of `supply`."""
    weeks = pd.DatetimeIndex(supply.columns)
    rows = {function: row for row, function in enumerate(supply.index.tolist())}
    needs = plan.demand[plan.demand["function_id"].isin(list(rows))]
    place = {(block.project_id, block.phase): at for at, block in enumerate(blocks)}
    owner = [
        place.get((project, phase), len(blocks))
        for project, phase in zip(needs["project_id"], needs["phase"], strict=True)
    ]
    row = needs["function_id"].map(rows).to_numpy(np.intp)
    hours = np.zeros((len(blocks) + 1, len(rows), len(weeks)))
    np.add.at(hours, (np.array(owner, dtype=np.intp), row), per_need(needs, weeks))
    return hours[:-1], hours[-1]
