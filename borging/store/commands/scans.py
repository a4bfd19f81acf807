"""Scans: beginning a round, and giving an answer.

Nothing that is stored ties a person to an answer. A response has no name, no time and no
actor; the audit says only that an answer came in; and the responses of a round are written
anew in a random order with every answer, so that neither their ids nor their place in the
file tell which came first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import SystemRandom

from sqlalchemy import Engine, delete, insert, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.instruments import Instrument
from borging.domain.rounds import LOWEST_MINIMUM, MIN_ANSWERS, OPEN_DAYS, takes_answers
from borging.domain.terms import ScanKind
from borging.store.database import Write, writing
from borging.store.tables import InstrumentRecord, Project, Record, Scan

T = Record.metadata.tables
scan, response, answer = T["scan"], T["scan_response"], T["factor_answer"]

ANONYMOUS = Actor("anoniem")
"""In whose name an individual answer is written: never the person who gave it."""

Answers = Mapping[str, str | None]
"""Factor id to letter; None is 'weet ik niet'. Every factor of the instrument is in it."""


class ScanError(ValueError):
    """A scan cannot be recorded like this; the message says in Dutch why and what to do."""


def start_round(
    engine: Engine,
    actor: Actor,
    project_id: int,
    kind: ScanKind,
    scanned_on: date,
    definition: Instrument,
    min_answers: int = MIN_ANSWERS,
    agreed_by: str | None = None,
    *,
    as_of: date,
) -> int:
    """Begin a round without answers and return its id.

    Raises:
        ScanError: unknown project, a day after `as_of`, a minimum that is too low, a joint
            round without the people who agreed, or a second individual round on one day.
    """
    with writing(engine, actor) as write:
        return _start(
            write, project_id, kind, scanned_on, definition, min_answers, agreed_by, as_of
        )


def add_response(
    engine: Engine, scan_id: int, definition: Instrument, answers: Answers, *, as_of: date
) -> None:
    """Add the answers of one person to an individual round, without a trace of who it was.

    Raises:
        ScanError: the round does not exist, was removed, is joint, is not open on `as_of` or
            belongs to another instrument; or the answers are incomplete or unknown.
    """
    _check_answers(definition, answers)
    with writing(engine, ANONYMOUS) as write:
        _check_open(write.session, scan_id, definition, as_of)
        _add_and_shuffle(write.session, scan_id, answers)
        write.record("add_response", "scan", scan_id, "Antwoord ontvangen")


def record_joint_answer(
    engine: Engine,
    actor: Actor,
    project_id: int,
    scanned_on: date,
    definition: Instrument,
    answers: Answers,
    agreed_by: str,
    *,
    as_of: date,
) -> int:
    """Record the one answer that a group agreed on and return the id of its round.

    Raises:
        ScanError: as `start_round` and `add_response`.
    """
    _check_answers(definition, answers)
    with writing(engine, actor) as write:
        scan_id = _start(
            write,
            project_id,
            ScanKind.JOINT,
            scanned_on,
            definition,
            MIN_ANSWERS,
            agreed_by,
            as_of,
        )
        _insert(write.session, scan_id, [answers])
        write.record(
            "record_joint_answer",
            "scan",
            scan_id,
            f"Gezamenlijk antwoord van {scanned_on:%d-%m-%Y} vastgelegd",
            answers=dict(answers),
        )
        return scan_id


def _start(
    write: Write,
    project_id: int,
    kind: ScanKind,
    scanned_on: date,
    definition: Instrument,
    min_answers: int,
    agreed_by: str | None,
    as_of: date,
) -> int:
    project = write.session.get(Project, project_id)
    if project is None or project.deleted_at is not None:
        raise ScanError("Dit project bestaat niet (meer). Kies een ander project.")
    names = (agreed_by or "").strip()
    _check_round(write.session, project_id, kind, scanned_on, min_answers, names, as_of)
    row = Scan(
        project_id=project_id,
        instrument_id=_instrument_id(write.session, definition),
        kind=kind.value,
        scanned_on=scanned_on,
        min_answers=min_answers,
        recorded_by_id=write.actor.person_id,
        agreed_by=names if kind == ScanKind.JOINT else None,
    )
    write.session.add(row)
    write.session.flush()
    assert row.id is not None
    write.record(
        "start_round",
        "scan",
        row.id,
        f"{project.code}: borgingsscan van {scanned_on:%d-%m-%Y} begonnen ({kind.label})",
        project_id=project_id,
        kind=kind.value,
        scanned_on=scanned_on,
        min_answers=min_answers,
        instrument=f"{definition.key} {definition.version}",
        agreed_by=row.agreed_by,
    )
    return row.id


def _check_round(
    session: Session,
    project_id: int,
    kind: ScanKind,
    scanned_on: date,
    min_answers: int,
    agreed_by: str,
    as_of: date,
) -> None:
    day = f"{scanned_on:%d-%m-%Y}"
    if scanned_on > as_of:
        raise ScanError(f"{day} ligt in de toekomst. Kies vandaag of een eerdere dag.")
    if min_answers < LOWEST_MINIMUM:
        raise ScanError(
            f"Het minimum is {min_answers} antwoorden; het mag niet lager zijn dan "
            f"{LOWEST_MINIMUM}, anders zijn antwoorden te herleiden."
        )
    if kind == ScanKind.JOINT:
        if not agreed_by:
            raise ScanError("Vul in wie dit antwoord samen hebben afgesproken.")
        return
    taken = select(scan.c.id).where(
        scan.c.project_id == project_id,
        scan.c.kind == ScanKind.INDIVIDUAL.value,
        scan.c.scanned_on == scanned_on,
        scan.c.deleted_at.is_(None),
    )
    if session.execute(taken).first():
        raise ScanError(f"Er is al een ronde van {day}. Geef uw antwoord in die ronde.")


def _check_answers(definition: Instrument, answers: Answers) -> None:
    known = {factor.id: factor for factor in definition.factors}
    for factor_id, letter in answers.items():
        if factor_id not in known:
            raise ScanError(f"De factor ‘{factor_id}’ hoort niet bij de {definition.title}.")
        if letter is not None and letter not in known[factor_id].points:
            raise ScanError(f"‘{letter}’ is geen antwoord op ‘{known[factor_id].name}’.")
    missing = [factor.name for factor in definition.factors if factor.id not in answers]
    if missing:
        raise ScanError(
            f"Nog niet ingevuld: {', '.join(missing)}. Kies een antwoord of ‘Weet ik niet’."
        )


def _check_open(session: Session, scan_id: int, definition: Instrument, as_of: date) -> None:
    project, instrument = T["project"], T["instrument"]
    found = session.execute(
        select(scan.c.kind, scan.c.scanned_on, instrument.c.key, instrument.c.version)
        .join(project, project.c.id == scan.c.project_id)
        .join(instrument, instrument.c.id == scan.c.instrument_id)
        .where(scan.c.id == scan_id, scan.c.deleted_at.is_(None), project.c.deleted_at.is_(None))
    ).first()
    if found is None:
        raise ScanError("Deze ronde bestaat niet (meer). Kies een andere ronde.")
    if found.kind == ScanKind.JOINT:
        raise ScanError(
            "Dit is een gezamenlijk antwoord; daar komen geen losse antwoorden bij. "
            "Kies een individuele ronde."
        )
    if (found.key, found.version) != (definition.key, definition.version):
        raise ScanError("Deze ronde hoort bij een andere versie van de vragen. Begin een nieuwe.")
    if not takes_answers(found.kind, found.scanned_on, as_of):
        raise ScanError(
            f"De ronde van {found.scanned_on:%d-%m-%Y} is gesloten: antwoorden kan tot en met "
            f"{OPEN_DAYS} dagen na die dag. Begin een nieuwe ronde."
        )


def _instrument_id(session: Session, definition: Instrument) -> int:
    """Find the row of this version of the instrument, or make it."""
    table = T["instrument"]
    found = session.execute(
        select(table.c.id).where(
            table.c.key == definition.key, table.c.version == definition.version
        )
    ).scalar()
    if found is not None:
        return int(found)
    row = InstrumentRecord(key=definition.key, version=definition.version, title=definition.title)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def _add_and_shuffle(session: Session, scan_id: int, answers: Answers) -> None:
    rows = session.execute(
        select(response.c.id, answer.c.factor, answer.c.level)
        .outerjoin(answer, answer.c.response_id == response.c.id)
        .where(response.c.scan_id == scan_id)
    ).all()
    given: dict[int, dict[str, str | None]] = {row.id: {} for row in rows}
    for row in rows:
        if row.factor is not None:
            given[row.id][row.factor] = row.level
    everybody: list[Answers] = [*given.values(), answers]
    SystemRandom().shuffle(everybody)
    session.execute(delete(answer).where(answer.c.response_id.in_(list(given))))
    session.execute(delete(response).where(response.c.scan_id == scan_id))
    _insert(session, scan_id, everybody)


def _insert(session: Session, scan_id: int, everybody: list[Answers]) -> None:
    ids = session.execute(
        insert(response).returning(response.c.id, sort_by_parameter_order=True),
        [{"scan_id": scan_id} for _ in everybody],
    ).scalars()
    session.execute(
        insert(answer),
        [
            {"response_id": response_id, "factor": factor, "level": level}
            for response_id, answers in zip(ids, everybody, strict=True)
            for factor, level in answers.items()
        ],
    )
