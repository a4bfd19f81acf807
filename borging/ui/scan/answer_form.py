"""What somebody who answers a round has filled in so far, and at which step he is.

A step is the id of a factor or one of the names below. What was filled in is saved at every
step, under the secret of this browser, and read back when the page is opened anew.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st
from sqlalchemy import Engine

from borging import clock
from borging.domain.instruments import Instrument, find_instrument
from borging.domain.terms import RoleGroup
from borging.settings import INSTRUMENT_FOLDERS, settings
from borging.store import database
from borging.store.commands import ballots, devices, ways_in
from borging.store.commands.ballots import Filled
from borging.store.commands.devices import LinkUse
from borging.store.commands.scans import ScanError
from borging.store.commands.ways_in import Link, NoWayInError, OpenRound
from borging.ui.scan.answer_frame import LINKS
from borging.web import scan_door

BEGIN, ROLE, OVERVIEW, RECEIVED = "begin", "functiegroep", "overzicht", "ontvangen"
LEFT = "vergeten"
DO_NOT_KNOW = "weet ik niet"
RATHER_NOT = "liever niet"

TOKEN, STEP, ANSWERS, REMARKS, GROUP = "token", "step", "answers", "remarks", "group"
CHANGING, PROBLEM, BROWSER, DRAWN = "changing", "problem", "browser", "drawn"
OBJECTING = "objecting"
KEPT = (TOKEN, STEP, ANSWERS, REMARKS, GROUP, CHANGING, PROBLEM, BROWSER, DRAWN, OBJECTING)
PREFIX = "scan_"
"""Names in the state of a session, behind PREFIX; all are plain values."""


class NoLinkError(ScanError):
    """The page was opened without a link; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__("Gebruik de link uit uw uitnodiging.")


