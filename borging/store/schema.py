"""Bringing the tables up to date: whole or not at all, with a copy made first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from borging.domain.causes import cause
from borging.store.engines import engine_for, sqlite_file, worker_for
from borging.store.guard import guard_of
from borging.store.safety_copy import copies, copy_sqlite
from borging.store.start_gate import alone
from borging.store.unavailable import (
    DatabaseNotReadyError,
    DatabaseTooNewError,
    EmptyDatabaseError,
    UpgradeFailedError,
)

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7411001

Fill = Callable[[Connection], object]
"""Writes the first content of a new database, in the transaction that makes its tables."""


class BrokenReferenceError(RuntimeError):
    """A migration left rows that point at nothing."""


def alembic_config(connection: Connection | None = None) -> Config:
    """Return the Alembic configuration of this program, bound to `connection`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def head_revision() -> str:
    """Return the newest migration of this program."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert head is not None
    return head


def schema_revision(engine: Engine) -> str | None:
    """Return the migration the database is at; None for an empty database."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def open_database(url: str, fill: Fill | None = None) -> Engine:
    """Return an engine whose tables are up to date; make or migrate them where they are not.

    An SQLite file that is older is copied before it is migrated. A database that is new gets its
    tables and what `fill` writes as one: whole or not at all. Of several processes that start at
    once the first does the work and the others wait.

    Raises:
        DatabaseRefusedError: in one of its kinds; the message says what to do.
    """
    engine = engine_for(url)
    file = sqlite_file(engine.url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size == 0:
            raise EmptyDatabaseError(empty_words(str(file), half_made=False))
    if _is_there(engine) and schema_revision(engine) == head_revision():
        _require_portfolio(engine)
        return engine
    with alone(worker_for(engine.url)):
        if not _is_there(engine):
            _make_file(engine, fill)
        else:
            _bring_up_to_date(engine, fill)
    return engine


def _is_there(engine: Engine) -> bool:
    """Return whether a database exists; one on a server always does."""
    file = sqlite_file(engine.url)
    return file is None or file.exists()


def _bring_up_to_date(engine: Engine, fill: Fill | None) -> None:
    """Migrate what exists; make tables in an empty database on a server."""
    current, head = schema_revision(engine), head_revision()
    if current == head:  # the process before this one did the work
        return
    known = {s.revision for s in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    shown = engine.url.render_as_string()
    if current is None:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
        if tables or sqlite_file(engine.url):
            raise EmptyDatabaseError(empty_words(shown, half_made=bool(tables)))
        migrate(engine, fill=fill)
        return
    if current not in known:
        raise DatabaseTooNewError(
            f"De database {shown} is gemaakt met een nieuwere versie van de Borgingsmonitor "
            f"(stand {current}). Installeer die versie, of gebruik een andere database."
        )
    label = f"voor-{head}"
    copy_sqlite(engine, label)
    try:
        migrate(engine)
    except (SQLAlchemyError, BrokenReferenceError) as error:
        kept = next((f" De reservekopie is {copy}." for copy in copies(engine, label)), "")
        raise UpgradeFailedError(
            f"De database {shown} kan niet worden bijgewerkt van stand {current} naar {head}: "
            f"{cause(error)}. Er is niets in gewijzigd.{kept} "
            "Start de vorige versie weer, en geef deze melding door aan uw beheerder."
        ) from error


def _make_file(engine: Engine, fill: Fill | None) -> None:
    """Make an SQLite file under another name and rename it once it is whole."""
    file = sqlite_file(engine.url)
    assert file is not None
    rest = next((each for each in _companions(file) if each.exists()), None)
    if rest is not None:
        raise EmptyDatabaseError(
            f"Het bestand {file} is er niet, maar {rest.name} wel: de database is verplaatst of "
            f"verwijderd. Zet {file.name} of een reservekopie terug. Wilt u een nieuwe portfolio, "
            f"verwijder dan eerst {rest.name}."
        )
    draft = file.with_name(f"{file.name}-in-aanbouw")
    for left in (draft, *_companions(draft)):
        left.unlink(missing_ok=True)
    _migrate(engine.url.set(database=str(draft)), "head", fill)
    draft.rename(file)
    guard_of(engine).made_anew()


def _companions(file: Path) -> list[Path]:
    """Return the files in which SQLite keeps what is not in the file itself yet."""
    return [file.with_name(f"{file.name}-{ending}") for ending in ("journal", "wal", "shm")]


def _require_portfolio(engine: Engine) -> None:
    """Refuse a database with tables from which the portfolio itself has gone.

    Raises:
        EmptyDatabaseError: the revision or the keys of the installation are not there.
    """
    with engine.connect() as connection:
        for table in ("revision", "secret"):
            if connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first() is None:
                raise EmptyDatabaseError(
                    f"De database {engine.url.render_as_string()} is niet heel: de tabel {table} "
                    "is leeg. Zet een reservekopie terug."
                )


def empty_words(shown: str, half_made: bool) -> str:
    """Say that a database exists without a portfolio in it, and what to do."""
    if half_made:
        return (
            f"De database {shown} is maar half gemaakt of bijgewerkt. Zet een reservekopie terug. "
            "Was dit de eerste start, maak haar dan leeg of verwijder het bestand; de app maakt "
            "bij de volgende start een nieuwe portfolio."
        )
    return (
        f"De database {shown} bestaat, maar er staat niets in. Zet een reservekopie terug. Wilt u "
        "een nieuwe portfolio, verwijder dan het bestand; met BORGING_EXAMPLE=false begint u "
        "zonder voorbeelddata."
    )


def require_current(url: str) -> None:
    """Look, without making or changing anything, whether a portfolio is ready for use.

    Raises:
        DatabaseNotReadyError: there is none, or it is of another version.
    """
    engine = engine_for(url)
    if not _is_there(engine) or schema_revision(engine) != head_revision():
        raise DatabaseNotReadyError(
            "Er is nog geen portfolio van deze versie. Start eerst de Borgingsmonitor zelf; die "
            "maakt haar of werkt haar bij."
        )


def migrate(engine: Engine, target: str = "head", fill: Fill | None = None) -> None:
    """Bring the tables to `target` and let `fill` write in them, all of it or nothing."""
    try:
        _migrate(engine.url, target, fill)
    finally:
        engine.dispose()


def _migrate(url: URL, target: str, fill: Fill | None) -> None:
    """Migrate in one transaction, with foreign keys off while it runs and checked at the end.

    SQLite cascades a rebuilt parent table into its children when foreign keys are on.
    """
    worker = worker_for(url)
    with worker.begin() as connection:
        if worker.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        command.upgrade(alembic_config(connection), target)
        if fill is not None:
            fill(connection)
        if worker.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise BrokenReferenceError("de migratie liet verwijzingen zonder doel achter")
