"""Functions of the example that stay because own projects ask hours of them.

Their fte, contract hours and leave are made up. They stay marked until somebody says that the
figures are right, or takes the supply out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Engine, and_, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.store import database
from borging.store.commands.example_rows import T, still_used
from borging.store.tables import EXAMPLE_SOURCE


@dataclass(frozen=True)
class Staying:
    """What stays when the example goes. functions: name and fte of each, by name."""

    functions: tuple[tuple[str, float], ...]
    people: int
    units: int
    goals: int


def staying(engine: Engine) -> Staying:
    """Return what own projects use of the example."""
    role = T["job_role"]
    with Session(engine) as session:
        kept = still_used(session)
        marked = {
            name: session.execute(
                select(T[name].c.id).where(
                    T[name].c.source == EXAMPLE_SOURCE,
                    T[name].c.deleted_at.is_(None),
                    T[name].c.id.in_(kept[name]),
                )
            ).all()
            for name in ("person", "unit", "goal")
        }
        functions = session.execute(
            select(role.c.name, role.c.fte)
            .where(role.c.id.in_(kept["job_role"]), role.c.deleted_at.is_(None))
            .order_by(role.c.name)
        ).all()
    counts = (len(marked[name]) for name in ("person", "unit", "goal"))
    return Staying(tuple((name, fte) for name, fte in functions), *counts)


def _left() -> ColumnElement[bool]:
    """Return the rule that a function stayed behind: of the example, which itself has gone."""
    role, project = T["job_role"], T["project"]
    there = select(project.c.id).where(
        project.c.source == EXAMPLE_SOURCE, project.c.deleted_at.is_(None)
    )
    return and_(role.c.source == EXAMPLE_SOURCE, role.c.deleted_at.is_(None), ~there.exists())


def own_what_is_edited(session: Session, ids: Sequence[int]) -> None:
    """Make functions that stayed behind the organisation's own once somebody changed them."""
    role = T["job_role"]
    session.execute(update(role).where(role.c.id.in_(ids), _left()).values(source=None))


def left_functions(engine: Engine) -> list[tuple[str, float]]:
    """Return name and fte of the functions that stayed behind; none while the example is there."""
    role = T["job_role"]
    found = select(role.c.name, role.c.fte).where(_left()).order_by(role.c.name)
    with engine.connect() as connection:
        return [(name, fte) for name, fte in connection.execute(found)]


def adopt_functions(engine: Engine, actor: Actor) -> int:
    """Make the functions that stayed the organisation's own, as they are; return how many."""
    return _own(engine, actor, "als eigen cijfers overgenomen", {})


def empty_functions(engine: Engine, actor: Actor) -> int:
    """Take the made-up supply out: no fte and no leave; return how many functions.

    The functions themselves stay, because own projects ask hours of them.
    """
    return _own(engine, actor, "op 0 fte gezet, zonder verlof", {"fte": 0.0})


def _own(engine: Engine, actor: Actor, done: str, values: dict[str, float]) -> int:
    role, leave = T["job_role"], T["leave_period"]
    if not left_functions(engine):
        return 0
    with database.writing(engine, actor) as write:
        marked = select(role.c.id, role.c.name, role.c.fte).where(_left()).order_by(role.c.name)
        before = [dict(row) for row in write.session.execute(marked).mappings()]
        ids = [row["id"] for row in before]
        change = update(role).where(role.c.id.in_(ids))
        write.session.execute(change.values(**values, source=None, version=role.c.version + 1))
        if values:
            gone = update(leave).where(leave.c.job_role_id.in_(ids), leave.c.deleted_at.is_(None))
            write.session.execute(gone.values(deleted_at=datetime.now(UTC)))
        names = ", ".join(row["name"] for row in before)
        summary = f"Functies uit de voorbeelddata {done}: {names}."
        write.record("save", "job_role", None, summary, before=before)
    return len(before)
