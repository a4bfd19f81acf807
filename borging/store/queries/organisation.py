"""Choices of the organisation, and its own days off."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Engine, select

from borging.store.queries.frames import frame
from borging.store.tables import Record

T = Record.metadata.tables
setting, own_holiday = T["organisation_setting"], T["own_holiday"]
AGREEMENT = "agreement"
"""Name of the setting that holds the id of the care agreement."""


@dataclass(frozen=True)
class Setting:
    """A choice with the version that it was read at."""

    value: str
    version: int


def chosen(engine: Engine, name: str) -> Setting | None:
    """Return a choice of the organisation; None while nothing was chosen."""
    statement = select(setting.c.value, setting.c.version).where(
        setting.c.name == name, setting.c.deleted_at.is_(None)
    )
    with engine.connect() as connection:
        row = connection.execute(statement).first()
    return None if row is None else Setting(row.value, row.version)


def own_holidays(source: Engine | Connection) -> pd.DataFrame:
    """Every own day off, the first one on top; columns id, name, day, version."""
    c = own_holiday.c
    return frame(
        source,
        select(c.id, c.name, c.day, c.version).where(c.deleted_at.is_(None)).order_by(c.day, c.id),
    )
