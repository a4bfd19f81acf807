"""After a round: what the team agreed, and what it is going to do about a weak factor."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.instruments import Instrument
from borging.store.commands.conflicts import last_writer
from borging.store.commands.residuals import FromScan, ItemFields, add_item
from borging.store.commands.scans import ScanError, T, check_letters, live_round, round_name
from borging.store.database import writing

consensus = T["scan_consensus"]


class AgreementChangedError(ScanError):
    """Somebody else wrote down another agreement since; seen: the id it has now."""

    def __init__(self, sentence: str, seen: int | None) -> None:
        super().__init__(sentence)
        self.seen = seen


def record_consensus(
    engine: Engine,
    actor: Actor,
    scan_id: int,
    instrument: Instrument,
    factor: str,
    level: str,
    reason: str,
    seen: int | None,
    *,
    as_of: date,
) -> None:
    """Write down the level a team agreed on, beside the individual answers.

    An earlier agreement on this factor is replaced; the audit keeps it.

    Args:
        seen: id of the agreement on the screen (see `queries.discussion`); None for none.

    Raises:
        AgreementChangedError: somebody else wrote down another agreement since.
        ScanError: the round is gone, not closed or of another instrument; unknown factor or
            level; no reason.
    """
    check_letters(instrument, {factor: level})
    words = " ".join(reason.split())
    if not words:
        raise ScanError("Schrijf in een zin op waarom u dit samen zo ziet.")
    with writing(engine, actor) as write:
        row = _closed(write.session, scan_id, instrument)
        mine = (consensus.c.scan_id == scan_id, consensus.c.factor == factor)
        before = write.session.execute(select(consensus).where(*mine)).first()
        if (before.id if before else None) != seen:
            _refuse_changed(write.session, row, instrument.factor(factor).name, before)
        write.session.execute(delete(consensus).where(*mine))
        values = {
            "scan_id": scan_id,
            "factor": factor,
            "level": level,
            "reason": words,
            "recorded_on": as_of,
            "recorded_by_id": actor.person_id,
        }
        write.session.execute(insert(consensus).values(**values))
        name = instrument.factor(factor).name
        write.record(
            "record_consensus",
            "scan",
            scan_id,
            f"{round_name(row)}: afgesproken niveau bij ‘{name}’ vastgelegd",
            before=dict(before._mapping) if before else None,
            after=values,
        )


def take_action(
    engine: Engine,
    actor: Actor,
    scan_id: int,
    instrument: Instrument,
    factor: str,
    fields: ItemFields,
    *,
    as_of: date,
) -> int:
    """Add an action that is to lift a factor, as a restpunt of the project; return its id.

    Raises:
        ScanError: the round is gone, not closed or of another instrument; unknown factor; no
            owner or no date.
        ResidualError: as `residuals.add_item`.
    """
    check_letters(instrument, {factor: None})
    if fields.owner_id is None or fields.due is None:
        raise ScanError("Een actie heeft een eigenaar en een datum nodig. Vul beide in.")
    with Session(engine) as session:
        row = _closed(session, scan_id, instrument)
    return add_item(engine, actor, row.project_id, fields, as_of, out_of=FromScan(scan_id, factor))


def _refuse_changed(session: Session, row: Row[Any], factor: str, now: Row[Any] | None) -> None:
    who = last_writer(session, "scan", row.id)
    agreed = f"{now.level}, ‘{now.reason}’" if now else "geen afspraak meer"
    raise AgreementChangedError(
        f"De afspraak over ‘{factor}’ is intussen gewijzigd door {who}. Er staat nu: {agreed}.",
        now.id if now else None,
    )


def _closed(session: Session, scan_id: int, instrument: Instrument) -> Row[Any]:
    row = live_round(session, scan_id)
    if row.closed_on is None:
        raise ScanError("Deze ronde is nog niet gesloten. Bespreek haar na het sluiten.")
    if (row.key, row.version) != (instrument.key, instrument.version):
        raise ScanError("Deze ronde hoort bij een andere versie van de vragen.")
    return row
