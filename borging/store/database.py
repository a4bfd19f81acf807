"""Opening the database: engine, migrations with a copy made first, reading and writing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, insert, inspect, make_url, select, update
from sqlmodel import Session, create_engine

from borging.access.actor import Actor
from borging.store.tables import AuditEntry, Revision

MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseTooNewError(RuntimeError):
    """The database was made by a newer version of this program."""


class DatabaseNotReadyError(OSError):
    """A process that makes no database found none that it can use."""


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "synchronous=NORMAL",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@lru_cache(maxsize=16)
def engine_for(url: str) -> Engine:
    """Return the engine of `url`, one per process, with foreign keys on under SQLite.

    Its errors do not tell what was written: answers would end up in the log of the server.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        if address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, hide_parameters=True)
        event.listen(engine, "connect", _sqlite_pragmas)
        return engine
    if address.get_backend_name() == "postgresql" and "+" not in address.drivername:
        address = address.set(drivername="postgresql+psycopg")
    return create_engine(address, pool_pre_ping=True, hide_parameters=True)


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


def copy_sqlite(engine: Engine, label: str) -> Path | None:
    """Copy an SQLite file, safely while in use, to `kopie/` beside it; None for PostgreSQL."""
    path = engine.url.database
    if engine.url.get_backend_name() != "sqlite" or not path:
        return None
    folder = Path(path).parent / "kopie"
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{Path(path).stem}-{label}-{stamp}.db"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target


def open_database(url: str) -> Engine:
    """Return an engine whose tables are up to date; make or migrate them where they are not.

    An SQLite file that is older is copied before it is migrated.

    Raises:
        DatabaseTooNewError: the database knows a migration that this program does not.
    """
    engine = engine_for(url)
    current, head = schema_revision(engine), head_revision()
    if current == head:
        return engine
    known = {s.revision for s in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseTooNewError(
            f"De database {engine.url.render_as_string()} is gemaakt met een nieuwere versie van "
            f"de Borgingsmonitor (stand {current}). Installeer die versie, of gebruik een andere "
            "database."
        )
    if current is not None:
        copy_sqlite(engine, f"voor-{head}")
    migrate(engine)
    return engine


def require_current(url: str) -> None:
    """Look, without making or changing anything, whether a portfolio is ready for use.

    Raises:
        DatabaseNotReadyError: there is none, or it is of another version.
    """
    address = make_url(url)
    on_file = address.get_backend_name() == "sqlite"
    missing = on_file and not Path(address.database or "").is_file()
    if missing or schema_revision(engine_for(url)) != head_revision():
        raise DatabaseNotReadyError(
            "er is nog geen portfolio van deze versie. Start eerst de Borgingsmonitor zelf; die "
            "maakt haar of werkt haar bij"
        )


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring the tables to `target`, with foreign keys off while it runs and checked after.

    SQLite cascades a rebuilt parent table into its children when foreign keys are on.
    """
    sqlite = engine.url.get_backend_name() == "sqlite"
    try:
        with engine.connect() as connection:
            if sqlite:
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.commit()
            else:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7411001)")
            command.upgrade(alembic_config(connection), target)
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("De migratie liet verwijzingen zonder doel achter.")
            connection.commit()
    finally:
        engine.dispose()


def wipe(engine: Engine) -> None:
    """Take what was erased out of the files of SQLite too, where its log still keeps it.

    Somebody who is reading can hold that up; then the next one that wipes does it.
    """
    if engine.url.get_backend_name() == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def is_empty(engine: Engine) -> bool:
    """Say whether the database holds no tables of this program yet."""
    return not inspect(engine).has_table("revision")


def revision(engine: Engine) -> int:
    """Return the number of writes so far: reads cached under it are never stale."""
    with engine.connect() as connection:
        return int(connection.execute(select(Revision.number)).scalar_one())  # type: ignore[call-overload]


@dataclass
class Write:
    """One transaction in the name of an actor.

    session: the open session. number: the revision this write leads to.
    """

    session: Session
    actor: Actor
    number: int
    _entries: list[dict[str, Any]] = field(default_factory=list)

    def record(
        self,
        action: str,
        entity: str,
        entity_id: int | None,
        summary: str,
        *,
        in_name_of: Actor | None = None,
        **detail: object,
    ) -> None:
        """Add an audit entry: `summary` is a Dutch sentence, `detail` what changed.

        in_name_of: who did it, when that is not the actor of the transaction.
        """
        who = in_name_of or self.actor
        self._entries.append(
            {
                "at": datetime.now(UTC),
                "actor_id": who.person_id,
                "actor_name": who.name,
                "action": action,
                "entity": entity,
                "entity_id": entity_id,
                "summary": summary,
                "detail": json.dumps(detail, default=_plain, ensure_ascii=False)
                if detail
                else None,
                "revision": self.number,
            }
        )

    def flush_audit(self) -> None:
        """Write the collected audit entries."""
        self.session.flush()
        if self._entries:
            self.session.execute(insert(AuditEntry), self._entries)
            self._entries.clear()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


@contextmanager
def writing(engine: Engine, actor: Actor) -> Iterator[Write]:
    """Open the one transaction of a command: revision + 1, the change, its audit entries.

    Raising the revision first takes the write lock, so that two writers queue instead of
    failing half-way. Any exception leaves the database as it was.
    """
    with Session(engine) as session, session.begin():
        session.execute(update(Revision).values(number=Revision.number + 1))
        number = session.execute(select(Revision.number)).scalar_one()  # type: ignore[call-overload]
        write = Write(session, actor, number)
        yield write
        write.flush_audit()
