"""The yearly reviews of the projectenkalender."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from borging.store.tables.base import Record


class CalendarReview(Record, table=True):
    """One review, and what lay on the table.

    decisions: one on each line. projects, running, handovers (agreed for the year from looked_on):
    counts on looked_on, when the portfolio was at `looked_at_revision`. portfolio: JSON, per
    project code its state, end (ISO) and theme.
    """

    __tablename__ = "calendar_review"
    __table_args__ = (CheckConstraint("next_on > held_on", name="next_on"),)
    id: int | None = Field(default=None, primary_key=True)
    held_on: date = Field(index=True)
    chaired_by_id: int = Field(foreign_key="person.id")
    participants: str
    decisions: str
    next_on: date
    looked_on: date
    looked_at_revision: int
    projects: int
    running: int
    handovers: int
    portfolio: str
    version: int = 1
    deleted_at: datetime | None = None
