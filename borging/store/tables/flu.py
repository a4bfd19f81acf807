"""Flu seasons as they were derived, stated or entered, with the weeks they rest on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from borging.domain.flu_seasons import NumberStatus, Origin
from borging.store.tables.base import Record, one_of


class FluSeasonRecord(Record, table=True):
    """One revision of one season by one origin; the highest number that is not removed counts.

    season: '2024/2025'. Weeks are ISO weeks such as '2026-W53'; start and end are included and
    both None without an epidemic. weeks: None is not known, 0 is no epidemic. threshold: ILI
    per 100,000. note: why a person entered it.
    """

    __tablename__ = "flu_season"
    __table_args__ = (
        UniqueConstraint("season", "origin", "revision"),
        one_of("origin", Origin),
        one_of("status", NumberStatus),
        one_of("threshold_status", NumberStatus),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("weeks >= 0", name="weeks"),
        CheckConstraint("threshold > 0", name="threshold"),
    )
    id: int | None = Field(default=None, primary_key=True)
    season: str
    origin: str
    revision: int
    start_week: str | None = None
    end_week: str | None = None
    peak_week: str | None = None
    weeks: int | None = None
    threshold: float | None = None
    threshold_status: str | None = None
    status: str
    source: str
    note: str | None = None
    recorded_on: date
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    deleted_at: datetime | None = None


class FluWeek(Record, table=True):
    """ILI per 100,000 in one week, as one revision of a derived season rests on it."""

    __tablename__ = "flu_week"
    __table_args__ = (CheckConstraint("per_100k >= 0", name="per_100k"),)
    flu_season_id: int = Field(foreign_key="flu_season.id", primary_key=True)
    week: str = Field(primary_key=True)
    per_100k: float
