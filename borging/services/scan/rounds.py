"""The desk of who holds the rounds of one project: what is going on, and what is the next step.

The round at hand is the one that is not closed; without one it is the newest. While a round is
open nothing here tells how many people answered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote, urlsplit

from borging.domain.rounds import ScanRound, clock_jump, next_round
from borging.domain.terms import Moment, RoundState
from borging.domain.wording import count, day, day_and_week, listed
from borging.services.scan import words as scan_words

THIS_MACHINE = {"localhost", "127.0.0.1", "::1", None}


class Step(StrEnum):
    """What is to be done next; the screen lets this one thing stand out."""

    BEGIN = "begin"
    OPEN = "open"
    RESOLVE = "resolve"
    WAIT = "wait"
    CLOSE = "close"
    DISCUSS = "discuss"
    REST = "rest"


@dataclass(frozen=True)
class Desk:
    """What the screen shows.

    current: the round at hand; None when there is none. step_words: the next step in one
    sentence. may_begin: whether a new round can be made. closed: all closed rounds, newest first.
    """

    title: str
    question: str
    small_print: str
    current: ScanRound | None
    step: Step
    step_words: str
    may_begin: bool
    moment: Moment
    closed: tuple[ScanRound, ...]


def view(
    code: str,
    title: str,
    rounds: Sequence[ScanRound],
    today: date,
    contested: Sequence[str] = (),
) -> Desk:
    """Build the desk of one project from its rounds up to and including `today`.

    contested: for whom the links are that somebody has to renew or revoke.
    """
    current = at_hand(rounds)
    step = next_step(current, today, contested)
    closed = sorted((r for r in rounds if r.closed), key=_place, reverse=True)
    return Desk(
        title=finding(current, today, contested),
        question=f"Wat is de volgende stap met de borgingsscan van {title}?",
        small_print=" · ".join((code, "wat u hier doet geldt meteen", day_and_week(today))),
        current=current,
        step=step,
        step_words=step_words(current, step, today, contested),
        may_begin=current is None or current.closed,
        moment=Moment.REPEAT if closed else Moment.PLAN,
        closed=tuple(closed),
    )


def _place(scan: ScanRound) -> tuple[date, int]:
    return scan.scanned_on, scan.id


def at_hand(rounds: Sequence[ScanRound]) -> ScanRound | None:
    """Return the round that is not closed, else the newest one."""
    return max(rounds, key=lambda r: (not r.closed, _place(r)), default=None)


def name(scan: ScanRound) -> str:
    """Name a round: 'Ronde 3', with what is not usual about it."""
    return f"Ronde {scan.number}" + (" (gezamenlijk)" if scan.joint else "")


def is_late(scan: ScanRound, today: date) -> bool:
    """Say whether the last day of a round is over."""
    return scan.closes_on is not None and scan.closes_on < today


def finding(current: ScanRound | None, today: date, contested: Sequence[str] = ()) -> str:
    """Return the title: where the round at hand stands."""
    if current is None:
        return "Nog geen ronde van de borgingsscan"
    lead = name(current)
    if current.state == RoundState.DRAFT:
        late = ", maar haar sluitingsdatum is voorbij" if is_late(current, today) else ""
        return f"{lead} staat klaar als concept{late}"
    if current.state == RoundState.OPEN:
        if contested:
            links = count(len(contested), "link is", "links zijn")
            return f"{lead} wacht op u: {links} betwist"
        if is_late(current, today):
            return f"{lead} neemt geen antwoorden meer aan: sluit haar"
        if current.closes_on == today:
            return f"{lead} is vandaag voor het laatst open"
        return f"{lead} is {scan_words.standing(current)}"
    if current.next_on is not None and current.next_on < today:
        return f"De volgende ronde is te laat: zij stond op {day(current.next_on)}"
    if current.next_on == today:
        return "Vandaag begint de volgende ronde"
    if current.score is None:
        return f"{lead} is gesloten met te weinig antwoorden om te tonen"
    if current.state == RoundState.CLOSED:
        return f"{lead} is gesloten: bespreek haar"
    if current.next_on is None:
        return f"{lead} is vrijgegeven; er is geen volgende ronde gepland"
    return f"{lead} is vrijgegeven; de volgende is op {day(current.next_on)}"


def next_step(current: ScanRound | None, today: date, contested: Sequence[str] = ()) -> Step:
    """Return the one thing to do now."""
    if current is None:
        return Step.BEGIN
    if current.state == RoundState.DRAFT:
        return Step.OPEN
    if current.state == RoundState.OPEN:
        if contested:
            return Step.RESOLVE
        return Step.CLOSE if is_late(current, today) else Step.WAIT
    if (current.next_on is not None and current.next_on <= today) or current.score is None:
        return Step.BEGIN
    return Step.DISCUSS if current.state == RoundState.CLOSED else Step.REST


def step_words(
    current: ScanRound | None, step: Step, today: date, contested: Sequence[str] = ()
) -> str:
    """Say in one sentence what to do now."""
    if step == Step.RESOLVE:
        return _contested_words(contested)
    if step == Step.BEGIN:
        return _begin_words(current)
    if step == Step.OPEN:
        return (
            "Maak de uitnodigingen en open de ronde. Pas daarna kan iemand antwoorden; het minimum "
            "en de vraag naar de functiegroep staan dan vast."
        )
    if step == Step.CLOSE:
        return (
            "De laatste dag is voorbij. Sluit de ronde om de antwoorden te tellen, of kies een "
            "latere laatste dag. Doet niemand iets, dan telt de app ze op de derde dag na de "
            "laatste dag waarop zij wordt geopend; daarna kan het niet terug."
        )
    assert current is not None
    if step == Step.WAIT:
        assert current.closes_on is not None
        left = (current.closes_on - today).days
        when = "Vandaag is de laatste dag" if not left else f"Nog {count(left, 'dag', 'dagen')}"
        return f"{when}. Herinner iedereen één keer: wie al antwoordde, is niet te zien."
    if step == Step.DISCUSS:
        return "Bespreek de uitslag met het team en spreek per zwakke factor één actie af."
    rest = f" tot de volgende ronde op {day(current.next_on)}" if current.next_on else ""
    return f"De uitslag telt mee in de portfolio. Werk aan de acties{rest}."


def _contested_words(labels: Sequence[str]) -> str:
    if len(labels) == 1:
        return (
            f"Iemand opende de link van {labels[0]} en zei: ‘dat was ik niet’. Het antwoord dat "
            "ermee kwam, is vervallen. Vernieuw de link of trek hem in; eerder kan de ronde niet "
            "sluiten."
        )
    return (
        f"De links van {listed(labels)} zijn geopend door iemand die zei: ‘dat was ik niet’. De "
        "antwoorden die ermee kwamen, zijn vervallen. Vernieuw elke link of trek hem in; eerder "
        "kan de ronde niet sluiten."
    )


def near_words(titles: Sequence[str]) -> str:
    """Say that the unit answers about another project too; '' when it does not."""
    if not titles:
        return ""
    return (
        f"Dit onderdeel antwoordt in deze twee weken ook over {listed(list(titles))}. Vraag "
        "daar dezelfde mensen, of wacht: wie in één van de rondes ontbreekt, is uit het verschil "
        "soms te kennen. Op het invulscherm staat dit ook."
    )


def clock_words(days: Collection[date], today: date) -> str:
    """Say that the clock of the server seems to have jumped; '' when it does not."""
    jump = clock_jump(days, today)
    if jump is None:
        return ""
    before, after = jump
    if before > after:
        return (
            f"De klok van de server stond eerder op {day(before)}, later dan vandaag "
            f"({day(after)}). Rondes worden daarom niet vanzelf geteld tot die dag voorbij is; "
            "sluit ze zelf. Klopt vandaag niet, laat dan de klok goed zetten."
        )
    return (
        f"Tussen {day(before)} en {day(after)} is de app niet geopend. Klopt het dat het vandaag "
        f"{day(today)} is? Zo niet, laat dan de klok van de server goed zetten voordat u een ronde "
        "sluit of verlengt."
    )


def _begin_words(current: ScanRound | None) -> str:
    if current is None:
        return (
            "Begin een ronde: kies een sluitingsdatum, noem wie u uitnodigt en geef ieder zijn "
            "link. Antwoorden kost hooguit tien minuten."
        )
    if current.score is None:
        return (
            "Wat wel is geantwoord blijft dicht. Begin een nieuwe ronde en nodig meer mensen uit."
        )
    return "Begin de volgende ronde; dezelfde mensen staan al klaar."


def next_day(scan: ScanRound, today: date) -> date:
    """Return the day of the next round, or the one to propose."""
    return scan.next_on or next_round(max(scan.scanned_on, today))


def closed_words(scan: ScanRound) -> str:
    """Say of a closed round when it was, who answered and whether it is published."""
    moment = f" · {scan.moment.label}" if scan.moment else ""
    links = f" · {count(scan.invited, 'uitnodiging', 'uitnodigingen')}" if scan.invited else ""
    released = "vrijgegeven" if scan.state == RoundState.PUBLISHED else "nog niet vrijgegeven"
    return (
        f"{name(scan)} van {day(scan.scanned_on)}{moment} · {scan_words.respondents(scan)}"
        f"{links} · {released}"
    )


def labels(text: str) -> list[str]:
    """Return the names in a text, one a line, without blank ones and without doubles."""
    names = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(each for each in names if each))


def link(address: str, token: str, *, shared: bool = False) -> str:
    """Return the link for one person, or for a whole team; `address` is where people answer."""
    kind = "ronde" if shared else "uitnodiging"
    return f"{address.rstrip('/')}/scan?{kind}={quote(token, safe='')}"


def origin(url: str) -> str:
    """Return the address of the app from that of one of its screens."""
    parts = urlsplit(url)
    folder = parts.path.rpartition("/")[0]
    return f"{parts.scheme}://{parts.netloc}{folder}"


def only_here(address: str) -> bool:
    """Say whether an address works on this machine alone."""
    return urlsplit(address).hostname in THIS_MACHINE


def message(title: str, closes_on: date, minimum: int) -> str:
    """Return the words to send along with a link."""
    return (
        f"Wilt u tien vragen beantwoorden over hoe {title} beklijft? Het kost hooguit tien "
        f"minuten en kan tot en met {day(closes_on)}. Uw antwoord wordt zonder naam geteld en pas "
        f"getoond als er minimaal {minimum} zijn. De link is alleen voor u:"
    )
