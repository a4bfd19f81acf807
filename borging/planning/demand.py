"""Hours that projects ask of functions, per week.

A need holds from its first up to and including its last day. A week of which only some working
days lie within it asks for that part of the hours.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from borging.planning.supply import WORKDAYS, covered, worked_days


def per_need(needs: pd.DataFrame, weeks: pd.DatetimeIndex) -> np.ndarray:
    """Return the hours of every need (row) in every week (column)."""
    inside = covered(worked_days(weeks), needs["first"], needs["last"]).sum(axis=2)
    hours: np.ndarray = inside / WORKDAYS * needs["hours_per_week"].to_numpy(float)[:, None]
    return hours


def demand(needs: pd.DataFrame, functions: pd.DataFrame, weeks: pd.DatetimeIndex) -> pd.DataFrame:
    """Return the hours asked per function and week, firm and tentative together.

    needs: function_id, hours_per_week, first, last. Functions that nobody asks for get zeros.
    """
    asked = pd.DataFrame(per_need(needs, weeks), columns=weeks)
    summed = asked.groupby(needs["function_id"].to_numpy(dtype="int64")).sum()
    wanted = pd.Index(functions["id"].tolist(), dtype="int64", name="function_id")
    return summed.reindex(wanted, fill_value=0.0)


def by_project(needs: pd.DataFrame, weeks: pd.DatetimeIndex) -> pd.DataFrame:
    """Return the hours per project and certainty; index project_id and firm, columns weeks."""
    asked = pd.DataFrame(per_need(needs, weeks), columns=weeks)
    keys = [
        pd.Index(needs["project_id"].to_numpy(dtype="int64"), name="project_id"),
        pd.Index(needs["firm"].to_numpy(dtype=bool), name="firm"),
    ]
    return asked.groupby(keys).sum()
