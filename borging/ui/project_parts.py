"""The parts of the project screen."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from borging.services.project import ProjectView
from borging.ui import links, project_editor
from borging.ui.frame import Screen
from borging.ui.text import plain

ROW = 34
ITEM_WIDTHS = {"standing": 140, "title": 160, "owner": 115, "due": 95, "overdue": 96}
ITEM_WIDTHS_ON_A_PHONE = {"standing": 140, "title_and_scan": 122, "due": 95}
RESULT_WIDTHS = {
    "title": 138,
    "formal_receiver": 125,
    "practical_receiver": 145,
    "agreed_on": 95,
    "handed_over_on": 103,
}
"""Column widths in pixels: a table fills half the screen with its last day in sight."""


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
    st.header("Of begin een nieuw project", anchor=False)
    project_editor.new(screen)


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


def results(view: ProjectView, screen: Screen) -> None:
    """What is handed over, to whom and when."""
    if view.results.empty:
        st.markdown(
            "Nog geen projectresultaat vastgelegd: zonder resultaat valt er niets te borgen."
        )
        return
    wide = {
        "title": "Resultaat",
        "formal_receiver": "Formele ontvanger",
        "practical_receiver": "Praktische ontvanger",
        "agreed_on": "Afgesproken",
        "handed_over_on": "Overgedragen",
    }
    narrow = {name: wide[name] for name in ("title", "formal_receiver", "agreed_on")}
    _table(
        view.results,
        narrow if screen.look.narrow else wide,
        "Projectresultaten en overdracht",
        RESULT_WIDTHS,
    )


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
