"""Judging what a file says against what the store holds."""

from __future__ import annotations

import math
from collections.abc import Iterable

from borging.domain.terms import ScanKind
from borging.domain.texts import BOUNDS, SHORT, storable, too_long
from borging.store.imports.goals import refused_goals
from borging.store.imports.items import (
    COUNTS,
    SHAPES,
    FieldChange,
    Item,
    ItemKind,
    Key,
    Outcome,
    Snapshot,
    Value,
    Verdict,
    folded,
)
from borging.store.imports.lists import Named, checked_entry, names_of

NAMED_BY = {"goal": "title"}
"""Table that is named by another column than its name."""
SAME = 1e-6
"""Part of a number that is lost where it goes out as a percentage and comes back."""


def compare(items: Iterable[Item], stored: Snapshot) -> list[Outcome]:
    """Judge every item against the store, in the order of `ItemKind`."""
    ranks = {kind: rank for rank, kind in enumerate(ItemKind)}
    pages = {key: page for page, key in enumerate(stored.lists.by_key)}
    ordered = sorted(items, key=lambda item: (ranks[item.kind], _page(item, pages)))
    outcomes = []
    named = Named(stored)
    misplaced = refused_goals(ordered, stored)
    known = {project for project, _ in stored.rows[ItemKind.PROJECT]}
    functions = set(stored.names["job_role"])
    gone: set[tuple[ItemKind, str, Key]] = set()
    for item in ordered:
        outcome = _judge(item, stored, known, gone)
        if outcome.verdict in (Verdict.NEW, Verdict.CHANGED) and (faults := _too_long(item)):
            outcome = Outcome(item, Verdict.WRONG, outcome.stored_id, faults=faults)
        if item.kind is ItemKind.PROJECT and outcome.verdict is Verdict.NEW:
            known.add(item.project)
        elif item.kind is ItemKind.FUNCTION and outcome.verdict is Verdict.NEW:
            functions.add(str(item.key[0]))
        asked = SHAPES[item.kind].asks
        if asked and outcome.verdict in COUNTS and folded(str(item.fields[asked])) not in functions:
            outcome = Outcome(item, Verdict.UNKNOWN_FUNCTION)
        elif item.kind is ItemKind.GOAL and item.key in misplaced:
            outcome = Outcome(item, Verdict.WRONG, faults=(misplaced[item.key],))
        elif item.kind is ItemKind.ENTRY and outcome.verdict in (Verdict.NEW, Verdict.CHANGED):
            outcome = checked_entry(outcome, stored, named)
        if outcome.verdict is Verdict.REMOVED:
            gone.add((item.kind, *item.address))
        elif outcome.verdict is Verdict.NEW:
            named.add(item)
        outcomes.append(outcome)
    return outcomes


def _page(item: Item, pages: dict[str, int]) -> int:
    """Return the place of the list of an item: what it names within its project comes earlier."""
    return pages[str(item.key[0])] if item.kind is ItemKind.ENTRY else 0


def _too_long(item: Item) -> tuple[tuple[str, str], ...]:
    """Return the columns whose text is longer than the store holds, and in Dutch how long."""
    shape = SHAPES[item.kind]
    faults = []
    for column, value in (item.defaults | item.fields).items():
        table = shape.references.get(column)
        name = f"{table}.{NAMED_BY.get(table, 'name')}" if table else f"{shape.table}.{column}"
        label, most = BOUNDS.get(name, (column, SHORT))
        if isinstance(value, str) and len(storable(value)) > most:
            faults.append((column, too_long(label, most, len(value))))
    return tuple(faults)


def _judge(
    item: Item, stored: Snapshot, known: set[str], gone: set[tuple[ItemKind, str, Key]]
) -> Outcome:
    if item.project in stored.ambiguous:
        return Outcome(item, Verdict.AMBIGUOUS)
    if item.kind is not ItemKind.PROJECT and SHAPES[item.kind].of_project:
        if item.project not in known:
            return Outcome(item, Verdict.ORPHAN)
        project = stored.rows[ItemKind.PROJECT].get((item.project, ()))
        if project is not None and project.removed:
            return Outcome(item, Verdict.REMOVED)
    if item.kind is ItemKind.RESPONSE and (ItemKind.SCAN, item.project, item.key[:2]) in gone:
        return Outcome(item, Verdict.REMOVED)
    if item.kind is ItemKind.RESPONSE and item.key[1] != ScanKind.JOINT:
        known_round = (item.project, item.key[:2]) in stored.rows[ItemKind.SCAN]
        return Outcome(item, Verdict.SEALED if known_round else Verdict.NEW)
    row = stored.rows[item.kind].get(item.address)
    if row is None:
        return Outcome(item, Verdict.NEW)
    if row.removed:
        return Outcome(item, Verdict.REMOVED, row.id)
    references = names_of(item, stored.lists)
    changes = tuple(
        FieldChange(column, row.values.get(column), value)
        for column, value in item.fields.items()
        if not _same(column in references, row.values.get(column), value)
    )
    return Outcome(item, Verdict.CHANGED if changes else Verdict.UNCHANGED, row.id, changes)


def _same(is_name: bool, old: Value, new: Value) -> bool:
    if is_name:
        return folded(str(old or "")) == folded(str(new or ""))
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=SAME)
    return _on_one_line(old) == _on_one_line(new)


def _on_one_line(value: Value) -> Value:
    return (" ".join(value.split()) or None) if isinstance(value, str) else value
