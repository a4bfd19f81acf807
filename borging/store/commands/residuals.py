"""Restpunten: adding, changing, closing, reopening, accepting on behalf of the line.

Each command is one transaction: all items or none. Closing, reopening and accepting leave an
item that already is as asked untouched, and return the ids that did change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.project_fields import Who
from borging.domain.terms import Priority
from borging.store.commands.conflicts import last_writer
from borging.store.commands.people import PersonError, person_id
from borging.store.commands.residual_problems import (
    Conflict,
    DayBeforeCreatedError,
    EmptyTitleError,
    ItemsChangedError,
    ResidualError,
    UnknownItemError,
    UnknownPersonError,
    UnknownPriorityError,
    UnknownProjectError,
    UnownedItemError,
    written,
)
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
residual, person, project = (T[name] for name in ("residual_item", "person", "project"))
ENTITY = "residual_item"
FIELD_WORDS = {
    "title": "omschrijving",
    "owner_id": "eigenaar",
    "due": "vervaldatum",
    "priority": "prioriteit",
}


@dataclass(frozen=True)
class ItemFields:
    """What people write down of a restpunt. priority: a value of Priority.

    owner_id: also the name of somebody who is not in the list yet, for a new restpunt.
    """

    title: str
    owner_id: Who = None
    due: date | None = None
    priority: str = Priority.NORMAL.value


@dataclass(frozen=True)
class FromScan:
    """The round and the factor (id) that an action is to lift."""

    scan_id: int
    factor: str


@dataclass(frozen=True)
class ItemChange:
    """A change of one item: what somebody saw, in which version, and what he made of it.

    Only fields in which `after` differs from `before` are written.
    """

    id: int
    version: int
    before: ItemFields
    after: ItemFields


def add_item(
    engine: Engine,
    actor: Actor,
    project_id: int,
    fields: ItemFields,
    created_on: date,
    out_of: FromScan | None = None,
) -> int:
    """Add a restpunt to a project, also a closed one, and return its id.

    out_of: where it came from, when it is an action out of a scan.

    Raises:
        ResidualError: unknown project, person or priority, no title, due before `created_on`.
    """
    with writing(engine, actor) as write:
        return insert_item(write, project_id, fields, created_on, out_of)


def insert_item(
    write: Write,
    project_id: int,
    fields: ItemFields,
    created_on: date,
    out_of: FromScan | None = None,
) -> int:
    """Do what `add_item` does as a part of another command."""
    known = select(project.c.id).where(project.c.id == project_id)
    if write.session.scalar(known.where(project.c.deleted_at.is_(None))) is None:
        raise UnknownProjectError(project_id)
    if isinstance(fields.owner_id, str):
        fields = replace(fields, owner_id=_new_person(write, fields.owner_id))
    new = asdict(_checked(write.session, fields, created_on))
    row = {"project_id": project_id, "created_on": created_on, **new, "version": 1}
    row |= asdict(out_of) if out_of else {}
    item_id: int = write.session.execute(
        insert(residual).values(**row).returning(residual.c.id)
    ).scalar_one()
    words = f"Restpunt ‘{new['title']}’ toegevoegd."
    write.record("add", ENTITY, item_id, words, before=None, after=row)
    return item_id


def change_items(engine: Engine, actor: Actor, changes: Sequence[ItemChange]) -> list[int]:
    """Write changed fields and return the ids of items whose acceptance lapsed.

    The line accepted an item with its owner: another owner means that the line has not
    accepted it yet.

    Raises:
        ItemsChangedError: an item has another version than the change was based on.
        ResidualError: unknown item, person or priority, no title, due before it was created.
    """
    lapsed = []
    with writing(engine, actor) as write:
        rows = _items(write.session, [change.id for change in changes])
        conflicts = [
            Conflict(change.id, _what_happened(write.session, change, rows[change.id]))
            for change in changes
            if rows[change.id]["version"] != change.version
        ]
        if conflicts:
            raise ItemsChangedError(conflicts)
        for change in changes:
            row = rows[change.id]
            values = _changed_values(write.session, change, row)
            if "owner_id" in values and row["accepted_by_id"] is not None:
                values |= {"accepted_by_id": None, "accepted_on": None}
                lapsed.append(change.id)
            _update(write, row, values, "change", f"Restpunt ‘{row['title']}’ gewijzigd.")
    return lapsed


def close_items(engine: Engine, actor: Actor, seen: Mapping[int, int], on: date) -> list[int]:
    """Close items; `on` is the first day on which they are no longer open.

    Raises:
        ItemsChangedError: somebody changed one of the items since.
        ResidualError: unknown item, or a day before it was created.
    """
    with writing(engine, actor) as write:
        rows = [row for row in _items(write.session, seen).values() if row["closed_on"] is None]
        _refuse_changed(write.session, rows, seen)
        for row in rows:
            _not_before_created("De sluitingsdatum", on, row)
            _update(write, row, {"closed_on": on}, "close", f"Restpunt ‘{row['title']}’ gesloten.")
    return [row["id"] for row in rows]


def reopen_items(engine: Engine, actor: Actor, seen: Mapping[int, int]) -> list[int]:
    """Open closed items again, with their owner and acceptance as they were.

    Raises:
        ItemsChangedError: somebody changed one of the items since.
        ResidualError: unknown item.
    """
    with writing(engine, actor) as write:
        rows = [row for row in _items(write.session, seen).values() if row["closed_on"] is not None]
        _refuse_changed(write.session, rows, seen)
        for row in rows:
            summary = f"Restpunt ‘{row['title']}’ heropend."
            _update(write, row, {"closed_on": None}, "reopen", summary)
    return [row["id"] for row in rows]


def accept_for_line(
    engine: Engine, actor: Actor, seen: Mapping[int, int], person_id: int, on: date
) -> list[int]:
    """Record that `person_id` accepted items on behalf of the line: they are 'belegd'.

    Raises:
        ItemsChangedError: somebody changed one of the items since.
        UnownedItemError: an item has no owner yet.
        ResidualError: unknown item or person, or a day before the item was created.
    """
    with writing(engine, actor) as write:
        name = _person(write.session, person_id)
        rows = [
            row for row in _items(write.session, seen).values() if row["accepted_by_id"] is None
        ]
        _refuse_changed(write.session, rows, seen)
        if unowned := [row["title"] for row in rows if row["owner_id"] is None]:
            raise UnownedItemError(unowned)
        for row in rows:
            _not_before_created("De dag van aanvaarding", on, row)
            values = {"accepted_by_id": person_id, "accepted_on": on}
            summary = f"Restpunt ‘{row['title']}’ namens de lijn aanvaard door {name}."
            _update(write, row, values, "accept", summary)
    return [row["id"] for row in rows]


def _refuse_changed(
    session: Session, rows: Sequence[dict[str, Any]], seen: Mapping[int, int]
) -> None:
    """Refuse what somebody changed since it was read; seen: version by id.

    An item that already is as asked never comes here: nothing of it is overwritten.
    """
    conflicts = [
        Conflict(
            row["id"],
            f"‘{row['title']}’ is intussen gewijzigd door {last_writer(session, ENTITY, row['id'])}"
            f": {_now(session, row)}.",
        )
        for row in rows
        if row["version"] != seen[row["id"]]
    ]
    if conflicts:
        raise ItemsChangedError(conflicts)


def _now(session: Session, row: dict[str, Any]) -> str:
    return "; ".join(
        f"{words} is nu {_shown(session, name, row[name])}"
        for name, words in FIELD_WORDS.items()
        if name != "title"
    )


def _items(session: Session, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    found = session.execute(
        select(residual).where(residual.c.id.in_(ids), residual.c.deleted_at.is_(None))
    ).mappings()
    rows = {row["id"]: dict(row) for row in found}
    for item_id in ids:
        if item_id not in rows:
            raise UnknownItemError(item_id)
    return rows


def _new_person(write: Write, name: str) -> int | None:
    try:
        return person_id(write, name)
    except PersonError as problem:
        raise ResidualError(str(problem)) from problem


def _person(session: Session, person_id: int) -> str:
    name = session.scalar(
        select(person.c.name).where(person.c.id == person_id, person.c.deleted_at.is_(None))
    )
    if name is None:
        raise UnknownPersonError(person_id)
    return str(name)


def _checked(session: Session, fields: ItemFields, created: date) -> ItemFields:
    """Return the fields with a tidy title; every field is checked."""
    title = " ".join(fields.title.split())
    if not title:
        raise EmptyTitleError
    if isinstance(fields.owner_id, int):
        _person(session, fields.owner_id)
    if fields.priority not in {term.value for term in Priority}:
        raise UnknownPriorityError(fields.priority)
    if fields.due is not None and fields.due < created:
        raise DayBeforeCreatedError("De vervaldatum", fields.due, title, created)
    return ItemFields(title, fields.owner_id, fields.due, fields.priority)


def _changed_values(session: Session, change: ItemChange, row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns to write; what was stored before and is left alone is not checked."""
    before, after = asdict(change.before), asdict(change.after)
    mine = {name: value for name, value in after.items() if value != before[name]}
    checked = ItemFields(
        title=mine.get("title", row["title"]),
        owner_id=mine.get("owner_id"),
        due=mine.get("due"),
        priority=mine.get("priority", row["priority"]),
    )
    tidy = asdict(_checked(session, checked, row["created_on"]))
    return {name: tidy[name] for name in mine if tidy[name] != row[name]}


