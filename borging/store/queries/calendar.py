"""The yearly reviews of the projectenkalender."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
from sqlalchemy import Engine, select

from borging.domain.calendar_review import Entry
from borging.store.queries.frames import frame
from borging.store.tables import Record

review, person = (Record.metadata.tables[name] for name in ("calendar_review", "person"))


def reviews(source: Engine) -> pd.DataFrame:
    """Every review, newest first.

    Columns: id, held_on, chaired_by_id, chaired_by (name), participants, decisions (one on each
    line), next_on; looked_on, looked_at_revision, projects, running, handovers and entries (code
    to Entry): what lay on the table; version.
    """
    table = frame(
        source,
        select(*[c for c in review.c if c.name != "deleted_at"], person.c.name.label("chaired_by"))
        .join(person, person.c.id == review.c.chaired_by_id)
        .where(review.c.deleted_at.is_(None))
        .order_by(review.c.held_on.desc(), review.c.id.desc()),
    )
    entries = pd.Series([_entries(each) for each in table["portfolio"]], table.index, dtype=object)
    return table.drop(columns="portfolio").assign(entries=entries)


def _entries(written: str) -> dict[str, Entry]:
    return {
        code: Entry(state, date.fromisoformat(end) if end else None, theme)
        for code, (state, end, theme) in json.loads(written).items()
    }
