"""Failed statements of SQLite and PostgreSQL as named exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from borging.store.unavailable import (
    ConnectionLostError,
    DatabaseBusyError,
    NotWrittenError,
    WritingStoppedError,
)

SQLITE_BUSY = {5, 6}
SQLITE_STOPPED = {
    8: "De database mag alleen worden gelezen; de app heeft geen schrijfrecht op het bestand.",
    10: "De schijf met de database geeft een fout bij het schrijven.",
    11: "De database is beschadigd.",
    13: "De schijf met de database is vol.",
    14: "Het databasebestand kan niet worden geopend.",
    26: "Het databasebestand is geen database meer.",
}
"""Primary result codes (https://sqlite.org/rescode.html)."""

POSTGRES_BUSY = {"55P03", "40P01", "40001", "57014", "53300", "25P03"}
"""Lock time-out, deadlock, serialization, statement time-out, too many connections, idle."""
POSTGRES_LOST = ("08", "57P")
POSTGRES_STOPPED = {
    "53100": "De schijf van de databaseserver is vol.",
    "25006": "De databaseserver staat alleen lezen toe.",
    "42501": "De app mag niet in deze database schrijven.",
}
"""Codes of errors (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""


def refusal_of(error: SQLAlchemyError) -> NotWrittenError | None:
    """Return the named exception of an error; None when it is about what was written."""
    if isinstance(error, StatementError) and isinstance(error.orig, NotWrittenError):
        return error.orig
    if isinstance(error, PoolTimeoutError):
        return DatabaseBusyError()
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    result = getattr(error.orig, "sqlite_errorcode", None)
    if result is not None:
        return _of_sqlite(result & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state in POSTGRES_BUSY:
        return DatabaseBusyError()
    if state in POSTGRES_STOPPED:
        return WritingStoppedError(POSTGRES_STOPPED[state])
    if error.connection_invalidated or (state or "").startswith(POSTGRES_LOST):
        return ConnectionLostError()
    refused = state is None and type(error.orig).__name__ == "OperationalError"
    return ConnectionLostError() if refused else None


def _of_sqlite(code: int) -> NotWrittenError | None:
    if code in SQLITE_BUSY:
        return DatabaseBusyError()
    words = SQLITE_STOPPED.get(code)
    return WritingStoppedError(words) if words else None


@contextmanager
def named() -> Iterator[None]:
    """Raise the errors of a database that cannot be written by their names."""
    try:
        yield
    except SQLAlchemyError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
