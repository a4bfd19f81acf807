"""Refusals that the commands on rounds share: a conflict, a plan that cannot be, a wrong moment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlmodel import Session

from borging.domain.rounds import LOWEST_MINIMUM, REST_DAYS, ScanRound
from borging.domain.terms import Moment, RoundState, ScanKind
from borging.store.commands.conflicts import changed_since, words_of
from borging.store.commands.scans import ScanError, T, live_round, response, scan
from borging.store.queries.near_rounds import near_rounds

invitation = T["scan_invitation"]
LABELS = {
    "state": "Stand",
    "moment": "Moment",
    "closes_on": "Open tot en met",
    "min_answers": "Minimum aantal antwoorden",
    "asks_role": "Vraag naar de functiegroep",
    "next_on": "Volgende ronde",
}
WORDS = {"state": words_of(RoundState), "moment": words_of(Moment)}


class RoundChangedError(ScanError):
    """Somebody else changed the round since it was read; version: the one it has now.

    A second attempt with this version writes over the change of the other.
    """

    def __init__(self, sentence: str, version: int) -> None:
        super().__init__(sentence)
        self.version = version


def seen_round(session: Session, seen: ScanRound) -> Row[Any]:
    """Return the stored round, when it still is as somebody saw it.

    Raises:
        RoundChangedError: somebody else changed it since.
        ScanError: it is gone.
    """
    row = live_round(session, seen.id)
    if row.scan_version == seen.version:
        return row
    before = {name: getattr(seen, name) for name in LABELS}
    now = {name: getattr(row, name) for name in LABELS if name != "state"}
    now |= {"asks_role": bool(row.asks_role), "state": _state(row)}
    told = changed_since(session, "scan", seen.id, LABELS, before, now, WORDS)
    raise RoundChangedError(f"Deze ronde is {told}", row.scan_version)


def raise_version(session: Session, scan_id: int) -> None:
    """Count a change of the links of a round as a change of the round."""
    changed = update(scan).where(scan.c.id == scan_id)
    session.execute(changed.values(version=scan.c.version + 1))


def _state(row: Row[Any]) -> RoundState:
    for day, state in (
        (row.published_on, RoundState.PUBLISHED),
        (row.closed_on, RoundState.CLOSED),
        (row.opened_on, RoundState.OPEN),
    ):
        if day is not None:
            return state
    return RoundState.DRAFT


def check_plan(closes_on: date, min_answers: int, as_of: date) -> None:
    """Refuse a last day that is over, and a minimum that is too low."""
    if closes_on < as_of:
        raise ScanError(
            f"De sluitingsdatum {closes_on:%d-%m-%Y} is voorbij. Kies vandaag of later."
        )
    if min_answers < LOWEST_MINIMUM:
        raise ScanError(
            f"Het minimum is {min_answers} antwoorden; het mag niet lager zijn dan "
            f"{LOWEST_MINIMUM}, anders zijn antwoorden te herleiden."
        )


def check_not_closed(row: Row[Any]) -> None:
    """Refuse a round that is closed."""
    if row.closed_on is not None:
        raise ScanError("Deze ronde is gesloten; zij kan niet meer veranderen.")


def check_alone(session: Session, project_id: int) -> None:
    """Two rounds at once would be answered by the same people, and could be subtracted."""
    going_on = select(scan.c.id).where(
        scan.c.project_id == project_id, scan.c.closed_on.is_(None), scan.c.deleted_at.is_(None)
    )
    if session.execute(going_on).first():
        raise ScanError(
            "Dit project heeft al een ronde die nog niet is gesloten. Ga daarmee verder."
        )


def check_uncontested(session: Session, scan_id: int) -> None:
    """Until a contested link is renewed or revoked it is open whose answer is missing."""
    contested = session.execute(
        select(invitation.c.label)
        .where(
            invitation.c.scan_id == scan_id,
            invitation.c.contested,
            invitation.c.revoked_at.is_(None),
        )
        .order_by(invitation.c.label)
    ).scalars()
    if names := ", ".join(contested):
        raise ScanError(
            f"Betwist: de link van {names}. Iemand opende een gebruikte link en zei: ‘dat was ik "
            "niet’. Vernieuw die link of trek hem in; daarna kan de ronde sluiten."
        )


def check_twins(session: Session, project_id: int, day: date) -> None:
    """Another project of the unit with the same result would be a second round of the same."""
    near = near_rounds(session.connection(), project_id, day)
    if twin := next((each for each in near if each.same), None):
        raise ScanError(
            f"{twin.code} ‘{twin.title}’ van hetzelfde onderdeel heeft dezelfde naam of hetzelfde "
            "resultaat, en een ronde die open is of korter dan twee weken geleden sloot. Dezelfde "
            "mensen antwoorden dan hetzelfde, en uit het verschil is af te leiden wie wat "
            "antwoordde. Wacht tot twee weken na die ronde."
        )


def check_rest(session: Session, row: Row[Any], day: date) -> None:
    """A round that shows nothing can be followed at once: there is no difference to see."""
    given = select(func.count()).where(response.c.scan_id == scan.c.id).scalar_subquery()
    last = session.execute(
        select(func.max(scan.c.closed_on)).where(
            scan.c.project_id == row.project_id,
            scan.c.kind == ScanKind.INDIVIDUAL.value,
            scan.c.deleted_at.is_(None),
            given >= scan.c.min_answers,
        )
    ).scalar()
    if last is not None and day < last + timedelta(days=REST_DAYS):
        first = last + timedelta(days=REST_DAYS)
        raise ScanError(
            f"De vorige ronde sloot op {last:%d-%m-%Y}. Open een volgende op zijn vroegst op "
            f"{first:%d-%m-%Y}: eerder is uit het verschil af te leiden wie wat antwoordde."
        )
