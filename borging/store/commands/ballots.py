"""Answering an open round, and counting what came in.

A draft lies under a hash of the link and the browser together: only the browser that wrote it
reads it back, so that whoever made the link cannot. A ballot lies under a hash of the link
alone, or of round and browser for a shared link, with a hash of the device that gave it: only
that device replaces it (see `devices`). Nobody reads a ballot; `count_box` turns them into
responses in a random order, cuts the remarks loose from the answers they came with, and erases
every hash.

Neither leaves a time, an actor, an audit entry or a new revision: each of these would tell
whoever watches how many people have answered, and when.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import SystemRandom
from typing import Any

from sqlalchemy import Engine, delete, insert, select
from sqlmodel import Session

from borging.domain.instruments import Instrument
from borging.domain.publication import published_groups
from borging.domain.terms import RoleGroup
from borging.store import database
from borging.store.commands.devices import GAVE, check_device
from borging.store.commands.scans import (
    Answers,
    ScanError,
    T,
    check_answers,
    check_letters,
    insert_responses,
)
from borging.store.commands.ways_in import Link, hold_open, keys, way_in

draft, ballot = T["scan_draft"], T["scan_ballot"]

LONGEST_REMARK = 500
"""Characters of a remark."""


@dataclass(frozen=True)
class Filled:
    """What somebody has filled in. role: value of a RoleGroup. handed_in: given as answer."""

    answers: Answers = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    role: str | None = None
    handed_in: bool = False


def read_draft(engine: Engine, link: Link, scan_id: int, browser: str) -> Filled:
    """Return what this browser filled in behind this link; empty when that is nothing."""
    key = keys(engine, link, scan_id, browser).draft
    with engine.connect() as connection:
        content = connection.execute(
            select(draft.c.content).where(draft.c.key_hash == key)
        ).scalar()
    found = json.loads(content) if content else {}
    found.pop(GAVE, None)
    return Filled(**found)


def save_draft(
    engine: Engine,
    link: Link,
    scan_id: int,
    browser: str,
    filled: Filled,
    instrument: Instrument,
    *,
    as_of: date,
) -> None:
    """Keep what somebody has filled in so far; what was handed in before stays counted.

    Raises:
        NoWayInError: the round takes no answers any more, or the link is revoked.
        LinkUsedError: another device gave an answer with this link, or it is contested.
        ScanError: an unknown factor, letter or role, or a remark that is too long.
    """
    check_letters(instrument, filled.answers)
    tidy = _tidy(filled, instrument)
    rule = way_in(engine, link, as_of)
    own = keys(engine, link, scan_id, browser)
    with database.transaction(engine) as session:
        hold_open(session, rule, scan_id, instrument)
        use = check_device(session, own)
        _put(session, draft, own.draft, scan_id, tidy | {GAVE: use.was_here})


def hand_in(
    engine: Engine,
    link: Link,
    scan_id: int,
    browser: str,
    filled: Filled,
    instrument: Instrument,
    *,
    as_of: date,
) -> None:
    """Put an answer in the ballot box, in place of the one this link already holds there.

    Raises:
        NoWayInError: the round takes no answers any more, the link is revoked, or the round
            belongs to another version of the questions.
        LinkUsedError: another device gave an answer with this link, or it is contested.
        ScanError: an incomplete or unknown answer or role, or a remark that is too long.
    """
    check_answers(instrument, filled.answers)
    tidy = {**_tidy(filled, instrument), "handed_in": True}
    kept = {name: tidy[name] for name in ("answers", "remarks", "role")}
    rule = way_in(engine, link, as_of)
    own = keys(engine, link, scan_id, browser)
    with database.transaction(engine) as session:
        hold_open(session, rule, scan_id, instrument)
        check_device(session, own)
        _put(session, ballot, own.ballot, scan_id, kept, device_hash=own.device)
        _put(session, draft, own.draft, scan_id, tidy)


def count_box(session: Session, scan_id: int, minimum: int) -> int:
    """Turn the ballots of a round into responses and loose remarks, and erase the box.

    The role is kept only of a group whose counts may be shown. Return the number of responses.
    """
    remark = T["factor_remark"]
    contents = session.execute(select(ballot.c.content).where(ballot.c.scan_id == scan_id))
    ballots: list[dict[str, Any]] = [json.loads(each) for each in contents.scalars()]
    SystemRandom().shuffle(ballots)
    factors = sorted({factor for each in ballots for factor in each["answers"]})
    known = published_groups(
        [
            (each["role"], tuple(each["answers"].get(factor) or "" for factor in factors))
            for each in ballots
        ],
        minimum,
    )
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


def _put(
    session: Session, box: Any, key: str, scan_id: int, content: dict[str, Any], **more: str
) -> None:
    session.execute(delete(box).where(box.c.key_hash == key))
    text = json.dumps(content, ensure_ascii=False)
    session.execute(insert(box).values(key_hash=key, scan_id=scan_id, content=text, **more))


def _tidy(filled: Filled, instrument: Instrument) -> dict[str, Any]:
    if filled.role is not None and filled.role not in {group.value for group in RoleGroup}:
        raise ScanError("Deze functiegroep is niet bekend. Kies er een uit de lijst.")
    names = {factor.id: factor.name for factor in instrument.factors}
    remarks = {}
    for factor_id, words in filled.remarks.items():
        if factor_id not in names:
            raise ScanError(f"De factor ‘{factor_id}’ hoort niet bij de {instrument.title}.")
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
