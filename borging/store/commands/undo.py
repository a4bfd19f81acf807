"""Undoing the last change of something, from what the history holds of it.

Undoing is a change itself: who undoes twice has it back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, Engine, Table, func, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.store.commands.conflicts import last_writer
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
audit = T["audit_entry"]
HOLDS_FIELDS = "content"
"""Column of an item of a dossier with all its fields; of other things each is a column."""
UNDOABLE = (
    "dossier_item",
    "project",
    "phase_record",
    "project_result",
    "course_report",
    "sustain_declaration",
    "residual_item",
    "attachment",
    "organisation_setting",
    "own_holiday",
)
UNDONE = "Teruggedraaid: "


class CannotUndoError(ValueError):
    """A change cannot be undone; the message says in Dutch why."""


def can_undo(entity: str, detail: Mapping[str, Any] | None) -> bool:
    """Say whether the history holds enough of a change to undo it, when it is the last one.

    detail: as it is recorded. A project that was added stays: everything hangs under it.
    """
    if entity not in UNDOABLE or detail is None or not {"before", "after"} <= detail.keys():
        return False
    return entity != "project" or (detail["before"] is not None and detail["after"] is not None)


def undo(engine: Engine, actor: Actor, entry_ids: Collection[int]) -> str:
    """Undo some entries of the history, all or none; return what was done, in Dutch.

    Raises:
        CannotUndoError: one of them is not the last change of its thing, or cannot be undone; or
            what it changed is different by now.
    """
    with writing(engine, actor) as write:
        said = [_undo(write, entry_id) for entry_id in sorted(entry_ids, reverse=True)]
    if not said:
        raise CannotUndoError("Er is geen wijziging om terug te draaien.")
    return said[0] if len(said) == 1 else f"{len(said)} wijzigingen teruggedraaid."


def _undo(write: Write, entry_id: int) -> str:
    entry = write.session.execute(select(audit).where(audit.c.id == entry_id)).mappings().first()
    detail = json.loads(entry["detail"]) if entry and entry["detail"] else None
    if entry is None or not can_undo(entry["entity"], detail):
        raise CannotUndoError("Deze wijziging kan niet worden teruggedraaid.")
    entity, entity_id = entry["entity"], entry["entity_id"]
    newest = write.session.scalar(
        select(func.max(audit.c.id)).where(audit.c.entity == entity, audit.c.entity_id == entity_id)
    )
    if newest != entry_id:
        who = last_writer(write.session, entity, entity_id)
        raise CannotUndoError(
            f"Daarna is er nog iets aan gewijzigd, door {who}. Bekijk eerst de geschiedenis; "
            "er is niets teruggedraaid."
        )
    assert detail is not None
    if not _still_is(write.session, T[entity], entity_id, detail["after"]):
        raise CannotUndoError(
            "Wat hier is gewijzigd, is daarna op een andere manier veranderd. Er is niets "
            "teruggedraaid; wijzig het met de hand."
        )
    _refuse_gone(write.session, T[entity], detail["before"], detail["after"])
    _put_back(write, T[entity], entity_id, detail["before"])
    words = entry["summary"].removeprefix(UNDONE)
    words = words if entry["action"] == "undo" else f"{UNDONE}{words}"
    write.record(
        "undo" if entry["action"] != "undo" else "redo",
        entity,
        entity_id,
        words,
        before=detail["after"],
        after=detail["before"],
    )
    return str(words)


def _still_is(session: Session, table: Table, row_id: int, after: Mapping[str, Any] | None) -> bool:
    """Say whether a row still is what a change made of it: other writes may have touched it."""
    row = session.execute(select(table).where(table.c.id == row_id)).mappings().first()
    gone = row is None or row["deleted_at"] is not None
    if row is None or after is None or gone:
        return (after is None) == gone
    if HOLDS_FIELDS in table.c:
        return bool(row[HOLDS_FIELDS] == after)
    return all(
        row[name] == _value(table, name, value)
        for name, value in after.items()
        if name != "version"
    )


def _refuse_gone(
    session: Session,
    table: Table,
    back: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
) -> None:
    """Refuse to refer again to something that was taken away since."""
    if back is None or now is None or HOLDS_FIELDS in table.c:
        return
    for name, value in back.items():
        if value is None or value == now.get(name):
            continue
        for key in table.c[name].foreign_keys:
            there = key.column.table
            alive = select(there.c.id).where(there.c.id == value, there.c.deleted_at.is_(None))
            if session.scalar(alive) is None:
                raise CannotUndoError(
                    "Wat hier eerst stond, is er niet meer. Er is niets teruggedraaid; wijzig het "
                    "met de hand."
                )


def _put_back(write: Write, table: Table, row_id: int, back: Mapping[str, Any] | None) -> None:
    values: dict[str, Any] = {"deleted_at": None if back is not None else datetime.now(UTC)}
    if back is not None and HOLDS_FIELDS in table.c:
        values[HOLDS_FIELDS] = back
    elif back is not None:
        values |= {name: _value(table, name, value) for name, value in back.items()}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    write.session.execute(update(table).where(table.c.id == row_id).values(**values))


def _value(table: Table, name: str, value: Any) -> Any:
    if value is not None and isinstance(table.c[name].type, Date):
        return date.fromisoformat(value)
    return value
