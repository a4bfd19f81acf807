"""Confirming phases that were reckoned from a start and an end."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, select, update

from borging.access.actor import Actor
from borging.domain.terms import Phase
from borging.store.commands.rows import RowsError
from borging.store.database import writing
from borging.store.tables import Record

T = Record.metadata.tables
project, phase = T["project"], T["phase_record"]
CHANGED_PROPOSAL = (
    "De fasen zijn intussen gewijzigd; er is niets bevestigd. Kijk hoe ze nu staan en druk dan "
    "opnieuw."
)


def confirm_phases(
    engine: Engine, actor: Actor, project_id: int, seen: Mapping[int, int]
) -> list[int]:
    """Confirm the proposed phases of a project; return the ids of what was written.

    seen: id of every phase that somebody confirms, to its version when it was read.

    Raises:
        RowsError: the project is gone, or a phase is not a proposal as it was seen.
    """
    with writing(engine, actor) as write:
        code = write.session.scalar(
            select(project.c.code).where(project.c.id == project_id, project.c.deleted_at.is_(None))
        )
        rows = write.session.execute(
            select(phase.c.id, phase.c.phase, phase.c.version)
            .where(
                phase.c.project_id == project_id,
                phase.c.confirmed.is_(False),
                phase.c.deleted_at.is_(None),
            )
            .order_by(phase.c.id)
        ).all()
        if code is None or not rows or {each.id: each.version for each in rows} != dict(seen):
            raise RowsError([CHANGED_PROPOSAL])
        for each in rows:
            write.session.execute(
                update(phase)
                .where(phase.c.id == each.id)
                .values(confirmed=True, version=each.version + 1)
            )
            words = f"Fase {Phase(each.phase).label} van {code} bevestigd."
            before, after = {"confirmed": False}, {"confirmed": True}
            write.record("change", "phase_record", each.id, words, before=before, after=after)
        return [each.id for each in rows]
