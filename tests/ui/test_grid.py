"""What is made of the changes that somebody left in a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isnan
from typing import Any

import pandas as pd
import pytest

from borging.domain.staffing import FunctionFields
from borging.store.commands.rows import Row
from borging.ui.grid import as_day, as_number, as_texts
from borging.ui.unsaved_rows import Base, changed_rows

BASE = pd.DataFrame({"id": [5, 9], "version": [1, 3], "name": ["Arts", "Digicoach"]}).astype(
    {"id": "Int64", "version": "Int64"}
)


def fields(cells: Mapping[str, Any]) -> FunctionFields:
    return FunctionFields(str(cells.get("name") or ""))


def test_rows_are_changed_removed_and_added_under_their_place() -> None:
    state = {
        "edited_rows": {1: {"name": "Coach"}},
        "deleted_rows": [0],
        "added_rows": [{}, {"name": None, "firm": True}, {"name": "Planner"}],
    }
    assert changed_rows(state, Base.of(BASE), fields) == [
        Row("rij 1", None, 5, 1),
        Row("rij 2", FunctionFields("Coach"), 9, 3),
        Row("rij 5", FunctionFields("Planner")),
    ]
    assert changed_rows({}, Base.of(BASE), fields) == []


def test_changes_from_before_the_screen_was_left_count_with_those_of_after() -> None:
    days = pd.to_datetime(["2026-01-01", None]).astype("datetime64[us]")
    table = BASE.assign(first=days, scarce=[True, False])
    left = {
        "edited_rows": {"1": {"name": "Coach", "first": "2026-12-28"}},
        "deleted_rows": [0],
        "added_rows": [{"scarce": True}, {"name": "Planner", "scarce": True}],
    }
    base = Base.of(table).carrying(left)
    assert base.carried
    assert base.shown["name"].tolist() == ["Coach", "Planner"]
    assert base.shown["first"].tolist() == [pd.Timestamp("2026-12-28"), pd.NaT]
    assert base.shown["scarce"].tolist() == [False, True]
    assert changed_rows({}, base, fields) == [
        Row("rij 1", None, 5, 1),
        Row("rij 1", FunctionFields("Coach"), 9, 3),
        Row("rij 2", FunctionFields("Planner")),
    ]
    again = base.carrying({"edited_rows": {0: {"name": "Arts"}}, "deleted_rows": [1]})
    assert changed_rows({"added_rows": [{"name": "Nieuw"}]}, again, fields) == [
        Row("rij 1", None, 5, 1),
        Row("rij 1", FunctionFields("Arts"), 9, 3),
        Row("rij 2", FunctionFields("Nieuw")),
    ]
    taken_back = Base.of(table).carrying({"edited_rows": {0: {"name": "Arts"}}})
    assert changed_rows({}, taken_back, fields) == []
    newer = base.with_versions({9: 4})
    assert [row.version for row in changed_rows({}, newer, fields)] == [1, 4, None]


def test_a_row_that_is_not_stored_yet_counts_once_it_was_written_in() -> None:
    table = pd.DataFrame({"id": [5, None], "version": [1, None], "name": ["Arts", None]}).astype(
        {"id": "Int64", "version": "Int64"}
    )
    assert changed_rows({}, Base.of(table), fields) == []
    base = Base.of(table).carrying({"edited_rows": {1: {"name": "Coach"}}})
    assert changed_rows({}, base, fields) == [Row("rij 2", FunctionFields("Coach"))]


def test_a_new_row_that_is_as_it_began_does_not_count() -> None:
    begun = {"name": "Arts", "since": date(2026, 11, 26)}
    added = [dict(begun), begun | {"since": "2026-11-26T00:00:00.000"}, begun | {"name": "Coach"}]
    found = changed_rows({"added_rows": added}, Base.of(BASE), fields, begun)
    assert found == [Row("rij 5", FunctionFields("Coach"))]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("0,5", 0.5), ("0.5", 0.5), (" 36 ", 36), ("-1,25", -1.25), (4, 4), ("", None), (None, None)],
)
def test_a_number_is_read_with_a_comma_and_with_a_point(
    cell: str | int | None, number: float | None
) -> None:
    assert as_number(cell) == number


@pytest.mark.parametrize("cell", ["veel", "1.234", "1,2,3", "5 uur", "nan", "1e3"])
def test_other_words_are_no_number(cell: str) -> None:
    found = as_number(cell)
    assert found is not None
    assert isnan(found)


def test_numbers_are_written_with_a_comma_and_read_back() -> None:
    table = pd.DataFrame({"fte": [0.8, 12.0, 1 / 3], "name": ["a", "b", "c"]})
    written = as_texts(table, "fte")
    assert written["fte"].tolist() == ["0,8", "12", "0,333333333"]
    assert [as_number(each) for each in written["fte"]] == pytest.approx([0.8, 12, 1 / 3])
    assert table["fte"].dtype == float
    assert as_texts(table.iloc[:0], "fte").empty


def test_days_come_as_text_or_as_a_moment() -> None:
    day = date(2026, 12, 28)
    assert as_day("2026-12-28T00:00:00.000") == as_day(pd.Timestamp(day)) == day
    assert as_day(None) is None
