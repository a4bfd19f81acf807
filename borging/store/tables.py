"""The tables. Facts only: every status is derived elsewhere from these and a day.

Vocabulary columns hold the value of a term from `borging.domain.terms`, checked by the
database. `deleted_at` marks a row as removed; reads leave such rows out. `source` says where
a row came from: None was made here, 'voorbeeld' is the example portfolio, any other value
is the name of an import profile.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, MetaData, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from borging.domain.terms import (
    Carrier,
    Course,
    GoalKind,
    ObservationKind,
    Phase,
    Priority,
    ProjectState,
    ScanKind,
    Sustain,
    Term,
    UnitKind,
)

EXAMPLE_SOURCE = "voorbeeld"

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def one_of(column: str, terms: type[Term]) -> CheckConstraint:
    """Return the rule that a column holds a known term (NULL passes)."""
    values = ", ".join(f"'{term.value}'" for term in terms)
    return CheckConstraint(f"{column} IN ({values})", name=column)


class Record(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """Base of every table, with a registry of its own so that a hot reload can rebuild it."""

    model_config: ClassVar[Any] = {"validate_assignment": True}


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
    deleted_at: datetime | None = None


class PhaseRecord(Record, table=True):
    """Dates of one phase of one project; both ends are the last day that belongs to it."""

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
    """Restpunt. `closed_on` is the first day on which it is no longer open."""

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
    version: int = 1
    deleted_at: datetime | None = None


class InstrumentRecord(Record, table=True):
    """A version of an instrument with which scans were answered."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("key", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str
    version: str
    title: str


class Scan(Record, table=True):
    """One round of an instrument for one project.

    `min_answers` is the number of answers below which nothing of an individual scan may be
    read; it is ignored for a joint scan.
    """

    __tablename__ = "scan"
    __table_args__ = (
        one_of("kind", ScanKind),
        CheckConstraint("min_answers >= 3", name="min_answers"),
        Index("ix_scan_newest", "project_id", "scanned_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    instrument_id: int = Field(foreign_key="instrument.id")
    kind: str = ScanKind.INDIVIDUAL.value
    scanned_on: date
    min_answers: int = 4
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    agreed_by: str | None = None
    deleted_at: datetime | None = None


class ScanResponse(Record, table=True):
    """The answers of one respondent: no name, no time, no actor."""

    __tablename__ = "scan_response"
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)


class FactorAnswer(Record, table=True):
    """One factor in one response. The level is a letter, best first; None is 'weet ik niet'."""

    __tablename__ = "factor_answer"
    response_id: int = Field(foreign_key="scan_response.id", primary_key=True)
    factor: str = Field(primary_key=True)
    level: str | None = None


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
