"""Flu seasons: taking over a weekly series, and what a person enters or withdraws.

Nothing is overwritten: what differs becomes the next revision of the season.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine, func, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.flu_reference import Reference
from borging.domain.flu_seasons import (
    FluSeason,
    Origin,
    SeasonError,
    by_season,
    check_by_hand,
    check_happened,
    derive,
    missing,
)
from borging.domain.periods import Week
from borging.store.database import Write, writing
from borging.store.queries.flu import newest_in, season, weekly, weeks_in


@dataclass(frozen=True)
class Taken:
    """One season after an import. before: the revision that it follows, None when unchanged or
    first. changed: weeks with another value than before. values: the weeks it rests on.
    """

    season: FluSeason
    values: Mapping[Week, float]
    new: bool
    before: int | None = None
    changed: tuple[Week, ...] = ()

    @property
    def missing(self) -> list[Week]:
        """Weeks of the season without a value."""
        return missing(self.season.season, self.values)


@dataclass(frozen=True)
class Import:
    """The seasons of a series in order, and those left out because they have no threshold."""

    taken: tuple[Taken, ...]
    without_threshold: tuple[str, ...]


def take_series(
    engine: Engine,
    actor: Actor,
    values: Mapping[Week, float],
    source: str,
    reference: Reference,
    *,
    as_of: date,
) -> Import:
    """Derive the seasons of a weekly series and keep those that differ from what is here.

    values: ILI per 100,000; they are added to the weeks that are here and go before them.
    When nothing differs nothing is written, not even the revision of the database.
    """
    with Session(engine) as session:
        found = _compare(session, values, source, reference)
    if not any(each.new for each in found.taken):
        return found
    with writing(engine, actor) as write:
        found = _compare(write.session, values, source, reference)
        for each in found.taken:
            if each.new:
                _add_derived(write, each, as_of)
    return found


def _compare(
    session: Session, values: Mapping[Week, float], source: str, reference: Reference
) -> Import:
    here = newest_in(session)
    taken: list[Taken] = []
    without: list[str] = []
    for name, own in by_season(values).items():
        threshold = reference.thresholds.get(name)
        if threshold is None:
            without.append(name)
            continue
        stored = here.get((name, Origin.DERIVED))
        before = weeks_in(session, name) if stored else {}
        merged = dict(sorted({**before, **own}.items()))
        fresh = derive(name, merged, float(threshold.value), source, threshold.status)
        taken.append(_taken(stored, before, merged, fresh))
    return Import(tuple(taken), tuple(without))


def _taken(
    stored: FluSeason | None,
    before: Mapping[Week, float],
    merged: dict[Week, float],
    new: FluSeason,
) -> Taken:
    if stored is None:
        return Taken(new, merged, new=True)
    same = replace(new, revision=stored.revision, source=stored.source) == stored
    changed = tuple(week for week in merged if before.get(week) != merged[week])
    if same and not changed:
        return Taken(stored, merged, new=False)
    after = replace(new, revision=stored.revision + 1)
    return Taken(after, merged, new=True, before=stored.revision, changed=changed)


def _add_derived(write: Write, taken: Taken, as_of: date) -> None:
    season_id = _add(write, taken.season, as_of)
    rows = [
        {"flu_season_id": season_id, "week": str(week), "per_100k": value}
        for week, value in taken.values.items()
    ]
    write.session.execute(insert(weekly), rows)
    write.record(
        "take_flu_season",
        "flu_season",
        season_id,
        f"Griepseizoen {taken.season.season} afgeleid (revisie {taken.season.revision})",
        source=taken.season.source,
        changed=[str(week) for week in taken.changed],
    )


def _add(write: Write, version: FluSeason, as_of: date, note: str | None = None) -> int:
    row = {
        "season": version.season,
        "origin": version.origin.value,
        "revision": version.revision,
        "start_week": str(version.start) if version.start else None,
        "end_week": str(version.end) if version.end else None,
        "peak_week": str(version.peak) if version.peak else None,
        "weeks": version.weeks,
        "threshold": version.threshold,
        "threshold_status": version.status_of("threshold").value if version.threshold else None,
        "status": version.status.value,
        "source": version.source,
        "note": note,
        "recorded_on": as_of,
        "recorded_by_id": write.actor.person_id,
    }
    added = write.session.execute(insert(season).values(**row).returning(season.c.id))
    return int(added.scalar_one())


def enter_season(engine: Engine, actor: Actor, entered: FluSeason, *, as_of: date) -> FluSeason:
    """Write down a season by hand, or an official statement that the reference does not have.

    Entering it again makes a new revision. See `flu_seasons.by_hand` for making one.

    Raises:
        SeasonError: weeks that cannot be or have not been, no reason, or an origin that is not
            for people.
    """
    check_by_hand(entered)
    check_happened(entered, as_of)
    name, origin = entered.season, entered.origin
    with writing(engine, actor) as write:
        entered = replace(entered, revision=_next_revision(write.session, name, origin))
        season_id = _add(write, entered, as_of, note=entered.source)
        write.record(
            "enter_flu_season",
            "flu_season",
            season_id,
            f"Griepseizoen {name} ingevoerd: {origin.label} (revisie {entered.revision})",
            start=str(entered.start) if entered.start else None,
            end=str(entered.end) if entered.end else None,
            reason=entered.source,
        )
    return entered


def _next_revision(session: Session, name: str, origin: Origin) -> int:
    mine = (season.c.season == name, season.c.origin == origin.value)
    last = session.execute(select(func.max(season.c.revision)).where(*mine)).scalar()
    return (last or 0) + 1


def withdraw_season(
    engine: Engine, actor: Actor, name: str, origin: Origin = Origin.MANUAL
) -> None:
    """Take back what a person entered about a season; it stays readable among the revisions.

    Raises:
        SeasonError: nothing was entered, or the origin is not for people.
    """
    mine = (
        season.c.season == name,
        season.c.origin == origin.value,
        season.c.deleted_at.is_(None),
    )
    with writing(engine, actor) as write:
        ids = write.session.execute(select(season.c.id).where(*mine)).scalars().all()
        if not ids or origin is Origin.DERIVED:
            raise SeasonError(f"Van seizoen {name} is niets met de hand ingevoerd.")
        write.session.execute(update(season).where(*mine).values(deleted_at=datetime.now(UTC)))
        write.record(
            "withdraw_flu_season",
            "flu_season",
            max(ids),
            f"Griepseizoen {name} ingetrokken: {origin.label}",
        )
