"""What was done to a project and to everything under it, from the audit trail.

Of the scan only what somebody did to a round is told, and never what it held: who was invited,
and that answers came in, would tell who answered what.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select

from borging.domain.history import Entry
from borging.store.commands.undo import can_undo
from borging.store.tables import Record

T = Record.metadata.tables
audit, need = T["audit_entry"], T["staffing_need"]
SAVE = "save"
"""The action of a whole table of needs, whose entry names the project; any other names one need."""
UNDER = (
    "residual_item",
    "dossier_item",
    "project_result",
    "phase_record",
    "course_report",
    "sustain_declaration",
    "attachment",
)
"""Tables with a project_id whose entries name one row each."""
ROUND_ACTIONS = (
    "plan_round",
    "change_round",
    "open_round",
    "close_round",
    "publish_round",
    "withdraw_round",
    "record_joint_answer",
    "record_consensus",
)


def history(engine: Engine, project_id: int, most: int) -> list[Entry]:
    """Return the newest `most` entries of a project and what is under it, newest first."""
    newer, item = audit.alias("newer"), T["dossier_item"]
    last = (
        select(func.max(newer.c.id))
        .where(newer.c.entity == audit.c.entity, newer.c.entity_id == audit.c.entity_id)
        .scalar_subquery()
    )
    statement = (
        select(audit, (last == audit.c.id).label("is_last"), item.c.list_key)
        .outerjoin(item, and_(audit.c.entity == "dossier_item", item.c.id == audit.c.entity_id))
        .where(or_(*_belongs(project_id)))
        .order_by(audit.c.id.desc())
        .limit(most)
    )
    with engine.connect() as connection:
        return [_entry(dict(row)) for row in connection.execute(statement).mappings()]


def last_entries(engine: Engine, entity: str, ids: Collection[int]) -> list[int]:
    """Return of some things the id of the last entry of each."""
    statement = (
        select(func.max(audit.c.id))
        .where(audit.c.entity == entity, audit.c.entity_id.in_(ids))
        .group_by(audit.c.entity_id)
    )
    with engine.connect() as connection:
        return list(connection.scalars(statement))


def _belongs(project_id: int) -> list[ColumnElement[bool]]:
    conditions = [
        and_(audit.c.entity == "project", audit.c.entity_id == project_id),
        and_(
            audit.c.entity == "staffing_need",
            audit.c.action == SAVE,
            audit.c.entity_id == project_id,
        ),
        and_(
            audit.c.entity == "staffing_need",
            audit.c.action != SAVE,
            audit.c.entity_id.in_(select(need.c.id).where(need.c.project_id == project_id)),
        ),
    ]
    for name in UNDER:
        ids = select(T[name].c.id).where(T[name].c.project_id == project_id)
        conditions.append(and_(audit.c.entity == name, audit.c.entity_id.in_(ids)))
    rounds = select(T["scan"].c.id).where(T["scan"].c.project_id == project_id)
    conditions.append(
        and_(
            audit.c.entity == "scan",
            audit.c.action.in_(ROUND_ACTIONS),
            audit.c.entity_id.in_(rounds),
        )
    )
    return conditions


def _entry(row: dict[str, Any]) -> Entry:
    detail = json.loads(row["detail"]) if row["detail"] and row["entity"] != "scan" else {}
    told = {"before", "after"} <= detail.keys()
    return Entry(
        id=row["id"],
        at=row["at"],
        who=row["actor_name"],
        action=row["action"],
        entity=row["entity"],
        summary=row["summary"],
        list_key=row["list_key"],
        before=detail["before"] if told else None,
        after=detail["after"] if told else None,
        undoable=bool(row["is_last"]) and can_undo(row["entity"], detail),
    )
