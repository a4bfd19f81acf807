"""Goals in a file: what the tree refuses."""

from __future__ import annotations

from collections.abc import Iterable

from borging.domain.goals import may_hang
from borging.domain.terms import GoalKind
from borging.store.imports.items import Item, ItemKind, Key, Snapshot, Value, folded

Place = tuple[str, str]
"""Kind of a goal, and the folded name of what it hangs under, '' at the top."""


def refused_goals(items: Iterable[Item], stored: Snapshot) -> dict[Key, tuple[str, str]]:
    """Return by key the column and in Dutch why a goal cannot hang where the file hangs it.

    What is refused stays as it is here; what then no longer fits is refused with it.
    """
    rows = stored.rows[ItemKind.GOAL]
    here = {key: row.values for (_, key), row in rows.items() if not row.removed}
    gone = {key for (_, key), row in rows.items() if row.removed}
    asked = {
        item.key: here.get(item.key, {}) | item.fields
        for item in items
        if item.kind is ItemKind.GOAL and item.key not in gone
    }
    refused: dict[Key, tuple[str, str]] = {}
    while True:
        taken = {key: values for key, values in asked.items() if key not in refused}
        tree = {str(key[0]): _place(values) for key, values in (here | taken).items()}
        found = {}
        for key, values in taken.items():
            fault = _fault(tree, str(key[0]), str(values.get("parent_id") or ""))
            if fault and values != here.get(key):
                found[key] = fault
        if not found:
            return refused
        refused |= found


def _place(values: dict[str, Value]) -> Place:
    return str(values["kind"]), folded(str(values.get("parent_id") or ""))


def _fault(tree: dict[str, Place], name: str, parent: str) -> tuple[str, str] | None:
    kind, above = tree[name]
    if above and above not in tree:
        return "parent_id", f"‘{parent}’ is er niet; zet het op dit blad of verbeter de naam"
    if above and not may_hang(kind, tree[above][0]):
        label, over = GoalKind(kind).label, GoalKind(tree[above][0]).label
        return "parent_id", f"een {label} kan niet onder een {over} hangen"
    for below, under in tree.values():
        if under == name and not may_hang(below, kind):
            label, lower = GoalKind(kind).label, GoalKind(below).label
            return "kind", f"er hangt een {lower} onder; dat kan niet onder een {label}"
    return None
