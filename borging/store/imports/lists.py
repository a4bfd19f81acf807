"""Entries of the lists of the dossier in a file: how they are recognised, named and checked.

All of it follows from the definitions; nothing here knows a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from borging.domain.dossier import REFERENCES, Field, FieldType, ListDefinition
from borging.domain.dossier_values import checked_by_field
from borging.store.imports.items import (
    SHAPES,
    Item,
    ItemKind,
    Key,
    Lists,
    Outcome,
    Snapshot,
    Verdict,
    folded,
)

TABLES = {FieldType.PERSON: "person", FieldType.UNIT: "unit"}
"""Types that name a row of a table over all projects; a new name is added there."""
WITHIN = (FieldType.RESULT, FieldType.ITEM)
"""Types that name something of the same project, which must be there."""
FOUND = 1
"""What stands for the id of something where only its being there counts."""


def list_of(item: Item, lists: Lists) -> ListDefinition:
    """Return the list of an entry."""
    return lists.by_key[str(item.key[0])]


def names_of(item: Item, lists: Lists) -> Mapping[str, str]:
    """Return the columns of an item that hold a name: column to what is named."""
    if item.kind is not ItemKind.ENTRY:
        return SHAPES[item.kind].references
    fields = list_of(item, lists).fields
    return {each.id: TABLES.get(each.type, "") for each in fields if each.type in REFERENCES}


def words_of(asked: Field, lists: Lists) -> Mapping[str, str]:
    """Return id to word of what a field may be; empty when it is free."""
    return lists.questions.get(asked.of, {}) if asked.type == FieldType.QUESTION else asked.labels


def key_of(list_definition: ListDefinition, values: Mapping[str, Any]) -> Key:
    """Return the key of an entry, without its number among equal ones."""
    parts = (values.get(each.id) for each in list_definition.key_fields)
    return list_definition.key, *(
        part if isinstance(part, date) else folded(_as_text(part)) for part in parts
    )


def called(list_definition: ListDefinition, values: Mapping[str, Any], lists: Lists) -> str:
    """Return the name by which other entries refer to this one: its first field."""
    first = list_definition.name_field
    value = values.get(first.id)
    return words_of(first, lists).get(str(value)) or _as_text(value)


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float):
        return f"{value:.9g}".replace(".", ",")
    return "" if value is None else str(value)


@dataclass
class Called:
    """Names within a project, told apart: the first X is called X, the second X (2)."""

    numbers: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def name(self, project: str, group: str, words: str) -> str:
        """Return what the next thing of these words is called. group: a list, '' for results."""
        address = project, group, folded(words)
        self.numbers[address] += 1
        number = self.numbers[address]
        return words if number == 1 else f"{words} ({number})"


class Named:
    """What entries can name within their project: what is here, and what a file adds."""

    def __init__(self, stored: Snapshot) -> None:
        self._lists, self._called = stored.lists, Called()
        self._keys: dict[tuple[str, str, str], Key] = {}
        for kind in (ItemKind.RESULT, ItemKind.ENTRY) if stored.lists.by_key else ():
            for (project, key), row in stored.rows[kind].items():
                if not row.removed:
                    self._add(kind, project, key, row.values)

    def add(self, item: Item) -> None:
        """Note an item that the file adds."""
        if self._lists.by_key and item.kind in (ItemKind.RESULT, ItemKind.ENTRY):
            self._add(item.kind, item.project, item.key, {**item.defaults, **item.fields})

    def find(self, project: str, group: str, name: str) -> Key | None:
        """Return the key of what is called so. group: a list, '' for results."""
        return self._keys.get((project, group, folded(name)))

    def _add(self, kind: ItemKind, project: str, key: Key, values: Mapping[str, Any]) -> None:
        group, words = "", str(values.get("title") or "")
        if kind is ItemKind.ENTRY:
            group = str(key[0])
            words = called(self._lists.by_key[group], values, self._lists)
        name = self._called.name(project, group, words)
        self._keys.setdefault((project, group, folded(name)), key)


def checked_entry(outcome: Outcome, stored: Snapshot, named: Named) -> Outcome:
    """Return the outcome with what it names, or refused by the checks that the screen has too."""
    item, lists = outcome.item, stored.lists
    definition = list_of(item, lists)
    row = stored.rows[ItemKind.ENTRY].get(item.address)
    values = (row.values if row else {}) | item.fields
    links: dict[str, tuple[ItemKind, Key]] = {}
    lost: list[tuple[str, str]] = []
    known: dict[str, Collection[Any]] = {}
    for each in definition.fields:
        if each.type == FieldType.QUESTION:
            known[each.id] = words_of(each, lists)
        elif each.type in REFERENCES and values.get(each.id):
            known[each.id] = (FOUND,)
            name = str(values[each.id])
            values[each.id] = FOUND
            if each.type in WITHIN:
                kind = ItemKind.RESULT if each.type == FieldType.RESULT else ItemKind.ENTRY
                key = named.find(item.project, each.of, name)
                if key is None:
                    lost.append((each.id, _lost(each, name, lists)))
                else:
                    links[each.id] = kind, key
    _, faults = checked_by_field(definition, values, known)
    if lost or faults:
        return Outcome(item, Verdict.WRONG, outcome.stored_id, faults=(*lost, *faults))
    return replace(outcome, links=links)


def _lost(asked: Field, name: str, lists: Lists) -> str:
    what = lists.by_key[asked.of].one if asked.of else "resultaat"
    return (
        f"‘{asked.label}’ noemt ‘{name}’; bij dit project is geen {what} met die naam. Verbeter de "
        "naam, of zet het erbij"
    )
