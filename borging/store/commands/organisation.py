"""Choosing the care agreement, and writing down the organisation's own days off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.public_holidays import Agreements, OwnDayFields
from borging.store.commands.conflicts import last_writer
from borging.store.commands.rows import Row, RowsError
from borging.store.database import Write, writing
from borging.store.queries.organisation import AGREEMENT
from borging.store.tables import Record

T = Record.metadata.tables
setting, own_holiday = T["organisation_setting"], T["own_holiday"]
SETTING, OWN_DAY = setting.name, own_holiday.name


def choose_agreement(
    engine: Engine, actor: Actor, agreement: str, known: Agreements, seen: int | None
) -> int:
    """Choose whose public holidays are days off; return the id of the choice.

    Args:
        agreement: id of one of `known`.
        seen: version of the choice that was on the screen, None where nothing was chosen.

    Raises:
        RowsError: the agreement is not known, or somebody else chose since it was read.
    """
    if agreement not in known.by_id:
        raise RowsError(["Deze cao is niet bekend. Kies er een uit de lijst."])
    with writing(engine, actor) as write:
        row = write.session.execute(select(setting).where(setting.c.name == AGREEMENT)).first()
        here = row is not None and row.deleted_at is None
        if row is not None and (row.version if here else None) != seen:
            who = last_writer(write.session, SETTING, row.id)
            raise RowsError(
                [f"{who} heeft intussen een andere cao gekozen. Bekijk die keuze en kies opnieuw."]
            )
        after = {"name": AGREEMENT, "value": agreement}
        before = {"name": AGREEMENT, "value": row.value} if row is not None and here else None
        if before == after and row is not None:
            return int(row.id)
        if row is None:
            made = insert(setting).values(**after, version=1).returning(setting.c.id)
            setting_id: int = write.session.execute(made).scalar_one()
        else:
            setting_id = row.id
            write.session.execute(
                update(setting)
                .where(setting.c.id == setting_id)
                .values(value=agreement, deleted_at=None, version=row.version + 1)
            )
        words = f"Feestdagen: cao {known.by_id[agreement].name} gekozen."
        write.record("change", SETTING, setting_id, words, before=before, after=after)
    return setting_id


def save_own_days(engine: Engine, actor: Actor, rows: Sequence[Row]) -> list[int]:
    """Add, change and remove own days off; return the ids of what was written, in order.

    Raises:
        RowsError: a row is wrong, was changed by somebody else, or its day is there already.
    """
    with writing(engine, actor) as write:
        stored = _stored(write.session)
        wrong = _wrong(rows, stored)
        if wrong:
            raise RowsError(wrong)
        return [_write(write, row, stored.get(row.id or 0)) for row in rows]


def _stored(session: Session) -> dict[int, Any]:
    found = session.execute(select(own_holiday).where(own_holiday.c.deleted_at.is_(None)))
    return {row.id: row for row in found}


def _wrong(rows: Sequence[Row], stored: dict[int, Any]) -> list[str]:
    touched = {row.id for row in rows}
    taken: dict[date, str] = {
        row.day: row.name for key, row in stored.items() if key not in touched
    }
    said = []
    for row in rows:
        fields: OwnDayFields | None = row.fields
        wrong = fields.problems() if fields is not None else []
        if row.id is not None and row.id not in stored:
            wrong.append("iemand anders heeft deze dag intussen weggehaald")
        elif row.id is not None and stored[row.id].version != row.version:
            wrong.append("iemand anders heeft deze dag intussen gewijzigd")
        if fields is not None and fields.day is not None:
            if fields.day in taken:
                wrong.append(f"op {fields.day:%d-%m-%Y} staat al ‘{taken[fields.day]}’")
            taken[fields.day] = fields.name.strip()
        if wrong:
            said.append(f"{row.place}: {'; '.join(wrong)}.")
    return said


def _write(write: Write, row: Row, stored: Any | None) -> int:
    fields: OwnDayFields | None = row.fields
    after = None
    if fields is not None:
        after = {"name": " ".join(fields.name.split()), "day": fields.day}
    before = None if stored is None else {"name": stored.name, "day": stored.day}
    if stored is None:
        assert after is not None
        made = insert(own_holiday).values(**after, version=1).returning(own_holiday.c.id)
        day_id: int = write.session.execute(made).scalar_one()
        action, done = "add", "toegevoegd"
    else:
        day_id = stored.id
        change: dict[str, Any] = {"deleted_at": datetime.now(UTC)} if after is None else after
        write.session.execute(
            update(own_holiday)
            .where(own_holiday.c.id == day_id)
            .values(**change, version=stored.version + 1)
        )
        action, done = ("remove", "weggehaald") if after is None else ("change", "gewijzigd")
    told = after or before
    assert told is not None
    words = f"Eigen vrije dag ‘{told['name']}’ ({told['day']:%d-%m-%Y}) {done}."
    write.record(action, OWN_DAY, day_id, words, before=before, after=after)
    return day_id
