"""What if: changes to a plan, laid on copies of its frames.

First and last days are both included. Projects move by whole weeks, so that every piece of work
keeps its weekdays. Moving, stretching and pausing keep the hours of a project: hours per week ×
working days (Monday up to and including Friday) ÷ 5, added up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from borging.domain.periods import MONTHS, Week
from borging.planning.winters import SeasonChoice

WORKDAYS = 5
WEEK = pd.Timedelta(weeks=1)


class ScenarioError(ValueError):
    """A change that cannot be made; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Plan:
    """What a scenario starts from. Frames are never changed in place.

    Attributes:
        projects: id, name, handover (day, missing when not planned).
        functions: id, name.
        demand: id, project_id, function_id, hours_per_week, first, last and whatever else.
        present: hours per week before sick leave, functions (index function_id) × weeks.
        season: the flu season to reckon with.
    """

    projects: pd.DataFrame
    functions: pd.DataFrame
    demand: pd.DataFrame
    present: pd.DataFrame
    season: SeasonChoice = SeasonChoice.NORMAL


@dataclass(frozen=True)
class Shift:
    """Move a whole project; weeks below zero move it forward in time."""

    project_id: int
    weeks: int


@dataclass(frozen=True)
class Stretch:
    """Do the same hours in more weeks, or in fewer when below zero."""

    project_id: int
    weeks: int


@dataclass(frozen=True)
class Pause:
    """Stop a project from a day on; what lies on or after it comes `weeks` later."""

    project_id: int
    first: date
    weeks: int


@dataclass(frozen=True)
class AddHours:
    """Give a function more hours for projects per week, before sick leave."""

    function_id: int
    hours_per_week: float
    first: date
    last: date


@dataclass(frozen=True)
class ChangeSeason:
    """Reckon with another flu season."""

    season: SeasonChoice


Change = Shift | Stretch | Pause | AddHours | ChangeSeason


def apply(plan: Plan, changes: Sequence[Change]) -> tuple[Plan, list[str]]:
    """Make the changes one after the other and say each in a Dutch sentence.

    Raises:
        ScenarioError: a change that cannot be made; then none is.
    """
    said = []
    plan = _ready(plan)
    for change in changes:
        plan, sentence = _apply(plan, change)
        said.append(sentence)
    return plan, said


def work_hours(demand: pd.DataFrame) -> pd.Series[float]:
    """Return the hours of every row of `demand` over all its working days."""
    return demand["hours_per_week"] * _workdays(demand["first"], demand["last"]) / WORKDAYS


def _apply(plan: Plan, change: Change) -> tuple[Plan, str]:
    match change:
        case Shift():
            return _shift(plan, change)
        case Stretch():
            return _stretch(plan, change)
        case Pause():
            return _pause(plan, change)
        case AddHours():
            return _add_hours(plan, change)
        case ChangeSeason():
            words = f"Het griepseizoen is nu: {change.season} (was: {plan.season})."
            return replace(plan, season=change.season), words


def _shift(plan: Plan, change: Shift) -> tuple[Plan, str]:
    name, rows = _project(plan, change.project_id)
    if not change.weeks:
        raise ScenarioError(f"{name} nul weken verschuiven verandert niets.")
    by = _where(rows, change.weeks)
    demand = plan.demand.assign(first=plan.demand["first"] + by, last=plan.demand["last"] + by)
    moved = _moved(plan, change.project_id, lambda day: day + change.weeks * WEEK)
    words = f"{name} schuift {_weeks(change.weeks)} {'later' if change.weeks > 0 else 'eerder'}"
    return _told(plan, moved, demand, rows, words, change.project_id)


