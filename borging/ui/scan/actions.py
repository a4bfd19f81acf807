"""The part of the borgingsscan screen about the actions that came out of it."""

from __future__ import annotations

import streamlit as st

from borging.services.scan.actions import ActionsView
from borging.ui import tables
from borging.ui.frame import Screen
from borging.ui.text import plain

ACTIONS = {
    "action": "Actie",
    "factor": "Factor",
    "owner": "Eigenaar",
    "round": "Afgesproken na",
    "due": "Vervaldatum",
    "done": "Gedaan",
    "before": "Factor vóór",
    "now": "Factor na",
    "change": "Punten",
    "after": "Na de actie",
}
ON_A_PHONE = {"action": "Actie", "done_briefly": "Gedaan", "briefly": "Na de actie"}
WORDS = ("action", "owner", "round")
"""Columns with words of people."""


def what_we_did(view: ActionsView, code: str, screen: Screen) -> None:
    """Say which actions were done and how their factor stood in the round after that."""
    if not view.actions:
        st.markdown(view.finding)
        return
    st.markdown(f"**{view.finding}**")
    headings = ON_A_PHONE if screen.look.narrow else ACTIONS
    tables.excel_button(view.table, ACTIONS, f"borgingsscan acties {code}", screen)
    shown = view.table[list(headings)].copy()
    for name in WORDS:
        if name in headings:
            shown[name] = shown[name].map(plain)
    st.table(
        shown.rename(columns=headings),
        border="horizontal",
        hide_index=True,
        alt="Acties uit de borgingsscan, en hun factor in de ronde daarna",
    )
    st.markdown(f":small[:gray[{plain(view.note)}]]")
