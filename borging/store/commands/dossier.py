"""The lists of a dossier: saving a table of changes at once.

Every command is one transaction: all rows or none, each with its own audit entry.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.dossier import Field, FieldType, ListDefinition
from borging.domain.dossier_values import checked, from_json, to_json
from borging.store.commands.conflicts import last_writer, name_of, shown
from borging.store.commands.people import PersonError, person_id
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
item, project = T["dossier_item"], T["project"]
ENTITY = "dossier_item"
NAMED = {FieldType.PERSON: "person", FieldType.UNIT: "unit", FieldType.RESULT: "project_result"}
"""Table of what a field may name."""
Questions = Mapping[str, Collection[str]]
"""Key of a questionnaire to the ids of its questions."""


def save_items(
    engine: Engine,
    actor: Actor,
    project_id: int,
    list_definition: ListDefinition,
    rows: Sequence[Row],
    questions: Questions | None = None,
) -> list[int]:
    """Add, change and remove items of one list; return the ids of what was written, in order.

    Args:
        rows: fields and before hold field id to value. Only fields in which they differ are
            written, so that what others changed in the same item stays. A field that names a
            person may hold the name of somebody who is not in the list yet.
        questions: of the questionnaires that the list refers to.

    Raises:
        RowsError: the project is gone or a row is wrong.
        RowsChangedError: somebody else changed an item since it was read.
    """
    with writing(engine, actor) as write:
        return write_items(write, project_id, list_definition, rows, questions)


def write_items(
    write: Write,
    project_id: int,
    list_definition: ListDefinition,
    rows: Sequence[Row],
    questions: Questions | None = None,
) -> list[int]:
    """Do what `save_items` does as a part of another command."""
    code = project_code(write.session, project_id)
    rows = [with_ids(write, list_definition, row) for row in rows]
    stored = stored_items(write.session, project_id, list_definition)
    merged = merge(write.session, list_definition, rows, stored)
    known = known_ids(write.session, project_id, list_definition, questions or {})
    values, wrong = {}, []
    for place, fields in merged.items():
        values[place], problems = checked(list_definition, fields, known)
        if problems:
            wrong.append(f"{rows[place].place}: {'; '.join(problems)}.")
    if not wrong:
        wrong = _one_too_many(list_definition, rows, stored)
    if wrong:
        raise RowsError(wrong)
    contents = {place: to_json(each) for place, each in values.items()}
    return [
        _write(write, list_definition, project_id, code, row, stored, contents.get(place))
        for place, row in enumerate(rows)
    ]


def project_code(session: Session, project_id: int) -> str:
    """Return the code of a project that is there.

    Raises:
        RowsError: it is gone.
    """
    code = session.scalar(
        select(project.c.code).where(project.c.id == project_id, project.c.deleted_at.is_(None))
    )
    if code is None:
        raise RowsError(["Dit project is er niet meer. Kies een ander project."])
    return str(code)


def with_ids(write: Write, list_definition: ListDefinition, row: Row) -> Row:
    """Return a row with the id of everybody who is named; new names are added to the list."""
    if row.fields is None:
        return row
    named = {
        field.id: row.fields[field.id]
        for field in list_definition.fields
        if field.type == FieldType.PERSON and isinstance(row.fields.get(field.id), str)
    }
    try:
        ids = {name: person_id(write, who) for name, who in named.items()}
    except PersonError as problem:
        raise RowsError([f"{row.place}: {problem}"]) from problem
    return replace(row, fields=row.fields | ids) if ids else row


def stored_items(
    session: Session, project_id: int, list_definition: ListDefinition
) -> dict[int, dict[str, Any]]:
    """Return the rows of one list of a project by id, oldest first."""
    found = session.execute(
        select(item)
        .where(
            item.c.project_id == project_id,
            item.c.list_key == list_definition.key,
            item.c.deleted_at.is_(None),
        )
        .order_by(item.c.id)
    ).mappings()
    return {row["id"]: dict(row) for row in found}


def merge(
    session: Session,
    list_definition: ListDefinition,
    rows: Sequence[Row],
    stored: Mapping[int, dict[str, Any]],
    entity: str = ENTITY,
) -> dict[int, dict[str, Any]]:
    """Return by place what each row that stays comes to hold; refuse what others changed.

    stored: by id the version and the content (see `to_json`). entity: their name in the audit.

    Raises:
        RowsError: a row is gone. RowsChangedError: somebody else changed one.
    """
    gone, changed, versions, merged = [], [], {}, {}
    for place, row in enumerate(rows):
        if row.id is None:
            merged[place] = dict(row.fields or {})
            continue
        now = stored.get(row.id)
        if now is None:
            gone.append(
                f"{row.place}: iemand anders heeft deze regel intussen weggehaald. Voeg haar "
                "opnieuw toe als zij moet blijven, of kies Niet opslaan."
            )
            continue
        if now["version"] != row.version:
            changed.append(
                f"{row.place}: {what_happened(session, list_definition, row, now, entity)}"
            )
            versions[row.id] = now["version"]
        if row.fields is not None:
            mine = {
                name: value
                for name, value in row.fields.items()
                if row.before is None or value != row.before.get(name)
            }
            merged[place] = from_json(list_definition, now["content"]) | mine
    if gone:
        raise RowsError(gone)
    if changed:
        raise RowsChangedError(changed, versions)
    return merged


def known_ids(
    session: Session, project_id: int, list_definition: ListDefinition, questions: Questions
) -> dict[str, Collection[Any]]:
    """Return per field that refers to something what it may name."""
    known: dict[str, Collection[Any]] = {}
    for field in list_definition.fields:
        if field.type == FieldType.QUESTION:
            known[field.id] = questions.get(field.of, ())
        elif field.type == FieldType.ITEM:
            known[field.id] = set(
                session.scalars(
                    select(item.c.id).where(
                        item.c.project_id == project_id,
                        item.c.list_key == field.of,
                        item.c.deleted_at.is_(None),
                    )
                )
            )
        elif field.type in NAMED:
            table = T[NAMED[field.type]]
            statement = select(table.c.id).where(table.c.deleted_at.is_(None))
            if field.type == FieldType.RESULT:
                statement = statement.where(table.c.project_id == project_id)
            known[field.id] = set(session.scalars(statement))
    return known


def _one_too_many(
    list_definition: ListDefinition, rows: Sequence[Row], stored: Mapping[int, Any]
) -> list[str]:
    if not list_definition.single or all(row.id is not None for row in rows):
        return []
    removed = {row.id for row in rows if row.fields is None}
    after = len(stored.keys() - removed) + sum(row.id is None for row in rows)
    if after <= 1:
        return []
    return [
        f"Iemand anders heeft intussen al {list_definition.one} ingevuld. Kopieer wat u typte, "
        "kies Niet opslaan en vul het daar aan."
    ]


def _write(
    write: Write,
    list_definition: ListDefinition,
    project_id: int,
    code: str,
    row: Row,
    stored: Mapping[int, dict[str, Any]],
    content: dict[str, Any] | None,
) -> int:
    if row.id is None:
        new = {"project_id": project_id, "list_key": list_definition.key, "content": content}
        item_id: int = write.session.execute(
            insert(item).values(**new, version=1).returning(item.c.id)
        ).scalar_one()
        _record(write, list_definition, code, "add", "toegevoegd", item_id, None, content)
        return item_id
    before = stored[row.id]
    if content == before["content"]:
        return row.id
    values: dict[str, Any] = {"content": content}
    if content is None:
        values = {"deleted_at": datetime.now(UTC)}
    write.session.execute(
        update(item).where(item.c.id == row.id).values(**values, version=before["version"] + 1)
    )
    action, words = ("remove", "weggehaald") if content is None else ("change", "gewijzigd")
    _record(write, list_definition, code, action, words, row.id, before["content"], content)
    return row.id


def _record(
    write: Write,
    list_definition: ListDefinition,
    code: str,
    action: str,
    words: str,
    item_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    called = _called(list_definition, after or before or {})
    summary = f"Dossier van {code}, {list_definition.title.casefold()}: {called} {words}."
    write.record(action, ENTITY, item_id, summary, before=before, after=after)


def _called(list_definition: ListDefinition, content: Mapping[str, Any]) -> str:
    """Return how people know an item: by its first field when that is a text."""
    name = content.get(list_definition.name_field.id)
    if isinstance(name, str) and list_definition.name_field.type in (
        FieldType.TEXT,
        FieldType.LONG,
    ):
        return f"‘{name if len(name) <= 60 else name[:59] + '…'}’"
    return list_definition.one


def what_happened(
    session: Session,
    list_definition: ListDefinition,
    row: Row,
    now: Mapping[str, Any],
    entity: str = ENTITY,
) -> str:
    """Say who changed an item since it was read, and what is different now."""
    seen, current = row.before or {}, from_json(list_definition, now["content"])
    parts = [
        f"‘{field.label}’ is nu {_shown(session, field, current[name])} "
        f"(was {_shown(session, field, seen.get(name))})"
        for name, field in list_definition.by_id.items()
        if current[name] != seen.get(name)
    ]
    who = last_writer(session, entity, row.id)
    return f"intussen gewijzigd door {who}: {'; '.join(parts)}."


def _shown(session: Session, field: Field, value: Any) -> str:
    if value is not None and field.type in NAMED:
        return name_of(session, NAMED[field.type], value)
    return shown(value, field.labels)
