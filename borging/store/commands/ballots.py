"""Answering an open round, and counting what came in.

A draft lies under a hash of the link and the browser together: only the browser that wrote it
reads it back, so that whoever made the link cannot. A ballot lies under a hash of the link
alone, or of round and browser for a shared link: handing in again replaces it. Nobody reads a
ballot; `count_box` turns them into responses in a random order, cuts the remarks loose from
the answers they came with, and erases every hash.

Neither leaves a time, an actor, an audit entry or a new revision: each of these would tell
whoever watches how many people have answered, and when.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import SystemRandom
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, delete, func, insert, select, update
from sqlmodel import Session

from borging.domain.instruments import Instrument
from borging.domain.rounds import shown_groups
from borging.domain.terms import RoleGroup
from borging.store import secret
from borging.store.commands.scans import (
    Answers,
    ScanError,
    T,
    check_answers,
    check_letters,
    insert_responses,
    scan,
)

draft, ballot, invitation = T["scan_draft"], T["scan_ballot"], T["scan_invitation"]

LONGEST_REMARK = 500
"""Characters of a remark."""


class NoWayInError(ScanError):
    """A link leads to no open round. One sentence for all causes tells nothing of the link."""

    def __init__(self) -> None:
        super().__init__(
            "Deze link geeft (nu) geen toegang tot een open ronde. Misschien is de ronde al "
            "gesloten of is de link ingetrokken. Vraag wie u de link gaf om een nieuwe."
        )


@dataclass(frozen=True)
class Link:
    """What somebody holds who may answer. shared: the link of a whole team."""

    token: str
    shared: bool = False


@dataclass(frozen=True)
class OpenRound:
    """The round behind a link. invited: links handed out, used or not.

    A revoked one is among them: an answer that came by it stays counted.

    shared: whether a link for the whole team was made beside them, stopped or not.
    """

    scan_id: int
    project: str
    instrument: str
    version: str
    closes_on: date
    min_answers: int
    asks_role: bool
    invited: int
    shared: bool


@dataclass(frozen=True)
class Filled:
    """What somebody has filled in. role: value of a RoleGroup. handed_in: given as answer."""

    answers: Answers = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    role: str | None = None
    handed_in: bool = False


def find_round(engine: Engine, link: Link, as_of: date) -> OpenRound:
    """Return the round behind a link.

    Raises:
        NoWayInError: there is none that takes answers on `as_of`.
    """
    project, instrument = T["project"], T["instrument"]
    with engine.connect() as connection:
        row = connection.execute(
            select(
                scan.c.id,
                scan.c.closes_on,
                scan.c.min_answers,
                scan.c.asks_role,
                scan.c.shared_hash,
                project.c.title,
                instrument.c.key,
                instrument.c.version,
            )
            .join(project, project.c.id == scan.c.project_id)
            .join(instrument, instrument.c.id == scan.c.instrument_id)
            .where(_way_in(engine, link, as_of), project.c.deleted_at.is_(None))
        ).first()
        if row is None:
            raise NoWayInError
        links = select(func.count()).where(invitation.c.scan_id == row.id)
        invited = connection.execute(links).scalar_one()
    return OpenRound(
        scan_id=row.id,
        project=row.title,
        instrument=row.key,
        version=row.version,
        closes_on=row.closes_on,
        min_answers=row.min_answers,
        asks_role=bool(row.asks_role),
        invited=invited,
        shared=row.shared_hash is not None,
    )


def read_draft(engine: Engine, link: Link, scan_id: int, browser: str) -> Filled:
    """Return what this browser filled in behind this link; empty when that is nothing."""
    key = _draft_key(engine, link, scan_id, browser)
    with engine.connect() as connection:
        content = connection.execute(
            select(draft.c.content).where(draft.c.key_hash == key)
        ).scalar()
    return Filled(**json.loads(content)) if content else Filled()


def save_draft(
    engine: Engine,
    link: Link,
    scan_id: int,
    browser: str,
    filled: Filled,
    definition: Instrument,
    *,
    as_of: date,
) -> None:
    """Keep what somebody has filled in so far; what was handed in before stays counted.

    Raises:
        NoWayInError: the round takes no answers any more, or the link is revoked.
        ScanError: an unknown factor, letter or role, or a remark that is too long.
    """
    check_letters(definition, filled.answers)
    tidy = _tidy(filled, definition)
    way_in = _way_in(engine, link, as_of)
    draft_key = _draft_key(engine, link, scan_id, browser)
    with Session(engine) as session, session.begin():
        _hold_open(session, way_in, scan_id, definition)
        _put(session, draft, draft_key, scan_id, tidy)


def hand_in(
    engine: Engine,
    link: Link,
    scan_id: int,
    browser: str,
    filled: Filled,
    definition: Instrument,
    *,
    as_of: date,
) -> None:
    """Put an answer in the ballot box, in place of the one this link already holds there.

    Raises:
        NoWayInError: the round takes no answers any more, the link is revoked, or the round
            belongs to another version of the questions.
        ScanError: an incomplete or unknown answer or role, or a remark that is too long.
    """
    check_answers(definition, filled.answers)
    tidy = {**_tidy(filled, definition), "handed_in": True}
    kept = {name: tidy[name] for name in ("answers", "remarks", "role")}
    way_in = _way_in(engine, link, as_of)
    ballot_key = _ballot_key(engine, link, scan_id, browser)
    draft_key = _draft_key(engine, link, scan_id, browser)
    with Session(engine) as session, session.begin():
        _hold_open(session, way_in, scan_id, definition)
        _put(session, ballot, ballot_key, scan_id, kept)
        _put(session, draft, draft_key, scan_id, tidy)


def count_box(session: Session, scan_id: int, minimum: int) -> int:
    """Turn the ballots of a round into responses and loose remarks, and erase the box.

    A role of a group that could not be shown is not kept. Return the number of responses.
    """
    remark = T["factor_remark"]
    contents = session.execute(select(ballot.c.content).where(ballot.c.scan_id == scan_id))
    ballots: list[dict[str, Any]] = [json.loads(each) for each in contents.scalars()]
    SystemRandom().shuffle(ballots)
    known = shown_groups(Counter(each["role"] for each in ballots), minimum)
    insert_responses(
        session,
        scan_id,
        [(each["answers"], each["role"] if each["role"] in known else None) for each in ballots],
    )
    remarks = [
        {"scan_id": scan_id, "factor": factor, "text": text}
        for each in ballots
        for factor, text in each["remarks"].items()
    ]
    SystemRandom().shuffle(remarks)
    if remarks:
        session.execute(insert(remark), remarks)
    for box in (ballot, draft):
        session.execute(delete(box).where(box.c.scan_id == scan_id))
    return len(ballots)


def _way_in(engine: Engine, link: Link, as_of: date) -> ColumnElement[bool]:
    """Return the rule, in SQL, that a link leads to a round that takes answers on `as_of`."""
    token_hash = secret.keyed_hash(engine, secret.INVITATION, link.token)
    invited = select(invitation.c.scan_id).where(
        invitation.c.token_hash == token_hash, invitation.c.revoked_at.is_(None)
    )
    return and_(
        scan.c.shared_hash == token_hash if link.shared else scan.c.id.in_(invited),
        scan.c.opened_on <= as_of,
        scan.c.closes_on >= as_of,
        scan.c.closed_on.is_(None),
        scan.c.deleted_at.is_(None),
    )


def _hold_open(
    session: Session, way_in: ColumnElement[bool], scan_id: int, definition: Instrument
) -> None:
    """Lock the round, so that it cannot close until this answer is written.

    A write that changes nothing: as first statement it queues behind other writers, on SQLite
    too, where a transaction that began by reading would fail instead.
    """
    instrument = T["instrument"]
    version = select(instrument.c.id).where(
        instrument.c.key == definition.key, instrument.c.version == definition.version
    )
    held = session.execute(
        update(scan)
        .where(scan.c.id == scan_id, scan.c.instrument_id.in_(version), way_in)
        .values(asks_role=scan.c.asks_role)
        .returning(scan.c.id)
    ).first()
    if held is None:
        raise NoWayInError


def _put(session: Session, box: Any, key: str, scan_id: int, content: dict[str, Any]) -> None:
    session.execute(delete(box).where(box.c.key_hash == key))
    text = json.dumps(content, ensure_ascii=False)
    session.execute(insert(box).values(key_hash=key, scan_id=scan_id, content=text))


def _tidy(filled: Filled, definition: Instrument) -> dict[str, Any]:
    if filled.role is not None and filled.role not in {group.value for group in RoleGroup}:
        raise ScanError("Deze functiegroep is niet bekend. Kies er een uit de lijst.")
    names = {factor.id: factor.name for factor in definition.factors}
    remarks = {}
    for factor_id, words in filled.remarks.items():
        if factor_id not in names:
            raise ScanError(f"De factor ‘{factor_id}’ hoort niet bij de {definition.title}.")
        text = " ".join(words.replace("\x00", "").split())
        if len(text) > LONGEST_REMARK:
            raise ScanError(
                f"De opmerking bij ‘{names[factor_id]}’ is {len(text)} tekens lang; er passen er "
                f"{LONGEST_REMARK}. Maak haar korter."
            )
        if text:
            remarks[factor_id] = text
    return {
        "answers": dict(filled.answers),
        "remarks": remarks,
        "role": filled.role,
        "handed_in": filled.handed_in,
    }


def _draft_key(engine: Engine, link: Link, scan_id: int, browser: str) -> str:
    return secret.keyed_hash(engine, secret.DRAFT, link.token, str(scan_id), browser)


def _ballot_key(engine: Engine, link: Link, scan_id: int, browser: str) -> str:
    parts = ("shared", str(scan_id), browser) if link.shared else ("invitation", link.token)
    return secret.keyed_hash(engine, secret.ANSWER, *parts)
