"""Which rows belong to the example portfolio, read from the foreign keys of the tables.

A row belongs to a project when a required foreign key leads there, directly or through
another row that does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, select, union, update
from sqlmodel import Session

from borging.store.tables import EXAMPLE_SOURCE, Record

T = Record.metadata.tables
STRUCTURE = ("unit", "person", "goal", "job_role")
WHOLE = ("scenario", "project")
"""What goes and comes back as a whole; nothing that stays refers to it. Projects are counted."""


@lru_cache(maxsize=1)
def _owned() -> dict[str, Column[Any] | None]:
    """Tables whose rows belong to a project, parents first, with the column that leads up."""
    owned: dict[str, Column[Any] | None] = {"project": None}
    for table in Record.metadata.sorted_tables:
        for column in table.columns:
            targets = {key.column.table.name for key in column.foreign_keys}
            if table.name not in owned and not column.nullable and targets & owned.keys():
                owned[table.name] = column
    return owned


def _of_projects(table: Table, projects: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the rule that a row belongs to one of `projects`."""
    link = _owned()[table.name]
    if link is None:
        return projects
    (key,) = link.foreign_keys
    parent = key.column.table
    assert isinstance(parent, Table)
    return link.in_(select(key.column).where(_of_projects(parent, projects)))


def erase_projects(session: Session) -> None:
    """Delete the projects of the example, the leave of its functions and its scenarios."""
    example = T["project"].c.source == EXAMPLE_SOURCE
    for name in reversed(_owned()):
        session.execute(delete(T[name]).where(_of_projects(T[name], example)))
    role, leave = T["job_role"], T["leave_period"]
    functions = select(role.c.id).where(role.c.source == EXAMPLE_SOURCE)
    session.execute(delete(leave).where(leave.c.job_role_id.in_(functions)))
    session.execute(delete(T["scenario"]).where(T["scenario"].c.source == EXAMPLE_SOURCE))


def _pointing_at(name: str, tables: Iterable[Table]) -> list[Column[Any]]:
    return [
        column
        for table in tables
        for column in table.columns
        if any(key.column.table.name == name for key in column.foreign_keys)
    ]


def _used(session: Session, name: str) -> set[int]:
    """Return the example rows of unit, person, goal or function that other projects refer to."""
    table, others = T[name], T["project"].c.source.is_distinct_from(EXAMPLE_SOURCE)
    columns = _pointing_at(name, (T[owned] for owned in _owned()))
    used = union(
        *(select(column).where(_of_projects(column.table, others)) for column in columns)
    ).subquery()
    found = select(table.c.id).where(
        table.c.source == EXAMPLE_SOURCE, table.c.id.in_(select(used.c[0]))
    )
    return set(session.execute(found).scalars())


def _with_parents(session: Session, name: str, kept: set[int]) -> set[int]:
    """Add what stands above kept rows, and above rows that are not of the example."""
    table = T[name]
    rows = session.execute(select(table.c.id, table.c.parent_id, table.c.source)).all()
    parents = {row.id: row.parent_id for row in rows}
    kept = kept | {row.parent_id for row in rows if row.source != EXAMPLE_SOURCE}
    for row_id in list(kept):
        above = parents.get(row_id)
        while above is not None and above not in kept:
            kept.add(above)
            above = parents[above]
    return kept - {None}


def still_used(session: Session) -> dict[str, set[int]]:
    """Return the ids of units, persons, goals and functions that stay when the example goes."""
    person, chair = T["person"], T["calendar_review"].c.chaired_by_id
    chairs = select(person.c.id).where(
        person.c.source == EXAMPLE_SOURCE, person.c.id.in_(select(chair))
    )
    people = _used(session, "person") | set(session.execute(chairs).scalars())
    homes = select(person.c.unit_id).where(
        person.c.source.is_distinct_from(EXAMPLE_SOURCE) | person.c.id.in_(people)
    )
    units = _used(session, "unit") | set(session.execute(homes).scalars())
    return {
        "person": people,
        "unit": _with_parents(session, "unit", units),
        "goal": _with_parents(session, "goal", _used(session, "goal")),
        "job_role": _used(session, "job_role"),
    }


def hide(session: Session, stamp: datetime) -> int:
    """Mark the example as removed at `stamp`; return the number of projects hidden."""
    kept = still_used(session)
    for name in STRUCTURE:
        table = T[name]
        session.execute(
            update(table)
            .where(
                table.c.source == EXAMPLE_SOURCE,
                table.c.deleted_at.is_(None),
                table.c.id.not_in(kept[name]),
            )
            .values(deleted_at=stamp)
        )
    hidden = 0
    for name in WHOLE:
        table = T[name]
        visible = [table.c.source == EXAMPLE_SOURCE, table.c.deleted_at.is_(None)]
        ids = session.execute(select(table.c.id).where(*visible)).scalars().all()
        session.execute(update(table).where(*visible).values(deleted_at=stamp))
        hidden = len(ids)
    return hidden


def unhide(session: Session, stamp: datetime) -> None:
    """Take back what was hidden at `stamp`."""
    for name in (*STRUCTURE, *WHOLE):
        table = T[name]
        session.execute(
            update(table)
            .where(table.c.source == EXAMPLE_SOURCE, table.c.deleted_at == stamp)
            .values(deleted_at=None)
        )
