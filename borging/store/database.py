"""Reading and writing in a portfolio; opening one is in `schema`, connecting in `engines`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, insert, inspect, literal, select, update
from sqlmodel import Session, col

from borging.access.actor import Actor
from borging.store.engines import engine_for
from borging.store.failures import named
from borging.store.guard import guard_of
from borging.store.safety_copy import copy_sqlite
from borging.store.schema import (
    head_revision,
    migrate,
    open_database,
    require_current,
    schema_revision,
)
from borging.store.statements import tables_changed
from borging.store.tables import AuditEntry, Record, Revision, TableRevision
from borging.store.unavailable import DatabaseNotReadyError, DatabaseTooNewError

__all__ = [
    "DatabaseNotReadyError",
    "DatabaseTooNewError",
    "Revisions",
    "Write",
    "copy_sqlite",
    "engine_for",
    "head_revision",
    "is_empty",
    "migrate",
    "open_database",
    "require_current",
    "revision",
    "revisions",
    "schema_revision",
    "transaction",
    "wipe",
    "writing",
]


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


EVERY_WRITE = "*"
REVISION = "revision"
"""The table that every write changes, so that its number tells the last write that numbered."""


@dataclass(frozen=True)
class Revisions:
    """How often was written, and when each table was changed last.

    number: of writes so far. tables: name of a table to the write that changed it last; a table
    that is missing was never changed.
    """

    number: int
    tables: Mapping[str, int]

    def of(self, tables: Collection[str]) -> dict[str, int]:
        """Return the write that changed each of some tables last, 0 for none.

        `EVERY_WRITE` counts as a table that every write changes. A newest write that numbered no
        tables was made by other means, and counts for all of them.
        """
        known = self.tables.get(REVISION, 0) == self.number
        return {
            name: self.tables.get(name, 0) if known and name != EVERY_WRITE else self.number
            for name in tables
        }


def revisions(engine: Engine) -> Revisions:
    """Return the number of writes so far, and the last one per table, in one read."""
    every = select(literal(""), Revision.number).union_all(  # type: ignore[call-overload]
        select(TableRevision.name, TableRevision.number)  # type: ignore[call-overload]
    )
    with engine.connect() as connection:
        found = {name: int(number) for name, number in connection.execute(every)}
    return Revisions(found.pop(""), found)


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

    def number_tables(self, changed: Collection[str]) -> None:
        """Give the tables that were changed the number of this write.

        All of them after a write that numbered none: nobody knows what that one changed.
        """
        every = select(TableRevision.name, TableRevision.number)  # type: ignore[call-overload]
        known = {row.name: row.number for row in self.session.execute(every)}
        if known.get(REVISION, 0) != self.number - 1:
            changed = Record.metadata.tables.keys()
        own = update(TableRevision).where(col(TableRevision.name).in_(changed))
        self.session.execute(own.values(number=self.number))
        if new := sorted(set(changed) - known.keys()):
            rows = [{"name": name, "number": self.number} for name in new]
            self.session.execute(insert(TableRevision), rows)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


_numbers = count(1)
_last_ended = 0


def last_ended() -> int:
    """Return the number of the transaction that this process ended last; each has its own."""
    return _last_ended


@contextmanager
def writing(engine: Engine | Connection, actor: Actor) -> Iterator[Write]:
    """Open the one transaction of a command: revision + 1, the change, its audit entries.

    Raising the revision first takes the write lock, so that two writers queue instead of
    failing half-way. Any exception leaves the database as it was.

    engine: a connection when the write is part of a larger transaction, such as a first start.

    Raises:
        NotWrittenError: in one of its kinds, when the database cannot take the write now.
    """
    with tables_changed() as changed, transaction(engine) as session:
        session.execute(update(Revision).values(number=Revision.number + 1))
        number = session.execute(select(Revision.number)).scalar_one()  # type: ignore[call-overload]
        write = Write(session, actor, number)
        yield write
        write.flush_audit()
        write.number_tables(changed)


@contextmanager
def transaction(engine: Engine | Connection) -> Iterator[Session]:
    """Open a transaction to write in, after the other writers of this process.

    For what leaves no trace in the history, such as a draft; commands use `writing`.

    Raises:
        NotWrittenError: in one of its kinds, when the database cannot take the write now.
    """
    global _last_ended
    turn = guard_of(engine).turn() if isinstance(engine, Engine) else nullcontext()
    try:
        with turn, named(), Session(engine) as session, session.begin():
            yield session
    finally:
        _last_ended = next(_numbers)
