"""Reading what an import compares a file with: the rows of the projects it may name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from borging.domain.terms import ScanKind
from borging.store.imports.items import (
    SHAPES,
    WORKBOOK_SOURCE,
    ItemKind,
    Key,
    Lists,
    Shape,
    Snapshot,
    Stored,
    Value,
    folded,
)
from borging.store.imports.snapshot_lists import read_entries
from borging.store.tables import Record

T = Record.metadata.tables
NO_ANSWER = "-"
NAMED = (("unit", "name"), ("goal", "title"), ("person", "name"), ("job_role", "name"))


@dataclass(frozen=True)
class Origin:
    """Where items come from, which decides by what a project is recognised.

    source is a profile, whose projects carry their own key, or WORKBOOK_SOURCE, whose key is
    the code of any project here. factors: the ids of the instrument, in its order. kinds: what
    the file may hold. lists: of the dossier.
    """

    source: str
    code_prefix: str
    kinds: frozenset[ItemKind]
    factors: tuple[str, ...] = ()
    lists: Lists = field(default_factory=Lists)

    @property
    def by_code(self) -> bool:
        """Say whether projects are recognised by their code."""
        return self.source == WORKBOOK_SOURCE


def take_snapshot(connection: Connection, origin: Origin) -> Snapshot:
    """Read the projects of an origin and what hangs under them, removed rows included."""
    snapshot = Snapshot(lists=origin.lists)
    words = _read_names(connection, snapshot)
    keys = _read_projects(connection, origin, snapshot, words)
    for kind in ItemKind:
        if kind not in origin.kinds or kind is ItemKind.PROJECT:
            continue
        if kind is ItemKind.RESPONSE:
            _read_responses(connection, origin, snapshot, keys)
        elif kind is ItemKind.ENTRY:
            read_entries(connection, snapshot, keys, words)
        else:
            _read_kind(connection, origin, kind, snapshot, keys, words)
    return snapshot


def _read_names(connection: Connection, snapshot: Snapshot) -> dict[str, dict[int, str]]:
    words: dict[str, dict[int, str]] = {}
    for table, column in NAMED:
        c = T[table].c
        statement = select(c.id, c[column], c.deleted_at).order_by(c.id)
        words[table] = {}
        for row_id, name, deleted_at in connection.execute(statement):
            words[table][row_id] = name
            if deleted_at is None:
                snapshot.names[table].setdefault(folded(name), row_id)
    return words


def _read_projects(
    connection: Connection,
    origin: Origin,
    snapshot: Snapshot,
    words: dict[str, dict[int, str]],
) -> dict[int, str]:
    """Fill in the projects and return the key of each project by id."""
    project = T["project"]
    statement = select(project).order_by(project.c.id)
    if not origin.by_code:
        statement = statement.where(project.c.source == origin.source)
    rows = connection.execute(statement).mappings().all()
    numbered = re.compile(rf"{re.escape(origin.code_prefix)}-(\d{{1,9}})")
    found = [numbered.fullmatch(row["code"]) for row in rows]
    snapshot.code_number = max((int(match[1]) for match in found if match), default=0)
    keys: dict[int, str] = {}
    for key, row in _keyed(rows, origin.by_code):
        stored = _stored(ItemKind.PROJECT, row, words)
        snapshot.rows[ItemKind.PROJECT][(key, ())] = stored
        keys[stored.id] = key
    if origin.by_code:
        live = Counter(row["code"] for row in rows if row["deleted_at"] is None)
        snapshot.ambiguous = {code for code, number in live.items() if number > 1}
    return keys


def _keyed(rows: Iterable[Any], by_code: bool) -> list[tuple[str, Any]]:
    """Pair rows with their key; of equal keys the last pair is the one that counts.

    By code: a live project goes before a removed one, and a code before the code that a
    project once came in with.
    """
    if not by_code:
        return [(row["external_id"], row) for row in rows if row["external_id"]]
    once = [(r["external_id"], r) for r in rows if r["source"] == WORKBOOK_SOURCE]
    removed = [(row["code"], row) for row in rows if row["deleted_at"] is not None]
    live = [(row["code"], row) for row in rows if row["deleted_at"] is None]
    winners = {key: row for key, row in (*once, *removed, *live) if key}
    return list(winners.items())


def _stored(kind: ItemKind, row: Any, words: dict[str, dict[int, str]]) -> Stored:
    shape = SHAPES[kind]
    values: dict[str, Value] = {column: row[column] for column in shape.columns}
    for column, table in shape.references.items():
        values[column] = words[table].get(row[column]) if row[column] is not None else None
    return Stored(row["id"], values, row.get("deleted_at") is not None)


def _read_kind(
    connection: Connection,
    origin: Origin,
    kind: ItemKind,
    snapshot: Snapshot,
    keys: dict[int, str],
    words: dict[str, dict[int, str]],
) -> None:
    shape = SHAPES[kind]
    table = T[shape.table]
    statement = select(table)
    removable = "deleted_at" in table.c
    if kind is ItemKind.OBSERVATION:
        statement = statement.where(table.c.source == origin.source)
    order = [table.c.deleted_at.is_not(None), table.c.id] if removable else [table.c.id]
    seen: Counter[tuple[str, Key]] = Counter()
    for row in connection.execute(statement.order_by(*order)).mappings():
        if shape.of_project and row["project_id"] not in keys:
            continue
        project = keys[row["project_id"]] if shape.of_project else ""
        key = _key(shape, row, words)
        address = (project, key)
        if shape.numbered:
            seen[address] += 1
            address = (address[0], (*key, seen[address]))
        kept = snapshot.rows[kind].get(address)
        if kept is None or kept.removed or row.get("deleted_at") is None:
            snapshot.rows[kind][address] = _stored(kind, row, words)


def _key(shape: Shape, row: Any, words: dict[str, dict[int, str]]) -> Key:
    """Return the key of a row, without its number among equal ones."""
    parts = []
    for column in shape.key:
        table = shape.references.get(column)
        part = row[column] if table is None else words[table][row[column]]
        parts.append(folded(part or "") if shape.numbered and not isinstance(part, date) else part)
    return tuple(parts)


def _read_responses(
    connection: Connection, origin: Origin, snapshot: Snapshot, keys: dict[int, str]
) -> None:
    """Read the agreed answers; those of individual rounds are not looked at."""
    scan, response, answer = T["scan"].c, T["scan_response"].c, T["factor_answer"].c
    statement = (
        select(response.id, scan.project_id, scan.scanned_on, answer.factor, answer.level)
        .join_from(T["scan_response"], T["scan"], scan.id == response.scan_id)
        .outerjoin(T["factor_answer"], answer.response_id == response.id)
        .where(scan.deleted_at.is_(None), scan.kind == ScanKind.JOINT.value)
        .order_by(response.id)
    )
    levels: defaultdict[tuple[int, int, date], dict[str, str | None]] = defaultdict(dict)
    for row_id, project_id, scanned_on, factor, level in connection.execute(statement):
        levels[row_id, project_id, scanned_on][factor] = level
    for (row_id, project_id, scanned_on), answers in levels.items():
        if project_id not in keys:
            continue
        letters = "".join(answers.get(factor) or NO_ANSWER for factor in origin.factors)
        address: tuple[str, Key] = (keys[project_id], (scanned_on, ScanKind.JOINT.value))
        snapshot.rows[ItemKind.RESPONSE][address] = Stored(row_id, {"letters": letters}, False)
