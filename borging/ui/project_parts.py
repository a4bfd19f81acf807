"""The parts of the project screen."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from borging.services.project import ProjectView
from borging.ui import links
from borging.ui.frame import Screen
from borging.ui.text import plain

ROW = 34
ITEM_WIDTHS = {"standing": 140, "title": 160, "owner": 115, "due": 95, "overdue": 96}
ITEM_WIDTHS_ON_A_PHONE = {"standing": 140, "title_and_scan": 122, "due": 95}
"""Column widths in pixels: a table fills half the screen with its last day in sight."""
COLOURS = {"■": "red", "▲": "orange", "●": "green", "○": "gray"}


def unknown(screen: Screen, asked: str) -> None:
    """Say that there is no such project, and lead back."""
    if not asked:
        title, words = "Kies een project", "Open een project vanuit de portfolio."
    else:
        title = "Dit project is er niet"
        words = (
            f"Er is geen project met nummer {plain(asked[:40])}. Misschien is het verwijderd, of "
            "klopt het adres niet."
        )
    screen.heading(title, words, "Projecten staan in de portfolio")
    st.page_link(links.screen("portfolio"), label="Naar de portfolio")


def course(view: ProjectView) -> None:
    """The koers in word, symbol and colour, with its signed sentence."""
    colour = COLOURS[view.course[0]]
    st.markdown(f"**:{colour}[{view.course}]**  \n{plain(view.course_sentence)}")


def facts(view: ProjectView) -> None:
    """The head of the project as label and text."""
    grid = st.grid(5, min_column_width=170)
    for label, words in view.facts:
        grid.markdown(f":small[:gray[{label}]]  \n{plain(words)}")


def phases(view: ProjectView, screen: Screen) -> None:
    """The five phases with their dates."""
    wide = {
        "phase": "Fase",
        "status": "Status",
        "planned_start": "Start volgens plan",
        "planned_end": "Einde volgens plan",
        "actual_start": "Begonnen",
        "actual_end": "Afgerond",
        "accountable": "Verantwoordelijk",
        "carried_by": "Gedragen door",
    }
    narrow = {name: wide[name] for name in ("phase", "status", "planned_end")}
    _table(view.phases, narrow if screen.look.narrow else wide, "Fasen van dit project")


def items(view: ProjectView, screen: Screen) -> None:
    """The open restpunten, what is unowned first."""
    if view.items.empty:
        st.markdown("Geen open restpunten.")
        return
    wide = {
        "standing": "Belegd?",
        "title": "Restpunt",
        "scan_short": "Uit scan",
        "owner": "Eigenaar",
        "due": "Vervaldatum",
        "overdue": "Te laat, dagen",
    }
    narrow = {"standing": "Belegd?", "title_and_scan": "Restpunt", "due": "Vervaldatum"}
    widths = ITEM_WIDTHS_ON_A_PHONE if screen.look.narrow else ITEM_WIDTHS
    _table(view.items, narrow if screen.look.narrow else wide, "Open restpunten", widths)


def _table(
    rows: pd.DataFrame, headings: dict[str, str], alt: str, widths: Mapping[str, int] | None = None
) -> None:
    widths = widths or {}
    dates = [name for name in headings if pd.api.types.is_datetime64_any_dtype(rows[name])]
    st.dataframe(
        rows[list(headings)],
        hide_index=True,
        row_height=ROW,
        placeholder="–",
        column_config={
            name: st.column_config.DateColumn(heading, format="DD-MM-YYYY", width=widths.get(name))
            if name in dates
            else st.column_config.Column(heading, width=widths.get(name))
            for name, heading in headings.items()
        },
        alt=alt,
    )
