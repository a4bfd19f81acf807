"""Rounds of other projects of one unit about the same time: the same people may answer both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, and_, or_, select

from borging.domain.rounds import REST_DAYS
from borging.domain.terms import ScanKind
from borging.store.tables import Record

T = Record.metadata.tables
project, result, scan = T["project"], T["project_result"], T["scan"]


@dataclass(frozen=True)
class NearRound:
    """A round of another project of the same unit that is open, or closed within two weeks.

    same: whether both projects have a title or a result of the same name. Asked about the same
    thing, the same people answer the same, and the difference is who was left out of one.
    """

    code: str
    title: str
    same: bool


def near_rounds(connection: Connection, project_id: int, day: date) -> tuple[NearRound, ...]:
    """Return the rounds near that of a project on `day`, in the order of their codes."""
    unit = select(project.c.unit_id).where(project.c.id == project_id).scalar_subquery()
    others = (
        select(project.c.id, project.c.code, project.c.title)
        .join(scan, scan.c.project_id == project.c.id)
        .where(
            project.c.unit_id == unit,
            project.c.id != project_id,
            project.c.deleted_at.is_(None),
            scan.c.deleted_at.is_(None),
            scan.c.kind == ScanKind.INDIVIDUAL.value,
            or_(
                and_(scan.c.opened_on.is_not(None), scan.c.closed_on.is_(None)),
                scan.c.closed_on > day - timedelta(days=REST_DAYS),
            ),
        )
        .distinct()
        .order_by(project.c.code, project.c.id)
    )
    found = connection.execute(others).all()
    if not found:
        return ()
    names = _names(connection, [project_id, *(each.id for each in found)])
    own = names[project_id]
    return tuple(NearRound(each.code, each.title, bool(own & names[each.id])) for each in found)


def _names(connection: Connection, ids: list[int]) -> dict[int, set[str]]:
    """Return by project the names of what it is about: its title and its results."""
    titles = select(project.c.id, project.c.title).where(project.c.id.in_(ids))
    results = select(result.c.project_id, result.c.title).where(
        result.c.project_id.in_(ids), result.c.deleted_at.is_(None)
    )
    names: dict[int, set[str]] = {each: set() for each in ids}
    for statement in (titles, results):
        for project_id, title in connection.execute(statement):
            names[project_id].add(" ".join(title.split()).casefold())
    return names
