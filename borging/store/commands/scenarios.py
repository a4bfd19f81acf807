"""Scenarios: saving, changing, removing; making one the plan, and taking that back.

Each command is one transaction with one audit entry; accepting and taking back add one for every
row. Accepting writes the rows it is given, as
they were shown, only where they still are what they were; taking back does so the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, Table, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.changes import AddHours, Change, read_changes, write_changes
from borging.domain.plan_rows import (
    FIELDS,
    PlanRow,
    RowKind,
    ScenarioStatus,
    Value,
    read_rows,
    write_rows,
)
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
scenario, need = T["scenario"], T["staffing_need"]
TABLES: dict[RowKind, Table] = {
    RowKind.NEED: need,
    RowKind.PHASE: T["phase_record"],
    RowKind.HANDOVER: T["project_result"],
}
NAMED = 5
"""Rows that a refusal names."""
LONGEST_NAME = 100
"""Characters of the name of a scenario."""


class ScenarioRefusedError(ValueError):
    """A scenario cannot be saved, accepted or undone; the message is a Dutch sentence."""


def save_scenario(
    engine: Engine,
    actor: Actor,
    name: str,
    changes: Sequence[Change],
    created_on: date,
    note: str = "",
) -> int:
    """Save a new scenario and return its id.

    Raises:
        ScenarioRefusedError: no name, or one that another scenario has.
        ChangeError: a change with values that cannot be.
    """
    with writing(engine, actor) as write:
        values = {
            "name": _free_name(write.session, name),
            "note": note.strip(),
            "changes": _checked(changes),
        }
        row = values | {
            "status": ScenarioStatus.DRAFT.value,
            "created_on": created_on,
            "created_by_id": actor.person_id,
            "version": 1,
        }
        new: int = write.session.execute(
            insert(scenario).values(**row).returning(scenario.c.id)
        ).scalar_one()
        write.record(
            "add",
            "scenario",
            new,
            f"Scenario ‘{values['name']}’ opgeslagen.",
            before=None,
            after=values,
        )
    return new


def change_scenario(
    engine: Engine,
    actor: Actor,
    scenario_id: int,
    version: int,
    *,
    name: str | None = None,
    note: str | None = None,
    changes: Sequence[Change] | None = None,
) -> None:
    """Change what is given of a scenario; None stays as it is.

    Raises:
        ScenarioRefusedError: it is gone, was changed by somebody else or has been accepted; no
            name, or one that another scenario has.
        ChangeError: a change with values that cannot be.
    """
    with writing(engine, actor) as write:
        row = _live(write.session, scenario_id, version)
        _not_accepted(row, "wijzigen")
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = _free_name(write.session, name, scenario_id)
        if note is not None:
            values["note"] = note.strip()
        if changes is not None:
            values["changes"] = _checked(changes)
        _update(write, row, values, "change", f"Scenario ‘{row['name']}’ gewijzigd.")


def remove_scenario(engine: Engine, actor: Actor, scenario_id: int, version: int) -> None:
    """Hide a scenario.

    Raises:
        ScenarioRefusedError: it is gone, was changed by somebody else or has been accepted.
    """
    with writing(engine, actor) as write:
        row = _live(write.session, scenario_id, version)
        _not_accepted(row, "verwijderen")
        values = {"deleted_at": datetime.now(UTC)}
        _update(write, row, values, "remove", f"Scenario ‘{row['name']}’ verwijderd.")


def accept_scenario(
    engine: Engine,
    actor: Actor,
    scenario_id: int,
    version: int,
    rows: Sequence[PlanRow],
    on: date,
) -> None:
    """Make a scenario the plan: write the rows that somebody saw and agreed to.

    Raises:
        ScenarioRefusedError: it is gone, was changed by somebody else or has been accepted; it
            counts on hours that are not there, changes nothing, or a row is no longer what it was.
    """
    with writing(engine, actor) as write:
        row = _live(write.session, scenario_id, version)
        _not_accepted(row, "overnemen")
        if any(isinstance(change, AddHours) for change in read_changes(row["changes"])):
            raise ScenarioRefusedError(
                f"‘{row['name']}’ rekent op extra uren die er nog niet zijn. Voeg ze toe bij de "
                "functies op Capaciteit en haal die wijziging hier weg; dan kan het scenario het "
                "plan worden."
            )
        if not rows:
            raise ScenarioRefusedError(f"‘{row['name']}’ verandert niets aan het plan.")
        _refuse_changed(write.session, row["name"], rows, before=True)
        written = [_write(write.session, each) for each in rows]
        for each in written:
            said = f"{each.label}: overgenomen uit scenario ‘{row['name']}’."
            _tell(write, each, said, each.before or None, each.after)
        values = {
            "status": ScenarioStatus.ACCEPTED.value,
            "accepted_on": on,
            "accepted_by_id": write.actor.person_id,
            "accepted_rows": write_rows(written),
        }
        summary = f"Scenario ‘{row['name']}’ overgenomen als plan ({_count(len(rows))})."
        _update(write, row, values, "accept", summary)


def undo_scenario(engine: Engine, actor: Actor, scenario_id: int, version: int) -> None:
    """Put back what accepting a scenario changed.

    Raises:
        ScenarioRefusedError: it is gone, was changed by somebody else or is not the plan; or a row
            that it changed was changed since.
    """
    with writing(engine, actor) as write:
        row = _live(write.session, scenario_id, version)
        if row["status"] != ScenarioStatus.ACCEPTED.value:
            raise ScenarioRefusedError(f"‘{row['name']}’ is nu niet overgenomen als plan.")
        rows = read_rows(row["accepted_rows"])
        _refuse_changed(write.session, row["name"], rows, before=False)
        for each in rows:
            _put_back(write.session, each)
            said = f"{each.label}: teruggezet, want scenario ‘{row['name']}’ is teruggedraaid."
            _tell(write, each, said, each.after, each.before or None)
        values = {"status": ScenarioStatus.UNDONE.value}
        summary = f"Scenario ‘{row['name']}’ teruggedraaid ({_count(len(rows))})."
        _update(write, row, values, "undo", summary)


def _tell(
    write: Write,
    row: PlanRow,
    said: str,
    before: Mapping[str, Value] | None,
    after: Mapping[str, Value] | None,
) -> None:
    """Add an entry to the history of the row itself, so that its project tells it too."""
    write.record("plan", TABLES[row.kind].name, row.id, said, before=before, after=after)


def _count(rows: int) -> str:
    return "1 rij" if rows == 1 else f"{rows} rijen"


def _live(session: Session, scenario_id: int, version: int) -> dict[str, Any]:
    found = (
        session.execute(
            select(scenario).where(scenario.c.id == scenario_id, scenario.c.deleted_at.is_(None))
        )
        .mappings()
        .first()
    )
    if found is None:
        raise ScenarioRefusedError("Dit scenario bestaat niet meer. Kies een ander scenario.")
    if found["version"] != version:
        raise ScenarioRefusedError(
            f"Iemand anders heeft ‘{found['name']}’ intussen gewijzigd. Hieronder staat het zoals "
            "het nu is; doe uw wijziging zo nodig opnieuw."
        )
    return dict(found)


def _not_accepted(row: Mapping[str, Any], verb: str) -> None:
    if row["status"] == ScenarioStatus.ACCEPTED.value:
        raise ScenarioRefusedError(
            f"‘{row['name']}’ is overgenomen als plan. Draai het eerst terug om het te {verb}."
        )


def _free_name(session: Session, name: str, own: int | None = None) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise ScenarioRefusedError("Geef het scenario een naam.")
    if len(tidy) > LONGEST_NAME:
        raise ScenarioRefusedError(
            f"De naam van een scenario heeft ten hoogste {LONGEST_NAME} tekens; kort hem in."
        )
    known = select(scenario.c.id, scenario.c.name).where(scenario.c.deleted_at.is_(None))
    for each in session.execute(known):
        if each.id != own and each.name.casefold() == tidy.casefold():
            raise ScenarioRefusedError(
                f"Er is al een scenario ‘{each.name}’. Kies een andere naam."
            )
    return tidy


def _checked(changes: Sequence[Change]) -> str:
    written = write_changes(changes)
    read_changes(written)
    return written


def _update(
    write: Write,
    row: Mapping[str, Any],
    values: Mapping[str, Any],
    action: str,
    summary: str,
) -> None:
    write.session.execute(
        update(scenario)
        .where(scenario.c.id == row["id"])
        .values(**values, version=row["version"] + 1)
    )
    before = {name: row[name] for name in values}
    write.record(action, "scenario", row["id"], summary, before=before, after=values)


def _stored(session: Session, kind: RowKind, row_id: int | None) -> dict[str, Any] | None:
    table = TABLES[kind]
    found = select(table).where(table.c.id == row_id, table.c.deleted_at.is_(None))
    row = session.execute(found).mappings().first()
    return None if row is None else dict(row)


def _refuse_changed(session: Session, name: str, rows: Sequence[PlanRow], *, before: bool) -> None:
    """Refuse when a row is not what it was before, or after, the scenario was accepted."""
    changed = []
    for row in rows:
        cut_off = before and row.id is None
        found = _stored(session, row.kind, row.copy_of if cut_off else row.id)
        wanted: Mapping[str, object] = {} if cut_off else (row.before if before else row.after)
        # A part that was cut off goes away: then nothing else of it may have been changed either.
        touched = not before and row.copy_of is not None and found and found["version"] != 1
        if found is None or touched or any(found[key] != wanted[key] for key in wanted):
            changed.append(row.label)
    if not changed:
        return
    more = f" en nog {len(changed) - NAMED}" if len(changed) > NAMED else ""
    since = "sinds u dit zag" if before else "sinds het overnemen"
    verb = "is niet overgenomen" if before else "is niet teruggedraaid"
    advice = (
        "Kijk na wat er nu verandert en neem het dan opnieuw over."
        if before
        else "Zet de datums van dit scenario zelf terug waar dat nog moet."
    )
    raise ScenarioRefusedError(
        f"‘{name}’ {verb}: iemand heeft {since} gewijzigd: {'; '.join(changed[:NAMED])}{more}. "
        f"{advice}"
    )


def _write(session: Session, row: PlanRow) -> PlanRow:
    """Write one row and return it with the id that a new one got."""
    table, values = TABLES[row.kind], {name: row.after[name] for name in FIELDS[row.kind.value]}
    if row.id is not None:
        _set(session, table, row.id, values)
        return row
    whole = _stored(session, row.kind, row.copy_of)
    assert whole is not None
    copied = {key: value for key, value in whole.items() if key not in ("id", "version")}
    new: int = session.execute(
        insert(table).values(**copied | values, version=1).returning(table.c.id)
    ).scalar_one()
    return replace(row, id=new)


def _put_back(session: Session, row: PlanRow) -> None:
    assert row.id is not None
    gone = {"deleted_at": datetime.now(UTC)}
    _set(session, TABLES[row.kind], row.id, gone if row.copy_of is not None else row.before)


def _set(session: Session, table: Table, row_id: int, values: Mapping[str, Any]) -> None:
    raised = {"version": table.c.version + 1} if "version" in table.c else {}
    session.execute(update(table).where(table.c.id == row_id).values(**values, **raised))
