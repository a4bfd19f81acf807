"""What recorded handovers made: restpunten and evaluations, as the audit trail holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Engine, select

from borging.store.tables import Record

T = Record.metadata.tables
result, residual, audit = T["project_result"], T["residual_item"], T["audit_entry"]
RECORDED = "hand_over"
"""The action of the audit entry of a recorded handover."""


@dataclass(frozen=True)
class Made:
    """Ids of what a handover made. items: restpunten by what they came from; some share one."""

    items: Mapping[str, int] = field(default_factory=dict)
    evaluations: tuple[int, ...] = ()

    @property
    def item_ids(self) -> tuple[int, ...]:
        """The restpunten, each once, in the order in which they were made."""
        return tuple(dict.fromkeys(self.items.values()))


def made_by(source: Connection, which: ColumnElement[bool]) -> list[Made]:
    """Return what each recorded handover of some results made, oldest first."""
    found = source.scalars(
        select(audit.c.detail)
        .join(result, result.c.id == audit.c.entity_id)
        .where(audit.c.entity == result.name, audit.c.action == RECORDED, which)
        .order_by(audit.c.id)
    )
    details = [json.loads(detail) for detail in found]
    return [Made(each["items"], tuple(each["evaluations"])) for each in details]


def left_before(source: Engine | Connection, project_id: int) -> frozenset[str]:
    """Return what handovers of a project made a restpunt of that is still there.

    As `borging.domain.handover.key_of_question` and `key_of_action` write it.
    """
    if isinstance(source, Engine):
        with source.connect() as connection:
            return left_before(connection, project_id)
    made = made_by(source, result.c.project_id == project_id)
    ids = {item_id for each in made for item_id in each.items.values()}
    alive = select(residual.c.id).where(residual.c.id.in_(ids), residual.c.deleted_at.is_(None))
    there = set(source.scalars(alive))
    return frozenset(
        key for each in made for key, item_id in each.items.items() if item_id in there
    )
