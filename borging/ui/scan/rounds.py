"""The parts of the desk of who holds the rounds: planning, opening, closing, publishing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from borging.domain.rounds import LOWEST_MINIMUM, ScanRound
from borging.domain.terms import Moment, RoundState
from borging.services.scan import rounds as round_desk
from borging.services.scan.chooser import Chosen
from borging.services.scan.rounds import Desk, Step
from borging.store.commands import rounds as commands
from borging.store.commands.invitations import tidy_labels
from borging.store.commands.round_checks import RoundChangedError
from borging.store.commands.rounds import RoundPlan, usual_plan
from borging.store.commands.scans import ScanError
from borging.ui import links, load
from borging.ui.frame import Screen
from borging.ui.scan import load_rounds, round_basis, round_links
from borging.ui.scan.round_basis import Basis, basis
from borging.ui.text import plain

NOTICE, CLOSING = "ronde_melding", "ronde_sluiten"
WHY_NO_COUNT = (
    "Hoeveel mensen al antwoordden, staat nergens: wie dat aantal ziet groeien, kan raden wie wat "
    "antwoordde. Antwoord niet zelf met links van anderen: het aantal links staat op het "
    "invulscherm en bij de uitslag."
)
WHY_MINIMUM = (
    "Onder het minimum wordt niets getoond, ook niet per factor: anders is te raden wie wat "
    "antwoordde. Het staat vast zodra de ronde open is."
)
WHY_ROLE = (
    "Een groep met minder antwoorden dan het minimum wordt nooit apart getoond. Vraag het dus "
    "alleen als van elke groep genoeg mensen meedoen."
)


def notice() -> None:
    """Say once what the last action did, or why it was refused.

    In a place that stays: whatever is open below would move up and close otherwise.
    """
    place = st.empty()
    said = st.session_state.pop(NOTICE, None)
    if said and said["refused"]:
        place.warning(plain(said["words"]))
    elif said:
        place.markdown(f":green[✓] {plain(said['words'])}")


def _say(words: str, *, refused: bool = False) -> None:
    st.session_state[NOTICE] = {"words": words, "refused": refused}


def _write(based: Basis, action: Callable[[ScanRound], object], words: str) -> None:
    """Do something to a round, say so and draw the screen anew; or say why not."""
    try:
        action(based["seen"])
    except RoundChangedError as refusal:
        st.error(plain(round_basis.conflict(based, refusal)))
        return
    except ScanError as refusal:
        st.error(plain(str(refusal)))
        return
    round_basis.done(based)
    _say(words)
    st.rerun()


def next_step(desk: Desk, project: Chosen, screen: Screen, today: date) -> None:
    """Say what to do now, with the button for it when that is not a form further down."""
    st.markdown(plain(desk.step_words))
    at = {"id": str(project.id)}
    with st.container(horizontal=True, vertical_alignment="center"):
        if desk.current is not None and desk.step in (Step.DISCUSS, Step.REST):
            talk = {"scan": str(desk.current.id)}
            if st.button("Bespreken", type="primary", key="go_discuss"):
                st.switch_page(links.screen("bespreken"), query_params=talk)
        if desk.current is not None and desk.step == Step.OPEN:
            _open_button(desk.current, screen, today)
        st.page_link(links.screen("borgingsscan"), label="Naar de uitslag", query_params=at)
        st.page_link(links.screen("project"), label="Naar het project", query_params=at)


def begin(desk: Desk, project: Chosen, screen: Screen, today: date) -> None:
    """Draw the form that makes, invites and opens in one click."""
    usual = usual_plan(today, desk.moment)
    with st.form("nieuwe_ronde", border=False):
        plan = _plan_fields(usual, today, f"nieuw_{len(desk.closed)}")
        names = round_links.names_field(desk.closed, "namen_nieuw")
        shared = st.checkbox("Ook één gedeelde link met QR-code, voor een teamoverleg")
        with st.container(horizontal=True):
            now = st.form_submit_button("Openen en links maken", type="primary")
            later = st.form_submit_button("Alleen klaarzetten")
    if now and not names and not shared:
        st.error("Noem minstens één genodigde, of kies de gedeelde link.")
    elif now or later:
        _begin(project, plan, names, screen, today, shared=shared, at_once=now)


def _plan_fields(usual: RoundPlan, today: date, key: str) -> RoundPlan:
    first, second, third = st.columns(3)
    moment = first.selectbox(
        "Moment",
        [term.value for term in Moment],
        index=list(Moment).index(usual.moment),
        format_func=lambda each: Moment(each).label,
        key=f"{key}_moment",
    )
    closes_on = second.date_input(
        "Open tot en met",
        max(usual.closes_on, today),
        min_value=today,
        format="DD-MM-YYYY",
        key=f"{key}_tot",
    )
    least = third.number_input(
        "Minimum aantal antwoorden",
        min_value=LOWEST_MINIMUM,
        value=usual.min_answers,
        step=1,
        key=f"{key}_minimum",
    )
    st.markdown(f":small[:gray[{WHY_MINIMUM}]]")
    role = st.checkbox("Vraag ook naar de functiegroep", value=usual.asks_role, key=f"{key}_groep")
    st.markdown(f":small[:gray[{WHY_ROLE}]]")
    return RoundPlan(Moment(moment), closes_on, int(least), role)


def _begin(
    project: Chosen,
    plan: RoundPlan,
    names: list[str],
    screen: Screen,
    today: date,
    *,
    shared: bool,
    at_once: bool,
) -> None:
    source = load.engine()
    try:
        people = tidy_labels(names) if names else []
        scan_id = commands.plan_round(
            source, screen.actor, project.id, load.instrument(), plan, as_of=today
        )
    except ScanError as refusal:
        st.error(plain(str(refusal)))
        return
    st.session_state[round_links.NAMES] = "\n".join(people)
    if not at_once:
        _say("De ronde staat klaar als concept. Niemand kan nog antwoorden.")
        st.rerun()
    try:
        made = next(each for each in load_rounds.rounds(project.id, today) if each.id == scan_id)
        commands.open_round(source, screen.actor, made, as_of=today)
        if people:
            round_links.invite(scan_id, people, screen)
        if shared:
            opened = next(
                each for each in load_rounds.rounds(project.id, today) if each.id == scan_id
            )
            round_links.share(opened, screen)
    except ScanError as refusal:
        _say(f"{refusal} De ronde staat klaar.", refused=True)
        st.rerun()
    st.session_state.pop(round_links.NAMES, None)
    _say("De ronde is open.")
    st.rerun()


def _open_button(scan: ScanRound, screen: Screen, today: date) -> None:
    """Open a concept; that stands out once somebody can be given a link."""
    based = basis(scan, "ronde_openen")
    invited = any(not each.revoked for each in load_rounds.invitations(scan.id))
    if st.button(
        "Ronde openen",
        type="primary" if invited or load_rounds.is_shared(scan.id) else "secondary",
        key="ronde_openen",
        disabled=round_desk.is_late(scan, today),
    ):
        _write(
            based,
            lambda seen: commands.open_round(load.engine(), screen.actor, seen, as_of=today),
            "De ronde is open.",
        )


def concept(scan: ScanRound, screen: Screen, today: date) -> None:
    """Let somebody change or remove a round that was never opened."""
    source, actor = load.engine(), screen.actor
    st.header("Klopt het plan?", anchor=False)
    based, gone = basis(scan, "plan_opslaan"), basis(scan, "concept_weg")
    drawn = based["drawn"]
    now = RoundPlan(
        drawn.moment or Moment.REPEAT, drawn.closes_on, drawn.min_answers, drawn.asks_role
    )
    with st.form("plan", border=False):
        plan = _plan_fields(now, today, f"plan_{scan.id}_{drawn.version}")
        changed = st.form_submit_button("Plan opslaan", key="plan_opslaan")
    if changed:
        _write(
            based,
            lambda seen: commands.change_round(source, actor, seen, plan, as_of=today),
            "Het plan is gewijzigd.",
        )
    with st.popover("Concept verwijderen", type="tertiary"):
        st.markdown("Links die u voor dit concept maakte, werken dan niet meer.")
        if st.button("Verwijderen", key="concept_weg"):
            _write(
                gone,
                lambda seen: commands.remove_concept(source, actor, seen),
                "Het concept is verwijderd.",
            )


def last_day(scan: ScanRound, screen: Screen, today: date) -> None:
    """Draw the form that moves the last day of an open round."""
    based = basis(scan, "verlengen_ok")
    drawn = based["drawn"]
    with st.form("verlengen", border=False):
        last = st.date_input(
            "Open tot en met",
            max(drawn.closes_on, today),
            min_value=today,
            format="DD-MM-YYYY",
            key=f"verlengen_{scan.id}_{drawn.version}",
        )
        moved = st.form_submit_button("Sluitingsdatum wijzigen", key="verlengen_ok")
    if moved:
        plan = RoundPlan(drawn.moment or Moment.REPEAT, last, drawn.min_answers, drawn.asks_role)
        _write(
            based,
            lambda seen: commands.change_round(
                load.engine(), screen.actor, seen, plan, as_of=today
            ),
            "De sluitingsdatum is gewijzigd.",
        )


def closing(
    scan: ScanRound, screen: Screen, today: date, *, stands_out: bool, contested: bool
) -> None:
    """Draw the two clicks that close an open round.

    Args:
        stands_out: closing is what the round waits for.
        contested: a link of the round is contested, so that it cannot close.
    """
    ending = basis(scan, "sluiten_ja")
    if st.session_state.get(CLOSING) != scan.id or contested:
        if st.button(
            "Ronde sluiten …",
            key="sluiten",
            type="primary" if stands_out else "secondary",
            disabled=contested,
            help="Vernieuw eerst de betwiste link of trek hem in." if contested else None,
        ):
            st.session_state[CLOSING] = scan.id
            st.rerun()
        return
    st.markdown(
        "**Sluiten kan niet terug.** Niemand kan daarna nog antwoorden en begonnen antwoorden "
        f"vervallen. Zijn er minder dan {scan.min_answers} antwoorden, dan blijft alles dicht."
    )
    with st.container(horizontal=True):
        if st.button("Ja, sluiten", type="primary", key="sluiten_ja"):
            _write(
                ending,
                lambda seen: commands.close_round(load.engine(), screen.actor, seen, as_of=today),
                "De ronde is gesloten.",
            )
        if st.button("Nog niet", key="sluiten_nee"):
            st.session_state.pop(CLOSING)
            st.rerun()


def after(scan: ScanRound, screen: Screen, today: date) -> None:
    """Let somebody choose the day of the next round."""
    based = basis(scan, "volgende_ok")
    drawn = based["drawn"]
    with st.form("volgende", border=False):
        chosen = st.date_input(
            "Volgende ronde",
            round_desk.next_day(drawn, today),
            format="DD-MM-YYYY",
            width=320,
            key=f"volgende_{scan.id}_{drawn.version}",
        )
        saved = st.form_submit_button("Dag opslaan", key="volgende_ok")
    if saved:
        _write(
            based,
            lambda seen: commands.set_next_round(load.engine(), screen.actor, seen, chosen),
            "De dag van de volgende ronde is opgeslagen.",
        )


def closed_round(scan: ScanRound, screen: Screen, today: date) -> None:
    """Draw one line of a closed round: what it was, talk about it, publish it or take it back."""
    source, actor = load.engine(), screen.actor
    st.markdown(plain(round_desk.closed_words(scan)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if scan.score is not None:
            talk = {"scan": str(scan.id)}
            st.page_link(links.screen("bespreken"), label="Bespreken", query_params=talk)
        back, free = basis(scan, f"terug_{scan.id}"), basis(scan, f"vrij_{scan.id}")
        if scan.state == RoundState.PUBLISHED:
            if st.button("Niet langer vrijgeven", key=f"terug_{scan.id}", type="tertiary"):
                _write(
                    back,
                    lambda seen: commands.withdraw_round(source, actor, seen),
                    "De ronde telt niet meer mee in de portfolio. Het team blijft haar zien.",
                )
        elif st.button("Vrijgeven voor de portfolio", key=f"vrij_{scan.id}"):
            _write(
                free,
                lambda seen: commands.publish_round(source, actor, seen, as_of=today),
                "De ronde is vrijgegeven: zij telt mee in de portfolio.",
            )
