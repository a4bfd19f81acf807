"""The sheets of the own workbook for earlier koersen, declarations and the doelenboom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, select, update

from borging.access.actor import COMMAND_LINE, Actor
from borging.exchange.lists.importing import apply, dry_run, read_file
from borging.exchange.problems import Severity
from borging.exchange.workbook.writing import export
from borging.store import database
from borging.store.commands import goals
from borging.store.commands.example import write_example
from borging.store.queries.structure import newest_change
from borging.store.tables import Record
from tests.exchange.workbook.test_dossier import errors
from tests.exchange.workbook.test_workbook import PROJECT, TODAY, counts, number, one, take_over

T = Record.metadata.tables
EARLIER = {
    "Code": "ZT-07",
    "Datum koers": date(2026, 8, 17),
    "Koers": "aandacht",
    "Zin bij de koers": "Nog niet.",
}
DECLARED = {
    "Code": "ZT-07",
    "Verklaard op": TODAY,
    "Oordeel": "geborgd",
    "Verklaard door": "Karim Aydin",
    "Onderbouwing": "De audit.\nEn de metingen.",
}
VISION = {"Naam": "Goede zorg", "Soort": "visie", "Onder": None, "Wettelijk vanaf": None}
THEME = {"Naam": "Digitale zorg", "Soort": "thema", "Onder": "goede zorg"}
GOAL = {"Naam": "Beeldbellen", "Soort": "doel", "Onder": "Digitale zorg"}
LAW = GOAL | {"Wettelijk vanaf": date(2027, 1, 1)}
TREE = [LAW, THEME, VISION]
FULL: dict[str, list[dict[str, Any]]] = {
    "Projecten": [PROJECT],
    "Eerdere koersen": [EARLIER],
    "Verklaringen geborgd": [DECLARED],
    "Doelenboom": TREE,
}


def titles(engine: Engine) -> dict[str, str | None]:
    """Every goal with what it hangs under."""
    above = T["goal"].alias()
    own = T["goal"].c
    statement = (
        select(own.title, above.c.title)
        .outerjoin(above, above.c.id == own.parent_id)
        .where(own.deleted_at.is_(None))
    )
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(statement)}


def test_they_come_in_once(engine: Engine) -> None:
    assert counts(take_over(engine, FULL)) == (6, 6, 0, 0, 0)
    assert number(engine, "course_report") == 2
    said = one(engine, "sustain_declaration")
    assert (said["verdict"], said["declared_on"]) == ("sustained", TODAY)
    assert said["evidence"] == "De audit.\nEn de metingen."
    assert said["declared_by_id"] == one(engine, "person", name="Karim Aydin")["id"]
    assert titles(engine) == {
        "Goede zorg": None,
        "Digitale zorg": "Goede zorg",
        "Beeldbellen": "Digitale zorg",
    }
    assert one(engine, "goal", title="Beeldbellen")["legal_deadline"] == date(2027, 1, 1)
    assert one(engine, "project")["goal_id"] == one(engine, "goal", title="Digitale zorg")["id"]
    before = database.revision(engine)
    assert counts(take_over(engine, FULL)) == (6, 0, 0, 6, 0)
    assert database.revision(engine) == before


@pytest.mark.parametrize(
    ("sheet", "change", "column"),
    [
        ("Eerdere koersen", {"Zin bij de koers": ""}, "Zin bij de koers"),
        ("Eerdere koersen", {"Koers": "paars"}, "Koers"),
        ("Verklaringen geborgd", {"Verklaard op": TODAY + timedelta(days=1)}, "Verklaard op"),
        ("Verklaringen geborgd", {"Oordeel": "in borging"}, "Oordeel"),
        ("Verklaringen geborgd", {"Verklaard door": None}, "Verklaard door"),
        ("Verklaringen geborgd", {"Onderbouwing": " "}, "Onderbouwing"),
    ],
)
def test_what_is_not_whole_is_rejected(
    sqlite_url: str, sheet: str, change: dict[str, Any], column: str
) -> None:
    engine = database.engine_for(sqlite_url)
    report = take_over(engine, {"Projecten": [PROJECT], sheet: [FULL[sheet][0] | change]})
    assert [error[:3] for error in errors(report)] == [(sheet, 2, column)]


def test_a_koers_that_also_stands_with_its_project_counts_there(engine: Engine) -> None:
    same = EARLIER | {"Datum koers": PROJECT["Datum koers"]}
    report = take_over(engine, {"Projecten": [PROJECT], "Eerdere koersen": [same]})
    assert one(engine, "course_report")["course"] == "red"
    assert [(p.severity, p.reason) for p in report.problems] == [
        (Severity.WARNING, "Deze koers staat al op blad Projecten, rij 2; die telt.")
    ]


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (
            [VISION | {"Onder": "Nergens"}],
            ["‘Nergens’ is er niet; zet het op dit blad of verbeter de naam."],
        ),
        ([THEME | {"Onder": "Digitale zorg"}], ["Een thema kan niet onder een thema hangen."]),
        ([VISION | {"Soort": "doel"}], ["Er hangt een thema onder; dat kan niet onder een doel."]),
        ([VISION | {"Soort": "doel"}, THEME | {"Onder": None}], []),
        (
            [
                {"Naam": "Nieuw", "Soort": "thema", "Onder": "Nergens"},
                {"Naam": "Lager", "Soort": "doel", "Onder": "Nieuw"},
            ],
            [
                "‘Nergens’ is er niet; zet het op dit blad of verbeter de naam.",
                "‘Nieuw’ is er niet; zet het op dit blad of verbeter de naam.",
            ],
        ),
    ],
)
def test_the_tree_stays_a_tree(
    sqlite_url: str, rows: list[dict[str, Any]], refused: list[str]
) -> None:
    engine = database.engine_for(sqlite_url)
    take_over(engine, {"Doelenboom": TREE})
    assert [error[3] for error in errors(take_over(engine, {"Doelenboom": rows}))] == refused


def test_the_branches_of_a_file_are_undone_together(engine: Engine) -> None:
    take_over(engine, {"Doelenboom": TREE})
    take_over(engine, {"Doelenboom": [THEME | {"Onder": None}]})
    assert titles(engine)["Digitale zorg"] is None
    said = goals.undo_last(engine, Actor("Anna"), newest_change(engine))
    assert said == "Teruggedraaid: Doelenboom: 1 tak ingelezen uit w.xlsx."
    assert titles(engine)["Digitale zorg"] == "Goede zorg"


def test_a_new_tree_can_be_undone(engine: Engine) -> None:
    take_over(engine, {"Doelenboom": TREE})
    goals.undo_last(engine, Actor("Anna"), newest_change(engine))
    assert titles(engine) == {}


def test_what_was_removed_here_stays_removed(engine: Engine) -> None:
    take_over(engine, FULL)
    with engine.begin() as connection:
        for table in ("sustain_declaration", "course_report"):
            connection.execute(update(T[table]).values(deleted_at=datetime.now(UTC)))
        leaf = T["goal"].c.title == "Beeldbellen"
        connection.execute(update(T["goal"]).where(leaf).values(deleted_at=datetime.now(UTC)))
    report = take_over(engine, FULL)
    assert counts(report) == (6, 0, 0, 6, 0)
    assert [(p.sheet, p.column) for p in report.problems] == [
        ("Doelenboom", "Naam"),
        ("Verklaringen geborgd", "Code"),
    ]


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Engine]:
    engine = database.open_database(f"sqlite:///{tmp_path}/second.db")
    yield engine
    engine.dispose()


def said(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    columns = {
        "course_report": ("reported_on", "course", "sentence", "decision", "decision_before"),
        "sustain_declaration": ("declared_on", "verdict", "evidence"),
        "phase_record": ("phase", "planned_start", "actual_end", "carried_by", "confirmed"),
        "project_result": ("title", "agreed_on", "handed_over_on"),
        "goal": ("title", "kind", "legal_deadline"),
    }
    with engine.connect() as connection:
        return {
            table: sorted(
                (tuple(row) for row in connection.execute(select(*(T[table].c[n] for n in names)))),
                key=str,
            )
            for table, names in columns.items()
        }


def test_they_go_out_and_come_back(engine: Engine, second: Engine) -> None:
    write_example(engine, COMMAND_LINE, TODAY, 12)
    data = export(engine)
    again = dry_run(engine, read_file(data, "uit.xlsx", TODAY))
    assert (again.new, again.changed) == (0, 0)
    apply(second, read_file(data, "uit.xlsx", TODAY), COMMAND_LINE)
    assert said(second) == said(engine)
    assert titles(second) == titles(engine)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("Verklaringen geborgd")
    assert len(rows.to_python()) > 1
