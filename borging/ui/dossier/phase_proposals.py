"""Proposed phases on the screen, and the one click that confirms them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from borging.services.dossier.dossier import Dossier
from borging.services.dossier.phase_proposals import proposal
from borging.store.commands import phase_proposals as commands
from borging.store.commands.rows import RowsError
from borging.ui import grid, load
from borging.ui.frame import Screen
from borging.ui.text import plain, unbroken

CONFIRM = "Fasen bevestigen"
KEY = "fasevoorstel"


def of_project(dossier: Dossier, screen: Screen) -> None:
    """Draw what is a proposal of the phases of a project, with the button that confirms it."""
    key = f"{KEY}_{dossier.project_id}"
    waiting = proposal(dossier.phases, dossier.as_of)
    if waiting is not None:
        st.markdown(
            f":gray[**◌ voorstel**] · {unbroken(plain(waiting.words))}"
            + (f"  \n{unbroken(plain(waiting.question))}" if waiting.question else "")
        )
        _button(dossier.project_id, waiting.seen, key, screen)
    grid.refusal(key)
    grid.told(key)


def of_many(rows: pd.DataFrame, screen: Screen) -> None:
    """Let somebody choose one of the projects with a proposal, and confirm it."""
    grid.refusal(KEY)
    grid.told(KEY)
    if rows.empty:
        return
    st.header("Wat is nog een voorstel?", anchor=False)
    names = dict(zip(rows["project_id"], rows["words"], strict=True))
    seen = dict(zip(rows["project_id"], rows["seen"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Fasen die zijn uitgerekend uit begin en overdracht",
            list(names),
            format_func=lambda each: plain(names[each]),
            key=f"{KEY}_keuze",
            width=420,
        )
        _button(chosen, seen[chosen], KEY, screen)


def _button(project_id: int, seen: Mapping[int, int], key: str, screen: Screen) -> None:
    st.button(CONFIRM, key=f"{key}_knop", on_click=_confirm, args=(project_id, seen, key, screen))


def _confirm(project_id: int, seen: Mapping[int, int], key: str, screen: Screen) -> None:
    try:
        ids = commands.confirm_phases(load.engine(), screen.actor, project_id, seen)
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, refused=True)
        return
    grid.say(key, "Fasen bevestigd.", entity="phase_record", ids=ids)
