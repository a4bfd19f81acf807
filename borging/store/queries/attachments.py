"""The files of a project: what is known of them, and apart from that their bytes."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, Engine, select

from borging.store.queries.frames import frame
from borging.store.tables import Record

T = Record.metadata.tables
attachment, project = T["attachment"], T["project"]
ABOUT = ("id", "name", "note", "media_type", "size", "added_at", "added_by", "version")


class FileGoneError(LookupError):
    """A file is asked for that is not there any more; the message is Dutch."""


def files_of(source: Engine | Connection, project_id: int) -> pd.DataFrame:
    """Every file of a project without its bytes; columns as ABOUT, in the order of adding.

    size: in bytes. added_at: a moment in UTC.
    """
    return frame(
        source,
        select(*(attachment.c[name] for name in ABOUT))
        .join(project, project.c.id == attachment.c.project_id)
        .where(
            attachment.c.project_id == project_id,
            attachment.c.deleted_at.is_(None),
            project.c.deleted_at.is_(None),
        )
        .order_by(attachment.c.id),
    )


def content(engine: Engine, file_id: int) -> bytes:
    """Return the bytes of a file.

    Raises:
        FileGoneError: the file or its project was removed.
    """
    statement = (
        select(attachment.c.data)
        .join(project, project.c.id == attachment.c.project_id)
        .where(
            attachment.c.id == file_id,
            attachment.c.deleted_at.is_(None),
            project.c.deleted_at.is_(None),
        )
    )
    with engine.connect() as connection:
        found = connection.scalar(statement)
    if found is None:
        raise FileGoneError("Dit bestand is intussen weggehaald. Ververs de pagina.")
    return bytes(found)
