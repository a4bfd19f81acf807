"""Connections to a database: one pool per process, and an engine for one long task."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

from borging.store.guard import give_guard
from borging.store.start_gate import WAIT_FOR_START
from borging.store.statements import watch

WAIT_FOR_CONNECTION = 10.0
"""Seconds that a visitor waits for a free connection to a server."""
WAIT_FOR_LOCK = 10.0
"""Seconds that a writer waits for another process that writes."""
LONGEST_STATEMENT = 60.0
LONGEST_IDLE = 60.0
"""Seconds after which PostgreSQL ends a statement, or a transaction in which nothing happens."""


def _postgres_bounds() -> dict[str, Any]:
    """Return how a connection to a server is bounded, so that no visitor stops all others."""
    bounds = {
        "lock_timeout": WAIT_FOR_LOCK,
        "statement_timeout": LONGEST_STATEMENT,
        "idle_in_transaction_session_timeout": LONGEST_IDLE,
    }
    options = " ".join(f"-c {name}={seconds * 1000:.0f}" for name, seconds in bounds.items())
    return {"connect_timeout": 5, "options": options}


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={WAIT_FOR_LOCK * 1000:.0f}",
        "synchronous=NORMAL",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def sqlite_file(url: URL) -> Path | None:
    """Return the file of an SQLite database; None for one on a server or in memory."""
    on_file = url.get_backend_name() == "sqlite" and url.database and "uri" not in url.query
    return Path(url.database or "") if on_file and url.database != ":memory:" else None


def _only_existing(_dialect: Any, _record: Any, words: list[Any], more: dict[str, Any]) -> None:
    """Let SQLite open a file and never make one: a file that went would come back empty."""
    words[0] = f"{Path(words[0]).as_uri()}?mode=rw"
    more["uri"] = True


@lru_cache(maxsize=16)
def engine_for(url: str) -> Engine:
    """Return the engine of `url`, one per process, with foreign keys on under SQLite.

    Its errors do not tell what was written: answers would end up in the log of the server.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True)
        file = sqlite_file(address)
        if file:
            event.listen(engine, "do_connect", _only_existing)
        event.listen(engine, "connect", _sqlite_pragmas)
        guarded = give_guard(engine, file)
        event.listen(engine, "connect", lambda *_opened: guarded.opened())
        watch(engine)
        return engine
    engine = create_engine(
        _with_driver(address),
        pool_pre_ping=True,
        pool_timeout=WAIT_FOR_CONNECTION,
        hide_parameters=True,
        connect_args=_postgres_bounds(),
    )
    give_guard(engine, None)
    watch(engine)
    return engine


def _with_driver(address: URL) -> URL:
    if address.get_backend_name() == "postgresql" and "+" not in address.drivername:
        return address.set(drivername="postgresql+psycopg")
    return address


def fresh_engine(url: URL) -> Engine:
    """Return an engine without a pool that waits 2 seconds at most, to look at a database anew."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": 2.0})
        if sqlite_file(url):
            event.listen(engine, "do_connect", _only_existing)
        return engine
    bounds = {"connect_timeout": 5, "options": "-c lock_timeout=2s -c statement_timeout=5s"}
    return create_engine(_with_driver(url), poolclass=NullPool, connect_args=bounds)


def worker_for(url: URL) -> Engine:
    """Return an engine for one long task: no pool, no time-outs, every statement in a transaction.

    The driver of SQLite commits each statement that changes a table by itself unless the
    transaction is begun outside of it. This engine may make the file.
    """
    worker = create_engine(_with_driver(url), poolclass=NullPool, hide_parameters=True)
    watch(worker)
    if worker.dialect.name == "sqlite":
        event.listen(worker, "connect", _without_own_transactions)
        event.listen(worker, "begin", _begin_immediate)
    return worker


def _without_own_transactions(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("foreign_keys=OFF", f"busy_timeout={int(WAIT_FOR_START * 1000)}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
