"""What a project hands over: a whole table of results at once, all rows or none.

That a result was handed over is recorded by `handovers.hand_over`; here its day is put right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.dossier_values import Values, checked, to_json
from borging.domain.handover import RESULT, wrong_day
from borging.store.commands.dossier import known_ids, merge, project_code, with_ids
from borging.store.commands.rows import Row, RowsError
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
result, project = T["project_result"], T["project"]
ENTITY = "project_result"
RECORD_BELOW = (
    "leg de overdracht vast onder de tabel, bij het resultaat: dan worden open vragen restpunten"
)
TAKE_BACK_FIRST = "het is overgedragen; draai eerst de overdracht terug, onder de tabel"


def save_results(
    engine: Engine, actor: Actor, project_id: int, rows: Sequence[Row], today: date
) -> list[int]:
    """Add, change and remove results; return the ids of what was written, in order.

    Args:
        rows: fields and before hold the fields of `RESULT`; only those that differ are written.
        today: the last day on which something can have been handed over.

    Raises:
        RowsError: the project is gone or a row is wrong; a row starts or takes back a handover.
        RowsChangedError: somebody else changed a result since it was read.
    """
    with writing(engine, actor) as write:
        code = project_code(write.session, project_id)
        start = write.session.scalar(select(project.c.start).where(project.c.id == project_id))
        rows = [with_ids(write, RESULT, row) for row in rows]
        stored = _stored(write.session, project_id)
        merged = merge(write.session, RESULT, rows, stored, ENTITY)
        known = known_ids(write.session, project_id, RESULT, {})
        values, wrong = {}, []
        for place, row in enumerate(rows):
            before = stored[row.id]["values"] if row.id is not None else dict[str, Any]()
            if place in merged:
                values[place], problems = checked(RESULT, merged[place], known)
                problems += _handover_problems(before, values[place], today, start)
            else:
                problems = [TAKE_BACK_FIRST] if before.get("handed_over_on") else []
            if problems:
                wrong.append(f"{row.place}: {'; '.join(problems).removesuffix('.')}.")
        if wrong:
            raise RowsError(wrong)
        return [
            _write(write, project_id, code, row, stored.get(row.id or 0), values.get(place))
            for place, row in enumerate(rows)
        ]


def _stored(session: Session, project_id: int) -> dict[int, dict[str, Any]]:
    """Return by id the version, the values and these as `merge` compares them."""
    found = session.execute(
        select(result).where(result.c.project_id == project_id, result.c.deleted_at.is_(None))
    ).mappings()
    stored = {}
    for row in found:
        values = {name: row[name] for name in RESULT.by_id}
        stored[row["id"]] = {
            "version": row["version"],
            "values": values,
            "content": to_json(values),
        }
    return stored


def _handover_problems(
    before: Mapping[str, Any], after: Values, today: date, start: date | None
) -> list[str]:
    was, day = before.get("handed_over_on"), after["handed_over_on"]
    if was is None:
        return [] if day is None else [RECORD_BELOW]
    if not isinstance(day, date):
        return [TAKE_BACK_FIRST]
    problems = []
    if day != was and (sentence := wrong_day(day, today, start)):
        problems.append(sentence)
    if before["formal_receiver_id"] is not None and after["formal_receiver_id"] is None:
        problems.append("wat is overgedragen houdt een formele ontvanger; kies wie het is")
    return problems


def _write(
    write: Write,
    project_id: int,
    code: str,
    row: Row,
    stored: Mapping[str, Any] | None,
    values: Values | None,
) -> int:
    if stored is None or row.id is None:
        assert values is not None
        new = {"project_id": project_id, **values, "version": 1}
        result_id: int = write.session.execute(
            insert(result).values(**new).returning(result.c.id)
        ).scalar_one()
        words = f"Resultaat ‘{values['title']}’ van {code} toegevoegd."
        write.record("add", ENTITY, result_id, words, before=None, after=values)
        return result_id
    before = stored["values"]
    if values == before:
        return row.id
    change = {"deleted_at": datetime.now(UTC)} if values is None else dict(values)
    write.session.execute(
        update(result).where(result.c.id == row.id).values(**change, version=stored["version"] + 1)
    )
    action, words = ("remove", "weggehaald") if values is None else ("change", "gewijzigd")
    summary = f"Resultaat ‘{before['title']}’ van {code} {words}."
    write.record(action, ENTITY, row.id, summary, before=before, after=values)
    return row.id
