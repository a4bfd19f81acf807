"""Reading the entries of the dossier that an import or export compares or writes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from borging.domain.dossier import REFERENCES, FieldType, ListDefinition
from borging.domain.dossier_values import from_json
from borging.store.imports.items import ItemKind, Key, Snapshot, Stored
from borging.store.imports.lists import TABLES, Called, called, key_of
from borging.store.tables import Record

T = Record.metadata.tables
Words = Mapping[str, Mapping[int, str]]


def read_entries(
    connection: Connection, snapshot: Snapshot, keys: Mapping[int, str], words: Words
) -> None:
    """Fill in the entries of every list, the results being there already.

    keys: of each project by its id. words: by table, the name of each row by its id. What an
    entry names and was removed here, reads as blank.
    """
    c = T["dossier_item"].c
    statement = select(c.id, c.project_id, c.list_key, c.content, c.deleted_at)
    rows: defaultdict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(statement.order_by(c.deleted_at.is_not(None), c.id)):
        if row.project_id in keys:
            rows[row.list_key].append(row)
    names, label = Called(), dict[str, dict[int, str]]()
    label[""] = {
        stored.id: names.name(project, "", stored.values["title"])
        for (project, _), stored in snapshot.rows[ItemKind.RESULT].items()
        if not stored.removed
    }
    for definition in snapshot.lists.by_key.values():
        label[definition.key] = here = {}
        seen: Counter[tuple[str, Key]] = Counter()
        for row in rows[definition.key]:
            project, removed = keys[row.project_id], row.deleted_at is not None
            values = _named(definition, row.content, words, label)
            address = project, key_of(definition, values)
            seen[address] += 1
            found = Stored(row.id, values, removed, row.content)
            snapshot.rows[ItemKind.ENTRY][project, (*address[1], seen[address])] = found
            if not removed:
                name = called(definition, values, snapshot.lists)
                here[row.id] = names.name(project, definition.key, name)


def _named(
    list_definition: ListDefinition, content: Mapping[str, Any], words: Words, label: Words
) -> dict[str, Any]:
    """Return the fields of an entry with names where it holds ids."""
    values: dict[str, Any] = dict(from_json(list_definition, content))
    for field in list_definition.fields:
        if field.type in REFERENCES and values[field.id] is not None:
            of = label[field.of if field.type == FieldType.ITEM else ""]
            known = words[TABLES[field.type]] if field.type in TABLES else of
            values[field.id] = known.get(values[field.id])
    return values
