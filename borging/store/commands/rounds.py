"""Rounds of individual answers: concept, open, closed, published.

Closing counts and empties the ballot box (see `ballots`). From then on nothing that is stored,
read together with anything else, leads from an answer back to a link or a browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, select, update

from borging.access.actor import Actor
from borging.domain.instruments import Instrument
from borging.domain.rounds import (
    MIN_ANSWERS,
    OPEN_DAYS,
    ScanRound,
    counts_by_itself,
    next_round,
)
from borging.domain.terms import Moment, ScanKind
from borging.store.commands.ballots import count_box
from borging.store.commands.clock_days import see_day
from borging.store.commands.round_checks import (
    check_alone,
    check_not_closed,
    check_plan,
    check_rest,
    check_twins,
    check_uncontested,
    seen_round,
)
from borging.store.commands.scans import (
    ScanError,
    instrument_id,
    live_project,
    live_round,
    round_name,
    scan,
    set_round,
)
from borging.store.database import Write, wipe, writing
from borging.store.tables import Scan

MONITOR = Actor("Borgingsmonitor")
"""In whose name a round is closed whose last day is over."""
ANONYMOUS = Actor("anoniem")
"""In whose name answers are counted: never the person who gave one."""


@dataclass(frozen=True)
class RoundPlan:
    """What a facilitator decides about a round.

    closes_on: last day on which it takes answers. min_answers and asks_role are fixed when the
    round opens.
    """

    moment: Moment
    closes_on: date
    min_answers: int = MIN_ANSWERS
    asks_role: bool = False


def usual_plan(as_of: date, moment: Moment = Moment.REPEAT) -> RoundPlan:
    """Return the plan of a round that opens on `as_of` when nobody says otherwise."""
    return RoundPlan(moment, as_of + timedelta(days=OPEN_DAYS))


def plan_round(
    engine: Engine,
    actor: Actor,
    project_id: int,
    instrument: Instrument,
    plan: RoundPlan,
    *,
    as_of: date,
) -> int:
    """Make a concept and return its id.

    Raises:
        ScanError: unknown project, a last day in the past, a minimum that is too low, or a
            round of this project that is not closed yet.
    """
    check_plan(plan.closes_on, plan.min_answers, as_of)
    with writing(engine, actor) as write:
        project = live_project(write.session, project_id)
        check_alone(write.session, project_id)
        row = Scan(
            project_id=project_id,
            instrument_id=instrument_id(write.session, instrument),
            kind=ScanKind.INDIVIDUAL.value,
            scanned_on=as_of,
            moment=plan.moment.value,
            closes_on=plan.closes_on,
            min_answers=plan.min_answers,
            asks_role=plan.asks_role,
            recorded_by_id=actor.person_id,
        )
        write.session.add(row)
        write.session.flush()
        assert row.id is not None
        write.record(
            "plan_round",
            "scan",
            row.id,
            f"{project.code}: ronde van de borgingsscan klaargezet",
            instrument=f"{instrument.key} {instrument.version}",
            **_values(plan),
        )
        return row.id


def change_round(
    engine: Engine, actor: Actor, seen: ScanRound, plan: RoundPlan, *, as_of: date
) -> None:
    """Change a concept, or the last day and the moment of an open round.

    Raises:
        RoundChangedError: somebody else changed the round since it was read.
        ScanError: the round is gone or closed; a plan that cannot be; or a minimum or question
            about roles that changes after opening.
    """
    check_plan(plan.closes_on, plan.min_answers, as_of)
    with writing(engine, actor) as write:
        row = seen_round(write.session, seen)
        check_not_closed(row)
        fixed = (plan.min_answers, plan.asks_role) != (row.min_answers, bool(row.asks_role))
        if row.opened_on is not None and fixed:
            raise ScanError(
                "Deze ronde is open: het minimum aantal antwoorden en de vraag naar de "
                "functiegroep staan vast. Wie al antwoordde, rekende daarop."
            )
        set_round(write, row, "change_round", f"{round_name(row)} gewijzigd", **_values(plan))


def open_round(engine: Engine, actor: Actor, seen: ScanRound, *, as_of: date) -> None:
    """Let a concept take answers from `as_of` on.

    Raises:
        RoundChangedError: somebody else changed the round since it was read.
        ScanError: the round is gone or no concept, its last day is over, or the last round of
            the project that may be shown closed less than `REST_DAYS` ago, or another project
            of its unit asks about the same (`near_rounds`).
    """
    with writing(engine, actor) as write:
        row = seen_round(write.session, seen)
        check_not_closed(row)
        if row.opened_on is not None:
            raise ScanError("Deze ronde is al open.")
        if row.closes_on < as_of:
            raise ScanError("De sluitingsdatum is voorbij. Kies eerst een latere dag.")
        check_rest(write.session, row, as_of)
        check_twins(write.session, row.project_id, as_of)
        values = {"opened_on": as_of, "scanned_on": as_of}
        name = f"{row.code}: ronde van {as_of:%d-%m-%Y}"
        set_round(write, row, "open_round", f"{name} geopend", **values)


def close_round(
    engine: Engine, actor: Actor, seen: ScanRound, *, as_of: date, next_on: date | None = None
) -> None:
    """Stop taking answers, count the ballot box and empty it; cannot be taken back.

    next_on: the day to ask again, three months later unless it is given.

    Raises:
        RoundChangedError: somebody else changed the round since it was read.
        ScanError: the round is gone, not open, or a link of it is contested.
    """
    with writing(engine, actor) as write:
        _count(write, seen_round(write.session, seen), as_of, next_on)
    wipe(engine)


def _count(write: Write, row: Row[Any], as_of: date, next_on: date | None = None) -> None:
    scan_id = row.id
    held = write.session.execute(
        update(scan)
        .where(scan.c.id == scan_id, scan.c.opened_on.is_not(None), scan.c.closed_on.is_(None))
        .values(
            closed_on=as_of,
            next_on=next_on or next_round(as_of),
            shared_hash=None,
            version=scan.c.version + 1,
        )
        .returning(scan.c.id)
    ).first()
    if held is None:
        raise ScanError("Deze ronde is niet open en kan dus niet worden gesloten.")
    check_uncontested(write.session, scan_id)
    write.record("close_round", "scan", scan_id, f"{round_name(row)} gesloten")
    if count_box(write.session, scan_id, row.min_answers) >= row.min_answers:
        write.record("add_responses", "scan", scan_id, "Antwoorden ontvangen", in_name_of=ANONYMOUS)


def close_overdue(engine: Engine, as_of: date) -> int:
    """Count every round that nobody closed in time; return how many.

    Records `as_of` as a day on which the program ran. After its last day a round takes no
    answers, but until it is counted somebody can give it a later one (`counts_by_itself`). A
    round with a contested link waits.
    """
    days = see_day(engine, as_of)
    overdue = select(scan.c.id, scan.c.closes_on).where(
        scan.c.opened_on.is_not(None),
        scan.c.closed_on.is_(None),
        scan.c.deleted_at.is_(None),
        scan.c.closes_on < as_of,
    )
    with engine.connect() as connection:
        rows = connection.execute(overdue).all()
    closed = 0
    for scan_id in [each.id for each in rows if counts_by_itself(each.closes_on, days, as_of)]:
        try:
            with writing(engine, MONITOR) as write:
                row = live_round(write.session, scan_id)
                if row.closes_on < as_of:
                    _count(write, row, as_of)
                    closed += 1
        except ScanError:
            continue  # somebody closed it meanwhile, removed its project, or contested a link
    if closed:
        wipe(engine)
    return closed


def publish_round(engine: Engine, actor: Actor, seen: ScanRound, *, as_of: date) -> None:
    """Show a closed round on the screens of the portfolio.

    Raises:
        RoundChangedError: somebody else changed the round since it was read.
        ScanError: the round is gone or not closed.
    """
    with writing(engine, actor) as write:
        row = seen_round(write.session, seen)
        if row.closed_on is None:
            raise ScanError("Sluit de ronde eerst; daarna kunt u haar vrijgeven.")
        set_round(write, row, "publish_round", f"{round_name(row)} vrijgegeven", published_on=as_of)


def withdraw_round(engine: Engine, actor: Actor, seen: ScanRound) -> None:
    """Take a published round off the screens of the portfolio; the team keeps seeing it.

    Raises:
        RoundChangedError: somebody else changed the round since it was read.
        ScanError: the round is gone.
    """
    with writing(engine, actor) as write:
        row = seen_round(write.session, seen)
        words = f"{round_name(row)} niet langer vrijgegeven"
        set_round(write, row, "withdraw_round", words, published_on=None)


def set_next_round(engine: Engine, actor: Actor, seen: ScanRound, next_on: date | None) -> None:
    """Choose the day to ask again; None: no reminder.

    Raises:
        RoundChangedError: somebody else changed the round since it was read.
        ScanError: the round is gone, or the day is not after the round.
    """
    with writing(engine, actor) as write:
        row = seen_round(write.session, seen)
        if next_on is not None and next_on <= row.scanned_on:
            raise ScanError("De volgende ronde moet na deze ronde liggen.")
        words = f"{round_name(row)}: dag van de volgende ronde gekozen"
        set_round(write, row, "set_next_round", words, next_on=next_on)


def remove_concept(engine: Engine, actor: Actor, seen: ScanRound) -> None:
    """Remove a round that was never opened.

    Raises:
        RoundChangedError: somebody else changed the round since it was read.
        ScanError: the round is gone, or was opened.
    """
    with writing(engine, actor) as write:
        row = seen_round(write.session, seen)
        if row.opened_on is not None or row.closed_on is not None:
            raise ScanError("Alleen een concept kan worden verwijderd.")
        words = f"{round_name(row)} verwijderd"
        set_round(write, row, "remove_concept", words, deleted_at=datetime.now(UTC))


def _values(plan: RoundPlan) -> dict[str, Any]:
    return {
        "moment": plan.moment.value,
        "closes_on": plan.closes_on,
        "min_answers": plan.min_answers,
        "asks_role": plan.asks_role,
    }
