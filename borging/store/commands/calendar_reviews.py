"""The yearly review of the projectenkalender: recording, correcting and withdrawing one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, RowMapping, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.calendar_review import LookedAt, ReviewFields
from borging.store.commands.conflicts import changed_since, last_writer
from borging.store.commands.people import PersonError, person_id
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
review = T["calendar_review"]
ENTITY = "calendar_review"
GONE = "Deze herziening is intussen ingetrokken. Leg haar zo nodig opnieuw vast."
LABELS = {
    "held_on": "Gehouden op",
    "chaired_by_id": "Geleid door",
    "participants": "Deden mee",
    "decisions": "Besluiten",
    "next_on": "Volgende herziening",
}


class CalendarReviewError(ValueError):
    """A review cannot be recorded; `sentences` say in Dutch why."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


class ReviewChangedError(CalendarReviewError):
    """Somebody else changed a review since it was read; version: what it is at now.

    Who writes again with this version puts his own fields on top of what is there now.
    """

    def __init__(self, sentence: str, version: int) -> None:
        super().__init__(sentence)
        self.version = version


def record_review(
    engine: Engine, actor: Actor, fields: ReviewFields, seen: LookedAt, today: date
) -> int:
    """Record a review with what lay on the table; return its id.

    Raises:
        CalendarReviewError: the fields are wrong, or there is a review of that day already.
    """
    with writing(engine, actor) as write:
        values = _checked(write, fields, today)
        values |= {
            "looked_on": seen.day,
            "looked_at_revision": write.number - 1,
            "projects": seen.projects,
            "running": seen.running,
            "handovers": seen.handovers,
        }
        row = {**values, "portfolio": _written(seen), "version": 1}
        made = insert(review).values(**row).returning(review.c.id)
        review_id: int = write.session.execute(made).scalar_one()
        said = f"Herziening van de projectenkalender van {fields.held_on:%d-%m-%Y} vastgelegd."
        write.record("record", ENTITY, review_id, said, **values)
    return review_id


def correct_review(
    engine: Engine,
    actor: Actor,
    review_id: int,
    version: int,
    fields: ReviewFields,
    today: date,
    seen: ReviewFields,
) -> None:
    """Change what was written down of a review; what lay on the table stays as it was.

    seen: the fields as they were read; only those in which `fields` differs are written.

    Raises:
        ReviewChangedError: somebody changed it meanwhile.
        CalendarReviewError: the fields are wrong, or somebody withdrew it meanwhile.
    """
    with writing(engine, actor) as write:
        before = _live(write.session, review_id)
        _refuse_changed(write.session, before, version, seen)
        mine = {name: value for name, value in vars(fields).items() if value != vars(seen)[name]}
        values = _checked(write, replace(_fields(before), **mine), today, before)
        changed = {name: value for name, value in values.items() if value != before[name]}
        if not changed:
            return
        one = update(review).where(review.c.id == review_id)
        write.session.execute(one.values(**changed, version=version + 1))
        write.record(
            "correct",
            ENTITY,
            review_id,
            f"Herziening van de projectenkalender van {fields.held_on:%d-%m-%Y} verbeterd.",
            before={name: before[name] for name in changed},
            after=changed,
        )


def withdraw_review(
    engine: Engine, actor: Actor, review_id: int, version: int, seen: ReviewFields
) -> int:
    """Withdraw a review that should not have been recorded; `restore_review` takes it back.

    Return the version that the review has from then on.

    Raises:
        ReviewChangedError: somebody changed it meanwhile.
        CalendarReviewError: somebody withdrew it meanwhile.
    """
    with writing(engine, actor) as write:
        before = _live(write.session, review_id)
        _refuse_changed(write.session, before, version, seen)
        _set_deleted(write.session, review_id, datetime.now(UTC))
        said = f"Herziening van de projectenkalender van {before['held_on']:%d-%m-%Y} ingetrokken."
        write.record("withdraw", ENTITY, review_id, said)
    return version + 1


