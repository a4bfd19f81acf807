"""The parts of the project screen."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from borging.services.project import ProjectView
from borging.ui import links, new_project
from borging.ui.frame import Screen
from borging.ui.text import plain

ROW = 34
ITEM_WIDTHS = {"standing": 150, "title": 480, "owner": 180, "due": 110, "overdue": 110}
ITEM_WIDTHS_ON_A_PHONE = {"standing": 140, "title_and_scan": 122, "due": 95}
"""Column widths in pixels: a table fills the screen with its last day in sight."""


def unknown(screen: Screen, asked: str) -> None:
    """Say that there is no such project, and lead back."""
    if not asked:
        title, words = "Kies of begin een project", "Open een project, of begin hier."
    else:
        title = "Dit project is er niet"
        words = (
            f"Er is geen project met nummer {plain(asked[:40])}. Misschien is het verwijderd, of "
            "klopt het adres niet."
        )
    screen.heading(title, words, "Projecten staan in de portfolio")
    st.page_link(links.screen("portfolio"), label="Naar de portfolio")
    st.header("Een nieuw project", anchor=False)
    new_project.begin(screen)


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
