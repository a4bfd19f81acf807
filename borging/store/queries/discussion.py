"""What a team needs to talk about one closed round: remarks, groups, what it agreed.

The minimum number of answers holds here as in `scans`: for a remark, that of its factor; for a
group of staff, that of the group and of everybody outside it, per factor too, so that nothing
can be found by subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, func, select

from borging.domain.instruments import Instrument
from borging.domain.publication import publication
from borging.domain.rounds import shown_groups
from borging.domain.scoring import ScanScore, counted, score
from borging.domain.terms import RoleGroup
from borging.store.queries.scans import answer, letters, person, readable, response, scan
from borging.store.tables import STOPPED_LINK, Record

T = Record.metadata.tables
remark, agreed, invitation = T["factor_remark"], T["scan_consensus"], T["scan_invitation"]


@dataclass(frozen=True)
class Consensus:
    """What was agreed about one factor, why, when and who wrote it down."""

    factor: str
    level: str
    reason: str
    recorded_on: date
    recorded_by: str | None
    id: int = 0


@dataclass(frozen=True)
class Invited:
    """A link that was handed out; it does not tell whether it was used.

    contested: somebody with the link said not to have given the answer that came by it.
    """

    id: int
    label: str
    revoked: bool
    contested: bool = False

    @property
    def unresolved(self) -> bool:
        """Whether whoever holds the round has to renew or revoke the link."""
        return self.contested and not self.revoked


def remarks(
    engine: Engine, instrument: Instrument, scan_id: int, as_of: date
) -> dict[str, tuple[str, ...]]:
    """Return the remarks per factor, in the random order in which closing left them.

    A factor with too few answers has none.
    """
    mine = readable(instrument.key, scan.c.closed_on <= as_of, scan.c.id == scan_id)
    counted = (
        select(answer.c.factor)
        .join(response, response.c.id == answer.c.response_id)
        .join(mine, mine.c.scan_id == response.c.scan_id)
        .group_by(answer.c.factor, mine.c.min_answers)
        .having(func.count(answer.c.level) >= mine.c.min_answers)
    )
    found = (
        select(remark.c.factor, remark.c.text)
        .where(remark.c.scan_id == scan_id, remark.c.factor.in_(counted))
        .order_by(remark.c.id)
    )
    listed: dict[str, tuple[str, ...]] = {}
    with engine.connect() as connection:
        for factor, text in connection.execute(found):
            listed[factor] = (*listed.get(factor, ()), text)
    return listed


def groups(
    engine: Engine, instrument: Instrument, scan_id: int, as_of: date
) -> dict[RoleGroup, ScanScore]:
    """Return the scores of each group of staff that may be shown, in their fixed order.

    They have no standard deviation. A factor that a group cannot show has no answers in it.
    """
    mine = readable(instrument.key, scan.c.closed_on <= as_of, scan.c.id == scan_id)
    with engine.connect() as connection:
        minimum = connection.execute(select(mine.c.min_answers)).scalar()
        people = list(letters(connection, mine).get(scan_id, {}).values())
    if minimum is None or not people:
        return {}
    shown = publication(instrument, people, minimum).groups
    hidden = {
        factor.id: shown
        - shown_groups(
            Counter(
                role if role in shown else None
                for role, answers in people
                if answers.get(factor.id) is not None
            ),
            minimum,
        )
        for factor in instrument.factors
    }
    return {
        group: _score(
            instrument,
            [answers for role, answers in people if role == group.value],
            {factor for factor, groups in hidden.items() if group.value in groups},
        )
        for group in RoleGroup
        if group.value in shown
    }


def _score(
    instrument: Instrument, responses: list[dict[str, str | None]], hidden: set[str]
) -> ScanScore:
    full = score(instrument, responses)
    factors = tuple(counted(f.factor, {}) if f.factor.id in hidden else f for f in full.factors)
    return ScanScore(full.n, factors, None)


def consensus(engine: Engine, scan_id: int) -> dict[str, Consensus]:
    """Return what was agreed per factor id."""
    found = (
        select(agreed, person.c.name)
        .outerjoin(person, person.c.id == agreed.c.recorded_by_id)
        .where(agreed.c.scan_id == scan_id)
    )
    with engine.connect() as connection:
        return {
            row.factor: Consensus(
                row.factor, row.level, row.reason, row.recorded_on, row.name, row.id
            )
            for row in connection.execute(found)
        }


def agreed_rounds(engine: Engine, project_ids: Sequence[int]) -> frozenset[int]:
    """Return the rounds of some projects in which something was agreed."""
    found = (
        select(agreed.c.scan_id)
        .join(scan, scan.c.id == agreed.c.scan_id)
        .where(scan.c.project_id.in_(project_ids), scan.c.deleted_at.is_(None))
    )
    with engine.connect() as connection:
        return frozenset(connection.execute(found).scalars())


def invitations(engine: Engine, scan_id: int) -> list[Invited]:
    """Return the links of a round in the order of their labels."""
    found = (
        select(invitation)
        .where(invitation.c.scan_id == scan_id)
        .order_by(invitation.c.label, invitation.c.id)
    )
    with engine.connect() as connection:
        return [
            Invited(row.id, row.label, row.revoked_at is not None, bool(row.contested))
            for row in connection.execute(found)
        ]


def is_shared(engine: Engine, scan_id: int) -> bool:
    """Say whether a round has a link for a whole team that still works."""
    found = select(scan.c.id).where(
        scan.c.id == scan_id, scan.c.shared_hash.not_like(f"{STOPPED_LINK}%")
    )
    with engine.connect() as connection:
        return connection.execute(found).first() is not None


def project_of(engine: Engine, scan_id: int) -> int | None:
    """Return the project that a round belongs to; None when there is no such round."""
    found = select(scan.c.project_id).where(scan.c.id == scan_id, scan.c.deleted_at.is_(None))
    with engine.connect() as connection:
        return connection.execute(found).scalar()
