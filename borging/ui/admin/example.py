"""The example portfolio: said on every screen, removed after a question."""

from __future__ import annotations

import streamlit as st

from borging.access.actor import Actor
from borging.domain.wording import count, number
from borging.store import database
from borging.store.commands import example, example_left
from borging.store.database import Revisions
from borging.ui import load
from borging.ui.once import per_revision
from borging.ui.text import plain

_ASKED = "example_asked"
WHOLLY = "Deze portfolio is verzonnen, om rond te kijken."
PARTLY = "Een deel van deze portfolio is verzonnen; uw eigen projecten tellen ook mee."
MARK = ":orange-background[**Voorbeelddata**]"


@per_revision
def _what_is_there(url: str, revisions: Revisions) -> tuple[bool, bool, list[tuple[str, float]]]:
    """Return whether there are projects of the example, and others, and what stayed of it."""
    source = database.engine_for(url)
    made_up, own = example.has_example(source), example.has_own_projects(source)
    return made_up, own, [] if made_up else example_left.left_functions(source)


def banner(actor: Actor) -> None:
    """Say that the portfolio, or a part of it, is made up, with the way to end that."""
    made_up, own, left = _what_is_there(*load.key())
    if made_up:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{MARK} {PARTLY if own else WHOLLY}")
            remove_button("remove_example", actor, quiet=True)
    elif left:
        _left(left, actor)


def remove_button(key: str, actor: Actor, *, quiet: bool = False) -> None:
    """Offer to remove the example, and ask before it happens."""
    if st.session_state.get(_ASKED) != key:
        st.button(
            "Voorbeelddata verwijderen",
            type="tertiary" if quiet else "secondary",
            key=key,
            on_click=_ask,
            args=(key,),
        )
        return
    with st.container(border=True):
        st.markdown(_question(example_left.staying(load.engine())))
        with st.container(horizontal=True):
            if st.button("Verwijderen", type="primary", key="example_yes"):
                example.remove_example(load.engine(), actor)
                _ask(None)
                st.rerun()
            st.button("Laat staan", key="example_no", on_click=_ask, args=(None,))


def _ask(key: str | None) -> None:
    st.session_state[_ASKED] = key


def _question(stays: example_left.Staying) -> str:
    words = [
        "**Voorbeelddata verwijderen?** Alle voorbeeldprojecten gaan weg, met hun dossiers, scans, "
        "restpunten en inzet, ook wat u er zelf in heeft ingevuld, en de scenario’s van het "
        "voorbeeld. Uw eigen projecten blijven. Terugzetten kan op Beheer."
    ]
    kept = [
        count(number_of, one, many)
        for number_of, one, many in (
            (stays.people, "persoon", "personen"),
            (stays.units, "eenheid", "eenheden"),
            (stays.goals, "doel", "doelen"),
        )
        if number_of
    ]
    if kept:
        words.append(f"Blijft, omdat u het gebruikt: {', '.join(kept)}.")
    if stays.functions:
        words.append(
            f"Blijft, omdat uw projecten er uren van vragen: {_names(stays.functions)}. Die fte "
            "zijn verzonnen; daarna zegt u of zij kloppen."
        )
    return "  \n".join(words)


def _names(functions: tuple[tuple[str, float], ...] | list[tuple[str, float]]) -> str:
    return ", ".join(f"{plain(name)} ({number(fte, 1)} fte)" for name, fte in functions)


def _left(left: list[tuple[str, float]], actor: Actor) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{MARK} Gebleven, omdat uw projecten er uren van vragen: {_names(left)}. Deze fte "
            "zijn verzonnen en tellen mee in de capaciteit."
        )
        if st.button("Zet op 0 fte", type="tertiary", key="example_empty"):
            example_left.empty_functions(load.engine(), actor)
            st.rerun()
        if st.button("De fte kloppen", type="tertiary", key="example_adopt"):
            example_left.adopt_functions(load.engine(), actor)
            st.rerun()
