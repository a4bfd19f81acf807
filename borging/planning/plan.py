"""The plan that scenarios start from, and the words that all changes share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from borging.domain.changes import SeasonChoice

WORKDAYS = 5
WEEK = pd.Timedelta(weeks=1)


class ScenarioError(ValueError):
    """A change that cannot be made; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Plan:
    """What a scenario starts from. Frames are never changed in place.

    First and last days are both included.

    Attributes:
        projects: id, code, title.
        phases: project_id, phase (value of Phase), first, last (planned days, missing when
            unknown), begun (has an actual start, or lies at least partly before `as_of`), ended.
        handovers: id (of the result), project_id, day (agreed, not handed over yet).
        functions: id, name.
        demand: id, project_id, function_id, phase (value or None), hours_per_week, first, last
            and whatever else. `origin` is the id of the need that a part was cut from.
        present: hours per week before sick leave, functions (index function_id) × weeks.
        as_of: the day on which is planned; what lies before it does not move.
        season: the flu season to reckon with.
    """

    projects: pd.DataFrame
    phases: pd.DataFrame
    handovers: pd.DataFrame
    functions: pd.DataFrame
    demand: pd.DataFrame
    present: pd.DataFrame
    as_of: date
    season: SeasonChoice = SeasonChoice.NORMAL

    @property
    def now(self) -> pd.Timestamp:
        """`as_of` as the frames know days."""
        return pd.Timestamp(self.as_of)


def ready(plan: Plan) -> Plan:
    """Return the plan with its days as datetime64[us] and the origin of every need."""
    ends = ("first", "last")
    demand = plan.demand.assign(
        **{end: plan.demand[end].astype("datetime64[us]") for end in ends},
        origin=plan.demand.get("origin", plan.demand["id"]),
    )
    phases = plan.phases.assign(
        **{end: plan.phases[end].astype("datetime64[us]") for end in ends},
        **{flag: plan.phases[flag].astype(bool) for flag in ("begun", "ended")},
    )
    handovers = plan.handovers.assign(day=plan.handovers["day"].astype("datetime64[us]"))
    return replace(plan, demand=demand, phases=phases, handovers=handovers)


def workdays(first: pd.Series, last: pd.Series) -> pd.Series[int]:
    """Return the days Monday up to and including Friday from first to last, both included."""
    start = first.to_numpy().astype("datetime64[D]")
    stop = last.to_numpy().astype("datetime64[D]") + 1
    days = np.maximum(np.busday_count(start, stop), 0)
    return pd.Series(days, index=first.index, dtype="int64")


def day_words(day: date) -> str:
    """Write a day as '04-01-2027'."""
    return f"{day:%d-%m-%Y}"


def week_words(number: int) -> str:
    """Write how many weeks, without their direction."""
    return f"{abs(number)} {'week' if abs(number) == 1 else 'weken'}"
