"""One process at a time makes or migrates a database; the others wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Engine, text

from borging.domain.causes import cause
from borging.store.unavailable import StartLockError

START_LOCK = 7411002
WAIT_FOR_START = 120.0
"""Seconds that a second process waits for the first one to make the database."""


@contextmanager
def alone(worker: Engine) -> Iterator[None]:
    """Keep other processes out until the block is done; a crash lets go by itself.

    worker: an engine without time-outs (see `database.worker_for`).

    Raises:
        StartLockError: the folder cannot be written in, or the first process never ends.
    """
    if worker.url.get_backend_name() == "postgresql":
        with worker.connect() as connection:
            connection.execute(text(f"SELECT pg_advisory_lock({START_LOCK})"))
            connection.commit()
            try:
                yield
            finally:
                connection.execute(text(f"SELECT pg_advisory_unlock({START_LOCK})"))
    elif not worker.url.database:
        yield
    else:
        with closing(_gate(f"{worker.url.database}-start")):
            yield


def _gate(path: str) -> sqlite3.Connection:
    """Return a connection that holds a file alone until it is closed."""
    try:
        gate = sqlite3.connect(path, timeout=WAIT_FOR_START)
        gate.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise StartLockError(
            f"Het bestand {path} kan niet worden vergrendeld: {cause(error)}. Controleer of u in "
            "deze map mag schrijven en of er geen ander proces vastzit."
        ) from error
    return gate
