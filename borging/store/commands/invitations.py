"""The ways into a round: a link per person, and one that a team may share.

A token is shown once, when it is made; only a hash of it is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update

from borging.access.actor import Actor
from borging.store import secret
from borging.store.commands.scans import ScanError, T, live_round, round_name, scan
from borging.store.database import writing
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
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _ in names]
    hashed = [secret.keyed_hash(engine, secret.INVITATION, each) for each in tokens]
    with writing(engine, actor) as write:
        row = _not_closed(live_round(write.session, scan_id))
        present = write.session.execute(
            select(invitation.c.id).where(invitation.c.scan_id == scan_id)
        ).all()
        if len(present) + len(names) > MOST_INVITATIONS:
            raise ScanError(TOO_MANY)
        ids = write.session.execute(
            insert(invitation).returning(invitation.c.id, sort_by_parameter_order=True),
            [
                {"scan_id": scan_id, "label": name, "token_hash": token_hash}
                for name, token_hash in zip(names, hashed, strict=True)
            ],
        ).scalars()
        made = list(map(Invitation, ids, names, tokens))
        words = f"{round_name(row)}: uitnodiging gemaakt ({len(made)})"
        write.record("invite", "scan", scan_id, words, labels=names)
    return made


def revoke(engine: Engine, actor: Actor, invitation_id: int) -> None:
    """Let a link open nothing any more; an answer that was given with it stays counted.

    Raises:
        ScanError: there is no such link, or its round is gone.
    """
    with writing(engine, actor) as write:
        found = write.session.execute(
            select(invitation).where(invitation.c.id == invitation_id)
        ).first()
        if found is None:
            raise ScanError("Deze uitnodiging bestaat niet (meer). Laad het scherm opnieuw.")
        row = live_round(write.session, found.scan_id)
        write.session.execute(
            update(invitation)
            .where(invitation.c.id == invitation_id, invitation.c.revoked_at.is_(None))
            .values(revoked_at=datetime.now(UTC))
        )
        words = f"{round_name(row)}: uitnodiging voor {found.label} ingetrokken"
        write.record("revoke", "scan", row.id, words)


def share(engine: Engine, actor: Actor, scan_id: int) -> str:
    """Make the one link for a team meeting and return its token; an earlier one stops working.

    Raises:
        ScanError: the round is gone or closed.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _set_shared(engine, actor, scan_id, secret.keyed_hash(engine, secret.INVITATION, token))
    return token


def stop_sharing(engine: Engine, actor: Actor, scan_id: int) -> None:
    """Let the link for a team meeting open nothing any more; who answers is still told of it.

    Raises:
        ScanError: the round is gone or closed.
    """
    _set_shared(engine, actor, scan_id, f"{STOPPED_LINK}{secrets.token_hex(TOKEN_BYTES)}")


def _set_shared(engine: Engine, actor: Actor, scan_id: int, token_hash: str) -> None:
    done = "ingetrokken" if token_hash.startswith(STOPPED_LINK) else "gemaakt"
    with writing(engine, actor) as write:
        row = _not_closed(live_round(write.session, scan_id))
        write.session.execute(
            update(scan).where(scan.c.id == scan_id).values(shared_hash=token_hash)
        )
        write.record("share", "scan", scan_id, f"{round_name(row)}: gedeelde link {done}")


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
