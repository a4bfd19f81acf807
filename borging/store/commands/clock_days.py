"""The days on which this program ran, by the clock of its machine."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from borging.store.tables import Record

clock_day = Record.metadata.tables["clock_day"]


def see_day(engine: Engine, today: date) -> frozenset[date]:
    """Record that the program runs on `today`; return every day on which it ran."""
    with engine.connect() as connection:
        days = frozenset(connection.execute(select(clock_day.c.day)).scalars())
    if today in days:
        return days
    try:
        with engine.begin() as connection:
            connection.execute(insert(clock_day).values(day=today))
    except IntegrityError:
        pass  # another process recorded it meanwhile
    return days | {today}
