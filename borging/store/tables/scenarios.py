"""Changes to the plan that were saved under a name."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from borging.domain.plan_rows import ScenarioStatus
from borging.store.tables.base import Record, one_of


class Scenario(Record, table=True):
    """A scenario.

    changes: JSON as of `domain.changes.write_changes`. accepted_rows: JSON as of
    `domain.plan_rows.write_rows`, what accepting it changed last; kept when that is undone.
    """

    __tablename__ = "scenario"
    __table_args__ = (one_of("status", ScenarioStatus),)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    note: str = ""
    status: str = ScenarioStatus.DRAFT.value
    changes: str
    created_on: date
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    accepted_on: date | None = None
    accepted_by_id: int | None = Field(default=None, foreign_key="person.id")
    accepted_rows: str | None = None
    version: int = 1
    source: str | None = None
    deleted_at: datetime | None = None
