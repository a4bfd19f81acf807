"""Functions, their leave, what projects ask of them, and how far those may move."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, Engine, select

from borging.store.queries.frames import frame
from borging.store.tables import Record

T = Record.metadata.tables
role, leave_period, need, project, room = (
    T[name] for name in ("job_role", "leave_period", "staffing_need", "project", "planning_room")
)


def functions(source: Engine | Connection) -> pd.DataFrame:
    """Every function, by name; columns id, name, fte, hours_per_week (contract hours of one fte),
    project_share (0–1), scarce (bool), version.
    """
    names = ("id", "name", "fte", "hours_per_week", "project_share", "scarce", "version")
    table = frame(
        source,
        select(*(role.c[name] for name in names))
        .where(role.c.deleted_at.is_(None))
        .order_by(role.c.name, role.c.id),
    )
    numbers = dict.fromkeys(("fte", "hours_per_week", "project_share"), "float64")
    return table.astype({**numbers, "scarce": "bool"})


def leave(source: Engine | Connection) -> pd.DataFrame:
    """Every leave that is known, oldest first; columns id, function_id, hours_per_week (contract
    hours off), first, last (both included), version.
    """
    c = leave_period.c
    table = frame(
        source,
        select(
            c.id,
            c.job_role_id.label("function_id"),
            c.hours_per_week,
            c.first,
            c.last,
            c.version,
        )
        .join(role, role.c.id == c.job_role_id)
        .where(c.deleted_at.is_(None), role.c.deleted_at.is_(None))
        .order_by(c.first, c.id),
    )
    return table.astype({"hours_per_week": "float64"})


def needs(source: Engine | Connection) -> pd.DataFrame:
    """What every project asks; columns id, project_id, function_id, hours_per_week, first, last
    (both included), firm (bool), phase (value or None), version.
    """
    c = need.c
    table = frame(
        source,
        select(
            c.id,
            c.project_id,
            c.job_role_id.label("function_id"),
            c.hours_per_week,
            c.first,
            c.last,
            c.firm,
            c.phase,
            c.version,
        )
        .join(role, role.c.id == c.job_role_id)
        .join(project, project.c.id == c.project_id)
        .where(c.deleted_at.is_(None), role.c.deleted_at.is_(None), project.c.deleted_at.is_(None))
        .order_by(c.project_id, c.first, c.id),
    )
    return table.astype({"hours_per_week": "float64", "firm": "bool"})


def rooms(source: Engine | Connection) -> pd.DataFrame:
    """The room of every project that wrote it down; columns id, project_id, earliest_start,
    latest_end, legal_date (missing: no limit), weeks_earlier, weeks_later (missing: the usual
    ones), version.
    """
    columns = [each for each in room.c if each.name != "deleted_at"]
    table = frame(
        source,
        select(*columns)
        .join(project, project.c.id == room.c.project_id)
        .where(room.c.deleted_at.is_(None), project.c.deleted_at.is_(None))
        .order_by(project.c.code, room.c.id),
    )
    return table.astype({"weeks_earlier": "Int64", "weeks_later": "Int64"})
