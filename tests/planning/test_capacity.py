"""Supply, demand and load on cases worked out by hand; hours are hours per week."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from borging.planning.demand import by_project, demand
from borging.planning.load import load, overloads, shortage
from borging.planning.supply import present, weeks_from


def functions(*rows: tuple[int, float, float, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["id", "fte", "hours_per_week", "project_share"])
    return table.astype({"id": "Int64"})


def leave(*rows: tuple[int, float, str, str]) -> pd.DataFrame:
    return dated(pd.DataFrame(rows, columns=["function_id", "hours_per_week", "first", "last"]))


def needs(*rows: tuple[int, int, float, str, str, bool]) -> pd.DataFrame:
    columns = ["project_id", "function_id", "hours_per_week", "first", "last", "firm"]
    return dated(pd.DataFrame(rows, columns=columns))


def dated(table: pd.DataFrame) -> pd.DataFrame:
    for name in ("first", "last"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[us]")
    return table.astype({name: "Int64" for name in ("function_id", "project_id") if name in table})


WEEKS = weeks_from(date(2026, 12, 21), 3)
"""2026-W52, 2026-W53 and 2027-W01."""


def hours(table: pd.DataFrame, function: int = 1) -> list[float]:
    return [round(value, 6) for value in table.loc[function].tolist()]


def test_the_weeks_hold_week_53_of_2026_and_new_year_lies_in_it() -> None:
    assert WEEKS.isocalendar().week.tolist() == [52, 53, 1]
    assert WEEKS.isocalendar().year.tolist() == [2026, 2026, 2027]
    assert weeks_from(date(2027, 1, 1), 1)[0] == pd.Timestamp("2026-12-28")
    assert WEEKS.dtype == "datetime64[us]"


def test_hours_are_fte_times_hours_times_share() -> None:
    """0.6 fte of 36 hours, 40 % for projects: 0.6 × 36 × 0.4 = 8.64 hours per week."""
    found = present(functions((1, 0.6, 36, 0.4)), leave(), WEEKS, [])
    assert hours(found) == [8.64, 8.64, 8.64]


def test_public_holidays_take_a_fifth_of_a_week_and_only_on_working_days() -> None:
    """Christmas 2026: Friday 25 counts, Saturday 26 does not; New Year is Friday of week 53."""
    days = [date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)]
    found = present(functions((1, 1, 40, 1)), leave(), WEEKS, days)
    assert hours(found) == [32, 32, 40]


def test_a_public_holiday_within_leave_counts_once() -> None:
    """2 fte of 40 hours; one of them away from Wednesday 23 to Friday 25 December.

    Mon, Tue 16 each, Wed, Thu 8 each, Fri nobody: 48 hours.
    """
    found = present(
        functions((1, 2, 40, 1)),
        leave((1, 40, "2026-12-23", "2026-12-25")),
        WEEKS,
        [date(2026, 12, 25)],
    )
    assert hours(found) == [48, 80, 80]


def test_more_leave_than_there_are_hours_leaves_nothing_and_never_less() -> None:
    found = present(
        functions((1, 1, 36, 0.5), (2, 1, 36, 0.5)),
        leave((1, 36, "2026-12-21", "2027-01-03"), (1, 36, "2026-12-28", "2027-01-03")),
        WEEKS,
        [],
    )
    assert hours(found) == [0, 0, 18]
    assert hours(found, 2) == [18, 18, 18]


def test_a_need_asks_for_the_working_days_within_it() -> None:
    """10 hours per week from Wednesday of week 52 to Monday of week 1: 3/5, 5/5 and 1/5."""
    found = demand(
        needs((7, 1, 10, "2026-12-23", "2027-01-04", True)),
        functions((1, 1, 36, 1), (2, 1, 36, 1)),
        WEEKS,
    )
    assert hours(found) == [6, 10, 2]
    assert hours(found, 2) == [0, 0, 0]


def test_a_need_of_a_weekend_asks_for_nothing() -> None:
    found = demand(
        needs((7, 1, 10, "2026-12-26", "2026-12-27", True)), functions((1, 1, 36, 1)), WEEKS
    )
    assert hours(found) == [0, 0, 0]


def test_all_work_adds_up_and_is_told_apart_by_project_and_certainty() -> None:
    rows = needs(
        (7, 1, 4, "2026-12-21", "2027-01-10", True),
        (7, 1, 2, "2026-12-21", "2026-12-27", True),
        (7, 1, 1, "2026-12-21", "2027-01-10", False),
        (8, 1, 3, "2027-01-04", "2027-01-10", True),
    )
    assert hours(demand(rows, functions((1, 1, 36, 1)), WEEKS)) == [7, 5, 8]
    parts = by_project(rows, WEEKS)
    assert parts.loc[(7, True)].tolist() == [6, 4, 4]
    assert parts.loc[(7, False)].tolist() == [1, 1, 1]
    assert parts.loc[(8, True)].tolist() == [0, 0, 3]


def frames(asked: list[float], there: list[float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    index = pd.Index([1], name="function_id")
    weeks = weeks_from(date(2026, 12, 14), len(asked))
    return pd.DataFrame([asked], index, weeks), pd.DataFrame([there], index, weeks)


def test_load_at_the_edge() -> None:
    asked, there = frames([0, 5, 10, 11, 3], [0, 10, 10, 10, 0])
    assert load(asked, there).loc[1].tolist() == [0, 0.5, 1, 1.1, np.inf]
    assert shortage(asked, there).loc[1].tolist() == [0, 0, 0, 1, 3]


def test_weeks_in_a_row_are_one_overload_and_full_is_none() -> None:
    """Over in weeks 51, 52 and 1: 12/10, 14/10, then full in 53, then 11/10."""
    asked, there = frames([12, 14, 10, 11], [10, 10, 10, 10])
    first, second = overloads(asked, there)
    assert (first.first, first.last) == (pd.Timestamp("2026-12-14"), pd.Timestamp("2026-12-21"))
    assert (first.worst, first.share, first.hours) == (pd.Timestamp("2026-12-21"), 1.4, 6)
    assert (second.first, second.last, second.hours) == (
        pd.Timestamp("2027-01-04"),
        pd.Timestamp("2027-01-04"),
        1,
    )


@pytest.mark.parametrize("there", [[10.0], [10.5]])
def test_nothing_is_overloaded_when_it_fits(there: list[float]) -> None:
    assert overloads(*frames([10.0], there)) == []


def test_nothing_asked_of_nobody() -> None:
    none = functions()
    found = demand(needs(), none, WEEKS)
    assert found.shape == (0, 3)
    assert present(none, leave(), WEEKS, []).shape == (0, 3)


@pytest.mark.parametrize(("asked", "over"), [(9.9, 0), (10.0, 0), (10.01, 1)])
def test_full_is_not_overloaded_and_a_little_more_is(asked: float, over: int) -> None:
    assert len(overloads(*frames([asked], [10.0]))) == over
