"""Naming somebody in a form, also who is not in the list yet."""

from __future__ import annotations

from typing import Any

import streamlit as st

from borging.domain.project_fields import Who
from borging.store.commands.people import PersonError, add_person
from borging.ui import grid, load
from borging.ui.frame import Screen

HINT = "Kies of typ een naam"
GONE = "iemand die niet meer in de lijst staat"


def who(label: str, chosen: Any, key: str, *, help: str | None = None) -> Who:
    """Draw a choice of people; return the id of who was chosen, or the new name that was typed."""
    names = load.people_by_id()
    if isinstance(chosen, int) and chosen not in names:
        names = {chosen: GONE, **names}
    ids = list(names)
    found: Who = st.selectbox(
        label,
        ids,
        index=ids.index(chosen) if chosen in names else None,
        format_func=lambda each: names.get(each, str(each)),
        placeholder=HINT,
        accept_new_options=True,
        key=key,
        help=help,
        persist_state="session",
    )
    return found


def add(key: str, screen: Screen) -> None:
    """Draw a button beside a table for a name that its lists do not offer yet."""
    edition = st.session_state.get(f"{key}_naam_keer", 0)
    with (
        st.popover("Naam toevoegen", type="tertiary"),
        st.form(f"{key}_naam_{edition}", border=False, enter_to_submit=False),
    ):
        name = st.text_input("Naam", key=f"{key}_naam_wie_{edition}", max_chars=100)
        role = st.text_input(
            "Functie",
            key=f"{key}_naam_functie_{edition}",
            max_chars=100,
            help="Alleen nodig als iemand anders net zo heet.",
        )
        if not st.form_submit_button("Toevoegen", type="primary"):
            return
        try:
            add_person(load.engine(), screen.actor, name, role)
        except PersonError as problem:
            st.warning(str(problem))
            return
    st.session_state[f"{key}_naam_keer"] = edition + 1
    grid.say(key, f"{name.strip()} staat nu in de lijst met namen.")
    st.rerun()
