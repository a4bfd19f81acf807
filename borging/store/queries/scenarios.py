"""Scenarios that were saved: one row is one of them."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, Engine, select

from borging.store.queries.frames import frame
from borging.store.tables import Record

T = Record.metadata.tables
scenario, person = T["scenario"], T["person"]


def scenarios(source: Engine | Connection) -> pd.DataFrame:
    """Every scenario, the newest first; columns id, name, note, status (ScenarioStatus value),
    changes and accepted_rows (JSON), created_on, created_by, accepted_on, accepted_by (names,
    None when nobody said who he was), version.
    """
    maker, accepter = person.alias("maker"), person.alias("accepter")
    c = scenario.c
    columns = (c.id, c.name, c.note, c.status, c.changes, c.created_on, c.accepted_on)
    return frame(
        source,
        select(
            *columns,
            c.accepted_rows,
            c.version,
            maker.c.name.label("created_by"),
            accepter.c.name.label("accepted_by"),
        )
        .outerjoin(maker, maker.c.id == c.created_by_id)
        .outerjoin(accepter, accepter.c.id == c.accepted_by_id)
        .where(c.deleted_at.is_(None))
        .order_by(c.id.desc()),
    )
