"""Files that are kept with a project, whole and in the database: a copy of it is a whole copy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field

from borging.store.tables.base import Record


class Attachment(Record, table=True):
    """One file. size: in bytes; sha256: of its bytes, in hexadecimals; note: what it is.

    What is in it never changes, and its name is never given to another file of the project. data
    stands last: SQLite then reads the other columns without passing through it.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("project_id", "name", name="uq_attachment_name"),
        UniqueConstraint("project_id", "sha256", name="uq_attachment_sha256"),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    name: str
    note: str | None = None
    media_type: str
    size: int
    sha256: str
    added_at: datetime
    added_by: str
    version: int = 1
    deleted_at: datetime | None = None
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
