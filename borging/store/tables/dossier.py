"""What teams write in the dossier of a project: items of the lists that data/dossier defines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from borging.store.tables.base import Record


class DossierItem(Record, table=True):
    """One item of one list of one project.

    list_key: the key of its definition. content: the fields that are filled in, by id, as
    `borging.domain.dossier_values.to_json` makes them.
    """

    __tablename__ = "dossier_item"
    __table_args__ = (Index("ix_dossier_item_list", "project_id", "list_key"),)
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    list_key: str = Field(index=True)
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    version: int = 1
    deleted_at: datetime | None = None
