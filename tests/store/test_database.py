from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from borging.access.actor import Actor
from borging.store import database
from borging.store.tables import AuditEntry, PhaseRecord, Record, Unit

ANNA = Actor("Anna de Wit")


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Record.metadata) == []


def test_a_write_raises_the_revision_and_leaves_an_audit_entry(engine: Engine) -> None:
    before = database.revision(engine)
    with database.writing(engine, ANNA) as write:
        write.session.add(Unit(name="Thuiszorg Oost", kind="team"))
        write.record("add_unit", "unit", None, "Thuiszorg Oost toegevoegd", name="Thuiszorg Oost")
    assert database.revision(engine) == before + 1
    with Session(engine) as session:
        entry = session.exec(select(AuditEntry)).one()
    assert (entry.actor_name, entry.action, entry.revision) == ("Anna de Wit", "add_unit", 1)


def test_a_write_that_fails_leaves_everything_as_it_was(engine: Engine) -> None:
    before = database.revision(engine)
    with pytest.raises(IntegrityError), database.writing(engine, ANNA) as write:
        write.session.add(Unit(name="Goed", kind="team"))
        write.session.add(Unit(name="Fout", kind="bestaat niet"))
    assert database.revision(engine) == before
    with Session(engine) as session:
        assert session.exec(select(Unit)).all() == []
        assert session.exec(select(AuditEntry)).all() == []


def test_foreign_keys_are_enforced(engine: Engine) -> None:
    with pytest.raises(IntegrityError), database.writing(engine, ANNA) as write:
        write.session.add(PhaseRecord(project_id=999, phase="handover"))


def test_an_older_file_is_copied_before_it_is_migrated(sqlite_url: str, tmp_path: Path) -> None:
    engine = database.engine_for(sqlite_url)
    with engine.begin() as connection:
        for table in reversed(Record.metadata.sorted_tables):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("CREATE TABLE keepsake (note TEXT)"))
        connection.execute(text("INSERT INTO keepsake VALUES ('van voor de migratie')"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('0001')"))
    database.copy_sqlite(engine, "proef")
    (copy,) = (tmp_path / "kopie").iterdir()
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT note FROM keepsake").fetchone() == (
            "van voor de migratie",
        )


def test_a_database_of_a_newer_version_is_refused_with_a_sentence(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(database.DatabaseTooNewError, match="nieuwere versie"):
        database.open_database(engine.url.render_as_string(hide_password=False))


def test_sqlite_runs_in_wal_with_a_busy_timeout(sqlite_url: str) -> None:
    with database.engine_for(sqlite_url).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10000
