from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from borging.access.actor import Actor
from borging.store import database, schema
from borging.store.tables import AuditEntry, PhaseRecord, Project, Record, Unit

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
    units = [Unit(name="Goed", kind="team"), Unit(name="Fout", kind="bestaat niet")]
    with pytest.raises(IntegrityError), database.writing(engine, ANNA) as write:
        write.session.add_all(units)
    assert database.revision(engine) == before
    with Session(engine) as session:
        assert session.exec(select(Unit)).all() == []
        assert session.exec(select(AuditEntry)).all() == []


def test_foreign_keys_are_enforced(engine: Engine) -> None:
    with pytest.raises(IntegrityError), database.writing(engine, ANNA) as write:
        write.session.add(PhaseRecord(project_id=999, phase="handover"))


NEXT_MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9000", "{head}", None, None


def upgrade() -> None:
    with op.batch_alter_table("project", recreate="auto") as batch:
        batch.add_column(sa.Column("added_later", sa.String(), nullable=True))
        batch.alter_column("title", new_column_name="name")
"""


@pytest.fixture
def newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This program with one migration more, which rebuilds a table that others point at."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = NEXT_MIGRATION.format(head=database.head_revision())
    (folder / "versions" / "9000_later.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)


def test_an_older_database_is_migrated_and_keeps_every_row(
    engine: Engine, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with database.writing(engine, ANNA) as write:
        write.session.add(Project(id=1, code="P01", title="Wondzorg"))
        write.session.flush()
        write.session.add(PhaseRecord(project_id=1, phase="handover"))
    url = engine.url.render_as_string(hide_password=False)
    request.getfixturevalue("newer_program")
    migrated = database.open_database(url)
    with migrated.connect() as connection:
        assert connection.execute(text("SELECT name FROM project")).scalars().all() == ["Wondzorg"]
        assert connection.execute(text("SELECT count(*) FROM phase_record")).scalar() == 1
    assert database.schema_revision(migrated) == "9000"
    copies = list((tmp_path / "kopie").glob("*.db"))
    if migrated.url.get_backend_name() == "sqlite":
        (copy,) = copies
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT title FROM project").fetchall() == [("Wondzorg",)]
    else:
        assert copies == []


def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    database.open_database(f"sqlite:///{tmp_path / 'nieuw.db'}")
    assert not (tmp_path / "kopie").exists()


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


def test_an_error_does_not_tell_what_was_written(engine: Engine) -> None:
    """It goes to the log of the server, where an answer must never be."""
    unit = Unit(name="Geheim antwoord", kind="bestaat niet")
    with pytest.raises(IntegrityError) as refusal, database.writing(engine, ANNA) as write:
        write.session.add(unit)
    shown = str(refusal.value).split("DETAIL:")[0]
    assert "unit" in shown
    assert "Geheim" not in shown


def test_a_portfolio_that_is_ready_is_only_looked_at(database_url: str) -> None:
    database.require_current(database_url)


def test_a_process_that_makes_no_database_finds_none(tmp_path: Path) -> None:
    missing = tmp_path / "folder" / "portfolio.db"
    with pytest.raises(database.DatabaseNotReadyError, match="Start eerst de Borgingsmonitor"):
        database.require_current(f"sqlite:///{missing}")
    assert not missing.parent.exists()


def test_a_database_of_another_version_is_not_touched(sqlite_url: str, tmp_path: Path) -> None:
    engine = database.engine_for(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(database.DatabaseNotReadyError):
        database.require_current(sqlite_url)
    assert database.schema_revision(engine) == "0001"
    assert not (tmp_path / "kopie").exists()
    engine.dispose()
    database.engine_for.cache_clear()
