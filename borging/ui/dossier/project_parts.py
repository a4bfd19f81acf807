"""The parts of the project screen."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from borging.domain.wording import day
from borging.services.dossier.project import ProjectView
from borging.ui import links
from borging.ui.calendar import new_project
from borging.ui.frame import Screen
from borging.ui.text import plain, unbroken

ROW = 34
ITEM_WIDTHS = {"standing": 150, "title": 480, "owner": 180, "due": 110, "overdue": 110}
"""Column widths in pixels: a table fills the screen with its last day in sight."""


def unknown(screen: Screen, asked: str) -> None:
    """Say that there is no such project, and lead back."""
    if not asked:
        title, words = "Kies een project, of begin er een", "Open een project, of begin hier."
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
    if screen.look.narrow:
        for each in view.items.to_dict("records"):
            due = "" if pd.isna(each["due"]) else f" · uiterlijk {day(each['due'])}"
            late = f" · :red[{each['overdue']} d te laat]" if pd.notna(each["overdue"]) else ""
            st.markdown(
                f"**{plain(each['title_and_scan'])}**  \n:small[{plain(each['standing'])} · "
                f"{plain(each['owner'])}{unbroken(due)}{late}]"
            )
        return
    wide = {
        "standing": "Belegd?",
        "title": "Restpunt",
        "scan_short": "Uit scan",
        "owner": "Eigenaar",
        "due": "Vervaldatum",
        "overdue": "Te laat, dagen",
    }
    _table(view.items, wide, "Open restpunten", ITEM_WIDTHS)


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
