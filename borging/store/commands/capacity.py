"""Functions, their leave and what projects ask: a whole table of changes at once.

Every command is one transaction: all rows or none. Rows are refused together, each with what is
wrong with it, so that somebody can put all of them right before saving again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Table, func, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.room import RoomFields
from borging.domain.staffing import FunctionFields, LeaveFields, NeedFields
from borging.store.commands.example_left import own_what_is_edited
from borging.store.commands.rows import Row, RowsError
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
role, leave_period, need, project, room = (
    T[name] for name in ("job_role", "leave_period", "staffing_need", "project", "planning_room")
)
Fields = FunctionFields | LeaveFields | NeedFields | RoomFields


class CapacityError(RowsError):
    """Rows of the capacity cannot be saved."""


def save_functions(engine: Engine, actor: Actor, rows: Sequence[Row]) -> int:
    """Add, change and remove functions; return how many rows were written.

    Raises:
        CapacityError: a row is wrong, was changed by somebody else, or its name exists already;
            or a function that projects still ask for is removed.
    """
    with writing(engine, actor) as write:
        _refuse(
            _wrong(write.session, role, rows, lambda fields: fields.problems())
            + _double_names(write.session, rows)
            + _still_asked(write.session, rows)
        )
        written = _write(write, role, rows, {}, "Functies van de capaciteit gewijzigd")
        own_what_is_edited(write.session, written)
        return len(written)


def save_leave(engine: Engine, actor: Actor, rows: Sequence[Row]) -> int:
    """Add, change and remove leave; return how many rows were written.

    Raises:
        CapacityError: a row is wrong or was changed by somebody else.
    """
    with writing(engine, actor) as write:
        known = _functions(write.session)
        _refuse(_wrong(write.session, leave_period, rows, lambda f: f.problems(known)))
        return len(_write(write, leave_period, rows, {}, "Verlof van de capaciteit gewijzigd"))


def save_needs(engine: Engine, actor: Actor, project_id: int, rows: Sequence[Row]) -> int:
    """Add, change and remove what one project asks; return how many rows were written.

    Raises:
        CapacityError: the project is gone, or a row is wrong, of another project or was changed
            by somebody else.
    """
    with writing(engine, actor) as write:
        return len(_write_needs(write, project_id, rows, "gewijzigd"))


def fill_needs(
    engine: Engine, actor: Actor, project_id: int, needs: Sequence[NeedFields]
) -> list[int]:
    """Add the needs of a template to a project; return their ids, for `take_back_needs`.

    Raises:
        CapacityError: the project is gone, or a need is wrong.
    """
    rows = [Row(f"regel {place}", need) for place, need in enumerate(needs, start=1)]
    with writing(engine, actor) as write:
        return _write_needs(write, project_id, rows, "met een sjabloon gevuld")


def take_back_needs(engine: Engine, actor: Actor, project_id: int, ids: Collection[int]) -> int:
    """Remove those of the added rows that nobody changed since; return how many.

    Raises:
        CapacityError: the project is gone.
    """
    with writing(engine, actor) as write:
        mine = select(need.c.id, need.c.version).where(
            need.c.id.in_(list(ids)),
            need.c.project_id == project_id,
            need.c.version == 1,
            need.c.deleted_at.is_(None),
        )
        rows = [Row("", None, each.id, each.version) for each in write.session.execute(mine)]
        return len(_write_needs(write, project_id, rows, "weer zonder sjabloon"))


def _write_needs(write: Write, project_id: int, rows: Sequence[Row], done: str) -> list[int]:
    """Check and write rows of one project. done: what the audit says was done to its needs."""
    there = select(project.c.code).where(project.c.id == project_id, project.c.deleted_at.is_(None))
    code = write.session.scalar(there)
    if code is None:
        raise CapacityError(["Dit project bestaat niet meer. Kies een ander project."])
    known = _functions(write.session)
    _refuse(
        _of_another_project(write.session, project_id, rows)
        + _wrong(write.session, need, rows, lambda f: f.problems(known))
    )
    more = {"project_id": project_id}
    return _write(write, need, rows, more, f"Inzet van project {code} {done}")


def _of_another_project(session: Session, project_id: int, rows: Sequence[Row]) -> list[str]:
    places = {row.id: row.place for row in rows if row.id is not None}
    stray = select(need.c.id).where(need.c.id.in_(list(places)), need.c.project_id != project_id)
    return [
        f"{places[each]}: deze rij hoort bij een ander project." for each in session.scalars(stray)
    ]


def save_rooms(engine: Engine, actor: Actor, rows: Sequence[Row]) -> int:
    """Add, change and remove the room of projects; return how many rows were written.

    Raises:
        CapacityError: a row is wrong or was changed by somebody else, or its project has one.
    """
    with writing(engine, actor) as write:
        known = set(
            write.session.scalars(select(project.c.id).where(project.c.deleted_at.is_(None)))
        )
        _refuse(
            _wrong(write.session, room, rows, lambda fields: fields.problems(known))
            + _double_rooms(write.session, rows)
        )
        return len(_write(write, room, rows, {}, "Ruimte om te schuiven gewijzigd"))


def _refuse(sentences: Sequence[str]) -> None:
    if sentences:
        raise CapacityError(sentences)


def _functions(session: Session) -> set[int]:
    return set(session.scalars(select(role.c.id).where(role.c.deleted_at.is_(None))))


def _wrong(
    session: Session, table: Table, rows: Sequence[Row], problems: Callable[[Any], list[str]]
) -> list[str]:
    """Return a sentence for every row that is wrong or was changed by somebody else."""
    wanted = [row.id for row in rows if row.id is not None]
    stored = select(table.c.id, table.c.version).where(
        table.c.id.in_(wanted), table.c.deleted_at.is_(None)
    )
    versions = {each.id: each.version for each in session.execute(stored)}
    said = []
    for row in rows:
        wrong = problems(row.fields) if row.fields is not None else []
        if row.id is not None and row.id not in versions:
            wrong.append("iemand anders heeft deze rij intussen weggehaald")
        elif row.id is not None and versions[row.id] != row.version:
            wrong.append("iemand anders heeft deze rij intussen gewijzigd")
        if wrong:
            said.append(f"{row.place}: {'; '.join(wrong)}.")
    return said


def _double_names(session: Session, rows: Sequence[Row]) -> list[str]:
    touched: Collection[int] = {row.id for row in rows if row.id is not None}
    stored = select(role.c.id, role.c.name).where(role.c.deleted_at.is_(None))
    names = [name.casefold() for key, name in session.execute(stored) if key not in touched]
    said = []
    for row in rows:
        if not isinstance(row.fields, FunctionFields) or not row.fields.name.strip():
            continue
        name = row.fields.name.strip()
        if name.casefold() in names:
            said.append(f"{row.place}: er is al een functie ‘{name}’.")
        names.append(name.casefold())
    return said


def _double_rooms(session: Session, rows: Sequence[Row]) -> list[str]:
    touched = {row.id for row in rows if row.id is not None}
    stored = select(room.c.id, room.c.project_id).where(room.c.deleted_at.is_(None))
    taken = {project_id for key, project_id in session.execute(stored) if key not in touched}
    said = []
    for row in rows:
        if not isinstance(row.fields, RoomFields) or row.fields.project_id is None:
            continue
        if row.fields.project_id in taken:
            said.append(f"{row.place}: dit project heeft al een rij. Wijzig die.")
        taken.add(row.fields.project_id)
    return said


def _still_asked(session: Session, rows: Sequence[Row]) -> list[str]:
    removed = {row.id: row.place for row in rows if row.fields is None}
    asked = (
        select(role.c.id, role.c.name, func.count(need.c.project_id.distinct()))
        .join(need, need.c.job_role_id == role.c.id)
        .join(project, project.c.id == need.c.project_id)
        .where(
            role.c.id.in_(list(removed)),
            need.c.deleted_at.is_(None),
            project.c.deleted_at.is_(None),
        )
        .group_by(role.c.id, role.c.name)
    )
    return [
        f"{removed[key]}: {'1 project vraagt' if number == 1 else f'{number} projecten vragen'} "
        f"nog om ‘{name}’. Haal eerst die inzet weg, of zet het aantal fte op 0."
        for key, name, number in session.execute(asked)
    ]


def _write(
    write: Write, table: Table, rows: Sequence[Row], more: dict[str, Any], summary: str
) -> list[int]:
    """Write the rows of one table with one audit entry that holds all of them; return their ids."""
    written: list[dict[str, Any]] = []
    for row in rows:
        values = None if row.fields is None else more | columns_of(row.fields)
        row_id = row.id
        if row_id is None and values is not None:
            made = insert(table).values(**values, version=1).returning(table.c.id)
            row_id = write.session.execute(made).scalar_one()
        elif row_id is not None:
            change = {"deleted_at": datetime.now(UTC)} if values is None else values
            write.session.execute(
                update(table)
                .where(table.c.id == row_id)
                .values(**change, version=table.c.version + 1)
            )
        else:
            continue
        written.append({"id": row_id, "values": values})
    if written:
        write.record("save", table.name, more.get("project_id"), f"{summary}.", rows=written)
    return [int(each["id"]) for each in written]


def columns_of(fields: Fields) -> dict[str, Any]:
    """Return the fields under the names of the columns."""
    values = asdict(fields)
    if "function_id" in values:
        values["job_role_id"] = values.pop("function_id")
    if "name" in values:
        values["name"] = " ".join(values["name"].split())
    return values