def restore_review(engine: Engine, actor: Actor, review_id: int, version: int) -> None:
    """Take back a withdrawal; a review that is not withdrawn stays as it is.

    version: as the withdrawal left it (`withdraw_review`).

    Raises:
        ReviewChangedError: somebody restored and withdrew it again meanwhile.
        CalendarReviewError: another review of the same day was recorded meanwhile.
    """
    with writing(engine, actor) as write:
        found = select(review).where(review.c.id == review_id, review.c.deleted_at.is_not(None))
        row = write.session.execute(found).mappings().first()
        if row is None:
            return
        if row["version"] != version:
            who = last_writer(write.session, ENTITY, review_id)
            raise ReviewChangedError(
                f"Deze herziening is intussen gewijzigd door {who}. Er is niets teruggezet.",
                row["version"],
            )
        _refuse(_same_day(write.session, row["held_on"], review_id))
        _set_deleted(write.session, review_id, None)
        said = f"Herziening van de projectenkalender van {row['held_on']:%d-%m-%Y} teruggezet."
        write.record("restore", ENTITY, review_id, said)


def _set_deleted(session: Session, review_id: int, moment: datetime | None) -> None:
    one = update(review).where(review.c.id == review_id)
    session.execute(one.values(deleted_at=moment, version=review.c.version + 1))


def _live(session: Session, review_id: int) -> RowMapping:
    found = select(review).where(review.c.id == review_id, review.c.deleted_at.is_(None))
    row = session.execute(found).mappings().first()
    if row is None:
        raise CalendarReviewError(GONE)
    return row


def _refuse_changed(session: Session, now: RowMapping, version: int, seen: ReviewFields) -> None:
    if now["version"] == version:
        return
    told = changed_since(session, ENTITY, now["id"], LABELS, _columns(seen), dict(now))
    raise ReviewChangedError(f"Deze herziening is {told}", now["version"])


def _fields(row: RowMapping) -> ReviewFields:
    return ReviewFields(
        row["held_on"],
        row["chaired_by_id"],
        row["participants"],
        tuple(row["decisions"].splitlines()),
        row["next_on"],
    )


def _columns(fields: ReviewFields) -> dict[str, Any]:
    return {
        "held_on": fields.held_on,
        "chaired_by_id": fields.chaired_by_id,
        "participants": " ".join(fields.participants.split()),
        "decisions": "\n".join(fields.decisions),
        "next_on": fields.next_on,
    }


def _checked(
    write: Write, fields: ReviewFields, today: date, before: RowMapping | None = None
) -> dict[str, Any]:
    """Return the columns of a review; a new name is added to the list.

    before: the review that is being corrected; who led it may have left the list since.
    """
    wrong, chair = fields.problems(today), fields.chaired_by_id
    if before is None or chair != before["chaired_by_id"]:
        try:
            chair = person_id(write, chair)
        except PersonError as problem:
            wrong.append(f"Geleid door: {problem}")
    if fields.held_on is not None:
        wrong += _same_day(write.session, fields.held_on, before["id"] if before else None)
    _refuse(wrong)
    return _columns(replace(fields, chaired_by_id=chair))


def _same_day(session: Session, day: date, besides: int | None) -> list[str]:
    there = select(review.c.id).where(
        review.c.held_on == day,
        review.c.deleted_at.is_(None),
        review.c.id.is_distinct_from(besides),
    )
    if session.scalar(there) is None:
        return []
    return [f"Er is al een herziening van {day:%d-%m-%Y} vastgelegd. Verbeter die."]


def _refuse(sentences: Sequence[str]) -> None:
    if sentences:
        raise CalendarReviewError(*sentences)


def _written(seen: LookedAt) -> str:
    """Return the projects as compact JSON: code to state, end and theme."""
    rows = {
        code: [entry.state, entry.end.isoformat() if entry.end else None, entry.theme]
        for code, entry in sorted(seen.entries.items())
    }
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
