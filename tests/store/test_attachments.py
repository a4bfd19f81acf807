"""Files of a project in a database."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select, update

from borging.access.actor import Actor
from borging.domain.attachments import MOST_BYTES
from borging.domain.sustain import Declaration
from borging.store import database
from borging.store.commands.attachments import add_file, describe_file
from borging.store.commands.example import remove_example, restore_example, write_example
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.commands.sustain import declare
from borging.store.commands.undo import undo
from borging.store.queries import portfolio
from borging.store.queries.attachments import FileGoneError, content, files_of
from borging.store.queries.history import history, last_entries
from borging.store.tables import Attachment, AuditEntry, Project
from tests.store.test_capacity import add_project

ANNA, BAS = Actor("Anna de Wit"), Actor("Bas Visser")
PDF = b"%PDF-1.7\nprotocol"
DAY = date(2026, 11, 26)


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


@pytest.fixture
def asked(engine: Engine) -> Iterator[list[str]]:
    """The statements that the database is asked."""
    said: list[str] = []

    def note(*arguments: object) -> None:
        said.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def names(engine: Engine, project: int) -> list[str]:
    found: list[str] = files_of(engine, project)["name"].tolist()
    return found


def take_away(engine: Engine, project: int, file: int, version: int = 1) -> None:
    describe_file(engine, BAS, project, Row("‘plan’", None, file, version))


def test_a_file_comes_back_byte_for_byte(engine: Engine, project: int, asked: list[str]) -> None:
    data = PDF + bytes(range(256)) * 20
    made = add_file(engine, ANNA, project, "../Plan.PDF", data, " Het  plan ")
    asked.clear()
    row = files_of(engine, project).iloc[0]
    assert asked
    assert not [said for said in asked if "attachment.data" in said]
    assert (row["name"], row["note"], row["size"]) == ("Plan.pdf", "Het plan", len(data))
    assert (row["media_type"], row["added_by"]) == ("application/pdf", "Anna de Wit")
    assert content(engine, made.id) == data


def test_a_file_of_the_largest_size_is_kept_whole(engine: Engine, project: int) -> None:
    largest = PDF.ljust(MOST_BYTES)
    made = add_file(engine, ANNA, project, "plan.pdf", largest)
    assert content(engine, made.id) == largest


@pytest.mark.parametrize(
    ("name", "data", "note", "said"),
    [
        ("plan.html", b"<html>", "", "van een soort die niet kan"),
        ("plan.pdf", PDF, "x" * 201, "langer dan 200 tekens"),
    ],
)
def test_what_is_refused_leaves_nothing(
    engine: Engine, project: int, name: str, data: bytes, note: str, said: str
) -> None:
    with pytest.raises(RowsError, match=said):
        add_file(engine, ANNA, project, name, data, note)
    assert names(engine, project) == []
    with pytest.raises(RowsError, match="project is er niet meer"):
        add_file(engine, ANNA, 99, "plan.pdf", PDF)


def test_the_same_bytes_are_kept_once_in_a_project(engine: Engine, project: int) -> None:
    first = add_file(engine, ANNA, project, "plan.pdf", PDF)
    again = add_file(engine, BAS, project, "kopie.pdf", PDF)
    assert (again.id, again.name, again.known) == (first.id, "plan.pdf", True)
    other = add_file(engine, BAS, add_project(engine, "E2"), "kopie.pdf", PDF)
    assert (other.name, other.known) == ("kopie.pdf", False)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Attachment)) == 2


def test_a_name_is_not_given_to_another_file_also_when_it_was_taken_away(
    engine: Engine, project: int
) -> None:
    first = add_file(engine, ANNA, project, "plan.pdf", PDF)
    take_away(engine, project, first.id)
    assert add_file(engine, ANNA, project, "PLAN.pdf", PDF + b"2").name == "PLAN (2).pdf"
    again = add_file(engine, ANNA, project, "nieuw.pdf", PDF, "Toch")
    assert (again.id, again.name, again.known) == (first.id, "plan.pdf", False)
    assert names(engine, project) == ["plan.pdf", "PLAN (2).pdf"]
    assert files_of(engine, project)["note"].iloc[0] == "Toch"


def test_taking_away_can_be_undone_and_until_then_there_is_nothing_to_download(
    engine: Engine, project: int
) -> None:
    made = add_file(engine, ANNA, project, "plan.pdf", PDF, "Het plan")
    take_away(engine, project, made.id)
    assert names(engine, project) == []
    with pytest.raises(FileGoneError, match="weggehaald"):
        content(engine, made.id)
    with pytest.raises(RowsError, match="intussen weggehaald"):
        take_away(engine, project, made.id, 2)
    undo(engine, ANNA, last_entries(engine, "attachment", [made.id]))
    assert names(engine, project) == ["plan.pdf"]
    assert content(engine, made.id) == PDF
    said = [entry.summary for entry in history(engine, project, 9)]
    assert said == [
        "Teruggedraaid: Dossier van E1, bestanden: ‘plan.pdf’ weggehaald.",
        "Dossier van E1, bestanden: ‘plan.pdf’ weggehaald.",
        "Dossier van E1, bestanden: ‘plan.pdf’ toegevoegd.",
    ]


def test_who_describes_a_file_second_is_told(engine: Engine, project: int) -> None:
    made = add_file(engine, ANNA, project, "plan.pdf", PDF)
    seen = {"note": None}
    describe_file(engine, BAS, project, Row("‘plan’", {"note": "Van Bas"}, made.id, 1, seen))
    row = Row("‘plan’", {"note": "Van Anna"}, made.id, 1, seen)
    with pytest.raises(RowsChangedError) as refused:
        describe_file(engine, ANNA, project, row)
    assert refused.value.sentences == (
        "‘plan’: intussen gewijzigd door Bas Visser: ‘Omschrijving’ is nu ‘Van Bas’ (was leeg).",
    )
    describe_file(engine, ANNA, project, replace(row, version=refused.value.versions[made.id]))
    assert files_of(engine, project)["note"].tolist() == ["Van Anna"]


def test_a_file_of_another_project_cannot_be_changed(engine: Engine, project: int) -> None:
    made = add_file(engine, ANNA, project, "plan.pdf", PDF)
    with pytest.raises(RowsError, match="weggehaald"):
        take_away(engine, add_project(engine, "E2"), made.id)
    assert names(engine, project) == ["plan.pdf"]


def test_the_history_holds_no_bytes(engine: Engine, project: int) -> None:
    made = add_file(engine, ANNA, project, "plan.pdf", PDF * 1000)
    take_away(engine, project, made.id)
    with engine.connect() as connection:
        details = connection.scalars(select(AuditEntry.detail)).all()
    assert details
    assert all("%PDF" not in each and len(each) < 300 for each in details if each)


def test_the_files_of_a_project_that_is_hidden_are_hidden(engine: Engine, project: int) -> None:
    made = add_file(engine, ANNA, project, "plan.pdf", PDF)
    with engine.begin() as connection:
        connection.execute(update(Project).values(deleted_at=func.now()))
    assert names(engine, project) == []
    with pytest.raises(FileGoneError):
        content(engine, made.id)


def test_files_go_and_come_back_with_the_example_and_are_erased_with_it(engine: Engine) -> None:
    write_example(engine, ANNA, DAY, projects=1)
    first = int(portfolio.projects(engine, DAY)["id"].iloc[0])
    add_file(engine, ANNA, first, "plan.pdf", PDF)
    remove_example(engine, ANNA)
    assert names(engine, first) == []
    restore_example(engine, ANNA)
    assert names(engine, first) == ["plan.pdf"]
    write_example(engine, ANNA, DAY, projects=1)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Attachment)) == 0


def test_a_declaration_rests_on_files_that_are_there(engine: Engine, project: int) -> None:
    add_file(engine, ANNA, project, "plan.pdf", PDF)
    said = Declaration("sustained", DAY, "Carla Bos", "Zie het plan.", ("plan.pdf",))
    with pytest.raises(RowsError, match=r"‘weg\.pdf’ is intussen weggehaald"):
        declare(engine, ANNA, project, replace(said, files=("weg.pdf",)), DAY, knowing=True)
    declare(engine, ANNA, project, said, DAY, knowing=True)
    evidence = portfolio.projects(engine, DAY)["evidence"].iloc[0]
    assert evidence.splitlines()[:2] == ["Zie het plan.", "Bestand: plan.pdf"]


def test_a_copy_of_the_database_file_holds_the_files(sqlite_url: str, tmp_path: Path) -> None:
    engine = database.engine_for(sqlite_url)
    add_file(engine, ANNA, add_project(engine), "plan.pdf", PDF)
    made = database.copy_sqlite(engine, "proef")
    engine.dispose()
    assert made is not None
    moved = shutil.copyfile(made, tmp_path / "elders.db")
    with closing(sqlite3.connect(moved)) as copy:
        assert copy.execute("SELECT data FROM attachment").fetchall() == [(PDF,)]
