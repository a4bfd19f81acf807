"""The form for one answer to a scan: ten factors, the level texts in words, nothing preselected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from borging.domain.instruments import Factor, Instrument
from borging.domain.rounds import MIN_ANSWERS
from borging.domain.terms import ScanKind
from borging.services.scan_chooser import OPEN_WORDS, Chosen, open_rounds
from borging.services.wording import day
from borging.store.commands.scans import (
    Answers,
    ScanError,
    add_response,
    record_joint_answer,
    start_round,
)
from borging.ui import load
from borging.ui.frame import Screen

DO_NOT_KNOW = "weet ik niet"
NEW_ROUND = 0
"""Stands for 'a new round' among the ids of rounds."""
GENERATION = "scan_form_generation"
SAVED = "scan_form_saved"
BEGUN = "scan_form_begun"
KINDS = {kind: kind.label.capitalize() for kind in ScanKind}


def kind_choice() -> ScanKind:
    """Let somebody choose between an answer of his own and one that a group agreed on."""
    chosen = st.radio(
        "Hoe vult u in?",
        list(KINDS.values()),
        captions=["Uw eigen antwoord, zonder naam", "Eén antwoord dat u samen hebt afgesproken"],
        key="soort",
        bind="query-params",
    )
    return ScanKind.JOINT if chosen == KINDS[ScanKind.JOINT] else ScanKind.INDIVIDUAL


def just_saved() -> bool:
    """Say once, in place of the form, that the answer was saved; True when that was so.

    A form of ten questions is longer than the window: a message above it would not be seen.
    """
    words = st.session_state.pop(SAVED, None)
    if words is None:
        return False
    st.success(words)
    st.button("Nog een antwoord invullen", key="one_more")
    return True


def round_choice(project: Chosen, screen: Screen, definition: Instrument, today: date) -> int:
    """Let somebody choose an open round or begin one; NEW_ROUND while there is none yet."""
    taking = open_rounds(load.rounds(project.id, today), today)
    days = {each.id: each.scanned_on for each in taking}
    if begun := st.session_state.pop(BEGUN, None):
        st.success(begun)
    chosen = NEW_ROUND
    if taking:
        chosen = st.selectbox(
            "In welke ronde?",
            [*days, NEW_ROUND],
            format_func=lambda each: f"Ronde van {day(days[each])}" if each else "Nieuwe ronde",
            key=f"ronde_{project.id}_{max(days)}",
            width=320,
        )
    if chosen == NEW_ROUND:
        _begin(project, screen, definition, today)
    return chosen


def _begin(project: Chosen, screen: Screen, definition: Instrument, today: date) -> None:
    st.markdown(
        f"Begin eerst een ronde; daarna kan iedereen antwoorden. {OPEN_WORDS} De uitslag is te "
        f"zien vanaf {MIN_ANSWERS} antwoorden."
    )
    with st.form("begin_round", border=False):
        on = st.date_input(
            "Datum van de ronde", today, max_value=today, format="DD-MM-YYYY", width=320
        )
        begun = st.form_submit_button("Ronde beginnen", type="primary")
    if not begun:
        return
    try:
        start_round(
            load.engine(),
            screen.actor,
            project.id,
            ScanKind.INDIVIDUAL,
            on,
            definition,
            as_of=today,
        )
    except ScanError as error:
        st.error(str(error))
        return
    st.session_state[BEGUN] = f"De ronde van {day(on)} is begonnen. Geef nu uw antwoord."
    st.rerun()


def individual(scan_id: int, definition: Instrument, today: date) -> None:
    """Draw the form of one person and save the answer without a trace of who gave it."""
    st.markdown(
        ":small[:gray[Uw antwoord wordt bewaard zonder naam en zonder tijdstip, ook als u bij ‘Ik "
        f"ben’ een naam koos. De uitslag is te zien vanaf {MIN_ANSWERS} antwoorden.]]"
    )

    def save(answers: Answers) -> str:
        add_response(load.engine(), scan_id, definition, answers, as_of=today)
        return "Uw antwoord is ontvangen, zonder naam. Dank u wel."

    with st.form("individual", border=False):
        answers, slots = _questions(definition)
        submitted = st.form_submit_button("Antwoord opslaan", type="primary")
    if submitted:
        _save(answers, slots, definition, save)


def joint(project: Chosen, screen: Screen, definition: Instrument, today: date) -> None:
    """Draw the form of an agreed answer; it is kept and shown with the names of who agreed."""
    with st.form("joint", border=False):
        on = st.date_input(
            "Datum van het gesprek", today, max_value=today, format="DD-MM-YYYY", width=320
        )
        names = st.text_input(
            "Wie spraken dit antwoord af?",
            key=f"afgesproken_{_generation()}",
            placeholder="Bijvoorbeeld: projectgroep, 6 personen",
            max_chars=200,
            width=640,
        )
        answers, slots = _questions(definition)
        submitted = st.form_submit_button("Gezamenlijk antwoord opslaan", type="primary")

    def save(given: Answers) -> str:
        record_joint_answer(
            load.engine(),
            screen.actor,
            project.id,
            on,
            definition,
            given,
            names or "",
            as_of=today,
        )
        return f"Het gezamenlijke antwoord van {day(on)} is vastgelegd."

    if submitted:
        _save(answers, slots, definition, save)


def _generation() -> int:
    """Count the forms of this visit: a new number is an empty form."""
    return int(st.session_state.setdefault(GENERATION, 0))


def _questions(
    definition: Instrument,
) -> tuple[dict[str, str | None], dict[str, DeltaGenerator]]:
    """Draw all factors under their domain; return what was chosen and a place for remarks."""
    answers: dict[str, str | None] = {}
    slots: dict[str, DeltaGenerator] = {}
    for domain, name in definition.domains.items():
        st.subheader(name, anchor=False)
        for place, factor in enumerate(definition.factors, start=1):
            if factor.domain != domain:
                continue
            slots[factor.id] = st.empty()
            chosen = _question(factor, f"{place} van {len(definition.factors)}")
            if chosen is not None:
                answers[factor.id] = None if chosen == DO_NOT_KNOW else chosen
    return answers, slots


def _question(factor: Factor, place: str) -> str | None:
    headings = {level.letter: f"**{level.heading}**" for level in factor.levels}
    return st.radio(
        f"**{factor.name}** ({place})  \n{factor.question}",
        [*headings, DO_NOT_KNOW],
        index=None,
        format_func=lambda each: headings.get(each, "Weet ik niet"),
        captions=[*(level.text for level in factor.levels), "Telt niet mee in de uitslag."],
        key=f"antwoord_{_generation()}_{factor.id}",
    )


def _save(
    answers: dict[str, str | None],
    slots: dict[str, DeltaGenerator],
    definition: Instrument,
    save: Callable[[Answers], str],
) -> None:
    """Save, empty the form and say so; on an error everything that was filled in stays."""
    for factor in definition.factors:
        if factor.id not in answers:
            slots[factor.id].markdown(":red[■ nog niet ingevuld]")
    try:
        words = save(answers)
    except ScanError as error:
        st.error(str(error))
        return
    st.session_state[SAVED] = words
    st.session_state[GENERATION] = _generation() + 1
    st.rerun()
