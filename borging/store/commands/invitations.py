"""The ways into a round: a link per person, and one that a team may share.

A token is shown once, when it is made; only a hash of it is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Row, func, insert, select, update

from borging.access.actor import Actor
from borging.domain.rounds import ScanRound
from borging.store import secret
from borging.store.commands.conflicts import last_writer
from borging.store.commands.round_checks import raise_version, seen_round
from borging.store.commands.scans import ScanError, T, live_round, round_name, scan
from borging.store.database import Write, writing
from borging.store.tables import STOPPED_LINK

invitation = T["scan_invitation"]

TOKEN_BYTES = 16
"""128 random bits."""
MOST_INVITATIONS = 200
LONGEST_LABEL = 80
TOO_MANY = f"Een ronde heeft hooguit {MOST_INVITATIONS} uitnodigingen."


@dataclass(frozen=True)
class Invitation:
    """A link that was just made; the token is nowhere else."""

    id: int
    label: str
    token: str


def invite(engine: Engine, actor: Actor, scan_id: int, labels: Sequence[str]) -> list[Invitation]:
    """Make one link per label, in that order; a label says who gets it.

    Raises:
        ScanError: the round is gone or closed, no label, one that is too long, or too many.
    """
    names = tidy_labels(labels)
    with writing(engine, actor) as write:
        row = _not_closed(live_round(write.session, scan_id))
        made = _insert(write, engine, scan_id, names)
        words = f"{round_name(row)}: uitnodiging gemaakt ({len(made)})"
        write.record("invite", "scan", scan_id, words, labels=names)
    return made


def renew(engine: Engine, actor: Actor, invitation_id: int) -> Invitation:
    """Make a new link in the place of a contested one, for the same label.

    The answer that came by the contested link is erased already. A link that nobody contested
    is not renewed: its answer stays counted, and the new link would be a second answer.

    Raises:
        ScanError: the round is gone or closed, or the link is revoked already or not contested.
    """
    with writing(engine, actor) as write:
        found, row = _link(write, invitation_id)
        if not found.contested:
            raise ScanError(
                f"De link van {found.label} is niet betwist. Een antwoord dat ermee is gegeven, "
                "blijft meetellen."
            )
        _revoke(write, row.id, invitation_id)
        (made,) = _insert(write, engine, row.id, [found.label])
        words = f"{round_name(row)}: betwiste uitnodiging voor {found.label} vernieuwd"
        write.record("renew", "scan", row.id, words)
    return made


def revoke(engine: Engine, actor: Actor, invitation_id: int) -> None:
    """Let a link open nothing any more.

    An answer that was given with it stays counted, unless the link is contested: then the
    answer is erased already.

    Raises:
        ScanError: there is no such link, it is revoked already, or its round is gone or closed.
    """
    with writing(engine, actor) as write:
        found, row = _link(write, invitation_id)
        _revoke(write, row.id, invitation_id)
        contested = "betwiste " if found.contested else ""
        words = f"{round_name(row)}: {contested}uitnodiging voor {found.label} ingetrokken"
        write.record("revoke", "scan", row.id, words)


def _link(write: Write, invitation_id: int) -> tuple[Row[Any], Row[Any]]:
    """Return a link that is not revoked and its round, which is not closed."""
    found = write.session.execute(
        select(invitation).where(invitation.c.id == invitation_id)
    ).first()
    if found is None:
        raise ScanError("Deze uitnodiging bestaat niet (meer). Laad het scherm opnieuw.")
    row = _not_closed(live_round(write.session, found.scan_id))
    if found.revoked_at is not None:
        who = last_writer(write.session, "scan", row.id)
        raise ScanError(
            f"De link van {found.label} is al ingetrokken. Wie het laatst iets aan deze ronde "
            f"wijzigde: {who}. Laad het scherm opnieuw."
        )
    return found, row


def _revoke(write: Write, scan_id: int, invitation_id: int) -> None:
    write.session.execute(
        update(invitation)
        .where(invitation.c.id == invitation_id)
        .values(revoked_at=datetime.now(UTC))
    )
    raise_version(write.session, scan_id)


def _insert(write: Write, engine: Engine, scan_id: int, names: Sequence[str]) -> list[Invitation]:
    present = write.session.execute(
        select(func.count()).where(invitation.c.scan_id == scan_id)
    ).scalar_one()
    if present + len(names) > MOST_INVITATIONS:
        raise ScanError(TOO_MANY)
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _ in names]
    hashed = [secret.keyed_hash(engine, secret.INVITATION, each) for each in tokens]
    ids = write.session.execute(
        insert(invitation).returning(invitation.c.id, sort_by_parameter_order=True),
        [
            {"scan_id": scan_id, "label": name, "token_hash": token_hash}
            for name, token_hash in zip(names, hashed, strict=True)
        ],
    ).scalars()
    raise_version(write.session, scan_id)
    return list(map(Invitation, ids, names, tokens))


def share(engine: Engine, actor: Actor, seen: ScanRound) -> str:
    """Make the one link for a team meeting and return its token; an earlier one stops working.

    Raises:
        ScanError: the round is gone or closed.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _set_shared(engine, actor, seen, secret.keyed_hash(engine, secret.INVITATION, token))
    return token


def stop_sharing(engine: Engine, actor: Actor, seen: ScanRound) -> None:
    """Let the link for a team meeting open nothing any more; who answers is still told of it.

    Raises:
        ScanError: the round is gone or closed.
        RoundChangedError: somebody else changed it since it was read.
    """
    _set_shared(engine, actor, seen, f"{STOPPED_LINK}{secrets.token_hex(TOKEN_BYTES)}")


def _set_shared(engine: Engine, actor: Actor, seen: ScanRound, token_hash: str) -> None:
    done = "ingetrokken" if token_hash.startswith(STOPPED_LINK) else "gemaakt"
    with writing(engine, actor) as write:
        row = _not_closed(seen_round(write.session, seen))
        write.session.execute(
            update(scan).where(scan.c.id == seen.id).values(shared_hash=token_hash)
        )
        raise_version(write.session, seen.id)
        write.record("share", "scan", seen.id, f"{round_name(row)}: gedeelde link {done}")


def _not_closed(row: Row[Any]) -> Row[Any]:
    if row.closed_on is not None:
        raise ScanError("Deze ronde is gesloten; er kan niemand meer bij.")
    return row


def tidy_labels(labels: Sequence[str]) -> list[str]:
    """Return labels as they are kept.

    Raises:
        ScanError: there is none, one is empty or too long, or there are too many.
    """
    names = [" ".join(label.split()) for label in labels]
    if not names or not all(names):
        raise ScanError("Vul per uitnodiging in voor wie zij is.")
    if long := [name for name in names if len(name) > LONGEST_LABEL]:
        raise ScanError(
            f"‘{long[0][:40]}…’ is te lang: een naam heeft hooguit {LONGEST_LABEL} tekens."
        )
    if len(names) > MOST_INVITATIONS:
        raise ScanError(TOO_MANY)
    return names