class CookieNeededError(ScanError):
    """A shared link was opened by a browser that keeps no cookie; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__(
            "Uw browser bewaart geen cookie van deze pagina. Met de link van een team is dat wel "
            "nodig: zo telt elk toestel één keer. Sta cookies toe voor dit adres en open de link "
            "opnieuw."
        )


class AnswerLostError(ScanError):
    """The answer of this device was erased after an objection; the message is Dutch."""

    def __init__(self) -> None:
        super().__init__(
            "Het antwoord dat vanaf dit toestel met deze link is gegeven, telt niet meer: iemand "
            "die de link opende, zei ‘dat was ik niet’, en de link is daarna vernieuwd of "
            "ingetrokken. Was het uw antwoord? Vraag om de nieuwe link en zeg erbij dat u al had "
            "geantwoord."
        )


@dataclass(frozen=True)
class Visit:
    """A visit with a link that leads to a round.

    Attributes:
        browser: secret of the browser, or of this visit alone.
        remembered: whether the browser keeps its secret, so that a draft can be found again.
        use: whether and where an answer was given with this link.
    """

    engine: Engine
    link: Link
    round: OpenRound
    instrument: Instrument
    browser: str
    remembered: bool
    use: LinkUse

    @property
    def steps(self) -> list[str]:
        """Every step where something is asked, in order."""
        factors = [factor.id for factor in self.instrument.factors]
        return [*factors, ROLE] if self.round.asks_role else factors


def enter() -> Visit:
    """Return the visit of this page, with the draft of this browser.

    Raises:
        ScanError: this page was opened without a link, with one that leads nowhere, or without
            the cookie that a shared link needs.
    """
    link, today = _link(), clock.today()
    engine = database.engine_for(settings().database_url)
    found = scan_door.browser_of(engine, cookie())
    opened = _round(engine, link, today, found)
    if found is None and link.shared:
        raise CookieNeededError
    if read(TOKEN) != link.token:
        _forget()
        write(TOKEN, link.token)
        write(BROWSER, secrets.token_hex(16))
    browser = found or str(read(BROWSER))
    visit = Visit(
        engine,
        link,
        opened,
        find_instrument(opened.instrument, INSTRUMENT_FOLDERS),
        browser,
        found is not None,
        devices.link_use(engine, link, opened.scan_id, browser),
    )
    if opened.closes_on < today and not (visit.use.elsewhere or visit.use.contested):
        raise NoWayInError
    if read(STEP) is None:
        _restore(visit)
    return visit


def _round(engine: Engine, link: Link, today: date, browser: str | None) -> OpenRound:
    try:
        return ways_in.find_round(engine, link, today, late=True)
    except NoWayInError:
        if browser and devices.lost_here(engine, link, browser):
            raise AnswerLostError from None
        raise


def cookie() -> str | None:
    """Return what this browser sent as its cookie, true or not."""
    return st.context.cookies.get(scan_door.COOKIE)


def _link() -> Link:
    for name, shared in zip(LINKS, (False, True), strict=True):
        if token := st.query_params.get(name):
            return Link(token, shared)
    raise NoLinkError


def read(name: str) -> object:
    """Return something of this visit; None when it is not there."""
    return st.session_state.get(f"{PREFIX}{name}")


def write(name: str, value: object) -> None:
    """Keep something of this visit."""
    st.session_state[f"{PREFIX}{name}"] = value


def _forget() -> None:
    for name in KEPT:
        st.session_state.pop(f"{PREFIX}{name}", None)


def _restore(visit: Visit) -> None:
    """Begin where this browser was: at the first step that is not answered."""
    found = ballots.read_draft(visit.engine, visit.link, visit.round.scan_id, visit.browser)
    write(ANSWERS, dict(found.answers))
    write(REMARKS, dict(found.remarks))
    write(GROUP, found.role or (RATHER_NOT if found.handed_in else None))
    if found.handed_in:
        write(STEP, RECEIVED)
    elif found == Filled():
        write(STEP, BEGIN)
    else:
        write(STEP, first_open(visit))


def turned() -> bool:
    """Say once that another step is shown than before."""
    now = read(STEP)
    before = read(DRAWN)
    write(DRAWN, now)
    return before not in (None, now)


def answers() -> dict[str, str | None]:
    """Factor id to letter, of the factors that are answered; None is 'weet ik niet'."""
    found = read(ANSWERS)
    return dict(found) if isinstance(found, dict) else {}


def remarks() -> dict[str, str]:
    """Factor id to remark."""
    found = read(REMARKS)
    return dict(found) if isinstance(found, dict) else {}


def group() -> str | None:
    """Return the value of a RoleGroup, RATHER_NOT, or None when it is not answered."""
    found = read(GROUP)
    return found if isinstance(found, str) else None


def answered(step: str) -> bool:
    """Say whether a step is answered."""
    return group() is not None if step == ROLE else step in answers()


def first_open(visit: Visit) -> str:
    """Return the first step that is not answered, else the overview."""
    return next((step for step in visit.steps if not answered(step)), OVERVIEW)


def filled() -> Filled:
    """Return everything that was filled in, as the store takes it."""
    chosen = group()
    role = chosen if chosen in {each.value for each in RoleGroup} else None
    return Filled(answers(), remarks(), role)


def go(step: str, *, changing: bool = False) -> None:
    """Show a step in the next run. changing: it was chosen in the overview, and leads back."""
    write(STEP, step)
    write(CHANGING, changing)
    write(PROBLEM, None)


def leave_factor(visit: Visit, factor: str, *, forward: bool) -> None:
    """Keep what was filled in for a factor and go on, or back."""
    chosen = read(f"level_{factor}")
    if isinstance(chosen, str):
        write(ANSWERS, {**answers(), factor: None if chosen == DO_NOT_KNOW else chosen})
    write(REMARKS, {**remarks(), factor: str(read(f"remark_{factor}") or "")})
    _leave(visit, factor, forward=forward)


def leave_role(visit: Visit, *, forward: bool) -> None:
    """Keep the role group and go on, or back."""
    chosen = read("level_role")
    if isinstance(chosen, str):
        write(GROUP, chosen)
    _leave(visit, ROLE, forward=forward)


def _leave(visit: Visit, step: str, *, forward: bool) -> None:
    if forward and not answered(step):
        write(PROBLEM, "Kies een antwoord. Weet u het niet, kies dan het laatste.")
        return
    _send(visit, ballots.save_draft, _next(visit, step, forward=forward))


def _next(visit: Visit, step: str, *, forward: bool) -> str:
    if read(CHANGING):
        return OVERVIEW
    order = [BEGIN, *visit.steps, OVERVIEW]
    return order[order.index(step) + (1 if forward else -1)]


def give(visit: Visit) -> None:
    """Hand the answer in."""
    _send(visit, ballots.hand_in, RECEIVED)


def _send(visit: Visit, command: Callable[..., None], step: str) -> None:
    """Store what was filled in and show a step, or stay and say why that cannot be."""
    at = (visit.engine, visit.link, visit.round.scan_id, visit.browser)
    try:
        command(*at, filled(), visit.instrument, as_of=clock.today())
    except ScanError as error:
        write(PROBLEM, str(error))
        return
    go(step)


def leave_device(visit: Visit) -> None:
    """Let this device forget the answer, which stays counted as it is."""
    at = (visit.engine, visit.link, visit.round.scan_id, visit.browser)
    try:
        devices.leave_device(*at, as_of=clock.today())
    except ScanError as error:
        write(PROBLEM, str(error))
        return
    for name in (ANSWERS, REMARKS, GROUP):
        write(name, None)
    go(LEFT)


def object_to_answer(visit: Visit) -> None:
    """Erase the answer that another device gave with this link."""
    at = (visit.engine, visit.link, visit.round.scan_id, visit.browser)
    write(OBJECTING, None)
    try:
        devices.object_to_answer(*at, as_of=clock.today())
    except ScanError as error:
        write(PROBLEM, str(error))