def _stretch(plan: Plan, change: Stretch) -> tuple[Plan, str]:
    name, rows = _project(plan, change.project_id)
    if not change.weeks:
        raise ScenarioError(f"{name} nul weken langer maken verandert niets.")
    if not rows.any():
        raise ScenarioError(f"{name} heeft geen uren om over meer of minder weken te verdelen.")
    own = plan.demand[rows]
    start = _monday(own["first"]).min()
    begin = (_monday(own["first"]) - start) // WEEK
    end = (_monday(own["last"]) - start) // WEEK + 1
    span = int(end.max())
    if span + change.weeks < 1:
        raise ScenarioError(f"{name} duurt {_weeks(span)}; zo eindigt het vóór het begint.")
    factor = (span + change.weeks) / span
    first = own["first"] + (_scaled(begin, factor) - begin) * WEEK
    last = own["last"] + (_scaled(end, factor) - end) * WEEK
    days, new_days = _workdays(own["first"], own["last"]), _workdays(first, last)
    if (last < first).any() or ((new_days == 0) & (days > 0)).any():
        raise ScenarioError(f"{name} wordt te kort: een deel van het werk eindigt vóór het begint.")
    demand = plan.demand.astype({"hours_per_week": float})
    demand.loc[rows, "first"], demand.loc[rows, "last"] = first, last
    demand.loc[rows, "hours_per_week"] = own["hours_per_week"] * (days / new_days).fillna(1.0)

    def later(day: pd.Timestamp) -> pd.Timestamp:
        """A handover keeps its place within the work, and its distance after the end."""
        place = (Week.of(day.date()).monday - start.date()).days // 7
        if place < 0:
            return day
        until = min(place + 1, span)
        return day + (int(_scaled(pd.Series([until]), factor).iloc[0]) - until) * WEEK

    moved = _moved(plan, change.project_id, later)
    words = f"{name} duurt {_weeks(change.weeks)} {'langer' if change.weeks > 0 else 'korter'}"
    return _told(plan, moved, demand, rows, words + ", met evenveel uren", change.project_id)


def _pause(plan: Plan, change: Pause) -> tuple[Plan, str]:
    name, rows = _project(plan, change.project_id)
    if change.weeks < 1:
        raise ScenarioError("Een pauze duurt minstens 1 week.")
    day, later = pd.Timestamp(change.first), change.weeks * WEEK
    after = rows & (plan.demand["last"] >= day)
    if not after.any():
        raise ScenarioError(f"{name} heeft vanaf {_day(change.first)} geen werk om te pauzeren.")
    cut = after & (plan.demand["first"] < day)
    before = plan.demand[cut].assign(last=day - pd.Timedelta(days=1))
    by = _where(after, change.weeks)
    rest = plan.demand.assign(
        first=plan.demand["first"].mask(cut, day) + by, last=plan.demand["last"] + by
    )
    # The part before keeps the row's id, the part after gets one that the frame does not have.
    rest.loc[cut, "id"] = plan.demand["id"].max() + np.arange(1, int(cut.sum()) + 1)
    demand = pd.concat([rest, before], ignore_index=True).sort_values("id", ignore_index=True)
    moved = _moved(plan, change.project_id, lambda on: on + later if on >= day else on)
    words = f"{name} ligt {_weeks(change.weeks)} stil vanaf {_day(change.first)}"
    own = demand["project_id"] == change.project_id
    return _told(plan, moved, demand, own, words, change.project_id)


def _add_hours(plan: Plan, change: AddHours) -> tuple[Plan, str]:
    name = _name(plan.functions, change.function_id, "Functie")
    if not change.hours_per_week > 0:
        raise ScenarioError("Het aantal extra uren per week is groter dan nul.")
    if change.last < change.first:
        raise ScenarioError("De laatste dag van de extra uren ligt vóór de eerste.")
    mondays = pd.Series(pd.DatetimeIndex(plan.present.columns))
    first = mondays.where(mondays >= pd.Timestamp(change.first), pd.Timestamp(change.first))
    sundays = mondays + pd.Timedelta(days=6)
    last = sundays.where(sundays <= pd.Timestamp(change.last), pd.Timestamp(change.last))
    share = _workdays(first, last) / WORKDAYS
    if not share.any():
        raise ScenarioError("De extra uren vallen buiten de weken van dit plan.")
    present = plan.present.astype(float)
    present.loc[change.function_id] += change.hours_per_week * share.to_numpy()
    hours = f"{change.hours_per_week:.1f}".removesuffix(".0").replace(".", ",")
    return replace(plan, present=present), (
        f"{name} krijgt {hours} uur per week erbij van {_day(change.first)} "
        f"tot en met {_day(change.last)}."
    )


