"""The plan of today, as scenarios and proposals start from it."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from borging.domain.changes import SeasonChoice
from borging.planning import supply as having
from borging.planning.plan import Plan, ready
from borging.services import stages
from borging.services.holidays import DaysOff


def plan_of(
    functions: pd.DataFrame,
    leave: pd.DataFrame,
    needs: pd.DataFrame,
    projects: pd.DataFrame,
    phases: pd.DataFrame,
    results: pd.DataFrame,
    weeks: pd.DatetimeIndex,
    days_off: DaysOff,
    as_of: date,
    season: SeasonChoice = SeasonChoice.NORMAL,
) -> Plan:
    """Make the plan of today from what was read from the store, of all projects that go on.

    weeks: Mondays over which hours are reckoned. The frames of `phases` (with `id`), `demand`
    (with `firm` and `version`) and `projects` keep what belongs to them.
    """
    going = projects.loc[~projects["state"].isin(stages.OVER)]
    ids = going["id"]
    free = days_off.between(weeks[0].date(), weeks[-1].date() + timedelta(days=6))
    waiting = results["project_id"].isin(ids) & results["agreed_on"].notna()
    waiting &= ~(results["handed_over_on"] <= pd.Timestamp(as_of))
    return ready(
        Plan(
            projects=_whole(going[["id", "code", "title"]]),
            phases=_phases(phases[phases["project_id"].isin(ids)], as_of),
            handovers=_whole(
                results.loc[waiting, ["id", "project_id", "title", "agreed_on"]].rename(
                    columns={"agreed_on": "day"}
                )
            ),
            functions=_whole(functions[["id", "name"]]),
            demand=_whole(needs[needs["project_id"].isin(ids)]),
            present=having.present(functions, leave, weeks, [day.first for day in free]),
            as_of=as_of,
            season=season,
        )
    )


def _phases(phases: pd.DataFrame, as_of: date) -> pd.DataFrame:
    now = pd.Timestamp(as_of)
    own = phases.rename(columns={"planned_start": "first", "planned_end": "last"})
    begun = (own["actual_start"] <= now) | (own["first"] < now) | (own["last"] < now)
    ended = own["actual_end"] <= now
    kept = own[["id", "project_id", "phase", "first", "last"]]
    return _whole(kept.assign(begun=begun | ended, ended=ended))


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with plain ids, none of which is missing."""
    ids = [name for name in frame if name == "id" or str(name).endswith("_id")]
    return frame.astype(dict.fromkeys(ids, "int64")).reset_index(drop=True)
