"""The form for one agreed answer: all factors, the level texts in words, nothing preselected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from borging.domain.instruments import Factor, Instrument
from borging.domain.wording import day
from borging.services.scan.chooser import Chosen
from borging.store.commands.scans import Answers, ScanError, record_joint_answer
from borging.ui import load
from borging.ui.frame import Screen

DO_NOT_KNOW = "weet ik niet"
GENERATION = "scan_form_generation"
SAVED = "scan_form_saved"


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


def joint(project: Chosen, screen: Screen, instrument: Instrument, today: date) -> None:
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
        answers, slots = _questions(instrument)
        publish = st.checkbox(
            "Meteen vrijgeven",
            value=True,
            help="Dan telt dit antwoord ook mee op de schermen van de hele portfolio.",
        )
        submitted = st.form_submit_button("Gezamenlijk antwoord opslaan", type="primary")

    def save(given: Answers) -> str:
        record_joint_answer(
            load.engine(),
            screen.actor,
            project.id,
            on,
            instrument,
            given,
            names or "",
            as_of=today,
            publish=publish,
        )
        return f"Het gezamenlijke antwoord van {day(on)} is vastgelegd."

    if submitted:
        _save(answers, slots, instrument, save)


def _generation() -> int:
    """Count the forms of this visit: a new number is an empty form."""
    return int(st.session_state.setdefault(GENERATION, 0))


def _questions(
    instrument: Instrument,
) -> tuple[dict[str, str | None], dict[str, DeltaGenerator]]:
    """Draw all factors under their domain; return what was chosen and a place for remarks."""
    answers: dict[str, str | None] = {}
    slots: dict[str, DeltaGenerator] = {}
    for domain, name in instrument.domains.items():
        st.header(name, anchor=False)
        for place, factor in enumerate(instrument.factors, start=1):
            if factor.domain != domain:
                continue
            slots[factor.id] = st.empty()
            chosen = _question(factor, f"{place} van {len(instrument.factors)}")
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
    instrument: Instrument,
    save: Callable[[Answers], str],
) -> None:
    """Save, empty the form and say so; on an error everything that was filled in stays."""
    for factor in instrument.factors:
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
