"""Which tables a piece of work reads or changes, taken from the statements that it sends.

Nobody has to say it, so nobody can say too little. A word of a statement that is the name of a
table counts as that table, also where it names a column: in doubt a table was read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from sqlalchemy import Engine, event

from borging.store.tables.base import Record

_read: ContextVar[set[str] | None] = ContextVar("tables_read", default=None)
_changed: ContextVar[set[str] | None] = ContextVar("tables_changed", default=None)

_WORDS = re.compile(r"\w+")
_TARGET = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) (?:ONLY )?"?(\w+)')
_READS = re.compile(r"\s*(SELECT|WITH|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK)\b")


def watch(engine: Engine) -> None:
    """Let `tables_read` and `tables_changed` hear every statement of an engine."""
    event.listen(engine, "before_cursor_execute", _hear)


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """Collect the names of the tables that are read meanwhile, by this thread."""
    with _collecting(_read) as found:
        yield found


@contextmanager
def tables_changed() -> Iterator[set[str]]:
    """Collect the names of the tables that are changed meanwhile, by this thread.

    A statement that is not understood changes every table. No foreign key makes the database
    itself change a row of another table.
    """
    with _collecting(_changed) as found:
        yield found


def note_read(tables: Collection[str]) -> None:
    """Say that tables were read earlier for what is used now."""
    found = _read.get()
    if found is not None:
        found.update(tables)


@contextmanager
def _collecting(into: ContextVar[set[str] | None]) -> Iterator[set[str]]:
    found: set[str] = set()
    token = into.set(found)
    try:
        yield found
    finally:
        into.reset(token)


def _hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    if (read := _read.get()) is not None:
        read.update(_names().intersection(_WORDS.findall(statement)))
    if (changed := _changed.get()) is not None:
        changed.update(_changed_by(statement))


def _changed_by(statement: str) -> Collection[str]:
    if target := _TARGET.match(statement):
        return target.groups()
    return () if _READS.match(statement) else _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(Record.metadata.tables)
