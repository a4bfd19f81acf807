"""Which device gave the answer behind a link, and the objection of somebody who did not.

An answer belongs to the device that gave it: no other device reads, replaces or takes it back.
Whoever opens a used link on another device learns that it was used, and may object: that answer
is erased at once, the link takes no more answers, and the round cannot be counted until whoever
holds it renews or revokes the link. Nothing records who objected, or when.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, delete, func, select, update
from sqlmodel import Session

from borging.store import database
from borging.store.commands.scans import ScanError, T, scan
from borging.store.commands.ways_in import (
    Keys,
    Link,
    NoWayInError,
    hold_open,
    keys,
    token_hash,
    way_in,
)

draft, ballot, invitation = T["scan_draft"], T["scan_ballot"], T["scan_invitation"]

GAVE = "gave"
"""Key in a stored draft: this device handed an answer in before it began to change it."""


class LinkUsedError(ScanError):
    """Another device gave an answer with this link, or the link is contested."""

    def __init__(self) -> None:
        super().__init__(
            "Met deze link is al geantwoord op een ander toestel. Uw antwoord is niet bewaard. "
            "Open de link opnieuw: daar staat wat u kunt doen."
        )


@dataclass(frozen=True)
class LinkUse:
    """What a device may know of the use of its link, never the answer itself.

    Attributes:
        elsewhere: another device gave an answer with it.
        contested: somebody with this link said not to have given the answer.
        was_here: this device gave an answer with it, counted or erased.
    """

    elsewhere: bool = False
    contested: bool = False
    was_here: bool = False


def link_use(engine: Engine, link: Link, scan_id: int, browser: str) -> LinkUse:
    """Return the use of a link as the device that opens it may know it."""
    own = keys(engine, link, scan_id, browser)
    with engine.connect() as connection:
        return _use(connection, own)


def check_device(session: Session, own: Keys) -> LinkUse:
    """Return the use of a link by a device that may answer with it; refuse any other.

    Raises:
        LinkUsedError: another device gave an answer with it, or it is contested.
    """
    use = _use(session.connection(), own)
    if use.elsewhere or use.contested:
        raise LinkUsedError
    return use


def object_to_answer(
    engine: Engine, link: Link, scan_id: int, browser: str, *, as_of: date
) -> None:
    """Erase the answer that another device gave with a personal link, and mark the link.

    Possible until the round is counted, also after its last day.

    Raises:
        NoWayInError: the round is counted, or the link is revoked or shared.
        ScanError: no other device gave an answer with this link.
    """
    if link.shared:
        raise NoWayInError
    rule = way_in(engine, link, as_of, late=True)
    own = keys(engine, link, scan_id, browser)
    with database.transaction(engine) as session:
        hold_open(session, rule, scan_id)
        use = _use(session.connection(), own)
        if use.contested:
            return
        if not use.elsewhere:
            raise ScanError("Met deze link is niet op een ander toestel geantwoord.")
        session.execute(delete(ballot).where(ballot.c.key_hash == own.ballot))
        session.execute(
            update(invitation).where(invitation.c.token_hash == own.token).values(contested=True)
        )


def leave_device(engine: Engine, link: Link, scan_id: int, browser: str, *, as_of: date) -> None:
    """Keep an answer as it is and let this device forget it: nobody changes it any more.

    For a device that several people share.

    Raises:
        NoWayInError: the round takes no answers any more, or the link is revoked.
        LinkUsedError: another device gave the answer.
    """
    rule = way_in(engine, link, as_of)
    own = keys(engine, link, scan_id, browser)
    with database.transaction(engine) as session:
        hold_open(session, rule, scan_id)
        check_device(session, own)
        session.execute(
            update(ballot)
            .where(ballot.c.key_hash == own.ballot)
            .values(device_hash=secrets.token_hex(32))
        )
        session.execute(delete(draft).where(draft.c.key_hash == own.draft))


def lost_here(engine: Engine, link: Link, browser: str) -> bool:
    """Return whether the answer of this device was erased and its link then revoked.

    Only while the round is not counted: counting erases the drafts that tell it.
    """
    with engine.connect() as connection:
        scan_id = connection.execute(
            select(invitation.c.scan_id)
            .join(scan, scan.c.id == invitation.c.scan_id)
            .where(
                invitation.c.token_hash == token_hash(engine, link),
                invitation.c.contested,
                invitation.c.revoked_at.is_not(None),
                scan.c.closed_on.is_(None),
                scan.c.deleted_at.is_(None),
            )
        ).scalar()
        if scan_id is None or link.shared:
            return False
        mine = keys(engine, link, scan_id, browser).draft
        return _gave_here(
            connection.execute(select(draft.c.content).where(draft.c.key_hash == mine)).scalar()
        )


def _use(connection: Connection, own: Keys) -> LinkUse:
    """Read the use of a link in one statement: it is part of the lock on the round."""
    given = (
        select(func.coalesce(ballot.c.device_hash, ""))
        .where(ballot.c.key_hash == own.ballot)
        .scalar_subquery()
    )
    content = select(draft.c.content).where(draft.c.key_hash == own.draft).scalar_subquery()
    contested = (
        select(invitation.c.contested).where(invitation.c.token_hash == own.token).scalar_subquery()
    )
    row = connection.execute(
        select(given.label("device"), content.label("draft"), contested.label("contested"))
    ).one()
    here = _gave_here(row.draft)
    mine = row.device is not None and (here if row.device == "" else row.device == own.device)
    return LinkUse(
        elsewhere=row.device is not None and not mine,
        contested=not own.shared and bool(row.contested),
        was_here=mine or here,
    )


def _gave_here(content: str | None) -> bool:
    found = json.loads(content) if content else {}
    return bool(found.get("handed_in") or found.get(GAVE))
