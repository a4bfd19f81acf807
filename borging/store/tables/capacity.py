"""Functions, what they cannot work, and what projects ask of them. Hours are hours per week."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from borging.domain.terms import Phase
from borging.store.tables.base import Record, one_of


class JobRole(Record, table=True):
    """A function. hours_per_week: contract hours of one fte. project_share: 0–1, of that time."""

    __tablename__ = "job_role"
    __table_args__ = (
        CheckConstraint("fte >= 0", name="fte"),
        CheckConstraint("hours_per_week > 0", name="hours_per_week"),
        CheckConstraint("project_share >= 0 AND project_share <= 1", name="project_share"),
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    fte: float
    hours_per_week: float
    project_share: float
    scarce: bool = False
    version: int = 1
    source: str | None = None
    deleted_at: datetime | None = None


class LeavePeriod(Record, table=True):
    """Leave that is known; both days belong to it. hours_per_week: contract hours off."""

    __tablename__ = "leave_period"
    __table_args__ = (
        CheckConstraint("hours_per_week > 0", name="hours_per_week"),
        CheckConstraint("last >= first", name="last"),
    )
    id: int | None = Field(default=None, primary_key=True)
    job_role_id: int = Field(foreign_key="job_role.id", index=True)
    first: date
    last: date
    hours_per_week: float
    version: int = 1
    deleted_at: datetime | None = None


class StaffingNeed(Record, table=True):
    """Hours that a project asks of a function; both days belong to it.

    firm: promised, else tentative.
    """

    __tablename__ = "staffing_need"
    __table_args__ = (
        CheckConstraint("hours_per_week > 0", name="hours_per_week"),
        CheckConstraint("last >= first", name="last"),
        one_of("phase", Phase),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    job_role_id: int = Field(foreign_key="job_role.id", index=True)
    phase: str | None = None
    hours_per_week: float
    first: date
    last: date
    firm: bool = True
    version: int = 1
    deleted_at: datetime | None = None


class PlanningRoom(Record, table=True):
    """How far the phases of a project may move in a proposal; None is no limit, or the usual weeks.

    legal_date: last day on which the result may be handed over.
    """

    __tablename__ = "planning_room"
    __table_args__ = (
        CheckConstraint("weeks_earlier >= 0", name="weeks_earlier"),
        CheckConstraint("weeks_later >= 0", name="weeks_later"),
        CheckConstraint("latest_end >= earliest_start", name="latest_end"),
        CheckConstraint("legal_date >= earliest_start", name="legal_date"),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    earliest_start: date | None = None
    latest_end: date | None = None
    legal_date: date | None = None
    weeks_earlier: int | None = None
    weeks_later: int | None = None
    version: int = 1
    deleted_at: datetime | None = None
