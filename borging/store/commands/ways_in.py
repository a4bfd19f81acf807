"""The links by which people answer a round: the round behind a link, and the hashes under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Engine, and_, func, select, update
from sqlmodel import Session

from borging.domain.instruments import Instrument
from borging.store import secret
from borging.store.commands.scans import ScanError, T, scan
from borging.store.queries.near_rounds import near_rounds

invitation = T["scan_invitation"]


class NoWayInError(ScanError):
    """A link leads to no open round. One sentence for all causes tells nothing of the link."""

    def __init__(self) -> None:
        super().__init__(
            "Deze link geeft (nu) geen toegang tot een open ronde. Misschien is de ronde al "
            "gesloten of is de link ingetrokken. Vraag wie u de link gaf om een nieuwe."
        )


@dataclass(frozen=True)
class Link:
    """The link of somebody who may answer. shared: the link of a whole team."""

    token: str
    shared: bool = False


@dataclass(frozen=True)
class OpenRound:
    """The round behind a link.

    Attributes:
        invited: links handed out, used or not. A revoked one is among them: an answer that
            came by it stays counted.
        shared: whether a link for the whole team was made beside them, stopped or not.
        discarded: links whose answer was discarded after an objection.
        near: titles of other projects of the unit with a round about the same time.
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
    discarded: int = 0
    near: tuple[str, ...] = ()


def find_round(engine: Engine, link: Link, as_of: date, *, late: bool = False) -> OpenRound:
    """Return the round behind a link.

    Args:
        late: also a round whose last day is over, as long as it is not counted.

    Raises:
        NoWayInError: there is none that takes answers on `as_of`.
    """
    project, instrument = T["project"], T["instrument"]
    with engine.connect() as connection:
        row = connection.execute(
            select(
                scan.c.id,
                scan.c.project_id,
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
            .where(way_in(engine, link, as_of, late=late), project.c.deleted_at.is_(None))
        ).first()
        if row is None:
            raise NoWayInError
        links = connection.execute(
            select(
                func.count().label("invited"),
                func.count().filter(invitation.c.contested).label("discarded"),
            ).where(invitation.c.scan_id == row.id)
        ).one()
        near = near_rounds(connection, row.project_id, as_of)
    return OpenRound(
        scan_id=row.id,
        project=row.title,
        instrument=row.key,
        version=row.version,
        closes_on=row.closes_on,
        min_answers=row.min_answers,
        asks_role=bool(row.asks_role),
        invited=links.invited,
        shared=row.shared_hash is not None,
        discarded=links.discarded,
        near=tuple(each.title for each in near),
    )


def way_in(engine: Engine, link: Link, as_of: date, *, late: bool = False) -> ColumnElement[bool]:
    """Return the rule, in SQL, that a link leads to a round that takes answers on `as_of`."""
    hashed = token_hash(engine, link)
    invited = select(invitation.c.scan_id).where(
        invitation.c.token_hash == hashed, invitation.c.revoked_at.is_(None)
    )
    in_time = [] if late else [scan.c.closes_on >= as_of]
    return and_(
        scan.c.shared_hash == hashed if link.shared else scan.c.id.in_(invited),
        scan.c.opened_on <= as_of,
        scan.c.closed_on.is_(None),
        scan.c.deleted_at.is_(None),
        *in_time,
    )


def hold_open(
    session: Session,
    rule: ColumnElement[bool],
    scan_id: int,
    definition: Instrument | None = None,
) -> None:
    """Lock the round, so that it cannot close until this transaction ends.

    A write that changes nothing: as first statement it queues behind other writers, on SQLite
    too, where a transaction that began by reading would fail instead.

    Raises:
        NoWayInError: the round is not open by `rule`, or has another version of the questions.
    """
    instrument = T["instrument"]
    held = update(scan).where(scan.c.id == scan_id, rule)
    if definition is not None:
        version = select(instrument.c.id).where(
            instrument.c.key == definition.key, instrument.c.version == definition.version
        )
        held = held.where(scan.c.instrument_id.in_(version))
    locked = held.values(asks_role=scan.c.asks_role).returning(scan.c.id)
    if session.execute(locked).first() is None:
        raise NoWayInError


def token_hash(engine: Engine, link: Link) -> str:
    """Return the hash under which a link is stored."""
    return secret.keyed_hash(engine, secret.INVITATION, link.token)


@dataclass(frozen=True)
class Keys:
    """The hashes of one device behind one link, made before a transaction begins.

    Attributes:
        draft: key of the draft of this device behind this link.
        ballot: key of the one ballot of the link, or of the device for a shared link.
        device: of the device that gave an answer; another one for every link.
        token: under which the link is stored.
        shared: whether it is the link of a whole team.
    """

    draft: str
    ballot: str
    device: str
    token: str
    shared: bool


def keys(engine: Engine, link: Link, scan_id: int, browser: str) -> Keys:
    """Return the hashes of one device behind one link.

    For a shared link the token stays out of ballot and device: a renewed link is the same way in.
    """
    at = (str(scan_id), browser)
    ballot = ("shared", *at) if link.shared else ("invitation", link.token)
    way = "shared" if link.shared else link.token
    return Keys(
        draft=secret.keyed_hash(engine, secret.DRAFT, link.token, *at),
        ballot=secret.keyed_hash(engine, secret.ANSWER, *ballot),
        device=secret.keyed_hash(engine, secret.ANSWER, "device", way, *at),
        token=token_hash(engine, link),
        shared=link.shared,
    )