def _update(
    write: Write, row: dict[str, Any], values: dict[str, Any], action: str, summary: str
) -> None:
    if not values:
        return
    write.session.execute(
        update(residual)
        .where(residual.c.id == row["id"])
        .values(**values, version=row["version"] + 1)
    )
    before = {name: row[name] for name in values}
    write.record(action, ENTITY, row["id"], summary, before=before, after=values)


def _what_happened(session: Session, change: ItemChange, row: dict[str, Any]) -> str:
    """Say who changed an item since it was read, and what is different now."""
    who = last_writer(session, ENTITY, row["id"])
    seen = asdict(change.before)
    parts = [
        f"{words} is nu {_shown(session, name, row[name])}"
        f" (was {_shown(session, name, seen[name])})"
        for name, words in FIELD_WORDS.items()
        if row[name] != seen[name]
    ]
    if row["closed_on"] is not None:
        parts.append(f"het is gesloten op {written(row['closed_on'])}")
    details = f": {'; '.join(parts)}" if parts else ""
    return f"‘{change.before.title}’ is intussen gewijzigd door {who}{details}."


def _shown(session: Session, field: str, value: Any) -> str:
    if value is None:
        return "leeg"
    if field == "owner_id":
        return str(session.scalar(select(person.c.name).where(person.c.id == value)) or "onbekend")
    if field == "priority":
        return Priority(value).label
    return written(value) if isinstance(value, date) else f"‘{value}’"


def _not_before_created(what: str, day: date, row: dict[str, Any]) -> None:
    if day < row["created_on"]:
        raise DayBeforeCreatedError(what, day, row["title"], row["created_on"])
