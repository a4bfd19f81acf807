"""Optimistic locking on the desk of rounds: the round as a visitor saw it when acting on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from borging.domain.rounds import ScanRound
from borging.store.commands.round_checks import RoundChangedError

AGAIN = "Er is niets gewijzigd; wat u invulde staat er nog. Druk nogmaals om het toch te doen."
BASIS = "ronde_basis"

Basis = dict[str, Any]
"""seen: the round that a command may build on. drawn: the round that the fields began with."""


def basis(scan: ScanRound, button: str) -> Basis:
    """Return the round as it was on the screen before `button` was pressed.

    A press makes the script run again, with the round as it is by then. So what was drawn is
    kept in the session; a run that no press caused draws the newest round and replaces it.
    """
    key = f"{BASIS}_{button}_{scan.id}"
    kept: Basis | None = st.session_state.get(key)
    outdated = kept is not None and kept["seen"].version != scan.version
    if kept is None or (outdated and not st.session_state.get(button)):
        kept = st.session_state[key] = {"seen": scan, "drawn": scan, "key": key}
    return kept


def conflict(based: Basis, refusal: RoundChangedError) -> str:
    """Let a second press write over what the other changed; return the words that say so."""
    based["seen"] = replace(based["seen"], version=refusal.version)
    return f"{refusal} {AGAIN}"


def done(based: Basis) -> None:
    """Begin anew with the round as it is after the write."""
    st.session_state.pop(based["key"], None)
