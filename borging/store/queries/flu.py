"""Flu seasons: the version that counts per origin, older ones, and the weeks they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, select
from sqlmodel import Session

from borging.domain.flu_reference import Reference
from borging.domain.flu_seasons import FluSeason, NumberStatus, Origin
from borging.domain.periods import Week
from borging.store.tables import Record

T = Record.metadata.tables
season, weekly = T["flu_season"], T["flu_week"]


def newest(engine: Engine) -> list[FluSeason]:
    """Return the newest revision of every season by every origin, oldest season first."""
    with Session(engine) as session:
        return list(newest_in(session).values())


def newest_in(session: Session) -> dict[tuple[str, Origin], FluSeason]:
    """Return what `newest` does, by season and origin, inside a session."""
    rows = _read(session, season.c.deleted_at.is_(None))
    return {(each.season, each.origin): each for each in rows}


def revisions(engine: Engine, name: str) -> list[FluSeason]:
    """Return every revision of one season, removed ones too, per origin from old to new."""
    with Session(engine) as session:
        return list(_read(session, season.c.season == name))


def weeks(engine: Engine, name: str, revision: int | None = None) -> dict[Week, float]:
    """Return ILI per 100,000 of a derived season in a revision, the newest by default."""
    with Session(engine) as session:
        return weeks_in(session, name, revision)


def weeks_in(session: Session, name: str, revision: int | None = None) -> dict[Week, float]:
    """Return what `weeks` does, inside a session."""
    mine = (season.c.season == name, season.c.origin == Origin.DERIVED.value)
    if revision is None:
        revision = session.execute(
            select(season.c.revision).where(*mine).order_by(season.c.revision.desc()).limit(1)
        ).scalar()
    found = session.execute(
        select(weekly.c.week, weekly.c.per_100k)
        .join(season, season.c.id == weekly.c.flu_season_id)
        .where(*mine, season.c.revision == revision)
        .order_by(weekly.c.week)
    )
    return {Week.parse(week): value for week, value in found}


def intensities(engine: Engine) -> dict[str, float]:
    """Return peak ÷ threshold of every season that was read, in its newest revision."""
    found = (
        select(season.c.season, func.max(weekly.c.per_100k) / season.c.threshold)
        .join(weekly, weekly.c.flu_season_id == season.c.id)
        .where(season.c.origin == Origin.DERIVED.value, season.c.deleted_at.is_(None))
        .group_by(season.c.id, season.c.season, season.c.revision, season.c.threshold)
        .order_by(season.c.revision)
    )
    with Session(engine) as session:
        return {name: value for name, value in session.execute(found) if value is not None}


def versions(engine: Engine | None, reference: Reference) -> dict[str, list[FluSeason]]:
    """Return every season with its versions: what is here goes before the reference.

    Derived and official ones come from the reference as long as nothing was read or recorded;
    hand them to `choose` to get the one that planning uses. engine: None where there is no
    database yet.
    """
    here = newest(engine) if engine else []
    known = [*reference.derived.values(), *reference.official.values(), *here]
    found: dict[str, dict[Origin, FluSeason]] = {}
    for each in known:
        found.setdefault(each.season, {})[each.origin] = each
    return {name: list(found[name].values()) for name in sorted(found)}


def _read(session: Session, *conditions: ColumnElement[bool]) -> Iterable[FluSeason]:
    statement = (
        select(season)
        .where(*conditions)
        .order_by(season.c.season, season.c.origin, season.c.revision)
    )
    return (_version(row) for row in session.execute(statement))


def _version(row: Any) -> FluSeason:
    def week(text: str | None) -> Week | None:
        return Week.parse(text) if text else None

    firm = row.threshold_status
    return FluSeason(
        season=row.season,
        origin=Origin(row.origin),
        start=week(row.start_week),
        end=week(row.end_week),
        peak=week(row.peak_week),
        threshold=row.threshold,
        weeks=row.weeks,
        status=NumberStatus(row.status),
        source=row.source,
        revision=row.revision,
        statuses={"threshold": NumberStatus(firm)} if firm else {},
    )
