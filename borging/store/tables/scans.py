"""Scans: the round, the ways in, the ballot box while it is open, and what it left behind.

While a round is open its answers lie in the ballot box, under a hash that only the browser of
whoever answers can make again. Nothing reads a ballot but the closing of the round, which
counts the box into responses without a hash, in a random order, and empties it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false
from sqlmodel import Field

from borging.domain.terms import Moment, RoleGroup, ScanKind
from borging.store.tables.base import Record, one_of

STOPPED_LINK = "stopped-"


class InstrumentRecord(Record, table=True):
    """A version of an instrument with which scans were answered."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("key", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str
    version: str
    title: str


class Scan(Record, table=True):
    """One round of an instrument for one project.

    scanned_on: the day it was opened, or planned while it is a concept. min_answers: number of
    answers below which nothing of an individual scan may be read; ignored for a joint scan.
    closes_on: last day on which it takes answers. opened_on: None for a concept, and for a
    round that was read from a file or agreed on at once. next_on: when to ask again.
    shared_hash: of the link that a whole team may use; None when there never was one, and what
        begins with STOPPED_LINK, the hash of no token, when it was stopped.
    version: raised by every command on the round and its links, never by an answer.
    """

    __tablename__ = "scan"
    __table_args__ = (
        one_of("kind", ScanKind),
        one_of("moment", Moment),
        CheckConstraint("min_answers >= 3", name="min_answers"),
        Index("ix_scan_newest", "project_id", "scanned_on"),
    )
    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    instrument_id: int = Field(foreign_key="instrument.id")
    kind: str = ScanKind.INDIVIDUAL.value
    scanned_on: date
    min_answers: int = 4
    moment: str | None = None
    asks_role: bool = False
    opened_on: date | None = None
    closes_on: date | None = None
    closed_on: date | None = None
    published_on: date | None = None
    next_on: date | None = None
    shared_hash: str | None = Field(default=None, index=True, unique=True)
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    agreed_by: str | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    deleted_at: datetime | None = None


class ScanInvitation(Record, table=True):
    """A link to one round for one person; only a hash of its token is kept.

    label: whom the facilitator gives it to. Nothing here says whether it was used, but for
    contested: somebody with this link said not to have given the answer that came by it. That
        answer is erased, and the round cannot be counted until the link is revoked.
    """

    __tablename__ = "scan_invitation"
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    label: str
    token_hash: str = Field(unique=True)
    contested: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    revoked_at: datetime | None = None


class ScanDraft(Record, table=True):
    """What somebody has filled in so far, under a hash of link and browser together.

    content: JSON with answers, remarks and role.
    """

    __tablename__ = "scan_draft"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key_hash: str = Field(primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    content: str


class ScanBallot(Record, table=True):
    """An answer that was handed in and is not counted yet; one per link, or per browser.

    The table is ordered by its hash, so that nothing tells which ballot came first.
    device_hash: of the device that gave it, the only one that may replace it; None in a ballot
        from before devices were recorded.
    """

    __tablename__ = "scan_ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key_hash: str = Field(primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    content: str
    device_hash: str | None = None


class ScanResponse(Record, table=True):
    """The answers of one respondent: no name, no time, no actor.

    role: group the respondent chose, when the round asked for it.
    """

    __tablename__ = "scan_response"
    __table_args__ = (one_of("role", RoleGroup),)
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    role: str | None = None


class FactorAnswer(Record, table=True):
    """One factor in one response. The level is a letter, best first; None is 'weet ik niet'."""

    __tablename__ = "factor_answer"
    response_id: int = Field(foreign_key="scan_response.id", primary_key=True)
    factor: str = Field(primary_key=True)
    level: str | None = None


class FactorRemark(Record, table=True):
    """A remark about one factor, cut loose from the response it came with."""

    __tablename__ = "factor_remark"
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    factor: str
    text: str


class ScanConsensus(Record, table=True):
    """What a team agreed about one factor after it talked, beside the individual answers."""

    __tablename__ = "scan_consensus"
    __table_args__ = (UniqueConstraint("scan_id", "factor"),)
    id: int | None = Field(default=None, primary_key=True)
    scan_id: int = Field(foreign_key="scan.id", index=True)
    factor: str
    level: str
    reason: str
    recorded_on: date
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
