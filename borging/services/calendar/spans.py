"""Facts about phases and results as bars and moments in time.

Every bar includes its first and its last day. A phase without actual dates is drawn as
planned; one that began and has not ended runs on to `as_of` at least. Of a bar with one
unknown end only the week at the known end is drawn. A reversed pair of dates is drawn between
the two days.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from borging.domain.flu import in_flu_band
from borging.domain.terms import Carrier, Phase, ProjectState
from borging.services.stages import dates_of

PROJECT = "project"
"""Stands for the phase of a bar that is the project itself, because no phase has a date."""

ORDER = {name: place for place, name in enumerate((*(p.value for p in Phase), PROJECT))}
REST_OF_WEEK = pd.Timedelta(days=6)
COLUMNS = ["project_id", "phase", "status", "start", "end", "first", "last", "by_line"]


def spans(projects: pd.DataFrame, judged: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the bars of the projects; one row is one bar, by project and first day.

    projects: rows of `stages.with_stage`. judged: rows of `stages.with_status`.
    Columns: project_id (int64), phase (Phase value or PROJECT), status (PhaseStatus, None for a
    project), by_line (bool: whether the line carries it), start and end as known on `as_of`
    (NaT unknown), first and last as drawn.
    """
    now = pd.Timestamp(as_of)
    own = judged[judged["project_id"].isin(projects["id"])]
    started = own["actual_start"].where(own["actual_start"] <= now)
    ended = own["actual_end"].where(own["actual_end"] <= now)
    phases = pd.DataFrame(
        {
            "project_id": own["project_id"],
            "phase": own["phase"],
            "status": own["status"],
            "start": started.fillna(own["planned_start"]),
            "end": ended.fillna(own["planned_end"]),
            "runs": own["under_way"],
            "by_line": own["carried_by"] == Carrier.LINE,
        }
    )
    phases = phases[phases["start"].notna() | phases["end"].notna()]
    bare = projects[~projects["id"].isin(phases["project_id"])]
    wholes = pd.DataFrame(
        {
            "project_id": bare["id"],
            "phase": PROJECT,
            "status": None,
            "start": bare["start"],
            "end": bare["end"],
            "by_line": False,
            "runs": (bare["state"] == ProjectState.RUNNING)
            & bare["end"].isna()
            & (bare["start"] <= now),
        }
    )
    wholes = wholes[wholes["start"].notna() | wholes["end"].notna()]
    found = pd.concat([part for part in (phases, wholes) if len(part)] or [phases])
    found = found.astype(
        {"project_id": "int64", "phase": object, "status": object, "by_line": bool}
    )
    return _drawn(found, now)


def _drawn(found: pd.DataFrame, now: pd.Timestamp) -> pd.DataFrame:
    start, end = found["start"], found["end"]
    first, last = start.where(~(end < start), end), end.where(~(end < start), start)
    first, last = first.fillna(last - REST_OF_WEEK), last.fillna(first + REST_OF_WEEK)
    last = last.mask(found["runs"].astype(bool) & (last < now) & (first <= now), now)
    bars = found.assign(first=first, last=last, rank=found["phase"].map(ORDER))
    bars = bars.sort_values(["project_id", "first", "rank"], ignore_index=True)
    return bars[COLUMNS]


def pieces(bars: pd.DataFrame) -> pd.DataFrame:
    """Cut bars so that no two cover each other; one row is one piece.

    bars: rows of `spans`, in their order. Adds overlap (bool): True where a bar shares days
    with an earlier one of the same project; such a piece spans exactly the shared days.
    What the line carries stays whole: it is drawn thin.
    """
    reach = bars.groupby("project_id")["last"].cummax().groupby(bars["project_id"]).shift()
    covered = (bars["first"] <= reach) & ~bars["by_line"]
    day = pd.Timedelta(days=1)
    shared = bars[covered].assign(last=np.minimum(bars["last"], reach)[covered], overlap=True)
    alone = bars.assign(first=bars["first"].mask(covered, reach + day), overlap=False)
    alone = alone[alone["first"] <= alone["last"]]
    return pd.concat([alone, shared], ignore_index=True) if len(shared) else alone


def handovers(projects: pd.DataFrame, results: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the moments of handover; one row is one result, by day.

    Columns: project_id, result (title), day (handed over, else agreed), done (handed over on
    or before `as_of`; what happened later is not known), in_flu (the day lies in the flu band).
    Results without a day are left out.
    """
    own = results[results["project_id"].isin(projects["id"])]
    done = own["handed_over_on"] <= pd.Timestamp(as_of)
    day = own["handed_over_on"].where(done, own["agreed_on"])
    moments = pd.DataFrame(
        {
            "project_id": own["project_id"],
            "result": own["title"],
            "day": day,
            "done": done,
            "in_flu": [each is not None and in_flu_band(each) for each in dates_of(day)],
        }
    )
    moments = moments[moments["day"].notna()].astype({"project_id": "int64"})
    return moments.sort_values(["day", "project_id"], ignore_index=True)


def undated(projects: pd.DataFrame, bars: pd.DataFrame, moments: pd.DataFrame) -> pd.Series:
    """Say for every project whether nothing about it has a day."""
    return ~(projects["id"].isin(bars["project_id"]) | projects["id"].isin(moments["project_id"]))
