"""Writing the goals of an import: what hangs under another after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from borging.domain.goals import ORDER
from borging.domain.terms import GoalKind
from borging.store.imports.items import ItemKind, Outcome, Snapshot, folded
from borging.store.tables import Record

goal = Record.metadata.tables["goal"]
FIELDS = ("title", "kind", "parent_id", "legal_deadline")
Changes = dict[int, tuple[dict[str, Any] | None, dict[str, Any]]]


def write_goals(
    session: Session, snapshot: Snapshot, outcomes: Iterable[Outcome], source: str
) -> Changes:
    """Insert and update goals, from high to low; return by id what each was and is, low first."""
    changes: Changes = {}
    names = snapshot.names["goal"]

    def as_stored(values: dict[str, Any]) -> dict[str, Any]:
        parent = values.get("parent_id")
        known = dict.fromkeys(FIELDS) | values
        return known | {"parent_id": names.get(folded(parent)) if parent else None}

    def height(outcome: Outcome) -> int:
        row = snapshot.rows[ItemKind.GOAL].get(outcome.item.address)
        kind = outcome.item.fields.get("kind") or (row and row.values["kind"])
        return ORDER.index(GoalKind(str(kind)))

    for outcome in sorted(outcomes, key=height):
        stored = snapshot.rows[ItemKind.GOAL].get(outcome.item.address)
        before = as_stored(stored.values) if stored else None
        after = as_stored((stored.values if stored else {}) | outcome.item.fields)
        if stored is None:
            statement = insert(goal).values(**after, source=source, version=1)
            goal_id = session.execute(statement.returning(goal.c.id)).scalar_one()
            names[str(outcome.item.key[0])] = goal_id
        else:
            goal_id = stored.id
            statement_ = update(goal).where(goal.c.id == goal_id)
            session.execute(statement_.values(**after, version=goal.c.version + 1))
        changes[goal_id] = before, after
    return dict(reversed(changes.items()))