def _project(plan: Plan, project_id: int) -> tuple[str, pd.Series[bool]]:
    """Return the name of a project and which rows of the demand are its own."""
    name = _name(plan.projects, project_id, "Project")
    rows = plan.demand["project_id"] == project_id
    if (plan.demand.loc[rows, "hours_per_week"] < 0).any():
        raise ScenarioError(f"{name} heeft werk met een negatief aantal uren.")
    if (plan.demand.loc[rows, "last"] < plan.demand.loc[rows, "first"]).any():
        raise ScenarioError(f"{name} heeft werk dat eindigt vóór het begint.")
    return name, rows


def _name(table: pd.DataFrame, wanted: int, kind: str) -> str:
    found = table.loc[table["id"] == wanted, "name"]
    if found.empty:
        raise ScenarioError(f"{kind} {wanted} bestaat niet in dit plan.")
    return str(found.iloc[0])


def _ready(plan: Plan) -> Plan:
    """Return the plan with its days as datetime64[us]."""
    days = {end: plan.demand[end].astype("datetime64[us]") for end in ("first", "last")}
    handover = plan.projects["handover"].astype("datetime64[us]")
    return replace(
        plan,
        demand=plan.demand.assign(**days),
        projects=plan.projects.assign(handover=handover),
    )


def _moved(plan: Plan, project_id: int, to: Callable[[pd.Timestamp], pd.Timestamp]) -> pd.DataFrame:
    """Return the projects with the handover of one of them moved."""
    planned = (plan.projects["id"] == project_id) & plan.projects["handover"].notna()
    handover = plan.projects["handover"].copy()
    handover[planned] = handover[planned].map(to)
    return plan.projects.assign(handover=handover)


def _told(
    plan: Plan,
    projects: pd.DataFrame,
    demand: pd.DataFrame,
    rows: pd.Series[bool],
    words: str,
    project_id: int,
) -> tuple[Plan, str]:
    """Return the changed plan and the sentence about it: what moved, and where to."""
    parts = [words]
    if rows.any():
        first, last = demand.loc[rows, "first"].min(), demand.loc[rows, "last"].max()
        parts.append(f"het werk loopt nu van {_day(first)} tot en met {_day(last)}")
    was, now = (
        table.loc[table["id"] == project_id, "handover"].iloc[0]
        for table in (plan.projects, projects)
    )
    if pd.notna(now) and was != now:
        parts.append(f"de overdracht gaat van {_day(was)} naar {_day(now)}")
    if len(parts) == 1:
        parts.append("er is nog geen werk of overdracht gepland")
    return replace(plan, projects=projects, demand=demand), f"{parts[0]}: {'; '.join(parts[1:])}."


def _where(rows: pd.Series[bool], weeks: int) -> pd.Series[pd.Timedelta]:
    """Return `weeks` for the rows that are meant and nothing for the others."""
    return pd.to_timedelta(rows.astype("int64") * weeks * 7, unit="D")


def _scaled(weeks: pd.Series[int], factor: float) -> pd.Series[int]:
    """Return places in weeks on a scale that is `factor` as long, halves up."""
    return (weeks * factor + 0.5).floordiv(1).astype("int64")


def _monday(days: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
    return days - pd.to_timedelta(days.dt.day_of_week, unit="D")


def _workdays(first: pd.Series, last: pd.Series) -> pd.Series[int]:
    """Return the days Monday up to and including Friday from first to last, both included."""
    start = first.to_numpy().astype("datetime64[D]")
    stop = last.to_numpy().astype("datetime64[D]") + 1
    days = np.maximum(np.busday_count(start, stop), 0)
    return pd.Series(days, index=first.index, dtype="int64")


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _weeks(number: int) -> str:
    return f"{abs(number)} {'week' if abs(number) == 1 else 'weken'}"
