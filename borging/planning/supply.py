"""Hours that functions have for projects before sick leave, per week.

Periods include their first and their last day. A working day is Monday up to and including Friday.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import cast

import numpy as np
import pandas as pd

from borging.domain.periods import Week

WORKDAYS = 5


def weeks_from(first: date, count: int) -> pd.DatetimeIndex:
    """Return the Mondays of `count` weeks, from the week that holds `first`."""
    return pd.date_range(Week.of(first).monday, periods=count, freq="7D", unit="us")


def worked_days(weeks: pd.DatetimeIndex) -> np.ndarray:
    """Return the working days of every week as datetime64[D], one row per week."""
    mondays = weeks.to_numpy().astype("datetime64[D]")
    days: np.ndarray = mondays[:, None] + np.arange(WORKDAYS)
    return days


def covered(days: np.ndarray, first: pd.Series, last: pd.Series) -> np.ndarray:
    """Say per period and working day whether it lies in the period.

    days: as of `worked_days`. first, last: one per period. Shape: periods × weeks × days.
    """
    start = first.to_numpy().astype("datetime64[D]")[:, None, None]
    end = last.to_numpy().astype("datetime64[D]")[:, None, None]
    inside: np.ndarray = (days[None] >= start) & (days[None] <= end)
    return inside


def present(
    functions: pd.DataFrame,
    leave: pd.DataFrame,
    weeks: pd.DatetimeIndex,
    public: Collection[date],
) -> pd.DataFrame:
    """Return the hours for projects per function and week after leave and public holidays.

    Sick leave is still to come off, see `shortage.mean_supply`.

    functions: id, fte, hours_per_week (contract hours of one fte), project_share (0–1).
    leave: function_id, hours_per_week (contract hours off in a full week), first, last.
    public: days on which nobody works.

    Contract hours are spread evenly over five days. A public holiday within leave counts once.
    """
    days = worked_days(weeks)
    free = np.array(sorted(public), dtype="datetime64[D]")
    opened = ~np.isin(days, free)
    contract = (functions["fte"] * functions["hours_per_week"]).to_numpy(float)
    daily = np.broadcast_to(contract[:, None, None] / WORKDAYS, (len(contract), *days.shape)).copy()
    place = {function: row for row, function in enumerate(functions["id"].tolist())}
    known = leave[leave["function_id"].isin(list(place))]
    off = covered(days, known["first"], known["last"])
    for function, hours, inside in zip(
        known["function_id"].tolist(), known["hours_per_week"].tolist(), off, strict=True
    ):
        daily[place[function]] -= inside * (hours / WORKDAYS)
    at_work = (np.clip(daily, 0, None) * opened[None]).sum(axis=2)
    share = functions["project_share"].to_numpy(float)[:, None]
    return pd.DataFrame(at_work * share, index=_named(functions["id"]), columns=weeks)


def _named(ids: pd.Series) -> pd.Index[int]:
    return cast("pd.Index[int]", pd.Index(ids.tolist(), dtype="int64", name="function_id"))
