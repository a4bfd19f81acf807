"""Whatever a cell holds, an import ends in a report; a second one changes nothing."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from borging.access.actor import COMMAND_LINE
from borging.exchange.lists.importing import apply, dry_run, read_file
from borging.exchange.lists.profile import load_profile, profile_names
from borging.exchange.workbook.form import Column, SheetForm
from borging.exchange.workbook.workbook import forms

TODAY = date(2026, 11, 22)
TRIES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TRAPS = (
    *("", " ", "TBD", "Exempt under Section 43", "196.666", "0", "-", "=1+1", "&#0;", "&#xD800;"),
    *("31-02-2026", "99999999999999999999", "1e999", "NaN", "Green", "Red", '"', "a\r\nb", "\x00"),
    *(
        "\ufffd",
        "２０２６-01-01",
        "2026-01-01",
        "x" * 3000,
        "🩺" * 600,
        "ja",
        "overdracht",
        "a",
        "²",
    ),
)
TEXT = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.dates().map(str),
    st.floats().map(str),
)
CELL = st.one_of(
    TEXT,
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(min_value=date(1900, 1, 1)),
    st.datetimes(min_value=datetime(1900, 1, 1)),
    st.none(),
)


def ends_in_a_report(engine: Engine, data: bytes, name: str, profile: str) -> None:
    """Import twice; the counts add up both times and the second time nothing changes."""
    parsed = read_file(data, name, TODAY, profile)
    foretold = dry_run(engine, parsed)
    first = apply(engine, parsed, COMMAND_LINE)
    again = apply(engine, read_file(data, name, TODAY, profile), COMMAND_LINE)
    for report in (foretold, first, again):
        assert report.new + report.changed + report.unchanged + report.rejected == report.read
        assert all(problem.reason for problem in report.problems)
        assert report.as_dict()["read"] == report.read
    assert (again.new, again.changed, again.rejected) == (0, 0, first.rejected)
    assert (first.new, first.changed) == (foretold.new, foretold.changed)


@st.composite
def lists(draw: st.DrawFn, cell: st.SearchStrategy[Any]) -> tuple[str, list[list[Any]]]:
    """The name of a profile and rows under all its headings."""
    name = draw(st.sampled_from(profile_names()))
    headings = list(load_profile(name).headings)
    width = st.lists(cell, min_size=len(headings), max_size=len(headings) + 2)
    return name, [headings, *draw(st.lists(width, max_size=4))]


def as_csv(rows: list[list[Any]], mark: str, encoding: str) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=mark).writerows(rows)
    return target.getvalue().encode(encoding, "replace")


def as_xlsx(sheets: dict[str, list[list[Any]]]) -> bytes:
    target = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd-mm-yyyy"}
    with xlsxwriter.Workbook(target, options) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, cell)
    return target.getvalue()


@TRIES
@given(
    content=lists(TEXT), mark=st.sampled_from(";,\t"), encoding=st.sampled_from(["utf-8", "cp1252"])
)
def test_any_text_in_any_column_of_a_csv(
    engine: Engine, content: tuple[str, list[list[Any]]], mark: str, encoding: str
) -> None:
    profile, rows = content
    ends_in_a_report(engine, as_csv(rows, mark, encoding), "l.csv", profile)


@TRIES
@given(content=lists(CELL))
def test_any_cell_in_any_column_of_a_workbook(
    engine: Engine, content: tuple[str, list[list[Any]]]
) -> None:
    profile, rows = content
    ends_in_a_report(engine, as_xlsx({"Lijst": rows}), "l.xlsx", profile)


def likely(column: Column) -> st.SearchStrategy[Any]:
    """A cell that mostly fits its column, so that rows get past their key."""
    if column.field == "project":
        return st.sampled_from(["A-1", "A-2", "", 7])
    fits: st.SearchStrategy[Any] = st.dates(date(2020, 1, 1), date(2030, 1, 1))
    if column.choices:
        fits = st.sampled_from(column.choices)
    elif column.kind == "number":
        fits = st.integers(0, 20)
    elif column.kind != "day":
        fits = st.sampled_from(["Els", "Noor", "Zorg"])
    return st.one_of(fits, fits, CELL)


def filled(form: SheetForm) -> st.SearchStrategy[list[list[Any]]]:
    row = st.tuples(*(likely(column) for column in form.columns)).map(list)
    headings = [column.heading for column in form.columns]
    return st.lists(row, max_size=4).map(lambda rows: [headings, *rows])


LISTS = ("hard_question", "spread_plan", "intervention", "compliance_check", "spread_target")
"""Lists of the dossier that have, among them, fields of every type."""
TRIED = [form for form in forms() if not form.list or form.list in LISTS]


@TRIES
@given(sheets=st.fixed_dictionaries({form.name: filled(form) for form in TRIED}))
def test_any_cell_in_any_column_of_the_own_workbook(
    engine: Engine, sheets: dict[str, list[list[Any]]]
) -> None:
    ends_in_a_report(engine, as_xlsx(sheets), "w.xlsx", "werkboek")


@TRIES
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b'a;b\n"']),
)
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes, start: bytes) -> None:
    with pytest.raises(ValueError, match=r"^x\.csv .*\.$"):
        read_file(start + data, "x.csv", TODAY)
