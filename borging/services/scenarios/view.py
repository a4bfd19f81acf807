"""Scenarios beside the plan of today: what each of them changes, and what that brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import pandas as pd

from borging.domain.absence import Absence
from borging.domain.changes import AddHours, Change, ChangeError, ChangeSeason, read_changes
from borging.domain.flu import in_flu_band
from borging.domain.plan_rows import PlanRow, ScenarioStatus, read_rows
from borging.domain.terms import ProjectState
from borging.planning import demand as asking
from borging.planning.compare import Comparison, Side, compare
from borging.planning.plan import Plan, ready
from borging.planning.scenario import Said, lay
from borging.planning.shortage import LEAST_HOURS, mean_supply, rank_handovers
from borging.planning.supply import weeks_from
from borging.planning.winters import WinterError, choose
from borging.services import stages
from borging.services.capacity.winter_draws import draw
from borging.services.capacity.words import NEEDS
from borging.services.flu_winters import FluHistory
from borging.services.holidays import DaysOff
from borging.services.known import known_first
from borging.services.scenarios import words
from borging.services.scenarios.plan import plan_of
from borging.services.scenarios.rows import rows_of

TODAY = "Plan van nu"
MOST = 3
"""Scenarios that stand beside the plan of today."""
FURTHEST = 156
"""Weeks ahead in which handovers are looked at, whatever the period: one that moves out of the
period does not leave the flu season by that."""


@dataclass(frozen=True)
class Saved:
    """A scenario as it was saved.

    broken: why its changes cannot be read, '' when they can. rows: what accepting it changed.
    """

    id: int
    name: str
    note: str
    status: ScenarioStatus
    changes: tuple[Change, ...]
    rows: tuple[PlanRow, ...]
    version: int
    created_on: date
    created_by: str | None
    accepted_on: date | None
    accepted_by: str | None
    broken: str = ""


@dataclass(frozen=True)
class Basis:
    """The plan of today with its numbers, and what scenarios are reckoned with.

    projects: all of them with id, code, title and state, also those that are over.
    """

    plan: Plan
    side: Side
    history: FluHistory
    absence: Absence
    projects: pd.DataFrame

    @property
    def empty(self) -> bool:
        """Say whether there is no plan to change yet."""
        return self.plan.functions.empty or self.plan.demand.empty

    @property
    def weeks(self) -> pd.DatetimeIndex:
        """The Mondays over which is counted."""
        return pd.DatetimeIndex(self.plan.present.columns)


@dataclass(frozen=True)
class Laid:
    """A scenario laid on the plan of today.

    said: a sentence per change. rows: what accepting it would change. blocked: why it cannot be
    accepted, '' when it can.
    """

    scenario: Saved
    said: tuple[Said, ...]
    plan: Plan
    side: Side
    found: Comparison
    rows: tuple[PlanRow, ...]
    blocked: str


def saved(table: pd.DataFrame) -> tuple[Saved, ...]:
    """Read the scenarios of the store (`queries.scenarios`), in their order."""
    plain_table = table.astype(object).where(table.notna(), None)
    return tuple(
        _saved(row) for row in cast("list[dict[str, Any]]", plain_table.to_dict("records"))
    )


def _saved(row: dict[str, Any]) -> Saved:
    broken = ""
    changes: tuple[Change, ...] = ()
    try:
        changes = read_changes(row["changes"])
    except ChangeError as error:
        broken = str(error)
    return Saved(
        id=int(row["id"]),
        name=row["name"],
        note=row["note"],
        status=ScenarioStatus(row["status"]),
        changes=changes,
        rows=read_rows(row["accepted_rows"]),
        version=int(row["version"]),
        created_on=row["created_on"].date(),
        created_by=row["created_by"],
        accepted_on=row["accepted_on"].date() if row["accepted_on"] else None,
        accepted_by=row["accepted_by"],
        broken=broken,
    )


def basis(
    functions: pd.DataFrame,
    leave: pd.DataFrame,
    needs: pd.DataFrame,
    projects: pd.DataFrame,
    phases: pd.DataFrame,
    results: pd.DataFrame,
    history: FluHistory,
    days_off: DaysOff,
    absence: Absence,
    as_of: date,
    period: int,
) -> Basis:
    """Return the plan of today over `period` weeks from the week of `as_of`."""
    weeks = weeks_from(as_of, period)
    plan = plan_of(functions, leave, needs, projects, phases, results, weeks, days_off, as_of)
    known = projects[["id", "code", "title", "state"]]
    return Basis(plan, _side(TODAY, plan, history, absence), history, absence, known)


def laid(basis: Basis, scenario: Saved) -> Laid:
    """Lay a scenario on the plan of today; what cannot be made is left out, and said."""
    plan, said = _lay(basis, scenario.changes)
    side = _side(scenario.name, plan, basis.history, basis.absence)
    rows = rows_of(ready(basis.plan), plan)
    said = tuple(
        each if each.made else Said(_why_not(basis, change, each.words), made=False)
        for change, each in zip(scenario.changes, said, strict=True)
    )
    return Laid(
        scenario, said, plan, side, compare(basis.side, side), rows, _blocked(scenario, said, rows)
    )


def title(basis: Basis, saved: Sequence[Saved], chosen: Saved | None, one: Laid | None) -> str:
    """Return the finding of the screen."""
    if basis.empty:
        return words.NOTHING
    if not saved:
        return words.NO_SCENARIO
    if chosen is None:
        return words.UNKNOWN
    if one is None:
        return f"‘{chosen.name}’ is overgenomen in het plan van nu"
    if not chosen.changes:
        return f"‘{chosen.name}’ verandert nog niets"
    change = one.found.totals["change"]
    said = words.finding(chosen.name, change["overload_hours"], change["weeks_above_full"])
    return known_first(said, *without_needs(basis), NEEDS)


def without_needs(basis: Basis) -> tuple[int, int]:
    """Return how many active projects ask for nobody yet, and how many there are."""
    going = basis.projects.loc[basis.projects["state"].isin(stages.ACTIVE), "id"]
    return int((~going.isin(basis.plan.demand["project_id"])).sum()), len(going)


def refusal(basis: Basis, scenario: Saved, change: Change) -> str:
    """Say why a change cannot be added to a scenario; '' when it can."""
    _plan, said = _lay(basis, [*scenario.changes, change])
    return "" if said[-1].made else said[-1].words


def overview(basis: Basis, beside: Sequence[Laid]) -> pd.DataFrame:
    """Return a row for the plan of today and for each scenario.

    Columns plan, hours (short over all weeks), full (weeks above 100 %) and in_flu (handovers in
    the flu season); with the difference in words.
    """
    own = compare(basis.side, basis.side).totals["before"]
    rows = [(TODAY, *(words.amount(own.iloc[place]) for place in range(3)))]
    for each in beside:
        totals = each.found.totals[["after", "change"]].to_numpy(float).tolist()
        cells = (words.with_change(after, change) for after, change in totals)
        rows.append((each.scenario.name, *cells))
    return pd.DataFrame(rows, columns=["plan", "hours", "full", "in_flu"])


def moved_out(basis: Basis, one: Laid) -> float:
    """Return the hours of work that a scenario moves out of the period; below zero: into it."""
    return float(basis.side.demand.to_numpy().sum() - one.side.demand.to_numpy().sum())


def functions_table(basis: Basis, one: Laid) -> pd.DataFrame:
    """Return per function what is short before and after, the most before first.

    Columns name, overload_before, overload_after (hours over all weeks), full_before, full_after
    (weeks above 100 %).
    """
    names = basis.plan.functions.set_index("id")["name"]
    table = one.found.functions.join(names.rename("name"))
    columns = ["name", "overload_before", "overload_after", "full_before", "full_after"]
    ordered = table.sort_values(
        ["overload_before", "overload_after", "name"], ascending=[False, False, True]
    )
    return ordered[columns].reset_index(drop=True)


def per_week(side: Side) -> pd.Series[float]:
    """Return the hours short per Monday, all functions together."""
    short = side.demand.to_numpy(float) - side.supply.loc[side.demand.index].to_numpy(float)
    hours = short.clip(min=0)
    hours[short <= LEAST_HOURS] = 0
    return pd.Series(hours.sum(axis=0), index=side.demand.columns)


def _side(name: str, plan: Plan, history: FluHistory, absence: Absence) -> Side:
    weeks = pd.DatetimeIndex(plan.present.columns)
    draws = draw(history, weeks, absence, plan.season)
    later = weeks_from(plan.as_of, max(len(weeks), FURTHEST))
    seasons = choose(history.seasons, plan.season)
    reckoned = history if seasons is history.seasons else replace(history, seasons=seasons)
    chances = reckoned.chances(later)
    days = plan.handovers["day"]
    in_flu = [not pd.isna(day) and in_flu_band(day.date()) for day in days]
    return Side(
        name,
        asking.demand(plan.demand, plan.functions, weeks),
        mean_supply(plan.present, draws.absent),
        rank_handovers(plan.handovers.assign(in_flu=in_flu), chances)[["id", "chance", "in_flu"]],
    )


def _lay(basis: Basis, changes: Sequence[Change]) -> tuple[Plan, tuple[Said, ...]]:
    """Lay changes on the plan of today; a season that was never recorded cannot be chosen."""
    why = [_no_season(basis, change) for change in changes]
    possible = [change for change, no in zip(changes, why, strict=True) if not no]
    plan, made = lay(basis.plan, possible)
    rest = iter(made)
    return plan, tuple(Said(no, made=False) if no else next(rest) for no in why)


def _no_season(basis: Basis, change: Change) -> str:
    if isinstance(change, ChangeSeason):
        try:
            choose(basis.history.seasons, change.season)
        except WinterError as error:
            return str(error)
    return ""


def _why_not(basis: Basis, change: Change, why: str) -> str:
    """Say which change can no longer be made and why; name a project that is over."""
    project_id = getattr(change, "project_id", None)
    known = basis.projects[basis.projects["id"] == project_id]
    going = basis.plan.projects["id"].tolist()
    if project_id is not None and project_id not in going:
        if known.empty:
            why = "het project bestaat niet meer."
        else:
            row = known.iloc[0]
            why = f"{row['code']} {row['title']} is {ProjectState(row['state']).label}."
    return f"{words.change_words(change)}: {why}"


def _blocked(scenario: Saved, said: Sequence[Said], rows: Sequence[PlanRow]) -> str:
    if not all(each.made for each in said):
        return "Haal eerst weg wat niet meer kan; dan kan dit het plan worden."
    if any(isinstance(change, AddHours) for change in scenario.changes):
        return (
            "Dit scenario rekent op extra uren. Voeg die eerst toe bij de functies op Capaciteit "
            "en haal die wijziging hier weg; dan kan dit het plan worden."
        )
    if not rows:
        return "Dit scenario verandert geen datums; er is niets over te nemen."
    return ""
