"""What was written, by whom and when."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Engine, func, select

from borging.store.queries.frames import frame
from borging.store.tables import Record

entry = Record.metadata.tables["audit_entry"]


def newest_entries(engine: Engine, limit: int = 200) -> pd.DataFrame:
    """The newest audit entries, newest first; columns at (UTC), actor_name, summary, times.

    What one transaction wrote in the same words, such as each row of a list, is one entry.
    """
    alike = (entry.c.revision, entry.c.actor_name, entry.c.summary)
    return frame(
        engine,
        select(
            func.max(entry.c.at, type_=entry.c.at.type).label("at"),
            entry.c.actor_name,
            entry.c.summary,
            func.count().label("times"),
        )
        .group_by(*alike)
        .order_by(func.max(entry.c.id).desc())
        .limit(limit),
    )
