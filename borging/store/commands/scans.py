"""Scans: what every command on them shares, and recording one agreed answer.

Individual answers go through `rounds` (opening and closing), `invitations` (the ways in) and
`ballots` (answering).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Engine, Row, insert, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.instruments import Instrument
from borging.domain.rounds import next_round
from borging.domain.terms import Moment, ScanKind
from borging.store.database import Write, writing
from borging.store.tables import InstrumentRecord, Project, Record, Scan

T = Record.metadata.tables
scan, response, answer = T["scan"], T["scan_response"], T["factor_answer"]

Answers = Mapping[str, str | None]
"""Factor id to letter; None is 'weet ik niet'. Every factor of the instrument is in it."""


class ScanError(ValueError):
    """A scan cannot be recorded like this; the message says in Dutch why and what to do."""


def record_joint_answer(
    engine: Engine,
    actor: Actor,
    project_id: int,
    scanned_on: date,
    instrument: Instrument,
    answers: Answers,
    agreed_by: str,
    *,
    as_of: date,
    moment: Moment | None = None,
    publish: bool = False,
) -> int:
    """Record the one answer that a group agreed on and return the id of its round.

    Raises:
        ScanError: unknown project, a day after `as_of`, nobody who agreed, or answers that are
            incomplete or unknown.
    """
    check_answers(instrument, answers)
    names = " ".join(agreed_by.split())
    if not names:
        raise ScanError("Vul in wie dit antwoord samen hebben afgesproken.")
    if scanned_on > as_of:
        raise ScanError(
            f"{scanned_on:%d-%m-%Y} ligt in de toekomst. Kies vandaag of een eerdere dag."
        )
    with writing(engine, actor) as write:
        project = live_project(write.session, project_id)
        row = Scan(
            project_id=project_id,
            instrument_id=instrument_id(write.session, instrument),
            kind=ScanKind.JOINT.value,
            scanned_on=scanned_on,
            moment=moment.value if moment else None,
            closed_on=scanned_on,
            published_on=scanned_on if publish else None,
            next_on=next_round(scanned_on),
            recorded_by_id=actor.person_id,
            agreed_by=names,
        )
        write.session.add(row)
        write.session.flush()
        assert row.id is not None
        insert_responses(write.session, row.id, [(answers, None)])
        write.record(
            "record_joint_answer",
            "scan",
            row.id,
            f"{project.code}: gezamenlijk antwoord van {scanned_on:%d-%m-%Y} vastgelegd",
            answers=dict(answers),
            agreed_by=names,
        )
        return row.id


def check_answers(instrument: Instrument, answers: Answers) -> None:
    """Raise a ScanError unless every factor, and nothing else, has a known letter or None."""
    check_letters(instrument, answers)
    missing = [factor.name for factor in instrument.factors if factor.id not in answers]
    if missing:
        raise ScanError(
            f"Nog niet ingevuld: {', '.join(missing)}. Kies een antwoord of ‘Weet ik niet’."
        )


def check_letters(instrument: Instrument, answers: Answers) -> None:
    """Raise a ScanError for a factor or a letter that the instrument does not have."""
    known = {factor.id: factor for factor in instrument.factors}
    for factor_id, letter in answers.items():
        if factor_id not in known:
            raise ScanError(f"De factor ‘{factor_id}’ hoort niet bij de {instrument.title}.")
        if letter is not None and letter not in known[factor_id].points:
            raise ScanError(f"‘{letter}’ is geen antwoord op ‘{known[factor_id].name}’.")


def live_project(session: Session, project_id: int) -> Project:
    """Return a project that is there; ScanError when it is not."""
    project = session.get(Project, project_id)
    if project is None or project.deleted_at is not None:
        raise ScanError("Dit project bestaat niet (meer). Kies een ander project.")
    return project


def live_round(session: Session, scan_id: int) -> Row[Any]:
    """Return a round with the code of its project and its instrument; ScanError when gone."""
    project, instrument = T["project"], T["instrument"]
    found = session.execute(
        select(
            *[each for each in scan.c if each.name != "version"],
            scan.c.version.label("scan_version"),
            project.c.code,
            instrument.c.key,
            instrument.c.version,
        )
        .join(project, project.c.id == scan.c.project_id)
        .join(instrument, instrument.c.id == scan.c.instrument_id)
        .where(scan.c.id == scan_id, scan.c.deleted_at.is_(None), project.c.deleted_at.is_(None))
    ).first()
    if found is None:
        raise ScanError("Deze ronde bestaat niet (meer). Kies een andere ronde.")
    return found


def round_name(row: Row[Any]) -> str:
    """Name a round in the audit: 'P01: ronde van 18-11-2026'."""
    return f"{row.code}: ronde van {row.scanned_on:%d-%m-%Y}"


def set_round(write: Write, row: Row[Any], action: str, summary: str, **values: object) -> None:
    """Change columns of a round and record what they were and are."""
    changed = scan.update().where(scan.c.id == row.id)
    write.session.execute(changed.values(**values, version=scan.c.version + 1))
    before = {name: getattr(row, name) for name in values}
    write.record(action, "scan", row.id, summary, before=before, after=values)


def instrument_id(session: Session, instrument: Instrument) -> int:
    """Find the row of this version of the instrument, or make it."""
    table = T["instrument"]
    found = session.execute(
        select(table.c.id).where(
            table.c.key == instrument.key, table.c.version == instrument.version
        )
    ).scalar()
    if found is not None:
        return int(found)
    row = InstrumentRecord(key=instrument.key, version=instrument.version, title=instrument.title)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def insert_responses(
    session: Session, scan_id: int, everybody: list[tuple[Answers, str | None]]
) -> None:
    """Write responses in the order given; each is answers and role group."""
    if not everybody:
        return
    ids = session.execute(
        insert(response).returning(response.c.id, sort_by_parameter_order=True),
        [{"scan_id": scan_id, "role": role} for _, role in everybody],
    ).scalars()
    session.execute(
        insert(answer),
        [
            {"response_id": response_id, "factor": factor, "level": level}
            for response_id, (answers, _) in zip(ids, everybody, strict=True)
            for factor, level in answers.items()
        ],
    )
