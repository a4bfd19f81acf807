"""Choices of the organisation, and the days off that it adds to those of its agreement."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from borging.store.tables.base import Record


class OrganisationSetting(Record, table=True):
    """One choice of the organisation. name: what is chosen, such as 'agreement'."""

    __tablename__ = "organisation_setting"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    value: str
    version: int = 1
    deleted_at: datetime | None = None


class OwnHoliday(Record, table=True):
    """A day off of the organisation itself."""

    __tablename__ = "own_holiday"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    day: date = Field(index=True)
    version: int = 1
    deleted_at: datetime | None = None
