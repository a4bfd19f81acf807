"""A proposal that levels the load, as the screen shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import pandas as pd

from borging.domain.changes import AddHours, ChangeSeason
from borging.domain.room import Room, RoomFields
from borging.domain.wording import count, day, number
from borging.planning.levelling.moves import Move, moves
from borging.planning.levelling.problem import Problem, problem
from borging.planning.levelling.search import Proposal
from borging.planning.plan import Plan
from borging.services.figures import KeyFigure
from borging.services.scenarios import proposal_words as words
from borging.services.scenarios.view import Basis, Laid, moved_out


@dataclass(frozen=True)
class ProposalView:
    """What the screen shows of a proposal.

    table: a row per phase that moves, with project, phase, shift, now and new (first day), why
    and cost, in words.
    compared: the proposal beside the saved scenarios, '' where there are none.
    name: to save it under, when nobody says otherwise.
    """

    title: str
    status: str
    compared: str
    figures: tuple[KeyFigure, ...]
    table: pd.DataFrame
    small_print: str
    name: str


def rooms(
    stored: pd.DataFrame, projects: pd.DataFrame, goals: pd.DataFrame, usual: Room
) -> dict[int, Room]:
    """Return the room of the projects that have their own, or a legal date.

    stored: of `queries.capacity.rooms`. goals: of `queries.structure.goals`; the earliest legal
    deadline of the goal of a project and of what is above it is its legal date, unless its own
    comes first.
    """
    plain = stored.astype(object).where(stored.notna(), None)
    own = {row["project_id"]: _room(row, usual) for row in _rows(plain)}
    known = {row["id"]: row for row in _rows(goals.astype(object).where(goals.notna(), None))}
    found = dict(own)
    for project, goal in zip(projects["id"].tolist(), projects["goal_id"], strict=True):
        legal = None if pd.isna(goal) else _legal(goal, known)
        if legal is not None:
            room = own.get(project, usual)
            first = min(legal, room.legal_date or legal)
            found[project] = Room(
                room.earliest_start, room.latest_end, first, room.weeks_earlier, room.weeks_later
            )
    return found


def puzzle(
    basis: Basis,
    stored: pd.DataFrame,
    projects: pd.DataFrame,
    goals: pd.DataFrame,
    usual: Room,
) -> Problem:
    """Return what may move in the plan of today, over the weeks of `basis`; for the rest see
    `rooms`.
    """
    given = rooms(stored, projects, goals, usual)
    return problem(basis.plan, given, basis.side.supply, usual)


def beside(basis: Basis, scenarios: Sequence[Laid]) -> tuple[words.Beside, ...]:
    """Return what saved scenarios are short of, and what they do that no proposal looks at."""
    return tuple(
        words.Beside(
            each.scenario.name,
            float(each.found.totals["after"]["overload_hours"]),
            _how(basis, each),
        )
        for each in scenarios
    )


def _how(basis: Basis, one: Laid) -> tuple[str, ...]:
    kinds = {type(change) for change in one.scenario.changes}
    out = moved_out(basis, one)
    found = [
        words.OUT_OF_PERIOD.format(number(round(out))) if round(out) >= 1 else "",
        words.EXTRA_HOURS if AddHours in kinds else "",
        words.OTHER_SEASON if ChangeSeason in kinds else "",
    ]
    return tuple(filter(None, found)) or (words.OTHER_MOVES,)


def view(found: Proposal, plan: Plan, others: tuple[words.Beside, ...] = ()) -> ProposalView:
    """Return what a proposal does, why, and what it costs. others: saved scenarios."""
    told = moves(found)
    names = dict(zip(plan.functions["id"].tolist(), plan.functions["name"].tolist(), strict=True))
    codes = dict(zip(plan.projects["id"].tolist(), plan.projects["code"].tolist(), strict=True))
    ends = _later_ends(plan, told)
    rows = [_row(move, codes, names, ends) for move in told]
    columns = ["project", "phase", "shift", "now", "new", "why", "cost"]
    return ProposalView(
        title=words.title(found),
        status=words.status(found),
        compared=words.beside(found.after, others),
        figures=_figures(found, told),
        table=pd.DataFrame(rows, columns=columns),
        small_print=words.small_print(found),
        name=f"Voorstel {day(plan.as_of)}",
    )


def _room(row: Mapping[str, Any], usual: Room) -> Room:
    def on(name: str) -> date | None:
        return None if row[name] is None else cast("date", row[name].date())

    return RoomFields(
        project_id=row["project_id"],
        earliest_start=on("earliest_start"),
        latest_end=on("latest_end"),
        legal_date=on("legal_date"),
        weeks_earlier=row["weeks_earlier"],
        weeks_later=row["weeks_later"],
    ).room(usual)


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", table.to_dict("records"))


def _legal(goal: Any, known: Mapping[Any, Mapping[str, Any]]) -> date | None:
    """Return the earliest legal deadline on the way up from a goal."""
    found, seen = [], set()
    while goal in known and goal not in seen:
        seen.add(goal)
        if (deadline := known[goal]["legal_deadline"]) is not None:
            found.append(deadline.date())
        goal = known[goal]["parent_id"]
    return min(found, default=None)


def _row(
    move: Move, codes: Mapping[int, str], names: Mapping[int, str], ends: Mapping[int, int]
) -> tuple[str, ...]:
    block, later = move.block, timedelta(weeks=move.weeks)
    return (
        f"{codes[block.project_id]} {block.title}",
        words.phase(block.phase),
        words.shift(move.weeks),
        day(block.first),
        day(block.first + later),
        words.why(move, names),
        words.cost(move, names, ends.get(block.project_id, 0)),
    )


def _later_ends(plan: Plan, told: list[Move]) -> dict[int, int]:
    """Return per project that moves how many weeks later it ends; below zero is earlier."""
    by_key = {(move.block.project_id, move.block.phase): move.weeks for move in told}
    moving = {move.block.project_id for move in told}
    phases = plan.phases[plan.phases["project_id"].isin(moving)].dropna(subset=["last"])
    keys = zip(phases["project_id"], phases["phase"], strict=True)
    shifts = pd.to_timedelta([7 * by_key.get(key, 0) for key in keys], unit="D")
    ends = pd.DataFrame({"now": phases["last"], "new": phases["last"] + shifts})
    last = ends.groupby(phases["project_id"]).max()
    weeks = ((last["new"] - last["now"]).dt.days / 7).round().astype(int)
    return dict(zip(weeks.index.tolist(), weeks.tolist(), strict=True))


def _figures(found: Proposal, told: list[Move]) -> tuple[KeyFigure, ...]:
    projects = len({move.block.project_id for move in told})
    return (
        KeyFigure("Tekort nu", f"{number(found.before)} uur", "alle functies samen"),
        KeyFigure("Tekort in voorstel", f"{number(found.after)} uur", words.least(found)),
        KeyFigure(
            "Wat schuift",
            count(len(told), "fase", "fasen"),
            f"van {count(projects, 'project', 'projecten')}",
        ),
        KeyFigure(
            "In het griepseizoen",
            f"{found.flu_before} → {found.flu_after}",
            "overdrachten die kunnen schuiven",
        ),
    )
