"""What was written by whom, how often, and the keys of this installation."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from borging.store.tables.base import Record


class AuditEntry(Record, table=True):
    """Who did what and when; `detail` is JSON with the values before and after."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_item", "entity", "entity_id"),)
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    actor_name: str
    action: str
    entity: str
    entity_id: int | None = None
    summary: str
    detail: str | None = None
    revision: int


class Revision(Record, table=True):
    """The one row whose number rises with every write."""

    __tablename__ = "revision"
    id: int | None = Field(default=None, primary_key=True)
    number: int


class TableRevision(Record, table=True):
    """The revision that changed a table last. A table without a row here was never changed."""

    __tablename__ = "table_revision"
    name: str = Field(primary_key=True)
    number: int


class Secret(Record, table=True):
    """A random key of this installation, made with the database. `name` says what it is for."""

    __tablename__ = "secret"
    name: str = Field(primary_key=True)
    value: str


class ClockDay(Record, table=True):
    """A day on which this program ran, by the clock of its machine."""

    __tablename__ = "clock_day"
    day: date = Field(primary_key=True)
