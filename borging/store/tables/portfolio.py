"""Organisation, people, goals, projects and what hangs under a project, but for its scans."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, true
from sqlmodel import Field

from borging.domain.terms import (
    Carrier,
    Course,
    GoalKind,
    ObservationKind,
    Phase,
    Priority,
    ProjectState,
    Sustain,
    UnitKind,
)
from borging.store.tables.base import Record, one_of


class Unit(Record, table=True):
    """Part of the organisation: organisation, location or team."""

    __tablename__ = "unit"
    __table_args__ = (one_of("kind", UnitKind),)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    kind: str
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    source: str | None = None
    deleted_at: datetime | None = None


class Person(Record, table=True):
    """Somebody who owns, leads, receives or accepts something."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    role: str | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    source: str | None = None
    deleted_at: datetime | None = None


class Goal(Record, table=True):
    """Node of the goal tree: vision, theme or goal."""

    __tablename__ = "goal"
    __table_args__ = (one_of("kind", GoalKind),)
    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(index=True)
    kind: str
    parent_id: int | None = Field(default=None, foreign_key="goal.id", index=True)
    legal_deadline: date | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    source: str | None = None
    deleted_at: datetime | None = None


class Project(Record, table=True):
    """A project, from idea to closed. `end` is the last day; None is unknown."""

    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("source", "external_id"), one_of("state", ProjectState))
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    title: str
    summary: str | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    goal_id: int | None = Field(default=None, foreign_key="goal.id", index=True)
    sponsor_id: int | None = Field(default=None, foreign_key="person.id")
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    project_lead_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    state: str = Field(default=ProjectState.UNKNOWN.value, index=True)
    start: date | None = None
    end: date | None = None
    funding_source: str | None = None
    funding_end: date | None = None
    borging_in_plan: bool | None = None
    source: str | None = None
    external_id: str | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    deleted_at: datetime | None = None


class CourseReport(Record, table=True):
    """Koers of a project on a day: one dated sentence, signed by a person.

    A red one names the decision asked, from whom and before when; None where that was not
    recorded.
    """

    __tablename__ = "course_report"
    __table_args__ = (
        one_of("course", Course),
        Index("ix_course_report_newest", "project_id", "reported_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    reported_on: date
    course: str
    sentence: str
    signed_by_id: int | None = Field(default=None, foreign_key="person.id")
    decision: str | None = None
    decision_from: str | None = None
    decision_before: date | None = None
    deleted_at: datetime | None = None


class Observation(Record, table=True):
    """A dated fact about a project as a source reported it.

    `value` is the normalised form (a Course value, an ISO date, a plain number) or None when
    the source gave nothing usable; `raw_text` is always what the source said.
    """

    __tablename__ = "observation"
    __table_args__ = (
        UniqueConstraint("project_id", "kind", "observed_on", "source"),
        one_of("kind", ObservationKind),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    kind: str
    observed_on: date
    value: str | None = None
    raw_text: str
    source: str


class ProjectResult(Record, table=True):
    """What a project hands to the line; handed over separately from its other results."""

    __tablename__ = "project_result"
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True)
    title: str
    formal_receiver_id: int | None = Field(default=None, foreign_key="person.id")
    practical_receiver_id: int | None = Field(default=None, foreign_key="person.id")
    agreed_on: date | None = None
    handed_over_on: date | None = None
    version: int = 1
    deleted_at: datetime | None = None


class PhaseRecord(Record, table=True):
    """Dates of one phase of one project; both ends are the last day that belongs to it.

    confirmed: False while its planned dates are a proposal that was reckoned from a few dates.
    """

    __tablename__ = "phase_record"
    __table_args__ = (
        UniqueConstraint("project_id", "phase"),
        one_of("phase", Phase),
        one_of("carried_by", Carrier),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    phase: str
    planned_start: date | None = None
    planned_end: date | None = None
    actual_start: date | None = None
    actual_end: date | None = None
    accountable_id: int | None = Field(default=None, foreign_key="person.id")
    carried_by: str = Carrier.PROJECT.value
    confirmed: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    deleted_at: datetime | None = None


class SustainDeclaration(Record, table=True):
    """A named person says that a result is geborgd, or that it has relapsed."""

    __tablename__ = "sustain_declaration"
    __table_args__ = (
        CheckConstraint(
            f"verdict IN ('{Sustain.SUSTAINED.value}', '{Sustain.RELAPSED.value}')", name="verdict"
        ),
        Index("ix_sustain_declaration_newest", "project_id", "declared_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    declared_on: date
    verdict: str
    declared_by_id: int | None = Field(default=None, foreign_key="person.id")
    evidence: str | None = None
    deleted_at: datetime | None = None


class ResidualItem(Record, table=True):
    """Restpunt. `closed_on` is the first day on which it is no longer open.

    One that came out of a scan holds the round and the factor it is meant to lift.
    """

    __tablename__ = "residual_item"
    __table_args__ = (
        one_of("priority", Priority),
        Index("ix_residual_item_open", "project_id", "closed_on", "created_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    title: str
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    accepted_by_id: int | None = Field(default=None, foreign_key="person.id")
    accepted_on: date | None = None
    due: date | None = None
    priority: str = Priority.NORMAL.value
    created_on: date
    closed_on: date | None = None
    scan_id: int | None = Field(default=None, foreign_key="scan.id", index=True)
    factor: str | None = None
    version: int = 1
    deleted_at: datetime | None = None
