"""The days on which this program ran, by the clock of its machine."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from borging.store import database
from borging.store.tables import Record

clock_day = Record.metadata.tables["clock_day"]


def days_seen(engine: Engine) -> frozenset[date]:
    """Return every day on which the program ran, as far as it was recorded."""
    with engine.connect() as connection:
        return frozenset(connection.execute(select(clock_day.c.day)).scalars())


def see_day(engine: Engine, today: date) -> frozenset[date]:
    """Record that the program runs on `today`; return every day on which it ran.

    Raises:
        NotWrittenError: in one of its kinds, when the database cannot take the write now.
    """
    days = days_seen(engine)
    if today in days:
        return days
    with suppress(IntegrityError), database.transaction(engine) as session:
        session.execute(insert(clock_day).values(day=today))  # IntegrityError: recorded meanwhile
    return days | {today}
