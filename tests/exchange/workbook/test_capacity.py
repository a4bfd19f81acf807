"""The sheets Functies, Verlof and Inzet of the own workbook, in and out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, func, insert, select, update

from borging.access.actor import COMMAND_LINE
from borging.exchange.lists.importing import dry_run, read_file
from borging.exchange.lists.report import Report
from borging.exchange.problems import Severity
from borging.exchange.reading import UnreadableFileError
from borging.exchange.workbook.writing import export
from borging.store import database
from borging.store.commands.example import write_example
from borging.store.queries import capacity
from borging.store.tables import Record
from tests.exchange.workbook.test_workbook import TODAY, counts, number, take_over, workbook

T = Record.metadata.tables
PROJECT = {"Code": "ZT-07", "Titel": "Zorg op afstand"}
COACH = {
    "Functie": "Digicoach",
    "Fte": 2.5,
    "Uren per week": "36",
    "Deel voor projecten, %": 33.3,
    "Schaars": "ja",
}
AWAY = {
    "Functie": "digicoach",
    "Eerste dag": date(2026, 12, 21),
    "Laatste dag": "01-01-2027",
    "Uren per week": "36,5",
}
NEED = {
    "Code": "ZT-07",
    "Functie": " Digicoach",
    "Fase": "Introductie",
    "Uren per week": 6.5,
    "Van": date(2026, 12, 28),
    "Tot en met": date(2027, 1, 3),
    "Zeker": "ja",
}
FULL: dict[str, list[dict[str, Any]]] = {
    "Projecten": [PROJECT],
    "Functies": [COACH],
    "Verlof": [AWAY],
    "Inzet": [NEED, NEED | {"Fase": None, "Zeker": None}],
}


def errors(report: Report) -> list[tuple[str | None, int | None, str | None, str]]:
    return [
        (p.sheet, p.row, p.column, p.reason)
        for p in report.problems
        if p.severity is Severity.ERROR
    ]


def test_functions_leave_and_needs_come_in(engine: Engine) -> None:
    assert counts(take_over(engine, FULL)) == (5, 5, 0, 0, 0)
    (function,) = capacity.functions(engine).to_dict("records")
    assert (function["name"], function["fte"], function["scarce"]) == ("Digicoach", 2.5, True)
    assert function["project_share"] == pytest.approx(0.333)
    (away,) = capacity.leave(engine).to_dict("records")
    assert (away["function_id"], away["hours_per_week"]) == (function["id"], 36.5)
    assert away["last"].date() == date(2027, 1, 1)
    first, second = capacity.needs(engine).to_dict("records")
    assert (first["phase"], first["firm"], first["hours_per_week"]) == ("introduction", True, 6.5)
    assert pd.isna(second["phase"])
    assert not second["firm"]


def test_the_same_file_again_changes_nothing(engine: Engine) -> None:
    take_over(engine, FULL)
    before = database.revision(engine)
    report = take_over(engine, FULL)
    assert counts(report) == (5, 0, 0, 5, 0)
    assert database.revision(engine) == before
    assert [number(engine, t) for t in ("job_role", "leave_period", "staffing_need")] == [1, 1, 2]


def test_a_changed_row_is_changed_with_its_old_value_and_a_new_version(engine: Engine) -> None:
    take_over(engine, FULL)
    moved = NEED | {"Uren per week": 8, "Van": date(2026, 12, 21)}
    wider = COACH | {"Deel voor projecten, %": 50}
    report = take_over(engine, {"Functies": [wider], "Inzet": [moved]})
    assert counts(report) == (2, 0, 2, 0, 0)
    assert {(c.column, c.value, c.reason) for c in report.changes} == {
        ("deel voor projecten", "50\u00a0%", "Gewijzigd; was 33,3\u00a0%."),
        ("uren per week", "8", "Gewijzigd; was 6,5."),
        ("eerste dag", "21-12-2026", "Gewijzigd; was 28-12-2026."),
    }
    assert capacity.needs(engine)["version"].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "part"),
    [
        ("Functies", COACH | {"Functie": "X", "Fte": -1}, "Fte", "0 of meer zijn"),
        ("Functies", COACH | {"Functie": "X", "Uren per week": 61}, "Uren per week", "hoogste 60"),
        (
            "Functies",
            COACH | {"Functie": "X", "Deel voor projecten, %": 101},
            "Deel voor projecten, %",
            "0 tot en met 100 %",
        ),
        ("Verlof", AWAY | {"Uren per week": -2}, "Uren per week", "meer dan 0 zijn"),
        (
            "Verlof",
            AWAY | {"Laatste dag": date(2026, 12, 20)},
            "Laatste dag",
            "Het einde (20-12-2026) ligt vóór het begin (21-12-2026).",
        ),
        ("Verlof", AWAY | {"Functie": "Tovenaar"}, "Functie", "Deze functie is er niet"),
        ("Inzet", NEED | {"Uren per week": -2}, "Uren per week", "meer dan 0 zijn"),
        ("Inzet", NEED | {"Uren per week": "veel"}, "Uren per week", "meer dan 0 zijn"),
        ("Inzet", NEED | {"Van": None}, "Van", "Vul een eerste en een laatste dag in"),
        (
            "Inzet",
            NEED | {"Tot en met": date(2026, 12, 27)},
            "Tot en met",
            "Het einde (27-12-2026) ligt vóór het begin (28-12-2026).",
        ),
        ("Inzet", NEED | {"Functie": "Tovenaar"}, "Functie", "Deze functie is er niet"),
        ("Inzet", NEED | {"Code": "ZZ-9"}, "Code", "geen project met deze code"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    sqlite_url: str, sheet: str, row: dict[str, Any], column: str, part: str
) -> None:
    engine = database.engine_for(sqlite_url)
    right = {"Projecten": [PROJECT], "Functies": [COACH]}
    report = take_over(engine, right | {sheet: [*right.get(sheet, []), row]})
    ((on, _row, where, reason),) = errors(report)
    assert (on, where, report.rejected) == (sheet, column, 1)
    assert part in reason
    assert len(capacity.functions(engine)) == 1
    assert capacity.leave(engine).empty
    assert capacity.needs(engine).empty


def test_a_sheet_without_its_hours_cannot_be_read() -> None:
    without = {name: value for name, value in NEED.items() if name != "Uren per week"}
    with pytest.raises(UnreadableFileError, match="'Uren per week'"):
        read_file(workbook({"Inzet": [without]}), "w.xlsx", TODAY)


def test_a_column_that_is_left_out_stays_as_it_is(engine: Engine) -> None:
    take_over(engine, FULL)
    bare = {name: value for name, value in COACH.items() if name != "Schaars"}
    assert counts(take_over(engine, {"Functies": [bare]})) == (1, 0, 0, 1, 0)
    assert capacity.functions(engine)["scarce"].tolist() == [True]


def test_a_function_named_twice_in_a_file_is_one(engine: Engine) -> None:
    report = take_over(engine, {"Functies": [COACH, COACH | {"Functie": "digicoach", "Fte": 3}]})
    assert len(capacity.functions(engine)) == 1
    assert "de laatste rij telt" in report.problems[0].reason


def test_a_function_that_was_removed_here_stays_removed(engine: Engine) -> None:
    take_over(engine, FULL)
    with engine.begin() as connection:
        connection.execute(update(T["job_role"]).values(deleted_at=datetime.now(UTC)))
    report = take_over(engine, FULL)
    assert capacity.functions(engine).empty
    assert report.rejected == 3
    (info,) = [p for p in report.problems if p.severity is Severity.INFO]
    assert (info.column, info.value) == ("Functie", "Digicoach")


def test_every_row_is_audited_by_name_of_the_file(engine: Engine) -> None:
    take_over(engine, FULL)
    entry = T["audit_entry"].c
    with engine.connect() as connection:
        said = connection.execute(select(entry.summary, func.count()).group_by(entry.summary)).all()
    assert {("Inzet ingelezen uit w.xlsx.", 2), ("Functie ingelezen uit w.xlsx.", 1)} <= {
        tuple(row) for row in said
    }


def test_out_and_back_changes_nothing(engine: Engine) -> None:
    take_over(engine, FULL)
    with engine.begin() as connection:
        connection.execute(update(T["job_role"]).values(project_share=1 / 3))
        gone = {"name": "Arts", "fte": 1.0, "hours_per_week": 36.0, "project_share": 0.1}
        role = T["job_role"].c.id
        arts = connection.execute(
            insert(T["job_role"])
            .values(**gone, scarce=False, version=1, deleted_at=datetime.now(UTC))
            .returning(role)
        ).scalar_one()
        connection.execute(
            insert(T["leave_period"]).values(
                job_role_id=arts, first=TODAY, last=TODAY, hours_per_week=8.0, version=1
            )
        )
    report = dry_run(engine, read_file(export(engine), "uit.xlsx", TODAY))
    assert counts(report) == (5, 0, 0, 5, 0)
    assert report.problems == ()


def test_the_example_goes_out_and_back(sqlite_url: str) -> None:
    engine = database.engine_for(sqlite_url)
    write_example(engine, COMMAND_LINE, TODAY, projects=3)
    report = dry_run(engine, read_file(export(engine), "uit.xlsx", TODAY))
    assert (report.new, report.changed, report.rejected) == (0, 0, 0)
    assert report.read > len(capacity.needs(engine)) > 0
