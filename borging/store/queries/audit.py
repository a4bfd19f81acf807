"""What was written, by whom and when."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Engine, select

from borging.store.queries.frames import frame
from borging.store.tables import Record

entry = Record.metadata.tables["audit_entry"]


def newest_entries(engine: Engine, limit: int = 200) -> pd.DataFrame:
    """The newest audit entries, newest first; columns at (UTC), actor_name, summary."""
    return frame(
        engine,
        select(entry.c.at, entry.c.actor_name, entry.c.summary)
        .order_by(entry.c.id.desc())
        .limit(limit),
    )
