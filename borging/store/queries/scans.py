"""Scans, aggregated. Here the minimum number of answers is enforced.

An individual scan with fewer responses than its minimum looks as if nobody answered, and a
factor with fewer answers than the minimum looks as if nobody answered that factor. Nothing
below it leaves this module or `discussion`, the two that read answers. Figures that say more than
the counts do leave it only as `borging.domain.publication` allows, rounded as they are shown. A
joint scan holds one agreed answer and has no minimum. A round that is not closed has no responses
at all: what came in lies in the ballot box, which no query reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    ScalarSelect,
    case,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.sql.selectable import Subquery

from borging.domain.instruments import Instrument
from borging.domain.publication import publication
from borging.domain.rounds import ScanRound as ScanRound
from borging.domain.rounds import round_state
from borging.domain.scan_standing import RoundHead, ScanStanding, scan_standing
from borging.domain.scoring import ScanScore, counted, score
from borging.domain.terms import Moment, ScanKind
from borging.store.queries.frames import frame
from borging.store.tables import Record

T = Record.metadata.tables
project, scan, instruments = T["project"], T["scan"], T["instrument"]
response, answer, person = T["scan_response"], T["factor_answer"], T["person"]
invitation = T["scan_invitation"]


def newest_scans(engine: Engine, instrument: Instrument, as_of: date) -> pd.DataFrame:
    """The newest readable published scan of each project; one row is one project and factor.

    Columns: project_id, scan_id, scanned_on, kind, responses, factor, n and one column per
    letter with the number of answers (0 when none; n is 0 when the factor has too few).
    On one day an agreed answer does not take the place of individual answers.
    Projects without a readable scan have no rows.
    """
    sizes = readable(instrument.key, scan.c.published_on <= as_of)
    place = func.row_number().over(
        partition_by=sizes.c.project_id,
        order_by=[
            sizes.c.scanned_on.desc(),
            case((sizes.c.kind == ScanKind.JOINT.value, 1), else_=0),
            sizes.c.scan_id.desc(),
        ],
    )
    ranked = select(sizes, place.label("place")).subquery()
    letters = [level.letter for level in instrument.factors[0].levels]
    counted = (
        select(
            ranked.c.project_id,
            ranked.c.scan_id,
            ranked.c.scanned_on,
            ranked.c.kind,
            ranked.c.min_answers,
            ranked.c.responses,
            answer.c.factor,
            func.count(answer.c.level).label("n"),
            *[
                func.sum(case((answer.c.level == letter, 1), else_=0)).label(letter)
                for letter in letters
            ],
        )
        .join(response, response.c.scan_id == ranked.c.scan_id)
        .join(answer, answer.c.response_id == response.c.id)
        .where(ranked.c.place == 1)
        .group_by(*[c for c in ranked.c if c.name != "place"], answer.c.factor)
        .subquery()
    )
    enough = or_(counted.c.kind == ScanKind.JOINT.value, counted.c.n >= counted.c.min_answers)
    shown = [case((enough, counted.c[name]), else_=0).label(name) for name in ("n", *letters)]
    keep = ["project_id", "scan_id", "scanned_on", "kind", "responses", "factor"]
    return frame(
        engine,
        select(*[counted.c[name] for name in keep], *shown).order_by(
            counted.c.project_id, counted.c.factor
        ),
    )


def rounds(engine: Engine, instrument: Instrument, project_id: int, as_of: date) -> list[ScanRound]:
    """Return the rounds of one project up to and including `as_of`, oldest first.

    Concepts and open rounds are among them, without a score.
    """
    return rounds_of(engine, instrument, [project_id], as_of, deviations=True)[project_id]


def rounds_of(
    engine: Engine,
    instrument: Instrument,
    project_ids: Sequence[int],
    as_of: date,
    *,
    deviations: bool = False,
) -> dict[int, list[ScanRound]]:
    """Return the rounds of each of some projects, as `rounds` does for one.

    deviations: whether standard deviations are wanted; deciding whether one may be shown takes
    some hundredths of a second per round.
    """
    heads = (
        select(
            *[each for each in scan.c if each.name != "version"],
            scan.c.version.label("scan_version"),
            instruments.c.version,
            person.c.name.label("recorded_by"),
            _links().label("invited"),
            _links(invitation.c.contested).label("discarded"),
        )
        .join(instruments, instruments.c.id == scan.c.instrument_id)
        .outerjoin(person, person.c.id == scan.c.recorded_by_id)
        .where(
            scan.c.project_id.in_(project_ids),
            scan.c.scanned_on <= as_of,
            scan.c.deleted_at.is_(None),
            instruments.c.key == instrument.key,
        )
        .order_by(scan.c.scanned_on, scan.c.id)
    )
    mine = readable(instrument.key, scan.c.closed_on <= as_of, scan.c.project_id.in_(project_ids))
    found: dict[int, list[ScanRound]] = {each: [] for each in project_ids}
    with engine.connect() as connection:
        given = letters(connection, mine)
        for row in connection.execute(heads):
            own, answered = found[row.project_id], list(given.get(row.id, {}).values())
            shown = _shown(row, instrument, answered, deviations=deviations)
            own.append(_round(row, len(own) + 1, shown, as_of))
    return found


def standings(
    engine: Engine, instrument: Instrument, as_of: date, project_id: int | None = None
) -> dict[int, ScanStanding]:
    """Return how far each project with a round is with its scan, on `as_of`.

    project_id: only this project.
    """
    enough = readable(instrument.key, scan.c.closed_on <= as_of)
    heads = (
        select(scan, enough.c.scan_id.label("shown"))
        .join(instruments, instruments.c.id == scan.c.instrument_id)
        .outerjoin(enough, enough.c.scan_id == scan.c.id)
        .where(
            scan.c.scanned_on <= as_of,
            scan.c.deleted_at.is_(None),
            instruments.c.key == instrument.key,
            scan.c.project_id == project_id if project_id is not None else true(),
        )
    )
    found: dict[int, list[RoundHead]] = {}
    with engine.connect() as connection:
        for row in connection.execute(heads):
            head = RoundHead(
                id=row.id,
                held_on=row.scanned_on,
                state=round_state(row.opened_on, row.closed_on, row.published_on, as_of),
                readable=row.shown is not None,
                min_answers=row.min_answers,
                closes_on=row.closes_on,
            )
            found.setdefault(row.project_id, []).append(head)
    return {each: scan_standing(heads) for each, heads in found.items()}


def _links(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    links = select(func.count()).where(invitation.c.scan_id == scan.c.id, *conditions)
    return links.correlate(scan).scalar_subquery()


def _round(row: Any, number: int, shown: ScanScore | None, as_of: date) -> ScanRound:
    return ScanRound(
        id=row.id,
        project_id=row.project_id,
        number=number,
        kind=ScanKind(row.kind),
        scanned_on=row.scanned_on,
        min_answers=row.min_answers,
        instrument_version=row.version,
        recorded_by=row.recorded_by,
        agreed_by=row.agreed_by,
        score=shown,
        state=round_state(row.opened_on, row.closed_on, row.published_on, as_of),
        moment=Moment(row.moment) if row.moment else None,
        closes_on=row.closes_on,
        next_on=row.next_on,
        asks_role=bool(row.asks_role),
        answered_here=row.opened_on is not None,
        invited=row.invited,
        discarded=row.discarded,
        version=row.scan_version,
    )


def _shown(
    row: Any, instrument: Instrument, responses: Sequence[Response], *, deviations: bool
) -> ScanScore | None:
    """Score the responses, with every factor below the minimum emptied."""
    minimum = 1 if row.kind == ScanKind.JOINT else row.min_answers
    if len(responses) < minimum:
        return None
    full = score(instrument, [answers for _, answers in responses])
    factors = tuple(f if f.n >= minimum else counted(f.factor, {}) for f in full.factors)
    sd = publication(instrument, responses, minimum).sd if deviations else None
    return ScanScore(full.n, factors, sd)


Response = tuple[str | None, dict[str, str | None]]
"""The group of staff of a response, and its letters per factor."""


def letters(connection: Connection, mine: Subquery) -> dict[int, dict[int, Response]]:
    """Return the group and letters per scan and response of scans that `readable` gave.

    For the modules that score them only: a response is not to leave the store.
    """
    found = (
        select(response.c.scan_id, response.c.id, response.c.role, answer.c.factor, answer.c.level)
        .join(mine, mine.c.scan_id == response.c.scan_id)
        .join(answer, answer.c.response_id == response.c.id)
    )
    given: dict[int, dict[int, Response]] = {}
    for scan_id, response_id, role, factor, level in connection.execute(found):
        own = given.setdefault(scan_id, {}).setdefault(response_id, (role, {}))
        own[1][factor] = level
    return given


def readable(key: str, *conditions: ColumnElement[bool]) -> Subquery:
    """Scans that may be read: one row per scan with enough responses, with their number."""
    answered = (
        select(response.c.scan_id, func.count().label("responses"))
        .group_by(response.c.scan_id)
        .subquery()
    )
    return (
        select(
            scan.c.id.label("scan_id"),
            scan.c.project_id,
            scan.c.scanned_on,
            scan.c.kind,
            scan.c.min_answers,
            answered.c.responses,
        )
        .join(answered, answered.c.scan_id == scan.c.id)
        .join(instruments, instruments.c.id == scan.c.instrument_id)
        .join(project, project.c.id == scan.c.project_id)
        .where(
            scan.c.deleted_at.is_(None),
            project.c.deleted_at.is_(None),
            scan.c.closed_on.is_not(None),
            instruments.c.key == key,
            or_(
                scan.c.kind == ScanKind.JOINT.value,
                answered.c.responses >= scan.c.min_answers,
            ),
            *conditions,
        )
        .subquery()
    )
